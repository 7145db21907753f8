package interop

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wenshu/semantic"
)

var update = flag.Bool("update", false, "rewrite expected texts")

// sample reads the files of a folder below testdata.
func sample(t testing.TB, folder string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	names, err := filepath.Glob(filepath.Join("testdata", folder, "*.yml"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no sample of %s: %v", folder, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = data
	}
	return files
}

// loads loads model files and fails on any problem: whatever an importer writes
// is a model.
func loads(t testing.TB, files map[string][]byte) *semantic.Model {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: data}
	}
	m, err := semantic.Load(fsys)
	if err != nil {
		t.Fatalf("%v\n%s", err, shown(files))
	}
	return m
}

func shown(files map[string][]byte) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&b, "# %s\n%s\n", name, files[name])
	}
	return b.String()
}

// answers binds every metric of a model.
func answers(t *testing.T, m *semantic.Model) {
	t.Helper()
	clock := semantic.Clock{Now: time.Date(2026, time.July, 15, 10, 0, 0, 0, time.UTC)}
	for _, metric := range m.Metrics {
		line := metric.Name
		if metric.Time != nil || metric.Home != nil && metric.Home.Time != nil {
			line += " by time:month during year(-1)"
		}
		q, err := semantic.ParseQuery(line)
		if err == nil {
			_, err = semantic.Bind(m, q, semantic.Viewer{}, clock)
		}
		if err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// TestSamples imports a sample of each format: the model loads, and what is not
// carried is listed at its place.
func TestSamples(t *testing.T) {
	for _, format := range Formats {
		t.Run(format, func(t *testing.T) {
			in, err := Import(format, sample(t, format), Options{})
			if err != nil {
				t.Fatal(err)
			}
			answers(t, loads(t, in.Files))
			got := shown(in.Files) + "# notes\n"
			for _, n := range in.Notes {
				got += n.String() + "\n"
				if n.Pos.Line == 0 || n.Why == "" || n.What == "" {
					t.Errorf("%v has no place or reason", n)
				}
			}
			golden := filepath.Join("testdata", format+".txt")
			want, err := os.ReadFile(golden)
			if err != nil && !*update {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
