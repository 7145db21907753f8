package nlq

import "wenshu/semantic"

// unmet refuses tests that no row meets, a number above one bound and below a lesser one:
// they were said of different rows.
func (b *builder) unmet() {
	if b.q.Where != nil && unmet(b.q.Where) {
		b.d.idle = true
		b.s.charge("tests that nothing meets", costIdle, node{})
	}
}

// unmet reports whether two of the tests that must hold at once leave no number between
// them, at any depth of sets.
func unmet(where semantic.Expr) bool {
	tests := semantic.Conjuncts(where)
	for i, test := range tests {
		if in, ok := test.(semantic.In); ok && in.Sub != nil && in.Sub.Where != nil && unmet(in.Sub.Where) {
			return true
		}
		for _, other := range tests[i+1:] {
			if apart(test, other) || apart(other, test) {
				return true
			}
		}
	}
	return false
}

// apart reports whether a lower bound of something is no less than an upper bound of it.
func apart(lower, upper semantic.Expr) bool {
	l, isLower := lower.(semantic.Binary)
	u, isUpper := upper.(semantic.Binary)
	if !isLower || !isUpper || l.Op != semantic.Gt && l.Op != semantic.Ge || u.Op != semantic.Lt && u.Op != semantic.Le || semantic.ExprString(l.L) != semantic.ExprString(u.L) {
		return false
	}
	lo, isLo := l.R.(semantic.Lit)
	hi, isHi := u.R.(semantic.Lit)
	if !isLo || !isHi {
		return false
	}
	order, err := lo.Value.Compare(hi.Value)
	return err == nil && (order > 0 || order == 0 && (l.Op == semantic.Gt || u.Op == semantic.Lt))
}
