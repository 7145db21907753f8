package sqlgen

import (
	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// movedDays is a table of days with the day of a later period for each. Days are
// numbered within their period and periods by their first days; the number that a
// day has in the later period is its own, or the last where that has fewer.
func (c *compiler) movedDays(sc semantic.Scan, i int, table *sqltree.Table, rules sqltree.Expr) sqltree.Source {
	c.needWindows()
	m := sc.Moves
	day, period := sqltree.C(scanAlias(i), m.Day), sqltree.C(scanAlias(i), m.Period)
	over := func(name string, partition, order sqltree.Expr, args ...sqltree.Expr) sqltree.Expr {
		f := sqltree.Fn(name, args...)
		f.Over = &sqltree.Window{}
		if partition != nil {
			f.Over.Partition = []sqltree.Expr{partition}
		}
		if order != nil {
			f.Over.Order = []sqltree.Order{{Expr: order}}
		}
		return f
	}
	numbered := c.with('y', &sqltree.Select{From: &sqltree.From{Source: table},
		Where: sqltree.And(rules, &sqltree.IsNull{X: period, Not: true}, &sqltree.IsNull{X: day, Not: true}),
		Items: []sqltree.Item{{Expr: day, Alias: "d"}, {Expr: over("row_number", period, day), Alias: "k"},
			{Expr: over("min", period, nil, day), Alias: "f"}, {Expr: over("count", period, nil, day), Alias: "n"}}})
	rank := over("dense_rank", nil, sqltree.C(numbered, "f"))
	placed := c.with('y', &sqltree.Select{From: fromCTE(numbered), Items: []sqltree.Item{
		{Expr: sqltree.C(numbered, "d"), Alias: "d"}, {Expr: sqltree.C(numbered, "k"), Alias: "k"}, {Expr: sqltree.C(numbered, "n"), Alias: "n"},
		{Expr: rank, Alias: "p"}, {Expr: sqltree.Op(sqltree.Add, rank, sqltree.Int(int64(m.By))), Alias: "q"}}})
	lengths := c.with('y', &sqltree.Select{From: fromCTE(placed), Group: ordinals(2),
		Items: []sqltree.Item{{Expr: sqltree.C(placed, "p"), Alias: "p"}, {Expr: sqltree.C(placed, "n"), Alias: "n"}}})
	own, last := sqltree.C(placed, "k"), sqltree.C(lengths, "n")
	aimed := c.with('y', &sqltree.Select{From: joinedCTEs(placed, lengths, equal(placed, "q", lengths, "p")), Items: []sqltree.Item{
		{Expr: sqltree.C(placed, "d"), Alias: "d"}, {Expr: sqltree.C(placed, "q"), Alias: "p"},
		{Expr: &sqltree.Case{Whens: []sqltree.When{{If: sqltree.Op(sqltree.Lt, own, last), Then: own}}, Else: last}, Alias: "k"}}})
	moved := c.with('y', &sqltree.Select{From: joinedCTEs(aimed, placed, sqltree.And(equal(aimed, "p", placed, "p"), equal(aimed, "k", placed, "k"))),
		Items: []sqltree.Item{{Expr: sqltree.C(aimed, "d"), Alias: m.Day}, {Expr: sqltree.C(placed, "d"), Alias: semantic.ShownDay}}})
	return &sqltree.Table{Name: moved, Alias: scanAlias(i)}
}

func equal(left, x, right, y string) sqltree.Expr {
	return sqltree.Op(sqltree.Eq, sqltree.C(left, x), sqltree.C(right, y))
}

func joinedCTEs(left, right string, on sqltree.Expr) *sqltree.From {
	return &sqltree.From{Source: &sqltree.Table{Name: left}, Joins: []sqltree.Join{{Kind: sqltree.Inner, Source: &sqltree.Table{Name: right}, On: on}}}
}
