package nlq

import "slices"

// alternatives reads 甲准时率高还是乙高 and 是甲多还是乙多 as a comparison of the two:
// members of one dimension, each with the word for the direction behind it.
func (s *sentence) alternatives() {
	for k := 1; k+2 < len(s.nodes); k++ {
		link, ok := s.linkAt(k)
		first, before := s.orderAt(k - 1)
		second, behind := s.orderAt(k + 2)
		other, named := s.memberAt(k + 1)
		if !ok || link.How != OrLink || !before || !behind || !named || !first.Compares || !second.Compares || first.Desc != second.Desc || other.not {
			continue
		}
		for j := k - 2; j >= 0; j-- {
			m, ok := s.memberAt(j)
			if !ok || m.not || !sameDimension(m.dim, other.dim) {
				continue
			}
			s.totalsBetween(j, k-1)
			m.values = append(slices.Clone(m.values), other.values...)
			s.nodes[j].means = m
			s.nodes[k-1].means = VersusMark{}
			s.nodes = slices.Delete(s.nodes, k, k+3)
			s.draft.compared = true
			return
		}
	}
}

func (s *sentence) orderAt(i int) (Order, bool) {
	if i < 0 || i >= len(s.nodes) {
		return Order{}, false
	}
	return as[Order](s.nodes[i])
}

// totalsBetween takes the columns of numbers between two nodes for what they add up
// to: 延迟天数 of each.
func (s *sentence) totalsBetween(i, j int) {
	for k := i + 1; k < j; k++ {
		if t, ok := s.thingAt(k); ok && t.dim != nil && isMeasurable(t.dim) && t.marks == 0 {
			s.nodes[k].means = measure{dim: t.dim, via: t.via, agg: sumOf(t.dim)}
		}
	}
}
