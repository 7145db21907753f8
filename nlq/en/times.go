package en

import (
	"wenshu/nlq"
	"wenshu/nlq/said"
	"wenshu/semantic"
)

// Times returns every reading in time that starts at token at, and the wishes for the
// form of dates and numbers, which are read from the same words.
func Times(t *nlq.Text, at int, m *nlq.Moment) []nlq.Match {
	if c := t.At(at).Class; c == nlq.Han || at > 0 && t.Glued(at) && t.At(at-1).Class == nlq.Digit {
		return nil
	}
	r := &reader{t: t, m: m}
	r.phrases(at)
	r.counts(at)
	r.longAgo(at)
	r.comparedThan(at)
	r.cycles(at)
	dates := r.dates(at)
	for _, h := range dates {
		r.dated(h)
	}
	r.weekOf(at)
	r.afterPrefix(at)
	r.festivals(at, dates)
	r.samePeriod(at)
	r.eachOf(at)
	r.running()
	r.rankedUnit(at)
	r.lastAgain(at)
	r.endsOfEach(at)
	r.directives(at)
	r.zeros(at)
	r.standsAsVerb(at)
	r.notOne(at)
	return r.found
}

// reader reads times in one text at one moment.
type reader struct {
	t     *nlq.Text
	m     *nlq.Moment
	found []nlq.Match
}

func (r *reader) emit(end int, part nlq.Part, weak bool) {
	r.found = append(r.found, nlq.Match{End: end, Part: part, Weak: weak})
}

func (r *reader) period(end int, p semantic.Period, guessed, weak bool) {
	r.emit(end, nlq.Timed{Period: p, Guessed: guessed}, weak)
}

func (r *reader) norm(at int) string { return r.t.At(at).Norm }

// dates returns the dates that start at token at, of all lengths and in both
// orders: March 2025, Q1 of last year, last year's Q1, the 5th of March.
func (r *reader) dates(at int) []said.Hit {
	found := r.simple(at)
	for i := 0; i < len(found) && len(found) < 48; i++ {
		found = append(found, r.inner(found[i])...)
		found = append(found, r.outer(found[i])...)
	}
	return found
}

// simple returns what stands at the start of a date: a relative unit, a year, a
// month, a step with a number.
func (r *reader) simple(at int) []said.Hit {
	at = skip(r.t, at, "the")
	var found []said.Hit
	for _, hit := range bases.At(r.t, at) {
		found = append(found, said.Hit{End: hit.End, Date: hit.Value})
	}
	found = append(found, r.owned(at)...)
	found = append(found, r.years(at)...)
	found = append(found, said.Digits(r.t, at, r.m)...)
	found = append(found, r.slashed(at)...)
	found = append(found, r.lastNamed(at)...)
	for _, s := range r.steps(at) {
		if s.step.Of != semantic.NoUnit {
			found = append(found, said.Hit{End: s.end, Date: said.Alone(s.step), Weak: s.weak})
		} else if s.end > at {
			found = append(found, r.placed(s)...)
		}
	}
	return append(found, r.monthDays(at)...)
}

// ofWords join a step to what it lies in; the empty one needs no word.
var ofWords = words("of", "in", "of the", "in the", ",", "during", "from", "for", "on")

// outer returns a date with what it lies in behind it: March + 2025, Q1 + of
// last year, Monday + last week.
func (r *reader) outer(h said.Hit) []said.Hit {
	d := h.Date
	if d.Base != nil || len(d.Steps) == 0 {
		return nil
	}
	return r.lyingIn(h.End, d.Steps)
}

// placed reads a step that needs what follows: the first 3 months of 2025.
func (r *reader) placed(s stepHit) []said.Hit {
	return r.lyingIn(s.end, []said.Step{s.step})
}

func (r *reader) lyingIn(at int, steps []said.Step) []said.Hit {
	ends := []int{at}
	for _, hit := range ofWords.At(r.t, at) {
		ends = append(ends, hit.End)
	}
	var found []said.Hit
	for _, end := range ends {
		for _, outer := range append(r.outerDates(end, steps[0].Of), r.currentYear(end)...) {
			if d, ok := with(outer.Date, steps); ok {
				found = append(found, said.Hit{End: outer.End, Date: d})
			}
		}
	}
	return found
}

