package semantic

import (
	"errors"
	"testing"
	"testing/fstest"
)

// TestPartsAreLimitedAlike refuses values of which one part is read through rows
// that the viewer's rules limit and another is not: rows that are counted, looked
// for, joined for a group, a filter or an amount, or led to.
func TestPartsAreLimitedAlike(t *testing.T) {
	m, err := Load(fstest.MapFS{"m.yaml": {Data: []byte(`
tables:
  customers: {key: id, dimensions: {id: {type: int}, level: , region: , factor: {type: int}}}
  people: {key: pid, dimensions: {pid: {type: int}}}
  orders: {key: oid, time: paid_on, joins: {customer: {to: customers, on: {cid: id}}}, dimensions: {paid_on: {type: date}, amount: {type: int}, user: {type: int}}}
  visits: {key: vid, time: seen_on, joins: {customer: {to: customers, on: {cid: id}}, person: {to: people, on: pid}}, dimensions: {seen_on: {type: date}, person: {of: person}}}
  shop_orders: {key: sid, time: sold_on, joins: {person: {to: people, on: pid}}, dimensions: {sold_on: {type: date}, region: , person: {of: person}}}
  spend: {time: spent_on, dimensions: {spent_on: {type: date}, level: {same_as: customers.level}, cost: {type: int}}}
metrics:
  revenue: {expr: sum(orders.amount)}
  visits: {expr: count(visits)}
  shopped: {expr: count(shop_orders)}
  spent: {expr: sum(spend.cost)}
  weighted: {expr: sum(orders.amount * customers.factor)}
  bought_after: {convert: {from: visits, to: shopped, by: visits.person, within: 7 days, rate: true}}
  led_by: {convert: {from: shopped, to: visits, by: shop_orders.person, within: 7 days, rate: true}}
  shops_later: {retain: {from: visits, to: shopped, by: visits.person, every: month, rate: true}}
  shops_again: {retain: {from: shopped, to: shopped, by: shop_orders.person, every: month, rate: true}}
rules:
  - {table: customers, where: 'region in {viewer.region}', unless: {role: finance}}
  - {table: shop_orders, where: 'region in {viewer.region}', unless: {role: finance}}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ line, limited string }{
		{"revenue / visits as x", ""}, // customers are not read
		{"revenue / visits as x by level", ""},
		{"revenue / visits as x by level where level = 'gold'", ""},
		{"revenue / spent as x", ""},
		{"revenue / spent as x by level", "customers"},
		{"revenue, spent by level", ""},
		{"revenue{level = 'gold'} / revenue as x", "customers"},
		{"revenue{level = 'gold'} / visits{level = 'gold'} as x", ""},
		{"weighted / revenue as x", "customers"},
		{"weighted / weighted{orders.amount > 5} as x", ""},
		{"revenue{customers.id in (visits by customers.id)} / revenue as x", "customers"},
		{"revenue by level having revenue > spent", "customers"},
		{"revenue by level sort -(revenue - spent)", "customers"},
		{"avg(revenue per customers.id) / avg(revenue per orders.user) as x", "customers"},
		{"shopped / visits as x", "shop_orders"},
		{"bought_after during 2026-01", "shop_orders"},
		{"led_by during 2026-01", ""},
		{"shops_later during 2026-01", "shop_orders"},
		{"shops_again during 2026-01", ""},
	} {
		q, err := ParseQuery(c.line)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Bind(m, q, shopViewers["boss"], shopClock); err != nil {
			t.Errorf("%s, who sees all: %v", c.line, err)
		}
		_, err = Bind(m, q, shopViewers["ann"], shopClock)
		var problems Problems
		switch errors.As(err, &problems); {
		case c.limited == "" && err != nil:
			t.Errorf("%s: %v", c.line, err)
		case c.limited != "" && (len(problems) != 1 || problems[0].Code != LimitedUnlike || problems[0].Detail != c.limited):
			t.Errorf("%s: got %v, want %s of %s", c.line, err, LimitedUnlike, c.limited)
		}
	}
}
