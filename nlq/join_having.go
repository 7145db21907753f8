package nlq

import (
	"slices"

	"wenshu/semantic"
)

// joinHaving reads which have something that is a column of theirs: which students
// have an internship, who has declared a minor program. Those without are left out.
func (s *sentence) joinHaving() {
	s.joinLying()
	s.ableTo()
	for i := 1; i < len(s.nodes); i++ {
		t, ok := s.thingAt(i)
		if !ok || t.dim == nil || t.timed || t.marks != 0 || t.dim.Of != nil || t.dim.Key || isDisplay(t.dim) || t.dim.Type.Kind == semantic.Bool {
			continue
		}
		if s.hasNoneOf(i, t) {
			i = 0
			continue
		}
		owner, first := s.ownerOfHaving(i)
		last := i
		for next, ok := s.thingAt(last + 1); ok && next.dim == t.dim && s.touches(last, last+1); next, ok = s.thingAt(last + 1) {
			last++ // a damage estimate, where the column is called both
		}
		if noun, ok := s.thingAt(last + 1); ok && last == i && noun.table != nil && noun.marks == 0 && s.touches(i, i+1) && s.r.graph.hops(owner, noun.table) >= 1 {
			last = i + 1 // a minor program: what the column is of
		}
		if owner != t.dim.Table || s.testedBehind(last) {
			continue
		}
		s.draft.conditions = append(s.draft.conditions, condition{dim: t.dim, via: t.via, from: s.nodes[i].from, test: isThere})
		s.nodes = append(s.nodes[:first], s.nodes[last+1:]...)
		i = first - 1
	}
}

// ownerOfHaving is the entity that has, as the words before node i say, what stands there,
// and the first node of those words: incidents with a damage estimate, tickets that received
// a score.
func (s *sentence) ownerOfHaving(i int) (owner *semantic.Table, first int) {
	if norm := s.normAt(s.nodes[i].from - 1); norm != "a" && norm != "an" {
		return nil, i
	}
	for first = i; first > 0 && s.isHaving(first-1); {
		first--
	}
	if s.onlyThese(first) {
		return s.dimAt(i).Table, first
	}
	if first == 0 || first == i && !having[s.normAt(s.nodes[i].from-2)] {
		return nil, i
	}
	return s.rowsNamedAt(first - 1), first
}

var having = map[string]bool{"have": true, "has": true, "had": true}

// rowsNamedAt is the entity that node i names, counts or calls by name; nil for none.
func (s *sentence) rowsNamedAt(i int) *semantic.Table {
	if owner, ok := s.nounAt(i); ok {
		return owner
	}
	if t, ok := s.thingAt(i); ok && t.via == "" {
		return s.r.entityOf(t)
	}
	return nil
}

// isHaving reports whether node i is part of the words between what has something and that.
func (s *sentence) isHaving(i int) bool {
	if v, ok := s.verbAt(i); ok {
		return !v.Not && v.through == nil
	}
	if g, ok := s.glue(i); ok {
		return g.How == With || g.How == Loose && placedOn[s.normAt(s.nodes[i].from)]
	}
	if t, ok := s.momentAt(i); ok && t.via == "" {
		return s.participle(i) // that have received a decision, whatever else is dated so
	}
	e, ok := s.emptyAt(i)
	return is[Relative](s, i) || ok && e.Not && !e.Behind
}

// placedOn are words for where what has something is: ports on an island.
var placedOn = setOf("on in at")

// hasNoneOf reads a denied "any", or a "no", before node i as those without a value: ports
// that are not on any island, ports on no island.
func (s *sentence) hasNoneOf(i int, t thing) bool {
	first := i - 1
	switch s.normAt(s.nodes[i].from - 1) {
	case "any":
		for g, ok := s.glue(first); ok && (g.How == Loose || g.How == With); g, ok = s.glue(first) {
			first--
		}
		if n, ok := s.negation(first); !ok || n.Before || leavingOut[s.normAt(s.nodes[first].from)] {
			return false
		}
	case "no":
		g, ok := s.glue(first - 1)
		if !is[Negation](s, first) || !ok || g.How != Loose {
			return false
		}
		first--
	default:
		return false
	}
	for is[Relative](s, first-1) || is[Equals](s, first-1) {
		first--
	}
	if s.rowsNamedAt(first-1) != t.dim.Table || s.testedBehind(i) {
		return false
	}
	s.draft.conditions = append(s.draft.conditions, condition{dim: t.dim, via: t.via, from: s.nodes[i].from, test: absent(t.dim)})
	s.nodes = append(s.nodes[:first], s.nodes[i+1:]...)
	return true
}

