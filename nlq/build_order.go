package nlq

import (
	"slices"

	"wenshu/semantic"
)

// order writes the sort and the limit.
func (b *builder) order() {
	for _, o := range b.d.orderings {
		if o.rows && o.by == nil && o.attribute == nil && len(b.measures) > 0 {
			o.hints, o.desc = nil, !o.desc // the first 3 stores by revenue have the most
		}
		key, ok := b.sortKey(o)
		if !ok {
			b.d.idle = true
			b.s.charge("an order of nothing", costIdle, node{from: o.from, end: o.end})
			continue
		}
		if name, ok := key.(semantic.Name); ok && o.flip && o.by == nil && o.attribute == nil && len(o.hints) > 0 {
			if d := b.r.dimensionOf(name); d != nil && backwards(d) {
				o.desc = !o.desc // the oldest store opened first
			}
		}
		if b.lessIsBetter(o, key) {
			o.desc = !o.desc
		}
		if m, ok := b.hintedMeasure(o); ok && o.by == nil && o.attribute == nil && len(o.hints) > 0 && b.s.paced(o) && ofTime(m) {
			o.desc = !o.desc // the quickest take the least time
		}
		if !slices.ContainsFunc(b.q.Sort, func(k semantic.Sort) bool { return semantic.ExprString(k.Expr) == semantic.ExprString(key) }) {
			b.q.Sort = append(b.q.Sort, semantic.Sort{Expr: key, Desc: o.desc})
		}
		b.limit(o)
	}
}

// lessIsBetter reports whether the best or worst is asked for by a metric of which
// less is better: the worst machine by downtime has the most of it.
func (b *builder) lessIsBetter(o ordering, key semantic.Expr) bool {
	if !slices.ContainsFunc(b.s.text.Tokens[o.from:o.end], func(t Token) bool { return judging[t.Norm] }) {
		return false
	}
	if name, ok := key.(semantic.Name); ok && len(name.Path) == 1 {
		if m := b.r.model.Metric(name.Path[0]); m != nil && m.Good != 0 {
			return m.Good == semantic.DownIsGood
		}
	}
	if len(b.measures) == 0 || !b.r.isCount(b.measures[0]) {
		return false
	}
	for at, t := range b.s.text.Tokens {
		if mishaps[t.Norm] || (t.Norm == "shows" || t.Norm == "show") && b.s.text.At(at-1).Norm == "no" {
			return true
		}
	}
	return false
}

// mishaps are words of what is better the less of it there is, where it is counted.
var mishaps = map[string]bool{
	"cancelled": true, "canceled": true, "cancellations": true, "cancellation": true, "late": true, "delayed": true, "delays": true, "failed": true,
	"failures": true, "lost": true, "overdue": true, "rejected": true, "complaints": true, "refunds": true, "refunded": true, "defects": true,
	"defective": true, "errors": true, "damaged": true, "missed": true, "noshows": true, "absences": true, "rejections": true, "losses": true, "withdrawals": true, "disputes": true, "faults": true, "breakdowns": true, "accidents": true, "incidents": true, "outages": true, "returns": true,
}

// judging are the words of superlatives that say good or bad, not more or less.
var judging = map[string]bool{
	"best": true, "worst": true, "poorest": true,
	"好": true, "优": true, "佳": true, "差": true, "糟": true, "烂": true, "惨": true,
}

// sortKey is what an ordering orders by: its own key, or the measure at hand.
func (b *builder) sortKey(o ordering) (semantic.Expr, bool) {
	switch {
	case o.by != nil:
		return b.s.sortExpr(b.cumulated(*o.by)), true
	case o.attribute != nil:
		if m, ok := b.numberOf(*o.attribute); ok {
			return b.r.exprOf(m), true
		}
		return b.r.thingExpr(*o.attribute), true
	case len(o.hints) > 0:
		return b.hintedKey(o)
	case len(b.measures) > 0 && len(b.q.By) > 0:
		if len(b.d.changes) > 0 && (len(b.d.versus) > 0 || !b.changesAlong()) {
			m := b.measures[0]
			m.agg = growthOf(b.d.changes[0])
			return b.s.sortExpr(m), true
		}
		return b.r.exprOf(b.measures[0]), true
	}
	return nil, false
}

