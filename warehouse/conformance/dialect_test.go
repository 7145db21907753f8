package conformance

import (
	"database/sql"
	"fmt"
	"math"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"wenshu/semantic"
	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
)

// engine opens an empty SQLite database for a test.
func engine(t testing.TB) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}

// run prints the query, passes it through Check and gives the one value of the
// result, as text; null is "null".
func run(t *testing.T, db *sql.DB, d dialect.Dialect, q *sqltree.Query) string {
	t.Helper()
	text, args, err := sqltree.Print(q, d.Syntax())
	if err != nil {
		t.Fatal(err)
	}
	checked, err := sqltree.CheckArgs(text, args, d.Syntax(), sqltree.Allow{})
	if err != nil || checked != text {
		t.Fatalf("Check changes or refuses %s: %v", text, err)
	}
	var v any
	if err := db.QueryRow(text, args...).Scan(&v); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	switch v := v.(type) {
	case nil:
		return "null"
	case []byte:
		return string(v)
	case float64:
		if v == math.Trunc(v) {
			return fmt.Sprintf("%.1f", v)
		}
	}
	return fmt.Sprint(v)
}

func selectOne(x sqltree.Expr) *sqltree.Query {
	return &sqltree.Query{Body: &sqltree.Select{Items: []sqltree.Item{{Expr: x, Alias: "v0"}}}}
}

// overRows aggregates x over the column v0 of the rows.
func overRows(x sqltree.Expr, values ...any) *sqltree.Query {
	rows := &sqltree.Values{}
	for _, v := range values {
		rows.Rows = append(rows.Rows, []sqltree.Expr{sqltree.Bind(v)})
	}
	return &sqltree.Query{
		With: []sqltree.CTE{{Name: "r0", Columns: []string{"v0"}, Query: &sqltree.Query{Body: rows}}},
		Body: &sqltree.Select{Items: []sqltree.Item{{Expr: x, Alias: "v0"}}, From: &sqltree.From{Source: &sqltree.Table{Name: "r0"}}},
	}
}

func text(s string) sqltree.Expr { return sqltree.Bind(s) }

func TestTrunc(t *testing.T) {
	db, d := engine(t), dialect.SQLite()
	sunday := &semantic.Calendar{WeekStart: time.Sunday, FiscalStart: 4}
	monday := &semantic.Calendar{WeekStart: time.Monday, FiscalStart: 4}
	cases := []struct {
		moment string
		unit   semantic.Unit
		cal    *semantic.Calendar
		want   string
	}{
		{"2024-02-29 13:45:59", semantic.Second, nil, "2024-02-29 13:45:59"},
		{"2024-02-29 13:45:59", semantic.Minute, nil, "2024-02-29 13:45:00"},
		{"2024-02-29 13:45:59", semantic.Hour, nil, "2024-02-29 13:00:00"},
		{"2024-02-29 13:45:59", semantic.Day, nil, "2024-02-29"},
		{"2021-02-24", semantic.Week, nil, "2021-02-22"},
		{"2021-02-22", semantic.Week, monday, "2021-02-22"},
		{"2021-02-28", semantic.Week, monday, "2021-02-22"},
		{"2021-02-24", semantic.Week, sunday, "2021-02-21"},
		{"2021-02-21", semantic.Week, sunday, "2021-02-21"},
		{"2021-02-27", semantic.Week, sunday, "2021-02-21"},
		{"2024-01-01", semantic.Week, monday, "2024-01-01"},
		{"2024-12-31 23:59:59", semantic.Month, nil, "2024-12-01"},
		{"2024-12-31", semantic.Quarter, nil, "2024-10-01"},
		{"2024-01-31", semantic.Quarter, nil, "2024-01-01"},
		{"2024-06-30", semantic.Half, nil, "2024-01-01"},
		{"2024-07-01", semantic.Half, nil, "2024-07-01"},
		{"2024-06-30", semantic.Year, nil, "2024-01-01"},
		{"2024-03-31", semantic.FiscalYear, monday, "2023-04-01"},
		{"2024-04-01", semantic.FiscalYear, monday, "2024-04-01"},
		{"2024-03-31", semantic.FiscalQuarter, monday, "2024-01-01"},
		{"2024-05-31", semantic.FiscalQuarter, monday, "2024-04-01"},
		{"2024-03-31", semantic.FiscalHalf, monday, "2023-10-01"},
		{"2024-09-30", semantic.FiscalHalf, monday, "2024-04-01"},
		{"2024-09-30", semantic.FiscalMonth, monday, "2024-09-01"},
		{"2024-03-31", semantic.Year, monday, "2024-01-01"},
	}
	for _, c := range cases {
		if got := run(t, db, d, selectOne(d.Trunc(text(c.moment), c.unit, c.cal))); got != c.want {
			t.Errorf("unit %d of %s is %s, want %s", c.unit, c.moment, got, c.want)
		}
	}
	null := run(t, db, d, selectOne(d.Trunc(sqltree.NullLit(), semantic.Quarter, nil)))
	if null != "null" {
		t.Errorf("quarter of null is %s", null)
	}
}

