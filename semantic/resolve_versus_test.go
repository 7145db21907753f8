package semantic

import (
	"errors"
	"testing"
)

// versusDates are comparisons under a clock that stands at now: the first
// period, "vs", the second one, and its dates.
const versusDates = `
now 2026-07-10T10:00                         # a Friday, the 10th
# a complete period meets a complete one
month(-1) vs prior                           2026-05-01..2026-06-01
month(-1) vs year_ago                        2025-06-01..2025-07-01
month(-1) vs year_ago(2)                     2024-06-01..2024-07-01
month(-1) vs month_ago(3)                    2026-03-01..2026-04-01
month(-3..-1) vs prior                       2026-01-01..2026-04-01
month(-5) vs prior                           2026-01-01..2026-02-01
month(-4) vs prior                           2026-02-01..2026-03-01
2025-02 vs year_ago                          2024-02-01..2024-03-01
2024-02 vs year_ago                          2023-02-01..2023-03-01
year(-1) vs prior                            2024-01-01..2025-01-01
year(-1) vs year_ago align full              2024-01-01..2025-01-01
2025-Q4 vs prior                             2025-07-01..2025-10-01
2025-H1 vs half_ago                          2024-07-01..2025-01-01
quarter(-1) vs quarter_ago                   2026-01-01..2026-04-01
year(-1).half(1) vs prior                    2024-07-01..2025-01-01
fiscal_quarter(-1) vs prior                  2026-01-01..2026-04-01
fiscal_year(-1) vs year_ago                  2024-04-01..2025-04-01
day(-1) vs prior                             2026-07-08..2026-07-09
day(-1) vs week_ago                          2026-07-02..2026-07-03
day(-1) vs month_ago                         2026-06-09..2026-06-10
day(-1) vs year_ago                          2025-07-09..2025-07-10
day(-1) vs day_ago(7)                        2026-07-02..2026-07-03
day(-7..-1) vs prior                         2026-06-26..2026-07-03
day(-30..-1) vs prior                        2026-05-11..2026-06-10
day(-30..-1) vs year_ago                     2025-06-10..2025-07-10
hour(-24..-1) vs prior                       2026-07-08T10:00..2026-07-09T10:00
# a running period meets the same part
month(0) vs prior                            2026-06-01..2026-06-11
month(0).to_date vs prior                    2026-06-01..2026-06-11
month(0) vs year_ago                         2025-07-01..2025-07-11
month(0).to_date vs year_ago                 2025-07-01..2025-07-11
month(0) vs prior align full                 2026-06-01..2026-07-01
month(0).to_date vs prior align full         2026-06-01..2026-07-01
month(0).to_date vs year_ago align full      2025-07-01..2025-08-01
year(0).to_date vs year_ago                  2025-01-01..2025-07-11
year(0) vs prior                             2025-01-01..2025-07-11
quarter(0) vs prior                          2026-04-01..2026-04-11
fiscal_year(0) vs prior                      2025-04-01..2025-07-11
week(0) vs prior                             2026-06-29..2026-07-04
week(0).to_date vs prior                     2026-06-29..2026-07-04
week(0) vs prior align full                  2026-06-29..2026-07-06
day(0) vs prior                              2026-07-09..2026-07-10
day(-6..0) vs prior                          2026-06-27..2026-07-04
month(-2..0) vs prior                        2026-02-01..2026-04-11
since(2026) vs year_ago                      2025-01-01..2025-07-11
2026-07-01..2026-08-01 vs prior              2026-06-01..2026-06-11
2026-07-05..2026-07-20 vs prior              2026-06-20..2026-06-26
2026-07-05..2026-07-20 vs prior align full   2026-06-20..2026-07-05
year(-1).to_date vs year_ago                 2024-01-01..2024-07-11
year(-1).to_date vs year_ago align full      2024-01-01..2025-01-01
month(0).to_date.shift(year, -1) vs year_ago 2024-07-01..2024-07-11
# free ranges
2026-06-01..2026-07-01 vs prior              2026-05-01..2026-06-01
2026-04-01..2026-07-01 vs prior              2026-01-01..2026-04-01
2026-03-05 to 2026-04-02 vs prior            2026-02-04..2026-03-05
2026-03-05..2026-04-03 vs prior              2026-02-04..2026-03-05
2026-03-05..2026-04-03 vs year_ago           2025-03-05..2025-04-03
2026-06-10..2026-06-10T12:00 vs prior        2026-06-09T12:00..2026-06-10
before(2026) vs year_ago                     ..2025-01-01
before(2026) vs prior                        bad_period
since(2026) vs prior                         bad_period
all vs prior                                 bad_period
all vs year_ago                              bad_period
# another period
month(-1) vs 2020-02                         2020-02-01..2020-03-01
month(0) vs 2026-03                          2026-03-01..2026-03-11
month(0) vs 2026-03 align full               2026-03-01..2026-04-01
month(0).to_date vs month(-13)               2025-06-01..2025-06-11
month(-2..0) vs month(-14..-12)              2025-05-01..2025-07-11
year(0) vs 2024                              2024-01-01..2024-07-11
year(0) vs 2026-Q1                           2026-01-01..2026-04-01
month(0) vs month(-3..-1)                    2026-04-01..2026-07-01
month(0) vs since(2020)                      2020-01-01..*
week(0) vs 2025-W28                          2025-07-07..2025-07-12
all vs month(-1)                             2026-06-01..2026-07-01
month(-1) vs 2020-02 align weekday           bad_period
month(-1) vs 2020-02 align festival          bad_period
# weeks
week(-1) vs year_ago                         2025-06-30..2025-07-07
week(-1) vs year_ago align weekday           2025-06-30..2025-07-07
week(-1) vs month_ago                        2026-06-01..2026-06-08
week(-1) vs week_ago(4)                      2026-06-01..2026-06-08
week(0) vs year_ago                          2025-07-07..2025-07-12
week(-4..-1) vs prior                        2026-05-11..2026-06-08
week(-4..-1) vs year_ago                     2025-06-09..2025-07-07
2026-W53 vs year_ago                         2025-12-22..2025-12-29
2027-W01 vs year_ago                         2025-12-29..2026-01-05
2021-W01 vs year_ago                         2019-12-30..2020-01-06
2021-W53 vs year_ago                         !
2020-W53 vs year_ago                         2019-12-23..2019-12-30
2020-W53 vs year_ago align weekday           2019-12-30..2020-01-06
2020-W53 vs prior                            2020-12-21..2020-12-28
2026-W01 vs prior                            2025-12-22..2025-12-29
# the same weekday
day(-1) vs year_ago align weekday            2025-07-10..2025-07-11
day(0) vs year_ago(2) align weekday          2024-07-12..2024-07-13
month(0) vs year_ago align weekday           2025-07-02..2025-07-12
month(0) vs prior align weekday              2026-06-03..2026-06-13
month(-1) vs year_ago align weekday          2025-06-02..2025-07-02
year(-1) vs prior align weekday              2024-01-03..2025-01-02
quarter(-1) vs quarter_ago align weekday     2025-12-31..2026-04-01
day(-3..-1) vs prior align weekday           2026-06-30..2026-07-03
day(-10..-1) vs prior align weekday          2026-06-16..2026-06-26
day(-1) vs week_ago align weekday            2026-07-02..2026-07-03
day(-1) vs day_ago align weekday             bad_period
# festivals
festival(spring, 0) vs year_ago align festival      2025-01-28..2025-02-05
festival(spring, 0) vs year_ago(2) align festival   2024-02-10..2024-02-18
festival(spring, 0) vs year_ago(3) align festival   out_of_calendar
festival(spring, 0) vs prior                        2025-01-28..2025-02-05
festival(spring, -1) vs prior align festival        2024-02-10..2024-02-18
festival(double11, -1) vs year_ago align festival   2024-11-01..2024-11-12
festival(double11, -1) vs year_ago                  2024-10-20..2024-11-12
festival(spring, 0).day(1..3) vs year_ago align festival   2025-01-28..2025-01-31
festival(spring, 0) vs festival(spring, 2024) align festival   2024-02-10..2024-02-18
festival(spring, 0) vs month_ago align festival     bad_period
month(-1) vs year_ago align festival                bad_period
festival(spring, 0) to day(0) vs year_ago align festival   bad_period

now 2026-02-17T10:00                         # within the festival
festival(spring, 0) vs prior                        2025-01-28..2025-01-31
festival(spring, 0) vs prior align full             2025-01-28..2025-02-05
festival(spring, 0) vs year_ago align festival      2025-01-28..2025-01-31
festival(spring, 0) vs festival(spring, 2024) align festival   2024-02-10..2024-02-13

now 2026-02-28T10:00                         # the last day of a short month
month(0) vs prior                            2026-01-01..2026-01-29
month(0) vs prior align full                 2026-01-01..2026-02-01
month(0) vs year_ago(2)                      2024-02-01..2024-02-29
month(0) vs 2024-02                          2024-02-01..2024-02-29
year(0) vs year_ago(2)                       2024-01-01..2024-02-29
day(0) vs year_ago(2)                        2024-02-28..2024-02-29

now 2026-03-31T10:00                         # days the month before does not have
month(0) vs prior                            2026-02-01..2026-03-01
month(0) vs year_ago                         2025-03-01..2025-04-01
day(0) vs month_ago                          2026-02-28..2026-03-01
day(-1) vs month_ago                         2026-02-28..2026-03-01
day(-4) vs month_ago                         2026-02-27..2026-02-28

now 2024-02-29T10:00                         # a leap day
day(0) vs year_ago                           2023-02-28..2023-03-01
day(0) vs year_ago(4)                        2020-02-29..2020-03-01
year(0).to_date vs year_ago                  2023-01-01..2023-03-01
month(0) vs year_ago                         2023-02-01..2023-03-01
day(0) vs year_ago align weekday             2023-03-02..2023-03-03

now 2025-03-01T10:00                         # the day after a short February
day(-1) vs year_ago                          2024-02-28..2024-02-29
day(-28..-1) vs year_ago                     2024-02-01..2024-02-29
month(-1) vs year_ago                        2024-02-01..2024-03-01
year(0).to_date vs year_ago                  2024-01-01..2024-03-02

now 2026-05-31T10:00
quarter(0) vs prior                          2026-01-01..2026-03-01

now 2026-07-10T10:00                         # data ends in the middle of the 8th
until 2026-07-08T12:00
month(0) vs prior                            2026-06-01..2026-06-09
month(0).to_date vs year_ago                 2025-07-01..2025-07-09
month(0) vs 2026-03                          2026-03-01..2026-03-09
week(0) vs prior                             2026-06-29..2026-07-02
month(-1) vs prior                           2026-05-01..2026-06-01
day(-1) vs prior                             2026-07-08..2026-07-09
month(0) vs prior align full                 2026-06-01..2026-07-01

now 2026-07-10T10:00                         # data ends with the 25th of last month
until 2026-06-26T00:00
month(-1) vs prior                           2026-05-01..2026-05-26
month(-1) vs 2026-02                         2026-02-01..2026-02-26
month(-2) vs prior                           2026-04-01..2026-05-01
year(0) vs prior                             2025-01-01..2025-06-26
month(0) vs prior                            2026-06-01..2026-06-11

now 2027-01-01T00:00
year(0) vs prior                             2026-01-01..2026-01-02
month(0) vs prior                            2026-12-01..2026-12-02
week(0) vs prior                             2026-12-21..2026-12-26
week(0) vs year_ago                          2025-12-22..2025-12-27
`

