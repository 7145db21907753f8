package sqlgen

import (
	"fmt"
	"strings"
	"testing"

	"wenshu/semantic"
	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
)

// TestArithmetic holds the SQL of arithmetic over results to its text: a is an
// integer, b a decimal of scale 2 and c one of scale 4, both in whole units, f a
// double; numbers are constants.
func TestArithmetic(t *testing.T) {
	slots := map[int]value{
		0: {x: sqltree.C("g", "a0"), kind: semantic.Int},
		1: {x: sqltree.C("g", "b0"), kind: semantic.Decimal, scale: 2, whole: true},
		2: {x: sqltree.C("g", "c0"), kind: semantic.Decimal, scale: 4, whole: true},
		3: {x: sqltree.C("g", "f0"), kind: semantic.Float},
	}
	names := map[string]semantic.Expr{"a": semantic.Slot{}, "b": semantic.Slot{Index: 1}, "c": semantic.Slot{Index: 2}, "f": semantic.Slot{Index: 3},
		"2": semantic.Lit{Value: semantic.IntValue(2)}, "0": semantic.Lit{Value: semantic.IntValue(0)}, "1.50": semantic.Lit{Value: semantic.DecimalValue(150, 2)},
		"0.5f": semantic.Lit{Value: semantic.FloatValue(0.5)}, "null": semantic.Lit{}}
	ops := map[string]semantic.Op{"+": semantic.Add, "-": semantic.Sub, "*": semantic.Mul, "/": semantic.Div,
		"=": semantic.Eq, "<": semantic.Lt, "!=": semantic.Ne}
	d := dialect.SQLite()
	for _, c := range []struct{ text, want string }{
		{"a + a", "g.a0 + g.a0"},
		{"a + b", "g.a0 * 100 + g.b0"},
		{"b - c", "g.b0 * 100 - g.c0"},
		{"b - 1.50", "g.b0 - ?150"},
		{"b + 2", "g.b0 + ?200"},
		{"b + f", "g.b0 / 100.0 + g.f0"},
		{"a + f", "g.a0 + g.f0"},
		{"a * b", "g.a0 * g.b0"},
		{"b * 1.50", "g.b0 * ?150"},
		{"b * c", "g.b0 * g.c0"},
		{"c * c", "g.c0 * g.c0"},
		{"b * f", "g.b0 / 100.0 * g.f0"},
		{"a / a", "CAST(g.a0 AS REAL) / NULLIF(g.a0, 0)"},
		{"b / b", "CAST(g.b0 AS REAL) / NULLIF(g.b0, 0)"},
		{"b / a", "g.b0 / 100.0 / NULLIF(g.a0, 0)"},
		{"a / b", "CAST(g.a0 AS REAL) / NULLIF(g.b0 / 100.0, 0)"},
		{"b / c", "g.b0 / 100.0 / NULLIF(g.c0 / 10000.0, 0)"},
		{"1.50 / b", "?1.5 / NULLIF(g.b0 / 100.0, 0)"},
		{"b / 1.50", "g.b0 / 100.0 / ?1.5"},
		{"b / 2", "g.b0 / 100.0 / ?2"},
		{"b / 0", "g.b0 / 100.0 / NULLIF(?0, 0)"},
		{"b = 1.50", "g.b0 = ?150"},
		{"b < 2", "g.b0 < ?200"},
		{"c < 1.50", "g.c0 < ?15000"},
		{"b < 0.5f", "g.b0 / 100.0 < ?0.5"},
		{"b < c", "g.b0 * 100 < g.c0"},
		{"b != 2", "g.b0 <> ?200 OR g.b0 IS NULL"},
		{"a = b", "g.a0 * 100 = g.b0"},
	} {
		part := strings.Fields(c.text)
		comp := &compiler{d: d, numbers: numbers{d}}
		s := scope{c: comp, results: true, leaf: func(e semantic.Expr, _ bool) (value, bool) {
			v, ok := slots[e.(semantic.Slot).Index]
			return v, ok
		}}
		e := semantic.Binary{Op: ops[part[1]], L: names[part[0]], R: names[part[2]]}
		var x sqltree.Expr
		if e.Op < semantic.Add {
			x = s.cond(e)
		} else {
			x = s.value(e).x
		}
		if got := inline(t, x); got != c.want || comp.err != nil {
			t.Errorf("%s is %s, want %s; %v", c.text, got, c.want, comp.err)
		}
	}
}

// inline prints an expression with each argument behind its placeholder.
func inline(t *testing.T, x sqltree.Expr) string {
	t.Helper()
	text, args, err := sqltree.Print(&sqltree.Query{Body: &sqltree.Select{Items: []sqltree.Item{{Expr: x}}}}, dialect.SQLite().Syntax())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range args {
		text = strings.Replace(text, "?", "\x00"+fmt.Sprint(a), 1)
	}
	text = strings.ReplaceAll(strings.TrimPrefix(text, "SELECT "), "\x00", "?")
	return strings.ReplaceAll(text, `"g"`, "g")
}
