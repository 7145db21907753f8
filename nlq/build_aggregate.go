package nlq

import (
	"slices"

	"wenshu/semantic"
)

// aggregate builds a query that computes measures.
func (b *builder) aggregate() (*semantic.Query, bool) {
	b.q = &semantic.Query{}
	b.ownOutcomes()
	if len(b.measures) == 0 {
		return nil, false
	}
	b.throughActs()
	b.home = b.measures[0].home()
	if m := b.measures[0]; m.table != nil || b.r.countedBy[m.metric] != nil {
		b.entity = m.home()
		if t := b.r.countedBy[m.metric]; t != nil {
			b.entity = t
		}
	}
	b.ownConformed()
	b.datedGrain()
	b.absorb()
	b.unsaidSplits()
	b.extremeAsked()
	b.strayNumbers()
	b.rankWithin()
	b.splitMembers()
	b.festivalsApart()
	b.splitPeriods()
	b.declaredCount()
	b.countDenied()
	b.ownAmount()
	b.scopeTests()
	if b.contradicted() {
		b.d.idle = true
		b.s.charge("a count of one kind among another", costIdle, node{})
	}
	b.throughLink()
	b.rateOfItself()
	b.scopeOfZeros()
	b.measuresOfSplit()
	for _, m := range b.measures {
		b.q.Items = append(b.q.Items, semantic.Item{Expr: b.r.exprOf(m)})
	}
	b.ownEntity()
	b.countedByName()
	b.countedByItself()
	b.groups()
	b.times()
	b.span()
	b.shares()
	b.ranks()
	b.filters()
	b.inARow()
	b.having()
	b.ofEach()
	b.zerosToo()
	b.order()
	b.compare()
	b.askedFor()
	return b.q, true
}

// ownOutcomes makes the measures that are only tested the ones that are shown,
// where no other is asked for.
func (b *builder) ownOutcomes() {
	if len(b.measures) > 0 {
		return
	}
	for _, o := range b.d.outcomes {
		b.addMeasure(plain(o.measure))
	}
}

// absorb drops entities that only say whose measure it is.
func (b *builder) absorb() {
	ranked := len(b.d.outcomes) > 0 || slices.ContainsFunc(b.d.orderings, func(o ordering) bool { return !o.only })
	if b.extremeRow() {
		b.d.idle = true
		b.s.charge("the extreme of a row", costIdle, node{})
	}
	b.whichCounted()
	b.things = slices.DeleteFunc(b.things, func(t thing) bool {
		if t.marks == markFilter && !ranked || t.has(markLink) {
			return true
		}
		if t.home() == b.home && !ranked && b.entity == nil && len(b.d.shows) == 0 && b.meansAll(t) {
			return true
		}
		if t.dim != nil && !t.timed && t.marks == 0 && (isMeasurable(t.dim) || isTime(t.dim)) && b.entity != nil && b.tested(t.dim) {
			return true // a price above 20
		}
		if t.noun && t.marks == 0 && t.dim.Table == b.home && b.splits() && !b.d.linked {
			return true // the total box office of films by kind
		}
		if t.table != nil && t.marks&^markEach == 0 && !ranked && b.qualified(t.table) {
			return true
		}
		if t.table != nil && t.marks&^markFilter == 0 && !ranked && b.d.summed && b.entity != nil && t.table != b.entity && b.describedBy(t.table) {
			return true // 成都的高校一共多少老师
		}
		if t.table != nil && t.marks&^markFilter == 0 && !ranked && b.averagedOver(t.table) {
			return true // 付费学员人均消费: not each by itself
		}
		if t.noun && t.dim != nil && isTime(t.dim) && t.marks == 0 && t.dim.Table == b.home && !t.timed {
			return true // 各出版了几本: the act, not its date
		}
		if !ranked && b.rowsOfOwner(t) {
			return true // 各城市高校的最大面积
		}
		if t.table != nil && t.table == b.home && t.marks == markBy && len(b.things) > 1 && b.entity == nil {
			return true // cited by publications: the rows themselves, not a split by them
		}
		if t.home() == b.home && b.home != nil && (t.table != nil || t.dim != nil && isDisplay(t.dim)) && b.home == b.entity && t.marks&^(markBy|markEach) == 0 && slices.ContainsFunc(b.things, func(o thing) bool { return o.has(markSpread) }) {
			return true // the distribution of weight across all cars
		}
		if t.dim != nil && t.marks == 0 && b.home == b.entity && t.dim.Table == b.home && b.r.standsFor(t.dim) && len(b.things) > 1 && slices.ContainsFunc(b.things, func(o thing) bool { return o.marks&(markBy|markEach) != 0 }) {
			return true // the rows that are counted, not a split by them
		}
		return t.table != nil && t.table == b.home && t.marks&^(markListed|markAsked|markWhich|markFilter) == 0 && (b.entity == b.home || t.marks&^markFilter == 0)
	})
}