// onlyThese reports whether the words up to node i are a remark that only those count of
// which something is said: counting only those with a decision.
func (s *sentence) onlyThese(i int) bool {
	if l, ok := as[Linker](s.nodes[max(i-1, 0)]); i == 0 || !ok || l.How == ClauseLink {
		return false
	}
	said := s.text.Norms()[s.nodes[i-1].end:s.nodes[i].from]
	return slices.Contains(said, "only") && (slices.Contains(said, "those") || slices.Contains(said, "ones"))
}

func (s *sentence) dimAt(i int) *semantic.Dimension {
	t, _ := s.thingAt(i)
	return t.dim
}

// testedBehind reports whether what stands behind node i tests it: a rating above 4.
func (s *sentence) testedBehind(i int) bool {
	if i+1 >= len(s.nodes) {
		return false
	}
	switch s.nodes[i+1].means.(type) {
	case Compare, BetweenMark, TextTest, Empty, Equals, members, quoted, number, Glue, Timed, Top:
		return true
	case Linker:
		return is[thing](s, i+2) || is[Compare](s, i+2) // a rating and a price
	}
	return false
}

// joinLying reads "ports on an island" and "ports that are not on any island": those that have
// such a column filled, or have not.
func (s *sentence) joinLying() {
	for i := 1; i < len(s.nodes); i++ {
		t, ok := s.thingAt(i)
		if !ok || t.dim == nil || t.timed || t.marks != 0 || t.via != "" || !isKind(t.dim) || s.testedBehind(i) || !anyOne[s.normAt(s.nodes[i].from-1)] || !lying[s.normAt(s.nodes[i].from-2)] {
			continue
		}
		not, first := s.normAt(s.nodes[i].from-3) == "not", i
		for first > 0 && !is[thing](s, first-1) && !is[measure](s, first-1) {
			first--
			for at := s.nodes[first].from; at < s.nodes[first].end; at++ {
				if !lying[s.normAt(at)] && !relating[s.normAt(at)] {
					return
				}
			}
		}
		if s.countedTable(first-1) != t.dim.Table {
			continue
		}
		there := func(x semantic.Expr) semantic.Expr { return semantic.IsNull{X: x, Not: !not} }
		s.draft.conditions = append(s.draft.conditions, condition{dim: t.dim, from: s.nodes[i].from, test: there})
		s.nodes = append(s.nodes[:first], s.nodes[i+1:]...)
		i = first - 1
	}
}

var (
	lying    = setOf("on in at")
	relating = setOf("that which who is are was were not lie lies located situated based a an any there")
)

// countedTable is the entity that node i names or counts; nil for none.
func (s *sentence) countedTable(i int) *semantic.Table {
	if t, ok := s.thingAt(i); ok {
		return s.r.entityOf(t)
	}
	if m, ok := s.measureAt(i); ok && s.r.isCount(m) {
		return m.home()
	}
	return nil
}

// ableTo refuses to show how many there were of something for being able to have them: which
// ships can carry cars.
func (s *sentence) ableTo() {
	for i := 1; i < len(s.nodes); i++ {
		t, ok := s.thingAt(i)
		if !ok || t.dim == nil || !isMeasurable(t.dim) || t.marks != 0 || !is[Verb](s, i-1) || s.testedBehind(i) || s.text.At(s.nodes[i-1].from).Class != Word {
			continue
		}
		switch s.normAt(s.nodes[i-1].from - 1) {
		case "can", "cannot", "could":
			if s.normAt(s.nodes[i].from-1) == s.normAt(s.nodes[i-1].end-1) {
				s.charge("what can be, and not what was", costIdle, s.nodes[i])
				s.draft.idle = true
			}
		}
	}
}
