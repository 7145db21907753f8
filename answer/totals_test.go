package answer_test

import (
	"testing"

	"wenshu/answer"
	"wenshu/semantic"
)

// TestSumsAreTheTotals holds the sums below a table to what the warehouse says
// of the same question without groups, for every metric; where they may differ,
// there are none.
func TestSumsAreTheTotals(t *testing.T) {
	s := open(t, nil)
	fay := semantic.Viewer{ID: "fay", Roles: []string{"finance"}}
	of := func(line string) *answer.Table {
		a := ask(t, s, answer.Request{Line: line, Viewer: fay, Lang: "en"})
		if a.Kind != answer.Result {
			return nil
		}
		return a.Table
	}
	summed := 0
	for _, m := range s.Catalog(t.Context(), fay, "en").Metrics {
		for _, by := range []string{"region", "channel", "warehouse", "campaign", "category, time:month"} {
			for _, end := range []string{" during year(-1)", " during year(-1) vs year_ago show change"} {
				got, want := of(m.Name+" by "+by+end), of(m.Name+end)
				if got == nil || want == nil || got.Totals == nil {
					continue
				}
				summed++
				differ(t, m.Name+" by "+by+end, got, want)
			}
		}
	}
	if summed < 100 {
		t.Errorf("only %d tables with sums", summed)
	}
	for _, line := range []string{"aov by region during month(-1)", "revenue - refund_amount as net by time:day during year(-1)", "revenue by campaign during year(-1)",
		"revenue by region during month(-1) sort -revenue limit 3", "revenue by region having revenue > 100000 during month(-1)", "stock by time:month during year(-1)",
		"list order_no, payable_amount from orders during month(-1) limit 5"} {
		if table := of(line); table == nil || table.Totals != nil {
			t.Errorf("%s: %+v", line, table)
		}
	}
	for _, line := range []string{"revenue, share(revenue) by region during month(-1)", "revenue - refund_amount as net by time:quarter during year(-1)", "net_revenue by time:day during year(-1)"} {
		if table := of(line); table == nil || len(table.Totals) == 0 || table.Totals[1].Value == nil {
			t.Errorf("%s: no sums", line)
		}
	}
}

// differ holds every sum to the value of the column of the same name.
func differ(t *testing.T, line string, got, want *answer.Table) {
	for i, sum := range got.Totals {
		if sum.Value == nil {
			continue
		}
		for j, c := range want.Columns {
			if w := want.Rows[0][j]; c.Name == got.Columns[i].Name && w.Text != sum.Text {
				t.Errorf("%s: %s is %s, the warehouse says %s", line, c.Name, sum.Text, w.Text)
			}
		}
	}
}
