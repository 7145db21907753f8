package nlq

import "slices"

// objectsInFront moves the words for never in 一条线路都没有的公司 and 一个订单都没下过的客户
// before what nobody had of it, where they stand in any other clause of lacking: Chinese
// puts what is denied altogether before the verb.
func (s *sentence) objectsInFront() {
	for i := 1; i < len(s.nodes); i++ {
		if !s.deniesBeside(i) || !s.deniesAll(s.nodes[i].from) {
			continue
		}
		if is[Both](s, i-1) {
			s.drop(i - 1) // 也
			i--
		}
		first := i - 1
		for first > 0 && is[members](s, first-1) && s.touches(first-1, first) {
			first--
		}
		if first < 0 || !is[thing](s, i-1) && !is[members](s, i-1) {
			continue
		}
		one := s.nodes[first].from - 2
		if one < 0 || s.text.At(one).Norm != "一" || !onceUnits[s.text.At(one+1).Norm] {
			continue
		}
		behind := i + 1
		for behind < len(s.nodes) && (is[Verb](s, behind) || s.hasAt(behind)) {
			behind++
		}
		moved := slices.Clone(s.nodes[i:behind])
		moved[0] = node{one, one + 2, Negation{}}
		s.nodes = slices.Concat(s.nodes[:first:first], moved, s.nodes[first:i:i], s.nodes[behind:])
		i = behind - 1
	}
}

// deniesBeside reports whether node i denies what stands beside it.
func (s *sentence) deniesBeside(i int) bool {
	switch m := s.nodes[i].means.(type) {
	case Negation:
		return !m.Before
	case Empty:
		return !m.Not && !m.Behind
	}
	return false
}

// neverThere refuses what is denied of a member at node i, which is one of who is asked
// about, where the act behind it is denied: those who never bought in a region are not those
// of another one.
func (s *sentence) neverThere(i int) {
	v, verb := s.verbAt(i + 1)
	if !verb || v.Not || !s.touches(i, i+1) || s.normAt(s.nodes[i+1].end-1) != "过" {
		return
	}
	m, _ := s.memberAt(i)
	noun := i + 2
	if s.hasGlue(noun) {
		noun++
	}
	if who, ok := s.thingAt(noun); ok && who.table != nil && s.r.graph.hops(who.table, m.dim.Table) < 0 {
		return
	}
	s.charge("an act that is denied", costIdle, s.nodes[i+1])
	s.draft.idle = true
}

// deniesAll reports whether a denial that starts at a token is of all that stands before it:
// 都没, 也没.
func (s *sentence) deniesAll(from int) bool {
	norm := s.normAt(from)
	if norm != "都" && norm != "也" {
		norm = s.normAt(from - 1)
	}
	return norm == "都" || norm == "也"
}

// hasAt reports whether node i is a word for having.
func (s *sentence) hasAt(i int) bool {
	g, ok := s.glue(i)
	return ok && g.How == With
}
