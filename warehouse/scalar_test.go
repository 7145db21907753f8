package warehouse

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"wenshu/semantic"
)

// val reads a value as the tests write it: null, true, 12, 1.50, 2.5f, 2026-01-31,
// or any other text.
func val(s string) semantic.Value {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return semantic.DateValue(t)
	}
	if t, err := time.Parse(time.DateTime, s); err == nil {
		return semantic.TimestampValue(t)
	}
	switch s {
	case "null":
		return semantic.NullValue
	case "true", "false":
		return semantic.BoolValue(s == "true")
	}
	var f float64
	if rest, ok := strings.CutSuffix(s, "f"); ok {
		if _, err := fmt.Sscan(rest, &f); err == nil {
			return semantic.FloatValue(f)
		}
	}
	d, err := semantic.ParseDecimal(s)
	if err != nil {
		return semantic.TextValue(s)
	}
	if n, scale, _ := d.Unscaled(); scale == 0 && n.IsInt64() {
		return semantic.IntValue(n.Int64())
	}
	return d
}

// show writes a value as val reads it.
func show(v semantic.Value) string {
	switch v.Kind() {
	case semantic.Null:
		return "null"
	case semantic.Float:
		return v.String() + "f"
	}
	return v.String()
}

func lit(s string) semantic.Expr { return semantic.Lit{Value: val(s)} }

func TestBinary(t *testing.T) {
	ops := map[string]semantic.Op{}
	for op := semantic.Not; op <= semantic.Div; op++ {
		ops[op.String()] = op
	}
	for _, c := range []string{
		"1 + 2 = 3",
		"1.50 + 2.5 = 4.00",
		"0.1 + 0.2 = 0.3",
		"0.1f + 0.2f = 0.30000000000000004f",
		"1 + 2.5f = 3.5f",
		"9223372036854775807 + 1 = 9223372036854775808",
		"9223372036854775807 * 9223372036854775807 = 85070591730234615847396907784232501249",
		"1.10 - 3 = -1.90",
		"1.5 * 1.5 = 2.25",
		"-0.01 * 0.1 = -0.001",
		"7 / 2 = 3.5f",
		"1.00 / 0 = null",
		"1 / 0.0f = null",
		"null + 1 = null",
		"1 - null = null",
		"null / 0 = null",
		"a + 1 = error",
		"2026-01-01 - 2025-01-01 = error",
		"1.0 = 1 = true",
		"1 = 1.0f = true",
		"0.1 = 0.1f = false",
		"0.30 > 0.3 = false",
		"9007199254740993 > 9007199254740992f = true",
		"null = null = null",
		"null != 1 = null",
		"a < b = true",
		"A < a = true",
		"1 < a = error",
		"true > false = true",
		"2026-01-01 <= 2026-01-01 = true",
		"true and null = null",
		"false and null = false",
		"null and false = false",
		"null or true = true",
		"null or false = null",
		"null or null = null",
		"true and false = false",
		"false or true = true",
		"1 and true = error",
	} {
		f := strings.Fields(c)
		at := len(f) - 2
		want := f[at+1]
		v, err := evaluate(semantic.Binary{Op: ops[f[1]], L: lit(f[0]), R: lit(f[2])}, cells{})
		got := show(v)
		if err != nil {
			got = "error"
		}
		if got != want {
			t.Errorf("%s: got %s (%v)", c, got, err)
		}
	}
}

func TestCalls(t *testing.T) {
	for _, c := range []string{
		"round 2.345 2 = 2.35", "round -2.345 2 = -2.35", "round 2.345 0 = 2", "round 2.5 = 3", "round -2.5 = -3",
		"round 1250 -2 = 1300", "round 1.5 4 = 1.5", "round 0.125f 2 = 0.13f", "round null 1 = null", "round 1.5 null = null",
		"round x 1 = error", "round 1 99999999999 = 1", "round 123 -99999999999 = 0", "round 1e300f 76 = 1e+300f",
		"floor -1.5 = -2", "floor 1.5 = 1", "floor -1.5f = -2f", "floor null = null", "ceil -1.5 = -1", "ceil 1.01 = 2", "ceil 3 = 3",
		"ceil 1.2f = 2f", "ceil x = error", "abs -1.50 = 1.50", "abs 2 = 2", "abs -2f = 2f", "abs null = null", "abs true = error",
		"coalesce null null 3 = 3", "coalesce null = null", "nullif 1 1.0 = null", "nullif 1 2 = 1", "nullif null 1 = null",
		"least 3 1.5 2 = 1.5", "greatest 3 null = null", "greatest a b = b", "least 1 a = error",
		"lower ABC = abc", "upper abc = ABC", "lower 1 = error", "length 上海abc = 5", "length null = null", "length 1 = error",
		"days_between 2026-01-31 2026-03-01 = 29", "days_between 2026-03-01 2026-01-31 = -29", "days_between 2026-01-01 x = error",
		"days_between 0001-01-01 9999-12-31 = 3652058", "days_between null 2026-01-01 = null",
		"round = error", "sum 1 = error", "median 1 = error", "nullif 1 = error",
	} {
		f := strings.Fields(c)
		at := len(f) - 2
		call := semantic.Call{Func: f[0]}
		for _, a := range f[1:at] {
			call.Args = append(call.Args, lit(a))
		}
		v, err := evaluate(call, cells{})
		got := show(v)
		if err != nil {
			got = "error"
		}
		if got != f[at+1] {
			t.Errorf("%s: got %s (%v)", c, got, err)
		}
	}
}

