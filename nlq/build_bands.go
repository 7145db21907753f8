package nlq

import (
	"slices"

	"wenshu/semantic"
)

// banding is what is counted in bands of what each of it has: how many customers
// have how many orders.
type banding struct {
	of      measure         // what each has
	each    *semantic.Table // who has it
	through bool            // those who act are counted by their acts
	edges   []semantic.Expr // nil where nobody said them and none go without saying
}

// usualEdges are those of a number that is counted: none, 1, 2, 3, 4, and 5 and more.
const usualEdges = 5

// bands reads 按下单次数看客户数 and "distribution of customers by number of orders"
// as how many of what is counted have how much. A total beside a total, sorted by
// one of them, is what nobody asks for.
func (b *builder) bands() {
	of, each, ok := b.banded()
	if !ok {
		if b.d.edges != nil || b.d.spreads && !b.splits() || b.totalsApart() {
			b.d.idle = true
			b.s.charge("bands of nothing", costIdle, node{})
		}
		return
	}
	b.band = &banding{of: of, each: each, edges: b.d.edges}
	if b.band.edges == nil && b.countsRows(of) {
		for n := range usualEdges {
			b.band.edges = append(b.band.edges, intLit(n+1))
		}
	}
	b.d.orderings = slices.DeleteFunc(b.d.orderings, ordering.bySplit)
	b.things = slices.DeleteFunc(b.things, func(t thing) bool { return t.table == each || t.has(markSpread) })
	b.d.verbs = slices.DeleteFunc(b.d.verbs, func(v verbAt) bool { return b.saysActs(v, of.home()) })
	counted := slices.IndexFunc(b.measures, func(m measure) bool { return b.countsOf(m) == each })
	if counted >= 0 {
		b.measures = b.measures[counted : counted+1]
	} else {
		b.measures = []measure{b.s.countRows(node{}, each)}
	}
	b.countActing()
}

// totalsApart reports whether a number is to be split by another of which nothing
// has its own.
func (b *builder) totalsApart() bool {
	return len(b.things) == 0 && len(b.measures) > 1 && slices.ContainsFunc(b.d.orderings, ordering.bySplit)
}

func (o ordering) bySplit() bool { return o.split && o.by != nil }

// banded finds what is counted and what each of it has.
func (b *builder) banded() (measure, *semantic.Table, bool) {
	of, spread := b.bandedBy()
	if of == nil || b.d.sorts || !b.perEach(*of) {
		return measure{}, nil, false
	}
	var each *semantic.Table
	for _, m := range b.measures {
		if sameMeasure(m, *of) {
			continue
		}
		t := b.countsOf(m)
		if t == nil || each != nil {
			return measure{}, nil, false
		}
		each = t
	}
	for _, t := range b.things {
		switch {
		case t.dim != nil && t.has(markSpread) && spread:
		case t.table == nil || t.has(markBy|markWhich|markListed|markTop|markFilter|markLink) || each != nil && each != t.table:
			return measure{}, nil, false
		default:
			each = t.table
		}
	}
	if each == nil || b.r.graph.hops(of.home(), each) < 1 {
		return measure{}, nil, false
	}
	return *of, each, true
}

// bandedBy is what a word that splits or spreads stands beside; spread says that it
// is a column of acts, of which each has a total.
func (b *builder) bandedBy() (of *measure, spread bool) {
	for _, o := range b.d.orderings {
		if !o.bySplit() {
			return nil, false
		}
		of = o.by
	}
	if of != nil && b.d.spreads && len(b.measures) == 2 && b.countsOf(*of) != nil && b.lastOf(b.countsOf(*of)) {
		of = nil // the distribution of orders across customers
	}
	if of != nil {
		return of, false
	}
	for _, t := range b.things {
		if t.dim != nil && t.has(markSpread) && isMeasurable(t.dim) && !isGraded(t.dim) && !t.dim.Key {
			return &measure{dim: t.dim, via: t.via, agg: sumOf(t.dim)}, true
		}
	}
	if b.d.edges == nil && !b.d.spreads {
		return nil, false
	}
	for i, m := range b.measures {
		if t := b.countsOf(m); t != nil && b.lastOf(t) {
			continue
		}
		if of != nil {
			return nil, false
		}
		of = &b.measures[i]
	}
	return of, false
}

// lastOf reports whether nothing else that is named is what a table leads to.
func (b *builder) lastOf(t *semantic.Table) bool {
	leads := func(to *semantic.Table) bool { return to != nil && b.r.graph.hops(t, to) >= 1 }
	return !slices.ContainsFunc(b.things, func(o thing) bool { return leads(o.table) }) &&
		!slices.ContainsFunc(b.measures, func(m measure) bool { return leads(b.countsOf(m)) })
}

// perEach reports whether each of an entity has its own of a measure.
func (b *builder) perEach(m measure) bool {
	if len(m.over)+len(m.per)+len(m.where) > 0 || m.home() == nil || m.metric != nil && (m.agg != "" || m.metric.Kind != semantic.Simple) {
		return false
	}
	return true
}

// countsRows reports whether a measure is a whole number of something.
func (b *builder) countsRows(m measure) bool {
	if b.r.isCount(m) {
		return true
	}
	if m.metric == nil {
		return m.agg == "count_distinct"
	}
	call, _, ok := b.r.plainCall(m.metric)
	return ok && (call.Func == "count" || call.Func == "count_distinct")
}

