// Package warehouse runs a sqlgen.Program against the databases it names and
// returns one Table.
//
// It knows how to open a database for reading only, how to send one statement
// to it within limits of time, rows, bytes and concurrency, how to stop that
// statement when the caller has gone, and how to finish a program whose last
// steps no single engine can take: stitch several results, derive, filter,
// rank, share, sort and limit, on exact values with SQL's logic of NULL.
//
// It never writes to a warehouse, never builds or changes SQL text, and never
// says in an error message that a person may see what a statement or a path
// was.
//
// # Sources
//
// Open returns a Source for a URL; Sources holds the open ones by name. What a
// Source promises does not depend on the engine:
//
//   - reading only, by two fences that hold each alone (for SQLite: the file is
//     opened read-only, and an authorizer refuses everything but SELECT over the
//     listed tables and functions; for a server: its sessions are set to read
//     only, and a statement runs only as its Check printed it);
//   - at most Options.Concurrency statements at a time, Options.Queue more
//     waiting, the next one refused at once with ErrBusy;
//   - a statement ends when its context ends or its time is up, in the engine
//     and not only for the caller: a server is told over a connection of its own
//     and, should that be lost, stops by itself a little later;
//   - a result holds at most the rows and bytes allowed; a longer one is cut and
//     Table.Truncated says so, or is refused with ErrTooLarge where a cut result
//     would make later steps wrong;
//   - values arrive as they were declared: a scaled integer as an exact decimal,
//     and a value of another kind than declared is an error, never a guess.
//
// # Errors
//
// Every error that a Source returns is an *Error with one of the codes of this
// package. Its text is fit for anybody; its cause, for logs, is reached by
// errors.Unwrap.
package warehouse
