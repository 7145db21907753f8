package semantic

import (
	"testing"
	"time"
)

// TestFiscalWeeks holds the calendar against years that are published: those of
// American retailers, which begin near February 1, and of a maker of computers,
// which end on the last Saturday of September.
func TestFiscalWeeks(t *testing.T) {
	retail := &Calendar{WeekStart: time.Sunday, FiscalStart: 2, FiscalWeeks: [3]int{4, 5, 4}, FiscalLead: FiscalNearest}
	maker := &Calendar{WeekStart: time.Sunday, FiscalStart: 10, FiscalByEnd: true, FiscalWeeks: [3]int{4, 4, 5}, FiscalLead: FiscalBefore}
	for _, c := range []struct {
		cal        *Calendar
		unit       Unit
		name       string
		start, end string
	}{
		{retail, FiscalYear, "fiscal_year(2023)", "2023-01-29", "2024-02-04"}, // of 53 weeks
		{retail, FiscalYear, "fiscal_year(2024)", "2024-02-04", "2025-02-02"},
		{retail, FiscalMonth, "fiscal_month(2024-02)", "2024-03-03", "2024-04-07"},
		{retail, FiscalMonth, "fiscal_month(2023-12)", "2023-12-31", "2024-02-04"},
		{retail, FiscalQuarter, "fiscal_quarter(2024-Q2)", "2024-05-05", "2024-08-04"},
		{retail, FiscalHalf, "fiscal_half(2024-H2)", "2024-08-04", "2025-02-02"},
		{maker, FiscalYear, "fiscal_year(2023)", "2022-09-25", "2023-10-01"}, // of 53 weeks
		{maker, FiscalYear, "fiscal_year(2024)", "2023-10-01", "2024-09-29"},
		{maker, FiscalQuarter, "fiscal_quarter(2024-Q1)", "2023-10-01", "2023-12-31"},
	} {
		got, err := Resolve(periodOf(t, c.name), Clock{Now: at("2024-06-15"), Calendar: c.cal})
		if err != nil || !got.Start.Equal(at(c.start)) || !got.End.Equal(at(c.end)) {
			t.Errorf("%s is %v, %v; want %s..%s", c.name, got, err, c.start, c.end)
		}
		for _, in := range []time.Time{at(c.start), at(c.end).Add(-time.Second)} {
			if start := StartOf(in, c.unit, c.cal); !start.Equal(at(c.start)) {
				t.Errorf("the %v of %v starts on %v, not %s", c.unit, in, start, c.start)
			}
			if name := PeriodString(Named(in, c.unit, c.cal)); name != c.name {
				t.Errorf("%v is called %s, not %s", in, name, c.name)
			}
		}
	}
}

// TestFiscalWeeksMeet compares years in weeks: the same week and day of the other
// year, and whole periods with whole ones.
func TestFiscalWeeksMeet(t *testing.T) {
	cal := &Calendar{WeekStart: time.Sunday, FiscalStart: 2, FiscalWeeks: [3]int{4, 5, 4}, FiscalLead: FiscalNearest}
	for _, c := range []struct{ from, to string }{
		{"2024-02-04", "2023-01-29"}, {"2024-03-05", "2023-02-28"}, {"2025-01-05", "2023-12-31"}, {"2023-01-29", "2022-01-30"},
		{"2024-01-28", "2023-01-28"}, // a day of the 53rd week, which the other year lacks
	} {
		if got := AddUnits(at(c.from), FiscalYear, -1, cal); !got.Equal(at(c.to)) {
			t.Errorf("a year before %s is %v, not %s", c.from, got, c.to)
		}
	}
	clock := Clock{Now: at("2024-06-15"), Calendar: cal}
	meant := periodOf(t, "fiscal_month(2024-12)")
	first, err := Resolve(meant, clock)
	if err != nil {
		t.Fatal(err)
	}
	second, err := ResolveVersus(first, meant, Versus{How: Ago, Unit: FiscalYear, N: 1}, clock)
	if err != nil || !second.Start.Equal(at("2023-12-31")) || !second.End.Equal(at("2024-02-04")) {
		t.Errorf("the month of five weeks before %v is %v, %v", first, second, err)
	}
}

func periodOf(t *testing.T, text string) Period {
	t.Helper()
	p, err := ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