// averagedOver reports whether all measures are averages over the rows of an entity: what
// buyers spend each.
func (b *builder) averagedOver(entity *semantic.Table) bool {
	return len(b.measures) > 0 && !slices.ContainsFunc(b.measures, func(m measure) bool { return !b.r.perEach(m, entity) })
}

// perEach reports whether a metric divides by how many different rows of an entity there are.
func (r *Reader) perEach(m measure, entity *semantic.Table) bool {
	if m.metric == nil || len(entity.Keys) == 0 || len(entity.Keys[0]) != 1 {
		return false
	}
	over, ok := m.metric.Expr.(semantic.Binary)
	if !ok || over.Op != semantic.Div {
		return false
	}
	call, ok := over.R.(semantic.Call)
	if !ok || call.Func != "count_distinct" || len(call.Args) != 1 {
		return false
	}
	name, ok := call.Args[0].(semantic.Name)
	d := r.dimensionOf(name)
	return ok && d != nil && d.Same != nil && d.Same.Table == entity
}

// describedBy reports whether a test is of an entity or of what it leads to.
func (b *builder) describedBy(t *semantic.Table) bool {
	return slices.ContainsFunc(b.conds, func(c condition) bool { return c.home() != nil && b.r.graph.hops(t, c.home()) >= 0 })
}

// tested reports whether a test is about a column.
func (b *builder) tested(d *semantic.Dimension) bool {
	return slices.ContainsFunc(b.conds, func(c condition) bool { return c.dim == d && c.test != nil })
}

// qualified reports whether results are split by an attribute that stands right
// before the noun of its entity: 各学院学生的平均成绩.
func (b *builder) qualified(entity *semantic.Table) bool {
	return slices.ContainsFunc(b.things, func(t thing) bool { return t.qualifies == entity })
}

// strayNumbers settles the columns of numbers that stand among the groups
// without a word that splits by them: an attribute of an entity that results are
// split by stays, the column of a measure goes, any other is aggregated too.
func (b *builder) strayNumbers() {
	kept := b.things[:0:0]
	for _, t := range b.things {
		if t.dim == nil || t.timed || !isMeasurable(t.dim) || t.marks&(markBy|markEach|markWhich) != 0 {
			kept = append(kept, t)
			continue
		}
		switch {
		case slices.ContainsFunc(b.measures, func(m measure) bool { return m.dim == t.dim }):
		case slices.ContainsFunc(b.things, func(o thing) bool { return o.dim != t.dim && o.home() == t.dim.Table && !o.timed }):
			kept = append(kept, t)
		case (!b.d.linked && !b.splits() || b.d.present.Chart != "" || isYears(t.dim)) && t.dim.Type.Kind == semantic.Int:
			if b.entity != nil && b.d.present.Chart == "" && !b.splits() && t.marks == 0 && !isYears(t.dim) {
				b.d.idle = true // products that are out of stock are not counted by their stock
				b.s.charge("a number beside a count", costIdle, node{})
			}
			kept = append(kept, t) // cylinders average mpg
		case isYears(t.dim) && t.dim.Sum == "":
			kept = append(kept, t) // never the sum of years
		default:
			b.addMeasure(measure{dim: t.dim, via: t.via, agg: sumOf(t.dim), bare: true})
			b.s.assume("aggregate")
		}
	}
	b.things = kept
}

