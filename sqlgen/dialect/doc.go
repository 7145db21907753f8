// Package dialect spells portable ideas in the SQL of one engine, one file per
// engine.
//
// The compiler says "truncate this column to the fiscal quarter" or "divide as
// double"; a Dialect answers with nodes of package sqltree that its engine
// computes right, and with the Syntax (quotes, placeholders, callable functions,
// types) in which they are printed. Every engine gives the same rows for the same
// call.
//
// Moments of time. A dialect computes with dates and timestamps on the model's
// wall clock, in the form that its engine handles best; Moment and Local bring a
// raw column into that form. Bound goes the other way: it gives the value with
// which the raw column is compared, so that a range stays on the bare column and
// can use an index.
//
// The package knows nothing of plans and opens no connection.
package dialect
