package dialect

import (
	"strings"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// fields of a text layout in the order of their weight, with what stands for an
// absent one. Only fields of fixed width are legal.
var fields = [6]struct{ layout, absent string }{
	{"2006", ""}, {"01", "01"}, {"02", "01"}, {"15", "00"}, {"04", "00"}, {"05", "00"},
}

// fieldAt gives the byte offset of each field in a layout, -1 for none.
func fieldAt(layout string) [6]int {
	var at [6]int
	for i, f := range fields {
		at[i] = strings.Index(layout, f.layout)
	}
	return at
}

// LegalLayout reports a layout that every dialect can cut apart: each field of
// fixed width at most once, the year present, nothing else but separators.
func LegalLayout(layout string) bool {
	rest := layout
	for _, f := range fields {
		rest = strings.Replace(rest, f.layout, "", 1)
	}
	plain := !strings.ContainsFunc(rest, func(r rune) bool {
		return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' && r != 'T'
	})
	return plain && strings.Contains(layout, "2006")
}

// SortsAsTime reports a layout whose texts sort as their moments do, so that a
// range may compare the bare column.
func SortsAsTime(layout string) bool {
	last, ended := -1, false
	for _, at := range fieldAt(layout) {
		if at >= 0 && (ended || at < last) {
			return false
		}
		ended = ended || at < 0
		last = max(last, at)
	}
	return true
}

// cut gives, for each field of the layout, the characters of x that hold it or
// the literal that stands for it.
func cut(x sqltree.Expr, layout string) [6]sqltree.Expr {
	var out [6]sqltree.Expr
	for i, at := range fieldAt(layout) {
		if at < 0 {
			out[i] = sqltree.Text(fields[i].absent)
			continue
		}
		before := len([]rune(layout[:at]))
		out[i] = sqltree.Fn("substr", x, sqltree.Int(int64(before+1)), sqltree.Int(int64(len(fields[i].layout))))
	}
	return out
}

// layoutOf is the layout of a type whose moments are coded as digits or text.
func layoutOf(t semantic.ColumnType) string {
	switch t.Coding {
	case semantic.YYYY:
		return "2006"
	case semantic.YYYYMM:
		return "200601"
	case semantic.YYYYMMDD:
		return "20060102"
	}
	return t.Layout
}
