package answer

import (
	"strconv"
	"strings"

	"wenshu/semantic"
)

// Numbers writes numbers as one language does, by the rules of CLDR: halves
// round away from zero, units are chosen after rounding, digits are grouped in
// threes, null is — and zero is 0. Values keep every digit up to the rounding
// that is asked for. It is safe for concurrent use.
type Numbers struct{ locale *locale }

// NumbersFor returns the numbers of a language: zh-TW, zh-HK and zh-Hant for
// traditional Chinese, other zh for simplified Chinese, anything else English.
func NumbersFor(lang string) Numbers { return Numbers{localeOf(lang)} }

// NullText stands for a value that is not there.
const NullText = "—"

// locale is what differs between the languages.
type locale struct {
	units   []unit            // largest first
	symbols map[string]string // currency symbols by ISO 4217 code
	points  string            // behind a difference of percentages
	scales  map[int64]string  // what stands behind a number in so many
}

// unit is a compact unit: 万 stands for 10^4.
type unit struct {
	power int
	text  string
}

var (
	zhCN = &locale{
		units: []unit{{12, "万亿"}, {8, "亿"}, {4, "万"}},
		symbols: map[string]string{
			"CNY": "¥", "USD": "US$", "EUR": "€", "JPY": "JP¥", "HKD": "HK$", "TWD": "NT$", "GBP": "£",
			"KRW": "₩", "AUD": "AU$", "CAD": "CA$", "INR": "₹", "VND": "₫",
		},
		points: "个百分点",
		scales: map[int64]string{1e3: "千", 1e4: "万", 1e6: "百万", 1e8: "亿", 1e9: "十亿"},
	}
	zhTW = &locale{
		units: []unit{{12, "兆"}, {8, "億"}, {4, "萬"}},
		symbols: map[string]string{
			"CNY": "CN¥", "USD": "US$", "EUR": "€", "JPY": "¥", "HKD": "HK$", "TWD": "$", "GBP": "£",
			"KRW": "￦", "AUD": "AU$", "CAD": "CA$", "INR": "₹", "VND": "₫",
		},
		points: "個百分點",
		scales: map[int64]string{1e3: "千", 1e4: "萬", 1e6: "百萬", 1e8: "億", 1e9: "十億"},
	}
	enUS = &locale{
		units: []unit{{12, "T"}, {9, "B"}, {6, "M"}, {3, "K"}},
		symbols: map[string]string{
			"CNY": "CN¥", "USD": "$", "EUR": "€", "JPY": "¥", "HKD": "HK$", "TWD": "NT$", "GBP": "£",
			"KRW": "₩", "AUD": "A$", "CAD": "CA$", "INR": "₹", "VND": "₫",
		},
		points: " pp",
		scales: map[int64]string{1e3: "K", 1e4: " ×10K", 1e6: "M", 1e8: " ×100M", 1e9: "B"},
	}
)

// localeOf returns the locale of a BCP 47 tag.
func localeOf(lang string) *locale {
	l := strings.ToLower(strings.ReplaceAll(lang, "_", "-"))
	switch {
	case strings.HasPrefix(l, "zh-tw"), strings.HasPrefix(l, "zh-hk"), strings.HasPrefix(l, "zh-mo"), strings.HasPrefix(l, "zh-hant"):
		return zhTW
	case l == "zh", strings.HasPrefix(l, "zh-"):
		return zhCN
	}
	return enUS
}

// wholeCurrencies have no minor unit (ISO 4217).
var wholeCurrencies = map[string]bool{"JPY": true, "KRW": true, "VND": true, "CLP": true, "ISK": true, "UGX": true, "XAF": true, "XOF": true}

// isCurrency reports whether a unit is an ISO 4217 code.
func isCurrency(unit string) bool {
	if len(unit) != 3 {
		return false
	}
	for i := range 3 {
		if unit[i] < 'A' || unit[i] > 'Z' {
			return false
		}
	}
	return true
}

// currencyDecimals is how many digits a currency shows behind the point.
func currencyDecimals(code string) int {
	if wholeCurrencies[code] {
		return 0
	}
	return 2
}

// Exact returns all digits of v, grouped; null is NullText, a value that is no
// number is written as data.
func (n Numbers) Exact(v semantic.Value) string {
	d, ok := decimalOf(v)
	if !ok {
		return plain(v)
	}
	return signed(d, grouped(d, 0, 1))
}

// Full returns v with exactly the given digits behind the point, grouped.
func (n Numbers) Full(v semantic.Value, decimals int) string {
	d, ok := decimalOf(v)
	if !ok {
		return plain(v)
	}
	d = d.round(decimals)
	return signed(d, grouped(d, decimals, 1))
}

// AtMost returns v with no more than the given digits behind the point, grouped,
// zeros at the end dropped.
func (n Numbers) AtMost(v semantic.Value, decimals int) string {
	d, ok := decimalOf(v)
	if !ok {
		return plain(v)
	}
	d = d.round(decimals).trim()
	return signed(d, grouped(d, 0, 1))
}

// ShortDigits asks Compact for CLDR's own choice of digits: two significant
// ones below 100 units, whole units above.
const ShortDigits = -1

