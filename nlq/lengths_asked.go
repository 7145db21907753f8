package nlq

import (
	"slices"

	"wenshu/semantic"
)

// lengthsAsked reads "how long from order to delivery": the mean of the time between two
// moments, or the aggregate of it that is named; and how old those are on average.
func (s *sentence) lengthsAsked() {
	for i := 0; i < len(s.nodes); i++ {
		w, ok := as[Which](s.nodes[i])
		if !ok || w.What != HowOld || s.meanAge(i, w) {
			continue
		}
		if s.goesOn(i, w) {
			i--
			continue
		}
		if s.lengthTold(i, w) {
			s.drop(i)
			i--
			continue
		}
		at := slices.IndexFunc(s.nodes, func(n node) bool { return isLength(n.means) })
		if at < 0 {
			continue
		}
		if t, ok := as[thing](s.nodes[at]); ok {
			s.nodes[at].means = measure{dim: t.dim, via: t.via, agg: s.extremeNear(at), bare: true}
		}
		m, _ := as[measure](s.nodes[at])
		from := s.nodes[at].from
		object := at + 1
		for held, ok := s.memberAt(object); ok && s.r.graph.hops(m.home(), held.dim.Table) >= 0; held, ok = s.memberAt(object) {
			object++ // to close a corrective work order
		}
		if at > i && s.doneTo(object, m.home()) {
			s.drop(object)
		}
		if at > i {
			s.whoTook(i+1, m.home())
		}
		s.drop(i)
		s.meanApart(from)
		i--
	}
	s.actsRanked()
}

// lengthTold reports whether how long something takes is asked at node i of a metric right
// before it that is a length of time itself: 采购周期平均要几天.
func (s *sentence) lengthTold(i int, w Which) bool {
	before := s.skip(i-1, -1)
	if a, ok := s.aggAt(before); ok && a.Func == "avg" {
		before = s.skip(before-1, -1)
	}
	if before < 0 || !slices.Contains(w.Hints, "duration") {
		return false
	}
	m, ok := as[measure](s.nodes[before])
	return ok && m.metric != nil && lasting[m.metric.Unit]
}

// doneTo reports whether node i only says what was done to, of the rows whose length of
// time is asked for: to resolve a ticket.
func (s *sentence) doneTo(i int, home *semantic.Table) bool {
	if t, ok := s.thingAt(i); ok && t.table != nil && t.via == "" {
		return s.r.graph.hops(home, t.table) >= 0
	}
	if i >= len(s.nodes) || !articles[s.text.At(s.nodes[i].from-1).Norm] {
		return false
	}
	m, ok := as[measure](s.nodes[i])
	return ok && s.r.isCount(m) && s.r.graph.hops(home, m.home()) >= 0
}

// meanApart drops a word for the mean that stands apart from the length of time it is of.
func (s *sentence) meanApart(from int) {
	at := slices.IndexFunc(s.nodes, func(n node) bool { return n.from == from })
	j := slices.IndexFunc(s.nodes, func(n node) bool { a, ok := n.means.(Agg); return ok && (a.Func == "avg" || a.Func == "median") })
	m, ok := measure{}, false
	if at >= 0 {
		m, ok = as[measure](s.nodes[at])
	}
	if !ok || j < 0 || m.agg == "" || m.metric != nil {
		return
	}
	a, _ := as[Agg](s.nodes[j])
	m.agg = a.Func
	s.nodes[at].means = m
	s.drop(j)
}

// meanAge reads "how old are our customers on average" at node i.
func (s *sentence) meanAge(i int, w Which) bool {
	t, ok := s.thingAt(i + 1)
	j := slices.IndexFunc(s.nodes, func(n node) bool { a, ok := n.means.(Agg); return ok && (a.Func == "avg" || a.Func == "median") })
	if !ok || t.table == nil || j < 0 || !slices.Contains(w.Hints, "age") || s.r.ageOf(t.table) == nil {
		return false
	}
	a, _ := as[Agg](s.nodes[j])
	s.nodes[i].means = measure{dim: s.r.ageOf(t.table), agg: a.Func}
	s.drop(j)
	return true
}

// actsRanked drops the 的 between an act and the superlative that counts it: 周几下单的最多.
func (s *sentence) actsRanked() {
	for i := len(s.nodes) - 2; i > 0; i-- {
		g, ok := s.glue(i)
		top, ranks := s.topAt(i + 1)
		if _, acts := s.momentAt(i - 1); acts && ok && g.How == Has && ranks && top.Count && s.text.At(s.nodes[i].from).Class == Han {
			s.drop(i)
		}
	}
}

// extremeNear is the aggregate that a superlative beside the time between two moments asks
// for, where it ranks nothing else: 从下单到发货最长用了多久; the mean where there is none.
func (s *sentence) extremeNear(at int) string {
	for _, j := range []int{at + 1, at - 1} {
		if top, ok := s.topAt(j); ok && top.N == 0 && !top.Count && !is[thing](s, j+1) && !is[names](s, j+1) {
			s.nodes[j].means = Noise{}
			if top.Desc {
				return "max"
			}
			return "min"
		}
	}
	return "avg"
}

// whoTook drops who did what, and what with, of the rows whose length of time is asked for:
// how long do customers keep a tool.
func (s *sentence) whoTook(i int, home *semantic.Table) {
	for i >= 0 && i < len(s.nodes) {
		t, named := s.thingAt(i)
		switch {
		case named && t.table != nil && t.via == "" && s.r.graph.hops(home, t.table) >= 0:
		case is[Verb](s, i):
			if v, _ := s.verbAt(i); v.Not {
				return
			}
		default:
			return
		}
		s.drop(i)
	}
}

// isLength reports whether a node means the time between two moments of a row.
func isLength(m meaning) bool {
	switch m := m.(type) {
	case thing:
		if m.dim == nil {
			return false
		}
		_, to := lengthEnds(m.dim)
		return m.dim.Name == "" || to != nil
	case measure:
		return m.dim != nil && (m.dim.Name == "" || m.since)
	}
	return false
}
