package nlq

import (
	"strings"

	"wenshu/semantic"
)

// exprOf writes a measure as an expression.
func (r *Reader) exprOf(m measure) semantic.Expr {
	var e semantic.Expr
	switch {
	case len(m.over) == 2:
		e = semantic.Binary{Op: m.op, L: r.exprOf(m.over[0]), R: r.exprOf(m.over[1])}
		if m.times > 0 {
			e = semantic.Binary{Op: semantic.Mul, L: e, R: intLit(m.times)}
		}
		return e
	case len(m.per) > 0:
		inner := m
		inner.per, inner.agg = nil, inner.within
		if inner.table != nil {
			inner.agg = "count"
		}
		call := semantic.Call{Func: m.agg, Args: []semantic.Expr{r.exprOf(inner)}}
		for _, t := range m.per {
			call.Per = append(call.Per, r.thingExpr(t))
		}
		return call
	case m.metric != nil && m.agg != "":
		e = r.reaggregated(m)
	case m.metric != nil:
		e = semantic.Name{Path: []string{m.metric.Name}}
	case m.dim != nil:
		e = semantic.Call{Func: m.agg, Args: []semantic.Expr{r.written(m.dim, m.via)}}
	default:
		e = semantic.Call{Func: "count", Args: []semantic.Expr{r.rowsOf(m.table)}}
	}
	if len(m.where) > 0 {
		e = semantic.Filtered{X: e, Where: r.allOf(m.where)}
	}
	if m.since {
		e = sinceLast(e)
	}
	return inUnit(e, m.scaled)
}

// rowsOf names what count counts the rows of a table by: the table, or a column
// of it where the table is not offered by name.
func (r *Reader) rowsOf(t *semantic.Table) semantic.Expr {
	if t.Hidden {
		for _, d := range t.Dimensions {
			if d.Of == nil && !isTime(d) {
				return semantic.Name{Path: []string{t.Name, d.Name}}
			}
		}
	}
	return r.entityName(t)
}

// reaggregated is a metric that adds one column, under another aggregate of the
// same rows.
func (r *Reader) reaggregated(m measure) semantic.Expr {
	call, where, ok := r.plainCall(m.metric)
	if !ok {
		return semantic.Name{Path: []string{m.metric.Name}}
	}
	var e semantic.Expr = semantic.Call{Func: m.agg, Args: call.Args}
	if where != nil {
		e = semantic.Filtered{X: e, Where: where}
	}
	return e
}

// plainCall is the one aggregate that a metric computes, and of which rows: its
// own, or that of the metric of which it is a part.
func (r *Reader) plainCall(m *semantic.Metric) (semantic.Call, semantic.Expr, bool) {
	switch x := m.Expr.(type) {
	case semantic.Call:
		return x, m.Where, true
	case semantic.Filtered:
		name, ok := x.X.(semantic.Name)
		if !ok || len(name.Path) != 1 {
			break
		}
		if whole := r.model.Metric(name.Path[0]); whole != nil && whole != m {
			call, where, ok := r.plainCall(whole)
			return call, both(both(where, x.Where), m.Where), ok
		}
	}
	return semantic.Call{}, nil, false
}

// canReaggregate reports whether a metric can stand under another aggregate: it
// is one plain aggregate of a number column, of every row on its own.
func canReaggregate(m *semantic.Metric) bool {
	call, ok := m.Expr.(semantic.Call)
	if !ok || m.Kind != semantic.Simple || call.Distinct || len(call.Args) != 1 {
		return false
	}
	switch call.Func {
	case "sum", "avg", "min", "max", "median":
		return true
	}
	return false
}

// nameOf writes a dimension: its own name where that is the only one of its
// kind, else with its table, or by the path that the words named.
func (r *Reader) nameOf(d *semantic.Dimension, via string) semantic.Name {
	if via != "" {
		return semantic.Name{Path: append(strings.Split(via, "."), d.Name)}
	}
	if r.unique[d.Name] == 1 {
		return semantic.Name{Path: []string{d.Name}}
	}
	return semantic.Name{Path: []string{d.Table.Name, d.Name}}
}

