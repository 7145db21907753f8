package nlq

// extremesTogether reads "the longest and the shortest distance": two superlatives
// before one number that both are of, with nothing behind it that they could rank.
func (s *sentence) extremesTogether(i int) bool {
	first, ok := s.topAt(i)
	second, two := s.topAt(i + 2)
	t, named := s.thingAt(i + 3)
	if !ok || !two || !named || !is[Linker](s, i+1) || first.Desc == second.Desc || !isExtreme(first) || !isExtreme(second) {
		return false
	}
	if t.dim == nil || t.marks != 0 || !isMeasurable(t.dim) && !isTime(t.dim) || s.ranksBehind(i+4) {
		return false
	}
	s.nodes[i].means, s.nodes[i+2].means = extremeMeasure(t, first), extremeMeasure(t, second)
	s.drop(i + 3)
	return true
}

// extremeListed reads 最高单价、最低单价和平均单价: the superlative of a number in a
// list with another aggregate of that number.
func (s *sentence) extremeListed(i int) bool {
	top, ok := s.topAt(i)
	t, named := s.thingAt(i + 1)
	if !ok || !named || !isExtreme(top) || t.dim == nil || t.marks != 0 || !isMeasurable(t.dim) {
		return false
	}
	if !s.aggregatedBehind(i+2, t) && !s.aggregatedBefore(i-1, t) {
		return false
	}
	s.join(i, i+1, extremeMeasure(t, top))
	return true
}

// aggregatedBefore reports whether an aggregate of a column stands before a link at
// node i.
func (s *sentence) aggregatedBefore(i int, t thing) bool {
	if !is[Linker](s, i) || i < 1 {
		return false
	}
	m, ok := as[measure](s.nodes[i-1])
	return ok && m.dim == t.dim && m.table == nil
}

// aggregatedBehind reports whether an aggregate of a column stands behind a link at
// node i.
func (s *sentence) aggregatedBehind(i int, t thing) bool {
	if !is[Linker](s, i) || i+1 >= len(s.nodes) {
		return false
	}
	if m, ok := as[measure](s.nodes[i+1]); ok {
		return m.dim == t.dim && m.table == nil
	}
	other, ok := s.thingAt(i + 2)
	top, isTop := s.topAt(i + 1)
	return ok && other.dim == t.dim && other.marks == 0 && (is[Agg](s, i+1) || isTop && isExtreme(top))
}

// ranksBehind reports whether something stands at node i that a superlative before
// a number could rank.
func (s *sentence) ranksBehind(i int) bool {
	if t, ok := s.thingAt(i); ok {
		return t.marks&(markBy|markEach) == 0
	}
	g, ok := s.glue(i)
	return ok && g.How == Has
}

// isExtreme reports whether a superlative keeps one and counts nothing.
func isExtreme(t Top) bool { return t.N == 0 && !t.Nth && !t.Count && !t.Rows }

// extremeMeasure is the greatest or the least of a column.
func extremeMeasure(t thing, top Top) measure {
	m := measure{dim: t.dim, via: t.via, agg: "min"}
	if top.Desc != (top.Flip && isTime(t.dim)) {
		m.agg = "max"
	}
	return m
}
