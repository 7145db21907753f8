package sqltree

// Expr is a node that yields a value. The set is closed.
type Expr interface{ expr() }

// Lit is a value written into the text. It is meant for format strings and
// small numbers that the compiler itself chose; anything that a person or a
// model supplied is an Arg.
type Lit struct {
	Kind LitKind
	Text string // Number: canonical digits; String: the characters, unescaped; otherwise empty
}

// LitKind is the kind of a literal.
type LitKind uint8

// The kinds of literals.
const (
	Null LitKind = iota
	True
	False
	Number
	String
)

// Arg is a bound argument. Value is handed to the driver untouched; in a parsed
// tree it is a Slot, since a text does not hold the values.
type Arg struct{ Value any }

// Slot is the 0-based position of an argument in a parsed text.
type Slot int

// Col is a column of a table, CTE or derived table that is in scope as Table.
// Table is empty only in text written by people; Check refuses it there when
// more than one source could be meant.
type Col struct{ Table, Name string }

// Ordinal is the 1-based position of a select item, legal in GROUP BY alone.
type Ordinal struct{ N int }

// Unary is a prefix operator applied to X.
type Unary struct {
	Op UnaryOp
	X  Expr
}

// UnaryOp is NOT or the arithmetic minus.
type UnaryOp uint8

// The prefix operators.
const (
	Not UnaryOp = iota
	Minus
)

// Binary is an arithmetic, text or comparison operator between L and R.
type Binary struct {
	Op   BinaryOp
	L, R Expr
}

// BinaryOp is an operator with two operands.
type BinaryOp uint8

// The operators. Same and Differ are the null-safe forms of Eq and Ne: two
// nulls are the same.
const (
	Eq BinaryOp = iota
	Ne
	Lt
	Le
	Gt
	Ge
	Same
	Differ
	Add
	Sub
	Mul
	Div
	Mod
	Concat
)

// Logic joins two or more Terms with AND or OR.
type Logic struct {
	Or    bool
	Terms []Expr
}

// IsNull is X IS [NOT] NULL.
type IsNull struct {
	X   Expr
	Not bool
}

// InList is X [NOT] IN (List...). List is never empty.
type InList struct {
	X    Expr
	List []Expr
	Not  bool
}

// InQuery is X [NOT] IN (Query), where Query has one column or, for a tuple, as
// many as X has values.
type InQuery struct {
	X     Expr
	Query *Query
	Not   bool
}

// Exists is [NOT] EXISTS (Query).
type Exists struct {
	Query *Query
	Not   bool
}

// Between is X [NOT] BETWEEN Lo AND Hi, both ends included.
type Between struct {
	X, Lo, Hi Expr
	Not       bool
}

// Like is X [NOT] LIKE Pattern [ESCAPE 'c']. Escape 0 means no clause.
type Like struct {
	X, Pattern Expr
	Escape     rune
	Not        bool
}

// Case is a searched CASE. Whens is never empty; a nil Else means NULL.
type Case struct {
	Whens []When
	Else  Expr
}

// When is one arm of a Case.
type When struct{ If, Then Expr }

// Cast converts X to Type.
type Cast struct {
	X    Expr
	Type Type
}

// Type names a type of the dialect's list, with its numbers: DECIMAL(18, 2).
type Type struct {
	Name string
	Args []int
}

// Collate compares and sorts the text X by a collation of the dialect's list.
type Collate struct {
	X    Expr
	Name string
}

// Call is a scalar function, an aggregate or a window function; the dialect's
// list says which. Params are the first parentheses of parametric aggregates
// (quantileExact(0.5)(x)); Within is WITHIN GROUP (ORDER BY ...); Over makes it
// a window call.
type Call struct {
	Name     string
	Params   []Expr
	Distinct bool
	Star     bool // COUNT(*)
	Args     []Expr
	Within   []Order
	Over     *Window
}

// Window is the OVER clause.
type Window struct {
	Partition []Expr
	Order     []Order
	Frame     *Frame // nil leaves the clause out
}

// Frame is ROWS or RANGE BETWEEN Start AND End.
type Frame struct {
	Range      bool
	Start, End Bound
}

// Bound is one end of a frame. N counts rows for Preceding and Following.
type Bound struct {
	Kind BoundKind
	N    int
}

// BoundKind places a frame's end.
type BoundKind uint8

// The frame ends, in the order in which they may follow one another.
const (
	UnboundedPreceding BoundKind = iota
	Preceding
	CurrentRow
	Following
	UnboundedFollowing
)

// Scalar is a subquery of one column used as a value.
type Scalar struct{ Query *Query }

// Interval is INTERVAL N Unit, for dialects that have it; Unit is one of the
// syntax's own unit words.
type Interval struct {
	N    Expr
	Unit string
}

func (*Lit) expr()      {}
func (*Arg) expr()      {}
func (*Col) expr()      {}
func (*Ordinal) expr()  {}
func (*Unary) expr()    {}
func (*Binary) expr()   {}
func (*Logic) expr()    {}
func (*IsNull) expr()   {}
func (*InList) expr()   {}
func (*InQuery) expr()  {}
func (*Exists) expr()   {}
func (*Between) expr()  {}
func (*Like) expr()     {}
func (*Case) expr()     {}
func (*Cast) expr()     {}
func (*Collate) expr()  {}
func (*Call) expr()     {}
func (*Scalar) expr()   {}
func (*Interval) expr() {}
