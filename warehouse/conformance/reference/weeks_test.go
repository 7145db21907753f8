package reference

import "strings"

// fiscalWeeks make the fiscal year one of whole weeks: how many each month of a
// quarter has, and which Monday begins the year.
type fiscalWeeks struct {
	pattern string // "4-4-5", ...; "" for months of the calendar
	begins  string // before, nearest or after the first of the month
}

func (w *world) inWeeks(unit string) bool {
	return w.weeks.pattern != "" && strings.HasPrefix(unit, "fiscal_")
}

// twin is the fiscal unit called like another one, where groups are in weeks.
func (w *world) twin(unit, grain string) string {
	if w.inWeeks(grain) && months[unit] > 0 && !strings.HasPrefix(unit, "fiscal_") {
		return "fiscal_" + unit
	}
	return unit
}

// weekMonths are the first days of the months in weeks, from the year 2000 on.
func (w *world) weekMonths() []int64 {
	if w.starts != nil {
		return w.starts
	}
	for y := 2000; y < 2060; y++ {
		first := w.weekYear(y)
		for m := range 12 {
			w.starts = append(w.starts, first)
			first += 7 * 86400 * int64(w.weeks.pattern[m%3*2]-'0')
		}
	}
	return w.starts
}

// weekYear looks for the Monday that begins a year.
func (w *world) weekYear(year int) int64 {
	first := day(year, w.fiscal, 1)
	for off := range int64(7) {
		for _, at := range []int64{first - off*86400, first + off*86400} {
			allowed := w.weeks.begins == "nearest" || w.weeks.begins == "before" && at <= first || w.weeks.begins == "after" && at >= first
			if allowed && clockOf(at).Weekday() == 1 {
				return at
			}
		}
	}
	panic("a week without a Monday")
}

// weekMonth numbers the month in weeks that holds a time.
func (w *world) weekMonth(at int64) int {
	i := 0
	for starts := w.weekMonths(); i+1 < len(starts) && starts[i+1] <= at; {
		i++
	}
	return i
}
