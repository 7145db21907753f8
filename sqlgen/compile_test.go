package sqlgen_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen"
	"wenshu/sqlgen/sqltree"
)

var update = flag.Bool("update", false, "rewrite expected texts")

var (
	clock    = semantic.Clock{Now: time.Date(2026, 7, 15, 2, 0, 0, 0, time.UTC)} // 10:00 in Shanghai
	dialects = map[string]string{"sales": "sqlite", "factory": "sqlite"}
	viewers  = map[string]semantic.Viewer{
		"boss":   {ID: "boss", Roles: []string{"finance"}},
		"ann":    {ID: "ann", Attrs: map[string][]string{"region": {"华东"}}},
		"nobody": {ID: "nobody"},
	}
)

func shop(t testing.TB) *semantic.Model {
	t.Helper()
	m, err := semantic.Load(os.DirFS("testdata/shop"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func plan(t testing.TB, m *semantic.Model, line string, v semantic.Viewer) *semantic.Plan {
	t.Helper()
	q, err := semantic.ParseQuery(line)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	p, err := semantic.Bind(m, q, v, clock)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return p
}

// TestCompile holds every query line of testdata/compile.txt against the
// program that stands below it, and every statement to its own Check.
func TestCompile(t *testing.T) {
	m := shop(t)
	const file = "testdata/compile.txt"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	viewer := "boss"
	for _, block := range strings.Split(strings.TrimSpace(string(text)), "\n\n> ") {
		head, want, _ := strings.Cut(strings.TrimPrefix(block, "> "), "\n")
		line := head
		if name, rest, ok := strings.Cut(head, " asks "); ok {
			viewer, line = name, rest
		}
		got := compiled(t, plan(t, m, line, viewers[viewer]))
		fmt.Fprintf(&out, "> %s\n%s\n\n", head, got)
		if got != strings.TrimSpace(want) && !*update {
			t.Errorf("%s\n--- got\n%s\n--- want\n%s", head, got, want)
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(strings.TrimSuffix(out.String(), "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// compiled compiles a plan twice and writes the program down.
func compiled(t *testing.T, p *semantic.Plan) string {
	t.Helper()
	first, err := sqlgen.Compile(p, dialects)
	if err != nil {
		return "! " + err.Error()
	}
	text := programText(t, first)
	second, err := sqlgen.Compile(p, dialects)
	if err != nil || programText(t, second) != text {
		t.Errorf("compiled again, the program differs: %v", err)
	}
	return text
}

func programText(t *testing.T, p *sqlgen.Program) string {
	t.Helper()
	var b strings.Builder
	for _, s := range p.Statements {
		checked, err := s.Check()
		if err != nil {
			t.Errorf("%v in\n%s", err, s.SQL)
		} else if checked != s.SQL {
			t.Errorf("Check changes\n%s\ninto\n%s", s.SQL, checked)
		}
		fmt.Fprintf(&b, "in %s\n%s\n", s.Source, s.SQL)
		if len(s.Args) > 0 {
			fmt.Fprintf(&b, "with %v\n", s.Args)
		}
	}
	if p.Finish != nil {
		fmt.Fprintf(&b, "then %d keys in %d cells\n", p.Finish.Keys, p.Finish.Width)
		for _, in := range p.Finish.Stitch.Inputs {
			fmt.Fprintf(&b, "  input %+v\n", in)
		}
		for _, step := range p.Finish.Steps {
			fmt.Fprintf(&b, "  %T %s\n", step, stepText(step))
		}
		fmt.Fprintf(&b, "  output %v\n", p.Finish.Output)
	}
	if p.Totals != nil {
		fmt.Fprintf(&b, "totals\n%s\n", programText(t, p.Totals))
	}
	return strings.TrimSpace(b.String())
}

func stepText(s sqlgen.Step) string {
	switch s := s.(type) {
	case sqlgen.Derive:
		return fmt.Sprintf("%d %v", s.Slot, s.Expr)
	case sqlgen.Window:
		return fmt.Sprintf("%d %s of %d in %v", s.Slot, s.Func, s.Of, s.Partition)
	case sqlgen.Keep:
		return fmt.Sprint(s.Cond)
	}
	return fmt.Sprintf("%+v", s)
}

// TestCompileRefuses names what has no SQL.
func TestCompileRefuses(t *testing.T) {
	m := shop(t)
	p := plan(t, m, "revenue", viewers["boss"])
	if _, err := sqlgen.Compile(p, map[string]string{"factory": "sqlite"}); err == nil {
		t.Error("compiled for a source without a dialect")
	}
	if _, err := sqlgen.Compile(p, map[string]string{"sales": "oracle"}); err == nil {
		t.Error("compiled for an unknown dialect")
	}
	if _, err := sqlgen.Compile(&semantic.Plan{}, dialects); err == nil {
		t.Error("compiled an empty plan")
	}
	long := plan(t, m, "revenue", viewers["boss"])
	in := semantic.In{X: semantic.Column{Name: "channel", Type: semantic.ColumnType{Kind: semantic.Text}}}
	for range sqltree.MaxArgs + 1 {
		in.List = append(in.List, semantic.Lit{Value: semantic.TextValue("app")})
	}
	long.Branches[0].Where = []semantic.Expr{in}
	_, err := sqlgen.Compile(long, dialects)
	var problem semantic.Problem
	if !errors.As(err, &problem) || problem.Code != semantic.TooLong {
		t.Errorf("a list of %d members: %v", len(in.List), err)
	}
}

// TestStatementsReadOnlyWhatThePlanNames takes each listed column away in turn:
// the statement must then be refused.
func TestStatementsReadOnlyWhatThePlanNames(t *testing.T) {
	m := shop(t)
	p := plan(t, m, `revenue, refunded by region where channel = "app" during month(-1)`, viewers["ann"])
	program, err := sqlgen.Compile(p, dialects)
	if err != nil {
		t.Fatal(err)
	}
	s := program.Statements[0]
	taken := 0
	for table, columns := range s.Allow.Tables {
		for i := range columns {
			less := append(append([]string{}, columns[:i]...), columns[i+1:]...)
			s.Allow.Tables[table] = less
			if _, err := s.Check(); err == nil {
				t.Errorf("%s.%s is listed and not read", table.Name, columns[i])
			}
			taken++
		}
		s.Allow.Tables[table] = columns
	}
	if _, err := s.Check(); err != nil || taken < 8 {
		t.Errorf("%d columns, %v", taken, err)
	}
}

func BenchmarkCompile(b *testing.B) {
	m := shop(b)
	for _, c := range []struct{ name, line string }{
		{"one", "revenue by channel during month(-1)"},
		{"many", `revenue, aov, net by region, time:month where channel = "app" during year(0).to_date vs year_ago show growth sort -revenue limit 3 per region`},
		{"two sources", "line_revenue, good_qty by sku sort -line_revenue limit 10"},
	} {
		p := plan(b, m, c.line, viewers["ann"])
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := sqlgen.Compile(p, dialects); err != nil {
					b.Fatal(err)
				}
			}
		})
		program, err := sqlgen.Compile(p, dialects)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.name+"/check", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for i := range program.Statements {
					if _, err := program.Statements[i].Check(); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
