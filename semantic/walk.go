package semantic

// Walk calls f for e and every expression below it, parents first. Nested
// queries and plans are not entered.
func Walk(e Expr, f func(Expr)) {
	if e == nil {
		return
	}
	f(e)
	for _, c := range children(e) {
		Walk(c, f)
	}
}

func children(e Expr) []Expr {
	switch x := e.(type) {
	case Unary:
		return []Expr{x.X}
	case Binary:
		return []Expr{x.L, x.R}
	case In:
		return append([]Expr{x.X}, x.List...)
	case Between:
		return []Expr{x.X, x.Lo, x.Hi}
	case IsNull:
		return []Expr{x.X}
	case Match:
		return []Expr{x.X}
	case During:
		return []Expr{x.Of}
	case Grained:
		return []Expr{x.Of}
	case Call:
		return append(append([]Expr{}, x.Args...), x.Per...)
	case Filtered:
		return []Expr{x.X, x.Where}
	case Case:
		var list []Expr
		for _, w := range x.Whens {
			list = append(list, w.If, w.Then)
		}
		return append(list, x.Else)
	case TimeRange:
		return []Expr{x.X}
	case Trunc:
		return []Expr{x.X}
	case Part:
		return []Expr{x.X}
	case InPlan:
		return x.X
	case PlanTest:
		return append([]Expr{x.X}, x.Own...)
	}
	return nil
}

// Rewrite rebuilds e from the top: where f returns a non-nil expression it takes
// the place of the node and what is below it. e itself is not changed.
func Rewrite(e Expr, f func(Expr) Expr) Expr {
	if e == nil {
		return nil
	}
	if r := f(e); r != nil {
		return r
	}
	switch x := e.(type) {
	case Unary:
		x.X = Rewrite(x.X, f)
		return x
	case Binary:
		x.L, x.R = Rewrite(x.L, f), Rewrite(x.R, f)
		return x
	case In:
		x.X, x.List = Rewrite(x.X, f), rewriteAll(x.List, f)
		return x
	case Between:
		x.X, x.Lo, x.Hi = Rewrite(x.X, f), Rewrite(x.Lo, f), Rewrite(x.Hi, f)
		return x
	case IsNull:
		x.X = Rewrite(x.X, f)
		return x
	case Match:
		x.X = Rewrite(x.X, f)
		return x
	case Call:
		x.Args, x.Per = rewriteAll(x.Args, f), rewriteAll(x.Per, f)
		return x
	case Filtered:
		x.X, x.Where = Rewrite(x.X, f), Rewrite(x.Where, f)
		return x
	case Case:
		return rewriteCase(x, f)
	case TimeRange:
		x.X = Rewrite(x.X, f)
		return x
	case Trunc:
		x.X = Rewrite(x.X, f)
		return x
	case Part:
		x.X = Rewrite(x.X, f)
		return x
	case InPlan:
		x.X = rewriteAll(x.X, f)
		return x
	case PlanTest:
		x.X, x.Own = Rewrite(x.X, f), rewriteAll(x.Own, f)
		return x
	}
	return e
}

func rewriteCase(x Case, f func(Expr) Expr) Expr {
	whens := make([]When, len(x.Whens))
	for i, w := range x.Whens {
		whens[i] = When{If: Rewrite(w.If, f), Then: Rewrite(w.Then, f)}
	}
	x.Whens, x.Else = whens, Rewrite(x.Else, f)
	return x
}

func rewriteAll(list []Expr, f func(Expr) Expr) []Expr {
	if list == nil {
		return nil
	}
	out := make([]Expr, len(list))
	for i, x := range list {
		out[i] = Rewrite(x, f)
	}
	return out
}

// Conjuncts splits a condition at its top-level ands; nil has none.
func Conjuncts(e Expr) []Expr {
	if e == nil {
		return nil
	}
	if b, ok := e.(Binary); ok && b.Op == And {
		return append(Conjuncts(b.L), Conjuncts(b.R)...)
	}
	return []Expr{e}
}

// joined is l op r, or r alone where there is no l yet.
func joined(op Op, l, r Expr) Expr {
	if l == nil {
		return r
	}
	return Binary{Op: op, L: l, R: r}
}
