package sqlgen

import (
	"slices"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// ranked prepares percentiles for a dialect that has no aggregate for them: a
// CTE gives each row, besides its keys and arguments, the rank of the argument
// within its group and how many values there are.
func (c *compiler) ranked(l layer, ms []semantic.Measure) layer {
	if c.d.Percentiles() || !slices.ContainsFunc(ms, isPercentile) {
		return l
	}
	items := l.items()
	groups := make([]sqltree.Expr, len(items))
	for i, it := range items {
		groups[i] = it.Expr
	}
	for i, a := range l.args {
		x := a.folded()
		if isPercentile(ms[i]) {
			x = c.d.Double(a.fold(c.inexact(a.v)))
			rank, size := sqltree.Fn("row_number"), sqltree.Fn("count", x)
			rank.Over = &sqltree.Window{Partition: groups, Order: c.d.Order(x, semantic.Float, false)}
			size.Over = &sqltree.Window{Partition: groups}
			items = append(items, sqltree.Item{Expr: rank, Alias: rankName(i)}, sqltree.Item{Expr: size, Alias: sizeName(i)})
		}
		items = append(items, sqltree.Item{Expr: x, Alias: argName(i)})
	}
	name := c.with('q', &sqltree.Select{Items: items, From: l.from, Where: l.where})
	l = l.readArguments(name)
	for i := range l.args {
		if isPercentile(ms[i]) {
			l.args[i].v = value{x: l.args[i].v.x, kind: semantic.Float}
			l.args[i].rank, l.args[i].size = sqltree.C(name, rankName(i)), sqltree.C(name, sizeName(i))
		}
	}
	return l
}

func rankName(i int) string { return "q" + argName(i)[1:] }
func sizeName(i int) string { return "w" + argName(i)[1:] }

func isPercentile(m semantic.Measure) bool {
	return m.Func == "median" || m.Func == "percentile" || m.Func == "percentile_disc"
}

// atRank is the percentile of a ranked argument, by the SQL standard: the value
// of a rank that is p of the way from the first to the last, interpolated, or
// the first value that p of all do not exceed.
func (c *compiler) atRank(a argument, p float64, discrete bool) sqltree.Expr {
	fraction := c.d.Value(semantic.FloatValue(p))
	one := sqltree.Int(1)
	at := func(rank sqltree.Expr) sqltree.Expr {
		hit := &sqltree.Case{Whens: []sqltree.When{{If: sqltree.Op(sqltree.Eq, a.rank, rank), Then: a.v.x}}}
		return sqltree.Fn("max", hit)
	}
	if discrete {
		// The tolerance keeps 0.07 times 100 from stepping over its rank.
		rank := sqltree.Fn("ceil", sqltree.Op(sqltree.Sub, sqltree.Op(sqltree.Mul, fraction, a.size), c.d.Value(semantic.FloatValue(1e-9))))
		first := &sqltree.Case{Whens: []sqltree.When{{If: sqltree.Op(sqltree.Lt, rank, one), Then: one}}, Else: rank}
		return at(first)
	}
	place := sqltree.Op(sqltree.Mul, fraction, sqltree.Op(sqltree.Sub, a.size, one)) // from 0
	floor := sqltree.Fn("floor", place)
	low, high := at(sqltree.Op(sqltree.Add, floor, one)), at(sqltree.Op(sqltree.Add, sqltree.Fn("ceil", place), one))
	part := sqltree.Fn("max", sqltree.Op(sqltree.Sub, place, floor))
	return sqltree.Op(sqltree.Add, low, sqltree.Op(sqltree.Mul, sqltree.Op(sqltree.Sub, high, low), part))
}
