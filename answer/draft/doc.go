// Package draft writes the semantic model of a database that has none: from the
// catalogue and from a bounded look at the rows it finds what tables are about,
// how they hang together, what is a measure, what is a code, what is a time, and
// what people call it all in English and in Chinese.
//
// It knows general habits of schemas (how keys, joins, dates and codes are named
// and filled) and a dictionary of business words; it knows no data set. What it
// writes are the model files that an analyst goes on editing: every guess stands
// beside its evidence in a comment, and semantic.Load accepts the whole.
//
// It reads through a warehouse.Source alone, with statements printed from a tree
// and bound by limits of rows and time, and never writes to the database.
//
// # The steps
//
//  1. Look: the catalogue, a sample of each table's rows, and counts of rows,
//     nulls and distinct values. A table that describes the columns of the others
//     is read as their comments.
//  2. Words: names and comments are cut into words (snake_case, CamelCase, run
//     together, pinyin, Chinese), prefixes that a whole schema or table shares
//     are put aside, abbreviations are spelt out.
//  3. Types: how each column holds its values, and what part it plays.
//  4. Keys and joins: declared ones, and probable ones by name and containment.
//  5. Labels, members, hierarchies, default times, displays, metrics.
//  6. YAML, one file per table.
//
// Probe goes the other way: it holds a model that somebody wrote against the
// data, as to keys, references and types.
package draft
