package nlq

import (
	"slices"
	"unicode/utf8"

	"wenshu/semantic"
)

// filters writes the tests on rows. A test of something that what is counted or
// listed does not lead to becomes a set: the customers in the orders where ….
func (b *builder) filters() {
	var apart []condition
	for _, c := range b.conds {
		if b.q.List != nil && b.d.both && c.and && c.test == nil && !c.not && len(c.values) > 1 && b.reaches(c) {
			b.s.charge("a row of two kinds", costIdle, node{from: c.from, end: c.from + 1})
			b.d.idle = true // no row is both
		}
		if b.reaches(c) && !slices.ContainsFunc(b.d.relations, func(rel relation) bool { return b.ownsTest(rel, c) }) {
			b.restrict(b.r.exprOfCondition(c))
			continue
		}
		apart = append(apart, c)
	}
	apart = b.relations(apart)
	b.sets(apart)
	b.actsBeside()
	b.verbSets(len(apart)+len(b.d.relations)+len(b.d.outcomes) > 0)
}

// relations writes what an entity must have or lack, with the tests of the acts
// themselves; it returns the tests that belong to none.
func (b *builder) relations(conds []condition) []condition {
	for _, rel := range b.d.relations {
		var own, rest []condition
		for _, c := range conds {
			if b.ownsTest(rel, c) {
				own = append(own, c)
			} else {
				rest = append(rest, c)
			}
		}
		was := b.entity
		b.entity = rel.owner
		for _, one := range eachMember(own, rel.not) {
			if rel.dim != nil {
				b.restrict(b.valuesWhere(rel, one))
				continue
			}
			b.restrict(b.setWhere(rel.of, one, rel.not))
		}
		b.entity, conds = was, rest
	}
	return conds
}

// ownsTest reports whether a test belongs to what an entity must have or lack
// rather than to the entity: it describes the act, or only the act leads to it.
func (b *builder) ownsTest(rel relation, c condition) bool {
	if c.from < rel.from || c.home() != nil && b.r.graph.hops(rel.of, c.home()) < 0 {
		return false
	}
	if b.ofCounted(rel, c) {
		return false
	}
	return c.from <= rel.act || rel.dim != nil || b.actsWith(rel, c) || c.home() == nil || b.r.graph.hops(rel.owner, c.home()) < 0
}

// actsWith reports whether a test stands right behind an act and a word that
// says with whom or from where it was: an appointment with Dr. Alba.
func (b *builder) actsWith(rel relation, c condition) bool {
	if c.from > rel.end+2 || c.from <= rel.end || b.r.graph.hops(rel.of, c.home()) != 1 {
		return false
	}
	switch b.s.text.At(rel.end).Norm {
	case "with", "by", "from", "to", "of":
		return true
	}
	return false
}

// eachMember splits tests of which one needs several members, one of each kind,
// into one list of tests for each.
func eachMember(conds []condition, not bool) [][]condition {
	at := slices.IndexFunc(conds, func(c condition) bool { return c.and && len(c.values) > 1 && !c.not })
	if at < 0 || not {
		return [][]condition{conds}
	}
	var lists [][]condition
	for _, v := range conds[at].values {
		list := slices.Clone(conds)
		list[at].values = []string{v}
		lists = append(lists, list)
	}
	return lists
}

// valuesWhere is membership of a value in those of the rows where conditions
// hold: the cities in which there is a stage under open sky.
func (b *builder) valuesWhere(rel relation, conds []condition) semantic.Expr {
	name := b.r.nameOf(rel.dim, "")
	sub := &semantic.Query{
		Items: []semantic.Item{{Expr: name}},
		List:  &semantic.List{From: rel.of.Name, Distinct: true},
		Where: b.r.allOf(conds),
	}
	b.moveTimes(sub)
	b.denied, b.acted = b.denied || rel.not, true
	return semantic.In{X: name, Sub: sub, Not: rel.not}
}

// reaches reports whether the home leads to what a condition tests.
func (b *builder) reaches(c condition) bool {
	if len(c.any) > 0 {
		return !slices.ContainsFunc(c.any, func(o condition) bool { return !b.reaches(o) })
	}
	if c.home() == nil || b.entity == nil {
		return true
	}
	if b.home != b.entity && len(b.measures) == 1 && (!c.not || b.hasDimension(c.dim)) && !(c.and && len(c.values) > 1) && b.r.graph.hops(b.home, c.home()) >= 0 {
		return true // active stores by their orders: a test of the orders
	}
	return b.r.graph.hops(b.entity, c.home()) >= 0
}

