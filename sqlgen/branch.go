package sqlgen

import (
	"slices"
	"strconv"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// layer is a branch on its way to its groups: where its rows come from, what
// they are grouped by and what is aggregated.
type layer struct {
	from  *sqltree.From
	where sqltree.Expr
	keys  []sqltree.Item // the branch's keys, under their names
	by    []sqltree.Item // further grouping of an inner aggregate
	args  []argument
}

func (l layer) items() []sqltree.Item {
	return append(append([]sqltree.Item{}, l.keys...), l.by...)
}

// read makes the layer read its keys from a CTE that holds them by name.
func (l layer) read(name string) layer {
	rename := func(items []sqltree.Item) []sqltree.Item {
		out := make([]sqltree.Item, len(items))
		for i, it := range items {
			out[i] = sqltree.Item{Expr: sqltree.C(name, it.Alias), Alias: it.Alias}
		}
		return out
	}
	l.from = &sqltree.From{Source: &sqltree.Table{Name: name}}
	l.where, l.keys, l.by = nil, rename(l.keys), rename(l.by)
	return l
}

// ordinals groups by the first n items.
func ordinals(n int) []sqltree.Expr {
	var out []sqltree.Expr
	for i := range n {
		out = append(out, &sqltree.Ordinal{N: i + 1})
	}
	return out
}

// branch adds a branch as a CTE with one row per group. Its columns are the
// keys it has and its measures, numbered from first. It returns the CTE's name
// and the measures' values.
func (c *compiler) branch(p *semantic.Plan, b *semantic.Branch, first int) (string, []value) {
	if b.Source != c.source || c.plain() && len(b.Scans) > 1 && slices.ContainsFunc(b.Keys, joinsInSet) {
		c.fail(unsupported("set", b.Source))
	}
	s, spans := c.rowScope(), ""
	if b.Over != nil {
		s, spans = c.spanScope(s, b)
	}
	l := layer{}
	var home sqltree.Expr
	where := append(slices.Clone(b.Where), named(p, b)...)
	l.from, home = c.from(s, b.Scans)
	met(l.from, b.Scans, where)
	l.where = sqltree.And(home, s.all(where))
	if b.Over != nil {
		c.over(s, &l, b, spans)
	}
	for i, k := range b.Keys {
		if _, since := k.(semantic.SinceFirst); k != nil && !since {
			l.keys = append(l.keys, sqltree.Item{Expr: c.numbers.convert(s.value(k), p.Keys[i].Type).x, Alias: keyName(i)})
		}
	}
	measures, inner := b.Measures, b.Inner
	if b.LastBy != nil && b.LastBy.Pick != "last" && b.LastBy.Pick != "first" {
		inner = overTime(b)
	}
	if inner != nil {
		for i, e := range inner.By {
			l.by = append(l.by, sqltree.Item{Expr: s.value(e).x, Alias: "e" + strconv.Itoa(i)})
		}
	}
	if b.Cohort != nil {
		return c.cohort(p, s, l, b, first)
	}
	if b.Convert != nil {
		return c.group('b', c.convert(p, s, l, b), measures, first)
	}
	l.args = s.arguments(measures)
	last := b.LastBy != nil && inner == nil
	var ids []sqltree.Item
	if b.Distinct != nil {
		ids = s.identities(b)
	}
	if !c.d.SetsInAggregates() && !last && slices.ContainsFunc(measures, holdsSet) {
		l, ids = c.rowByRow(l, ids)
	}
	if last {
		l, ids = c.lastBy(s, l, b, ids)
	}
	if ids != nil {
		l = c.distinct(l, ids)
	}
	if inner != nil {
		l, measures = c.inner(l, measures, inner, entitiesOf(b))
	}
	return c.group('b', l, measures, first)
}

// group adds the aggregation of a layer as a CTE.
func (c *compiler) group(letter byte, l layer, ms []semantic.Measure, first int) (string, []value) {
	l = c.ranked(l, ms)
	items := l.items()
	n := len(items)
	values := make([]value, len(ms))
	for i, m := range ms {
		values[i] = c.aggregate(m, l.args[i])
		items = append(items, sqltree.Item{Expr: values[i].x, Alias: measureName(first + i)})
	}
	if len(items) == 0 { // a branch of nothing is still one group
		items = append(items, sqltree.Item{Expr: c.count(argument{}), Alias: "n0"})
	}
	name := c.with(letter, &sqltree.Select{Items: items, From: l.from, Where: l.where, Group: ordinals(n)})
	for i, v := range values {
		values[i] = v.as(sqltree.C(name, measureName(first+i)))
		values[i].present = v.present
	}
	return name, values
}

// joinsInSet reports a key by membership in sets that read several tables.
func joinsInSet(key semantic.Expr) bool {
	found := false
	semantic.Walk(key, func(e semantic.Expr) {
		if in, ok := e.(semantic.InPlan); ok {
			found = found || slices.ContainsFunc(in.Plan.Branches, func(b semantic.Branch) bool { return len(b.Scans) > 1 })
		}
	})
	return found
}

// holdsSet reports a measure that asks for the membership of a set.
func holdsSet(m semantic.Measure) bool {
	found := false
	look := func(e semantic.Expr) {
		_, is := e.(semantic.InPlan)
		found = found || is
	}
	semantic.Walk(m.Arg, look)
	semantic.Walk(m.Where, look)
	return found
}

// identities are what tells the rows of a branch apart that are counted once.
func (s scope) identities(b *semantic.Branch) []sqltree.Item {
	list := b.Distinct
	if b.Over != nil {
		list = append(slices.Clone(list), semantic.SpanKey{Moment: true})
	}
	ids := make([]sqltree.Item, len(list))
	for i, e := range list {
		ids[i] = sqltree.Item{Expr: s.operand(e).x, Alias: "d" + strconv.Itoa(i)}
	}
	return ids
}

// rowByRow computes what is aggregated for every row first.
func (c *compiler) rowByRow(l layer, ids []sqltree.Item) (layer, []sqltree.Item) {
	items := append(l.items(), ids...)
	for i, a := range l.args {
		items = append(items, sqltree.Item{Expr: a.folded(), Alias: argName(i)})
	}
	name := c.with('r', &sqltree.Select{Items: items, From: l.from, Where: l.where})
	return l.readArguments(name), readItems(ids, name)
}

// distinct counts each home row once per group, however often a join repeated
// it: one row per home key and group, with the largest of its arguments, which
// are all the same or null.
func (c *compiler) distinct(l layer, ids []sqltree.Item) layer {
	items := append(l.items(), ids...)
	n := len(items)
	for i, a := range l.args {
		items = append(items, sqltree.Item{Expr: sqltree.Fn("max", a.folded()), Alias: argName(i)})
	}
	name := c.with('r', &sqltree.Select{Items: items, From: l.from, Where: l.where, Group: ordinals(n)})
	return l.readArguments(name)
}

func argName(i int) string { return "a" + strconv.Itoa(i) }

// readArguments reads keys and folded arguments from a CTE.
func (l layer) readArguments(name string) layer {
	l = l.read(name)
	args := make([]argument, len(l.args))
	for i, a := range l.args {
		if a.v.x == nil {
			a.v.kind = semantic.Int
		}
		args[i].v = a.v.as(sqltree.C(name, argName(i)))
	}
	l.args = args
	return l
}

// entitiesOf is how many columns tell apart what a balance is taken of, each over
// its own time.
func entitiesOf(b *semantic.Branch) int {
	if b.LastBy == nil {
		return 0
	}
	return len(b.LastBy.Per)
}

// inner adds the finer grain of an aggregate of an aggregate and returns the
// layer and measures of the coarser one. The last of what it is made finer by may be
// those of entities, whose values are then added up.
func (c *compiler) inner(l layer, ms []semantic.Measure, in *semantic.Inner, entities int) (layer, []semantic.Measure) {
	name, values := c.group('i', l, ms, 0)
	l = l.read(name)
	if in.First || in.Last {
		l, values = c.edgeOf(l, values, in.Last)
	}
	s := scope{c: c, results: true}
	s.leaf = func(e semantic.Expr, _ bool) (value, bool) {
		slot, ok := e.(semantic.Slot)
		if !ok || slot.Index < 0 || slot.Index >= len(values) {
			return value{}, false
		}
		return values[slot.Index], true
	}
	l.by = l.by[len(l.by)-entities:]
	l.args = s.arguments(in.Outer)
	if entities == 0 {
		return l, in.Outer
	}
	sums := &semantic.Inner{}
	for i, m := range in.Outer {
		sums.Outer = append(sums.Outer, semantic.Measure{Func: "sum", Arg: semantic.Slot{Index: i}, Type: m.Type})
	}
	return c.inner(l, in.Outer, sums, 0)
}

// overTime is a balance that is summed per moment, and entity, first and then
// averaged, or its least or greatest taken, over the moments.
func overTime(b *semantic.Branch) *semantic.Inner {
	in := &semantic.Inner{By: append([]semantic.Expr{b.LastBy.Time}, b.LastBy.Per...)}
	for i, m := range b.Measures {
		if b.LastBy.Pick == "avg" {
			m.Type = semantic.ColumnType{Kind: semantic.Float}
		}
		in.Outer = append(in.Outer, semantic.Measure{Func: b.LastBy.Pick, Arg: semantic.Slot{Index: i}, Type: m.Type})
	}
	return in
}

// lastBy keeps, of the rows that count for a measure, those of the last (or
// first) moment within each visible bucket and entity, and what tells them apart.
func (c *compiler) lastBy(s scope, l layer, b *semantic.Branch, ids []sqltree.Item) (layer, []sqltree.Item) {
	if c.plain() {
		return c.lastIn(s, l, b, ids)
	}
	w := &sqltree.Window{}
	if b.LastBy.Each != nil {
		w.Partition = append(w.Partition, s.value(b.LastBy.Each).x)
	}
	for _, e := range b.LastBy.Per {
		w.Partition = append(w.Partition, s.operand(e).x)
	}
	pick := "max"
	if b.LastBy.Pick == "first" {
		pick = "min"
	}
	time := s.sortable(b.LastBy.Time, b.LastBy.Type)
	if len(w.Partition) == 0 && !slices.ContainsFunc(l.args, func(a argument) bool { return a.when != nil }) {
		return l.edgeOfAll(pick, time, b), ids
	}
	items := append(l.items(), ids...)
	for i, a := range l.args {
		edge := sqltree.Fn(pick, a.fold(time))
		edge.Over = w
		items = append(items,
			sqltree.Item{Expr: a.folded(), Alias: argName(i)},
			sqltree.Item{Expr: a.fold(time), Alias: "z" + strconv.Itoa(i)},
			sqltree.Item{Expr: edge, Alias: "y" + strconv.Itoa(i)})
	}
	name := c.with('r', &sqltree.Select{Items: items, From: l.from, Where: l.where})
	l = l.readArguments(name)
	var any []sqltree.Expr
	for i := range l.args {
		l.args[i].when = sqltree.Op(sqltree.Eq, sqltree.C(name, "z"+strconv.Itoa(i)), sqltree.C(name, "y"+strconv.Itoa(i)))
		any = append(any, l.args[i].when)
	}
	if len(any) == 1 {
		l.args[0].when = nil
	}
	l.where = sqltree.Or(any...)
	return l, readItems(ids, name)
}

// readItems reads items from a CTE that holds them by name.
func readItems(items []sqltree.Item, name string) []sqltree.Item {
	for i := range items {
		items[i].Expr = sqltree.C(name, items[i].Alias)
	}
	return items
}

// edgeOfAll keeps the rows of the one last (or first) moment of all, which an
// index finds, without a window over every row.
func (l layer) edgeOfAll(pick string, time sqltree.Expr, b *semantic.Branch) layer {
	edge := &sqltree.Select{Items: []sqltree.Item{{Expr: sqltree.Fn(pick, time), Alias: "y0"}}, From: readFor(l.from, b.Scans, append(slices.Clone(b.Where), b.LastBy.Time)), Where: l.where}
	l.where = sqltree.And(l.where, sqltree.Op(sqltree.Eq, time, &sqltree.Scalar{Query: &sqltree.Query{Body: edge}}))
	return l
}

// sortable is a time in a form that sorts: as it is stored where that sorts.
func (s scope) sortable(e semantic.Expr, t semantic.ColumnType) sqltree.Expr {
	if t.Coding == semantic.CodedText {
		return s.moment(e, t).x
	}
	return s.stored(e)
}
