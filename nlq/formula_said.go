package nlq

import "wenshu/semantic"

// formulaSaid reads a formula in brackets behind a metric, defect rate (rejected /
// sampled), as the definition that the metric has. One that it does not have is declined:
// neither is computed by the other.
func (s *sentence) formulaSaid() {
	for i := 1; i+2 < len(s.nodes); i++ {
		m, measured := as[measure](s.nodes[i-1])
		if !measured || m.metric == nil {
			continue
		}
		left, ok := s.thingAt(i)
		right, named := s.thingAt(i + 2)
		if !ok || !named || left.dim == nil || right.dim == nil || s.normAt(s.nodes[i].from-1) != "(" || s.normAt(s.nodes[i+2].end) != ")" {
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

// definedBehind reads 客单价（销售额除以订单数）and 退款率（退款金额占销售额的比例）: a name that the
// model does not have, and in brackets behind it how it is computed from what it has.
func (s *sentence) definedBehind() {
	for open := 1; open+1 < len(s.text.Tokens); open++ {
		if s.text.At(open).Norm != "(" {
			continue
		}
		first, close := s.nodeFrom(open), open+1
		for close < len(s.text.Tokens) && s.text.At(close).Norm != ")" {
			close++
		}
		last := s.nodeFrom(close) - 1
		if first < 1 || last < first+1 || close == len(s.text.Tokens) {
			continue
		}
		m, ok := s.formulaAt(first, last)
		if !ok || !s.dropName(first, open, m) {
			continue
		}
		first = s.nodeFrom(open)
		last = s.nodeFrom(close) - 1
		s.join(first, last, m)
		return
	}
}

// nodeFrom returns the first node that starts at a token or behind it; len(nodes) for none.
func (s *sentence) nodeFrom(token int) int {
	for i, n := range s.nodes {
		if n.from >= token {
			return i
		}
	}
	return len(s.nodes)
}

// formulaAt reads nodes first to last as one number divided by another, or less it.
func (s *sentence) formulaAt(first, last int) (measure, bool) {
	for is[Share](s, last) || is[Ratio](s, last) || is[Glue](s, last) {
		last--
	}
	if last <= first {
		return measure{}, false
	}
	a, ok := s.addedAt(first)
	b, two := s.addedAt(last)
	if !ok || !two || sameMeasure(a, b) {
		return measure{}, false
	}
	op := semantic.Div
	switch sign := s.text.Norm(s.nodes[first].end, s.nodes[last].from); sign {
	case "/", "÷", "除以", "占", "占总", "与", "和", "比", "比上":
	case "-", "减", "减去":
		op = semantic.Sub
	default:
		return measure{}, false
	}
	return measure{over: []measure{a, b}, op: op}, true
}

// dropName drops the words before a bracket that name what is computed in it and that
// nothing else has a use for.
func (s *sentence) dropName(first, open int, m measure) bool {
	k, end := first-1, open
	for k >= 0 && (is[Which](s, k) || is[Equals](s, k)) && s.nodes[k].end == end {
		end = s.nodes[k].from
		k--
	}
	last := k
	unknown := false
	for ; k >= 0 && s.nodes[k].end == end; k-- {
		t, ok := s.thingAt(k)
		named := ok && t.dim != nil && t.marks == 0 && (t.dim == m.over[0].dim || t.dim == m.over[1].dim)
		if !named && !is[unread](s, k) && !is[Share](s, k) && !is[Agg](s, k) {
			break
		}
		unknown = unknown || !named
		end = s.nodes[k].from
	}
	if last == k || !unknown {
		return false
	}
	s.nodes = append(s.nodes[:k+1], s.nodes[last+1:]...)
	return true
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
