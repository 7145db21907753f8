package semantic

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

// townModel has what names can stumble over: two roles of one table, a diamond,
// a self-join, a bridge, and short names that several tables share.
const townModel = `
tables:
  lines:
    key: line_id
    joins: {order: {to: orders, on: order_id}, product: {to: products, on: sku}}
    dimensions: {note: , qty: {type: int}}
  orders:
    key: order_id
    time: paid_at
    joins:
      ship_to: {to: cities, on: {ship_city: city_id}}
      bill_to: {to: cities, on: {bill_city: city_id}}
      store: {to: stores, on: store_id}
      customer: {to: customers, on: customer_id}
      tags: {to: tags, on: order_id, many: true}
    dimensions: {paid_at: {type: timestamp}, status: , customer: {of: customer}, code: }
  stores: {key: store_id, joins: {region: {to: regions, on: region_id}}, dimensions: {kind: , manager: }}
  customers:
    key: customer_id
    joins: {region: {to: regions, on: region_id}, friend: {to: customers, on: {friend_id: customer_id}}}
    display: name
    dimensions: {name: {label: {zh: 姓名}}, kind: , phone: {index: never}}
  regions: {key: region_id, joins: {country: {to: countries, on: country_id}}, dimensions: {region_name: {synonyms: [大区]}}}
  countries: {key: country_id, dimensions: {country_name: }}
  cities: {key: city_id, dimensions: {city: }}
  products: {key: sku, columns: {cost: decimal(2), price: decimal(2)}, dimensions: {unit_cost: {type: decimal(2), expr: cost}, markup: {type: float, expr: price / cost}, code: }}
  tags: {key: [order_id, tag], hidden: true, dimensions: {tag: }}
  visits: {dimensions: {device: }}
metrics:
  revenue: {expr: sum(lines.qty * products.price), label: {zh: 销售额, en: revenue}}
  spend: {expr: sum(lines.qty * lines.product.cost)}
  margin: {expr: revenue - spend}
  margin_rate: {expr: margin / revenue}
  cheap: {expr: "count(lines){products.markup < 2}"}
  orders: {expr: count(orders), synonyms: [单量]}
  repeat: {expr: "count(customers){kind in (orders by kind)}"}
rules:
  - {table: products, hide: [unit_cost], unless: {role: buyer}}
  - {table: customers, hide: [name, phone], unless: {role: [clerk, buyer]}}
  - {hide_metrics: [orders], unless: {role: buyer}}
`

