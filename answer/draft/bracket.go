package draft

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// openings and closings are the brackets that a unit stands in behind a name.
const (
	openings = "(（[【"
	closings = ")）]】"
)

// bracketed parts a name from what it closes with in brackets: 均价（元/平米）.
func bracketed(name string) (front, inside string) {
	trimmed := strings.TrimSpace(name)
	if !strings.ContainsFunc(trimmed, func(r rune) bool { return strings.ContainsRune(closings, r) }) {
		return name, ""
	}
	at := strings.IndexAny(trimmed, openings)
	if at <= 0 {
		return name, ""
	}
	inside = strings.TrimSpace(strings.Trim(trimmed[at:], openings+closings+" "))
	front = strings.TrimSpace(trimmed[:at])
	if front == "" || inside == "" || strings.ContainsAny(inside, openings+closings) || !strings.ContainsAny(trimmed[len(trimmed)-3:], closings) {
		return name, ""
	}
	return front, inside
}

// plainColumn is the name of a column without the unit that it closes with; the
// whole of it where another column is called so, 最高价（含税） beside 最高价.
func plainColumn(name string, all []string) (front, unit string) {
	front, unit = bracketed(name)
	if unit == "" {
		return name, ""
	}
	alike := func(other string) bool {
		plain, _ := bracketed(other)
		return other != name && strings.EqualFold(plain, front)
	}
	if slices.ContainsFunc(all, alike) {
		return name, ""
	}
	return front, unit
}

// sizeEnds close the Latin names of numbers with their size in Chinese, by what is money
// in it.
var sizeEnds = map[string]string{"_wan": "万", "_wanyuan": "万元", "_yi": "亿", "_yiyuan": "亿元"}

// sized is the name of a number without the size that it closes with, 亿 of revenue_yi,
// and that size, of yuan where the name says money; "" for none.
func (c *column) sized() (front, size string) {
	if k := c.schema.Type.Kind; k != semantic.Int && k != semantic.Float && k != semantic.Decimal {
		return c.plain, ""
	}
	for end, size := range sizeEnds {
		front, ok := strings.CutSuffix(strings.ToLower(c.plain), end)
		if !ok || front == "" {
			continue
		}
		words := wordsOf(front)
		t, n := dictionary().phrase(words[len(words)-1:])
		if whole, all := dictionary().phrase(words); whole != nil && all == len(words) {
			t, n = whole, 1
		}
		switch {
		case strings.HasSuffix(size, "元"):
		case moneyEnds[words[len(words)-1]] || strings.HasSuffix(front, "box_office"):
			size += "元"
		case t != nil && n == 1 && t.role == "person":
			front = pluralPhrase(front) // how many of them
		}
		return front, size
	}
	return c.plain, ""
}

// moneyEnds close the names of what is counted in money.
var moneyEnds = wordSet("revenue income sales amount amt value cost costs expense profit price fee fees fare budget payment debt loan rent tax gdp investment turnover earnings salary wage money capital asset assets subsidy gmv")

// writtenUnits are units as people write them, by what model files spell.
var writtenUnits = map[string]string{"元": "CNY", "人民币": "CNY", "美元": "USD", "％": "%", "百分比": "%"}

// unitInNote is the unit that a note gives behind the name: 营收(万元).
func unitInNote(note string) string {
	if _, inside := bracketed(note); isUnit(inside) {
		return inside
	}
	return ""
}

// isUnit reports whether a text reads like a unit: a short word of one kind of
// letter, and no list of values.
func isUnit(s string) bool {
	return s != "" && len([]rune(s)) <= 6 && !strings.ContainsAny(s, "=:：,，、;；0123456789") && (hasHan(s) || s == "%" || units[strings.ToLower(s)] != "")
}

// spokenUnit is a unit as model files spell it.
func spokenUnit(s string) string {
	if unit, ok := writtenUnits[s]; ok {
		return unit
	}
	if unit, ok := units[strings.ToLower(s)]; ok {
		return unit
	}
	return s
}
