package nlq

import (
	"slices"

	"wenshu/semantic"
)

// joinMeasures turns counts and aggregates with their neighbours into measures.
func (s *sentence) joinMeasures() {
	for i := 0; i < len(s.nodes); i++ {
		switch m := s.nodes[i].means.(type) {
		case Count:
			s.joinCount(i, m)
		}
	}
	for i := 0; i < len(s.nodes); i++ {
		switch m := s.nodes[i].means.(type) {
		case Agg:
			s.joinAggs(i, m)
		case AvgPer:
			s.joinAvgPer(i, m)
		case Top:
			if !s.bothExtremes(i) && !s.extremesOfOne(i) && !s.extremesTogether(i) && !s.extremeListed(i) {
				s.joinExtreme(i, m)
			}
		}
	}
	s.measuresFrom()
	s.dropTotals()
}

// joinCount counts the noun next to a count.
func (s *sentence) joinCount(i int, c Count) {
	s.draft.valued = true
	if is[TextTest](s, i-1) && s.text.At(s.nodes[i-1].end-1).Norm == "有" {
		s.nodes[i-1].means = Glue{How: Loose} // 里有多少 looks into no text
	}
	if s.holding(i) || is[AvgPer](s, i-1) && s.unitCounted(i) {
		return
	}
	s.refuseUnit(i)
	if m, ok := s.memberAt(i + 1); ok && s.holdsKind(i, m) {
		s.charge("what holds some of a kind", costIdle, s.nodes[i+1])
		s.draft.idle = true
	}
	if c.Apart && (s.listed() || s.apart()) {
		s.draft.compared = true
	}
	if c.Acts && s.countActs(i) || s.countTimes(i) || s.countOwn(i, c) || s.countPapersDone(i) || s.countPapers(i) {
		return
	}
	j := i - 1
	if !c.Before {
		j = i + 1
	}
	for j >= 0 && j < len(s.nodes) && (is[Glue](s, j) || is[Distinct](s, j) || is[Which](s, j)) {
		if c.Before {
			j--
		} else {
			j++
		}
	}
	if c.Before && s.eachAt(j) || !c.Before && (j < 0 || j >= len(s.nodes)) && s.eachAt(i-1) {
		s.countHinted(i, c) // 各大区分别几家: something else, by region
		return
	}
	if j >= len(s.nodes) && s.peopleIn(i, c) {
		return
	}
	if j < 0 || j >= len(s.nodes) || s.closesCount(i, j, c) {
		if other := c; s.countable(i, !c.Before) {
			other.Before = !c.Before
			s.joinCount(i, other)
			return
		}
		if s.anotherCount(i) {
			s.countHinted(i, c) // 几家店,几个人
			return
		}
		s.draft.counted = true
		s.drop(i)
		return
	}
	if s.countsVerb(i, j, c) || s.countDescribed(i, j, c) || s.countsAlong(i, j, c) || s.countHeld(i, j, c) || s.countBy(i, j, c) || s.countActsOn(i, j, c) || s.peopleBy(i, j, c) {
		return
	}
	counted, ok := s.countOf(s.nodes[j], c.Distinct)
	if over, spread := s.spreadOver(i, j); spread {
		counted, ok = over, true
	} else if acts, timed := s.actsAt(i, j, c); timed {
		counted, ok = acts, true
	}
	s.noCountOf(j)
	if !ok {
		if is[members](s, j) || is[quoted](s, j) {
			s.draft.counted = true
			s.drop(i)
		}
		return
	}
	if c.Before && s.namesColumn(s.nodes[j].from, s.nodes[i].end) || !c.Before && i > 0 && s.touches(i-1, i) && s.namesColumn(s.nodes[i-1].from, s.nodes[i].from+1) {
		s.charge("a column read as a count", costUnlikely, s.nodes[i]) // list the flight numbers
	}
	if !c.Before && s.heldIn(i, counted) {
		i, j = i-2, j-2
	}
	s.join(min(i, j), max(i, j), counted)
	if c.Acts && c.Before {
		s.dropObject(j+1, counted.home())
		s.dropSubject(j-1, counted.home())
	}
}

