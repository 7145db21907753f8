package semantic

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// TestLoadHostile gives the loader what no analyst writes. Each must be refused
// with the code, quickly and in little memory.
func TestLoadHostile(t *testing.T) {
	bomb := "a: &a [x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += fmt.Sprintf("%c: &%c [*%c, *%c, *%c, *%c]\n", c, c, c-1, c-1, c-1, c-1)
	}
	cases := []struct {
		name, text string
		code       Code
		line       int
	}{
		{"bomb", bomb, SyntaxError, 1},
		{"one byte too many", "a: " + strings.Repeat("x", maxFileBytes-2), TooLong, 0},
		{"long key", strings.Repeat("x", maxFileBytes-3) + ": 1", UnknownName, 1},
		{"long text", "model: {name: " + strings.Repeat("x", 17<<10) + "}", TooLong, 1},
		{"flow depth", strings.Repeat("[", maxFileBytes), TooLong, 1},
		{"map depth", strings.Repeat("{a: ", maxFileBytes/4), TooLong, 1},
		{"dash depth", strings.Repeat("- ", maxFileBytes/2), TooLong, 1},
		{"question depth", strings.Repeat("? ", maxFileBytes/2), TooLong, 1},
		{"indent depth", indents(300), TooLong, 257},
		{"block depth", indents(30), TooLong, 18},
		{"many keys", strings.Repeat("abcdef: ghijkl\n", maxFileBytes/15), TooLong, 10001},
		{"as many keys as may be", strings.Repeat("abcdef: ghijkl\n", maxSiblings), UnknownName, 1},
		{"many small mappings", strings.Repeat("- a: b\n", maxFileTokens/4), TooLong, 10001},
		{"many commas", "[" + strings.Repeat(",", maxFileBytes-1), TooLong, 1},
		{"colons", strings.Repeat(": ", maxFileBytes/2), TooLong, 1},
		{"documents", strings.Repeat("---\n", maxFileBytes/4), TooLong, 10001},
		{"open quote", "a: \"" + strings.Repeat("x\n", maxFileBytes/2-2), SyntaxError, 1},
		{"not UTF-8", "a: \xff\xfe", SyntaxError, 1},
		{"UTF-16", "m\x00o\x00d\x00e\x00l\x00", SyntaxError, 1},
		{"null byte", "model: \x00", SyntaxError, 1},
		{"escape byte", "\n\nmodel: \x1b[0m", SyntaxError, 3},
		{"lone carriage return", "model: {name: a}\rtables: {}", SyntaxError, 1},
		{"byte order mark inside", "model: {name: \ufeffa}", SyntaxError, 1},
		{"directive", "%YAML 1.2\n---\nmodel: {name: a}", SyntaxError, 1},
		{"tab", "tables:\n\torders: {}", SyntaxError, 2},
		{"complex key", "? [a, b]\n: c", SyntaxError, 2},
		{"scalar", "tables", WrongType, 1},
		{"local tag", "model: !name {name: a}", SyntaxError, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			start, before := time.Now(), memory()
			_, err := Load(fstest.MapFS{"m.yaml": {Data: []byte(c.text)}})
			if took, grown := time.Since(start), memory()-before; took > time.Minute || grown > 1<<30 {
				t.Errorf("took %v and %d MiB", took, grown>>20)
			}
			var problems Problems
			if !errors.As(err, &problems) {
				t.Fatalf("got %v, want %s", err, c.code)
			}
			if p := problems[0]; p.Code != c.code || p.Pos.Line != c.line {
				t.Errorf("got %.200s, want %s in line %d", p.Error(), c.code, c.line)
			}
		})
	}
}

// memory is what was allocated so far.
func memory() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

