package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// whoIsMeant finds whom a question asks for that names nobody: the entity whose
// attribute is the highest, or tested.
func (b *builder) whoIsMeant() {
	b.nameOfWho()
	if !b.d.who || b.asksBetween() || slices.ContainsFunc(b.things, func(t thing) bool { return t.table != nil || t.dim != nil && !isMeasurable(t.dim) && !isTime(t.dim) }) {
		return
	}
	if t, ok := b.seller(); ok {
		b.addThing(t)
		return
	}
	if t := b.holder(); t != nil {
		b.addThing(thing{table: t, marks: markWhich})
		return
	}
	if t := b.whoever(); t != nil {
		b.addThing(thing{table: t, marks: markWhich})
		return
	}
	if t := b.doer(); t != nil {
		b.addThing(thing{table: t, marks: markWhich})
		return
	}
	b.d.idle = true
	b.s.charge("nobody to ask for", costIdle, node{})
}

// doer returns the only people that the rows whose number is tested lead to, where no verb
// says acts of another kind: who designs at least 2 vases.
func (b *builder) doer() *semantic.Table {
	if len(b.d.outcomes) != 1 || len(b.d.orderings) > 0 || !b.r.isCount(b.d.outcomes[0].measure) {
		return nil
	}
	home := b.d.outcomes[0].measure.home()
	for _, v := range b.d.verbs {
		if len(v.verb.Hints) > 0 || v.verb.Not || v.verb.through != nil {
			return nil
		}
		if acts := b.r.actCalled(v.stems, b.r.model.Tables); acts != nil && acts != home {
			return nil
		}
	}
	return b.onlyPeople(home)
}

// onlyPeople are the only people that the rows of a table lead to right away; nil for none
// and several.
func (b *builder) onlyPeople(of *semantic.Table) *semantic.Table {
	roles := b.r.rolesOf(of)
	if len(roles) == 0 || slices.ContainsFunc(roles, func(d *semantic.Dimension) bool { return d.Of.To != roles[0].Of.To || d != roles[0] }) {
		return nil
	}
	return roles[0].Of.To
}

// nameOfWho takes a bare name that is to be shown of those who were asked for as that of
// people: who serviced 5 tickets, with the name and the number of tickets, names no sites.
func (b *builder) nameOfWho() {
	if n := len(b.s.text.Tokens); !b.d.who || b.entityNamed() || b.s.normAt(n-2) == "有" && b.s.normAt(n-1) == "谁" {
		return // 账期超过60天的供应商有谁: which of those that are named
	}
	for i, t := range b.things {
		if t.dim == nil || t.via != "" || !isDisplay(t.dim) || b.r.holdsPeople(t.dim.Table) {
			continue
		}
		var people *semantic.Table
		if len(b.d.outcomes) == 1 {
			people = b.onlyPeople(b.d.outcomes[0].measure.home())
		}
		if people == nil || len(people.Display) == 0 {
			b.d.idle = true
			b.s.charge("the name of nobody", costIdle, node{})
			return
		}
		b.things[i].dim = people.Display[0]
	}
}

// entityNamed reports whether an entity is named among what is asked for.
func (b *builder) entityNamed() bool {
	return slices.ContainsFunc(b.things, func(t thing) bool { return t.table != nil })
}

// asksBetween reports whether those are named that a question asks between:
// alice和lucy谁的时长更多.
func (b *builder) asksBetween() bool {
	return len(b.measures) > 0 && slices.ContainsFunc(b.conds, func(c condition) bool {
		return c.dim != nil && c.test == nil && severalMembers(c) && (c.dim.Key || isDisplay(c.dim) || c.dim.Same != nil)
	})
}

// seller returns who sells, where that is what is asked: 谁卖得最好.
func (b *builder) seller() (thing, bool) {
	sells := slices.ContainsFunc(b.d.orderings, func(o ordering) bool { return slices.Contains(o.hints, "销量") || slices.Contains(o.hints, "sales") })
	if !sells || len(b.measures)+len(b.things) > 0 {
		return thing{}, false
	}
	for _, name := range sellers {
		for _, c := range b.r.vocabulary.names.exact(normsOf(name)) {
			switch d, t := c.object.Dimension, c.object.Table; {
			case d != nil && c.object.Member == "" && d.Type.Kind == semantic.Text:
				return thing{dim: d, marks: markWhich}, true
			case t != nil:
				return thing{table: t, marks: markWhich}, true
			}
		}
	}
	return thing{}, false
}

// holder returns whom the one metric that is ranked belongs to: who owes the most.
// It is the only entity with a name that the metric's rows lead to right away.
func (b *builder) holder() *semantic.Table {
	if len(b.d.orderings) != 1 || len(b.measures) > 1 {
		return nil
	}
	o := b.d.orderings[0]
	var m *semantic.Metric
	switch {
	case o.by != nil:
		m = o.by.metric
	case len(b.measures) == 1:
		m = b.measures[0].metric
	}
	if m == nil {
		m = b.r.metricHinted(o.hints)
	}
	if m == nil || m.Home == nil || b.r.countedBy[m] != nil {
		return nil
	}
	var found *semantic.Table
	for _, j := range m.Home.Joins {
		if j.Many || len(j.To.Display) == 0 || j.To.Display[0].Type.Kind != semantic.Text || isNumbering(j.To.Display[0]) {
			continue
		}
		if found != nil {
			return nil
		}
		found = j.To
	}
	return found
}

