package load

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Sheet is a table as people keep it: a name, a row of headings and rows of
// texts. An empty text is no value.
type Sheet struct {
	Name string
	Head []string
	Rows [][]string
}

// appendAtOnce rows go to a loader in one call.
const appendAtOnce = 1000

// Sheets creates a table for each sheet and fills it. The type of a column is
// the narrowest that holds all of its texts. Names that are not legal on every
// engine are replaced, and kept as comments.
func Sheets(ctx context.Context, l Loader, sheets []Sheet) error {
	var tables []Table
	taken := map[string]bool{}
	for i, s := range sheets {
		tables = append(tables, s.table("table_"+strconv.Itoa(i+1), taken))
	}
	if err := l.Create(ctx, tables); err != nil {
		return err
	}
	for i, s := range sheets {
		if err := s.fill(ctx, l, tables[i]); err != nil {
			return fmt.Errorf("load: sheet %s: %w", s.Name, err)
		}
	}
	return l.Finish(ctx)
}

func (s Sheet) table(fallback string, taken map[string]bool) Table {
	t := Table{Name: plainName(s.Name, fallback, taken)}
	if t.Name != s.Name {
		t.Comment = s.Name
	}
	columns := map[string]bool{}
	for i, head := range s.Head {
		c := Column{Name: plainName(head, "column_"+strconv.Itoa(i+1), columns), Type: s.typeOf(i), Nullable: true}
		if c.Name != head {
			c.Comment = strings.Join(strings.Fields(head), " ")
		}
		if all, _ := s.inPercent(i); all && !strings.ContainsAny(head, "%％") {
			c.Comment = strings.Join(strings.Fields(head), " ") + " (%)"
		}
		t.Columns = append(t.Columns, c)
	}
	return t
}

func (s Sheet) fill(ctx context.Context, l Loader, t Table) error {
	var batch [][]any
	for n, texts := range s.Rows {
		row := make([]any, len(t.Columns))
		for i, c := range t.Columns {
			if i >= len(texts) || strings.TrimSpace(texts[i]) == "" || c.Type != Text && isMissing(texts[i]) {
				continue
			}
			v, ok := parseAs(c.Type, texts[i])
			if !ok {
				return fmt.Errorf("row %d, column %s: %q is no %s", n+1, c.Name, texts[i], c.Type.Kind)
			}
			row[i] = v
		}
		if batch = append(batch, row); len(batch) == appendAtOnce || n == len(s.Rows)-1 {
			if err := l.Append(ctx, t.Name, batch); err != nil {
				return err
			}
			batch = nil
		}
	}
	return nil
}

// sheetTypes are tried in this order.
var sheetTypes = []Type{Int, DecimalOf(2), DecimalOf(4), Float, Date, Timestamp, Text}

// typeOf is the narrowest type of a column. A code with leading zeros stays a
// text, and so do percentages beside plain numbers.
func (s Sheet) typeOf(column int) Type {
	if all, some := s.inPercent(column); some && !all {
		return Text
	}
	for _, t := range sheetTypes {
		fits, any := true, false
		for _, row := range s.Rows {
			if column >= len(row) || isMissing(row[column]) {
				continue
			}
			any = true
			if _, fits = parseAs(t, row[column]); !fits {
				break
			}
		}
		if fits && any {
			return t
		}
	}
	return Text
}

// parseAs reads a text as a value of a type, as rows hold it.
func parseAs(t Type, text string) (any, bool) {
	s := strings.TrimSpace(text)
	if t.Kind == KindInt || t.Kind == KindDecimal || t.Kind == KindFloat {
		s = digits(s)
	}
	switch t.Kind {
	case KindInt:
		n, err := strconv.ParseInt(s, 10, 64)
		return n, err == nil && !padded(s)
	case KindDecimal:
		return parseDecimal(s, t.Scale)
	case KindFloat:
		f, err := strconv.ParseFloat(s, 64)
		return f, err == nil && !padded(s) && strings.Trim(s, "+-0123456789.eE") == ""
	case KindDate:
		return parseTime(s, "2006-01-02", "2006/01/02", "2006/1/2", "2006-1-2", "2006.01.02", "2006年1月2日")
	case KindTimestamp:
		return parseTime(s, "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04", "2006/01/02 15:04:05", "2006/1/2 15:04", "2006/1/2 15:04:05", "2006-01-02")
	}
	return text, true
}

// padded reports whether a number begins with zeros, as codes do.
func padded(s string) bool {
	s = strings.TrimLeft(s, "+-")
	return len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9'
}

func parseDecimal(s string, scale int) (any, bool) {
	whole, part, _ := strings.Cut(s, ".")
	if len(part) > scale || len(whole)+scale > 17 || padded(s) || strings.Trim(part, "0123456789") != "" {
		return nil, false
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", scale-len(part)), 10, 64)
	return Decimal(n), err == nil
}

func parseTime(s string, layouts ...string) (any, bool) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return nil, false
}

// plainName makes a name legal on every engine and unlike those taken, and
// takes it.
func plainName(name, fallback string, taken map[string]bool) string {
	var b strings.Builder
	for i, r := range name {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			if i > 0 && unicode.IsUpper(r) && b.Len() > 0 && unicode.IsLower(rune(name[i-1])) {
				b.WriteByte('_')
			}
			b.WriteRune(unicode.ToLower(r))
		case r > unicode.MaxASCII && unicode.IsLetter(r):
			return unusedName(fallback, taken)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	s := strings.Trim(b.String(), "_")
	if s == "" || s[0] >= '0' && s[0] <= '9' {
		s = fallback
	}
	return unusedName(s[:min(len(s), 56)], taken)
}

func unusedName(name string, taken map[string]bool) string {
	base := name
	for n := 2; taken[name]; n++ {
		name = base + "_" + strconv.Itoa(n)
	}
	taken[name] = true
	return name
}
