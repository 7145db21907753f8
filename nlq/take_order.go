package nlq

import (
	"slices"

	"wenshu/semantic"
)

// takeOrders turns superlatives, tops and sorts into orderings and takes their
// words out of the sentence.
func (s *sentence) takeOrders() {
	for i := 0; i < len(s.nodes); {
		taken := false
		switch m := s.nodes[i].means.(type) {
		case Top:
			taken = s.takeTop(i, m)
		case Order:
			taken = s.takeSort(i, m)
		case Rank:
			s.draft.ranks = true
			s.drop(i)
			taken = true
		}
		if !taken {
			i++
		}
	}
	s.mergeOrderings()
}

// takeTop reads one top or superlative.
func (s *sentence) takeTop(i int, m Top) bool {
	o := ordering{from: s.nodes[i].from, end: s.nodes[i].end, limit: m.N, desc: m.Desc, super: m.N == 0, nth: m.Nth, hints: m.Hints, flip: m.Flip, count: m.Count, acts: m.Acts, lasts: m.Lasts, rows: m.Rows}
	if behind, ok := s.thingAt(i + 1); m.Rows && m.Desc && !(ok && !behind.timed) && !is[measure](s, i+1) && !is[number](s, i+1) {
		s.charge("the last of nothing", costIdle, s.nodes[i]) // this year and last
		s.draft.idle = true
	}
	if o.limit == 0 {
		o.limit = s.takeLimit(i)
		if o.limit > 0 {
			o.super = false
			i = s.nodeAt(o.from)
		}
	}
	if o.super && s.draft.several > 0 {
		o.limit, o.super = s.draft.several, false // 最多的是哪几个
	}
	if len(o.hints) == 0 {
		s.orderKey(i, m, &o)
	} else if i > 0 && s.keyAt(i-1, &o) {
		o.hints = nil
	} else if by, ok := s.measureBehind(i); ok {
		o.by, o.hints, o.flip = &by, nil, false // the longest average delay
	} else if t, ok := s.thingAt(i + 1); ok && t.dim != nil && (isTime(t.dim) || isMeasurable(t.dim)) && s.touches(i, i+1) {
		if isTime(t.dim) && o.flip {
			o.desc = !o.desc // the oldest hire date is the first
		}
		o.attribute, o.hints, o.flip = &t, nil, false
	}
	if behind := s.skip(i+1, 1); behind < len(s.nodes) && o.by == nil && o.attribute == nil {
		s.markAt(behind, markTop)
	}
	if w, ok := s.whichAt(i - 1); ok && w.What == WhichOne && !slices.ContainsFunc(s.nodes, func(n node) bool { _, ok := n.means.(thing); return ok }) {
		s.nodes[i-1].means = Noise{} // 哪个最高: of what was shown
	}
	if (o.super || m.N == 0 && o.limit > 0) && len(o.hints) == 0 && o.by == nil && o.attribute == nil && o.count && !m.Before {
		behind := s.skip(i+1, 1)
		for is[members](s, behind) {
			behind++ // the most female patients
		}
		if behind < len(s.nodes) {
			if t, ok := as[thing](s.nodes[behind]); ok && t.table != nil {
				counted := s.countRows(s.nodes[behind], t.table)
				s.nodes[behind].means = counted
				o.by = &counted
			}
		}
	}
	if agg, ok := s.aggAt(i + 1); ok && agg.Before && agg.Func == "sum" && o.super && s.text.At(s.nodes[i+1].from).Class == Word {
		s.nodes[i+1].means = Noise{} // who paid the most in total
	}
	s.turnPace(&o)
	s.turnPlace(&o)
	s.draft.orderings = append(s.draft.orderings, o)
	s.drop(s.nodeAt(o.from))
	return true
}

func (s *sentence) aggAt(i int) (Agg, bool) {
	if i < 0 || i >= len(s.nodes) {
		return Agg{}, false
	}
	return as[Agg](s.nodes[i])
}

// measureBehind returns the average or other aggregate of a column that stands right
// behind a superlative at node i, which ranks by it whatever it is called.
func (s *sentence) measureBehind(i int) (measure, bool) {
	if i+1 >= len(s.nodes) || !s.touches(i, i+1) {
		return measure{}, false
	}
	m, ok := as[measure](s.nodes[i+1])
	return m, ok && (m.dim != nil || m.metric != nil && s.text.At(s.nodes[i+1].from).Norm == "average") && !s.r.isCount(m)
}

// nodeAt returns the node that starts at a token.
func (s *sentence) nodeAt(from int) int {
	for i, n := range s.nodes {
		if n.from == from {
			return i
		}
	}
	return -1
}