// isNumbering reports whether a column is called as what rows are numbered by.
func isNumbering(d *semantic.Dimension) bool {
	norms := normsOf(d.Names.Label.EN)
	if n := len(norms); n > 0 && (norms[n-1] == "number" || norms[n-1] == "no" || norms[n-1] == "code" || norms[n-1] == "id") {
		return true
	}
	return strings.HasSuffix(d.Names.Label.ZH, "号") || strings.HasSuffix(d.Names.Label.ZH, "编码")
}

// sellers are what those are called who sell, the likeliest first.
var sellers = []string{"导购", "销售员", "销售人员", "业务员", "店员", "营业员", "销售代表", "salesperson", "sales rep", "sales representative", "seller"}

// whoever returns the one entity that all orders and tests are about; nil when
// something else is asked for, or the entity has no name.
func (b *builder) whoever() *semantic.Table {
	if len(b.measures) > 0 || slices.ContainsFunc(b.things, func(t thing) bool { return t.dim == nil || !isMeasurable(t.dim) }) {
		return nil
	}
	var found *semantic.Table
	for _, o := range b.d.orderings {
		if o.attribute == nil || found != nil && found != o.attribute.home() {
			return nil
		}
		found = o.attribute.home()
	}
	for _, c := range b.conds {
		if found == nil {
			found = c.home()
		}
		if b.r.graph.hops(found, c.home()) < 0 || c.dim != nil && c.dim.Table == found && isDisplay(c.dim) && c.test == nil && !c.not {
			return nil // who lives in flat 1B is no flat
		}
	}
	if found == nil || len(found.Display) == 0 || found.Display[0].Type.Kind != semantic.Text {
		return nil
	}
	return found
}

// wishedDate finds the date that another word of the question names: "when did
// the store open" asks for its opening date, whatever else open may mean.
func (b *builder) wishedDate() bool {
	for _, t := range b.tables() {
		for _, d := range t.Dimensions {
			if !isTime(d) {
				continue
			}
			for _, n := range b.s.nodes {
				if !(n.end == n.from+1 && b.r.sharesWord(d, b.s.text.At(n.from).Norm)) && !b.holdsHan(d, n) {
					continue
				}
				from := n.from
				b.conds = slices.DeleteFunc(b.conds, func(c condition) bool { return c.from == from })
				b.s.dropped = append(b.s.dropped, from)
				if b.asksWhich(d.Table) {
					b.conds = append(b.conds, condition{dim: d, from: from, test: isThere})
				}
				b.addThing(thing{dim: d, marks: markAsked})
				return true
			}
		}
	}
	return false
}

// asksWhich reports whether a question asks which rows of a table there are, besides a
// date of theirs: which shops have closed and when are only those that have.
func (b *builder) asksWhich(t *semantic.Table) bool {
	return slices.ContainsFunc(b.things, func(o thing) bool { return o.home() == t && o.has(markWhich) })
}

// holdsHan reports whether a dimension's name holds a member's words: 闭店 of
// 闭店日期.
func (b *builder) holdsHan(d *semantic.Dimension, n node) bool {
	if _, ok := n.means.(members); !ok || n.end < n.from+2 {
		return false
	}
	said := b.s.text.Norm(n.from, n.end)
	return isHanNorm(said) && slices.ContainsFunc(append([]string{d.Names.Label.ZH}, d.Names.Synonyms...), func(name string) bool {
		return strings.Contains(name, said)
	})
}

// sharesWord reports whether a word is one of a dimension's names' words in
// another form.
func (r *Reader) sharesWord(d *semantic.Dimension, word string) bool {
	stems := append(r.bases(word), word)
	for _, text := range append([]string{d.Names.Label.EN, spaced(d.Name)}, d.Names.Synonyms...) {
		for _, norm := range r.vocabulary.tokens(text) {
			if len(norm) < 3 || classOfNorm(norm) != Word || norm == "date" || norm == "time" {
				continue
			}
			for _, stem := range append(r.bases(norm), norm) {
				if slices.Contains(stems, stem) {
					return true
				}
			}
		}
	}
	return false
}

// dateNamed reports whether a question names the date that it asks for, whatever other
// dates there are: when does the lease end.
func (b *builder) dateNamed() bool {
	return slices.ContainsFunc(b.s.nodes, func(n node) bool {
		t, ok := n.means.(thing)
		return ok && t.dim != nil && isTime(t.dim) && t.marks&(markBy|markEach) == 0
	})
}

// addWished finds the attribute that a question word asks for.
func (b *builder) addWished(n node, w wished) {
	if w.what == When && (b.dateNamed() || b.wishedDate() || b.dayOfRanked()) {
		return
	}
	for _, t := range b.tables() {
		if d := b.r.ageOf(t); d != nil && w.what == HowOld && slices.Contains(w.hints, "age") {
			b.addThing(thing{dim: d, marks: markAsked})
			return
		}
		fits := anyDimension
		if w.what == When {
			fits = func(d *semantic.Dimension) bool { return !isBirth(d) } // no one asks when somebody was born without the word
		}
		if d, ok := b.r.attributeByHints(t, w.hints, fits); ok {
			if m := b.r.addedUp(d); w.what == HowOld && m != nil && !b.d.listing {
				b.addMeasure(measure{metric: m}) // 停机多久: of all of them
				return
			}
			b.addThing(thing{dim: d, marks: markAsked})
			return
		}
	}
	b.s.charge("idle", costIdle, n)
	b.d.idle = true
}

// ageOf is the attribute that says how old the rows of a table are, where it is computed
// from a date; nil for none.
func (r *Reader) ageOf(t *semantic.Table) *semantic.Dimension {
	if i := slices.IndexFunc(t.Dimensions, isAge); i >= 0 {
		return t.Dimensions[i]
	}
	return nil
}
