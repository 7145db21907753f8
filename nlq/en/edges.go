package en

import (
	"slices"
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// bound reads whether the date right before token at counts itself: inclusive,
// (exclusive). end is at where nothing is said.
func (r *reader) bound(at int) (end int, out bool) {
	start := skip(r.t, at, "(")
	switch r.norm(start) {
	case "inclusive", "included":
	case "exclusive", "excluded":
		out = true
	default:
		return at, false
	}
	if r.norm(start+1) == "of" {
		return at, false
	}
	end = start + 1
	if start > at {
		end = skip(r.t, end, ")")
	}
	return end, out
}

// bounded is a range without the ends that were said not to count; ok is false
// where these are no days.
func bounded(p semantic.Period, firstOut, lastOut bool) (semantic.Period, bool) {
	if !firstOut && !lastOut {
		return p, true
	}
	fromTo, ok := p.(semantic.FromTo)
	if !ok {
		return nil, false
	}
	if firstOut {
		if fromTo.From, ok = besideDay(fromTo.From, 1); !ok {
			return nil, false
		}
	}
	if lastOut {
		if fromTo.To, ok = besideDay(fromTo.To, -1); !ok {
			return nil, false
		}
	}
	return fromTo, true
}

// besideDay is the day so many days from one.
func besideDay(p semantic.Period, days int) (semantic.Period, bool) {
	day, ok := p.(semantic.Absolute)
	if !ok || day.Unit != semantic.Day {
		return nil, false
	}
	t := time.Date(day.Year, time.Month(day.N/100), day.N%100, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	return semantic.Absolute{Unit: semantic.Day, Year: t.Year(), N: int(t.Month())*100 + t.Day()}, true
}

// running emits the periods found so far with what is said behind them of the
// running one: the last 3 weeks excluding the current week, which are whole anyway,
// the last 7 days (inclusive of today). Another unit changes the period and is left.
func (r *reader) running() {
	for _, found := range slices.Clone(r.found) {
		timed, ok := found.Part.(nlq.Timed)
		if !ok {
			continue
		}
		p, ok := timed.Period.(semantic.Relative)
		if !ok || p.From >= 0 || p.To != -1 {
			continue
		}
		end, with, ok := r.current(found.End, p.Unit)
		if !ok {
			continue
		}
		switch {
		case with && p.From == p.To:
			p.To = 0
		case with:
			p.From, p.To = p.From+1, 0
		}
		timed.Period = p
		if !with && p.Unit == semantic.Day && r.m.Calendar != nil && r.m.Calendar.WithToday {
			timed.Period = semantic.FromTo{From: semantic.Relative{Unit: p.Unit, From: p.From, To: p.From}, To: semantic.Relative{Unit: p.Unit, From: -1, To: -1}}
		}
		r.emit(end, timed, found.Weak)
	}
}

// current reads whether the running unit counts: excluding the current week, (not
// including today), inclusive of this month.
func (r *reader) current(at int, unit semantic.Unit) (end int, with, ok bool) {
	at = skip(r.t, at, ",")
	open := r.norm(at) == "("
	if open {
		at++
	}
	switch r.norm(at) {
	case "including", "counting":
		with = true
	case "inclusive":
		with = true
		at = skip(r.t, at+1, "of") - 1
	case "excluding":
	case "exclusive":
		at = skip(r.t, at+1, "of") - 1
	case "not", "without":
		if next := r.norm(at + 1); next == "including" || next == "counting" {
			at++
		}
	default:
		return at, false, false
	}
	at = skip(r.t, at+1, "the")
	switch r.norm(at) {
	case "today":
		end, ok = at+1, unit == semantic.Day
	case "current", "this", "running":
		for _, hit := range units.At(r.t, at+1) {
			if hit.Value == unit {
				end, ok = hit.End, true
			}
		}
	}
	if open {
		end = skip(r.t, end, ")")
	}
	return end, with, ok
}

// eachOf emits the split that "in each of the last 8 weeks" asks for; the period
// behind it is read by itself.
func (r *reader) eachOf(at int) {
	start := skip(r.t, at, "in", "for", "during", "over", "across")
	if r.norm(start) != "each" && r.norm(start) != "every" || r.norm(start+1) != "of" {
		return
	}
	for _, hit := range prefixWords.At(r.t, start+2) {
		if hit.Value != pastWord && hit.Value != pastOneWord && hit.Value != comingWord {
			continue
		}
		for _, c := range spans(r.t, hit.End, false) {
			r.emit(start+2, unit(c.unit), false)
		}
	}
}
