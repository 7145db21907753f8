package semantic

import "fmt"

// atom is one aggregate that the query's values need: where its rows live and
// which metric it belongs to.
type atom struct {
	home   *Table
	metric *Metric // nil for an aggregate that the query spells out
}

func (a atom) text() string {
	if a.metric != nil {
		return a.metric.Name
	}
	return a.home.Name
}

// value is one item: its slot in the visible window and in each comparison.
type value struct {
	item   Item
	name   string
	slots  []int // slots[0] visible, slots[1+i] comparison i
	metric *Metric
	column int // its column in the plan
}

var aggregates = map[string]bool{"count": true, "count_distinct": true, "sum": true, "avg": true, "min": true, "max": true,
	"median": true, "stddev": true, "variance": true, "percentile": true, "percentile_disc": true}

// IsAggregate reports whether a function aggregates rows.
func IsAggregate(name string) bool { return aggregates[name] }

// homesOfItems lists the aggregates of all items, sorts and conditions, in
// order, and refuses what is no value.
func (b *binder) homesOfItems() []atom {
	var atoms []atom
	for _, it := range b.query.Items {
		atoms = append(atoms, b.atomsOf(it.Expr)...)
	}
	if b.failed() {
		return nil
	}
	if len(atoms) == 0 {
		b.fail(Problem{Code: EmptyQuery, Name: ExprString(b.query.Items[0].Expr)})
	}
	return atoms
}

func (b *binder) atomsOf(e Expr) []atom {
	switch x := e.(type) {
	case nil, Lit:
		return nil
	case Name:
		m := b.metric(x)
		if m == nil {
			b.failNotMetric(x)
			return nil
		}
		return b.atomsOfMetric(m)
	case Call:
		if aggregates[x.Func] && len(x.Per) == 0 {
			if home := b.homeOfCall(x, nil); home != nil {
				return []atom{{home: home}}
			}
			return nil
		}
		if len(x.Args) == 0 {
			return nil
		}
		return b.atomsOf(x.Args[0])
	case Filtered:
		return b.atomsOf(x.X)
	}
	var atoms []atom
	for _, c := range children(e) {
		atoms = append(atoms, b.atomsOf(c)...)
	}
	return atoms
}

// failNotMetric refuses a name that is no metric: a dimension must be listed or
// grouped by, the rest is unknown.
func (b *binder) failNotMetric(n Name) {
	if len(b.visibleDimensions(n)) > 0 {
		b.fail(Problem{Code: MixedShape, Name: dotted(n), Detail: "metric"})
		return
	}
	b.fail(Problem{Code: UnknownMetric, Name: dotted(n), Near: b.nearMetrics(dotted(n))})
}

func (b *binder) atomsOfMetric(m *Metric) []atom {
	if m.Kind == Simple || m.Kind == Balance {
		if m.Home == nil {
			return nil
		}
		return []atom{{home: m.Home, metric: m}}
	}
	if m.Kind == Converting || m.Kind == Retaining {
		return []atom{b.firstStep(m)}
	}
	return b.atomsInside(m.Expr, m)
}

// atomsInside lists the aggregates of a definition: those of the metrics that it
// names and those that it spells out.
func (b *binder) atomsInside(e Expr, m *Metric) []atom {
	switch x := e.(type) {
	case nil:
		return nil
	case Name:
		if inner := b.metricInside(x, scope{metric: m}); inner != nil {
			return b.atomsOfMetric(inner)
		}
	case Filtered:
		return b.atomsInside(x.X, m)
	case Call:
		if aggregates[x.Func] && len(x.Per) == 0 {
			if home := b.homeOfCall(x, m.Home); home != nil {
				return []atom{{home: home, metric: m}}
			}
			return nil
		}
		if len(x.Per) > 0 {
			return b.atomsInside(x.Args[0], m)
		}
	}
	var atoms []atom
	for _, c := range children(e) {
		atoms = append(atoms, b.atomsInside(c, m)...)
	}
	return atoms
}

// homeOfCall finds the table whose rows an aggregate reads: the one that reaches
// all the columns it names.
func (b *binder) homeOfCall(c Call, defined *Table) *Table {
	if defined != nil {
		return defined
	}
	if t := b.counted(c); t != nil && !t.Hidden {
		return t
	}
	var tables []*Table
	for _, a := range c.Args {
		Walk(a, func(e Expr) {
			if n, ok := e.(Name); ok {
				if t := b.tableOf(n, len(c.Args) == 1 && c.Func == "count"); t != nil {
					tables = append(tables, t)
				}
			}
		})
	}
	if len(tables) == 0 {
		if !b.failed() {
			b.fail(Problem{Code: EmptyQuery, Name: ExprString(c)})
		}
		return nil
	}
	for _, t := range tables {
		all := true
		for _, other := range tables {
			all = all && b.reaches(t, other)
		}
		if all {
			return t
		}
	}
	b.fail(Problem{Code: NoPath, Name: tables[0].Name, Detail: tables[len(tables)-1].Name})
	return nil
}

