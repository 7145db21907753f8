// Package api is the HTTP door: it lets people in, takes their questions and
// query lines, and encodes the answers of package answer as JSON and as a
// stream of events. It knows HTTP, tokens, limits and the words for its own
// refusals; openapi.yaml is the source of what it promises, and a test holds
// routes and real responses to it. It must never read a question, choose what
// somebody may see beyond who they are, or build an answer.
//
// What the service answered is 200, refusals included: the answer's kind says
// what it is. What is no question at all (empty, too long) and what an answer
// could not be found for because a warehouse or the service itself is in
// trouble has a status of its own and the answer inside the problem. See
// statuses.
//
// Who asks is decided by a bearer token alone. Only in demo mode, which serves
// loopback and nothing else, a caller says which of the sample viewers it is.
package api
