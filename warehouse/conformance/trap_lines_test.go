package conformance

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"wenshu/semantic"
	"wenshu/warehouse"
)

// spoken is a trap as questions to a model.
type spoken struct {
	id, fixture string
	viewer      semantic.Viewer
	ask         []asked
	why         string // why it cannot be said
}

type asked struct {
	line    string
	refused string // the code it must be refused with
	rows    []string
}

// days adds a table with the two days that two traps speak of and no fixture
// holds.
const days = `CREATE TABLE days(d DATE); INSERT INTO days VALUES ('2021-02-24'), ('2024-03-31');`

// TestTrapsAsQuestions asks every trap of testdata/traps.txt of its model, and
// prints the table of them with -v.
func TestTrapsAsQuestions(t *testing.T) { onEngines(t, askTraps) }

func askTraps(t *testing.T, e testEngine) {
	fixtures := trapFixtures(t)
	right := 0
	for _, c := range spokenTraps(t) {
		if c.why != "" {
			t.Logf("%s  cannot be said: %s", c.id, c.why)
		}
		if len(c.ask) == 0 {
			continue
		}
		file, err := os.ReadFile("testdata/traps/" + c.fixture + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		model, err := semantic.Load(fstest.MapFS{"model.yaml": {Data: file}})
		if err != nil {
			t.Fatalf("%s: %v", c.fixture, err)
		}
		sources := e.sources(t, fixtures[c.fixture]+days, "w", "v")
		for _, q := range c.ask {
			got := answerOf(t, model, sources, q, c.viewer)
			want := strings.Join(q.rows, "\n")
			if q.refused != "" {
				want = q.refused
			}
			if lacks := e.unsupported(c.id); lacks != "" {
				want = "! " + lacks
			}
			if got != want {
				t.Errorf("%s  WRONG  %s\n--- got\n%s\n--- want\n%s", c.id, q.line, got, want)
				continue
			}
			right++
			t.Logf("%s  right  %s", c.id, q.line)
		}
	}
	t.Logf("%d questions right", right)
}

// answerOf gives the rows, or the code of the refusal.
func answerOf(t *testing.T, m *semantic.Model, sources warehouse.Sources, q asked, v semantic.Viewer) string {
	t.Helper()
	query, err := semantic.ParseQuery(q.line)
	if err != nil {
		t.Fatalf("%s: %v", q.line, err)
	}
	p, err := semantic.Bind(m, query, v, clock)
	var problems semantic.Problems
	if errors.As(err, &problems) {
		if q.refused == "" {
			return err.Error()
		}
		return string(problems[0].Code)
	}
	return rowsOfPlan(t, sources, p)
}

// spokenTraps reads the traps.
func spokenTraps(t *testing.T) []spoken {
	t.Helper()
	text, err := os.ReadFile("testdata/traps.txt")
	if err != nil {
		t.Fatal(err)
	}
	var traps []spoken
	for _, block := range strings.Split(strings.TrimSpace(string(text)), "\n\n")[1:] {
		lines := strings.Split(block, "\n")
		id, fixture, _ := strings.Cut(lines[0], " ")
		c := spoken{id: id, fixture: fixture, viewer: viewers["boss"]}
		c.viewer.Roles = []string{"boss"}
		for _, line := range lines[1:] {
			c.read(line)
		}
		traps = append(traps, c)
	}
	return traps
}

func (c *spoken) read(line string) {
	mark, rest, _ := strings.Cut(line, " ")
	switch mark {
	case "#":
	case "-":
		if rest != "" {
			c.why = rest
			return
		}
		c.row(line)
	case "as":
		c.viewer = semantic.Viewer{ID: rest, Attrs: map[string][]string{"region": {rest}}}
	case ">":
		c.ask = append(c.ask, asked{line: rest})
	case "!":
		code, query, _ := strings.Cut(rest, " ")
		c.ask = append(c.ask, asked{line: query, refused: code})
	default:
		c.row(line)
	}
}

func (c *spoken) row(line string) {
	q := &c.ask[len(c.ask)-1]
	q.rows = append(q.rows, line)
}
