package nlq

import "wenshu/semantic"

// balances takes the sum of a column that a metric adds up at the end of a period for the
// metric: what is in transit on each day is no number to add over the days.
func (b *builder) balances() {
	for i, m := range b.measures {
		if m.agg != "sum" || m.dim == nil || len(m.where)+len(m.per)+len(m.over) > 0 {
			continue
		}
		if level := b.r.levelOfColumn(m.dim); level != nil {
			b.measures[i].metric, b.measures[i].dim, b.measures[i].agg = level, nil, ""
		}
	}
}

// levelOfColumn is the first metric that is a column at the end of a period; nil for none.
func (r *Reader) levelOfColumn(d *semantic.Dimension) *semantic.Metric {
	for _, m := range r.model.Metrics {
		if m.OverTime == "last" && m.Where == nil && m.Home == d.Table && isSum(m) && aggregates(m, d) {
			return m
		}
	}
	return nil
}