// currentYear reads the year of "the first half of the year" as this one.
func (r *reader) currentYear(at int) []said.Hit {
	start := skip(r.t, at, "the")
	if r.norm(start-1) != "the" || r.norm(start) != "year" || r.t.At(start+1).Class == nlq.Digit {
		return nil
	}
	switch r.norm(start + 1) {
	case "before", "after": // the year before last
		return nil
	}
	return []said.Hit{{End: start + 1, Date: said.Of(semantic.Year, 0)}}
}

func with(d said.Date, steps []said.Step) (said.Date, bool) {
	ok := true
	for _, s := range steps {
		if d, ok = d.With(s); !ok {
			return d, false
		}
	}
	return d, true
}

// outerDates are what a step may lie in: a year, a relative unit, or a month
// with its own year.
func (r *reader) outerDates(at int, of semantic.Unit) []said.Hit {
	at = skip(r.t, at, "the")
	var found []said.Hit
	for _, hit := range bases.At(r.t, at) {
		found = append(found, said.Hit{End: hit.End, Date: hit.Value})
	}
	if year, end, ok := r.shortYear(at); ok {
		found = append(found, said.Hit{End: end, Date: said.Year(semantic.Year, year)})
	}
	found = append(found, r.years(at)...)
	for _, h := range said.Digits(r.t, at, r.m) {
		if h.Date.Base != nil {
			found = append(found, h)
		}
	}
	if of == semantic.Year || of == semantic.Week {
		return found
	}
	for _, s := range append(r.named(at), r.numbered(at)...) {
		if s.step.Of == semantic.Year && s.step.Unit != semantic.Week {
			h := said.Hit{End: s.end, Date: said.Alone(s.step)}
			found = append(found, h)
			found = append(found, r.lyingIn(h.End, h.Date.Steps)...)
		}
	}
	return found
}

// inner returns a date with a step behind it: last year + 's Q4, 2025 + March.
func (r *reader) inner(h said.Hit) []said.Hit {
	last := h.Date.Last()
	if h.Date.Base == nil && last != semantic.Month || last == semantic.Day || last == semantic.NoUnit || !h.Date.Single() {
		return nil
	}
	at := h.End
	if r.norm(at) == "'" && r.norm(at+1) == "s" {
		at += 2
	} else if r.norm(at) == "'" && r.t.Glued(at) {
		at++
	}
	var found []said.Hit
	for _, s := range r.steps(at) {
		if s.step.Unit == semantic.Day && s.step.Of == semantic.Month || s.step.Of == semantic.Week && at == h.End {
			continue
		}
		if d, ok := h.Date.With(s.step); ok && h.Date.Base != nil {
			found = append(found, said.Hit{End: s.end, Date: d})
		}
	}
	return found
}

// dated emits a date with everything that may follow it.
func (r *reader) dated(h said.Hit) {
	d := h.Date
	p, guessed, ok := d.Resolve(r.m)
	if !ok {
		return
	}
	if lent, ok := r.lent(h); ok {
		d, guessed = lent, false
		if p, _, ok = d.Resolve(r.m); !ok {
			return
		}
	}
	if h.Weak && r.onlyLate(h) {
		return
	}
	r.period(h.End, p, guessed, h.Weak)
	r.tails(h.End, p, guessed)
	r.ranges(h.End, d, false)
	r.moved(h)
}

// onlyLate reports whether "late" or "early" stands by itself, which says how
// something is and not when: who is late most often.
func (r *reader) onlyLate(h said.Hit) bool {
	norm := r.norm(h.End - 1)
	return len(h.Date.Steps) == 1 && h.Date.Base == nil && (norm == "late" || norm == "early")
}

// tailWord is a set phrase behind a date that opens it.
var tailWords = func() *nlq.Lexicon[bool] {
	l := nlq.NewLexicon[bool]()
	for _, w := range []string{"to date", "till date", "until now", "till now", "to now", "to present", "to the present", "to today", "through today", "until today", "up to now", "so far", "till today", "through now", "up to today", "to this day", "thus far"} {
		l.Add(w, true)
	}
	for _, w := range []string{"onwards", "onward", "on", "and after", "and later", "and beyond", "forward", "and onwards", "or later", "or after"} {
		l.Add(w, false)
	}
	return l
}()

