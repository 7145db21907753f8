package sqlgen

import (
	"wenshu/semantic"
	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
)

// argument is what a measure aggregates: a value, and the rows that count.
type argument struct {
	v    value        // v.x is nil when rows are counted
	when sqltree.Expr // nil for all rows
	// rank and size place the value among those of its group; nil where the
	// dialect has aggregates for percentiles.
	rank, size sqltree.Expr
}

// fold leaves x where the row counts and gives null elsewhere.
func (a argument) fold(x sqltree.Expr) sqltree.Expr {
	if a.when == nil {
		return x
	}
	return &sqltree.Case{Whens: []sqltree.When{{If: a.when, Then: x}}}
}

// folded is the value where the row counts; for a count of rows it is 1.
func (a argument) folded() sqltree.Expr {
	if a.v.x == nil {
		return a.fold(sqltree.Int(1))
	}
	return a.fold(a.v.x)
}

func (s scope) arguments(ms []semantic.Measure) []argument {
	out := make([]argument, len(ms))
	for i, m := range ms {
		if m.Arg != nil {
			out[i].v = s.value(m.Arg)
		}
		if m.Where != nil {
			out[i].when = s.cond(m.Where)
		}
	}
	return out
}

// aggregate is a measure over an argument, in the type that the plan declares.
func (c *compiler) aggregate(m semantic.Measure, a argument) value {
	v := c.aggregateOf(m, a)
	if m.Type.Kind == semantic.Null {
		return v
	}
	return c.numbers.convert(v, m.Type)
}

func (c *compiler) aggregateOf(m semantic.Measure, a argument) value {
	if m.Func == "count" {
		return value{x: c.count(a), kind: semantic.Int, present: true}
	}
	if a.v.x == nil {
		c.fault("%s of nothing", m.Func)
		return value{x: sqltree.NullLit()}
	}
	switch m.Func {
	case "count_distinct":
		call := sqltree.Fn("count", a.folded())
		call.Distinct = true
		return value{x: call, kind: semantic.Int, present: true}
	case "sum", "min", "max":
		return c.exactly(m.Func, a)
	case "avg":
		return c.average(a)
	}
	v := value{kind: semantic.Float}
	if a.rank != nil {
		p := m.Fraction
		if m.Func == "median" {
			p = 0.5
		}
		v.x = c.atRank(a, p, m.Func == "percentile_disc")
		return v
	}
	x := a.fold(c.inexact(a.v))
	switch m.Func {
	case "median":
		v.x = c.d.Median(x)
	case "percentile":
		v.x = c.d.Percentile(x, m.Fraction, false)
	case "percentile_disc":
		v.x = c.d.Percentile(x, m.Fraction, true)
	case "stddev":
		v.x = c.d.Spread(x, dialect.Deviation)
	case "variance":
		v.x = c.d.Spread(x, dialect.Variance)
	default:
		c.fault("aggregate %q is not known", m.Func)
		v.x = sqltree.NullLit()
	}
	return v
}

func (c *compiler) count(a argument) sqltree.Expr {
	if a.v.x == nil && a.when == nil {
		call := sqltree.Fn("count")
		call.Star = true
		return call
	}
	return sqltree.Fn("count", a.folded())
}

// inexact is a number in a form that statistics take: a scaled integer becomes
// a double, everything else stays.
func (c *compiler) inexact(v value) sqltree.Expr {
	if v.whole && v.scale > 0 {
		return c.numbers.double(v).x
	}
	return v.x
}

// exactly is SUM, MIN or MAX without rounding errors for decimals.
func (c *compiler) exactly(name string, a argument) value {
	v := a.v
	if v.kind == semantic.Decimal {
		v = c.numbers.exact(v, v.scale)
		if _, column := a.v.x.(*sqltree.Col); column && !a.v.whole && !a.v.fixed {
			v.x = c.d.ExactColumn(a.v.x, v.scale)
		}
	}
	if v.kind == semantic.Text {
		v.x = c.d.Bytes(v.x)
	}
	if v.kind == semantic.Null && name == "sum" {
		v.kind = semantic.Float
	}
	return v.as(sqltree.Fn(name, a.fold(v.x)))
}

// average of decimals divides the exact sum, so that its last digits do not
// depend on the order of the rows.
func (c *compiler) average(a argument) value {
	if a.v.kind != semantic.Decimal {
		return value{x: c.d.Average(a.fold(c.inexact(a.v))), kind: semantic.Float}
	}
	count := value{x: sqltree.Fn("count", a.folded()), kind: semantic.Int}
	return c.numbers.quotient(c.exactly("sum", a), count)
}
