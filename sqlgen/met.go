package sqlgen

import (
	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// met turns the joins of a FROM into inner ones where a condition on every row
// can only hold when the join found something. Engines that do so by themselves
// lose nothing; others can put the smaller table first.
func met(from *sqltree.From, scans []semantic.Scan, where []semantic.Expr) {
	for _, e := range where {
		for _, i := range needed(e) {
			for ; i > 0 && i < len(scans) && i <= len(from.Joins); i = scans[i].Parent {
				if j := &from.Joins[i-1]; j.Kind == sqltree.Left {
					j.Kind = sqltree.Inner
				}
			}
		}
	}
}

// needed are the scans without whose row a condition is not true: those with a
// bare column that is compared. A complement is true for nulls (see the package
// documentation) and needs nothing.
func needed(e semantic.Expr) []int {
	var xs []semantic.Expr
	switch e := e.(type) {
	case semantic.Binary:
		switch e.Op {
		case semantic.And:
			return append(needed(e.L), needed(e.R)...)
		case semantic.Eq, semantic.Lt, semantic.Le, semantic.Gt, semantic.Ge:
			xs = []semantic.Expr{e.L, e.R}
		}
	case semantic.TimeRange:
		xs = []semantic.Expr{e.X}
	case semantic.Between:
		if !e.Not {
			xs = []semantic.Expr{e.X}
		}
	case semantic.In:
		if !e.Not && len(e.List) > 0 {
			xs = []semantic.Expr{e.X}
		}
	case semantic.IsNull:
		if e.Not {
			xs = []semantic.Expr{e.X}
		}
	case semantic.Match:
		if !e.Not {
			xs = []semantic.Expr{e.X}
		}
	case semantic.InPlan:
		if !e.Not {
			xs = e.X
		}
	}
	var out []int
	for _, x := range xs {
		if c, ok := x.(semantic.Column); ok {
			out = append(out, c.Scan)
		}
	}
	return out
}
