package en

import (
	"wenshu/nlq"
	"wenshu/nlq/said"
	"wenshu/semantic"
)

// unitForms are the names of units of time, singular and plural.
var unitForms = []struct {
	unit  semantic.Unit
	names []string
}{
	{semantic.Day, []string{"day", "days", "calendar day", "calendar days", "full days"}},
	{semantic.Week, []string{"week", "weeks", "calendar week", "calendar weeks", "full weeks", "wk", "wks"}},
	{semantic.Month, []string{"month", "months", "calendar month", "calendar months", "full months", "mth", "mths", "mo"}},
	{semantic.Quarter, []string{"quarter", "quarters", "calendar quarter", "calendar quarters", "full quarters", "qtr", "qtrs"}},
	{semantic.Half, []string{"half year", "half years", "half yearly period", "halfyear"}},
	{semantic.Year, []string{"year", "years", "calendar year", "calendar years", "full years", "yr", "yrs"}},
	{semantic.FiscalYear, []string{"fiscal year", "fiscal years", "financial year", "financial years", "fy", "business year"}},
	{semantic.FiscalQuarter, []string{"fiscal quarter", "fiscal quarters", "financial quarter"}},
	{semantic.FiscalMonth, []string{"fiscal month", "fiscal months", "financial month"}},
	{semantic.Hour, []string{"hour", "hours", "hr", "hrs"}},
	{semantic.Minute, []string{"minute", "minutes", "mins"}},
}

// units finds names of units.
var units = func() *nlq.Lexicon[semantic.Unit] {
	l := nlq.NewLexicon[semantic.Unit]()
	for _, f := range unitForms {
		for _, n := range f.names {
			l.Add(n, f.unit)
		}
	}
	return l
}()

// letterUnits touch the number before them: 7d, 12m, 24h.
var letterUnits = map[string]semantic.Unit{"d": semantic.Day, "w": semantic.Week, "m": semantic.Month, "q": semantic.Quarter, "y": semantic.Year, "h": semantic.Hour}

// counted is a number of units: three months, 7 days, a week, half a year.
type counted struct {
	end  int
	n    int
	unit semantic.Unit
	one  bool // a unit without a number, or with "a"
	few  bool // a few, several
}

// spans returns the numbers of units that start at token at; bare allows a unit
// without a number.
func spans(t *nlq.Text, at int, bare bool) []counted {
	var found []counted
	if bare {
		for _, hit := range units.At(t, at) {
			if c := (counted{end: hit.End, n: 1, unit: hit.Value, one: true}); t.At(hit.End-1).Norm != "days" {
				found = append(found, c)
			}
		}
	}
	found = append(found, halfSpans(t, at)...)
	if t.At(at).Norm == "fortnight" {
		found = append(found, counted{end: at + 1, n: 14, unit: semantic.Day})
	}
	n, end, few, one := count(t, at)
	if end == at || n < 1 || n > said.MaxCount {
		return found
	}
	if unit, ok := letterUnits[t.At(end).Norm]; ok && t.Glued(end) && t.At(end-1).Class == nlq.Digit {
		found = append(found, counted{end: end + 1, n: n, unit: unit})
	}
	end = skip(t, end, "full", "complete", "completed", "closed", "finished", "whole", "consecutive", "most", "recent")
	for _, hit := range units.At(t, end) {
		found = append(found, counted{end: hit.End, n: n, unit: hit.Value, one: one, few: few})
	}
	if t.At(end).Norm == "fortnight" || t.At(end).Norm == "fortnights" {
		found = append(found, counted{end: end + 1, n: 14 * n, unit: semantic.Day})
	}
	return found
}

// count reads how many: 7, three, a, a few, several, a couple of.
func count(t *nlq.Text, at int) (n, end int, few, one bool) {
	switch norm := t.At(at).Norm; {
	case norm == "few" || norm == "several":
		return 3, at + 1, true, false
	case norm == "a" && t.At(at+1).Norm == "few":
		return 3, skip(t, at+2, "of"), true, false
	case norm == "fortnight":
		return 1, at, false, false
	}
	if n, end = small(t, at); end > at {
		return n, end, false, false
	}
	if norm := t.At(at).Norm; norm == "a" || norm == "an" {
		return 1, at + 1, false, true
	}
	return 0, at, false, false
}

// halfSpans read half a year, half year, half a month.
func halfSpans(t *nlq.Text, at int) []counted {
	i := at
	if t.At(i).Norm == "a" {
		i++
	}
	if t.At(i).Norm != "half" {
		return nil
	}
	i = skip(t, i+1, "a")
	switch t.At(i).Norm {
	case "year", "yr":
		return []counted{{end: i + 1, n: 6, unit: semantic.Month}}
	case "month":
		return []counted{{end: i + 1, n: 15, unit: semantic.Day}}
	}
	return nil
}
