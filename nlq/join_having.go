package nlq

import "wenshu/semantic"

// joinHaving reads which have something that is a column of theirs: which students
// have an internship, who has declared a minor program. Those without are left out.
func (s *sentence) joinHaving() {
	for i := 1; i < len(s.nodes); i++ {
		t, ok := s.thingAt(i)
		if !ok || t.dim == nil || t.timed || t.marks != 0 || t.dim.Of != nil || t.dim.Key || isDisplay(t.dim) || t.dim.Type.Kind == semantic.Bool {
			continue
		}
		owner, first := s.ownerOfHaving(i)
		if owner != t.dim.Table || s.testedBehind(i) {
			continue
		}
		last := i
		if noun, ok := s.thingAt(i + 1); ok && noun.table != nil && noun.marks == 0 && s.touches(i, i+1) && s.r.graph.hops(owner, noun.table) >= 1 {
			last = i + 1 // a minor program: what the column is of
		}
		s.draft.conditions = append(s.draft.conditions, condition{dim: t.dim, via: t.via, from: s.nodes[i].from, test: isThere})
		s.nodes = append(s.nodes[:first], s.nodes[last+1:]...)
		i = first - 1
	}
}

// ownerOfHaving is the entity that is asked for and has, as the words before node i say,
// what stands there, and the first node of those words.
func (s *sentence) ownerOfHaving(i int) (owner *semantic.Table, first int) {
	at, first := s.nodes[i].from-1, i
	if norm := s.text.At(at).Norm; norm != "a" && norm != "an" {
		return nil, i
	}
	at--
	if v, ok := as[Verb](s.nodes[i-1]); ok && !v.Not && s.nodes[i-1].end == at+1 {
		at, first = s.nodes[i-1].from-1, i-1
	}
	if norm := s.text.At(at).Norm; norm != "have" && norm != "has" && norm != "had" || first < 1 {
		return nil, i
	}
	if s.nodes[first-1].from == at && first > 1 {
		first--
	}
	noun, ok := s.thingAt(first - 1)
	if !ok || noun.table == nil || s.nodes[first-1].end != at {
		return nil, i
	}
	if !is[Which](s, first-2) && !is[Count](s, first-2) {
		return nil, i
	}
	return noun.table, first
}

// testedBehind reports whether what stands behind node i tests it: a rating above 4.
func (s *sentence) testedBehind(i int) bool {
	if i+1 >= len(s.nodes) {
		return false
	}
	switch s.nodes[i+1].means.(type) {
	case Compare, BetweenMark, TextTest, Empty, Equals, members, quoted, number, Glue, Timed:
		return true
	}
	return false
}