func TestConditions(t *testing.T) {
	slot, key := semantic.Slot{Index: 0}, semantic.KeyRef{Index: 0}
	list := func(values ...string) []semantic.Expr {
		var all []semantic.Expr
		for _, v := range values {
			all = append(all, lit(v))
		}
		return all
	}
	for _, c := range []struct {
		name  string
		e     semantic.Expr
		value string // of the slot and of the key
		want  string
	}{
		{"in", semantic.In{X: slot, List: list("1", "2")}, "2.0", "true"},
		{"in with null", semantic.In{X: slot, List: list("1", "null")}, "2", "null"},
		{"in with null, found", semantic.In{X: slot, List: list("null", "2")}, "2", "true"},
		{"not in with null", semantic.In{X: slot, List: list("1", "null"), Not: true}, "2", "null"},
		{"not in", semantic.In{X: slot, List: list("1", "3"), Not: true}, "2", "true"},
		{"null in", semantic.In{X: slot, List: list("1")}, "null", "null"},
		{"in nothing", semantic.In{X: slot}, "null", "false"},
		{"between", semantic.Between{X: slot, Lo: lit("1"), Hi: lit("3")}, "3", "true"},
		{"between with null decided", semantic.Between{X: slot, Lo: lit("null"), Hi: lit("3")}, "4", "false"},
		{"between with null open", semantic.Between{X: slot, Lo: lit("null"), Hi: lit("3")}, "2", "null"},
		{"not between", semantic.Between{X: slot, Lo: lit("1"), Hi: lit("3"), Not: true}, "4", "true"},
		{"is null", semantic.IsNull{X: key}, "null", "true"},
		{"is not null", semantic.IsNull{X: key, Not: true}, "null", "false"},
		{"contains", semantic.Match{X: key, How: semantic.Contains, Pattern: "aB"}, "xAby", "true"},
		{"contains a wildcard", semantic.Match{X: key, How: semantic.Contains, Pattern: "%"}, "xAby", "false"},
		{"starts", semantic.Match{X: key, How: semantic.Starts, Pattern: "上"}, "上海", "true"},
		{"ends not", semantic.Match{X: key, How: semantic.Ends, Pattern: "上", Not: true}, "上海", "true"},
		{"contains in null", semantic.Match{X: key, How: semantic.Contains, Pattern: "", Not: true}, "null", "null"},
		{"contains in number", semantic.Match{X: key, How: semantic.Contains}, "1", "error"},
		{"not null", semantic.Unary{Op: semantic.Not, X: key}, "null", "null"},
		{"not 1", semantic.Unary{Op: semantic.Not, X: key}, "1", "error"},
		{"minus", semantic.Unary{Op: semantic.Negate, X: key}, "-1.50", "1.50"},
		{"minus text", semantic.Unary{Op: semantic.Negate, X: key}, "a", "error"},
		{"case", semantic.Case{Whens: []semantic.When{{If: lit("null"), Then: lit("no")}, {If: lit("true"), Then: slot}}}, "7", "7"},
		{"case without else", semantic.Case{Whens: []semantic.When{{If: lit("false"), Then: lit("no")}}}, "7", "null"},
		{"case else", semantic.Case{Else: lit("else")}, "7", "else"},
		{"slot out of reach", semantic.Slot{Index: 1}, "7", "error"},
		{"name", semantic.Name{Path: []string{"x"}}, "7", "error"},
	} {
		row := cells{slots: []semantic.Value{val(c.value)}, keys: []semantic.Value{val(c.value)}}
		v, err := evaluate(c.e, row)
		got := show(v)
		if err != nil {
			got = "error"
		}
		if got != c.want {
			t.Errorf("%s of %s: got %s (%v); want %s", c.name, c.value, got, err, c.want)
		}
	}
}

func TestCastLosesNoDigit(t *testing.T) {
	decimal2 := semantic.ColumnType{Kind: semantic.Decimal, Scale: 2}
	for _, c := range []struct {
		in   string
		t    semantic.ColumnType
		want string
	}{
		{"1.5", decimal2, "1.50"}, {"1.500", decimal2, "1.50"}, {"1.505", decimal2, "1.505"}, {"7", decimal2, "7.00"}, {"2.5f", decimal2, "2.5f"},
		{"1.5", semantic.ColumnType{Kind: semantic.Float}, "1.5f"}, {"7", semantic.ColumnType{Kind: semantic.Float}, "7f"},
		{"7.00", semantic.ColumnType{Kind: semantic.Int}, "7"}, {"7.01", semantic.ColumnType{Kind: semantic.Int}, "7.01"},
		{"null", decimal2, "null"}, {"x", decimal2, "x"},
	} {
		if got := show(cast(val(c.in), c.t)); got != c.want {
			t.Errorf("cast %s to %v: %s; want %s", c.in, c.t.Kind, got, c.want)
		}
	}
}

