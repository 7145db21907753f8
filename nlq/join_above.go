package nlq

// aboveMember reads "referred by Oakdene" and "who reports to Ann": a role that closes with
// "by" or "to" right before one of those it leads to says whom the rows hang by, and not
// what is shown of that one.
func (s *sentence) aboveMember() {
	s.roleIs()
	for i := 0; i+1 < len(s.nodes); i++ {
		t, ok := s.thingAt(i)
		m, named := s.memberAt(i + 1)
		if !ok || !named || m.via != "" || !isDisplay(m.dim) || !s.touchesWord(i, i+1) || t.marks != 0 {
			continue
		}
		home, via := s.r.homeOfRole(t)
		if last := s.text.At(s.nodes[i].end - 1).Norm; home == nil || home != m.dim.Table || last != "by" && last != "to" {
			continue
		}
		m.via = via
		s.nodes[i+1].means = m
		s.nodes[i].means = thing{table: home}
		if who, asked := s.whichAt(i - 1); asked && who.What == Who {
			s.markAt(i, markListed)
			s.drop(i - 1)
			i--
			continue
		}
		if noun, before := s.thingAt(i - 1); before && s.r.entityOf(noun) == home {
			s.drop(i)
		}
	}
}
