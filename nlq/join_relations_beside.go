package nlq

import (
	"slices"

	"wenshu/semantic"
)

// relationBeside reads "clubs that have players from Japan but no players from India": a
// second clause of having or lacking, behind one whose acts are described, each with
// tests of its own.
func (s *sentence) relationBeside(i int) bool {
	act, ok := s.thingAt(i)
	n := len(s.draft.relations)
	if !ok || act.table == nil || act.marks&^markFilter != 0 || n == 0 {
		return false
	}
	last := s.draft.relations[n-1]
	first, not, having := s.having(i)
	links := s.linksBefore(first)
	if !having || links == first || act.table != last.of || not == last.not || !s.describesActs(last, links) {
		return false
	}
	s.relate(relation{owner: last.owner, dim: last.dim, of: act.table, not: not, apart: true, from: s.nodes[first].from, act: s.nodes[i].from, end: s.nodes[i].end})
	s.nodes = slices.Delete(s.nodes, links, i+1)
	return true
}

// describesActs reports whether all that stands between a clause and node end describes
// its acts, and something does.
func (s *sentence) describesActs(rel relation, end int) bool {
	described := false
	for j := end - 1; j >= 0 && s.nodes[j].from >= rel.end; j-- {
		switch m := s.nodes[j].means.(type) {
		case members:
			described = described || m.dim.Table == rel.of
		case thing:
			if m.dim == nil || m.dim.Table != rel.of || m.marks&^markFilter != 0 {
				return false
			}
		case Compare, BetweenMark, Timed, quoted, number:
			described = true
		case Glue, Relative, Equals, Linker:
		default:
			return false
		}
	}
	return described
}

// relationOfDescribed reads 有类型是综合的高校的城市 and 没有评分超过4的商品的店铺, the Chinese order:
// the acts that an entity must have or lack are described before they are named.
func (s *sentence) relationOfDescribed(i int) bool {
	act, ok := s.thingAt(i)
	if !ok || act.table == nil || act.marks&^markFilter != 0 || s.text.At(s.nodes[i].from).Class != Han {
		return false
	}
	first, conds := s.actsDescribed(i, act.table)
	if len(conds) == 0 || first < 1 {
		return false
	}
	not, having := s.saysHaving(first - 1)
	g, glued := s.glue(i + 1)
	owner, named := s.thingAt(i + 2)
	if !having || !glued || g.How != Has || !named || owner.home() == nil || s.r.graph.hops(act.table, owner.home()) < 1 {
		return false
	}
	if owner.table == nil && !s.beginsWith(i+2, owner.home()) {
		return false
	}
	s.draft.conditions = append(s.draft.conditions, conds...)
	s.relate(relation{owner: owner.home(), of: act.table, not: not, from: s.nodes[first].from, act: s.nodes[i].from, end: s.nodes[i].end})
	s.markAt(i+2, markListed)
	s.nodes = slices.Delete(s.nodes, first-1, i+2)
	return true
}

// actsDescribed returns the tests of a table that stand right before its noun at node i,
// and the first of their nodes.
func (s *sentence) actsDescribed(i int, of *semantic.Table) (first int, conds []condition) {
	first = i
	if g, ok := s.glue(i - 1); ok && g.How == Has {
		first--
	}
	for first > 0 {
		if m, ok := s.memberAt(first - 1); ok && m.dim.Table == of && m.via == "" {
			first--
			conds = append(conds, condition{dim: m.dim, values: m.values, not: m.not, and: m.and, from: s.nodes[first].from})
			continue
		}
		c, compares := Compare{}, false
		if first > 1 {
			c, compares = as[Compare](s.nodes[first-1])
		}
		number, _ := s.thingAt(first - 2)
		if !compares || len(c.Args) != 1 || number.dim == nil || number.dim.Table != of || !isNumeric(number.dim) {
			break
		}
		first -= 2
		conds = append(conds, condition{dim: number.dim, from: s.nodes[first].from, test: numberTest(c.Op, s.argsOf(number.dim, c.Args))})
	}
	return first, conds
}

// saysHaving reports whether node i says that something is had or, not, lacked.
func (s *sentence) saysHaving(i int) (not, ok bool) {
	switch m := s.nodes[i].means.(type) {
	case Negation:
		return true, !m.Before && s.text.holds("有", s.nodes[i].from, s.nodes[i].end)
	case Empty:
		return !m.Not, s.text.holds("有", s.nodes[i].from, s.nodes[i].end)
	case Glue:
		return false, m.How == With
	}
	return false, false
}
