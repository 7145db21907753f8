package semantic

import (
	"cmp"
	"strings"
)

// Model is the semantic layer of one company: an immutable snapshot, safe for
// concurrent use. Load builds it; nothing changes it afterwards. Slices are in
// file order.
type Model struct {
	Name     string
	Version  string // SHA-256 of the model files, in hex: equal files, equal version
	Names    Names
	Currency string // ISO 4217, the unit "money" without one of its own

	Tables     []*Table
	Metrics    []*Metric
	Rules      []*Rule
	Calendar   *Calendar
	Phrases    []*Phrase
	Questions  []*Verified
	Warehouses []string // names of the sources that tables live in, in order of first use

	names *names // set by Load
}

// Names is how people call an object, in both languages.
type Names struct {
	Label       Label
	Plural      string   // English plural of the label, where it is not regular
	Synonyms    []string // either language, best first
	Description Label
}

// Texts are all that it is called but for the plural: the labels, which may be
// empty, and the synonyms.
func (n Names) Texts() []string {
	return append([]string{n.Label.ZH, n.Label.EN, n.Label.TW}, n.Synonyms...)
}

// Label is one text in both languages; any may be empty. TW is Chinese as it is
// written in Taiwan, where the model gives it.
type Label struct{ ZH, TW, EN string }

// In returns the text in the language ("zh…" or anything else for English),
// or another one where that is empty.
func (l Label) In(lang string) string {
	switch {
	case !strings.HasPrefix(lang, "zh"):
		return cmp.Or(l.EN, l.ZH, l.TW)
	case lang == "zh-TW":
		return cmp.Or(l.TW, l.ZH, l.EN)
	}
	return cmp.Or(l.ZH, l.TW, l.EN)
}

// Table is a table, view or query in a warehouse: the home of measures and the
// seat of dimensions. When Entity is set its rows are things that people count
// and list.
type Table struct {
	Name       string
	Names      Names // names of one row: order 订单, customer 客户
	Warehouse  string
	Source     string     // table or view, as the warehouse spells it, schema included
	Keys       [][]string // unique keys as columns, the primary one first; may be empty
	Time       *Dimension // the default time dimension; nil for none
	Dimensions []*Dimension
	Columns    []TypedColumn // columns that are no dimensions; none when the model does not list them
	Joins      []*Join
	Validity   *Validity    // set when rows are versions of a thing (SCD type 2)
	Display    []*Dimension // what stands for a row in lists, best first; never sensitive
	Detail     []Detail     // what a list of whole rows shows besides, in order; never sensitive
	Hidden     bool         // not offered by name: a bridge, a helper
	Pos        Pos
}

// Detail is a column of a list of whole rows: a dimension of the table, or of what
// a join of it leads to.
type Detail struct {
	Join      *Join // nil for the table itself
	Dimension *Dimension
}

// TypedColumn is a physical column with its declared type.
type TypedColumn struct {
	Name string
	Type ColumnType
}

// Validity is the half-open span in which a version of a row holds. Without To
// it ends where the next version of the same thing begins.
type Validity struct{ From, To *Dimension }

// Join leads from many rows of a table to one row of another. Which side is one
// follows from the declared keys.
type Join struct {
	Name  string
	Names Names // the role, for example ship-to city
	From  *Table
	To    *Table
	On    []ColumnPair
	With  []ColumnPair // columns of the rows that are counted, however far up the path they are, that equal columns of To besides
	At    *Dimension   // the time that picks the version when To has Validity
	Now   bool         // the version that holds when the question is asked
	Axis  bool         // the version that holds at the time of the rows that are counted, however far up the path they are
	Many  bool         // To is not unique on its columns: only a bridge path may use it
	Pos   Pos
}

// ColumnPair is one equality of a join: a column of From and one of To.
type ColumnPair struct{ From, To string }

