package said

import (
	"strconv"

	"wenshu/nlq"
	"wenshu/semantic"
)

// Hit is a date found in a text.
type Hit struct {
	End  int // the token behind it
	Date Date
	Weak bool // a bare year or month/day, which may as well be a number
}

// Digits returns the dates in digits at token at: 2025-03-05, 2025/3/5,
// 20250305, 2025.03, 202503, 2025, 3/5, 2025Q1, 2025-W12, Q1, Q1 2025, H1,
// 1Q25, FY25, FY2025Q3. The separators touch the digits.
func Digits(t *nlq.Text, at int, m *nlq.Moment) []Hit {
	switch t.At(at).Class {
	case nlq.Digit:
		if len(t.At(at).Norm) > 8 || at > 0 && t.Glued(at) && inNumber(t, at) {
			return nil
		}
		return digitDates(t, at, m)
	case nlq.Word:
		if len(t.At(at).Norm) <= 2 {
			return codeDates(t, at, m)
		}
	}
	return nil
}

// inNumber reports whether the digits at token at go on a number or a date that
// began before: the 03 of 2025-03, the 25 of 1.25.
func inNumber(t *nlq.Text, at int) bool {
	switch t.At(at - 1).Norm {
	case ".", ",", "/":
		return t.Glued(at-1) && t.At(at-2).Class == nlq.Digit
	case "-":
		return t.Glued(at-1) && t.At(at-2).Class == nlq.Digit && len(t.At(at-2).Norm) == 4 && len(t.At(at).Norm) <= 2
	}
	return t.At(at-1).Class == nlq.Word
}

func digitDates(t *nlq.Text, at int, m *nlq.Moment) []Hit {
	var hits []Hit
	norm := t.At(at).Norm
	n, _ := strconv.Atoi(norm)
	switch {
	case len(norm) == 8:
		return compact(hits, at+1, n/10000, n/100%100, n%100)
	case len(norm) == 6:
		return compact(hits, at+1, n/100, n%100, 0)
	case len(norm) == 4 && n >= 1900 && n < 2100:
		return yearDates(t, at, n, m)
	case len(norm) <= 2:
		hits = monthDay(t, at, n)
		return append(hits, ordinalCode(t, at, n, m)...)
	}
	return nil
}

// compact reads 20250305 and 202503; day 0 is none.
func compact(hits []Hit, end, year, month, day int) []Hit {
	if year < 1990 || year > 2079 || month < 1 || month > 12 {
		return hits
	}
	d := MonthOf(year, month)
	if day != 0 {
		d, _ = d.With(One(semantic.Month, semantic.Day, day))
		if !dayExists(year, month, day) {
			return hits
		}
	}
	return append(hits, Hit{End: end, Date: d})
}

// MonthOf returns the date of a month.
func MonthOf(year, month int) Date {
	return Date{Base: semantic.Absolute{Unit: semantic.Month, Year: year, N: month}, Unit: semantic.Month}
}

// yearDates reads what begins with a year of four digits.
func yearDates(t *nlq.Text, at, year int, m *nlq.Moment) []Hit {
	hits := []Hit{{End: at + 1, Date: Year(semantic.Year, year), Weak: true}}
	sep := t.At(at + 1).Norm
	if month, end, ok := joined(t, at+1, sep); ok && month >= 1 && month <= 12 && plausible(t, at+2, sep) {
		hits = append(hits, Hit{End: end, Date: MonthOf(year, month)})
		if day, end, ok := joined(t, end, sep); ok && dayExists(year, month, day) {
			d, _ := MonthOf(year, month).With(One(semantic.Month, semantic.Day, day))
			hits = append(hits, Hit{End: end, Date: d})
		}
	}
	if step, end, ok := Code(t, at+1); ok && (t.Glued(at+1) || t.At(at+1).Spaced) {
		if d, ok := Year(semantic.Year, year).With(step); ok {
			hits = append(hits, Hit{End: end, Date: d})
		}
	}
	return hits
}

// joined reads a separator and one or two digits that touch.
func joined(t *nlq.Text, at int, sep string) (n, end int, ok bool) {
	if sep != "-" && sep != "/" && sep != "." || t.At(at).Norm != sep || !t.Glued(at) || !t.Glued(at+1) {
		return 0, at, false
	}
	token := t.At(at + 1)
	if token.Class != nlq.Digit || len(token.Norm) > 2 {
		return 0, at, false
	}
	n, _ = strconv.Atoi(token.Norm)
	return n, at + 2, true
}

// plausible keeps 2025.3 a number unless a day follows.
func plausible(t *nlq.Text, at int, sep string) bool {
	return sep != "." || len(t.At(at).Norm) == 2 || t.At(at+1).Norm == "." && t.Glued(at+1) && t.At(at+2).Class == nlq.Digit && t.Glued(at+2)
}

