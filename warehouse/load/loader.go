package load

import "context"

// Loader creates and fills the tables of one new database. Its methods are
// called in the order Create, Append any number of times, Finish; a Loader is
// used by one goroutine at a time.
type Loader interface {
	// Create makes the tables, empty. A table that fails Check is refused.
	Create(ctx context.Context, tables []Table) error
	// Append adds rows to a table made by Create, values in column order and of
	// the Go types that Kind names. The rows belong to the caller again when it
	// returns.
	Append(ctx context.Context, table string, rows [][]any) error
	// Finish makes the indexes and whatever statistics the engine wants, and
	// makes the data visible. After it the Loader is spent.
	Finish(ctx context.Context) error
	// Close gives up what the Loader holds. Before Finish it also takes back
	// all that was written; after Finish it does nothing.
	Close() error
}
