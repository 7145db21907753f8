package sqlgen

import (
	"strconv"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// partColumn is the name of an output of a part of a list of several tables.
func partColumn(part int, output string) string { return "p" + strconv.Itoa(part) + output }

// allTogether joins the parts of a list of several tables in their order. Not every
// engine has a full join: the rows of a part that meet nothing are added to those
// that meet something.
func (c *compiler) allTogether(parts []semantic.RowsPart) (scope, *sqltree.From) {
	name, columns := "", []string(nil)
	for i, part := range parts {
		own, theirs := c.part(i, part.Rows)
		if i == 0 {
			name, columns = own, theirs
			continue
		}
		items := append(itemsOf(name, columns), itemsOf(own, theirs)...)
		if len(part.On) == 0 {
			name = c.with('j', &sqltree.Select{Items: items, From: joined(name, sqltree.Cross, own, nil)})
		} else {
			name = c.with('j', fullJoin(items, name, own, i, part))
		}
		columns = append(columns, theirs...)
	}
	s := c.columnScope(func(col semantic.Column) sqltree.Expr { return sqltree.C(name, partColumn(col.Scan, col.Name)) })
	return s, fromCTE(name)
}

// part is the rows of one table with the columns that the list reads, as stored.
func (c *compiler) part(i int, rows *semantic.RowsPlan) (string, []string) {
	s, sel := c.scanned(rows)
	var names []string
	for k, e := range rows.Outputs {
		names = append(names, partColumn(i, outputName(k)))
		sel.Items = append(sel.Items, sqltree.Item{Expr: s.stored(e), Alias: names[k]})
	}
	if len(names) == 0 { // whose rows alone count
		names = append(names, partColumn(i, "n"))
		sel.Items = append(sel.Items, sqltree.Item{Expr: sqltree.Int(1), Alias: names[0]})
	}
	return c.with('q', sel), names
}

func itemsOf(cte string, columns []string) []sqltree.Item {
	items := make([]sqltree.Item, len(columns))
	for i, col := range columns {
		items[i] = sqltree.Item{Expr: sqltree.C(cte, col), Alias: col}
	}
	return items
}

func joined(left string, kind sqltree.JoinKind, right string, on sqltree.Expr) *sqltree.From {
	return &sqltree.From{Source: &sqltree.Table{Name: left}, Joins: []sqltree.Join{{Kind: kind, Source: &sqltree.Table{Name: right}, On: on}}}
}

// fullJoin is a full join: the rows before with what they meet, and what meets nothing.
func fullJoin(items []sqltree.Item, before, own string, i int, part semantic.RowsPart) *sqltree.Union {
	var on []sqltree.Expr
	for _, p := range part.On {
		on = append(on, sqltree.Op(sqltree.Eq, sqltree.C(before, partColumn(part.Of, p.From)), sqltree.C(own, partColumn(i, p.To))))
	}
	equal := sqltree.And(on...)
	known := sqltree.C(before, partColumn(part.Of, part.On[0].From))
	return &sqltree.Union{Arms: []sqltree.Body{
		&sqltree.Select{Items: items, From: joined(before, sqltree.Left, own, equal)},
		&sqltree.Select{Items: items, From: joined(own, sqltree.Left, before, equal), Where: &sqltree.IsNull{X: known}},
	}}
}
