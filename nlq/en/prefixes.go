package en

import (
	"strconv"
	"time"

	"wenshu/nlq"
	"wenshu/nlq/said"
	"wenshu/semantic"
)

// prefix is what a word in front of a date or a count of units does to it.
type prefix uint8

const (
	inWord      prefix = iota // in 2025, during March
	fromWord                  // from March to May
	betweenWord               // between March and May
	sinceWord                 // since March
	untilWord                 // until March
	beforeWord                // before March
	afterWord                 // after March
	pastWord                  // the last 7 days
	pastOneWord               // the past year: counted in the next smaller unit
	comingWord                // the next 3 months
	againstWord               // vs last year
	looseWord                 // over last year, from last month: may mean during
	soFarWord                 // so far in 2025
)

var prefixWords = func() *nlq.Lexicon[prefix] {
	l := nlq.NewLexicon[prefix]()
	for p, phrases := range [][]string{
		inWord:      {"in", "during", "for", "within", "throughout", "of", "on", "at", "in the", "during the", "for the", "on the", "of the", "in the month of", "the month of", "month of", "in the year", "for the month of", "as at", "dated", "all of", "the whole of", "over the", "across", "at the", "in all of", "for all of", "in the course of", "over the course of", "during the course of"},
		fromWord:    {"from", "starting", "beginning", "starting from", "starting in", "starting on", "beginning in", "from the", "effective"},
		betweenWord: {"between", "in between", "between the"},
		sinceWord:   {"since", "ever since", "on or after", "no earlier than", "not before", "since the", "as from", "from and including"},
		untilWord:   {"until", "till", "through", "thru", "up to", "up until", "by", "as of", "on or before", "no later than", "not after", "til", "until the", "through the", "by the", "as of the", "up to and including", "to the", "up to the", "ending", "to"},
		beforeWord:  {"before", "prior to", "earlier than", "before the", "prior to the", "previous to"},
		afterWord:   {"after", "later than", "after the", "following", "past", "beyond", "post"},
		pastOneWord: {"past", "the past", "trailing", "rolling", "the trailing", "in the past", "over the past", "during the past", "for the past", "within the past"},
		pastWord:    {"last", "lst", "the last", "previous", "the previous", "prior", "the prior", "preceding", "the preceding", "most recent", "the most recent", "latest", "the latest", "l", "p", "recent", "the recent", "past", "in the last", "over the last", "during the last", "for the last", "within the last", "these last", "these past", "within", "the last full", "last full"},
		comingWord:  {"next", "the next", "coming", "the coming", "following", "the following", "upcoming", "the upcoming", "in the next", "over the next", "for the next"},
		againstWord: {"vs", "versus", "compared to", "compared with", "comparing to", "comparing with", "compare to", "compare with", "compare w", "compared w", "comparing w", "compare w /", "compared w /", "relative to", "in comparison to", "in comparison with", "than", "than in", "than the", "against", "vs.", "v", "v.", "compared against", "up from", "down from", "as compared to", "as compared with", "when compared to", "when compared with", "compared to the", "compared with the", "versus the", "vs the", "as against", "measured against", "change from", "change since", "growth from", "growth over", "increase over", "growth since", "increase from", "decrease from", "difference from", "compared to same period", "compared to in", "compared", "beat", "beats", "beating", "beaten", "exceed", "exceeds", "exceeded", "surpass", "surpassed", "outperform", "outperformed", "better than", "ahead of", "up on", "down on"},
		looseWord:   {"over", "from", "over the"},
		soFarWord:   {"so far in", "so far during", "so far for", "to date in", "thus far in", "up to now in", "until now in"},
	} {
		for _, w := range phrases {
			l.Add(w, prefix(p))
		}
	}
	return l
}()

