package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// rankRows ranks the rows of an entity within groups, the most expensive product
// in each category: by the greatest value of each row, which is its own.
func (b *builder) rankRows() {
	if !slices.ContainsFunc(b.things, func(t thing) bool { return t.marks&(markEach|markBy) != 0 && !t.has(markWhich) }) {
		return
	}
	for i, o := range b.d.orderings {
		if o.only || o.by != nil {
			continue
		}
		for k, t := range b.things {
			if t.table == nil || t.timed || t.marks&(markEach|markBy) != 0 {
				continue
			}
			attribute, ok := b.rankedBy(o, t)
			if !ok {
				continue
			}
			desc := o.desc
			if o.flip && backwards(attribute.dim) {
				desc = !desc
			}
			m := measure{dim: attribute.dim, via: attribute.via, agg: "min"}
			if desc {
				m.agg = "max"
			}
			b.things[k].marks |= markTop
			b.dropColumn(attribute.dim)
			b.d.orderings[i] = ordering{from: o.from, end: o.end, limit: o.limit, desc: desc, super: o.super, nth: o.nth, by: &m}
			b.addMeasure(m)
			return
		}
	}
}

// rankByNumber ranks an entity by a number that it has several of, one for each of
// its acts: the top 5 customers by amount paid.
func (b *builder) rankByNumber() {
	if len(b.d.orderings) != 1 || !b.d.orderings[0].keyless() && len(b.d.orderings[0].hints) == 0 || b.d.orderings[0].by != nil || b.d.orderings[0].attribute != nil || b.d.orderings[0].only || b.d.orderings[0].limit == 0 && (!b.d.orderings[0].super || b.d.orderings[0].count) {
		return
	}
	top := slices.IndexFunc(b.things, func(t thing) bool { return t.has(markTop) && t.table != nil })
	if top < 0 {
		return
	}
	hints := b.d.orderings[0].hints
	for i, t := range b.things {
		if t.dim == nil || t.timed || !t.has(markBy) || !isMeasurable(t.dim) {
			continue
		}
		if t.dim.Table == b.things[top].table && t.via == "" {
			if d, ok := b.r.attributeByHints(t.dim.Table, hints, ordered); len(hints) > 0 && ok && d != t.dim {
				return
			}
			t.marks &^= markBy
			b.things[i], b.d.orderings[0].attribute, b.d.orderings[0].hints = t, &t, nil // its own: the top 3 plans by monthly fee
			return
		}
		if len(hints) > 0 {
			continue
		}
		if t.dim.Sum != "sum" || b.r.graph.hops(t.dim.Table, b.things[top].table) < 1 {
			continue
		}
		by := measure{dim: t.dim, via: t.via, agg: sumOf(t.dim), bare: true}
		b.d.orderings[0].by = &by
		b.things = slices.Delete(b.things, i, i+1)
		b.addMeasure(by)
		b.s.assume("aggregate")
		return
	}
}

// usualOfTop ranks the top of an entity by what most companies ask for first, where
// the question does not say by what: the top 3 products of each region.
func (b *builder) usualOfTop() {
	if len(b.d.orderings) != 1 {
		return
	}
	o := b.d.orderings[0]
	if !o.keyless() || o.only || o.count || (o.nth || o.limit == 0) && !b.vaguelyBest(o) || len(b.d.verbs)+len(b.d.conditions)+len(b.d.relations) > 0 {
		return
	}
	at := slices.IndexFunc(b.things, func(t thing) bool {
		return t.timed && t.grain.Unit != semantic.NoUnit || t.has(markTop) && (t.table != nil || t.dim != nil && (b.r.standsFor(t.dim) || t.dim.Of != nil && !isMeasurable(t.dim) && !isTime(t.dim)))
	})
	if at < 0 || b.things[at].table != nil && b.amountOf(b.things[at].table) != nil && !b.beyondSize(o, b.things[at].table) || b.hasInherently(o, b.things[at]) {
		return
	}
	if acts := b.happensMost(b.things[at], o); acts != nil {
		by := b.s.countRows(node{}, acts)
		b.d.orderings[0].by = &by
		b.addMeasure(by)
		b.s.assume("count")
		return
	}
	for _, name := range usual {
		for _, c := range b.r.vocabulary.names.exact(normsOf(name)) {
			m := c.object.Metric
			if m == nil || m.Kind != semantic.Simple || m.Home == nil || b.r.countedBy[m] != nil && b.r.countedBy[m] == b.things[at].home() || slices.ContainsFunc(b.things, func(t thing) bool { return !t.timed && b.r.graph.hops(m.Home, t.home()) < 1 }) {
				continue
			}
			by := measure{metric: m}
			b.addMeasure(by)
			b.rankedByChange(&by)
			b.d.orderings[0].by = &by
			b.s.assume("metric")
			return
		}
	}
}

