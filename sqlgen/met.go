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

// named are conditions on the rows of the one branch that leave out what the
// results leave out: groups without a value for a key. The rows need then not be
// aggregated, and not joined by outer joins. A branch that looks for its last
// moment looks among all rows.
func named(p *semantic.Plan, b *semantic.Branch) []semantic.Expr {
	if !flat(p) || b.Over != nil || b.LastBy != nil || b.Inner != nil || b.Cohort != nil || b.Convert != nil {
		return nil
	}
	var out []semantic.Expr
	for _, e := range semantic.Conjuncts(p.Having) {
		null, ok := e.(semantic.IsNull)
		key, isKey := null.X.(semantic.KeyRef)
		if !ok || !null.Not || !isKey || key.Index < 0 || key.Index >= len(b.Keys) {
			continue
		}
		if column, ok := b.Keys[key.Index].(semantic.Column); ok {
			out = append(out, semantic.IsNull{X: column, Not: true})
		}
	}
	return out
}

// readFor is the FROM without outer joins that no condition asks for. They
// repeat rows and take none away, so that the least and the greatest of what is
// left are the same.
func readFor(from *sqltree.From, scans []semantic.Scan, asked []semantic.Expr) *sqltree.From {
	if len(from.Joins) != len(scans)-1 {
		return from
	}
	kept := make([]bool, len(scans))
	keep := func(i int) {
		for ; i > 0 && i < len(scans) && !kept[i]; i = scans[i].Parent {
			kept[i] = true
		}
	}
	for _, e := range asked {
		semantic.Walk(e, func(e semantic.Expr) {
			if column, ok := e.(semantic.Column); ok {
				keep(column.Scan)
			}
		})
	}
	for i, j := range from.Joins {
		if j.Kind != sqltree.Left {
			keep(i + 1)
		}
	}
	less := &sqltree.From{Source: from.Source}
	for i, j := range from.Joins {
		if kept[i+1] {
			less.Joins = append(less.Joins, j)
		}
	}
	return less
}
