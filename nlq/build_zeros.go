package nlq

import (
	"slices"

	"wenshu/semantic"
)

// splitEntity is the one table whose rows or attributes results are split by, where the
// rows that are computed lead to it; nil for none, several and time.
func (b *builder) splitEntity() *semantic.Table {
	var found *semantic.Table
	for _, t := range b.things {
		of := t.home()
		if t.timed || of == nil || t.via != "" || found != nil && of != found {
			return nil
		}
		found = of
	}
	return found
}

// scopeOfZeros lets what is said of the rows that are computed hold for them alone, where
// those without such rows are shown as well: the orders of 2024 of each customer,
// including customers without one.
func (b *builder) scopeOfZeros() {
	of := b.splitEntity()
	if !b.d.zeros || of == nil || b.home == nil || b.home == of {
		return
	}
	b.conds = slices.DeleteFunc(b.conds, func(c condition) bool {
		if len(c.any) > 0 || c.home() != nil && b.r.graph.hops(of, c.home()) >= 0 {
			return false
		}
		b.onMeasures(c)
		return true
	})
	when := b.d.on
	if when == nil {
		when = b.home.Time
	}
	period := b.usualPeriod(b.measures[0])
	if len(b.d.periods) == 1 {
		period = b.d.periods[0]
	}
	if len(b.d.periods) > 1 || len(b.d.versus) > 0 || period == nil || period == (semantic.AllTime{}) || when == nil {
		return
	}
	b.onMeasures(condition{dim: when, test: func(x semantic.Expr) semantic.Expr {
		name, _ := x.(semantic.Name)
		return semantic.During{Of: name, Periods: []semantic.Period{period}}
	}})
	b.d.periods, b.d.on = []semantic.Period{semantic.AllTime{}}, nil
}

// onMeasures lets a test hold for what is computed.
func (b *builder) onMeasures(c condition) {
	for i := range b.measures {
		b.measures[i].where = append(slices.Clone(b.measures[i].where), c)
	}
}

// zerosToo keeps those that have nothing of what is computed: they are counted
// themselves, and whoever is there is shown.
func (b *builder) zerosToo() {
	if !b.d.zeros || len(b.things) == 0 {
		return
	}
	if b.d.zeros = false; !slices.ContainsFunc(b.things, func(t thing) bool { return !t.timed }) {
		b.q.Fill = semantic.FillNull
		return
	}
	of := b.splitEntity()
	cut := slices.ContainsFunc(b.d.periods, func(p semantic.Period) bool { return p != semantic.AllTime{} })
	if of == nil || cut || len(b.d.relations) > 0 || slices.ContainsFunc(b.measures, func(m measure) bool { return m.home() != of && b.r.graph.hops(m.home(), of) < 1 }) {
		b.d.idle = true
		b.s.charge("those that have nothing", costIdle, node{})
		return
	}
	if b.home != of {
		there := b.r.exprOf(measure{table: of})
		b.q.Having = both(b.q.Having, semantic.Binary{Op: semantic.Gt, L: there, R: semantic.Lit{Value: semantic.IntValue(0)}})
	}
}
