package en

import (
	"slices"
	"strconv"

	"wenshu/nlq"
	"wenshu/nlq/said"
	"wenshu/semantic"
)

// stepHit is a step into a date found in a text.
type stepHit struct {
	end  int
	step said.Step
	weak bool // may well be another word: may, mar, sun
}

var monthNames = [][]string{
	{"january", "jan"}, {"february", "feb", "febr"}, {"march", "mar"}, {"april", "apr"}, {"may"}, {"june", "jun"}, {"july", "jul"},
	{"august", "aug"}, {"september", "sep", "sept"}, {"october", "oct"}, {"november", "nov"}, {"december", "dec"},
}

var weekdayNames = [][]string{
	{"monday", "mon"}, {"tuesday", "tue", "tues"}, {"wednesday", "wed"}, {"thursday", "thu", "thur", "thurs"}, {"friday", "fri"}, {"saturday", "sat"}, {"sunday", "sun"},
}

var monthOf, weekdayOf = numberedNames(monthNames), numberedNames(weekdayNames)

func numberedNames(names [][]string) map[string]int {
	m := map[string]int{}
	for i, all := range names {
		for _, name := range all {
			m[name] = i + 1
		}
	}
	return m
}

// steps returns the steps into a date that start at token at.
func (r *reader) steps(at int) []stepHit {
	found := append(r.named(at), r.numbered(at)...)
	return append(found, r.positions(at)...)
}

// named reads the names of months and weekdays, and codes like Q1.
func (r *reader) named(at int) []stepHit {
	var found []stepHit
	norm := r.norm(at)
	if n := monthOf[norm]; n > 0 && !r.otherWord(at) {
		end := at + 1
		if r.norm(end) == "." && len(norm) <= 4 && r.t.Glued(end) && (r.t.At(end+1).Class != nlq.Digit || !r.t.Glued(end+1)) {
			found = append(found, stepHit{end: end + 1, step: said.One(semantic.Year, semantic.Month, n)})
		}
		found = append(found, stepHit{end: end, step: said.One(semantic.Year, semantic.Month, n), weak: norm == "may" || norm == "mar" || norm == "dec"})
	}
	if n := weekdayOf[norm]; n > 0 {
		short := len(norm) == 3 && (norm == "sun" || norm == "sat" || norm == "wed" || norm == "mon")
		found = append(found, stepHit{end: at + 1, step: said.One(semantic.Week, semantic.Day, n), weak: short})
	}
	if step, end, ok := said.Code(r.t, at); ok {
		found = append(found, stepHit{end: end, step: step, weak: step.Unit == semantic.Week})
	}
	return found
}

// modal are words around "may" and "march" that make them verbs.
var modal = map[string]bool{"i": true, "we": true, "you": true, "they": true, "he": true, "she": true, "it": true, "who": true, "that": true, "be": true, "have": true, "not": true, "also": true, "need": true, "want": true, "ask": true, "please": true}

// openMonth are words before "may" and "march" that make them months.
var openMonth = map[string]bool{"in": true, "of": true, "since": true, "during": true, "until": true, "through": true, "last": true, "this": true, "for": true, "to": true, "till": true, "from": true, "between": true, "before": true, "after": true, "by": true, "vs": true}

// otherWord reports whether the token at at is a verb and not a month.
func (r *reader) otherWord(at int) bool {
	if norm := r.norm(at); norm != "may" && norm != "march" {
		return false
	}
	if openMonth[r.norm(at-1)] {
		return false
	}
	return modal[r.norm(at+1)] || modal[r.norm(at-1)] && r.t.At(at+1).Class != nlq.Digit
}

