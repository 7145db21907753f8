package conformance

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen"
	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
	"wenshu/warehouse"
)

// bench is one engine to compute on.
type bench struct {
	testing.TB
	sources warehouse.Sources
	d       dialect.Dialect
}

// onDialects runs a test on every engine.
func onDialects(t *testing.T, test func(t *testing.T, b bench)) {
	onEngines(t, func(t *testing.T, e testEngine) {
		d, err := dialect.Named(e.name)
		if err != nil {
			t.Fatal(err)
		}
		test(t, bench{t, e.sources(t, "CREATE TABLE one (n INTEGER)", "w"), d})
	})
}

// run prints the query, which gives one value of the kind, and runs it as a
// statement of a program; null is "null".
func (b bench) run(k semantic.Kind, q *sqltree.Query) string {
	b.Helper()
	if b.d.Syntax().Plain {
		nested, err := sqltree.Nest(q, b.d.Syntax())
		if err != nil {
			b.Fatal(err)
		}
		q = nested
	}
	text, args, err := sqltree.Print(q, b.d.Syntax())
	if err != nil {
		b.Fatal(err)
	}
	s := sqlgen.Statement{Source: "w", Dialect: b.d.Syntax().Name, SQL: text, Args: args,
		Columns: []sqlgen.Column{{Name: "v0", Type: semantic.ColumnType{Kind: k}}}}
	if checked, err := s.Check(); err != nil || checked != text {
		b.Fatalf("Check changes or refuses %s: %v", text, err)
	}
	table, _, err := b.sources.Run(b.Context(), &sqlgen.Program{Statements: []sqlgen.Statement{s}, Columns: s.Columns})
	if err != nil {
		b.Fatalf("%s\n%v: %s", text, args, unwrapAll(err))
	}
	if v := table.Rows[0][0]; !v.IsNull() {
		return v.String()
	}
	return "null"
}

// alike compares numbers as such and everything else letter by letter.
func alike(got, want string) bool {
	g, err1 := strconv.ParseFloat(got, 64)
	w, err2 := strconv.ParseFloat(want, 64)
	return got == want || err1 == nil && err2 == nil && math.Abs(g-w) < 1e-9
}

func selectOne(x sqltree.Expr) *sqltree.Query {
	return &sqltree.Query{Body: &sqltree.Select{Items: []sqltree.Item{{Expr: x, Alias: "v0"}}}}
}

// overRows aggregates x over the column v0 of the rows, which are of the type.
func (b bench) overRows(x sqltree.Expr, t semantic.ColumnType, values ...semantic.Value) *sqltree.Query {
	var rows [][]sqltree.Expr
	for _, v := range values {
		cell := b.d.Value(v)
		if v.IsNull() {
			cell = b.d.Null(t)
		}
		rows = append(rows, []sqltree.Expr{cell})
	}
	columns := []string{"v0"}
	return &sqltree.Query{
		With: []sqltree.CTE{{Name: "r0", Columns: columns, Query: &sqltree.Query{Body: b.d.Rows(rows, columns)}}},
		Body: &sqltree.Select{Items: []sqltree.Item{{Expr: x, Alias: "v0"}}, From: &sqltree.From{Source: &sqltree.Table{Name: "r0"}}},
	}
}

// moment is a date or, with a clock, a timestamp as a value of the engine.
func (b bench) moment(s string) sqltree.Expr {
	b.Helper()
	if at, err := time.Parse(time.DateOnly, s); err == nil {
		return b.d.Value(semantic.DateValue(at))
	}
	at, err := time.Parse(time.DateTime, s)
	if err != nil {
		b.Fatal(err)
	}
	return b.d.Value(semantic.TimestampValue(at))
}

// kindOf is the kind of a moment as it is written.
func kindOf(s string) semantic.Kind {
	if len(s) > len(time.DateOnly) {
		return semantic.Timestamp
	}
	return semantic.Date
}

func text(s string) semantic.Value { return semantic.TextValue(s) }

func TestTrunc(t *testing.T) { onDialects(t, testTrunc) }

func testTrunc(t *testing.T, b bench) {
	d := b.d
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
		if got := b.run(kindOf(c.want), selectOne(d.Trunc(b.moment(c.moment), c.unit, c.cal))); got != c.want {
			t.Errorf("unit %d of %s is %s, want %s", c.unit, c.moment, got, c.want)
		}
	}
	null := b.run(semantic.Date, selectOne(d.Trunc(d.Null(semantic.ColumnType{Kind: semantic.Date}), semantic.Quarter, nil)))
	if null != "null" {
		t.Errorf("quarter of null is %s", null)
	}
}