func TestShift(t *testing.T) {
	db, d := engine(t), dialect.SQLite()
	cases := []struct {
		moment string
		n      int
		unit   semantic.Unit
		clock  bool
		want   string
	}{
		{"2024-03-31", -1, semantic.Month, false, "2024-02-29"},
		{"2023-03-31", -1, semantic.Month, false, "2023-02-28"},
		{"2024-01-31", 1, semantic.Month, false, "2024-02-29"},
		{"2024-02-29", 1, semantic.Year, false, "2025-02-28"},
		{"2024-02-29", -4, semantic.Year, false, "2020-02-29"},
		{"2023-11-30", 1, semantic.Quarter, false, "2024-02-29"},
		{"2023-08-31", 1, semantic.Half, false, "2024-02-29"},
		{"2023-08-31", 1, semantic.FiscalYear, false, "2024-08-31"},
		{"2024-02-28", 2, semantic.Day, false, "2024-03-01"},
		{"2024-02-28", -1, semantic.Week, false, "2024-02-21"},
		{"2024-02-28 23:30:00", 1, semantic.Hour, true, "2024-02-29 00:30:00"},
		{"2024-02-29 23:30:00", 1, semantic.Year, true, "2025-02-28 23:30:00"},
	}
	for _, c := range cases {
		if got := run(t, db, d, selectOne(d.Shift(text(c.moment), c.n, c.unit, c.clock))); got != c.want {
			t.Errorf("%s moved by %d of unit %d is %s, want %s", c.moment, c.n, c.unit, got, c.want)
		}
	}
}

func TestPart(t *testing.T) {
	db, d := engine(t), dialect.SQLite()
	cases := []struct {
		moment string
		part   semantic.Cyclic
		want   string
	}{
		{"2024-02-29 07:08:09", semantic.HourOfDay, "7"},
		{"2024-02-26", semantic.DayOfWeek, "1"},
		{"2024-03-03", semantic.DayOfWeek, "7"},
		{"2024-03-03", semantic.DayOfMonth, "3"},
		{"2024-12-31", semantic.DayOfYear, "366"},
		{"2024-12-31", semantic.WeekOfYear, "1"},
		{"2021-01-03", semantic.WeekOfYear, "53"},
		{"2024-12-31", semantic.MonthOfYear, "12"},
		{"2024-03-31", semantic.QuarterOfYear, "1"},
		{"2024-04-01", semantic.QuarterOfYear, "2"},
		{"2024-12-31", semantic.QuarterOfYear, "4"},
	}
	for _, c := range cases {
		if got := run(t, db, d, selectOne(d.Part(text(c.moment), c.part))); got != c.want {
			t.Errorf("part %d of %s is %s, want %s", c.part, c.moment, got, c.want)
		}
	}
}

