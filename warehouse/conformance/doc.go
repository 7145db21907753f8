// Package conformance holds tests alone: what each engine must compute, run on
// the real engine. It is here and not beside the dialects because only this
// room may open a connection.
package conformance
