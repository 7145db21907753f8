package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// whoIsTested settles in Chinese whom a question asks for or counts, where a test of them
// stands beside them, and what is asked of them.
func (s *sentence) whoIsTested() {
	for i := 0; i < len(s.nodes); i++ {
		if s.text.At(s.nodes[i].from).Class != Han {
			continue
		}
		s.othersOf(i)
		s.testOfAsked(i)
		s.askedBehindTest(i)
		s.kindsThereAre(i)
		s.attributesAsked(i)
		s.comparesYears(i)
	}
}

// testOfAsked reads 哪些城市的级别是省会 and 有多少个高校的类型是理工: what stands behind 的 is
// tested, and the rows are asked for.
func (s *sentence) testOfAsked(i int) {
	if !s.asksOrCounts(i) || i+4 >= len(s.nodes) || s.text.Norm(s.nodes[i+2].from, s.nodes[i+2].end) != "的" {
		return
	}
	noun, _ := s.thingAt(i + 1)
	of, _ := s.thingAt(i + 3)
	if noun.table == nil || of.dim == nil || of.dim.Table != noun.table || of.dim.Of != nil || !s.testsAt(i+4) {
		return
	}
	if w, ok := s.whichAt(i); ok && w.What == HowMuch {
		s.nodes[i].means = Count{} // 有多少高校的…
	}
	s.drop(i + 2)
}

// asksOrCounts reports whether node i asks which or how many of what stands right behind.
func (s *sentence) asksOrCounts(i int) bool {
	if i+1 >= len(s.nodes) || !s.touches(i, i+1) {
		return false
	}
	if c, ok := as[Count](s.nodes[i]); ok {
		return !c.Before && !c.Distinct
	}
	w, ok := s.whichAt(i)
	return ok && (w.What == WhichOne || w.What == HowMuch)
}

// testsAt reports whether a test of what stands before it begins at node i.
func (s *sentence) testsAt(i int) bool {
	switch m := s.nodes[i].means.(type) {
	case Equals:
		return is[members](s, i+1) || is[number](s, i+1) || is[Timed](s, i+1) || is[quoted](s, i+1)
	case Compare:
		return true
	case BetweenMark, TextTest:
		return true
	case Timed:
		t, ok := s.thingAt(i - 1)
		return ok && t.dim != nil && (isTime(t.dim) || isYears(t.dim))
	case members:
		t, ok := s.thingAt(i - 1)
		return ok && t.dim == m.dim
	}
	return false
}

// askedBehindTest reads 有多少个类型为理工的高校: what is asked for stands behind the test of
// it, whose column is not what is counted.
func (s *sentence) askedBehindTest(i int) {
	if !s.asksOrCounts(i) || i+5 >= len(s.nodes) || !is[Equals](s, i+2) || s.text.Norm(s.nodes[i+4].from, s.nodes[i+4].end) != "的" {
		return
	}
	of, _ := s.thingAt(i + 1)
	m, tested := s.memberAt(i + 3)
	noun, _ := s.thingAt(i + 5)
	if tested && of.dim == m.dim && (noun.table == m.dim.Table || noun.dim != nil && noun.dim.Table == m.dim.Table && s.beginsWith(i+5, m.dim.Table)) {
		s.nodes = slices.Delete(s.nodes, i+1, i+3)
	}
}

// kindsThereAre reads 高校有哪些类型 and 高校的类型有哪几种 as the different kinds that there are.
func (s *sentence) kindsThereAre(i int) {
	said := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
	if !is[Listing](s, i) && !is[Which](s, i) || !strings.Contains(said, "哪") {
		return
	}
	if kind, ok := s.thingAt(i - 1); ok && kind.dim != nil && isKind(kind.dim) && strings.Contains(said, "种") {
		s.markAt(i-1, markDistinct)
		return
	}
	owner, _ := s.thingAt(i - 1)
	kind, _ := s.thingAt(i + 1)
	if !is[Listing](s, i) || i != 1 || i+2 != len(s.nodes) || owner.table == nil || kind.dim == nil || !isKind(kind.dim) || kind.dim.Table != owner.table {
		return
	}
	s.own(owner)
	s.markAt(i+1, markDistinct)
	s.drop(i - 1)
}

// attributesAsked reads 高校的名称和类型分别是什么 as a list of them: where a name is asked for,
// nothing is counted.
func (s *sentence) attributesAsked(i int) {
	if g, ok := as[GroupMark](s.nodes[i]); !ok || !g.Before || i+1 != len(s.nodes) || !strings.HasSuffix(s.text.Norm(s.nodes[i].from, s.nodes[i].end), "什么") || i < 3 || !is[Linker](s, i-2) {
		return
	}
	first, _ := s.thingAt(i - 3)
	second, _ := s.thingAt(i - 1)
	if first.dim != nil && second.dim != nil && first.dim.Table == second.dim.Table && (isDisplay(first.dim) || isDisplay(second.dim)) {
		s.nodes[i].means = Listing{}
	}
}

// othersOf reads 除了…的，其他城市有多少个: the others are those that were not left out.
func (s *sentence) othersOf(i int) {
	g, ok := as[GroupMark](s.nodes[i])
	if !ok || !g.Each || !strings.HasPrefix(s.text.Norm(s.nodes[i].from, s.nodes[i].end), "其") {
		return
	}
	out := slices.ContainsFunc(s.nodes[:i], func(n node) bool { return is[Negation](s, s.nodeAt(n.from)) && s.text.At(n.from).Norm == "除" })
	if t, named := s.thingAt(i + 1); out && named && t.table != nil {
		s.nodes[i].means = Noise{}
	}
}

// comparesYears reads 设立年份大于1959 and 发布日期晚于2024年2月 as a period that is open on one
// side.
func (s *sentence) comparesYears(i int) {
	t, ok := s.thingAt(i)
	if !ok || t.dim == nil || i+1 >= len(s.nodes) {
		return
	}
	c, compares := as[Compare](s.nodes[i+1])
	how, open := openings[c.Op]
	switch {
	case compares && len(c.Args) == 1 && holdsYears(t.dim):
		year, whole := wholeCount(c.Args[0])
		if !whole || year < 1000 || year > 2999 {
			return
		}
		var period semantic.Period = semantic.Absolute{Unit: semantic.Year, Year: year}
		if open {
			period = semantic.Open{How: how, Of: period}
		} else if c.Op != semantic.Eq {
			return
		}
		s.nodes[i+1].means = Timed{Period: period}
	case compares && open && len(c.Args) == 0 && (isTime(t.dim) || isYears(t.dim)) && is[Timed](s, i+2):
		m, _ := as[Timed](s.nodes[i+2])
		if _, fixed := m.Period.(semantic.Absolute); fixed {
			s.nodes[i+2].means = Timed{Period: semantic.Open{How: how, Of: m.Period}}
			s.drop(i + 1)
		}
	}
}

var openings = map[semantic.Op]semantic.OpenKind{semantic.Gt: semantic.After, semantic.Ge: semantic.Since, semantic.Lt: semantic.Before, semantic.Le: semantic.Until}
