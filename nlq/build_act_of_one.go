package nlq

import (
	"slices"

	"wenshu/semantic"
)

// actOfOne reads 湘江南店最近一笔是什么时候: the first and the last of one store are of
// what happened there, and the date is not one of the store itself. Where several things
// happen there and no word says which, it is declined.
func (b *builder) actOfOne() {
	if len(b.measures) > 0 || len(b.d.orderings) != 1 {
		return
	}
	o := b.d.orderings[0]
	if o.by != nil || o.attribute != nil || o.limit > 1 || !slices.Contains(o.hints, "date") || !b.countsActs(o) {
		return
	}
	at := slices.IndexFunc(b.conds, func(c condition) bool {
		return c.dim != nil && c.test == nil && !c.not && len(c.values) == 1 && c.via == "" && (c.dim.Key || isDisplay(c.dim))
	})
	if at < 0 || slices.ContainsFunc(b.things, func(t thing) bool { return t.dim == nil || !isTime(t.dim) || t.dim.Table != b.conds[at].dim.Table }) {
		return
	}
	acts := b.actsAt(b.conds[at].dim.Table)
	if acts == nil {
		b.d.idle = true
		b.s.charge("the last of acts that nothing names", costIdle, node{from: o.from, end: o.end})
		return
	}
	m := measure{dim: acts.Time, agg: "min"}
	if o.desc {
		m.agg = "max"
	}
	b.things, b.d.orderings = nil, nil
	b.addMeasure(m)
}

// countsActs reports whether an order counts in what acts are counted in: 第一单, 最近一笔.
func (b *builder) countsActs(o ordering) bool {
	for at := o.from; at < o.end; at++ {
		switch b.s.text.At(at).Norm {
		case "单", "笔", "次":
			return true
		}
	}
	return false
}

// actsAt is what happens at an entity: the one table with a time of its own that leads to
// it in one join, or the one of these that is called an order or a sale.
func (b *builder) actsAt(entity *semantic.Table) *semantic.Table {
	var acts []*semantic.Table
	for _, t := range b.r.model.Tables {
		if !t.Hidden && t != entity && t.Time != nil && t.Time.Table == t && b.r.graph.hops(t, entity) == 1 {
			acts = append(acts, t)
		}
	}
	if len(acts) == 1 {
		return acts[0]
	}
	var found *semantic.Table
	for _, t := range acts {
		if b.r.hinted([]*semantic.Table{t}, dealNouns) == nil {
			continue
		}
		if found != nil {
			return nil
		}
		found = t
	}
	return found
}

// dealNouns are what tables of deals are called.
var dealNouns = []string{"订单", "单据", "小票", "交易", "成交", "销售", "order", "sale", "transaction"}