// written writes an attribute: by its name, or as it is computed where the question makes
// it up.
func (r *Reader) written(d *semantic.Dimension, via string) semantic.Expr {
	if d.Name == "" {
		return d.Expr
	}
	return r.nameOf(d, via)
}

// entityName writes an entity: by its table, or by its key where dimensions of
// other tables bear the table's name too.
func (r *Reader) entityName(t *semantic.Table) semantic.Name {
	if r.shadowed[t.Name] && len(t.Keys) > 0 && len(t.Keys[0]) == 1 {
		for _, d := range t.Dimensions {
			if column, ok := d.Expr.(semantic.Name); ok && d.Of == nil && column.Path[len(column.Path)-1] == t.Keys[0][0] {
				return semantic.Name{Path: []string{t.Name, d.Name}}
			}
		}
	}
	if t.Hidden && len(t.Display) == 1 { // of what has no name of its own the rows are told apart by what they are called
		return semantic.Name{Path: []string{t.Name, t.Display[0].Name}}
	}
	return semantic.Name{Path: []string{t.Name}}
}

// thingExpr writes a thing as a group or a column.
func (r *Reader) thingExpr(t thing) semantic.Expr {
	switch {
	case t.timed && t.dim != nil:
		return semantic.Grained{Of: r.nameOf(t.dim, t.via), Grain: t.grain}
	case t.timed:
		return semantic.Grained{Of: semantic.Name{Path: []string{"time"}}, Grain: t.grain}
	case t.dim != nil:
		return r.written(t.dim, t.via)
	case t.via != "":
		return semantic.Name{Path: strings.Split(t.via, ".")}
	}
	return semantic.Name{Path: []string{t.table.Name}}
}

// exprOfCondition writes a test on rows.
func (r *Reader) exprOfCondition(c condition) semantic.Expr {
	if len(c.any) > 0 {
		either := r.exprOfCondition(c.any[0])
		for _, o := range c.any[1:] {
			either = semantic.Binary{Op: semantic.Or, L: either, R: r.exprOfCondition(o)}
		}
		return either
	}
	if c.fixed != nil {
		if c.not {
			return negate(c.fixed)
		}
		return c.fixed
	}
	var x semantic.Expr
	switch {
	case c.dim == nil:
		x = semantic.Grained{Of: semantic.Name{Path: []string{"time"}}, Grain: c.grain}
	case c.grain != (semantic.Grain{}):
		x = semantic.Grained{Of: r.nameOf(c.dim, c.via), Grain: c.grain}
	default:
		x = r.written(c.dim, c.via)
	}
	if c.test != nil {
		return c.test(x)
	}
	return memberTest(x, c.dim, c.values, c.not)
}

// memberTest tests a dimension for members.
func memberTest(x semantic.Expr, d *semantic.Dimension, values []string, not bool) semantic.Expr {
	if len(values) == 1 {
		op := semantic.Eq
		if not {
			op = semantic.Ne
		}
		return semantic.Binary{Op: op, L: x, R: literal(d, values[0])}
	}
	in := semantic.In{X: x, Not: not}
	for _, v := range values {
		in.List = append(in.List, literal(d, v))
	}
	return in
}

// literal writes a member as a value of its dimension's kind.
func literal(d *semantic.Dimension, value string) semantic.Expr {
	if isNumeric(d) {
		if v, err := semantic.ParseDecimal(value); err == nil {
			return semantic.Lit{Value: integral(v)}
		}
	}
	if d.Type.Kind == semantic.Bool {
		return semantic.Lit{Value: semantic.BoolValue(value == "true")}
	}
	return semantic.Lit{Value: semantic.TextValue(value)}
}

// allOf joins tests by and, in order; nil for none.
func (r *Reader) allOf(conditions []condition) semantic.Expr {
	var all semantic.Expr
	for _, c := range conditions {
		all = both(all, r.exprOfCondition(c))
	}
	return all
}

func both(a, b semantic.Expr) semantic.Expr {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return semantic.Binary{Op: semantic.And, L: a, R: b}
}
