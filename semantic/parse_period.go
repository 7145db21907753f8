package semantic

import (
	"slices"
	"strconv"
	"time"
)

// ParsePeriod reads the text of one period: month(-1), 2026-Q1,
// year(0).to_date. The error is Problems of one: SyntaxError, TooLong,
// EmptyQuery or BadPeriod, its Span in bytes of the text.
func ParsePeriod(text string) (Period, error) {
	p := newParser(text)
	period := p.period()
	if err := p.finish("to"); err != nil {
		return nil, err
	}
	if p.nearLimits() && newParser(PeriodString(period)).whole(func(p *parser) { p.period() }) != nil {
		return nil, tooLong(text)
	}
	return period, nil
}

// periods reads one period or, where a comma does not end an argument, several.
func (p *parser) periods() []Period {
	all := []Period{p.period()}
	for !p.onePeriod && p.take(",") {
		all = append(all, p.period())
	}
	return all
}

func (p *parser) period() Period {
	defer p.leave()
	if !p.enter() {
		return nil
	}
	period := p.periodBase()
	for p.take(".") {
		period = p.periodPart(period)
	}
	if p.tok.word("to") {
		p.next()
		period = FromTo{period, p.period()}
	}
	return period
}

var openNames = []string{Since: "since", After: "after", Before: "before", Until: "until"}

// periodWords are the words a period can begin with.
var periodWords = slices.Concat([]string{"all", "festival"}, openNames, wholeUnits)

func (p *parser) periodBase() Period {
	switch {
	case p.tok.kind == numberToken:
		return p.dated(NoUnit)
	case p.take(".."):
		end, _ := p.instant()
		return Range{End: end}
	case p.take("("):
		period := p.period()
		p.want(")")
		return period
	case p.tok.kind != bareWord:
		p.expected("period")
		return nil
	case p.tok.text == "all":
		p.next()
		return AllTime{}
	case p.tok.text == "festival":
		p.next()
		return p.festival()
	}
	if i := slices.Index(openNames, p.tok.text); i >= 0 {
		p.next()
		p.want("(")
		of := p.period()
		p.want(")")
		return Open{OpenKind(i), of}
	}
	unit, ok := ParseUnit(p.tok.text)
	if !ok {
		p.expected("period", periodWords...)
		return nil
	}
	p.next()
	return p.unitPeriod(unit)
}

func (p *parser) festival() Period {
	p.want("(")
	name := p.ident()
	p.want(",")
	year := p.integer(-maxOffset(Year), maxYear)
	p.want(")")
	return Festival{name, year}
}

// unitPeriod reads month(-1), day(-7..-1) or fiscal_year(2025).
func (p *parser) unitPeriod(unit Unit) Period {
	p.want("(")
	if p.tok.kind == numberToken && p.namesUnit(unit) {
		period := p.dated(unit)
		p.want(")")
		return period
	}
	start := p.tok
	from, to := p.bounds(maxOffset(unit))
	if from > to {
		p.fail(BadPeriod, Span{start.start, start.end}, "order")
	}
	return Relative{unit, from, to}
}

// namesUnit reports whether a named unit such as 2025 or 2025-Q1 stands here,
// rather than a count.
func (p *parser) namesUnit(unit Unit) bool {
	_, width := p.namedUnit(unit)
	return width > 0
}

// bounds reads the rest of (int [.. int]).
func (p *parser) bounds(farthest int) (from, to int) {
	from = p.integer(-farthest, farthest)
	to = from
	if p.take("..") {
		to = p.integer(-farthest, farthest)
	}
	p.want(")")
	return from, to
}

// periodPart reads what stands behind a point.
func (p *parser) periodPart(of Period) Period {
	switch {
	case p.tok.word("to_date"):
		p.next()
		return ToDate{of}
	case p.tok.word("shift"):
		p.next()
		p.want("(")
		unit := p.unit()
		p.want(",")
		n := p.integer(-maxOffset(unit), maxOffset(unit))
		p.want(")")
		return Shifted{of, unit, n}
	}
	unit := p.unit("to_date", "shift")
	p.want("(")
	start := p.tok
	from, to := p.bounds(maxOffset(unit))
	switch {
	case from == 0 || to == 0:
		p.fail(BadPeriod, Span{start.start, start.end}, "1..")
	case from > to && (from < 0) == (to < 0):
		p.fail(BadPeriod, Span{start.start, start.end}, "order")
	}
	return Within{of, unit, from, to}
}

func (p *parser) unit(others ...string) Unit {
	unit, ok := Unit(0), false
	if p.tok.kind == bareWord {
		unit, ok = ParseUnit(p.tok.text)
	}
	if !ok {
		p.expected("unit", slices.Concat(wholeUnits, others)...)
		return Day
	}
	p.next()
	return unit
}

