package nlq

import (
	"slices"

	"wenshu/semantic"
)

// noMember is what it costs that a name stands for something else than the member
// it may be: behind a word for where or of what, in stores and not by store, and
// beside another member of its kind, JD.com and stores.
func (s *sentence) noMember(i int, o Object, alts []alt) int {
	if o.Member != "" || o.Join != nil {
		return 0
	}
	for _, a := range alts {
		switch {
		case a.object.Member == "":
		case s.besideMember(i, a.object.Dimension):
			return costUnlikely
		default:
			if g, ok := s.glue(i - 1); ok && g.How == Loose {
				return costUnlikely
			}
		}
	}
	return 0
}

// besideMember reports whether a word that joins or compares stands between node i
// and a member of a dimension.
func (s *sentence) besideMember(i int, d *semantic.Dimension) bool {
	for _, dir := range []int{-1, 1} {
		if !is[Linker](s, i+dir) && !is[VersusMark](s, i+dir) || i+2*dir < 0 || i+2*dir >= len(s.nodes) {
			continue
		}
		if m, ok := s.memberAt(i + 2*dir); ok && m.dim == d {
			return true
		}
		if n, ok := as[names](s.nodes[i+2*dir]); ok && slices.ContainsFunc(n.alts, func(a alt) bool { return a.object.Member != "" && a.object.Dimension == d }) {
			return true
		}
	}
	return false
}

// leadsToAll reports whether the rows of a metric lead to all that the rest of the
// sentence surely speaks of.
func (s *sentence) leadsToAll(i int, m *semantic.Metric, anchors []anchor) bool {
	return m.Home != nil && !slices.ContainsFunc(anchors, func(a anchor) bool {
		return a.node != i && !a.measure && s.r.graph.hops(m.Home, a.table) < 0
	})
}

// excluding are words that leave some of what is counted out, and ask for no rows.
var excluding = map[string]bool{"excluding": true, "except": true, "excl": true, "minus": true, "besides": true}
