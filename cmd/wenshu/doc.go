// Command wenshu answers questions about a company's numbers: it holds flags,
// wiring and the look of answers on a terminal, and nothing else. Logic lives in
// the rooms it starts.
package main
