package semantic

import "time"

// Plan is a bound query: names resolved, paths chosen, periods dated, rules
// attached to every scan. It is what an engine must do, without any dialect.
//
// Branches are computed each at its own grain, then stitched by Keys (nulls
// meet nulls), then Slots are computed in order, then Having, Order, Per and
// Limit apply. A plan has either Branches and Slots, or Rows.
type Plan struct {
	Query  *Query // as bound: what defaults added is in it
	Model  *Model
	Viewer string // the viewer's id, for tags and audit

	Keys     []Key
	Branches []Branch
	Slots    []SlotDef
	Columns  []OutColumn // what the answer shows, in order: keys first
	Having   Expr        // over Slot, KeyRef and Lit; nil for none
	Order    []Order     // complete: ends with every key, so that it is total
	Limit    int         // rows; 0 for no limit
	Offset   int
	Per      []int  // indexes of Keys: Limit holds within each of their values
	Sorted   int    // how many of Order were asked for; within each of Per a limit of one keeps all rows that are first by them
	Spine    *Spine // periods that must appear; nil for none
	Clip     bool   // following branches add no periods outside the visible ones, by the keys that are an Axis
	Open     bool   // with Clip: before the visible periods they may, for what runs from the first of all
	Rows     *RowsPlan
	Totals   *Plan // the same at the empty grain, for the totals row; nil for none

	Window      Interval   // the visible period, or the hull of several; zero is all time
	Windows     []Interval // each visible period when there are several; else nil
	Comparisons []Interval // the second periods, in order of Query.Versus
	TimeOf      *Dimension // the time dimension Window applies to; nil when metrics differ or there is none
	Assumed     []Assumption
	Guards      []Guard // rules that took part
}

// Key is one output group.
type Key struct {
	Name      string     // as the query line spells it
	Dimension *Dimension // nil for buckets
	Grain     Grain      // for times
	Axis      bool       // it cuts the time axis of every branch: comparisons move it to meet the visible periods
	Type      ColumnType
	Desc      bool
}

// Branch aggregates the rows of one home table. Scans[0] is the home; every
// other scan is joined many-to-one from an earlier one, by LEFT JOIN, unless it
// multiplies (Scan.Many).
type Branch struct {
	Source   string // warehouse
	Scans    []Scan
	Keys     []Expr // one per Plan.Keys; nil where this branch is at a coarser grain and meets every value
	Where    []Expr // all must hold; over Column, Lit, TimeRange, Part, InPlan …
	Measures []Measure
	Compare  int      // 0 for the visible window, else 1 + index into Plan.Comparisons
	Follows  bool     // its rows add no groups of their own in time (see Plan.Clip)
	Distinct []Expr   // non-nil when a many-join multiplies rows: first the distinct (home key, keys, arguments), then aggregate
	Inner    *Inner   // aggregate of an aggregate: first at this finer grain
	LastBy   *LastBy  // semi-additive
	Cohort   *Cohort  // the home's rows are acts of entities, of which the first begins a cohort
	Convert  *Convert // the home's rows are first steps; the measures take in what they led to
	Over     *Over    // rows count once for each span that they lie in
}

// Scan is one table in a branch, with the rules that guard it: rows that fail
// them do not exist for this plan, also below a LEFT JOIN.
type Scan struct {
	Table   *Table
	Parent  int          // index of the scan it hangs on; -1 for the home
	On      []ColumnPair // Parent's column = this table's column
	Meets   []Pair       // expressions over what is before it = its own, instead of On
	With    []ColumnPair // columns of the home = this table's columns, besides
	Many    bool         // this side is not unique: rows of Parent multiply
	At      Expr         // the moment of which the version is wanted; nil for none
	From    Expr         // with At: when the version begins
	To      Expr         // with At: the first moment after it; a null is open
	Ends    []string     // set where To is the column VersionEnd, which no table has: where the next row equal in these columns begins
	Moves   *Moves       // set for a table of days that has the column ShownDay besides, which no table has
	Rules   []Expr       // over Column with this scan's index, and InPlan; all must hold
	Guards  []*Rule      // the rules of the model that Rules are, in their order
	Never   bool         // a rule needs an attribute that the viewer lacks: no rows
	Columns []string     // every column of this table that the branch reads, sorted
}

