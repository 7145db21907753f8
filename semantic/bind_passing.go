package semantic

// passing splits count(revenue > 100000 per store), how many of the finer groups
// pass, into the aggregate that is tested and the test, made of what the groups
// have of it. Only amounts that groups without rows do not pass can be asked
// for: such groups are not there to be counted.
func (b *binder) passing(c Call) (tested Expr, test func(Slot) Expr) {
	if c.Func != "count" || c.Distinct || len(c.Args) != 1 {
		return nil, nil
	}
	switch x := c.Args[0].(type) {
	case Binary:
		n, ok := literalOf(x.R).Float()
		if !ok || !(x.Op == Gt && n >= 0 || (x.Op == Ge || x.Op == Eq) && n > 0) {
			return nil, nil
		}
		return x.L, func(s Slot) Expr { return Binary{x.Op, s, x.R} }
	case Between:
		n, ok := literalOf(x.Lo).Float()
		if _, number := literalOf(x.Hi).Float(); !ok || !number || x.Not || n <= 0 {
			return nil, nil
		}
		return x.X, func(s Slot) Expr { return Binary{And, Binary{Ge, s, x.Lo}, Binary{Le, s, x.Hi}} }
	}
	return nil, nil
}
