package asktest

import (
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/fixtures"
	"wenshu/semantic"
	"wenshu/warehouse"
)

// cuts leave the rows of one region in the sales database: those that a viewer
// of that region may see.
func cuts(region string) []string {
	return []string{
		`DELETE FROM regions WHERE name <> '` + region + `'`,
		`DELETE FROM provinces WHERE region_id NOT IN (SELECT region_id FROM regions)`,
		`DELETE FROM cities WHERE province_id NOT IN (SELECT province_id FROM provinces)`,
		`DELETE FROM stores WHERE city_id NOT IN (SELECT city_id FROM cities)`,
		`DELETE FROM employees WHERE region_id IS NULL OR region_id NOT IN (SELECT region_id FROM regions)`,
		`DELETE FROM customers WHERE city_id IS NULL OR city_id NOT IN (SELECT city_id FROM cities)`,
		`DELETE FROM member_levels WHERE customer_id NOT IN (SELECT customer_id FROM customers)`,
		`DELETE FROM orders WHERE city_id IS NULL OR city_id NOT IN (SELECT city_id FROM cities)`,
		`DELETE FROM order_lines WHERE order_id NOT IN (SELECT order_id FROM orders)`,
		`DELETE FROM order_promotions WHERE order_id NOT IN (SELECT order_id FROM orders)`,
		`DELETE FROM payments WHERE order_id NOT IN (SELECT order_id FROM orders)`,
		`DELETE FROM refunds WHERE order_id NOT IN (SELECT order_id FROM orders)`,
		`DELETE FROM products WHERE exclusive_region IS NOT NULL AND exclusive_region <> '` + region + `'`,
		`DELETE FROM warehouses WHERE region_id IS NULL OR region_id NOT IN (SELECT region_id FROM regions)`,
		`DELETE FROM purchase_orders WHERE warehouse_id NOT IN (SELECT warehouse_id FROM warehouses)`,
		`DELETE FROM purchase_lines WHERE po_id NOT IN (SELECT po_id FROM purchase_orders)`,
		`DELETE FROM stock_daily WHERE warehouse_id NOT IN (SELECT warehouse_id FROM warehouses)`,
		`DELETE FROM web_sessions WHERE city_id IS NULL OR city_id NOT IN (SELECT city_id FROM cities)`,
		`DELETE FROM web_events WHERE session_id NOT IN (SELECT session_id FROM web_sessions)`,
		`DELETE FROM service_tickets WHERE city_id IS NULL OR city_id NOT IN (SELECT city_id FROM cities)`,
		`DELETE FROM sales_targets WHERE region_id NOT IN (SELECT region_id FROM regions)`,
		`DELETE FROM accounts_customers WHERE region_id IS NULL OR region_id NOT IN (SELECT region_id FROM regions)`,
		`DELETE FROM invoices WHERE account_id NOT IN (SELECT account_id FROM accounts_customers)`,
		`DELETE FROM ledger_entries`,
	}
}

// cutQuestions are asked over the whole database by a viewer of one region, and
// over the cut one by a viewer who sees everything.
var cutQuestions = []string{
	"revenue during month(-1)", "revenue during all", "revenue, orders, aov, units by channel during month(-1)",
	"revenue by region during year(0)", "revenue by province during year(-1)", "revenue by city during month(-1) vs year_ago show change, growth",
	"revenue by time:month during 2025", "orders by store during 2026-Q1", "revenue by product during month(-1) sort -revenue limit 10",
	"revenue by category during month(-1) show share", "revenue by category during month(-1) show rank", "revenue by region, product during month(-1) sort -revenue limit 3 per region",
	"count(customers)", "count(customers) by city", "customers by time:month during 2025", "buyers during month(-1)",
	"refund_rate by category during 2025", "refund_amount during 2025", "target by region during year(0)", "revenue, target by region during year(0).to_date",
	"orders by time:day during day(-14..-1)", "revenue by time:month during year(0) show running",
	"list order_no, payable_amount from orders sort -payable_amount, order_no limit 20", "list distinct city", "list distinct product",
	"count(customers) where customers in (orders by customer having orders >= 3 during 2025)",
}

// TestRulesEqualACutDatabase compares what rules leave with what is left of a
// database from which the other rows were deleted.
func TestRulesEqualACutDatabase(t *testing.T) {
	demo, _, err := fixtures.Ensure(t.Context(), filepath.Join(os.TempDir(), "wenshu-demo"), fixtures.Options{})
	if err != nil {
		t.Fatal(err)
	}
	whole := serviceOver(t, demo.Files)
	cut := serviceOver(t, map[string]string{
		fixtures.FactoryWarehouse: demo.Files[fixtures.FactoryWarehouse],
		fixtures.SalesWarehouse:   cutCopy(t, demo.Files[fixtures.SalesWarehouse], "华东"),
	})
	east := semantic.Viewer{ID: "east", Attrs: map[string][]string{"region": {"华东"}}}
	office := semantic.Viewer{ID: "office", Roles: []string{"headquarters"}}
	answered := 0
	for _, line := range cutQuestions {
		a, b := rowsOf(t, whole, east, line), rowsOf(t, cut, office, line)
		if a == nil && b == nil {
			t.Logf("%s is not answered", line)
			continue
		}
		answered++
		if !slices.EqualFunc(a, b, sameRow) {
			t.Errorf("%s: %v", line, difference(b, a))
		}
	}
	if answered < 20 {
		t.Errorf("only %d questions were answered", answered)
	}
}

// rowsOf are the rows of an answer; nil when it is none.
func rowsOf(t *testing.T, s *answer.Service, v semantic.Viewer, line string) [][]string {
	t.Helper()
	a, err := s.Ask(t.Context(), answer.Request{Line: line, Viewer: v}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if a.Kind != answer.Result {
		t.Logf("%s asks %s: %+v", v.ID, line, a.Problems)
		return nil
	}
	return append([][]string{}, tableRows(a.Table)...)
}

func cutCopy(t *testing.T, from, region string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "cut.db")
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, in.Close(), out.Close()); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite3", "file:"+to+"?_journal_mode=OFF&_synchronous=OFF")
	if err != nil {
		t.Fatal(err)
	}
	for _, cut := range cuts(region) {
		if _, err := db.Exec(cut); err != nil {
			t.Fatalf("%s: %v", cut, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return to
}

func serviceOver(t *testing.T, files map[string]string) *answer.Service {
	t.Helper()
	sources := warehouse.Sources{}
	for name, path := range files {
		var err error
		if sources[name], err = warehouse.Open(name, path, warehouse.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	store, err := state.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	s, err := answer.New(t.Context(), answer.Config{
		Load: func() (*semantic.Model, error) { return semantic.Load(fixtures.ShopModel()) }, Sources: sources, State: store, Now: fixtures.DemoNow,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(sources.Close(), store.Close()); err != nil {
			t.Error(err)
		}
	})
	return s
}
