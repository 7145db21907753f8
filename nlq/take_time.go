package nlq

import (
	"slices"

	"wenshu/semantic"
)

// takeTimes takes periods, grains, comparisons and windows out of the sentence.
func (s *sentence) takeTimes() {
	for i := 0; i < len(s.nodes); {
		taken := true
		switch m := s.nodes[i].means.(type) {
		case Timed:
			if s.takeYear(i, m) {
				i = max(i-1, 0)
				continue
			}
			if s.takeYearOfVerb(i, m) {
				i = max(i-1, 0)
				continue
			}
			i = s.takeDate(i)
			if is[gone](s, i) {
				break
			}
			if s.draft.on == nil && s.judgedNow(m.Period) {
				s.nodes[i].means = gone{}
				break
			}
			if !s.explained(i, m) && !s.againstItself(m) && !s.sameYear(m) && !s.soFar(m) && !s.anotherYear(i, m) {
				s.periodApart(i)
				s.draft.periods = append(s.draft.periods, m.Period)
				s.draft.guessed = append(s.draft.guessed, m.Guessed)
			}
			s.nodes[i].means = gone{}
		case Grained:
			if s.sortedByGrain(i, m) {
				continue
			}
			if m.Counted {
				s.draft.passing = &m
			}
			s.nodes[i].means = thing{timed: true, grain: m.Grain, trend: m.Trend, marks: markBy}
			taken = false
		case Against:
			if s.comparesPeriods(i, m) || s.comparesMembers(i, m) {
				s.nodes[i].means = Timed{Period: m.Period}
				s.nodes = slices.Insert(s.nodes, i, node{-1, -1, VersusMark{}})
				continue
			}
			s.takeAgainst(m)
			s.changedAgainst(i + 1)
		case Change:
			s.takeChangeWord(i, m)
		case Moving:
			s.draft.moving = &m
		case InARow:
			s.draft.inARow = &m
			s.draft.unsupported = append(s.draft.unsupported, streak) // until something holds in each period
		case Running:
			s.draft.shows = append(s.draft.shows, runningShow(m))
		default:
			taken = false
		}
		if !taken || is[gone](s, i) {
			i++
			continue
		}
		s.drop(i)
	}
	if slices.Contains(s.draft.guessed, true) {
		s.assume("year_guessed")
	}
	s.comparePeriods()
	s.settleVersus()
	s.nodes = slices.DeleteFunc(s.nodes, func(n node) bool { _, isGone := n.means.(gone); return isGone })
}

// sorting words stand before what rows are ordered by.
var sortingWords = map[string]bool{"sorted": true, "ordered": true, "arranged": true, "sort": true, "order": true, "arrange": true}

// sortedByGrain reads "ordered by year" as an order: by the time that results are
// split by, or else by the date of what is listed.
func (s *sentence) sortedByGrain(i int, g Grained) bool {
	from := s.nodes[i].from
	if from <= 0 || !sortingWords[s.text.At(from-1).Norm] || g.Grain.Cyclic != semantic.NoCycle {
		return false
	}
	o := ordering{from: from, end: s.nodes[i].end, only: true}
	for j, n := range s.nodes {
		switch t := n.means.(type) {
		case thing:
			if t.timed {
				o.attribute = &t
			}
		case Grained:
			if j != i {
				o.attribute = &thing{timed: true, grain: t.Grain, marks: markBy}
			}
		}
	}
	if o.attribute == nil {
		o.hints = []string{"date", "time", "year"}
		if g.Grain.Unit == semantic.Year {
			o.hints = []string{"year", "date", "time"}
		}
	}
	s.draft.orderings = append(s.draft.orderings, o)
	s.drop(i)
	if is[Verb](s, i-1) && s.nodes[i-1].end == from {
		s.drop(i - 1)
	}
	return true
}

