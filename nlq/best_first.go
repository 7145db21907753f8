package nlq

import "slices"

// bestFirst reads a superlative of a number or a date that is said to come first as the
// order of all rows, and keeps none of them: most recently retired first, with the highest
// credit limit first.
func (s *sentence) bestFirst() {
	for i := 0; i+2 < len(s.nodes); i++ {
		top, ok := as[Top](s.nodes[i])
		if !ok || top.N != 0 || top.Nth || top.Count || s.text.At(s.nodes[i].from).Class != Word || s.normAt(s.nodes[i+2].from) != "first" || !is[Top](s, i+2) {
			continue
		}
		if i+3 < len(s.nodes) && !is[Linker](s, i+3) {
			continue
		}
		t, named := s.thingAt(i + 1)
		if !named && !is[measure](s, i+1) || named && (t.dim == nil || !isTime(t.dim) && !isMeasurable(t.dim)) {
			continue
		}
		desc := top.Desc
		if named && isTime(t.dim) && top.Flip {
			desc = !desc // the oldest date first
		}
		first, last := i, i+2
		if s.glueWith(i-1) || is[Linker](s, i-1) {
			first--
		}
		if named {
			s.draft.orderings = append(s.draft.orderings, ordering{from: s.nodes[i].from, end: s.nodes[last].end, only: true, given: true, desc: desc, attribute: &t})
			s.nodes = slices.Delete(s.nodes, first, last+1)
			return
		}
		s.nodes[i].means = Order{Mark: true, Given: true, Desc: desc}
		s.drop(last)
		return
	}
}

// glueWith reports whether node i says what something has: with the highest limit first.
func (s *sentence) glueWith(i int) bool {
	g, ok := s.glue(i)
	return ok && g.How == With
}