// Dimension is an attribute of a table's rows.
type Dimension struct {
	Name   string
	Names  Names
	Table  *Table
	Expr   Expr // over the table's columns, as Name of one part; never nil after Load
	Type   ColumnType
	Unit   string // as Metric.Unit, for numbers
	Format Format
	Values []Member   // declared members, in declared order
	Closed bool       // Values lists every member: others are unknown by definition
	Order  bool       // Values is the natural order (small, medium, large)
	Parent *Dimension // the next coarser level of its hierarchy, nil for none
	Of     *Join      // set when the dimension shows the entity that this join leads to
	Sum    string     // the aggregate that suits a number best: sum, avg, …; "" for codes and texts
	Index  IndexMode
	Key    bool       // identifies a row of the table
	Same   *Dimension // conformed: holds the same members as this dimension of another table or warehouse; nil for none
	Pos    Pos
}

// Canonical is the dimension that all that are conformed with one are declared by, itself
// where it is conformed with none.
func (d *Dimension) Canonical() *Dimension {
	for i := 0; d.Same != nil && i < 8; i++ {
		d = d.Same
	}
	return d
}

// Conforms reports whether two dimensions hold the same members: they are one, or one is
// declared by the other, or both by a third.
func (d *Dimension) Conforms(o *Dimension) bool {
	return d == o || d.Same == o || o.Same == d || d.Same != nil && d.Same == o.Same
}

// Member is one declared value of a dimension.
type Member struct {
	Value   Value
	Names   Names
	Aliases []string // all other ways to say it, codes included
}

// IndexMode says whether a dimension's members are read into the value index.
type IndexMode uint8

// The index modes.
const (
	IndexAuto     IndexMode = iota // texts within the limits
	IndexNever                     // sensitive: never indexed, suggested or shown in refusals
	IndexOnDemand                  // too many: looked up by exact value when asked
)

// ColumnType is how a column holds its values.
type ColumnType struct {
	Kind   Kind   // what a value means
	Scale  uint8  // digits after the point, for Decimal
	Coding Coding // how a time is stored
	Zone   string // IANA zone of a stored instant; "" is the model's own wall clock
	Layout string // for CodedText: a Go layout
}

// Coding is how a Date or Timestamp is stored.
type Coding uint8

// The codings.
const (
	Native       Coding = iota // the engine's own date or timestamp, or ISO text on SQLite
	EpochSeconds               // integer seconds since 1970 UTC
	EpochMillis                // integer milliseconds since 1970 UTC
	YYYYMM                     // 202603 as integer or text: a whole month
	YYYYMMDD                   // 20260305 as integer or text
	CodedText                  // text in Layout
	YYYY                       // 2026 as integer or text: a whole year
)

// Finest returns the finest unit that a time of this type can be cut to.
func (t ColumnType) Finest() Unit {
	switch {
	case t.Coding == YYYY:
		return Year
	case t.Coding == YYYYMM, t.Coding == CodedText && ofMonths(t.Layout):
		return Month
	case t.Kind == Date:
		return Day
	case t.Kind == Timestamp:
		return Second
	}
	return NoUnit
}

// ofMonths reports whether the texts of a layout show months and nothing finer: 2026-03.
func ofMonths(layout string) bool {
	rest := strings.Replace(layout, "2006", "", 1)
	return rest != layout && strings.Contains(rest, "01") && !strings.ContainsAny(rest, "23456789")
}

// cutsTo reports whether a time of this type can be cut to a unit: to those from its
// finest on, and to milliseconds where the engine itself holds it as a moment.
func (t ColumnType) cutsTo(u Unit) bool {
	if u == Millisecond {
		return t.Kind == Timestamp && t.Coding == Native && t.Zone == ""
	}
	return unitRank(u) >= unitRank(t.Finest())
}