// soFar joins "this year" and "so far", which stand apart: this year's revenue so
// far.
func (s *sentence) soFar(m Timed) bool {
	if len(s.draft.periods) != 1 {
		return false
	}
	whole, until := s.draft.periods[0], m.Period
	if _, ok := whole.(semantic.Open); ok {
		whole, until = until, whole
	}
	open, ok := until.(semantic.Open)
	if !ok || open.How != semantic.Until || open.Of != (semantic.Relative{Unit: semantic.Day}) {
		return false
	}
	running, ok := whole.(semantic.Relative)
	if !ok || running.From != 0 || running.To != 0 || running.Unit == semantic.Day {
		return false
	}
	s.draft.periods[0] = semantic.ToDate{Of: running}
	return true
}

// gone stands where a period stood until comparisons are read.
type gone struct{}

// sameYear joins a period whose year was not said with the year that another
// one says: "Spring Festival revenue last year".
func (s *sentence) sameYear(m Timed) bool {
	if len(s.draft.periods) != 1 {
		return false
	}
	inside, year := s.draft.periods[0], m.Period
	if m.Guessed {
		inside, year = year, inside
	}
	if m.Guessed == s.draft.guessed[0] {
		return false
	}
	joined := insideYear(inside, year)
	if joined == nil {
		return false
	}
	s.draft.periods[0], s.draft.guessed[0], s.draft.inside = joined, false, inside
	return true
}

// insideYear puts a period into another year; nil when that makes no sense.
func insideYear(inside, year semantic.Period) semantic.Period {
	offset, absolute := 0, 0
	switch y := year.(type) {
	case semantic.Relative:
		if y.Unit != semantic.Year || y.From != y.To {
			return nil
		}
		offset = y.From
	case semantic.Absolute:
		if y.Unit != semantic.Year {
			return nil
		}
		absolute = y.Year
	default:
		return nil
	}
	switch p := inside.(type) {
	case semantic.Within:
		if outer, ok := p.Of.(semantic.Relative); ok && outer.Unit == semantic.Year && outer.From == outer.To {
			p.Of = year
			return p
		}
	case semantic.Festival:
		p.Year = absolute
		if absolute == 0 {
			p.Year = offset
		}
		return p
	case semantic.Absolute:
		if absolute != 0 {
			p.Year = absolute
			return p
		}
		if p.Unit == semantic.Month || p.Unit == semantic.Quarter || p.Unit == semantic.Half || p.Unit == semantic.Week {
			return semantic.Within{Of: year, Unit: p.Unit, From: p.N, To: p.N}
		}
	}
	return nil
}

// takeDate joins a period with the date it is about, "registered in March",
// 下单时间在3月, and returns the node where the period is then.
func (s *sentence) takeDate(i int) int {
	for _, j := range []int{s.skip(i-1, -1), s.skip(i+1, 1)} {
		if j < 0 || j >= len(s.nodes) {
			continue
		}
		t, ok := as[thing](s.nodes[j])
		if ok && t.dim != nil && s.takeYears(i, j, t) {
			return min(i, j)
		}
		if !ok || t.dim == nil || !isTime(t.dim) || t.marks&(markBy|markEach|markWhich|markAsked|markListed) != 0 {
			continue
		}
		s.about(t.dim, i)
		means := s.nodes[i].means
		s.join(min(i, j), max(i, j), means)
		return min(i, j)
	}
	return i
}

// takeYears tests a column of years next to a period for it: founded after 2000.
// A period is left alone where the column is asked for.
func (s *sentence) takeYears(i, j int, t thing) bool {
	m, ok := as[Timed](s.nodes[i])
	if !ok || !isYears(t.dim) || j > i || t.marks&(markBy|markEach|markWhich|markAsked|markListed) != 0 {
		return false
	}
	test := yearTest(m.Period)
	if test == nil {
		return false
	}
	s.draft.conditions = append(s.draft.conditions, condition{dim: t.dim, via: t.via, test: test, from: s.nodes[j].from})
	s.join(j, i, gone{})
	return true
}

// takeYearOfVerb tests the column of years that a verb between an entity and a period is
// about: vehicles bought before 2018, by the year of purchase.
func (s *sentence) takeYearOfVerb(i int, m Timed) bool {
	v, ok := s.verbAt(i - 1)
	if !ok || len(v.Hints) == 0 || v.Not {
		return false
	}
	before := s.skip(i-2, -1)
	if is[Relative](s, before) {
		before = s.skip(before-1, -1)
	}
	home, named := s.nounAt(before)
	if !named || home.Time != nil {
		return false
	}
	d, ok := s.r.attributeByHints(home, v.Hints, isYears)
	test := yearTest(m.Period)
	if !ok || test == nil {
		return false
	}
	s.draft.conditions = append(s.draft.conditions, condition{dim: d, test: test, from: s.nodes[i-1].from})
	s.nodes = slices.Delete(s.nodes, i-1, i+1)
	return true
}