// sets writes conditions on acts. Those on one kind of act hold for the same
// act, but for members joined by "and", which need one act each, and for what
// is excluded.
func (b *builder) sets(conds []condition) {
	type group struct {
		link  *semantic.Table
		not   bool
		conds []condition
	}
	var groups []group
	for _, c := range conds {
		link := b.linkTo(c.home())
		if link == nil {
			b.restrict(b.r.exprOfCondition(c)) // Bind says what is missing
			continue
		}
		if c.fixed != nil || c.dim != nil && c.dim.Type.Kind == semantic.Bool {
			b.adjectiveApart(c)
		}
		if c.empty && !b.s.speaksOf(-1, c.home()) && len(b.d.verbs) == 0 {
			b.s.charge("a blank of something else", costIdle, node{from: c.from, end: c.from + 1})
			b.d.idle = true // the leave date of employees is not that of their invoices
		}
		if c.not && c.test == nil && c.fixed == nil {
			positive := c
			positive.not = false
			b.restrict(b.setWhere(link, []condition{positive}, true))
			continue
		}
		if c.and && len(c.values) > 1 {
			for _, v := range c.values {
				one := c
				one.values = []string{v}
				b.restrict(b.setWhere(link, []condition{one}, b.undone(c)))
			}
			continue
		}
		not := b.undone(c)
		at := slices.IndexFunc(groups, func(g group) bool { return g.link == link && g.not == not })
		if at < 0 {
			groups = append(groups, group{link: link, not: not})
			at = len(groups) - 1
		}
		groups[at].conds = append(groups[at].conds, c)
	}
	for _, g := range groups {
		b.restrict(b.setWhere(g.link, g.conds, g.not))
	}
}

