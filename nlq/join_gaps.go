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
	if fewer {
		s.turnGaps()
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

// gapBeforeMore reads 北京的商家比上海多几家: two members around the word that compares
// them, and how many more stands behind both.
func (s *sentence) gapBeforeMore(i int) bool {
	than := slices.IndexFunc(s.nodes, func(n node) bool {
		m, ok := n.means.(VersusMark)
		return ok && m.Against && s.text.At(n.from).Class == Han
	})
	if than < 0 || than > i || s.membersIn(0, than) != 1 || s.membersIn(than, i) != 1 || s.membersIn(i, len(s.nodes)) > 0 {
		return false
	}
	if s.nearestMeasureNode(i) < 0 && s.onlyColumn() < 0 {
		counted := slices.IndexFunc(s.nodes[:than], func(n node) bool {
			t, ok := n.means.(thing)
			return ok && t.table != nil && t.marks == 0
		})
		if counted < 0 {
			return false
		}
		t, _ := s.thingAt(counted)
		s.nodes[counted].means = s.countRows(s.nodes[counted], t.table)
	}
	if !s.gapOfMembers(i) {
		return false
	}
	s.nodes[than].means = Noise{}
	if lessWords[s.text.At(s.nodes[i].from).Norm] {
		s.turnGaps()
	}
	return true
}

// turnGaps takes every difference the other way round.
func (s *sentence) turnGaps() {
	for j, n := range s.nodes {
		if m, ok := n.means.(measure); ok && len(m.over) == 2 && m.op == semantic.Sub {
			m.over[0], m.over[1] = m.over[1], m.over[0]
			s.nodes[j].means = m
		}
	}
}

// lessWords open a question of how much less there is.
var lessWords = map[string]bool{"少": true, "低": true, "小": true, "便": true, "短": true, "轻": true}

// nounOfSide reports whether a thing is only the entity whose members a difference is between:
// how many more kegs of beers in the IPA style than in the Lager style.
func (b *builder) nounOfSide(t thing) bool {
	return t.table != nil && t.marks&(markBy|markEach|markWhich|markListed) == 0 && slices.ContainsFunc(b.measures, func(m measure) bool {
		return len(m.over) == 2 && m.op == semantic.Sub && slices.ContainsFunc(m.over[0].where, func(c condition) bool { return c.home() == t.table })
	})
}

// sumInPercent refuses a sum or a count of which a percentage is wished that nothing says
// of what: money split across methods, in percent.
func (b *builder) sumInPercent() {
	share := slices.ContainsFunc(b.d.shows, func(s semantic.Show) bool { return s.Func == "share" })
	if !b.d.present.Unit.Percent || share || len(b.measures) != 1 || len(b.d.versus)+len(b.d.changes)+len(b.d.shows) > 0 {
		return
	}
	if m := b.measures[0]; len(m.over)+len(m.per) == 0 && !b.isRate(m) && (b.r.isCount(m) || m.agg == "sum" || m.metric != nil && m.agg == "" && canReaggregate(m.metric)) {
		b.s.charge("a sum in percent", costIdle, node{})
		b.d.idle = true
	}
}

// gapAsked refuses a sentence that asks by how much something is more and
// subtracts nothing.
func (b *builder) gapAsked() {
	subtracts := func(m measure) bool { return len(m.over) == 2 && m.op == semantic.Sub }
	if slices.ContainsFunc(b.measures, func(m measure) bool { return subtracts(m) && unlikeMoney(m.over[0], m.over[1]) }) {
		b.s.charge("money less a count", costIdle, node{})
		b.d.idle = true
	}
	b.things = slices.DeleteFunc(b.things, b.nounOfSide)
	if b.d.gap && len(b.d.versus)+len(b.d.changes) == 0 && !slices.ContainsFunc(b.measures, subtracts) {
		b.s.charge("no difference", costIdle, node{})
		b.d.idle = true
	}
}

// opposed are the two members of one dimension, and their nodes, where all others are the only
// ones of theirs, and say of what there is a gap: 心血管药里乙类和甲类的单价相差多少.
func (s *sentence) opposed(sides []condition, nodes []int) ([]condition, []int) {
	var two []condition
	for i, side := range sides {
		for _, other := range sides[i+1:] {
			if side.dim.Conforms(other.dim) {
				two = append(two, side, other)
			}
		}
	}
	if len(two) != 2 {
		return nil, nil
	}
	return two, slices.DeleteFunc(nodes, func(j int) bool {
		m, _ := s.memberAt(j)
		return !m.dim.Conforms(two[0].dim)
	})
}