// counted is the table whose rows count(t) counts; nil for every other call. A
// table comes before dimensions of the same name, which show its rows elsewhere.
func (b *binder) counted(c Call) *Table {
	if c.Func != "count" || c.Distinct || len(c.Args) != 1 {
		return nil
	}
	n, ok := c.Args[0].(Name)
	if !ok || len(n.Path) != 1 {
		return nil
	}
	return b.model.Table(n.Path[0])
}

func (b *binder) tableOf(n Name, entities bool) *Table {
	if len(n.Path) >= 2 {
		if t := b.model.Table(n.Path[0]); t != nil {
			if len(b.visibleDimensions(n)) == 0 {
				b.failUnknown(n)
				return nil
			}
			return t
		}
	}
	if dims := b.visibleDimensions(n); len(dims) > 0 {
		if d := b.dimension(n, nil); d != nil {
			return d.Table
		}
		return nil
	}
	if entities {
		if t := b.entity(n); t != nil {
			return t
		}
	}
	if b.metric(n) != nil {
		b.fail(Problem{Code: NotComputed, Name: dotted(n), Detail: "aggregate of a metric"})
		return nil
	}
	b.failUnknown(n)
	return nil
}

// bindItems binds every item in the visible window and in the comparisons, and
// lays out its columns.
func (b *binder) bindItems() {
	for _, it := range b.query.Items {
		v := value{item: it, name: it.As, metric: b.metricOf(it.Expr)}
		if v.name == "" {
			v.name = ExprString(it.Expr)
		}
		compared := len(b.plan.Comparisons)
		if streaks(it.Expr) {
			compared = 0
		}
		for w := range 1 + compared {
			v.slots = append(v.slots, b.slotOf(b.postThen(it.Expr, scope{compare: w})))
		}
		if b.failed() {
			return
		}
		b.layOut(&v)
		b.values = append(b.values, v)
	}
	for i := range b.values {
		b.showMore(&b.values[i])
	}
}

// metricOf is the metric whose unit and format an item takes.
func (b *binder) metricOf(e Expr) *Metric {
	switch x := e.(type) {
	case Name:
		return b.metric(x)
	case Filtered:
		return b.metricOf(x.X)
	case Call:
		if len(x.Args) > 0 && (isShow(x.Func) || x.Func == "round" || x.Func == "overall" || len(x.Per) > 0) {
			return b.metricOf(x.Args[0])
		}
	case Binary:
		if x.Op != Add && x.Op != Sub {
			return nil
		}
		l, r := b.metricOf(x.L), b.metricOf(x.R)
		if l != nil && r != nil && l.Unit == r.Unit {
			return l
		}
	}
	return nil
}

// scope is where an expression over results is bound: in which window, under
// which filters of its own, at which coarser grain.
type scope struct {
	compare int
	filters []filter
	coarse  []int // keys left out
	depth   int   // of definitions looked into
	metric  *Metric
	balance *Metric // the semi-additive metric that is being expanded
}

// filter is a condition on a metric alone. One that the model wrote may name
// bare columns, one that the query wrote may not.
type filter struct {
	cond    Expr
	written bool // by the model
}

// post binds an expression over metrics to one over slots.
func (b *binder) post(e Expr, s scope) Expr {
	switch x := e.(type) {
	case nil:
		return nil
	case Lit:
		return x
	case Name:
		return b.postName(x, s)
	case Grained:
		if i := b.keyIndex(ExprString(x)); i >= 0 {
			return KeyRef{i}
		}
	case Unary:
		return Unary{Op: x.Op, X: b.post(x.X, s)}
	case Binary:
		return Binary{Op: x.Op, L: b.post(x.L, s), R: b.post(x.R, s)}
	case Between:
		return Between{X: b.post(x.X, s), Lo: b.post(x.Lo, s), Hi: b.post(x.Hi, s), Not: x.Not}
	case IsNull:
		return IsNull{X: b.post(x.X, s), Not: x.Not}
	case In:
		return b.postIn(x, s)
	case Match:
		return Match{X: b.post(x.X, s), How: x.How, Pattern: x.Pattern, Not: x.Not}
	case Filtered:
		s.filters = append(append([]filter{}, s.filters...), filter{x.Where, s.metric != nil})
		return b.post(x.X, s)
	case Case:
		return b.postCase(x, s)
	case Call:
		return b.postCall(x, s)
	}
	b.fail(Problem{Code: PlainInHaving, Name: ExprString(e)})
	return nil
}