// numbered reads first quarter, 1st half, quarter 1, week 12, 12th week, month 3.
func (r *reader) numbered(at int) []stepHit {
	var found []stepHit
	if n, end := ordinal(r.t, at); end > at {
		for _, hit := range units.At(r.t, end) {
			if s, ok := yearStep(hit.Value, n); ok {
				found = append(found, stepHit{end: hit.End, step: s})
			}
		}
		if r.norm(end) == "half" {
			if s, ok := yearStep(semantic.Half, n); ok {
				found = append(found, stepHit{end: end + 1, step: s})
			}
		}
	}
	for _, hit := range units.At(r.t, at) {
		n, end := small(r.t, hit.End)
		if s, ok := yearStep(hit.Value, n); ok && end > hit.End && end == hit.End+1 {
			found = append(found, stepHit{end: end, step: s})
		}
	}
	if r.norm(at) == "fiscal" {
		if step, end, ok := said.Code(r.t, at+1); ok && step.Unit == semantic.Quarter {
			found = append(found, stepHit{end: end, step: said.One(semantic.Year, semantic.FiscalQuarter, step.From)})
		}
	}
	if (r.norm(at) == "half" || r.norm(at) == "cw") && r.t.At(at+1).Class == nlq.Digit {
		unit := map[string]semantic.Unit{"half": semantic.Half, "cw": semantic.Week}[r.norm(at)]
		n, _ := strconv.Atoi(r.norm(at + 1))
		if s, ok := yearStep(unit, n); ok {
			found = append(found, stepHit{end: at + 2, step: s})
		}
	}
	return found
}

// yearStep makes the n-th unit of a year.
func yearStep(unit semantic.Unit, n int) (said.Step, bool) {
	most := map[semantic.Unit]int{semantic.Half: 2, semantic.Quarter: 4, semantic.Month: 12, semantic.Week: 53, semantic.FiscalQuarter: 4}[unit]
	return said.One(semantic.Year, unit, n), n >= 1 && n <= most
}

// positions reads what lies anywhere in what follows: the first 3 months, the
// last day, early, the end.
func (r *reader) positions(at int) []stepHit {
	var found []stepHit
	norm := r.norm(at)
	for _, p := range []struct {
		words    []string
		from, to int
	}{
		{[]string{"early", "beginning", "start", "first part"}, 1, 10}, {[]string{"mid", "middle"}, 11, 20}, {[]string{"late", "end"}, 21, -1},
	} {
		if r.beginsIn(at) {
			continue
		}
		for _, w := range p.words {
			if norm == w {
				found = append(found, stepHit{end: at + 1, step: said.Step{Of: semantic.Month, Unit: semantic.Day, From: p.from, To: p.to}, weak: true})
				found = append(found, stepHit{end: at + 1, step: yearThird(p.from), weak: true})
			}
		}
	}
	back := norm == "last" || norm == "final"
	if !back && norm != "first" {
		n, end := ordinal(r.t, at)
		for _, hit := range units.At(r.t, end) {
			if end > at && hit.Value <= semantic.Quarter && hit.Value >= semantic.Day {
				found = append(found, stepHit{end: hit.End, step: said.One(semantic.NoUnit, hit.Value, n)})
			}
		}
		return found
	}
	for _, c := range spans(r.t, at+1, true) {
		s := said.Step{Unit: c.unit, From: 1, To: c.n}
		if back {
			s.From, s.To = -c.n, -1
		}
		if c.unit >= semantic.Day && c.unit < semantic.Year && !c.few {
			found = append(found, stepHit{end: c.end, step: s})
		}
	}
	return found
}

// beginsIn reports whether "start" or "end" at a token is what something does in a
// year or a month: festivals that start in 2024.
func (r *reader) beginsIn(at int) bool {
	switch r.norm(at) {
	case "start", "end":
		return r.norm(at-1) != "the" && slices.Contains([]string{"in", "on", "during", "from"}, r.norm(at+1))
	}
	return false
}

// yearThird is early, mid and late in a year.
func yearThird(day int) said.Step {
	from := map[int]int{1: 1, 11: 5, 21: 9}[day]
	return said.Step{Of: semantic.Year, Unit: semantic.Month, From: from, To: from + 3}
}

// monthDays reads a day with its month in both orders: March 5, Mar 5-12, 5
// March, the 5th of March, and the 5th alone.
func (r *reader) monthDays(at int) []said.Hit {
	var found []said.Hit
	if month := monthOf[r.norm(at)]; month > 0 && !r.otherWord(at) {
		start := at + 1
		if r.norm(start) == "." && r.t.Glued(start) {
			start++
		}
		start = skip(r.t, start, "the")
		for _, d := range r.days(start) {
			steps := []said.Step{said.One(semantic.Year, semantic.Month, month), d.step}
			found = append(found, r.withYear(d.end, steps)...)
		}
		return found
	}
	for _, d := range r.days(at) {
		end := skip(r.t, d.end, "of", "day")
		end = skip(r.t, end, "of")
		if month := monthOf[r.norm(end)]; month > 0 && !r.otherWord(end) {
			found = append(found, r.withYear(end+1, []said.Step{said.One(semantic.Year, semantic.Month, month), d.step})...)
		}
		if !d.weak {
			found = append(found, said.Hit{End: d.end, Date: said.Alone(d.step), Weak: r.norm(at-1) != "the" && r.norm(at-1) != "on"})
		}
	}
	return found
}

