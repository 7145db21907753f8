package nlq

import "wenshu/semantic"

// countedState reads "how many payments are outstanding": what is said of the rows that are
// counted is which of them, where a metric of some of these rows is called so.
func (s *sentence) countedState() {
	for i := 0; i+2 < len(s.nodes); i++ {
		counted, ok := as[measure](s.nodes[i])
		state, said := as[measure](s.nodes[i+2])
		if !ok || !said || !is[Equals](s, i+1) || !s.r.isCount(counted) || len(counted.where) > 0 || s.text.At(s.nodes[i+1].from).Class != Word {
			continue
		}
		m := state.metric
		if m == nil || state.agg != "" || m.Home == nil || m.Home != counted.home() || counted.metric != nil && counted.metric.Where != nil {
			continue
		}
		if some := someRows(m); some != nil {
			s.nodes[i+2].means = Noise{}
			s.take(i+1, i+2, condition{on: m.Home, fixed: some})
			return
		}
	}
}

// someRows is the test for the rows that a metric is of; nil for all.
func someRows(m *semantic.Metric) semantic.Expr {
	if some, ok := m.Expr.(semantic.Filtered); ok && m.Where == nil {
		return some.Where
	}
	return m.Where
}