// about remembers the date that the periods are about; a second one is refused.
func (s *sentence) about(d *semantic.Dimension, i int) {
	if s.draft.on != nil && s.draft.on != d {
		s.charge("two dates for one period", costIdle, s.nodes[i])
		s.draft.idle = true
	}
	s.draft.on = d
}

// periodApart refuses a second period that nothing joins with the first: one of
// them would be dropped, or both taken for one.
func (s *sentence) periodApart(i int) {
	if len(s.draft.periods) == 0 {
		return
	}
	for j := i - 1; j >= 0 && !is[gone](s, j); j-- {
		if link, ok := as[Linker](s.nodes[j]); ok && link.How == CommaLink && s.keepsSome() {
			break // the top 5 stores of last year, this year
		}
		if is[Linker](s, j) || is[VersusMark](s, j) {
			return
		}
	}
	if slices.ContainsFunc(s.nodes, func(n node) bool { _, ok := n.means.(VersusMark); return ok }) {
		return
	}
	s.charge("a second period", costIdle, s.nodes[i])
	s.draft.idle = true
}

// keepsSome reports whether so many of something are kept.
func (s *sentence) keepsSome() bool {
	return slices.ContainsFunc(s.draft.orderings, func(o ordering) bool { return o.limit > 0 })
}

// takeChangeWord reads a word for change: what is to be shown, or, before the
// things it describes, which of them are: 销售额下降的门店.
func (s *sentence) takeChangeWord(i int, c Change) {
	s.draft.changes = append(s.draft.changes, c)
	if c.Down == c.Up || c.Value {
		return
	}
	behind := i + 1
	g, ok := s.glue(behind)
	if ok = ok && g.How == Has; ok {
		behind++
	}
	ok = ok || s.text.At(s.nodes[i].end-1).Norm == "的" // 下降的 is one word before 最多
	_, thingBehind := s.thingAt(behind)
	counted := ok && s.countBehind(behind)
	if !(ok && thingBehind) && !counted && !s.anyMarked(markWhich) && !s.onlyThose(i) {
		return
	}
	at := s.changedNode(i)
	if at < 0 || counted && at >= i {
		return
	}
	m, _ := as[measure](s.nodes[at])
	if counted {
		s.nodes[at].means = Noise{} // 同比下降的门店有几家: only tested
	}
	op := semantic.Gt
	if c.Down {
		op = semantic.Lt
	}
	s.draft.outcomes = append(s.draft.outcomes, outcome{measure: m, op: op, args: []semantic.Expr{intLit(0)}, change: "change", from: s.nodes[i].from})
}

// changedNode is the node of what changes by the word at node i: the nearest number, or, where
// none stands before it, the nearest column that is one, which becomes a measure.
func (s *sentence) changedNode(i int) int {
	at := s.nearestMeasureNode(i)
	if at >= 0 && at < i {
		return at
	}
	for j := i - 1; j >= 0; j-- {
		if t, ok := s.thingAt(j); ok && t.dim != nil && isMeasurable(t.dim) && t.marks&(markBy|markEach|markWhich) == 0 {
			s.nodes[j].means = measure{dim: t.dim, via: t.via, agg: sumOf(t.dim), bare: true}
			return j
		}
	}
	return at
}

// changedAgainst makes a word for change of the adjective right behind a comparison with
// another period, before the things it describes: 比4月份少的门店 are those that fell.
func (s *sentence) changedAgainst(i int) {
	if i >= len(s.nodes) || s.nodes[i].end != s.nodes[i].from+1 {
		return
	}
	end := s.nodes[i].end
	if closes := end == len(s.text.Tokens) || s.text.At(end).Class == Mark; s.text.At(end).Norm != "的" && !(closes && s.anyMarked(markWhich)) {
		return
	}
	switch s.text.At(s.nodes[i].from).Norm {
	case "少", "低", "小", "差", "慢":
		s.nodes[i].means = Change{Down: true}
	case "多", "高", "大", "好", "快":
		s.nodes[i].means = Change{Up: true}
	}
}