// takeLimit finds a number that says how many a superlative keeps: "which 3
// cities have the highest", 最高的5个.
func (s *sentence) takeLimit(i int) int {
	for _, j := range []int{s.skip(i+1, 1), s.skip(i-1, -1), s.skip(i-1, -1) - 1, s.whichNumber()} {
		if j < 0 || j >= len(s.nodes) {
			continue
		}
		n, ok := as[number](s.nodes[j])
		if !ok || aYear(n) || s.text.At(s.nodes[j].end).Norm == "+" {
			continue // the hospital with most beds in 2024, the youngest with 20+ medals
		}
		if count, whole := wholeCount(n.Number); whole {
			s.drop(j)
			return count
		}
	}
	return 0
}

// aYear reports whether a number of four digits may be a year: nobody wants the top 2024.
func aYear(n number) bool {
	return n.Value.Kind() == semantic.Int && n.Value.Int() >= 1900 && n.Value.Int() < 2200
}

// whichNumber returns the number right before a thing that is asked for.
func (s *sentence) whichNumber() int {
	for i := 0; i+1 < len(s.nodes); i++ {
		if t, ok := as[thing](s.nodes[i+1]); ok && is[number](s, i) && (t.has(markWhich|markListed) || t.table != nil && s.skip(i-1, -1) < 0) {
			return i
		}
	}
	return -1
}

// orderKey finds what a top or superlative at node i orders by, next to it.
func (s *sentence) orderKey(i int, m Top, o *ordering) {
	before, behind := s.skip(i-1, -1), s.skip(i+1, 1)
	if before >= 0 && s.keyAt(before, o) || s.countedBefore(i, o) {
		return
	}
	if behind < len(s.nodes) && m.N > 0 && is[measure](s, behind) && s.besides(s.nodes[behind].from) {
		return // the top 3, with number of orders
	}
	if behind < len(s.nodes) && (m.N == 0 || o.nth) || behind < len(s.nodes) && !is[thing](s, behind) {
		s.keyAt(behind, o)
	}
	s.rateKey(o)
	if o.by == nil && o.attribute == nil && m.N > 0 {
		s.actsKey(i, o)
	}
}

// rateKey reads "by YoY growth": what a top is by, and no group.
func (s *sentence) rateKey(o *ordering) {
	for j := range s.nodes {
		if g, ok := as[GroupMark](s.nodes[j]); ok && o.by == nil && !g.Each && !g.Before && is[Against](s, j+1) && s.keyAt(j+1, o) {
			s.nodes[j].means = Noise{}
		}
	}
}

// countedBefore reads 员工最多的门店: the noun right before most or fewest is
// counted, where another one is ranked.
func (s *sentence) countedBefore(i int, o *ordering) bool {
	if v, ok := s.verbAt(i - 1); ok && o.count && !v.Not && (o.acts || len(v.Hints) > 0 || v.through != nil) {
		if is[measure](s, s.skip(i+1, 1)) {
			return false // sold the most units
		}
		if s.countsBehind(i, v) {
			return false // taught the most courses
		}
		if m := s.r.metricOfAct(v); m != nil && !o.acts && (v.Money || s.text.Norm(s.nodes[i].from, s.nodes[i].end) == "the most") {
			o.by = &measure{metric: m}
			s.nodes[i-1].means = *o.by
			return true
		}
		acts := s.actsBy(v)
		if acts == nil && v.Money {
			acts = s.spentOn(i)
		}
		if acts == nil {
			return false
		}
		counted := s.countRows(s.nodes[i-1], acts)
		if d := s.r.paidIn(acts); v.Money && d != nil {
			counted = measure{dim: d, agg: "sum", bare: true}
			s.assume("money_column")
		} else if v.Money {
			return false
		}
		s.nodes[i-1].means = counted
		o.by = &counted
		return true
	}
	if o.count && s.countDone(i, o) {
		return true
	}
	if o.count && s.countKind(i, o) {
		return true
	}
	t, ok := s.thingAt(i - 1)
	if !o.count || !ok || !countable(t) || t.marks&(markWhich|markBy|markEach) != 0 {
		return false
	}
	if behind, ok := s.thingAt(i + 1); ok && behind.table != nil && s.r.graph.hops(t.home(), behind.table) < 1 {
		return false // the most customers: what stands behind is counted
	}
	counted, ok := s.countOf(s.nodes[i-1], false)
	if !ok {
		return false
	}
	if top, main := as[Top](s.nodes[i]); main && top.Main {
		counted = s.weighed(s.nodes[i-1], counted)
	}
	s.nodes[i-1].means = counted
	o.by = &counted
	return true
}

