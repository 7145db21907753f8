package conformance

import (
	"strings"
	"testing"

	"wenshu/semantic"
)

const promotionsModel = `
model: {name: promotions, warehouse: w}
calendar: {days_off: [2026-06-19], make_up_days: [2025-06-01], festivals: {promo: {label: promo, dates: {2025: 2025-06-16..2025-06-19, 2026: 2026-06-17..2026-06-20}}}}
tables:
  sales: {source: sales, key: id, time: sold_on, dimensions: {id: {type: int}, sold_on: {type: date}, qty: {type: int, sum: sum}, buyer: }}
metrics:
  total: {expr: sum(sales.qty)}
  buyers: {expr: count_distinct(sales.buyer)}
  this_month: {expr: total, to_date: month}
  buyers_this_month: {expr: buyers, to_date: month}
  three_days: {expr: total, window: 3 days}
  so_far: {expr: total, running: true}
  mean_so_far: {expr: total, running: true, shows: avg}
`

const promotionsScript = `
CREATE TABLE sales (id INTEGER PRIMARY KEY, sold_on DATE, qty INTEGER, buyer VARCHAR(10));
INSERT INTO sales VALUES (1, '2025-06-01', 1, 'a'), (2, '2025-06-16', 2, 'a'), (3, '2025-06-18', 4, 'b'), (4, '2026-06-02', 8, 'a'), (5, '2026-06-17', 16, 'b'), (6, '2026-06-19', 32, 'a');
`

// TestPromotions asks what runs, trails and counts to date for periods of no fixed
// length: a promotion, the same one a year earlier, and several of them.
func TestPromotions(t *testing.T) { onEngines(t, promotions) }

func promotions(t *testing.T, e testEngine) {
	model := modelOf(t, promotionsModel)
	sources := e.sources(t, promotionsScript, "w", "v")
	for line, want := range map[string]string{
		"this_month during festival(promo, 0)":                                           "56",
		"this_month during festival(promo, 0) vs year_ago align festival show growth":    "56|7|7",
		"this_month by time:day during festival(promo, 0)":                               "2026-06-17|24 2026-06-18|24 2026-06-19|56",
		"this_month by time:day during festival(promo, 0) vs year_ago align festival":    "2026-06-17|24|3 2026-06-18|24|3 2026-06-19|56|7",
		"three_days by time:day during festival(promo, 0) vs year_ago align festival":    "2026-06-17|16|2 2026-06-18|16|2 2026-06-19|48|6",
		"so_far by time:day during festival(promo, 0) vs year_ago align festival":        "2026-06-17|31|3 2026-06-18|31|3 2026-06-19|63|7",
		"this_month by time:day during festival(promo, 0), festival(promo, -1)":          "2025-06-16|3 2025-06-17|3 2025-06-18|7 2026-06-17|24 2026-06-18|24 2026-06-19|56",
		"buyers_this_month by time:day during festival(promo, -1), festival(promo, 0)":   "2025-06-16|1 2025-06-17|1 2025-06-18|2 2026-06-17|2 2026-06-18|2 2026-06-19|2",
		"three_days, total by time:day during 2025-06-16, festival(promo, 0)":            "2025-06-16|2|2 2026-06-17|16|16 2026-06-18|16|- 2026-06-19|48|32",
		"so_far by time:month during festival(promo, -1), 2026-06-01..2026-06-18":        "2025-06-01|7 2026-06-01|31",
		"mean_so_far by time:month during 2026-06-16..2026-06-18, 2026-06-19":            "2026-06-01|36.33", // 15, 31 and 63
		"so_far by time:day, buyer during 2026-06-18, 2025-06-17 sort time:day, buyer":   "2025-06-17|a|3 2026-06-18|a|11 2026-06-18|b|20",
		"this_month, total by time:month during festival(promo, 0), festival(promo, -1)": "2025-06-01|6|6 2026-06-01|48|48",
		"total by time:working_day":                                           "0|32 1|31", // a Friday off and a Sunday worked
		"so_far during festival(promo, 0), festival(promo, -1)":               "! not_computed",
		"so_far by buyer during festival(promo, 0), festival(promo, -1)":      "! not_computed",
		"total by time:day during 2026-06-18..2026-06-20 show moving(2, sum)": "2026-06-18|-|16 2026-06-19|32|32",
	} {
		got := strings.ReplaceAll(rowsOfLine(t, model, sources, line, semantic.Viewer{}), "\n", " ")
		if got != want && (want[0] != '!' || !strings.HasPrefix(got, want)) {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
	}
}