// Compact returns v in 万 and 亿, or K, M, B and T, with at most the given
// digits behind the point, or ShortDigits. 99,999,999 with two digits is 1亿.
func (n Numbers) Compact(v semantic.Value, decimals int) string {
	d, ok := decimalOf(v)
	if !ok {
		return plain(v)
	}
	return signed(n.compact(d, decimals))
}

// compact returns the rounded number in its unit and the text without sign.
func (n Numbers) compact(d decimal, decimals int) (decimal, string) {
	u := n.unitFor(d.magnitude())
	r := roundShort(d.shift(-u.power), decimals)
	if promoted := n.unitFor(r.magnitude() + u.power); promoted != u {
		u = promoted
		r = roundShort(d.shift(-u.power), decimals)
	}
	r = r.trim()
	return r, grouped(r, 0, 2) + u.text
}

// unitFor is the largest unit that is not larger than 10^magnitude.
func (n Numbers) unitFor(magnitude int) unit {
	for _, u := range n.locale.units {
		if magnitude >= u.power {
			return u
		}
	}
	return unit{}
}

// roundShort rounds as compact notation does.
func roundShort(d decimal, decimals int) decimal {
	if decimals != ShortDigits {
		return d.round(decimals)
	}
	if m := d.magnitude(); m < 1 {
		return d.round(1 - m)
	}
	return d.round(0)
}

// Percent returns a ratio as a percentage with the given digits: 0.1234 is
// 12.3% with one.
func (n Numbers) Percent(v semantic.Value, decimals int) string {
	d, ok := decimalOf(v)
	if !ok {
		return plain(v)
	}
	d = d.shift(2).round(decimals)
	return signed(d, grouped(d, decimals, 1)+"%")
}

// Points returns the difference of two ratios in percentage points: 0.021 is
// 2.1个百分点 or 2.1 pp.
func (n Numbers) Points(v semantic.Value, decimals int) string {
	d, ok := decimalOf(v)
	if !ok {
		return plain(v)
	}
	d = d.shift(2).round(decimals)
	return signed(d, grouped(d, decimals, 1)+n.locale.points)
}

// Money returns an amount of a currency (an ISO 4217 code) with the given
// digits, or with the currency's own when decimals is negative.
func (n Numbers) Money(v semantic.Value, code string, decimals int) string {
	d, ok := decimalOf(v)
	if !ok {
		return plain(v)
	}
	if decimals < 0 {
		decimals = currencyDecimals(code)
	}
	d = d.round(decimals)
	return signed(d, n.symbol(code)+grouped(d, decimals, 1))
}

// Exactly returns an amount of a currency with the digits that it was said with.
func (n Numbers) Exactly(v semantic.Value, code string) string {
	d, ok := decimalOf(v)
	if !ok {
		return plain(v)
	}
	return signed(d, n.symbol(code)+grouped(d.trim(), 0, 1))
}

// CompactMoney returns an amount as Compact does, with the currency's symbol.
func (n Numbers) CompactMoney(v semantic.Value, code string, decimals int) string {
	d, ok := decimalOf(v)
	if !ok {
		return plain(v)
	}
	r, text := n.compact(d, decimals)
	return signed(r, n.symbol(code)+text)
}

// In returns a number in thousands, 万 or the like: two digits behind the point, or
// as many as leave two that count. currency is the code of an amount, "" for none.
func (n Numbers) In(v semantic.Value, scale int64, currency string) string {
	d, ok := decimalOf(v)
	if !ok {
		return plain(v)
	}
	power := len(strconv.FormatInt(scale, 10)) - 1
	decimals := 2
	if d = d.shift(-power); d.sign() != 0 && d.magnitude() < -1 {
		decimals = 1 - d.magnitude()
	}
	d = d.round(decimals)
	text := grouped(d, decimals, 1) + n.locale.scales[scale]
	if currency != "" {
		text = n.symbol(currency) + text
	}
	return signed(d, text)
}

// symbol is what stands before an amount; a code without a symbol keeps a
// no-break space behind it.
func (n Numbers) symbol(code string) string {
	if s, ok := n.locale.symbols[code]; ok {
		return s
	}
	return code + "\u00a0"
}

// plain is a value that is no number: null is —, others are data.
func plain(v semantic.Value) string {
	if v.IsNull() {
		return NullText
	}
	return v.String()
}

// signed puts the sign of d before a text. A value that rounds to zero has none.
func signed(d decimal, text string) string {
	if d.sign() < 0 {
		return "-" + text
	}
	return text
}

// grouped returns the digits without sign, in groups of three when the first
// group would have at least min digits.
func grouped(d decimal, decimals, min int) string {
	whole, frac := d.digits(decimals)
	var b strings.Builder
	if len(whole) < 3+min {
		b.WriteString(whole)
	} else {
		head := (len(whole)-1)%3 + 1
		b.WriteString(whole[:head])
		for i := head; i < len(whole); i += 3 {
			b.WriteByte(',')
			b.WriteString(whole[i : i+3])
		}
	}
	if frac != "" {
		b.WriteByte('.')
		b.WriteString(frac)
	}
	return b.String()
}
