package semantic

// isTotal reports whether the right side of a test on rows is an aggregate of
// all: price > avg(price). It may have a filter of its own, avg(price){…}, and be
// multiplied by a number, 2 * avg(price).
func isTotal(e Expr) bool {
	if x, ok := e.(Binary); ok && x.Op == Mul {
		if _, times := x.L.(Lit); times {
			e = x.R
		}
	}
	if f, ok := e.(Filtered); ok {
		e = f.X
	}
	c, ok := e.(Call)
	return ok && !scalarFunc(c.Func) && len(c.Args) > 0
}

// withoutTotals is a test without the aggregates in it, which are computed apart
// and need no way from the rows that are tested.
func withoutTotals(c Expr) Expr {
	return Rewrite(c, func(e Expr) Expr {
		if isTotal(e) {
			return Lit{}
		}
		return nil
	})
}

// againstTotal binds a test of rows against an aggregate of all rows: of every
// row that the viewer may see, whatever else the query is restricted to.
func (br *branch) againstTotal(x Binary) Expr {
	plan := br.b.bindNested(&Query{Items: []Item{{Expr: x.R}}}, nil)
	if plan == nil {
		return nil
	}
	if plan.source() != br.home.Warehouse {
		br.b.fail(Problem{Code: NotComputed, Name: ExprString(x.R), Detail: "set across warehouses"})
		return nil
	}
	left := br.operand(x.L)
	if left == nil {
		return nil
	}
	return PlanTest{X: left, Op: x.Op, Plan: plan}
}