// countBehind reports whether node i counts an entity.
func (s *sentence) countBehind(i int) bool {
	if i >= len(s.nodes) {
		return false
	}
	m, ok := as[measure](s.nodes[i])
	return ok && s.r.isCount(m)
}

// onlyThose reports whether a word before node i keeps those of which it holds:
// categories where revenue fell, only declining ones.
func (s *sentence) onlyThose(i int) bool {
	if f, ok := as[Follow](s.nodes[max(i-1, 0)]); ok && f.How == OnlyThese {
		return true
	}
	return slices.ContainsFunc(s.nodes[:i], func(n node) bool { _, ok := as[Relative](n); return ok })
}

func (s *sentence) anyMarked(mark marks) bool {
	return slices.ContainsFunc(s.nodes, func(n node) bool {
		t, ok := as[thing](n)
		return ok && t.has(mark)
	})
}

// comparesPeriods reports whether a comparison with a period stands before
// another one: 对比今年和去年.
func (s *sentence) comparesPeriods(i int, a Against) bool {
	return a.How == semantic.Other && is[Linker](s, i+1) && is[Timed](s, i+2)
}

// comparesMembers reports whether a message begins by comparing members in a
// period: 对比上个月华东和华南的销售额.
func (s *sentence) comparesMembers(i int, a Against) bool {
	if a.Period == nil || a.Same || s.subjectBefore(i) || i+1 >= len(s.nodes) || !s.touches(i, i+1) {
		return false
	}
	first, ok := as[members](s.nodes[i+1])
	return ok && (len(first.values) > 1 || is[Linker](s, i+2) && is[members](s, i+3))
}

// subjectBefore reports whether something that can be compared stands before
// node i.
func (s *sentence) subjectBefore(i int) bool {
	return slices.ContainsFunc(s.nodes[:i], func(n node) bool {
		switch n.means.(type) {
		case measure, thing, members:
			return true
		}
		return false
	})
}

func runningShow(m Running) semantic.Show {
	show := semantic.Show{Func: "running"}
	if m.Reset != semantic.NoUnit {
		show.Args = []semantic.Expr{semantic.Name{Path: []string{unitName(m.Reset)}}}
	}
	return show
}

// unitName spells a unit as query lines do.
func unitName(u semantic.Unit) string {
	return [...]string{"", "second", "minute", "hour", "day", "week", "month", "quarter", "half", "year",
		"fiscal_month", "fiscal_quarter", "fiscal_half", "fiscal_year"}[u]
}

// takeAgainst reads a comparison with another period.
func (s *sentence) takeAgainst(a Against) {
	v := semantic.Versus{How: a.How, Unit: a.Unit, N: max(a.N, 1), Period: a.Period}
	if a.How == semantic.Prior {
		v = semantic.Versus{How: semantic.Prior}
	}
	if a.How == semantic.Other {
		v = semantic.Versus{How: semantic.Other, Period: a.Period}
	}
	if a.Same {
		same := v
		if v.How == semantic.Ago {
			same.Period = nil
		}
		s.draft.same, s.draft.bareSame = &same, a.Bare
	}
	for _, old := range s.draft.versus {
		if old == v {
			if a.Growth {
				s.addShow("growth")
			}
			return
		}
	}
	s.draft.versus = append(s.draft.versus, v)
	if a.Growth {
		s.addShow("growth")
	}
}

