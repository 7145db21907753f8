package nlq

import (
	"cmp"
	"slices"

	"wenshu/semantic"
)

// build makes the query of a sentence whose words were all taken. ok is false
// when nothing is left that could be asked for.
func (s *sentence) build() (q *semantic.Query, ok bool) {
	b := &builder{s: s, r: s.r, d: &s.draft}
	if b.d.points && (b.d.present.Chart == "" || b.d.present.Chart == "any") {
		b.d.present.Chart = "scatter"
	}
	b.sortNodes()
	b.ratios()
	b.bothKinds()
	b.mergeMembers()
	b.countRest()
	b.eitherOr()
	b.whoIsMeant()
	b.spansOfEach()
	b.countedSet()
	b.gapAsked()
	b.sumInPercent()
	b.bands()
	b.impliedMeasures()
	b.balances()
	b.countOfKey()
	b.drawSpread()
	if chart := b.d.present.Chart; b.d.stacked && (chart == "" || chart == "any" || chart == "bar" || chart == "column") {
		b.d.present.Chart = "stacked"
	}
	if drawsPoints(b.d.present.Chart) && len(b.measures) > 0 && len(b.things) == 0 {
		b.d.idle = true
		b.s.charge("points of one row", costIdle, node{})
	}
	b.d.present.Trend = slices.ContainsFunc(b.things, func(t thing) bool { return t.trend })
	b.lineOverTime()
	b.wholeNames()
	if len(b.measures) == 0 && len(b.d.outcomes) == 0 {
		q, ok = b.rows()
		if b.d.howMany && !slices.ContainsFunc(b.things, func(t thing) bool { return t.dim != nil && isMeasurable(t.dim) }) {
			b.d.idle = b.d.idle || slices.ContainsFunc(b.d.verbs, func(v verbAt) bool { return v.verb.Money }) || b.s.normAt(0) == "how" && b.s.normAt(1) == "much"
			b.s.charge("names where a number is asked for", costUnlikely, node{})
		}
		b.d.idle = b.d.idle || ok && (b.d.howMuch && !b.listsMoney(q) || len(q.Items) == 1 && b.asksWhichApart())
	} else {
		q, ok = b.aggregate()
		b.whenActed()
		b.countDropped()
		b.d.idle = b.d.idle || ok && b.asksWhichApart() && len(q.Items) == 1 && b.r.isCountOf(q.Items[0].Expr) && q.Limit == 0 && q.Having == nil
	}
	if ok && q.List != nil && len(b.d.periods) > 1 && !b.d.or && slices.ContainsFunc(b.d.verbs, func(v verbAt) bool { return len(v.verb.Hints) > 0 }) {
		b.d.idle = true
		b.s.charge("acts in several periods", costIdle, node{})
	}
	if ok {
		b.overNothing()
		b.q = q
		b.round(q)
		b.periodsPassing()
		b.averageOfOwn()
		b.suchCounted()
		b.implausible()
	}
	if ok && b.kindElsewhere(q) {
		b.d.idle = true
		b.s.charge("a kind of other rows", costIdle, node{})
	}
	if ok && b.d.solely > 0 {
		b.d.idle = true
		b.s.charge("only what is done of several", costIdle, node{from: b.d.solely - 1, end: b.d.solely})
	}
	if (b.neverDone() || b.d.without) && !b.denied || !b.acted && b.actsLeft() || b.actLost() {
		b.d.idle = true
		b.s.charge("an act of nobody", costIdle, node{})
	}
	return q, ok
}

// builder turns what a sentence holds into a query.
type builder struct {
	s           *sentence
	r           *Reader
	d           *draft
	measures    []measure
	things      []thing
	conds       []condition
	home        *semantic.Table // of the first measure, or what is listed
	entity      *semantic.Table // what is counted or listed; nil when a number of facts is asked for
	q           *semantic.Query
	ratioWord   node              // a word for a ratio that has not found its two sides
	filtered    bool              // the tests on rows are written already
	denied      bool              // a set excludes what a verb denies
	acted       bool              // a set says who did what a verb says
	links       []*semantic.Table // the acts that sets are made of
	deniedLinks []*semantic.Table // those of acts that were not done
	band        *banding          // what splits by what each has; nil for none
	named       bool              // what is listed is named itself, not only an attribute of it
}