func TestResolveVersus(t *testing.T) {
	eachDated(t, versusDates, testCalendar(), func(clock Clock, text, want string) {
		q, err := ParseQuery("m during " + text)
		if err != nil {
			if want != "!" {
				t.Errorf("%s: %v", text, err)
			}
			return
		}
		first, err := Resolve(q.During[0], clock)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			return
		}
		second, err := ResolveVersus(first, q.During[0], q.Versus[0], clock)
		if got := shown(second, err); got != want {
			t.Errorf("now %s: %s = %s, want %s", clock.Now.Format("2006-01-02"), text, got, want)
		}
		soFar, err := ToNow(first, clock)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := ResolveVersus(soFar, q.During[0], q.Versus[0], clock); shown(again, err) != shown(second, nil) && err == nil {
			t.Errorf("%s: %s once the first period is cut at now", text, shown(again, err))
		}
	})
}

// TestReportedQuestions holds the dates of questions that other products were
// reported to answer with wrong ones.
func TestReportedQuestions(t *testing.T) {
	c := testCalendar()
	cases := []struct {
		why, now, text string
		want           string
	}{
		{"last year by month is shifted once", "2026-07-10T09:00", "year(-1)", "2025-01-01..2026-01-01"},
		{"last month year over year", "2026-07-10T09:00", "month(-1) vs year_ago", "2026-06-01..2026-07-01 2025-06-01..2025-07-01"},
		{"this month against the last on the 10th", "2026-07-10T09:00", "month(0) vs prior", "2026-07-01..2026-08-01* 2026-06-01..2026-06-11"},
		{"day over day", "2026-07-10T09:00", "day(-1) vs prior", "2026-07-09..2026-07-10 2026-07-08..2026-07-09"},
		{"week over week", "2026-07-10T09:00", "week(-1) vs prior", "2026-06-29..2026-07-06 2026-06-22..2026-06-29"},
		{"30 completed days leave today out", "2025-06-18T23:30", "day(-30..-1)", "2025-05-19..2025-06-18"},
		{"both ends of a named range count", "2026-07-10T09:00", "2026-03-05 to 2026-04-02", "2026-03-05..2026-04-03"},
		{"from the start of this week to today", "2026-07-10T09:00", "week(0).day(1) to day(0)", "2026-07-06..2026-07-11*"},
		{"the 53rd week year over year", "2027-01-05T09:00", "week(-1) vs year_ago", "2026-12-28..2027-01-04 2025-12-22..2025-12-29"},
		{"the first week after a 53rd", "2027-01-12T09:00", "week(-1) vs year_ago", "2027-01-04..2027-01-11 2025-12-29..2026-01-05"},
		{"7 days against those of last year", "2026-03-03T09:00", "day(-7..-1) vs year_ago", "2026-02-24..2026-03-03 2025-02-24..2025-03-03"},
		{"last month against the one before", "2026-01-10T09:00", "month(-1) vs prior", "2025-12-01..2026-01-01 2025-11-01..2025-12-01"},
	}
	for _, cs := range cases {
		clock := clockAt(cs.now, c)
		q, err := ParseQuery("m during " + cs.text)
		if err != nil {
			t.Fatal(err)
		}
		first, err := Resolve(q.During[0], clock)
		got := shown(first, err)
		for _, v := range q.Versus {
			second, err := ResolveVersus(first, q.During[0], v, clock)
			got += " " + shown(second, err)
		}
		if got != cs.want {
			t.Errorf("%s: %s = %s, want %s", cs.why, cs.text, got, cs.want)
		}
	}
	thirty, err := Resolve(Relative{Day, -30, -1}, clockAt("2025-06-18T23:30", c))
	if err != nil || len(Periods(thirty, Day, c)) != 30 {
		t.Errorf("30 days are %v, %v", thirty, err)
	}
}

