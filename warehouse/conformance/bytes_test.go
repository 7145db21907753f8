package conformance

import (
	"testing"

	"wenshu/semantic"
)

// TestTextsAreBytes holds that texts are equal, group, count and sort by their
// bytes, whatever collation the engine has.
func TestTextsAreBytes(t *testing.T) { onEngines(t, testTextsAreBytes) }

func testTextsAreBytes(t *testing.T, e testEngine) {
	sources := e.sources(t, `CREATE TABLE words (id INTEGER PRIMARY KEY, w TEXT, n INTEGER);
		INSERT INTO words VALUES (1, 'b', 1), (2, 'a', 2), (3, 'A', 4), (4, 'á', 8), (5, 'a_', 16), (6, 'ａ', 32), (7, '_', 64), (8, '', 128), (9, NULL, 256)`, "w", "v")
	w := column(0, "w", textType)
	branch := func(keys []semantic.Expr, ms ...semantic.Measure) semantic.Branch {
		return semantic.Branch{Scans: []semantic.Scan{home("words", "id w n")}, Keys: keys, Measures: ms}
	}
	sum := measure("sum", column(0, "n", intType), intType)
	for _, c := range []struct {
		name string
		plan *semantic.Plan
		want string
	}{
		{"group", simple(keyed(textType), branch(exprs(w), sum)), "|128 A|4 _|64 a|2 a_|16 b|1 á|8 ａ|32 -|256"},
		{"equal", where(simple(nil, branch(nil, sum)), op(w, semantic.Eq, lit("a"))), "2"},
		{"not equal", where(simple(nil, branch(nil, sum)), op(w, semantic.Ne, lit("a"))), "509"},
		{"in", where(simple(nil, branch(nil, sum)), semantic.In{X: w, List: exprs(lit("A"), lit("á"))}), "12"},
		{"before", where(simple(nil, branch(nil, sum)), op(w, semantic.Lt, lit("a"))), "196"},
		{"between", where(simple(nil, branch(nil, sum)), semantic.Between{X: w, Lo: lit("A"), Hi: lit("a")}), "70"},
		{"distinct", simple(nil, branch(nil, measure("count_distinct", w, intType))), "8"},
		{"least and greatest", simple(nil, branch(nil, measure("min", w, textType), measure("max", w, textType))), "|ａ"},
		{"contains", where(simple(nil, branch(nil, sum)), semantic.Match{X: w, Pattern: "A"}), "22"},
		{"lower", where(simple(nil, branch(nil, sum)), op(semantic.Call{Func: "lower", Args: exprs(w)}, semantic.Eq, lit("a"))), "6"},
		{"descending", descending(where(simple(keyed(textType), branch(exprs(w), sum)), op(column(0, "n", intType), semantic.Lt, lit(5)))), "b|1 a|2 A|4"},
		{"length", simple(keyed(intType), branch(exprs(semantic.Call{Func: "length", Args: exprs(w)}), sum)), "0|128 1|111 2|16 -|256"},
	} {
		if got := rowsOf(t, sources, c.plan); !same(got, c.want, false) {
			t.Errorf("%s: rows %q, want %s", c.name, got, c.want)
		}
		if got := rowsOf(t, sources, inTwoSources(c.plan)); !same(got, c.want, false) {
			t.Errorf("%s, finished in memory: rows %q, want %s", c.name, got, c.want)
		}
	}
}
