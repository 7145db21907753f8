package load

import (
	"regexp"
	"slices"
	"strings"
)

// headRows are the rows among which headings are looked for.
const headRows = 20

// headAt is the row that holds the headings: the first that fills most of the
// sheet's width with texts. What stands above is a title or a note. It is -1
// when all rows are empty.
func headAt(rows [][]string) int {
	first, width := -1, 0
	for i, row := range rows[:min(headRows, len(rows))] {
		if n := filled(row); n > 0 {
			if first < 0 {
				first = i
			}
			width = max(width, n)
		}
	}
	if first < 0 {
		return slices.IndexFunc(rows, func(row []string) bool { return !empty(row) })
	}
	for i, row := range rows[first:min(headRows, len(rows))] {
		if filled(row)*10 >= width*6 {
			return first + i
		}
	}
	return first
}

func filled(row []string) int {
	n := 0
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// sums begin rows below a table that add it up.
var sums = []string{"合计", "总计", "小计", "共计", "合计：", "总计：", "total", "grand total", "totals", "sum"}

// withoutSums takes off the rows at the end that add up those above: counted as
// rows, they would double every number.
func withoutSums(rows [][]string) [][]string {
	for len(rows) > 1 {
		last := rows[len(rows)-1]
		at := slices.IndexFunc(last, func(s string) bool { return strings.TrimSpace(s) != "" })
		if at < 0 || !slices.Contains(sums, strings.ToLower(strings.TrimSpace(last[at]))) {
			return rows
		}
		rows = rows[:len(rows)-1]
	}
	return rows
}

// missing are the marks that people put where a number or a date is not known.
var missing = []string{"-", "--", "—", "——", "/", "n/a", "na", "#n/a", "nan", "null", "none", "无", "#div/0!", "#value!", "#ref!"}

// isMissing reports whether a cell holds no value for a column of numbers or
// dates.
func isMissing(cell string) bool {
	s := strings.ToLower(strings.TrimSpace(cell))
	return s == "" || slices.Contains(missing, s)
}

var (
	separated = regexp.MustCompile(`^[+-]?\d{1,3}([,，]\d{3})+(\.\d+)?$`)
	currency  = regexp.MustCompile(`^([+-]?)\s*(?:[¥￥$€£]|US\$|RMB|CNY|USD|EUR|GBP)\s*([+-]?[\d,，.]+)$`)
	owed      = regexp.MustCompile(`^\(\s*([¥￥$€£]?[\d,，.]+)\s*\)$`)
	behind    = regexp.MustCompile(`^([+-]?[\d,，.]+)\s*(?:元|USD|RMB|CNY|EUR)$`)
	percent   = regexp.MustCompile(`^([+-]?[\d,，.]+)\s*[%％]$`)
)

// digits is a number as it would be typed without what people put around it:
// thousands, a currency, brackets for what is owed, a percent sign.
func digits(cell string) string {
	s := strings.TrimSpace(cell)
	if m := owed.FindStringSubmatch(s); m != nil {
		s = "-" + m[1]
		if m := currency.FindStringSubmatch(s[1:]); m != nil {
			s = "-" + m[2]
		}
	}
	if m := currency.FindStringSubmatch(s); m != nil {
		s = m[1] + m[2]
	}
	if m := behind.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if m := percent.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if separated.MatchString(s) {
		s = strings.NewReplacer(",", "", "，", "").Replace(s)
	}
	return s
}

// inPercent reports whether every number of a column has a percent sign. Some
// with and some without would be of two scales.
func (s Sheet) inPercent(column int) (all, some bool) {
	all = true
	for _, row := range s.Rows {
		if column >= len(row) || isMissing(row[column]) {
			continue
		}
		if percent.MatchString(strings.TrimSpace(row[column])) {
			some = true
		} else {
			all = false
		}
	}
	return all && some, some
}
