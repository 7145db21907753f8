package nlq

import "wenshu/semantic"

// pairOf returns two nodes of one kind with a link or a 比 between them; ok is false
// where there is no such pair, or more than two of the kind.
func pairOf[T any](s *sentence) (first, second int, ok bool) {
	var found []int
	for i := range s.nodes {
		if is[T](s, i) {
			found = append(found, i)
		}
	}
	if len(found) != 2 || found[1] != found[0]+2 {
		return 0, 0, false
	}
	between := found[0] + 1
	return found[0], found[1], is[Linker](s, between) || is[Difference](s, between) || is[VersusMark](s, between)
}

// gapOfCycles reads 周末和工作日的销售额差多少: the measure on days of one kind less that
// on days of the other.
func (s *sentence) gapOfCycles(i int) bool {
	first, second, ok := pairOf[Cycle](s)
	at := s.nearestMeasureNode(i)
	if !ok || at < 0 {
		return false
	}
	m, _ := as[measure](s.nodes[at])
	of := func(j int) measure {
		c, _ := as[Cycle](s.nodes[j])
		side := m
		test := cycleTest(c)(semantic.Grained{Of: semantic.Name{Path: []string{"time"}}, Grain: c.Grain})
		side.where = append(side.where[:len(side.where):len(side.where)], condition{fixed: test, from: s.nodes[j].from})
		return side
	}
	s.nodes[at].means = measure{over: []measure{of(first), of(second)}, op: semantic.Sub}
	for _, j := range []int{first, first + 1, second, i} {
		s.nodes[j].means = Noise{}
	}
	return true
}

// gapOfPeriods reads 今年和去年上半年的销售额差多少: how much the measure changed from the
// earlier of two periods to the later.
func (s *sentence) gapOfPeriods(i int) bool {
	if _, _, ok := pairOf[Timed](s); !ok || s.nearestMeasureNode(i) < 0 {
		return false
	}
	s.nodes[i].means = VersusMark{}
	s.draft.changes = append(s.draft.changes, Change{Both: true, Value: true})
	return true
}
