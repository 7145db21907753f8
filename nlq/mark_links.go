package nlq

import "slices"

// markLinks marks the entities that stand behind a preposition or a verb and are
// what a test is about: they say how things hang together and split nothing.
func (s *sentence) markLinks() {
	for i := range s.nodes {
		t, ok := s.thingAt(i)
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
	return slices.ContainsFunc(s.nodes, func(n node) bool {
		switch m := n.means.(type) {
		case members:
			return n.from > from && s.r.graph.hops(t.table, m.dim.Table) >= 0
		case thing:
			return m.dim != nil && m.dim.Table == t.table && m.marks&(markBy|markEach) != 0
		}
		return false
	})
}
