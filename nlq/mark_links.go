package nlq

import (
	"slices"

	"wenshu/semantic"
)

// markLinks marks the entities that stand behind a preposition or a verb and are
// what a test is about: they say how things hang together and split nothing.
func (s *sentence) markLinks() {
	for i := range s.nodes {
		t, ok := s.thingAt(i)
		if ok && s.anyPlace(i, t) {
			s.markAt(i, markLink)
			continue
		}
		if !ok || t.table == nil || t.marks&^markFilter != 0 {
			continue
		}
		if s.heldByEach(i, t) {
			s.markAt(i, markLink)
			continue
		}
		g, glued := s.glue(i - 1)
		if glued && g.How == Has || !glued && !is[Verb](s, i-1) && !is[Relative](s, i-1) || s.text.At(s.nodes[i].from).Class != Word {
			continue
		}
		if s.testedFrom(t, s.nodes[i].from) {
			s.markAt(i, markLink)
		}
	}
}

// anyPlace reads "which day is busiest in the stores": what is ranked is asked for
// before, and the entity behind the preposition is where it is, whichever it is.
func (s *sentence) anyPlace(i int, t thing) bool {
	g, glued := s.glue(i - 1)
	if t.dim != nil && s.r.standsFor(t.dim) {
		t.table = t.dim.Table
	}
	if !glued || g.How != Loose || t.marks != 0 || t.timed || t.table == nil || len(t.table.Display) == 0 || !slices.ContainsFunc(s.nodes[:i], func(n node) bool { _, ok := n.means.(Top); return ok }) {
		return false
	}
	if !isPlural(s.text.At(s.nodes[i].end-1).Norm) || !slices.ContainsFunc(s.nodes[:i], func(n node) bool { return asksFor(n) }) {
		return false
	}
	if s.testedFrom(t, s.nodes[i].from) {
		return false
	}
	name := s.r.nameOf(t.table.Display[0], t.via)
	s.draft.conditions = append(s.draft.conditions, condition{fixed: semantic.IsNull{X: name, Not: true}, from: s.nodes[i].from})
	return true
}

// asksFor reports whether a node is a thing or a grain of time that is asked for.
func asksFor(n node) bool {
	_, grained := n.means.(Grained)
	t, ok := n.means.(thing)
	return grained || ok && (t.timed || t.has(markWhich))
}

// heldByEach reports whether the entity at node i only says whose a number is that
// each of another has: the total charged for patients of each insurer.
func (s *sentence) heldByEach(i int, t thing) bool {
	each, ok := s.thingAt(i + 1)
	if !ok || !each.has(markEach) || each.home() == nil || s.text.At(s.nodes[i].end).Norm != "of" || s.r.graph.hops(t.table, each.home()) < 1 {
		return false
	}
	return slices.ContainsFunc(s.nodes[:i], func(n node) bool { _, ok := n.means.(measure); return ok })
}

// testedFrom reports whether something behind a token tests an entity or what it
// leads to, or is an attribute of it that results are split by.
func (s *sentence) testedFrom(t thing, from int) bool {
	for _, c := range s.draft.conditions {
		if c.from > from && s.r.graph.hops(t.table, c.home()) >= 0 {
			return true
		}
	}
	for i, n := range s.nodes {
		switch m := n.means.(type) {
		case members:
			if n.from > from && s.r.graph.hops(t.table, m.dim.Table) >= 0 {
				return true
			}
		case thing:
			if m.dim == nil || m.dim.Table != t.table {
				continue
			}
			ranked := is[Top](s, i-1) && n.from < from && !isDisplay(m.dim) && !isMeasurable(m.dim) && !m.dim.Key
			if ranked || m.marks&(markBy|markEach) != 0 {
				return true // the top 3 states by orders made by customers
			}
		}
	}
	return false
}
