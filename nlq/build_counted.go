package nlq

import "slices"

// countedSet reads 销售额超过50万的门店有几家: what is only tested fixes the set that
// is counted, and is not shown beside it.
func (b *builder) countedSet() {
	if len(b.measures) < 2 || len(b.d.outcomes) == 0 || len(b.things) > 0 || b.d.linked {
		return
	}
	counted := slices.IndexFunc(b.measures, b.r.isCount)
	if counted < 0 {
		return
	}
	entity := b.measures[counted].home()
	if t := b.r.countedBy[b.measures[counted].metric]; t != nil {
		entity = t
	}
	b.measures = slices.DeleteFunc(slices.Clone(b.measures), func(m measure) bool {
		tested := slices.ContainsFunc(b.d.outcomes, func(o outcome) bool { return sameMeasure(plain(o.measure), m) })
		return tested && b.r.graph.hops(m.home(), entity) > 0
	})
}

// ofCounted reports whether a test behind a clause is of the acts that are counted
// behind it: those with mail, and the number of unread messages.
func (b *builder) ofCounted(rel relation, c condition) bool {
	return c.from >= rel.end && c.dim != nil && c.dim.Table == rel.of && slices.ContainsFunc(b.measures, func(m measure) bool { return m.home() == rel.of })
}

// countPassedOver refuses to answer how many with something else than a number
// of rows.
func (b *builder) countPassedOver() {
	counts := func(m measure) bool {
		return b.r.isCount(m) || m.agg == "count_distinct" || m.metric == nil || len(m.over)+len(m.per) > 0
	}
	if b.d.counted && len(b.measures)+len(b.d.outcomes) > 0 && !slices.ContainsFunc(b.measures, counts) {
		b.s.charge("a count of nothing", costIdle, node{})
		b.d.idle = true
	}
}
