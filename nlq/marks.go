package nlq

import (
	"slices"

	"wenshu/semantic"
)

// markThings turns the words around things into marks on them and removes the
// words.
func (s *sentence) markThings() {
	s.madeBy()
	s.yearAsked()
	s.timedBy()
	s.splitNotDone()
	s.attributesDo()
	for i := 0; i < len(s.nodes); {
		if s.mark(i) {
			s.drop(i)
			continue
		}
		i++
	}
	s.spreadMarks()
	s.markFiltered()
	s.kindsOfOwners()
}

// markFiltered marks the entities that only carry a filter: gold members, 女性客户.
func (s *sentence) markFiltered() {
	for i := range s.nodes {
		t, ok := s.thingAt(i)
		if !ok || i == 0 || t.marks != 0 || t.home() == nil || t.dim != nil && !isDisplay(t.dim) {
			continue
		}
		if !s.touches(i-1, i) || s.text.At(s.nodes[i].from).Norm == "各" {
			continue // 华东各省 are split by, where 各省 is one name
		}
		before := i - 1
		if g, ok := s.glue(before); ok && g.How == Has && before > 0 && s.touches(before-1, before) && s.totals() {
			before-- // 上海的店上个月卖了多少
		}
		if before < 0 {
			continue
		}
		if m, ok := as[members](s.nodes[before]); ok && (s.r.graph.hops(t.home(), m.dim.Table) >= 0 || s.r.graph.hops(m.dim.Table, t.home()) >= 1 && t.table != nil) {
			s.markAt(i, markFilter)
		}
	}
}

// totals reports whether a number is asked for and nothing ranks, lists or tests
// what has it.
func (s *sentence) totals() bool {
	number := s.draft.valued
	for i, n := range s.nodes {
		switch n.means.(type) {
		case Count:
			number = number || is[Verb](s, i-1)
		case Top, Rank, Order, Compare, BetweenMark, Change, InARow, GroupMark, Share:
			return false
		case measure:
			number = true
		case thing:
			if t, _ := as[thing](n); t.marks&(markBy|markEach|markWhich|markListed) != 0 {
				return false
			}
		}
	}
	return number && !s.draft.listing
}

// mark applies the word at node i to the thing next to it; it reports whether
// the word is used up.
func (s *sentence) mark(i int) bool {
	switch m := s.nodes[i].means.(type) {
	case GroupMark:
		s.draft.layered = s.draft.layered || m.Layer
		s.draft.present.Panels = s.draft.present.Panels || m.Panels
		s.draft.stacked = s.draft.stacked || m.Stack
		if s.ofEachListed(i) {
			return true
		}
		if m.Spread != NoSpread && !m.Before {
			return s.markSpread(i, m.Spread)
		}
		if m.Before {
			return isBareTop(s, i-1) && isBareTop(s, i-3) && is[Linker](s, i-2) || s.tellsApart(i) || s.periodsApart(i) || s.asksNumbers(i) || s.measuredApart(i) || s.countedOfEach(i) || s.membersApart(i) || s.markAt(s.skip(i-1, -1), markBy|markSpread) || s.listedApart() || s.apart() || s.spreadAlready(i) || s.spreadsNumber(i, m.Spread)
		}
		if m.Each {
			if s.eachWas(i) {
				return true
			}
			if is[Count](s, i-1) && s.touches(i-1, i) && i+1 == len(s.nodes) {
				return true // 一共有多少个不同的: of what stands before
			}
			if w, ok := s.whichAt(i + 1); ok && w.What == HowMuch || is[Grained](s, i+1) {
				s.membersApart(i)
				return true // 各是多少 of several measures; for each 周
			}
			if is[members](s, i-1) && s.touches(i-1, i) && s.listed() && !is[names](s, i+1) {
				s.draft.compared = true
				return true // 甲和乙各有几个
			}
			if j := s.thingBehind(i); j < len(s.nodes) && !is[Linker](s, j) && !is[Order](s, j) {
				return s.markAt(j, markEach) || s.markAskedBefore(i)
			}
			return s.markAskedBefore(i) || s.markFirst(i, markEach)
		}
		return s.markBehindBy(i) || s.closesBy(i)
	case Which:
		return s.markQuestion(i, m)
	case Distinct:
		if s.markAt(s.thingBehind(i), markDistinct) {
			return true
		}
		return s.markAt(s.skip(i-1, -1), markDistinct)
	case Listing:
		s.draft.weak = true
		if m.Weak {
			return true
		}
		s.draft.listing = true
		if !s.markAt(s.thingBehind(i), markListed) {
			s.markListedBefore(i)
		}
		return true
	}
	return false
}

