package nlq

import (
	"slices"

	"wenshu/semantic"
)

// ownConformed has tests and splits of an entity that only its acts lead to be of what it has
// itself, where that is conformed with them: the suppliers in Guangdong are those that sit
// there, and not those that delivered to a warehouse there.
func (b *builder) ownConformed() {
	if !b.actless() {
		return
	}
	for i, c := range b.conds {
		if own := b.conformedOwn(c.dim, c.via); own != nil && (b.q == nil || !b.reaches(c) || b.nearer(own, c.dim)) {
			b.conds[i].dim = own
		}
	}
	for i, t := range b.things {
		if own := b.conformedOwn(t.dim, t.via); own != nil && t.table == nil {
			b.things[i].dim = own
		}
	}
}

// actless reports whether an entity is asked for and nothing is said that it did.
func (b *builder) actless() bool {
	return b.entity != nil && len(b.d.verbs)+len(b.d.relations)+len(b.d.outcomes) == 0
}

// conformedOwn is the one dimension that an entity has itself and that is conformed with one
// that only its acts lead to; nil for none.
func (b *builder) conformedOwn(d *semantic.Dimension, via string) *semantic.Dimension {
	if d == nil || via != "" || slices.ContainsFunc(b.things, func(t thing) bool {
		return t.table != nil && t.table != b.entity && b.r.graph.hops(t.table, d.Table) >= 0
	}) {
		return nil
	}
	var own *semantic.Dimension
	for _, o := range b.r.conformed[d.Canonical()] {
		if o == d || b.r.graph.hops(b.entity, o.Table) < 0 || b.r.graph.hops(b.entity, d.Table) >= 0 && !b.nearer(o, d) {
			continue
		}
		if own != nil {
			return nil
		}
		own = o
	}
	return own
}

// nearer reports whether an entity has a dimension straight, and one that is conformed with it
// only by way of others: the region that staff serve, and not that of the store they work in.
func (b *builder) nearer(own, d *semantic.Dimension) bool {
	return b.r.graph.hops(b.entity, own.Table) == 1 && b.r.graph.hops(b.entity, d.Table) > 2
}

// ownInstead charges a member that only acts have where the same word names one that the
// entity has itself.
func (b *builder) ownInstead(c condition) {
	if c.dim == nil || len(c.values) == 0 || !b.actless() {
		return
	}
	for _, a := range b.s.offered[c.from] {
		d := a.object.Dimension
		if a.object.Member == "" || d == nil || d.Conforms(c.dim) {
			continue
		}
		if b.r.graph.hops(b.entity, d.Table) >= 0 || b.conformedOwn(d, "") != nil {
			b.s.charge("a member of acts", costUnlikely, node{from: c.from, end: c.from + 1})
			return
		}
	}
}
