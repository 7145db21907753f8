package sqlgen

import (
	"strconv"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// over joins the layer's rows to the spans that they lie in, and gives the scope
// the spans' keys.
func (c *compiler) over(s scope, l *layer, b *semantic.Branch) scope {
	o := b.Over
	name := c.spans(o, b.Inner != nil || b.Distinct != nil)
	l.from.Joins = append(l.from.Joins, sqltree.Join{Kind: sqltree.Cross, Source: &sqltree.Table{Name: name}})
	at := s.moment(o.Time, o.Type)
	end := value{x: sqltree.C(name, "pe"), kind: spanKind(o)}
	within := c.ordered(sqltree.Gt, end, at)
	if !openStart(o) {
		start := value{x: sqltree.C(name, "ps"), kind: spanKind(o)}
		within = sqltree.And(sqltree.Or(c.ordered(sqltree.Le, start, at), &sqltree.IsNull{X: start.x}), within)
	}
	l.where = sqltree.And(l.where, within)
	rows := s.leaf
	s.leaf = func(e semantic.Expr, raw bool) (value, bool) {
		k, ok := e.(semantic.SpanKey)
		switch {
		case !ok:
			return rows(e, raw)
		case k.Moment:
			return value{x: sqltree.C(name, "pm"), kind: semantic.Timestamp}, true
		}
		return value{x: sqltree.C(name, "p"+strconv.Itoa(k.Index)), kind: k.Type.Kind}, true
	}
	return s
}

// spanKind is the kind in which the ends of spans are compared with the rows'
// time: days where that is a date.
func spanKind(o *semantic.Over) semantic.Kind {
	if o.Type.Kind == semantic.Date {
		return semantic.Date
	}
	return semantic.Timestamp
}

// openStart reports that no span has a start.
func openStart(o *semantic.Over) bool {
	for _, sp := range o.Spans {
		if !sp.Start.IsNull() {
			return false
		}
	}
	return true
}

// spans adds the list of spans as a CTE: their keys p0, p1, …, end pe, and where
// it is asked for their moment pm and start ps.
func (c *compiler) spans(o *semantic.Over, moments bool) string {
	var rows [][]sqltree.Expr
	kind, open := spanKind(o), openStart(o)
	bound := func(v semantic.Value) sqltree.Expr {
		switch {
		case v.IsNull():
			return c.d.Null(semantic.ColumnType{Kind: kind})
		case kind == semantic.Date:
			return c.d.Value(semantic.DateValue(v.Time()))
		}
		return c.d.Value(v)
	}
	for _, sp := range o.Spans {
		var row []sqltree.Expr
		for _, k := range sp.Keys {
			row = append(row, c.d.Value(k))
		}
		row = append(row, bound(sp.End))
		if !open {
			row = append(row, bound(sp.Start))
		}
		if moments {
			row = append(row, c.d.Value(sp.Moment))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		c.fault("a branch over no spans")
		return ""
	}
	var columns []string
	for i := range o.Spans[0].Keys {
		columns = append(columns, "p"+strconv.Itoa(i))
	}
	columns = append(columns, "pe")
	if !open {
		columns = append(columns, "ps")
	}
	if moments {
		columns = append(columns, "pm")
	}
	name := c.name('v')
	c.ctes = append(c.ctes, sqltree.CTE{Name: name, Columns: columns, Query: &sqltree.Query{Body: c.d.Rows(rows, columns)}})
	return name
}

// firstOf keeps, of the finer groups of a layer, the first of each group by what
// they were made finer by.
func (c *compiler) firstOf(l layer, values []value) (layer, []value) {
	w := &sqltree.Window{}
	for _, k := range l.keys {
		w.Partition = append(w.Partition, k.Expr)
	}
	items := l.items()
	for _, v := range values {
		items = append(items, sqltree.Item{Expr: v.x, Alias: v.x.(*sqltree.Col).Name})
	}
	edge := sqltree.Fn("min", l.by[0].Expr)
	edge.Over = w
	items = append(items, sqltree.Item{Expr: edge, Alias: "y0"})
	name := c.with('r', &sqltree.Select{Items: items, From: l.from})
	by := l.by[0].Alias
	l = l.read(name)
	l.where = sqltree.Op(sqltree.Eq, sqltree.C(name, by), sqltree.C(name, "y0"))
	return l, moved(values, name)
}
