package answer

import (
	"testing"
	"testing/fstest"

	"wenshu/semantic"
)

// TestDefinitionTellsTheKind wants a metric's definition to say what makes it more
// than its expression.
func TestDefinitionTellsTheKind(t *testing.T) {
	m, err := semantic.Load(fstest.MapFS{"model.yaml": {Data: []byte(`model: {name: m, warehouse: w}
tables:
  orders: {key: id, time: paid_on, dimensions: {id: {type: int}, paid_on: {type: date}, amount: {type: int, sum: sum}, user: {type: int}}}
metrics:
  revenue: {expr: sum(orders.amount), where: orders.id > 0}
  revenue_ytd: {expr: revenue, to_date: year}
  revenue_r12: {expr: revenue, window: 12 months}
  revenue_ly: {expr: revenue, offset: 1 year}
  stock: {expr: sum(orders.amount), over_time: last}
  back: {retain: {from: revenue, to: revenue, by: orders.user, every: month}}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	b := &book{englishWords, m}
	for name, want := range map[string]string{
		"revenue": "sum(orders.amount) where orders.id > 0", "revenue_ytd": "revenue, to_date year", "revenue_r12": "revenue, window 12 months",
		"revenue_ly": "revenue, offset 1 year", "stock": "sum(orders.amount), over_time last", "back": "retain from revenue to revenue by orders.user every month",
	} {
		if got := b.defineMetric(m.Metric(name)).Expr; got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
}
