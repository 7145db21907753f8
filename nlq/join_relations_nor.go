package nlq

import "wenshu/semantic"

// relationsOfNor reads two denied verbs before one object: members who have neither written
// nor rated a recipe. Where the verbs are not of two acts, it refuses: two denials are no
// assertion.
func (s *sentence) relationsOfNor(i int) bool {
	act, ok := s.thingAt(i)
	first, _, having := s.having(i)
	if !ok || !having || act.table == nil || act.marks&^markFilter != 0 {
		return false
	}
	nor := -1
	for j := first + 1; j < i; j++ {
		if n, denied := s.negation(j); denied && !n.Before && s.normAt(s.nodes[j].from) == "nor" {
			nor = j
		}
	}
	owner, named := s.thingAt(first - 1)
	if nor < 0 || !is[Verb](s, nor-1) || !is[Verb](s, nor+1) || !named || owner.home() == nil {
		return false
	}
	one, other := s.actsBefore(owner.home(), act.table, first, nor), s.actsBefore(owner.home(), act.table, nor, i)
	if one == nil || other == nil || one == other {
		s.charge("two denials of one act", costIdle, s.nodes[nor])
		s.draft.idle = true
		return false
	}
	s.relate(relation{owner: owner.home(), of: one, not: true, from: s.nodes[first].from, act: s.nodes[i].from, end: s.nodes[i].end})
	s.relate(relation{owner: owner.home(), of: other, not: true, from: s.nodes[nor].from, act: s.nodes[i].from, end: s.nodes[i].end})
	s.markAt(first-1, markListed)
	s.nodes = append(s.nodes[:first], s.nodes[i+1:]...)
	return true
}

// actsBefore are the acts that the verbs at nodes first to i are of, done to an object.
func (s *sentence) actsBefore(owner, object *semantic.Table, first, i int) *semantic.Table {
	if called := s.actOfVerb(owner, object, first, i); called != nil {
		return called
	}
	if s.r.graph.hops(object, owner) >= 1 {
		return object
	}
	return s.linkOfVerb(owner, object, first, i)
}
