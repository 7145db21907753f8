package nlq

import (
	"slices"

	"wenshu/semantic"
)

// measuresOfSplit has a sum that what splits it would count more than once be the sum of
// that itself, where the model has one: the discount per campaign is the discount of the
// campaign, and not of all orders that took part in several.
func (b *builder) measuresOfSplit() {
	for i, m := range b.measures {
		if m.metric == nil || m.agg != "" || m.home() == nil || !isSum(m.metric) {
			continue
		}
		for _, t := range b.things {
			if t.dim == nil || t.timed || b.r.graph.hops(m.home(), t.dim.Table) >= 0 {
				continue
			}
			if own := b.r.qualifiedBy(m.metric, t.dim); own != nil {
				b.measures[i].metric = own
				break
			}
		}
	}
}

// isSum reports whether a metric adds up a column.
func isSum(m *semantic.Metric) bool {
	call, ok := m.Expr.(semantic.Call)
	return ok && call.Func == "sum"
}

// qualifiedBy is the metric that is called as another one with the name of a dimension
// before it, and belongs to its rows; nil for none.
func (r *Reader) qualifiedBy(m *semantic.Metric, d *semantic.Dimension) *semantic.Metric {
	for _, front := range append([]string{d.Names.Label.EN, d.Names.Label.ZH}, d.Names.Synonyms...) {
		for _, name := range []string{m.Names.Label.EN, m.Names.Label.ZH} {
			if front == "" || name == "" {
				continue
			}
			said := slices.Concat(r.vocabulary.tokens(front), r.vocabulary.tokens(name))
			for _, c := range slices.Concat(r.vocabulary.names.exact(said), r.vocabulary.names.exact(r.vocabulary.baseForms(said))) {
				if own := c.object.Metric; own != nil && own != m && own.Home != nil && r.graph.hops(own.Home, d.Table) >= 0 {
					return own
				}
			}
		}
	}
	return nil
}

// ofOwnColumn reports whether a verb of money at node i is of a number that its subject has
// itself: the store that pays the highest rent need not have any payments.
func (s *sentence) ofOwnColumn(i int, v Verb) bool {
	owner, ok := s.thingAt(i - 1)
	if !ok || v.Not || !v.Money || owner.home() == nil {
		return false
	}
	return slices.ContainsFunc(s.draft.orderings, func(o ordering) bool {
		return o.from == s.nodes[i].end && o.attribute != nil && o.attribute.dim != nil && o.attribute.dim.Table == owner.home() && isMeasurable(o.attribute.dim)
	})
}

// eachCompared splits a span of several units that is compared with one unit ago by these:
// growth over the prior month, for the last six months, is that of each month.
func (b *builder) eachCompared() {
	if len(b.q.Versus) != 1 || len(b.q.During) != 1 || slices.ContainsFunc(b.things, func(t thing) bool { return t.timed }) {
		return
	}
	vs, span := b.q.Versus[0], b.q.During[0]
	within, ok := span.(semantic.Relative)
	if vs.How != semantic.Ago || vs.N != 1 || !ok || within.Unit != vs.Unit || within.From == within.To {
		return
	}
	b.q.By = append(b.q.By, semantic.Group{Expr: semantic.Grained{Of: semantic.Name{Path: []string{"time"}}, Grain: semantic.Grain{Unit: vs.Unit}}})
}

// attributesOfLatest reports whether the latest rows of an entity are asked for by their date
// and with attributes, so that their names are missing: the newest five hires with title.
func (b *builder) attributesOfLatest(columns []thing) bool {
	return len(columns) > 1 && columns[0].dim != nil && isTime(columns[0].dim) && columns[0].dim.Table == b.home && !b.showsName(columns) &&
		slices.ContainsFunc(b.d.orderings, func(o ordering) bool { return o.limit > 1 })
}