// sortNodes sorts what is left of the sentence into measures, things and
// conditions; everything else found nothing to act on.
func (b *builder) sortNodes() {
	b.conds = slices.Clone(b.d.conditions)
	for _, n := range b.s.nodes {
		if slices.Contains(b.s.dropped, n.from) {
			continue
		}
		switch m := n.means.(type) {
		case measure:
			if m.agg == "count_distinct" && m.dim != nil && m.dim.Type.Kind == semantic.Bool {
				b.s.charge("a count of yes and no", costIdle, n)
				b.d.idle = true
			}
			if m.agg == "count_distinct" && m.dim != nil && isTime(m.dim) && !b.namesTime(n) {
				b.s.charge("a count of moments", costIdle, n)
				b.d.idle = true // so many orders are no days of orders
			}
			b.addMeasure(m)
		case thing:
			b.kindOfTime(n, m)
			b.addThing(m)
		case members:
			b.beyondMember(n)
			b.conds = append(b.conds, condition{dim: m.dim, via: m.via, values: m.values, not: m.not, and: m.and, from: n.from})
		case wished:
			b.addWished(n, m)
		case Noise:
		case Ratio:
			b.ratioWord = n
		case unread:
			b.d.unread = true
		default:
			b.s.charge("idle", costIdle, n)
			b.d.idle = true
		}
	}
	slices.SortStableFunc(b.conds, func(x, y condition) int { return cmp.Compare(x.from, y.from) })
}

// mergeMembers joins tests of one dimension for members that stand apart: "in
// the domain A and the domain B". No row is in both; entities may be.
func (b *builder) mergeMembers() {
	for i := 0; i < len(b.conds); i++ {
		for j := i + 1; j < len(b.conds); j++ {
			x, y := b.conds[i], b.conds[j]
			if len(x.values) == 0 || len(y.values) == 0 || x.dim != y.dim || x.via != y.via || x.not != y.not || b.undone(x) != b.undone(y) ||
				slices.ContainsFunc(b.d.relations, func(rel relation) bool {
					return x.from < rel.end && (rel.apart && y.from >= rel.from || b.ofCounted(rel, y))
				}) {
				continue
			}
			b.bothNotEither()
			known := len(x.values)
			x.values = slices.Clone(x.values)
			for _, v := range y.values {
				if !slices.Contains(x.values, v) {
					x.values = append(x.values, v)
				}
			}
			x.and = !b.d.or && (x.and || len(x.values) > known)
			b.conds[i] = x
			b.conds = slices.Delete(b.conds, j, j+1)
			j--
		}
	}
}

func (b *builder) addThing(t thing) {
	for i, o := range b.things {
		if dated, ok := periodOf(o, t); ok {
			b.things[i] = dated
			return
		}
		if o.timed && t.timed && o.dim == t.dim && (o.grain == semantic.Grain{} || t.grain == semantic.Grain{}) {
			b.things[i].trend = o.trend || t.trend
			if o.grain == (semantic.Grain{}) {
				b.things[i].grain = t.grain
			}
			return
		}
		if o.same(t) || t.table != nil && o.table == t.table && (o.via == "" || t.via == "") {
			b.things[i].marks |= t.marks
			if o.via == "" {
				b.things[i].via = t.via // as their first doctor
			}
			return
		}
	}
	b.things = append(b.things, t)
}

// tables are the tables the sentence speaks of, in order.
func (b *builder) tables() []*semantic.Table {
	var found []*semantic.Table
	add := func(t *semantic.Table) {
		if t != nil && !slices.Contains(found, t) {
			found = append(found, t)
		}
	}
	for _, n := range b.s.nodes {
		switch m := n.means.(type) {
		case thing:
			add(m.home())
		case members:
			add(m.dim.Table)
		case measure:
			add(m.home())
		}
	}
	for _, o := range b.d.owners {
		add(o.home())
	}
	for _, c := range b.d.conditions {
		add(c.home())
	}
	return found
}