// namesColumn reports whether tokens from to end are what a column is called.
func (s *sentence) namesColumn(from, end int) bool {
	var norms []string
	for at := from; at < end; at++ {
		norms = append(norms, s.text.At(at).Norm)
	}
	column := func(c called) bool { return c.object.Dimension != nil && c.object.Member == "" && c.cost < costHead }
	names := s.r.vocabulary.names
	return slices.ContainsFunc(names.exact(norms), column) || slices.ContainsFunc(names.exact(s.r.vocabulary.baseForms(norms)), column)
}

// eachAt reports whether results are split by the thing at node i.
func (s *sentence) eachAt(i int) bool {
	t, ok := s.thingAt(i)
	if before, listed := s.thingAt(i - 1); listed && before.has(markEach) && t.table != nil && s.touches(i-1, i) {
		return false // 各城市客户数
	}
	return ok && t.has(markEach)
}

// anotherCount reports whether a count behind a comma or "and" stands beside one
// that has its noun.
func (s *sentence) anotherCount(i int) bool {
	m, counted := measure{}, false
	if is[Linker](s, i-1) && i > 1 {
		m, counted = as[measure](s.nodes[i-2])
	}
	return counted && s.r.isCount(m)
}

// countHinted counts what a count without a noun hints at, or leaves it to the
// rest of the sentence. Of several kinds of people that results can be split by,
// the person who asks says which.
func (s *sentence) countHinted(i int, c Count) {
	var found []*semantic.Table
	for _, hint := range c.Hints {
		t, ok := s.r.entityByHints([]string{hint})
		if !ok || slices.Contains(found, t) || slices.ContainsFunc(s.nodes, func(n node) bool {
			split, ok := n.means.(thing)
			return ok && split.has(markEach) && s.r.graph.hops(t, split.home()) < 0
		}) {
			continue
		}
		found = append(found, t)
	}
	if len(found) == 0 && s.anotherCount(i) {
		s.charge("a second count of nothing", costIdle, s.nodes[i])
		s.draft.idle = true
	}
	if len(found) == 0 {
		s.draft.counted = true
		s.drop(i)
		return
	}
	s.nodes[i].means = s.countRows(s.nodes[i], oneOf(s, s.nodes[i], found, tableOf))
}

// countActs counts the acts of the verb right before node i: 接诊次数, 接诊了几次.
func (s *sentence) countActs(i int) bool {
	v, ok := s.verbAt(i - 1)
	if !ok || v.Not {
		return false
	}
	acts := occasion(s.actsBy(v))
	if acts == nil {
		return false
	}
	s.join(i-1, i, s.countRows(s.nodes[i-1], acts))
	s.dropObject(i, acts)
	return true
}

// toldActs returns the table of acts that a verb itself tells of, if it does; a hint
// may lead nowhere.
func (r *Reader) toldActs(v Verb) (acts *semantic.Table, told bool) {
	switch {
	case v.through != nil:
		return v.through, true
	case len(v.Hints) > 0:
		return r.hinted(r.model.Tables, v.Hints), true
	}
	return nil, false
}

// actsBy returns the table of the acts that a verb names: by its hints, or the
// only one that leads to all the sentence speaks of; nil when none or several do.
func (s *sentence) actsBy(v Verb) *semantic.Table {
	if acts, told := s.r.toldActs(v); told {
		return acts
	}
	var spoken []*semantic.Table
	for _, n := range s.nodes {
		switch m := n.means.(type) {
		case thing:
			spoken = append(spoken, m.home())
		case members:
			spoken = append(spoken, m.dim.Table)
		}
	}
	var found *semantic.Table
	for _, t := range s.r.model.Tables {
		leads := func(to *semantic.Table) bool { return to == nil || to != t && s.r.graph.hops(t, to) >= 1 }
		if len(spoken) == 0 || t.Hidden || slices.ContainsFunc(spoken, func(to *semantic.Table) bool { return !leads(to) }) {
			continue
		}
		if found != nil {
			return nil
		}
		found = t
	}
	return found
}

