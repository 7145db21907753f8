package nlq

import (
	"slices"

	"wenshu/semantic"
)

// times writes the periods.
func (b *builder) times() {
	b.anniversaries()
	b.comingDue()
	b.q.During = slices.Clone(b.d.periods)
	if b.d.thisYear && len(b.q.During) == 0 {
		b.q.During = []semantic.Period{semantic.Relative{Unit: semantic.Year}}
	}
	b.onlyFresh()
	b.countedOnDate()
	b.withoutDate()
	if b.d.on != nil && len(b.q.During) == 0 || b.timeAnyway() {
		return
	}
	if b.d.on != nil {
		on := b.r.nameOf(b.d.on, "")
		b.q.On = &on
		return
	}
	if len(b.q.During) == 0 {
		return
	}
	if d := b.onlyDate(); d != nil {
		on := b.r.nameOf(d, "")
		b.q.On = &on
		return
	}
	b.yearColumn()
}

// ofFresh declines what is asked of those that came in a period, from token from on, and
// not their number: the period is that of what is asked for.
func (s *sentence) ofFresh(from int) {
	for i, n := range s.nodes {
		if from < 0 || n.from != from || i+2 >= len(s.nodes) || s.text.At(n.end).Norm != "的" {
			continue
		}
		if behind := s.nodes[i+2]; behind.from == n.end+1 && !is[Count](s, i+2) && !is[Which](s, i+2) {
			s.charge("something else of new ones", costIdle, behind)
			s.draft.idle = true
		}
	}
}

// onlyFresh declines 新增 where no time tells what is new, or where the time is not that
// of what is new: 新增会员的销售额 is no revenue of the period.
func (b *builder) onlyFresh() {
	if !b.d.fresh {
		return
	}
	own := b.home != nil && b.home.Time != nil && b.home.Time.Table == b.home && b.d.on == nil
	timed := len(b.q.During) > 0 || slices.ContainsFunc(b.things, func(t thing) bool { return t.timed })
	counts := !slices.ContainsFunc(b.measures, func(m measure) bool { return !b.r.isCount(m) || len(m.per)+len(m.over) > 0 })
	if len(b.measures) > 0 && b.r.countedBy[b.measures[0].metric] != b.home && b.measures[0].table != b.home {
		counts = false
	}
	others := slices.ContainsFunc(b.things, func(t thing) bool { return t.table != nil && t.table != b.home && t.marks&(markBy|markEach) == 0 })
	if !own || !timed || !counts || others || len(b.d.relations) > 0 {
		b.d.idle = true
		b.s.charge("new ones at no time of theirs", costIdle, node{})
	}
}

// timeAnyway reports whether the date that was named is the time that rows are
// listed by anyway.
func (b *builder) timeAnyway() bool {
	return b.d.on != nil && len(b.q.During) > 0 && b.home != nil && b.home.Time == b.d.on && len(b.measures) == 0
}

// countedOnDate counts by the metric whose time the date is that is asked about, where
// the model declares one for the same entity: the stores that closed are no longer
// among those that trade.
func (b *builder) countedOnDate() {
	if b.d.on == nil || len(b.measures) != 1 || len(b.q.Items) != 1 || b.measures[0].agg != "" || len(b.measures[0].where) > 0 {
		return
	}
	counted := b.r.countedBy[b.measures[0].metric]
	if counted == nil || counted != b.d.on.Table || b.measures[0].metric.Time == b.d.on {
		return
	}
	for _, m := range b.r.model.Metrics {
		if b.r.countedBy[m] == counted && m.Time == b.d.on {
			b.measures[0] = measure{metric: m}
			b.q.Items[0] = semantic.Item{Expr: b.r.exprOf(b.measures[0])}
			return
		}
	}
}

// withoutDate counts all rows where a metric counts only those without the date
// that is asked about: of those who left there is none among those still here.
func (b *builder) withoutDate() {
	if b.d.on == nil || len(b.measures) != 1 || b.measures[0].metric == nil || b.r.countedBy[b.measures[0].metric] != b.d.on.Table {
		return
	}
	missing := false
	semantic.Walk(b.measures[0].metric.Where, func(e semantic.Expr) {
		null, ok := e.(semantic.IsNull)
		name, named := null.X.(semantic.Name)
		missing = missing || ok && !null.Not && named && name.Path[len(name.Path)-1] == b.d.on.Name
	})
	if missing {
		b.measures[0] = measure{table: b.d.on.Table, agg: "count"}
		if len(b.q.Items) == 1 {
			b.q.Items[0] = semantic.Item{Expr: b.r.exprOf(b.measures[0])}
		}
	}
}

// numberOfYear returns the column of years of a home that has no other time;
// nil when there is none.
func (b *builder) numberOfYear() *semantic.Dimension {
	if b.home == nil || b.home.Time != nil || len(b.measures) > 0 && b.measures[0].metric != nil && b.measures[0].metric.Time != nil {
		return nil
	}
	d, ok := b.r.attributeByHints(b.home, []string{"year", "年份", "年"}, isYears) // no annual output
	if !ok {
		return nil
	}
	return d
}

// yearColumn reads a year as the value of a column of years, where the home has
// no dates.
func (b *builder) yearColumn() {
	d := b.numberOfYear()
	if d == nil || len(b.q.During) != 1 {
		return
	}
	if test := yearTest(b.q.During[0]); test != nil {
		b.conds = append(b.conds, condition{dim: d, test: test})
		b.q.During = nil
	}
}

// yearTest is a period as a test of a column of years; nil when years cannot
// say it.
func yearTest(p semantic.Period) func(semantic.Expr) semantic.Expr {
	compare := func(op semantic.Op, of semantic.Period) func(semantic.Expr) semantic.Expr {
		year, ok := of.(semantic.Absolute)
		if !ok || year.Unit != semantic.Year {
			return nil
		}
		return numberTest(op, []semantic.Expr{intLit(year.Year)})
	}
	switch p := p.(type) {
	case semantic.Absolute:
		return compare(semantic.Eq, p)
	case semantic.Open:
		return compare([...]semantic.Op{semantic.Since: semantic.Ge, semantic.After: semantic.Gt, semantic.Before: semantic.Lt, semantic.Until: semantic.Le}[p.How], p.Of)
	case semantic.FromTo:
		from, to := compare(semantic.Ge, p.From), compare(semantic.Le, p.To)
		if from == nil || to == nil {
			return nil
		}
		return func(x semantic.Expr) semantic.Expr { return both(from(x), to(x)) }
	}
	return nil
}
