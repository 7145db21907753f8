package semantic

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// forms are query lines that hold what the examples of doc.go do not. want is
// how they print; "" says as they are typed.
var forms = []struct{ text, want string }{
	// items, groups and names
	{"revenue", ""},
	{"revenue as r, orders as n by province as p", ""},
	{"销售额 by 省份", ""},
	{"orders.ship_to.province.`a b`, `by` by `list`, t.by", ""},
	{"`weird``name`", ""},
	{"_id, x9, `9x`, `viewer`.region by viewer.region", "_id, x9, `9x`, `viewer`.region by `viewer`.region"},
	{"viewer, viewer.region", ""},
	{"list distinct city, province from stores", ""},
	{"list a", ""},
	{"revenue by bucket(orders.amount, 100) as size", ""},
	{"revenue by bucket(a-b, -5, 0.5, 1e2)", "revenue by bucket(a - b, -5, 0.5, 1e+02)"},
	{"revenue by bucket, time:fiscal_half", ""},
	{"buyers by bucket(orders per customer, 1, 2) as times sort bucket(orders per customer, 1, 2)", ""},
	// arithmetic and its parentheses
	{"((a + b)) * (c)", "(a + b) * c"},
	{"a - (b - c), (a - b) - c", "a - (b - c), a - b - c"},
	{"a / (b * c), a / b * c", ""},
	{"-a * b, -(a * b), --a, - - 3, -(4)", "-a * b, -(a * b), --a, 3, -4"},
	{"(a > 1), (not a)", ""},
	{"sum(orders.amount){channel = 'app'}{x = 1}", `sum(orders.amount){channel = "app"}{x = 1}`},
	{"round(revenue / orders, 2), f()", ""},
	{"count(distinct orders.customer_id), avg(revenue per store, time:day)", ""},
	{"count(revenue > 1000 per store), count(revenue between 5 and 10 per time:day) by time:month", ""},
	{"case when a > 1 then 2 when b is null then -1 else c + 1 end", ""},
	{"case when a then b end * 2", ""},
	// literals
	{`f("a\"b\\c\n\t\r\u0007", 'it''s', "say ""x""", 'a"b', '\'')`, `f("a\"b\\c\n\t\r\u0007", "it's", "say \"x\"", "a\"b", "'")`},
	{"f(007, 1.50, 1e5, 1.5E-3, -0.0, 9223372036854775808, -9223372036854775808, 12345678901234567890.5)",
		"f(7, 1.50, 1e+05, 1.5e-03, 0.0, 9223372036854775808, -9223372036854775808, 12345678901234567890.5)"},
	{"f(true, false, null, @2026-03-05, @2026-03-05T00:00, @2026-03-05T12:30:05, @2026-03-05T12:30:00.25)",
		"f(true, false, null, @2026-03-05, @2026-03-05T00:00, @2026-03-05T12:30:05, @2026-03-05T12:30:00.250000)"},
	// conditions
	{"a where x = 1 or y = 2 and not z = 3", ""},
	{"a where (x = 1 or y = 2) and z = 3", ""},
	{"a where not (x or y), not not z", "!"},
	{"a where not not (x and y)", ""},
	{"a where x and (y and z)", ""},
	{"a where (x = 1) = true", ""},
	{"a where x <= 1 and y >= 2 and z < 3 and u > 4 and v != 5", ""},
	{"a where x between 1 and 2 and y not between a + 1 and b", ""},
	{"a where x is null or y is not null", ""},
	{"a where x contains 'q' or x not starts \"w\" or x not ends \"e\"", `a where x contains "q" or x not starts "w" or x not ends "e"`},
	{"a where x in ( 'p' , -2, 1.5, null, true, @2026-01-01, viewer.team)", `a where x in ("p", -2, 1.5, null, true, @2026-01-01, viewer.team)`},
	{"a where region in {viewer.region} and r = {viewer.r}", "a where region in (viewer.region) and r = viewer.r"},
	{"a where r in (viewer.`a b`)", ""},
	{"a where c not in (orders by customer having orders > 1 during year(-1) limit 3)", ""},
	{"a where c in (list distinct customer from orders)", ""},
	{"a where c in (viewer.x by y)", ""},
	{"a where c in (viewer by y)", ""},
	{"a where c in (viewer.x.y by y)", ""},
	{"a where c in ((1) by y)", "a where c in (1 by y)"},
	{"a where paid_at during 2025, 2026-Q1", ""},
	{"a where t.paid_at not during month(0)", ""},
	{"a where if(x during 2025, 1)", ""},
	{"a where if((x during 2025, 2024), 1)", ""},
	{"a where (x during 2025, 2024)", "a where x during 2025, 2024"},
	{"m{x during 2025, 2024} where f(m{x during 2025, 2024}, c in (m by k where x during 2025, 2024))", ""},
	// the clause during behind a bare name, which would be its test
	{"a where (big) during month(0)", ""},
	{"a during month(0) where x and not big", "a where x and not (big) during month(0)"},
	{"a where big having (good) during month(0)", ""},
	{"a where big on paid_at during month(0)", ""},
	{"a where (big or x = 1) during month(0)", "a where big or x = 1 during month(0)"},
	{"a where x = (big) during month(0)", "a where x = big during month(0)"},
	// clauses
	{"a totals limit 3 sort b during day(0) by c", "a by c during day(0) sort b limit 3 totals"},
	{"a on orders.paid_at during 2025, 2024 vs prior, year_ago, year_ago(1), month_ago(3) align full, 2020-02 align weekday, half_ago align festival, week_ago, day_ago, quarter_ago align elapsed",
		"a on orders.paid_at during 2025, 2024 vs prior, year_ago, year_ago, month_ago(3) align full, 2020-02 align weekday, half_ago align festival, week_ago, day_ago, quarter_ago"},
	{"a vs prior show prior, change, growth, share(region, `in`), rank(), running(year), moving(7, avg) fill 0",
		"a vs prior show prior, change, growth, share(region, `in`), rank, running(year), moving(7, avg) fill 0"},
	{"a fill sort -b, c, -(d + e), -d + e, (-d), (-d * e) limit 10 offset 20 per x, time:month totals",
		"a fill sort -b, c, -d + e, -d + e, (-d), (-d * e) limit 10 offset 20 per x, time:month totals"},
	{"a limit 1 offset 0", "a limit 1"},
	{"a\n\tby　b", "a by b"},
	// periods
	{"a during all, 2025, 2025-H2, 2025-Q4, 2025-12, 2020-W53, 2024-02-29", ""},
	{"a during year(2025), half(2025-H1), quarter(2025-Q1), month(2025-01), week(2025-W01), day(2025-01-02)",
		"a during 2025, 2025-H1, 2025-Q1, 2025-01, 2025-W01, 2025-01-02"},
	{"a during fiscal_year(2025), fiscal_half(2025-H2), fiscal_quarter(2025-Q3), fiscal_month(2025-11)", ""},
	{"a during second(0), minute(-1), hour(-24..-1), day(1), week(0), month(-1..-1), quarter(-2), half(0), year(-3..0)",
		"a during second(0), minute(-1), hour(-24..-1), day(1), week(0), month(-1), quarter(-2), half(0), year(-3..0)"},
	{"a during fiscal_month(0), fiscal_quarter(-1), fiscal_half(1), fiscal_year(-2..-1), day(2025)", ""},
	{"a during 2026-06-01..2026-07-01, 2026-06-01.., ..2026-07-01T12:00, 2026-06-01T08:30 .. 2026-06-01T08:30:15.5",
		"a during 2026-06-01..2026-07-01, 2026-06-01.., ..2026-07-01T12:00, 2026-06-01T08:30..2026-06-01T08:30:15.500000"},
	{"a during 2026-06-01T00:00.. limit 3", "a during 2026-06-01.. limit 3"},
	{"a during festival(spring, 0), festival(double11, 2025), festival(`黑 五`, -1)", ""},
	{"a during since(month(-1)), after(2025), before(festival(spring, 0)), until(day(0))", ""},
	{"a during year(-1).month(3), week(-2).day(3), month(-1).day(1..10), month(0).day(-5..-1), month(0).day(21..-1)", ""},
	{"a during year(0).to_date, 2025.to_date, month(0).shift(year, -1), month(0).to_date.shift(month, -1).day(1)", ""},
	{"a during month(-3) to day(0), (month(-3) to month(-1)).day(1) to day(-1), (2025) to (2026 to day(0))",
		"a during month(-3) to day(0), (month(-3) to month(-1)).day(1) to day(-1), 2025 to 2026 to day(0)"},
	{"a during 2026-06-01...day(1), ..2026-07-01.day(-1), 2026-06-01 to 2026-06-03", ""},
}

