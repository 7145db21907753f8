package semantic

import (
	"math/big"
	"slices"
)

// group is one output key: what it is called in the query and how a branch
// computes it.
type group struct {
	name   string // canonical text; "" for a key that is grouped by and not shown
	expr   Expr   // Name, Grained or the bucket Call; nil for a hidden key column
	dim    *Dimension
	grain  Grain
	isAxis bool // a grain of each metric's own time axis
	cuts   cutting
	ofAxis bool   // a cyclic part of the time axis of every metric
	entity *Table // for entity keys
	via    Name   // how the entity or dimension is reached
	column string // hidden: the entity's key column
	typ    ColumnType
	edges  []Value
	since  bool // the periods since an entity's first act
	ofDay  bool // an attribute of the day in a calendar that the time axis leads to
}

// cutting says whether a key cuts the time axis of the metrics.
type cutting uint8

const (
	cutsNone cutting = iota
	cutsSome         // that of some metrics and not of others
	cutsAll
)

// bindGroups turns the query's groups into keys. An entity is grouped by its
// key, so that namesakes stay apart, and shown by what stands for it.
func (b *binder) bindGroups(atoms []atom) {
	homes := homesOf(atoms)
	b.dropRepeatedGroups()
	for _, g := range b.query.By {
		name := g.As
		if name == "" {
			name = ExprString(g.Expr)
		}
		switch x := g.Expr.(type) {
		case Name:
			if isOfDay(x) {
				b.groupByDay(x, name, atoms)
				continue
			}
			b.groupByName(x, name, homes)
		case Grained:
			b.groupByGrain(x, name, atoms)
		case Call:
			b.groupByBucket(x, name, homes)
		default:
			b.fail(Problem{Code: WrongType, Name: name})
		}
	}
	for i, g := range b.groups {
		b.plan.Keys = append(b.plan.Keys, Key{Name: g.name, Dimension: g.dim, Grain: g.grain, Type: g.typ})
		if g.name != "" {
			b.plan.Columns = append(b.plan.Columns, OutColumn{Name: g.name, Key: i, Slot: -1, Base: -1,
				Role: GroupColumn, Dimension: g.dim, Grain: g.grain, Type: g.typ, Unit: unitOf(g.dim), Edges: g.edges, Whole: b.wholeBands(g)})
		}
	}
}

// dropRepeatedGroups keeps the first of equal groups: splitting twice by one
// thing is splitting once.
func (b *binder) dropRepeatedGroups() {
	seen := map[string]bool{}
	kept := b.query.By[:0]
	for _, g := range b.query.By {
		text := ExprString(g.Expr)
		if !seen[text] {
			kept = append(kept, g)
		}
		seen[text] = true
	}
	b.query.By = kept
}

func unitOf(d *Dimension) string {
	if d == nil {
		return ""
	}
	return d.Unit
}

func homesOf(atoms []atom) []*Table {
	var homes []*Table
	for _, a := range atoms {
		homes = append(homes, a.home)
	}
	return homes
}

func (b *binder) groupByName(n Name, name string, homes []*Table) {
	if isSince(n) {
		b.groups = append(b.groups, group{name: name, expr: n, since: true, typ: ColumnType{Kind: Int}})
		return
	}
	if isTime(n) {
		b.fail(Problem{Code: GrainTooFine, Name: "time", Detail: "grain", Near: []string{"time:day", "time:month"}})
		return
	}
	if len(b.visibleDimensions(n)) == 0 {
		if t := b.entity(n); t != nil {
			b.groupByEntity(n, name, t)
			return
		}
	}
	if t := b.sharedEntity(n, b.withTested(homes)); t != nil {
		b.groupByEntity(Name{Path: []string{t.Name}}, name, t)
		return
	}
	d := b.dimension(n, homes)
	if d == nil {
		return
	}
	if d.Of != nil {
		b.groupByEntity(Name{Path: []string{d.Of.From.Name, d.Of.Name}}, name, d.Of.To)
		return
	}
	b.groups = append(b.groups, group{name: name, expr: n, dim: d, via: n, typ: d.Type})
}