// countsAlong reads "by cylinder count" as the number that it is, and "bar chart
// of count of bedrooms" as how many there are of each: a chart shows counts along
// the only thing that is named.
func (s *sentence) countsAlong(i, j int, c Count) bool {
	t, ok := s.thingAt(j)
	if !ok || t.dim == nil || c.Distinct || t.has(markDistinct) || s.r.standsFor(t.dim) {
		return false
	}
	if c.Before && t.marks&(markBy|markEach) != 0 && isMeasurable(t.dim) {
		s.drop(i)
		return true
	}
	if c.Before && t.marks&(markBy|markEach) != 0 && !isTime(t.dim) {
		s.draft.counted = true // how many of each brand
		s.drop(i)
		return true
	}
	others := slices.ContainsFunc(s.nodes, func(n node) bool {
		o, ok := n.means.(thing)
		return ok && !o.same(t) && (o.table == nil || o.table != t.dim.Table)
	})
	if drawn := s.drawn(); !countsBars(drawn) && drawn != "heatmap" || others && !(c.Before && !isMeasurable(t.dim)) || !isGraded(t.dim) {
		return false
	}
	s.markAt(j, markBy|markSpread)
	s.draft.counted = true
	s.drop(i)
	return true
}

// countable reports whether a thing stands right before or behind node i.
func (s *sentence) countable(i int, before bool) bool {
	j := i + 1
	if before {
		j = i - 1
	}
	_, ok := s.thingAt(j)
	return ok
}

// countOf returns the count that a noun stands for.
func (s *sentence) countOf(n node, distinct bool) (measure, bool) {
	switch m := n.means.(type) {
	case measure:
		return m, true
	case thing:
		distinct = distinct || m.has(markDistinct)
		switch {
		case m.table != nil:
			return s.countRows(n, m.table), true
		case m.dim != nil && isDisplay(m.dim) && s.r.calledLike(m.dim) && !distinct:
			return s.countRows(n, m.dim.Table), true
		case m.dim != nil && isMeasurable(m.dim) && !distinct:
			return measure{dim: m.dim, agg: sumOf(m.dim)}, true
		case m.dim != nil && isTime(m.dim) && !distinct && m.dim.Table.Time == nil:
			return s.countDated(n, m.dim), true
		case m.dim != nil && m.noun && !distinct && m.dim == m.dim.Table.Time:
			return s.countRows(n, m.dim.Table), true // 借出了多少次: the loans, by their own date
		case m.dim != nil && m.noun && !distinct && isTime(m.dim) && (s.r.isPeople(m.dim.Table) || s.text.At(n.from).Class == Han && s.saysPeriod()):
			return s.countDated(n, m.dim), true // 离职了几个人, 签收了多少票: by the date they left
		case m.dim != nil:
			return measure{dim: m.dim, agg: "count_distinct"}, true
		}
	}
	return measure{}, false
}

// countAt counts what happens at a date, by the metric that is declared for it.
func (s *sentence) countAt(n node, d *semantic.Dimension) measure {
	for _, m := range s.r.model.Metrics {
		own := m.Time == d || m.Time == nil && m.Home != nil && m.Home.Time == d
		if own && m.Where == nil && s.r.countedBy[m] == d.Table {
			return measure{metric: m}
		}
	}
	if d == d.Table.Time {
		return s.countRows(n, d.Table)
	}
	return s.countDated(n, d)
}

// countDated counts the rows that have a date: 入职了几个 is how many were hired.
func (s *sentence) countDated(n node, d *semantic.Dimension) measure {
	if s.draft.on != nil && s.draft.on != d {
		s.charge("two dates for one period", costIdle, n)
		s.draft.idle = true
	}
	s.draft.on = d
	s.draft.conditions = append(s.draft.conditions, condition{dim: d, from: n.from, test: isThere})
	return measure{table: d.Table, agg: "count"}
}

// countRows counts an entity: by the metric that the model declares for it, or
// by its rows.
func (s *sentence) countRows(n node, t *semantic.Table) measure {
	if found := s.r.counts[t]; len(found) > 0 {
		want, forced := s.forced[n.from]
		if forced && want.Metric != nil {
			return measure{metric: want.Metric}
		}
		if len(found) > 1 && !forced {
			tied := tie{from: n.from, end: n.end, chosen: Object{Metric: found[0]}}
			for _, m := range found[1:] {
				tied.others = append(tied.others, Object{Metric: m})
			}
			s.ties = append(s.ties, tied)
		}
		return measure{metric: found[0]}
	}
	return measure{table: t, agg: "count"}
}