// impliedMeasures finds measures that no word named as such: what is sorted by,
// a bare number split by something, a count without a noun.
func (b *builder) impliedMeasures() {
	b.actOfOne()
	b.rateOfMember()
	b.shareOfKind()
	for _, o := range b.d.orderings {
		if o.by != nil {
			b.addMeasure(plain(*o.by))
		}
	}
	if len(b.measures) == 0 && !b.d.counted {
		b.rankKindsByHints()
		b.rankByLength()
		b.rankByNumber()
		b.rankKinds()
	}
	if len(b.measures) == 0 {
		b.metricOfHints()
	}
	if len(b.measures) == 0 && !b.d.counted && (b.d.asked || slices.ContainsFunc(b.d.orderings, ordering.keyless)) {
		b.metricOfVerbs()
	}
	b.averageOfVerb()
	if len(b.measures) == 0 && !b.d.counted {
		b.usualOfTop()
	}
	if len(b.measures)+len(b.things) == 0 && (b.d.counted || b.d.exists) {
		b.countOfKind()
	}
	if len(b.measures) == 0 && b.d.counted && !slices.ContainsFunc(b.d.shows, func(s semantic.Show) bool { return s.Func == "share" }) {
		b.countWhatIsThere()
	} else {
		b.countPassedOver()
	}
	if len(b.measures) == 0 {
		b.rankRows()
	}
	if len(b.measures) == 0 {
		b.extremes()
	}
	if b.d.relates && b.d.present.Chart == "" && len(b.measures) == 0 && b.severalNumbers() {
		b.d.present.Chart = "scatter"
	}
	if len(b.measures) == 0 && drawsPoints(b.d.present.Chart) && (b.severalNumbers() || b.d.present.Chart == "box" || b.d.present.Chart == "strip") {
		return // a point for every row
	}
	if len(b.measures) == 0 {
		b.commonest()
	}
	if len(b.measures) == 0 {
		b.eachRow()
	}
	if len(b.measures) == 0 && (b.d.ranks || b.sharesKinds()) {
		b.countRanked()
	}
	if len(b.measures) == 0 {
		b.allTogether()
	}
	b.splitByGraded()
	b.splitBare()
	if len(b.measures) == 0 && (b.continuous() || b.layersPair()) && (b.d.present.Chart == "" || b.d.present.Chart == "any") {
		b.d.points, b.d.present.Chart = true, "scatter"
		return
	}
	b.splitCompared()
	if len(b.measures) == 0 && (b.splits() || b.figures() || b.totalAsked()) {
		b.bareNumbers()
	}
	if len(b.measures) == 0 && countsBars(b.d.present.Chart) {
		b.countBars()
	}
}

// splitCompared splits bare numbers by the members that are told apart, where
// these are not the names of rows: 甲品牌和乙品牌的销量分别是多少.
func (b *builder) splitCompared() {
	if !b.d.compared || len(b.measures) > 0 || len(b.things) == 0 {
		return
	}
	if slices.ContainsFunc(b.things, func(t thing) bool { return t.dim == nil || t.timed || !isMeasurable(t.dim) }) {
		return
	}
	for _, c := range b.conds {
		if c.dim == nil || c.test != nil || !severalMembers(c) || c.dim.Key || slices.Contains(c.dim.Table.Display, c.dim) && c.dim.Table == b.things[0].dim.Table {
			continue
		}
		b.things = append(b.things, thing{dim: c.dim, via: c.via, marks: markBy})
		return
	}
}

// ranksRows reports whether rows of an entity are ranked within groups: the most
// expensive product in each category.
func (b *builder) ranksRows() bool {
	for _, o := range b.d.orderings {
		if o.only || o.by != nil {
			continue
		}
		for _, t := range b.things {
			if t.table == nil || t.marks&(markEach|markBy|markLink) != 0 {
				continue
			}
			if o.attribute != nil && o.attribute.dim != nil && o.attribute.dim.Table == t.table {
				return true
			}
			if _, ok := b.r.attributeByHints(t.table, o.hints, ordered); ok && len(o.hints) > 0 && t.has(markTop|markWhich|markListed) {
				return true
			}
		}
	}
	return false
}