// withTested adds to the homes of what is shown the tables whose rows a condition on
// results counts.
func (b *binder) withTested(homes []*Table) []*Table {
	homes = slices.Clip(homes)
	Walk(b.query.Having, func(e Expr) {
		c, ok := e.(Call)
		if !ok || c.Func != "count" || len(c.Args) != 1 {
			return
		}
		if n, ok := c.Args[0].(Name); ok {
			if t := b.view.Table(n.Path[0]); t != nil {
				homes = append(homes, t)
			}
		}
	})
	return homes
}

// sharedEntity is the entity that a name means when two or more homes each have
// a dimension of that name, and all show the same entity, or when it is what the
// homes count: the customer of customers is that of no order. Where no home has one
// and the entity is called so itself, it is the one that the homes lead to, not that
// of some other table. It is nil otherwise.
func (b *binder) sharedEntity(n Name, homes []*Table) *Table {
	if len(n.Path) != 1 {
		return nil
	}
	var t *Table
	seats, own := map[*Table]bool{}, false
	for _, d := range b.visibleDimensions(n) {
		if d.Of == nil || t != nil && d.Of.To != t {
			return nil
		}
		t = d.Of.To
		own = own || d.Table == t // of another row of its own
		if slices.Contains(homes, d.Table) {
			seats[d.Table] = true
		}
	}
	itself := t != nil && !own && len(homes) > 0 && !slices.ContainsFunc(homes, func(h *Table) bool { return h != t })
	beside := t != nil && !own && len(seats) > 0 && slices.Contains(homes, t) // each row of it is its own
	led := t != nil && !own && len(seats) == 0 && b.entity(n) == t && !slices.ContainsFunc(homes, func(h *Table) bool { return !b.reaches(h, t) })
	if len(seats) < 2 && !itself && !beside && !led {
		return nil
	}
	return t
}

// groupByEntity adds what stands for the entity and its key columns. Inside a
// filter's nested query only the key counts.
func (b *binder) groupByEntity(n Name, name string, t *Table) {
	key := firstKey(t)
	if key == nil {
		b.fail(Problem{Code: KeyRequired, Name: t.Name, Pos: t.Pos})
		return
	}
	shown := map[string]bool{}
	if b.depth == 0 {
		for i, d := range b.displayOf(t) {
			text := name
			if i > 0 {
				text = b.model.ShortName(d)
			}
			b.groups = append(b.groups, group{name: text, expr: n, dim: d, entity: t, via: n, typ: d.Type})
			if c, ok := d.Expr.(Name); ok {
				shown[c.Path[len(c.Path)-1]] = true
			}
		}
	}
	for _, col := range key {
		if !shown[col] {
			b.groups = append(b.groups, group{expr: n, entity: t, via: n, column: col, typ: columnType(t, col)})
		}
	}
}

// displayOf lists what stands for a row of a table to this viewer; the key
// itself where nothing else may be shown.
func (b *binder) displayOf(t *Table) []*Dimension {
	var list []*Dimension
	for _, d := range t.Display {
		if !b.view.Hidden(d) {
			list = append(list, d)
		}
	}
	if len(list) > 0 {
		return list
	}
	for _, col := range firstKey(t) {
		for _, d := range t.Dimensions {
			if c, ok := d.Expr.(Name); ok && len(c.Path) == 1 && c.Path[0] == col && !b.view.Hidden(d) {
				list = append(list, d)
			}
		}
	}
	return list
}

func (b *binder) groupByGrain(x Grained, name string, atoms []atom) {
	g := group{name: name, expr: x, grain: x.Grain, via: x.Of}
	if isTime(x.Of) {
		g.isAxis = true
		for _, a := range atoms {
			if b.axisOf(a) == nil {
				b.fail(Problem{Code: NoTime, Name: a.text()})
				return
			}
			if g.dim = b.axisOf(a); !isSpread(a.metric, g.dim, x.Grain) {
				b.checkGrain(g.dim, x.Grain)
			}
		}
	} else {
		g.dim = b.dimension(x.Of, homesOf(atoms))
		if g.dim == nil {
			return
		}
		other := func(a atom) bool { return b.axisOf(a) != g.dim || !isSpread(a.metric, g.dim, x.Grain) }
		if slices.ContainsFunc(atoms, other) {
			b.checkGrain(g.dim, x.Grain)
		}
	}
	g.typ = grainType(x.Grain)
	b.groups = append(b.groups, g)
}

