package sqlgen

import (
	"reflect"
	"slices"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// set is a nested plan as a CTE whose columns are its keys.
type set struct {
	name  string
	types []semantic.ColumnType // of the keys; nil where they are as their columns hold them
}

// set adds the keys of a nested plan, once for each plan, in which n expressions
// are looked up.
func (c *compiler) set(p *semantic.Plan, n int) set {
	if done, ok := c.sets[p]; ok {
		return done
	}
	if c.sets == nil {
		c.sets = map[*semantic.Plan]set{}
	}
	outer := c.clocks
	c.clocks = newClocks(c.d, p)
	var out set
	if p.Rows != nil {
		out = c.setOfRows(p, n)
	} else {
		out = c.setOfGroups(p, n)
	}
	c.clocks = outer
	c.sets[p] = out
	return out
}

func (c *compiler) setOfRows(p *semantic.Plan, n int) set {
	if n > len(p.Rows.Outputs) {
		c.fault("a set of %d columns for %d", len(p.Rows.Outputs), n)
		return set{}
	}
	s, sel := c.scanned(p.Rows)
	sel.Distinct = true
	q := &sqltree.Query{Body: sel}
	var kinds []semantic.Kind
	for i, e := range p.Rows.Outputs {
		if i < n || p.Limit > 0 {
			v := s.value(e)
			kinds = append(kinds, v.kind)
			sel.Items = append(sel.Items, sqltree.Item{Expr: v.x, Alias: keyName(i)})
		}
	}
	if p.Limit > 0 {
		q = c.limited(p, q, kinds, n)
	}
	return set{name: c.keep(q)}
}

// keep adds the query of a set, unless an equal one is there: the same rule
// stands at every scan of its table.
func (c *compiler) keep(q *sqltree.Query) string {
	for _, cte := range c.ctes {
		if cte.Name[0] == 'n' && reflect.DeepEqual(cte.Query, q) {
			return cte.Name
		}
	}
	return c.withQuery('n', q)
}

// limited keeps the first rows of a list in the plan's order.
func (c *compiler) limited(p *semantic.Plan, q *sqltree.Query, kinds []semantic.Kind, n int) *sqltree.Query {
	name := c.withQuery('r', q)
	items := make([]sqltree.Item, n)
	for i := range items {
		items[i] = sqltree.Item{Expr: sqltree.C(name, keyName(i)), Alias: keyName(i)}
	}
	out := &sqltree.Query{Body: &sqltree.Select{Items: items, From: fromCTE(name)}}
	for _, o := range p.Order {
		if o.Slot < 0 || o.Slot >= len(kinds) {
			c.fault("no output %d to sort by", o.Slot)
			continue
		}
		out.Order = append(out.Order, c.d.Order(sqltree.C(name, keyName(o.Slot)), kinds[o.Slot], o.Desc)...)
	}
	out.Limit, out.Offset = limits(p.Limit, p.Offset)
	return out
}

// setOfGroups keeps the groups that survive the nested plan's having and limit.
func (c *compiler) setOfGroups(p *semantic.Plan, n int) set {
	if n > len(p.Keys) {
		c.fault("a set of %d keys for %d", len(p.Keys), n)
		return set{}
	}
	r := c.results(p)
	out := set{}
	var items []sqltree.Item
	for i := range n {
		items = append(items, sqltree.Item{Expr: r.keyAt(i).x, Alias: keyName(i)})
		out.types = append(out.types, p.Keys[i].Type)
	}
	q := r.finish(items)
	if q.Limit == nil {
		q.Order = nil
	}
	out.name = c.keep(q)
	return out
}

// total adds the one value of each group of a nested plan, or of all, behind its n keys.
func (c *compiler) total(p *semantic.Plan, n int) (name string, v value) {
	at := slices.IndexFunc(p.Columns, func(col semantic.OutColumn) bool { return col.Slot >= 0 })
	if at < 0 || len(p.Keys) != n || p.Rows != nil {
		c.fault("a total of %d keys and %d columns for %d", len(p.Keys), len(p.Columns), n)
		return "", value{x: sqltree.NullLit()}
	}
	outer := c.clocks
	c.clocks = newClocks(c.d, p)
	r := c.results(p)
	v = r.scope().value(semantic.Slot{Index: p.Columns[at].Slot})
	var items []sqltree.Item
	for i := range n {
		items = append(items, sqltree.Item{Expr: r.keyAt(i).x, Alias: keyName(i)})
	}
	last := keyName(n)
	q := r.finish(append(items, sqltree.Item{Expr: v.x, Alias: last}))
	q.Order = nil
	c.clocks = outer
	name = c.keep(q)
	return name, v.as(sqltree.C(name, last))
}
