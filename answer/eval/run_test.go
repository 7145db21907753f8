package eval

import (
	"bytes"
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wenshu/semantic"
	"wenshu/warehouse"
)

const shopModel = `
model: {name: shop}
tables:
  orders:
    label: {zh: 订单, en: order}
    key: id
    time: sold_on
    dimensions: {id: {type: int}, city: {label: {zh: 城市, en: city}}, sold_on: {type: date}, amount: {type: float, sum: sum, label: {zh: 金额, en: amount}}}
metrics:
  revenue: {expr: sum(orders.amount), label: {zh: 销售额, en: revenue}}
`

const shopRows = `CREATE TABLE orders (id INTEGER, city TEXT, sold_on DATE, amount REAL);
INSERT INTO orders VALUES (1, '上海', '2024-01-02', 10), (2, '上海', '2024-02-02', 5), (3, '北京', '2024-02-03', 7)`

func openShop(t *testing.T) func(context.Context, string) (Database, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "shop.sqlite")
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(shopRows); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	source, err := warehouse.Open("main", path, warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { source.Close() })
	load := func() (*semantic.Model, error) {
		return semantic.Load(fstest.MapFS{"shop.yaml": {Data: []byte(shopModel)}})
	}
	return func(context.Context, string) (Database, error) {
		return Database{Load: load, Sources: warehouse.Sources{"main": source}}, nil
	}
}

const shopQuestions = `
{"id": "strict", "question": "各城市销售额", "gold_sql": ["SELECT city, sum(amount) FROM orders GROUP BY 1"], "category": "group"}
{"id": "second", "question": "各城市销售额", "gold_sql": ["SELECT 1", "SELECT city, sum(amount) FROM orders GROUP BY 1"], "category": "group"}
{"id": "lenient", "question": "各城市销售额", "gold_sql": ["SELECT city FROM orders GROUP BY 1"], "category": "group"}
{"id": "rows", "question": "各城市销售额", "rows": [["上海", 15], ["北京", 7]], "category": "group"}
{"id": "wrong", "question": "销售额", "gold_sql": ["SELECT 23"], "category": "total"}
{"id": "moment", "question": "上个月销售额", "as_of": "2024-03-10T12:00:00", "gold_sql": ["SELECT 12"], "category": "total"}
{"id": "turns", "turns": ["各城市销售额", "只看北京"], "gold_sql": ["SELECT '北京', 7"], "category": "turns"}
{"id": "function", "question": "销售额", "gold_sql": ["SELECT date_trunc('month', sold_on) FROM orders"], "category": "total"}
{"id": "declined", "question": "各城市的利润率", "gold_sql": ["SELECT 1"], "category": "total"}
{"id": "refuse", "question": "今天天气怎么样", "expect": "decline", "category": "other"}
{"id": "should refuse", "question": "销售额", "expect": "decline", "category": "other"}
`

func TestRun(t *testing.T) {
	records, err := ReadRecords(strings.NewReader(shopQuestions))
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Now: time.Date(2024, 6, 1, 9, 0, 0, 0, time.UTC), Open: openShop(t)}
	scored, err := Run(context.Background(), records, o)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Outcome{
		"strict": RightStrict, "second": RightStrict, "lenient": RightLenient, "rows": RightStrict, "wrong": Wrong, "moment": RightStrict,
		"turns": RightStrict, "function": Skipped, "declined": Declined, "refuse": Declined, "should refuse": Wrong,
	}
	for _, s := range scored {
		if s.Outcome != want[s.ID] {
			t.Errorf("%s: %s, want %s: query %s, rows %s, why %s", s.ID, s.Outcome, want[s.ID], s.Line, s.Rows, s.Why)
		}
	}
	r := Summarize(scored)
	if r.Total.N != 8 || r.Total.Lenient != 6 || r.Total.Strict != 5 || r.Total.Wrong != 1 || r.Total.Declined != 1 || r.Total.Skipped != 1 {
		t.Errorf("answers: %+v", r.Total)
	}
	if r.Refuse.N != 2 || r.Refuse.Lenient != 1 || r.Refuse.Wrong != 1 || r.Refuse.Declined != 0 {
		t.Errorf("refusals: %+v", r.Refuse)
	}
	checkPrinted(t, r)
}

// checkPrinted holds what a person reads, and what a later run reads back.
func checkPrinted(t *testing.T, r Report) {
	t.Helper()
	var text, file, diff bytes.Buffer
	if err := r.Write(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"WRONG wrong", "query revenue", "SKIPPED function", "no such function: date_trunc", "DECLINED declined", "category group"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("no %q in\n%s", want, text.String())
		}
	}
	if err := r.WriteJSON(&file); err != nil {
		t.Fatal(err)
	}
	old, err := ReadReport(&file)
	if err != nil {
		t.Fatal(err)
	}
	old.Scored[0].Outcome, old.Scored[4].Outcome = Wrong, RightStrict
	if err := r.Compare(&diff, old); err != nil {
		t.Fatal(err)
	}
	if got := diff.String(); !strings.Contains(got, "better strict") || !strings.Contains(got, "worse wrong") || strings.Contains(got, "lenient:") {
		t.Errorf("comparison:\n%s", got)
	}
}

const pictureQuestions = `
{"id": "any", "question": "各城市金额", "mark": "bar", "gold_sql": ["SELECT city, AVG(amount) FROM orders GROUP BY 1"]}
{"id": "named", "question": "各城市总金额", "mark": "bar", "gold_sql": ["SELECT city, AVG(amount) FROM orders GROUP BY 1"]}
{"id": "no picture", "question": "各城市金额", "gold_sql": ["SELECT city, AVG(amount) FROM orders GROUP BY 1"]}
{"id": "other picture", "question": "各城市金额饼图", "mark": "line", "gold_sql": ["SELECT city, SUM(amount) FROM orders GROUP BY 1"]}
{"id": "no answer", "question": "各城市利润", "mark": "bar", "gold_sql": ["SELECT 1"]}
`

// TestPictures wants any aggregate to be right where a chart request names
// none, that of the accepted query where it does, and pictures counted apart.
func TestPictures(t *testing.T) {
	records, err := ReadRecords(strings.NewReader(pictureQuestions))
	if err != nil {
		t.Fatal(err)
	}
	scored, err := Run(context.Background(), records, Options{Now: time.Date(2024, 6, 1, 9, 0, 0, 0, time.UTC), Open: openShop(t)})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Outcome{"any": RightStrict, "named": Wrong, "no picture": Wrong, "other picture": RightStrict, "no answer": Declined}
	for _, s := range scored {
		if s.Outcome != want[s.ID] {
			t.Errorf("%s: %s, want %s: query %s, rows %s, why %s", s.ID, s.Outcome, want[s.ID], s.Line, s.Rows, s.Why)
		}
	}
	total := Summarize(scored).Total
	if total.Named != (Drawn{0, 1}) || total.Open != (Drawn{2, 2}) || total.ChartOK != 1 {
		t.Errorf("pictures: named %+v, open %+v, right with picture %d", total.Named, total.Open, total.ChartOK)
	}
}