// sumOf is the aggregate that suits a number when none is said.
func sumOf(d *semantic.Dimension) string {
	if d.Sum != "" {
		return d.Sum
	}
	return "sum"
}

// joinExtreme reads the superlative of a number that is shown of each row or
// group as an aggregate: 每个公司的最大占比, "the highest price in each category".
// What ranks something else stands behind it, behind "with", or is asked for.
func (s *sentence) joinExtreme(i int, m Top) {
	t, ok := s.thingAt(i + 1)
	if !ok || m.N != 0 || m.Nth || m.Count || len(m.Hints) > 0 || t.dim == nil || t.via != "" || !isMeasurable(t.dim) || t.marks != 0 {
		return
	}
	if g, ok := s.glue(i - 1); ok && g.How != Has && s.text.At(s.nodes[i-1].end-1).Norm != "的" || is[Verb](s, i-1) || s.anyMarked(markWhich|markAsked) {
		return
	}
	if _, ok := s.thingAt(i + 2); ok {
		return
	}
	if g, ok := s.glue(i + 2); ok && g.How == Has {
		return
	}
	split := slices.ContainsFunc(s.nodes, func(n node) bool {
		t, ok := n.means.(thing)
		return ok && (t.table != nil || t.marks&(markEach|markBy) != 0)
	})
	if !split {
		return
	}
	fn := "min"
	if m.Desc {
		fn = "max"
	}
	s.join(i, i+1, measure{dim: t.dim, agg: fn})
}

// bothExtremes reads 均价最高和最低分别是多少: superlatives behind one number, with
// nothing behind them that they could rank.
func (s *sentence) bothExtremes(i int) bool {
	before := s.skip(i-1, -1)
	t, ok := s.thingAt(before)
	if !ok || t.dim == nil || !isMeasurable(t.dim) || t.marks != 0 || !is[Linker](s, i+1) || !isBareTop(s, i) || !isBareTop(s, i+2) {
		return false
	}
	if _, ranked := s.thingAt(i + 3); ranked || is[Glue](s, i+3) {
		return false
	}
	for _, j := range []int{i, i + 2} {
		top, _ := as[Top](s.nodes[j])
		m := measure{dim: t.dim, via: t.via, agg: "min"}
		if top.Desc {
			m.agg = "max"
		}
		s.nodes[j].means = m
	}
	s.nodes = slices.Delete(s.nodes, before, before+1)
	return true
}

// extremesOfOne reads 最高定价和最低定价: two superlatives of one number.
func (s *sentence) extremesOfOne(i int) bool {
	a, isA := s.thingAt(i + 1)
	b, isB := s.thingAt(i + 4)
	if !isA || !isB || a.dim == nil || !a.same(b) || !isMeasurable(a.dim) || a.marks|b.marks != 0 || !is[Linker](s, i+2) || !isBareTop(s, i) || !isBareTop(s, i+3) {
		return false
	}
	if _, ranked := s.thingAt(i + 5); ranked || is[Glue](s, i+5) {
		return false
	}
	for _, j := range []int{i, i + 3} {
		top, _ := as[Top](s.nodes[j])
		m := measure{dim: a.dim, via: a.via, agg: "min"}
		if top.Desc {
			m.agg = "max"
		}
		s.nodes[j].means, s.nodes[j+1].means = m, Noise{}
	}
	return true
}

// isBareTop reports whether node i is a superlative without a number or a key of
// its own.
func isBareTop(s *sentence, i int) bool {
	if i < 0 || i >= len(s.nodes) {
		return false
	}
	top, ok := as[Top](s.nodes[i])
	return ok && top.N == 0 && !top.Nth && len(top.Hints) == 0
}

// joinAggs aggregates, and gives its operand to the aggregates listed with it:
// "average, minimum and maximum age", 年龄的最大值和最小值.
func (s *sentence) joinAggs(i int, a Agg) {
	if a.Before {
		last := i - 1
		for last >= 0 && is[Linker](s, last) {
			last--
		}
		if m, ok := s.columnMeasure(last); ok && last < i-1 {
			m.agg = a.Func
			s.nodes[i].means = m
			return
		}
		s.twiceAggregated(i, a)
		s.joinAgg(i, a)
		return
	}
	next := i + 1
	for next < len(s.nodes) && is[Linker](s, next) {
		next++
	}
	if next == i+1 || next >= len(s.nodes) {
		s.joinAgg(i, a)
		return
	}
	listed, ok := as[Agg](s.nodes[next])
	if ok && listed.Before {
		return
	}
	if ok {
		s.joinAggs(next, listed)
	}
	m, ok := s.columnMeasure(next)
	if own, named := s.ownAggregate(next); named {
		m, ok = own, true
	}
	if ok && m.agg != "sum" {
		m.agg = a.Func
		s.nodes[i].means = m
	}
}

