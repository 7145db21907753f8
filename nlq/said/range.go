package said

import (
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// Range makes "from a to b" a period, both ends included, each side lending the
// other what it did not say. ok is false when b would lie before a.
func Range(a, b Date, m *nlq.Moment) (p semantic.Period, guessed, ok bool) {
	switch {
	case a.Base == nil && b.Base == nil:
		return bareRange(a, b, m)
	case b.Base == nil:
		b = b.under(a, m)
	case a.Base == nil:
		a = a.upTo(b, m)
	}
	return join(a, b, m)
}

// bareRange is a range whose sides both lack a year, month or week.
func bareRange(a, b Date, m *nlq.Moment) (p semantic.Period, guessed, ok bool) {
	first, ok := a.fill(m)
	if !ok {
		return nil, false, false
	}
	if s := a.Steps[0]; s.Of == semantic.Week {
		return weekdays(first, s.From, b, m)
	}
	p, _, ok = join(first, b.under(first, m), m)
	if last := b.under(first, m); ok && last.Base != nil && beganAfter(last, first, today(m), m) {
		if first, ok = a.fillBefore(yearEarlier(first, m), m); !ok {
			return nil, false, false
		}
		p, _, ok = join(first, b.under(first, m), m)
	}
	return p, true, ok
}

// weekdays is a range of weekdays; first is the dated day it starts with.
func weekdays(first Date, from int, b Date, m *nlq.Moment) (p semantic.Period, guessed, ok bool) {
	if len(b.Steps) != 1 || b.Steps[0].Of != semantic.Week {
		return nil, false, false
	}
	start := startOf(first, m)
	days := (b.Steps[0].To - from + 7) % 7
	return semantic.FromTo{From: first.Base, To: dated(start.AddDate(0, 0, days))}, true, true
}

// beganAfter reports whether last runs over into a later year than first and
// has not begun on the day.
func beganAfter(last, first Date, day time.Time, m *nlq.Moment) bool {
	lastStart, firstStart := startOf(last, m), startOf(first, m)
	return lastStart.Year() > firstStart.Year() && lastStart.After(day)
}

// yearEarlier is the day before a date begins.
func yearEarlier(d Date, m *nlq.Moment) time.Time { return startOf(d, m).AddDate(0, 0, -1) }

// under gives a date what a has said above it: b of "2025年3月5日到10日" lies in March
// 2025. When that would put it before a, it lies one unit later.
func (d Date) under(a Date, m *nlq.Moment) Date {
	if len(d.Steps) == 0 {
		return d
	}
	base, ok := a.cut(d.Steps[0].Of)
	if !ok {
		return d
	}
	within := Date{Base: base.Base, Unit: base.Unit, Steps: append(append([]Step{}, base.Steps...), d.Steps...)}
	if startOf(within, m).Before(startOf(a, m)) {
		if next, ok := base.next(); ok {
			within.Base, within.Steps = next.Base, append(append([]Step{}, next.Steps...), d.Steps...)
		}
	}
	return within
}

// upTo gives a date the base of b: "March to May 2025". When that would put it
// behind b, it lies one unit earlier: "November to February 2025".
func (d Date) upTo(b Date, m *nlq.Moment) Date {
	if len(d.Steps) == 0 {
		return d
	}
	base, ok := b.cut(d.Steps[0].Of)
	if !ok {
		filled, ok := d.fillBefore(startOf(b, m), m)
		if !ok {
			return d
		}
		return filled
	}
	within := Date{Base: base.Base, Unit: base.Unit, Steps: append(append([]Step{}, base.Steps...), d.Steps...)}
	if startOf(b, m).Before(startOf(within, m)) {
		if filled, ok := d.fillBefore(startOf(b, m), m); ok {
			return filled
		}
	}
	return within
}

// cut returns the part of a date down to a unit.
func (d Date) cut(unit semantic.Unit) (Date, bool) {
	if d.Unit == unit || d.Unit == semantic.FiscalYear && unit == semantic.Year {
		return Date{Base: d.Base, Unit: d.Unit}, d.Base != nil
	}
	for i, s := range d.Steps {
		if s.Unit == unit && s.From == s.To {
			return Date{Base: d.Base, Unit: d.Unit, Steps: d.Steps[:i+1]}, true
		}
	}
	return Date{}, false
}

// next moves a date one of its units later.
func (d Date) next() (Date, bool) {
	if n := len(d.Steps); n > 0 {
		s := d.Steps[n-1]
		s.From, s.To = s.From+1, s.To+1
		steps := append(append([]Step{}, d.Steps[:n-1]...), s)
		if legal(s) {
			return Date{Base: d.Base, Unit: d.Unit, Steps: steps}, true
		}
		return d.carry(s)
	}
	switch b := d.Base.(type) {
	case semantic.Relative:
		b.From, b.To = b.From+1, b.To+1
		d.Base = b
		return d, true
	case semantic.Absolute:
		next, ok := laterAbsolute(b)
		d.Base = next
		return d, ok
	}
	return d, false
}

// carry moves a date whose only step left its unit into the next unit.
func (d Date) carry(s Step) (Date, bool) {
	if len(d.Steps) != 1 {
		return d, false
	}
	base, ok := Date{Base: d.Base, Unit: d.Unit}.next()
	s.From, s.To = 1, 1
	base.Steps = []Step{s}
	return base, ok
}

func laterAbsolute(a semantic.Absolute) (semantic.Absolute, bool) {
	switch a.Unit {
	case semantic.Year, semantic.FiscalYear:
		a.Year++
		return a, true
	case semantic.Month:
		if a.N++; a.N > 12 {
			a.Year, a.N = a.Year+1, 1
		}
		return a, true
	}
	return a, false
}

// join makes two complete dates a range, in its shortest form.
func join(a, b Date, m *nlq.Moment) (p semantic.Period, guessed, ok bool) {
	if !ordered(a, b, m) {
		return nil, false, false
	}
	if p, ok := joinRelative(a, b); ok {
		return p, false, true
	}
	if p, ok := joinSteps(a, b); ok {
		return p, false, true
	}
	from, g1, ok1 := a.Resolve(m)
	to, g2, ok2 := b.Resolve(m)
	if !ok1 || !ok2 {
		return nil, false, false
	}
	if from == to {
		return from, g1, true
	}
	return semantic.FromTo{From: from, To: to}, g1 || g2, true
}

// joinRelative joins relative units of one kind: 前天到今天 is day(-2..0).
func joinRelative(a, b Date) (semantic.Period, bool) {
	x, ok1 := a.Base.(semantic.Relative)
	y, ok2 := b.Base.(semantic.Relative)
	if !ok1 || !ok2 || len(a.Steps)+len(b.Steps) > 0 || x.Unit != y.Unit || x.From > y.To {
		return nil, false
	}
	return semantic.Relative{Unit: x.Unit, From: x.From, To: y.To}, true
}

// joinSteps joins the last steps of two dates that are equal above them:
// 去年3月到5月 is year(-1).month(3..5).
func joinSteps(a, b Date) (semantic.Period, bool) {
	n := len(a.Steps)
	if _, abs := a.Base.(semantic.Absolute); abs || n == 0 || n != len(b.Steps) || a.Base == nil || a.Base != b.Base {
		return nil, false
	}
	for i := range n - 1 {
		if a.Steps[i] != b.Steps[i] {
			return nil, false
		}
	}
	x, y := a.Steps[n-1], b.Steps[n-1]
	if x.Unit != y.Unit || x.Of != y.Of || x.From < 0 || y.To < x.From {
		return nil, false
	}
	joined := Date{Base: a.Base, Unit: a.Unit, Steps: append(append([]Step{}, a.Steps[:n-1]...), Step{x.Of, x.Unit, x.From, y.To})}
	p, _, ok := joined.Resolve(nil)
	return p, ok
}

// ordered reports whether a does not begin behind b, as far as both are known.
func ordered(a, b Date, m *nlq.Moment) bool {
	x, y := startOf(a, m), startOf(b, m)
	return x.IsZero() || y.IsZero() || !y.Before(x)
}

// Under gives a date without a base what another date says above it, as in a
// list: the 5月 of 去年3月和5月. ok is false when nothing can be lent.
func (d Date) Under(a Date, m *nlq.Moment) (Date, bool) {
	if d.Base != nil || len(d.Steps) == 0 {
		return d, false
	}
	base, ok := a.cut(d.Steps[0].Of)
	if !ok {
		return d, false
	}
	return Date{Base: base.Base, Unit: base.Unit, Steps: append(append([]Step{}, base.Steps...), d.Steps...)}, true
}
