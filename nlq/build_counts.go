package nlq

import (
	"slices"

	"wenshu/semantic"
)

// commonest reads "the most common payment method" and "which is used most" as
// the one with the most rows.
func (b *builder) commonest() {
	at := slices.IndexFunc(b.d.orderings, func(o ordering) bool {
		return o.count && o.by == nil && o.attribute == nil && !b.hintsAttribute(o)
	})
	if at < 0 || len(b.things) == 0 {
		return
	}
	t := b.things[0]
	for _, own := range b.things[1:] {
		if t.table == nil || own.dim == nil || own.dim.Table != t.table || own.marks != 0 || isMeasurable(own.dim) {
			return // but for what it is called: which diagnosis, with its description
		}
	}
	of := t.home()
	switch {
	case t.table != nil:
		if of = b.actOfVerbs(t.table); of == nil {
			return
		}
	case t.dim == nil || isMeasurable(t.dim):
		return
	}
	b.d.orderings[at].hints = nil
	if slices.ContainsFunc(b.d.verbs, func(v verbAt) bool { return v.verb.Money }) {
		b.paidMost(at, of)
		return
	}
	b.addMeasure(b.s.countRows(node{}, of))
	b.s.assume("count")
}

// paidMost ranks who paid the most by the money of the acts, never by how many there
// were.
func (b *builder) paidMost(at int, acts *semantic.Table) {
	d := b.r.paidIn(acts)
	if d == nil {
		b.d.idle = true
		b.s.charge("money of nothing", costIdle, node{})
		return
	}
	by := measure{dim: d, agg: "sum", bare: true}
	b.d.orderings[at].by = &by
	b.addMeasure(by)
	b.s.assume("money_column")
}

// actOfVerbs returns the table whose rows are what a verb says of an entity: the
// drug prescribed most often, the stage used most; nil when none surely is.
func (b *builder) actOfVerbs(entity *semantic.Table) *semantic.Table {
	var acts []*semantic.Table
	for _, t := range b.r.model.Tables {
		if b.r.graph.hops(t, entity) > 0 {
			acts = append(acts, t)
		}
	}
	for _, v := range b.d.verbs {
		if t := b.r.hinted(acts, v.verb.Hints); t != nil && len(v.verb.Hints) > 0 {
			return t
		}
		if t := b.r.actCalled(v.stems, acts); t != nil {
			return t
		}
	}
	if len(acts) == 1 {
		return acts[0]
	}
	return nil
}

// countWhatIsThere counts the entity that a count without a noun is about.
func (b *builder) countWhatIsThere() {
	if b.countTested() {
		return
	}
	for i, t := range b.things {
		if t.table != nil && t.marks&(markBy|markEach) == 0 {
			b.addMeasure(b.s.countRows(node{}, t.table))
			b.things = slices.Delete(b.things, i, i+1)
			return
		}
	}
	for _, o := range b.d.owners {
		b.addMeasure(measure{table: o.table, agg: "count"})
		return
	}
	for _, t := range b.things {
		if t.dim != nil && !t.has(markEach) {
			b.addMeasure(b.s.countRows(node{}, t.dim.Table))
			return
		}
	}
	for _, c := range b.conds {
		t := c.on
		if c.dim != nil {
			t = b.kindOfWhat(c.dim.Table)
		}
		if c.dim != nil && t == c.dim.Table && c.test == nil && !c.not && isDisplay(c.dim) {
			continue // of one that is called so there is one
		}
		if t != nil && (c.on != nil || b.r.describes(c.dim.Table) || len(b.r.model.Tables) == 1) && len(b.d.verbs) == 0 {
			b.addMeasure(b.s.countRows(node{}, t))
			return
		}
	}
}

// countTested reads "which clinics have more than three vets, and how many": the count
// behind a test of a count, where what has them is asked for, is what was tested.
func (b *builder) countTested() bool {
	if len(b.d.outcomes) != 1 || b.d.outcomes[0].change != "" || !b.r.isCount(b.d.outcomes[0].measure) {
		return false
	}
	tested := b.d.outcomes[0].measure
	asked := slices.ContainsFunc(b.things, func(t thing) bool {
		return !t.timed && t.marks&(markWhich|markListed) != 0 && b.r.graph.hops(tested.home(), t.home()) >= 1
	})
	if asked {
		b.addMeasure(tested)
	}
	return asked
}

// countOfKind counts the rows of one kind by the metric that the model declares for
// them: 有没有投诉, where complaints are the tickets of that kind.
func (b *builder) countOfKind() {
	for i, c := range b.conds {
		if c.dim == nil || c.test != nil || c.not || len(c.values) != 1 {
			continue
		}
		for _, m := range b.r.model.Metrics {
			if b.r.countedBy[m] != nil && tests(m.Where, c.dim, c.values[0]) {
				b.conds = slices.Delete(slices.Clone(b.conds), i, i+1)
				b.addMeasure(measure{metric: m})
				return
			}
		}
	}
}

// kindOfWhat returns the table whose rows a table holds the kinds of: the one
// with names of its own that leads there, where no other does. Dogs are pets whose
// breed is one of dogs.
func (b *builder) kindOfWhat(kinds *semantic.Table) *semantic.Table {
	var found *semantic.Table
	for _, t := range b.r.model.Tables {
		if t == kinds || b.r.graph.hops(t, kinds) != 1 {
			continue
		}
		if found != nil || len(t.Display) == 0 || t.Display[0].Type.Kind != semantic.Text || t.Display[0].Key || keyedBy(t, t.Display[0].Name) == t {
			return kinds
		}
		found = t
	}
	if found == nil {
		return kinds
	}
	return found
}

// describes reports whether a table holds things rather than acts: other tables
// lead to it.
func (r *Reader) describes(t *semantic.Table) bool {
	return slices.ContainsFunc(r.model.Tables, func(o *semantic.Table) bool { return o != t && r.graph.hops(o, t) == 1 })
}

// countOfKey counts rows where the different keys of a table are counted and nothing of any
// other table is said: there are as many, and rows add up.
func (b *builder) countOfKey() {
	if len(b.measures) != 1 {
		return
	}
	m := b.measures[0]
	if m.agg != "count_distinct" || m.dim == nil || m.via != "" || !m.dim.Key || m.dim.Of != nil || len(m.where)+len(m.per)+len(m.over) > 0 {
		return
	}
	t := m.dim.Table
	if len(t.Keys) == 0 || len(t.Keys[0]) != 1 || slices.ContainsFunc(b.tables(), func(o *semantic.Table) bool { return o != t }) || len(b.d.relations) > 0 {
		return
	}
	b.measures[0] = b.s.countRows(node{}, t)
}
