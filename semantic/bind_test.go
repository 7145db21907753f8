package semantic

import (
	"flag"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

var update = flag.Bool("update", false, "rewrite expected texts")

func shopModel(t testing.TB) *Model {
	t.Helper()
	m, err := Load(os.DirFS("testdata/shop"))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var shopClock = Clock{Now: time.Date(2026, 7, 15, 2, 0, 0, 0, time.UTC)} // 10:00 in Shanghai

var shopViewers = map[string]Viewer{
	"boss":   {ID: "boss", Roles: []string{"finance"}},
	"ann":    {ID: "ann", Attrs: map[string][]string{"region": {"华东"}}},
	"nobody": {ID: "nobody"},
}

// TestBind holds every query line of testdata/bind.txt against the plan, or the
// problems, that stand below it. A line "as name" changes the viewer.
func TestBind(t *testing.T) {
	m := shopModel(t)
	file := "testdata/bind.txt"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	viewer := "boss"
	for _, block := range strings.Split(strings.TrimRight(string(text), "\n"), "\n\n") {
		head, want, _ := strings.Cut(block, "\n")
		if name, ok := strings.CutPrefix(head, "as "); ok {
			viewer = name
			out.WriteString(block + "\n\n")
			continue
		}
		line := strings.TrimPrefix(head, "> ")
		got := bindText(m, line, shopViewers[viewer])
		out.WriteString("> " + line + "\n" + got + "\n")
		if strings.TrimSpace(got) != strings.TrimSpace(want) && !*update {
			t.Errorf("%s\n--- got\n%s--- want\n%s", line, got, want)
		}
	}
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func bindText(m *Model, line string, v Viewer) string {
	q, err := ParseQuery(line)
	if err != nil {
		return "parse " + err.Error() + "\n"
	}
	p, err := Bind(m, q, v, shopClock)
	if err != nil {
		return "! " + strings.ReplaceAll(err.Error(), "\n", "\n! ") + "\n"
	}
	return p.String()
}

func BenchmarkBind(b *testing.B) {
	m := shopModel(b)
	q, err := ParseQuery(`revenue, aov by region, time:month where channel = "app" during year(0).to_date vs year_ago show growth sort -revenue limit 3 per region`)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Bind(m, q, shopViewers["ann"], shopClock); err != nil {
			b.Fatal(err)
		}
	}
}

// TestCountOfATableThatDimensionsAreNamedAfter counts rows of the table, though
// joins to it bear its name.
func TestCountOfATableThatDimensionsAreNamedAfter(t *testing.T) {
	m, err := Load(fstest.MapFS{"m.yaml": {Data: []byte(`
tables:
  paper: {key: id, display: title, dimensions: {id: {type: int}, title: }}
  wrote: {joins: {paper: {to: paper, on: {pid: id}}}, dimensions: {paper: {of: paper}, who: }}
  cited: {joins: {paper: {to: paper, on: {pid: id}}}, dimensions: {paper: {of: paper}, "by_whom": }}
metrics:
  papers: {expr: count(paper)}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"papers", "count(paper)", "papers by title"} {
		q, err := ParseQuery(line)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := Bind(m, q, Viewer{}, Clock{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if got := plan.Branches[0].Scans[0].Table.Name; got != "paper" {
			t.Errorf("%s: counts rows of %s", line, got)
		}
	}
}

// TestGroupByAnEntityOfTwoFacts groups both facts by the entity, though each
// has a dimension of that name.
func TestGroupByAnEntityOfTwoFacts(t *testing.T) {
	m, err := Load(fstest.MapFS{"m.yaml": {Data: []byte(`
tables:
  brand: {key: id, display: title, dimensions: {id: {type: int}, title: }}
  sold: {joins: {brand: {to: brand, on: {bid: id}}}, dimensions: {brand: {of: brand}, qty: {type: int}}}
  made: {joins: {brand: {to: brand, on: {bid: id}}}, dimensions: {brand: {of: brand}, pieces: {type: int}}}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	q, err := ParseQuery("sum(sold.qty), sum(made.pieces) by brand")
	if err != nil {
		t.Fatal(err)
	}
	plan, err := Bind(m, q, Viewer{}, Clock{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Branches) != 2 || plan.Keys[0].Dimension == nil || plan.Keys[0].Dimension.Name != "title" {
		t.Errorf("%d branches, keys %v", len(plan.Branches), plan.Keys)
	}
}