// eachRow reads "name and age of every singer" as the rows of the entity: all
// that is named belongs to what is told apart.
func (b *builder) eachRow() {
	b.eachOwner()
	at, own := -1, 0
	for i, t := range b.things {
		switch {
		case t.table != nil && t.has(markEach) && at < 0:
			at = i
		case at >= 0 && t.dim != nil && t.dim.Table == b.things[at].table && !t.has(markBy):
			own++ // each brand and its founder
		case t.timed || t.has(markBy|markEach):
			return
		default:
			own++
		}
	}
	if at < 0 || own == 0 {
		return
	}
	for _, t := range b.things {
		if b.r.graph.hops(b.things[at].table, t.home()) < 0 {
			return
		}
	}
	b.things[at].marks = b.things[at].marks&^markEach | markListed
	for i, t := range b.things {
		if t.dim != nil && t.dim.Table == b.things[at].table {
			b.things[i].marks &^= markEach // each brand and its founder: no split by founders
		}
	}
}

// countRanked counts the rows behind the one column that is ranked: 停机原因排名.
func (b *builder) countRanked() {
	if len(b.things) != 1 || b.things[0].dim == nil || isMeasurable(b.things[0].dim) || isTime(b.things[0].dim) {
		return
	}
	if d := b.things[0].dim; isDisplay(d) && len(d.Table.Display) == 1 {
		b.s.charge("one of each name", costIdle, node{})
		b.d.idle = true // 各城市排名: each is there once
		return
	}
	b.things[0].marks |= markBy
	b.addMeasure(b.s.countRows(node{}, b.things[0].dim.Table))
	b.s.assume("count")
}

// plain is the measure without the change it is ordered by.
func plain(m measure) measure {
	if m.agg == "growth" || m.agg == "change" {
		m.agg = ""
	}
	return m
}

func (b *builder) addMeasure(m measure) {
	m = b.cumulated(m)
	if !slices.ContainsFunc(b.measures, func(o measure) bool { return sameMeasure(o, m) || b.r.computes(o, m) || b.r.computes(m, o) }) {
		b.measures = append(b.measures, m)
	}
}

// metricOfHints reads "best selling" as an order by the metric it hints at.
func (b *builder) metricOfHints() {
	for i, o := range b.d.orderings {
		if b.hintsAttribute(o) {
			continue
		}
		if m := b.r.metricHinted(o.hints); m != nil {
			found := measure{metric: m}
			b.d.orderings[i].by, b.d.orderings[i].hints = &found, nil
			b.s.assume("metric")
			b.addMeasure(found)
			return
		}
	}
}

// hintsAttribute reports whether an ordering's hints name an attribute of an
// entity of the sentence.
func (b *builder) hintsAttribute(o ordering) bool {
	return slices.ContainsFunc(b.tables(), func(t *semantic.Table) bool {
		_, ok := b.r.attributeByHints(t, o.hints, ordered)
		return ok
	})
}

// metricOfVerbs reads "how much did we sell" as the metric its verb names.
func (b *builder) metricOfVerbs() {
	for _, v := range b.d.verbs {
		if m := b.r.metricOfAct(v.verb); m != nil {
			b.s.assume("metric")
			b.addMeasure(measure{metric: m})
			b.d.verbs = nil
			return
		}
		var found []Object
		for _, hint := range v.verb.Hints {
			for _, c := range b.r.vocabulary.names.exact(normsOf(hint)) {
				if c.object.Metric != nil && !slices.Contains(found, c.object) {
					found = append(found, c.object)
				}
			}
		}
		if len(found) == 0 {
			continue
		}
		slices.SortStableFunc(found, func(x, y Object) int { return moneyFirst(x.Metric) - moneyFirst(y.Metric) })
		chosen := found[0]
		if forced, ok := b.s.forced[v.from]; ok {
			chosen = forced
		} else if len(found) > 1 {
			b.s.ties = append(b.s.ties, tie{from: v.from, end: v.from + 1, chosen: chosen, others: found[1:]})
		}
		b.addMeasure(measure{metric: chosen.Metric})
		b.d.verbs = nil
		return
	}
}

// moneyFirst puts the metrics of money first: what a company sold is likelier
// an amount than a number of pieces.
func moneyFirst(m *semantic.Metric) int {
	if m.Format.Style == "money" {
		return 0
	}
	return 1
}

