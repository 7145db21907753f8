package said

import (
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// startOf returns the first day of a date, enough to tell which of two comes
// first; the zero time when it has none that can be told here.
func startOf(d Date, m *nlq.Moment) time.Time {
	if d.Base == nil {
		filled, ok := d.fill(m)
		if !ok {
			return time.Time{}
		}
		d = filled
	}
	switch b := d.Base.(type) {
	case semantic.Absolute:
		return startOfAbsolute(b, d.Steps, m)
	case semantic.Relative:
		return startOfRelative(b, d.Steps, m)
	}
	return time.Time{}
}

func startOfAbsolute(a semantic.Absolute, steps []Step, m *nlq.Moment) time.Time {
	var above []Step
	unit := semantic.Year
	switch a.Unit {
	case semantic.FiscalYear:
		unit = semantic.FiscalYear
	case semantic.Day:
		above = []Step{One(semantic.Year, semantic.Month, a.N/100), One(semantic.Month, semantic.Day, a.N%100)}
	case semantic.Year:
	default:
		above = []Step{One(semantic.Year, a.Unit, a.N)}
	}
	if a.Unit > semantic.Year {
		unit = semantic.FiscalYear
	}
	start, _ := begins(unit, a.Year, append(above, steps...), m)
	return start
}

func startOfRelative(r semantic.Relative, steps []Step, m *nlq.Moment) time.Time {
	now := today(m)
	y, month := now.Year(), int(now.Month())
	switch r.Unit {
	case semantic.Year:
		return startOfAbsolute(semantic.Absolute{Unit: semantic.Year, Year: y + r.From}, steps, m)
	case semantic.FiscalYear:
		return startOfAbsolute(semantic.Absolute{Unit: semantic.FiscalYear, Year: y + r.From}, steps, m)
	case semantic.Half:
		now = time.Date(y, time.Month((month-1)/6*6+1+6*r.From), 1, 0, 0, 0, 0, time.UTC)
	case semantic.Quarter:
		now = time.Date(y, time.Month((month-1)/3*3+1+3*r.From), 1, 0, 0, 0, 0, time.UTC)
	case semantic.Month:
		now = time.Date(y, time.Month(month+r.From), 1, 0, 0, 0, 0, time.UTC)
	case semantic.Week:
		now = now.AddDate(0, 0, 1-isoWeekday(now)+7*r.From)
	case semantic.Day:
		now = now.AddDate(0, 0, r.From)
	}
	for _, s := range steps {
		switch s.Unit {
		case semantic.Month:
			now = now.AddDate(0, max(s.From, 1)-1, 0)
		case semantic.Week:
			now = now.AddDate(0, 0, 7*(max(s.From, 1)-1))
		case semantic.Day:
			now = now.AddDate(0, 0, max(s.From, 1)-1)
		}
	}
	return now
}
