package asktest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"wenshu/answer"
)

// readingsFile asks a fresh process of this test for the readings of the
// questions in a file.
const readingsFile = "WENSHU_READINGS"

// TestReadingsAreEqual reads half of the robustness run's questions here on eight
// goroutines and in two fresh processes: the query lines are the same bytes.
func TestReadingsAreEqual(t *testing.T) {
	set, err := openSet(t, "shop")
	if err != nil {
		t.Fatal(err)
	}
	if path := os.Getenv(readingsFile); path != "" {
		writeReadings(t, set, path)
		return
	}
	g := newGrammar(t, set, 815)
	var questions []string
	for len(questions) < *robust/2 {
		if made := g.next(); made.first == "" {
			questions = append(questions, made.question)
		}
	}
	path := t.TempDir() + "/questions"
	if err := os.WriteFile(path, []byte(strings.Join(questions, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	want := readings(t, set, questions)
	for range 2 {
		child := exec.Command(os.Args[0], "-test.run", "^TestReadingsAreEqual$")
		child.Env = append(os.Environ(), readingsFile+"="+path)
		if out, err := child.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		got, err := os.ReadFile(path + ".read")
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Split(string(got), "\n"); len(lines) == len(want) {
			for i := range want {
				if lines[i] != want[i] {
					t.Errorf("%s: %s, and in another process %s", questions[i], want[i], lines[i])
				}
			}
		} else {
			t.Errorf("%d readings, want %d", len(lines), len(want))
		}
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for i, line := range readings(t, set, questions) {
				if line != want[i] {
					t.Errorf("%s: %s, and beside others %s", questions[i], want[i], line)
				}
			}
		})
	}
	wait.Wait()
}

// readings are what questions were read as: every reading, or the refusal.
func readings(t *testing.T, set *Set, questions []string) []string {
	lines := make([]string, len(questions))
	for i, q := range questions {
		e, err := set.Service.Explain(t.Context(), answer.Request{Question: q, Viewer: office, Now: robustNow})
		if err != nil {
			lines[i] = "error " + err.Error()
			continue
		}
		var b bytes.Buffer
		for _, r := range e.Readings {
			fmt.Fprintf(&b, "%d %t %s | ", r.Cost, r.Rejected, r.Reading)
		}
		for _, p := range e.Problems {
			fmt.Fprintf(&b, "%s %s | ", p.Code, p.Name)
		}
		lines[i] = strings.ReplaceAll(b.String(), "\n", " ")
	}
	return lines
}

func writeReadings(t *testing.T, set *Set, path string) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := readings(t, set, strings.Split(string(text), "\n"))
	if err := os.WriteFile(path+".read", []byte(strings.Join(lines, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
}
