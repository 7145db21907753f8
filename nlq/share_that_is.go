package nlq

// shareThatIs reads "what percent of the charged amount has been paid" as one number by
// another of the same rows: the whole stands behind the share, and what is said of it is
// the part.
func (s *sentence) shareThatIs() {
	for i := range s.nodes {
		if !is[Share](s, i) || s.text.At(s.nodes[i].end-1).Norm != "of" || i+2 >= len(s.nodes) {
			continue
		}
		whole, ok := s.summed(i + 1)
		last := i + 2
		for last < len(s.nodes)-1 && (is[Glue](s, last) || s.sumsAgain(last, whole)) {
			last++ // the charged amount, where both words call it
		}
		part, also := s.summed(last)
		if !ok || !also || whole.home() == nil || whole.home() != part.home() || sameMeasure(whole, part) || !s.sayingBetween(s.nodes[i+1].end, s.nodes[last].from) {
			continue
		}
		s.join(i, last, s.r.declaredRatio(part, whole))
		s.draft.present.Unit = InUnit{Percent: true}
		return
	}
}

// sumsAgain reports whether node i is a sum once more.
func (s *sentence) sumsAgain(i int, m measure) bool {
	again, ok := s.summed(i)
	return ok && sameMeasure(again, m)
}

// sayingBetween reports whether a verb between two tokens says something of what stands
// before it.
func (s *sentence) sayingBetween(from, end int) bool {
	for at := from; at < end; at++ {
		if saying[s.text.At(at).Norm] {
			return true
		}
	}
	return false
}

// sharedOverNumbers refuses a share that falls on each value of a number which nothing
// splits by: of what was charged no part is that of those who paid 35.
func (b *builder) sharedOverNumbers() {
	for _, t := range b.things {
		if t.dim != nil && !t.timed && t.marks&(markBy|markEach|markWhich) == 0 && isMeasurable(t.dim) && !isYears(t.dim) && !isGraded(t.dim) {
			b.s.charge("a share over a number", costIdle, node{})
			b.d.idle = true
			return
		}
	}
}

// saidOfShared reports whether node i says of the column at node before, which is added up,
// what part of it is asked for: what percentage of hours is billable.
func (s *sentence) saidOfShared(i, before int) bool {
	if before < 1 || !is[Share](s, before-1) || before == i-1 && !predicateWords[s.text.At(s.nodes[i].from).Norm] {
		return false
	}
	t, ok := s.thingAt(before)
	return ok && t.dim != nil && isMeasurable(t.dim) && t.dim.Sum == "sum"
}
