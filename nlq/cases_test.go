package nlq_test

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wenshu/nlq"
	"wenshu/nlq/en"
	"wenshu/nlq/zh"
	"wenshu/semantic"
)

// now is when every question of the cases is asked: a Wednesday.
var now = time.Date(2026, 7, 15, 10, 0, 0, 0, time.UTC)

// viewer sees everything.
var viewer = semantic.Viewer{ID: "cfo", Roles: []string{"finance", "headquarters"}}

// fixture loads a model with its members from testdata.
func fixture(t testing.TB, name string) nlq.Config {
	t.Helper()
	dir := filepath.Join("testdata", name)
	if name == "demo" {
		dir = "../fixtures/shop/model"
	}
	model, err := semantic.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	grammar, err := nlq.NewGrammar(zh.Language(), en.Language())
	if err != nil {
		t.Fatal(err)
	}
	members := demoMembers(t, model)
	if name != "demo" {
		members = membersOf(t, model, filepath.Join(dir, "members.txt"))
	}
	return nlq.Config{
		Model:   model,
		Index:   nlq.NewIndex(members),
		Grammar: grammar,
		Bind:    semantic.Bind,
	}
}

// membersOf reads "table.dimension: member, member" lines.
func membersOf(t testing.TB, model *semantic.Model, file string) []nlq.Entry {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var entries []nlq.Entry
	for line := range strings.Lines(string(text)) {
		name, values, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		d := dimensionNamed(model, name)
		if d == nil {
			t.Fatalf("%s: no dimension %s", file, name)
		}
		for _, v := range strings.Split(values, ",") {
			entries = append(entries, nlq.Entry{Dimension: d, Value: strings.TrimSpace(v)})
		}
	}
	return entries
}

func dimensionNamed(model *semantic.Model, name string) *semantic.Dimension {
	for _, t := range model.Tables {
		for _, d := range t.Dimensions {
			if t.Name+"."+d.Name == name {
				return d
			}
		}
	}
	return nil
}

// TestCases reads the questions of testdata/*.cases. A file names its model
// with "use"; then questions, one a line, stand above the reading that all of
// them must have:
//
//	上个月各省销售额
//	revenue by province last month
//	  => revenue by province during month(-1)
//
// "=> fail" wants a refusal, "=> choose a | b" a choice, "=> define revenue" and
// the like an intent. "then" before a question makes it a follow-up of the
// reading above.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.cases")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".cases"), func(t *testing.T) { runCases(t, file) })
	}
}

func runCases(t *testing.T, file string) {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var reader *nlq.Reader
	var questions []string
	var prior []nlq.Turn
	wrong, total := 0, 0
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		switch {
		case line == "", strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "use "):
			reader = nlq.New(fixture(t, strings.TrimPrefix(line, "use ")))
		case strings.HasPrefix(line, "=>"):
			want := strings.TrimSpace(strings.TrimPrefix(line, "=>"))
			var result nlq.Result
			var before []nlq.Turn
			for _, q := range questions {
				total++
				q, follows := strings.CutPrefix(q, "then ")
				if before = nil; follows {
					before = prior
				}
				result = reader.Read(nlq.Question{Text: q, Now: now, Prior: before, Viewer: viewer})
				if got := outcome(result); got != want {
					wrong++
					t.Errorf("%s:%d: %s\n  got  %s\n  want %s", filepath.Base(file), n, q, got, want)
				}
			}
			prior = append(turnOf(result), before...)
			questions = nil
		default:
			questions = append(questions, line)
		}
	}
	t.Logf("%s: %d of %d read as wanted", filepath.Base(file), total-wrong, total)
}

// outcome writes a result as cases spell it.
func outcome(result nlq.Result) string {
	var parts []string
	for _, m := range result.Messages {
		parts = append(parts, messageOutcome(m))
	}
	return strings.Join(parts, " ; ")
}

func messageOutcome(m nlq.Message) string {
	if m.Refused != nil {
		return "fail"
	}
	var all []string
	for _, c := range m.Candidates {
		all = append(all, nlq.Describe(c.Reading))
	}
	if len(all) == 1 {
		return all[0]
	}
	return "choose " + strings.Join(all, " | ")
}

// turnOf is what the next question may refer to.
func turnOf(result nlq.Result) []nlq.Turn {
	for _, m := range result.Messages {
		for _, c := range m.Candidates {
			if ask, ok := c.Reading.(nlq.Ask); ok {
				return []nlq.Turn{{Query: ask.Query, Presentation: c.Presentation}}
			}
		}
	}
	return nil
}

// demoColumns says where the demo company's member lists go: file, column,
// dimension, column of the English alias.
var demoColumns = [][4]string{
	{"cities.tsv", "name", "cities.city", "name_en"},
	{"cities.tsv", "name", "customer_cities.customer_city", "name_en"},
	{"cities.tsv", "province", "provinces.province", "province_en"},
	{"stores.tsv", "name", "stores.store", "name_en"},
	{"products.tsv", "name", "products.product", "name_en"},
	{"products.tsv", "sku", "products.sku", ""},
	{"suppliers.tsv", "name", "suppliers.supplier", "name_en"},
	{"machines.tsv", "plant", "plants.plant", "plant_en"},
	{"machines.tsv", "workshop", "workshops.workshop", "workshop_en"},
	{"machines.tsv", "name", "machines.machine", "name_en"},
	{"machines.tsv", "kind", "machines.machine_kind", ""},
}

// demoMembers are members of the demo company, as its generator names them.
func demoMembers(t testing.TB, model *semantic.Model) []nlq.Entry {
	t.Helper()
	var entries []nlq.Entry
	for _, c := range demoColumns {
		d := dimensionNamed(model, c[2])
		if d == nil {
			continue
		}
		text, err := os.ReadFile(filepath.Join("../fixtures/members", c[0]))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		head := strings.Split(lines[0], "\t")
		seen := map[string]bool{}
		for _, line := range lines[1:] {
			cells := strings.Split(line, "\t")
			e := nlq.Entry{Dimension: d}
			for i, name := range head {
				switch {
				case i >= len(cells):
				case name == c[1]:
					e.Value = cells[i]
				case name == c[3]:
					e.Aliases = []string{cells[i]}
				}
			}
			if !seen[e.Value] {
				seen[e.Value] = true
				entries = append(entries, e)
			}
		}
	}
	return entries
}
