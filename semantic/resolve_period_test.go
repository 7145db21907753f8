package semantic

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // a machine without zone files still runs the tests
)

// testCalendar is a calendar with everything in it: fiscal years from April,
// named by their first calendar year, weeks from Monday.
func testCalendar() *Calendar {
	return &Calendar{
		Zone: "Asia/Shanghai", WeekStart: time.Monday, FiscalStart: 4,
		Festivals: []FestivalOf{
			{Name: "spring", Dates: []FestivalDates{
				dates(2024, "2024-02-10", "2024-02-18"),
				dates(2025, "2025-01-28", "2025-02-05"),
				dates(2026, "2026-02-15", "2026-02-24"),
			}},
			{Name: "double11", Dates: []FestivalDates{dates(2024, "2024-11-01", "2024-11-12"), dates(2025, "2025-10-20", "2025-11-12")}},
		},
		DaysOff:    []time.Time{at("2026-10-01"), at("2026-10-02")},
		MakeUpDays: []time.Time{at("2026-10-10")},
	}
}

func dates(year int, start, end string) FestivalDates {
	return FestivalDates{Year: year, Start: at(start), End: at(end)}
}

// at reads a wall clock: 2026-03-05, 2026-03-05T12:00.
func at(s string) time.Time {
	t, _, end := scanInstant(s, 0)
	if end != len(s) {
		panic("not an instant: " + s)
	}
	return t
}

// clockAt is a clock that shows the wall time in the calendar's zone.
func clockAt(now string, c *Calendar) Clock {
	zone, err := c.Location()
	if err != nil {
		panic(err)
	}
	t := at(now)
	return Clock{Now: time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, zone), Calendar: c}
}

