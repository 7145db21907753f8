package conformance

import (
	"strings"
	"testing"

	"wenshu/semantic"
)

const conversionsModel = `
model: {name: conversions, warehouse: w}
tables:
  visits: {source: visits, key: id, time: day_on, dimensions: {id: {type: int}, usr: , day_on: {type: date}, src: }, columns: {n: int}}
  buys: {source: buys, key: id, time: day_on, dimensions: {id: {type: int}, usr: {same_as: visits.usr}, day_on: {type: date}, channel: }}
metrics:
  visits: {expr: count(visits)}
  buys: {expr: count(buys)}
  bought: {convert: {from: visits, to: buys, by: visits.usr, within: 7 days}}
  bought_there: {convert: {from: visits, to: buys, by: visits.usr, within: 7 days, constant: {src: channel}}}
  rate_there: {convert: {from: visits, to: buys, by: visits.usr, within: 7 days, constant: {src: channel}, rate: true}}
  sized: {expr: 'percentile(visits.n, 0.9)'}
  bought_sized: {convert: {from: sized, to: buys, by: visits.usr, within: 7 days}}
  ever: {convert: {from: visits, to: buys, by: visits.usr}}
`

const conversionsScript = `
CREATE TABLE visits (id INTEGER PRIMARY KEY, usr VARCHAR(10), day_on DATE, src VARCHAR(10), n INTEGER);
INSERT INTO visits VALUES (1, 'p', '2026-01-01', 'ad', 1), (2, 'p', '2026-01-03', 'mail', NULL), (3, 'q', '2026-01-02', 'ad', 2), (4, 'r', '2026-01-05', NULL, 3);
CREATE TABLE buys (id INTEGER PRIMARY KEY, usr VARCHAR(10), day_on DATE, channel VARCHAR(10));
INSERT INTO buys VALUES (1, 'p', '2026-01-04', 'ad'), (2, 'p', '2026-01-08', 'ad'), (3, 'q', '2026-01-02', 'mail'), (4, 'r', '2026-01-06', NULL), (5, 'q', '2026-03-01', 'ad');
`

// TestConversions tells apart what led to what: the latest step of a user, or the
// latest that agrees in a constant, within less than seven days or at any time.
func TestConversions(t *testing.T) { onEngines(t, conversions) }

func conversions(t *testing.T, e testEngine) {
	model := modelOf(t, conversionsModel)
	sources := e.sources(t, conversionsScript, "w", "v")
	for line, want := range map[string]string{
		"bought by visits.src sort visits.src":                   "ad|1 mail|2 -|1",
		"bought_there by visits.src sort visits.src":             "ad|1",     // the eighth is seven days after the first
		"bought_sized by visits.src sort visits.src":             "ad|2 -|1", // a visit without a size is no first step
		"rate_there by visits.src sort visits.src":               "ad|0.5 mail|0 -|0",
		"ever by visits.src sort visits.src":                     "ad|2 mail|2 -|1",
		"bought, bought_there during 2026-01-03..2026-01-05":     "2|0",
		"bought by time:day sort time:day":                       "2026-01-02|1 2026-01-03|2 2026-01-05|1",
		"bought_there where visits.usr = \"p\"":                  "1",
		"rate_there having rate_there > 0.1":                     "0.25",
		"bought{visits.src = \"ad\"} as a, bought by time:month": "2026-01-01|2|4", // of the steps that the filter leaves
	} {
		got := strings.ReplaceAll(rowsOfLine(t, model, sources, line, semantic.Viewer{}), "\n", " ")
		if e.lacks != nil && strings.HasPrefix(got, "! unsupported_by_source") {
			continue // it has no windows
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
	}
}
