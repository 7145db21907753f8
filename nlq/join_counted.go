package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// dropObject drops the object of counted acts: 预订了几次航班 are bookings, whatever
// the flight.
func (s *sentence) dropObject(i int, acts *semantic.Table) {
	object, ok := s.thingAt(i)
	if !ok || object.marks != 0 || i+1 < len(s.nodes) && !is[Linker](s, i+1) {
		return
	}
	if object.table != nil && s.r.graph.hops(acts, object.table) >= 1 || object.dim != nil && s.calledShort(i, object, acts) {
		s.drop(i)
	}
}

// dropSubject drops what is done so many times, right before the acts: 图书借出了多少次
// are loans, whatever the book.
func (s *sentence) dropSubject(i int, acts *semantic.Table) {
	t, ok := s.thingAt(i)
	if ok && t.marks == 0 && s.touches(i, i+1) && s.calledShort(i, t, acts) {
		s.drop(i)
	}
}

// calledShort reports whether a column of a table is said at node i by what it names,
// without the word for its name: 书 of 书名.
func (s *sentence) calledShort(i int, t thing, of *semantic.Table) bool {
	if t.dim == nil || t.dim.Table != of || t.dim.Of != nil || t.dim.Type.Kind != semantic.Text {
		return t.noun && t.dim.Table == of && !isMeasurable(t.dim)
	}
	said := s.text.Said(s.nodes[i].from, s.nodes[i].end)
	return t.noun || slices.Contains([]string{said + "名", said + "名称", said + "标题"}, t.dim.Names.Label.ZH)
}

// spreadOver counts the entity at node j by those who are spread over it before the count
// at node i: 护士分布在多少个病区 leaves out the wards that have none.
func (s *sentence) spreadOver(i, j int) (measure, bool) {
	whole, ok := s.thingAt(j)
	if !is[Glue](s, i-1) || !spreadWords[s.text.Norm(s.nodes[i-1].from, s.nodes[i-1].end)] || !ok || whole.table == nil {
		return measure{}, false
	}
	spread, ok := s.thingAt(i - 2)
	if !ok || spread.table == nil || spread.marks&^markFilter != 0 {
		return measure{}, false
	}
	roles := leadsTo(spread.table, whole.table)
	if len(roles) != 1 {
		return measure{}, false
	}
	return measure{dim: roles[0], agg: "count_distinct"}, true
}

// spreadWords lead from what there is to where it is.
var spreadWords = map[string]bool{"分布在": true, "分布于": true}

// countBy counts what is split by the thing at node j behind the count at node i.
func (s *sentence) countBy(i, j int, c Count) bool {
	t, ok := s.thingAt(j)
	if !ok || t.marks&(markBy|markEach) == 0 || c.Before {
		return false
	}
	if noun, ok := s.thingAt(i - 1); ok && noun.marks&^(markAsked|markListed) == 0 && s.touches(i-1, i) {
		s.joinCount(i, Count{Distinct: c.Distinct, Before: true}) // model count by origin
		return true
	}
	s.draft.counted = true // count by origin
	s.drop(i)
	return true
}

// countDescribed reads 有多少个银卡会员 at nodes i and j: members before the noun say which
// of it are counted.
func (s *sentence) countDescribed(i, j int, c Count) bool {
	if c.Before || !is[members](s, j) || j != i+1 {
		return false
	}
	noun := s.describedNoun(j)
	if entity := s.nounInside(noun - 1); entity != nil {
		if m, _ := s.memberAt(noun - 1); s.r.graph.hops(entity, m.dim.Table) >= 0 && !is[thing](s, noun) {
			s.nodes[i].means = s.countRows(s.nodes[i], entity)
			return true
		}
	}
	t, _ := s.thingAt(noun)
	entity, ok := s.nounAt(noun)
	if !ok || t.marks&(markBy|markEach) != 0 || !s.touches(noun-1, noun) || t.table == nil && !s.countsAt(noun) {
		return false
	}
	for k := j; k < noun; k++ {
		if m, _ := s.memberAt(k); s.r.graph.hops(entity, m.dim.Table) < 0 {
			return false
		}
	}
	counted, ok := s.countOf(s.nodes[noun], c.Distinct)
	if !ok {
		return false
	}
	s.nodes[noun].means = counted
	s.drop(i)
	return true
}

// nounInside returns the entity that closes what a member at node i is called: 会员 of
// 银卡会员; nil for none.
func (s *sentence) nounInside(i int) *semantic.Table {
	if i < 0 || s.text.At(s.nodes[i].from).Class != Han {
		return nil
	}
	for from := s.nodes[i].from + 1; from+1 < s.nodes[i].end; from++ {
		for _, c := range s.r.vocabulary.names.exact(s.text.norms(from, s.nodes[i].end)) {
			if t := c.object.Table; t != nil && !t.Hidden && c.cost <= costSynonym {
				return t
			}
		}
	}
	return nil
}

// countsAt reports whether node i is a count of an entity.
func (s *sentence) countsAt(i int) bool {
	m, ok := as[measure](s.nodes[i])
	return ok && s.r.isCount(m)
}

// countActsOn counts the acts on the thing at node j: 借书次数 are the loans.
func (s *sentence) countActsOn(i, j int, c Count) bool {
	t, ok := s.thingAt(j)
	if !ok || !c.Acts || !c.Before || j == 0 || !is[Verb](s, j-1) || !s.touches(j-1, j) || t.dim == nil || !s.calledShort(j, t, t.dim.Table) {
		return false
	}
	s.join(j-1, i, s.countRows(s.nodes[j], t.dim.Table))
	return true
}

// countOwn counts the rows of each value of the column right before a count: statuses
// and their counts.
func (s *sentence) countOwn(i int, c Count) bool {
	t, ok := s.thingAt(i - 1)
	if !c.Own || !ok || t.dim == nil || t.timed || isMeasurable(t.dim) || t.dim.Key {
		return false
	}
	if !t.has(markTop) {
		t.marks |= markBy
	}
	s.nodes[i-1].means = t
	s.nodes[i].means = s.countRows(s.nodes[i], t.home())
	return true
}

// moneys are the last words of columns that hold money, of which there is no number.
var moneys = []string{"revenue", "income", "profit", "turnover", "收入", "营收", "利润", "营业额", "销售额"}

// noCountOf refuses to add up the money at node j where its number is asked for:
// 收入数量小于5 is no sum.
func (s *sentence) noCountOf(j int) {
	t, ok := s.thingAt(j)
	if !ok || t.dim == nil || !isMeasurable(t.dim) || t.has(markDistinct) {
		return
	}
	if slices.ContainsFunc(moneys, func(word string) bool { return strings.HasSuffix(s.text.Norm(s.nodes[j].from, s.nodes[j].end), word) }) {
		s.charge("a number of money", costIdle, s.nodes[j])
		s.draft.idle = true
	}
}

// closesCount reports whether a clause ends with a count whose noun stands before it:
// 住宅项目有几个，总面积多少.
func (s *sentence) closesCount(i, j int, c Count) bool {
	link, ok := s.linkAt(j)
	return ok && !c.Before && j == i+1 && link.How == CommaLink && s.text.At(s.nodes[i].from).Class == Han && s.countable(i, true)
}
