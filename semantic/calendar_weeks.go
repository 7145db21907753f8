package semantic

import (
	"slices"
	"time"
)

// Where a fiscal year of whole weeks begins: with the week that holds the day so
// many days after the first of its first month. That is the last start of a week
// up to the first of the month, the nearest, or the next.
const (
	FiscalBefore  = 0
	FiscalNearest = 3
	FiscalAfter   = 6
)

// InWeeks reports a unit that is made of whole weeks by a pattern such as 4-4-5: a
// fiscal one of a calendar that has a pattern. A year has 52 weeks or 53, of which
// the last belongs to its last month.
func (c *Calendar) InWeeks(u Unit) bool {
	return c != nil && c.FiscalWeeks != [3]int{} && calendarUnit(u) != u
}

// WeeksBefore counts the weeks of a year in weeks before its month, from 0 on.
func (c *Calendar) WeeksBefore(month int) int {
	w := c.FiscalWeeks
	return month/3*13 + []int{0, w[0], w[0] + w[1]}[month%3]
}

// yearInWeeks is the first day of the year in weeks that belongs to the months
// from that of a calendar year on.
func (c *Calendar) yearInWeeks(year int) time.Time {
	first := monthStart(year*12 + c.fiscalOffset())
	return truncWeek(first.AddDate(0, 0, c.FiscalLead), c.WeekStart)
}

// monthInWeeks numbers the months in weeks, as monthOf does those of the calendar,
// and gives the first day of the one that holds t.
func (c *Calendar) monthInWeeks(t time.Time) (month int, start time.Time) {
	week := truncWeek(t, c.WeekStart)
	months := monthOf(week.AddDate(0, 0, FiscalAfter-c.FiscalLead)) - c.fiscalOffset()
	year := (months - floorMod(months, 12)) / 12
	first := c.yearInWeeks(year)
	weeks, in := int(week.Sub(first)/(7*day)), 11
	for in > 0 && c.WeeksBefore(in) > weeks {
		in--
	}
	return year*12 + in, first.AddDate(0, 0, 7*c.WeeksBefore(in))
}

// startInWeeks is the first day of a month in weeks.
func (c *Calendar) startInWeeks(month int) time.Time {
	in := floorMod(month, 12)
	return c.yearInWeeks((month-in)/12).AddDate(0, 0, 7*c.WeeksBefore(in))
}

// addInWeeks moves t by months in weeks, and keeps how far it lies in its month: a
// day that the month reached does not have is its last one.
func (c *Calendar) addInWeeks(t time.Time, months int) time.Time {
	month, start := c.monthInWeeks(t)
	reached, next := c.startInWeeks(month+months), c.startInWeeks(month+months+1)
	into := t.Sub(start)
	if days := next.Sub(reached) / day; into/day >= days {
		into = (days-1)*day + into%day
	}
	return reached.Add(into)
}

// fiscalTwin is the fiscal unit that is called like a unit of months.
func fiscalTwin(u Unit) Unit {
	if i := slices.Index([]Unit{Month, Quarter, Half, Year}, u); i >= 0 {
		return []Unit{FiscalMonth, FiscalQuarter, FiscalHalf, FiscalYear}[i]
	}
	return u
}

// wholeInWeeks reports an interval of whole months in weeks.
func (c *Calendar) wholeInWeeks(i Interval) bool {
	begins := func(t time.Time) bool { return t.IsZero() || StartOf(t, FiscalMonth, c).Equal(t) }
	return begins(i.Start) && begins(i.End)
}