// markListedBefore marks the entity right before the word for a list at node i, where more is
// asked of it behind a comma: 剧场有哪些，在哪个城市.
func (s *sentence) markListedBefore(i int) {
	if t, ok := s.thingAt(i - 1); ok && t.table != nil && s.touches(i-1, i) && i+1 < len(s.nodes) {
		s.markAt(i-1, markListed)
	}
}

// splitting reports whether a node splits by what stands next to it.
func splitting(n node) bool {
	m, ok := as[GroupMark](n)
	return ok && m.Spread == NoSpread
}

// pairAt reports whether node i is the first of two numbers joined by "and",
// which are drawn against each other.
func (s *sentence) pairAt(i int) bool {
	if link, ok := s.linkAt(i + 1); !ok || link.How != AndLink || !s.arePoints(i, i+2) {
		return false
	}
	s.draft.relates = true
	return true
}

func (s *sentence) linkAt(i int) (Linker, bool) {
	if i < 0 || i >= len(s.nodes) {
		return Linker{}, false
	}
	return as[Linker](s.nodes[i])
}

func (s *sentence) whichAt(i int) (Which, bool) {
	if i < 0 || i >= len(s.nodes) {
		return Which{}, false
	}
	return as[Which](s.nodes[i])
}

// asksNumbers reads 最高定价和最低定价分别是多少: the number before the word is asked
// for, nothing is split by it.
func (s *sentence) asksNumbers(i int) bool {
	first, second := s.text.At(s.nodes[i].from).Norm, s.text.At(s.nodes[i].from+1).Norm
	t, ok := s.thingAt(s.skip(i-1, -1))
	return (first == "各" || first == "分" && second == "别") && ok && t.dim != nil && isMeasurable(t.dim) && t.marks&(markBy|markEach) == 0
}

// measuredApart reads 销售额和订单数分别是多少: several numbers, each of which is
// shown anyway.
func (s *sentence) measuredApart(i int) bool {
	last := s.skip(i-1, -1)
	t, ok := s.thingAt(last - 2)
	if is[Agg](s, last) && is[Linker](s, last-1) && is[Agg](s, last-2) {
		return true // the largest and the smallest value
	}
	return is[measure](s, last) && is[Linker](s, last-1) && (is[measure](s, last-2) || ok && t.dim != nil && isMeasurable(t.dim))
}

// tellsApart reads 甲和乙的价格分别是多少: the members are told apart, and the
// number before the word is what is asked of each.
func (s *sentence) tellsApart(i int) bool {
	before := s.skip(i-1, -1)
	if before < 0 {
		return false
	}
	switch n := s.nodes[before].means.(type) {
	case thing:
		if n.dim == nil || n.marks&(markBy|markEach) != 0 || n.noun && isDisplay(n.dim) && s.text.holds("多", s.nodes[i].from, s.nodes[i].end) {
			return false // 华东华南门店分别有多少: how many
		}
	case measure:
	default:
		return false
	}
	if !s.listed() && !s.apart() {
		return false
	}
	s.draft.compared, s.draft.asked = true, true
	return true
}

// listed reports whether several members are named, which 分别 and "respectively"
// ask to be told apart, as they are anyway.
func (s *sentence) listed() bool {
	return slices.ContainsFunc(s.nodes, func(n node) bool {
		m, ok := as[members](n)
		return ok && len(m.values) > 1 && !m.not
	})
}

// apart reads 男客户和女客户各有多少: members of one dimension that each carry
// their own noun are told apart.
func (s *sentence) apart() bool {
	var dims []members
	for _, n := range s.nodes {
		m, ok := as[members](n)
		if !ok {
			continue
		}
		for _, o := range dims {
			if o.dim.Conforms(m.dim) && !m.not && !o.not {
				s.draft.compared = true
				return true
			}
		}
		dims = append(dims, m)
	}
	return false
}

