package nlq

import (
	"strings"
	"testing"
)

func TestTextTokens(t *testing.T) {
	cases := []struct{ typed, want string }{
		{"上个月GMV", "上 个 月 gmv"},
		{"ＧＭＶ　１２３", "gmv 123"},
		{"銷售額", "销 售 额"},
		{"year-over-year", "year over year"},
		{"order_id", "order id"},
		{"7-day", "7 day"},
		{"2026-06-01", "2026 - 06 - 01"},
		{"Q1 5k", "q 1 5 k"},
		{"what's", "what ' s"},
		{"Café\u0301 Cafe\u0301", "café\u0301 café"},
		{"a\xffb", "a \ufffd b"},
		{"“华东”，上海", "\" 华 东 \" , 上 海"},
		{" \t", ""},
		{"a\n b", "a \n b"},
		{"①二", "1 二"},
	}
	for _, c := range cases {
		if got := strings.Join(NewText(c.typed).Norms(), " "); got != c.want {
			t.Errorf("%q is cut into %q, want %q", c.typed, got, c.want)
		}
	}
}

func TestTextSpansAreBytesAsTyped(t *testing.T) {
	text := NewText("看 ＧＭＶ year-over-year")
	for i, want := range []string{"看", "ＧＭＶ", "year", "over", "year"} {
		if got := text.Said(i, i+1); got != want {
			t.Errorf("token %d is %q, want %q", i, got, want)
		}
	}
	if got := text.Said(2, 5); got != "year-over-year" {
		t.Errorf("tokens 2 to 5 are %q", got)
	}
}

func TestDigits(t *testing.T) {
	cases := []struct {
		typed, want string
		end         int
	}{
		{"1,200.5 x", "1200.5", 5},
		{"１２", "12", 1},
		{"12,34", "12", 1},
		{"1,200,300", "1200300", 5},
		{"3.", "3", 1},
		{"0,200", "0", 1},
	}
	for _, c := range cases {
		v, end, ok := Digits(NewText(c.typed), 0)
		if !ok || v.String() != c.want || end != c.end {
			t.Errorf("%q reads as %s up to %d, want %s up to %d", c.typed, v, end, c.want, c.end)
		}
	}
	if _, _, ok := Digits(NewText("x"), 0); ok {
		t.Error("letters read as digits")
	}
}
