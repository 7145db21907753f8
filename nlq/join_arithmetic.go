package nlq

import (
	"slices"

	"wenshu/semantic"
)

// joinArithmetic reads ratios of two measures and gaps between two members.
func (s *sentence) joinArithmetic() {
	s.joinAddOns()
	s.joinShareOf()
	s.shareThatIs()
	s.shareOfRows()
	for i := 0; i < len(s.nodes); i++ {
		if s.joinPerMany(i) {
			continue
		}
		switch m := s.nodes[i].means.(type) {
		case Ratio:
			s.joinRatio(i, m)
		case VersusMark:
			s.joinRelative(i)
		case Difference:
			s.joinGap(i, m)
		}
	}
}

// joinShareOf reads "discount as a share of revenue", 优惠占销售额的比例: a share
// between two measures divides them.
func (s *sentence) joinShareOf() {
	for i := range s.nodes {
		if !is[Share](s, i) {
			continue
		}
		if s.text.At(s.nodes[i].from).Norm == "as" && s.ratioBetween(i) {
			return // as a percentage of total orders
		}
		s.columnsOfShare(i)
		left, right := s.measureFrom(i-1, -1), s.measureFrom(i+1, 1)
		if left < 0 || right >= len(s.nodes) {
			continue
		}
		a, _ := as[measure](s.nodes[left])
		b, _ := as[measure](s.nodes[right])
		end := right
		for j := right + 1; j < len(s.nodes) && (is[Share](s, j) || is[Glue](s, j)); j++ {
			if is[Share](s, j) {
				end = j
			}
		}
		if sameMeasure(a, b) {
			if end > right && s.text.At(s.nodes[i].from).Norm == "占" {
				s.nodes = slices.Delete(s.nodes, right, end+1) // of all of them
				s.draft.ofAll = true
			}
			continue
		}
		s.join(left, end, measure{over: []measure{a, b}, op: semantic.Div})
		return
	}
}

// shareOfRows reads 女医生占全部医生的比例: a share without a measure is one of
// rows of the entity that both sides name.
func (s *sentence) shareOfRows() {
	var whole *semantic.Table
	share, counted := false, -1
	for i, n := range s.nodes {
		switch m := n.means.(type) {
		case measure, Agg, Count, number, Grained:
			return
		case Share:
			share = true
		case members:
			if whole == nil && !m.not {
				whole = m.dim.Table
			}
		case thing:
			if m.table == nil || m.via != "" || counted >= 0 && whole != m.table {
				return
			}
			whole, counted = m.table, i
		}
	}
	if !share || whole == nil || counted < 0 {
		return
	}
	s.nodes[counted].means = s.countRows(s.nodes[counted], whole)
	for i, n := range s.nodes {
		if t, ok := n.means.(thing); ok && t.table == whole && i != counted {
			s.nodes[i].means = Noise{}
		}
	}
}

// joinRelative divides two numbers of which one is said to be relative to the other.
func (s *sentence) joinRelative(i int) {
	if i == 0 || i+1 >= len(s.nodes) || s.text.Norm(s.nodes[i].from, s.nodes[i].end) != "relative to" {
		return
	}
	above, ok := as[measure](s.nodes[i-1])
	below, also := s.summed(i + 1)
	if ok && also && !sameMeasure(above, below) {
		s.join(i-1, i+1, s.r.declaredRatio(above, below))
	}
}

// joinRatio divides the measures on both sides of the word, or the two nearest
// to it.
func (s *sentence) joinRatio(i int, m Ratio) {
	if s.ratioOfColumns(i, m) {
		return
	}
	left, right := s.measureFrom(i-1, -1), s.measureFrom(i+1, 1)
	if m.Between && (left < 0 || right >= len(s.nodes)) && s.ratioBetween(i) {
		return
	}
	if !m.Between {
		if second := s.measureFrom(right+1, 1); right < len(s.nodes) && second < len(s.nodes) {
			left, right = right, second
		} else if first := s.measureFrom(left-1, -1); left >= 0 && first >= 0 {
			left, right = first, left
		}
	}
	if left < 0 || right >= len(s.nodes) || left >= right {
		return
	}
	a, _ := as[measure](s.nodes[left])
	b, _ := as[measure](s.nodes[right])
	from, end := min(left, i), max(right, i)
	s.join(from, end, measure{over: []measure{a, b}, op: semantic.Div})
}

// joinPerMany divides by so many of something: complaints per 1,000 orders.
func (s *sentence) joinPerMany(i int) bool {
	r, ratio := as[Ratio](s.nodes[i])
	g, grouped := as[GroupMark](s.nodes[i])
	if !(ratio && r.Between) && !(grouped && g.Each && !g.Before) || i+2 >= len(s.nodes) {
		return false
	}
	n, ok := as[number](s.nodes[i+1])
	left := s.measureFrom(i-1, -1)
	if !ok || left < 0 || n.Unit != "" {
		return false
	}
	many, whole := wholeCount(n.Number)
	below, counted := as[measure](s.nodes[i+2])
	if t, ok := s.thingAt(i + 2); ok && !counted && t.table != nil {
		below, counted = s.countOf(s.nodes[i+2], false)
	}
	if !whole || many < 2 || !counted {
		return false
	}
	above, _ := as[measure](s.nodes[left])
	s.join(left, i+2, measure{over: []measure{above, below}, op: semantic.Div, times: many})
	return true
}