// extremes reads "the customer with the highest order amount" as the greatest
// amount by customer, and "the highest amount" as the greatest of all.
func (b *builder) extremes() {
	for i, o := range b.d.orderings {
		if o.attribute == nil || o.attribute.dim == nil || o.only && len(b.things) == 0 || o.nth {
			continue
		}
		d := o.attribute.dim
		listed := b.listed(d.Table)
		if listed == d.Table || !o.only && listed == nil && len(b.things) > 1 && b.sameTable(d.Table) {
			continue
		}
		if listed == nil && o.only {
			continue
		}
		if listed != nil && b.r.graph.hops(d.Table, listed) < 0 {
			continue
		}
		m := measure{dim: d, via: o.attribute.via, agg: extremeOf(o)}
		if b.addsUp(o, listed) {
			m.agg = "sum"
			b.s.assume("aggregate")
		}
		if !isMeasurable(d) && !isTime(d) {
			continue
		}
		b.things = slices.DeleteFunc(b.things, func(t thing) bool { return t.dim == d })
		if listed == nil && len(b.things) == 0 && o.limit > 1 {
			b.things = append(b.things, thing{table: d.Table, marks: markTop})
			return // 月薪最高的五个人: the rows that have it
		}
		if listed == nil && len(b.things) == 0 || o.super && b.onlySplits() {
			b.d.orderings = slices.Delete(b.d.orderings, i, i+1)
		} else {
			b.d.orderings[i].by, b.d.orderings[i].attribute = &m, nil
		}
		b.addMeasure(m)
		return
	}
}

// onlySplits reports whether nothing but what results are split by is named, so
// that an extreme is one of each: the cheapest ticket price at each cinema.
func (b *builder) onlySplits() bool {
	return len(b.things) > 0 && !slices.ContainsFunc(b.things, func(t thing) bool { return !t.has(markEach) || t.has(markTop|markWhich) })
}

func extremeOf(o ordering) string {
	switch {
	case o.only || !o.super && isMeasurable(o.attribute.dim):
		return sumOf(o.attribute.dim)
	case o.desc:
		return "max"
	}
	return "min"
}

// listed returns the entity whose rows are asked for: a table, or the table of
// the attributes that are.
func (b *builder) listed(prefer *semantic.Table) *semantic.Table {
	for _, t := range b.things {
		if t.table == prefer && prefer != nil {
			return prefer
		}
	}
	for _, t := range b.things {
		if t.table != nil {
			return t.table
		}
	}
	for _, o := range b.d.owners {
		if o.table == prefer {
			return prefer
		}
	}
	for _, t := range b.things {
		if t.dim != nil && !isMeasurable(t.dim) {
			return t.dim.Table
		}
	}
	return nil
}

func (b *builder) sameTable(t *semantic.Table) bool {
	for _, x := range b.things {
		if x.home() != nil && x.home() != t {
			return false
		}
	}
	return true
}

// splits reports whether results are split by something.
func (b *builder) splits() bool {
	for _, t := range b.things {
		if t.timed || t.marks&(markBy|markEach) != 0 {
			return true
		}
	}
	return false
}

// bareNumbers aggregates the columns of numbers that are split by something, as
// suits them.
func (b *builder) bareNumbers() {
	kept := b.things[:0:0]
	for _, t := range b.things {
		if t.dim != nil && !t.timed && isMeasurable(t.dim) && (!isYears(t.dim) || t.dim.Sum != "") && t.marks&(markBy|markEach) == 0 {
			b.addMeasure(measure{dim: t.dim, via: t.via, agg: sumOf(t.dim), bare: true})
			b.s.assume("aggregate")
			continue
		}
		kept = append(kept, t)
	}
	b.things = kept
	if len(b.measures) > 0 {
		return
	}
	for i, t := range b.things {
		if t.marks&(markBy|markEach) == 0 && (t.table != nil || t.dim != nil && b.r.standsFor(t.dim) && !b.saysWholeName(t)) {
			b.addMeasure(b.s.countRows(node{}, t.home()))
			b.things = slices.Delete(b.things, i, i+1)
			return
		}
	}
	b.spread()
}
