package asktest

import (
	"context"
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wenshu/answer"
	"wenshu/fixtures"
	"wenshu/semantic"
)

// alike are asked by two viewers of different regions. They touch every table
// that a rule cuts, rank, add up, compare, list and count; some name what only
// one of the two may see.
var alike = []string{
	"上个月各省销售额",
	"revenue by region last month",
	"上个月销售额同比",
	"2025年销量最高的20个商品",
	"top 10 stores by revenue this year",
	"今年各门店订单数，从低到高",
	"who are the top 10 salespeople by revenue last month",
	"列出上个月订单金额最高的20笔订单",
	"各城市的注册客户数",
	"去年每月新增客户数",
	"how many refund requests last month",
	"去年各大类退款率",
	"今年各大区销售目标和销售额",
	"上个月各仓库的库存量",
	"purchase amount by warehouse this year",
	"今年按工单类型统计工单数",
	"list all products",
	"有哪些门店",
	"各省销售额占比",
	"开票客户数",
	"户外藤编躺椅2025年的销量",
	"徽州竹茶桌2025年的销量",
	"深圳南山店上个月的销售额",
	"上海徐汇店上个月的销售额",
	"华南上个月的销售额",
	"revenue in East China last month",
	"上个月广东的销售额",
	"上个月的毛利",
	"今年各部门费用",
	"今年抽样访问数",
	"各客户所在大区的注册客户数",
	"客户所在城市有哪些",
	"各员工大区的在职人数",
	"上个月各导购的上级的销售额",
	"去年各供应商的销售额",
}

// typed is what the two have typed so far when they are offered how to go on.
var typed = []string{"", "户外", "徽州", "深圳", "上海", "华", "徐汇", "南山", "revenue in ", "YT", "MC", "欧阳", "销售"}

// person is one of the two, with what must never reach them.
type person struct {
	viewer   semantic.Viewer
	region   string
	other    string
	canaries []string
}

// TestTwoViewersOneQuestion asks the same of two viewers: nothing that only the
// other may see is in any field of an answer, of what type-ahead offers or of the
// catalogue, and all of it is what a database without the other rows gives.
func TestTwoViewersOneQuestion(t *testing.T) {
	demo, _, err := fixtures.Ensure(t.Context(), filepath.Join(os.TempDir(), "wenshu-demo"), fixtures.Options{})
	if err != nil {
		t.Fatal(err)
	}
	whole := serviceOver(t, demo.Files)
	for _, p := range []person{{region: "华东", other: "华南"}, {region: "华南", other: "华东"}} {
		p.viewer = semantic.Viewer{ID: p.region, Attrs: map[string][]string{"region": {p.region}}}
		p.canaries = canaries(t, demo.Files[fixtures.SalesWarehouse], p.region, p.other)
		cut := serviceOver(t, map[string]string{
			fixtures.FactoryWarehouse: demo.Files[fixtures.FactoryWarehouse],
			fixtures.SalesWarehouse:   cutCopy(t, demo.Files[fixtures.SalesWarehouse], p.region),
		})
		t.Run(p.region, func(t *testing.T) {
			answered := p.compareAnswers(t, whole, cut)
			if answered < 20 {
				t.Errorf("only %d questions were answered", answered)
			}
			p.compareOffers(t, whole, cut)
		})
	}
}

// compareAnswers asks every question of both databases and returns how many were
// answered with rows.
func (p person) compareAnswers(t *testing.T, whole, cut *answer.Service) int {
	answered := 0
	for _, question := range alike {
		a, b := p.ask(t, whole, question), p.ask(t, cut, question)
		if a.Kind == answer.Result && a.Table != nil && len(a.Table.Rows) > 0 {
			answered++
		}
		p.innocent(t, question, a)
		if x, y := plainJSON(t, a), plainJSON(t, b); x != y {
			t.Errorf("%s: over all rows and over the rows of %s the answers differ:\n%s", question, p.region, firstDifference(x, y))
		}
	}
	return answered
}

