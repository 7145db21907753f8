// Package sqlgen turns a bound plan into a program: one statement per source,
// and what is left to do with their rows when no single engine can do it all.
//
// It knows what a plan means in SQL: a branch is aggregated at its own grain
// before it meets another, rules stand at each scan below every join, branches
// are stitched where nulls meet nulls, windows and shares see all rows, and the
// order is total. It knows no connection and no clock, and it never pastes text:
// statements are trees of package sqltree, spelled by package dialect, and every
// value of a question or a model is a bound argument.
//
// # Conditions
//
// Conditions are two-valued, on rows and on results alike: a comparison, a
// membership or a match with a null is false, and its negation (not, !=, not in,
// not between, not contains) is true. So "not East" keeps what has no region.
//
// # Numbers
//
// Sums, differences, minima and maxima of integers and decimals are exact, and
// so is their sum over rows. A product is exact as long as its scale stays
// within the declared one. Quotients, averages, medians, percentiles and
// deviations are doubles; a zero or null divisor gives null.
//
// # Several sources
//
// When all branches live in one source, its statement does everything and
// Program.Finish is nil. Otherwise each source aggregates at the shared grain,
// and everything that depends on all groups (stitching, derived values, windows,
// having, order, limit) is left to the Finish.
package sqlgen
