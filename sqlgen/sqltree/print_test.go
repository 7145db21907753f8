package sqltree_test

import (
	"errors"
	"reflect"
	"testing"

	. "wenshu/sqlgen/sqltree"
)

func TestPrintIsReadable(t *testing.T) {
	orders := &Select{
		Items: []Item{
			{Expr: Fn("date", C("t0", "paid_at"), Text("start of month")), Alias: "k0"},
			{Expr: Fn("sum", C("t0", "amount")), Alias: "m0"},
		},
		From: &From{
			Source: &Table{Name: "orders", Alias: "t0"},
			Joins: []Join{{Source: &Table{Schema: "main", Name: "stores", Alias: "t1"},
				On: And(Op(Eq, C("t1", "id"), C("t0", "id")), Op(Eq, C("t1", "city"), Bind("上海")))}},
		},
		Where: And(Op(Ge, C("t0", "paid_at"), Bind("2026-06-01")), Or(Op(Eq, C("t0", "status"), Bind("paid")), &IsNull{X: C("t0", "status")})),
		Group: []Expr{&Ordinal{N: 1}},
	}
	q := &Query{
		With:  []CTE{{Name: "b0", Query: &Query{Body: orders}}},
		Body:  &Select{Items: []Item{{Expr: C("b0", "k0"), Alias: "k0"}, {Expr: C("b0", "m0"), Alias: "m0"}}, From: &From{Source: &Table{Name: "b0"}}},
		Order: []Order{{Expr: C("b0", "m0"), Desc: true, Nulls: NullsLast}},
		Limit: Int(3),
	}
	want := `WITH b0 AS (
  SELECT date(t0."paid_at", 'start of month') AS k0,
    SUM(t0."amount") AS m0
  FROM "orders" AS t0
  LEFT JOIN "main"."stores" AS t1
    ON t1."id" = t0."id"
    AND t1."city" = ?
  WHERE t0."paid_at" >= ?
    AND (t0."status" = ? OR t0."status" IS NULL)
  GROUP BY 1
)
SELECT b0.k0 AS k0,
  b0.m0 AS m0
FROM b0
ORDER BY b0.m0 DESC NULLS LAST
LIMIT 3`
	got, args, err := Print(q, syntax)
	if err != nil || got != want {
		t.Errorf("got\n%s\n%v", got, err)
	}
	if !reflect.DeepEqual(args, []any{"上海", "2026-06-01", "paid"}) {
		t.Errorf("arguments %v", args)
	}
	again, err := Parse(got, syntax)
	if err != nil {
		t.Fatal(err)
	}
	if text, _, _ := Print(again, syntax); text != got {
		t.Errorf("parsed and printed again:\n%s", text)
	}
}

// TestPrintKeepsTheTree holds the parentheses to what the tree means, for every
// pair of operators, on either side.
func TestPrintKeepsTheTree(t *testing.T) {
	a, b, c := C("o", "id"), C("o", "amount"), C("o", "customer_id")
	for outer := Eq; outer <= Concat; outer++ {
		for inner := Eq; inner <= Concat; inner++ {
			for _, x := range []Expr{Op(outer, Op(inner, a, b), c), Op(outer, a, Op(inner, b, c))} {
				text, _, err := Print(one(x), syntax)
				if err != nil {
					t.Fatal(err)
				}
				q, err := Parse(text, syntax)
				if err != nil {
					t.Fatalf("%s: %v", text, err)
				}
				if got := q.Body.(*Select).Items[0].Expr; !reflect.DeepEqual(got, x) {
					t.Errorf("%s is read as another tree", text)
				}
			}
		}
	}
}

func one(x Expr) *Query { return &Query{Body: &Select{Items: []Item{{Expr: x, Alias: "a1"}}}} }

func TestPrintRefuses(t *testing.T) {
	table := &From{Source: &Table{Name: "orders"}}
	cases := []struct {
		name string
		q    *Query
		want Code
	}{
		{"backslash", one(Text(`\`)), BadLiteral},
		{"line break", one(Text("a\nb")), BadLiteral},
		{"nul", one(Text("a\x00b")), BadLiteral},
		{"bytes", one(Text("a\xffb")), BadLiteral},
		{"right to left", one(Text("a\u202eb")), BadLiteral},
		{"number", one(&Lit{Kind: Number, Text: "1; DROP"}), BadLiteral},
		{"quoted name", one(C(`o" OR "1`, "id")), BadName},
		{"empty name", one(C("o", "")), BadName},
		{"function", one(Fn("load_extension", Text("x"))), UnknownFunction},
		{"type", one(&Cast{X: Int(1), Type: Type{Name: "BLOB); DROP"}}), UnknownType},
		{"nil", one(nil), BadShape},
		{"nil query", one(&Scalar{}), BadShape},
		{"no items", &Query{Body: &Select{From: table}}, BadShape},
		{"no body", &Query{}, BadShape},
		{"ordinal", one(&Ordinal{N: 1}), BadShape},
		{"empty list", one(&InList{X: Int(1)}), BadShape},
		{"no arms", one(&Case{}), BadShape},
		{"cross join with condition", &Query{Body: &Select{Items: one(Int(1)).Body.(*Select).Items,
			From: &From{Source: table.Source, Joins: []Join{{Kind: Cross, Source: table.Source, On: Int(1)}}}}}, BadShape},
		{"left join without", &Query{Body: &Select{Items: one(Int(1)).Body.(*Select).Items,
			From: &From{Source: table.Source, Joins: []Join{{Source: table.Source}}}}}, BadShape},
		{"interval", one(&Interval{N: Int(1), Unit: "DAY"}), UnsupportedHere},
	}
	for _, c := range cases {
		_, _, err := Print(c.q, syntax)
		var r *Refusal
		if !errors.As(err, &r) || r.Code != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// TestPrintBoundsDepth proves that a tree made too deep by a fault elsewhere is
// refused before the stack is.
func TestPrintBoundsDepth(t *testing.T) {
	x := Int(1)
	for range 100_000 {
		x = Fn("abs", x)
	}
	if _, _, err := Print(one(x), syntax); err == nil {
		t.Error("printed a tree of 100,000 levels")
	}
}
