package sqltree_test

import (
	"errors"
	"strings"
	"testing"

	. "wenshu/sqlgen/sqltree"
)

// plain has the words of the nested queries below.
var plain = &Syntax{
	Name: "plain", Quote: '`', NullsOrder: true, Plain: true,
	Functions: map[string]Function{
		"count": {Name: "count", Kind: Aggregate, Min: 1, Max: 1, Star: true},
		"sum":   {Name: "sum", Kind: Aggregate, Min: 1, Max: 1},
		"tuple": {Name: "tuple", Min: 2, Max: -1},
	},
}

var nestAllow = Allow{Tables: map[TableName][]string{
	{Name: "orders"}: {"id", "amount", "city"}, {Name: "cities"}: {"id", "name", "region"}, {Name: "regions"}: {"id", "name"},
}}

// TestNest rewrites queries; what comes out must be what Check takes.
func TestNest(t *testing.T) {
	for _, c := range []struct{ name, query, want string }{
		{"a name is read twice",
			"WITH b0 AS (SELECT t0.city AS k0, sum(t0.amount) AS m0 FROM orders AS t0 GROUP BY 1) SELECT sum(b0.m0) AS m0 FROM b0 WHERE b0.k0 IN (SELECT b0.k0 AS k0 FROM b0)",
			"SELECT sum(b0.b0_m0) AS m0 FROM ( SELECT t0.city AS b0_k0, sum(t0.amount) AS b0_m0 FROM orders AS t0 GROUP BY b0_k0 ) AS b0 " +
				"WHERE b0.b0_k0 IN ( SELECT b0.b0_k0 AS k0 FROM ( SELECT t0.city AS b0_k0, sum(t0.amount) AS b0_m0 FROM orders AS t0 GROUP BY b0_k0 ) AS b0 )"},
		{"two joins, conditions on each, one on both",
			"SELECT t2.name AS k0, sum(t0.amount) AS m0 FROM orders AS t0 LEFT JOIN cities AS t1 ON t1.id = t0.city AND t1.region = 7 LEFT JOIN regions AS t2 ON t2.id = t1.region " +
				"WHERE t0.amount > 1 AND t1.name = 'x' AND (t2.name IS NULL OR t0.id = 3) GROUP BY 1 ORDER BY t2.name",
			""},
		{"rows without a partner stay for a test of null",
			"SELECT t0.id AS k0 FROM orders AS t0 LEFT JOIN cities AS t1 ON t1.id = t0.city WHERE t1.name IS NULL",
			"SELECT f1.t0_id AS k0 FROM ( SELECT t0.city AS l0_t1, t0.id AS t0_id FROM orders AS t0 ) AS f1 " +
				"LEFT JOIN ( SELECT t1.id AS j0_t1, t1.name AS t1_name FROM cities AS t1 ) AS t1 ON f1.l0_t1 = t1.j0_t1 WHERE t1.t1_name IS NULL"},
		{"a tuple that exists",
			"WITH n0 AS (SELECT t0.id AS k0, t0.city AS k1 FROM orders AS t0) SELECT t0.id AS k0 FROM orders AS t0 WHERE NOT EXISTS (SELECT 1 AS n0 FROM n0 WHERE n0.k0 = t0.id AND n0.k1 = t0.city)",
			"SELECT t0.id AS k0 FROM orders AS t0 WHERE tuple(t0.id, t0.city) NOT IN ( SELECT n0.n0_k0 AS n0, n0.n0_k1 AS n1 FROM ( SELECT t0.id AS n0_k0, t0.city AS n0_k1 FROM orders AS t0 ) AS n0 " +
				"WHERE n0.n0_k0 IS NOT NULL AND n0.n0_k1 IS NOT NULL ) OR t0.id IS NULL OR t0.city IS NULL"},
	} {
		got := nested(t, c.query)
		if c.want == "" {
			c.want = "SELECT t2.t2_name AS k0, sum(f2.t0_amount) AS m0 FROM ( " +
				"SELECT t1.t1_region AS l0_t2, f1.t0_amount AS t0_amount, f1.t0_id AS t0_id, t1.t1_name AS t1_name, t1.t1_region AS t1_region FROM ( " +
				"SELECT t0.city AS l0_t1, t0.amount AS t0_amount, t0.id AS t0_id FROM orders AS t0 WHERE t0.amount > 1 ) AS f1 " +
				"LEFT JOIN ( SELECT t1.id AS j0_t1, t1.name AS t1_name, t1.region AS t1_region FROM cities AS t1 WHERE t1.region = 7 AND t1.name = 'x' ) AS t1 ON f1.l0_t1 = t1.j0_t1 ) AS f2 " +
				"LEFT JOIN ( SELECT t2.id AS j0_t2, t2.name AS t2_name FROM regions AS t2 ) AS t2 ON f2.l0_t2 = t2.j0_t2 " +
				"WHERE f2.t1_name = 'x' AND (t2.t2_name IS NULL OR f2.t0_id = 3) GROUP BY k0 ORDER BY t2.t2_name"
		}
		if got != c.want {
			t.Errorf("%s:\n got  %s\n want %s", c.name, got, c.want)
		}
	}
}

// nested gives the nested text on one line and without quotes.
func nested(t *testing.T, query string) string {
	t.Helper()
	q, err := Parse(query, syntax)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	out, err := Nest(q, plain)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	text, _, err := Print(out, plain)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	if checked, err := Check(text, plain, nestAllow); err != nil || checked != text {
		t.Errorf("Check makes of\n%s\n%s\n%v", text, checked, err)
	}
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "`", "")
}

func TestNestRefuses(t *testing.T) {
	for _, query := range []string{
		"SELECT t0.id AS k0 FROM orders AS t0 LEFT JOIN cities AS t1 ON t1.id = t0.city AND t1.region > t0.id",
		"SELECT t0.id AS k0 FROM orders AS t0 LEFT JOIN cities AS t1 ON t1.region > 3",
		"SELECT t0.id AS k0 FROM orders AS t0 WHERE EXISTS (SELECT 1 AS n0 FROM cities AS n0 WHERE n0.region > t0.id)",
	} {
		q, err := Parse(query, syntax)
		if err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		_, err = Nest(q, plain)
		var refusal *Refusal
		if !errors.As(err, &refusal) || refusal.Code != UnsupportedHere {
			t.Errorf("%s: %v", query, err)
		}
	}
}