func TestDecode(t *testing.T) {
	kind := func(k semantic.Kind) semantic.ColumnType { return semantic.ColumnType{Kind: k, Scale: 2} }
	for _, c := range []struct {
		t    semantic.Kind
		raw  any
		want string
	}{
		{semantic.Int, nil, "null"},
		{semantic.Int, int64(-5), "-5"},
		{semantic.Int, 3.0, "3"},
		{semantic.Int, 3.5, "error"},
		{semantic.Int, 1e17, "error"},
		{semantic.Int, math.NaN(), "error"},
		{semantic.Int, "12", "12"},
		{semantic.Int, "N/A", "error"},
		{semantic.Decimal, int64(12345), "123.45"},
		{semantic.Decimal, int64(math.MinInt64), "-92233720368547758.08"},
		{semantic.Decimal, "0.10", "0.10"},
		{semantic.Decimal, []byte("99999999999999999999.99"), "99999999999999999999.99"},
		{semantic.Decimal, 1.5, "error"},
		{semantic.Float, int64(2), "2f"},
		{semantic.Float, math.Inf(1), "null"},
		{semantic.Float, "2", "error"},
		{semantic.Text, "上海", "上海"},
		{semantic.Text, int64(1001), "1001"},
		{semantic.Text, []byte("a\xffb"), "a\uFFFDb"},
		{semantic.Bool, int64(1), "true"},
		{semantic.Bool, false, "false"},
		{semantic.Bool, int64(2), "error"},
		{semantic.Date, "2026-01-31", "2026-01-31"},
		{semantic.Date, "2026-01-31 00:00:00", "2026-01-31"},
		{semantic.Date, "2026-01-31 00:00:01", "error"},
		{semantic.Date, "soon", "error"},
		{semantic.Date, time.Date(2026, 1, 31, 0, 0, 0, 0, time.FixedZone("", 8*3600)), "2026-01-31"},
		{semantic.Timestamp, "2026-01-31 23:59:59", "2026-01-31 23:59:59"},
		{semantic.Timestamp, "2026-01-31T23:59:59.5Z", "2026-01-31 23:59:59.500000"},
		{semantic.Timestamp, "2026-01-31", "2026-01-31 00:00:00"},
		{semantic.Timestamp, int64(5), "error"},
	} {
		v, err := decode(kind(c.t), c.raw)
		got := show(v)
		if err != nil {
			got = "error"
		}
		if got != c.want {
			t.Errorf("%v of %v: got %s (%v); want %s", c.t, c.raw, got, err, c.want)
		}
	}
}

// FuzzArithmetic holds exact arithmetic against math/big, and every operation
// to not panicking.
func FuzzArithmetic(f *testing.F) {
	f.Add(int64(1), uint8(2), int64(-3), uint8(0), 1.5)
	f.Add(int64(math.MinInt64), uint8(38), int64(math.MaxInt64), uint8(7), math.MaxFloat64)
	f.Fuzz(func(t *testing.T, n int64, scaleN uint8, m int64, scaleM uint8, x float64) {
		a, b := semantic.DecimalValue(n, scaleN%39), semantic.DecimalValue(m, scaleM%39)
		sum, err := add(a, b)
		if err != nil {
			t.Fatal(err)
		}
		product, err := multiply(a, b)
		if err != nil {
			t.Fatal(err)
		}
		if want := new(big.Rat).Add(rat(t, a), rat(t, b)); rat(t, sum).Cmp(want) != 0 {
			t.Errorf("%v + %v = %v", a, b, sum)
		}
		if want := new(big.Rat).Mul(rat(t, a), rat(t, b)); rat(t, product).Cmp(want) != 0 {
			t.Errorf("%v * %v = %v", a, b, product)
		}
		back, err := subtract(sum, b)
		if err != nil || rat(t, back).Cmp(rat(t, a)) != 0 {
			t.Errorf("%v + %v - %v = %v, %v", a, b, b, back, err)
		}
		for _, v := range []semantic.Value{a, b, sum, product, semantic.FloatValue(x), semantic.IntValue(n)} {
			down, err1 := floor(v)
			up, err2 := ceil(v)
			near, err3 := round(v, int(scaleM)-40)
			if err1 != nil || err2 != nil || err3 != nil || near.IsNull() != v.IsNull() {
				t.Errorf("%v: %v %v %v %v", v, near, err1, err2, err3)
			}
			if !v.IsNull() && (order(t, down, v) > 0 || order(t, v, up) > 0) {
				t.Errorf("%v is not between %v and %v", v, down, up)
			}
		}
	})
}

func rat(t *testing.T, v semantic.Value) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(v.String())
	if !ok {
		t.Fatalf("%v is no number", v)
	}
	return r
}

func order(t *testing.T, a, b semantic.Value) int {
	t.Helper()
	n, err := a.Compare(b)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
