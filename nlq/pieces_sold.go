package nlq

import "slices"

// piecesSold reads "how many sofas did we sell" by the metric that counts pieces: the
// members right behind the count are of what was sold, and no number of members.
func (s *sentence) piecesSold() {
	m := s.r.pieces()
	if m == nil || m.Home == nil || slices.ContainsFunc(s.nodes, func(n node) bool { _, ok := n.means.(measure); return ok }) {
		return
	}
	for i := range s.nodes {
		c, ok := as[Count](s.nodes[i])
		if !ok || c.Before || c.Distinct || s.text.At(s.nodes[i].from).Class != Word {
			continue
		}
		last := i + 1
		for is[members](s, last) {
			if of, _ := s.memberAt(last); s.r.graph.hops(m.Home, of.dim.Table) < 1 || of.not {
				return
			}
			last++
		}
		if last == i+1 {
			continue
		}
		for j := last; j < len(s.nodes); j++ {
			v, verb := s.verbAt(j)
			if !verb || v.Not || len(v.Hints) == 0 || v.Hints[0] != "sale" || v.Money || is[thing](s, last) {
				continue
			}
			s.drop(j)
			s.nodes[i].means = measure{metric: m}
			return
		}
	}
}
