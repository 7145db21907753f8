package sqlgen_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wenshu/semantic"
	"wenshu/sqlgen"
	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
)

const timesModel = `
model: {name: times, warehouse: w}
calendar: {zone: Asia/Shanghai}
tables:
  events:
    key: id
    time: a_date
    dimensions:
      id: {type: int}
      a_date: {type: date}
      a_timestamp: {type: timestamp}
      an_instant: {type: {type: timestamp, zone: UTC}}
      seconds: {type: epoch_s}
      millis: {type: epoch_ms}
      year_only: {type: yyyy}
      year_month: {type: yyyymm}
      digits: {type: yyyymmdd}
      iso_text: {type: {type: text, layout: 2006-01-02}}
      slashed: {type: {type: text, layout: 2006/01/02 15:04}}
      day_first: {type: {type: text, layout: 02.01.2006}}
metrics:
  n: {expr: count(events)}
  ids: {expr: count_distinct(events.id)}
  latest: {expr: sum(events.id), over_time: last}
  all_ids: {expr: ids, running: true}
  so_far: {expr: n, to_date: year}
  two_years: {expr: ids, window: 2 years}
  year_before: {expr: n, offset: 1 year}
`

// periodLines ask for periods of whole years, which every column can tell apart.
var periodLines = []string{
	"n on events.T during 2024",
	"n on events.T during 2022, 2024",
	"n where events.T during 2024",
	"n where not events.T during 2024",
	"n{events.T during 2024}",
	"n where events.T >= @2024-01-01 and events.T < @2025-01-01",
	"n by time:year on events.T during 2024 vs year_ago",
	"n by time:year on events.T during 2022-01-01..2025-01-01 fill",
	"all_ids by time:year on events.T during 2024",
	"so_far, year_before by time:year on events.T during 2024",
	"two_years by time:year on events.T during 2024",
	"latest on events.T during 2024",
	"list events.id from events where events.T during 2024",
}

// TestPeriodsAreRanges holds, for every dialect and every type of a time column,
// that a period is a half-open range on the bare column, which an index or a
// partition can answer. A text whose order is not that of time cannot be, and
// ClickHouse 18.16 compares digits as texts, of whatever type their column is.
func TestPeriodsAreRanges(t *testing.T) {
	m, err := semantic.Load(fstest.MapFS{"m.yaml": {Data: []byte(timesModel)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dialect.All() {
		for _, dim := range m.Table("events").Dimensions {
			if dim.Type.Finest() == semantic.NoUnit {
				continue
			}
			bare := dim.Name != "day_first" && !(d.Syntax().Plain && strings.Contains("year_only year_month digits", dim.Name))
			for _, line := range periodLines {
				line = strings.ReplaceAll(line, "events.T", "events."+dim.Name)
				p := plan(t, m, line, semantic.Viewer{})
				program, err := sqlgen.Compile(p, map[string]string{"w": d.Syntax().Name})
				if err != nil {
					t.Errorf("%s: %s: %v", d.Syntax().Name, line, err)
					continue
				}
				for _, s := range program.Statements {
					q, err := sqltree.Parse(s.SQL, d.Syntax())
					if err != nil {
						t.Fatal(err)
					}
					if wrong := notRanges(q, dim.Name, bare, strings.HasPrefix(line, "all_ids")); wrong != "" {
						t.Errorf("%s: %s: %s\n%s", d.Syntax().Name, line, wrong, s.SQL)
					}
				}
			}
		}
	}
}

// notRanges says what is wrong with the tests of a column against the ends of
// periods, which are bound arguments or moments written out.
func notRanges(q *sqltree.Query, column string, bare, open bool) string {
	low, high := 0, 0
	wrong := ""
	visit(reflect.ValueOf(q), func(b *sqltree.Binary) {
		if !slices.Contains([]sqltree.BinaryOp{sqltree.Eq, sqltree.Ne, sqltree.Lt, sqltree.Le, sqltree.Gt, sqltree.Ge}, b.Op) {
			return
		}
		_, is := b.L.(*sqltree.Col)
		_, written := b.R.(*sqltree.Lit)
		if names := columnsIn(b.L); !slices.Contains(names, column) || !bound(b.R) && !(is && written) {
			return
		}
		if !is && bare {
			wrong = "the column is wrapped in a call"
		}
		switch b.Op {
		case sqltree.Ge:
			low++
		case sqltree.Lt:
			high++
		default:
			wrong = "it is no half-open range"
		}
	})
	if wrong == "" && (low == 0 && !open || high == 0) {
		wrong = "an end is not tested"
	}
	return wrong
}

func bound(e sqltree.Expr) bool {
	found := false
	visit(reflect.ValueOf(e), func(*sqltree.Arg) { found = true })
	if c, ok := e.(*sqltree.Cast); ok {
		_, written := c.X.(*sqltree.Lit)
		found = found || written
	}
	return found && len(columnsIn(e)) == 0
}

func columnsIn(e sqltree.Expr) []string {
	var names []string
	visit(reflect.ValueOf(e), func(c *sqltree.Col) { names = append(names, c.Name) })
	return names
}

// visit calls f with every node of a type in a tree.
func visit[T any](v reflect.Value, f func(T)) {
	if !v.IsValid() {
		return
	}
	if v.CanInterface() {
		if x, ok := v.Interface().(T); ok && !v.IsNil() {
			f(x)
		}
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			visit(v.Elem(), f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			visit(v.Field(i), f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), f)
		}
	}
}
