package nlq

import (
	"slices"

	"wenshu/semantic"
)

// countRest counts those for whom a test holds and those for whom it does not:
// how many courses have an exam and how many do not.
func (b *builder) countRest() {
	if !b.d.rest {
		return
	}
	nouns := b.nouns()
	if len(b.conds) != 1 || len(b.conds[0].any) > 0 || len(nouns) == 0 || b.otherMeasures() || len(b.d.relations)+len(b.d.outcomes) > 0 || !b.reachable(nouns[0].table, b.conds) {
		b.s.charge("the rest of nothing", costIdle, node{})
		b.d.idle = true
		return
	}
	c, counted := b.conds[0], nouns[0].table
	b.conds, b.d.counted = nil, false
	b.measures = slices.DeleteFunc(b.measures, b.r.isCount)
	if c.dim != nil && c.dim.Type.Kind == semantic.Bool {
		b.measures = append(b.measures, b.s.countRows(node{}, counted))
		b.things = slices.DeleteFunc(b.things, func(t thing) bool { return t.table == counted || t.dim == c.dim })
		b.addThing(thing{dim: c.dim, via: c.via, marks: markBy})
		return
	}
	b.things = slices.DeleteFunc(b.things, func(t thing) bool { return t.table == counted })
	b.measures = append(b.measures, b.countWhere(counted, []condition{c}), b.countWhere(counted, []condition{denied(c)}))
}

// denied is the test that holds where another does not.
func denied(c condition) condition {
	c.not = !c.not
	if test := c.test; test != nil {
		c.test = func(x semantic.Expr) semantic.Expr { return negate(test(x)) }
	}
	return c
}

// unlikeMoney reports whether one of two metrics is money and the other is not.
func unlikeMoney(x, y measure) bool {
	return x.metric != nil && y.metric != nil && moneyFirst(x.metric) != moneyFirst(y.metric)
}