// VersionEnd names the column that a scan of versions without an end of their own
// adds to those of its table.
const VersionEnd = "version_end"

// ShownDay names the column that a scan with Moves adds to its Columns.
const ShownDay = "shown_day"

// Moves leads from a day to one of a later period: to the day of the same number,
// from the period's first one, or to its last day where it has fewer. Periods are the
// days with one value of a column, in the order of their first days. Days without
// a value and those of the last periods have no row in such a scan.
type Moves struct {
	Day    string // the column that holds the days
	Period string // the column that tells the periods apart
	Type   ColumnType
	By     int // so many periods later
}

// Measure is one aggregate of a branch.
type Measure struct {
	Func     string     // count, sum, avg, min, max, count_distinct, median, percentile, percentile_disc, stddev, variance
	Arg      Expr       // nil for count of rows
	Where    Expr       // rows that count for this measure only; nil for all
	Fraction float64    // for percentiles, 0 to 1
	Type     ColumnType // of the result
}

// Inner is the finer grain of an aggregate of an aggregate. The branch first
// groups by Keys and By computing Measures, then aggregates those by Keys.
type Inner struct {
	By    []Expr
	First bool      // of the finer groups only the first by By is taken
	Last  bool      // or the last
	Outer []Measure // Arg is a Slot whose index counts the branch's Measures
}

// Over makes each row of a branch count once for every span that its time lies
// in. Keys that are a SpanKey are those of the span. A span without rows has no
// group.
type Over struct {
	Time  Expr // the column compared
	Type  ColumnType
	Spans []Stretch
}

// Stretch is a half-open range of rows that together give the value of a moment.
type Stretch struct {
	Keys   []Value // of the keys that cut the time axis, in order
	Moment Value   // a Timestamp; tells the spans of one period apart
	Start  Value   // a Timestamp, null for an open start
	End    Value   // a Timestamp
}

// LastBy picks rows by time before aggregating: a balance.
type LastBy struct {
	Time Expr // the column compared
	Type ColumnType
	Pick string // last, first; avg, min and max first sum per time, then aggregate over times
	Per  []Expr // each of these has its own last time; empty for one over all
	Each Expr   // the visible time bucket that bounds the choice; nil for the whole window
}

// Convert makes the rows of a branch's home first steps, and lets its measures
// aggregate the rows of another table, the conversions. Each conversion belongs
// to the latest first step that it shares Pairs with, that lies no later than it
// and less than Within before it; of steps at one moment the one with the least
// Ties comes first, then the one with the least keys. A conversion without such a
// step does not count, nor does a row lead to itself where both are of one table.
// Columns of Measures name Scans of the Convert.
type Convert struct {
	Scans    []Scan
	Where    []Expr // on conversions
	Pairs    []Pair
	From, To Expr   // when a step and a conversion happen; of a time type
	Within   Window // zero for any time
	Ties     []Expr // identify a step; empty where its table has no key
	Key      []Expr // identify a conversion; empty where its table has no key
}

// Cohort makes the rows of a branch's home acts of entities. The first act of an
// entity (of several at one moment the one with the least Ties, then the least
// keys) gives it its keys; an entity of which it does not meet If does not count. It
// is then looked at in every one of Periods from that of its first act on: SinceFirst is
// how many lie between. Those for which Having does not hold, and the last of
// Periods, which is not over, do not count. The branch has two measures: how many
// entities have a period that counts, and how many of them acted in one of those
// again, which is what Scans and Where say.
type Cohort struct {
	If      []Expr // on the first act; Branch.Where is on all acts
	Pairs   []Pair // an entity, as first acts and as later ones know it
	Ties    []Expr
	First   Trunc  // the period of an act
	At      Expr   // when an act takes place; of a time type
	Scans   []Scan // of the later acts
	Where   []Expr // on later acts
	Again   Trunc  // the period of a later act
	Periods []Value
	Having  []Expr // over SinceFirst
}

// Pair is an equality of a first step and a conversion.
type Pair struct{ From, To Expr }

