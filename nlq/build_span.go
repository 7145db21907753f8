package nlq

import (
	"slices"

	"wenshu/semantic"
)

// span settles the period of a question that names none, where the default of its
// metric cannot be what is meant.
func (b *builder) span() {
	if len(b.q.During) > 0 || b.d.on != nil || b.d.inARow != nil || len(b.measures) == 0 {
		return
	}
	b.everDone()
	b.atPresent()
	b.stillThere()
	b.stillOpen()
	b.severalPeriods()
}

// severalPeriods shows more than one month where results are split by month and
// the default is the month that runs: 哪个月销售额最高 is no question about one.
func (b *builder) severalPeriods() {
	at := slices.IndexFunc(b.things, func(t thing) bool { return t.timed && t.dim == nil && t.grain.Unit != semantic.NoUnit })
	if at < 0 || len(b.q.During) > 0 {
		return
	}
	parts := b.measures[:1]
	if over := b.measures[0].over; len(over) > 0 {
		parts = over // ad spend as a percentage of revenue
	}
	grain := b.things[at].grain.Unit
	for _, part := range parts {
		m := part.metric
		if m == nil || m.OverTime != "" {
			return
		}
		if unit, n := periodUnit(b.r.defaultOf(m)); n != 1 || unit > max(grain, semantic.Month) || grain < semantic.Week {
			return
		}
	}
	b.q.During = []semantic.Period{semantic.AllTime{}}
	if n, ok := usualSpans[grain]; ok {
		b.q.During = []semantic.Period{semantic.Relative{Unit: grain, From: 1 - n, To: 0}}
	}
}

// defaultOf is the period of a metric when none is said: its own, or that of the
// first that it is computed from; nil for all.
func (r *Reader) defaultOf(m *semantic.Metric) semantic.Period {
	found := m.Default
	semantic.Walk(m.Expr, func(e semantic.Expr) {
		name, ok := e.(semantic.Name)
		if !ok || found != nil || len(name.Path) != 1 {
			return
		}
		for _, o := range r.model.Metrics {
			if o != m && o.Name == name.Path[0] {
				found = r.defaultOf(o)
			}
		}
	})
	return found
}

// usualSpans is how many periods are shown where none is named; all of the longer
// ones.
var usualSpans = map[semantic.Unit]int{semantic.Week: 12, semantic.Month: 12, semantic.Quarter: 8}

// atPresent takes what is counted of a daily record for that of the day its
// balances are of, where the present is meant: 现在缺货的商品 are not all that were
// out of stock since the month began.
func (b *builder) atPresent() {
	if !b.d.now || len(b.q.During) > 0 || len(b.d.versus) > 0 {
		return
	}
	m := b.measures[0].metric
	if m == nil || m.Home == nil || m.Default == nil || m.OverTime != "" {
		return
	}
	for _, o := range b.r.model.Metrics {
		if o.Home == m.Home && o.OverTime != "" && o.Default != nil {
			b.q.During = []semantic.Period{o.Default}
			return
		}
	}
}

// everDone is all of time for a question of who did something how often, of which
// no time was said: the metric that counts the acts may have another default.
func (b *builder) everDone() {
	if len(b.d.versus) > 0 || len(b.measures) != 1 {
		return
	}
	if slices.ContainsFunc(b.d.outcomes, func(o outcome) bool {
		return (o.acts || b.haveSoMany(o)) && sameMeasure(plain(o.measure), b.measures[0])
	}) {
		b.q.During = []semantic.Period{semantic.AllTime{}}
	}
}

// haveSoMany reports whether an outcome says how many rows somebody has, and nothing else is
// asked: customers with more than 10 orders have had them since they came.
func (b *builder) haveSoMany(o outcome) bool {
	m := plain(o.measure)
	if !b.r.isCount(m) || len(b.things) != 1 || b.things[0].table == nil || b.things[0].table == m.home() || b.things[0].marks&(markBy|markEach) != 0 {
		return false
	}
	if p := b.usualPeriod(m); p == nil || p == (semantic.AllTime{}) {
		return false
	}
	return len(b.d.periods) == 0 && len(b.d.orderings) == 0
}

// stillThere leaves out what has ended, where the present is meant and rows say from
// when to when they are: the drivers we have now are not those who left.
func (b *builder) stillThere() {
	if !b.d.now || len(b.q.During) > 0 || len(b.d.versus) > 0 || b.home == nil || slices.ContainsFunc(b.measures, func(m measure) bool { return m.home() != b.home }) {
		return
	}
	end, ok := b.r.attributeByHints(b.home, endHints, isTime)
	began := slices.ContainsFunc(b.home.Dimensions, func(d *semantic.Dimension) bool { return d != end && isTime(d) && !isBirth(d) })
	if !ok || !began || slices.ContainsFunc(b.conds, func(c condition) bool { return c.dim == end }) {
		return
	}
	name := b.r.nameOf(end, "")
	b.restrict(semantic.Binary{Op: semantic.Or, L: semantic.IsNull{X: name}, R: semantic.During{
		Of: name, Periods: []semantic.Period{semantic.Open{How: semantic.After, Of: semantic.Relative{Unit: semantic.Day}}},
	}})
}

// stillOpen is all of time for a count of what has not come to its end, of which no time
// was said: 还没到货的采购单 are not only those of the month that runs.
func (b *builder) stillOpen() {
	if len(b.q.During) > 0 || len(b.d.versus) > 0 || len(b.measures) != 1 || !b.r.isCount(b.measures[0]) && !isPlainSum(b.measures[0]) || slices.ContainsFunc(b.things, func(t thing) bool { return t.timed }) {
		return
	}
	if p := b.usualPeriod(b.measures[0]); p == nil || p == (semantic.AllTime{}) {
		return
	}
	for _, c := range b.conds {
		if !c.not && (slices.ContainsFunc(semantic.Conjuncts(c.fixed), b.missesDate) || b.stillSo(c)) {
			b.q.During = []semantic.Period{semantic.AllTime{}}
		}
	}
}

// isPlainSum reports whether a measure is a metric that adds up a column: what is still owed
// of invoices.
func isPlainSum(m measure) bool {
	return m.metric != nil && m.metric.OverTime == "" && isSum(m.metric)
}

// stillSo reports whether a condition is a state of what is counted that is said to last:
// purchase orders still in transit.
func (b *builder) stillSo(c condition) bool {
	return c.dim != nil && c.dim.Closed && len(c.values) > 0 && c.dim.Table == b.measures[0].home() &&
		slices.ContainsFunc(b.s.text.Tokens, func(t Token) bool { return t.Norm == "still" })
}

// missesDate reports whether a test is that a date of what is counted is missing.
func (b *builder) missesDate(test semantic.Expr) bool {
	null, ok := test.(semantic.IsNull)
	name, named := null.X.(semantic.Name)
	if !ok || !named || null.Not {
		return false
	}
	d := b.r.dimensionOf(name)
	return d != nil && isTime(d) && d.Table == b.home
}

// endHints name the date from which something is no more.
var endHints = []string{"end date", "left", "leave date", "leaving date", "termination date", "terminated", "end", "ended", "resigned", "离职日期", "离职时间", "结束日期", "终止日期"}