// compareOffers holds type-ahead and the catalogue to the same.
func (p person) compareOffers(t *testing.T, whole, cut *answer.Service) {
	for _, text := range typed {
		for _, lang := range []string{"zh-CN", "en"} {
			a, b := p.offered(t, whole, lang, text), p.offered(t, cut, lang, text)
			p.without(t, "typing "+text, a)
			if a != b {
				t.Errorf("typing %q differs:\n%s", text, firstDifference(a, b))
			}
		}
	}
	a, b := encoded(t, whole.Catalog(t.Context(), p.viewer, "zh-CN")), encoded(t, cut.Catalog(t.Context(), p.viewer, "zh-CN"))
	p.without(t, "the catalogue", a)
	if a != b {
		t.Errorf("the catalogue differs:\n%s", firstDifference(a, b))
	}
}

func (p person) ask(t *testing.T, s *answer.Service, question string) *answer.Answer {
	t.Helper()
	a, err := s.Ask(t.Context(), answer.Request{Question: question, Viewer: p.viewer}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (p person) offered(t *testing.T, s *answer.Service, lang, text string) string {
	t.Helper()
	list, err := s.Suggest(t.Context(), p.viewer, lang, text, 20)
	if err != nil {
		t.Fatal(err)
	}
	return encoded(t, list)
}

// innocent looks for canaries that the question itself does not name.
func (p person) innocent(t *testing.T, question string, a *answer.Answer) {
	t.Helper()
	body := encoded(t, a)
	for _, canary := range p.canaries {
		if !strings.Contains(question, canary) && strings.Contains(body, canary) {
			t.Errorf("%s: %s reads %q", question, p.region, canary)
		}
	}
}

func (p person) without(t *testing.T, where, body string) {
	t.Helper()
	for _, canary := range p.canaries {
		if strings.Contains(body, canary) {
			t.Errorf("%s: %s reads %q", where, p.region, canary)
		}
	}
}

// plainJSON is an answer without what tells one run from another.
func plainJSON(t *testing.T, a *answer.Answer) string {
	plain := *a
	plain.ID, plain.Timings, plain.AskedAt = "", nil, time.Time{}
	return encoded(t, &plain)
}

func encoded(t *testing.T, v any) string {
	t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// firstDifference shows two texts from shortly before they part.
func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(0, i-120)
	return "whole: …" + a[from:min(len(a), i+200)] + "\ncut:   …" + b[from:min(len(b), i+200)]
}

// canaries are what only the other region has: products, stores, staff,
// customers, orders, and totals to the cent.
func canaries(t *testing.T, path, region, other string) []string {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const placed = ` JOIN cities USING (city_id) JOIN provinces USING (province_id) JOIN regions ON regions.region_id = provinces.region_id WHERE regions.name = ?2`
	var list []string
	for _, query := range []string{
		`SELECT name FROM products WHERE exclusive_region IS NOT NULL AND exclusive_region <> ?1`,
		`SELECT sku FROM products WHERE exclusive_region IS NOT NULL AND exclusive_region <> ?1`,
		`SELECT stores.name FROM stores` + placed + ` AND ?1 <> '' AND stores.name <> cities.name`,
		`SELECT employees.name FROM employees JOIN regions r USING (region_id) WHERE r.name = ?2
		   AND employees.name NOT IN (SELECT employees.name FROM employees JOIN regions r USING (region_id) WHERE r.name = ?1)`,
		`SELECT customer_no FROM customers` + placed + ` AND ?1 <> '' ORDER BY customer_id LIMIT 500`,
		`SELECT order_no FROM orders` + placed + ` AND ?1 <> '' ORDER BY payable_amount DESC LIMIT 500`,
		`SELECT printf('%.2f', sum(amount)) FROM order_lines JOIN orders USING (order_id)` + placed + ` AND ?1 <> '' AND paid_at >= '2026-06-01' AND paid_at < '2026-07-01'`,
		`SELECT printf('%.2f', sum(amount)) FROM order_lines JOIN orders USING (order_id) WHERE ?1 <> ?2 AND paid_at >= '2026-06-01' AND paid_at < '2026-07-01'`,
		`SELECT printf('%.2f', sum(amount)) FROM order_lines JOIN orders USING (order_id)` + placed + ` AND ?1 <> '' AND paid_at >= '2026-06-01' AND paid_at < '2026-07-01' GROUP BY city_id`,
	} {
		found := texts(t, db, query, region, other)
		if len(found) == 0 {
			t.Fatalf("no canaries: %s", query)
		}
		list = append(list, found...)
	}
	return list
}

func texts(t *testing.T, db *sql.DB, query string, args ...any) []string {
	t.Helper()
	rows, err := db.QueryContext(context.Background(), query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}
