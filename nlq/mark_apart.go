package nlq

// membersApart reads 男女读者各多少: the members before an entity are told apart, and
// not its rows.
func (s *sentence) membersApart(i int) bool {
	j := s.skip(i-1, -1)
	t, ok := s.thingAt(j)
	if !ok || t.dim != nil && !isDisplay(t.dim) || t.marks&(markBy|markEach) != 0 || !is[members](s, j-1) || !s.touches(j-1, j) {
		return false
	}
	if !s.listedApart() && !s.apart() {
		return false
	}
	s.draft.counted = true
	return true
}

// listedApart tells several members of one list apart.
func (s *sentence) listedApart() bool {
	listed := s.listed()
	s.draft.compared = s.draft.compared || listed
	return listed
}