// columnMeasure returns the aggregate of a column at node i.
func (s *sentence) columnMeasure(i int) (measure, bool) {
	if i < 0 || i >= len(s.nodes) {
		return measure{}, false
	}
	m, ok := as[measure](s.nodes[i])
	if !ok || m.metric != nil || m.dim == nil || m.table != nil || m.agg == "count_distinct" || len(m.per)+len(m.over) > 0 {
		return measure{}, false
	}
	return m, true
}

// joinAgg aggregates the column or the measure next to an aggregate's name.
func (s *sentence) joinAgg(i int, a Agg) {
	j := i + 1
	if a.Before {
		j = i - 1
	}
	for j >= 0 && j < len(s.nodes) && is[Glue](s, j) {
		if a.Before {
			j--
		} else {
			j++
		}
	}
	if j < 0 || j >= len(s.nodes) {
		return
	}
	if a.Func == "sum" && s.sumsAnyway(i) {
		s.nodes[i].means = Noise{}
		return
	}
	if a.Before && s.ofAllCompared(j) {
		s.nodes = slices.Delete(s.nodes, j, i)
		return
	}
	if a.Func == "sum" {
		s.draft.summed = true
		if m, ok := s.memberAt(j); ok && a.Before {
			m.and = false
			s.nodes[j].means, s.nodes[i].means = m, Noise{} // of this and that combined
			return
		}
	}
	if !a.Before && s.aggregateOfKind(i, a) {
		return
	}
	m, ok := s.totalPerRow(i, j, a)
	if !ok {
		m, ok = s.aggregate(s.nodes[j], a.Func)
	}
	if !ok {
		return
	}
	s.join(min(i, j), max(i, j), m)
	s.spreadAgg(min(i, j), a)
}

// aggregate applies an aggregate to a node.
func (s *sentence) aggregate(n node, fn string) (measure, bool) {
	switch m := n.means.(type) {
	case thing:
		if m.dim != nil && (isMeasurable(m.dim) || isTime(m.dim) && (fn == "min" || fn == "max")) {
			return measure{dim: m.dim, via: m.via, agg: fn}, true
		}
	case measure:
		if m.metric == nil {
			if m.dim != nil && m.agg != "count_distinct" {
				m.agg = fn
				return m, true
			}
			if fn == "sum" {
				return m, true
			}
			m.agg = fn + "_of_count"
			return m, true
		}
		return s.aggregateMetric(n, m, fn), true
	}
	return measure{}, false
}

// aggregateMetric is a metric under an aggregate: itself where it is computed
// that way already, the rows behind it where it is a plain sum of a column.
func (s *sentence) aggregateMetric(n node, m measure, fn string) measure {
	call, simple := m.metric.Expr.(semantic.Call)
	if simple && call.Func == fn || fn == "sum" {
		return m
	}
	if fn != "avg" && !canReaggregate(m.metric) {
		s.charge("aggregate that the metric does not bear", costIdle, n)
		s.draft.idle = true // the median of a ratio is another number than the ratio
	}
	m.agg = fn
	s.charge("aggregate of a metric", costGuess, n)
	return m
}

// spreadAgg gives the aggregate to the columns listed behind the first: average
// price and weight.
func (s *sentence) spreadAgg(i int, a Agg) {
	if a.Before {
		return
	}
	for i+2 < len(s.nodes) {
		link, ok := as[Linker](s.nodes[i+1])
		if !ok || link.How != AndLink && link.How != CommaLink {
			return
		}
		t, ok := as[thing](s.nodes[i+2])
		if !ok || t.dim == nil || !isMeasurable(t.dim) || t.marks&(markBy|markEach|markWhich) != 0 {
			return
		}
		s.nodes[i+2].means = measure{dim: t.dim, agg: a.Func}
		i += 2
	}
}