// countsBehind reports whether the entity right behind a superlative at node i is what
// is counted of a verb that the model declares, and not its acts.
func (s *sentence) countsBehind(i int, v Verb) bool {
	t, ok := s.thingAt(i + 1)
	return ok && t.table != nil && v.through != nil && t.table != v.through && t.marks&(markBy|markEach) == 0
}

// weighed leaves it to the person whether the main reasons of acts that last are those
// with most of them, or with most time lost.
func (s *sentence) weighed(n node, counted measure) measure {
	if counted.metric == nil || s.r.countedBy[counted.metric] == nil {
		return counted
	}
	t := tie{from: n.from, end: n.end, chosen: Object{Metric: counted.metric}}
	for _, d := range s.r.countedBy[counted.metric].Dimensions {
		if m := s.r.addedUp(d); m != nil && lasting[d.Unit] {
			t.others = append(t.others, Object{Metric: m})
		}
	}
	if len(t.others) == 0 {
		return counted
	}
	if forced, ok := s.forced[n.from]; ok && forced.Metric != nil {
		return measure{metric: forced.Metric}
	}
	s.ties = append(s.ties, t)
	return counted
}

// lasting are the units of columns that say how long something lasted.
var lasting = map[string]bool{"分钟": true, "小时": true, "天": true, "秒": true, "minutes": true, "hours": true, "days": true, "seconds": true, "minute": true, "hour": true, "day": true}

// spentOn returns the acts behind a superlative at node i that money was spent on,
// which are no more to be counted: the most on confirmed bookings.
func (s *sentence) spentOn(i int) *semantic.Table {
	j := s.skip(i+1, 1)
	for is[members](s, j) {
		j++
	}
	t, ok := s.thingAt(j)
	if !ok || t.table == nil || t.marks&(markBy|markEach) != 0 || s.r.paidIn(t.table) == nil {
		return nil
	}
	s.nodes[j].means = Noise{}
	return t.table
}

// metricOfAct is the metric that sales are measured by: what was sold the most has
// the most of it. Of several, the one of money; nil where none is called so, or
// more than one of money.
func (r *Reader) metricOfAct(v Verb) *semantic.Metric {
	if len(v.Hints) == 0 || v.Hints[0] != "sale" {
		return nil // what was returned the most was returned most often
	}
	var found *semantic.Metric
	for _, c := range r.vocabulary.names.exact(normsOf(v.Hints[0])) {
		switch m := c.object.Metric; {
		case m == nil || m == found || r.countedBy[m] != nil:
		case found == nil || moneyFirst(m) < moneyFirst(found):
			found = m
		case moneyFirst(m) == 0 && moneyFirst(found) == 0:
			return nil
		}
	}
	return found
}

// keyAt takes the node at j as the key of an ordering when it can be one.
func (s *sentence) keyAt(j int, o *ordering) bool {
	switch m := s.nodes[j].means.(type) {
	case measure:
		if (is[Change](s, j+1) || is[Against](s, j+1)) && s.touches(j, j+1) && s.keyAt(j+1, o) {
			return true // revenue growth
		}
		o.by = &m
		return true
	case Against:
		if by, ok := s.nearestMeasure(j); ok && (m.Rate || m.Growth && o.super) {
			by.agg = growthOf(Change{})
			o.by = &by
			return true // 环比最快: the growth, not what grows
		}
	case Change:
		if by, ok := s.grown(j); ok {
			s.draft.changes = append(s.draft.changes, m)
			by.agg = growthOf(m)
			if m.Down {
				o.desc = !o.desc
			}
			o.by = &by
			s.nodes[j].means = Noise{}
			return true
		}
	case Agg, Count:
		if by, ok := s.nearestMeasure(j); ok && s.saidAs(by, m) {
			o.by = &by
			s.nodes[j].means = Noise{}
			return true // 按总额从高到低
		}
	case thing:
		if o.lasts && m.dim != nil && isTime(m.dim) {
			s.charge("a moment lasts no time", costIdle, s.nodes[j])
			s.draft.idle = true
			return false
		}
		if m.dim != nil && ordered(m.dim) && m.dim.Sum != "count" && (!o.count || m.dim.Sum == "sum") && !m.has(markWhich|markBy|markEach) {
			if o.count && o.super && j > 0 && is[Top](s, j-1) {
				s.charge("a number that is counted", costGuess, s.nodes[j])
			}
			o.attribute = &m
			return true
		}
	}
	return false
}

