package conformance

import (
	"strings"
	"testing"
	"testing/fstest"

	"wenshu/semantic"
)

const goalsModel = `
model: {name: goals, warehouse: v}
tables:
  goals: {source: goals, key: [area, goal_month], time: goal_month, dimensions: {area: , goal_month: {type: yyyymm}, amount: {type: decimal(2), sum: sum}}}
  sales: {source: sales, key: id, time: sold_on, dimensions: {id: {type: int}, area: , sold_on: {type: date}, amount: {type: decimal(2), sum: sum}}}
metrics:
  goal: {expr: sum(goals.amount), prorate: true}
  whole_goal: {expr: sum(goals.amount)}
  sold: {expr: sum(sales.amount)}
  reached: {expr: sold / goal}
  goal_before: {expr: goal, offset: 1 month}
`

const goalsScript = `
CREATE TABLE goals (area VARCHAR(10), goal_month INTEGER, amount DECIMAL(10,2), PRIMARY KEY (area, goal_month));
INSERT INTO goals VALUES ('n', 202601, 310), ('s', 202601, 31), ('n', 202602, 280), ('n', 202603, 62);
CREATE TABLE sales (id INTEGER PRIMARY KEY, area VARCHAR(10), sold_on DATE, amount DECIMAL(10,2));
INSERT INTO sales VALUES (1, 'n', '2026-01-02', 50), (2, 'n', '2026-01-20', 70), (3, 's', '2026-02-03', 11);
`

// TestProrated cuts what is known by months with the period that is asked for.
func TestProrated(t *testing.T) { onEngines(t, prorated) }

func prorated(t *testing.T, e testEngine) {
	model, err := semantic.Load(fstest.MapFS{"goals.yaml": {Data: []byte(goalsModel)}})
	if err != nil {
		t.Fatal(err)
	}
	sources := e.sources(t, goalsScript, "v")
	for line, want := range map[string]string{
		"goal during 2026-01":                              "341.00",
		"goal":                                             "683.00",
		"goal during 2026-01-01..2026-01-11":               "110",
		"goal during 2026-01-11..2026-01-21":               "110",
		"goal during 2026-01-22..2026-02-15":               "250", // 341 * 10/31 + 280 * 14/28
		"goal by time:month during 2026-01-22..2026-03-02": "2026-01-01|110 2026-02-01|280 2026-03-01|2",
		"goal by area during 2026-01-22..2026-02-15":       "n|240 s|10",
		"reached during 2026-01-01..2026-01-11":            "0.4545",
		"goal_before during 2026-02-01..2026-02-11":        "110",
		"goal during 2026-02-01..2026-02-11 vs month_ago":  "100|110",
		"whole_goal during 2026-01-01..2026-01-11":         "341.00",
		"whole_goal during 2026-01-11..2026-01-21":         "! grain_too_fine",
		"whole_goal where goal_month = @2026-02-01":        "280.00", // a month is named by its first day
		"whole_goal where goal_month != @2026-02-01":       "403.00",
		"whole_goal where goal_month = @2026-02-15":        "-",
		"goal by time:day during 2026-01":                  "! grain_too_fine",
		"goal during 2026-01-01..2026-01-11, 2026-02":      "! not_computed",
	} {
		got := strings.ReplaceAll(rowsOfLine(t, model, sources, line, semantic.Viewer{}), "\n", " ")
		if got != want && (want[0] != '!' || !strings.HasPrefix(got, want)) {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
	}
}