// splitMembers shows each member that is compared or listed by itself, unless a
// total is asked for.
func (b *builder) splitMembers() {
	for i, c := range b.conds {
		if c.dim == nil || c.test != nil || c.not || len(c.values) < 2 {
			continue
		}
		b.conds[i].and = c.and && !b.d.compared // what is compared is looked at one by one
		if !b.d.compared && (!c.and || b.d.summed || b.entity != nil && !b.d.counted) || b.hasDimension(c.dim) {
			continue
		}
		b.things = append(b.things, thing{dim: c.dim, via: c.via, marks: markBy})
		if !b.d.compared {
			b.s.assume("each_member")
		}
	}
	b.d.compared = false
}

// rankWithin ranks what a member is a kind of: the best selling lamp is a
// product, the one table between what is computed and the kinds of lamps.
func (b *builder) rankWithin() {
	if len(b.things) > 0 || len(b.d.orderings) != 1 || b.d.orderings[0].only || b.home == nil {
		return
	}
	o := b.d.orderings[0]
	for _, c := range b.conds {
		if c.dim == nil || c.test != nil || c.not || len(c.values) != 1 || c.from < o.end || c.from > o.end+1 {
			continue
		}
		var found *semantic.Table
		for _, t := range b.r.model.Tables {
			if t == b.home || t == c.dim.Table || b.r.graph.hops(b.home, t) != 1 || b.r.graph.hops(t, c.dim.Table) < 1 || len(t.Display) == 0 {
				continue
			}
			if found != nil {
				return
			}
			found = t
		}
		if found != nil {
			b.things = append(b.things, thing{dim: found.Display[0], marks: markBy | markTop})
		}
		return
	}
}

// splitPeriods shows each of several periods by itself, as members are: the sum
// of this month and the one before last is an answer to nobody's question.
func (b *builder) splitPeriods() {
	if len(b.d.periods) < 2 || b.d.or || len(b.d.versus) > 0 || slices.ContainsFunc(b.things, func(t thing) bool { return t.timed }) {
		return
	}
	unit, _ := periodUnit(b.d.periods[0])
	for _, p := range b.d.periods {
		u, n := periodUnit(p)
		if u != unit && u != semantic.NoUnit && unit != semantic.NoUnit {
			b.d.idle = true // a year and a month have no sum that anybody asks for
			b.s.charge("periods of different length", costIdle, node{})
		}
		if u != unit || n != 1 || u == semantic.NoUnit {
			return
		}
	}
	b.things = append(b.things, thing{timed: true, grain: semantic.Grain{Unit: unit}, marks: markBy})
	b.s.assume("each_member")
}

func (b *builder) hasDimension(d *semantic.Dimension) bool {
	return slices.ContainsFunc(b.things, func(t thing) bool {
		return t.dim == d || t.table != nil && len(t.table.Display) > 0 && t.table.Display[0] == d
	})
}

// linkTo returns the one table that leads to the entity and to another table;
// nil when none or several do.
func (b *builder) linkTo(other *semantic.Table) *semantic.Table {
	if b.r.graph.hops(other, b.entity) >= 0 {
		return other
	}
	links := b.r.graph.links(b.entity, other)
	if named := b.namedAmong(links); named != nil {
		return named
	}
	if len(links) == 1 {
		return links[0]
	}
	return nil
}