func (b *binder) postCase(x Case, s scope) Expr {
	out := Case{Else: b.post(x.Else, s)}
	for _, w := range x.Whens {
		out.Whens = append(out.Whens, When{If: b.post(w.If, s), Then: b.post(w.Then, s)})
	}
	return out
}

func (b *binder) postIn(x In, s scope) Expr {
	if x.Sub != nil {
		b.fail(Problem{Code: NotComputed, Name: ExprString(x.X), Detail: "set in having"})
		return nil
	}
	out := In{X: b.post(x.X, s), Not: x.Not}
	for _, l := range x.List {
		out.List = append(out.List, b.post(l, s))
	}
	return out
}

// postName is a key, a metric, or an item by its own name.
func (b *binder) postName(n Name, s scope) Expr {
	if i := b.keyIndex(dotted(n)); i >= 0 && s.metric == nil {
		return KeyRef{i}
	}
	if m := b.metricInside(n, s); m != nil {
		return b.postMetric(m, s)
	}
	if s.metric == nil {
		for _, v := range b.values {
			if v.item.As != "" && v.item.As == dotted(n) {
				return Slot{v.slots[s.compare]}
			}
		}
		if d := b.keyOfDimension(n); d >= 0 {
			return KeyRef{d}
		}
	}
	if len(b.visibleDimensions(n)) > 0 {
		b.fail(Problem{Code: PlainInHaving, Name: dotted(n)})
		return nil
	}
	b.fail(Problem{Code: UnknownMetric, Name: dotted(n), Near: b.nearMetrics(dotted(n))})
	return nil
}

// metricInside looks a metric up; inside a definition hidden metrics count too,
// since a metric that needs one is hidden itself.
func (b *binder) metricInside(n Name, s scope) *Metric {
	if s.metric != nil && len(n.Path) == 1 {
		return b.model.Metric(n.Path[0])
	}
	return b.metric(n)
}

func (b *binder) keyIndex(name string) int {
	for i, g := range b.groups {
		if g.name == name && name != "" {
			return i
		}
	}
	return -1
}

// keyOfDimension finds the key that shows the dimension a name means.
func (b *binder) keyOfDimension(n Name) int {
	for _, d := range b.visibleDimensions(n) {
		for i, g := range b.groups {
			if g.dim == d && g.grain == (Grain{}) && g.edges == nil {
				return i
			}
		}
	}
	return -1
}

func (b *binder) postCall(c Call, s scope) Expr {
	if c.Func == "bucket" {
		if i := b.keyIndex(ExprString(c)); i >= 0 {
			return KeyRef{i}
		}
	}
	switch {
	case len(c.Per) > 0:
		return b.nested(c, s)
	case aggregates[c.Func]:
		return b.aggregate(c, s)
	case isShow(c.Func):
		return b.postShow(c, s)
	case c.Func == "streak":
		return b.streak(c, s)
	case c.Func == "overall":
		return b.overall(c, s)
	case scalarFunc(c.Func):
		out := Call{Func: c.Func}
		for _, a := range c.Args {
			out.Args = append(out.Args, b.post(a, s))
		}
		if c.Func != "years_between" { // which needs the parts of a date of a row
			return b.dated(out)
		}
	}
	b.fail(Problem{Code: NotComputed, Name: ExprString(c), Detail: c.Func})
	return nil
}

// aggregate puts an aggregate into the branch of its home and window.
func (b *binder) aggregate(c Call, s scope) Expr {
	special := ""
	if s.balance != nil {
		special = "balance " + s.balance.Name
	}
	br, m := b.measureIn(c, s.filters, s, special)
	if b.failed() {
		return nil
	}
	if s.balance != nil {
		br.balance = s.balance
	}
	zero := b.zeroFor(m, s.metric)
	i, m := br.ofMoments(br.measure(m), m)
	if s.balance != nil && s.balance.OverTime == "avg" {
		m.Type = ColumnType{Kind: Float} // of whole numbers too
	}
	return Slot{b.slot(FromBranch{Branch: b.branchIndex(br), Measure: i, ZeroFill: zero, Type: m.Type})}
}

// zeroFor reports a measure that is 0 where nothing is: a count, and what its
// metric or the query fills. The metric may be nil.
func (b *binder) zeroFor(m Measure, owner *Metric) bool {
	switch m.Func {
	case "count", "count_distinct":
		return owner == nil || owner.Fill == nil || !owner.Fill.IsNull() || b.query.Fill == FillZero
	case "sum":
		if b.query.Fill == FillZero {
			return true
		}
	}
	return owner != nil && owner.Fill != nil && owner.Fill.String() == "0"
}