// actLost reports whether a verb's act is in none of the sets where something is
// denied: of who never returned and complained, one would be lost.
func (b *builder) actLost() bool {
	return b.denied && len(b.links) > 0 && slices.ContainsFunc(b.d.verbs, func(v verbAt) bool {
		links := b.links
		if v.verb.Not && len(b.deniedLinks) > 0 {
			links = b.deniedLinks
		}
		acts := v.verb.through
		if acts == nil && len(v.verb.Hints) > 0 {
			acts = b.r.hinted(b.r.model.Tables, v.verb.Hints)
		}
		return acts != nil && !slices.ContainsFunc(links, func(link *semantic.Table) bool {
			return acts == link || b.r.graph.hops(acts, link) >= 0 || b.r.graph.hops(link, acts) >= 0
		})
	})
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
		if acts == nil || b.r.graph.hops(acts, b.entity) < 1 || slices.ContainsFunc(b.links, about) {
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
	if !slices.ContainsFunc(b.things, named) && !slices.ContainsFunc(b.d.owners, named) {
		b.s.charge("an adjective of something else", costUnrelated, node{from: c.from, end: c.from + 1})
	}
}

// setWhere is membership of the entity in the acts where conditions hold.
func (b *builder) setWhere(link *semantic.Table, conds []condition, not bool) semantic.Expr {
	sub := &semantic.Query{
		Items: []semantic.Item{{Expr: b.r.exprOf(measure{table: link, agg: "count"})}},
		By:    []semantic.Group{{Expr: b.entityName()}},
		Where: b.r.allOf(conds),
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
		for _, word := range append(NewText(spaced(d.Name)).Norms(), NewText(d.Names.Label.EN).Norms()...) {
			if slices.Contains(v.stems, word) || slices.ContainsFunc(b.r.bases(word), func(base string) bool { return slices.Contains(v.stems, base) }) {
				return d
			}
		}
	}
	return nil
}

// actsOf returns the table of acts that hints name and that leads to the entity.
func (b *builder) actsOf(hints []string) *semantic.Table {
	var acts []*semantic.Table
	for _, t := range b.r.model.Tables {
		if b.r.graph.hops(t, b.entity) > 0 {
			acts = append(acts, t)
		}
	}
	return b.r.hinted(acts, hints)
}

// shares writes the share of a total. The share of a named member is shown for
// that member, of the total of all.
func (b *builder) shares() {
	at := slices.IndexFunc(b.d.shows, func(s semantic.Show) bool { return s.Func == "share" })
	if at < 0 {
		return
	}
	if b.shareOfOther(at) {
		return
	}
	if b.d.within {
		b.shareWithin(at)
	} else if t, ok := b.s.insideOf(); ok && len(b.things) > 1 {
		b.d.within = true
		b.d.shows[at].Args = []semantic.Expr{b.r.thingExpr(t)}
	}
	if b.shareOfMember(at) {
		return
	}
	if word := b.d.shareAt; word != nil && len(b.q.By) > 0 && b.s.text.At(word.from).Class == Word {
		if says := b.predicate(word.end); says >= 0 && slices.ContainsFunc(b.conds, func(c condition) bool { return c.from > says && c.dim != nil && c.test == nil }) {
			b.s.charge("a share of those that are said to be some", costUnlikely, *word) // of its flights that got cancelled
		}
	}
	if b.d.ofAll && len(b.q.By) > 0 {
		b.d.idle = true // all of them, and not each
		b.s.charge("a share of all, split", costIdle, node{})
	}
	plain := len(b.conds) == 1 && b.conds[0].dim != nil && b.conds[0].test == nil && !b.conds[0].not && !b.d.alsoPart
	if b.d.ofAll && !plain && len(b.q.By) == 0 && len(b.d.versus)+len(b.d.changes) == 0 && b.shareOfConditions(at) {
		return
	}
	if len(b.q.By) == 0 && len(b.d.versus)+len(b.d.changes) > 0 && b.partOfAll(at) {
		return // how the share moved, not what it is a share of
	}
	if len(b.q.By) == 0 {
		b.memberAsGroup()
	} else if !b.d.within {
		b.shownMembers()
	}
	if len(b.q.By) == 0 && b.shareOfConditions(at) {
		return
	}
	if len(b.q.By) == 0 {
		b.d.idle = true
		b.s.charge("a share of nothing", costIdle, node{})
	}
}

// shareOfConditions divides what meets the tests by all: the share of doctors
// older than 40.
func (b *builder) shareOfConditions(at int) bool {
	if len(b.measures) != 1 || len(b.measures[0].over) > 0 || len(b.conds) == 0 || len(b.q.Items) != 1 {
		return false
	}
	if slices.ContainsFunc(b.conds, func(c condition) bool { return !b.reaches(c) }) {
		return false
	}
	part, whole := b.conds[:0:0], b.conds[:0:0]
	for _, c := range b.conds {
		if slices.Contains(b.d.restated, c.from) {
			whole = append(whole, c)
			continue
		}
		part = append(part, c)
	}
	if len(part) == 0 {
		return false
	}
	b.divideByAll(part, whole, at)
	if b.d.alsoPart {
		above := b.measures[0].over[0]
		b.measures = []measure{above, b.measures[0]}
		b.q.Items = append([]semantic.Item{{Expr: b.r.exprOf(above)}}, b.q.Items...)
	}
	return true
}

// divideByAll divides the measure under tests by the same without them, which
// are left to the rest, and takes the share at a show for that.
func (b *builder) divideByAll(part, rest []condition, at int) {
	above := b.measures[0]
	above.where = part
	b.measures[0] = measure{over: []measure{above, b.measures[0]}, op: semantic.Div}
	b.q.Items[0] = semantic.Item{Expr: b.r.exprOf(b.measures[0])}
	b.conds = rest
	b.d.shows = slices.Delete(slices.Clone(b.d.shows), at, at+1)
}

// shareOfMember divides a member by all, group by group, where the word for a share
// stands next to it: the share of Douyin by month is not how its own total falls on
// the months.
func (b *builder) shareOfMember(at int) bool {
	word := b.d.shareAt
	if word == nil || b.d.within || len(b.q.By) == 0 || len(b.measures) != 1 || len(b.measures[0].over) > 0 || len(b.q.Items) != 1 || b.s.text.At(word.from).Class != Word {
		return false
	}
	i := slices.IndexFunc(b.conds, func(c condition) bool {
		return c.dim != nil && c.test == nil && !c.not && len(c.values) == 1 && b.besideShare(*word, c.from)
	})
	if i < 0 || !b.reaches(b.conds[i]) || b.hasDimension(b.conds[i].dim) {
		return false
	}
	b.divideByAll(b.conds[i:i+1:i+1], slices.Delete(slices.Clone(b.conds), i, i+1), at)
	b.d.present.Unit = InUnit{Percent: true}
	return true
}

// partOfAll divides what is asked of one member by that of all.
func (b *builder) partOfAll(at int) bool {
	i := slices.IndexFunc(b.conds, func(c condition) bool { return c.dim != nil && c.test == nil && !c.not && len(c.values) == 1 })
	if i < 0 || len(b.measures) != 1 || len(b.measures[0].over) > 0 || len(b.q.Items) != 1 || !b.reaches(b.conds[i]) {
		return false
	}
	b.divideByAll(b.conds[i:i+1:i+1], slices.Delete(slices.Clone(b.conds), i, i+1), at)
	b.s.addShow("prior")
	b.s.addShow("change")
	b.d.present.Unit = InUnit{Percent: true}
	return true
}

// besideShare reports whether a member that starts at a token is what the word for
// a share is about: right behind it, before it, or behind from.
func (b *builder) besideShare(word node, from int) bool {
	if from == word.end || from == word.end+1 && b.s.text.At(word.end).Norm == "the" {
		return true
	}
	if from > 0 && from > word.end && b.s.text.At(from-1).Norm == "from" {
		return true
	}
	if from >= word.from {
		return false
	}
	for at := from + 1; at < word.from; at++ {
		if gluing[b.s.text.At(at).Norm] || b.s.text.At(at).Class != Word {
			return false
		}
	}
	return word.from-from <= 2
}

// shareOfOther divides two numbers where the one is a share in the other: the share
// of refunds in revenue.
func (b *builder) shareOfOther(at int) bool {
	word := b.d.shareAt
	if word == nil || len(b.measures) != 2 || len(b.q.Items) != 2 || len(b.measures[0].over)+len(b.measures[1].over) > 0 || b.s.text.At(word.from).Class != Word {
		return false
	}
	part := -1
	for _, n := range b.s.nodes {
		m, ok := n.means.(measure)
		switch {
		case !ok:
		case part < 0 && n.from >= word.end && sameMeasure(m, b.measures[0]):
			part = n.end
		case part >= 0 && sameMeasure(m, b.measures[1]) && (n.from == part+1 || n.from == part+2 && b.s.text.At(part+1).Norm == "the"):
			if norm := b.s.text.At(part).Norm; norm != "in" && norm != "of" && norm != "among" {
				return false
			}
			b.measures = []measure{{over: []measure{b.measures[0], b.measures[1]}, op: semantic.Div}}
			b.q.Items = []semantic.Item{{Expr: b.r.exprOf(b.measures[0])}}
			b.d.shows = slices.Delete(slices.Clone(b.d.shows), at, at+1)
			b.d.present.Unit = InUnit{Percent: true}
			return true
		}
	}
	return false
}

// insideOf returns what stands behind "within each": the whole that shares are of.
func (s *sentence) insideOf() (thing, bool) {
	for i, n := range s.nodes {
		t, ok := s.thingAt(i)
		at := n.from - 1
		for at > 0 && (s.text.At(at).Norm == "each" || s.text.At(at).Norm == "every" || s.text.At(at).Norm == "the" || s.text.At(at).Norm == "its") {
			at--
		}
		if norm := s.text.At(at).Norm; ok && at >= 0 && (norm == "within" || norm == "inside") {
			return t, true
		}
	}
	return thing{}, false
}

// shareWithin makes the coarser of two groups the whole.
func (b *builder) shareWithin(at int) {
	if b.d.whole != nil {
		b.d.shows[at].Args = []semantic.Expr{b.r.thingExpr(*b.d.whole)}
		return
	}
	for _, t := range b.things {
		if len(b.things) > 1 && t.marks&(markEach|markOwner) != 0 || len(b.things) > 1 && b.things[0].same(t) {
			b.d.shows[at].Args = []semantic.Expr{b.r.thingExpr(t)}
			return
		}
	}
}

// memberAsGroup turns a filter on members into a group of which only these are
// shown, so that shares and ranks are of all members.
func (b *builder) memberAsGroup() {
	for i, c := range b.conds {
		if c.dim == nil || c.test != nil || c.not {
			continue
		}
		b.q.By = append(b.q.By, semantic.Group{Expr: b.r.nameOf(c.dim, c.via)})
		b.q.Having = both(b.q.Having, b.r.exprOfCondition(c))
		b.conds = slices.Delete(b.conds, i, i+1)
		return
	}
}

// shownMembers keeps members that results are split by, so that their shares are of
// all: what percentage comes from gold and diamond members.
func (b *builder) shownMembers() {
	if len(b.q.By) != 1 || len(b.things) != 1 || b.things[0].dim == nil {
		return
	}
	for i, c := range b.conds {
		if c.dim == b.things[0].dim && c.via == b.things[0].via && severalMembers(c) {
			b.q.Having = both(b.q.Having, b.r.exprOfCondition(c))
			b.conds = slices.Delete(b.conds, i, i+1)
			return
		}
	}
}

// ranks writes the place in an order.
func (b *builder) ranks() {
	if !b.d.ranks {
		return
	}
	if len(b.q.By) == 0 {
		b.memberAsGroup()
		if slices.ContainsFunc(b.d.orderings, func(o ordering) bool { return !o.only }) {
			b.s.charge("the top of one", costIdle, node{})
			b.d.idle = true
		}
	} else {
		b.rankOfMember()
	}
	if len(b.q.By) == 0 {
		b.d.idle = true
		b.s.charge("a rank of nothing", costIdle, node{})
		return
	}
	b.d.shows = append(b.d.shows, semantic.Show{Func: "rank"})
	if len(b.d.orderings) == 0 && len(b.measures) > 0 {
		b.q.Sort = []semantic.Sort{{Expr: b.r.exprOf(b.measures[0]), Desc: true}}
	}
}

// rankOfMember keeps a member's rank among all members of the group it is in.
func (b *builder) rankOfMember() {
	for i, c := range b.conds {
		if c.dim == nil || c.test != nil || !b.hasDimension(c.dim) {
			continue
		}
		b.q.Having = both(b.q.Having, b.r.exprOfCondition(c))
		b.conds = slices.Delete(b.conds, i, i+1)
		return
	}
}
