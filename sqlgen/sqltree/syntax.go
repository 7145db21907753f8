package sqltree

// Syntax is how one dialect spells the nodes of a tree and which functions and
// types it may name. A Syntax is built once and never changed; it is then safe
// for concurrent use.
type Syntax struct {
	Name        string // "sqlite", as in configuration
	Quote       byte   // quotes identifiers: '"' or '`'
	Numbered    bool   // arguments are $1, $2, ... and not ?
	SameOp      string // null-safe equality: "IS NOT DISTINCT FROM" or "<=>"
	NullsOrder  bool   // has NULLS FIRST and NULLS LAST
	LikeEscape  bool   // has LIKE ... ESCAPE
	ConcatOp    bool   // || joins texts
	GroupByItem bool   // GROUP BY takes positions
	NameBytes   int    // the longest identifier; 0 means 255

	// Plain says that the engine has no WITH, no windows and one join in a
	// select: trees for it go through Nest.
	Plain bool
	// Respell is what Nest makes of each call; nil keeps them.
	Respell func(*Call) Expr

	// Functions holds everything callable, by lower-case name.
	Functions map[string]Function
	// Types holds the targets of CAST by upper-case name, with the greatest
	// number of type arguments.
	Types map[string]int
	// Collations holds the names that COLLATE takes; nil means that the dialect
	// has no COLLATE.
	Collations map[string]bool
	// Units holds the words that INTERVAL takes, upper-case; nil means that the
	// dialect has no INTERVAL.
	Units map[string]bool
}

// Function is an entry of a dialect's list of callable functions.
type Function struct {
	Name     string // as printed
	Kind     FunctionKind
	Min, Max int    // number of arguments; Max -1 means any
	Params   int    // number of arguments in the first of two parentheses
	Star     bool   // may be called with *
	Within   bool   // takes WITHIN GROUP
	Of       string // the one function whose call it takes; "" for any argument
}

// FunctionKind says where a function may stand.
type FunctionKind uint8

// The kinds of functions. An Aggregate may also be called OVER a window; a
// Ranking only so.
const (
	ScalarFunction FunctionKind = iota
	Aggregate
	Ranking
)

// Bounds on what is parsed and printed. A statement of this program is a few
// kilobytes; the bounds are far above that and far below what could hurt.
const (
	MaxBytes = 1 << 20 // of text
	MaxDepth = 120     // of nesting
	MaxNodes = 200_000 // of a tree
	MaxArgs  = 30_000  // bound arguments; SQLite takes 32,766
)
