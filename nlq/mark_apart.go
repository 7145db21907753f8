package nlq

import "slices"

// membersApart reads 男女读者各多少: the members before an entity are told apart, and
// not its rows.
func (s *sentence) membersApart(i int) bool {
	j := s.skip(i-1, -1)
	t, ok := s.thingAt(j)
	first := j - 1
	if g, glued := s.glue(first); glued && g.How == Has {
		first-- // 出租和空置的房屋各有多少
	}
	if !ok || t.dim != nil && !isDisplay(t.dim) || t.marks&(markBy|markEach) != 0 || !is[members](s, first) || !s.touches(j-1, j) {
		return false
	}
	if !s.listedApart() && !s.apart() {
		return false
	}
	s.draft.counted = true
	return true
}

// periodsApart reads 本周和上周的销售额分别是多少: each of several periods is shown by itself
// anyway.
func (s *sentence) periodsApart(i int) bool {
	before, periods := s.skip(i-1, -1), 0
	if before < 0 || !is[measure](s, before) {
		return false
	}
	for _, n := range s.nodes[:before] {
		if _, timed := n.means.(Timed); timed {
			periods++
		}
	}
	return periods > 1
}

// listedApart tells several members of one list apart.
func (s *sentence) listedApart() bool {
	listed := s.listed()
	s.draft.compared = s.draft.compared || listed
	return listed
}

// spreadsNumber reads 客户的下单次数分布 and 客户按订单数分布: how many have how much.
func (s *sentence) spreadsNumber(i int, how Spread) bool {
	before := s.skip(i-1, -1)
	if before < 0 {
		return false
	}
	c, counts := as[Count](s.nodes[before])
	if !is[measure](s, before) && !(counts && c.Before) {
		return false
	}
	if t, ok := s.thingAt(before - 1); counts && ok && t.has(markBy) {
		return true
	}
	if o, ok := s.orderAt(before - 1); ok && o.split {
		return true
	}
	if how == SpreadOf && (c.Acts || is[GroupMark](s, i+1)) {
		s.draft.spreads = true
		return true
	}
	return false
}

// spreadAlready reads 各部门在职人数分布: what the number before the word is split
// by is said.
func (s *sentence) spreadAlready(i int) bool {
	before := s.skip(i-1, -1)
	t, named := s.thingAt(before)
	number := is[measure](s, before) || is[Count](s, before) || named && t.dim != nil && isMeasurable(t.dim) && t.marks == 0
	return number && (s.anyMarked(markBy|markEach) || slices.ContainsFunc(s.nodes[:i], func(n node) bool { g, ok := n.means.(Grained); return ok && !g.Trend }))
}

// anyEach reports whether what a number behind node i is of is named by each of its
// entity: the number of orders per customer.
func (s *sentence) anyEach(i int) bool {
	for j := i + 1; j+1 < len(s.nodes); j++ {
		if g, ok := as[GroupMark](s.nodes[j]); ok && (g.Each || s.text.At(s.nodes[j].from).Norm == "per") {
			t, named := s.thingAt(s.thingBehind(j))
			return named && t.table != nil
		}
	}
	return false
}

// countedOfEach reads 各小区空置房各有多少: what results are split by is said already, and
// the entity before the word is counted.
func (s *sentence) countedOfEach(i int) bool {
	j := s.skip(i-1, -1)
	t, ok := s.thingAt(j)
	if !ok || s.r.entityOf(t) == nil || t.marks&^markFilter != 0 || !s.text.holds("多", s.nodes[i].from, s.nodes[i].end) && !s.text.holds("几", s.nodes[i].from, s.nodes[i].end) {
		return false
	}
	split := slices.ContainsFunc(s.nodes[:j], func(n node) bool {
		t, ok := n.means.(thing)
		return ok && t.has(markEach)
	})
	if !split {
		return false
	}
	s.nodes[j].means = s.countRows(s.nodes[j], s.r.entityOf(t))
	return true
}

// markSpread reads "distribution of price": the thing behind it is split by, and
// how many there are is what is counted. The parts of an amount are that amount,
// by what splits it; those of an entity are how many of it there are.
func (s *sentence) markSpread(i int, how Spread) bool {
	j := s.thingBehind(i)
	t, ok := s.thingAt(j)
	switch {
	case !ok:
		s.draft.spreads = s.draft.spreads || how == SpreadOf && s.anyEach(j)
		m, measured := s.measureAt(j)
		s.draft.spreadsRows = how == SpreadOf && (is[Count](s, j) || measured && s.r.isCount(m))
		return measured || is[Count](s, j)
	case is[VersusMark](s, j+1), s.pairAt(j):
		return true // of two numbers: points
	case t.dim == nil || s.r.standsFor(t.dim):
		if i > 0 && s.touches(i-1, i) {
			s.markAt(i-1, markBy|markSpread) // the weight distribution of cars
		}
		s.nodes[j].means = s.countRows(s.nodes[j], t.home())
		return true
	case how == PartsOf && isMeasurable(t.dim) && !isGraded(t.dim) && slices.ContainsFunc(s.nodes, splitting):
		return true
	}
	return s.markAt(j, markBy|markSpread)
}

// asksWhichApart reports whether it is asked which one belongs to each of several: 断货的商品
// 有哪些，分别是哪家店.
func (b *builder) asksWhichApart() bool {
	for at := range b.s.text.Tokens {
		if b.s.normAt(at) == "分" && b.s.normAt(at+1) == "别" && (b.s.normAt(at+3) == "哪" || b.s.normAt(at+2) == "哪") && b.s.normAt(at+4) != "些" {
			return at > 0 && b.s.text.At(at-1).Class == Mark
		}
	}
	return false
}
