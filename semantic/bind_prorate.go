package semantic

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

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

// isSpread reports a grain at which a sum that is known for whole months or years is
// shown by its days.
func isSpread(m *Metric, axis *Dimension, g Grain) bool {
	return m != nil && m.Prorate && g.Cyclic == NoCycle && unitRank(g.Unit) >= int(Day) && unitRank(axis.Type.Finest()) > int(Day)
}

// spread is the window in which a sum that is known for whole months or years counts
// once for each day of the visible period, where a key tells apart what lies within
// one of those: each day has its part. It is the window of the scope elsewhere.
func (b *binder) spread(m *Metric, axis *Dimension, s scope) int {
	if m == nil || !m.Prorate || axis == nil || unitRank(axis.Type.Finest()) <= int(Day) {
		return s.compare
	}
	unit, within := axis.Type.Finest(), false
	for i, g := range b.groups {
		whole := unitRank(g.grain.Unit) >= unitRank(unit) && b.nests(unit, g.grain.Unit)
		within = within || g.cuts == cutsAll && !slices.Contains(s.coarse, i) && !whole
	}
	base := b.times[s.compare]
	switch {
	case !within:
		return s.compare
	case base.over != nil || base.moved != nil || base.shift != 0 && unitRank(base.shiftUnit) > int(Week) && !b.monthsMove(b.timeGrain()):
		b.fail(Problem{Code: NotComputed, Name: m.Name, Detail: prorating})
		return s.compare
	case len(base.spans) == 0:
		b.fail(Problem{Code: BadPeriod, Name: m.Name, Detail: "period"})
		return s.compare
	}
	list := &spanList{text: fmt.Sprintf("%s %s %v %d", prorating, unit, m.ByWork, s.compare)}
	cal, values := b.clock.Calendar, b.axisValues()
	for _, day := range b.daysOf(m, base.spans) {
		start := StartOf(day, unit, cal)
		next := AddUnits(start, unit, 1, cal)
		if !m.portion(start, next, cal).counts(day) {
			next = start // a day off has nothing
		}
		list.spans = append(list.spans, Stretch{Keys: values(nil, base.meets(day, cal)),
			Moment: TimestampValue(day), Start: TimestampValue(start), End: TimestampValue(next)})
	}
	if b.failed() {
		return s.compare
	}
	return b.addSpans(base, list)
}

// daysOf are the days of periods, each once and in order.
func (b *binder) daysOf(m *Metric, spans []Interval) []time.Time {
	var days []time.Time
	for _, iv := range spans {
		if StartOf(iv.Start, Day, nil) != iv.Start || StartOf(iv.End, Day, nil) != iv.End {
			b.fail(Problem{Code: GrainTooFine, Name: m.Name, Detail: iv.Unit.String(), Near: []string{Day.String()}})
			return nil
		}
		list := Periods(iv, Day, nil)
		switch {
		case iv.Start.IsZero() || iv.End.IsZero():
			b.fail(Problem{Code: BadPeriod, Name: m.Name, Detail: "period"})
			return nil
		case len(list) == 0:
			b.fail(Problem{Code: TooLong, Name: m.Name, Detail: "periods"})
			return nil
		}
		days = append(days, list...)
	}
	slices.SortFunc(days, time.Time.Compare)
	return slices.Compact(days)
}

// prorated is a value that is known for whole months or years, with the part by
// days of those that the visible period cuts, or that one day has.
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
	unit, cal := d.Type.Finest(), b.clock.Calendar
	switch {
	case unitRank(unit) <= int(Day):
		return value
	case w.over != nil && !strings.HasPrefix(w.over.text, prorating):
		b.fail(Problem{Code: NotComputed, Name: m.Name, Detail: prorating})
		return value
	}
	cut := Periods(w.spans[0], unit, cal)
	if w.over == nil {
		cut = cutPeriods(w.spans, unit, cal)
	}
	part, whole := Case{Else: Lit{IntValue(1)}}, Case{Else: Lit{IntValue(1)}}
	for _, from := range cut {
		next := AddUnits(from, unit, 1, cal)
		within := timeRange(x, d.Type, Interval{Start: from, End: next})
		p := m.portion(from, next, cal)
		part.Whens = append(part.Whens, When{If: within, Then: Lit{IntValue(p.within(w.spans, from, next))}})
		whole.Whens = append(whole.Whens, When{If: within, Then: Lit{IntValue(p.hours(from, next))}})
	}
	if len(cut) == 0 {
		return value
	}
	b.assume(Assumption{What: "prorated", Value: m.Name})
	if w.over != nil {
		return Binary{Op: Div, L: Binary{Op: Mul, L: value, R: Lit{IntValue(24)}}, R: whole}
	}
	return Binary{Op: Div, L: Binary{Op: Mul, L: value, R: part}, R: whole}
}

// cutPeriods are the units within which an interval begins or ends.
func cutPeriods(spans []Interval, unit Unit, cal *Calendar) []time.Time {
	var list []time.Time
	for _, iv := range spans {
		for _, edge := range []time.Time{iv.Start, iv.End} {
			from := StartOf(edge, unit, cal)
			if !edge.IsZero() && !from.Equal(edge) && !slices.Contains(list, from) {
				list = append(list, from)
			}
		}
	}
	return list
}

// portion is by which days a month or year is cut.
type portion struct {
	working bool // those that are worked alone
	cal     *Calendar
}

// portion is how the metric cuts a month or year: by working days where it has any.
func (m *Metric) portion(from, next time.Time, cal *Calendar) portion {
	p := portion{m.ByWork, cal}
	if p.working && p.hours(from, next) == 0 {
		p.working = false
	}
	return p
}

func (p portion) counts(day time.Time) bool { return !p.working || p.cal.Works(day) }

// hours is how long it is from one moment to another, of the days that count.
func (p portion) hours(from, to time.Time) int64 {
	if !p.working {
		return int64(to.Sub(from) / time.Hour)
	}
	n := int64(0)
	for at := StartOf(from, Day, nil); at.Before(to); at = dayAfter(at) {
		if p.counts(at) {
			n += int64(earliest(dayAfter(at), to).Sub(latest(at, from)) / time.Hour)
		}
	}
	return n
}

// within is how much of the time between two moments lies in any of the spans.
func (p portion) within(spans []Interval, from, to time.Time) int64 {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b Interval) int { return a.Start.Compare(b.Start) })
	n := int64(0)
	for _, iv := range spans {
		end := to
		if !iv.End.IsZero() {
			end = earliest(iv.End, to)
		}
		if from = latest(from, iv.Start); from.Before(end) {
			n += p.hours(from, end)
			from = end
		}
	}
	return n
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
