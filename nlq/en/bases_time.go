package en

import (
	"strconv"

	"wenshu/nlq"
	"wenshu/nlq/said"
	"wenshu/semantic"
)

// bases are the words that place a unit by now: yesterday, last week, the year
// before last.
var bases = func() *nlq.Lexicon[said.Date] {
	l := nlq.NewLexicon[said.Date]()
	for n, phrases := range map[int][]string{
		0: {"today", "this day", "current day", "today's"}, -1: {"yesterday", "previous day", "prior day", "last day", "yday", "yest"},
		-2: {"day before yesterday", "day before last"}, 1: {"tomorrow", "next day", "tmrw"}, 2: {"day after tomorrow"},
	} {
		for _, p := range phrases {
			l.Add(p, said.Of(semantic.Day, n))
		}
	}
	for _, f := range unitForms {
		if f.unit == semantic.Day || f.unit == semantic.Minute {
			continue
		}
		for _, name := range f.names {
			addRelative(l, f.unit, name)
		}
	}
	for n, phrases := range map[int][]string{0: {"this weekend", "current weekend"}, -1: {"last weekend", "previous weekend", "past weekend", "prior weekend"}, 1: {"next weekend", "coming weekend"}} {
		d, _ := said.Of(semantic.Week, n).With(said.Step{Of: semantic.Week, Unit: semantic.Day, From: 6, To: 7})
		for _, p := range phrases {
			l.Add(p, d)
		}
	}
	for i, names := range weekdayNames {
		for _, name := range names {
			for mark, n := range map[string]int{"this": 0, "last": -1, "next": 1, "previous": -1, "past": -1, "coming": 1} {
				d, _ := said.Of(semantic.Week, n).With(said.One(semantic.Week, semantic.Day, i+1))
				l.Add(mark+" "+name, d)
			}
		}
	}
	return l
}()

// possessives are bases whose apostrophe was left out: last months revenue.
var possessives = func() *nlq.Lexicon[said.Date] {
	l := nlq.NewLexicon[said.Date]()
	for _, f := range unitForms {
		for _, name := range f.names {
			if f.unit != semantic.Day && f.unit != semantic.Half && name[len(name)-1] == 's' {
				l.Add("this "+name, said.Of(f.unit, 0))
				l.Add("last "+name, said.Of(f.unit, -1))
			}
		}
	}
	l.Add("todays", said.Of(semantic.Day, 0))
	l.Add("yesterdays", said.Of(semantic.Day, -1))
	return l
}()

// owned returns the bases that own the noun behind them. "The last months" own
// nothing, nor do "last months by region".
func (r *reader) owned(at int) []said.Hit {
	if r.norm(at-1) == "the" || r.norm(at-1) == "over" {
		return nil
	}
	var found []said.Hit
	for _, hit := range possessives.At(r.t, at) {
		if behind := r.t.At(hit.End); hit.End < len(r.t.Tokens) && behind.Class == nlq.Word && !ownsNothing[behind.Norm] {
			found = append(found, said.Hit{End: hit.End, Date: hit.Value})
		}
	}
	return found
}

// ownsNothing are words behind months and years that are no noun.
var ownsNothing = map[string]bool{
	"by": true, "of": true, "in": true, "for": true, "on": true, "at": true, "vs": true, "versus": true, "and": true, "or": true, "to": true, "per": true, "with": true, "from": true,
	"compared": true, "did": true, "do": true, "does": true, "is": true, "are": true, "was": true, "were": true, "have": true, "has": true, "had": true, "how": true, "what": true, "which": true, "who": true,
}

// addRelative enters this, last and next with a unit.
func addRelative(l *nlq.Lexicon[said.Date], unit semantic.Unit, name string) {
	if plural := name[len(name)-1] == 's'; plural {
		return
	}
	if unit == semantic.Half {
		l.Add("this "+name, said.Of(unit, 0))
		return
	}
	for n, marks := range map[int][]string{0: {"this", "current", "present", "this current", "ongoing"}, -1: {"last", "lst", "previous", "prior", "preceding", "last full", "last complete", "last completed", "last closed", "most recent"}, 1: {"next", "coming", "following", "upcoming"}} {
		for _, mark := range marks {
			l.Add(mark+" "+name, said.Of(unit, n))
		}
	}
	l.Add(name+" before last", said.Of(unit, -2))
	l.Add(name+" before the last", said.Of(unit, -2))
	l.Add("last last "+name, said.Of(unit, -2))
	l.Add(name+" after next", said.Of(unit, 2))
}

