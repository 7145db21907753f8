package nlq

import "wenshu/semantic"

// shareOfTested counts the rows of what a share without a measure is of, where tests say
// which of them: 首发价超过5000元的手机占几成, the share of members without an email.
func (s *sentence) shareOfTested() {
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
