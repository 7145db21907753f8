package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// times writes the periods.
func (b *builder) times() {
	b.anniversaries()
	b.comingDue()
	b.q.During = slices.Clone(b.d.periods)
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

// timeAnyway reports whether the date that was named is the time that rows are
// listed by anyway.
func (b *builder) timeAnyway() bool {
	return b.d.on != nil && len(b.q.During) > 0 && b.home != nil && b.home.Time == b.d.on && len(b.measures) == 0
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
	d, ok := b.r.attributeByHints(b.home, []string{"year", "年份", "年"}, isNumeric)
	if !ok || strings.Contains(d.Names.Label.ZH, "年龄") {
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
