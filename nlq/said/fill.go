package said

import (
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// fill gives a date without a base the latest one that has begun.
func (d Date) fill(m *nlq.Moment) (Date, bool) {
	return d.fillBefore(today(m), m)
}

// fillBefore gives a date without a base the latest one that begins on or
// before a day.
func (d Date) fillBefore(day time.Time, m *nlq.Moment) (Date, bool) {
	if len(d.Steps) == 0 {
		return d, false
	}
	switch d.Steps[0].Of {
	case semantic.Year, semantic.FiscalYear:
		return d.fillYear(day, m)
	case semantic.Month:
		return d.fillMonth(day)
	case semantic.Week:
		return d.fillWeek(day)
	}
	return d, false
}

func (d Date) fillYear(day time.Time, m *nlq.Moment) (Date, bool) {
	unit := semantic.Year
	if d.Steps[0].Of == semantic.FiscalYear || d.Steps[0].Unit >= semantic.FiscalMonth {
		unit = semantic.FiscalYear
	}
	for year := day.Year() + 1; year > day.Year()-9; year-- {
		start, ok := begins(unit, year, d.Steps, m)
		if ok && !start.After(day) {
			filled := Year(unit, year)
			filled.Steps = d.Steps
			return filled, true
		}
	}
	return d, false
}

// fillMonth fills in the month of "the 5th".
func (d Date) fillMonth(day time.Time) (Date, bool) {
	for back := 0; back < 12; back++ {
		first := time.Date(day.Year(), day.Month()-time.Month(back), 1, 0, 0, 0, 0, time.UTC)
		n := max(d.Steps[0].From, 1)
		if !dayExists(first.Year(), int(first.Month()), n) || first.AddDate(0, 0, n-1).After(day) {
			continue
		}
		base := semantic.Absolute{Unit: semantic.Month, Year: first.Year(), N: int(first.Month())}
		return Date{Base: base, Unit: semantic.Month, Steps: d.Steps}, true
	}
	return d, false
}

// fillWeek fills in the week of a weekday, so that it becomes a dated day.
func (d Date) fillWeek(day time.Time) (Date, bool) {
	s := d.Steps[0]
	if s.From < 1 || s.To > 7 || len(d.Steps) > 1 {
		return d, false
	}
	back := (isoWeekday(day) - s.From + 7) % 7
	first := day.AddDate(0, 0, -back)
	if s.From == s.To {
		return Date{Base: dated(first), Unit: semantic.Day}, true
	}
	return Date{Base: semantic.FromTo{From: dated(first), To: dated(first.AddDate(0, 0, s.To-s.From))}}, true
}

// begins returns the first day of the steps inside a year; ok is false when
// that day does not exist.
func begins(unit semantic.Unit, year int, steps []Step, m *nlq.Moment) (start time.Time, ok bool) {
	month, day := yearStart(unit, year, m)
	year = month / 12
	month = month%12 + 1
	for _, s := range steps {
		n := max(s.From, 1)
		switch s.Unit {
		case semantic.Half, semantic.FiscalHalf:
			month += (n - 1) * 6
		case semantic.Quarter, semantic.FiscalQuarter:
			month += (n - 1) * 3
		case semantic.Month, semantic.FiscalMonth:
			month += n - 1
		case semantic.Week:
			if s.Of == semantic.Year {
				return isoWeekStart(year, n), true
			}
			day = (n-1)*7 + 1
		case semantic.Day:
			day += n - 1
		}
	}
	year, month = year+(month-1)/12, (month-1)%12+1
	if day > 28 && !dayExists(year, month, day) {
		return start, false
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC), true
}

// yearStart returns the first month of a year, counted in months since year 0,
// and its first day.
func yearStart(unit semantic.Unit, year int, m *nlq.Moment) (months, day int) {
	if unit != semantic.FiscalYear || m.Calendar == nil || m.Calendar.FiscalStart <= 1 {
		return year * 12, 1
	}
	if m.Calendar.FiscalByEnd {
		year--
	}
	return year*12 + m.Calendar.FiscalStart - 1, 1
}

// ShortYear completes a year of two digits.
func ShortYear(n int, m *nlq.Moment) int {
	century := m.Now.Year() / 100 * 100
	if century+n > m.Now.Year()+10 {
		return century - 100 + n
	}
	return century + n
}

func today(m *nlq.Moment) time.Time {
	y, month, d := m.Now.Date()
	return time.Date(y, month, d, 0, 0, 0, 0, time.UTC)
}

// dated names a calendar day.
func dated(t time.Time) semantic.Absolute {
	return semantic.Absolute{Unit: semantic.Day, Year: t.Year(), N: int(t.Month())*100 + t.Day()}
}

func isoWeekday(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

func isoWeekStart(year, week int) time.Time {
	fourth := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC)
	return fourth.AddDate(0, 0, 1-isoWeekday(fourth)+(week-1)*7)
}

// Over returns a date without a base as the latest one that is over: last
// March.
func (d Date) Over(m *nlq.Moment) (Date, bool) {
	if len(d.Steps) == 0 {
		return d, false
	}
	filled, ok := d.fill(m)
	if !ok {
		return d, false
	}
	if next, ok := (Date{Base: filled.Base, Unit: filled.Unit}).after(filled.Steps); ok && !startOf(next, m).After(today(m)) {
		return filled, true
	}
	return d.fillBefore(startOf(filled, m).AddDate(0, 0, -1), m)
}

// after returns the date behind the steps of a year.
func (d Date) after(steps []Step) (Date, bool) {
	d.Steps = steps
	return d.next()
}

// Coming returns a date without a base as the next one that begins: next March.
func (d Date) Coming(m *nlq.Moment) (Date, bool) {
	filled, ok := d.fill(m)
	if !ok {
		return d, false
	}
	base, ok := Date{Base: filled.Base, Unit: filled.Unit}.next()
	base.Steps = filled.Steps
	return base, ok
}
