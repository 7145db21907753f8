package semantic

import "slices"

// adding is how the value of a whole follows from those of the groups that it is
// cut into.
type adding struct {
	sums  bool // it is their sum
	there bool // it is never null
	hides bool // with sums: where it is null, a group may still have a part of the whole
}

// settleAdditive says of every column whether its values may be added.
func (b *binder) settleAdditive() {
	p := b.plan
	for _, v := range b.values {
		if b.cutsTime() && b.seenOverTime(v.item.Expr, scope{}) {
			continue
		}
		for i := range p.Columns {
			if c := &p.Columns[i]; c.Slot >= 0 && (i == v.column || c.Base == v.column) {
				a := p.adding(Slot{c.Slot})
				c.Additive, c.NullsHide = a.sums, a.sums && a.hides
			}
		}
	}
}

// cutsTime reports a key that cuts the time axis of any metric.
func (b *binder) cutsTime() bool {
	return slices.ContainsFunc(b.groups, func(g group) bool { return g.isAxis || g.ofAxis || g.ofDay || g.cuts != cutsNone })
}

// seenOverTime reports a metric whose value for a longer period is not the sum of
// those of its parts, whatever it takes for the periods at hand: that of a month to
// date is the month's own.
func (b *binder) seenOverTime(e Expr, s scope) bool {
	found := false
	Walk(e, func(x Expr) {
		n, ok := x.(Name)
		if !ok || found || s.depth > 32 {
			return
		}
		if m := b.metricInside(n, s); m != nil {
			found = m.Kind == Cumulative || m.Kind == Offsetting || m.Kind == Balance || b.seenOverTime(m.Expr, scope{metric: m, depth: s.depth + 1})
		}
	})
	return found
}

// adding judges an expression over slots. A difference of two values is null for a
// group that lacks one of them, and the other is in the whole all the same.
func (p *Plan) adding(e Expr) adding {
	switch x := e.(type) {
	case Slot:
		switch d := p.Slots[x.Index].(type) {
		case FromBranch:
			return adding{sums: p.parts(d), there: d.ZeroFill}
		case Computed:
			return p.adding(d.Expr)
		}
	case Unary:
		if x.Op == Negate {
			return p.adding(x.X)
		}
	case Binary:
		return p.addingBoth(x)
	case Call:
		if len(x.Args) != 2 || !isZero(x.Args[1]) {
			return adding{}
		}
		of := p.adding(x.Args[0])
		switch x.Func {
		case "coalesce":
			return adding{sums: of.sums && !of.hides, there: true}
		case "nullif":
			return adding{sums: of.sums && p.counts(x.Args[0])}
		}
	}
	return adding{}
}

func (p *Plan) addingBoth(x Binary) adding {
	switch l, r := p.adding(x.L), p.adding(x.R); {
	case x.Op == Add || x.Op == Sub:
		return adding{l.sums && r.sums, l.there && r.there, l.hides || r.hides || !l.there || !r.there}
	case x.Op == Mul && isNumber(x.L):
		return r
	case (x.Op == Mul || x.Op == Div) && isNumber(x.R) && !isZero(x.R):
		return l
	}
	return adding{}
}

// counts reports a count, of which no parts cancel each other.
func (p *Plan) counts(e Expr) bool {
	x, ok := e.(Slot)
	if !ok {
		return false
	}
	d, ok := p.Slots[x.Index].(FromBranch)
	return ok && p.Branches[d.Branch].Inner == nil && p.Branches[d.Branch].Measures[d.Measure].Func == "count"
}

// parts reports a sum or a count of rows each of which is in one group. A balance
// is one where all groups have the same last moment.
func (p *Plan) parts(d FromBranch) bool {
	br := p.Branches[d.Branch]
	if br.Inner != nil || br.Over != nil || br.Cohort != nil || br.Distinct != nil {
		return false
	}
	if last := br.LastBy; last != nil && (last.Each != nil || len(last.Per) > 0 || last.Pick != "last" && last.Pick != "first") {
		return false
	}
	for i, k := range br.Keys {
		if k == nil || br.Follows && p.Keys[i].Axis { // of what is moved in time, the groups outside of the visible ones are not shown
			return false
		}
	}
	f := br.Measures[d.Measure].Func
	return f == "sum" || f == "count"
}

func isNumber(e Expr) bool { return literalOf(e).IsNumber() }

func isZero(e Expr) bool {
	f, ok := literalOf(e).Float()
	return ok && f == 0
}

// overEach computes over rows what is added up: of a sum or difference each part by
// itself, since its value is null for a row that lacks one of them. w has no Of.
func (b *binder) overEach(e Expr, w OverRows) Expr {
	switch x := e.(type) {
	case Slot:
		if d, ok := b.plan.Slots[x.Index].(Computed); ok && combined(d.Expr) {
			return b.overEach(d.Expr, w)
		}
	case Unary:
		return Unary{Op: x.Op, X: b.overEach(x.X, w)}
	case Binary:
		switch {
		case x.Op == Add || x.Op == Sub:
			return Binary{Op: x.Op, L: b.overEach(x.L, w), R: b.overEach(x.R, w)}
		case isNumber(x.L):
			return Binary{Op: x.Op, L: x.L, R: b.overEach(x.R, w)}
		}
		return Binary{Op: x.Op, L: b.overEach(x.L, w), R: x.R}
	case Call:
		if x.Func == "coalesce" {
			return Call{Func: x.Func, Args: append([]Expr{b.overEach(x.Args[0], w)}, x.Args[1:]...)}
		}
	}
	w.Of = b.slotOf(e)
	if w.Of < 0 {
		return nil
	}
	w.Type = b.slotType(w.Of)
	return Slot{b.slot(w)}
}

// combined reports a sum or a difference, also of what stands for nothing.
func combined(e Expr) bool {
	found := false
	Walk(e, func(x Expr) {
		bin, ok := x.(Binary)
		found = found || ok && (bin.Op == Add || bin.Op == Sub)
	})
	return found
}
