package nlq

import (
	"slices"

	"wenshu/semantic"
)

// alternatives reads what asks of two sides which one it is, or both of them.
func (s *sentence) alternatives() {
	s.eitherSide()
	s.bothAsked()
}

// kindToTell reads the end of 没带课的老师有哪些，是全职还是兼职 as the column that tells
// the two apart: which of them it is, is asked of each.
func (s *sentence) kindToTell() {
	last := len(s.nodes) - 1
	if last < 3 || s.normAt(s.nodes[last].from-1) != "是" || s.normAt(s.nodes[last].from-2) != "还" {
		return
	}
	first := last - 1
	for first > 0 && (is[Equals](s, first) || is[Linker](s, first)) {
		first--
	}
	d, via, ok := s.columnTold(first)
	if other, _, told := s.columnTold(last); !ok || !told || d != other || !is[Equals](s, first-1) {
		return
	}
	s.nodes[first-1] = node{s.nodes[first-1].from, s.nodes[last].end, thing{dim: d, via: via, marks: markListed}}
	s.nodes = s.nodes[:first]
}

// columnTold is the column of which node i says what it holds, as a member or by an
// adjective, and the way to it.
func (s *sentence) columnTold(i int) (d *semantic.Dimension, via string, ok bool) {
	if m, member := s.memberAt(i); member && !m.not && len(m.values) == 1 {
		return m.dim, m.via, true
	}
	if i < 0 {
		return nil, "", false
	}
	p, adjective := as[phrased](s.nodes[i])
	if !adjective {
		return nil, "", false
	}
	d = s.r.columnTested(p.phrase.On, p.phrase.Where)
	return d, "", d != nil
}

// eitherSide reads 甲准时率高还是乙高 and 是甲多还是乙多 as a comparison of the two:
// members of one dimension, each with the word for the direction behind it.
func (s *sentence) eitherSide() {
	for k := 1; k+2 < len(s.nodes); k++ {
		if link, ok := s.linkAt(k); !ok || link.How != OrLink {
			continue
		}
		first, before := s.orderAt(k - 1)
		second, behind := s.orderAt(k + 2)
		other, named := s.memberAt(k + 1)
		if !before || !behind || !named || !first.Compares || !second.Compares || first.Desc != second.Desc || other.not {
			continue
		}
		for j := k - 2; j >= 0; j-- {
			m, ok := s.memberAt(j)
			if !ok || m.not || !m.dim.Conforms(other.dim) {
				continue
			}
			s.totalsBetween(j, k-1)
			m.values = append(slices.Clone(m.values), other.values...)
			s.nodes[j].means = m
			s.nodes[k-1].means = VersusMark{}
			s.nodes = slices.Delete(s.nodes, k, k+3)
			s.draft.compared = true
			return
		}
	}
}

// bothAsked reads 甲的票房比乙高还是低，分别是多少 as a comparison of the two: the number of
// each is asked for, which says the way as well.
func (s *sentence) bothAsked() {
	last := len(s.nodes) - 1
	if how, ok := s.whichAt(last); ok && how.What == HowMuch {
		last-- // 是多少 of 分别是多少
	}
	if g, ok := s.groupMark(last); !ok || !g.Before || !is[Linker](s, last-1) {
		return
	}
	asked := last - 2
	if gap, ok := s.differenceAt(asked); !ok || !gap.Asked {
		return
	}
	for k := asked - 1; k > 0; k-- {
		other, named := s.memberAt(k + 1)
		if !s.comparesTo(k) || !named || other.not {
			continue
		}
		for j := k - 1; j >= 0; j-- {
			m, ok := s.memberAt(j)
			if !ok || m.not || !m.dim.Conforms(other.dim) {
				continue
			}
			s.totalsBetween(j, k)
			m.values = append(slices.Clone(m.values), other.values...)
			s.nodes[j].means = m
			s.nodes = s.nodes[:k]
			s.draft.compared = true
			return
		}
	}
}

// comparesTo reports whether node i sets what stands before it against what follows: 比.
func (s *sentence) comparesTo(i int) bool {
	if than, ok := as[VersusMark](s.nodes[i]); ok {
		return than.Against && !than.Before
	}
	than, ok := s.differenceAt(i)
	return ok && than.Between
}

func (s *sentence) differenceAt(i int) (Difference, bool) {
	if i < 0 || i >= len(s.nodes) {
		return Difference{}, false
	}
	return as[Difference](s.nodes[i])
}

func (s *sentence) orderAt(i int) (Order, bool) {
	if i < 0 || i >= len(s.nodes) {
		return Order{}, false
	}
	return as[Order](s.nodes[i])
}

// totalsBetween takes the columns of numbers between two nodes for what they add up
// to: 延迟天数 of each.
func (s *sentence) totalsBetween(i, j int) {
	for k := i + 1; k < j; k++ {
		if t, ok := s.thingAt(k); ok && t.dim != nil && isMeasurable(t.dim) && t.marks == 0 {
			s.nodes[k].means = measure{dim: t.dim, via: t.via, agg: sumOf(t.dim)}
		}
	}
}
