package conformance

import (
	"strings"
	"testing"

	"wenshu/semantic"
)

const fiscalModel = `
model: {name: fiscal, warehouse: w}
calendar: {week_start: sunday, fiscal_start: 2, fiscal_weeks: 4-5-4, fiscal_begins: nearest}
tables:
  sales: {source: sales, key: id, time: sold_on, dimensions: {id: {type: int}, sold_on: {type: date}, qty: {type: int, sum: sum}}}
metrics:
  total: {expr: sum(sales.qty)}
`

// The second fiscal months of 2023 and 2024 begin on February 26 and March 3 and have
// five weeks. The year 2023 has 53 weeks, the last month of it one more than that of
// 2022. The second quarters of 2025 and 2026 begin on May 4 and May 3.
const fiscalScript = `
CREATE TABLE sales (id INTEGER PRIMARY KEY, sold_on DATE, qty INTEGER);
INSERT INTO sales VALUES (1, '2023-02-25', 1), (2, '2023-02-26', 2), (3, '2023-04-01', 4), (4, '2023-04-02', 8),
  (5, '2024-03-02', 16), (6, '2024-03-03', 32), (7, '2024-04-06', 64), (8, '2024-04-07', 128),
  (9, '2023-01-01', 256), (10, '2023-01-28', 512), (11, '2023-12-31', 1024), (12, '2024-02-03', 2048),
  (13, '2026-05-03', 4096), (14, '2026-07-15', 8192), (15, '2025-05-04', 16384), (16, '2025-07-16', 32768), (17, '2025-07-17', 65536);
`

// TestFiscal compares fiscal periods of whole weeks with those of the year before:
// the same week and day of it, which no date of the calendar tells.
func TestFiscal(t *testing.T) { onEngines(t, fiscal) }

func fiscal(t *testing.T, e testEngine) {
	model := modelOf(t, fiscalModel)
	sources := e.sources(t, fiscalScript, "w", "v")
	for line, want := range map[string]string{
		"total during fiscal_month(2024-02) vs year_ago show growth":                "96|6|15",
		"total during fiscal_month(2024-02) vs fiscal_month(2023-02) align full":    "96|6",
		"total during fiscal_quarter(2024-Q1) vs prior":                             "240|3072",
		"total by time:fiscal_month during fiscal_quarter(2024-Q1) vs year_ago":     "2024-02-04|16|1 2024-03-03|96|6 2024-04-07|128|8",
		"total by time:fiscal_month during fiscal_quarter(2024-Q1) vs month_ago":    "2024-02-04|16|3072 2024-03-03|96|16 2024-04-07|128|96",
		"total by time:week during fiscal_month(2024-02) vs year_ago":               "2024-03-03|32|2 2024-03-31|64|4",
		"total by time:day during fiscal_month(2024-02) vs year_ago":                "2024-03-03|32|2 2024-04-06|64|4",
		"total during fiscal_month(2023-12) vs year_ago":                            "3072|768",
		"total by time:day during fiscal_month(2023-12) vs year_ago":                "2023-12-31|1024|256 2024-01-27|-|512 2024-02-03|2048|-",
		"total during fiscal_quarter(0).to_date vs year_ago":                        "12288|49152",
		"total by time:fiscal_quarter during fiscal_quarter(0).to_date vs year_ago": "2026-05-03|12288|49152",
	} {
		if got := strings.ReplaceAll(rowsOfLine(t, model, sources, line, semantic.Viewer{}), "\n", " "); got != want {
			t.Errorf("%s\n got %s\nwant %s", line, got, want)
		}
	}
}