// closesBy reads 按优先级分: a second word for splitting that closes the first.
func (s *sentence) closesBy(i int) bool {
	t, ok := s.thingAt(i - 1)
	return ok && t.has(markBy) && s.touches(i-1, i) && s.text.At(s.nodes[i].from).Class == Han && (i+1 >= len(s.nodes) || is[Linker](s, i+1))
}

// markBehindBy reads what stands behind "by": a thing is a group, a measure is
// what to sort by, a grain is a group already.
func (s *sentence) markBehindBy(i int) bool {
	j := s.skip(i+1, 1)
	if j >= len(s.nodes) {
		return false
	}
	switch m := s.nodes[j].means.(type) {
	case thing:
		if v, ok := s.verbAt(i - 1); ok && s.touches(i-1, i) && len(v.Hints) == 0 && s.text.At(s.nodes[i].from).Norm != "per" {
			return true // used by flights: who acted
		}
		return s.markAt(j, markBy)
	case Grained:
		return true
	case measure:
		if s.r.isCount(m) && s.anyMarked(markSpread) {
			s.drop(j)
			return true // the distribution of weight across all cars
		}
		s.nodes[i].means = Order{Mark: true, Given: true, Desc: true, split: true}
		return false
	case Agg, Count:
		s.nodes[i].means = Order{Mark: true, Given: true, Desc: true, split: true}
		return false
	case Distinct, GroupMark:
		return true
	case members:
		_, named := s.thingAt(j + 1)
		return named && s.touches(j, j+1) && i > 0 // loans by senior members
	case Top:
		return m.N == 0 // songs by the youngest singer
	case Order:
		return m.Mark
	}
	return false
}

// markAt marks the thing at node j.
func (s *sentence) markAt(j int, mark marks) bool {
	if j < 0 || j >= len(s.nodes) {
		return false
	}
	t, ok := as[thing](s.nodes[j])
	if !ok {
		return false
	}
	t.marks |= mark
	s.nodes[j].means = t
	return true
}

// thingBehind returns the node behind i, past glue, numbers and orders: "which
// 3 cities", "each of the top stores".
func (s *sentence) thingBehind(i int) int {
	for j := i + 1; j < len(s.nodes); j++ {
		switch s.nodes[j].means.(type) {
		case Glue, number, Distinct, Equals:
			continue
		case Which, GroupMark:
			continue
		}
		return j
	}
	return len(s.nodes)
}

// ownDate reports whether a date is one of the noun before node i or of what it
// leads to, and not of the acts that lead to it: who never booked has no booking.
func (s *sentence) ownDate(i int, date thing) bool {
	for j := i - 1; j >= 0; j-- {
		if t, ok := s.nounAt(j); ok {
			return s.r.graph.hops(t, date.dim.Table) >= 0
		}
		if t, ok := s.thingAt(j); ok && t.home() != nil {
			return s.r.graph.hops(t.home(), date.dim.Table) >= 0
		}
	}
	return true
}

// lacksDate reads a denied participle that a date is called after as the missing
// date: loans that have not been returned.
func (s *sentence) lacksDate(first, i int, t thing) {
	s.draft.conditions = append(s.draft.conditions, condition{dim: t.dim, from: s.nodes[first].from, test: func(x semantic.Expr) semantic.Expr { return semantic.IsNull{X: x} }})
	s.nodes = append(s.nodes[:first], s.nodes[i+1:]...)
}

// whichOfOne refuses a member right behind "which", unless it describes what is
// asked for: which store is no channel.
func (s *sentence) whichOfOne() {
	for i, n := range s.nodes {
		if _, ok := n.means.(members); !ok || s.text.At(n.from-1).Norm != "which" || i+1 < len(s.nodes) && !s.touches(i, i+1) {
			continue
		}
		if i+1 < len(s.nodes) && (is[members](s, i+1) || is[thing](s, i+1) || is[measure](s, i+1)) {
			continue
		}
		s.charge("which of one", costIdle, n)
		s.draft.idle = true
	}
}

