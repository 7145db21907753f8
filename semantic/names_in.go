package semantic

// walkExpr calls fn for an expression and, where it returns true, for what is
// below. Nested queries are not entered.
func walkExpr(x Expr, fn func(Expr) bool) {
	if x == nil || !fn(x) {
		return
	}
	for _, part := range children(x) {
		walkExpr(part, fn)
	}
}

// namesIn calls fn for every name in an expression, those in nested queries
// included.
func namesIn(x Expr, fn func(Name)) {
	(*names)(nil).ownNames(x, fn)
	nestedNames(x, fn)
}

// ownNames calls fn for every name in an expression outside nested queries,
// but for tables whose rows are counted, as far as n knows them.
func (n *names) ownNames(x Expr, fn func(Name)) {
	walkExpr(x, func(x Expr) bool {
		if n != nil && n.countsTable(x) {
			return false
		}
		if name, ok := x.(Name); ok {
			fn(name)
		}
		return true
	})
}

// countsTable reports whether an expression is count(t) of a table, in which a
// metric of the same name is not meant.
func (n *names) countsTable(x Expr) bool {
	call, ok := x.(Call)
	if !ok || call.Func != "count" || call.Distinct || len(call.Args) != 1 || len(call.Per) > 0 {
		return false
	}
	name, ok := call.Args[0].(Name)
	return ok && len(name.Path) == 1 && n.tables[name.Path[0]] != nil
}

// nestedNames calls fn for every name in nested queries.
func nestedNames(x Expr, fn func(Name)) {
	walkExpr(x, func(x Expr) bool {
		if in, ok := x.(In); ok {
			namesInQuery(in.Sub, fn)
		}
		return true
	})
}

// namesInQuery calls fn for every name in a query.
func namesInQuery(q *Query, fn func(Name)) {
	if q == nil {
		return
	}
	for _, i := range q.Items {
		namesIn(i.Expr, fn)
	}
	for _, g := range q.By {
		namesIn(g.Expr, fn)
	}
	namesIn(q.Where, fn)
	namesIn(q.Having, fn)
	if q.On != nil {
		fn(*q.On)
	}
	for _, s := range q.Show {
		for _, a := range s.Args {
			namesIn(a, fn)
		}
	}
	for _, s := range q.Sort {
		namesIn(s.Expr, fn)
	}
	for _, p := range q.Per {
		namesIn(p, fn)
	}
}
