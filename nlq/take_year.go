package nlq

// takeYear joins a year with the column of years next to it: 1950年以前创办的学校,
// "founded before 1950"; it reports whether it was taken out of the sentence.
func (s *sentence) takeYear(i int, m Timed) bool {
	test := yearTest(m.Period)
	if test == nil {
		return false
	}
	for _, j := range []int{s.skip(i+1, 1), s.skip(i-1, -1)} {
		t, ok := s.thingAt(j)
		if !ok || t.dim == nil || !isYears(t.dim) || t.marks&(markBy|markEach|markWhich|markAsked|markListed) != 0 {
			continue
		}
		s.takeTest(min(i, j), max(i, j), t.dim, t.via, false, test)
		return true
	}
	return false
}