// withYear returns a day of a month alone and with the year behind it.
func (r *reader) withYear(end int, steps []said.Step) []said.Hit {
	found := []said.Hit{{End: end, Date: said.Alone(steps...)}}
	return append(found, r.lyingIn(end, steps)...)
}

// days reads the day of a month, or a range of them: 5, 5th, 5-12; weak ones are
// bare numbers.
func (r *reader) days(at int) []stepHit {
	n, end := ordinal(r.t, at)
	weak := false
	if end == at {
		token := r.t.At(at)
		if token.Class != nlq.Digit || len(token.Norm) > 2 || r.norm(at+1) == "%" && r.t.Glued(at+1) {
			return nil
		}
		n, _ = strconv.Atoi(token.Norm)
		end, weak = at+1, true
	}
	if n < 1 || n > 31 {
		return nil
	}
	day := func(end, from, to int) stepHit {
		return stepHit{end: end, step: said.Step{Of: semantic.Month, Unit: semantic.Day, From: from, To: to}, weak: weak}
	}
	found := []stepHit{day(end, n, n)}
	for _, hit := range rangeWords.At(r.t, end) {
		for _, last := range r.lastDays(hit.End) {
			if last.step.To > n {
				found = append(found, day(last.end, n, last.step.To))
			}
		}
	}
	return found
}

// daysOfMonth emits the days from one to another of a month that is named behind both:
// between 3 and 5 May.
func (r *reader) daysOfMonth(at int) {
	for _, d := range r.days(at) {
		if r.norm(d.end) != "and" || d.step.From != d.step.To {
			continue
		}
		for _, last := range r.lastDays(d.end + 1) {
			end := skip(r.t, last.end, "of")
			month := monthOf[r.norm(end)]
			if month == 0 || r.otherWord(end) || last.step.To <= d.step.From {
				continue
			}
			days := said.Step{Of: semantic.Month, Unit: semantic.Day, From: d.step.From, To: last.step.To}
			for _, h := range r.withYear(end+1, []said.Step{said.One(semantic.Year, semantic.Month, month), days}) {
				if p, guessed, ok := h.Date.Resolve(r.m); ok {
					r.period(h.End, p, guessed, false)
				}
			}
		}
	}
}

// lastDays reads the second day of a range.
func (r *reader) lastDays(at int) []stepHit {
	n, end := ordinal(r.t, at)
	if end == at {
		token := r.t.At(at)
		if token.Class != nlq.Digit || len(token.Norm) > 2 {
			return nil
		}
		n, _ = strconv.Atoi(token.Norm)
		end = at + 1
	}
	if n < 1 || n > 31 {
		return nil
	}
	return []stepHit{{end: end, step: said.One(semantic.Month, semantic.Day, n)}}
}

// bareDays reads the 12 of "March 5 to 12" as a day, when a day stands before.
func (r *reader) bareDays(at int, a said.Date) []said.Hit {
	if a.Last() != semantic.Day || len(a.Steps) == 0 || a.Steps[len(a.Steps)-1].Of != semantic.Month {
		return nil
	}
	var found []said.Hit
	for _, d := range r.lastDays(at) {
		found = append(found, said.Hit{End: d.end, Date: said.Alone(d.step)})
		for _, year := range r.outerDates(skip(r.t, d.end, ","), semantic.Year) {
			if year.Date.Unit == semantic.Year && len(year.Date.Steps) == 0 && len(a.Steps) == 2 && a.Base == nil {
				if full, ok := with(year.Date, []said.Step{a.Steps[0], d.step}); ok {
					found = append(found, said.Hit{End: year.End, Date: full})
				}
			}
		}
	}
	return found
}
