package semantic

import "time"

// postThen binds a value in the visible period or in a comparison. There it is left
// out at visible periods behind the last one that the comparison has: no orders on
// February 30 are not 0 orders, and what ran until then is over.
func (b *binder) postThen(e Expr, s scope) Expr {
	x := b.post(e, s)
	key, base, end := b.axisKey(), b.times[s.compare], b.plan.Window.End
	if cut, err := ToNow(b.plan.Window, b.clock); err == nil && b.plan.Window.Partial {
		end = cut.End
	}
	if x == nil || key < 0 || base.base == 0 || end.IsZero() || len(base.spans) != 1 || base.spans[0].End.IsZero() {
		return x
	}
	cal, grain := b.clock.Calendar, b.groups[key].grain.Unit
	fine := Unit(Day)
	if unitRank(grain) < int(Day) {
		fine = grain
	}
	last := StartOf(base.spans[0].End.Add(-time.Microsecond), fine, cal)
	last = StartOf(base.meets(last, cal), grain, cal)
	if !last.Before(StartOf(end.Add(-time.Microsecond), grain, cal)) {
		return x
	}
	shown := Binary{Op: Le, L: KeyRef{key}, R: Lit{b.periodValue(key, last)}}
	return Case{Whens: []When{{If: shown, Then: Slot{b.slotOf(x)}}}}
}

// monthsMove reports whether the days of one month meet those of another in the
// same period of every key, whichever day they are.
func (b *binder) monthsMove(grain Unit) bool {
	for _, g := range b.groups {
		if g.cuts == cutsAll && !b.nests(grain, g.grain.Unit) {
			return false
		}
	}
	return unitRank(grain) > int(Week)
}

// resetsMeet reports whether what counts to date begins anew in a comparison just
// where it does in the visible periods that meet it: January moved to February
// does not.
func (b *binder) resetsMeet(m *Metric, base window, grain Unit) bool {
	if base.shift == 0 || len(base.spans) != 1 {
		return true
	}
	cal, iv := b.clock.Calendar, base.spans[0]
	iv.Start = StartOf(iv.Start, m.ToDate, cal)
	periods := Periods(iv, grain, cal)
	for _, t := range periods {
		met := AddUnits(t, base.shiftUnit, base.shift, cal)
		whole := StartOf(met, grain, cal).Equal(met)
		if !whole || StartOf(t, m.ToDate, cal).Equal(t) != StartOf(met, m.ToDate, cal).Equal(met) {
			return false
		}
	}
	return len(periods) > 0
}
