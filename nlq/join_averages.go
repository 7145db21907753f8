package nlq

import (
	"slices"

	"wenshu/semantic"
)

// joinAvgPer divides the measure behind it: 店均销售额, daily average revenue.
func (s *sentence) joinAvgPer(i int, a AvgPer) {
	per, ok := s.perOf(a)
	if t, named := s.thingAt(i + 1); !ok && a.Unit == semantic.NoUnit && len(a.Hints) == 0 && named && !t.timed && s.touches(i, i+1) {
		per, ok = thing{table: t.table, dim: t.dim, via: t.via}, true
		s.join(i, i+1, a)
	}
	if !ok || s.unitsPer(i, per) {
		return
	}
	j := s.skip(i+1, 1)
	for is[Timed](s, j) {
		j = s.skip(j+1, 1)
	}
	if j >= len(s.nodes) || !is[measure](s, j) {
		j = s.skip(i-1, -1)
	}
	if s.averageOfOwn(i, per) {
		return
	}
	m := measure{}
	if j >= 0 && j < len(s.nodes) {
		m, ok = as[measure](s.nodes[j])
	} else {
		ok = false
	}
	if !ok && per.timed && s.totalPer(i, per) {
		return
	}
	if !ok {
		if slices.ContainsFunc(s.nodes, func(n node) bool { v, verb := n.means.(Verb); return verb && len(v.Hints) > 0 }) {
			s.draft.per = &per // of what the verb says
			s.nodes[i].means = Noise{}
		}
		return
	}
	m.agg, m.per = "avg", []thing{per}
	if !per.timed && len(a.Hints) == 0 {
		s.presentPer(&m)
	}
	if j == i+1 || j == i-1 {
		s.join(min(i, j), max(i, j), m)
		return
	}
	s.nodes[j].means, s.nodes[i].means = m, Noise{}
}

// totalPer reads "average monthly payment amount" at an average per a unit of time: the
// mean of the totals of a column that adds up.
func (s *sentence) totalPer(i int, per thing) bool {
	j := s.skip(i+1, 1)
	t, ok := s.thingAt(j)
	if !ok || t.dim == nil || !isMeasurable(t.dim) || t.dim.Sum != "sum" || t.marks != 0 || len(t.dim.Table.Joins) == 0 {
		return false // the budgets of films are not summed up by year first
	}
	if slices.ContainsFunc(s.nodes, func(n node) bool {
		_, drawn := n.means.(Chart)
		_, grained := n.means.(Grained)
		return drawn || grained
	}) {
		return false // a chart of the yearly average budget has a mean for each year
	}
	m := measure{dim: t.dim, via: t.via, agg: "avg", within: "sum", per: []thing{per}}
	if metric := s.r.addedUp(t.dim); metric != nil {
		m = measure{metric: metric, agg: "avg", per: []thing{per}}
	}
	s.join(i, j, m)
	return true
}

// averageOfOwn reads 平均单票重量: a number that each row of what it is averaged over has.
func (s *sentence) averageOfOwn(i int, per thing) bool {
	j := s.skip(i+1, 1)
	t, ok := s.thingAt(j)
	if !ok || per.table == nil || t.dim == nil || t.dim.Table != per.table || t.via != "" || !isMeasurable(t.dim) || t.dim.Sum == "" {
		return false
	}
	s.join(i, j, measure{dim: t.dim, agg: "avg"})
	return true
}

// unitsPer reads 平均每单几件 at an average per something: how many units there are in
// each, by the metric that is called so and that its rows lead to.
func (s *sentence) unitsPer(i int, per thing) bool {
	j := s.skip(i+1, 1)
	if per.timed || per.table == nil || j >= len(s.nodes) {
		return false
	}
	unit := s.unitSaid(j)
	if m, counted := as[measure](s.nodes[j]); counted {
		if !s.r.isCount(m) || m.home() == per.table || s.r.graph.hops(m.home(), per.table) > 0 {
			return false
		}
	} else if !is[Count](s, j) && !is[Which](s, j) || unit == "" {
		return false
	}
	for _, c := range s.r.vocabulary.names.exact(NewText(unit + "数").Norms()) {
		m := c.object.Metric
		if m == nil || m.Unit != unit || s.r.graph.hops(m.Home, per.table) < 1 {
			continue
		}
		s.join(min(i, j), max(i, j), measure{metric: m, agg: "avg", per: []thing{per}})
		if behind, ok := s.thingAt(min(i, j) + 1); ok && s.r.graph.hops(m.Home, behind.home()) > 0 && behind.marks == 0 {
			s.drop(min(i, j) + 1)
		}
		return true
	}
	return false
}

// unitSaid is the measure word behind 几 or 多少 in node j; "" for none.
func (s *sentence) unitSaid(j int) string {
	for at := s.nodes[j].from; at+1 < s.nodes[j].end; at++ {
		if norm := s.text.At(at).Norm; norm == "几" || norm == "少" {
			return s.text.At(at + 1).Norm
		}
	}
	return ""
}

// unitCounted reports whether the count at node i is in a unit that a metric is
// called after.
func (s *sentence) unitCounted(i int) bool {
	unit := s.unitSaid(i)
	return unit != "" && slices.ContainsFunc(s.r.vocabulary.names.exact(NewText(unit+"数").Norms()), func(c called) bool { return c.object.Metric != nil && c.object.Metric.Unit == unit })
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
		if t.table != nil && len(t.table.Display) > 0 {
			name = s.r.nameOf(t.table.Display[0], t.via)
		}
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

// averageOfVerb takes the average of what a verb names over what was said before it:
// 平均一个店卖多少.
func (b *builder) averageOfVerb() {
	if b.d.per == nil || len(b.measures) != 1 || b.measures[0].metric == nil || len(b.measures[0].per) > 0 {
		return
	}
	m := b.measures[0]
	m.agg, m.per = "avg", []thing{*b.d.per}
	b.s.presentPer(&m)
	b.measures[0], b.d.per = m, nil
}

// averagesTime reports whether a metric is the average of those of days, months or the like.
func averagesTime(m *semantic.Metric) bool {
	if m == nil {
		return false
	}
	call, ok := m.Expr.(semantic.Call)
	return ok && call.Func == "avg" && slices.ContainsFunc(call.Per, func(e semantic.Expr) bool { _, grained := e.(semantic.Grained); return grained })
}
