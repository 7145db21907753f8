package nlq

import (
	"slices"

	"wenshu/semantic"
)

// countPapers counts by its measure word: 多少单 asks for papers, of which several tables
// may be called so. Those count that the rest of the question is nearest to.
func (s *sentence) countPapers(i int) bool {
	if s.normAt(s.nodes[i].end-1) != "单" || is[thing](s, i+1) && s.touches(i, i+1) {
		return false
	}
	var best *semantic.Table
	least, tied := 0, false
	for _, c := range s.r.vocabulary.names.exact([]string{"单"}) {
		t := c.object.Table
		if t == nil || t.Hidden {
			continue
		}
		n, ok := s.farFrom(t)
		switch {
		case !ok:
		case best == nil || n < least:
			best, least, tied = t, n, false
		case n == least:
			tied = true
		}
	}
	if best == nil || tied {
		return false
	}
	for j, n := range s.nodes {
		if t, ok := n.means.(thing); ok && t.table != nil && t.table != best && t.marks&(markBy|markEach|markWhich) == 0 && is[Linker](s, j+1) {
			s.charge("papers of whom", costIdle, s.nodes[i])
			s.draft.idle = true // 没来的客人，各渠道多少单
		}
	}
	s.nodes[i].means = s.countRows(s.nodes[i], best)
	return true
}

// farFrom adds up how far the things and members of the question are from a table; ok is
// false where one of them cannot be reached.
func (s *sentence) farFrom(t *semantic.Table) (far int, ok bool) {
	for _, n := range s.nodes {
		var home *semantic.Table
		switch m := n.means.(type) {
		case thing:
			home = m.home()
		case members:
			home = m.dim.Table
		case Verb:
			if acts, told := s.r.toldActs(m); told && acts != nil {
				home = acts
			}
		}
		if home == nil {
			continue
		}
		hops := s.r.graph.hops(t, home)
		if hops < 0 {
			return 0, false
		}
		far += hops
	}
	return far, true
}

// ranksKinds reports whether the first of some kinds are asked for: 前三种.
func (s *sentence) ranksKinds() bool {
	for at := range s.text.Tokens {
		if norm := s.normAt(at); (norm == "种" || norm == "类") && s.normAt(at-2) == "前" {
			return true
		}
	}
	return false
}

// inBrackets reports whether a token stands in brackets that close the question.
func (s *sentence) inBrackets(at int) bool {
	if at <= 0 || s.normAt(len(s.text.Tokens)-1) != ")" {
		return false
	}
	for at--; at > 0; at-- {
		if s.normAt(at) == "(" {
			return true
		}
	}
	return false
}

// attributesDo drops a verb between an attribute and the count of what has it: 各厂家提供了
// 多少个充电桩 has nothing done to them.
func (s *sentence) attributesDo() {
	for i := 1; i < len(s.nodes); i++ {
		if v, ok := s.verbAt(i); !ok || v.Not || s.text.At(s.nodes[i].from).Class != Han || !is[Count](s, i+1) {
			continue
		}
		counted, ok := s.thingAt(i + 2)
		if !ok || counted.table == nil {
			continue
		}
		by := slices.IndexFunc(s.nodes[:i], func(n node) bool {
			t, ok := n.means.(thing)
			return ok && t.dim != nil && t.dim.Of == nil && t.dim.Table == counted.table && !t.timed && !isDisplay(t.dim) && !t.dim.Key && !isTime(t.dim)
		})
		doer := slices.ContainsFunc(s.nodes[:i], func(n node) bool {
			t, ok := n.means.(thing)
			return ok && s.r.entityOf(t) != nil
		})
		if by >= 0 && !doer {
			s.drop(i)
		}
	}
}
