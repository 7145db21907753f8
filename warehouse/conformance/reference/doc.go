// Package reference holds the whole path from a model and a query line to rows
// against an evaluator that shares no code with it: tables are slices of
// dictionaries, joins are look-ups, aggregates are loops over exact rationals.
//
// Random models and queries are computed by both and their rows compared. The
// package holds tests alone. It must never import anything of the product into
// the evaluator itself (world, terms, query and eval files), and the evaluator
// must stay simple enough to be right by reading it.
//
// The flag -cases says how many random cases to run, -seed where to start, and
// -faults runs the seeded faults: changes to a plan or a statement between
// binding and running, each of which the random cases must notice.
package reference
