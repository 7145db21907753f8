package conformance

import (
	"errors"
	"fmt"
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

// trapTable is how each trap came out, by engine.
type trapTable map[string]map[string]string

// TestTrapsAsQuestions asks every trap of testdata/traps.txt of its model, and
// prints the table of traps by engine with -v.
func TestTrapsAsQuestions(t *testing.T) {
	table := trapTable{}
	onEngines(t, func(t *testing.T, e testEngine) { table[e.name] = askTraps(t, e) })
	table.print(t)
}

func (table trapTable) print(t *testing.T) {
	head, sums := "trap ", "right"
	for _, e := range testEngines {
		head += fmt.Sprintf(" %-10s", e.name)
		right := 0
		for _, how := range table[e.name] {
			if how == "right" {
				right++
			}
		}
		sums += fmt.Sprintf(" %-10s", fmt.Sprint(right, " of ", len(spokenTraps(t))))
	}
	lines := []string{head}
	for _, c := range spokenTraps(t) {
		line := c.id + "  "
		for _, e := range testEngines {
			how := table[e.name][c.id]
			if how == "" {
				how = "-"
			}
			line += fmt.Sprintf(" %-10s", how)
		}
		lines = append(lines, line)
	}
	t.Log("\n" + strings.Join(append(lines, sums), "\n"))
}

// askTraps says of every trap whether it is right.
func askTraps(t *testing.T, e testEngine) map[string]string {
	fixtures := trapFixtures(t)
	results := map[string]string{}
	for _, c := range spokenTraps(t) {
		if c.why != "" {
			t.Logf("%s  cannot be said: %s", c.id, c.why)
		}
		if len(c.ask) == 0 {
			continue
		}
		results[c.id] = "right"
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
				want, results[c.id] = "! "+lacks, "refused"
			}
			if got != want {
				t.Errorf("%s  WRONG  %s\n--- got\n%s\n--- want\n%s", c.id, q.line, got, want)
				results[c.id] = "WRONG"
			}
		}
	}
	return results
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