// namedAmong returns the table that a verb or a noun of the question names.
func (b *builder) namedAmong(tables []*semantic.Table) *semantic.Table {
	for _, t := range tables {
		if slices.ContainsFunc(b.d.owners, func(o thing) bool { return o.table == t }) ||
			slices.ContainsFunc(b.things, func(o thing) bool { return o.table == t }) {
			return t
		}
	}
	for _, v := range b.d.verbs {
		if t := b.r.hinted(tables, v.verb.Hints); t != nil {
			return t
		}
		act := v.verb.through
		if act == nil {
			act = b.r.hinted(b.r.model.Tables, v.verb.Hints)
		}
		if t := b.r.nearestTo(act, tables); t != nil {
			return t
		}
	}
	return nil
}

// nearestTo returns the one table that leads to an act in the fewest joins; nil
// when none or several do.
func (r *Reader) nearestTo(act *semantic.Table, tables []*semantic.Table) *semantic.Table {
	var best *semantic.Table
	least, several := -1, false
	for _, t := range tables {
		switch d := r.graph.hops(t, act); {
		case d < 0:
		case least < 0 || d < least:
			best, least, several = t, d, false
		case d == least:
			several = true
		}
	}
	if several {
		return nil
	}
	return best
}

// groups writes what results are split by.
func (b *builder) groups() {
	b.dropCoarse()
	b.dropNames()
	b.dropOfBoth()
	if m := b.d.moving; m != nil && m.Unit != semantic.NoUnit && !slices.ContainsFunc(b.things, func(t thing) bool { return t.timed }) {
		b.things = append(b.things, thing{timed: true, grain: semantic.Grain{Unit: m.Unit}, marks: markBy})
	}
	b.axisTwice()
	for i := range b.things {
		t := &b.things[i]
		if t.timed && t.grain == (semantic.Grain{}) {
			t.grain, t.trend = semantic.Grain{Unit: max(b.trendGrain(), b.finest())}, true
		}
		if t.trend && len(b.d.periods) > 0 && t.grain.Unit != semantic.NoUnit {
			b.q.Fill = semantic.FillNull
		}
		b.splitsNothing(*t)
		if t.marks == markObject {
			b.d.idle = true
			b.s.charge("what was acted on splits nothing", costIdle, node{})
		}
		if t.marks == 0 && (t.table != nil && t.via != "" || t.dim != nil && t.dim.Of != nil && t.dim.Of.To == t.dim.Table) {
			b.d.idle = true // the salary of managers is not split by whose manager they are
			b.s.charge("a role that nothing splits by", costIdle, node{})
		}
		if t.marks&^markFilter == 0 && t.table != nil && b.entity != nil && len(b.measures) == 1 && b.r.graph.hops(t.table, b.entity) >= 1 {
			b.d.idle = true // customers are not split by each of their refunds
			b.s.charge("an entity split by its acts", costIdle, node{})
		}
		if of := t.dim; t.has(markEach) && of != nil && of.Of != nil && of.Of.To == of.Table && of.Table == b.entity && !slices.ContainsFunc(b.conds, func(c condition) bool { return c.dim == of && c.test != nil }) {
			b.restrict(semantic.IsNull{X: b.r.thingExpr(*t), Not: true}) // whoever has no manager is no report of one
		}
		b.timeless(t)
		b.present(*t)
	}
	b.rankedByName()
	for _, t := range b.things {
		b.q.By = append(b.q.By, semantic.Group{Expr: b.r.thingExpr(b.rooted(t))})
	}
	b.bandGroup()
}