// markQuestion reads a question word.
func (s *sentence) markQuestion(i int, m Which) bool {
	behind := s.thingBehind(i)
	switch m.What {
	case WhichOne:
		s.draft.several = max(s.draft.several, m.N)
		if o, ok := s.orderAt(i + 1); ok && o.Compares && s.listed() {
			s.draft.compared = true
			return true // 甲和乙哪个高
		}
		if s.rankedByOwn(behind) || s.markAt(behind, markWhich) {
			return true
		}
		if behind < len(s.nodes) {
			if g, ok := as[Grained](s.nodes[behind]); ok {
				s.nodes[behind].means = thing{timed: true, grain: g.Grain, marks: markWhich}
				return true
			}
			if top, ok := as[Top](s.nodes[behind]); ok && top.N == 0 {
				return s.markAt(s.thingBehind(behind), markWhich) || s.markAt(s.skip(i-1, -1), markWhich)
			}
		}
		return s.markAt(s.skip(i-1, -1), markWhich) || s.markLast(i)
	case WhatIs:
		s.draft.asked = true
		s.markAt(behind, markAsked)
		return true
	case Who:
		s.draft.exists = s.draft.exists || m.Any
		return s.markWho(i, m, behind)
	case YesNo:
		s.draft.exists = true
		return true
	case HowMuch:
		return s.markHowMuch(i, behind)
	case When, Where, HowOld:
		if m.What == Where && i > 0 && is[thing](s, i+1) && is[Empty](s, i+2) {
			return false // where city is missing says of which rows
		}
		if m.What == HowOld && s.lastsBefore(i) {
			return true // 平均延误几分钟
		}
		return s.askAttribute(i, m)
	}
	return false
}

// markFirst marks the first thing before node i that no other word claims: the
// branch names and the number of accounts in each.
func (s *sentence) markFirst(i int, mark marks) bool {
	for j := range i {
		if t, ok := s.thingAt(j); ok && (t.table != nil || !isMeasurable(t.dim)) {
			return s.markAt(j, mark)
		}
	}
	return false
}

// markAskedBefore marks what was asked for before node i: 退款都是什么原因，每种占比
// 多少 splits by the reason.
func (s *sentence) markAskedBefore(i int) bool {
	for j := i - 1; j >= 0; j-- {
		if t, ok := s.thingAt(j); ok && t.has(markWhich|markAsked) {
			return s.markAt(j, markEach)
		}
	}
	return false
}

// markHowMuch reads how much or how many: of a thing that cannot be added it is
// a count.
func (s *sentence) markHowMuch(i, behind int) bool {
	if t, ok := s.thingAt(behind); ok && behind == i+1 && countable(t) {
		s.nodes[i].means = Count{}
		return false
	}
	if s.holding(i) {
		return false
	}
	if m, ok := s.memberAt(behind); ok && behind == i+1 && s.holdsKind(i, m) {
		s.charge("what holds some of a kind", costIdle, s.nodes[behind])
		s.draft.idle = true
		return true
	}
	if before := s.skip(i-1, -1); before >= 0 && !s.asksMoney(i) {
		for before > 0 && is[Timed](s, before) {
			before = s.skip(before-1, -1) // 采购单今年有多少
		}
		if t, ok := s.thingAt(before); ok && (t.table != nil || t.dim != nil && isDisplay(t.dim) && s.r.calledLike(t.dim)) && !is[measure](s, behind) {
			s.nodes[i].means = Count{Before: true}
			return false
		}
	}
	s.draft.asked, s.draft.valued, s.draft.howMany = true, true, true
	s.draft.howMuch = s.draft.howMuch || s.saysMoneyAsked(i)
	return true
}

// asksMoney reports whether how much at node i is of money: 花了多少, 多少钱.
func (s *sentence) asksMoney(i int) bool {
	return slices.ContainsFunc(s.text.Tokens[s.nodes[i].from:s.nodes[i].end], func(t Token) bool { return ofMoney[t.Norm] })
}

// ofMoney are the characters of question words that ask for money.
var ofMoney = map[string]bool{"花": true, "赚": true, "钱": true, "元": true}

// countable reports whether a thing is counted rather than added.
func countable(t thing) bool {
	return t.table != nil || t.dim != nil && !isMeasurable(t.dim) && !isTime(t.dim)
}

// markLast marks the thing nearest before node i: 销售额最高的门店是哪家.
func (s *sentence) markLast(i int) bool {
	for j := i - 1; j >= 0; j-- {
		t, ok := s.thingAt(j)
		if !ok {
			continue
		}
		if t.dim != nil && isTime(t.dim) && is[Top](s, j+1) {
			continue // 交房日期最早的是哪一个: what is ranked by
		}
		return s.markAt(j, markWhich)
	}
	return false
}

