package sqlgen

import (
	"slices"
	"strconv"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// over joins the layer's rows to the spans that they lie in. Scans that meet a span
// come behind it.
func (c *compiler) over(s scope, l *layer, b *semantic.Branch, name string) {
	o := b.Over
	at := len(l.from.Joins)
	if meetsSpans(b) {
		at = 0
	}
	l.from.Joins = slices.Insert(l.from.Joins, at, sqltree.Join{Kind: sqltree.Cross, Source: &sqltree.Table{Name: name}})
	c.within(s, l, o, name)
}

func (c *compiler) within(s scope, l *layer, o *semantic.Over, name string) {
	at := s.moment(o.Time, o.Type)
	end := value{x: sqltree.C(name, "pe"), kind: spanKind(o)}
	within := c.ordered(sqltree.Gt, end, at)
	if !openStart(o) {
		start := value{x: sqltree.C(name, "ps"), kind: spanKind(o)}
		within = sqltree.And(sqltree.Or(c.ordered(sqltree.Le, start, at), &sqltree.IsNull{X: start.x}), within)
	}
	l.where = sqltree.And(l.where, within)
}

// meetsSpans reports a scan that is joined to a span.
func meetsSpans(b *semantic.Branch) bool {
	return slices.ContainsFunc(b.Scans, func(sc semantic.Scan) bool { return sc.Meets != nil })
}

// spanScope adds the spans of a branch and gives the scope their keys.
func (c *compiler) spanScope(s scope, b *semantic.Branch) (scope, string) {
	name := c.spans(b.Over, b.Inner != nil || b.Distinct != nil || meetsSpans(b) || repeats(b.Over))
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
	return s, name
}

// repeats reports spans that are told apart by their moments alone: each counts.
func repeats(o *semantic.Over) bool {
	for i := 1; i < len(o.Spans); i++ {
		a, b := &o.Spans[i-1], &o.Spans[i]
		if a.Start == b.Start && a.End == b.End && slices.Equal(a.Keys, b.Keys) {
			return true
		}
	}
	return false
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

// spans adds the list of spans as a CTE with the columns that columnsOf names.
func (c *compiler) spans(o *semantic.Over, moments bool) string {
	if len(o.Spans) == 0 {
		c.fault("a branch over no spans")
		return ""
	}
	columns := columnsOf(o, moments)
	if name := c.made(o, columns); name != "" {
		return name
	}
	none := c.d.Null(semantic.ColumnType{Kind: spanKind(o)})
	rows := make([][]sqltree.Expr, len(o.Spans))
	for i := range rows {
		for _, col := range columns {
			x := none
			if v := col.of(&o.Spans[i]); !v.IsNull() {
				x = c.d.Value(v)
			}
			rows[i] = append(rows[i], x)
		}
	}
	var names []string
	for _, col := range columns {
		names = append(names, col.name)
	}
	name := c.name('v')
	c.ctes = append(c.ctes, sqltree.CTE{Name: name, Columns: names, Query: &sqltree.Query{Body: c.d.Rows(rows, names)}})
	return name
}

// edgeOf keeps, of the finer groups of a layer, the first of each group by what
// they were made finer by, or the last.
func (c *compiler) edgeOf(l layer, values []value, last bool) (layer, []value) {
	c.needWindows()
	w := &sqltree.Window{}
	for _, k := range l.keys {
		w.Partition = append(w.Partition, k.Expr)
	}
	items := l.items()
	for _, v := range values {
		items = append(items, sqltree.Item{Expr: v.x, Alias: v.x.(*sqltree.Col).Name})
	}
	pick := "min"
	if last {
		pick = "max"
	}
	edge := sqltree.Fn(pick, l.by[0].Expr)
	edge.Over = w
	items = append(items, sqltree.Item{Expr: edge, Alias: "y0"})
	name := c.with('r', &sqltree.Select{Items: items, From: l.from})
	by := l.by[0].Alias
	l = l.read(name)
	l.where = sqltree.Op(sqltree.Eq, sqltree.C(name, by), sqltree.C(name, "y0"))
	return l, moved(values, name)
}