func town(t testing.TB) *Model {
	t.Helper()
	m, err := loadText(townModel)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// resolution spells what a name means from a table, or the problem.
func resolution(v *View, home, name string) string {
	c, problem := v.Resolve(v.Table(home), Name{strings.Split(name, ".")})
	if problem != nil {
		return problem.Error()
	}
	seat := c.Table
	if c.Dimension != nil {
		seat = c.Dimension.Table
	}
	return c.String() + " in " + seat.Name
}

func TestResolveNames(t *testing.T) {
	v := town(t).View(Viewer{Roles: []string{"buyer"}})
	for _, c := range []struct{ home, name, want string }{
		{"orders", "status", "orders.status in orders"},
		{"orders", "orders.status", "orders.status in orders"},
		{"lines", "status", "lines.order.status in orders"},
		{"lines", "code", "ambiguous_name code (lines) near lines.order.code, lines.product.code"},
		{"lines", "orders.code", "lines.order.code in orders"},
		{"orders", "code", "orders.code in orders"},
		{"orders", "kind", "ambiguous_name kind (orders) near orders.store.kind, orders.customer.kind"},
		{"orders", "stores.kind", "orders.store.kind in stores"},
		{"orders", "store.kind", "orders.store.kind in stores"},
		{"orders", "city", "E_AMBIGUOUS_PATH city (orders) near orders.ship_to.city, orders.bill_to.city"},
		{"orders", "cities.city", "E_AMBIGUOUS_PATH cities.city (orders) near orders.ship_to.city, orders.bill_to.city"},
		{"orders", "ship_to.city", "orders.ship_to.city in cities"},
		{"lines", "orders.bill_to.city", "lines.order.bill_to.city in cities"},
		{"lines", "order.bill_to.city", "lines.order.bill_to.city in cities"},
		{"orders", "region_name", "E_AMBIGUOUS_PATH region_name (orders) near orders.store.region.region_name, orders.customer.region.region_name"},
		{"stores", "country_name", "stores.region.country.country_name in countries"},
		{"customers", "customers.friend.name", "customers.friend.name in customers"},
		{"customers", "customers", "customers in customers"},
		{"orders", "customers", "orders.customer in customers"},
		{"orders", "customer", "orders.customer in orders"},
		{"orders", "ship_to", "orders.ship_to in cities"},
		{"lines", "store", "lines.order.store in stores"},
		{"orders", "orders.tags.tag", "orders.tags.tag in tags"},
		{"orders", "tag", "E_NO_PATH tag (orders) near tags.tag"},
		{"orders", "visits.device", "E_NO_PATH visits.device (orders)"},
		{"visits", "status", "E_NO_PATH status (visits) near orders.status"},
		{"orders", "stauts", "unknown_name stauts near status"},
		{"orders", "order.status", "unknown_name order.status (table) near orders.status"},
		{"orders", "orders.stor.kind", "unknown_name orders.stor near orders.store"},
		{"orders", "orders.store.knid", "unknown_name orders.store.knid near orders.store.kind"},
		{"orders", "revenue", "unknown_name revenue near revenue"},
		{"orders", "姓氏", "unknown_name 姓氏 near name"},
	} {
		if got := resolution(v, c.home, c.name); got != c.want {
			t.Errorf("%s from %s\ngot  %s\nwant %s", c.name, c.home, got, c.want)
		}
	}
}

func TestPaths(t *testing.T) {
	m := town(t)
	spelled := func(from, to string) string {
		var all []string
		for _, p := range m.Paths(m.Table(from), m.Table(to)) {
			all = append(all, spell(pathNames(m.Table(from), p)...))
		}
		return strings.Join(all, " ")
	}
	for _, c := range []struct{ from, to, want string }{
		{"orders", "orders", "orders"},
		{"orders", "cities", "orders.ship_to orders.bill_to"},
		{"lines", "regions", "lines.order.store.region lines.order.customer.region"},
		{"orders", "tags", ""},
		{"cities", "orders", ""},
	} {
		if got := spelled(c.from, c.to); got != c.want {
			t.Errorf("%s to %s: got %q, want %q", c.from, c.to, got, c.want)
		}
	}
	if path, _, ok := m.Path(m.Table("lines"), m.Table("stores")); !ok || len(path) != 2 {
		t.Errorf("lines to stores: %v, %v", path, ok)
	}
	if _, ambiguous, ok := m.Path(m.Table("lines"), m.Table("countries")); ok || len(ambiguous) != 2 {
		t.Errorf("lines to countries: %v, %v", ambiguous, ok)
	}
	if _, ambiguous, ok := m.Path(m.Table("regions"), m.Table("lines")); ok || ambiguous != nil {
		t.Error("a path leads against joins")
	}
}

func TestLookup(t *testing.T) {
	m := town(t)
	dims, tables, metrics := m.Lookup(Name{[]string{"orders"}})
	if len(dims) != 0 || len(tables) != 1 || len(metrics) != 1 {
		t.Errorf("orders: %d dimensions, %d tables, %d metrics", len(dims), len(tables), len(metrics))
	}
	if dims, _, _ := m.Lookup(Name{[]string{"kind"}}); len(dims) != 2 {
		t.Errorf("kind: %d dimensions", len(dims))
	}
	if d := m.Dimension("lines", "order", "store", "kind"); d == nil || d.Table.Name != "stores" {
		t.Errorf("lines.order.store.kind is %v", d)
	}
	if m.Dimension("kind") != nil || m.Dimension("no", "such") != nil || m.Dimension() != nil {
		t.Error("a dimension that is not one was found")
	}
	for _, c := range []struct{ table, name, want string }{
		{"orders", "status", "status"},
		{"stores", "kind", "stores.kind"},
		{"orders", "customer", "customer"},
		{"orders", "code", "orders.code"},
	} {
		if got := m.ShortName(m.Dimension(c.table, c.name)); got != c.want {
			t.Errorf("short name %s, want %s", got, c.want)
		}
	}
}

func TestViewHidesWhatDerives(t *testing.T) {
	m := town(t)
	hidden := func(roles ...string) string {
		v := m.View(Viewer{Roles: roles})
		var names []string
		for _, table := range m.Tables {
			for _, d := range table.Dimensions {
				if v.Hidden(d) {
					names = append(names, table.Name+"."+d.Name)
				}
			}
		}
		for _, metric := range m.Metrics {
			if v.HiddenMetric(metric) {
				names = append(names, metric.Name)
			}
		}
		return strings.Join(names, " ")
	}
	const costs = "products.unit_cost products.markup spend margin margin_rate cheap"
	for _, c := range []struct{ roles, want string }{
		{"buyer", ""},
		{"clerk", costs + " orders repeat"},
		{"guest", "orders.customer customers.name customers.phone " + costs + " orders repeat"},
	} {
		got, want := strings.Fields(hidden(c.roles)), strings.Fields(c.want)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s\ngot  %v\nwant %v", c.roles, got, want)
		}
	}
}