// tails emits this year so far, 2024 to date, March onwards.
func (r *reader) tails(at int, p semantic.Period, guessed bool) {
	for _, hit := range tailWords.At(r.t, at) {
		if hit.Value {
			r.period(hit.End, said.SoFar(p), guessed, false)
			if rel, ok := p.(semantic.Relative); ok && rel.From < 0 && r.t.Norm(at, hit.End) == "to date" {
				r.found[len(r.found)-1].Part = nlq.Timed{Period: semantic.ToDate{Of: p}}
			}
		} else {
			r.period(hit.End, said.SoFar(p), guessed, hit.End == at+1 && r.norm(at) == "on")
		}
	}
}

// rangeWords stand between the two ends of a range.
var rangeWords = words("to", "-", "~", "through", "thru", "until", "till", "up to", "til", "--", "through to", "and up to", "to the", "through the", "until the", "up until", "and until", "...", "..")

// ranges emits ranges that start with a date; between wants "and" instead.
func (r *reader) ranges(at int, a said.Date, between bool) {
	lexicon := rangeWords
	if between {
		lexicon = andWords
	}
	at, firstOut := r.bound(at)
	for _, hit := range append(lexicon.At(r.t, at), r.hyphen(at)...) {
		for _, b := range append(r.dates(hit.End), r.bareDays(hit.End, a)...) {
			if b.Weak && r.norm(at) == "-" && r.t.At(at).Spaced != r.t.At(at+1).Spaced {
				continue
			}
			p, guessed, ok := said.Range(a, b.Date, r.m)
			if !ok {
				continue
			}
			weekdays := a.Base == nil && len(a.Steps) > 0 && a.Steps[0].Of == semantic.Week
			end, lastOut := r.bound(b.End)
			if p, ok = bounded(p, firstOut, lastOut); ok {
				r.period(end, p, guessed, weekdays)
			}
		}
	}
}

// hyphen finds the hyphen of Jan-Mar and Mon-Fri, which is no token.
func (r *reader) hyphen(at int) []nlq.Hit[bool] {
	if at < 1 || at >= len(r.t.Tokens) || monthOf[r.norm(at)] == 0 && weekdayOf[r.norm(at)] == 0 {
		return nil
	}
	if monthOf[r.norm(at-1)] == 0 && weekdayOf[r.norm(at-1)] == 0 {
		return nil
	}
	switch r.t.Typed[r.t.At(at-1).End:r.t.At(at).Start] {
	case "-", "–", "—":
		return []nlq.Hit[bool]{{End: at}}
	}
	return nil
}

var andWords = words("and", "-", "to", "&")

// moved emits this month last year: now, moved by the unit behind it.
func (r *reader) moved(h said.Hit) {
	now, ok := h.Date.Base.(semantic.Relative)
	if !ok || len(h.Date.Steps) > 0 || now.From != 0 || now.To != 0 {
		return
	}
	for _, hit := range bases.At(r.t, skip(r.t, h.End, "of", "in")) {
		back, ok := hit.Value.Base.(semantic.Relative)
		if ok && len(hit.Value.Steps) == 0 && back.From < 0 && back.Unit > now.Unit {
			r.period(hit.End, semantic.Shifted{Of: now, Unit: back.Unit, N: back.From}, false, false)
		}
	}
}

// lent gives a date without a year the year that stands behind the list it is
// in: March and May 2025, or the year before it: 2025 March and May.
func (r *reader) lent(h said.Hit) (said.Date, bool) {
	if h.Date.Base != nil || len(h.Date.Steps) == 0 || h.Date.Steps[0].Of != semantic.Year {
		return h.Date, false
	}
	at := h.End
	for range 6 {
		next := skip(r.t, at, ",", "and", "or", "&", "vs", "versus")
		next = skip(r.t, next, "and", "or")
		if next == at {
			return h.Date, false
		}
		at = next
		named := append(r.named(at), r.numbered(at)...)
		if len(named) == 0 {
			return h.Date, false
		}
		for _, s := range named {
			if s.step.Unit != h.Date.Steps[0].Unit || s.step.Of != semantic.Year {
				continue
			}
			for _, year := range r.lyingIn(s.end, []said.Step{s.step}) {
				return h.Date.Under(year.Date, r.m)
			}
		}
		at = named[len(named)-1].end
	}
	return h.Date, false
}
