package asktest

import (
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	s, err := Parse("x.ask", "# a comment\nuse shop\nnow 2026-07-15 10:00\nas ann region=华东,华南 role=finance\n\nask 上个月销售额\n  query revenue during month(-1)\n  rows\n    1  2\n    3  4\n\nsame 上月销售额\nthen 华东呢\n  period all\n")
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Steps) != 3 || s.Steps[0].Line != 6 || s.Steps[1].Command != "same" {
		t.Fatalf("%+v", s.Steps)
	}
	rows := s.Steps[0].Expect[1]
	if rows.Word != "rows" || !slices.Equal(rows.Block, []string{"1  2", "3  4"}) || rows.From != 7 || rows.To != 10 {
		t.Errorf("%+v", rows)
	}
	if got := s.Steps[2].Setting.Attr["region"]; !slices.Equal(got, []string{"华东", "华南"}) {
		t.Errorf("%v", got)
	}
}

func TestParseFailsAtItsPlace(t *testing.T) {
	cases := []struct{ text, want string }{
		{"ask x", "x.ask:1: no set is in use"},
		{"use shop\nsay x", `x.ask:2: no command is called "say"`},
		{"use shop\n  query x", "x.ask:2: an expectation of nothing"},
		{"use shop\nask x\n  quary y", `x.ask:3: no expectation is called "quary"`},
		{"now today", `x.ask:1: now: want 2006-01-02 15:04, found "today"`},
		{"as", "x.ask:1: as whom?"},
		{"as ann region", `x.ask:1: as: want attribute=value, found "region"`},
		{"use shop\nthen x", "x.ask:2: then follows no question"},
		{"use shop\nline", "x.ask:2: line what?"},
	}
	for _, c := range cases {
		if _, err := Parse("x.ask", c.text); err == nil || err.Error() != c.want {
			t.Errorf("%q: %v, want %s", c.text, err, c.want)
		}
	}
}

func TestParaphrases(t *testing.T) {
	got := Paraphrases("近7天 GMV前3名")
	want := []string{"近７天 ＧＭＶ前３名", " 近 7 天  GMV 前 3 名  ", "请问近7天 GMV前3名", "please 近7天 GMV前3名"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Paraphrases("revenue"); got[3] != "please revenue" {
		t.Errorf("%q", got)
	}
	if got := Paraphrases(""); got != nil {
		t.Errorf("%q", got)
	}
}

func TestRowsMeetByValue(t *testing.T) {
	cases := []struct {
		want, got string
		same      bool
	}{
		{"江苏  1280.00", "江苏|1280", true}, {"江苏  1280.01", "江苏|1280", false}, {"—", "—", true}, {"0", "—", false},
		{"0.333333333", "0.33333333333333", true}, {"0.3333", "0.33333333333333", false}, {"a b  1", "a b|1", true},
	}
	for _, c := range cases {
		if got := sameRow(gap.Split(c.want, -1), strings.Split(c.got, "|")); got != c.same {
			t.Errorf("%q and %q: %v", c.want, c.got, got)
		}
	}
}

func TestRewrittenKeepsTheRest(t *testing.T) {
	text := "use shop\nask x\n  query a\n  rows\n    1\n    2\n# end\n"
	s, err := Parse("x.ask", text)
	if err != nil {
		t.Fatal(err)
	}
	got := rewritten(s, map[int][]string{3: {"  rows", "    9"}})
	if want := "use shop\nask x\n  query a\n  rows\n    9\n# end\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := rewritten(s, nil); got != text {
		t.Errorf("%q", got)
	}
}
