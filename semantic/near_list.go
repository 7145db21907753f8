package semantic

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// nearList collects the nearest of many names.
type nearList struct {
	target []rune
	lower  string
	limit  int // the largest distance that counts as near
	n      int
	found  []nearName
}

type nearName struct {
	name     string
	distance int
}

// maxNearRunes bounds the names that are compared.
const maxNearRunes = 64

func newNearList(name string, n int) *nearList {
	lower := strings.ToLower(name)
	target := []rune(lower)
	if len(target) > maxNearRunes {
		target, lower = nil, ""
	}
	return &nearList{target: target, lower: lower, limit: (len(target) + 2) / 3, n: n}
}

// offerAll considers a name by its identifier, label and synonyms.
func (l *nearList) offerAll(name, identifier string, names Names) {
	best := l.distance(identifier)
	for _, spelling := range names.Texts() {
		if d := l.distance(spelling); d >= 0 && (best < 0 || d < best) {
			best = d
		}
	}
	if best >= 0 {
		l.found = append(l.found, nearName{name, best})
	}
}

// distance is the edit distance to the target; one more than the limit when one
// holds the other, two more when they share a Han character; -1 when they are
// not near.
func (l *nearList) distance(spelling string) int {
	lower := strings.ToLower(spelling)
	runes := []rune(lower)
	if len(l.target) == 0 || len(runes) == 0 || len(runes) > maxNearRunes {
		return -1
	}
	if gap := len(runes) - len(l.target); gap <= l.limit && -gap <= l.limit {
		if d := EditDistance(l.target, runes, l.limit); d <= l.limit && d < len(l.target) {
			return d
		}
	}
	if min(len(runes), len(l.target)) >= 2 && (strings.Contains(lower, l.lower) || strings.Contains(l.lower, lower)) {
		return l.limit + 1
	}
	if slices.ContainsFunc(l.target, func(r rune) bool { return unicode.Is(unicode.Han, r) && slices.Contains(runes, r) }) {
		return l.limit + 2
	}
	return -1
}

// names returns the n nearest names, each once; equal distances are in
// alphabetical order.
func (l *nearList) names() []string {
	slices.SortFunc(l.found, func(a, b nearName) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), strings.Compare(a.name, b.name))
	})
	var names []string
	for _, f := range l.found {
		if len(names) == l.n {
			break
		}
		if !slices.Contains(names, f.name) {
			names = append(names, f.name)
		}
	}
	return names
}

// nearestOrAll is nearest among a few words; when none is near it returns all.
func nearestOrAll(word string, legal []string) []string {
	if near := nearest(word, legal); len(near) > 0 {
		return near
	}
	return legal
}
