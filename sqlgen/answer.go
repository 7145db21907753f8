package sqlgen

import (
	"math"
	"strconv"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// answer is the query that gives the answer's rows.
func (c *compiler) answer(p *semantic.Plan) (*sqltree.Query, []Column) {
	r := c.results(p)
	var items []sqltree.Item
	var columns []Column
	for i, col := range p.Columns {
		v := r.column(col)
		name := columnName(i)
		items = append(items, sqltree.Item{Expr: v.x, Alias: name})
		columns = append(columns, Column{Name: name, Type: typeOf(v, col.Type)})
	}
	return r.finish(items), columns
}

func columnName(i int) string { return "c" + strconv.Itoa(i) }

// results stitches all branches, computes all slots and, where the limit holds
// per group, numbers the rows of each.
func (c *compiler) results(p *semantic.Plan) *results {
	list := make([]int, len(p.Branches))
	for i := range list {
		list[i] = i
	}
	r := c.compute(p, c.stitch(p, list, p.Spine))
	r.having = c.all(r.scope(), p.Having)
	r.limit, r.offset = p.Limit, p.Offset
	if len(p.Per) > 0 && p.Limit > 0 {
		r.number()
	}
	return r
}

// all is a condition, nil for none.
func (c *compiler) all(s scope, e semantic.Expr) sqltree.Expr {
	if e == nil {
		return nil
	}
	return s.cond(e)
}

// number counts the rows within each tuple of the Per keys in the plan's order
// and keeps those that the limit allows.
func (r *results) number() {
	r.c.needWindows()
	w := &sqltree.Window{Order: r.orders(r.c.placing(r.p))}
	for _, k := range r.p.Per {
		w.Partition = append(w.Partition, r.keyAt(k).x)
	}
	count := r.c.place(r.p, w)
	r.stage('p', r.having, []sqltree.Item{{Expr: count, Alias: "n0"}})
	n := sqltree.C(r.name, "n0")
	r.having = sqltree.Op(sqltree.Le, n, sqltree.Int(int64(r.offset+r.limit)))
	if r.p.SharesFirst() {
		r.having = sqltree.And(&sqltree.IsNull{X: r.ordered(r.p.FirstBy()).x, Not: true}, r.having)
	}
	if r.offset > 0 {
		r.having = sqltree.And(sqltree.Op(sqltree.Gt, n, sqltree.Int(int64(r.offset))), r.having)
	}
	r.limit, r.offset = 0, 0
}

// ordered is the value that an order orders by.
func (r *results) ordered(o semantic.Order) value {
	if o.Slot < 0 {
		return r.keyAt(o.Key)
	}
	return r.slots[o.Slot]
}

// placing are the sort keys that say which rows of a group its limit keeps: where it
// keeps all that are first, those that were asked for, else all of them.
func (c *compiler) placing(p *semantic.Plan) []semantic.Order {
	if p.SharesFirst() {
		return p.Order[:p.Sorted]
	}
	return p.Order
}

// place is the place of a row within its group, which equals share where the limit
// keeps all that are first.
func (c *compiler) place(p *semantic.Plan, w *sqltree.Window) *sqltree.Call {
	place := sqltree.Fn("row_number")
	if p.SharesFirst() {
		place = sqltree.Fn("rank")
	}
	place.Over = w
	return place
}

// orders are sort keys of the plan, nulls last. A dimension whose members
// have a natural order sorts by it.
func (r *results) orders(by []semantic.Order) []sqltree.Order {
	var out []sqltree.Order
	for _, o := range by {
		if o.Slot < 0 {
			k := r.keyAt(o.Key)
			if members := natural(r.p.Keys, o.Key); members != nil {
				out = append(out, sqltree.Order{Expr: r.place(k, members, o.Desc), Desc: o.Desc})
			}
			out = append(out, r.c.d.Order(k.x, k.kind, o.Desc)...)
			continue
		}
		if o.Slot >= len(r.slots) {
			r.c.fault("no slot %d to sort by", o.Slot)
			continue
		}
		v := r.slots[o.Slot]
		out = append(out, r.c.d.Order(v.x, v.kind, o.Desc)...)
	}
	return out
}

// natural gives the members of a key in their declared order, nil where there
// is none.
func natural(keys []semantic.Key, i int) []semantic.Value {
	if i < 0 || i >= len(keys) || keys[i].Dimension == nil || !keys[i].Dimension.Order || keys[i].Grain != (semantic.Grain{}) {
		return nil
	}
	var out []semantic.Value
	for _, m := range keys[i].Dimension.Values {
		out = append(out, m.Value)
	}
	return out
}

// place is where a key's value stands among the members; others come behind, as
// do nulls, in either direction.
func (r *results) place(k value, members []semantic.Value, desc bool) sqltree.Expr {
	behind := int64(len(members))
	if desc {
		behind = -1
	}
	c := &sqltree.Case{Else: sqltree.Int(behind)}
	for i, m := range members {
		c.Whens = append(c.Whens, sqltree.When{If: sqltree.Op(sqltree.Eq, k.x, r.c.d.Value(m)), Then: sqltree.Int(int64(i))})
	}
	return c
}

// column is the value that a column of the answer shows.
func (r *results) column(col semantic.OutColumn) value {
	if col.Slot < 0 {
		return r.keyAt(col.Key)
	}
	if col.Slot >= len(r.slots) || r.slots[col.Slot].x == nil {
		r.c.fault("no slot %d for the column %s", col.Slot, col.Name)
		return value{x: sqltree.NullLit()}
	}
	return r.slots[col.Slot]
}

// typeOf is the type of a column as it arrives: the plan's or, where the plan
// does not say, what is known of the value.
func typeOf(v value, t semantic.ColumnType) semantic.ColumnType {
	if t.Kind == semantic.Null {
		return semantic.ColumnType{Kind: v.kind, Scale: uint8(v.scale)}
	}
	return plain(t)
}

// finish selects items from the results under the having condition, in order
// and within the limit.
func (r *results) finish(items []sqltree.Item) *sqltree.Query {
	q := &sqltree.Query{Body: &sqltree.Select{Items: items, From: fromCTE(r.name), Where: r.having}, Order: r.orders(r.p.Order)}
	q.Limit, q.Offset = limits(r.limit, r.offset)
	return q
}

// limits spells a limit, 0 for none. An offset alone needs a limit that is never
// reached.
func limits(limit, offset int) (l, o sqltree.Expr) {
	if offset > 0 {
		o = sqltree.Int(int64(offset))
		l = sqltree.Int(math.MaxInt64)
	}
	if limit > 0 {
		l = sqltree.Int(int64(limit))
	}
	return l, o
}
