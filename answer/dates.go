package answer

import (
	"fmt"
	"strconv"
	"time"

	"wenshu/semantic"
)

// dateWords is how one language writes dates.
type dateWords struct {
	Day      message // {y} {m} {mon} {d}
	DayShort message // without the year
	Month    message
	Quarter  message // {y} {q}
	Half     message // {y} {half}
	Year     message
	Week     message // {day}: its first day
	Hour     message // {day} {h}

	FiscalYear, FiscalHalf, FiscalQuarter, FiscalMonth message // {y}; and {half}, {q}, {m}

	Between message // {a} {b}: both included
	From    message // {a}: and later
	UpTo    message // {b}: and earlier
	All     message

	Months   [12]string // short
	Weekdays [7]string  // Monday first
	Halves   [2]string
	Quarters [4]string

	HourOfDay, DayOfMonth, DayOfYear, WeekOfYear message // {n}
	WorkingDay, DayOff                           message
}

// day is a calendar day: 2026年6月1日, Jun 1, 2026.
func (d *dateWords) day(t time.Time) string { return d.date(d.Day, t) }
func (d *dateWords) date(m message, t time.Time) string {
	return m.string(word("y", strconv.Itoa(t.Year())), word("m", strconv.Itoa(int(t.Month()))),
		word("mon", d.Months[t.Month()-1]), word("d", strconv.Itoa(t.Day())))
}

// instant is a day, with the clock where it is not midnight.
func (d *dateWords) instant(t time.Time) string {
	if isMidnight(t) {
		return d.day(t)
	}
	return d.day(t) + " " + clock(t)
}

func clock(t time.Time) string {
	switch {
	case t.Nanosecond() != 0:
		return t.Format("15:04:05.000")
	case t.Second() == 0:
		return t.Format("15:04")
	}
	return t.Format("15:04:05")
}

func isMidnight(t time.Time) bool {
	return t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 && t.Nanosecond() == 0
}

// interval is a period with its first and last day, or its first and last
// instant when it does not start and end with a day: 2026年6月1日–6月30日,
// Jun 1 – Jun 30, 2026.
func (d *dateWords) interval(iv semantic.Interval) string {
	switch {
	case iv.Start.IsZero() && iv.End.IsZero():
		return d.All.string()
	case iv.End.IsZero():
		return d.From.string(word("a", d.instant(iv.Start)))
	case iv.Start.IsZero():
		return d.UpTo.string(word("b", d.instant(lastOf(iv.End))))
	case isMidnight(iv.Start) && isMidnight(iv.End):
		return d.days(iv.Start, iv.End.AddDate(0, 0, -1))
	case iv.Start.Truncate(24 * time.Hour).Equal(iv.End.Truncate(24 * time.Hour)):
		return d.Between.string(word("a", d.day(iv.Start)+" "+clock(iv.Start)), word("b", clock(iv.End)))
	}
	return d.Between.string(word("a", d.instant(iv.Start)), word("b", d.instant(iv.End)))
}

// span is a period by its first and last day, but one that is still running and
// is a whole year, quarter or month by its name: its last day has not been seen.
func (d *dateWords) span(iv semantic.Interval) string {
	if iv.Partial && isMidnight(iv.Start) && iv.Start.Day() == 1 {
		for _, whole := range []struct {
			months int
			unit   semantic.Unit
		}{{12, semantic.Year}, {3, semantic.Quarter}, {1, semantic.Month}} {
			begins := (int(iv.Start.Month())-1)%whole.months == 0
			if begins && iv.Start.AddDate(0, whole.months, 0).Equal(iv.End) {
				return d.bucket(semantic.DateValue(iv.Start), semantic.Grain{Unit: whole.unit}, nil)
			}
		}
	}
	return d.interval(iv)
}

// lastOf is the last day before a midnight, or the instant itself.
func lastOf(end time.Time) time.Time {
	if isMidnight(end) {
		return end.AddDate(0, 0, -1)
	}
	return end
}

// days is a range of days, both included; the year is written once where it is
// the same.
func (d *dateWords) days(first, last time.Time) string {
	switch {
	case !first.Before(last):
		return d.day(first)
	case first.Year() != last.Year():
		return d.Between.string(word("a", d.day(first)), word("b", d.day(last)))
	case d.yearFirst():
		return d.Between.string(word("a", d.day(first)), word("b", d.date(d.DayShort, last)))
	}
	return d.Between.string(word("a", d.date(d.DayShort, first)), word("b", d.day(last)))
}

// yearFirst reports whether the year leads a date.
func (d *dateWords) yearFirst() bool { return len(d.Day) > 2 && d.Day[:3] == "{y}" }

// bucket is one value of a time at a grain: 2026年6月, Q2 2026, 周一.
func (d *dateWords) bucket(v semantic.Value, g semantic.Grain, cal *semantic.Calendar) string {
	if v.IsNull() {
		return NullText
	}
	if g.Cyclic != semantic.NoCycle {
		return d.cyclic(v, g.Cyclic)
	}
	t := v.Time()
	if t.IsZero() {
		return v.String()
	}
	year, month := word("y", strconv.Itoa(t.Year())), int(t.Month())
	fiscal := semantic.Named(t, g.Unit, cal)
	fy := word("y", strconv.Itoa(fiscal.Year))
	switch g.Unit {
	case semantic.Year:
		return d.Year.string(year)
	case semantic.Half:
		return d.Half.string(year, word("half", d.Halves[(month-1)/6]))
	case semantic.Quarter:
		return d.Quarter.string(year, word("q", d.Quarters[(month-1)/3]))
	case semantic.Month:
		return d.date(d.Month, t)
	case semantic.Week:
		return d.Week.string(word("day", d.day(t)))
	case semantic.FiscalYear:
		return d.FiscalYear.string(fy)
	case semantic.FiscalHalf:
		return d.FiscalHalf.string(fy, word("half", d.Halves[fiscal.N-1]))
	case semantic.FiscalQuarter:
		return d.FiscalQuarter.string(fy, word("q", d.Quarters[fiscal.N-1]))
	case semantic.FiscalMonth:
		return d.FiscalMonth.string(fy, word("m", strconv.Itoa(fiscal.N)))
	case semantic.Hour:
		return d.Hour.string(word("day", d.day(t)), word("h", fmt.Sprintf("%02d", t.Hour())))
	}
	return d.instant(t)
}

// cyclic is a repeating part of a date.
func (d *dateWords) cyclic(v semantic.Value, c semantic.Cyclic) string {
	n := int(v.Int())
	number := word("n", strconv.Itoa(n))
	switch {
	case v.Kind() != semantic.Int:
		return v.String()
	case c == semantic.DayOfWeek && n >= 1 && n <= 7:
		return d.Weekdays[n-1]
	case c == semantic.MonthOfYear && n >= 1 && n <= 12:
		return d.Months[n-1]
	case c == semantic.QuarterOfYear && n >= 1 && n <= 4:
		return d.Quarters[n-1]
	case c == semantic.HourOfDay:
		return d.HourOfDay.string(word("n", fmt.Sprintf("%02d", n)))
	case c == semantic.DayOfMonth:
		return d.DayOfMonth.string(number)
	case c == semantic.DayOfYear:
		return d.DayOfYear.string(number)
	case c == semantic.WeekOfYear:
		return d.WeekOfYear.string(number)
	case c == semantic.WorkingDay && n == 1:
		return d.WorkingDay.string()
	case c == semantic.WorkingDay && n == 0:
		return d.DayOff.string()
	}
	return v.String()
}