// years reads 2025, the year 2025, fiscal year 2025, CY2025, and decades.
func (r *reader) years(at int) []said.Hit {
	unit, start := semantic.Year, at
	for _, hit := range yearMarks.At(r.t, at) {
		unit, start = hit.Value, hit.End
	}
	if start == at {
		return r.decade(at)
	}
	apostrophe := skip(r.t, start, "'")
	year, ok := said.YearAt(r.t, apostrophe, unit == semantic.FiscalYear || apostrophe > start, r.m)
	if !ok {
		return nil
	}
	return []said.Hit{{End: apostrophe + 1, Date: said.Year(unit, year)}}
}

// decade reads the 2020s.
func (r *reader) decade(at int) []said.Hit {
	year, ok := said.YearAt(r.t, at, false, r.m)
	end := skip(r.t, at+1, "'")
	if !ok || year%10 != 0 || r.norm(end) != "s" || !r.t.Glued(end) {
		return nil
	}
	p := semantic.FromTo{From: semantic.Absolute{Unit: semantic.Year, Year: year}, To: semantic.Absolute{Unit: semantic.Year, Year: year + 9}}
	return []said.Hit{{End: end + 1, Date: said.Date{Base: p}}}
}

var yearMarks = func() *nlq.Lexicon[semantic.Unit] {
	l := nlq.NewLexicon[semantic.Unit]()
	for _, w := range []string{"year", "the year", "calendar year", "cy", "full year", "whole of", "all of", "the whole of", "entire year", "yr", "whole year", "year of"} {
		l.Add(w, semantic.Year)
	}
	for _, w := range []string{"fiscal year", "fiscal", "financial year", "fy", "fiscal yr", "business year", "accounting year"} {
		l.Add(w, semantic.FiscalYear)
	}
	return l
}()

// shortYear reads '25, and 25 behind a month that touches it.
func (r *reader) shortYear(at int) (year, end int, ok bool) {
	if r.norm(at) == "'" {
		year, ok := said.YearAt(r.t, at+1, true, r.m)
		return year, at + 2, ok
	}
	before := r.t.At(at - 1)
	_, month := monthOf[before.Norm]
	if t := r.t.At(at); month && t.Class == nlq.Digit && len(t.Norm) == 2 && t.Norm > "31" {
		n, _ := strconv.Atoi(t.Norm)
		return said.ShortYear(n, r.m), at + 1, true
	}
	return 0, at, false
}

// slashed reads 3/5/2025 and 3-5-2025: the month first, or the day first where
// only that exists.
func (r *reader) slashed(at int) []said.Hit {
	t := r.t
	sep := t.At(at + 1).Norm
	if t.At(at).Class != nlq.Digit || sep != "/" && sep != "-" && sep != "." || t.At(at+3).Norm != sep {
		return nil
	}
	for i := at + 1; i < at+5; i++ {
		if !t.Glued(i) {
			return nil
		}
	}
	year, ok := said.YearAt(t, at+4, sep == "/", r.m)
	if !ok || len(t.At(at).Norm) > 2 || len(t.At(at+2).Norm) > 2 || t.At(at+2).Class != nlq.Digit {
		return nil
	}
	month, _ := strconv.Atoi(t.At(at).Norm)
	day, _ := strconv.Atoi(t.At(at + 2).Norm)
	if month > 12 || sep == "." && day <= 12 {
		month, day = day, month
	}
	if month < 1 || month > 12 {
		return nil
	}
	d, ok := said.MonthOf(year, month).With(said.One(semantic.Month, semantic.Day, day))
	if !ok {
		return nil
	}
	return []said.Hit{{End: at + 5, Date: d}}
}

// lastNamed reads last March and next Q1: the latest that is over, the next that
// begins.
func (r *reader) lastNamed(at int) []said.Hit {
	mark := r.norm(at)
	back := mark == "last" || mark == "previous" || mark == "past"
	if !back && mark != "this" && mark != "next" {
		return nil
	}
	var found []said.Hit
	for _, s := range append(r.named(at+1), r.numbered(at+1)...) {
		if s.step.Of != semantic.Year || s.weak && s.step.Unit != semantic.Month {
			continue
		}
		d, ok := said.Of(semantic.Year, 0).With(s.step)
		switch {
		case !ok:
			continue
		case back:
			d, ok = said.Alone(s.step).Over(r.m)
		case mark == "next":
			d, ok = said.Alone(s.step).Coming(r.m)
		}
		if ok {
			found = append(found, said.Hit{End: s.end, Date: d})
		}
	}
	return found
}
