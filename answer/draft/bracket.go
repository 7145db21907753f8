package draft

import (
	"slices"
	"strings"
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
