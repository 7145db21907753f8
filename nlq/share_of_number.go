package nlq

// shareOfNumber reads 悬疑片的票房占所有电影票房的百分比: what stands between 占 and the word
// that closes it is the number before it once more, of the whole. Members that are named
// again there are those of the whole; where results are split, the whole is all of what
// they split.
func (s *sentence) shareOfNumber() {
	for i := 1; i+2 < len(s.nodes); i++ {
		if !is[Share](s, i) || s.text.At(s.nodes[i].from).Norm != "占" {
			continue
		}
		last := i + 1
		for last < len(s.nodes) && !is[Share](s, last) {
			last++
		}
		again := s.skip(last-1, -1)
		if last >= len(s.nodes) || again <= i {
			return
		}
		m, ok := s.addedAt(again)
		before := s.saidBefore(i, again)
		if before < 0 && ok {
			before = s.numberBefore(i, m)
		}
		if !ok || before < 0 {
			return
		}
		whole, ok := s.wholeOf(i, again)
		if !ok {
			return
		}
		s.takeWholeNumber(i, before, whole, m)
		s.nodes = append(s.nodes[:i+1], s.nodes[last+1:]...)
		return
	}
}

// addedAt is the number at node i: a measure, or a column that is added up.
func (s *sentence) addedAt(i int) (measure, bool) {
	if m, ok := as[measure](s.nodes[i]); ok {
		return m, true
	}
	t, ok := s.thingAt(i)
	if !ok || t.dim == nil || !isMeasurable(t.dim) || t.dim.Sum != "sum" || t.marks&(markBy|markEach|markWhich) != 0 {
		return measure{}, false
	}
	return measure{dim: t.dim, via: t.via, agg: "sum", bare: true}, true
}

// numberBefore returns the node before node i that is the same number; -1 for none.
func (s *sentence) numberBefore(i int, m measure) int {
	for j := i - 1; j >= 0; j-- {
		if o, ok := s.addedAt(j); ok && sameMeasure(o, m) {
			return j
		}
	}
	return -1
}

// wholeOf returns the members that restrict the whole, which is named between nodes i and
// last; false where something else is said there.
func (s *sentence) wholeOf(i, last int) ([]members, bool) {
	var whole []members
	for j := i + 1; j < last; j++ {
		switch m := s.nodes[j].means.(type) {
		case members:
			whole = append(whole, m)
		case thing:
			if m.table == nil && (m.dim == nil || !isDisplay(m.dim)) || m.marks&(markBy|markEach|markWhich) != 0 {
				return nil, false
			}
		case Agg:
			if m.Func != "sum" {
				return nil, false
			}
		case Glue, Noise, GroupMark:
		default:
			return nil, false
		}
	}
	return whole, true
}

// takeWholeNumber makes node before the number that is divided by that of the whole, and
// refuses a whole that is not of what results are split by.
func (s *sentence) takeWholeNumber(i, before int, whole []members, m measure) {
	split, part := false, 0
	for j := range i {
		switch t := s.nodes[j].means.(type) {
		case thing:
			split = split || t.timed || t.marks&(markBy|markEach) != 0
		case members:
			if !restates(whole, t) {
				part++
				continue
			}
			s.draft.restated = append(s.draft.restated, s.nodes[j].from)
		}
	}
	s.nodes[before].means = m
	if split && part > 0 || len(s.draft.restated) < len(whole) {
		s.charge("a whole of others", costIdle, s.nodes[i])
		s.draft.idle = true
	}
	s.draft.ofAll = !split
}

// restates reports whether members are among those of the whole.
func restates(whole []members, m members) bool {
	for _, o := range whole {
		if o.dim == m.dim && o.not == m.not && len(o.values) == len(m.values) && o.values[0] == m.values[0] {
			return true
		}
	}
	return false
}

// columnsOfShare makes measures of two columns around a share at node i, of which the one
// is a part of the other: 退款金额占销售额的比例.
func (s *sentence) columnsOfShare(i int) {
	if s.text.At(s.nodes[i].from).Norm != "占" || i == 0 || i+1 >= len(s.nodes) {
		return
	}
	left, right := s.skip(i-1, -1), s.skip(i+1, 1)
	if left < 0 || right >= len(s.nodes) {
		return
	}
	a, ok := s.addedAt(left)
	b, two := s.addedAt(right)
	if !ok || !two || sameMeasure(a, b) || a.dim == nil && b.dim == nil {
		return
	}
	s.nodes[left].means, s.nodes[right].means = a, b
}
