package sqltree_test

import (
	"errors"
	"testing"

	. "wenshu/sqlgen/sqltree"
)

// backquoted is a syntax that differs from SQLite's in everything that can
// differ.
var backquoted = &Syntax{
	Name: "test", Quote: '`', Numbered: true, SameOp: "<=>",
	Functions: map[string]Function{
		"count":           {Name: "count", Kind: Aggregate, Min: 1, Max: 1, Star: true},
		"quantileexact":   {Name: "quantileExact", Kind: Aggregate, Min: 1, Max: 1, Params: 1},
		"percentile_cont": {Name: "percentile_cont", Kind: Aggregate, Min: 1, Max: 1, Within: true},
		"tostartofmonth":  {Name: "toStartOfMonth", Min: 1, Max: 1},
	},
	Types: map[string]int{"DECIMAL": 2, "DOUBLE PRECISION": 0},
	Units: map[string]bool{"MONTH": true},
}

func TestOtherSyntax(t *testing.T) {
	cases := []struct{ text, want string }{
		{"SELECT o.id AS a1 FROM orders AS o WHERE o.id <=> $1 AND o.amount > $2",
			"SELECT `o`.`id` AS a1\nFROM `orders` AS `o`\nWHERE `o`.`id` <=> $1\n  AND `o`.`amount` > $2"},
		{"SELECT QUANTILEEXACT(0.5)(o.amount) AS a1, Count(*) AS a2 FROM orders AS o",
			"SELECT quantileExact(0.5)(`o`.`amount`) AS a1,\n  count(*) AS a2\nFROM `orders` AS `o`"},
		{"SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY o.amount DESC) AS a1 FROM orders AS o",
			"SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY `o`.`amount` DESC) AS a1\nFROM `orders` AS `o`"},
		{"SELECT toStartOfMonth(o.paid_at) AS a1, count(*) AS a2 FROM orders AS o GROUP BY a1",
			"SELECT toStartOfMonth(`o`.`paid_at`) AS a1,\n  count(*) AS a2\nFROM `orders` AS `o`\nGROUP BY a1"},
		{"SELECT CAST(o.amount AS decimal(18, 2)) AS a1, CAST(o.amount AS double precision) AS a2 FROM orders AS o",
			"SELECT CAST(`o`.`amount` AS DECIMAL(18, 2)) AS a1,\n  CAST(`o`.`amount` AS DOUBLE PRECISION) AS a2\nFROM `orders` AS `o`"},
		{"SELECT o.paid_at + INTERVAL 1 MONTH AS a1, o.paid_at + INTERVAL ($1) MONTH AS a2 FROM orders AS o",
			"SELECT `o`.`paid_at` + INTERVAL 1 MONTH AS a1,\n  `o`.`paid_at` + INTERVAL $1 MONTH AS a2\nFROM `orders` AS `o`"},
	}
	for _, c := range cases {
		got, err := Check(c.text, backquoted, allow)
		if err != nil || got != c.want {
			t.Errorf("%s\n%s\n%v", c.text, got, err)
			continue
		}
		if again, err := Check(got, backquoted, allow); err != nil || again != got {
			t.Errorf("%s\nis printed as\n%s\n%v", got, again, err)
		}
	}
}

func TestOtherSyntaxRefuses(t *testing.T) {
	cases := []struct {
		text string
		want Code
	}{
		{"SELECT o.id AS a1 FROM orders AS o WHERE o.id = ?", BadArgument},
		{"SELECT o.id AS a1 FROM orders AS o WHERE o.id = $2", BadArgument},
		{"SELECT o.id AS a1 FROM orders AS o WHERE o.id = $1 OR o.amount = $1", BadArgument},
		{"SELECT o.status || 'x' AS a1 FROM orders AS o", UnsupportedHere},
		{"SELECT o.id AS a1 FROM orders AS o ORDER BY o.id NULLS LAST", UnsupportedHere},
		{"SELECT o.id AS a1 FROM orders AS o WHERE o.id IS NOT DISTINCT FROM 1", UnsupportedHere},
		{"SELECT o.id AS a1 FROM orders AS o WHERE o.status LIKE 'x' ESCAPE '!'", BadLiteral},
		{"SELECT o.paid_at + INTERVAL 1 YEAR AS a1 FROM orders AS o", UnsupportedHere},
		{"SELECT quantileExact(o.amount) AS a1 FROM orders AS o", Unexpected},
		{"SELECT percentile_cont(0.9) AS a1 FROM orders AS o", BadArguments},
		{"SELECT CAST(o.amount AS DECIMAL(18, 2, 1)) AS a1 FROM orders AS o", UnknownType},
		{`SELECT "o"."id" AS a1 FROM orders AS o`, BadCharacter},
	}
	for _, c := range cases {
		_, err := Check(c.text, backquoted, allow)
		var r *Refusal
		if !errors.As(err, &r) || r.Code != c.want {
			t.Errorf("%s\n%v, want %s", c.text, err, c.want)
		}
	}
}

// TestPrintRefusesWhatTheSyntaxLacks prints trees of SQLite's in a syntax
// without their words.
func TestPrintRefusesWhatTheSyntaxLacks(t *testing.T) {
	for name, x := range map[string]Expr{
		"join":   Op(Concat, C("o", "id"), Text("x")),
		"differ": Op(Differ, C("o", "id"), Int(1)),
		"escape": &Like{X: C("o", "id"), Pattern: Text("x"), Escape: '!'},
	} {
		_, _, err := Print(one(x), backquoted)
		var r *Refusal
		if !errors.As(err, &r) || r.Code != UnsupportedHere {
			t.Errorf("%s: %v", name, err)
		}
	}
}
