package nlq

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// actGroup is the conditions that one act must meet.
type actGroup struct {
	link  *semantic.Table
	not   bool
	alone bool // of one of several members, each of which takes an act of its own
	conds []condition
}

// ofEachAct gives what else is said of acts to each of those that several members take:
// an active home policy and an active motor policy.
func ofEachAct(groups []actGroup) []actGroup {
	shared := func(g, o actGroup) bool { return !g.alone && o.alone && o.link == g.link && o.not == g.not }
	for _, g := range groups {
		for i, o := range groups {
			if shared(g, o) {
				groups[i].conds = append(slices.Clone(o.conds), g.conds...)
			}
		}
	}
	return slices.DeleteFunc(groups, func(g actGroup) bool {
		return slices.ContainsFunc(groups, func(o actGroup) bool { return shared(g, o) })
	})
}

// sets writes conditions on acts. Those on one kind of act hold for the same
// act, but for members joined by "and", which need one act each, and for what
// is excluded.
func (b *builder) sets(conds []condition) {
	var groups []actGroup
	var said []condition // of acts that were denied
	for _, c := range conds {
		if slices.ContainsFunc(said, func(o condition) bool { return o.from == c.from && o.dim == c.dim }) {
			continue
		}
		link := b.linkTo(c.home())
		if link == nil {
			b.restrict(b.r.exprOfCondition(c)) // Bind says what is missing
			continue
		}
		if c.fixed != nil || c.dim != nil && c.dim.Type.Kind == semantic.Bool {
			b.adjectiveApart(c)
		}
		b.ownInstead(c)
		if b.calledEntity(c) {
			b.s.charge("a member called like what is asked for", costUnrelated, node{from: c.from, end: c.from + 1})
		}
		if c.empty && !b.s.speaksOf(-1, c.home()) && len(b.d.verbs) == 0 {
			b.s.charge("a blank of something else", costIdle, node{from: c.from, end: c.from + 1})
			b.d.idle = true // the leave date of employees is not that of their invoices
		}
		if c.denied != nil {
			b.restrict(b.setWhere(link, []condition{*c.denied}, true)) // who did not do it in time, and not who did it late
			continue
		}
		if c.not && c.test == nil && (c.fixed == nil || c.never) {
			denied := append([]condition{c}, b.saidOfDenied(c, conds)...)
			denied[0].not = false
			said = append(said, denied[1:]...)
			b.restrict(b.setWhere(link, denied, true))
			continue
		}
		not := b.undone(c)
		if c.and && len(c.values) > 1 {
			for _, v := range c.values {
				one := c
				one.values = []string{v}
				groups = append(groups, actGroup{link: link, not: not, alone: true, conds: []condition{one}})
			}
			continue
		}
		at := slices.IndexFunc(groups, func(g actGroup) bool { return g.link == link && g.not == not && !g.alone })
		if at < 0 {
			groups = append(groups, actGroup{link: link, not: not})
			at = len(groups) - 1
		}
		groups[at].conds = append(groups[at].conds, c)
	}
	groups = ofEachAct(groups)
	for _, g := range groups {
		b.restrict(b.setWhere(g.link, g.conds, g.not))
		b.nothingElse(g.link, g.conds, g.not)
	}
}

// saidOfDenied are the members right behind a denied one that tell more of the same act:
// 没出过致命等级的漏装 has no act that is both.
func (b *builder) saidOfDenied(c condition, conds []condition) []condition {
	const far = 8 // tokens of a member and what it is called a value of
	var more []condition
	end := c.from
	for at := c.from; at < c.from+far; at++ {
		if o, ok := b.s.settled[at]; ok && o.Dimension == c.dim && slices.Contains(c.values, o.Member) {
			end = at // behind the words that deny
			break
		}
	}
	for _, o := range conds {
		if o.from <= end || o.from > end+far || o.not || o.test != nil || o.dim == nil || c.dim == nil || o.dim.Table != c.dim.Table || o.dim == c.dim || len(o.values) == 0 {
			continue
		}
		if slices.ContainsFunc(b.s.text.Tokens[end:o.from], func(t Token) bool { return t.Class == Mark || clauseWords[t.Norm] }) {
			break
		}
		more = append(more, o)
		end = o.from
	}
	return more
}