// afterPrefix emits what starts with a prefix.
func (r *reader) afterPrefix(at int) {
	for _, hit := range prefixWords.At(r.t, at) {
		switch hit.Value {
		case inWord:
			r.in(hit.End)
		case fromWord:
			r.from(hit.End)
		case betweenWord:
			for _, h := range r.dates(hit.End) {
				r.ranges(h.End, h.Date, true)
			}
			r.daysOfMonth(hit.End)
		case sinceWord, untilWord, beforeWord, afterWord:
			r.open(at, hit.End, hit.Value)
		case pastWord, pastOneWord:
			r.past(hit.End, hit.Value == pastOneWord)
		case comingWord:
			for _, c := range spans(r.t, hit.End, false) {
				r.period(c.end, said.Coming(c.unit, c.n), c.few, false)
			}
		case soFarWord:
			r.soFar(hit.End)
		case againstWord, looseWord:
			r.against(hit.End, hit.Value == looseWord)
			if hit.Value == againstWord {
				r.againstLast(hit.End)
			}
		}
	}
}

// soFar emits so far in 2025: from its start on until today.
func (r *reader) soFar(at int) {
	for _, h := range r.dates(skip(r.t, at, "the")) {
		if p, guessed, ok := h.Date.Resolve(r.m); ok {
			r.period(h.End, said.SoFar(p), guessed, false)
		}
	}
}

// weekOf emits the week that holds a day: the week of June 1.
func (r *reader) weekOf(at int) {
	start := skip(r.t, at, "in", "for", "during")
	start = skip(r.t, start, "the")
	if r.norm(start) != "week" || r.norm(start+1) != "of" && r.norm(start+1) != "starting" && r.norm(start+1) != "beginning" {
		return
	}
	for _, h := range r.dates(start + 2) {
		p, guessed, ok := h.Date.Resolve(r.m)
		day, isDay := p.(semantic.Absolute)
		if !ok || !isDay || day.Unit != semantic.Day {
			continue
		}
		year, week := time.Date(day.Year, time.Month(day.N/100), day.N%100, 0, 0, 0, 0, time.UTC).ISOWeek()
		r.period(h.End, semantic.Absolute{Unit: semantic.Week, Year: year, N: week}, guessed, false)
	}
}

// in emits a date that a preposition makes sure: in 2025, of March.
func (r *reader) in(at int) {
	month, named := r.monthOfShortYear(at)
	if named {
		r.period(at+2, month, false, false)
	}
	for _, h := range r.dates(at) {
		if named && h.End == at+2 {
			continue
		}
		if p, guessed, ok := h.Date.Resolve(r.m); ok {
			r.period(h.End, p, guessed, false)
		}
	}
}

// monthOfShortYear reads "in May 26" as a month of a year written short, near now: nobody is in a
// day.
func (r *reader) monthOfShortYear(at int) (semantic.Period, bool) {
	n, named := monthOf[r.norm(at)]
	digits := r.t.At(at + 1)
	if r.norm(at-1) != "in" || !named || digits.Class != nlq.Digit || len(digits.Norm) != 2 {
		return nil, false
	}
	year, err := strconv.Atoi(digits.Norm)
	this := r.m.Now.Year() % 100
	if err != nil || year < this-9 || year > this+1 || r.t.At(at+2).Class == nlq.Digit || r.norm(at+2) == "," && r.t.At(at+3).Class == nlq.Digit {
		return nil, false
	}
	return semantic.Absolute{Unit: semantic.Month, Year: r.m.Now.Year() - this + year, N: n}, true
}

// from emits from March to May, from 2024 on, starting January 2025.
func (r *reader) from(at int) {
	for _, h := range r.dates(at) {
		p, guessed, ok := h.Date.Resolve(r.m)
		if !ok {
			continue
		}
		r.ranges(h.End, h.Date, false)
		inner := &reader{t: r.t, m: r.m}
		inner.tails(h.End, p, guessed)
		for _, match := range inner.found {
			match.Weak = false
			r.found = append(r.found, match)
		}
		if first := r.norm(at - 1); first == "starting" || first == "beginning" || r.norm(at-2) == "starting" || r.norm(at-2) == "beginning" {
			r.period(h.End, said.SoFar(p), guessed, false)
		}
	}
}

// edgeWords may stand between since or until and the date whose edge is meant.
var edgeWords = words("the end of", "end of", "the start of", "start of", "the beginning of", "beginning of", "the end of the", "end of the", "the start of the", "the beginning of the", "the close of")

