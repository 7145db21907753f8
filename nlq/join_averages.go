package nlq

import (
	"slices"

	"wenshu/semantic"
)

// joinAvgPer divides the measure behind it: 店均销售额, daily average revenue.
func (s *sentence) joinAvgPer(i int, a AvgPer) {
	j := s.skip(i+1, 1)
	if j >= len(s.nodes) || !is[measure](s, j) {
		j = s.skip(i-1, -1)
	}
	if j < 0 || j >= len(s.nodes) {
		return
	}
	m, ok := as[measure](s.nodes[j])
	if !ok {
		return
	}
	per, ok := s.perOf(a)
	if !ok {
		return
	}
	m.agg, m.per = "avg", []thing{per}
	s.join(min(i, j), max(i, j), m)
}

func (s *sentence) perOf(a AvgPer) (thing, bool) {
	if a.Unit != semantic.NoUnit {
		return thing{timed: true, grain: semantic.Grain{Unit: a.Unit}}, true
	}
	t, ok := s.r.entityByHints(a.Hints)
	return thing{table: t}, ok
}

// perTime reports whether a grain was said as what an average is taken over:
// average revenue per day.
func (s *sentence) perTime(j int, g Grained) bool {
	return !g.Trend && g.Grain.Unit != semantic.NoUnit && s.text.At(s.nodes[j].from).Norm == "per"
}

// averagePer turns an average of a count or a metric that is split by a thing
// into an average over that thing: average number of orders per customer.
func (s *sentence) averagePer() {
	for i := range s.nodes {
		m, ok := as[measure](s.nodes[i])
		if ok && m.dim != nil && m.agg == "avg" {
			if s.dropOwnRows(m.dim.Table) {
				return
			}
			continue
		}
		if !ok || m.agg != "avg_of_count" && !(m.metric != nil && m.agg == "avg") || len(m.per) > 0 {
			continue
		}
		for j := range s.nodes {
			t, ok := as[thing](s.nodes[j])
			if g, timed := as[Grained](s.nodes[j]); timed && s.perTime(j, g) && m.metric != nil && s.r.addsUp(m.metric) {
				t, ok = thing{timed: true, grain: g.Grain, marks: markEach}, true
			}
			if !ok || !t.has(markEach) {
				continue
			}
			m.agg, m.per = "avg", []thing{t}
			s.nodes = slices.Delete(s.nodes, j, j+1)
			if i > j {
				i--
			}
			s.alsoPer(j)
			s.presentPer(&m)
			s.nodes[i].means = m
			return
		}
	}
}

// addsUp reports whether a metric is one amount or number of a period, that has an
// average over several, and no rate.
func (r *Reader) addsUp(m *semantic.Metric) bool {
	call, _, ok := r.plainCall(m)
	return ok && m.OverTime == "" && m.Format.Style != "percent" && call.Func != "avg"
}

// alsoPer declines a second thing that an average is taken over, beside node j: a
// store has days without orders, which no row says.
func (s *sentence) alsoPer(j int) {
	said := func(i int) bool {
		if g, ok := as[Grained](s.nodes[i]); ok {
			return s.perTime(i, g)
		}
		return is[thing](s, i) && s.nodes[i].from > 0 && s.text.At(s.nodes[i].from-1).Norm == "per"
	}
	if j < len(s.nodes) && said(j) || j > 0 && is[thing](s, j-1) && said(j-1) {
		s.charge("an average per two things", costIdle, node{})
		s.draft.idle = true
	}
}

// presentPer leaves the rows without a thing out of an average per thing, where
// they need not have one: orders without a store are not those of one more store.
func (s *sentence) presentPer(m *measure) {
	for _, t := range m.per {
		if t.timed || m.home() == nil || m.home() == t.home() {
			continue
		}
		name := s.r.thingExpr(t)
		m.where = append(slices.Clone(m.where), condition{fixed: semantic.IsNull{X: name, Not: true}})
	}
}

// dropOwnRows drops the rows that a column is averaged over, where they are what
// it is an average per: passengers per flight. It reports whether there were any.
func (s *sentence) dropOwnRows(of *semantic.Table) bool {
	for j, n := range s.nodes {
		if t, ok := as[thing](n); ok && t.table == of && t.via == "" && t.marks == markEach && n.from > 0 && s.text.At(n.from-1).Norm == "per" {
			s.drop(j)
			return true
		}
	}
	return false
}
