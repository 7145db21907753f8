package conformance

import (
	"testing"

	"wenshu/semantic"
)

const setsModel = `
model: {name: sets, warehouse: w}
tables:
  acts:
    key: id
    time: held
    joins: {person: {to: people, on: person_id}, helper: {to: people, on: {helper_id: person_id}}, tags: {to: tags, on: {id: act_id}, many: true}}
    dimensions: {id: {type: int}, held: {type: date}, kind: , amount: {type: decimal(2)}, person: {of: person}, helper: {of: helper}}
  people: {key: person_id, display: name, dimensions: {person_id: {type: int}, name: , city: }}
  tags: {key: [act_id, tag], dimensions: {act_id: {type: int}, tag: }}
metrics:
  n: {expr: count(acts)}
  total: {expr: sum(acts.amount)}
  latest: {expr: sum(acts.amount), over_time: last}
rules:
  - {table: people, where: people.city != "far", unless: {role: all}}
`

const setsData = `
CREATE TABLE people (person_id INTEGER, name TEXT, city TEXT);
INSERT INTO people VALUES (1, 'Ann', 'near'), (2, 'Bob', 'near'), (3, 'Cai', 'far'), (4, 'Dee', NULL);
CREATE TABLE acts (id INTEGER, person_id INTEGER, held DATE, kind TEXT, amount DECIMAL(12,2), helper_id INTEGER);
INSERT INTO acts VALUES (1, 1, '2024-01-01', 'x', 1.10, 9), (2, 1, '2024-01-02', 'y', 2.20, 2), (3, 2, '2024-01-02', 'x', 3.30, NULL), (4, 3, '2024-01-02', 'x', 4.40, NULL),
  (5, 3, '2024-01-03', 'y', 5.50, NULL), (6, 9, '2024-01-03', 'x', 6.60, 1), (7, 9, '2024-01-03', 'x', 7.70, NULL), (8, NULL, '2024-01-03', 'y', 8.80, NULL), (9, NULL, '2024-01-03', 'y', 9.90, NULL);
CREATE TABLE tags (act_id INTEGER, tag TEXT);
INSERT INTO tags VALUES (1, 'a'), (1, 'b'), (2, 'a'), (3, 'b'), (5, 'a')`

// TestSets asks for members of sets of groups: among the rows, within the
// argument of an aggregate, and of an entity to which rows refer that is not
// there (9), is hidden (3) or is none.
func TestSets(t *testing.T) {
	m := modelOf(t, setsModel)
	const often = "(n by acts.person having n >= 2)"
	lines := []struct{ line, all, some string }{
		{"count(people) where people in " + often, "2", "1"},
		{"count(people) where people not in " + often, "2", "2"},
		{"count(people) where people in (list acts.person from acts where acts.kind = 'y')", "2", "1"},
		{"count(people) where people in (n by acts.person sort -n limit 1)", "0", "0"},
		{"n where acts.person in " + often, "4", "2"},
		{"count(people) where people in (n by acts.person where acts.helper in (n by acts.person having n >= 1))", "1", "1"},
		{"count(people) where people in (n by acts.person where acts.helper not in (n by acts.person having n >= 1))", "3", "2"},
		{"n where acts.person not in " + often, "5", "7"},
		{"n{acts.person in " + often + "}, n by acts.kind", "x|2|5\ny|2|4", "x|1|5\ny|1|4"},
		{"total{acts.person not in " + often + "}, n by acts.kind", "x|17.60|5\ny|18.70|4", "x|22.00|5\ny|24.20|4"},
		{"n{acts.person in " + often + "}, n by tags.tag", "-|1|5\na|3|3\nb|1|2", "-|0|5\na|2|3\nb|1|2"},
		{"latest{acts.person not in " + often + "}, n by acts.kind", "x|14.30|5\ny|18.70|4", "x|14.30|5\ny|24.20|4"},
		{"n by acts.kind having n{acts.person in " + often + "} > 1", "x|5\ny|4", ""},
	}
	onEngines(t, func(t *testing.T, e testEngine) {
		sources := e.sources(t, setsData, "w", "v")
		for _, c := range lines {
			line := c.line + " sort -n"
			if c.line[0] == 'c' || c.line[2] == 'w' {
				line = c.line
			}
			for viewer, want := range map[string]string{"all": c.all, "some": c.some} {
				if got := rowsOfLine(t, m, sources, line, semantic.Viewer{ID: viewer, Roles: []string{viewer}}); got != want {
					t.Errorf("%s asks %s\n--- got\n%s\n--- want\n%s", viewer, line, got, want)
				}
			}
		}
	})
}
