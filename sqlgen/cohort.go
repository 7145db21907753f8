package sqlgen

import (
	"slices"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// The generated names of a cohort: when an act takes place, the period of an
// act, which of all periods it is, whether it is over and whether an act is the
// first one and meets what is asked of it.
const (
	momentName = "z0"
	periodName = "z1"
	numberName = "i0"
	overName   = "o0"
	nthName    = "n0"
	meetsName  = "w0"
)

// cohort adds a branch of cohorts: one CTE numbers the acts of each entity, one
// holds the periods, one the periods in which entities acted again; they are
// joined to one row for each entity and period that counts, then to one for each
// entity, then grouped.
func (c *compiler) cohort(p *semantic.Plan, s scope, l layer, b *semantic.Branch, first int) (string, []value) {
	c.needWindows()
	co := b.Cohort
	acts := c.acts(p, s, l, b)
	periods := c.calendarOf(co)
	again := c.again(co)

	one := sqltree.Int(1)
	from := fromCTE(acts)
	start := &sqltree.Table{Name: periods, Alias: "v8"}
	later := &sqltree.Table{Name: periods, Alias: "v9"}
	from.Joins = []sqltree.Join{
		{Kind: sqltree.Inner, Source: start, On: sqltree.Op(sqltree.Eq, sqltree.C(acts, periodName), sqltree.C("v8", periodName))},
		{Kind: sqltree.Cross, Source: later},
	}
	since := sqltree.Op(sqltree.Sub, sqltree.C("v9", numberName), sqltree.C("v8", numberName))
	grid := &sqltree.Select{From: from, Where: sqltree.And(
		sqltree.Op(sqltree.Eq, sqltree.C(acts, nthName), one), sqltree.Op(sqltree.Eq, sqltree.C(acts, meetsName), one),
		sqltree.Op(sqltree.Ge, sqltree.C("v9", numberName), sqltree.C("v8", numberName)), c.sinceCond(co, since))}
	var names []string
	for i, k := range b.Keys {
		switch k.(type) {
		case nil:
			continue
		case semantic.SinceFirst:
			grid.Items = append(grid.Items, sqltree.Item{Expr: since, Alias: keyName(i)})
		default:
			grid.Items = append(grid.Items, sqltree.Item{Expr: sqltree.C(acts, keyName(i)), Alias: keyName(i)})
		}
		names = append(names, keyName(i))
	}
	keys := slices.Clone(names)
	for i := range co.Pairs {
		grid.Items = append(grid.Items, sqltree.Item{Expr: sqltree.C(acts, pairName(i)), Alias: pairName(i)})
		names = append(names, pairName(i))
	}
	grid.Items = append(grid.Items, sqltree.Item{Expr: sqltree.C("v9", periodName), Alias: periodName}, sqltree.Item{Expr: sqltree.C("v9", overName), Alias: overName})
	entities := c.entities(c.with('r', grid), again, names, len(co.Pairs))

	out := &sqltree.Select{From: fromCTE(entities)}
	for _, k := range keys {
		out.Items = append(out.Items, sqltree.Item{Expr: sqltree.C(entities, k), Alias: k})
	}
	out.Group = ordinals(len(keys))
	if len(b.Measures) > 2 {
		c.fault("a cohort with %d measures", len(b.Measures))
	}
	values := make([]value, min(2, len(b.Measures)))
	for i := range values {
		alias := measureName(first + i)
		sum := c.numbers.convert(value{x: sqltree.Fn("sum", sqltree.C(entities, argName(i))), kind: semantic.Int}, b.Measures[i].Type)
		out.Items = append(out.Items, sqltree.Item{Expr: sum.x, Alias: alias})
		values[i] = sum
	}
	if len(out.Items) == 0 { // a branch of nothing is still one group
		out.Items = append(out.Items, sqltree.Item{Expr: c.count(argument{}), Alias: "n0"})
	}
	name := c.with('b', out)
	for i := range values {
		values[i] = values[i].as(sqltree.C(name, measureName(first+i)))
	}
	return name, values
}

// acts numbers the acts of each entity and says which of them are as asked.
func (c *compiler) acts(p *semantic.Plan, s scope, l layer, b *semantic.Branch) string {
	co := b.Cohort
	items := slices.Clone(l.keys)
	var who, known []sqltree.Expr
	for i, pair := range co.Pairs {
		x := s.operand(pair.From).x
		who, known = append(who, x), append(known, &sqltree.IsNull{X: x, Not: true})
		items = append(items, sqltree.Item{Expr: x, Alias: pairName(i)})
	}
	at := s.value(co.At)
	order := c.d.Order(at.x, at.kind, false)
	for _, e := range co.Ties {
		v := s.value(e)
		order = append(order, c.d.Order(v.x, v.kind, false)...)
	}
	for i, k := range b.Keys {
		if _, since := k.(semantic.SinceFirst); k == nil || since {
			continue
		}
		order = append(order, c.d.Order(l.key(keyName(i)), p.Keys[i].Type.Kind, false)...)
	}
	nth := sqltree.Fn("row_number")
	nth.Over = &sqltree.Window{Partition: who, Order: order}
	meets := &sqltree.Case{Whens: []sqltree.When{{If: s.all(co.If), Then: sqltree.Int(1)}}, Else: sqltree.Int(0)}
	items = append(items, sqltree.Item{Expr: s.value(co.First).x, Alias: periodName}, sqltree.Item{Expr: nth, Alias: nthName})
	if len(co.If) == 0 {
		items = append(items, sqltree.Item{Expr: sqltree.Int(1), Alias: meetsName})
	} else {
		items = append(items, sqltree.Item{Expr: meets, Alias: meetsName})
	}
	where := sqltree.And(append([]sqltree.Expr{l.where, &sqltree.IsNull{X: at.x, Not: true}}, known...)...)
	return c.with('r', &sqltree.Select{Items: items, From: l.from, Where: where})
}

// key is the expression of a key by its name.
func (l layer) key(name string) sqltree.Expr {
	for _, it := range l.keys {
		if it.Alias == name {
			return it.Expr
		}
	}
	return sqltree.NullLit()
}

// calendarOf is the periods in order, numbered; the last one is not over.
func (c *compiler) calendarOf(co *semantic.Cohort) string {
	var rows [][]sqltree.Expr
	for i, v := range co.Periods {
		over := int64(1)
		if i == len(co.Periods)-1 {
			over = 0
		}
		rows = append(rows, []sqltree.Expr{c.d.Value(v), sqltree.Int(int64(i)), sqltree.Int(over)})
	}
	names := []string{periodName, numberName, overName}
	name := c.name('v')
	c.ctes = append(c.ctes, sqltree.CTE{Name: name, Columns: names, Query: &sqltree.Query{Body: c.d.Rows(rows, names)}})
	return name
}

// again is in which periods each entity acted.
func (c *compiler) again(co *semantic.Cohort) string {
	s := c.rowScope()
	from, home := c.from(s, co.Scans)
	sel := &sqltree.Select{Distinct: true, From: from, Where: sqltree.And(home, s.all(co.Where))}
	for i, pair := range co.Pairs {
		sel.Items = append(sel.Items, sqltree.Item{Expr: s.operand(pair.To).x, Alias: pairName(i)})
	}
	sel.Items = append(sel.Items, sqltree.Item{Expr: s.value(co.Again).x, Alias: periodName})
	return c.with('r', sel)
}

// sinceCond is what is asked of the number of periods since the first act.
func (c *compiler) sinceCond(co *semantic.Cohort, since sqltree.Expr) sqltree.Expr {
	s := scope{c: c}
	s.leaf = func(e semantic.Expr, _ bool) (value, bool) {
		_, ok := e.(semantic.SinceFirst)
		return value{x: since, kind: semantic.Int}, ok
	}
	return s.all(co.Having)
}

// entities is one row for each entity in each group: whether a period counts for
// it, and whether it acted again in one.
func (c *compiler) entities(grid, again string, names []string, pairs int) string {
	from := fromCTE(grid)
	on := []sqltree.Expr{sqltree.Op(sqltree.Eq, sqltree.C(grid, periodName), sqltree.C(again, periodName))}
	for i := range pairs {
		on = append(on, sqltree.Op(sqltree.Eq, sqltree.C(grid, pairName(i)), sqltree.C(again, pairName(i))))
	}
	from.Joins = []sqltree.Join{{Kind: sqltree.Left, Source: &sqltree.Table{Name: again}, On: sqltree.And(on...)}}
	sel := &sqltree.Select{From: from}
	for _, n := range names {
		sel.Items = append(sel.Items, sqltree.Item{Expr: sqltree.C(grid, n), Alias: n})
	}
	sel.Group = ordinals(len(names))
	over := sqltree.Op(sqltree.Eq, sqltree.C(grid, overName), sqltree.Int(1))
	hit := &sqltree.Case{Whens: []sqltree.When{{If: sqltree.And(over, &sqltree.IsNull{X: sqltree.C(again, pairName(0)), Not: true}), Then: sqltree.Int(1)}}, Else: sqltree.Int(0)}
	sel.Items = append(sel.Items,
		sqltree.Item{Expr: sqltree.Fn("max", sqltree.C(grid, overName)), Alias: argName(0)},
		sqltree.Item{Expr: sqltree.Fn("max", hit), Alias: argName(1)})
	return c.with('r', sel)
}
