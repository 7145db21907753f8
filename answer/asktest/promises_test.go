package asktest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestEveryPromiseIsHeld finds what holds each line of fixtures/promises.txt: cases of
// the scripts that expect something, or a test of the folder that is named.
func TestEveryPromiseIsHeld(t *testing.T) {
	text, err := os.ReadFile("../../fixtures/promises.txt")
	if err != nil {
		t.Fatal(err)
	}
	shown := shownPromises(t)
	known := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		if len(fields) < 3 {
			t.Fatalf("%q: want a name, who holds it and what it is", line)
		}
		name, holder := fields[0], fields[1]
		if known[name] {
			t.Errorf("%s is listed twice", name)
		}
		known[name] = true
		folder, test, ok := strings.Cut(holder, ":")
		switch {
		case holder == "ask":
			if shown[name] == 0 {
				t.Errorf("no case shows %s", name)
			}
		case !ok || !hasTest(t, filepath.Join("../..", folder), test):
			t.Errorf("%s: there is no %s", name, holder)
		}
	}
	if len(known) != 48 {
		t.Errorf("%d promises are listed, not 48", len(known))
	}
	for name := range shown {
		if !known[name] {
			t.Errorf("cases show %q, which is no promise", name)
		}
	}
}

// shownPromises counts the cases that show each promise. A case that expects nothing
// shows nothing.
func shownPromises(t *testing.T) map[string]int {
	shown := map[string]int{}
	for _, script := range scripts(t, "*") {
		for _, step := range script.Steps {
			if step.Setting.Holds != "" && (len(step.Expect) > 0 || step.Command == "same") {
				shown[step.Setting.Holds]++
			}
		}
	}
	return shown
}

// hasTest reports whether a folder has a test or a benchmark of that name.
func hasTest(t *testing.T, folder, name string) bool {
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	declared := regexp.MustCompile(`(?m)^func ` + regexp.QuoteMeta(name) + `\((t|b) \*testing\.(T|B)\)`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if declared.Match(text) {
			return true
		}
	}
	return false
}
