package semantic

import (
	"slices"
	"sync"
	"time"
)

// Wall returns now, and where the data ends, on the wall clock of the
// calendar's zone, carried as UTC. Data that reaches now ends with it. A zone
// that is not known is an OutOfCalendar problem.
func (k Clock) Wall() (now, until time.Time, err error) {
	zone, err := k.Calendar.Location()
	if err != nil {
		return time.Time{}, time.Time{}, err
	}
	now = wallClock(k.Now.In(zone))
	if k.Until.IsZero() || k.Until.After(k.Now) {
		return now, now, nil
	}
	return now, wallClock(k.Until.In(zone)), nil
}

// wallClock is what a clock shows, carried as UTC.
func wallClock(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

// zones keeps loaded locations by name; reading one takes longer than binding
// a query.
var zones sync.Map

// Location returns the zone that periods follow, UTC when none is named. A
// zone that is not known is an OutOfCalendar problem.
func (c *Calendar) Location() (*time.Location, error) {
	if c == nil || c.Zone == "" {
		return time.UTC, nil
	}
	if zone, ok := zones.Load(c.Zone); ok {
		return zone.(*time.Location), nil
	}
	zone, err := time.LoadLocation(c.Zone)
	if err != nil || c.Zone == "Local" {
		return nil, Problems{{Code: OutOfCalendar, Name: c.Zone, Detail: "zone"}}
	}
	zones.Store(c.Zone, zone)
	return zone, nil
}

func (c *Calendar) weekStart() time.Weekday {
	if c == nil {
		return time.Monday
	}
	return c.WeekStart
}

// fiscalOffset is how many months the fiscal year begins after January.
func (c *Calendar) fiscalOffset() int {
	if c == nil || c.FiscalStart == 0 {
		return 0
	}
	return c.FiscalStart - 1
}

// months is how many months a unit has; 0 for units of days and less.
func (u Unit) months() int {
	switch calendarUnit(u) {
	case Month:
		return 1
	case Quarter:
		return 3
	case Half:
		return 6
	case Year:
		return 12
	}
	return 0
}

// length is how long a unit of a fixed length is on a wall clock; 0 for months
// and more.
func (u Unit) length() time.Duration {
	switch u {
	case Millisecond:
		return time.Millisecond
	case Second:
		return time.Second
	case Minute:
		return time.Minute
	case Hour:
		return time.Hour
	case Day:
		return day
	case Week:
		return 7 * day
	}
	return 0
}

const day = 24 * time.Hour

// StartOf returns the first instant of the unit that holds t, a wall clock
// carried as UTC. Weeks begin on the calendar's day, fiscal units in its month;
// a fiscal month is a calendar month, or one of whole weeks where the calendar has
// those (see InWeeks). NoUnit returns t.
func StartOf(t time.Time, u Unit, c *Calendar) time.Time {
	switch {
	case u == Week:
		return truncWeek(t, c.weekStart())
	case u.length() > 0:
		return t.Truncate(u.length())
	case c.InWeeks(u):
		month, _ := c.monthInWeeks(t)
		return c.startInWeeks(month - floorMod(month, u.months()))
	case u.months() > 0:
		offset := 0
		if calendarUnit(u) != u {
			offset = c.fiscalOffset()
		}
		since := monthOf(t) - offset
		return monthStart(since - floorMod(since, u.months()) + offset)
	}
	return t
}

// StartsOf is StartOf for many times that mostly ascend: it remembers the unit of
// the last one. It is not safe for concurrent use.
func StartsOf(u Unit, c *Calendar) func(t time.Time) time.Time {
	if u.months() == 0 && u != Week {
		return func(t time.Time) time.Time { return StartOf(t, u, c) } // as quick as looking it up
	}
	var start, next time.Time
	return func(t time.Time) time.Time {
		if t.Before(start) || !t.Before(next) {
			start = StartOf(t, u, c)
			next = AddUnits(start, u, 1, c)
		}
		return start
	}
}

// truncWeek is the start of the week that holds t when weeks begin on a day.
func truncWeek(t time.Time, start time.Weekday) time.Time {
	back := floorMod(int(t.Weekday()-start), 7)
	return t.Truncate(day).AddDate(0, 0, -back)
}

// monthOf numbers the months from that of the year 0 on.
func monthOf(t time.Time) int { return t.Year()*12 + int(t.Month()) - 1 }

func monthStart(month int) time.Time {
	return time.Date(0, time.Month(month+1), 1, 0, 0, 0, 0, time.UTC)
}

func floorMod(n, m int) int { return (n%m + m) % m }

// AddUnits moves t by n units; n may be negative. A day that the month reached
// does not have becomes its last one: a month after 31 January is 28 or 29
// February, a year after 29 February is 28 February. Fiscal units of whole weeks
// keep the week and its day. NoUnit returns t.
func AddUnits(t time.Time, u Unit, n int, c *Calendar) time.Time {
	switch {
	case c.InWeeks(u):
		return c.addInWeeks(t, n*u.months())
	case u == Day && t.Location() != time.UTC:
		return t.AddDate(0, 0, n)
	case u == Week && t.Location() != time.UTC:
		return t.AddDate(0, 0, 7*n)
	case u.months() == 0:
		return t.Add(time.Duration(n) * u.length())
	}
	month := monthOf(t) + n*u.months()
	first := time.Date(0, time.Month(month+1), min(t.Day(), daysIn(month)), 0, 0, 0, 0, time.UTC)
	return first.Add(t.Sub(t.Truncate(day)))
}

// daysIn is how many days a month has, by its number as of monthOf.
func daysIn(month int) int {
	switch m := floorMod(month, 12); m {
	case 1:
		if year := (month - m) / 12; year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 3, 5, 8, 10:
		return 30
	}
	return 31
}

// MaxPeriods is how many periods Periods returns at most.
const MaxPeriods = 100_000

// Periods returns the starts of all units that the interval touches, in order:
// the spine of a series. It is nil when an end is open, when there is no unit,
// and when there would be more than MaxPeriods.
func Periods(i Interval, u Unit, c *Calendar) []time.Time {
	if i.Start.IsZero() || i.End.IsZero() || u.months() == 0 && u.length() == 0 {
		return nil
	}
	var starts []time.Time
	if n := u.length(); n > 0 {
		starts = make([]time.Time, 0, min(i.End.Sub(i.Start)/n+2, MaxPeriods))
	}
	for t := StartOf(i.Start, u, c); t.Before(i.End); t = AddUnits(t, u, 1, c) {
		if len(starts) == MaxPeriods {
			return nil
		}
		starts = append(starts, t)
	}
	return starts
}

// Named returns the name of the unit that holds t: its year and number, as
// labels show it. Weeks are those of ISO 8601. Hours and finer units have no
// name; they return the zero Absolute.
func Named(t time.Time, u Unit, c *Calendar) Absolute {
	a := Absolute{Unit: u, Year: t.Year()}
	switch {
	case u == Day:
		a.N = int(t.Month())*100 + t.Day()
	case u == Week:
		a.Year, a.N = t.ISOWeek()
	case u.months() == 0:
		return Absolute{}
	case c.InWeeks(u):
		month, _ := c.monthInWeeks(t)
		a.Year, a.N = c.fiscalName(month+c.fiscalOffset()), floorMod(month, 12)/u.months()+1
	case calendarUnit(u) != u:
		month := monthOf(t)
		a.Year, a.N = c.fiscalName(month), floorMod(month-c.fiscalOffset(), 12)/u.months()+1
	default:
		a.N = (int(t.Month())-1)/u.months() + 1
	}
	if u.months() == 12 {
		a.N = 0
	}
	return a
}

// Works reports a working day: one from Monday to Friday that is not listed as off,
// or one that is listed as worked.
func (c *Calendar) Works(day time.Time) bool {
	day = StartOf(day, Day, nil)
	switch {
	case c != nil && slices.ContainsFunc(c.MakeUpDays, day.Equal):
		return true
	case c != nil && slices.ContainsFunc(c.DaysOff, day.Equal):
		return false
	}
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// fiscalName is the name of the fiscal year that holds a month.
func (c *Calendar) fiscalName(month int) int {
	since := month - c.fiscalOffset()
	year := (since - floorMod(since, 12)) / 12
	if c.fiscalOffset() > 0 && c.FiscalByEnd {
		year++
	}
	return year
}

// fiscalStart is the first month of a fiscal year, by its name.
func (c *Calendar) fiscalStart(year int) int {
	if c.fiscalOffset() > 0 && c.FiscalByEnd {
		year--
	}
	return year*12 + c.fiscalOffset()
}
