package nlq

import (
	"slices"

	"wenshu/semantic"
)

// isRate reports whether a measure is a rate already, of which there is no share.
func (b *builder) isRate(m measure) bool {
	if m.metric == nil {
		return false
	}
	over, ok := m.metric.Expr.(semantic.Binary)
	return ok && over.Op == semantic.Div
}

// rateOfItself refuses a rate of rows that are told apart by the very column that the rate
// counts by: what was done in time of what was done is no rate of all.
func (b *builder) rateOfItself() {
	for _, m := range b.measures {
		if !b.isRate(m) {
			continue
		}
		counted := b.testedBy(m.metric.Expr)
		for _, c := range b.conds {
			tested := b.testedBy(c.fixed)
			if c.dim != nil {
				tested = append(tested, c.dim)
			}
			if slices.ContainsFunc(tested, func(d *semantic.Dimension) bool { return slices.Contains(counted, d) }) {
				b.d.idle = true
				b.s.charge("a rate of what it counts", costIdle, node{from: c.from, end: c.from + 1})
			}
		}
	}
}

// testedBy are the dimensions that the tests in an expression look at.
func (b *builder) testedBy(e semantic.Expr) []*semantic.Dimension {
	var found []*semantic.Dimension
	semantic.Walk(e, func(x semantic.Expr) {
		var of semantic.Expr
		switch x := x.(type) {
		case semantic.Binary:
			of = x.L
		case semantic.IsNull:
			of = x.X
		}
		if name, ok := of.(semantic.Name); ok && len(name.Path) > 1 {
			if d := b.r.dimensionOf(name); d != nil {
				found = append(found, d)
			}
		}
	})
	return found
}
