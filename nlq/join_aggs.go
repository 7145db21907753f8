package nlq

// ownAggregate returns the column behind a metric at node i that is just the aggregate
// of it that was said: the maximum and average price, where the average has a name.
func (s *sentence) ownAggregate(i int) (measure, bool) {
	m, ok := as[measure](s.nodes[i])
	if !ok || m.metric == nil || m.agg != "" {
		return measure{}, false
	}
	fn, d := totalOf(s.r, m)
	return measure{dim: d, via: m.via}, d != nil && (fn == "avg" || fn == "min" || fn == "max")
}

// aggregateOfKind aggregates the column behind an aggregate at node i and the members
// that say of which rows it is: the total overdue amount.
func (s *sentence) aggregateOfKind(i int, a Agg) bool {
	last := i + 1
	for is[members](s, last) && s.touches(last-1, last) {
		last++
	}
	if last == i+1 || last >= len(s.nodes) || !s.touches(last-1, last) {
		return false
	}
	m, ok := s.aggregate(s.nodes[last], a.Func)
	if !ok || m.home() == nil || s.r.isCount(m) || m.dim != nil && isTime(m.dim) {
		return false
	}
	for k := i + 1; k < last; k++ {
		if of, _ := s.memberAt(k); s.r.graph.hops(m.home(), of.dim.Table) < 0 {
			return false
		}
	}
	s.nodes[last].means = m
	s.drop(i)
	return true
}

// twiceAggregated refuses an aggregate behind a column that another one stands before:
// 平均注册资本总共 is neither the average nor the total.
func (s *sentence) twiceAggregated(i int, a Agg) {
	m, ok := s.columnMeasure(i - 1)
	if !ok || m.bare || m.agg == "" || m.agg == a.Func || !s.touches(i-1, i) {
		return
	}
	s.charge("two aggregates of one", costIdle, s.nodes[i])
	s.draft.idle = true
}
