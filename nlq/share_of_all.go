package nlq

import (
	"slices"

	"wenshu/semantic"
)

// shareOfAll reads 门票为0的景点占全部景点的比例 and …的女会员有多少，占女会员总数的百分之几: what
// stands between two words for a share is the whole, named once more. Members that are
// named again there are those of the whole, all other tests make the part.
func (s *sentence) shareOfAll() {
	for i := 1; i+2 < len(s.nodes); i++ {
		if !is[Share](s, i) || s.text.At(s.nodes[i].from).Norm != "占" {
			continue
		}
		last, noun := i+1, -1
		var again []members
		for ; last < len(s.nodes) && !is[Share](s, last); last++ {
			means := s.nodes[last].means
			if k := s.saidBefore(i, last); k >= 0 {
				means = s.nodes[k].means
			}
			switch m := means.(type) {
			case members:
				again = append(again, m)
				continue
			case thing:
				if is[thing](s, last+1) && m.table != nil {
					continue // named again, beside the noun
				}
				if noun < 0 && s.r.entityOf(m) != nil {
					noun = last
					continue
				}
			case measure:
				if noun < 0 && s.r.isCount(m) {
					noun = last
					continue
				}
			case Count:
				if m.Before {
					continue
				}
			case Glue, GroupMark, Noise, Equals:
				continue
			}
			return
		}
		if last >= len(s.nodes) || noun < 0 {
			return
		}
		if s.takeWhole(i, noun, again) {
			s.nodes = slices.Delete(s.nodes, i+1, last+1)
			s.draft.ofAll = true
		}
		return
	}
}

// saidBefore returns the node before node i that says what node j says; -1 for none.
func (s *sentence) saidBefore(i, j int) int {
	said := s.text.Norm(s.nodes[j].from, s.nodes[j].end)
	return slices.IndexFunc(s.nodes[:i], func(n node) bool { return s.text.Norm(n.from, n.end) == said })
}

// takeWhole counts the entity before the share at node i that node noun names again, and
// remembers which members are.
func (s *sentence) takeWhole(i, noun int, again []members) bool {
	entity := s.counted(noun)
	at := i - 1
	for at >= 0 && s.counted(at) != entity {
		at--
	}
	if at < 0 || entity == nil {
		return false
	}
	var restated []int
	for _, m := range again {
		named := slices.IndexFunc(s.nodes[:i], func(n node) bool {
			o, ok := n.means.(members)
			return ok && o.dim == m.dim && o.not == m.not && slices.Equal(o.values, m.values)
		})
		if named < 0 {
			return false
		}
		restated = append(restated, s.nodes[named].from)
	}
	beside := slices.ContainsFunc(s.nodes[max(at-1, 0):i], func(n node) bool {
		_, count := n.means.(Count)
		_, which := n.means.(Which)
		return count || which
	})
	s.draft.alsoPart = beside
	if _, named := s.thingAt(at); named && !beside {
		s.nodes[at].means = s.countRows(s.nodes[at], entity)
	}
	s.draft.restated = append(s.draft.restated, restated...)
	return true
}

// counted is the entity that node i names or counts; nil for none.
func (s *sentence) counted(i int) *semantic.Table {
	if t, ok := s.thingAt(i); ok && t.marks&(markBy|markEach) == 0 {
		return s.r.entityOf(t)
	}
	m, ok := as[measure](s.nodes[i])
	if !ok || !s.r.isCount(m) {
		return nil
	}
	if t := s.r.countedBy[m.metric]; t != nil {
		return t
	}
	return m.home()
}
