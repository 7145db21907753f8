package nlq

import (
	"strings"

	"wenshu/semantic"
)

// nounBehind returns the entity that a member at node i stands right before, with
// at most one other member between; nil for none.
func (s *sentence) nounBehind(i int) *semantic.Table {
	for j := i + 1; j < len(s.nodes) && j <= i+2; j++ {
		n, ok := as[names](s.nodes[j])
		if !ok || len(n.alts) == 0 || !s.touches(j-1, j) {
			return nil
		}
		if o := n.alts[0].object; o.Member == "" {
			return o.Table
		}
	}
	return nil
}

// shortNoun reads one character that the name of an entity begins or ends with, right
// behind a member of it, as the entity: 空置房 are houses, where the table of 房屋 has them.
func (s *sentence) shortNoun(i int) {
	m, ok := s.memberAt(i)
	if !ok || !is[unread](s, i+1) || !s.touches(i, i+1) || s.text.At(s.nodes[i].from).Class != Han || s.text.At(s.nodes[i+1].from).Class != Han || is[unread](s, i+2) && s.touches(i+1, i+2) {
		return
	}
	char, label := s.text.At(s.nodes[i+1].from).Norm, m.dim.Table.Names.Label.ZH
	if strings.HasPrefix(label, char) || strings.HasSuffix(label, char) {
		s.texts = append(s.texts, s.nodes[i+1].from)
		s.nodes[i+1].means = thing{table: m.dim.Table}
	}
}
