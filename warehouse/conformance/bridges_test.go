package conformance

import (
	"strings"
	"testing"

	"wenshu/semantic"
)

// bridgesModel has films with several tags, of which several are of one kind.
const bridgesModel = `
model: {name: bridges, warehouse: w}
tables:
  films: {source: films, key: id, time: day_on, joins: {tags: {to: film_tags, on: {id: film_id}, many: true}}, dimensions: {id: {type: int}, day_on: {type: date}, gross: {type: int}, studio: }}
  film_tags: {source: film_tags, key: [film_id, tag], hidden: true, joins: {kind_of: {to: kinds, on: tag}}, dimensions: {tag: }}
  kinds: {source: kinds, key: tag, hidden: true, dimensions: {kind: }}
metrics:
  total: {expr: sum(films.gross)}
  at_end: {expr: sum(films.gross), over_time: last}
  at_start: {expr: sum(films.gross), over_time: first}
  mean: {expr: sum(films.gross), over_time: avg}
  each_at_end: {expr: sum(films.gross), over_time: last, per: [films.studio]}
  each_mean: {expr: sum(films.gross), over_time: avg, per: [films.studio]}
  each_least: {expr: sum(films.gross), over_time: min, per: [films.studio]}
  so_far: {expr: total, running: true}
  films_so_far: {expr: count(films), window: 2 days}
`

const bridgesScript = `
CREATE TABLE films (id INTEGER PRIMARY KEY, day_on DATE, gross INTEGER, studio VARCHAR(10));
INSERT INTO films VALUES (1, '2026-01-01', 10, 's'), (2, '2026-01-01', 20, 't'), (3, '2026-01-02', 60, 's'), (4, '2026-01-02', 60, 's');
CREATE TABLE film_tags (film_id INTEGER, tag VARCHAR(10), PRIMARY KEY (film_id, tag));
INSERT INTO film_tags VALUES (1, 'a'), (1, 'b'), (2, 'a'), (3, 'a'), (3, 'b'), (3, 'c');
CREATE TABLE kinds (tag VARCHAR(10) PRIMARY KEY, kind VARCHAR(10));
INSERT INTO kinds VALUES ('a', 'x'), ('b', 'x'), ('c', 'y');
`

// TestBridges counts each film once in each kind, whatever the aggregate.
func TestBridges(t *testing.T) { onEngines(t, bridges) }

func bridges(t *testing.T, e testEngine) {
	model := modelOf(t, bridgesModel)
	sources := e.sources(t, bridgesScript, "w", "v")
	for line, want := range map[string]string{
		"count(films) as n, total, avg(films.gross) as a, min(films.gross) as b, max(films.gross) as c by kind sort kind":       "x|3|90|30|10|60 y|1|60|60|60|60 -|1|60|60|60|60",
		"median(films.gross) as m, percentile(films.gross, 0.9) as p, percentile_disc(films.gross, 0.5) as d by kind sort kind": "x|20|52|20 y|60|60|60 -|60|60|60",
		"count_distinct(films.gross) as n, stddev(films.gross) as s, variance(films.gross) as v by kind sort kind":              "x|3|26.46|700 y|1|-|- -|1|-|-",
		"avg(total per films.studio) by kind sort kind":                                                                         "x|45 y|60 -|60", // 70 of s and 20 of t
		"at_end, at_start, mean by kind sort kind":                                                                              "x|60|30|45 y|60|-|60 -|60|-|60",
		"each_at_end by kind sort kind":                                                            "x|80 y|60 -|60",
		"each_at_end by kind, films.studio sort kind, films.studio":                                "x|s|60 x|t|20 y|s|60 -|s|60",
		"at_end by time:day, kind sort time:day, kind":                                             "2026-01-01|x|30 2026-01-02|x|60 2026-01-02|y|60 2026-01-02|-|60",
		"at_end{films.studio = \"t\"} as t, at_end by kind sort kind":                              "x|20|60 y|-|60 -|-|60",
		"each_mean, each_least":                                                                    "85|30", // s had 10 and 120, t 20
		"each_mean, each_least by kind sort kind":                                                  "x|55|30 y|60|60 -|60|60",
		"each_mean by time:day":                                                                    "2026-01-01|30 2026-01-02|120",
		"at_end by kind show share sort kind":                                                      "x|60|0.5 y|60|0.5 -|60|0.5", // of the 120 of two films
		"at_end by kind sort kind totals":                                                          "x|60 y|60 -|60 total 120",
		"so_far, films_so_far by time:day, kind during 2026-01-01..2026-01-03 sort time:day, kind": "2026-01-01|x|30|2 2026-01-01|y|-|0 2026-01-01|-|-|0 2026-01-02|x|90|3 2026-01-02|y|60|1 2026-01-02|-|60|1",
		"total where kind = \"x\"":                                                                 "90",
		"total where kind != \"x\"":                                                                "60",
		"total by kind where kind in (\"x\", \"y\") and films.gross > 15 sort kind":                "x|80 y|60",
	} {
		got := strings.ReplaceAll(rowsOfLine(t, model, sources, line, semantic.Viewer{}), "\n", " ")
		if e.lacks != nil && strings.HasPrefix(got, "! unsupported_by_source") {
			t.Logf("%s: %s", line, got)
			continue
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
	}
}
