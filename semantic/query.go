package semantic

// Query is one question put to the model, in the model's own names. Its text
// form, written by String and read by ParseQuery, is the query line; the
// grammar stands in the package documentation. A Query is a value: who changes
// one copies it first with Clone.
type Query struct {
	Items  []Item // what is computed; for a list, what is shown; never empty
	List   *List  // set when the query lists rows instead of aggregating
	By     []Group
	Where  Expr     // on rows, before aggregating; nil for none
	Having Expr     // on results; nil for none
	On     *Name    // the time dimension that During, grains and comparisons use; nil for each metric's own
	During []Period // empty means the default period of the metrics
	Versus []Versus
	Show   []Show // further columns for every item
	Fill   Fill
	Sort   []Sort
	Limit  int // rows; 0 means the model's default
	Offset int
	Per    []Expr // the limit holds within each value of these groups
	Totals bool   // a totals row at its own grain
}

// Item is one column that is asked for.
type Item struct {
	Expr Expr
	As   string // the column's name; "" takes it from Expr
}

// List makes a query list rows: list order_no, amount from orders.
type List struct {
	Distinct bool
	From     string   // the table whose rows are listed; "" takes it from the items
	With     []Beside // further tables, in order
}

// Beside is a further table of a list: its rows meet those before them by the join
// between the two, and what finds no partner stands alone.
type Beside struct {
	Table string
	Each  bool // no join: every row before it goes with each of its rows
}

// Group is one thing results are split by: a dimension, an entity, a time at a
// grain, or bucket(…).
type Group struct {
	Expr Expr
	As   string
}

// Versus is a second period to compare with.
type Versus struct {
	How    VersusKind
	Unit   Unit   // for Ago
	N      int    // for Ago: how many units back, from 1
	Period Period // for Other
	Align  Align
}

// VersusKind is how the second period is found.
type VersusKind uint8

// The kinds of second periods.
const (
	Prior VersusKind = iota // the period of the same kind just before
	Ago                     // moved back by N units: year_ago, month_ago(2)
	Other                   // a period of its own
)

// Align says which part of the second period meets a running first one.
type Align uint8

// The alignments. Elapsed is the default: the same elapsed part.
const (
	Elapsed Align = iota
	Full
	SameWeekday
	SameFestival
)

// Show is one further column computed from every item.
type Show struct {
	Func string // prior, change, growth, share, rank, running, moving
	Args []Expr // as the function takes them after its metric
}

// Fill says what stands in periods and groups without data.
type Fill uint8

// The fills. NoFill leaves such rows out.
const (
	NoFill   Fill = iota
	FillNull      // the row is there, the value is null
	FillZero      // the row is there, counts and sums are 0
	FillOnce      // a period without any row is there once, with null for the other keys and the value
)

// Sort is one sort key.
type Sort struct {
	Expr Expr
	Desc bool
}
