package semantic

// Expr is a node of the one expression tree that model files, query lines and
// plans share. The set is closed. A parsed tree holds names; a bound tree (in a
// Plan) holds Column, TimeRange, Trunc, Part, Slot, KeyRef, InPlan and PlanTest instead of Name,
// Grained, During, Filtered, Viewer and In with a query.
type Expr interface{ expr() }

// Lit is a literal.
type Lit struct{ Value Value }

// Name refers to a metric, a dimension, an entity or a column. The last part is
// the name; the parts before it are a table and the joins that lead on from it:
// province, orders.paid_at, orders.ship_to.province. Never empty.
type Name struct{ Path []string }

// Grained is a time dimension at a grain, or a cyclic part of it:
// paid_at:month, time:day_of_week.
type Grained struct {
	Of    Name
	Grain Grain
}

// Unary is Op applied to X.
type Unary struct {
	Op Op // Not or Negate
	X  Expr
}

// Binary is L Op R.
type Binary struct {
	Op   Op
	L, R Expr
}

// In is membership in a list or in the keys of a nested query.
type In struct {
	X    Expr
	List []Expr // literals or Viewer; nil when Sub is set
	Sub  *Query // grouped by what X is; its surviving group keys are the set
	Not  bool
}

// Between is Lo <= X <= Hi.
type Between struct {
	X, Lo, Hi Expr
	Not       bool
}

// IsNull tests for null.
type IsNull struct {
	X   Expr
	Not bool
}

// Match is a text test, case-insensitive for ASCII letters.
type Match struct {
	X       Expr
	How     MatchKind
	Pattern string // plain text; nothing in it is a wildcard
	Not     bool
}

// MatchKind is how a Match compares.
type MatchKind uint8

// The ways a text can match.
const (
	Contains MatchKind = iota
	Starts
	Ends
)

// During tests whether a time dimension lies in one of the periods.
type During struct {
	Of      Name
	Periods []Period
	Not     bool
}

// Call is a function: aggregates (sum, avg, …), functions over metrics (share,
// growth, …) and scalar functions (round, …). Functions lists them all.
type Call struct {
	Func     string
	Distinct bool
	Args     []Expr
	Per      []Expr // the inner grain of an aggregate of an aggregate; Name or Grained
}

// Filtered is a metric with a filter that touches it alone:
// revenue{channel = "app"}.
type Filtered struct {
	X     Expr
	Where Expr
}

// Case is CASE WHEN … THEN … ELSE … END. Else may be nil, which is null.
type Case struct {
	Whens []When
	Else  Expr
}

// When is one arm of a Case.
type When struct{ If, Then Expr }

// ViewerAttr is viewer.name in a rule: the values of the viewer's attribute.
type ViewerAttr struct{ Attr string }

// Column is a physical column of a branch's scan (bound trees only).
type Column struct {
	Scan int    // index into Branch.Scans
	Name string // the column as the warehouse spells it
	Type ColumnType
}

// TimeRange is a half-open test of a time column, rendered as a comparison of
// the raw column wherever its type allows (bound trees only).
type TimeRange struct {
	X     Expr // a Column or an expression of a time type
	Type  ColumnType
	Start Value // Timestamp or null for no lower end
	End   Value // Timestamp or null for no upper end
}

// Trunc is the first day (or instant) of the grain that holds X; the result is
// a Date for day and coarser grains, else a Timestamp (bound trees only).
// Shift moves the result by whole periods of ShiftUnit, so that an earlier
// window meets the visible one; 0 moves nothing.
type Trunc struct {
	X         Expr
	Type      ColumnType
	Grain     Grain
	Calendar  *Calendar
	Shift     int
	ShiftUnit Unit
}

// Part is a cyclic part of a time as an integer (bound trees only).
type Part struct {
	X        Expr
	Type     ColumnType
	Grain    Grain // a cyclic grain
	Calendar *Calendar
}

// Slot is the value of Plan.Slots[Index] (bound post-aggregation trees only).
type Slot struct{ Index int }

// KeyRef is the value of Plan.Keys[Index] (bound post-aggregation trees only).
type KeyRef struct{ Index int }

// SpanKey is what the span at hand, of a branch with Over, has for the Index-th
// key that cuts the time axis, or its Moment (bound trees only).
type SpanKey struct {
	Index  int
	Moment bool
	Type   ColumnType
}

// InPlan tests membership of X in the keys of a nested plan (bound trees only).
// Null never is a member; Not is true for null, as "not in that set".
type InPlan struct {
	X    []Expr
	Plan *Plan
	Not  bool
}

// PlanTest compares X with the one value of a nested plan: above the average of all,
// or of the group whose keys are Own, one each of the plan's keys: above the average of
// the same brand (bound trees only). It is not true where either is null.
type PlanTest struct {
	X    Expr
	Op   Op // Eq, Ne, Lt, Le, Gt or Ge
	Own  []Expr
	Plan *Plan
}

// SinceFirst is how many periods after its first act an entity is looked at (bound
// trees only, in a branch with a Cohort).
type SinceFirst struct{}

func (SinceFirst) expr() {}
func (Lit) expr()        {}
func (Name) expr()       {}
func (Grained) expr()    {}
func (Unary) expr()      {}
func (Binary) expr()     {}
func (In) expr()         {}
func (Between) expr()    {}
func (IsNull) expr()     {}
func (Match) expr()      {}
func (During) expr()     {}
func (Call) expr()       {}
func (Filtered) expr()   {}
func (Case) expr()       {}
func (ViewerAttr) expr() {}
func (Column) expr()     {}
func (TimeRange) expr()  {}
func (Trunc) expr()      {}
func (Part) expr()       {}
func (Slot) expr()       {}
func (KeyRef) expr()     {}
func (SpanKey) expr()    {}
func (InPlan) expr()     {}
func (PlanTest) expr()   {}

// Op is an operator of Unary or Binary.
type Op uint8

// The operators.
const (
	Not Op = iota + 1
	Negate
	And
	Or
	Eq
	Ne
	Lt
	Le
	Gt
	Ge
	Add
	Sub
	Mul
	Div // real division; a zero denominator gives null
)

// String returns the operator as query lines spell it.
func (o Op) String() string {
	return [...]string{"", "not", "-", "and", "or", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/"}[o]
}
