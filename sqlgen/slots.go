package sqlgen

import (
	"wenshu/semantic"
	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
)

// results is a relation with the values of the plan's keys and slots.
type results struct {
	c     *compiler
	p     *semantic.Plan
	name  string
	keys  []value
	slots []value

	having        sqltree.Expr // nil for none
	limit, offset int
}

// scope translates expressions over the results.
func (r *results) scope() scope {
	s := scope{c: r.c, results: true}
	s.leaf = func(e semantic.Expr, _ bool) (value, bool) {
		switch e := e.(type) {
		case semantic.Slot:
			if e.Index >= 0 && e.Index < len(r.slots) && r.slots[e.Index].x != nil {
				return r.slots[e.Index], true
			}
		case semantic.KeyRef:
			if e.Index >= 0 && e.Index < len(r.keys) {
				return r.keys[e.Index], true
			}
		}
		return value{}, false
	}
	return s
}

// compute gives every slot its value, in stages: a slot that needs computed
// slots stands in a CTE behind theirs.
func (c *compiler) compute(p *semantic.Plan, rel relation) *results {
	r := &results{c: c, p: p, name: rel.name, slots: make([]value, len(p.Slots))}
	for i, k := range p.Keys {
		r.keys = append(r.keys, c.typed(rel.key(i), k.Type))
	}
	levels, last := c.levels(p)
	for i, d := range p.Slots {
		if f, ok := d.(semantic.FromBranch); ok {
			r.slots[i] = c.cell(rel, f)
		}
	}
	for level := 1; level <= last; level++ {
		fresh := make([]value, len(p.Slots))
		for i, d := range p.Slots {
			if levels[i] == level {
				fresh[i] = r.slot(d)
			}
		}
		for i, v := range fresh {
			if v.x != nil {
				r.slots[i] = v
			}
		}
		r.stage('s', nil, nil)
	}
	return r
}

// cell is a branch's measure; counts and filled sums have 0 where no row was.
func (c *compiler) cell(rel relation, f semantic.FromBranch) value {
	if f.Branch < 0 || f.Branch >= len(rel.cells) || f.Measure < 0 || f.Measure >= len(rel.cells[f.Branch]) {
		c.fault("no measure %d in branch %d", f.Measure, f.Branch)
		return value{x: sqltree.NullLit()}
	}
	v := rel.cells[f.Branch][f.Measure]
	if f.ZeroFill && !v.present {
		return v.as(sqltree.Fn("coalesce", v.x, sqltree.Int(0)))
	}
	return v
}

// levels orders slots by what they need: 0 comes from a branch.
func (c *compiler) levels(p *semantic.Plan) (levels []int, last int) {
	levels = make([]int, len(p.Slots))
	for i, d := range p.Slots {
		need := func(j int) {
			if j < 0 || j >= i {
				c.fault("slot %d needs slot %d", i, j)
				return
			}
			levels[i] = max(levels[i], levels[j]+1)
		}
		switch d := d.(type) {
		case semantic.Computed:
			levels[i] = 1
			semantic.Walk(d.Expr, func(e semantic.Expr) {
				if s, ok := e.(semantic.Slot); ok {
					need(s.Index)
				}
			})
		case semantic.OverRows:
			need(d.Of)
		}
		last = max(last, levels[i])
	}
	return levels, last
}

// slot is the value of a slot over the present relation.
func (r *results) slot(d semantic.SlotDef) value {
	switch d := d.(type) {
	case semantic.Computed:
		v := r.scope().value(d.Expr)
		if d.Type.Kind == semantic.Null {
			return v
		}
		return r.c.numbers.convert(v, d.Type)
	case semantic.OverRows:
		return r.window(d)
	}
	r.c.fault("%T is no slot", d)
	return value{x: sqltree.NullLit()}
}

// stage puts all keys, known slots and further items into a CTE and reads them
// from it from then on.
func (r *results) stage(letter byte, where sqltree.Expr, further []sqltree.Item) {
	s := &sqltree.Select{From: fromCTE(r.name), Where: where}
	for i, k := range r.keys {
		s.Items = append(s.Items, sqltree.Item{Expr: k.x, Alias: keyName(i)})
	}
	for i, v := range r.slots {
		if v.x != nil {
			s.Items = append(s.Items, sqltree.Item{Expr: v.x, Alias: slotName(i)})
		}
	}
	s.Items = append(s.Items, further...)
	if len(s.Items) == 0 {
		s.Items = append(s.Items, sqltree.Item{Expr: sqltree.Int(1), Alias: "n0"})
	}
	r.name = r.c.with(letter, s)
	for i, k := range r.keys {
		r.keys[i] = k.as(sqltree.C(r.name, keyName(i)))
	}
	for i, v := range r.slots {
		if v.x != nil {
			r.slots[i] = v.as(sqltree.C(r.name, slotName(i)))
		}
	}
}

// window is a value over all result rows.
func (r *results) window(o semantic.OverRows) value {
	c, v := r.c, r.slots[o.Of]
	c.needWindows()
	w := &sqltree.Window{}
	for _, k := range o.Partition {
		w.Partition = append(w.Partition, r.keyAt(k).x)
	}
	over := func(name string, frame *sqltree.Frame, args ...sqltree.Expr) sqltree.Expr {
		call := sqltree.Fn(name, args...)
		call.Over = &sqltree.Window{Partition: w.Partition, Order: w.Order, Frame: frame}
		return call
	}
	switch o.Func {
	case "share":
		return c.numbers.quotient(v, v.as(over("sum", nil, v.x)))
	case "rank":
		w.Order = c.d.Order(v.x, v.kind, o.Desc)
		ranked := sqltree.When{If: &sqltree.IsNull{X: v.x, Not: true}, Then: over("rank", nil)}
		return value{x: &sqltree.Case{Whens: []sqltree.When{ranked}}, kind: semantic.Int}
	}
	frame := &sqltree.Frame{End: sqltree.Bound{Kind: sqltree.CurrentRow}}
	key := r.keyAt(o.OrderKey)
	w.Order = c.d.Order(key.x, key.kind, false)
	switch {
	case o.Func == "running":
		if o.ResetUnit != semantic.NoUnit {
			w.Partition = append(w.Partition, dialect.Start(c.d, key.x, o.ResetUnit, c.clocks.calendar))
		}
		return c.numbers.convert(v.as(over("sum", frame, v.x)), o.Type)
	case o.Func != "moving" || o.Rows < 1:
		c.fault("window %q over %d rows", o.Func, o.Rows)
	}
	frame.Start = sqltree.Bound{Kind: sqltree.Preceding, N: o.Rows - 1}
	switch o.Agg {
	case "sum", "min", "max":
		return c.numbers.convert(v.as(over(o.Agg, frame, v.x)), o.Type)
	case "avg":
		count := value{x: over("count", frame, v.x), kind: semantic.Int}
		return c.numbers.quotient(v.as(over("sum", frame, v.x)), count)
	}
	c.fault("moving %q", o.Agg)
	return v
}

func (r *results) keyAt(i int) value {
	if i < 0 || i >= len(r.keys) {
		r.c.fault("no key %d", i)
		return value{x: sqltree.NullLit()}
	}
	return r.keys[i]
}
