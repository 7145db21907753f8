package nlq

import (
	"slices"

	"wenshu/semantic"
)

// setOfPeriod reads who is chosen by what they did in one period and measured in another:
// 去年买过3次以上的客户今年的销售额, revenue this month from customers with more than 10 orders of all
// time. The set is fixed first, then measured.
func (s *sentence) setOfPeriod() {
	if len(s.draft.outcomes) != 1 || s.draft.outcomes[0].change != "" || slices.ContainsFunc(s.nodes, comparesTimes) {
		return
	}
	o := s.draft.outcomes[0]
	who, times := s.whoAndWhen()
	if who < 0 || len(times) != 2 || s.nodes[times[0]].from > s.nodes[who].from || s.nodes[times[1]].from < s.nodes[who].from {
		return
	}
	before := o.from < s.nodes[who].from
	of := times[1]
	if before {
		of = times[0]
	}
	chosen := func(i int) bool { return (s.nodes[i].from < s.nodes[who].from) == before }
	measured := false
	for i, n := range s.nodes {
		_, ok := n.means.(measure)
		measured = measured || ok && !chosen(i)
	}
	if !measured {
		return
	}
	t, _ := s.thingAt(who)
	period, _ := as[Timed](s.nodes[of])
	x := s.r.exprOf(plain(o.measure))
	set := &semantic.Query{
		Items: []semantic.Item{{Expr: x}}, By: []semantic.Group{{Expr: s.r.entityName(t.table)}},
		Having: numberTest(o.op, o.args)(x), During: []semantic.Period{period.Period},
	}
	s.draft.conditions = append(s.draft.conditions, condition{fixed: semantic.In{X: s.r.entityName(t.table), Sub: set}, from: s.nodes[who].from})
	s.draft.outcomes = nil
	for i := range s.nodes {
		m, ok := s.nodes[i].means.(measure)
		if i == who || i == of || ok && chosen(i) && sameMeasure(plain(o.measure), m) {
			s.nodes[i].means = Noise{}
		}
	}
}

// whoAndWhen are the one entity that a sentence names and its periods; who is negative
// where there are none or several.
func (s *sentence) whoAndWhen() (who int, times []int) {
	who = -1
	for i := range s.nodes {
		if is[Timed](s, i) {
			times = append(times, i)
		}
		if t, ok := s.thingAt(i); ok && t.table != nil && t.dim == nil && t.via == "" {
			if who >= 0 {
				return -1, nil
			}
			who = i
		}
	}
	return who, times
}

// comparesTimes reports whether a node holds periods against each other.
func comparesTimes(n node) bool {
	switch n.means.(type) {
	case VersusMark, Against:
		return true
	}
	return false
}