// open emits since March, until yesterday, by the end of March, before 2025.
func (r *reader) open(at, start int, p prefix) {
	starts := []int{start}
	for _, hit := range edgeWords.At(r.t, start) {
		starts = append(starts, hit.End)
	}
	for i, start := range starts {
		for _, h := range r.dates(start) {
			of, guessed, ok := h.Date.Resolve(r.m)
			if !ok || i == 0 && len(starts) > 1 {
				continue
			}
			by := r.norm(at) == "by" || r.norm(at) == "to"
			r.period(h.End, opened(p, of, i > 0 && edgeIsEnd(r.t, start)), guessed, by && i == 0 || r.norm(at) == "past")
		}
	}
}

// edgeIsEnd reports whether the edge words before at speak of an end.
func edgeIsEnd(t *nlq.Text, at int) bool {
	for i := at - 4; i < at; i++ {
		if norm := t.At(i).Norm; norm == "end" || norm == "close" {
			return true
		}
	}
	return false
}

func opened(p prefix, of semantic.Period, end bool) semantic.Period {
	switch {
	case p == sinceWord && end:
		return semantic.Open{How: semantic.After, Of: of}
	case p == sinceWord:
		return said.SoFar(of)
	case p == beforeWord && end, p == untilWord:
		return semantic.Open{How: semantic.Until, Of: of}
	case p == beforeWord:
		return semantic.Open{How: semantic.Before, Of: of}
	}
	return semantic.Open{How: semantic.After, Of: of}
}

// past emits the last 7 days, past 3 months, the past year, trailing 12 months.
func (r *reader) past(at int, one bool) {
	for _, c := range spans(r.t, at, one) {
		p := said.Past(c.unit, c.n)
		if one && c.one {
			p = said.PastOne(c.unit)
		} else if c.one {
			continue
		}
		if r.norm(at-1) == "within" && r.sinceEvent(c.end) {
			continue
		}
		r.period(c.end, p, c.few, r.norm(at-1) == "within")
	}
}

// sinceEvent reports whether a span counts from something that happened: within 30
// days of sign-up.
func (r *reader) sinceEvent(at int) bool {
	switch r.norm(at) {
	case "of", "after", "from", "following", "since":
		return r.norm(at+1) != "today" && r.norm(at+1) != "now"
	}
	return false
}

var agoWords = words("ago", "back", "earlier", "before now", "prior")

// counts emits 3 days ago, a year ago, half a year ago, and a year ago today.
func (r *reader) counts(at int) {
	for _, c := range spans(r.t, at, false) {
		for _, hit := range agoWords.At(r.t, c.end) {
			back := said.Back(c.unit, c.n)
			p, _, ok := back.Resolve(r.m)
			if !ok {
				continue
			}
			r.period(hit.End, p, c.few, r.norm(c.end) != "ago")
			if r.norm(hit.End) == "today" {
				r.period(hit.End+1, semantic.Shifted{Of: semantic.Relative{Unit: semantic.Day}, Unit: back.Unit, N: -c.n}, false, false)
			}
		}
	}
}

// longAgo emits more than 30 days ago, at least a year ago, less than two weeks ago.
func (r *reader) longAgo(at int) {
	if r.whether() {
		return // are we selling more than a year ago?
	}
	how, end := semantic.Before, at+2
	switch r.norm(at) + " " + r.norm(at+1) {
	case "more than", "longer than":
	case "at least":
		how = semantic.Until
	case "less than":
		how = semantic.After
	default:
		if r.norm(at) != "over" {
			return
		}
		end = at + 1
	}
	for _, c := range spans(r.t, end, false) {
		if r.norm(c.end) == "ago" {
			day := semantic.Shifted{Of: semantic.Relative{Unit: semantic.Day}, Unit: c.unit, N: -c.n}
			r.period(c.end+1, semantic.Open{How: how, Of: day}, false, false)
		}
	}
}

// sameWords may stand between a comparison and its period, or alone before it.
var sameWords = sameOf("period", "time", "stretch", "span", "time span", "timespan", "time frame", "timeframe", "window", "interval", "point", "point in time",
	"month", "months", "week", "weeks", "day", "days", "dates", "quarter", "half", "part", "season")

