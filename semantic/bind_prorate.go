package semantic

import "time"

// prorating is what sets branches apart whose sums are cut with their periods.
const prorating = "prorate"

// apart is what sets a branch apart, with that of sums that are cut.
func (b *binder) apart(special string, owner *Metric) string {
	switch {
	case owner == nil || !owner.Prorate:
		return special
	case special != "":
		b.fail(Problem{Code: NotComputed, Name: owner.Name, Detail: prorating})
	}
	return prorating
}

// prorated is a value that is known for whole months or years, with the part by
// days of those that the visible period cuts. They are the first and the last.
func (br *branch) prorated(m *Metric, value Expr) Expr {
	b := br.b
	w := b.times[br.compare]
	if len(w.spans) == 0 {
		return value
	}
	x, d := br.axisExpr()
	if x == nil {
		return value
	}
	if len(w.spans) > 1 || w.over != nil {
		b.fail(Problem{Code: NotComputed, Name: m.Name, Detail: "prorate"})
		return value
	}
	unit, iv := d.Type.Finest(), w.spans[0]
	if unitRank(unit) <= int(Day) {
		return value
	}
	part, whole := Case{Else: Lit{IntValue(1)}}, Case{Else: Lit{IntValue(1)}}
	var seen time.Time
	for _, edge := range []time.Time{iv.Start, iv.End} {
		from := StartOf(edge, unit, b.clock.Calendar)
		if edge.IsZero() || from.Equal(edge) || from.Equal(seen) {
			continue
		}
		seen = from
		next := AddUnits(from, unit, 1, b.clock.Calendar)
		begin, end := from, next
		if iv.Start.After(begin) {
			begin = iv.Start
		}
		if !iv.End.IsZero() && iv.End.Before(end) {
			end = iv.End
		}
		within := timeRange(x, d.Type, Interval{Start: from, End: next})
		part.Whens = append(part.Whens, When{If: within, Then: Lit{IntValue(hours(begin, end))}})
		whole.Whens = append(whole.Whens, When{If: within, Then: Lit{IntValue(hours(from, next))}})
	}
	if len(part.Whens) == 0 {
		return value
	}
	b.assume(Assumption{What: "prorated", Value: m.Name})
	return Binary{Op: Div, L: Binary{Op: Mul, L: value, R: part}, R: whole}
}

// hours is how long it is from one moment to another, which days are cut into.
func hours(from, to time.Time) int64 { return int64(to.Sub(from) / time.Hour) }
