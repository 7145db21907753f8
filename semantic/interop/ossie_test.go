package interop

import (
	"strings"
	"testing"
)

// TestOssieRoundTrip imports Ossie, exports the model and imports it again: what
// Ossie can say comes back, word for word.
func TestOssieRoundTrip(t *testing.T) {
	first, err := Import("ossie", sample(t, "ossie"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	out, err := Export("ossie", first.Files)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Import("ossie", out.Files, Options{})
	if err != nil {
		t.Fatal(err)
	}
	loads(t, second.Files)
	if a, b := shown(first.Files), shown(second.Files); a != b {
		t.Errorf("first\n%s\nthen\n%s\nsecond\n%s", a, shown(out.Files), b)
	}
	for _, n := range second.Notes {
		if n.Lost {
			t.Errorf("lost on the way back: %v", n)
		}
	}
}

// TestOssieKeepsTruth says in SQL what conditions of two truth values mean, and
// reads it back as the same condition.
func TestOssieKeepsTruth(t *testing.T) {
	cases := []struct{ where, sql string }{
		{`t.a = "x"`, `t.a = 'x'`},
		{`t.a != "x"`, `(t.a <> 'x' OR t.a IS NULL)`},
		{`not t.n < 3`, `(t.n >= 3 OR t.n IS NULL)`},
		{`t.a in ("x", "it's")`, `t.a IN ('x', 'it''s')`},
		{`t.a not in ("x", "y")`, `(t.a NOT IN ('x', 'y') OR t.a IS NULL)`},
		{`not (t.a = "x" and t.n >= 3)`, `(t.a <> 'x' OR t.a IS NULL) OR (t.n < 3 OR t.n IS NULL)`},
		{`not (t.n is null or t.ok)`, `t.n IS NOT NULL AND (t.ok <> TRUE OR t.ok IS NULL)`},
		{`t.n between 1 and 2 or t.born >= @2026-03-01`, `t.n BETWEEN 1 AND 2 OR t.born >= DATE '2026-03-01'`},
		{`t.a contains "%"`, ""},
		{`t.a starts "上"`, `t.a LIKE '上%'`},
		{`t.a starts "ab"`, ""},
		{`t.born during month(0)`, ""},
	}
	for _, c := range cases {
		files := map[string][]byte{"m.yaml": []byte("model: {name: m}\ntables:\n  t: {key: id, dimensions: {id: {type: int}, a: , n: {type: int}, ok: {type: bool}, born: {type: date}}}\n" +
			"metrics: {m: {expr: sum(t.n), where: '" + strings.ReplaceAll(c.where, "'", "''") + "'}}\n")}
		out, err := Export("ossie", files)
		if err != nil {
			t.Fatalf("%s: %v", c.where, err)
		}
		text := strings.ReplaceAll(string(out.Files["ossie.yaml"]), `\"`, `"`)
		want := "SUM(CASE WHEN " + c.sql + " THEN t.n END)"
		if said := strings.Contains(text, want); said != (c.sql != "") {
			t.Errorf("%s: want %s\n%s", c.where, want, text)
		}
		in, err := Import("ossie", out.Files, Options{})
		if err != nil {
			t.Fatalf("%s: %v", c.where, err)
		}
		if m := loads(t, in.Files); len(m.Metrics) != 1 || m.Metrics[0].Where == nil {
			t.Errorf("%s: %s", c.where, shown(in.Files))
		}
	}
}
