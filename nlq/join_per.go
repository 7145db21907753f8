package nlq

import "wenshu/semantic"

// perMeasure divides one number by another that it is said to be per: freight cost
// per kg, revenue per hour.
func (s *sentence) perMeasure() {
	for i := 0; i+2 < len(s.nodes); i++ {
		if !is[GroupMark](s, i+1) || s.text.At(s.nodes[i+1].from).Norm != "per" {
			continue
		}
		above, ok := s.summed(i)
		below, also := s.summed(i + 2)
		if !ok || !also || above.home() != below.home() || s.r.isCount(above) {
			continue
		}
		s.join(i, i+2, measure{over: []measure{above, below}, op: semantic.Div})
	}
}

// summed is the total of the number that node i names; ok is false for anything
// else, such as a score, of which there is no total.
func (s *sentence) summed(i int) (measure, bool) {
	switch m := s.nodes[i].means.(type) {
	case thing:
		adds := m.dim != nil && isMeasurable(m.dim) && !m.dim.Key && (m.dim.Sum == "sum" || m.dim.Unit != "")
		return measure{dim: m.dim, via: m.via, agg: "sum"}, adds
	case measure:
		return m, m.metric != nil && canReaggregate(m.metric) || m.dim != nil && m.agg == "sum"
	}
	return measure{}, false
}
