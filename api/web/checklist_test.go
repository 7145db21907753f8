package web

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestChecklist holds test/checklist.txt to the tests that it names: each is
// there, and every line has one.
func TestChecklist(t *testing.T) {
	titles := found(t, regexp.MustCompile("(?m)^ *test\\([\"`]([^\"`]+)"), "test/*.test.mjs")
	functions := found(t, regexp.MustCompile(`(?m)^func (Test\w+)\(`), "*_test.go", "../*_test.go", "../../answer/*_test.go")
	body, err := os.ReadFile("test/checklist.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines, tests, named := 0, 0, map[string]bool{}
	for text := range strings.Lines(string(body)) {
		text = strings.TrimRight(text, "\n")
		name, isTest := strings.CutPrefix(text, "\t")
		switch {
		case text == "" || strings.HasPrefix(text, "#"):
		case !isTest:
			if lines > 0 && tests == 0 {
				t.Errorf("nothing holds what stands above %q", text)
			}
			lines, tests = lines+1, 0
		case strings.HasPrefix(name, "Test"):
			tests++
			if !slices.Contains(functions, name) {
				t.Errorf("no test %s", name)
			}
		default:
			tests++
			i := slices.IndexFunc(titles, func(title string) bool { return strings.HasPrefix(title, name) })
			if i < 0 {
				t.Errorf("no test begins with %q", name)
				continue
			}
			named[titles[i]] = true
		}
	}
	if lines < 22 || tests == 0 {
		t.Errorf("%d lines, %d tests of the last", lines, tests)
	}
	t.Logf("%d lines, %d of %d scripted tests named", lines, len(named), len(titles))
}

// found collects what an expression captures in files.
func found(t *testing.T, re *regexp.Regexp, globs ...string) []string {
	t.Helper()
	var list []string
	for _, glob := range globs {
		files, err := filepath.Glob(glob)
		if err != nil || len(files) == 0 {
			t.Fatal(glob, err)
		}
		for _, name := range files {
			body, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range re.FindAllStringSubmatch(string(body), -1) {
				list = append(list, m[1])
			}
		}
	}
	return list
}
