package finish

import (
	"fmt"
	"time"

	"wenshu/semantic"
)

// startOf is the moment at which the calendar unit that holds v begins: null
// for null and for no unit. Weeks begin on the calendar's day, fiscal years in
// its month.
func startOf(unit semantic.Unit, v semantic.Value, c *semantic.Calendar) (semantic.Value, error) {
	if v.IsNull() || unit == semantic.NoUnit {
		return semantic.NullValue, nil
	}
	if v.Kind() != semantic.Date && v.Kind() != semantic.Timestamp {
		return semantic.NullValue, fmt.Errorf("a %v has no %v", v.Kind(), unit)
	}
	t := v.Time()
	if months := monthsIn(unit); months > 0 {
		first := time.January
		if unit >= semantic.FiscalMonth && c != nil && c.FiscalStart > 0 {
			first = time.Month(c.FiscalStart)
		}
		into := (int(t.Month()) - int(first) + 12) % months
		return semantic.TimestampValue(time.Date(t.Year(), t.Month()-time.Month(into), 1, 0, 0, 0, 0, time.UTC)), nil
	}
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	switch unit {
	case semantic.Week:
		first := time.Monday
		if c != nil {
			first = c.WeekStart
		}
		return semantic.TimestampValue(day.AddDate(0, 0, -int(day.Weekday()-first+7)%7)), nil
	case semantic.Day:
		return semantic.TimestampValue(day), nil
	case semantic.Hour:
		return semantic.TimestampValue(t.Truncate(time.Hour)), nil
	case semantic.Minute:
		return semantic.TimestampValue(t.Truncate(time.Minute)), nil
	case semantic.Second:
		return semantic.TimestampValue(t.Truncate(time.Second)), nil
	}
	return semantic.NullValue, fmt.Errorf("no unit %d", unit)
}

// monthsIn is the length of a unit that is counted in months, else 0.
func monthsIn(unit semantic.Unit) int {
	switch unit {
	case semantic.Month, semantic.FiscalMonth:
		return 1
	case semantic.Quarter, semantic.FiscalQuarter:
		return 3
	case semantic.Half, semantic.FiscalHalf:
		return 6
	case semantic.Year, semantic.FiscalYear:
		return 12
	}
	return 0
}