// clauseWords begin or join clauses, so that what stands behind them says nothing of what
// stands before.
var clauseWords = map[string]bool{
	"但": true, "却": true, "又": true, "还": true, "和": true, "与": true, "或": true, "及": true, "并": true, "而": true, "有": true, "过": true, "没": true, "不": true, "被": true, "在": true,
	"and": true, "or": true, "but": true, "with": true, "who": true, "that": true, "which": true, "have": true, "has": true, "had": true, "did": true, "not": true, "no": true, "in": true,
}

// nothingElse leaves out those who did something else as well, where only one kind of it
// was said: customers who only bought sofas.
func (b *builder) nothingElse(link *semantic.Table, conds []condition, not bool) {
	if b.d.solely == 0 || not || len(conds) == 0 {
		return
	}
	last := conds[len(conds)-1]
	if last.from < b.d.solely-1 || last.dim == nil || last.test != nil || last.not || len(last.values) == 0 {
		return
	}
	others := slices.Clone(conds)
	others[len(others)-1].not = true
	was := b.denied
	b.restrict(b.setWhere(link, others, true))
	b.denied, b.d.solely = was, 0
	b.deniedLinks = b.deniedLinks[:len(b.deniedLinks)-1]
}

// actsLeft reports whether a verb names acts that choose what is counted, so
// that it must not be passed over.
func (b *builder) actsLeft() bool {
	return slices.ContainsFunc(b.d.verbs, func(v verbAt) bool {
		acts := v.verb.through
		if acts == nil && len(v.verb.Hints) > 0 {
			acts = b.r.hinted(b.r.model.Tables, v.verb.Hints)
		}
		return acts != nil && b.r.graph.hops(b.home, acts) < 0
	})
}

// actLost reports whether a verb's act is in none of the sets where something is
// denied: of who never returned and complained, one would be lost.
func (b *builder) actLost() bool {
	return b.denied && len(b.links) > 0 && slices.ContainsFunc(b.d.verbs, func(v verbAt) bool {
		links := b.linksOf(v)
		acts := v.verb.through
		if acts == nil && len(v.verb.Hints) > 0 {
			if acts = b.actsOf(v.verb.Hints); acts == nil {
				acts = b.r.hinted(b.r.model.Tables, v.verb.Hints)
			}
		}
		return acts != nil && !slices.ContainsFunc(links, func(link *semantic.Table) bool {
			return acts == link || b.r.graph.hops(acts, link) >= 0 || b.r.graph.hops(link, acts) >= 0
		})
	})
}

// linksOf are the acts that may be those of a verb: of two verbs of which one denies, each
// has its own. Who shipped and never claimed has a shipment, though claims are of shipments.
func (b *builder) linksOf(v verbAt) []*semantic.Table {
	if len(b.deniedLinks) == 0 {
		return b.links
	}
	if v.verb.Not {
		return b.deniedLinks
	}
	if !b.neverDone() {
		return b.links
	}
	links := slices.Clone(b.links)
	for _, t := range b.deniedLinks { // what was bought beside what was not leaves one
		if i := slices.Index(links, t); i >= 0 {
			links = slices.Delete(links, i, i+1)
		}
	}
	return links
}

// actsBeside writes the acts of verbs that none of the sets is about, where there are
// some: who returned something and never complained.
func (b *builder) actsBeside() {
	if b.entity == nil || len(b.links) == 0 {
		return
	}
	for _, v := range b.d.verbs {
		acts := v.verb.through
		if acts == nil && len(v.verb.Hints) > 0 {
			acts = b.r.hinted(b.r.model.Tables, v.verb.Hints)
		}
		about := func(link *semantic.Table) bool {
			return b.r.graph.hops(acts, link) >= 0 || b.r.graph.hops(link, acts) >= 0
		}
		if acts == nil || b.r.graph.hops(acts, b.entity) < 1 || slices.ContainsFunc(b.linksOf(v), about) {
			continue
		}
		b.restrict(b.setWhere(acts, nil, v.verb.Not))
	}
}

