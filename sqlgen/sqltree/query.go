package sqltree

// Query is a whole SELECT statement, or one nested in parentheses.
type Query struct {
	With   []CTE
	Body   Body
	Order  []Order
	Limit  Expr // nil means no limit
	Offset Expr // nil means none; legal only with a Limit
}

// CTE is one named query of a WITH clause; it sees those before it. Columns may
// be empty, then the names are those of the query's items.
type CTE struct {
	Name    string
	Columns []string
	Query   *Query
}

// Body is what a Query computes: *Select, *Union or *Values. The set is closed.
type Body interface{ body() }

// Select is one SELECT block.
type Select struct {
	Distinct bool
	Items    []Item
	From     *From // nil means no FROM clause
	Where    Expr  // nil means none, as for Having
	Group    []Expr
	Having   Expr
}

// Item is a result column. An empty Alias keeps the name of a bare column and
// is refused in the outermost select for anything else.
type Item struct {
	Expr  Expr
	Alias string
}

// Union is the UNION ALL of two or more arms, each a Select or Values.
type Union struct{ Arms []Body }

// Values is a list of rows of equal length.
type Values struct{ Rows [][]Expr }

func (*Select) body() {}
func (*Union) body()  {}
func (*Values) body() {}

// From is the first source and what is joined to it, in order.
type From struct {
	Source Source
	Joins  []Join
}

// Source is a *Table or a *Derived. The set is closed.
type Source interface{ source() }

// Table is a table, a view or a CTE. Schema may be empty, and must be for a
// CTE; an empty Alias means Name.
type Table struct{ Schema, Name, Alias string }

// Derived is a query in the FROM clause. Alias is never empty.
type Derived struct {
	Query *Query
	Alias string
}

func (*Table) source()   {}
func (*Derived) source() {}

// Join adds a source. On is nil for Cross and set otherwise.
type Join struct {
	Kind   JoinKind
	Source Source
	On     Expr
}

// JoinKind is how a source is joined.
type JoinKind uint8

// The kinds of joins.
const (
	Left JoinKind = iota
	Inner
	Cross
)

// Order is one key of an ORDER BY.
type Order struct {
	Expr  Expr
	Desc  bool
	Nulls Nulls
}

// Nulls says where the nulls of an ordering go.
type Nulls uint8

// Null orders. NullsUnsaid prints nothing and leaves it to the engine.
const (
	NullsUnsaid Nulls = iota
	NullsFirst
	NullsLast
)