func TestResolveVersusRefusesWhatNoLineSays(t *testing.T) {
	clock := clockAt("2026-07-10", testCalendar())
	meant := mustPeriod(t, "month(-1)")
	first, err := Resolve(meant, clock)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []Versus{
		{How: Ago, Unit: Year}, {How: Ago, N: 1}, {How: Ago, Unit: Month, N: 1 << 40}, {How: Other, Period: Relative{}},
	} {
		_, err := ResolveVersus(first, meant, v, clock)
		var ps Problems
		if !errors.As(err, &ps) || ps[0].Code != BadPeriod {
			t.Errorf("%#v: %v", v, err)
		}
	}
}

// TestComparisonsKeepTheirLength wants complete units to meet complete units,
// whatever the day.
func TestComparisonsKeepTheirLength(t *testing.T) {
	c := testCalendar()
	for d := at("2023-12-01"); d.Before(at("2025-02-01")); d = d.AddDate(0, 0, 1) {
		clock := Clock{Now: d, Calendar: c}
		for u := Day; u <= FiscalYear; u++ {
			meant := Relative{u, -1, -1}
			first, err := Resolve(meant, clock)
			if err != nil {
				t.Fatal(err)
			}
			second, err := ResolveVersus(first, meant, Versus{}, clock)
			if err != nil || !second.End.Equal(first.Start) || !StartOf(second.Start, u, c).Equal(second.Start) || unitsIn(second, u, c) != 1 {
				t.Fatalf("%v: %s before %v is %v, %v", d, u, first, second, err)
			}
		}
	}
}