// settleVersus counts 去年 in 较去年 from the period that is shown where that is a
// year itself: 去年比前年 compares with one year before, not with two years
// before.
func (s *sentence) settleVersus() {
	s.counterpart()
	s.yearAgainstLast()
	var settled []semantic.Versus
	for _, v := range s.draft.versus {
		if v.How == semantic.Other && len(s.draft.periods) == 1 && isSpan(v.Period, s.draft.periods[0]) {
			v = semantic.Versus{How: semantic.Prior} // 最近7天比前7天
		}
		if said, ok := v.Period.(semantic.Relative); ok && v.How == semantic.Ago && len(s.draft.periods) == 1 {
			main, ok := s.draft.periods[0].(semantic.Relative)
			if ok && main.Unit == v.Unit && main.From == main.To && main.From > said.From {
				v.N = main.From - said.From
			}
			if festival, ok := s.draft.periods[0].(semantic.Festival); ok && v.Unit == semantic.Year && said.Unit == semantic.Year && festival.Year <= 0 && festival.Year > said.From {
				v.N = festival.Year - said.From
			}
		}
		if v.How == semantic.Ago {
			v.Period = nil
		}
		if !slices.Contains(settled, v) {
			settled = append(settled, v)
		}
	}
	s.draft.versus = settled
	named := slices.ContainsFunc(settled, func(v semantic.Versus) bool { return v.How == semantic.Other })
	if named && len(settled) > 1 && len(s.draft.periods) == 0 {
		s.charge("two comparisons of no period", costIdle, node{}) // growth since 2024 year over year
		s.draft.idle = true
	}
}

// counterpart shows the part of this year that one of last year is compared with,
// where no period is said: did we beat last year's Q2.
func (s *sentence) counterpart() {
	if len(s.draft.periods) > 0 || len(s.draft.versus) != 1 || s.draft.versus[0].How != semantic.Other {
		return
	}
	part, ok := s.draft.versus[0].Period.(semantic.Within)
	if !ok || part.Of != (semantic.Relative{Unit: semantic.Year, From: -1, To: -1}) {
		return
	}
	part.Of = semantic.Relative{Unit: semantic.Year}
	s.draft.periods, s.draft.guessed = []semantic.Period{part}, []bool{false}
	s.draft.versus = []semantic.Versus{{How: semantic.Ago, Unit: semantic.Year, N: 1}}
}

// yearAgainstLast has this year shown where it is last year that is compared with and no
// period is said: the growth of output vs last year is none of a month.
func (s *sentence) yearAgainstLast() {
	if len(s.draft.periods) > 0 || len(s.draft.versus) != 1 || s.draft.same != nil || slices.ContainsFunc(s.nodes, func(n node) bool { _, ok := n.means.(Grained); return ok }) {
		return
	}
	v := s.draft.versus[0]
	last := semantic.Relative{Unit: semantic.Year, From: -1, To: -1}
	if v.How == semantic.Ago && v.Period == semantic.Period(last) {
		s.draft.thisYear = true
	}
}

func (s *sentence) addShow(fn string) {
	for _, show := range s.draft.shows {
		if show.Func == fn {
			return
		}
	}
	s.draft.shows = append(s.draft.shows, semantic.Show{Func: fn})
}

// comparePeriods reads "this year versus last year": the later period is shown
// and compared with the earlier one.
func (s *sentence) comparePeriods() {
	versus := -1
	for i := range s.nodes {
		if is[VersusMark](s, i) {
			versus = i
		}
	}
	if versus < 0 {
		return
	}
	if len(s.draft.periods) == 2 && len(s.draft.versus) == 0 {
		main, other := s.draft.periods[0], s.draft.periods[1]
		if later(other, main) {
			main, other = other, main
		}
		s.draft.periods = []semantic.Period{main}
		s.draft.versus = []semantic.Versus{{How: semantic.Other, Period: other}}
		s.drop(versus)
		return
	}
	if len(s.draft.versus) > 0 {
		s.drop(versus)
		return
	}
	s.draft.compared = true
	s.drop(versus)
}

// later reports whether period a surely lies behind b.
func later(a, b semantic.Period) bool {
	switch a := a.(type) {
	case semantic.Relative:
		if b, ok := b.(semantic.Relative); ok && a.Unit == b.Unit {
			return a.To > b.To
		}
	case semantic.Absolute:
		if b, ok := b.(semantic.Absolute); ok && a.Unit == b.Unit {
			return a.Year > b.Year || a.Year == b.Year && a.N > b.N
		}
	}
	return false
}

func (s *sentence) assume(name string) {
	if !slices.Contains(s.assumed, name) {
		s.assumed = append(s.assumed, name)
	}
}