// saidAs reports whether a measure is what an aggregate or a count without a noun calls
// it.
func (s *sentence) saidAs(m measure, word meaning) bool {
	agg, ok := word.(Agg)
	if !ok {
		return s.r.isCount(m)
	}
	fn, d := totalOf(s.r, m)
	return agg.Before && d != nil && fn == agg.Func
}

// grown is what a word for change at node j is about: the measure nearest to it, and
// where none is named but an entity ranked, what most companies ask for first.
func (s *sentence) grown(j int) (measure, bool) {
	if m, ok := s.nearestMeasure(j); ok {
		return m, true
	}
	ranked := slices.IndexFunc(s.nodes, func(n node) bool {
		t, ok := n.means.(thing)
		return ok && t.has(markWhich|markTop)
	})
	if ranked < 0 {
		return measure{}, false
	}
	t, _ := s.thingAt(ranked)
	if t.dim != nil && (isMeasurable(t.dim) || isTime(t.dim)) || t.timed {
		return measure{}, false
	}
	for _, name := range usual {
		for _, c := range s.r.vocabulary.names.exact(normsOf(name)) {
			if m := c.object.Metric; m != nil && m.Kind == semantic.Simple && m.Home != nil && (m.Time != nil || m.Home.Time != nil) && s.r.graph.hops(m.Home, t.home()) >= 1 {
				s.assume("metric")
				return measure{metric: m}, true
			}
		}
	}
	return measure{}, false
}

// growthOf names the change that a word orders or tests by.
func growthOf(c Change) string {
	if c.Value {
		return "change"
	}
	return "growth"
}

// takeSort reads "sort by revenue", 按销售额排序, "ascending".
func (s *sentence) takeSort(i int, m Order) bool {
	o := ordering{from: s.nodes[i].from, end: s.nodes[i].end, desc: !m.Given || m.Desc, only: true, given: m.Given, split: m.split}
	s.draft.sorts = s.draft.sorts || !m.split
	if m.Mark && is[VersusMark](s, i-1) && s.touches(i-1, i) {
		s.charge("an order of what is compared", costIdle, s.nodes[i]) // received versus ordered by warehouse
		s.draft.idle = true
	}
	if len(m.Hints) > 0 {
		o.hints, o.flip = m.Hints, m.Flip
		s.datedKey(i, &o)
		s.draft.orderings = append(s.draft.orderings, o)
		s.drop(i)
		return true
	}
	if m.Compares {
		if !s.listed() {
			return false
		}
		s.draft.compared = true
		for j, n := range s.nodes {
			if w, ok := as[Which](n); ok && (w.What == WhichOne || w.What == Who) {
				s.nodes[j].means = Noise{}
			}
		}
	}
	sides := []int{s.skip(i+1, 1), s.skip(i-1, -1)}
	if m.After || !m.Mark {
		sides[0], sides[1] = sides[1], sides[0]
	}
	for _, j := range sides {
		if j < 0 || j >= len(s.nodes) || !s.keyAt(j, &o) {
			continue
		}
		break
	}
	if o.by == nil && o.attribute == nil && !s.sortsByCount(i) {
		s.thingKey(sides, i, m, &o)
	}
	if o.attribute != nil && !m.Given && (o.attribute.dim == nil || !isMeasurable(o.attribute.dim)) {
		o.desc = false
	}
	s.draft.orderings = append(s.draft.orderings, o)
	s.drop(i)
	return true
}

// datedKey takes the date or number next to a sort at node i as its key, where it sorts
// by one called so: 按下单时间从早到晚, by height from the tallest to the smallest.
func (s *sentence) datedKey(i int, o *ordering) {
	for _, j := range []int{s.skip(i-1, -1), s.skip(i+1, 1)} {
		t, ok := s.thingAt(j)
		if !ok || t.timed || t.dim == nil || !ordered(t.dim) || !s.r.hintsAt(o.hints, t.dim) {
			continue
		}
		t.marks &^= markBy
		s.nodes[j].means = t
		o.attribute, o.hints = &t, nil
		return
	}
}

// thingKey takes a thing that is no number as the key of a sort, or one that
// another word claims: 按年龄从大到小. Where a direction is said of measures, what
// stands on the far side of it is not the key.
func (s *sentence) thingKey(sides []int, i int, m Order, o *ordering) {
	if s.measuredKey(sides, o) {
		return
	}
	measured := slices.ContainsFunc(s.nodes, func(n node) bool { _, ok := n.means.(measure); return ok })
	for k, j := range sides {
		t, ok := s.thingAt(j)
		if !ok || k > 0 && m.Given && measured {
			continue
		}
		byBefore := j == i-1 && t.has(markBy) && t.dim != nil && ordered(t.dim) && !measured
		if !m.Mark && !byBefore || m.Given && t.dim != nil && !ordered(t.dim) && s.saysQuantity(o) {
			continue
		}
		if byBefore {
			t.marks &^= markBy
			s.nodes[j].means = t
		}
		o.attribute = &t
		return
	}
}

