package said

import (
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// Date is a date as far as it was said: something it starts from and steps
// into it, coarse to fine. The zero Date says nothing.
type Date struct {
	Base  semantic.Period // nil when the first step stands alone: "March", "the 5th"
	Unit  semantic.Unit   // what Base is one of; NoUnit when Base is nil or of no unit
	Steps []Step
}

// Step goes from a unit to smaller units inside it: the 3rd month of a year,
// the 1st to 10th day of a month, the last two weeks (-2..-1).
type Step struct {
	Of, Unit semantic.Unit // Day of Month is a day of the month, Day of Week a weekday; Of NoUnit takes what was said before
	From, To int           // counted from 1, or from the end with negative numbers
}

// One returns the step to the n-th unit.
func One(of, unit semantic.Unit, n int) Step { return Step{of, unit, n, n} }

// Of returns a date that starts from a relative unit: Of(Year, -1) is last year.
func Of(unit semantic.Unit, n int) Date {
	return Date{Base: semantic.Relative{Unit: unit, From: n, To: n}, Unit: unit}
}

// Year returns the date of a year, a calendar or a fiscal one.
func Year(unit semantic.Unit, year int) Date {
	return Date{Base: semantic.Absolute{Unit: unit, Year: year}, Unit: unit}
}

// Alone returns a date of which only steps were said.
func Alone(steps ...Step) Date { return Date{Steps: steps} }

// Last returns the smallest unit that was said.
func (d Date) Last() semantic.Unit {
	if n := len(d.Steps); n > 0 {
		return d.Steps[n-1].Unit
	}
	return d.Unit
}

// Single reports whether the date is one unit, not several of them.
func (d Date) Single() bool {
	n := len(d.Steps)
	return n == 0 || d.Steps[n-1].From == d.Steps[n-1].To
}

// With returns the date one step further in; ok is false when the step does not
// fit what was said before.
func (d Date) With(s Step) (Date, bool) {
	last := d.Last()
	switch {
	case !d.Single():
		return d, false
	case s.Of == semantic.NoUnit && last != semantic.NoUnit:
		s.Of = last
	case last == semantic.FiscalYear && s.Of == semantic.Year:
		s, last = fiscal(s), semantic.Year
	}
	if s.Unit >= semantic.FiscalMonth && s.Of == semantic.Year && len(d.Steps) == 0 {
		d = d.asFiscal()
	}
	if s.Of != last && last != semantic.NoUnit || s.Unit == semantic.NoUnit {
		return d, false
	}
	steps := make([]Step, 0, len(d.Steps)+1)
	d.Steps = append(append(steps, d.Steps...), s)
	return d, true
}

// asFiscal turns a year into the fiscal year of the same number: "fiscal Q3
// 2025" is of the fiscal year 2025.
func (d Date) asFiscal() Date {
	switch b := d.Base.(type) {
	case semantic.Absolute:
		b.Unit = semantic.FiscalYear
		d.Base, d.Unit = b, b.Unit
	case semantic.Relative:
		b.Unit = semantic.FiscalYear
		d.Base, d.Unit = b, b.Unit
	}
	return d
}

// fiscal turns a step inside a year into one inside a fiscal year; a month of a
// fiscal year is its n-th month only when said so, hence no step.
func fiscal(s Step) Step {
	switch s.Unit {
	case semantic.Quarter:
		s.Unit = semantic.FiscalQuarter
	case semantic.Half:
		s.Unit = semantic.FiscalHalf
	default:
		s.Unit = semantic.NoUnit
	}
	return s
}

// Resolve makes the date a period. guessed says that a year, month or week was
// filled in; ok is false for dates that do not exist, like 30 February.
func (d Date) Resolve(m *nlq.Moment) (p semantic.Period, guessed, ok bool) {
	if d.Base == nil {
		d, ok = d.fill(m)
		if !ok {
			return nil, false, false
		}
		guessed = true
	}
	p = d.Base
	for _, s := range d.Steps {
		if p, ok = into(p, s); !ok {
			return nil, false, false
		}
	}
	return p, guessed, p != nil
}

// into takes one step into a period.
func into(p semantic.Period, s Step) (semantic.Period, bool) {
	abs, isAbs := p.(semantic.Absolute)
	if !isAbs || s.From < 0 || s.To < 0 {
		return semantic.Within{Of: p, Unit: s.Unit, From: s.From, To: s.To}, legal(s)
	}
	from, ok := absolute(abs, s.Unit, s.From)
	if !ok {
		return semantic.Within{Of: p, Unit: s.Unit, From: s.From, To: s.To}, legal(s) && s.fits(abs)
	}
	if s.From == s.To {
		return from, legal(s) && exists(from)
	}
	to, _ := absolute(abs, s.Unit, s.To)
	return semantic.FromTo{From: from, To: to}, legal(s) && exists(from) && exists(to)
}

// fits keeps a step that has no absolute name inside its unit; weekdays and
// weeks of a month are checked by legal alone.
func (s Step) fits(abs semantic.Absolute) bool {
	return s.Unit != semantic.Day || abs.Unit != semantic.Month
}

// absolute names the n-th unit of a named one.
func absolute(of semantic.Absolute, unit semantic.Unit, n int) (semantic.Absolute, bool) {
	switch {
	case of.Unit == semantic.Year && (unit == semantic.Half || unit == semantic.Quarter || unit == semantic.Month || unit == semantic.Week),
		of.Unit == semantic.FiscalYear && (unit == semantic.FiscalHalf || unit == semantic.FiscalQuarter):
		return semantic.Absolute{Unit: unit, Year: of.Year, N: n}, true
	case of.Unit == semantic.Month && unit == semantic.Day:
		return semantic.Absolute{Unit: semantic.Day, Year: of.Year, N: of.N*100 + n}, true
	}
	return semantic.Absolute{}, false
}

// most is how many of a unit another holds at most.
var most = map[[2]semantic.Unit]int{
	{semantic.Year, semantic.Half}: 2, {semantic.Year, semantic.Quarter}: 4, {semantic.Year, semantic.Month}: 12,
	{semantic.Year, semantic.Week}: 53, {semantic.Year, semantic.Day}: 366, {semantic.Half, semantic.Quarter}: 2,
	{semantic.Half, semantic.Month}: 6, {semantic.Quarter, semantic.Month}: 3, {semantic.Quarter, semantic.Week}: 14,
	{semantic.Month, semantic.Day}: 31, {semantic.Month, semantic.Week}: 6, {semantic.Week, semantic.Day}: 7,
	{semantic.FiscalYear, semantic.FiscalQuarter}: 4, {semantic.FiscalYear, semantic.FiscalHalf}: 2,
	{semantic.Day, semantic.Hour}: 24, {semantic.Half, semantic.Week}: 27, {semantic.Half, semantic.Day}: 184,
	{semantic.Quarter, semantic.Day}: 92, {semantic.FiscalYear, semantic.Month}: 12,
}

// legal reports whether a step stays inside its unit.
func legal(s Step) bool {
	of := s.Of
	if of == semantic.Year && s.Unit >= semantic.FiscalMonth {
		of = semantic.FiscalYear
	}
	n := most[[2]semantic.Unit{of, s.Unit}]
	if s.From == 0 || s.To == 0 || max(s.From, -s.From) > n || max(s.To, -s.To) > n {
		return false
	}
	return s.From <= s.To || s.From > 0 && s.To < 0
}

// exists reports whether a named unit is in the calendar.
func exists(a semantic.Absolute) bool {
	if a.Year < 1000 || a.Year > 9999 {
		return false
	}
	switch a.Unit {
	case semantic.Day:
		return dayExists(a.Year, a.N/100, a.N%100)
	case semantic.Week:
		_, last := time.Date(a.Year, 12, 28, 0, 0, 0, 0, time.UTC).ISOWeek()
		return a.N >= 1 && a.N <= last
	}
	return true
}

func dayExists(year, month, day int) bool {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return month >= 1 && month <= 12 && day >= 1 && t.Day() == day
}