// undone reports whether the act that a test is about was not done: of several verbs
// the nearest before it decides, 买过床垫但没买过床.
func (b *builder) undone(c condition) bool {
	if len(c.values) == 1 && aspects[b.s.text.At(c.from+utf8.RuneCountInString(c.values[0])).Norm] {
		return false // 投诉过 is an act of its own
	}
	not, last := b.neverDone(), -1
	for _, v := range b.d.verbs {
		if v.from < c.from && v.from > last {
			not, last = v.verb.Not, v.from
		}
	}
	return not
}

// adjectiveApart charges for an adjective of acts that the question does not name:
// cancelled flights are flights, where the bookings have a word for that too.
func (b *builder) adjectiveApart(c condition) {
	named := func(t thing) bool { return t.home() == c.home() }
	if b.d.with || len(b.d.verbs) > 0 {
		return // courses that have an exam
	}
	if !slices.ContainsFunc(b.things, named) && !slices.ContainsFunc(b.d.owners, named) && !b.linksNamed(c.home()) {
		b.s.charge("an adjective of something else", costUnrelated, node{from: c.from, end: c.from + 1})
		if verb := b.s.normAt(c.from - 1); strings.HasSuffix(verb, "ed") {
			b.d.idle = true // orders that arrived late, where invoices may be paid late
		}
	}
}

// linksNamed reports whether rows of a table link two things that are named: who controls a
// company is said of the two.
func (b *builder) linksNamed(link *semantic.Table) bool {
	var ends []*semantic.Table
	end := func(t *semantic.Table) {
		if t != nil && t != link && !slices.Contains(ends, t) && b.r.graph.hops(link, t) == 1 {
			ends = append(ends, t)
		}
	}
	end(b.entity)
	for _, t := range b.things {
		end(t.home())
	}
	for _, c := range b.d.conditions {
		end(c.home())
	}
	return len(ends) > 1
}

// calledEntity reports whether the member that acts are of is called like the entity
// itself: 华东的门店 are stores, also where 门店 is a channel of orders too.
func (b *builder) calledEntity(c condition) bool {
	return len(c.values) == 1 && b.entity != nil && b.r.vocabulary.holds(NewText(c.values[0]).Norms(), Object{Table: b.entity})
}

// setWhere is membership of the entity in the acts where conditions hold.
func (b *builder) setWhere(link *semantic.Table, conds []condition, not bool) semantic.Expr {
	sub := &semantic.Query{
		Items: []semantic.Item{{Expr: b.r.exprOf(measure{table: link, agg: "count"})}},
		By:    []semantic.Group{{Expr: b.entityName()}},
		Where: b.r.allOf(conds),
	}
	for _, v := range b.d.verbs {
		if v.verb.where != nil && v.verb.through == link {
			sub.Where = both(sub.Where, v.verb.where)
			break
		}
	}
	b.moveTimes(sub)
	b.denied, b.acted = b.denied || not, true
	b.links = append(b.links, link)
	if not {
		b.deniedLinks = append(b.deniedLinks, link)
	}
	return semantic.In{X: b.entityName(), Sub: sub, Not: not}
}

// neverDone reports whether a verb says that there is no act.
func (b *builder) neverDone() bool {
	return slices.ContainsFunc(b.d.verbs, func(v verbAt) bool { return v.verb.Not })
}