// markWho asks for a person: the entity next to the word, or the one that the
// word's hints name.
func (s *sentence) markWho(i int, m Which, behind int) bool {
	if i > 0 && is[thing](s, i-1) && s.text.At(s.nodes[i].from).Class == Word {
		s.nodes[i].means = Relative{}
		return false
	}
	if behind == i+1 && s.whoOfDate(i, behind) {
		return false
	}
	if (behind == i+1 || behind == i+2 && is[number](s, i+1)) && s.markAt(behind, markWhich) {
		return true
	}
	if is[Top](s, behind) {
		ranked := s.skip(behind+1, 1)
		if is[number](s, ranked) {
			ranked++
		}
		if s.markAt(ranked, markWhich) {
			return true // who are the best 3 sales reps
		}
	}
	if before := s.skip(i-1, -1); before >= 0 && s.markAt(before, markWhich) {
		return true
	}
	if t, ok := s.r.entityByHints(m.Hints); ok && !s.ranksOthers(t) {
		s.nodes[i].means = thing{table: t, marks: markWhich}
		return false
	}
	s.draft.who = true
	return true
}

// ranksOthers reports whether what a superlative hints at is a number that an
// entity has none of: employees owe nothing.
func (s *sentence) ranksOthers(t *semantic.Table) bool {
	for _, n := range s.nodes {
		if top, ok := n.means.(Top); ok && len(top.Hints) > 0 {
			if m := s.r.metricHinted(top.Hints); m != nil && m.Home != nil && s.r.graph.hops(m.Home, t) < 0 {
				return true
			}
		}
	}
	return false
}

// metricHinted returns the metric that the first of some hints names; nil for none.
func (r *Reader) metricHinted(hints []string) *semantic.Metric {
	for _, hint := range hints {
		for _, c := range r.vocabulary.names.exact(normsOf(hint)) {
			if c.object.Metric != nil && c.cost <= costSynonym {
				return c.object.Metric
			}
		}
	}
	return nil
}

// askAttribute turns when, where and how old into the attribute they ask for.
func (s *sentence) askAttribute(i int, m Which) bool {
	if m.What == Where && s.comesFrom() {
		m.Hints = append(slices.Clone(origins), m.Hints...)
	}
	s.nodes[i].means = wished{hints: m.Hints, what: m.What}
	return false
}

// comesFrom reports whether something is asked to come from somewhere.
func (s *sentence) comesFrom() bool {
	for at := range s.text.Tokens {
		switch s.text.At(at).Norm {
		case "come", "comes", "came", "coming":
			if s.text.At(at+1).Norm == "from" {
				return true
			}
		}
	}
	return false
}

// origins call where something comes from.
var origins = []string{"source", "origin", "来源", "产地"}

// wished is an attribute known by hints until the entity it belongs to is.
type wished struct {
	hints []string
	what  WhichKind
}

// spreadMarks carries the marks of a group to the things listed behind it: by
// province and channel, 按省份、渠道.
func (s *sentence) spreadMarks() {
	const spread = markBy | markEach | markListed | markAsked
	for i := 0; i+1 < len(s.nodes); i++ {
		s.attributeOf(i)
		left, ok := as[thing](s.nodes[i])
		if ok && left.marks&(markBy|markEach|markWhich) != 0 && s.qualifiesBehind(i) {
			continue
		}
		if !ok || left.marks&spread == 0 {
			continue
		}
		j := i + 1
		for j < len(s.nodes) && is[Linker](s, j) {
			j++
		}
		if j >= len(s.nodes) {
			continue
		}
		if right, ok := as[thing](s.nodes[j]); ok && j == i+1 && right.table != nil && left.dim != nil && left.dim.Table == right.table && s.touches(i, j) {
			left.qualifies = right.table
			s.nodes[i].means = left
			continue
		}
		if right, ok := as[thing](s.nodes[j]); ok && right.marks&^markDistinct == 0 && !(right.dim != nil && isTime(right.dim) && j == i+1 && s.participle(j)) && (j > i+1 || s.nodes[j].from == s.nodes[i].end && (right.dim == nil || !isMeasurable(right.dim))) {
			right.marks |= left.marks & spread
			s.nodes[j].means = right
		}
	}
}