func TestShift(t *testing.T) { onDialects(t, testShift) }

func testShift(t *testing.T, b bench) {
	d := b.d
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
		if got := b.run(kindOf(c.want), selectOne(d.Shift(b.moment(c.moment), c.n, c.unit, c.clock))); got != c.want {
			t.Errorf("%s moved by %d of unit %d is %s, want %s", c.moment, c.n, c.unit, got, c.want)
		}
	}
}

func TestPart(t *testing.T) { onDialects(t, testPart) }

func testPart(t *testing.T, b bench) {
	d := b.d
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
		if got := b.run(semantic.Int, selectOne(d.Part(b.moment(c.moment), c.part))); !alike(got, c.want) {
			t.Errorf("part %d of %s is %s, want %s", c.part, c.moment, got, c.want)
		}
	}
}

// TestCodedMoments brings each coding into the dialect's form, and holds Bound
// to the same moment.
func TestCodedMoments(t *testing.T) { onDialects(t, testCodedMoments) }

func testCodedMoments(t *testing.T, b bench) {
	d := b.d
	date, clock := semantic.ColumnType{Kind: semantic.Date}, semantic.ColumnType{Kind: semantic.Timestamp}
	coded := func(t semantic.ColumnType, c semantic.Coding, layout string) semantic.ColumnType {
		t.Coding, t.Layout = c, layout
		return t
	}
	ten := day(2024, 2, 29).Add(10 * time.Hour)
	cases := []struct {
		raw    semantic.Value
		typ    semantic.ColumnType
		want   string
		stored time.Time
	}{
		{semantic.DateValue(day(2024, 2, 29)), date, "2024-02-29", day(2024, 2, 29)},
		{semantic.TimestampValue(ten), clock, "2024-02-29 10:00:00", ten},
		{semantic.IntValue(1709200800), coded(clock, semantic.EpochSeconds, ""), "2024-02-29 10:00:00", ten},
		{semantic.IntValue(1709200800000), coded(clock, semantic.EpochMillis, ""), "2024-02-29 10:00:00", ten},
		{semantic.IntValue(202402), coded(date, semantic.YYYYMM, ""), "2024-02-01", day(2024, 2, 1)},
		{semantic.IntValue(20240229), coded(date, semantic.YYYYMMDD, ""), "2024-02-29", day(2024, 2, 29)},
		{semantic.IntValue(2024), coded(date, semantic.YYYY, ""), "2024-01-01", day(2024, 1, 1)},
		{text("29/02/2024"), coded(date, semantic.CodedText, "02/01/2006"), "2024-02-29", day(2024, 2, 29)},
		{text("2024年02月29日 10:30"), coded(clock, semantic.CodedText, "2006年01月02日 15:04"), "2024-02-29 10:30:00", ten.Add(30 * time.Minute)},
	}
	for _, c := range cases {
		raw := d.Value(c.raw)
		if got := b.run(kindOf(c.want), selectOne(d.Moment(raw, c.typ))); got != c.want {
			t.Errorf("%v is %s, want %s", c.raw, got, c.want)
		}
		if d.Syntax().Plain && c.typ.Coding != semantic.Native && c.raw.Kind() == semantic.Int && c.raw.Int() < 1e9 {
			raw = sqltree.Fn("toString", raw) // as digits are compared there
		}
		if got := b.run(semantic.Bool, selectOne(sqltree.Op(sqltree.Eq, raw, d.Bound(c.stored, c.typ)))); got != "true" {
			t.Errorf("the bound of %v is not %v", c.stored, c.raw)
		}
	}
	before := d.Moment(d.Value(semantic.IntValue(-1500)), semantic.ColumnType{Kind: semantic.Timestamp, Coding: semantic.EpochMillis})
	want := "1969-12-31 23:59:58"
	if d.Syntax().Name == "clickhouse-legacy" {
		want = "null" // a DateTime begins in 1970
	}
	if got := b.run(semantic.Timestamp, selectOne(before)); got != want {
		t.Errorf("a moment before 1970 is %s", got)
	}
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// TestLocal moves moments between zones through changes of summer time.
func TestLocal(t *testing.T) { onDialects(t, testLocal) }

func testLocal(t *testing.T, b bench) {
	d := b.d
	for _, zones := range [][2]string{{"UTC", "Asia/Shanghai"}, {"UTC", "Europe/Berlin"}, {"America/New_York", "UTC"}, {"Europe/Berlin", "Asia/Shanghai"}} {
		from, to := location(t, zones[0]), location(t, zones[1])
		offsets := dialect.Offsets(from, to, day(2023, 1, 1), day(2025, 1, 1))
		for at := day(2023, 1, 1).Add(90 * time.Minute); at.Before(day(2025, 1, 1)); at = at.Add(73 * time.Hour) {
			left, want := at.In(from).Format(time.DateTime), at.In(to).Format(time.DateTime)
			if got := b.run(semantic.Timestamp, selectOne(d.Local(b.moment(left), offsets))); got != want {
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

func TestNumbers(t *testing.T) { onDialects(t, testNumbers) }

func testNumbers(t *testing.T, b bench) {
	d := b.d
	v := sqltree.C("r0", "v0")
	sum := func(scale int) sqltree.Expr { return sqltree.Fn("sum", d.Exact(v, scale)) }
	ints, floats := semantic.ColumnType{Kind: semantic.Int}, semantic.ColumnType{Kind: semantic.Float}
	decimals := func(scale uint8) semantic.ColumnType {
		return semantic.ColumnType{Kind: semantic.Decimal, Scale: scale}
	}
	list := func(text string) []semantic.Value {
		var out []semantic.Value
		for _, word := range strings.Fields(text) {
			v, err := semantic.ParseDecimal(word)
			if err != nil {
				v = semantic.NullValue
			} else if v.Scale() == 0 {
				n, _, _ := v.Unscaled()
				v = semantic.IntValue(n.Int64())
			}
			out = append(out, v)
		}
		return out
	}
	six := list("100 50 200 75 30 20")
	cases := []struct {
		name   string
		x      sqltree.Expr
		typ    semantic.ColumnType // of the values and, for a decimal, of the result
		values []semantic.Value
		want   string
	}{
		{"exact sum", sum(1), decimals(1), list("0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1 0.1"), "1.0"},
		{"exact cents", sum(2), decimals(2), list("19.99 0.01 1.00"), "21.00"},
		{"exact of negatives", sum(2), decimals(2), list("-19.99 0.01"), "-19.98"},
		{"exact nothing", sum(2), decimals(2), list("null null"), "null"},
		{"exact of doubles", sum(2), decimals(2), []semantic.Value{semantic.FloatValue(0.1), semantic.FloatValue(0.2), semantic.FloatValue(-0.3)}, "0.00"},
		{"median of even", d.Median(v), ints, six, "62.5"},
		{"median skips nulls", d.Median(v), ints, list("null 1 null 3"), "2"},
		{"median of nothing", d.Median(v), ints, list("null"), "null"},
		{"continuous p90", d.Percentile(v, 0.9, false), ints, six, "150"},
		{"discrete p90", d.Percentile(v, 0.9, true), ints, six, "200"},
		{"discrete p50", d.Percentile(v, 0.5, true), ints, six, "50"},
		{"average of integers", d.Average(v), ints, list("1 2 2"), "1.6666666666666667"},
		{"average of nothing", d.Average(v), ints, list("null"), "null"},
		{"deviation", d.Spread(v, dialect.Deviation), ints, list("2 4 4 4 5 5 7 9"), "2.138089935299395"},
		{"variance", d.Spread(v, dialect.Variance), floats, list("2 4 4 4 5 5 7 9"), "4.571428571428571"},
		{"deviation of one", d.Spread(v, dialect.Deviation), ints, list("5 null"), "null"},
		{"double", d.Double(sqltree.Fn("max", v)), ints, list("7"), "7"},
		{"seven over two", sqltree.Op(sqltree.Div, d.Double(sqltree.Fn("max", v)), sqltree.Int(2)), ints, list("7"), "3.5"},
	}
	for _, c := range cases {
		if c.x == nil && !d.Percentiles() {
			continue // the compiler ranks rows, as the traps show
		}
		want, kind := c.want, semantic.Float
		if c.typ.Kind == semantic.Decimal {
			kind = semantic.Decimal
		}
		if f, err := strconv.ParseFloat(want, 64); err == nil && d.ScaledDecimals() && c.typ.Kind == semantic.Decimal {
			want = fmt.Sprint(math.Round(f * math.Pow10(int(c.typ.Scale))))
		}
		if got := b.run(kind, b.overRows(c.x, c.typ, c.values...)); !alike(got, want) {
			t.Errorf("%s: %s, want %s", c.name, got, want)
		}
	}
}

// TestScalars holds the functions of one row to what all engines must give.
func TestScalars(t *testing.T) { onDialects(t, testScalars) }

func testScalars(t *testing.T, b bench) {
	number := func(f float64) sqltree.Expr { return b.d.Value(semantic.FloatValue(f)) }
	word := func(s string) sqltree.Expr { return b.d.Value(text(s)) }
	two := b.d.Value(semantic.IntValue(2))
	for _, c := range []struct {
		kind semantic.Kind
		x    sqltree.Expr
		want string
	}{
		{semantic.Float, b.d.Scalar("round", number(2.5)), "3"},
		{semantic.Float, b.d.Scalar("round", number(-2.5)), "-3"},
		{semantic.Float, b.d.Scalar("round", number(3.5)), "4"},
		{semantic.Float, b.d.Scalar("round", number(2.4999)), "2"},
		{semantic.Float, b.d.Scalar("round", number(2.345), two), "2.35"},
		{semantic.Float, b.d.Scalar("round", number(-2.125), two), "-2.13"},
		{semantic.Float, b.d.Scalar("round", b.d.Null(semantic.ColumnType{Kind: semantic.Float})), "null"},
		{semantic.Float, b.d.Scalar("floor", number(-2.5)), "-3"},
		{semantic.Float, b.d.Scalar("ceil", number(-2.5)), "-2"},
		{semantic.Text, b.d.Scalar("lower", word("ÀB上C")), "Àb上c"},
		{semantic.Text, b.d.Scalar("upper", word("àb上c")), "àB上C"},
		{semantic.Int, b.d.Scalar("length", word("上海 ab")), "5"},
		{semantic.Int, b.d.Scalar("length", word("")), "0"},
	} {
		if got := b.run(c.kind, selectOne(c.x)); !alike(got, c.want) {
			shown, _, _ := sqltree.Print(selectOne(c.x), b.d.Syntax())
			t.Errorf("%s is %s, want %s", shown, got, c.want)
		}
	}
}

func TestMatch(t *testing.T) { onDialects(t, testMatch) }

func testMatch(t *testing.T, b bench) {
	d := b.d
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
		{"a.b*c", semantic.Contains, "A.B*", "1"},
		{"axb", semantic.Contains, "a.b", "0"},
		{"a[b](c)^$", semantic.Contains, "[B](C)^$", "1"},
		{"两行\n末", semantic.Ends, "末", "1"},
		{"末\n", semantic.Ends, "末", "0"},
		{"École", semantic.Contains, "école", "0"},
		{"ECOLE", semantic.Contains, "école", "0"},
		{"x ", semantic.Ends, "x", "0"},
		{"", semantic.Contains, "", "1"},
	}
	for _, c := range cases {
		if got := b.run(semantic.Bool, selectOne(d.Match(d.Text(d.Value(text(c.value))), c.how, c.needle))); (got == "true") != (c.want == "1") {
			t.Errorf("%q against %q (%d) is %s, want %s", c.value, c.needle, c.how, got, c.want)
		}
	}
}

func TestDays(t *testing.T) { onDialects(t, testDays) }

func testDays(t *testing.T, b bench) {
	d := b.d
	if got := b.run(semantic.Int, selectOne(d.Days(b.moment("2024-02-28 23:59:59"), b.moment("2024-03-01 00:00:00")))); got != "2" {
		t.Errorf("days over a leap day: %s", got)
	}
}

func TestSeconds(t *testing.T) { onDialects(t, testSeconds) }

func testSeconds(t *testing.T, b bench) {
	d := b.d
	for _, c := range []struct{ from, to, want string }{
		{"2024-02-28 23:59:30", "2024-02-29 00:01:00", "90"},
		{"2024-02-29 00:01:00", "2024-02-28 23:59:30", "-90"},
		{"2024-02-28 00:00:00", "2024-03-01 00:00:00", "172800"},
	} {
		if got := b.run(semantic.Int, selectOne(d.Seconds(b.moment(c.from), b.moment(c.to)))); got != c.want {
			t.Errorf("%s to %s: got %s, want %s", c.from, c.to, got, c.want)
		}
	}
}
