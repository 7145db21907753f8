package nlq

import (
	"slices"

	"wenshu/semantic"
)

// figures reports whether all that is named are numbers of a table whose rows
// nobody calls by a name, such as one for each day and store: those of a month
// are asked for as one, not as a list.
func (b *builder) figures() bool {
	if b.d.listing || len(b.d.orderings) > 0 || len(b.things) == 0 || len(b.conds) == 0 && len(b.d.periods) == 0 {
		return false
	}
	things := slices.DeleteFunc(slices.Clone(b.things), func(t thing) bool { return t.marks == markFilter })
	if len(things) == 0 {
		return false
	}
	for _, t := range things {
		if t.dim == nil || t.timed || !isMeasurable(t.dim) || t.dim.Sum == "" || !nameless(t.dim.Table, t.dim.Sum) {
			return false
		}
	}
	return !slices.ContainsFunc(b.conds, func(c condition) bool {
		return c.dim != nil && (c.dim.Key || isDisplay(c.dim)) && c.dim.Table == things[0].dim.Table
	})
}

// nameless reports whether rows of a table have nothing that they are called by,
// or for what adds up nothing but a key.
func nameless(t *semantic.Table, sum string) bool {
	return !slices.ContainsFunc(t.Display, func(d *semantic.Dimension) bool { return !d.Key || sum != "sum" })
}

// totalAsked reports whether "how much" is asked of a number that adds up, over rows that
// nobody speaks of: how much VAT in March.
func (b *builder) totalAsked() bool {
	if !b.d.howMany || b.d.listing || len(b.things) != 1 || len(b.d.orderings)+len(b.d.relations)+len(b.d.verbs) > 0 || len(b.conds)+len(b.d.periods) == 0 {
		return false
	}
	d := b.things[0].dim
	if d == nil || b.things[0].timed || !isMeasurable(d) || d.Sum != "sum" || b.isNamed(d.Table) {
		return false
	}
	return !slices.ContainsFunc(b.conds, func(c condition) bool {
		return c.dim == nil && c.on == nil || c.dim != nil && c.test == nil && (c.dim.Key || isDisplay(c.dim))
	})
}

// scopeTests keeps a test that stands right before what is counted to that count, where
// another figure is of rows that it cannot be of: sites and active patients of each country.
func (b *builder) scopeTests() {
	if len(b.measures) < 2 {
		return
	}
	for i := 0; i < len(b.conds); i++ {
		c := b.conds[i]
		at := b.countedBehind(c)
		if at < 0 || !slices.ContainsFunc(b.measures, func(o measure) bool { return o.home() != nil && b.r.graph.hops(o.home(), c.home()) < 0 }) {
			continue
		}
		b.measures[at].where = append(slices.Clone(b.measures[at].where), c)
		b.conds = slices.Delete(b.conds, i, i+1)
		i--
	}
}

// countedBehind is the figure whose rows are named right behind a test of them; -1 for none.
func (b *builder) countedBehind(c condition) int {
	if c.home() == nil || len(c.any) > 0 {
		return -1
	}
	for _, n := range b.s.nodes {
		m, ok := as[measure](n)
		if !ok || !b.r.isCount(m) || m.home() != c.home() || n.from != c.from+1 && (n.from > c.from || c.from >= n.end) {
			continue
		}
		return slices.IndexFunc(b.measures, func(o measure) bool { return sameMeasure(o, m) })
	}
	return -1
}
