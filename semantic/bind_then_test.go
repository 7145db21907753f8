package semantic

import (
	"strings"
	"testing"
)

const thenModel = `model: {name: m, warehouse: w}
tables:
  orders: {key: id, time: paid_on, dimensions: {id: {type: int}, paid_on: {type: date}, amount: {type: int}}}
metrics:
  paid: {expr: sum(orders.amount)}
  paid_so_far: {expr: paid, running: true}
  paid_to_date: {expr: paid, to_date: quarter}
`

// TestCumulativeThen binds cumulative metrics beside an earlier period: which
// count by spans, and which branches may begin before the visible periods.
func TestCumulativeThen(t *testing.T) {
	m, err := LoadFiles(map[string][]byte{"model.yaml": []byte(thenModel)})
	if err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]struct{ spans, open, ends bool }{
		"paid_to_date by time:month during 2023-Q2 vs year_ago":                         {},
		"paid_to_date by time:month during 2023-Q2 vs quarter_ago":                      {},
		"paid_to_date by time:month during 2023-Q2 vs month_ago":                        {spans: true},
		"paid_to_date by time:day during 2023-04 vs day_ago":                            {spans: true},
		"paid_so_far by time:month during 2023-Q2 vs month_ago":                         {open: true},
		"paid_so_far by time:month during 2023-Q2 vs 2022-10-01..2022-11-01 align full": {open: true, ends: true},
	} {
		q, err := ParseQuery(line)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Bind(m, q, Viewer{}, Clock{Now: at("2026-07-15")})
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if p.Open != want.open {
			t.Errorf("%s is open: %v", line, p.Open)
		}
		spans := false
		for _, b := range p.Branches {
			spans = spans || b.Over != nil
		}
		if spans != want.spans {
			t.Errorf("%s counts by spans: %v", line, spans)
		}
		if ends := strings.Contains(p.String(), `k0 <= @2023-04-01`); ends != want.ends {
			t.Errorf("%s ends with April: %v\n%s", line, ends, p)
		}
	}
}
