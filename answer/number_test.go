package answer

import (
	"bufio"
	"bytes"
	"io"
	"math/big"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"wenshu/semantic"
)

func number(t *testing.T, s string) semantic.Value {
	t.Helper()
	if s == "null" {
		return semantic.NullValue
	}
	d, ok := parseDecimal(s)
	if !ok {
		t.Fatalf("not a number: %q", s)
	}
	if d.scale < 0 {
		d = decimal{new(big.Int).Mul(d.int(), pow10(-d.scale)), 0}
	}
	return semantic.BigDecimal(d.int(), uint8(d.scale))
}

func TestNumbersOfTheTable(t *testing.T) {
	zh, tw, en := NumbersFor("zh-CN"), NumbersFor("zh-TW"), NumbersFor("en-US")
	cases := []struct{ value, zhShort, zh, en, zhMoney string }{
		{"1234", "1234", "1234", "1.23K", "¥1,234.00"},
		{"9999.5", "1万", "9999.5", "10K", "¥9,999.50"},
		{"12345", "1.2万", "1.23万", "12.35K", "¥12,345.00"},
		{"1234567", "123万", "123.46万", "1.23M", "¥1,234,567.00"},
		{"99995000", "1亿", "9999.5万", "100M", "¥99,995,000.00"},
		{"99999999", "1亿", "1亿", "100M", "¥99,999,999.00"},
		{"123456789", "1.2亿", "1.23亿", "123.46M", "¥123,456,789.00"},
		{"999999999999", "1万亿", "1万亿", "1T", "¥999,999,999,999.00"},
		{"1e16", "10,000万亿", "10,000万亿", "10,000T", "¥10,000,000,000,000,000.00"},
		{"-12345678", "-1235万", "-1234.57万", "-12.35M", "-¥12,345,678.00"},
		{"0", "0", "0", "0", "¥0.00"},
		{"-0.004", "-0.004", "0", "0", "¥0.00"},
		{"null", "—", "—", "—", "—"},
	}
	for _, c := range cases {
		v := number(t, c.value)
		got := [...]string{zh.Compact(v, ShortDigits), zh.Compact(v, 2), en.Compact(v, 2), zh.Money(v, "CNY", -1)}
		want := [...]string{c.zhShort, c.zh, c.en, c.zhMoney}
		if got != want {
			t.Errorf("%s: %q, want %q", c.value, got, want)
		}
	}
	v := number(t, "123456789")
	if got := tw.Compact(v, 2) + " " + tw.CompactMoney(v, "TWD", 2); got != "1.23億 $1.23億" {
		t.Errorf("zh-TW: %s", got)
	}
}

func TestNumbersInOtherForms(t *testing.T) {
	zh, en := NumbersFor("zh"), NumbersFor("en")
	half := number(t, "0.12345")
	cases := []struct{ got, want string }{
		{zh.Percent(half, 1), "12.3%"},
		{en.Percent(number(t, "-0.5"), 1), "-50.0%"},
		{zh.Points(number(t, "0.021"), 1), "2.1个百分点"},
		{en.Points(number(t, "-0.021"), 1), "-2.1 pp"},
		{NumbersFor("zh_Hant").Points(number(t, "0.021"), 1), "2.1個百分點"},
		{en.Full(number(t, "1234567.005"), 2), "1,234,567.01"},
		{en.Full(number(t, "-2.5"), 0), "-3"},
		{en.Full(semantic.FloatValue(1.005), 2), "1.01"},
		{en.AtMost(number(t, "1200.500"), 2), "1,200.5"},
		{en.Exact(number(t, "1234567890123456789012.3400")), "1,234,567,890,123,456,789,012.3400"},
		{en.Exact(semantic.FloatValue(1e21)), "1,000,000,000,000,000,000,000"},
		{en.Exact(semantic.TextValue("x")), "x"},
		{en.Money(number(t, "-1234.5"), "JPY", -1), "-¥1,235"},
		{en.Money(number(t, "-1234.5"), "XAU", -1), "-XAU\u00a01,234.50"},
		{en.CompactMoney(number(t, "12345"), "CNY", 2), "CN¥12.35K"},
		{zh.CompactMoney(number(t, "-99999999"), "CNY", 2), "-¥1亿"},
		{zh.Compact(number(t, "0.05"), ShortDigits), "0.05"},
		{zh.Compact(number(t, "9.95"), ShortDigits), "10"},
		{zh.Percent(semantic.NullValue, 1), "—"},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// TestNumbersAgreeWithICU compares with lines that ICU wrote.
func TestNumbersAgreeWithICU(t *testing.T) {
	f, err := os.Open("testdata/icu.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if lines := agreeWithICU(t, f); lines < 1500 {
		t.Errorf("only %d lines", lines)
	}
}

// TestRandomNumbersAgreeWithICU has Node, which carries ICU, write 10,000 random
// values in three locales.
func TestRandomNumbersAgreeWithICU(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("node is not installed")
		}
		t.Skip("node is not installed")
	}
	const values = 10000
	out, err := exec.CommandContext(t.Context(), node, "testdata/icu.mjs", strconv.Itoa(values), "20261127").Output()
	if err != nil {
		t.Fatal(err)
	}
	if lines := agreeWithICU(t, bytes.NewReader(out)); lines != 3*values {
		t.Errorf("%d lines", lines)
	}
}