// measureIn binds an aggregate with its filters in the branch of its home, the
// window of the scope and what makes the branch special.
func (b *binder) measureIn(c Call, filters []filter, s scope, special string) (*branch, Measure) {
	owner := s.metric
	var home *Table
	if owner != nil {
		home = owner.Home
	}
	m := Measure{Func: c.Func}
	home = b.homeOfCall(c, home)
	if home == nil {
		return nil, m
	}
	special = b.apart(special, owner)
	axis := b.axisOf(atom{home: home, metric: owner})
	br := b.branchFor(home, axis, b.spread(owner, axis, s), s.coarse, special)
	if c.Distinct && c.Func == "count" {
		m.Func = "count_distinct"
	}
	br.defining = owner != nil
	if br.argument(&m, c); special == prorating && m.Arg != nil {
		m.Arg = br.prorated(owner, m.Arg)
	}
	for _, f := range filters {
		br.defining = f.written
		for _, cond := range br.conditions(Conjuncts(f.cond)) {
			m.Where = joined(And, m.Where, cond)
		}
	}
	br.defining = false
	if !b.failed() {
		m.Type = measureType(m)
	}
	return br, m
}

// argument binds what a measure aggregates.
func (br *branch) argument(m *Measure, c Call) {
	if len(c.Args) == 0 {
		return
	}
	n, isName := c.Args[0].(Name)
	if m.Func == "count" && br.b.counted(c) == br.home {
		return // count(customers) counts rows
	}
	if m.Func == "count_distinct" && isName {
		if d := br.dimOf(n); d != nil && d.Of != nil {
			m.Arg = br.foreignKey(d.Of)
			return
		}
	}
	if multiplies(br.wayOf(c.Args[0])) {
		br.b.fail(Problem{Code: FanOut, Name: ExprString(c), Detail: br.home.Name})
		return
	}
	m.Arg = br.operand(c.Args[0])
	if (m.Func == "percentile" || m.Func == "percentile_disc") && len(c.Args) == 2 {
		m.Fraction, _ = literalOf(c.Args[1]).Float()
	}
	br.checkArgument(m, c)
}

// foreignKey is the column by which rows of the join's table know the entity.
func (br *branch) foreignKey(j *Join) Expr {
	lead, ok := br.b.pathTo(br.home, j.From)
	if !ok || len(j.On) != 1 || j.With != nil {
		br.b.fail(Problem{Code: KeyRequired, Name: j.To.Name})
		return nil
	}
	return br.column(br.scan(lead), j.On[0].From)
}

func (br *branch) wayOf(e Expr) []step {
	var way []step
	Walk(e, func(x Expr) {
		if n, ok := x.(Name); ok && way == nil && !isTime(n) {
			if p := br.pathOf(n); multiplies(p) {
				way = p
			}
		}
	})
	return way
}

// checkArgument refuses to add up or average what is no number.
func (br *branch) checkArgument(m *Measure, c Call) {
	switch m.Func {
	case "count", "count_distinct", "min", "max":
		return
	}
	switch k := typeOf(m.Arg, nil, nil).Kind; k {
	case Int, Decimal, Float, Null:
		if m.Fraction < 0 || m.Fraction > 1 {
			br.b.fail(Problem{Code: WrongType, Name: ExprString(c), Detail: "fraction"})
		}
	case Bool:
		if m.Func == "sum" || m.Func == "avg" {
			m.Arg = Case{Whens: []When{{If: m.Arg, Then: Lit{IntValue(1)}}, {If: IsNull{X: m.Arg}, Then: Lit{NullValue}}}, Else: Lit{IntValue(0)}}
			return
		}
		br.b.fail(Problem{Code: WrongType, Name: ExprString(c), Detail: "number"})
	default:
		br.b.fail(Problem{Code: WrongType, Name: ExprString(c), Detail: "number"})
	}
}

// slot adds a slot, or finds the equal one.
func (b *binder) slot(d SlotDef) int {
	key := slotKey(d)
	if i, ok := b.slots[key]; ok {
		return i
	}
	b.slots[key] = len(b.plan.Slots)
	b.plan.Slots = append(b.plan.Slots, d)
	return len(b.plan.Slots) - 1
}

func slotKey(d SlotDef) string {
	switch x := d.(type) {
	case FromBranch:
		return fmt.Sprintf("b%d.%d.%v", x.Branch, x.Measure, x.ZeroFill)
	case Computed:
		return "c" + boundKey(x.Expr)
	case OverRows:
		return fmt.Sprintf("w%s.%d.%v.%d.%d.%d.%s.%v", x.Func, x.Of, x.Partition, x.OrderKey, x.ResetUnit, x.Rows, x.Agg, x.Desc)
	}
	return ""
}

// slotOf gives an expression a slot of its own.
func (b *binder) slotOf(e Expr) int {
	switch x := e.(type) {
	case nil:
		return -1
	case Slot:
		return x.Index
	}
	return b.slot(Computed{Expr: e, Type: typeOf(e, b.plan.Slots, b.plan.Keys)})
}
