package nlq

import (
	"slices"

	"wenshu/semantic"
)

// ratioOfColumns reads "the ratio of helpfulness scores to clarity scores": two
// columns of numbers of one table behind the word, which have one ratio for each
// row and for all of them together.
func (s *sentence) ratioOfColumns(i int, m Ratio) bool {
	above, ok := s.thingAt(i + 1)
	below, two := s.thingAt(i + 3)
	if m.Between || !ok || !two || above.dim == nil || below.dim == nil || above.dim.Table != below.dim.Table || above.dim == below.dim {
		return false
	}
	if !isMeasurable(above.dim) || !isMeasurable(below.dim) || (above.marks|below.marks)&(markBy|markEach) != 0 {
		return false
	}
	if !slices.Contains(ratioWords, s.text.At(s.nodes[i+2].from).Norm) {
		return false
	}
	of := func(t thing) measure { return measure{dim: t.dim, via: t.via, agg: "sum", bare: true} }
	s.join(i, i+3, measure{over: []measure{of(above), of(below)}, op: semantic.Div})
	return true
}

// fewerWords turn a difference around: how many fewer orders A has than B.
var fewerWords = map[string]bool{"fewer": true, "less": true, "lower": true, "smaller": true, "worse": true}

// gapOfThan reads "how many more orders did A have than B": the number of one
// member less that of the other, which stands behind "than".
func (s *sentence) gapOfThan(i int) bool {
	than := slices.IndexFunc(s.nodes, func(n node) bool {
		m, ok := n.means.(VersusMark)
		return ok && m.Against && s.text.At(n.from).Norm == "than"
	})
	if than < i || s.membersIn(i, than) != 1 || s.membersIn(than, len(s.nodes)) != 1 {
		return false
	}
	if t, ok := s.thingAt(i + 1); ok && t.table != nil && t.marks == 0 && s.nearestMeasureNode(i) < 0 {
		s.nodes[i+1].means = s.countRows(s.nodes[i+1], t.table)
	}
	fewer := fewerWords[s.text.At(s.nodes[i].end-1).Norm]
	if !s.gapOfMembers(i) {
		return false
	}
	for j, n := range s.nodes {
		if m, ok := n.means.(measure); ok && fewer && len(m.over) == 2 && m.op == semantic.Sub {
			m.over[0], m.over[1] = m.over[1], m.over[0]
			s.nodes[j].means = m
		}
	}
	for j, n := range s.nodes {
		_, verb := n.means.(Verb)
		_, asks := n.means.(Which)
		if j == than || j > i && (verb || asks) {
			s.nodes[j].means = Noise{} // did, have, than
		}
	}
	return true
}

// membersIn counts the members named one by one between two nodes.
func (s *sentence) membersIn(from, end int) int {
	n := 0
	for _, x := range s.nodes[from:end] {
		if m, ok := x.means.(members); ok && !m.not {
			n += len(m.values)
		}
	}
	return n
}
