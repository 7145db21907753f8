package nlq

import "slices"

// namedByRole reads a member that stands where the entity should, 年龄大于40岁的
// 主任医师有哪些: what it is a member of is what is listed. Another word about the
// same entity must say so.
func (s *sentence) namedByRole() {
	at := -1
	for i, n := range s.nodes {
		switch m := n.means.(type) {
		case measure, Share, Agg, Count, GroupMark, Grained:
			return
		case thing:
			if m.table != nil || m.dim != nil && isDisplay(m.dim) {
				return
			}
		case members:
			if at >= 0 || m.not || len(m.values) != 1 || isDisplay(m.dim) {
				return
			}
			at = i
		}
	}
	if at < 0 || !s.asksRows() {
		return
	}
	m, _ := as[members](s.nodes[at])
	about := slices.ContainsFunc(s.nodes, func(n node) bool {
		t, ok := n.means.(thing)
		return ok && t.dim != nil && t.dim.Table == m.dim.Table && t.dim != m.dim
	})
	_, glued := s.glue(at + 1)
	if !about || glued || len(m.dim.Table.Display) == 0 {
		return
	}
	end := s.nodes[at].end
	s.nodes = slices.Insert(s.nodes, at+1, node{end, end, thing{table: m.dim.Table}})
}