// SlotDef defines one computed value per output row. The set is closed:
// FromBranch, Computed, OverRows.
type SlotDef interface{ slot() }

// FromBranch is a branch's measure. Zero stands for missing rows when ZeroFill
// is set (counts, and metrics that fill with 0).
type FromBranch struct {
	Branch, Measure int
	ZeroFill        bool
	Type            ColumnType
}

// Computed is an expression over Slot, KeyRef and Lit of earlier slots.
type Computed struct {
	Expr Expr
	Type ColumnType
}

// OverRows is computed over all result rows before Having and Limit.
type OverRows struct {
	Func      string // share (of the sum), rank, running (sum), moving (aggregate Agg over Rows rows)
	Of        int    // slot
	Partition []int  // keys
	OrderKey  int    // the time key that running and moving follow; -1 for none
	ResetUnit Unit   // running starts anew with each of these; NoUnit never
	Rows      int    // moving: rows in the window, this one included
	Agg       string // moving: avg, sum, min, max
	Desc      bool   // rank: largest first
	Type      ColumnType
}

func (FromBranch) slot() {}
func (Computed) slot()   {}
func (OverRows) slot()   {}

// OutColumn is one column of the answer.
type OutColumn struct {
	Name      string // as the query line spells it; unique in the plan
	Key       int    // index into Keys, -1 for a value
	Slot      int    // index into Slots, -1 for a key
	Role      Role
	Metric    *Metric // the metric it shows or derives from; nil for other columns
	Base      int     // for derived roles: index into Columns of the metric's own column; -1 for none
	Against   int     // for Earlier, Change, Growth: 1 + index into Plan.Comparisons
	Dimension *Dimension
	Grain     Grain
	Type      ColumnType
	Unit      string
	Format    Format
	Additive  bool    // its values may be added over every key: totals and shares are allowed
	NullsHide bool    // with Additive: but not where one of them is null, of which the whole may have a part
	Edges     []Value // for bucket(…): the width, or the edges whose count at or below the value is the key
	Whole     bool    // with Edges: between two edges there are whole numbers alone
}

// Role says what a column is in the answer.
type Role uint8

// The roles of columns.
const (
	GroupColumn Role = iota
	ValueColumn
	EarlierColumn
	ChangeColumn
	GrowthColumn
	ShareColumn
	RankColumn
	RunningColumn
	MovingColumn
	DetailColumn
)

// Order is one sort key over the output.
type Order struct {
	Slot int // -1 when Key is used
	Key  int
	Desc bool // nulls are last either way
}

// Spine is the periods that must appear in the result.
type Spine struct {
	Key    int // the time key
	Values []Value
	Cross  []int // other keys each of whose values gets every period
	Once   bool  // only periods without any row are added, with null for all other keys
}

// RowsPlan lists rows of one table. Rows come in Plan.Order over Outputs (Order.Slot indexes Outputs).
type RowsPlan struct {
	Source   string
	Parts    []RowsPart // of a list of several tables, which has no Scans: a Column names an output of a part, oN, by the part's place
	Scans    []Scan
	Outputs  []Expr
	Per      []int // indexes of Outputs: the plan's Limit holds within each of their values
	Where    []Expr
	Distinct bool
}

// RowsPart is one table of a list of several. Its rows, one for each of the table's
// with bare columns as outputs, meet those of the parts before it where On is equal;
// what finds no partner on either side stands alone, with nulls. Without On every
// row is paired with every row.
type RowsPart struct {
	Rows *RowsPlan
	Of   int          // an earlier part; -1 for none
	On   []ColumnPair // an output of that part = one of this
}

// Assumption is something the binder decided that the asker did not say.
type Assumption struct {
	What   string   // period, time, align, nulls, limit, metric, running, shared, …
	Value  string   // as the query line spells it
	Others []string // query lines' spelling of what could stand instead
}

// Guard is a rule that took part in a plan.
type Guard struct {
	Table  string
	Rule   *Rule
	Denied bool // the viewer lacks the attribute: no rows
}

// Clock is when a question is asked.
type Clock struct {
	Now      time.Time
	Until    time.Time // data is complete up to here, as an instant; zero is Now
	Calendar *Calendar // nil takes the model's own
}