// rankedByChange ranks by how much a measure changed, and not by how much of it there is,
// where a change or a second period is spoken of: 增长最快的5个产品, 同比最差的3个门店.
func (b *builder) rankedByChange(by *measure) {
	switch {
	case len(b.d.changes) > 0:
		by.agg = growthOf(b.d.changes[0])
		b.d.orderings[0].desc = b.d.orderings[0].desc != b.d.changes[0].Down
	case len(b.d.versus) > 0:
		by.agg = growthOf(Change{})
	}
}

// happensMost returns what happens most at the busiest of an entity: what a role of it is
// of, or the only thing with a time that leads to it; nil where none or several do.
func (b *builder) happensMost(t thing, o ordering) *semantic.Table {
	if norm := b.s.text.At(o.end - 1).Norm; t.timed || norm != "busiest" && norm != "quietest" {
		return nil
	}
	if t.dim != nil && t.dim.Of != nil {
		return t.dim.Table
	}
	var found *semantic.Table
	for _, acts := range b.r.model.Tables {
		if acts.Time == nil || acts.Hidden || b.r.graph.hops(acts, t.home()) != 1 {
			continue
		}
		if found != nil {
			return nil
		}
		found = acts
	}
	return found
}

// vaguelyBest reports whether a superlative does not say in what.
func (b *builder) vaguelyBest(o ordering) bool {
	switch b.s.text.At(o.end - 1).Norm {
	case "best", "worst", "busiest", "quietest", "strongest", "weakest":
		return o.super || o.limit > 0
	}
	return false
}

// beyondSize reports whether a superlative asks for more than the size of something
// that is there and does not happen, or has other numbers too: the busiest airport is not
// that of the most runways.
func (b *builder) beyondSize(o ordering, t *semantic.Table) bool {
	if !b.vaguelyBest(o) {
		return false
	}
	numbers := 0
	for _, d := range t.Dimensions {
		if isMeasurable(d) && !isYears(d) {
			numbers++
		}
	}
	return t.Time == nil || numbers > 1
}

// rankedBy returns the attribute of an entity's rows that an ordering orders by.
func (b *builder) rankedBy(o ordering, t thing) (thing, bool) {
	if o.attribute != nil {
		d := o.attribute.dim
		return *o.attribute, d != nil && d.Table == t.table && (isMeasurable(d) || isTime(d))
	}
	if len(o.hints) == 0 || !t.has(markTop|markWhich|markListed) {
		return thing{}, false
	}
	d, ok := b.hintedAttribute(t.table, o)
	return thing{dim: d}, ok
}

// dropColumn drops a column that is shown as a measure.
func (b *builder) dropColumn(d *semantic.Dimension) {
	kept := b.things[:0]
	for _, t := range b.things {
		if t.dim != d || t.marks&(markEach|markBy) != 0 {
			kept = append(kept, t)
		}
	}
	b.things = kept
}

