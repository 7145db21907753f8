package conformance

import (
	"strings"
	"testing"

	"wenshu/semantic"
)

const goalsModel = `
model: {name: goals, warehouse: w}
calendar: {days_off: [2026-01-01..2026-01-04, 2026-03-01..2026-04-01], make_up_days: [2026-01-04]}
tables:
  goals: {source: goals, key: [area, goal_month], time: goal_month, dimensions: {area: , goal_month: {type: yyyymm}, amount: {type: decimal(2), sum: sum}}}
  sales: {source: sales, key: id, time: sold_on, dimensions: {id: {type: int}, area: , sold_on: {type: date}, amount: {type: decimal(2), sum: sum}}}
metrics:
  goal: {expr: sum(goals.amount), prorate: true}
  whole_goal: {expr: sum(goals.amount)}
  sold: {expr: sum(sales.amount)}
  reached: {expr: sold / goal}
  goal_before: {expr: goal, offset: 1 month}
  goal_so_far: {expr: goal, to_date: year}
  goal_mean: {expr: goal, window: 2 days, shows: avg}
  work_goal: {expr: sum(goals.amount), prorate: working_days}
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
	model := modelOf(t, goalsModel)
	sources := e.sources(t, goalsScript, "w", "v")
	for line, want := range map[string]string{
		"goal during 2026-01":                                                                "341.00",
		"goal":                                                                               "683.00",
		"goal during 2026-01-01..2026-01-11":                                                 "110",
		"goal during 2026-01-11..2026-01-21":                                                 "110",
		"goal during 2026-01-22..2026-02-15":                                                 "250", // 341 * 10/31 + 280 * 14/28
		"goal by time:month during 2026-01-22..2026-03-02":                                   "2026-01-01|110 2026-02-01|280 2026-03-01|2",
		"goal by area during 2026-01-22..2026-02-15":                                         "n|240 s|10",
		"reached during 2026-01-01..2026-01-11":                                              "0.4545",
		"goal_before during 2026-02-01..2026-02-11":                                          "110",
		"goal during 2026-02-01..2026-02-11 vs month_ago":                                    "100|110",
		"whole_goal during 2026-01-01..2026-01-11":                                           "341.00",
		"whole_goal during 2026-01-11..2026-01-21":                                           "! grain_too_fine",
		"whole_goal where goal_month = @2026-02-01":                                          "280.00", // a month is named by its first day
		"whole_goal where goal_month != @2026-02-01":                                         "403.00",
		"whole_goal where goal_month > @2026-02-01":                                          "62.00",
		"whole_goal where goal_month >= @2026-02-02":                                         "62.00",
		"whole_goal where goal_month < @2026-02-15":                                          "621.00",
		"whole_goal where goal_month <= @2026-02-01":                                         "621.00",
		"whole_goal where not goal_month > @2026-02-01":                                      "621.00",
		"whole_goal where goal_month between @2026-01-15 and @2026-02-15":                    "280.00",
		"whole_goal where goal_month during 2026-01-01..2026-02-10":                          "621.00", // of February all
		"whole_goal where goal_month during 2026-01-15..2026-03-01":                          "! grain_too_fine",
		"whole_goal where goal_month = @2026-02-15":                                          "-",
		"goal during 2026-01-01..2026-01-11, 2026-02":                                        "390",
		"goal during 2026-01-01..2026-01-11, 2026-01-06..2026-01-21, 2026-01-31..2026-02-03": "251", // each day once: 341 * 21/31 + 280 * 2/28
		"goal by time:day during 2026-01-30..2026-02-03":                                     "2026-01-30|11 2026-01-31|11 2026-02-01|10 2026-02-02|10",
		"goal by time:day during 2026-01-31, 2026-02-28..2026-03-02":                         "2026-01-31|11 2026-02-28|10 2026-03-01|2",
		"goal by time:week during 2026-01-26..2026-02-09":                                    "2026-01-26|76 2026-02-02|70", // six days of January, one of February
		"goal by time:week, time:month during 2026-01-26..2026-02-02":                        "2026-01-26|2026-01-01|66 2026-01-26|2026-02-01|10",
		"goal by goals.goal_month:day during 2026-01-30":                                     "2026-01-30|11",
		"goal by time:day, area during 2026-02-01 sort area":                                 "2026-02-01|n|10",
		"sold, goal, reached by time:day during 2026-01-19..2026-01-22":                      "2026-01-19|-|11|- 2026-01-20|70.00|11|6.364 2026-01-21|-|11|-",
		"sold, goal by time:week during 2026-01-19..2026-02-02 totals":                       "2026-01-19|70.00|77 2026-01-26|-|76 total 70.00|153",
		"goal by time:day during 2026-02-01 vs month_ago":                                    "2026-02-01|10|11",
		"goal by time:day during 2026-02-01..2026-02-03 vs prior show change":                "2026-02-01|10|11|-1 2026-02-02|10|10|0",
		"goal by time:day during 2026-02-01..2026-02-03 show running, share":                 "2026-02-01|10|10|0.5 2026-02-02|10|20|0.5",
		"goal_before by time:day during 2026-02-01..2026-02-03":                              "2026-02-01|11 2026-02-02|11",
		"goal_so_far by time:day during 2026-02-01..2026-02-03":                              "2026-02-01|351 2026-02-02|361",
		"goal_so_far during 2026-01-01..2026-02-03":                                          "361",
		"goal_mean by time:month during 2026-01":                                             "! not_computed",
		"goal by time:day":                                                                   "! bad_period",
		"goal by time:hour during 2026-01-01":                                                "! grain_too_fine",
		"goal by time:day_of_week during 2026-01":                                            "! grain_too_fine",
		"whole_goal by time:day during 2026-01":                                              "! grain_too_fine",
		"whole_goal, goal by time:day during 2026-01":                                        "! grain_too_fine",
		// 21 working days in January: 4, 5 to 9 and so on; none in March, which is cut by all its days.
		"work_goal during 2026-01":                                  "341.00",
		"work_goal by time:day during 2026-01-03..2026-01-06":       "2026-01-04|16.24 2026-01-05|16.24",
		"work_goal during 2026-01-01..2026-01-11":                   "97.43",
		"work_goal by time:week during 2026-01-05..2026-01-19":      "2026-01-05|81.19 2026-01-12|81.19",
		"work_goal by time:day during 2026-03-31":                   "2026-03-31|2",
		"work_goal during 2026-01-10..2026-01-12":                   "0",
		"work_goal by time:day during 2026-01-10..2026-01-12":       "",
		"sold, work_goal by time:day during 2026-01-02..2026-01-05": "2026-01-02|50.00|- 2026-01-04|-|16.24",
	} {
		got := strings.ReplaceAll(rowsOfLine(t, model, sources, line, semantic.Viewer{}), "\n", " ")
		if got != want && (want[0] != '!' || !strings.HasPrefix(got, want)) {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
	}
}
