package nlq

import (
	"slices"

	"wenshu/semantic"
)

// filters writes the tests on rows. A test of something that what is counted or
// listed does not lead to becomes a set: the customers in the orders where ….
func (b *builder) filters() {
	if b.filtered {
		return
	}
	var apart []condition
	for _, c := range b.conds {
		if b.q.List != nil && b.d.both && c.and && c.test == nil && !c.not && len(c.values) > 1 && b.reaches(c) {
			b.s.charge("a row of two kinds", costIdle, node{from: c.from, end: c.from + 1})
			b.d.idle = true // no row is both
		}
		if b.reaches(c) && !slices.ContainsFunc(b.d.relations, func(rel relation) bool { return b.ownsTest(rel, c) }) {
			b.restrict(b.kindTest(c))
			continue
		}
		apart = append(apart, c)
	}
	apart = b.relations(apart)
	b.sets(apart)
	b.actsBeside()
	b.verbSets(len(apart)+len(b.d.relations)+len(b.d.outcomes) > 0)
	b.unmet()
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
		for _, part := range b.eachNamed(rel, own) {
			for _, one := range eachMember(part, rel.not) {
				if rel.dim != nil {
					b.restrict(b.valuesWhere(rel, one))
					continue
				}
				b.restrict(b.setWhere(rel.of, one, rel.not))
			}
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
	if b.ofCounted(rel, c) || b.besideTest(rel, c) {
		return false
	}
	return c.from <= rel.act || rel.dim != nil || b.actsWith(rel, c) || c.home() == nil || b.r.graph.hops(rel.owner, c.home()) < 0
}

// besideTest reports whether a test belongs to a clause of its own behind another one.
func (b *builder) besideTest(rel relation, c condition) bool {
	return slices.ContainsFunc(b.d.relations, func(o relation) bool { return o.apart && o.from > rel.from && o.from <= c.from })
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

// eachNamed splits the tests of a relation whose other entity is named once more behind
// "and", each time with tests of its own, into one list for each: countries shared by
// players above 2300 and players below 1700.
func (b *builder) eachNamed(rel relation, conds []condition) [][]condition {
	if len(rel.again) == 0 || rel.not {
		return [][]condition{conds}
	}
	lists := make([][]condition, len(rel.again)+1)
	for _, c := range conds {
		at, _ := slices.BinarySearch(rel.again, c.from+1)
		lists[at] = append(lists[at], c)
	}
	if slices.ContainsFunc(lists, func(list []condition) bool { return len(list) == 0 }) {
		return [][]condition{conds}
	}
	return lists
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
	return b.r.graph.hops(b.entity, c.home()) >= 0 || b.linksGroups(c.home())
}

// linksGroups reports whether rows of a table are what links the one entity that is counted
// with what results are split by: a test of them is of these rows, and not of any others of
// either side. 每家企业控股的电站有几座 counts what that very company controls.
func (b *builder) linksGroups(link *semantic.Table) bool {
	if b.q.List != nil || len(b.measures) != 1 || !b.r.isCount(b.measures[0]) || b.r.graph.hops(link, b.entity) < 0 {
		return false
	}
	return slices.ContainsFunc(b.things, func(t thing) bool {
		if t.timed || t.home() == nil || b.r.graph.hops(b.entity, t.home()) >= 0 {
			return false
		}
		links := b.r.graph.links(b.entity, t.home())
		return len(links) == 1 && links[0] == link
	})
}

// shares writes the share of a total. The share of a named member is shown for
// that member, of the total of all.
func (b *builder) shares() {
	at := slices.IndexFunc(b.d.shows, func(s semantic.Show) bool { return s.Func == "share" })
	if at < 0 {
		return
	}
	if b.shareOfOther(at) || b.topShare(at) || b.rateOfAll(at) || b.shareOfActs(at) {
		return
	}
	if word := b.d.shareAt; word != nil && len(b.measures) > 1 && b.s.text.wholeSaidFirst(word.from) {
		b.s.charge("a share of one number in another, unread", costIdle, *word)
		b.d.idle = true
	}
	b.sharedOverNumbers()
	b.saidOfNothing()
	if slices.ContainsFunc(b.measures, b.isRate) && (len(b.conds) > 0 || len(b.q.By) == 0) {
		b.d.idle = true
		b.s.charge("a share of a rate", costIdle, node{})
	}
	if b.d.within {
		b.shareWithin(at)
	} else if t, ok := b.s.insideOf(); ok && len(b.things) > 1 {
		b.d.within = true
		b.d.shows[at].Args = []semantic.Expr{b.r.thingExpr(t)}
	}
	if b.shareOfMember(at) || b.shareAmong(at) {
		return
	}
	if word := b.d.shareAt; word != nil && len(b.q.By) > 0 && isRateWord(b.s.text.Norm(word.from, word.end)) {
		b.d.idle = true // in each group of that group, not how they fall on the groups
		b.s.charge("a rate read as a share", costIdle, *word)
	}
	if word := b.d.shareAt; word != nil && len(b.q.By) > 0 && b.s.text.At(word.from).Class == Word {
		if says := b.predicate(word.end); says >= 0 && slices.ContainsFunc(b.conds, func(c condition) bool { return c.from > says && c.dim != nil && c.test == nil }) {
			b.s.charge("a share of those that are said to be some", costUnlikely, *word) // of its flights that got cancelled
		}
	}
	if b.d.ofAll && len(b.q.By) > 0 {
		if b.apartFromGroups() && b.shareOfConditions(at) {
			return // in each group, of all of it
		}
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
		if slices.ContainsFunc(b.d.orderings, func(o ordering) bool { return !o.only }) {
			b.d.idle = true
			b.s.charge("the top of one", costIdle, node{})
		}
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

// isRateWord reports whether a word for a share is one for a rate.
func isRateWord(norm string) bool { return norm == "率" || norm == "比率" }

// saidOfNothing refuses a share of those of which a verb says something that tests
// nothing: of the bookings that were attended, not how all bookings fall on clubs.
func (b *builder) saidOfNothing() {
	word := b.d.shareAt
	if word == nil || b.s.text.At(word.from).Class != Word {
		return
	}
	says := b.predicateOfCounted(word.end)
	if says < 0 || len(conditionsUpTo(b.conds, says, false))+len(b.d.relations) > 0 {
		return
	}
	if slices.ContainsFunc(b.d.verbs, func(v verbAt) bool {
		return v.from == says && v.end > says+1 || v.from > says && b.s.normAt(says) == "did"
	}) {
		b.d.idle = true
		b.s.charge("a share of those that did what tests nothing", costIdle, *word)
	}
}

// shareOfConditions divides what meets the tests by all: the share of doctors
// older than 40.
func (b *builder) shareOfConditions(at int) bool {
	if len(b.measures) != 1 || len(b.measures[0].over) > 0 || len(b.conds) == 0 || len(b.q.Items) != 1 || b.isRate(b.measures[0]) {
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
		if b.s.inBrackets(c.from) {
			b.d.idle = true
			b.s.charge("what a remark in brackets restricts", costIdle, node{}) // 按时缴费的占多少（看已缴的）: of these
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
