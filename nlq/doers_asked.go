package nlq

import "slices"

// doersAsked drops who did it all from how much was done, where they are those whom every
// act has: "how many nights did people spend there" asks for one number, and not for that
// of each of them.
func (s *sentence) doersAsked() {
	if s.normAt(0) != "how" || s.normAt(1) != "many" && s.normAt(1) != "much" {
		return
	}
	for i := 1; i < len(s.nodes); i++ {
		who, ok := s.thingAt(i)
		from := s.nodes[i].from
		if !ok || who.table == nil || who.via != "" || who.marks != 0 || !askedDone[s.normAt(from-1)] || s.normAt(from-1) == "does" {
			continue
		}
		said := s.normAt(s.nodes[i].end - 1)
		if said != "people" && !isPlural(said) || i+1 < len(s.nodes) && !is[Verb](s, i+1) && !is[Timed](s, i+1) {
			continue // who is told more closely
		}
		counted := slices.ContainsFunc(s.nodes[:i], func(n node) bool {
			switch m := n.means.(type) {
			case thing:
				return m.home() != nil && m.home() != who.table && s.r.graph.hops(m.home(), who.table) >= 1
			case measure:
				return m.home() != nil && m.home() != who.table && s.r.graph.hops(m.home(), who.table) >= 1
			}
			return false
		})
		if counted {
			s.drop(i)
			return
		}
	}
}