// rankedByName ranks people and not their names, which several of them may share:
// the name of the guest with the highest total.
func (b *builder) rankedByName() {
	if len(b.d.orderings) != 1 || b.d.orderings[0].limit == 0 && !b.d.orderings[0].super || b.d.orderings[0].only {
		return
	}
	for _, t := range b.things {
		if t.dim == nil || t.timed || !isDisplay(t.dim) || t.dim.Key || t.dim.Table.Hidden || b.r.graph.hops(b.home, t.dim.Table) < 1 || t.via != "" {
			continue
		}
		of := t.dim.Table
		if len(of.Display) == 1 && !strings.HasSuffix(t.dim.Names.Label.ZH, "姓名") || slices.ContainsFunc(of.Display, func(d *semantic.Dimension) bool { return !b.hasDimension(d) }) {
			continue
		}
		at, said := -1, marks(0)
		kept := b.things[:0:0]
		for _, o := range b.things {
			if o.dim == nil || o.via != "" || !slices.Contains(of.Display, o.dim) {
				kept = append(kept, o)
				continue
			}
			if at < 0 {
				at = len(kept)
				kept = append(kept, thing{table: of})
			}
			said |= o.marks
		}
		kept[at].marks = said
		b.things = kept
		return
	}
}

// countedByName refuses to count an entity by its own name beside something else,
// or to rank it so: there is one of each, and the name belonged to a longer one.
func (b *builder) countedByName() {
	if b.entity == nil || len(b.measures) != 1 || !b.r.isCount(b.measures[0]) {
		return
	}
	own := func(t thing) bool {
		if t.dim == nil || t.via != "" || t.dim.Table != b.entity {
			return false
		}
		return len(b.things) > 1 && isDisplay(t.dim) && t.has(markEach) || b.r.standsFor(t.dim) && t.has(markTop|markListed|markWhich)
	}
	if slices.ContainsFunc(b.things, own) || b.onePerRow() {
		b.d.idle = true
		b.s.charge("one of each name", costIdle, node{})
	}
}

// countedByItself refuses to count the different values of a column for each of them.
func (b *builder) countedByItself() {
	for _, m := range b.measures {
		if m.agg == "count_distinct" && m.dim != nil && slices.ContainsFunc(b.things, func(t thing) bool { return t.dim == m.dim && !t.timed && t.via == m.via }) {
			b.d.idle = true
			b.s.charge("one of each value", costIdle, node{})
			return
		}
	}
}

// ownEntity names the entity whose own numbers are computed by what stands for
// its rows, where dimensions of its acts are called like it: the doctors of a
// department are not only those who had visits.
func (b *builder) ownEntity() {
	var named []thing
	for _, t := range b.things {
		if t.table == nil || t.via != "" || t.table != b.home || !b.r.shadowed[t.table.Name] || len(t.table.Display) == 0 {
			named = append(named, t)
			continue
		}
		for _, d := range t.table.Display {
			named = append(named, thing{dim: d, marks: t.marks})
		}
	}
	b.things = named
}

// dropNames drops what an entity is called beside the entity itself, which is shown by
// it: 各职称的平均月薪，要职称名称.
func (b *builder) dropNames() {
	b.things = slices.DeleteFunc(b.things, func(name thing) bool {
		return name.dim != nil && name.dim.Of == nil && isDisplay(name.dim) && slices.ContainsFunc(b.things, func(t thing) bool {
			of := t.table
			if t.dim != nil && t.dim.Of != nil {
				of = t.dim.Of.To
			}
			return of == name.dim.Table && (name.via == "" || t.via == "" || name.via == t.via) && t.marks&(markBy|markEach|markWhich) != 0
		})
	})
}

// numberOf is the number that results show of a column of records that they are
// ordered by: groups have no one value of it.
func (b *builder) numberOf(t thing) (measure, bool) {
	if b.q.List != nil || t.dim == nil || len(b.q.By) == 0 || b.hasDimension(t.dim) {
		return measure{}, false
	}
	for _, m := range b.measures {
		if m.dim == t.dim && m.via == t.via || m.metric != nil && adds(m.metric, t.dim) {
			return m, true
		}
	}
	return measure{}, false
}