// verbSets reads a verb without an object: customers who ordered in May,
// customers who never ordered; and "customers without orders".
func (b *builder) verbSets(done bool) {
	if done || b.entity == nil {
		return
	}
	for i, t := range b.things {
		if t.table == nil || t.table == b.entity || b.r.graph.hops(t.table, b.entity) < 1 || t.marks&(markBy|markEach|markWhich) != 0 {
			continue
		}
		if !b.d.without && len(b.d.verbs) == 0 && !b.d.with {
			continue
		}
		b.restrict(b.setWhere(t.table, nil, b.d.without || b.neverDone()))
		b.things = slices.Delete(b.things, i, i+1)
		return
	}
	for _, v := range b.d.verbs {
		t := v.verb.through
		if len(v.verb.Hints) == 0 && t == nil {
			if t = b.r.onlyActs(b.entity); t == nil || b.entity.Time != nil || len(b.d.periods) == 0 || b.d.on != nil {
				continue
			}
			if d := b.dateCalled(v); d != nil {
				on := b.r.nameOf(d, "")
				b.q.On, b.q.During, b.acted = &on, slices.Clone(b.d.periods), true
				return
			}
		}
		if t == nil {
			t = b.actsOf(v.verb.Hints)
		}
		if t != nil && b.r.graph.hops(t, b.entity) > 0 {
			if t.Time != nil && t.Time == b.entity.Time && !v.verb.Not {
				b.acted = true // the orders that were sold are the orders
				return
			}
			if v.verb.Not && slices.ContainsFunc(b.things, func(o thing) bool { return o.dim != nil && o.dim.Of != nil }) {
				b.s.charge("a role in acts that were not", costIdle, node{})
				b.d.idle = true // who sold nothing is in no order
			}
			b.restrict(b.setWhere(t, nil, v.verb.Not))
			return
		}
	}
}

// dateCalled returns the date of an entity that is called after a verb: stores that
// opened have an opening date, whatever else they did; nil for none.
func (b *builder) dateCalled(v verbAt) *semantic.Dimension {
	for _, d := range b.entity.Dimensions {
		if !isTime(d) {
			continue
		}
		for _, word := range append(NewText(spaced(d.Name)).Norms(), normsOf(d.Names.Label.EN)...) {
			if slices.Contains(v.stems, word) || slices.ContainsFunc(b.r.bases(word), func(base string) bool { return slices.Contains(v.stems, base) }) {
				return d
			}
		}
	}
	return nil
}

// actsOf returns the table of acts that hints name and that leads to the entity.
func (b *builder) actsOf(hints []string) *semantic.Table {
	if b.entity == nil {
		return nil
	}
	var acts []*semantic.Table
	for _, t := range b.r.model.Tables {
		if b.r.graph.hops(t, b.entity) > 0 {
			acts = append(acts, t)
		}
	}
	return b.r.hinted(acts, hints)
}

// setOf is the set of entities for which an outcome holds.
func (b *builder) setOf(o outcome) *semantic.Query {
	sub := &semantic.Query{
		Items:  []semantic.Item{{Expr: b.r.exprOf(plain(o.measure))}},
		By:     []semantic.Group{{Expr: b.entityName()}},
		Having: b.outcomeExpr(o),
	}
	b.moveTimes(sub)
	if o.change != "" {
		sub.Versus = slices.Clone(b.d.versus)
		b.d.versus, b.d.changes, b.d.shows = nil, nil, nil
	}
	b.acted = true
	return sub
}

// moveTimes gives the period to the acts that a set is made of, since entities
// have none of their own.
func (b *builder) moveTimes(sub *semantic.Query) {
	if len(b.d.periods) > 1 && !b.d.or {
		b.s.charge("acts in several periods", costIdle, node{})
		b.d.idle = true
	}
	if len(b.d.periods) > 0 && b.d.on == nil {
		sub.During = slices.Clone(b.d.periods)
		if !slices.ContainsFunc(b.measures, b.runsInTime) {
			b.q.During = nil
		}
	}
}

// runsInTime reports whether a measure beside those of the entity has a time of
// its own, which a period is about as well.
func (b *builder) runsInTime(m measure) bool {
	home := m.home()
	if m.metric != nil && m.metric.Default != nil && m.metric.Default != (semantic.AllTime{}) {
		return true // the new customers of a month
	}
	return home != nil && home != b.entity && (home.Time != nil || m.metric != nil && m.metric.Time != nil)
}
