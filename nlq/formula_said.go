package nlq

import "wenshu/semantic"

// formulaSaid reads a formula in brackets behind a metric, defect rate (rejected /
// sampled), as the definition that the metric has. One that it does not have is declined:
// neither is computed by the other.
func (s *sentence) formulaSaid() {
	for i := 1; i+2 < len(s.nodes); i++ {
		left, ok := s.thingAt(i)
		right, named := s.thingAt(i + 2)
		m, measured := as[measure](s.nodes[i-1])
		if !ok || !named || left.dim == nil || right.dim == nil || !measured || m.metric == nil || s.normAt(s.nodes[i].from-1) != "(" || s.normAt(s.nodes[i+2].end) != ")" {
			continue
		}
		if sign := s.normAt(s.nodes[i].end); sign != "/" && sign != "*" && sign != "-" && sign != "+" {
			continue
		}
		if !reads(m.metric.Expr, left.dim) || !reads(m.metric.Expr, right.dim) {
			s.charge("another formula", costIdle, s.nodes[i])
			s.draft.idle = true
		}
		s.nodes = append(s.nodes[:i], s.nodes[i+3:]...)
		return
	}
}

// reads reports whether an expression names a column.
func reads(e semantic.Expr, d *semantic.Dimension) bool {
	found := false
	semantic.Walk(e, func(x semantic.Expr) {
		name, ok := x.(semantic.Name)
		found = found || ok && len(name.Path) == 2 && name.Path[0] == d.Table.Name && name.Path[1] == d.Name
	})
	return found
}