// hintedKey is the attribute that an ordering hints at: of periods that results are
// split by, the period itself.
func (b *builder) hintedKey(o ordering) (semantic.Expr, bool) {
	if o.only && slices.Contains(o.hints, "date") {
		for _, t := range b.things {
			if t.timed {
				return b.r.thingExpr(t), true
			}
		}
		if len(b.q.By) > 0 {
			return nil, false // stores have no order in time
		}
	}
	if m, ok := b.hintedMeasure(o); ok {
		return b.r.exprOf(m), true
	}
	for _, t := range b.tables() {
		if d, ok := b.hintedAttribute(t, o); ok {
			return b.r.nameOf(d, ""), true
		}
	}
	return nil, false
}

// hintedMeasure is the measure that a direction is of, where results are split: the average
// price of each make, from the cheapest to the most expensive.
func (b *builder) hintedMeasure(o ordering) (measure, bool) {
	if !o.only || len(b.q.By) == 0 {
		return measure{}, false
	}
	at := slices.IndexFunc(b.measures, func(m measure) bool {
		return m.dim != nil && b.r.hintsAt(o.hints, m.dim) ||
			m.metric != nil && slices.ContainsFunc(o.hints, func(hint string) bool {
				return b.r.mentionsNames(m.metric.Name, m.metric.Names, normsOf(hint)) != notAtAll
			})
	})
	if at < 0 {
		return measure{}, false
	}
	return b.measures[at], true
}

// limit writes how many rows are kept, and within what.
func (b *builder) limit(o ordering) {
	if o.only {
		if len(b.q.By) == 0 && b.q.List == nil && o.by != nil && len(b.measures) == 1 && sameMeasure(*o.by, b.measures[0]) {
			b.d.idle = true
			b.s.charge("an order of one", costIdle, node{from: o.from, end: o.end})
		}
		return
	}
	if o.super && b.asksTwice() {
		b.d.idle = true
		b.s.charge("which of two kinds", costIdle, node{from: o.from, end: o.end})
	}
	if len(b.q.By) == 0 && b.q.List == nil {
		b.d.idle = true
		b.s.charge("the top of one", costIdle, node{from: o.from, end: o.end})
		return
	}
	if len(b.things) > 0 && !slices.ContainsFunc(b.things, func(t thing) bool { return !t.has(markEach) }) && !slices.ContainsFunc(b.things, func(t thing) bool { return t.has(markTop) }) {
		b.s.charge("the top of each", costEachTop, node{from: o.from, end: o.end})
	}
	if o.super && !o.nth && len(b.things) == 1 && drawsBars(b.d.present.Chart) {
		return // of bars that are to show which is the most, all are shown
	}
	b.q.Limit = max(o.limit, 1)
	if o.nth && o.limit > 1 {
		b.q.Limit, b.q.Offset = 1, o.limit-1
	}
	b.q.Per = b.within()
	if len(b.q.Per) > 0 && b.q.List == nil && b.perDecidesAll() {
		b.d.idle = true
		b.s.charge("the top of one", costIdle, node{from: o.from, end: o.end})
	}
	b.perFirst()
}

// perDecidesAll reports whether an entity that a limit holds within decides all
// other groups, so that there is one row of each and nothing to rank.
func (b *builder) perDecidesAll() bool {
	for _, per := range b.things {
		whole := per.table != nil || per.dim != nil && isDisplay(per.dim)
		if per.timed || !whole || per.marks&(markEach|markBy) == 0 {
			continue
		}
		undecided := func(t thing) bool { return t.timed || b.r.graph.hops(per.home(), t.home()) < 0 }
		if !slices.ContainsFunc(b.things, undecided) {
			return true
		}
	}
	return false
}

