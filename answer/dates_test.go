package answer

import (
	"testing"
	"time"

	"wenshu/semantic"
)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04"} {
		if v, err := time.Parse(layout, s); err == nil {
			return v
		}
	}
	if s != "" {
		t.Fatalf("not a time: %s", s)
	}
	return time.Time{}
}

func TestIntervalsInWords(t *testing.T) {
	cases := []struct{ start, end, zh, en string }{
		{"2026-06-01", "2026-07-01", "2026年6月1日–6月30日", "Jun 1 – Jun 30, 2026"},
		{"2026-03-05", "2026-03-06", "2026年3月5日", "Mar 5, 2026"},
		{"2025-12-30", "2026-01-05", "2025年12月30日–2026年1月4日", "Dec 30, 2025 – Jan 4, 2026"},
		{"", "", "全部时间", "all time"},
		{"2026-06-01", "", "2026年6月1日起", "from Jun 1, 2026 on"},
		{"", "2026-06-01", "截至2026年5月31日", "up to May 31, 2026"},
		{"2026-06-01", "2026-06-15T10:30", "2026年6月1日–2026年6月15日 10:30", "Jun 1, 2026 – Jun 15, 2026 10:30"},
		{"2026-06-15T09:00", "2026-06-15T10:30", "2026年6月15日 09:00–10:30", "Jun 15, 2026 09:00 – 10:30"},
	}
	for _, c := range cases {
		iv := semantic.Interval{Start: at(t, c.start), End: at(t, c.end)}
		if zh, en := chineseDates.interval(iv), englishDates.interval(iv); zh != c.zh || en != c.en {
			t.Errorf("%s..%s: %q %q, want %q %q", c.start, c.end, zh, en, c.zh, c.en)
		}
	}
}

// TestRunningPeriodsInWords holds that a whole year, quarter or month whose end
// has not come is named, and every other period dated.
func TestRunningPeriodsInWords(t *testing.T) {
	cases := []struct {
		start, end string
		partial    bool
		zh, en     string
	}{
		{"2026-01-01", "2027-01-01", true, "2026年", "2026"},
		{"2026-07-01", "2026-10-01", true, "2026年三季度", "Q3 2026"},
		{"2026-07-01", "2026-08-01", true, "2026年7月", "Jul 2026"},
		{"2026-01-01", "2027-01-01", false, "2026年1月1日–12月31日", "Jan 1 – Dec 31, 2026"},
		{"2026-04-01", "2027-04-01", true, "2026年4月1日–2027年3月31日", "Apr 1, 2026 – Mar 31, 2027"},
		{"2026-05-01", "2026-08-01", true, "2026年5月1日–7月31日", "May 1 – Jul 31, 2026"},
		{"2026-07-01", "2026-07-15", true, "2026年7月1日–7月14日", "Jul 1 – Jul 14, 2026"},
		{"2026-07-01", "", true, "2026年7月1日起", "from Jul 1, 2026 on"},
	}
	for _, c := range cases {
		iv := semantic.Interval{Start: at(t, c.start), End: at(t, c.end), Partial: c.partial}
		if zh, en := chineseDates.span(iv), englishDates.span(iv); zh != c.zh || en != c.en {
			t.Errorf("%s..%s: %q %q, want %q %q", c.start, c.end, zh, en, c.zh, c.en)
		}
	}
}

func TestBucketsInWords(t *testing.T) {
	april := &semantic.Calendar{FiscalStart: 4}
	byEnd := &semantic.Calendar{FiscalStart: 4, FiscalByEnd: true}
	day := func(s string) semantic.Value { return semantic.DateValue(at(t, s)) }
	in := func(u semantic.Unit) semantic.Grain { return semantic.Grain{Unit: u} }
	part := func(c semantic.Cyclic) semantic.Grain { return semantic.Grain{Cyclic: c} }
	cases := []struct {
		v      semantic.Value
		g      semantic.Grain
		cal    *semantic.Calendar
		zh, en string
	}{
		{day("2026-06-01"), in(semantic.Day), nil, "2026年6月1日", "Jun 1, 2026"},
		{day("2026-06-01"), in(semantic.Week), nil, "2026年6月1日当周", "week of Jun 1, 2026"},
		{day("2026-06-01"), in(semantic.Month), nil, "2026年6月", "Jun 2026"},
		{day("2026-04-01"), in(semantic.Quarter), nil, "2026年二季度", "Q2 2026"},
		{day("2026-07-01"), in(semantic.Half), nil, "2026年下半年", "H2 2026"},
		{day("2026-01-01"), in(semantic.Year), nil, "2026年", "2026"},
		{day("2026-04-01"), in(semantic.FiscalYear), april, "2026财年", "FY2026"},
		{day("2026-01-01"), in(semantic.FiscalQuarter), april, "2025财年四季度", "Q4 FY2025"},
		{day("2026-04-01"), in(semantic.FiscalYear), byEnd, "2027财年", "FY2027"},
		{semantic.TimestampValue(at(t, "2026-06-01T09:00")), in(semantic.Hour), nil, "2026年6月1日 09时", "Jun 1, 2026 09:00"},
		{semantic.IntValue(7), part(semantic.DayOfWeek), nil, "周日", "Sun"},
		{semantic.IntValue(9), part(semantic.HourOfDay), nil, "09时", "09:00"},
		{semantic.IntValue(0), part(semantic.WorkingDay), nil, "休息日", "day off"},
		{semantic.NullValue, in(semantic.Month), nil, "—", "—"},
	}
	for _, c := range cases {
		if zh, en := chineseDates.bucket(c.v, c.g, c.cal), englishDates.bucket(c.v, c.g, c.cal); zh != c.zh || en != c.en {
			t.Errorf("%s %v: %q %q, want %q %q", c.v, c.g, zh, en, c.zh, c.en)
		}
	}
}
