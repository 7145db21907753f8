package warehouse

import "wenshu/semantic"

// Schema is what a database holds, as far as its catalogue says.
type Schema struct {
	Tables []SchemaTable // in order of name
}

// SchemaTable is one table or view.
type SchemaTable struct {
	Name        string
	View        bool
	Comment     string // what its author wrote beside it; "" for nothing
	Rows        int64  // counted at the time of the call, or from a million on as the engine estimates; -1 for a view, for one that cannot be read and for one that Options.Tables leaves out
	Columns     []SchemaColumn
	PrimaryKey  []string   // in key order; nil for none
	Unique      [][]string // other keys, each in key order
	ForeignKeys []ForeignKey
}

// SchemaColumn is one column, in the order of the table.
type SchemaColumn struct {
	Name     string
	Declared string              // the type as its author wrote it; "" for none
	Type     semantic.ColumnType // what the declaration says; the zero type when it says nothing known
	Nullable bool
	Comment  string
}

// ForeignKey says that columns of a table point to columns of another. The
// database may or may not enforce it.
type ForeignKey struct {
	Columns   []string
	Table     string
	ToColumns []string // as long as Columns
}
