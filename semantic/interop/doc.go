// Package interop brings models of other tools into model files and takes
// model files to Apache Ossie.
//
// It knows dbt's two spellings (semantic models with measures, and metrics
// inside models), Ossie, Cube and Snowflake semantic views. Each importer reads
// trees of YAML with their places, builds one draft of a model and says what the
// draft could not take over: a Note has file:line:col, what, and why. Nothing is
// dropped in silence, and nothing is guessed without a Note.
//
// Expressions of other tools are SQL with templates in it. They are parsed into
// semantic's own tree by a small parser and printed again; text is never
// replaced inside text. SQL's three-valued conditions become the two-valued ones
// of the query line: a test is true for the rows for which SQL says true, so
// that "not" drops missing values where SQL does.
//
// What a format counts as no value where semantic counts 0, or the other way
// round, is said in the model: a sum of ones becomes a count with fill: none.
// Meaning that a model file cannot hold (a period aggregate, a custom
// granularity of weeks, a role of access) becomes a Note.
//
// An export says in Ossie's words what they can say, and keeps the rest beside it
// in an extension, as the model file said it, so that the way back loses nothing.
// No value stands in both. A metric that Ossie cannot say is in the extension
// alone: half of it would be another number.
//
// Models that are programs (Cube's JavaScript) are not run; they are Notes.
//
// The room reads texts that it is given and returns texts; it opens nothing.
package interop
