package nlq

import "wenshu/semantic"

// nounBehind returns the entity that a member at node i stands right before, with
// at most one other member between; nil for none.
func (s *sentence) nounBehind(i int) *semantic.Table {
	for j := i + 1; j < len(s.nodes) && j <= i+2; j++ {
		n, ok := as[names](s.nodes[j])
		if !ok || len(n.alts) == 0 || !s.touches(j-1, j) {
			return nil
		}
		if o := n.alts[0].object; o.Member == "" {
			return o.Table
		}
	}
	return nil
}
