package semantic

import "testing"

// TestSpansAreTheirOwn binds two running metrics of one period, of which one
// counts its rows by spans: the other must not.
func TestSpansAreTheirOwn(t *testing.T) {
	m, err := LoadFiles(map[string][]byte{"model.yaml": []byte(`model: {name: m, warehouse: w}
tables:
  orders: {key: id, time: paid_on, dimensions: {id: {type: int}, paid_on: {type: date}, due_on: {type: date}, amount: {type: int}}}
metrics:
  lowest: {expr: min(orders.amount)}
  due: {expr: sum(orders.amount), time: orders.due_on}
  lowest_so_far: {expr: lowest, running: true}
  due_so_far: {expr: due, running: true}
`)})
	if err != nil {
		t.Fatal(err)
	}
	q, err := ParseQuery("lowest_so_far, due_so_far by time:day during 2023-12")
	if err != nil {
		t.Fatal(err)
	}
	p, err := Bind(m, q, Viewer{}, Clock{Now: at("2026-07-15")})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range p.Branches {
		if byDue := b.Measures[0].Func == "sum"; byDue != (b.Over == nil) {
			t.Errorf("the %s counts by spans: %v", b.Measures[0].Func, b.Over != nil)
		}
	}
}
