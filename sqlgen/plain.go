package sqlgen

import (
	"slices"
	"strconv"

	"wenshu/semantic"
	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
)

// plain reports an engine without WITH and windows. It aggregates each branch
// in a statement of its own; the finish does what needs windows or all groups.
func (c *compiler) plain() bool { return c.d.Syntax().Plain }

// plainIn tells the sources of plain dialects.
func plainIn(dialects map[string]string) func(source string) bool {
	return func(source string) bool {
		d, err := dialect.Named(dialects[source])
		return err == nil && d.Syntax().Plain
	}
}

// flat reports a plan that one select over one branch answers.
func flat(p *semantic.Plan) bool {
	overRows := func(d semantic.SlotDef) bool { _, ok := d.(semantic.OverRows); return ok }
	return len(p.Branches) == 1 && p.Spine == nil && (len(p.Per) == 0 || p.Limit == 0) && !slices.ContainsFunc(p.Slots, overRows)
}

// needWindows refuses a place, within a set, where only a window would do.
func (c *compiler) needWindows() {
	if c.plain() {
		c.fail(unsupported("window", c.source))
	}
}

// print prints the query as the dialect takes it.
func (c *compiler) print(q *sqltree.Query) (string, []any, error) {
	syntax := c.d.Syntax()
	if c.plain() {
		nested, err := sqltree.Nest(q, syntax)
		if err != nil {
			return "", nil, err
		}
		q = nested
	}
	return sqltree.Print(q, syntax)
}

// lastIn is lastBy without a window: a row counts when the tuple of its bucket,
// entity and moment is among those with the last moment of each. A null in the
// bucket or the entity is told apart from every text.
func (c *compiler) lastIn(s scope, l layer, b *semantic.Branch, ids []sqltree.Item) (layer, []sqltree.Item) {
	pick := "max"
	if b.LastBy.Pick == "first" {
		pick = "min"
	}
	time := s.sortable(b.LastBy.Time, b.LastBy.Type)
	items := append(l.items(), ids...)
	for i, a := range l.args {
		items = append(items, sqltree.Item{Expr: a.folded(), Alias: argName(i)}, sqltree.Item{Expr: a.fold(time), Alias: "z" + strconv.Itoa(i)})
	}
	var parts []string
	part := func(x sqltree.Expr) {
		known := &sqltree.Case{Whens: []sqltree.When{{If: &sqltree.IsNull{X: x}, Then: sqltree.Int(0)}}, Else: sqltree.Int(1)}
		for _, y := range []sqltree.Expr{known, sqltree.Fn("coalesce", asText(x), sqltree.Text(""))} {
			parts = append(parts, "y"+strconv.Itoa(len(parts)))
			items = append(items, sqltree.Item{Expr: y, Alias: parts[len(parts)-1]})
		}
	}
	if b.LastBy.Each != nil {
		part(s.value(b.LastBy.Each).x)
	}
	for _, e := range b.LastBy.Per {
		part(s.operand(e).x)
	}
	name := c.with('r', &sqltree.Select{Items: items, From: l.from, Where: l.where})
	l = l.readArguments(name)
	var any []sqltree.Expr
	for i := range l.args {
		l.args[i].when = c.edge(name, parts, pick, "z"+strconv.Itoa(i))
		any = append(any, l.args[i].when)
	}
	if len(any) == 1 {
		l.args[0].when = nil
	}
	l.where = sqltree.Or(any...)
	return l, readItems(ids, name)
}

// edge tests whether a row of a CTE is at the last moment of its part.
func (c *compiler) edge(name string, parts []string, pick, time string) sqltree.Expr {
	row := sqltree.Fn("tuple")
	last := &sqltree.Select{From: fromCTE(name)}
	for _, p := range parts {
		row.Args = append(row.Args, sqltree.C(name, p))
		last.Items = append(last.Items, sqltree.Item{Expr: sqltree.C(name, p), Alias: p})
	}
	row.Args = append(row.Args, sqltree.C(name, time))
	last.Group = ordinals(len(parts))
	last.Items = append(last.Items, sqltree.Item{Expr: sqltree.Fn(pick, sqltree.C(name, time)), Alias: "y" + time})
	var x sqltree.Expr = row
	if len(parts) == 0 {
		x = sqltree.C(name, time)
	}
	return sqltree.And(&sqltree.IsNull{X: sqltree.C(name, time), Not: true}, &sqltree.InQuery{X: x, Query: &sqltree.Query{Body: last}})
}

// asText is any value as a text; every plain dialect has the function.
func asText(x sqltree.Expr) sqltree.Expr { return sqltree.Fn("toString", x) }

// digits reports a time that is coded as the digits of its parts, in a number or
// a text.
func digits(t semantic.ColumnType) bool {
	return t.Coding == semantic.YYYY || t.Coding == semantic.YYYYMM || t.Coding == semantic.YYYYMMDD
}
