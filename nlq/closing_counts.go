package nlq

// closingCounts reads a number that nothing says of what, at the end of what is to be
// shown, "show the name and how many", as that of what was counted or compared before.
func (s *sentence) closingCounts() {
	for i := len(s.nodes) - 1; i >= 0; i-- {
		c, ok := as[Count](s.nodes[i])
		if !ok || c.Before && !c.Closing || c.Own {
			continue
		}
		if !s.closesList(i) {
			if c.Closing {
				s.charge("a number of nothing", costIdle, s.nodes[i])
				s.draft.idle = true
			}
			continue
		}
		if j := s.comparedBefore(i); j >= 0 {
			t, _ := s.thingAt(j)
			s.nodes[i].means = s.countRows(s.nodes[i], t.table)
			continue
		}
		if s.countsEarlier(i) {
			s.drop(i)
			i--
			s.drop(i) // the "and" before it
		}
	}
}

// closesList reports whether node i is the last of what a clause lists, behind "and".
func (s *sentence) closesList(i int) bool {
	link, listed := s.linkAt(i - 1)
	after, parted := s.linkAt(i + 1)
	return listed && link.How == AndLink && (i+1 == len(s.nodes) || parted && after.How == ClauseLink)
}

// comparedBefore is the node of the entity whose number is compared before node i, more
// than three vets; -1 for none.
func (s *sentence) comparedBefore(i int) int {
	for j := range i {
		if !is[Compare](s, j) {
			continue
		}
		k := j + 1
		for k < i && (is[number](s, k) || is[members](s, k) || is[phrased](s, k)) {
			k++
		}
		if t, ok := s.thingAt(k); ok && k < i && t.table != nil {
			return k
		}
	}
	return -1
}

// countsEarlier reports whether something is counted before node i.
func (s *sentence) countsEarlier(i int) bool {
	for j := range i {
		if _, ok := as[Count](s.nodes[j]); ok || s.countsAt(j) {
			return true
		}
	}
	return false
}
