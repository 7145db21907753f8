package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// kindCounted reads how many there are of a kind beside how many there are of all, where
// the model has an adjective that is said as a noun: how many people and how many smokers.
// Alone, or with its noun behind it, the adjective is a filter as any other.
func (s *sentence) kindCounted(i int, p *semantic.Phrase) bool {
	counts := s.r.counts[p.On]
	if len(counts) == 0 || !isPlural(s.normAt(s.nodes[i].end-1)) || !s.asksCount(i-1) || !s.touchesWord(i-1, i) {
		return false
	}
	if _, noun := s.thingAt(i + 1); noun && s.touchesWord(i, i+1) {
		return false
	}
	if !slices.ContainsFunc(s.nodes[:i-1], func(n node) bool { m, ok := as[measure](n); return ok && s.r.isCount(m) && m.home() == p.On }) && !s.allCounted(i-1, p.On) {
		return false
	}
	s.join(i-1, i, measure{metric: counts[0], where: []condition{{on: p.On, fixed: p.Where}}})
	return true
}

// allCounted reports whether it is asked before node i how many rows of a table there are.
func (s *sentence) allCounted(i int, on *semantic.Table) bool {
	for j := range i {
		if t, ok := s.thingAt(j + 1); ok && t.table == on && s.asksCount(j) {
			return true
		}
	}
	return false
}

// kindNamed reads an adjective that is said as a noun, where what is asked for opens with
// it, as its rows: which smokers live in Leeds.
func (s *sentence) kindNamed(i int, p *semantic.Phrase) bool {
	said := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
	if w, ok := s.whichAt(i - 1); !ok || w.What != WhichOne || !s.touchesWord(i-1, i) {
		return false
	}
	if !isPlural(said) || !slices.Contains(p.Words, strings.TrimSuffix(said, "s")) {
		return false
	}
	if _, noun := s.thingAt(i + 1); noun && s.touchesWord(i, i+1) {
		return false
	}
	s.draft.conditions = append(s.draft.conditions, condition{on: p.On, fixed: p.Where, from: s.nodes[i].from})
	s.nodes[i].means = thing{table: p.On}
	return true
}

// asksCount reports whether node i asks how many of what stands behind it.
func (s *sentence) asksCount(i int) bool {
	if i < 0 || i >= len(s.nodes) {
		return false
	}
	c, ok := as[Count](s.nodes[i])
	return ok && !c.Before && !c.Closing
}
