package nlq

import (
	"slices"

	"wenshu/semantic"
)

// takeFromMember reads 金卡以上 and "above silver": the members of an order from
// one on. Grades by letters run down: B and above are A and B. The test stands at
// node i, the member at node j.
func (s *sentence) takeFromMember(i, j int, c Compare) bool {
	m, ok := s.memberAt(j)
	if !ok || len(m.values) != 1 || m.not || !m.dim.Order {
		return false
	}
	at := slices.IndexFunc(m.dim.Values, func(v semantic.Member) bool { return v.Value.String() == m.values[0] })
	if at < 0 {
		return false
	}
	up := c.Op == semantic.Gt || c.Op == semantic.Ge
	if !up && c.Op != semantic.Lt && c.Op != semantic.Le {
		return false
	}
	from, to := 0, len(m.dim.Values)
	switch keeps, strict := up != byLetters(m.dim), c.Op == semantic.Gt || c.Op == semantic.Lt; {
	case keeps && strict:
		from = at + 1
	case keeps:
		from = at
	case strict:
		to = at
	default:
		to = at + 1
	}
	if from >= to {
		return false
	}
	m.values = nil
	for _, v := range m.dim.Values[from:to] {
		m.values = append(m.values, v.Value.String())
	}
	first := min(i, j)
	s.join(first, max(i, j), m)
	if t, ok := s.thingAt(first + 1); ok && t.marks == 0 && s.touches(first, first+1) {
		s.markAt(first+1, markFilter) // 金卡及以上会员
	}
	return true
}

// byLetters reports whether the members of an order are letters, the best first.
func byLetters(d *semantic.Dimension) bool {
	return !slices.ContainsFunc(d.Values, func(v semantic.Member) bool {
		text := v.Value.String()
		return len(text) != 1 || text[0] < 'A' || text[0] > 'Z'
	})
}
