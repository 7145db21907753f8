package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// joinPoints reads two numbers of one kind of row set against each other without
// an aggregate, "weight versus horsepower by origin", as a point for every row.
func (s *sentence) joinPoints() {
	s.joinSized()
	s.runAlong()
	s.binnedCount()
	for i := range s.nodes {
		m, ok := as[VersusMark](s.nodes[i])
		if !ok {
			continue
		}
		left, right := s.skip(i-1, -1), s.skip(i+1, 1)
		if !m.Relates {
			left, right = i-1, i+1
		}
		if s.markAgainst(i, left, right) || s.markAgainst(i, right, left) {
			return
		}
		if s.arePoints(left, right) && !s.aggregated() {
			s.draft.points = true
			s.nodes[i].means = Linker{How: AndLink}
			return
		}
	}
	s.joinPair()
}

// joinPair reads "compare weight to horsepower" and "weight to horsepower" as
// points too.
func (s *sentence) joinPair() {
	for i := range s.nodes {
		left, right := i-1, i+1
		if g, ok := s.glue(i); !ok || g.How != To && g.How != With && !is[VersusMark](s, i-2) {
			continue
		}
		if s.arePoints(left, right) && !s.aggregated() && (is[VersusMark](s, left-1) || left == 0) {
			s.draft.points = true
			s.nodes[i].means = Linker{How: AndLink}
			return
		}
	}
}

// joinAgainst reads "average weight vs year" once its measure is known.
func (s *sentence) joinAgainst() {
	for i := range s.nodes {
		if is[VersusMark](s, i) && (s.markAgainst(i, i-1, i+1) || s.markAgainst(i, i+1, i-1)) {
			return
		}
	}
}

// runAlong reads "weight over year": a column of time behind "over" is what the
// numbers run along.
func (s *sentence) runAlong() {
	for i := range s.nodes {
		if _, ok := s.glue(i); !ok || !overWords[s.text.Norm(s.nodes[i].from, s.nodes[i].end)] {
			continue
		}
		if t, ok := s.thingAt(i + 1); ok && t.dim != nil && t.marks == 0 && (isYears(t.dim) || isTime(t.dim)) {
			s.markAt(i+1, markBy)
		}
	}
}

// binnedCount reads "floor area, binned, against the count": the bins of the one number are
// what the count is split by.
func (s *sentence) binnedCount() {
	if !slices.ContainsFunc(s.nodes, func(n node) bool { _, ok := n.means.(Binned); return ok }) {
		return
	}
	number, counts := -1, false
	for i, n := range s.nodes {
		switch m := n.means.(type) {
		case thing:
			if m.dim == nil || !isMeasurable(m.dim) || m.marks != 0 {
				continue
			}
			if number >= 0 {
				return
			}
			number = i
		case Count:
			counts = true
		case measure:
			if !s.r.isCount(m) {
				return
			}
			counts = true
		}
	}
	if number < 0 || !counts {
		return
	}
	s.markAt(number, markBy|markSpread)
	for i := range s.nodes {
		if is[VersusMark](s, i) {
			s.nodes[i].means = Linker{How: CommaLink}
		}
	}
}

var overWords = map[string]bool{"over": true, "over the": true, "through": true, "through the": true, "throughout": true, "across the": true, "along": true}

// joinSized reads "with size by budget": one more number of every point.
func (s *sentence) joinSized() {
	for i := range s.nodes {
		m, ok := as[Sized](s.nodes[i])
		if !ok {
			continue
		}
		j := i + 1
		if m.Before {
			j = i - 1
		}
		j = s.thingBeside(i, j)
		if t, ok := s.thingAt(j); ok && t.dim != nil && isMeasurable(t.dim) {
			t.marks &^= markBy | markEach
			s.nodes[j].means = t
			s.draft.present.Chart = "bubble"
			s.nodes[i].means = Linker{How: AndLink}
		}
	}
}

// thingBeside returns the node next to a mark, past a word that splits.
func (s *sentence) thingBeside(i, j int) int {
	if j >= 0 && j < len(s.nodes) && is[GroupMark](s, j) {
		return j + j - i
	}
	return j
}

// arePoints reports whether two nodes are bare numbers of one kind of row.
func (s *sentence) arePoints(left, right int) bool {
	a, isA := s.thingAt(left)
	b, isB := s.thingAt(right)
	return isA && isB && a.dim != nil && b.dim != nil && a.dim != b.dim && a.dim.Table == b.dim.Table &&
		(a.marks|b.marks)&^markAsked == 0 && isMeasurable(a.dim) && isMeasurable(b.dim)
}

// aggregated reports whether an aggregate or another picture than of points is
// asked for.
func (s *sentence) aggregated() bool {
	return slices.ContainsFunc(s.nodes, func(n node) bool {
		switch m := n.means.(type) {
		case Agg, AvgPer, measure, Top:
			return true
		case Chart:
			return m.Kind != "" && !drawsPoints(m.Kind)
		}
		return false
	})
}

// drawsPoints reports whether a picture has a point for every row.
func drawsPoints(chart string) bool {
	return chart == "scatter" || chart == "bubble" || chart == "relation" || chart == "box" || chart == "strip"
}

// drawn is the picture that the sentence names; "" for none or any.
func (s *sentence) drawn() string {
	kind := s.draft.present.Chart
	for _, n := range s.nodes {
		if c, ok := as[Chart](n); ok && c.Kind != "" {
			kind = c.Kind
		}
	}
	return kind
}

// markAgainst reads "revenue versus genre": a number set against what it can be
// split by is split by it.
func (s *sentence) markAgainst(i, number, split int) bool {
	t, ok := s.thingAt(split)
	if !ok || t.dim == nil || t.marks&^markAsked != 0 || !isGraded(t.dim) || number < 0 || number >= len(s.nodes) {
		return false
	}
	switch n := s.nodes[number].means.(type) {
	case measure:
	case thing:
		if n.dim == nil || !isMeasurable(n.dim) || isGraded(n.dim) || n.dim.Table != t.dim.Table || n.marks&^markAsked != 0 || isMeasurable(t.dim) && drawsPoints(s.drawn()) {
			return false
		}
	default:
		return false
	}
	s.markAt(split, markBy)
	s.nodes[i].means = Noise{}
	return true
}

// isGraded reports whether results are split by a column rather than drawn along
// it: texts, years, and whole numbers that are no amounts, such as how many
// rooms a home has.
func isGraded(d *semantic.Dimension) bool {
	return !isMeasurable(d) || isYears(d) || d.Type.Kind == semantic.Int && d.Sum == ""
}

// isYears reports whether a column of numbers holds years.
func isYears(d *semantic.Dimension) bool {
	label := d.Names.Label
	return d.Type.Kind == semantic.Int && (label.EN == "year" || strings.HasSuffix(label.EN, " year") || strings.HasPrefix(label.EN, "year ") || strings.HasSuffix(label.ZH, "年份") || strings.HasSuffix(label.ZH, "年度"))
}