// checkGrain refuses a grain that the column cannot show.
func (b *binder) checkGrain(d *Dimension, g Grain) {
	finest := d.Type.Finest()
	if finest == NoUnit {
		b.fail(Problem{Code: WrongType, Name: b.model.ShortName(d), Detail: g.String()})
		return
	}
	if !d.Type.cutsTo(grainUnit(g)) || b.clock.Calendar.InWeeks(g.Unit) && unitRank(finest) > int(Day) {
		b.fail(Problem{Code: GrainTooFine, Name: b.model.ShortName(d), Detail: g.String(), Near: []string{finest.String()}})
	}
}

// grainUnit is the unit that a grain must tell apart.
func grainUnit(g Grain) Unit {
	switch g.Cyclic {
	case NoCycle:
		return g.Unit
	case HourOfDay:
		return Hour
	case MonthOfYear:
		return Month
	case QuarterOfYear:
		return Quarter
	}
	return Day
}

// unitRank orders units by length, fiscal ones with their calendar twins.
func unitRank(u Unit) int {
	switch u {
	case FiscalMonth:
		return int(Month)
	case FiscalQuarter:
		return int(Quarter)
	case FiscalHalf:
		return int(Half)
	case FiscalYear:
		return int(Year)
	}
	return int(u)
}

func grainType(g Grain) ColumnType {
	if g.Cyclic != NoCycle {
		return ColumnType{Kind: Int}
	}
	if unitRank(g.Unit) >= int(Day) {
		return ColumnType{Kind: Date}
	}
	return ColumnType{Kind: Timestamp}
}

// groupByBucket reads bucket(expr, width) and bucket(expr, edge, edge, …). The
// key is the lower edge of a width, or the number of edges at or below the value.
func (b *binder) groupByBucket(c Call, name string, homes []*Table) {
	if c.Func != "bucket" || len(c.Args) < 2 {
		b.fail(Problem{Code: WrongType, Name: name})
		return
	}
	g := group{name: name, expr: c, typ: ColumnType{Kind: Int}}
	if n, ok := c.Args[0].(Name); ok && len(c.Per) == 0 {
		g.dim = b.dimension(n, homes)
		if g.dim == nil {
			return
		}
		if k := g.dim.Type.Kind; k != Int && k != Decimal && k != Float {
			b.fail(Problem{Code: WrongType, Name: name, Detail: "number"})
		}
	}
	for _, a := range c.Args[1:] {
		l, ok := a.(Lit)
		if !ok || !l.Value.IsNumber() {
			b.fail(Problem{Code: WrongType, Name: name, Detail: "number"})
			return
		}
		g.edges = append(g.edges, l.Value)
	}
	if len(c.Per) > 0 {
		b.checkBucketPer(&g)
		b.groups = append(b.groups, g)
		return
	}
	if len(g.edges) == 1 {
		if f, _ := g.edges[0].Float(); f <= 0 {
			b.fail(Problem{Code: WrongType, Name: name, Detail: "number"})
		}
		g.typ = ColumnType{Kind: Float}
	}
	b.groups = append(b.groups, g)
}