// countsOf is the entity that a measure counts, also by the acts that lead to it;
// nil for any other.
func (b *builder) countsOf(m measure) *semantic.Table {
	switch {
	case m.table != nil:
		return m.table
	case m.metric == nil:
		return nil
	case b.r.countedBy[m.metric] != nil:
		return b.r.countedBy[m.metric]
	}
	call, ok := m.metric.Expr.(semantic.Call)
	if !ok || call.Func != "count_distinct" || len(call.Args) != 1 || m.metric.Home == nil {
		return nil
	}
	key, ok := call.Args[0].(semantic.Name)
	if !ok || len(key.Path) != 2 {
		return nil
	}
	for _, j := range m.metric.Home.Joins {
		if key.Path[0] == m.metric.Home.Name && len(j.On) == 1 && j.On[0].From == key.Path[1] {
			return j.To
		}
	}
	return nil
}

// saysActs reports whether a verb says no more than whose acts each has.
func (b *builder) saysActs(v verbAt, acts *semantic.Table) bool {
	return !v.verb.Not && (v.verb.through == acts || v.verb.through == nil && b.r.hinted([]*semantic.Table{acts}, v.verb.Hints) == acts)
}

// countActing counts those who acted in a period, where there is one: it is that of
// what each has, never of a date of their own, such as when they signed up.
func (b *builder) countActing() {
	of, each := b.band.of, b.band.each
	if len(b.d.periods)+len(b.d.versus) == 0 || b.d.on != nil && b.d.on.Table == each || b.measures[0].home() != each {
		return
	}
	home := of.home()
	if m := of.metric; m != nil && timeOf(m) != home.Time {
		b.d.on = timeOf(m)
	}
	if declared := b.declaredActing(of.metric); declared != nil {
		b.measures[0] = measure{metric: declared}
		return
	}
	counted, ok := b.keyOf(home, each)
	if !ok {
		b.d.idle = true
		b.s.charge("nobody who acts", costIdle, node{})
		return
	}
	if of.metric != nil && of.metric.Where != nil {
		counted.where = []condition{{fixed: of.metric.Where}}
	}
	b.measures[0] = counted
	b.band.through = true
}

// declaredActing is the metric that counts those of a band by the rows of another
// metric; nil when there is none.
func (b *builder) declaredActing(of *semantic.Metric) *semantic.Metric {
	if of == nil {
		return nil
	}
	for _, m := range b.r.model.Metrics {
		if m.Kind == semantic.Simple && m.Home == occasion(of.Home) && timeOf(m) == timeOf(of) && sameTest(m.Where, of.Where) && b.countsOf(measure{metric: m}) == b.band.each {
			return m
		}
	}
	return nil
}

// timeOf is the date that a metric is computed by.
func timeOf(m *semantic.Metric) *semantic.Dimension {
	if m.Time == nil && m.Home != nil {
		return m.Home.Time
	}
	return m.Time
}

func sameTest(x, y semantic.Expr) bool {
	if x == nil || y == nil {
		return x == y
	}
	return semantic.ExprString(x) == semantic.ExprString(y)
}

// bandGroup splits by the bands.
func (b *builder) bandGroup() {
	if b.band == nil {
		return
	}
	each := b.r.entityName(b.band.each)
	args := append([]semantic.Expr{b.r.exprOf(b.band.of)}, b.band.edges...)
	b.q.By = append(b.q.By, semantic.Group{Expr: semantic.Call{Func: "bucket", Args: args, Per: []semantic.Expr{each}}})
	if b.band.through || b.measures[0].home() != b.band.each {
		some := semantic.Binary{Op: semantic.Gt, L: b.r.exprOf(b.measures[0]), R: intLit(0)}
		b.q.Having = both(b.q.Having, some) // what nobody did is in nobody's band
	}
}

// keyOf counts an entity by the column of acts that names it; ok is false where no
// declared one does.
func (b *builder) keyOf(acts, each *semantic.Table) (measure, bool) {
	key, ok := b.r.keyVia(acts, each)
	if !ok {
		return measure{}, false
	}
	for _, d := range key.dim.Table.Dimensions {
		if column, ok := d.Expr.(semantic.Name); ok && d.Of == nil && column.Path[len(column.Path)-1] == key.dim.Name {
			return measure{dim: d, via: key.via, agg: "count_distinct"}, true
		}
	}
	return measure{}, false
}

// actsAt reads the date of an act before its number, 下单次数, and what is split
// by it: 按下单次数.
func (s *sentence) actsAt(i, j int, c Count) (measure, bool) {
	t, ok := s.thingAt(j)
	if !ok || !c.Acts || !c.Before || t.dim == nil || !isTime(t.dim) || t.marks&^markBy != 0 {
		return measure{}, false
	}
	acts := s.countAt(s.nodes[j], t.dim)
	if t.has(markBy) {
		by := acts
		s.draft.orderings = append(s.draft.orderings, ordering{from: s.nodes[j].from, end: s.nodes[i].end, by: &by, desc: true, only: true, given: true, split: true})
	}
	return acts, true
}
