package nlq

import (
	"slices"

	"wenshu/semantic"
)

// actsKey reads "top 10 customers by unpaid invoices": an entity behind by, whose rows
// lead to what is ranked, is what that is ranked by, in money where its rows have some.
func (s *sentence) actsKey(i int, o *ordering) {
	ranked, ok := s.thingAt(s.skip(i+1, 1))
	if !ok || ranked.home() == nil {
		return
	}
	for j := i + 2; j < len(s.nodes); j++ {
		acts, ok := s.thingAt(j)
		if !ok || !acts.has(markBy) || acts.has(markEach) || acts.table == nil || acts.via != "" || s.r.hasMetric(acts.table, s.text.norms(s.nodes[j].from, s.nodes[j].end)) {
			continue
		}
		reaches := ranked.home() == acts.table && ranked.dim != nil && ranked.dim.Of != nil || s.r.graph.hops(acts.table, ranked.home()) >= 1
		if !reaches {
			continue
		}
		counted := s.countRows(s.nodes[j], acts.table)
		if d := s.r.paidIn(acts.table); d != nil && d.Sum == "sum" {
			counted = measure{dim: d, agg: "sum", bare: true}
			s.assume("money_column")
		}
		s.nodes[j].means = counted
		o.by = &counted
		return
	}
}

// hasMetric reports whether a metric counts an entity and is called so, or is called by
// the words for it.
func (r *Reader) hasMetric(t *semantic.Table, said []string) bool {
	return len(r.counts[t]) > 0 || slices.ContainsFunc(r.vocabulary.names.exact(said), func(c called) bool { return c.object.Metric != nil })
}