// agreeWithICU compares with lines of locale, value, compact, compact with two
// digits, full with two digits, CNY, percent with one, and returns how many.
func agreeWithICU(t *testing.T, r io.Reader) int {
	t.Helper()
	scan, lines := bufio.NewScanner(r), 0
	for scan.Scan() {
		c := strings.Split(scan.Text(), "\t")
		if len(c) != 7 {
			t.Fatalf("line %d has %d columns", lines+1, len(c))
		}
		n, v := NumbersFor(c[0]), number(t, c[1])
		got := []string{n.Compact(v, ShortDigits), n.Compact(v, 2), n.Full(v, 2), n.Money(v, "CNY", -1), n.Percent(v, 1)}
		for i, want := range c[2:] {
			if strings.TrimPrefix(want, "-") == strings.TrimPrefix(got[i], "-") && strings.Trim(want, "-¥CN0.%") == "" {
				continue // ICU keeps the sign of what rounds to zero; we show 0
			}
			if got[i] != want {
				t.Errorf("%s %s: form %d is %q, ICU writes %q", c[0], c[1], i, got[i], want)
			}
		}
		lines++
	}
	if err := scan.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

// readBack reads what Compact writes.
func readBack(t *testing.T, n Numbers, s string) decimal {
	t.Helper()
	u := unit{}
	for _, c := range n.locale.units {
		if strings.HasSuffix(s, c.text) {
			u = c
			break
		}
	}
	d, ok := parseDecimal(strings.ReplaceAll(strings.TrimSuffix(s, u.text), ",", ""))
	if !ok {
		t.Fatalf("cannot read %q", s)
	}
	return d.shift(u.power)
}

// TestNumbersReadBack holds compact numbers to half a unit of the last digit
// that two decimals can show.
func TestNumbersReadBack(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		d := decimal{big.NewInt(rnd.Int64() >> rnd.IntN(60)), rnd.IntN(5)}
		if rnd.IntN(2) == 0 {
			d = d.neg()
		}
		for _, n := range []Numbers{{zhCN}, {zhTW}, {enUS}} {
			text := n.Compact(semantic.BigDecimal(d.int(), uint8(d.scale)), 2)
			back := readBack(t, n, text)
			u := n.unitFor(back.magnitude())
			if off, half := distance(d, back), (decimal{big.NewInt(5), 3}).shift(u.power); less(half, off) {
				t.Fatalf("%s is written %s, which is %s away", d, text, off)
			}
		}
	}
}

func distance(a, b decimal) decimal {
	scale := max(a.scale, b.scale)
	x, y := new(big.Int).Mul(a.int(), pow10(scale-a.scale)), new(big.Int).Mul(b.int(), pow10(scale-b.scale))
	return decimal{x.Abs(x.Sub(x, y)), scale}
}

func less(a, b decimal) bool {
	scale := max(a.scale, b.scale)
	x, y := new(big.Int).Mul(a.int(), pow10(scale-a.scale)), new(big.Int).Mul(b.int(), pow10(scale-b.scale))
	return x.Cmp(y) < 0
}
