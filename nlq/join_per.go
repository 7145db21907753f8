package nlq

import (
	"strings"

	"wenshu/semantic"
)

// perMeasure divides one number by another that it is said to be per: freight cost
// per kg, revenue per hour.
func (s *sentence) perMeasure() {
	for i := 0; i+2 < len(s.nodes); i++ {
		if !is[GroupMark](s, i+1) || s.text.At(s.nodes[i+1].from).Norm != "per" {
			continue
		}
		if s.perEntity(i) {
			s.averageRatio(i)
			continue
		}
		above, ok := s.summed(i)
		below, also := s.summed(i + 2)
		if !also {
			below, also = s.measured(i + 2)
		}
		if !ok || !also || above.home() != below.home() && !s.perOwned(i+2, above) || s.r.isCount(above) {
			continue
		}
		s.join(i, i+2, measure{over: []measure{above, below}, op: semantic.Div})
		s.averageRatio(i)
	}
}

// averageRatio takes the average into the ratio at node i: the average cost per page is
// what a page costs.
func (s *sentence) averageRatio(i int) {
	if a, ok := s.aggAt(i - 1); ok && a.Func == "avg" && s.touches(i-1, i) {
		s.join(i-1, i, s.nodes[i].means)
	}
}

// perOwned reports whether node i names a number that adds up, of an entity that the
// rows of a measure lead to: revenue per square metre is none of stores of one size.
func (s *sentence) perOwned(i int, above measure) bool {
	t, ok := s.thingAt(i)
	return ok && t.dim != nil && t.dim.Sum == "sum" && t.marks == 0 && above.home() != nil && s.r.graph.hops(above.home(), t.dim.Table) >= 1
}

// declaredRatio is the metric that the model declares for one measure over another;
// the two of them divided where it has none.
func (r *Reader) declaredRatio(above, below measure) measure {
	whole := func(m measure) bool {
		return m.metric != nil && m.agg == "" && len(m.per)+len(m.over)+len(m.where) == 0
	}
	if whole(above) && whole(below) {
		for _, m := range r.model.Metrics {
			over, ok := m.Expr.(semantic.Binary)
			if ok && over.Op == semantic.Div && m.Where == nil && plainName(over.L) == above.metric.Name && plainName(over.R) == below.metric.Name {
				return measure{metric: m}
			}
		}
	}
	return measure{over: []measure{above, below}, op: semantic.Div}
}

// perEntity divides by an entity where results are split by what that entity has one
// of: loans per copy for each genre are all loans over all copies of a genre.
func (s *sentence) perEntity(i int) bool {
	of, ok := s.thingAt(i + 2)
	above, known := s.summed(i)
	if t, named := s.thingAt(i); named && t.table != nil && t.via == "" && t.marks == 0 {
		above, known = s.countRows(s.nodes[i], t.table), true
	} else if m, counted := as[measure](s.nodes[i]); counted && s.r.isCount(m) {
		above, known = m, true
	}
	if !ok || !known || of.table == nil || of.via != "" || above.home() == nil || above.home() == of.table || s.r.graph.hops(above.home(), of.table) < 1 {
		return false
	}
	for j, n := range s.nodes {
		split, named := s.thingAt(j)
		mark, marked := s.groupMark(j - 1)
		if !named || j == i+2 || !marked || mark.Before || split.timed || split.home() == nil || n.from < s.nodes[i].from && !mark.Each {
			continue
		}
		parted := occasion(above.home()) == of.table && s.r.graph.hops(above.home(), split.home()) >= 1 // the units of an order are of several categories
		if split.table != of.table && split.dim != nil && !isTime(split.dim) && (parted || s.r.graph.hops(of.table, split.home()) >= 0) || split.table != nil && (parted || s.r.graph.hops(of.table, split.table) >= 1) {
			s.join(i, i+2, s.r.declaredRatio(above, s.countRows(s.nodes[i+2], of.table)))
			return true
		}
	}
	return false
}

// measured is the total of a number of any size, where it counts things or nothing
// says how to add it up: pages, metres.
func (s *sentence) measured(i int) (measure, bool) {
	t, ok := s.thingAt(i)
	if !ok || t.dim == nil || !isMeasurable(t.dim) || t.dim.Type.Kind == semantic.Int || t.dim.Sum != "" && !strings.HasSuffix(t.dim.Names.Label.EN, "s") {
		return measure{}, false
	}
	return measure{dim: t.dim, via: t.via, agg: "sum"}, true
}

// groupMark is the word at node i that says what results are split by.
func (s *sentence) groupMark(i int) (GroupMark, bool) {
	if i < 0 || i >= len(s.nodes) {
		return GroupMark{}, false
	}
	return as[GroupMark](s.nodes[i])
}

// perKind reads "per enterprise account": results are split by an entity, and the
// members before it say which of its rows count.
func (s *sentence) perKind() {
	for i := 0; i < len(s.nodes); i++ {
		mark, ok := as[GroupMark](s.nodes[i])
		if !ok || !mark.Each || mark.Before || s.text.At(s.nodes[i].from).Class != Word {
			continue
		}
		last := i + 1
		for is[members](s, last) && s.touches(last-1, last) {
			last++
		}
		t, named := s.thingAt(last)
		if last == i+1 || !named || t.table == nil || !s.touches(last-1, last) {
			continue
		}
		if m, _ := s.memberAt(last - 1); s.r.graph.hops(t.table, m.dim.Table) < 0 || m.not || len(m.values) > 1 {
			continue
		}
		s.markAt(last, markEach)
		s.drop(i)
	}
}

// summed is the total of the number that node i names; ok is false for anything
// else, such as a score, of which there is no total.
func (s *sentence) summed(i int) (measure, bool) {
	switch m := s.nodes[i].means.(type) {
	case thing:
		adds := m.dim != nil && isMeasurable(m.dim) && !m.dim.Key && (m.dim.Sum == "sum" || m.dim.Unit != "")
		return measure{dim: m.dim, via: m.via, agg: "sum"}, adds
	case measure:
		return m, m.metric != nil && canReaggregate(m.metric) || m.dim != nil && m.agg == "sum"
	}
	return measure{}, false
}