func mustPeriod(t testing.TB, text string) Period {
	t.Helper()
	p, err := ParsePeriod(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return p
}

// resolved is the text of a period's dates; a star marks a running one, a
// refusal is its code.
func resolved(t testing.TB, text string, clock Clock) string {
	t.Helper()
	i, err := Resolve(mustPeriod(t, text), clock)
	return shown(i, err)
}

func shown(i Interval, err error) string {
	var ps Problems
	if errors.As(err, &ps) {
		return string(ps[0].Code)
	}
	if i.Partial {
		return i.String() + "*"
	}
	return i.String()
}

// periodDates are periods under a clock that stands at now. Lines without one
// keep that of the line above.
const periodDates = `
now 2026-07-15T10:00                         # a Wednesday
day(0)                                       2026-07-15..2026-07-16*
day(-1)                                      2026-07-14..2026-07-15
day(1)                                       2026-07-16..2026-07-17
day(-7..-1)                                  2026-07-08..2026-07-15
day(-6..0)                                   2026-07-09..2026-07-16*
hour(0)                                      2026-07-15T10:00..2026-07-15T11:00*
hour(-24..-1)                                2026-07-14T10:00..2026-07-15T10:00
minute(-30..-1)                              2026-07-15T09:30..2026-07-15T10:00
second(-1)                                   2026-07-15T09:59:59..2026-07-15T10:00
week(0)                                      2026-07-13..2026-07-20*
week(-1)                                     2026-07-06..2026-07-13
week(-4..-1)                                 2026-06-15..2026-07-13
month(0)                                     2026-07-01..2026-08-01*
month(-1)                                    2026-06-01..2026-07-01
month(1)                                     2026-08-01..2026-09-01
month(-3..-1)                                2026-04-01..2026-07-01
quarter(0)                                   2026-07-01..2026-10-01*
quarter(-1)                                  2026-04-01..2026-07-01
half(0)                                      2026-07-01..2027-01-01*
half(-1)                                     2026-01-01..2026-07-01
year(0)                                      2026-01-01..2027-01-01*
year(-2..-1)                                 2024-01-01..2026-01-01
fiscal_month(-1)                             2026-06-01..2026-07-01
fiscal_quarter(0)                            2026-07-01..2026-10-01*
fiscal_half(0)                               2026-04-01..2026-10-01*
fiscal_year(0)                               2026-04-01..2027-04-01*
fiscal_year(-1)                              2025-04-01..2026-04-01
all                                          all
2026                                         2026-01-01..2027-01-01*
2025-H2                                      2025-07-01..2026-01-01
2026-Q1                                      2026-01-01..2026-04-01
2026-02                                      2026-02-01..2026-03-01
2026-07-15                                   2026-07-15..2026-07-16*
2024-02-29                                   2024-02-29..2024-03-01
2026-W29                                     2026-07-13..2026-07-20*
2026-W01                                     2025-12-29..2026-01-05
2020-W53                                     2020-12-28..2021-01-04
2026-W53                                     2026-12-28..2027-01-04
fiscal_year(2025)                            2025-04-01..2026-04-01
fiscal_half(2025-H2)                         2025-10-01..2026-04-01
fiscal_quarter(2025-Q4)                      2026-01-01..2026-04-01
fiscal_month(2025-12)                        2026-03-01..2026-04-01
2026-06-01..2026-07-01                       2026-06-01..2026-07-01
2026-07-01..2026-07-15T10:00                 2026-07-01..2026-07-15T10:00
2026-07-01..2026-07-15T10:01                 2026-07-01..2026-07-15T10:01*
2026-06-01..                                 2026-06-01..*
2027-06-01..                                 2027-06-01..
..2026-07-01                                 ..2026-07-01
2026-07-01..2026-07-01                       bad_period
2026-07-02..2026-07-01                       bad_period
2026-03-05 to 2026-04-02                     2026-03-05..2026-04-03
month(-3) to month(-1)                       2026-04-01..2026-07-01
month(-3) to day(0)                          2026-04-01..2026-07-16*
week(0).day(1) to day(0)                     2026-07-13..2026-07-16*
2023 to year(0).to_date                      2023-01-01..2026-07-16*
day(0) to day(-1)                            bad_period
all to month(-1)                             ..2026-07-01
since(month(-1))                             2026-06-01..*
after(month(-1))                             2026-07-01..*
after(day(0))                                2026-07-16..
before(2026)                                 ..2026-01-01
until(2026-06-30)                            ..2026-07-01
until(day(0))                                ..2026-07-16*
since(..2026-07-01)                          bad_period
after(2026-07-01..)                          bad_period
since(all)                                   bad_period
year(-1).month(3)                            2025-03-01..2025-04-01
year(-1).half(1)                             2025-01-01..2025-07-01
year(-1).half(-1)                            2025-07-01..2026-01-01
year(-1).quarter(2..3)                       2025-04-01..2025-10-01
half(-1).month(-1)                           2026-06-01..2026-07-01
quarter(0).month(2)                          2026-08-01..2026-09-01
month(-1).day(1..10)                         2026-06-01..2026-06-11
month(-1).day(21..-1)                        2026-06-21..2026-07-01
month(0).day(-5..-1)                         2026-07-27..2026-08-01
month(-5).day(28)                            2026-02-28..2026-03-01
month(-5).day(29)                            bad_period
month(-5).day(-28)                           2026-02-01..2026-02-02
month(-5).day(-29)                           bad_period
month(-5).day(20..10)                        !
month(-5).day(20..-20)                       bad_period
month(-5).day(-1..3)                         bad_period
week(-2).day(3)                              2026-07-01..2026-07-02
week(-1).day(6..7)                           2026-07-11..2026-07-13
day(-1).hour(10..12)                         2026-07-14T09:00..2026-07-14T12:00
day(-1).hour(25)                             bad_period
2026.week(1)                                 2025-12-29..2026-01-05
2026.week(53)                                2026-12-28..2027-01-04
2025.week(53)                                bad_period
2026.week(-1)                                2026-12-28..2027-01-04
2026-07.week(1)                              2026-06-29..2026-07-06
2026-08.week(1)                              2026-08-03..2026-08-10
2026-08.week(-1)                             2026-08-24..2026-08-31
fiscal_year(0).fiscal_quarter(1)             2026-04-01..2026-07-01
fiscal_year(0).quarter(4)                    2027-01-01..2027-04-01
fiscal_year(0).month(12)                     2027-03-01..2027-04-01
2026-03-15..2026-05-20.month(1)              2026-04-01..2026-05-01
2026-03-15..2026-05-20.month(2)              bad_period
2026-06-01...day(1)                          bad_period
all.day(1)                                   bad_period
(month(-3) to month(-1)).week(1)             2026-03-30..2026-04-06
festival(spring, 0).day(-1)                  2026-02-23..2026-02-24
day(0).to_date                               2026-07-15..2026-07-16*
week(0).to_date                              2026-07-13..2026-07-16*
month(0).to_date                             2026-07-01..2026-07-16*
quarter(0).to_date                           2026-07-01..2026-07-16*
year(0).to_date                              2026-01-01..2026-07-16*
fiscal_year(0).to_date                       2026-04-01..2026-07-16*
year(-1).to_date                             2025-01-01..2025-07-16
2024.to_date                                 2024-01-01..2024-07-16
month(-1).to_date                            2026-06-01..2026-06-16
week(-1).to_date                             2026-07-06..2026-07-09
quarter(-1).to_date                          2026-04-01..2026-04-16
fiscal_year(-1).to_date                      2025-04-01..2025-07-16
year(1).to_date                              2027-01-01..2027-07-16
year(-1).month(7).to_date                    2025-07-01..2025-07-16
month(-2..0).to_date                         2026-05-01..2026-07-16*
month(-3..-1).to_date                        bad_period
2026-05-01..2026-06-01.to_date               bad_period
2026-05-01...to_date                         2026-05-01..2026-07-16*
all.to_date                                  ..2026-07-16*
month(0).shift(year, -1)                     2025-07-01..2025-08-01
month(0).to_date.shift(year, -1)             2025-07-01..2025-07-16
2026-02.shift(year, -2)                      2024-02-01..2024-03-01
2024-02-29.shift(year, 1)                    2025-02-28..2025-03-01
2026-01-31.shift(month, 1)                   2026-02-28..2026-03-01
2026-01-30.shift(month, 1)                   2026-02-28..2026-03-01
2026-03-01..2026-03-31.shift(month, -1)      2026-02-01..2026-03-01
2026-01-15..2026-03-01.shift(month, 1)       2026-02-15..2026-03-29
day(-1).shift(week, -1)                      2026-07-07..2026-07-08
since(2026).shift(month, 1)                  2026-02-01..*
festival(spring, 0)                          2026-02-15..2026-02-24
festival(spring, -1)                         2025-01-28..2025-02-05
festival(spring, 2024)                       2024-02-10..2024-02-18
festival(double11, 0)                        out_of_calendar
festival(sprng, 0)                           unknown_name
year(-999)                                   1027-01-01..1028-01-01
9999                                         bad_period
1000.shift(day, -1)                          bad_period

now 2026-12-30T00:00
week(0)                                      2026-12-28..2027-01-04*
month(2)                                     2027-02-01..2027-03-01
year(0).to_date                              2026-01-01..2026-12-31*

now 2026-12-31T23:59:59
day(0)                                       2026-12-31..2027-01-01*
month(0).to_date                             2026-12-01..2027-01-01*
quarter(1)                                   2027-01-01..2027-04-01
month(-1).to_date                            2026-11-01..2026-12-01

now 2027-01-01T00:00
day(-1)                                      2026-12-31..2027-01-01
year(-1)                                     2026-01-01..2027-01-01
month(-1)                                    2026-12-01..2027-01-01
quarter(-1)                                  2026-10-01..2027-01-01
half(-1)                                     2026-07-01..2027-01-01
year(0).to_date                              2027-01-01..2027-01-02*
festival(spring, -1)                         2026-02-15..2026-02-24

now 2024-02-29T12:00                         # a leap day
year(0).to_date                              2024-01-01..2024-03-01*
year(-1).to_date                             2023-01-01..2023-03-01
day(0).shift(year, -1)                       2023-02-28..2023-03-01
month(-1).to_date                            2024-01-01..2024-01-30
month(1)                                     2024-03-01..2024-04-01

now 2026-03-31T12:00                         # clamping
month(-1)                                    2026-02-01..2026-03-01
month(-1).to_date                            2026-02-01..2026-03-01
quarter(-1).to_date                          2025-10-01..2026-01-01
fiscal_year(0)                               2025-04-01..2026-04-01*
fiscal_quarter(0)                            2026-01-01..2026-04-01*

now 2026-05-31T12:00
quarter(-1).to_date                          2026-01-01..2026-03-01

now 2026-04-01T00:00
fiscal_year(0)                               2026-04-01..2027-04-01*
fiscal_month(-1)                             2026-03-01..2026-04-01
`

// eachDated calls f with the lines of a table of texts, clocks and dates.
func eachDated(t *testing.T, table string, c *Calendar, f func(clock Clock, text, want string)) {
	t.Helper()
	var clock Clock
	for _, line := range strings.Split(table, "\n") {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		cut := strings.LastIndex(line, " ")
		if cut < 0 {
			continue
		}
		text, want := strings.TrimSpace(line[:cut]), line[cut+1:]
		switch text {
		case "now":
			clock = clockAt(want, c)
			continue
		case "until":
			clock.Until = clockAt(want, c).Now
			continue
		}
		f(clock, text, want)
	}
}

func TestResolve(t *testing.T) {
	eachDated(t, periodDates, testCalendar(), func(clock Clock, text, want string) {
		if want == "!" {
			if _, err := ParsePeriod(text); err == nil {
				t.Errorf("%s is read", text)
			}
			return
		}
		if got := resolved(t, text, clock); got != want {
			t.Errorf("now %s: %s = %s, want %s", clock.Now, text, got, want)
		}
	})
}

func TestResolveCalendars(t *testing.T) {
	sunday := &Calendar{WeekStart: time.Sunday}
	october := &Calendar{WeekStart: time.Monday, FiscalStart: 10, FiscalByEnd: true}
	cases := []struct {
		calendar  *Calendar
		now, text string
		want      string
	}{
		{nil, "2026-07-15T10:00", "week(0)", "2026-07-13..2026-07-20*"},
		{nil, "2026-07-15T10:00", "fiscal_year(0)", "2026-01-01..2027-01-01*"},
		{nil, "2026-07-15T10:00", "fiscal_year(2026)", "2026-01-01..2027-01-01*"},
		{nil, "2026-07-15T10:00", "festival(spring, 0)", "unknown_name"},
		{sunday, "2021-02-24", "week(0)", "2021-02-21..2021-02-28*"},
		{sunday, "2026-07-12", "week(0)", "2026-07-12..2026-07-19*"},
		{sunday, "2026-07-11", "week(0).day(1)", "2026-07-05..2026-07-06"},
		{sunday, "2026-07-11", "2026-W29", "2026-07-13..2026-07-20"},
		{sunday, "2026-07-11", "2026.week(1)", "2026-01-04..2026-01-11"},
		{sunday, "2026-07-11", "2026-W20.to_date", "2026-05-11..2026-05-18"},
		{october, "2026-07-15", "fiscal_year(0)", "2025-10-01..2026-10-01*"},
		{october, "2026-07-15", "fiscal_year(2026)", "2025-10-01..2026-10-01*"},
		{october, "2026-07-15", "fiscal_quarter(2026-Q1)", "2025-10-01..2026-01-01"},
		{october, "2026-07-15", "fiscal_month(2026-12)", "2026-09-01..2026-10-01"},
		{october, "2026-10-01", "fiscal_year(0)", "2026-10-01..2027-10-01*"},
		{october, "2026-10-01", "fiscal_half(-1)", "2026-04-01..2026-10-01"},
		{&Calendar{Zone: "Nowhere/At_All"}, "2026-07-15", "day(0)", ""},
	}
	for _, c := range cases {
		if c.want == "" {
			if _, err := Resolve(mustPeriod(t, c.text), Clock{Now: at(c.now), Calendar: c.calendar}); shown(Interval{}, err) != string(OutOfCalendar) {
				t.Errorf("zone %s: %v", c.calendar.Zone, err)
			}
			continue
		}
		if got := resolved(t, c.text, clockAt(c.now, c.calendar)); got != c.want {
			t.Errorf("now %s: %s = %s, want %s", c.now, c.text, got, c.want)
		}
	}
}

// TestResolveZone wants now to be read on the clock of the calendar's zone,
// across both changes of daylight saving.
func TestResolveZone(t *testing.T) {
	newYork := &Calendar{Zone: "America/New_York", WeekStart: time.Monday}
	shanghai := &Calendar{Zone: "Asia/Shanghai", WeekStart: time.Monday}
	cases := []struct {
		calendar  *Calendar
		utc, text string
		want      string
	}{
		{newYork, "2026-01-01T04:59", "year(0)", "2025-01-01..2026-01-01*"},
		{newYork, "2026-01-01T05:00", "year(0)", "2026-01-01..2027-01-01*"},
		{newYork, "2026-03-08T06:59", "hour(0)", "2026-03-08T01:00..2026-03-08T02:00*"},
		{newYork, "2026-03-08T07:00", "hour(0)", "2026-03-08T03:00..2026-03-08T04:00*"},
		{newYork, "2026-03-09T03:59", "day(0)", "2026-03-08..2026-03-09*"},
		{newYork, "2026-03-09T04:00", "day(-1)", "2026-03-08..2026-03-09"},
		{newYork, "2026-11-01T05:30", "hour(0)", "2026-11-01T01:00..2026-11-01T02:00*"},
		{newYork, "2026-11-01T06:30", "hour(0)", "2026-11-01T01:00..2026-11-01T02:00*"},
		{newYork, "2026-11-02T04:59", "day(0)", "2026-11-01..2026-11-02*"},
		{shanghai, "2026-06-30T15:59", "month(0)", "2026-06-01..2026-07-01*"},
		{shanghai, "2026-06-30T16:00", "month(0)", "2026-07-01..2026-08-01*"},
	}
	for _, c := range cases {
		if got := resolved(t, c.text, Clock{Now: at(c.utc), Calendar: c.calendar}); got != c.want {
			t.Errorf("%s UTC in %s: %s = %s, want %s", c.utc, c.calendar.Zone, c.text, got, c.want)
		}
	}
	if _, err := (&Calendar{Zone: "Local"}).Location(); err == nil {
		t.Error("the machine's own zone is no zone of a model")
	}
}

func TestResolveProblems(t *testing.T) {
	clock := clockAt("2026-07-15", testCalendar())
	var ps Problems
	_, err := Resolve(Festival{"double11", 0}, clock)
	if !errors.As(err, &ps) || ps[0].Name != "double11" || ps[0].Detail != "2026" || !slices.Equal(ps[0].Near, []string{"2024", "2025"}) {
		t.Errorf("a year that is missing: %#v", ps)
	}
	_, err = Resolve(Festival{"sprng", 0}, clock)
	if !errors.As(err, &ps) || ps[0].Detail != "festival" || !slices.Equal(ps[0].Near, []string{"spring"}) {
		t.Errorf("a festival that is missing: %#v", ps)
	}
	for _, p := range []Period{
		Relative{Unit: NoUnit}, Relative{Unit: Month, From: 1}, Relative{Unit: Year, From: -5000, To: 0}, Relative{Unit: 99},
		Absolute{Unit: Hour, Year: 2026}, Absolute{Unit: Month, Year: 2026}, Absolute{Unit: Year, Year: 26}, Absolute{Unit: Year, Year: 2026, N: 1},
		Absolute{Unit: Day, Year: 2026, N: -101}, Within{Of: Relative{Unit: Year}, Unit: Month}, Within{Of: Relative{Unit: Year}, Unit: NoUnit, From: 1, To: 1},
		Shifted{Of: Relative{Unit: Year}, Unit: NoUnit, N: 1}, Shifted{Of: Relative{Unit: Year}, Unit: Month, N: 1 << 40}, Open{How: Since},
	} {
		if _, err := Resolve(p, clock); shown(Interval{}, err) != string(BadPeriod) {
			t.Errorf("%#v: %v", p, err)
		}
	}
	if i, err := Resolve(nil, clock); err != nil || i != (Interval{}) {
		t.Errorf("no period: %v, %v", i, err)
	}
}

func TestResolveUnits(t *testing.T) {
	clock := clockAt("2026-07-15", testCalendar())
	cases := map[string]Unit{
		"month(-1)": Month, "2026-W20": Week, "fiscal_year(2025)": FiscalYear, "month(-3) to month(-1)": Month,
		"month(-3) to day(0)": NoUnit, "year(-1).day(3..9)": Day, "year(0).to_date": Year, "month(0).shift(year, -1)": Month,
		"since(2026)": NoUnit, "festival(spring, 0)": NoUnit, "2026-01-01..2026-02-01": NoUnit, "all": NoUnit,
	}
	for text, want := range cases {
		if i, err := Resolve(mustPeriod(t, text), clock); err != nil || i.Unit != want {
			t.Errorf("%s counts in %q, %v; want %q", text, i.Unit, err, want)
		}
	}
}

func TestToNow(t *testing.T) {
	clock := clockAt("2026-07-15T10:00", testCalendar())
	for text, want := range map[string]string{
		"month(0)": "2026-07-01..2026-07-16*", "month(-1)": "2026-06-01..2026-07-01", "since(2026)": "2026-01-01..2026-07-16*",
		"day(1)": "2026-07-16..2026-07-17", "all": "all", "hour(0)": "2026-07-15T10:00..2026-07-15T11:00*", "hour(1..20)": "2026-07-15T11:00..2026-07-16T07:00",
	} {
		i, err := Resolve(mustPeriod(t, text), clock)
		if err != nil {
			t.Fatal(err)
		}
		if got := shown(ToNow(i, clock)); got != want {
			t.Errorf("%s so far = %s, want %s", text, got, want)
		}
	}
}