// saysQuantity reports whether the direction of a sort is one of numbers, 从多到少: no text
// is sorted so.
func (s *sentence) saysQuantity(o *ordering) bool {
	return s.text.holds("多", o.from, o.end) || s.text.holds("高", o.from, o.end)
}

// measuredKey takes a column that is aggregated elsewhere in the sentence as the
// aggregate: 各部门的平均工资，按工资降序.
func (s *sentence) measuredKey(sides []int, o *ordering) bool {
	for _, j := range sides {
		t, ok := s.thingAt(j)
		if !ok || t.dim == nil || !isMeasurable(t.dim) {
			continue
		}
		for _, n := range s.nodes {
			m, ok := n.means.(measure)
			if !ok || m.dim != t.dim && !(m.metric != nil && aggregates(m.metric, t.dim)) {
				continue
			}
			o.by = &m
			s.nodes[j].means = Noise{}
			return true
		}
	}
	return false
}

// aggregates reports whether a metric is a plain aggregate of a column.
func aggregates(m *semantic.Metric, d *semantic.Dimension) bool {
	call, ok := m.Expr.(semantic.Call)
	if !ok || len(call.Args) != 1 || m.Home != d.Table {
		return false
	}
	name, ok := call.Args[0].(semantic.Name)
	return ok && name.Path[len(name.Path)-1] == d.Name
}

func (s *sentence) thingAt(i int) (thing, bool) {
	if i < 0 || i >= len(s.nodes) {
		return thing{}, false
	}
	return as[thing](s.nodes[i])
}

// mergeOrderings makes one ordering of a limit without a key, a key without a
// limit, and a direction alone.
func (s *sentence) mergeOrderings() {
	all := s.draft.orderings
	if len(all) < 2 {
		return
	}
	merged := all[:1]
	for _, o := range all[1:] {
		last := &merged[len(merged)-1]
		switch {
		case o.only && !last.only && (last.by == nil && last.attribute == nil && len(last.hints) == 0 || sameKey(*last, o)):
			last.by, last.attribute = o.by, o.attribute
		case last.only && !o.only && (o.by == nil && o.attribute == nil && len(o.hints) == 0 || sameKey(*last, o)):
			o.by, o.attribute = last.by, last.attribute
			*last = o
		case o.only && last.only && (o.keyless() || sameKey(*last, o)):
			last.desc, last.given = o.desc, last.given || o.given
		case o.only && last.only && last.attribute != nil && last.attribute.dim != nil && o.by == nil && o.attribute == nil && s.r.hintsAt(o.hints, last.attribute.dim):
			last.desc, last.given, last.flip = o.desc, true, o.flip // by hire date, the oldest first
		case o.only && last.only && last.keyless():
			o.desc, o.given = last.desc, o.given || last.given
			*last = o
		case !o.only && !last.only && o.by == nil && o.attribute == nil && len(o.hints) == 0 && last.super == !o.super:
			last.limit, last.super = max(last.limit, o.limit), false
		case !o.only && !last.only && last.by == nil && last.attribute == nil && len(last.hints) == 0 && last.super == !o.super:
			o.limit, o.super = max(last.limit, o.limit), false
			*last = o
		default:
			merged = append(merged, o)
		}
	}
	s.draft.orderings = merged
}

func sameKey(a, b ordering) bool {
	if a.by != nil && b.by != nil {
		return sameMeasure(*a.by, *b.by)
	}
	return a.attribute != nil && b.attribute != nil && a.attribute.same(*b.attribute)
}

// sameMeasure reports whether two measures are computed alike.
func sameMeasure(a, b measure) bool {
	return a.metric == b.metric && a.agg == b.agg && a.since == b.since && a.dim == b.dim && a.table == b.table &&
		len(a.per) == len(b.per) && len(a.over) == len(b.over) && len(a.where) == len(b.where) && a.op == b.op
}

// sortExpr wraps a measure in the change it is ordered or tested by.
func (s *sentence) sortExpr(m measure) semantic.Expr {
	if m.metric != nil && (m.agg == "growth" || m.agg == "change") {
		fn := m.agg
		m.agg = ""
		return semantic.Call{Func: fn, Args: []semantic.Expr{s.r.exprOf(m)}}
	}
	return s.r.exprOf(m)
}
