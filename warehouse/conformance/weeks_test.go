package conformance

import (
	"testing"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen/dialect"
)

// TestWeeks computes fiscal periods of whole weeks on every engine, at the days
// about which calendars differ, and moves them by fiscal periods.
func TestWeeks(t *testing.T) { onDialects(t, testWeeks) }

func testWeeks(t *testing.T, b bench) {
	calendars := []*semantic.Calendar{
		{WeekStart: time.Sunday, FiscalStart: 2, FiscalWeeks: [3]int{4, 5, 4}, FiscalLead: semantic.FiscalNearest},
		{WeekStart: time.Saturday, FiscalStart: 1, FiscalWeeks: [3]int{4, 4, 5}, FiscalLead: semantic.FiscalAfter},
		{WeekStart: time.Monday, FiscalStart: 10, FiscalWeeks: [3]int{5, 4, 4}, FiscalLead: semantic.FiscalBefore},
	}
	days := []string{"2023-01-28", "2023-01-29", "2023-12-31", "2024-01-31", "2024-02-03", "2024-02-04", "2024-02-29", "2024-09-29", "2024-12-31"}
	units := []semantic.Unit{semantic.FiscalMonth, semantic.FiscalQuarter, semantic.FiscalHalf, semantic.FiscalYear}
	for i, cal := range calendars {
		for j, text := range days {
			at, err := time.Parse(time.DateOnly, text)
			if err != nil {
				t.Fatal(err)
			}
			unit := units[(i+j)%len(units)]
			x, start := dialect.Start(b.d, b.d.Value(semantic.DateValue(at)), unit, cal), semantic.StartOf(at, unit, cal)
			if got, want := b.run(semantic.Date, selectOne(x)), semantic.DateValue(start).String(); got != want {
				t.Errorf("the %v that holds %s begins on %s, not %s (calendar %d)", unit, text, got, want, i)
			}
			for _, n := range []int{-5, -1, 2, 12} {
				moved := dialect.Moved(b.d, b.d.Value(semantic.DateValue(at)), unit, n, unit, cal)
				if got, want := b.run(semantic.Date, selectOne(moved)), semantic.DateValue(semantic.AddUnits(start, unit, n, cal)).String(); got != want {
					t.Errorf("%d of %v from %v is %s, not %s (calendar %d)", n, unit, start, got, want, i)
				}
			}
		}
	}
	null := dialect.Start(b.d, b.d.Null(semantic.ColumnType{Kind: semantic.Date}), semantic.FiscalMonth, calendars[0])
	if got := b.run(semantic.Date, selectOne(null)); got != "null" {
		t.Errorf("the month of nothing is %s", got)
	}
}
