// Package sqltree holds the SQL that this program can say: a typed tree of one
// SELECT subset, its printer, its parser and the check that stands before every
// execution.
//
// The subset: WITH (never recursive), SELECT [DISTINCT], FROM a table or a
// derived table, LEFT, INNER and CROSS JOIN, WHERE, GROUP BY, HAVING, UNION
// ALL, VALUES, ORDER BY, LIMIT and OFFSET, and the expressions of expr.go. There
// is no star (other than COUNT(*)), no comment, no second statement, no lock
// clause and nothing that writes; what the tree cannot hold cannot be printed,
// and what the parser does not know it refuses.
//
// A tree is always at the level of one dialect: package dialect turns portable
// ideas (truncate to a month, divide as double) into the nodes of its engine,
// and Syntax says how those nodes are spelled. Hence Parse(Print(t)) prints the
// same bytes as t.
//
// Values travel as Arg nodes, which print as placeholders and leave the text in
// order as bound arguments. The few literals that stand in the text go through
// one routine (literal.go).
//
// Check is the fence: it parses a text, resolves every table, column and
// function against allow-lists with full scoping, and prints the tree again.
// Only its output may reach a database.
//
// The package never opens a connection, reads a clock or guesses: an unknown
// word is a Refusal.
package sqltree
