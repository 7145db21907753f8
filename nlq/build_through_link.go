package nlq

import (
	"slices"

	"wenshu/semantic"
)

// throughLink counts an entity by something that only its acts lead to: the
// customers by product category are those of its orders.
func (b *builder) throughLink() {
	if b.entity == nil || len(b.measures) != 1 {
		return
	}
	metric := b.measures[0].metric
	if metric != nil && (b.r.countedBy[metric] != b.entity || metric.Where != nil || len(b.measures[0].where) > 0) {
		return
	}
	var link *semantic.Table
	for _, t := range b.things {
		home := t.home()
		if home == nil || metric != nil && t.marks&(markBy|markEach|markTop|markWhich) == 0 {
			continue
		}
		if by := b.linkTested(t); by != nil {
			link = by
			continue
		}
		if b.r.graph.hops(b.entity, home) >= 0 {
			continue
		}
		link = b.linkTo(home)
		if link == nil || link == t.table && t.marks&^markFilter == 0 {
			return // cities are not split by each of their stores
		}
	}
	if link == nil || metric != nil && !slices.ContainsFunc(b.conds, func(c condition) bool { return b.onlyThrough(link, c) }) {
		return // what is counted may be split by any of them; a test of the link is of the same row
	}
	if key, ok := b.r.keyVia(link, b.entity); ok {
		was := b.measures[0]
		b.measures[0] = measure{dim: key.dim, via: key.via, agg: "count_distinct"}
		b.home, b.entity = link, nil
		for i, o := range b.d.orderings {
			if o.by != nil && sameMeasure(*o.by, was) {
				b.d.orderings[i].by = &b.measures[0]
			}
		}
	}
}

// onlyThrough reports whether a test is of a link of what is counted, or of what only the
// link leads to.
func (b *builder) onlyThrough(link *semantic.Table, c condition) bool {
	home := c.home()
	return home != nil && home != b.entity && !b.reaches(c) && !c.and && b.r.graph.hops(link, home) >= 0 && b.r.graph.hops(b.entity, home) < 0
}

// linkTested returns the link between what is counted and a thing that a test right before
// the thing is of: the senior mechanic of a repair is one of its crew, whoever else has to
// do with it. It is nil for none.
func (b *builder) linkTested(t thing) *semantic.Table {
	for _, c := range b.conds {
		link := c.home()
		if link == nil || t.home() == nil || t.home() == link || b.r.graph.hops(link, b.entity) != 1 || b.r.graph.hops(link, t.home()) != 1 || b.r.graph.hops(b.entity, link) >= 0 {
			continue
		}
		if slices.ContainsFunc(b.s.nodes, func(n node) bool {
			o, ok := n.means.(thing)
			return ok && o.dim == t.dim && o.table == t.table && n.from == c.from+1
		}) {
			return link
		}
	}
	return nil
}
