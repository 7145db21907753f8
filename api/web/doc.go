// Package web is the page at /: a box to ask in, and cards that show answers
// with their charts. It is plain modules and styles without a build step, works
// under a policy without inline code, and writes what comes from the server
// with textContent alone. It knows the JSON of the API and nothing else; it must
// never compute a number, since every number arrives worded.
package web
