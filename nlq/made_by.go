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
		if named && s.madeByThose(i, made, maker) {
			continue
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

// madeByThose reads "recipes by authors from Cork" at the word before the makers: the rows of
// those makers are meant, and are not split by them. It reports whether it did.
func (s *sentence) madeByThose(i int, made, maker thing) bool {
	of := s.r.entityOf(maker)
	if maker.dim != nil && maker.dim.Of != nil {
		of = maker.dim.Of.To
	}
	if made.table == nil || of == nil || maker.marks != 0 || !s.touchesWord(i, i+1) || !namesPeople(of) && !s.r.isPeople(of) || s.r.graph.hops(made.table, of) < 1 {
		return false
	}
	if g, ok := s.glue(i + 2); !ok || g.How != Loose && g.How != From {
		return false
	}
	m, ok := s.memberAt(i + 3)
	if !ok || m.via != "" || s.r.graph.hops(of, m.dim.Table) < 0 || isDisplay(m.dim) && m.dim.Table == of {
		return false
	}
	s.nodes = append(s.nodes[:i], s.nodes[i+3:]...)
	return true
}
