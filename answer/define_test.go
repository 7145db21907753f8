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
	b := &book{w: englishWords, model: m}
	for name, want := range map[string]string{
		"revenue": "sum(orders.amount) where orders.id > 0", "revenue_ytd": "revenue, to_date year", "revenue_r12": "revenue, window 12 months",
		"revenue_ly": "revenue, offset 1 year", "stock": "sum(orders.amount), over_time last", "back": "retain from revenue to revenue by orders.user every month",
	} {
		if got := b.defineMetric(m.Metric(name)).Expr; got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
}

// TestFormulaSaysTheSpan wants the formula of every kind of metric to say, in
// words, over which time it is computed and what it leads to.
func TestFormulaSaysTheSpan(t *testing.T) {
	m, err := semantic.Load(fstest.MapFS{"model.yaml": {Data: []byte(`model: {name: m, warehouse: w}
tables:
  people: {key: pid, label: {zh: 客户, en: customer}, dimensions: {pid: {type: int}}}
  orders: {key: id, time: paid_on, joins: {user: {to: people, on: pid}}, dimensions: {id: {type: int}, paid_on: {type: date}, amount: {type: int, sum: sum, label: {zh: 金额, en: amount}}, user: {of: user, label: {zh: 客户, en: customer}}}}
metrics:
  revenue: {expr: sum(orders.amount), label: {zh: 销售额, en: revenue}}
  big: {expr: revenue, where: orders.amount > 5}
  ytd: {expr: revenue, to_date: fiscal_year, where: orders.amount > 5}
  r12: {expr: revenue, window: 12 months}
  mid: {expr: revenue, window: 1 week, shows: avg}
  all: {expr: revenue, running: true}
  ly: {expr: revenue, offset: 1 year}
  q3: {expr: revenue, offset: 3 months}
  day1: {expr: revenue, at_start: month}
  stock: {expr: sum(orders.amount), over_time: last}
  lowest: {expr: sum(orders.amount), over_time: min}
  after: {convert: {from: revenue, to: big, by: orders.user, within: 7 days, rate: true}}
  led: {convert: {from: revenue, to: big, by: orders.user}}
  back: {retain: {from: revenue, to: revenue, by: orders.user, every: month}}
  kept: {retain: {from: revenue, to: revenue, by: orders.user, every: week, rate: true}}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2]string{
		"revenue": {"金额合计", "total amount"},
		"ytd":     {"财年初至今的销售额（金额大于 5）", "revenue (amount above 5) since the start of the fiscal year"},
		"r12":     {"最近 12 个月的销售额", "revenue of the last 12 months"},
		"mid":     {"最近 1 周的销售额，较长的时期取各天的平均", "revenue of the last 1 week; of a longer period the average of its days"},
		"all":     {"销售额累计", "running revenue"},
		"ly":      {"1 年前的销售额", "revenue of 1 year ago"},
		"q3":      {"3 个月前的销售额", "revenue of 3 months ago"},
		"day1":    {"月初的销售额", "revenue at the start of the month"},
		"stock":   {"期末金额合计", "total amount at the end of the period"},
		"lowest":  {"期内最低金额合计", "lowest total amount in the period"},
		"after":   {"销售额之后 7 天内同一客户有big的比例", "share of revenue that big of the same customer follow within 7 days"},
		"led":     {"销售额之后同一客户的big", "big of the same customer after revenue"},
		"back":    {"有过销售额、之后各月又有销售额的客户数", "each customer with revenue and with revenue in a later month"},
		"kept":    {"有过销售额的客户中，之后各周又有销售额的比例", "share of each customer with revenue that has revenue in a later week"},
	} {
		for i, w := range []*words{chineseWords, englishWords} {
			if got := (&book{w: w, model: m}).defineMetric(m.Metric(name)).Formula; got != want[i] {
				t.Errorf("%s in %s is %q, not %q", name, w.lang, got, want[i])
			}
		}
	}
}