// present leaves out what has none of the things that results are split by, where
// only a table of acts leads there: the term of courses that nobody takes.
func (b *builder) present(t thing) {
	if t.timed || t.via != "" || b.home == nil || b.entity == nil || b.r.graph.hops(b.home, t.home()) >= 0 {
		return
	}
	d := t.dim
	if t.table != nil && len(t.table.Display) > 0 {
		d = t.table.Display[0]
	}
	if d == nil || d.Of != nil || slices.ContainsFunc(b.measures, func(m measure) bool { return m.home() != b.home || len(m.over) > 0 }) {
		return
	}
	if t.dim != nil && isMeasurable(t.dim) && b.r.graph.hops(t.home(), b.entity) < 0 && !b.isNamed(t.home()) {
		b.d.idle = true // of users whose orders riders deliver, the age of the riders is no age
		b.s.charge("a number of somebody else", costIdle, node{})
	}
	b.restrict(semantic.IsNull{X: b.r.nameOf(d, ""), Not: true})
}

// axisTwice drops a trend without a grain beside the column of time it runs
// over: the trend of the budget by release year.
func (b *builder) axisTwice() {
	named := slices.ContainsFunc(b.things, func(t thing) bool { return t.dim != nil && (isTime(t.dim) || isYears(t.dim)) })
	if !named {
		return
	}
	b.things = slices.DeleteFunc(b.things, func(t thing) bool { return t.timed && t.dim == nil && t.grain == semantic.Grain{} })
}

// datedGrain takes a date that nothing marks as a group for what the grain beside it
// counts by: the claims that were notified in each month.
func (b *builder) datedGrain() {
	grain := slices.IndexFunc(b.things, func(t thing) bool { return t.timed && t.dim == nil && t.grain.Unit != semantic.NoUnit })
	if grain < 0 || b.d.on != nil || b.home == nil {
		return
	}
	dated := func(t thing) bool {
		return !t.timed && t.dim != nil && t.marks == 0 && isTime(t.dim) && t.dim.Table == b.home
	}
	at := slices.IndexFunc(b.things, dated)
	if at < 0 || slices.ContainsFunc(b.things[at+1:], dated) {
		return
	}
	d := b.things[at].dim
	if b.things[grain].dim = d; len(b.d.periods) > 0 {
		b.things[grain].dim, b.d.on = nil, d
	}
	b.things = slices.Delete(b.things, at, at+1)
}

// dropCoarse drops a grain that only says what a repeating part repeats in: the
// hour of each day.
func (b *builder) dropCoarse() {
	cycle := slices.IndexFunc(b.things, func(t thing) bool { return t.timed && t.grain.Cyclic != semantic.NoCycle })
	if cycle < 0 {
		return
	}
	b.things = slices.DeleteFunc(b.things, func(t thing) bool {
		return t.timed && t.grain.Unit != semantic.NoUnit && t.grain.Unit == repeatsIn[b.things[cycle].grain.Cyclic]
	})
}

// repeatsIn is the unit that a repeating part repeats in.
var repeatsIn = map[semantic.Cyclic]semantic.Unit{
	semantic.HourOfDay: semantic.Day, semantic.DayOfWeek: semantic.Week, semantic.DayOfMonth: semantic.Month,
	semantic.DayOfYear: semantic.Year, semantic.WeekOfYear: semantic.Year, semantic.MonthOfYear: semantic.Year,
	semantic.QuarterOfYear: semantic.Year,
}

// timeless gives a grain the date it is about, where the home has no time of
// its own but one date.
func (b *builder) timeless(t *thing) {
	if t.timed && t.dim == nil {
		if b.d.on != nil {
			t.dim = b.d.on
			return
		}
		if d := b.onlyDate(); d != nil {
			t.dim = d
		} else if d := b.numberOfYear(); d != nil && t.grain.Unit == semantic.Year {
			t.dim, t.timed, t.trend = d, false, false
		}
	}
	if t.dim != nil && !t.timed && isTime(t.dim) && t.marks&(markBy|markEach) != 0 && t.dim.Type.Kind == semantic.Timestamp {
		t.timed, t.grain = true, semantic.Grain{Unit: semantic.Day}
	}
}

