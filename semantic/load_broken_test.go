package semantic

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// TestLoadBroken loads every model of testdata/broken. Each begins with one
// line per problem that Load must report, and reports nothing else:
//
//	# want: line:column code name [(detail)] [near a, b]
//
// Lines count from the first line behind the expectations.
func TestLoadBroken(t *testing.T) {
	files, err := filepath.Glob("testdata/broken/*.yaml")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d broken models, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, model := cutWants(string(text))
			got := problemLines(t, model)
			if *update {
				if err := os.WriteFile(file, []byte(wantPrefix+strings.Join(got, "\n"+wantPrefix)+"\n"+model), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
			}
		})
	}
}

// brokenModels are the texts of all broken models.
func brokenModels(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/broken/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	return texts
}

const wantPrefix = "# want: "

func cutWants(text string) (want []string, model string) {
	for {
		line, rest, _ := strings.Cut(text, "\n")
		expected, ok := strings.CutPrefix(line, wantPrefix)
		if !ok {
			return want, text
		}
		want, text = append(want, expected), rest
	}
}

// problemLines loads a model of one file and prints its problems.
func problemLines(t *testing.T, text string) []string {
	t.Helper()
	_, err := Load(fstest.MapFS{"m.yaml": {Data: []byte(text)}})
	var problems Problems
	if !errors.As(err, &problems) {
		t.Fatalf("want problems, got %v", err)
	}
	var lines []string
	for _, p := range problems {
		lines = append(lines, strings.TrimPrefix(p.Error(), "m.yaml:"))
	}
	return lines
}