// dated reads a named unit or a range that begins with a date. Unless unit is
// NoUnit, the name must be one of that unit.
func (p *parser) dated(unit Unit) Period {
	if unit == NoUnit {
		if start, end := p.instantHere(); end > 0 && scan(p.text, end).is("..") {
			p.jump(end)
			p.next()
			r := Range{Start: start}
			if p.tok.kind == numberToken {
				r.End, _ = p.instant()
			}
			return r
		}
	}
	named, width := p.namedUnit(unit)
	span := Span{p.tok.start, p.tok.start + width}
	if width == 0 {
		p.expected("period")
		return nil
	}
	if !named.valid() {
		p.fail(BadPeriod, span, "")
		return nil
	}
	p.jump(span.End)
	return named
}

// jump goes on at a byte of the text.
func (p *parser) jump(to int) {
	if p.problem == nil {
		p.tok.end = to
		p.next()
	}
}

func (p *parser) instantHere() (t time.Time, end int) {
	t, _, end = scanInstant(p.text, p.tok.start)
	return t, end
}

// instant reads a date with an optional time of day.
func (p *parser) instant() (time.Time, bool) {
	t, end := p.instantHere()
	if p.tok.kind != numberToken || end == 0 {
		p.expected("date")
		return time.Time{}, false
	}
	p.jump(end)
	return t, true
}

// namedUnit looks at 2025, 2025-H1, 2025-Q1, 2025-03, 2025-W12 or 2025-03-05
// here; width is 0 when there is none that suits the unit.
func (p *parser) namedUnit(unit Unit) (a Absolute, width int) {
	s := p.text[p.tok.start:]
	width = wordWidth(s)
	if width < 4 || s[0] == '0' {
		return a, 0
	}
	year, err := strconv.Atoi(s[:4])
	if err != nil {
		return a, 0
	}
	a = Absolute{Unit: Year, Year: year}
	rest := s[4:width]
	ok := rest == ""
	if !ok {
		a.Unit, a.N, ok = namedPart(rest)
	}
	if !ok || unit != NoUnit && calendarUnit(unit) != a.Unit {
		return a, 0
	}
	if unit != NoUnit {
		a.Unit = unit
	}
	return a, width
}

// wordWidth is the length of the digits, dashes and letters that a text begins
// with.
func wordWidth(s string) int {
	for i := range len(s) {
		if c := s[i]; !isDigit(c) && c != '-' && (c < 'A' || c > 'Z') {
			return i
		}
	}
	return len(s)
}

// namedPart reads what stands behind the year: -H1, -Q1, -03, -W12, -03-05.
func namedPart(s string) (unit Unit, n int, ok bool) {
	switch {
	case len(s) == 3 && s[1] == 'H' && isDigit(s[2]):
		return Half, int(s[2] - '0'), s[0] == '-'
	case len(s) == 3 && s[1] == 'Q' && isDigit(s[2]):
		return Quarter, int(s[2] - '0'), s[0] == '-'
	case len(s) == 4 && s[1] == 'W' && isDigit(s[2]) && isDigit(s[3]):
		return Week, twoDigits(s[2:]), s[0] == '-'
	case len(s) == 3 && isDigit(s[1]) && isDigit(s[2]):
		return Month, twoDigits(s[1:]), s[0] == '-'
	case len(s) == 6 && isDigit(s[1]) && isDigit(s[2]) && s[3] == '-' && isDigit(s[4]) && isDigit(s[5]):
		return Day, twoDigits(s[1:])*100 + twoDigits(s[4:]), s[0] == '-'
	}
	return NoUnit, 0, false
}

func twoDigits(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

// calendarUnit is the unit whose name a fiscal unit is spelt like.
func calendarUnit(u Unit) Unit {
	switch u {
	case FiscalMonth:
		return Month
	case FiscalQuarter:
		return Quarter
	case FiscalHalf:
		return Half
	case FiscalYear:
		return Year
	}
	return u
}

const maxYear = 9999

// maxOffset bounds how many units a period may lie away from now.
func maxOffset(u Unit) int {
	if u >= Week {
		return 999
	}
	return 99_999
}

// valid reports whether the unit exists: years run from 1000 to 9999, and a
// year has the weeks that ISO 8601 gives it.
func (a Absolute) valid() bool {
	if a.Year < 1000 || a.Year > maxYear {
		return false
	}
	switch calendarUnit(a.Unit) {
	case Year:
		return a.N == 0
	case Half:
		return 1 <= a.N && a.N <= 2
	case Quarter:
		return 1 <= a.N && a.N <= 4
	case Month:
		return 1 <= a.N && a.N <= 12
	case Week:
		return 1 <= a.N && a.N <= isoWeeks(a.Year)
	case Day:
		m, d := time.Month(a.N/100), a.N%100
		return a.N > 0 && time.Date(a.Year, m, d, 0, 0, 0, 0, time.UTC).Month() == m && m <= 12 && d > 0
	}
	return false
}

// isoWeeks is the number of ISO weeks of a year: that of 28 December.
func isoWeeks(year int) int {
	_, w := time.Date(year, time.December, 28, 0, 0, 0, 0, time.UTC).ISOWeek()
	return w
}
