package finish

import (
	"fmt"
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
		"null = null = false",
		"null != 1 = true",
		"1 != null = true",
		"null < 1 = false",
		"1 >= null = false",
		"a < b = true",
		"A < a = true",
		"1 < a = error",
		"true > false = true",
		"2026-01-01 <= 2026-01-01 = true",
		"true and null = false",
		"null or true = true",
		"null or false = false",
		"null or null = false",
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
		"seconds_between 2026-01-31 2026-02-01 = 86400", "seconds_between 2026-02-01 2026-01-31 = -86400", "seconds_between null 2026-01-01 = null", "seconds_between 2026-01-01 x = error",
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
		{"in with null", semantic.In{X: slot, List: list("1", "null")}, "2", "false"},
		{"in with null, found", semantic.In{X: slot, List: list("null", "2")}, "2", "true"},
		{"not in with null", semantic.In{X: slot, List: list("1", "null"), Not: true}, "2", "true"},
		{"not in", semantic.In{X: slot, List: list("1", "3"), Not: true}, "2", "true"},
		{"null in", semantic.In{X: slot, List: list("1", "null")}, "null", "false"},
		{"null not in", semantic.In{X: slot, List: list("1"), Not: true}, "null", "true"},
		{"in nothing", semantic.In{X: slot}, "null", "false"},
		{"between", semantic.Between{X: slot, Lo: lit("1"), Hi: lit("3")}, "3", "true"},
		{"between with null decided", semantic.Between{X: slot, Lo: lit("null"), Hi: lit("3")}, "4", "false"},
		{"between with null open", semantic.Between{X: slot, Lo: lit("null"), Hi: lit("3")}, "2", "false"},
		{"null not between", semantic.Between{X: slot, Lo: lit("1"), Hi: lit("3"), Not: true}, "null", "true"},
		{"not between", semantic.Between{X: slot, Lo: lit("1"), Hi: lit("3"), Not: true}, "4", "true"},
		{"is null", semantic.IsNull{X: key}, "null", "true"},
		{"is not null", semantic.IsNull{X: key, Not: true}, "null", "false"},
		{"contains", semantic.Match{X: key, How: semantic.Contains, Pattern: "aB"}, "xAby", "true"},
		{"contains a wildcard", semantic.Match{X: key, How: semantic.Contains, Pattern: "%"}, "xAby", "false"},
		{"starts", semantic.Match{X: key, How: semantic.Starts, Pattern: "上"}, "上海", "true"},
		{"ends not", semantic.Match{X: key, How: semantic.Ends, Pattern: "上", Not: true}, "上海", "true"},
		{"contains in null", semantic.Match{X: key, How: semantic.Contains, Pattern: "", Not: true}, "null", "true"},
		{"null contains", semantic.Match{X: key, How: semantic.Contains}, "null", "false"},
		{"contains in number", semantic.Match{X: key, How: semantic.Contains}, "1", "error"},
		{"not null", semantic.Unary{Op: semantic.Not, X: key}, "null", "true"},
		{"not less than null", semantic.Unary{Op: semantic.Not, X: semantic.Binary{Op: semantic.Lt, L: key, R: lit("1")}}, "null", "true"},
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
