package nlq

import "wenshu/semantic"

// shareOfParent reads 各省销售额占所在大区的比例: what stands between two words for a
// share, and leads from what results are split by, is the whole that each is a part of.
func (s *sentence) shareOfParent() {
	for i := range s.nodes {
		if !is[Share](s, i) {
			continue
		}
		j := s.skip(i+1, 1)
		whole, ok := s.thingAt(j)
		if !ok || whole.dim == nil || whole.marks&^markFilter != 0 || isMeasurable(whole.dim) || isTime(whole.dim) || s.text.At(s.nodes[i].from).Class != Han {
			continue
		}
		part := s.splitBefore(i)
		if part == nil {
			continue
		}
		if whole.dim.Same != nil && s.r.graph.hops(part, whole.dim.Table) < 0 {
			whole.dim = whole.dim.Same
		}
		if s.r.graph.hops(part, whole.dim.Table) < 0 {
			continue
		}
		whole.marks = markBy
		s.nodes[j].means = whole
		s.draft.within, s.draft.whole = true, &whole
		return
	}
}

// splitBefore is the table of the last thing before node i that results are split by;
// nil for none.
func (s *sentence) splitBefore(i int) *semantic.Table {
	for j := i - 1; j >= 0; j-- {
		if t, ok := s.thingAt(j); ok && t.has(markBy|markEach) {
			return t.home()
		}
	}
	return nil
}
