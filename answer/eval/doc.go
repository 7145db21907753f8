// Package eval measures a model and the reader of questions against a set of
// questions whose answers are known.
//
// It knows how two tables of results are compared, how a set of questions is
// written down, and what to report. It asks through an answer.Service like
// everybody else, so that what is measured is what people get, and it never
// looks at how an answer came to be except to print it.
//
// # The question set
//
// One JSON object a line:
//
//	id         of the question, unique in the set
//	db         the database it is about
//	question   what is asked; or turns, a list, of which the last is scored
//	gold_sql   a list of SELECTs, each of which is right
//	rows       or the rows themselves, a list of lists
//	query      or a query line whose rows are right
//	as_of      the moment it is asked at, as 2025-01-30T12:00:00
//	expect     answer (the default) or decline
//	ordered    whether the order of rows counts, where the question asks for one
//	category   by which results are grouped
//	expect_words  what must be so of the rows where none are given: columns=2;
//	           rows=3; rows>=1; contains a,b; or of its query: metric A, B by C;
//	           by C; filter name=member; filter name in (a, b); last 7 days; one
//	           date; order desc; detail; entity member; dimensions A, B
//	mark       bar, line, point, area, rect, or arc or pie: the kind of picture that is wished
//
// # The rule
//
// An answer is right when its rows equal those of one accepted result as a
// multiset, under the best one-to-one map from accepted columns to answer
// columns: strictly with the same number of columns, leniently with more.
// Numbers are equal within 1e-4 of each other or when both round to the same
// two decimals; a ratio may be a fraction or a percentage; texts are trimmed
// and folded; times are equal at the coarser of their grains; the order counts
// when the accepted rows have one and the question asks for it. A refusal or a
// question back is declined; where expect is decline, it is right, and an
// answer with rows is wrong.
package eval
