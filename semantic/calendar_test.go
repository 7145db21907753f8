package semantic

import (
	"testing"
	"time"
)

// TestUnitsTileTime walks the days of years with every kind of start and wants
// each unit to hold the day, to begin where the one before ends, and to be the
// unit of its own start.
func TestUnitsTileTime(t *testing.T) {
	calendars := []*Calendar{
		nil,
		{WeekStart: time.Sunday, FiscalStart: 4},
		{WeekStart: time.Saturday, FiscalStart: 10, FiscalByEnd: true},
	}
	for _, c := range calendars {
		clock := Clock{Calendar: c}
		for d := at("2019-12-25T13:14:15"); d.Before(at("2025-01-10")); d = d.Add(23 * time.Hour) {
			for u := Second; u <= FiscalYear; u++ {
				start := StartOf(d, u, c)
				next := AddUnits(start, u, 1, c)
				if d.Before(start) || !d.Before(next) {
					t.Fatalf("%v: the %s is %v..%v", d, u, start, next)
				}
				if !StartOf(start, u, c).Equal(start) || !StartOf(next.Add(-1), u, c).Equal(start) || !StartOf(next, u, c).Equal(next) {
					t.Fatalf("%v: the %s %v..%v does not tile", d, u, start, next)
				}
				if u < Day || u == Week {
					continue
				}
				if i, err := Resolve(Named(d, u, c), clock); err != nil || !i.Start.Equal(start) || !i.End.Equal(next) {
					t.Fatalf("%v: the %s %s is %v, %v", d, u, PeriodString(Named(d, u, c)), i, err)
				}
			}
			week, err := Resolve(Named(d, Week, c), clock)
			if err != nil || d.Before(week.Start) || !d.Before(week.End) {
				t.Fatalf("%v: the week %s is %v, %v", d, PeriodString(Named(d, Week, c)), week, err)
			}
		}
	}
}

func TestStartOf(t *testing.T) {
	april := &Calendar{WeekStart: time.Monday, FiscalStart: 4}
	cases := []struct {
		calendar *Calendar
		t        string
		unit     Unit
		want     string
	}{
		{april, "2021-02-24", Week, "2021-02-22"},
		{&Calendar{WeekStart: time.Sunday}, "2021-02-24", Week, "2021-02-21"},
		{april, "2024-03-31", FiscalYear, "2023-04-01"},
		{april, "2024-03-31", FiscalHalf, "2023-10-01"},
		{april, "2024-03-31", FiscalQuarter, "2024-01-01"},
		{april, "2024-03-31", FiscalMonth, "2024-03-01"},
		{april, "2024-04-01", FiscalYear, "2024-04-01"},
		{april, "2024-03-31T10:20:30", Minute, "2024-03-31T10:20"},
		{april, "2024-03-31T10:20:30", NoUnit, "2024-03-31T10:20:30"},
		{&Calendar{FiscalStart: 2}, "2024-01-31", FiscalQuarter, "2023-11-01"},
		{&Calendar{FiscalStart: 12}, "2024-12-01", FiscalYear, "2024-12-01"},
	}
	for _, c := range cases {
		if got := StartOf(at(c.t), c.unit, c.calendar); !got.Equal(at(c.want)) {
			t.Errorf("the %s of %s starts %v, want %s", c.unit, c.t, got, c.want)
		}
	}
}

func TestAddUnits(t *testing.T) {
	cases := []struct {
		t    string
		unit Unit
		n    int
		want string
	}{
		{"2026-01-31", Month, 1, "2026-02-28"},
		{"2024-01-31", Month, 1, "2024-02-29"},
		{"2026-03-31", Month, -1, "2026-02-28"},
		{"2026-01-31", Month, 2, "2026-03-31"},
		{"2026-01-15", Month, -1, "2025-12-15"},
		{"2026-01-15", Month, -13, "2024-12-15"},
		{"2024-02-29", Year, 1, "2025-02-28"},
		{"2024-02-29", Year, 4, "2028-02-29"},
		{"2024-02-29T23:30", FiscalYear, -1, "2023-02-28T23:30"},
		{"2026-08-31", Quarter, -2, "2026-02-28"},
		{"2026-08-31", Half, 1, "2027-02-28"},
		{"2026-12-31", Day, 1, "2027-01-01"},
		{"2026-12-31", Week, -53, "2025-12-25"},
		{"2026-12-31T23:00", Hour, 2, "2027-01-01T01:00"},
		{"2026-12-31T23:00", NoUnit, 2, "2026-12-31T23:00"},
	}
	for _, c := range cases {
		if got := AddUnits(at(c.t), c.unit, c.n, nil); !got.Equal(at(c.want)) {
			t.Errorf("%s and %d %s = %v, want %s", c.t, c.n, c.unit, got, c.want)
		}
	}
}