// perFirst puts the groups that a limit holds in before those it ranks.
func (b *builder) perFirst() {
	isPer := func(g semantic.Group) int {
		if slices.ContainsFunc(b.q.Per, func(p semantic.Expr) bool { return semantic.ExprString(p) == semantic.ExprString(g.Expr) }) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(b.q.By, func(x, y semantic.Group) int { return isPer(x) - isPer(y) })
}

// within returns the groups that a limit holds in: each region, when it is the
// products that are ranked.
func (b *builder) within() []semantic.Expr {
	if len(b.things) < 2 {
		return nil
	}
	ranked := slices.IndexFunc(b.things, func(t thing) bool { return t.has(markTop) })
	if ranked < 0 {
		ranked = slices.IndexFunc(b.things, func(t thing) bool { return t.marks&(markEach|markBy) == 0 })
	}
	if ranked < 0 {
		ranked = slices.IndexFunc(b.things, func(t thing) bool { return !t.has(markEach) })
	}
	if ranked < 0 {
		return nil
	}
	var per []semantic.Expr
	for i, t := range b.things {
		if i != ranked && t.marks&(markEach|markBy) != 0 {
			per = append(per, b.r.thingExpr(b.rooted(t)))
		}
	}
	return per
}

// compare writes the second period and what is shown of it.
func (b *builder) compare() {
	b.q.Versus = slices.Clone(b.d.versus)
	b.sameFestival()
	if len(b.d.versus) == 0 && slices.ContainsFunc(b.measures, func(m measure) bool { return len(m.over) == 2 && m.op == semantic.Sub }) {
		b.d.changes = nil // by how much one member is above another
	}
	changes := b.d.changes
	if len(changes) > 0 && len(b.d.versus) == 0 && !slices.ContainsFunc(changes, func(c Change) bool { return !c.Value }) && slices.ContainsFunc(b.conds, severalMembers) {
		b.s.charge("a change between members", costIdle, node{})
		b.d.idle = true
	}
	if b.changesAlong() {
		changes = nil
	}
	if slices.ContainsFunc(changes, func(c Change) bool { return c.Up != c.Down }) && len(b.d.outcomes)+len(b.d.orderings) == 0 && slices.ContainsFunc(b.things, func(t thing) bool { return t.has(markWhich) }) {
		b.s.charge("a change of all that were asked for", costUnlikely, node{}) // which stores fell are some of them
	}
	if len(changes) > 0 && len(b.q.Versus) == 0 && !b.endsCompared() {
		b.q.Versus = []semantic.Versus{{How: semantic.Prior}}
		b.s.assume("compared_with_prior")
	}
	b.eachCompared()
	for _, c := range changes {
		for _, fn := range shownOf(c) {
			b.s.addShow(fn)
		}
	}
	if len(b.q.Versus) > 0 && !slices.ContainsFunc(b.d.shows, isChange) {
		for _, fn := range []string{"prior", "growth"} {
			b.s.addShow(fn)
		}
	}
	b.pointsOfRatios()
	b.runningWithoutTime()
	if b.d.moving != nil {
		b.d.shows = append(b.d.shows, movingShow(*b.d.moving))
	}
	b.q.Show = slices.Clone(b.d.shows)
}

// changesAlong reports whether what is asked is how numbers differ along a
// column, where no period is that they could have changed since: how the weight
// has changed over the model years is the weight of each.
func (b *builder) changesAlong() bool {
	if len(b.d.versus)+len(b.d.periods) > 0 || len(b.q.By) == 0 || slices.ContainsFunc(b.things, func(t thing) bool { return t.timed }) {
		return false
	}
	return !slices.ContainsFunc(b.d.changes, func(c Change) bool { return !c.Both || c.Rate || c.Value })
}

// severalMembers reports whether a condition holds for members side by side.
func severalMembers(c condition) bool { return len(c.values) > 1 && !c.not }

// pointsOfRatios shows by how many points a percentage moved rather than by how
// many percent of itself, unless a rate was asked for.
func (b *builder) pointsOfRatios() {
	if len(b.measures) == 0 || slices.ContainsFunc(b.d.changes, func(c Change) bool { return c.Rate }) ||
		slices.ContainsFunc(b.measures, func(m measure) bool { return !isPercent(m) }) {
		return
	}
	at := slices.IndexFunc(b.d.shows, func(s semantic.Show) bool { return s.Func == "growth" })
	if at < 0 {
		return
	}
	b.d.shows = slices.Delete(slices.Clone(b.d.shows), at, at+1)
	b.s.addShow("change")
}

// isPercent reports whether a measure is a metric that is shown in percent.
func isPercent(m measure) bool {
	return m.metric != nil && (m.metric.Format.Style == "percent" || m.metric.Unit == "%")
}

// runningWithoutTime reads a cumulative number that is not split by time as
// what it has come to: the total of the period, or of all time.
func (b *builder) runningWithoutTime() {
	at := slices.IndexFunc(b.d.shows, func(s semantic.Show) bool { return s.Func == "running" })
	if at < 0 || slices.ContainsFunc(b.things, func(t thing) bool { return t.timed }) {
		return
	}
	b.d.shows = slices.Delete(b.d.shows, at, at+1)
	if len(b.q.During) == 0 {
		b.q.During = []semantic.Period{semantic.AllTime{}}
	}
}

// cumulated adds up a bare number that is asked for as it has come to: 累计延误 is no
// average, whichever suits the number when nothing is said.
func (b *builder) cumulated(m measure) measure {
	if m.agg != "avg" || m.dim == nil || len(m.per) > 0 || !slices.ContainsFunc(b.d.shows, func(s semantic.Show) bool { return s.Func == "running" }) {
		return m
	}
	if slices.ContainsFunc(b.s.nodes, func(n node) bool { o, ok := n.means.(measure); return ok && !o.bare && sameMeasure(o, m) }) {
		return m // an average was said
	}
	m.agg = "sum"
	return m
}

func isChange(s semantic.Show) bool {
	return s.Func == "growth" || s.Func == "change" || s.Func == "prior"
}

// shownOf are the columns that a word for change asks for.
func shownOf(c Change) []string {
	switch {
	case c.Value:
		return []string{"change"}
	case c.Rate:
		return []string{"growth"}
	}
	return []string{"change", "growth"}
}

func movingShow(m Moving) semantic.Show {
	show := semantic.Show{Func: "moving", Args: []semantic.Expr{intLit(m.N)}}
	if m.Func != "" && m.Func != "avg" {
		show.Args = append(show.Args, semantic.Name{Path: []string{m.Func}})
	}
	return show
}

// asksTwice reports whether it is asked which of one kind and which of another:
// which product and which store sold the most.
func (b *builder) asksTwice() bool {
	t := b.s.text
	for at := 1; at+1 < len(t.Tokens); at++ {
		if t.At(at).Norm == "and" && t.At(at+1).Norm == "which" && t.holds("which", 0, at) {
			return true
		}
	}
	return false
}

// numberTested is the one number of the listed rows that is tested; ok is false for none or
// several, and beside a date.
func (b *builder) numberTested() (thing, bool) {
	var found *semantic.Dimension
	for _, c := range b.conds {
		switch {
		case c.dim == nil || c.dim != found && found != nil && isMeasurable(c.dim):
			return thing{}, false
		case c.dim.Table == b.home && isMeasurable(c.dim) && c.test != nil:
			found = c.dim
		}
	}
	return thing{dim: found}, found != nil
}
