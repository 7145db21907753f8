package nlq

import (
	"slices"

	"wenshu/semantic"
)

// endsCompared sets the two ends of a period against each other where a change is asked for
// of all of it: growth from 2024 to 2025 is that of 2025 over 2024, and not of the two years
// over the two before.
func (b *builder) endsCompared() bool {
	if len(b.q.During) != 1 || slices.ContainsFunc(b.things, func(t thing) bool { return t.timed }) {
		return false
	}
	first, last, ok := endsOf(b.q.During[0])
	if !ok {
		return false
	}
	b.q.During = []semantic.Period{last}
	b.q.Versus = []semantic.Versus{{How: semantic.Other, Period: first}}
	b.s.addShow("prior")
	return true
}

// endsOf are the first and the last unit of a period that is said by them: from May to
// June, Q1 to Q3 of a year. Of one that is so many units long, or runs until now, nobody
// names the ends.
func endsOf(p semantic.Period) (first, last semantic.Period, ok bool) {
	switch p := p.(type) {
	case semantic.FromTo:
		unit, n := periodUnit(p.From)
		other, m := periodUnit(p.To)
		return p.From, p.To, n == 1 && m == 1 && unit == other && unit > semantic.Day
	case semantic.Within:
		if p.From < 1 || p.To <= p.From || p.Unit <= semantic.Day {
			return nil, nil, false
		}
		first, last := p, p
		first.To, last.From = p.From, p.To
		return first, last, true
	}
	return nil, nil, false
}