// key is the expression of one group in this branch.
func (br *branch) key(i int) Expr {
	g := br.b.groups[i]
	switch {
	case g.since:
		return br.since()
	case g.ofDay:
		x, _ := br.ofDay(g.via)
		return x
	case g.cuts == cutsAll && br.b.times[br.compare].over != nil:
		return SpanKey{Index: br.b.spanKey(i), Type: g.typ}
	case g.column != "":
		return br.shownColumn(g)
	case g.entity != nil:
		scan, ok := br.entityScan(g)
		if !ok {
			return nil
		}
		return br.value(scan, g.dim)
	case g.edges != nil && len(g.expr.(Call).Per) > 0:
		return br.bucketPer(g)
	case g.edges != nil:
		return br.bucket(g)
	case g.isAxis:
		x, d := br.axisExpr()
		return br.grained(x, d, g)
	case br.b.times[br.compare].moved != nil && (g.cuts == cutsAll || g.ofAxis):
		x, d := br.axisExpr()
		return br.grained(x, d, g)
	case g.grain != Grain{}:
		x, d := br.resolve(g.via)
		return br.grained(x, d, g)
	}
	x, _ := br.reach(g.via, g.dim)
	return x
}

func (br *branch) entityColumn(g group) Expr {
	scan, ok := br.entityScan(g)
	if !ok {
		return nil
	}
	return br.column(scan, g.column)
}

// shownColumn is a key column of an entity that the query gives, which may be that
// of a reference (see binder.rowsOf).
func (br *branch) shownColumn(g group) Expr {
	if x := br.reference(g); x != nil {
		return x
	}
	return br.entityColumn(g)
}

// reference is the column that refers to the entity's key, where the row itself
// need not be there; else nil.
func (br *branch) reference(g group) Expr {
	if g.entity != br.b.rowsOf {
		return nil
	}
	path, ok := br.entityPath(g.via, g.entity)
	if !ok || len(path) == 0 {
		return nil
	}
	last := path[len(path)-1]
	if last.many() || last.versioned() || last.join.With != nil {
		return nil
	}
	for _, p := range last.pairs() {
		if p.To == g.column {
			scan := br.scan(path[:len(path)-1])
			br.use(scan, p.From)
			return Column{Scan: scan + br.fixed, Name: p.From, Type: columnType(g.entity, g.column)}
		}
	}
	return nil
}

// entityScan joins the entity's table: by the role that the name spells out, or
// on the one path.
func (br *branch) entityScan(g group) (int, bool) {
	path, ok := br.entityPath(g.via, g.entity)
	if !ok {
		if !br.b.failed() {
			br.b.fail(Problem{Code: NoPath, Name: dotted(g.via), Detail: br.home.Name, Near: br.b.reachableNames(br.home)})
		}
		return 0, false
	}
	return br.scan(path), true
}

func (br *branch) entityPath(n Name, t *Table) ([]step, bool) {
	if len(n.Path) == 2 {
		if root := br.b.model.Table(n.Path[0]); root != nil {
			if j := joinNamed(root, n.Path[1]); j != nil && j.To == t {
				lead, ok := br.b.pathTo(br.home, root)
				return append(append([]step{}, lead...), step{join: j}), ok
			}
		}
	}
	if br.home.Warehouse != t.Warehouse {
		return nil, false
	}
	return br.b.pathTo(br.home, t)
}

// cut cuts a time to a grain.
func (br *branch) cut(x Expr, d *Dimension, g Grain) Expr {
	if x == nil || d == nil {
		return nil
	}
	if g.Cyclic != NoCycle {
		return Part{X: x, Type: d.Type, Grain: g, Calendar: br.b.clock.Calendar}
	}
	return Trunc{X: x, Type: d.Type, Grain: g, Calendar: br.b.clock.Calendar}
}