// Metric is a governed number: what it is, how it is called and who owns it.
type Metric struct {
	Name    string
	Names   Names
	Expr    Expr   // aggregates over columns (table.column), or arithmetic over metrics; names resolved by Load
	Where   Expr   // a filter that touches this metric alone; nil for none
	Unit    string // an ISO 4217 code, "%", or a counted noun; "" for a bare number
	Format  Format
	Owner   string
	Time    *Dimension // the metric's time axis; nil takes the home table's
	Default Period     // when a question names no period; nil is all
	Fill    *Value     // what stands where there is nothing; nil keeps null (counts are 0), a null keeps null for counts too
	Good    Direction
	Kind    MetricKind
	Home    *Table // the table of its aggregates; nil when it spans several homes
	Pos     Pos

	Prorate   bool         // of a part of a month or year, whose whole value alone is known, the part by its days
	ByWork    bool         // with Prorate: by its working days, of which a day off has none
	OverTime  string       // semi-additive: first, last, avg, min, max; "" is additive
	PerEntity []*Dimension // semi-additive per entity: each at its own last day
	ToDate    Unit         // cumulative to date; NoUnit for none
	Window    Window       // trailing window; zero for none
	Running   bool         // cumulative without end
	Shows     string       // cumulative, of a period longer than a day: last, first or avg of its days; "" is last
	Offset    Window       // the value of an earlier period
	OffsetBy  string       // with Offset, which then has no unit: the attribute of days whose periods are counted
	Clamp     bool         // with Offset: a day that the earlier month lacks shows the last day of it
	AtStart   Unit         // the value of the first period of this unit; NoUnit for none
	Convert   *Conversion
}

// MetricKind says how a metric is computed.
type MetricKind uint8

// The kinds of metrics.
const (
	Simple     MetricKind = iota // one or more aggregates of one home table
	Derived                      // arithmetic over metrics
	Balance                      // semi-additive
	Cumulative                   // running, trailing or to date
	Offsetting                   // an earlier period's value
	Converting                   // a funnel step
	Retaining                    // who comes back in a later period
	Nested                       // an aggregate of an aggregate
)

// Format is how a number is shown.
type Format struct {
	Style    string // "", percent, money, duration
	Decimals int    // digits after the point; -1 lets the value decide
}

// Direction says which way is good news.
type Direction int8

// The directions; Neutral colours nothing.
const (
	DownIsGood Direction = -1
	Neutral    Direction = 0
	UpIsGood   Direction = 1
)

// Window is a length of time.
type Window struct {
	N    int
	Unit Unit
}

// Conversion is a step from a base event to a converting event by one entity, or
// with Every the coming back of entities, whose first base event begins a cohort,
// in the periods after it.
type Conversion struct {
	Base, To *Metric
	Entity   *Dimension
	Within   Window // zero for any time
	Every    Unit   // the periods in which entities come back; NoUnit for a conversion
	Rate     bool   // the share of base events that convert, or of a cohort that comes back; else their count
	Constant []ColumnPair
}

// Rule restricts what viewers see. A row rule has Where; a column rule has
// Hide. Unless exempts the viewers it names.
type Rule struct {
	Table       *Table
	Where       Expr         // over the table's dimensions, joins and viewer attributes
	Hide        []*Dimension // columns that do not exist for the viewer, in any form
	HideColumns []string     // the same for physical columns of Table that no dimension is named after
	HideMetrics []*Metric
	Roles       []string // exempt roles
	Pos         Pos
}

// Phrase is a verb, adjective or noun that stands for a filter, a set or a
// joined meaning: "bought" leads customers to products, "large" is a filter.
type Phrase struct {
	Words   []string // either language
	On      *Table   // what it speaks of
	Where   Expr     // the filter it means; of a verb, which of its acts count, nil for all
	Through *Table   // the table whose rows are the acts of the verb
	Pos     Pos
}

// Verified is a question whose query line an analyst has confirmed. Its texts
// may hold slots: {period}, {n} and {dimension}, a dimension as the query's
// filter spells it. What a question says there takes the place of the query's
// period, limit or member.
type Verified struct {
	Questions []string
	Line      string
	Query     *Query
	By        string
	Pos       Pos
}

// Viewer is who asks. The zero Viewer has no attributes and sees no row that a
// rule guards.
type Viewer struct {
	ID    string
	Name  string
	Roles []string
	Attrs map[string][]string
}