func indents(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// TestLoadHarmless loads what looks odd and is right.
func TestLoadHarmless(t *testing.T) {
	for name, text := range map[string]string{
		"byte order mark": "\ufeffmodel: {name: a}\n",
		"carriage return": "model:\r\n  name: a\r\n",
		"empty":           "",
		"comment":         "# nothing here\n",
		"marker":          "---\nmodel: {name: a}\n...\n",
		"nulls":           "model:\ntables:\n  orders:\n    dimensions:\n      city:\nmetrics: ~\nrules: null\n",
		"quoted keys":     "\"model\": {'name': \"a\"}\n",
		"han names":       "tables: {订单: {dimensions: {城市: {values: [上海]}}}}\nmetrics: {订单数: {expr: count(订单), where: 城市 = \"上海\"}}\n",
		"block text":      "tables:\n  t:\n    dimensions:\n      a:\n        type: int\n        expr: |\n          case when b > 1 then 1\n            else 2 end\n",
		"folded text":     "tables:\n  t:\n    dimensions:\n      a:\n        type: int\n        expr: >-\n          case when b > 1 then 1\n          else 2 end\n",
	} {
		if _, err := loadText(text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLoadManyProblems(t *testing.T) {
	var b strings.Builder
	b.WriteString("tables:\n")
	for i := range 1500 {
		fmt.Fprintf(&b, "  t%d: {tim: a, joins: {j: {to: nowhere, on: a}}}\n", i)
	}
	_, err := loadText(b.String())
	var problems Problems
	if !errors.As(err, &problems) || len(problems) != maxProblems {
		t.Fatalf("%d problems, want %d", len(problems), maxProblems)
	}
	for i := 1; i < len(problems); i++ {
		if problems[i-1].Pos.Line > problems[i].Pos.Line {
			t.Fatalf("problem %d comes before problem %d", i-1, i)
		}
	}
}

func TestLoadTooManyObjects(t *testing.T) {
	var b strings.Builder
	b.WriteString("tables:\n")
	for i := range maxTables + 1 {
		fmt.Fprintf(&b, "  t%d:\n", i)
	}
	_, err := loadText(b.String())
	var problems Problems
	if !errors.As(err, &problems) || problems[0].Code != TooLong || problems[0].Name != "tables" {
		t.Errorf("got %v", err)
	}
}

// FuzzModel wants Load to return a model or problems, twice the same, in
// bounded time, and everything that the model offers to work.
func FuzzModel(f *testing.F) {
	f.Add([]byte(docModel(f)))
	for _, text := range brokenModels(f) {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<14 {
			return
		}
		start := time.Now()
		m, err := Load(fstest.MapFS{"m.yaml": {Data: data}})
		if took := time.Since(start); took > 20*time.Second {
			t.Fatalf("took %v", took)
		}
		_, again := Load(fstest.MapFS{"m.yaml": {Data: data}})
		if fmt.Sprint(err) != fmt.Sprint(again) {
			t.Fatalf("first %v\nthen %v", err, again)
		}
		if err != nil {
			checkProblems(t, err)
			return
		}
		checkModel(t, m)
	})
}

func checkProblems(t *testing.T, err error) {
	var problems Problems
	if !errors.As(err, &problems) || len(problems) == 0 || len(problems) > maxProblems {
		t.Fatalf("not problems: %v", err)
	}
	for _, p := range problems {
		if p.Code == "" || p.Code == Internal {
			t.Fatalf("problem without a code: %+v", p)
		}
	}
}

// checkModel wants what the contract promises of a loaded model.
func checkModel(t *testing.T, m *Model) {
	view := m.View(Viewer{})
	for _, table := range m.Tables {
		if m.Table(table.Name) != table || table.Source == "" || table.Warehouse == "" {
			t.Fatalf("table %s", table.Name)
		}
		for _, d := range table.Dimensions {
			if d.Expr == nil || m.Dimension(table.Name, d.Name) != d {
				t.Fatalf("dimension %s.%s", table.Name, d.Name)
			}
			c, problem := m.Resolve(table, Name{[]string{table.Name, d.Name}})
			if problem != nil || c.Dimension != d {
				t.Fatalf("%s.%s resolves to %v, %v", table.Name, d.Name, c, problem)
			}
			view.Hidden(d)
		}
		for _, j := range table.Joins {
			if j.To == nil || len(j.On) == 0 {
				t.Fatalf("join %s.%s", table.Name, j.Name)
			}
		}
	}
	for _, metric := range m.Metrics {
		if m.Metric(metric.Name) != metric || metric.Expr == nil && metric.Convert == nil {
			t.Fatalf("metric %s", metric.Name)
		}
		if len(m.Homes(metric)) == 0 || metric.Home != nil && len(m.Homes(metric)) != 1 {
			t.Fatalf("metric %s has homes %v", metric.Name, m.Homes(metric))
		}
	}
}

// FuzzModelExpr puts texts where the model files hold expressions.
func FuzzModelExpr(f *testing.F) {
	f.Add("sum(orders.amount * customers.credit)", "channel = 'app'", "upper(code)", "region in {viewer.region}", "month(0)")
	f.Add("avg(revenue per paid_at:day) / count(orders)", "orders.customer.city.province is null", "a > 1", "orders.channel != 'x'", "2026-06-01..2026-07-01")
	f.Add("m{channel in (orders by channel)}", "paid_at during year(0) and paid_at:month_of_year = 3", "case when a then 1 end", "not (region = '华东')", "festival(spring, 0)")
	f.Fuzz(func(t *testing.T, expr, where, dimension, rule, period string) {
		text := "tables:\n" +
			"  orders: {key: order_id, time: paid_at, joins: {customer: {to: customers, on: customer_id}}, dimensions: {amount: {type: decimal(2)}, channel: {values: [app], closed: true}, region: , paid_at: {type: timestamp}, x: {type: int, expr: " + yamlText(dimension) + "}}}\n" +
			"  customers: {key: customer_id, joins: {city: {to: cities, on: city_id}}, dimensions: {credit: {type: int}}}\n" +
			"  cities: {key: city_id, dimensions: {province: }}\n" +
			"metrics:\n" +
			"  revenue: {expr: sum(orders.amount)}\n" +
			"  m: {expr: " + yamlText(expr) + ", where: " + yamlText(where) + ", default: " + yamlText(period) + "}\n" +
			"rules: [{table: orders, where: " + yamlText(rule) + "}, {table: orders, hide: [x, region]}]\n"
		m, err := loadText(text)
		if err != nil {
			checkProblems(t, err)
			return
		}
		checkModel(t, m)
	})
}

// yamlText quotes a text for YAML.
func yamlText(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