// grained is the time key of a group. In a comparison's branch a key that cuts
// the axis is moved so that its periods meet the visible ones: whole periods of
// the finest such key, or of the shift where that is finer; coarser keys are cut
// from what was moved.
func (br *branch) grained(x Expr, d *Dimension, g group) Expr {
	if g.ofAxis && br.compare > 0 && x != nil && d != nil {
		return br.partMoved(x, d, g)
	}
	t, ok := br.cut(x, d, g.grain).(Trunc)
	if !ok || br.compare == 0 || g.cuts == cutsNone {
		return br.cut(x, d, g.grain)
	}
	w := br.b.times[br.compare]
	if w.moved != nil && g.cuts == cutsAll {
		return t
	}
	base := br.b.timeGrain()
	if w.shift != 0 && unitRank(w.shiftUnit) <= int(Day) {
		base = w.shiftUnit
	}
	if g.cuts == cutsSome || w.shift != 0 && !br.b.nests(base, g.grain.Unit) {
		br.b.fail(Problem{Code: NotComputed, Name: g.name, Detail: "comparison"})
		return nil
	}
	if w.shift != 0 && unitRank(w.shiftUnit) < unitRank(base) {
		base = w.shiftUnit
	}
	if base == Week && g.grain.Unit != Week {
		base = Day
	}
	t.Shift, t.ShiftUnit = w.shift, w.shiftUnit
	if base == g.grain.Unit || w.shift == 0 {
		return t
	}
	t.Grain = Grain{Unit: base}
	return Trunc{X: t, Type: grainType(t.Grain), Grain: g.grain, Calendar: t.Calendar}
}

// partMoved is a cyclic part of the time at which an earlier value is shown. A
// comparison holds the same parts against each other, and moves none.
func (br *branch) partMoved(x Expr, d *Dimension, g group) Expr {
	w := br.b.times[br.compare]
	if w.base > 0 || w.shift == 0 || !partMoves(g.grain.Cyclic, w.shiftUnit) {
		return br.cut(x, d, g.grain)
	}
	if br.b.clock.Calendar.InWeeks(w.shiftUnit) {
		br.b.fail(Problem{Code: NotComputed, Name: g.name, Detail: "offset by " + w.shiftUnit.String()}) // months in weeks are no months of the calendar
		return nil
	}
	t := Trunc{X: x, Type: d.Type, Grain: Grain{Unit: Day}, Calendar: br.b.clock.Calendar, Shift: w.shift, ShiftUnit: w.shiftUnit}
	switch {
	case unitRank(w.shiftUnit) < int(Day):
		t.Grain.Unit = Second
	case unitRank(w.shiftUnit) > int(Week):
		t.Grain.Unit = Month
	}
	return Part{X: t, Type: grainType(t.Grain), Grain: g.grain, Calendar: t.Calendar}
}

// partMoves reports whether a part of a time is known for what is moved by whole
// units: a month has no day that is a month after March 31.
func partMoves(part Cyclic, unit Unit) bool {
	switch {
	case unitRank(unit) <= int(Day) || unit == Week:
		return part != HourOfDay || unitRank(unit) < int(Day)
	}
	return part == MonthOfYear || part == QuarterOfYear
}

// ofWidth is the lower edge of the bucket of a width that holds x. Exact numbers
// are divided as whole units of their last digit, so that an edge lies in its own
// bucket.
func (br *branch) ofWidth(x Expr, width Value) Expr {
	units, scale, exact := width.Unscaled()
	t := typeOf(x, nil, nil)
	quotient := Binary{Op: Div, L: x, R: Lit{width}}
	if exact && scale > 0 && t.Kind != Float {
		scale = max(scale, t.Scale)
		shift := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
		own := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)-int64(width.Scale())), nil)
		quotient.L = Call{Func: "round", Args: []Expr{Binary{Op: Mul, L: x, R: Lit{BigDecimal(shift, 0)}}}}
		quotient.R = Lit{BigDecimal(units.Mul(units, own), 0)}
	}
	return Binary{Op: Mul, L: Call{Func: "floor", Args: []Expr{quotient}}, R: Lit{width}}
}

func (br *branch) bucket(g group) Expr {
	c := g.expr.(Call)
	x := br.operand(c.Args[0])
	if x == nil {
		return nil
	}
	if len(g.edges) == 1 {
		return br.ofWidth(x, g.edges[0])
	}
	arms := []When{{If: IsNull{X: x}, Then: Lit{NullValue}}}
	for i, e := range g.edges {
		arms = append(arms, When{If: Binary{Op: Lt, L: x, R: Lit{e}}, Then: Lit{IntValue(int64(i))}})
	}
	return Case{Whens: arms, Else: Lit{IntValue(int64(len(g.edges)))}}
}
