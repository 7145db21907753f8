package draft

import (
	"bytes"
	"context"
	"database/sql"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenshu/semantic"
	"wenshu/sqlgen"
	"wenshu/warehouse"
)

var update = flag.Bool("update", false, "rewrite the expected models")

// database fills a SQLite file from SQL and opens it.
func database(t *testing.T, text string) warehouse.Source {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data.sqlite")
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(text); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	source, err := warehouse.Open("main", path, warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { source.Close() })
	return source
}

func drafted(t *testing.T, source warehouse.Source) (map[string][]byte, *semantic.Model) {
	t.Helper()
	files, _, err := Draft(context.Background(), source, Options{Name: "drafted"})
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for name, data := range files {
		folder[name] = &fstest.MapFile{Data: data}
	}
	m, err := semantic.Load(folder)
	if err != nil {
		for _, name := range slices.Sorted(maps.Keys(files)) {
			t.Logf("%s\n%s", name, files[name])
		}
		t.Fatal(err)
	}
	return files, m
}

// TestDrafts holds the drafts of invented databases against models that a
// person has read, and runs every metric and every dimension of them.
func TestDrafts(t *testing.T) {
	texts, err := filepath.Glob("testdata/*.sql")
	if err != nil || len(texts) == 0 {
		t.Fatal("no databases", err)
	}
	for _, file := range texts {
		name := strings.TrimSuffix(filepath.Base(file), ".sql")
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			source := database(t, string(text))
			files, m := drafted(t, source)
			var all bytes.Buffer
			for _, n := range slices.Sorted(maps.Keys(files)) {
				all.WriteString("# " + n + "\n")
				all.Write(files[n])
			}
			golden := strings.TrimSuffix(file, ".sql") + ".golden"
			if *update {
				if err := os.WriteFile(golden, all.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), all.String()); diff != "" {
				t.Error(diff)
			}
			runEverything(t, source, m)
		})
	}
}

// runEverything answers a query line for every metric and every dimension.
func runEverything(t *testing.T, source warehouse.Source, m *semantic.Model) {
	t.Helper()
	var lines []string
	for _, metric := range m.Metrics {
		lines = append(lines, spelled(metric.Name))
	}
	for _, table := range m.Tables {
		for _, d := range table.Dimensions {
			lines = append(lines, "list "+spelled(table.Name)+"."+spelled(d.Name)+" from "+spelled(table.Name))
		}
	}
	sources := warehouse.Sources{source.Name(): source}
	for _, line := range lines {
		q, err := semantic.ParseQuery(line)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		plan, err := semantic.Bind(m, q, semantic.Viewer{}, semantic.Clock{Now: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		program, err := sqlgen.Compile(plan, map[string]string{source.Name(): source.Dialect()})
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if _, _, err := sources.Run(context.Background(), program); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}