// TestViewTellsHiddenFromUnknownByNothing asks for hidden names and for names
// that do not exist: all that comes back must be the same.
func TestViewTellsHiddenFromUnknownByNothing(t *testing.T) {
	m := town(t)
	guest := m.View(Viewer{})
	for _, pair := range [][2]string{{"unit_cost", "unit_cosx"}, {"products.unit_cost", "products.unit_cosx"}, {"phone", "phonx"}, {"margin", "margix"}} {
		asked := resolution(guest, "lines", pair[0])
		unknown := resolution(guest, "lines", pair[1])
		if asked != strings.ReplaceAll(unknown, "cosx", "cost") && asked != strings.ReplaceAll(unknown, pair[1], pair[0]) {
			t.Errorf("hidden  %s\nunknown %s", asked, unknown)
		}
		if near := guest.Nearest(pair[1], 10); slices.ContainsFunc(near, func(n string) bool { return strings.HasSuffix(n, pair[0]) }) {
			t.Errorf("%s is suggested: %v", pair[0], near)
		}
		if found := guest.Find(Name{strings.Split(pair[0], ".")}); len(found) != 0 {
			t.Errorf("%s is found: %v", pair[0], found)
		}
	}
	if guest.Metric("margin") != nil || len(guest.Metrics()) != 1 || len(guest.Dimensions(m.Table("products"))) != 1 {
		t.Error("the guest's lists hold something hidden")
	}
	x, err := ParseExpr("products.markup > 2 and note = 'x'")
	if err != nil {
		t.Fatal(err)
	}
	if !guest.Hides(m.Table("lines"), x) || m.View(Viewer{Roles: []string{"buyer"}}).Hides(m.Table("lines"), x) {
		t.Error("a filter over a hidden dimension must be hidden from the guest alone")
	}
}

func TestNearest(t *testing.T) {
	m := town(t)
	for _, c := range []struct{ name, want string }{
		{"revenu", "revenue"},
		{"Revenue", "revenue"},
		{"消售额", "revenue"},
		{"销售", "revenue"},
		{"大区域", "region_name"},
		{"qqqqqq", ""},
		{"", ""},
		{strings.Repeat("长", 5000), ""},
	} {
		near := m.Nearest(c.name, 3)
		if first := strings.Join(near[:min(len(near), 1)], ""); first != c.want {
			t.Errorf("%.20s: %v, want %s first", c.name, near, c.want)
		}
	}
}

func TestModelIsSafeForConcurrentUse(t *testing.T) {
	m := town(t)
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			v := m.View(Viewer{Roles: [][]string{nil, {"clerk"}, {"buyer"}}[i%3]})
			for _, from := range m.Tables {
				for _, to := range m.Tables {
					m.Path(from, to)
				}
			}
			v.Resolve(m.Table("lines"), Name{[]string{"status"}})
			v.Nearest("revenu", 3)
		})
	}
	wait.Wait()
}

func TestHomes(t *testing.T) {
	m := town(t)
	for name, want := range map[string]string{"revenue": "lines", "margin": "lines", "orders": "orders", "repeat": "customers"} {
		metric := m.Metric(name)
		if homes := m.Homes(metric); len(homes) != 1 || homes[0].Name != want || metric.Home != homes[0] {
			t.Errorf("%s: %v", name, homes)
		}
	}
}