// TestQueryForms wants every form to print canonically and to come back equal;
// "!" marks a line that is refused.
func TestQueryForms(t *testing.T) {
	for _, c := range forms {
		q, err := ParseQuery(c.text)
		if c.want == "!" {
			if err == nil {
				t.Errorf("%s: is read as %s", c.text, q)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		want := c.want
		if want == "" {
			want = c.text
		}
		if got := q.String(); got != want {
			t.Errorf("%s\nprints %s\nwant   %s", c.text, got, want)
		}
		again, err := ParseQuery(q.String())
		if err != nil || !reflect.DeepEqual(q, again) {
			t.Errorf("%s: comes back as %v, %v", c.text, again, err)
		}
		if !reflect.DeepEqual(q, q.Clone()) {
			t.Errorf("%s: the copy is %s", c.text, q.Clone())
		}
	}
}

func TestQueryTrees(t *testing.T) {
	name := func(path ...string) Name { return Name{path} }
	cases := []struct {
		text string
		want Expr
	}{
		{"a + b * -2", Binary{Add, name("a"), Binary{Mul, name("b"), Lit{IntValue(-2)}}}},
		{"not a = 1 or b", Binary{Or, Unary{Not, Binary{Eq, name("a"), Lit{IntValue(1)}}}, name("b")}},
		{"x.y in (1, viewer.z)", In{X: name("x", "y"), List: []Expr{Lit{IntValue(1)}, ViewerAttr{"z"}}}},
		{"x not in {viewer.z}", In{X: name("x"), List: []Expr{ViewerAttr{"z"}}, Not: true}},
		{"p:month_of_year = 3", Binary{Eq, Grained{name("p"), Grain{Cyclic: MonthOfYear}}, Lit{IntValue(3)}}},
		{"m{c}", Filtered{name("m"), name("c")}},
		{"avg(m per s, t:day)", Call{Func: "avg", Args: []Expr{name("m")}, Per: []Expr{name("s"), Grained{name("t"), Grain{Unit: Day}}}}},
		{"1.50", Lit{DecimalValue(150, 2)}},
		{"1e2", Lit{FloatValue(100)}},
		{"x during month(-1).day(2)", During{Of: name("x"), Periods: []Period{Within{Relative{Month, -1, -1}, Day, 2, 2}}}},
		{"case when a then 1 end", Case{Whens: []When{{name("a"), Lit{IntValue(1)}}}}},
	}
	for _, c := range cases {
		got, err := ParseExpr(c.text)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %#v, %v", c.text, got, err)
		}
	}
}

// wrong are query lines that are refused: with which code, at which words,
// expecting what, near which words.
var wrong = []struct {
	text   string
	code   Code
	at     string
	detail string
	near   string
}{
	{"", EmptyQuery, "", "", ""},
	{"  \n ", EmptyQuery, "", "", ""},
	{"revenue bu province", SyntaxError, "bu", "end", "by"},
	{"revenue where", SyntaxError, "", "expression", ""},
	{"revenue wher x = 1", SyntaxError, "wher", "end", "where"},
	{"revenue HAVING x = 1", SyntaxError, "HAVING", "end", "having"},
	{"revenue by a by b", SyntaxError, "by", "end", ""},
	{"revenue, by a", SyntaxError, "by", "expression", ""},
	{"revenue as by", SyntaxError, "by", "name", ""},
	{"revenue by a + b", SyntaxError, "+", "end", ""},
	{"revenue by time:mont", SyntaxError, "mont", "grain", "month"},
	{"revenue by time:", SyntaxError, "", "grain", ""},
	{"revenue where a = b = c", SyntaxError, "=", "end", ""},
	{"revenue where (a = 1", SyntaxError, "", ")", ""},
	{"revenue where a = 'x", SyntaxError, "'x", "string", ""},
	{`revenue where a = "x\q"`, SyntaxError, `\q`, "escape", ""},
	{`revenue where a = "\ud800"`, SyntaxError, `\u`, "escape", ""},
	{"revenue where a not like 'x'", SyntaxError, "like", "in", ""},
	{"revenue where a contain 'x'", SyntaxError, "contain", "end", ""},
	{"revenue where a contains b", SyntaxError, "b", "string", ""},
	{"revenue where a is nul", SyntaxError, "nul", "null", "null"},
	{"revenue where a in ()", SyntaxError, ")", "expression", ""},
	{"revenue where city in (上海, 苏州)", SyntaxError, ")", "by", ""},
	{"revenue where a in {x.y}", SyntaxError, "x", "viewer", ""},
	{"revenue where a & b", SyntaxError, "&", "character", ""},
	{"revenue where a ＝ b", SyntaxError, "＝", "character", ""},
	{"revenue where `", SyntaxError, "`", "name", ""},
	{"revenue where ``", SyntaxError, "``", "name", ""},
	{"revenue where a = @2026-02-30", SyntaxError, "@2026-02-30", "date", ""},
	{"revenue where case a end", SyntaxError, "a", "when", ""},
	{"revenue where f(a", SyntaxError, "", ")", ""},
	{"revenue where f(1, x during 2025, 2024.to_date)", SyntaxError, ".", ")", ""},
	{"revenüe\xff by x", SyntaxError, "\xff", "character", ""},
	{"revenue.", SyntaxError, "", "name", ""},
	{`f("\u12`, SyntaxError, `\u`, "escape", ""},
	{`f("a\tb`, SyntaxError, `"a\tb`, "string", ""},
	{"a where t = @2026-03-05T25:00", SyntaxError, "@2026-03-05", "date", ""},
	{"f(1e999)", TooLong, "1e999", "number", ""},
	{"f(" + strings.Repeat("9", 40) + ")", TooLong, strings.Repeat("9", 40), "number", ""},
	{"revenue show grwth", SyntaxError, "grwth", "show", "growth"},
	{"revenue vs yaer_ago", SyntaxError, "yaer_ago", "period", "year_ago"},
	{"revenue vs prior align weekdy", SyntaxError, "weekdy", "align", "weekday"},
	{"revenue vs year_ago(0)", BadPeriod, "0", "1..999", ""},
	{"revenue fill 1", SyntaxError, "1", "0", ""},
	{"revenue limit 0", SyntaxError, "0", "integer", ""},
	{"revenue limit x", SyntaxError, "x", "integer", ""},
	{"revenue limit 1.5", SyntaxError, "1.5", "integer", ""},
	{"revenue by bucket(a)", SyntaxError, ")", ",", ""},
	{"revenue by bucket(a, b)", SyntaxError, "b", "number", ""},
	{"revenue during", SyntaxError, "", "period", ""},
	{"revenue during mont(-1)", SyntaxError, "mont", "period", "month"},
	{"revenue during month", SyntaxError, "", "(", ""},
	{"revenue during month(1.5)", SyntaxError, "1.5", "integer", ""},
	{"revenue during month(1000)", BadPeriod, "1000", "-999..999", ""},
	{"revenue during fiscal_quarter(2025)", BadPeriod, "2025", "-999..999", ""},
	{"revenue during day(-1..-7)", BadPeriod, "-", "order", ""},
	{"revenue during day(0..-7)", BadPeriod, "0", "order", ""},
	{"revenue during month(-1).day(0)", BadPeriod, "0", "1..", ""},
	{"revenue during month(-1).day(5..2)", BadPeriod, "5", "order", ""},
	{"revenue during month(-1).dya(5)", SyntaxError, "dya", "unit", "day"},
	{"revenue during year(0).todate", SyntaxError, "todate", "unit", "to_date"},
	{"revenue during 2026-13", BadPeriod, "2026-13", "", ""},
	{"revenue during 2025-W53", BadPeriod, "2025-W53", "", ""},
	{"revenue during 2025-02-29", BadPeriod, "2025-02-29", "", ""},
	{"revenue during 2026-Q5", BadPeriod, "2026-Q5", "", ""},
	{"revenue during 2026-H0", BadPeriod, "2026-H0", "", ""},
	{"revenue during 0999", SyntaxError, "0999", "period", ""},
	{"revenue during 20261", SyntaxError, "20261", "period", ""},
	{"revenue during ..", SyntaxError, "", "date", ""},
	{"revenue during ..2026", SyntaxError, "2026", "date", ""},
	{"revenue during 2026..2027", SyntaxError, "..", "end", ""},
	{"revenue during festival(spring)", SyntaxError, ")", ",", ""},
	{"revenue during month(-1).shift(yeer, 1)", SyntaxError, "yeer", "unit", "year"},
	{"revenue where " + strings.Repeat("(", 65) + "a" + strings.Repeat(")", 65), TooLong, "(", "depth", ""},
	{"revenue where " + strings.Repeat("not ", 70) + "a", TooLong, "not", "depth", ""},
	{"revenue during " + strings.Repeat("since(", 70), TooLong, "since", "depth", ""},
	{"revenue where " + strings.Repeat("c in (a by b where ", 70), TooLong, "a", "depth", ""},
	{"revenue where " + strings.Repeat("c in (viewer{", 30), SyntaxError, "", "expression", ""}, // read once, not twice a level
	{"revenue where a in {viewer}", SyntaxError, "}", "viewer", ""},
	{"revenue where a in (viewer(1))", SyntaxError, ")", "by", ""},
	{"revenue" + strings.Repeat(" ", maxQueryBytes), TooLong, " ", "", ""},
}

func TestQueryProblems(t *testing.T) {
	for _, c := range wrong {
		label := c.text[:min(len(c.text), 80)]
		_, err := ParseQuery(c.text)
		if err == nil {
			t.Errorf("%s: is read", label)
			continue
		}
		checkProblem(t, c.text, err)
		var ps Problems
		errors.As(err, &ps)
		p := ps[0]
		if p.Code != c.code || p.Detail != c.detail || c.text[p.Span.Start:p.Span.End] != c.at && !strings.HasPrefix(c.text[p.Span.Start:], c.at) {
			t.Errorf("%s: %s %q (%s); want %s %q (%s)", label, p.Code, c.text[p.Span.Start:p.Span.End], p.Detail, c.code, c.at, c.detail)
		}
		if c.near == "" && len(p.Near) > 0 && c.at != "" && p.Near[0] == c.at || c.near != "" && !slices.Contains(p.Near, c.near) {
			t.Errorf("%s: near %v, want %q", label, p.Near, c.near)
		}
	}
}

// TestQueryLimitsHoldWhenPrinted wants a line whose canonical form would break
// a limit to be refused when it is read.
func TestQueryLimitsHoldWhenPrinted(t *testing.T) {
	query := func(s string) error { _, err := ParseQuery(s); return err }
	expr := func(s string) error { _, err := ParseExpr(s); return err }
	period := func(s string) error { _, err := ParsePeriod(s); return err }
	for _, c := range []struct {
		text  string
		parse func(string) error
	}{
		{"a" + strings.Repeat("+a", maxQueryBytes/2-1), query},
		{"a" + strings.Repeat("+a", maxQueryBytes/2-1), expr},
		{"a where x = '" + strings.Repeat("\x01", maxQueryBytes/3) + "'", query},
		{"a during day(0) where " + strings.Repeat("not ", 63) + "x", query},
		{"2026" + strings.Repeat(".shift(day,1)", maxQueryBytes/13-1), period},
	} {
		var ps Problems
		if err := c.parse(c.text); !errors.As(err, &ps) || ps[0].Code != TooLong {
			t.Errorf("%.40s…: %v", c.text, err)
		}
	}
}

func TestQueryCloneSharesNothing(t *testing.T) {
	q, err := ParseQuery("list a + b as x, f(c per d) from t by e where g in (h by i) and j in (1) having k{l} on m.n during 2025 vs prior show share(o) sort p limit 1 per q")
	if err != nil {
		t.Fatal(err)
	}
	line := q.String()
	c := q.Clone()
	c.Items[0].Expr.(Binary).L.(Name).Path[0] = "changed"
	c.Items[1].Expr.(Call).Per[0].(Name).Path[0] = "changed"
	c.List.From = "changed"
	c.By[0].Expr.(Name).Path[0] = "changed"
	both := c.Where.(Binary)
	both.L.(In).Sub.By[0].Expr = Name{[]string{"changed"}}
	both.R.(In).List[0] = Lit{IntValue(2)}
	c.Having.(Filtered).Where.(Name).Path[0] = "changed"
	c.On.Path[1] = "changed"
	c.During[0] = AllTime{}
	c.Versus[0].How = Ago
	c.Show[0].Args[0].(Name).Path[0] = "changed"
	c.Sort[0].Expr.(Name).Path[0] = "changed"
	c.Per[0].(Name).Path[0] = "changed"
	if q.String() != line {
		t.Errorf("the original changed to %s", q)
	}
	if (*Query)(nil).Clone() != nil {
		t.Error("the clone of nil is something")
	}
}

func TestGrainNames(t *testing.T) {
	for _, name := range grainNames {
		g, ok := ParseGrain(name)
		if !ok || g.String() != name {
			t.Errorf("%s: %v, %v", name, g, ok)
		}
	}
	for u := Second; u <= FiscalYear; u++ {
		if got, ok := ParseUnit(u.String()); !ok || got != u {
			t.Errorf("%d: %q comes back as %d", u, u, got)
		}
	}
	for _, name := range []string{"", "months", "Month", "day_of_week "} {
		if _, ok := ParseGrain(name); ok {
			t.Errorf("%q is a grain", name)
		}
	}
}

// TestExprStringOfBoundTrees wants every node to leave a mark.
func TestExprStringOfBoundTrees(t *testing.T) {
	column := Column{Scan: 1, Name: "paid_at"}
	sub, _ := ParseQuery("a by b")
	whole, _ := ParseQuery("a")
	cases := map[string]Expr{
		`#column(1, "paid_at")`:                          column,
		`#range(#column(1, "paid_at"), null, null)`:      TimeRange{X: column},
		`#trunc(#column(1, "paid_at"), month, year -1)`:  Trunc{X: column, Grain: Grain{Unit: Month}, Shift: -1, ShiftUnit: Year},
		`#part(#column(1, "paid_at"), day_of_week)`:      Part{X: column, Grain: Grain{Cyclic: DayOfWeek}},
		`#slot(2) / #key(0)`:                             Binary{Div, Slot{2}, KeyRef{0}},
		`#in(not #key(0), #key(1); a by b)`:              InPlan{X: []Expr{KeyRef{0}, KeyRef{1}}, Plan: &Plan{Query: sub}, Not: true},
		`#test(#key(0) > a)`:                             PlanTest{X: KeyRef{0}, Op: Gt, Plan: &Plan{Query: whole}},
		`#in(#key(0))`:                                   InPlan{X: []Expr{KeyRef{0}}},
		`not #key(0) = 1`:                                Unary{Not, Binary{Eq, KeyRef{0}, Lit{IntValue(1)}}},
		`(#key(0) or #key(1)) and #key(2) in ("x", "y")`: Binary{And, Binary{Or, KeyRef{0}, KeyRef{1}}, In{X: KeyRef{2}, List: []Expr{Lit{TextValue("x")}, Lit{TextValue("y")}}}},
	}
	for want, x := range cases {
		if got := ExprString(x); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func BenchmarkParseQuery(b *testing.B) {
	line := docQuery(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseQuery(line); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkQueryString(b *testing.B) {
	q, err := ParseQuery(docQuery(b))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_ = q.String()
	}
}