// sameOf are "the same …" of nouns, with the words that go on to the period.
func sameOf(nouns ...string) *nlq.Lexicon[bool] {
	phrases := []string{"this time", "this point", "corresponding period", "corresponding period of"}
	for _, noun := range nouns {
		for _, on := range []string{"", " of", " in", " for", " from", " during"} {
			phrases = append(phrases, "same "+noun+on)
		}
	}
	for _, p := range phrases {
		phrases = append(phrases, "the "+p)
	}
	return words(phrases...)
}

// toDateWords may stand between a comparison and the year that it is with: ytd vs ytd last
// year is what a year so far is compared with anyway.
var toDateWords = words("ytd", "year to date", "ytd in", "year to date in", "ytd of", "year to date of")

// againstLast emits "vs last" behind a period that says last what: this month vs
// last, this year's revenue and last.
func (r *reader) againstLast(at int) {
	if r.norm(at) != "last" && r.norm(at) != "previous" && r.norm(at) != "prior" {
		return
	}
	end := skip(r.t, at+1, "one")
	if behind := r.t.At(end); end < len(r.t.Tokens) && behind.Class != nlq.Mark && !splitting[behind.Norm] {
		return
	}
	for i := at - 1; i > 0; i-- {
		if r.norm(i-1) != "this" && r.norm(i-1) != "current" {
			continue
		}
		for _, hit := range units.At(r.t, i) {
			if hit.End == i+1 {
				r.emit(end, nlq.Against{How: semantic.Ago, Unit: hit.Value, N: 1, Period: semantic.Relative{Unit: hit.Value, From: -1, To: -1}}, false)
			}
		}
		return
	}
}

// splitting words may stand behind a comparison.
var splitting = map[string]bool{"by": true, "per": true, "for": true, "in": true, "across": true, "and": true}

// against emits vs last year, compared to Q1 2025, up from last month.
func (r *reader) against(at int, loose bool) {
	starts := []int{at}
	for _, hit := range append(sameWords.At(r.t, at), toDateWords.At(r.t, at)...) {
		starts = append(starts, hit.End)
	}
	month, named := r.monthOfShortYear(at)
	if named {
		r.emit(at+2, nlq.Against{How: semantic.Other, Period: month}, loose)
	}
	for i, start := range starts {
		for _, h := range r.dates(start) {
			if named && h.End == at+2 {
				continue
			}
			if against, ok := r.compared(h, loose || i > 0); ok {
				r.emit(h.End, against, loose && i == 0 || h.Weak)
			}
		}
	}
	for _, c := range spans(r.t, at, false) {
		for _, hit := range agoWords.At(r.t, c.end) {
			if unit, n := c.unit, c.n; unit != semantic.Half {
				r.emit(hit.End, nlq.Against{How: semantic.Ago, Unit: unit, N: n, Period: semantic.Relative{Unit: unit, From: -n, To: -n}}, loose)
			}
		}
	}
}

// compared makes a date a comparison: last year is one year ago. Period keeps
// what was said, for a question that names a period of that unit itself.
func (r *reader) compared(h said.Hit, same bool) (nlq.Against, bool) {
	rel, ok := h.Date.Base.(semantic.Relative)
	if ok && len(h.Date.Steps) == 0 && rel.From == rel.To && rel.From < 0 {
		return nlq.Against{How: semantic.Ago, Unit: rel.Unit, N: -rel.From, Period: rel}, true
	}
	p, _, ok := h.Date.Resolve(r.m)
	if year, named := p.(semantic.Absolute); ok && same && named && year.Unit == semantic.Year && year.Year < r.m.Now.Year() {
		n := r.m.Now.Year() - year.Year // the same period of 2025, said in 2026
		return nlq.Against{How: semantic.Ago, Unit: semantic.Year, N: n, Period: semantic.Relative{Unit: semantic.Year, From: -n, To: -n}}, true
	}
	return nlq.Against{How: semantic.Other, Period: p}, ok && !same
}

// samePeriod emits same period last year: the period of the question, moved.
func (r *reader) samePeriod(at int) {
	for _, hit := range sameWords.At(r.t, at) {
		for _, h := range r.dates(hit.End) {
			if against, ok := r.compared(h, true); ok && against.How == semantic.Ago {
				against.Same = true
				r.emit(h.End, against, false)
			}
		}
	}
}
