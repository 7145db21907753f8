package nlq

import (
	"slices"

	"wenshu/semantic"
)

// shareOfTested counts the rows of what a share without a measure is of, where tests say
// which of them: 首发价超过5000元的手机占几成, the share of members without an email.
func (s *sentence) shareOfTested() {
	s.shareOfBounded()
	if len(s.draft.conditions) == 0 {
		return
	}
	var whole *semantic.Table
	share, counted := false, -1
	for i, n := range s.nodes {
		switch m := n.means.(type) {
		case measure, Agg, Count, number:
			return
		case Share:
			share = share || counted >= 0
		case thing:
			switch {
			case m.table == nil || m.via != "" || m.marks&(markBy|markEach) != 0:
			case counted < 0:
				whole, counted = m.table, i
			default:
				return
			}
		}
	}
	if share {
		s.nodes[counted].means = s.countRows(s.nodes[counted], whole)
	}
}

// shareOfBounded counts the rows of what a share is of, where a test says how many acts some of
// them have: what percentage of owners have more than one pet.
func (s *sentence) shareOfBounded() {
	if len(s.draft.outcomes) == 0 {
		return
	}
	for i := range s.nodes {
		if !is[Share](s, i) {
			continue
		}
		of := s.skip(i+1, 1)
		t, ok := s.thingAt(of)
		if !ok || t.table == nil || t.via != "" || t.marks&(markBy|markEach) != 0 || s.text.At(s.nodes[i].from).Class != Word {
			return
		}
		if slices.ContainsFunc(s.draft.outcomes, func(o outcome) bool { return s.r.boundsActs(o, t.table) && o.from > s.nodes[of].from }) {
			s.nodes[of].means = s.countRows(s.nodes[of], t.table)
		}
		return
	}
}

// boundsActs reports whether an outcome tests acts that lead to an entity.
func (r *Reader) boundsActs(o outcome, entity *semantic.Table) bool {
	home := o.measure.home()
	return home != nil && entity != nil && o.change == "" && !o.overall && home != entity && r.graph.hops(home, entity) > 0
}
