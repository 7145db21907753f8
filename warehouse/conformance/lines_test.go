package conformance

import (
	"flag"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen"
	"wenshu/warehouse"
)

var update = flag.Bool("update", false, "rewrite expected rows")

var (
	clock   = semantic.Clock{Now: time.Date(2026, 7, 15, 2, 0, 0, 0, time.UTC)}
	viewers = map[string]semantic.Viewer{
		"boss":   {ID: "boss", Roles: []string{"finance"}},
		"ann":    {ID: "ann", Attrs: map[string][]string{"region": {"华东"}}},
		"nobody": {ID: "nobody"},
	}
)

// openScripts makes a database of each script and opens it under its name, the
// first also as v.
func openScripts(t testing.TB, e testEngine, names ...string) warehouse.Sources {
	t.Helper()
	sources := warehouse.Sources{}
	for i, name := range names {
		script, err := os.ReadFile("testdata/" + name + ".sql")
		if err != nil {
			t.Fatal(err)
		}
		as := []string{name}
		if i == 0 {
			as = append(as, "v")
		}
		maps.Copy(sources, e.sources(t, string(script), as...))
	}
	return sources
}

// TestLines runs every query line of testdata/lines.txt from the model to the
// rows: as it compiles, and spread over two sources so that the same steps are
// finished in memory. A line behind "~" needs windows within a branch, which an
// engine without them refuses.
func TestLines(t *testing.T) {
	onEngines(t, runLines)
}

func runLines(t *testing.T, e testEngine) {
	model, err := semantic.Load(os.DirFS("../../sqlgen/testdata/shop"))
	if err != nil {
		t.Fatal(err)
	}
	sources := openScripts(t, e, "sales", "factory")
	const file = "testdata/lines.txt"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rewrite := *update && e.name == "sqlite"
	var out []string
	viewer := ""
	for _, block := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
		head, want, _ := strings.Cut(block, "\n")
		if name, ok := strings.CutPrefix(head, "as "); ok {
			viewer = name
		}
		mark, line, ok := strings.Cut(head, " ")
		if mark != ">" && mark != "~" || !ok {
			out = append(out, block)
			continue
		}
		if mark == "~" && e.lacks != nil {
			want = "! unsupported_by_source window (sales)"
		}
		got := rowsOfLine(t, model, sources, line, viewers[viewer])
		if got != want && !rewrite {
			t.Errorf("%s asks %s\n--- got\n%s\n--- want\n%s", viewer, line, got, want)
		}
		out = append(out, strings.TrimSuffix(mark+" "+line+"\n"+got, "\n"))
	}
	if rewrite {
		if err := os.WriteFile(file, []byte(strings.Join(out, "\n\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func rowsOfLine(t *testing.T, m *semantic.Model, sources warehouse.Sources, line string, v semantic.Viewer) string {
	t.Helper()
	q, err := semantic.ParseQuery(line)
	if err != nil {
		return "! " + err.Error()
	}
	p, err := semantic.Bind(m, q, v, clock)
	if err != nil {
		return "! " + err.Error()
	}
	rows := rowsOfPlan(t, sources, p)
	if finishable(p) {
		if again := rowsOfPlan(t, sources, inTwoSources(p)); withoutSource(again) != withoutSource(rows) {
			t.Errorf("%s\n--- finished in memory\n%s\n--- in one statement\n%s", line, again, rows)
		}
	}
	return rows
}

// withoutSource leaves out of a refusal which source it is that cannot.
func withoutSource(rows string) string {
	if strings.HasPrefix(rows, "! unsupported_by_source") {
		rows, _, _ = strings.Cut(rows, " (")
	}
	return rows
}

func rowsOfPlan(t *testing.T, sources warehouse.Sources, p *semantic.Plan) string {
	t.Helper()
	program, err := sqlgen.Compile(p, dialectsOf(sources))
	if err != nil {
		return "! " + err.Error()
	}
	result, _, err := sources.Run(t.Context(), program)
	if err != nil {
		return "! " + unwrapAll(err)
	}
	var rows []string
	for _, row := range result.Rows {
		rows = append(rows, rowText(row))
	}
	if result.Totals != nil {
		rows = append(rows, "total "+rowText(result.Totals.Rows[0]))
	}
	return strings.Join(rows, "\n")
}
