//go:build opinions

package opinions

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen"
)

var (
	clock   = semantic.Clock{Now: time.Date(2026, 7, 15, 2, 0, 0, 0, time.UTC)}
	viewers = []semantic.Viewer{
		{ID: "boss", Roles: []string{"finance", "boss"}},
		{ID: "ann", Attrs: map[string][]string{"region": {"华东"}}},
	}
)

// asked is a query line of the repository's own tests, with its model.
type asked struct {
	model *semantic.Model
	line  string
}

// corpus is every query line that the compiler's tests, the lines and traps that
// engines run, and the demo's questions ask.
func corpus(t *testing.T) []asked {
	t.Helper()
	shop := load(t, "../testdata/shop")
	var all []asked
	for _, file := range []string{"../testdata/compile.txt", "../../warehouse/conformance/testdata/lines.txt"} {
		for _, line := range lines(t, file) {
			if _, line, ok := strings.Cut(line, "> "); ok {
				line = strings.TrimPrefix(strings.TrimPrefix(line, "boss asks "), "ann asks ")
				all = append(all, asked{shop, line})
			}
		}
	}
	return append(append(all, traps(t)...), demo(t)...)
}

func load(t *testing.T, folder string) *semantic.Model {
	t.Helper()
	m, err := semantic.Load(os.DirFS(folder))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func lines(t *testing.T, file string) []string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []string
	for s := bufio.NewScanner(f); s.Scan(); {
		all = append(all, s.Text())
	}
	return all
}

func traps(t *testing.T) []asked {
	const folder = "../../warehouse/conformance/testdata/"
	models := map[string]*semantic.Model{}
	files, err := filepath.Glob(folder + "traps/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no trap models", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m, err := semantic.Load(fstest.MapFS{"model.yaml": {Data: text}})
		if err != nil {
			t.Fatal(err)
		}
		models[strings.TrimSuffix(filepath.Base(file), ".yaml")] = m
	}
	var all []asked
	var m *semantic.Model
	for _, line := range lines(t, folder+"traps.txt") {
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case word == ">":
			all = append(all, asked{m, rest})
		case models[rest] != nil:
			m = models[rest]
		}
	}
	return all
}

// demo are the readings that the demo's questions must have.
func demo(t *testing.T) []asked {
	m := load(t, "../../fixtures/shop/model")
	files, err := filepath.Glob("../../fixtures/shop/ask/*.ask")
	if err != nil || len(files) == 0 {
		t.Fatal("no questions of the demo", err)
	}
	var all []asked
	for _, file := range files {
		for _, line := range lines(t, file) {
			if line, ok := strings.CutPrefix(strings.TrimSpace(line), "query "); ok {
				all = append(all, asked{m, line})
			}
		}
	}
	return all
}

// statement is one that the compiler made, with the line that asks it.
type statement struct {
	line string
	sqlgen.Statement
}

// statements compiles the corpus for a dialect, for each of the viewers. A line
// that does not bind for a viewer or has no SQL in the dialect gives none.
func statements(t *testing.T, dialect string) []statement {
	t.Helper()
	var all []statement
	seen := map[string]bool{}
	for _, a := range corpus(t) {
		q, err := semantic.ParseQuery(a.line)
		if err != nil {
			continue
		}
		dialects := map[string]string{}
		for _, name := range a.model.Warehouses {
			dialects[name] = dialect
		}
		for _, viewer := range viewers {
			p, err := semantic.Bind(a.model, q, viewer, clock)
			if err != nil {
				continue
			}
			program, err := sqlgen.Compile(p, dialects)
			if errors.As(err, new(semantic.Problem)) {
				continue
			}
			if err != nil {
				t.Fatalf("%s: %v", a.line, err)
			}
			for ; program != nil; program = program.Totals {
				for _, s := range program.Statements {
					if !seen[s.SQL] {
						seen[s.SQL] = true
						all = append(all, statement{a.line, s})
					}
				}
			}
		}
	}
	return all
}
