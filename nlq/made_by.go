package nlq

// madeBy drops the word before those whom rows are by: songs by Astrid Lund are split by
// nobody.
func (s *sentence) madeBy() {
	for i := 1; i+1 < len(s.nodes); i++ {
		made, ok := s.thingAt(i - 1)
		if !ok || made.home() == nil || s.normAt(s.nodes[i].from) != "by" || !s.plainGroup(i) {
			continue
		}
		j := i + 1
		maker, named := s.thingAt(j)
		if named || is[Both](s, j) {
			j++
		}
		m, ok := s.memberAt(j)
		if !ok || !isDisplay(m.dim) || named && s.r.entityOf(maker) != m.dim.Table || s.r.graph.hops(made.home(), m.dim.Table) < 1 {
			continue
		}
		if named {
			s.drop(i + 1)
		}
		s.drop(i)
	}
}
