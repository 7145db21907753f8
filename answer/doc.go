// Package answer walks a question from words to words: it reads it, binds it
// for one viewer at one moment, compiles it, runs it, and turns the table into
// an Answer that every channel can show: a sentence whose numbers are cells of
// the table, the question restated from the query, absolute dates, definitions,
// a chart as data, the SQL, warnings, and what may be asked next. It knows the
// wording of every message and problem in each language and how numbers and
// dates are written; it must never know HTTP, a chat vendor's cards or the SQL
// of a dialect, and never put a number into a sentence that is not in the table.
package answer
