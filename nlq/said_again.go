package nlq

import (
	"slices"

	"wenshu/semantic"
)

// explained reads the days in brackets behind a period as what the period is: 五一期间（5月1日
// 到5月5日）.
func (s *sentence) explained(i int, m Timed) bool {
	n := s.nodes[i]
	if len(s.draft.periods) == 0 || !is[gone](s, i-1) || s.nodes[i-1].end != n.from-1 || s.text.At(n.from-1).Norm != "(" || s.text.At(n.end).Norm != ")" {
		return false
	}
	last := len(s.draft.periods) - 1
	s.draft.periods[last], s.draft.guessed[last] = m.Period, m.Guessed
	return true
}

// againstItself reports whether a period that is compared with the one before it was named
// by the same words once more: 过去7天环比前7天.
func (s *sentence) againstItself(m Timed) bool {
	return len(s.draft.periods) == 1 && isSpan(m.Period, s.draft.periods[0]) && len(s.draft.versus) == 1 && s.draft.versus[0].How == semantic.Prior
}

// isSpan reports whether two periods are one span of so many days, weeks or months up to
// now.
func isSpan(a, b semantic.Period) bool {
	x, ok := a.(semantic.Relative)
	y, also := b.(semantic.Relative)
	return ok && also && x == y && x.From < x.To
}

// yearNoNumber leaves the year behind 在, 是 or 有 alone, which is no number to test for: 在2024
// 年的年度游客中.
func (s *sentence) yearNoNumber() {
	for i, n := range s.nodes {
		c, ok := as[Compare](n)
		for k := n.from; ok && c.Op == semantic.Eq && k < n.end; k++ {
			if t := s.text.At(k); len(t.Norm) == 4 && t.Norm >= "1900" && t.Norm <= "2100" && s.text.At(k+1).Norm == "年" {
				s.nodes[i].means = unread{}
			}
		}
	}
}

// averageOfAll drops the rows that are only said to be all of those that an average is of:
// 均价高于所有楼盘平均均价的楼盘.
func (s *sentence) averageOfAll() {
	for i := 1; i+2 < len(s.nodes); i++ {
		if !s.ofAllCompared(i + 1) {
			continue
		}
		tested, _ := s.thingAt(s.skip(i-1, -1))
		j := i + 2
		if is[Glue](s, j) {
			j++
		}
		agg, ok := s.aggAt(j)
		of, also := s.thingAt(j + 1)
		if m, measured := s.measureAt(j); measured && s.averages(m, tested.dim) || ok && !agg.Before && also && of.dim == tested.dim {
			s.nodes = append(s.nodes[:i+1], s.nodes[j:]...)
			return
		}
	}
}

// measureAt returns the measure at node i.
func (s *sentence) measureAt(i int) (measure, bool) {
	if i < 0 || i >= len(s.nodes) {
		return measure{}, false
	}
	return as[measure](s.nodes[i])
}

// averages reports whether a measure is the mean of a column.
func (s *sentence) averages(m measure, d *semantic.Dimension) bool {
	fn, of := totalOf(s.r, m)
	return fn == "avg" && of == d
}

// ofEachListed reports whether 各自的 at node i only says that what stands behind it is shown
// of each of the rows that are listed: 电影有哪些，各自的片长是多少.
func (s *sentence) ofEachListed(i int) bool {
	t, ok := s.thingAt(s.skip(s.thingBehind(i), 1))
	if !ok || t.timed || s.text.Norm(s.nodes[i].from, s.nodes[i].from+2) != "各自" {
		return false
	}
	return slices.ContainsFunc(s.nodes[:i], func(n node) bool {
		rows, ok := n.means.(thing)
		own := ok && !rows.timed && (rows.table != nil || isDisplay(rows.dim)) && s.r.graph.hops(rows.home(), t.home()) >= 0
		return own && (rows.has(markWhich|markListed) || s.draft.listing && rows.marks&(markBy|markEach) == 0)
	})
}

// thatNumber drops "that number" and "that average" where they say once more which number is to
// be shown or sorted by: show the reasons whose average fee is above 100, along with that average.
func (s *sentence) thatNumber() {
	for at := 2; at < len(s.text.Tokens); at++ {
		if !numbersAgain[s.normAt(at)] || s.normAt(at-1) != "that" {
			continue
		}
		i := s.nodeAt(at)
		if i < 1 || s.nodes[i].end != at+1 || i+1 < len(s.nodes) && !is[Linker](s, i+1) {
			continue
		}
		first := i
		for first > 0 && s.nodes[first-1].from >= at-1 {
			first--
		}
		if !slices.ContainsFunc(s.nodes[:first], func(n node) bool {
			switch n.means.(type) {
			case measure, Agg, Count:
				return true
			}
			return false
		}) {
			continue
		}
		if is[Follow](s, first-1) && s.nodes[first-1].end >= at {
			first-- // along with that
		} else if o, ok := s.orderAt(first - 1); ok && o.Mark && o.Given {
			s.nodes[first-1].means = Order{Given: true, Desc: o.Desc}
		} else if is[Linker](s, first-1) {
			first--
		} else {
			continue
		}
		s.nodes = slices.Delete(s.nodes, first, i+1)
	}
}

var numbersAgain = setOf("number average count total amount mean sum figure")
