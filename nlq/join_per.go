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

// perKind reads "per enterprise account": results are split by an entity, and the
// members before it say which of its rows count.
func (s *sentence) perKind() {
	for i := 0; i < len(s.nodes); i++ {
		mark, ok := as[GroupMark](s.nodes[i])
		if !ok || !mark.Each || mark.Before || s.text.At(s.nodes[i].from).Class != Word {
			continue
		}
		last := i + 1
		for is[members](s, last) && s.touches(last-1, last) {
			last++
		}
		t, named := s.thingAt(last)
		if last == i+1 || !named || t.table == nil || !s.touches(last-1, last) {
			continue
		}
		if m, _ := s.memberAt(last - 1); s.r.graph.hops(t.table, m.dim.Table) < 0 || m.not || len(m.values) > 1 {
			continue
		}
		s.markAt(last, markEach)
		s.drop(i)
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