// measureFrom returns the first measure from node i on, past words that only
// glue.
func (s *sentence) measureFrom(i, dir int) int {
	for ; i >= 0 && i < len(s.nodes); i += dir {
		switch s.nodes[i].means.(type) {
		case measure:
			return i
		case Glue, Linker, Noise, VersusMark:
			continue
		}
		break
	}
	if dir < 0 {
		return -1
	}
	return len(s.nodes)
}

// joinGap subtracts: the measure of one member minus that of another, or one
// measure minus another.
func (s *sentence) joinGap(i int, m Difference) {
	if m.Asked {
		if s.gapOfThan(i) || m.Way == NoWay && s.gapBeforeMore(i) {
			return
		}
		s.nodes[i].means = Noise{}
		s.draft.gap = true
		if m.Way != NoWay {
			s.draft.way = way{said: true, less: m.Way == Lower || m.Way == Worse, judges: m.Way == Better || m.Way == Worse}
		}
		return
	}
	if s.gapOfMembers(i) || s.gapOfExtremes(i) || s.gapOfCycles(i) || s.gapOfPeriods(i) {
		return
	}
	left, right := s.measureFrom(i-1, -1), s.measureFrom(i+1, 1)
	if !m.Between {
		if second := s.measureFrom(right+1, 1); right < len(s.nodes) && second < len(s.nodes) {
			left, right = right, second
		} else if first := s.measureFrom(left-1, -1); left >= 0 && first >= 0 {
			left, right = first, left
		}
	}
	if left < 0 || right >= len(s.nodes) || left >= right {
		return
	}
	a, _ := as[measure](s.nodes[left])
	b, _ := as[measure](s.nodes[right])
	s.join(min(left, i), max(right, i), measure{over: []measure{a, b}, op: semantic.Sub})
}

// gapOfMembers reads "difference between X and Y" for one measure.
func (s *sentence) gapOfMembers(i int) bool {
	at := s.nearestMeasureNode(i)
	if at < 0 {
		at = s.onlyColumn()
	}
	if at < 0 {
		return false
	}
	m, ok := as[measure](s.nodes[at])
	if t, column := s.thingAt(at); !ok && column {
		m = measure{dim: t.dim, via: t.via, agg: sumOf(t.dim)}
	}
	var sides []condition
	var nodes []int
	for j := range s.nodes {
		side, ok := as[members](s.nodes[j])
		if !ok || side.not {
			continue
		}
		for _, v := range side.values {
			sides = append(sides, condition{dim: side.dim, via: side.via, values: []string{v}})
		}
		nodes = append(nodes, j)
	}
	if sides, nodes = s.opposed(sides, nodes); len(sides) != 2 {
		return false
	}
	first, second := m, m
	first.where, second.where = sides[:1], sides[1:]
	s.nodes[at].means = measure{over: []measure{first, second}, op: semantic.Sub}
	s.nodes[i].means = Noise{}
	for k := len(nodes) - 1; k >= 0; k-- {
		s.nodes[nodes[k]].means = Noise{}
	}
	if before := nodes[0] - 1; is[GroupMark](s, before) && s.text.At(s.nodes[before].from).Norm == "between" {
		s.nodes[before].means = Noise{} // the difference in sales between A and B
	}
	return true
}

// gapOfExtremes reads "the difference between the highest and lowest salary" and
// "the difference in price between the most expensive and the cheapest product".
func (s *sentence) gapOfExtremes(i int) bool {
	j := i + 1
	named, ok := s.thingAt(j)
	if ok && named.dim != nil && isMeasurable(named.dim) {
		j++
	} else {
		named = thing{}
	}
	for j < len(s.nodes) && is[Glue](s, j) {
		j++
	}
	first, ok := s.topAt(j)
	second, two := s.topAt(j + 2)
	if !ok || !two || !is[Linker](s, j+1) || first.Desc == second.Desc || first.N+second.N > 0 {
		return false
	}
	last := j + 2
	if t, ok := s.thingAt(j + 3); ok {
		switch {
		case named.dim == nil && t.dim != nil && isMeasurable(t.dim):
			named, last = t, j+3
		case t.table != nil && named.dim == nil:
			d, found := s.r.attributeByHints(t.table, first.Hints, isMeasurable)
			if !found {
				return false
			}
			named.dim = d
		}
	}
	if named.dim == nil {
		return false
	}
	high := measure{dim: named.dim, via: named.via, agg: "max"}
	low := high
	low.agg = "min"
	s.join(i, last, measure{over: []measure{high, low}, op: semantic.Sub})
	return true
}

func (s *sentence) topAt(i int) (Top, bool) {
	if i < 0 || i >= len(s.nodes) {
		return Top{}, false
	}
	return as[Top](s.nodes[i])
}

// onlyColumn returns the node of the one column of numbers that is named; -1
// when none or two are.
func (s *sentence) onlyColumn() int {
	found := -1
	for i := range s.nodes {
		t, ok := s.thingAt(i)
		if !ok || t.dim == nil || !isMeasurable(t.dim) || t.marks&(markBy|markEach) != 0 {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

func (s *sentence) nearestMeasureNode(at int) int {
	best := -1
	for i := range s.nodes {
		if is[measure](s, i) && (best < 0 || max(i-at, at-i) < max(best-at, at-best)) {
			best = i
		}
	}
	return best
}
