package nlq

import (
	"slices"

	"wenshu/semantic"
)

// kindCounted returns the member that a count is declared for, as complaints are
// the tickets of one type; ok is false for any other measure.
func (r *Reader) kindCounted(m measure) (d *semantic.Dimension, value string, ok bool) {
	if m.metric == nil || m.agg != "" || r.countedBy[m.metric] == nil {
		return nil, "", false
	}
	for _, d := range r.countedBy[m.metric].Dimensions {
		for _, v := range d.Values {
			if tests(m.metric.Where, d, v.Value.Text()) {
				return d, v.Value.Text(), true
			}
		}
	}
	return nil, "", false
}

// joinKinds makes a member of the count of one kind that stands beside other kinds
// of the same: complaints vs installation tickets.
func (s *sentence) joinKinds() {
	for i := range s.nodes {
		m, counts := as[measure](s.nodes[i])
		if !counts {
			continue
		}
		d, value, declared := s.r.kindCounted(m)
		if !declared {
			continue
		}
		beside := func(step int) bool {
			j := i + step
			for is[Linker](s, j) || is[VersusMark](s, j) {
				j += step
			}
			if j < 0 || j >= len(s.nodes) || j == i+step {
				return false
			}
			other, ok := as[members](s.nodes[j])
			return ok && other.dim.Conforms(d) && !other.not && !slices.Contains(other.values, value)
		}
		if beside(1) || beside(-1) {
			s.nodes[i].means = members{dim: d, values: []string{value}}
		}
	}
}

// contradicted reports whether a count of one kind is asked for of rows of another:
// complaints of the type installation are none, and nobody means that.
func (b *builder) contradicted() bool {
	return slices.ContainsFunc(b.measures, func(m measure) bool {
		d, value, declared := b.r.kindCounted(m)
		return declared && slices.ContainsFunc(b.conds, func(c condition) bool {
			return c.dim == d && c.test == nil && len(c.any) == 0 && len(c.values) > 0 && slices.Contains(c.values, value) == c.not
		})
	})
}

// kindInstead makes a member of the count of one kind that a follow-up narrows the
// turn before to, where that can tell the kinds apart: only complaints.
func (e *editor) kindInstead() {
	if len(e.measures) != 1 {
		return
	}
	d, value, declared := e.r.kindCounted(e.measures[0])
	if !declared {
		return
	}
	reached := slices.ContainsFunc(e.metricsOf(e.q.Items), func(m measure) bool { return m.home() != nil && e.r.graph.hops(m.home(), d.Table) >= 0 })
	told := reached || slices.ContainsFunc(semantic.Conjuncts(e.q.Where), func(test semantic.Expr) bool { return e.tests(test, d) }) ||
		slices.ContainsFunc(e.q.By, func(g semantic.Group) bool { return e.isGroup(g.Expr, thing{dim: d}) })
	if !told {
		return
	}
	e.measures = nil
	e.conds = append(e.conds, condition{dim: d, values: []string{value}})
}

// tests reports whether an expression is that a dimension has one value.
func tests(e semantic.Expr, d *semantic.Dimension, value string) bool {
	equal, ok := e.(semantic.Binary)
	if !ok || equal.Op != semantic.Eq {
		return false
	}
	column := d.Name
	if c, ok := d.Expr.(semantic.Name); ok {
		column = c.Path[len(c.Path)-1]
	}
	name, named := equal.L.(semantic.Name)
	lit, literal := equal.R.(semantic.Lit)
	return named && literal && len(name.Path) == 2 && name.Path[0] == d.Table.Name && (name.Path[1] == d.Name || name.Path[1] == column) && lit.Value.Text() == value
}

// declaredCount counts by the metric that the model declares for what is
// counted under a filter: the cancelled orders by their own time, which is not
// that of the orders. A count of some of them stays: of the open tickets those that
// are complaints are not all complaints.
func (b *builder) declaredCount() {
	if len(b.measures) != 1 || b.entity == nil || !slices.Contains(b.r.counts[b.entity], b.measures[0].metric) || b.measures[0].agg != "" || len(b.measures[0].where) > 0 {
		return
	}
	for i, c := range b.conds {
		if c.dim == nil || c.via != "" || c.test != nil || c.not || len(c.values) != 1 {
			continue
		}
		for _, m := range b.r.model.Metrics {
			if b.r.countedBy[m] == b.entity && m != b.measures[0].metric && tests(m.Where, c.dim, c.values[0]) {
				if b.d.shareAt != nil && timeOf(m) == timeOf(b.measures[0].metric) {
					return // a share of all of them
				}
				b.measures[0] = measure{metric: m}
				b.conds = slices.Delete(slices.Clone(b.conds), i, i+1)
				return
			}
		}
	}
}
