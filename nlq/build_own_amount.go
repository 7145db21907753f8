package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// countDenied counts all rows where a metric counts only those with a date that the
// question says is missing: 没付款的订单 are none of those that were paid.
func (b *builder) countDenied() {
	for i, m := range b.measures {
		entity := b.r.countedBy[m.metric]
		if m.metric == nil || entity == nil || m.agg != "" || !b.deniesOwn(m.metric.Where) {
			continue
		}
		whole := measure{table: entity, agg: "count"}
		for _, o := range b.r.model.Metrics {
			if b.r.countedBy[o] == entity && o.Where == nil {
				whole = measure{metric: o}
				break
			}
		}
		whole.where = m.where
		b.measures[i] = whole
		b.s.assume("count")
	}
}

// deniesOwn reports whether a test says that a column is missing that a metric's own
// filter says is there.
func (b *builder) deniesOwn(where semantic.Expr) bool {
	for _, own := range semantic.Conjuncts(where) {
		null, ok := own.(semantic.IsNull)
		if !ok || !null.Not {
			continue
		}
		null.Not = false
		for _, c := range b.conds {
			if !c.not && slices.ContainsFunc(semantic.Conjuncts(c.fixed), func(e semantic.Expr) bool { return semantic.ExprString(e) == semantic.ExprString(null) }) {
				return true
			}
		}
	}
	return false
}

// ownAmount reads 采购单有多少,金额多少 as the amount of what is counted: the metric that
// ends in the word and whose rows lead to it, and not an amount of something else whose
// name was cut short.
func (b *builder) ownAmount() {
	if len(b.measures) != 2 || b.entity == nil || !b.r.isCount(b.measures[0]) {
		return
	}
	m := b.measures[1]
	if m.dim == nil || m.agg != "sum" || len(m.over)+len(m.where) > 0 || m.dim.Table == b.entity || b.r.graph.hops(m.dim.Table, b.entity) >= 0 {
		return
	}
	said := b.saidOf(m)
	if said == "" || said == m.dim.Names.Label.ZH {
		return
	}
	var own []*semantic.Metric
	for _, o := range b.r.model.Metrics {
		if o.Home != nil && strings.HasSuffix(o.Names.Label.ZH, said) && b.r.graph.hops(o.Home, b.entity) >= 0 {
			own = append(own, o)
		}
	}
	if len(own) != 1 {
		b.d.idle = true
		b.s.charge("an amount of something else", costIdle, node{})
		return
	}
	b.measures[1] = measure{metric: own[0]}
}

// saidOf is how the sentence names a measure; "" where it does not.
func (b *builder) saidOf(m measure) string {
	for _, n := range b.s.nodes {
		switch o := n.means.(type) {
		case measure:
			if sameMeasure(o, m) {
				return b.s.text.Said(n.from, n.end)
			}
		case thing:
			if o.dim == m.dim && o.via == m.via {
				return b.s.text.Said(n.from, n.end)
			}
		}
	}
	return ""
}
