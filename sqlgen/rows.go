package sqlgen

import (
	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// rows is the query that lists rows of one table: the plan's columns out of all
// outputs, in the plan's order.
func (c *compiler) rows(p *semantic.Plan) (*sqltree.Query, []Column) {
	values, inner := c.listed(p)
	name := c.with('r', inner)
	limit, offset := p.Limit, p.Offset
	var within sqltree.Expr
	if len(p.Rows.Per) > 0 && limit > 0 {
		name, within = c.numbered(p, name, values)
		limit, offset = 0, 0
	}
	var items []sqltree.Item
	var columns []Column
	for i, col := range p.Columns {
		if col.Slot < 0 || col.Slot >= len(values) {
			c.fault("no output %d for the column %s", col.Slot, col.Name)
			return nil, nil
		}
		items = append(items, sqltree.Item{Expr: sqltree.C(name, outputName(col.Slot)), Alias: columnName(i)})
		columns = append(columns, Column{Name: columnName(i), Type: typeOf(values[col.Slot], col.Type)})
	}
	q := &sqltree.Query{Body: &sqltree.Select{Items: items, From: fromCTE(name), Where: within}, Order: c.rowOrder(p.Order, name, values)}
	q.Limit, q.Offset = limits(limit, offset)
	return q, columns
}

// numbered counts the rows within each group that the limit holds in, in the
// plan's order, and keeps those that it allows.
func (c *compiler) numbered(p *semantic.Plan, rows string, values []value) (string, sqltree.Expr) {
	w := &sqltree.Window{Order: c.rowOrder(c.placing(p), rows, values)}
	for _, i := range p.Rows.Per {
		w.Partition = append(w.Partition, sqltree.C(rows, outputName(i)))
	}
	count := c.place(p, w)
	sel := &sqltree.Select{From: fromCTE(rows)}
	for i := range values {
		sel.Items = append(sel.Items, sqltree.Item{Expr: sqltree.C(rows, outputName(i)), Alias: outputName(i)})
	}
	sel.Items = append(sel.Items, sqltree.Item{Expr: count, Alias: "n0"})
	name := c.with('p', sel)
	n := sqltree.C(name, "n0")
	kept := sqltree.Op(sqltree.Le, n, sqltree.Int(int64(p.Offset+p.Limit)))
	if p.SharesFirst() {
		kept = sqltree.And(&sqltree.IsNull{X: sqltree.C(name, outputName(p.FirstBy().Slot)), Not: true}, kept)
	}
	if p.Offset > 0 {
		kept = sqltree.And(sqltree.Op(sqltree.Gt, n, sqltree.Int(int64(p.Offset))), kept)
	}
	return name, kept
}

func outputName(i int) string { return "o" + columnName(i)[1:] }

func (c *compiler) rowOrder(by []semantic.Order, name string, outputs []value) []sqltree.Order {
	var out []sqltree.Order
	for _, o := range by {
		if o.Slot < 0 || o.Slot >= len(outputs) {
			c.fault("no output %d to sort by", o.Slot)
			continue
		}
		out = append(out, c.d.Order(sqltree.C(name, outputName(o.Slot)), outputs[o.Slot].kind, o.Desc)...)
	}
	return out
}

// listed selects all outputs of a list of rows, each in the form that results
// have.
func (c *compiler) listed(p *semantic.Plan) ([]value, *sqltree.Select) {
	types := make([]semantic.ColumnType, len(p.Rows.Outputs))
	for _, col := range p.Columns {
		if col.Slot >= 0 && col.Slot < len(types) {
			types[col.Slot] = col.Type
		}
	}
	s, sel := c.scanned(p.Rows)
	values := make([]value, len(p.Rows.Outputs))
	for i, e := range p.Rows.Outputs {
		v := s.value(e)
		if types[i].Kind != semantic.Null {
			v = c.numbers.convert(v, types[i])
		}
		values[i] = v
		sel.Items = append(sel.Items, sqltree.Item{Expr: v.x, Alias: outputName(i)})
	}
	return values, sel
}

// scanned is the rows that a list reads, without items.
func (c *compiler) scanned(rows *semantic.RowsPlan) (scope, *sqltree.Select) {
	if rows.Source != c.source {
		c.fail(unsupported("set", rows.Source))
	}
	if len(rows.Parts) > 0 {
		s, from := c.allTogether(rows.Parts)
		return s, &sqltree.Select{Distinct: rows.Distinct, From: from, Where: s.all(rows.Where)}
	}
	s := c.rowScope()
	from, home := c.from(s, rows.Scans)
	met(from, rows.Scans, rows.Where)
	return s, &sqltree.Select{Distinct: rows.Distinct, From: from, Where: sqltree.And(home, s.all(rows.Where))}
}
