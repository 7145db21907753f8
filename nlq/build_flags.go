package nlq

import (
	"slices"

	"wenshu/semantic"
)

// bothKinds reads a flag that is said and denied side by side, 自有车和外协车各几台, as a
// split by the flag: no row is both. Other tests that no row passes together are declined.
func (b *builder) bothKinds() {
	if len(b.d.relations) > 0 {
		return
	}
	for i, x := range b.conds {
		for j := i + 1; j < len(b.conds); j++ {
			y := b.conds[j]
			if x.fixed == nil || y.fixed == nil || x.on != y.on || b.undone(x) || b.undone(y) || !deniedBy(x, y) {
				continue
			}
			d := b.flagOf(x)
			if d == nil {
				b.d.idle = true
				b.s.charge("tests that no row passes together", costIdle, node{from: x.from, end: x.from + 1})
				return
			}
			b.conds = slices.Delete(b.conds, j, j+1)
			b.conds = slices.Delete(b.conds, i, i+1)
			if !b.hasDimension(d) {
				b.things = append(b.things, thing{dim: d, marks: markBy})
			}
			b.s.assume("each_member")
			return
		}
	}
}

// deniedBy reports whether one of two declared tests is the other denied.
func deniedBy(x, y condition) bool {
	switch e := x.fixed.(type) {
	case semantic.Binary:
		o, ok := y.fixed.(semantic.Binary)
		if !ok || e.Op != semantic.Eq && e.Op != semantic.Ne || o.Op != semantic.Eq && o.Op != semantic.Ne {
			return false
		}
		return semantic.ExprString(e.L) == semantic.ExprString(o.L) && semantic.ExprString(e.R) == semantic.ExprString(o.R) && (e.Op == o.Op) == (x.not != y.not)
	case semantic.IsNull:
		o, ok := y.fixed.(semantic.IsNull)
		return ok && semantic.ExprString(e.X) == semantic.ExprString(o.X) && (e.Not == o.Not) == (x.not != y.not)
	}
	return false
}

// flagOf is the flag of its own rows that a declared test looks at; nil for none.
func (b *builder) flagOf(c condition) *semantic.Dimension {
	return b.r.flagTested(c.on, c.fixed)
}

// flagTested is the flag of a table's own rows that a test looks at; nil for none.
func (r *Reader) flagTested(on *semantic.Table, fixed semantic.Expr) *semantic.Dimension {
	if d := r.columnTested(on, fixed); d != nil && d.Type.Kind == semantic.Bool {
		return d
	}
	return nil
}

// columnTested is the column of a table's own rows that a test looks at; nil for none.
func (r *Reader) columnTested(on *semantic.Table, fixed semantic.Expr) *semantic.Dimension {
	test, ok := fixed.(semantic.Binary)
	if !ok || on == nil {
		return nil
	}
	name, ok := test.L.(semantic.Name)
	if !ok || len(name.Path) > 2 {
		return nil
	}
	if d := r.model.Dimension(name.Path...); d != nil && d.Table == on {
		return d
	}
	return nil
}