func TestPeriods(t *testing.T) {
	c := testCalendar()
	cases := []struct {
		start, end  string
		unit        Unit
		n           int
		first, last string
	}{
		{"2025-07-01", "2026-07-01", Month, 12, "2025-07-01", "2026-06-01"},
		{"2026-07-01", "2026-07-16", Day, 15, "2026-07-01", "2026-07-15"},
		{"2026-07-01", "2026-07-16", Week, 3, "2026-06-29", "2026-07-13"},
		{"2026-07-01T12:30", "2026-07-01T14:00", Hour, 2, "2026-07-01T12:00", "2026-07-01T13:00"},
		{"2026-01-15", "2026-04-02", FiscalQuarter, 2, "2026-01-01", "2026-04-01"},
		{"2026-01-15", "2026-04-02", FiscalYear, 2, "2025-04-01", "2026-04-01"},
	}
	for _, cs := range cases {
		got := Periods(Interval{Start: at(cs.start), End: at(cs.end)}, cs.unit, c)
		if len(got) != cs.n || !got[0].Equal(at(cs.first)) || !got[len(got)-1].Equal(at(cs.last)) {
			t.Errorf("the %ss of %s..%s: %v", cs.unit, cs.start, cs.end, got)
		}
	}
	none := map[string]Interval{
		"open end":   {Start: at("2026-01-01")},
		"open start": {End: at("2026-01-01")},
		"all":        {},
		"too many":   {Start: at("2026-01-01"), End: at("2027-01-01")},
	}
	for why, i := range none {
		if got := Periods(i, Second, c); got != nil {
			t.Errorf("%s: %d periods", why, len(got))
		}
	}
	if got := Periods(Interval{Start: at("2026-01-01"), End: at("2027-01-01")}, NoUnit, c); got != nil {
		t.Errorf("no unit: %d periods", len(got))
	}
}

func TestNamed(t *testing.T) {
	byEnd := &Calendar{FiscalStart: 4, FiscalByEnd: true}
	cases := []struct {
		calendar *Calendar
		t        string
		unit     Unit
		want     string
	}{
		{nil, "2026-07-15", Day, "2026-07-15"},
		{nil, "2026-12-31", Week, "2026-W53"},
		{nil, "2025-12-29", Week, "2026-W01"},
		{nil, "2026-07-15", Month, "2026-07"},
		{nil, "2026-07-15", Quarter, "2026-Q3"},
		{nil, "2026-07-15", Half, "2026-H2"},
		{nil, "2026-07-15", Year, "2026"},
		{byEnd, "2026-03-31", FiscalYear, "fiscal_year(2026)"},
		{byEnd, "2026-04-01", FiscalYear, "fiscal_year(2027)"},
		{byEnd, "2026-03-31", FiscalQuarter, "fiscal_quarter(2026-Q4)"},
		{byEnd, "2026-03-31", FiscalHalf, "fiscal_half(2026-H2)"},
		{byEnd, "2026-03-31", FiscalMonth, "fiscal_month(2026-12)"},
		{&Calendar{FiscalStart: 4}, "2026-03-31", FiscalMonth, "fiscal_month(2025-12)"},
	}
	for _, c := range cases {
		if got := PeriodString(Named(at(c.t), c.unit, c.calendar)); got != c.want {
			t.Errorf("the %s of %s is %s, want %s", c.unit, c.t, got, c.want)
		}
	}
	if got := Named(at("2026-03-31"), Hour, nil); got != (Absolute{}) {
		t.Errorf("an hour is named %v", got)
	}
}

// TestStartsOf holds the remembered starts to StartOf, whichever way the times go.
func TestStartsOf(t *testing.T) {
	c := &Calendar{WeekStart: time.Sunday, FiscalStart: 4, FiscalWeeks: [3]int{4, 4, 5}}
	for u := NoUnit; u <= FiscalYear; u++ {
		starts := StartsOf(u, c)
		for i := range 2000 {
			at := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i*i%1999) * 11 * time.Hour)
			if got, want := starts(at), StartOf(at, u, c); !got.Equal(want) {
				t.Fatalf("%v of %v is %v, want %v", u, at, got, want)
			}
		}
	}
}

// TestDaysIn holds AddUnits to the calendar of the standard library.
func TestDaysIn(t *testing.T) {
	for month := 1890 * 12; month < 2110*12; month++ {
		if got, want := daysIn(month), time.Date(0, time.Month(month+2), 0, 0, 0, 0, 0, time.UTC).Day(); got != want {
			t.Fatalf("month %d has %d days, want %d", month, got, want)
		}
	}
}
