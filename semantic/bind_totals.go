package semantic

// isTotal reports whether the right side of a test on rows is an aggregate of
// all: price > avg(price), or of those of the same kind: price > overall(avg(price),
// brand). It may have a filter of its own, avg(price){…}, and be multiplied by a
// number, 2 * avg(price).
func isTotal(e Expr) bool {
	c, ok := totalOf(e)
	return ok && !scalarFunc(c.Func) && len(c.Args) > 0
}

func totalOf(e Expr) (Call, bool) {
	if x, ok := e.(Binary); ok && x.Op == Mul {
		if _, times := x.L.(Lit); times {
			e = x.R
		}
	}
	if f, ok := e.(Filtered); ok {
		e = f.X
	}
	c, ok := e.(Call)
	return c, ok
}

// ownOf is what rows of one kind have in common, for the aggregate of which alone
// they are tested; nil for an aggregate of all.
func ownOf(e Expr) []Expr {
	if c, ok := totalOf(e); ok && c.Func == "overall" {
		return c.Args[1:]
	}
	return nil
}

// withoutTotals is a test without the aggregates in it, which are computed apart
// and need no way from the rows that are tested but to what these have in common.
func withoutTotals(c Expr) Expr {
	return Rewrite(c, func(e Expr) Expr {
		if isTotal(e) {
			return Call{Func: "coalesce", Args: ownOf(e)}
		}
		return nil
	})
}

// againstTotal binds a test of rows against an aggregate of all rows, or of those of
// the same kind: of every row that the viewer may see, whatever else the query is
// restricted to. A row without a kind has nothing to be tested against.
func (br *branch) againstTotal(x Binary) Expr {
	total := Query{Items: []Item{{Expr: withoutOverall(x.R)}}}
	var entity *Table
	var keys []Expr
	if own := ownOf(x.R); len(own) > 0 {
		n, ok := own[0].(Name)
		if !ok || len(own) > 1 {
			br.b.fail(Problem{Code: WrongType, Name: ExprString(x.R), Detail: "set"})
			return nil
		}
		entity, _ = br.entityOf(n)
		total.By = []Group{{Expr: n}}
		if keys = br.setKeys(n); keys == nil {
			return nil
		}
	}
	plan := br.b.bindNested(&total, entity)
	if plan == nil {
		return nil
	}
	if len(plan.Keys) != len(keys) {
		br.b.fail(Problem{Code: WrongType, Name: ExprString(x.R), Detail: "set"})
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
	return PlanTest{X: left, Op: x.Op, Own: keys, Plan: plan}
}

// withoutOverall is an aggregate as it stands inside of overall.
func withoutOverall(e Expr) Expr {
	return Rewrite(e, func(x Expr) Expr {
		if c, ok := x.(Call); ok && c.Func == "overall" {
			return c.Args[0]
		}
		return nil
	})
}
