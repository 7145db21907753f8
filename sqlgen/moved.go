package sqlgen

import (
	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// movedDays is a table of days with the day of a later period for each. Days are
// numbered within their period (k, of n) and periods by their first days (p). Every
// day then stands in the list twice, as itself and as one that looks for its place
// in a later period, which has the number of its own or the last that there is. No
// two long lists are joined, and no window is as wide as a period: not every engine
// does either quickly.
func (c *compiler) movedDays(sc semantic.Scan, i int, table *sqltree.Table, rules sqltree.Expr) sqltree.Source {
	c.needWindows()
	m := sc.Moves
	day, period := sqltree.C(scanAlias(i), m.Day), sqltree.Expr(sqltree.C(scanAlias(i), m.Period))
	if m.Type.Kind == semantic.Text {
		period = c.d.Text(period)
	}
	from := func() *sqltree.From { return &sqltree.From{Source: table} }
	known := sqltree.And(rules, &sqltree.IsNull{X: period, Not: true}, &sqltree.IsNull{X: day, Not: true})
	days := c.with('y', &sqltree.Select{From: from(), Where: known, Items: []sqltree.Item{
		{Expr: day, Alias: "d"}, {Expr: period, Alias: "a"}, {Expr: over(sqltree.Fn("row_number"), day, period), Alias: "k"}}})
	sizes := c.with('y', &sqltree.Select{From: fromCTE(days), Group: ordinals(1), Items: []sqltree.Item{{Expr: sqltree.C(days, "a"), Alias: "a"},
		{Expr: sqltree.Fn("min", sqltree.C(days, "d")), Alias: "f"}, {Expr: sqltree.Fn("count", sqltree.C(days, "d")), Alias: "n"}}})
	place := over(sqltree.Fn("row_number"), sqltree.C(sizes, "f"))
	placed := c.with('y', &sqltree.Select{From: fromCTE(sizes), Items: append(columns(sizes, "a", "n"), sqltree.Item{Expr: place, Alias: "p"},
		sqltree.Item{Expr: sqltree.Op(sqltree.Add, place, sqltree.Int(int64(m.By))), Alias: "q"})})
	aims := c.with('y', &sqltree.Select{From: fromCTE(placed), Items: columns(placed, "p", "n")})
	later := c.with('y', &sqltree.Select{From: meeting(placed, "q", aims, "p"), Items: append(columns(placed, "a"), columns(aims, "p", "n")...)})
	k, n := sqltree.C(days, "k"), sqltree.C(later, "n")
	least := &sqltree.Case{Whens: []sqltree.When{{If: sqltree.Op(sqltree.Lt, k, n), Then: k}}, Else: n}
	arm := func(list string, k sqltree.Expr, looking int64) *sqltree.Select {
		return &sqltree.Select{From: meeting(days, "a", list, "a"), Items: append(columns(days, "d"), sqltree.Item{Expr: sqltree.C(list, "p"), Alias: "p"},
			sqltree.Item{Expr: k, Alias: "k"}, sqltree.Item{Expr: sqltree.Int(looking), Alias: "o"})}
	}
	twice := c.with('y', &sqltree.Union{Arms: []sqltree.Body{arm(later, least, 1), arm(placed, k, 0)}})
	there := &sqltree.Case{Whens: []sqltree.When{{If: sqltree.Op(sqltree.Eq, sqltree.C(twice, "o"), sqltree.Int(0)), Then: sqltree.C(twice, "d")}}}
	shown := over(sqltree.Fn("max", there), nil, sqltree.C(twice, "p"), sqltree.C(twice, "k"))
	found := c.with('y', &sqltree.Select{From: fromCTE(twice), Items: append(columns(twice, "d", "o"), sqltree.Item{Expr: shown, Alias: "s"})})
	moved := c.with('y', &sqltree.Select{From: fromCTE(found), Where: sqltree.Op(sqltree.Eq, sqltree.C(found, "o"), sqltree.Int(1)),
		Items: []sqltree.Item{{Expr: sqltree.C(found, "d"), Alias: m.Day}, {Expr: sqltree.C(found, "s"), Alias: semantic.ShownDay}}})
	return &sqltree.Table{Name: moved, Alias: scanAlias(i)}
}

// meeting joins two lists by a column of each.
func meeting(left, x, right, y string) *sqltree.From {
	on := sqltree.Op(sqltree.Eq, sqltree.C(right, y), sqltree.C(left, x))
	return &sqltree.From{Source: &sqltree.Table{Name: left}, Joins: []sqltree.Join{{Kind: sqltree.Inner, Source: &sqltree.Table{Name: right}, On: on}}}
}

func over(f *sqltree.Call, order sqltree.Expr, partition ...sqltree.Expr) *sqltree.Call {
	f.Over = &sqltree.Window{Partition: partition}
	if order != nil {
		f.Over.Order = []sqltree.Order{{Expr: order}}
	}
	return f
}

func columns(list string, names ...string) []sqltree.Item {
	var items []sqltree.Item
	for _, name := range names {
		items = append(items, sqltree.Item{Expr: sqltree.C(list, name), Alias: name})
	}
	return items
}