// onlyDate returns the one date of a home without a time axis; nil when it has
// an axis, or none or several dates, or something else that is measured has an axis.
func (b *builder) onlyDate() *semantic.Dimension {
	dated := func(m measure) bool {
		return m.metric != nil && m.metric.Time != nil || m.home() != nil && m.home().Time != nil
	}
	if b.home == nil || b.home.Time != nil || slices.ContainsFunc(b.measures, dated) {
		return nil
	}
	var only *semantic.Dimension
	for _, d := range b.home.Dimensions {
		if isTime(d) && !isBirth(d) {
			if only != nil {
				return nil
			}
			only = d
		}
	}
	return only
}

// finest is the finest grain that the time of the measures can show.
func (b *builder) finest() semantic.Unit {
	axis := b.d.on
	if axis == nil && len(b.measures) > 0 && b.measures[0].metric != nil {
		axis = b.measures[0].metric.Time
	}
	if axis == nil && b.home != nil {
		axis = b.home.Time
	}
	if axis == nil {
		axis = b.onlyDate()
	}
	switch {
	case axis != nil:
		return axis.Type.Finest()
	case b.numberOfYear() != nil:
		return semantic.Year
	}
	return semantic.NoUnit
}

// trendGrain is the grain of a trend for which none was said: a finer unit than
// the period.
func (b *builder) trendGrain() semantic.Unit {
	if len(b.d.periods) == 0 {
		return semantic.Month
	}
	unit, n := periodUnit(b.d.periods[0])
	switch {
	case unit == semantic.Day && n <= 92, unit == semantic.Week && n <= 12, unit == semantic.Month && n <= 2:
		return semantic.Day
	case unit == semantic.Day && n <= 366:
		return semantic.Week
	case unit == semantic.Year && n > 5:
		return semantic.Year
	}
	return semantic.Month
}

// periodUnit returns the unit a period is counted in and how many of it.
func periodUnit(p semantic.Period) (semantic.Unit, int) {
	switch p := p.(type) {
	case semantic.Relative:
		return p.Unit, p.To - p.From + 1
	case semantic.Absolute:
		return p.Unit, 1
	case semantic.ToDate:
		return periodUnit(p.Of)
	case semantic.Within:
		return p.Unit, p.To - p.From + 1
	case semantic.Shifted:
		return periodUnit(p.Of)
	}
	return semantic.NoUnit, 0
}

// having writes the tests on results. Tests of something else than what is
// counted fix the set of what is counted first.
func (b *builder) having() {
	before := -1
	for _, o := range b.d.outcomes {
		if b.entity != nil && !b.isMeasure(o.measure) && b.r.graph.hops(o.measure.home(), b.entity) > 0 {
			b.restrict(semantic.In{X: b.entityName(), Sub: b.setOf(o)})
			continue
		}
		if len(b.q.By) == 0 && b.testTotal(o) {
			continue
		}
		if len(b.q.By) == 0 {
			b.d.idle = true
			b.s.charge("a test of a total", costIdle, node{from: o.from, end: o.from + 1})
		}
		b.eitherOutcome(o, before, b.outcomeExpr(o))
		before = o.from
	}
}

func (b *builder) isMeasure(m measure) bool {
	return slices.ContainsFunc(b.measures, func(o measure) bool { return sameMeasure(o, plain(m)) })
}

func (b *builder) outcomeExpr(o outcome) semantic.Expr {
	x := b.r.exprOf(plain(o.measure))
	if o.change != "" {
		x = semantic.Call{Func: o.change, Args: []semantic.Expr{x}}
	}
	if o.overall {
		all, ok := b.overall(plain(o.measure))
		if !ok {
			b.d.idle = true
			b.s.charge("an average of no groups", costIdle, node{})
			return x
		}
		o.args = []semantic.Expr{all}
	}
	return numberTest(o.op, o.args)(x)
}

func (b *builder) entityName() semantic.Name { return b.r.entityName(b.entity) }

func (b *builder) restrict(e semantic.Expr) { b.q.Where = both(b.q.Where, e) }