// monthDay reads 3/5 as 5 March, or as 3 May where only that exists.
func monthDay(t *nlq.Text, at, month int) []Hit {
	day, end, ok := joined(t, at+1, "/")
	if !ok || t.At(end).Norm == "/" && t.Glued(end) {
		return nil
	}
	if month > 12 && day <= 12 {
		month, day = day, month
	}
	if !dayExists(2024, month, day) {
		return nil
	}
	return []Hit{{End: end, Date: Alone(One(semantic.Year, semantic.Month, month), One(semantic.Month, semantic.Day, day)), Weak: true}}
}

// ordinalCode reads 1Q25, 3Q, 2H2025.
func ordinalCode(t *nlq.Text, at, n int, m *nlq.Moment) []Hit {
	unit, count := codeUnit(t.At(at + 1).Norm)
	if !t.Glued(at+1) || unit == semantic.NoUnit || unit == semantic.Week || n < 1 || n > count {
		return nil
	}
	step := One(semantic.Year, unit, n)
	return append([]Hit{{End: at + 2, Date: Alone(step)}}, codeYear(t, at+2, step, m)...)
}

// codeDates reads Q1, Q1 2025, H2'25, W12, FY25, FY2025 Q3.
func codeDates(t *nlq.Text, at int, m *nlq.Moment) []Hit {
	if at > 0 && t.Glued(at) && t.At(at-1).Class == nlq.Digit {
		return nil
	}
	if step, end, ok := Code(t, at); ok {
		return append([]Hit{{End: end, Date: Alone(step), Weak: step.Unit == semantic.Week}}, codeYear(t, end, step, m)...)
	}
	year, end, ok := fiscalYear(t, at, m)
	if !ok {
		return nil
	}
	hits := []Hit{{End: end, Date: year}}
	if step, end, ok := Code(t, end); ok {
		if d, ok := year.With(step); ok {
			hits = append(hits, Hit{End: end, Date: d})
		}
	}
	return hits
}

// Code reads Q1 to Q4, H1, H2 and W1 to W53 at token at, as a step into a year.
func Code(t *nlq.Text, at int) (s Step, end int, ok bool) {
	unit, count := codeUnit(t.At(at).Norm)
	digits := t.At(at + 1)
	if unit == semantic.NoUnit || digits.Class != nlq.Digit || len(digits.Norm) > 2 || digits.Spaced && unit != semantic.Quarter {
		return s, at, false
	}
	n, _ := strconv.Atoi(digits.Norm)
	if n < 1 || n > count || t.At(at+2).Class == nlq.Word && t.Glued(at+2) && t.At(at+2).Norm != "fy" {
		return s, at, false
	}
	return One(semantic.Year, unit, n), at + 2, true
}

func codeUnit(norm string) (unit semantic.Unit, count int) {
	switch norm {
	case "q":
		return semantic.Quarter, 4
	case "h":
		return semantic.Half, 2
	case "w", "wk":
		return semantic.Week, 53
	}
	return semantic.NoUnit, 0
}

// codeYear reads the year behind a code: 2025, 25 that touches, '25, FY25.
func codeYear(t *nlq.Text, at int, step Step, m *nlq.Moment) []Hit {
	if year, end, ok := fiscalYear(t, at, m); ok {
		if d, ok := year.With(step); ok {
			return []Hit{{End: end, Date: d}}
		}
	}
	i := at
	if norm := t.At(i).Norm; norm == "'" || (norm == "-" || norm == "/") && t.Glued(i) {
		i++
	}
	year, ok := YearAt(t, i, i > at || t.Glued(i), m)
	if !ok {
		return nil
	}
	d, ok := Year(semantic.Year, year).With(step)
	if !ok {
		return nil
	}
	return []Hit{{End: i + 1, Date: d}}
}

// YearAt reads a year of four digits, or of two where short is set.
func YearAt(t *nlq.Text, at int, short bool, m *nlq.Moment) (year int, ok bool) {
	token := t.At(at)
	if token.Class != nlq.Digit {
		return 0, false
	}
	n, _ := strconv.Atoi(token.Norm)
	switch {
	case len(token.Norm) == 4 && n >= 1900 && n < 2100:
		return n, true
	case len(token.Norm) == 2 && short:
		return ShortYear(n, m), true
	}
	return 0, false
}

// fiscalYear reads FY25, FY2025, FY'25.
func fiscalYear(t *nlq.Text, at int, m *nlq.Moment) (d Date, end int, ok bool) {
	if t.At(at).Norm != "fy" {
		return d, at, false
	}
	end = at + 1
	if t.At(end).Norm == "'" {
		end++
	}
	year, ok := YearAt(t, end, true, m)
	return Year(semantic.FiscalYear, year), end + 1, ok
}
