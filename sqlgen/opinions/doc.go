// Package opinions holds tests alone: what this program's own parser and Check
// make of a text is held against other people's parsers of the same dialect,
// pg_query (PostgreSQL's own grammar) and TiDB's (MySQL's).
//
// Every statement that the compiler makes must be one plain SELECT to them too
// and read the same tables, columns and arguments and call the same functions.
// Whatever Check lets pass, of texts that people or chance have spoilt, must be
// that same SELECT to them. What those parsers cannot know of a server is listed
// with its reason beside each.
//
// The parsers take half a minute to build, so they stand behind the tag
// opinions: make opinions.
package opinions
