package semantic

import "slices"

// Clone returns a copy that shares nothing that can be changed with q. The
// clone of nil is nil.
func (q *Query) Clone() *Query {
	if q == nil {
		return nil
	}
	c := *q
	c.Items = slices.Clone(q.Items)
	for i := range c.Items {
		c.Items[i].Expr = cloneExpr(c.Items[i].Expr)
	}
	c.By = slices.Clone(q.By)
	for i := range c.By {
		c.By[i].Expr = cloneExpr(c.By[i].Expr)
	}
	c.Show = slices.Clone(q.Show)
	for i := range c.Show {
		c.Show[i].Args = cloneExprs(c.Show[i].Args)
	}
	c.Sort = slices.Clone(q.Sort)
	for i := range c.Sort {
		c.Sort[i].Expr = cloneExpr(c.Sort[i].Expr)
	}
	if q.List != nil {
		list := *q.List
		list.With = slices.Clone(list.With)
		c.List = &list
	}
	if q.On != nil {
		on := cloneName(*q.On)
		c.On = &on
	}
	c.Where, c.Having, c.Per = cloneExpr(q.Where), cloneExpr(q.Having), cloneExprs(q.Per)
	c.During, c.Versus = slices.Clone(q.During), slices.Clone(q.Versus)
	return &c
}

func cloneName(n Name) Name { return Name{slices.Clone(n.Path)} }

func cloneExprs(xs []Expr) []Expr {
	c := slices.Clone(xs)
	for i := range c {
		c[i] = cloneExpr(c[i])
	}
	return c
}

// cloneExpr copies the nodes that a query can hold; literals, attributes and
// the nodes of bound trees cannot be changed and stand for themselves.
func cloneExpr(x Expr) Expr {
	switch x := x.(type) {
	case Name:
		return cloneName(x)
	case Grained:
		return Grained{cloneName(x.Of), x.Grain}
	case Unary:
		return Unary{x.Op, cloneExpr(x.X)}
	case Binary:
		return Binary{x.Op, cloneExpr(x.L), cloneExpr(x.R)}
	case In:
		return In{cloneExpr(x.X), cloneExprs(x.List), x.Sub.Clone(), x.Not}
	case Between:
		return Between{cloneExpr(x.X), cloneExpr(x.Lo), cloneExpr(x.Hi), x.Not}
	case IsNull:
		return IsNull{cloneExpr(x.X), x.Not}
	case Match:
		return Match{cloneExpr(x.X), x.How, x.Pattern, x.Not}
	case During:
		return During{cloneName(x.Of), slices.Clone(x.Periods), x.Not}
	case Call:
		return Call{x.Func, x.Distinct, cloneExprs(x.Args), cloneExprs(x.Per)}
	case Filtered:
		return Filtered{cloneExpr(x.X), cloneExpr(x.Where)}
	case Case:
		whens := slices.Clone(x.Whens)
		for i, w := range whens {
			whens[i] = When{cloneExpr(w.If), cloneExpr(w.Then)}
		}
		return Case{whens, cloneExpr(x.Else)}
	}
	return x
}
