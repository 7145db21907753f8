package nlq

import (
	"slices"

	"wenshu/semantic"
)

// partWords name a part of a whole, where what stands before them may be more of the same
// as what stands behind: billable hours as a percentage of hours.
var partWords = map[string]bool{"percentage": true, "percent": true, "%": true, "share": true, "proportion": true, "fraction": true}

// ratioBetween divides what stands right before a word for a ratio by what stands right
// behind it, where one of them is a column that is added up or rows that are counted:
// refunds as a percentage of orders, paid amount divided by invoiced amount.
func (s *sentence) ratioBetween(i int) bool {
	left, right := s.skip(i-1, -1), i+1
	for right < len(s.nodes)-1 && (is[Glue](s, right) || is[Noise](s, right) || s.totalWord(right)) {
		right++
	}
	if left < 0 || right >= len(s.nodes) {
		return false
	}
	above, ok := s.amountAt(left)
	below, also := s.amountAt(right)
	part := s.partNamed(s.nodes[i]) >= 0
	if !ok || !also || sameMeasure(above, below) && !part || s.normAt(s.nodes[left].from-1) == "(" {
		return false // in brackets it defines what stands before, see formulaSaid
	}
	s.join(left, right, measure{over: []measure{above, below}, op: semantic.Div})
	if part {
		s.draft.present.Unit = InUnit{Percent: true}
	}
	return true
}

// amountAt is what can be divided at node i: a measure, a column that is added up, or the
// number of rows of an entity.
func (s *sentence) amountAt(i int) (measure, bool) {
	if m, ok := as[measure](s.nodes[i]); ok {
		return m, true
	}
	t, ok := s.thingAt(i)
	if !ok || t.marks&(markBy|markEach|markWhich) != 0 {
		return measure{}, false
	}
	if t.table != nil && t.via == "" {
		return s.countRows(s.nodes[i], t.table), true
	}
	return s.summed(i)
}

// totalWord reports whether node i is the word total, of what stands behind it.
func (s *sentence) totalWord(i int) bool {
	m, ok := as[Agg](s.nodes[i])
	return ok && m.Func == "sum" && !m.Before
}

// partNamed is the token of a node that names a part of a whole; -1 for none.
func (s *sentence) partNamed(n node) int {
	at := slices.IndexFunc(s.text.Tokens[n.from:n.end], func(t Token) bool { return partWords[t.Norm] })
	if at < 0 {
		return -1
	}
	return n.from + at
}
