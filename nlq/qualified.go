package nlq

// qualifiesBehind reads 各大类图书的罚款 and 哪个省的景点评分最高 at node i: the entity behind
// what is told apart, which leads there, only says whose number it is.
func (s *sentence) qualifiesBehind(i int) bool {
	left, ok := s.thingAt(i)
	j := i + 1
	if g, glued := s.glue(j); glued && g.How == Has {
		j++
	}
	right, named := s.thingAt(j)
	entity := s.r.entityOf(right)
	if !ok || !named || entity == nil || right.marks != 0 || right.via != "" || left.timed || left.via != "" || left.home() == entity || s.text.At(s.nodes[i].from).Class != Han {
		return false
	}
	if !s.numberBehind(j) || s.nodes[j].from > s.nodes[i].end+1 {
		return false
	}
	if s.r.graph.hops(entity, left.home()) < 1 {
		s.charge("of what it does not lead to", costGuess, s.nodes[j])
		return false
	}
	via, leads := s.r.via(thing{table: entity}, thing{dim: s.r.shownBy(left)})
	if !leads {
		return false
	}
	if left.dim != nil {
		left.via = via
	}
	s.own(thing{table: entity})
	s.nodes[i].means = left
	s.nodes = append(s.nodes[:i+1], s.nodes[j+1:]...)
	return true
}

// numberBehind reports whether what stands behind node j is a number that is said of it.
func (s *sentence) numberBehind(j int) bool {
	k := j + 1
	if g, glued := s.glue(k); glued && g.How == Has {
		k++
	}
	if t, ok := s.thingAt(k); ok {
		return t.dim != nil && isMeasurable(t.dim) && t.marks == 0
	}
	a, ok := s.aggAt(k)
	m, counted := measure{}, false
	if k < len(s.nodes) {
		m, counted = as[measure](s.nodes[k])
	}
	return ok && !a.Before || counted && (m.metric != nil || m.dim != nil)
}