// TestCodedMoments brings each coding into the dialect's form, and holds Bound
// to the same moment.
func TestCodedMoments(t *testing.T) {
	db, d := engine(t), dialect.SQLite()
	cases := []struct {
		raw    any
		typ    semantic.ColumnType
		want   string
		stored time.Time
	}{
		{"2024-02-29", semantic.ColumnType{Kind: semantic.Date}, "2024-02-29", day(2024, 2, 29)},
		{"2024-02-29 10:00:00", semantic.ColumnType{Kind: semantic.Timestamp}, "2024-02-29 10:00:00", day(2024, 2, 29).Add(10 * time.Hour)},
		{int64(1709200800), semantic.ColumnType{Kind: semantic.Timestamp, Coding: semantic.EpochSeconds}, "2024-02-29 10:00:00", day(2024, 2, 29).Add(10 * time.Hour)},
		{int64(1709200800000), semantic.ColumnType{Kind: semantic.Timestamp, Coding: semantic.EpochMillis}, "2024-02-29 10:00:00", day(2024, 2, 29).Add(10 * time.Hour)},
		{int64(202402), semantic.ColumnType{Kind: semantic.Date, Coding: semantic.YYYYMM}, "2024-02-01", day(2024, 2, 1)},
		{int64(20240229), semantic.ColumnType{Kind: semantic.Date, Coding: semantic.YYYYMMDD}, "2024-02-29", day(2024, 2, 29)},
		{int64(2024), semantic.ColumnType{Kind: semantic.Date, Coding: semantic.YYYY}, "2024-01-01", day(2024, 1, 1)},
		{"29/02/2024", semantic.ColumnType{Kind: semantic.Date, Coding: semantic.CodedText, Layout: "02/01/2006"}, "2024-02-29", day(2024, 2, 29)},
		{"2024年02月29日 10:30", semantic.ColumnType{Kind: semantic.Timestamp, Coding: semantic.CodedText, Layout: "2006年01月02日 15:04"}, "2024-02-29 10:30:00", day(2024, 2, 29).Add(10*time.Hour + 30*time.Minute)},
	}
	for _, c := range cases {
		if got := run(t, db, d, selectOne(d.Moment(sqltree.Bind(c.raw), c.typ))); got != c.want {
			t.Errorf("%v is %s, want %s", c.raw, got, c.want)
		}
		bound := d.Bound(c.stored, c.typ).(*sqltree.Arg).Value
		if bound != c.raw {
			t.Errorf("the bound of %v is %v (%T), want %v", c.stored, bound, bound, c.raw)
		}
	}
	if got := run(t, db, d, selectOne(d.Moment(sqltree.Bind(int64(-1500)), semantic.ColumnType{Coding: semantic.EpochMillis}))); got != "1969-12-31 23:59:58" {
		t.Errorf("a moment before 1970 is %s", got)
	}
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// TestLocal moves moments between zones through changes of summer time.
func TestLocal(t *testing.T) {
	db, d := engine(t), dialect.SQLite()
	for _, zones := range [][2]string{{"UTC", "Asia/Shanghai"}, {"UTC", "Europe/Berlin"}, {"America/New_York", "UTC"}, {"Europe/Berlin", "Asia/Shanghai"}} {
		from, to := location(t, zones[0]), location(t, zones[1])
		offsets := dialect.Offsets(from, to, day(2023, 1, 1), day(2025, 1, 1))
		for at := day(2023, 1, 1).Add(90 * time.Minute); at.Before(day(2025, 1, 1)); at = at.Add(73 * time.Hour) {
			left, want := at.In(from).Format(time.DateTime), at.In(to).Format(time.DateTime)
			if got := run(t, db, d, selectOne(d.Local(text(left), offsets))); got != want {
				t.Fatalf("%s in %s is %s in %s, want %s", left, from, got, to, want)
			}
		}
	}
	if got := dialect.Offsets(time.UTC, location(t, "Asia/Shanghai"), day(2020, 1, 1), day(2030, 1, 1)); len(got) != 1 || got[0].Seconds != 8*3600 {
		t.Errorf("Shanghai has offsets %v", got)
	}
}

func location(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestNumbers(t *testing.T) {
	db, d := engine(t), dialect.SQLite()
	v := sqltree.C("r0", "v0")
	sum := func(x sqltree.Expr) sqltree.Expr { return sqltree.Fn("sum", x) }
	tenths := []any{0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}
	cases := []struct {
		name   string
		x      sqltree.Expr
		values []any
		want   string
	}{
		{"exact sum", sum(d.Exact(v, 1)), tenths, "10"},
		{"exact cents", sum(d.Exact(v, 2)), []any{19.99, 0.01, 1.005 - 0.005}, "2100"},
		{"exact of negatives", sum(d.Exact(v, 2)), []any{-19.99, 0.01}, "-1998"},
		{"exact nothing", sum(d.Exact(v, 2)), []any{nil, nil}, "null"},
		{"median of even", d.Median(v), []any{100, 50, 200, 75, 30, 20}, "62.5"},
		{"median skips nulls", d.Median(v), []any{nil, 1, nil, 3}, "2.0"},
		{"median of nothing", d.Median(v), []any{nil}, "null"},
		{"continuous p90", d.Percentile(v, 0.9, false), []any{100, 50, 200, 75, 30, 20}, "150.0"},
		{"double", d.Double(sqltree.Int(7)), []any{1}, "7.0"},
	}
	for _, c := range cases {
		if got := run(t, db, d, overRows(c.x, c.values...)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestMatch(t *testing.T) {
	db, d := engine(t), dialect.SQLite()
	cases := []struct {
		value  string
		how    semantic.MatchKind
		needle string
		want   string
	}{
		{"上海旗舰店", semantic.Contains, "旗舰", "1"},
		{"上海旗舰店", semantic.Starts, "上海", "1"},
		{"上海旗舰店", semantic.Ends, "上海", "0"},
		{"APP", semantic.Contains, "app", "1"},
		{"100%", semantic.Ends, "%", "1"},
		{"1000", semantic.Ends, "%", "0"},
		{"a_b", semantic.Contains, "a_b", "1"},
		{"axb", semantic.Contains, "a_b", "0"},
		{"a!b", semantic.Contains, "!b", "1"},
		{`a\b`, semantic.Contains, `\`, "1"},
		{"it's", semantic.Contains, "'", "1"},
	}
	for _, c := range cases {
		if got := run(t, db, d, selectOne(d.Match(text(c.value), c.how, c.needle))); got != c.want {
			t.Errorf("%q against %q (%d) is %s, want %s", c.value, c.needle, c.how, got, c.want)
		}
	}
}

func TestDays(t *testing.T) {
	db, d := engine(t), dialect.SQLite()
	if got := run(t, db, d, selectOne(d.Days(text("2024-02-28 23:59:59"), text("2024-03-01 00:00:00")))); got != "2" {
		t.Errorf("days over a leap day: %s", got)
	}
}
