// Command go is a page that embeds wenshu, and the signing of its tokens: an
// example for the server of a company's own site. It knows its own users; it
// must never hold a token of somebody else.
package main
