package nlq

import (
	"slices"

	"wenshu/semantic"
)

// topShare reads 销售额前十的城市占全国的多少: one share of those at the top together, and
// not that of each of them.
func (b *builder) topShare(at int) bool {
	word := b.d.shareAt
	if word == nil || b.s.text.At(word.from).Norm != "占" || b.s.text.At(word.from+1).Norm == "比" {
		return false
	}
	if len(b.measures) != 1 || len(b.q.Items) != 1 || len(b.things) != 1 || len(b.q.By) != 1 || len(b.d.orderings) != 1 || len(b.d.versus)+len(b.d.changes) > 0 {
		return false
	}
	o, t, m := b.d.orderings[0], b.things[0], b.measures[0]
	if o.only || o.nth || o.limit < 2 || o.from > word.from || t.timed || t.marks&(markEach|markWhich|markListed) != 0 || len(m.over)+len(m.per) > 0 || o.by != nil && !sameMeasure(*o.by, m) {
		return false
	}
	sub := &semantic.Query{
		Items: []semantic.Item{{Expr: b.r.exprOf(m)}}, By: slices.Clone(b.q.By), Where: b.r.allOf(b.conds), During: slices.Clone(b.q.During), On: b.q.On,
		Sort: []semantic.Sort{{Expr: b.r.exprOf(m), Desc: o.desc}}, Limit: o.limit,
	}
	if p := b.usualPeriod(m); len(sub.During) == 0 && p != nil {
		sub.During, b.q.During = []semantic.Period{p}, []semantic.Period{p}
	}
	above := m
	above.where = append(slices.Clone(m.where), condition{fixed: semantic.In{X: b.q.By[0].Expr, Sub: sub}})
	b.measures[0] = measure{over: []measure{above, m}, op: semantic.Div}
	b.q.Items[0] = semantic.Item{Expr: b.r.exprOf(b.measures[0])}
	b.q.By, b.things, b.d.orderings = nil, nil, nil
	b.d.shows = slices.Delete(slices.Clone(b.d.shows), at, at+1)
	b.d.present.Unit = InUnit{Percent: true}
	return true
}

// usualPeriod is the period of a measure when none is said; nil for all.
func (b *builder) usualPeriod(m measure) semantic.Period {
	if m.metric == nil {
		return nil
	}
	return b.r.defaultOf(m.metric)
}

// apartFromGroups reports whether no test is of what results are split by.
func (b *builder) apartFromGroups() bool {
	return !slices.ContainsFunc(b.conds, func(c condition) bool { return c.dim != nil && b.hasDimension(c.dim) })
}

// sharesKinds reports whether the one thing that is named is the kind of what happens,
// and how it falls into kinds is asked: 退货原因占比.
func (b *builder) sharesKinds() bool {
	if len(b.things) != 1 || b.things[0].dim == nil || b.things[0].timed || len(b.conds) > 0 {
		return false
	}
	d := b.things[0].dim
	return d.Of == nil && !isDisplay(d) && d.Table.Time != nil && !b.r.standsFor(d) && slices.ContainsFunc(b.d.shows, func(s semantic.Show) bool { return s.Func == "share" })
}
