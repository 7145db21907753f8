package nlq

import (
	"slices"

	"wenshu/semantic"
)

// swapMeasures replaces what is computed, or adds to it.
func (e *editor) swapMeasures() bool {
	e.aggregateBare()
	if len(e.measures) == 0 || e.onlyOrders() {
		return false
	}
	var items []semantic.Item
	for _, m := range e.measures {
		items = append(items, semantic.Item{Expr: e.r.exprOf(m)})
	}
	if e.q.List != nil {
		e.q.List = nil
		e.q.Items, e.q.Sort, e.q.Limit = items, nil, 0
		return true
	}
	if e.follows(AddTo) || e.onlyReturns() || e.addsMeasures() {
		for _, item := range items {
			if !slices.ContainsFunc(e.q.Items, func(o semantic.Item) bool { return semantic.ExprString(o.Expr) == semantic.ExprString(item.Expr) }) {
				e.q.Items = append(e.q.Items, item)
			}
		}
		return true
	}
	for i, key := range e.q.Sort {
		if slices.ContainsFunc(e.q.Items, func(it semantic.Item) bool { return semantic.ExprString(it.Expr) == semantic.ExprString(key.Expr) }) {
			e.q.Sort[i].Expr = items[0].Expr
		}
	}
	e.q.Items, e.q.Having = items, nil
	return true
}

// aggregateBare makes measures of the numbers that a follow-up names.
func (e *editor) aggregateBare() {
	if len(e.measures) > 0 || e.q.List != nil {
		return
	}
	kept := e.things[:0:0]
	for _, t := range e.things {
		if t.dim != nil && isMeasurable(t.dim) && t.marks&(markBy|markEach) == 0 {
			e.addMeasure(measure{dim: t.dim, via: t.via, agg: sumOf(t.dim), bare: true})
			continue
		}
		kept = append(kept, t)
	}
	e.things = kept
}

// swapPeriod replaces the period. "The same period last year" moves it.
func (e *editor) swapPeriod() bool {
	if len(e.d.periods) > 0 {
		e.q.During = slices.Clone(e.d.periods)
		if e.d.on != nil {
			on := e.r.nameOf(e.d.on, "")
			e.q.On = &on
		}
		return true
	}
	if e.d.same == nil || len(e.q.During) == 0 || len(e.d.changes) > 0 {
		return false
	}
	if !e.d.bareSame || len(e.conds) == 0 { // 天猫同期呢: the same period, for another
		for i, p := range e.q.During {
			e.q.During[i] = movedBack(p, *e.d.same)
		}
	}
	e.d.versus = slices.DeleteFunc(e.d.versus, func(v semantic.Versus) bool { return v == *e.d.same })
	return true
}

// movedBack moves a period to where a comparison would look.
func movedBack(p semantic.Period, v semantic.Versus) semantic.Period {
	switch p := p.(type) {
	case semantic.Relative:
		if n, ok := unitsIn(v.Unit, p.Unit); ok {
			p.From, p.To = p.From-n*v.N, p.To-n*v.N
			return p
		}
	case semantic.Absolute:
		if v.Unit == semantic.Year && p.Unit != semantic.Week {
			p.Year -= v.N
			return p
		}
	case semantic.ToDate:
		p.Of = movedBack(p.Of, v)
		return p
	case semantic.Within:
		p.Of = movedBack(p.Of, v)
		return p
	case semantic.Festival:
		if v.Unit == semantic.Year {
			p.Year -= v.N
			return p
		}
	}
	return semantic.Shifted{Of: p, Unit: v.Unit, N: -v.N}
}

// unitsIn returns how many of a unit make a larger one; ok is false where that
// differs from case to case.
func unitsIn(large, small semantic.Unit) (int, bool) {
	months := map[semantic.Unit]int{semantic.Month: 1, semantic.Quarter: 3, semantic.Half: 6, semantic.Year: 12}
	if large == small {
		return 1, true
	}
	l, s := months[large], months[small]
	if s == 0 || l%max(s, 1) != 0 || l < s {
		return 0, false
	}
	return l / s, true
}

// swapGroups changes what results are split by: a finer split when asked to
// drill or to add, else another one.
func (e *editor) swapGroups() bool {
	var groups []thing
	for _, t := range e.things {
		if t.home() != nil || t.timed {
			groups = append(groups, t)
		}
	}
	if e.follows(OnlyThese) && slices.ContainsFunc(groups, func(t thing) bool { return !t.timed && t.marks&(markBy|markEach) == 0 }) && len(e.conds)+len(e.d.orderings) == 0 {
		e.d.idle = true // only what of it, is not said
		e.s.charge("idle", costIdle, node{})
	}
	if e.follows(DrillInto) && len(groups) == 0 {
		return e.drill()
	}
	if len(groups) == 0 {
		return false
	}
	if e.q.List != nil {
		return e.addColumns(groups)
	}
	add := e.d.layered || e.onlyReturns() || e.follows(AddTo) || e.follows(DrillInto) || e.follows(Again)
	e.groupsWere = e.dimensionsOf(e.q.By)
	if !add {
		e.replaceGroups(groups[0].timed)
	}
	for _, t := range groups {
		t = e.yearOf(t)
		if t.timed && t.grain == (semantic.Grain{}) {
			t.grain = semantic.Grain{Unit: e.trendGrain()}
		}
		if e.onlyReturns() && slices.ContainsFunc(e.q.By, func(o semantic.Group) bool { return e.isGroup(o.Expr, t) || e.namesGroup(o.Expr, t) }) {
			continue
		}
		g := semantic.Group{Expr: e.r.thingExpr(t)}
		if !slices.ContainsFunc(e.q.By, func(o semantic.Group) bool { return semantic.ExprString(o.Expr) == semantic.ExprString(g.Expr) }) {
			e.q.By = append(e.q.By, g)
		}
	}
	return true
}

// dimensionsOf are the dimensions that groups name.
func (e *editor) dimensionsOf(groups []semantic.Group) []*semantic.Dimension {
	var found []*semantic.Dimension
	for _, g := range groups {
		if name, ok := g.Expr.(semantic.Name); ok {
			if d := e.r.dimensionOf(name); d != nil {
				found = append(found, d)
			}
		}
	}
	return found
}

// yearOf is the column of years that stands for the year where what the query is
// split by has no other time.
func (e *editor) yearOf(t thing) thing {
	if !t.timed || t.dim != nil || t.grain.Unit != semantic.Year || len(e.groupsWere) == 0 {
		return t
	}
	e.home = e.groupsWere[0].Table
	if d := e.numberOfYear(); d != nil {
		return thing{dim: d, marks: markBy}
	}
	return t
}

// namesGroup reports whether a thing is only the name of an entity that the
// query is split by already.
func (e *editor) namesGroup(x semantic.Expr, t thing) bool {
	name, ok := x.(semantic.Name)
	return ok && t.dim != nil && isDisplay(t.dim) && e.r.refersTo(name, thing{table: t.dim.Table})
}

// replaceGroups drops the groups of the same kind: a grain replaces a grain, a
// thing replaces the others.
func (e *editor) replaceGroups(timed bool) {
	isTimed := func(g semantic.Group) bool {
		_, grained := g.Expr.(semantic.Grained)
		return grained
	}
	if e.follows(Instead) && !slices.ContainsFunc(e.q.By, func(g semantic.Group) bool { return isTimed(g) == timed }) {
		e.q.By = nil // by year instead of by region
	}
	e.q.By = slices.DeleteFunc(e.q.By, func(g semantic.Group) bool { return isTimed(g) == timed })
	e.q.Per = nil
	e.q.Having = nil
}

func (e *editor) addColumns(columns []thing) bool {
	var shown []thing
	for _, t := range columns {
		if t.table == nil || t.timed {
			shown = append(shown, t)
			continue
		}
		for _, d := range e.display(t.table) { // an entity is shown by what it is called
			shown = append(shown, thing{dim: d.dim, via: t.via})
		}
	}
	for _, t := range shown {
		item := semantic.Item{Expr: e.r.thingExpr(t)}
		if !slices.ContainsFunc(e.q.Items, func(o semantic.Item) bool { return semantic.ExprString(o.Expr) == semantic.ExprString(item.Expr) }) {
			e.q.Items = append(e.q.Items, item)
		}
	}
	return true
}

// drill replaces the last group by the next finer level of its hierarchy.
func (e *editor) drill() bool {
	for i := len(e.q.By) - 1; i >= 0; i-- {
		name, ok := e.q.By[i].Expr.(semantic.Name)
		if !ok {
			continue
		}
		d := e.r.dimensionOf(name)
		for _, t := range e.r.model.Tables {
			for _, finer := range t.Dimensions {
				if d != nil && finer.Parent == d {
					e.q.By[i].Expr = e.r.nameOf(finer, "")
					return true
				}
			}
		}
	}
	return false
}

// swapFilters replaces the tests of the same dimension or hierarchy and keeps
// the others.
func (e *editor) swapFilters() bool {
	for _, c := range e.conds {
		if c.dim != nil {
			e.q.Where, _ = e.withoutTests(e.q.Where, c.dim)
			e.q.Having, _ = e.withoutTests(e.q.Having, c.dim)
		}
	}
	for _, c := range e.conds {
		e.q.Where = both(e.q.Where, e.r.exprOfCondition(c))
	}
	return len(e.conds) > 0
}

func (e *editor) swapOutcomes() bool {
	for _, o := range e.d.outcomes {
		e.q.Having = both(e.q.Having, e.outcomeExpr(o))
	}
	return len(e.d.outcomes) > 0
}

// swapOrder changes the sort and the limit; what is not said stays.
func (e *editor) swapOrder() bool {
	for _, o := range e.d.orderings {
		key, ok := e.editedKey(o)
		if !ok {
			e.d.idle = true
			continue
		}
		e.q.Sort = []semantic.Sort{{Expr: key, Desc: o.desc}}
		if !o.only {
			e.q.Limit, e.q.Offset = max(o.limit, 1), 0
			e.showKey(o)
		}
	}
	return len(e.d.orderings) > 0
}

// showKey shows what a top is by beside what was shown.
func (e *editor) showKey(o ordering) {
	if o.by == nil || o.by.agg == "growth" || o.by.agg == "change" || e.q.List != nil {
		return
	}
	key := semantic.ExprString(e.r.exprOf(*o.by))
	if !slices.ContainsFunc(e.q.Items, func(it semantic.Item) bool { return semantic.ExprString(it.Expr) == key }) {
		e.q.Items = append(e.q.Items, semantic.Item{Expr: e.r.exprOf(*o.by)})
	}
}

func (e *editor) editedKey(o ordering) (semantic.Expr, bool) {
	switch {
	case o.by != nil:
		return e.s.sortExpr(*o.by), true
	case o.attribute != nil:
		return e.r.thingExpr(*o.attribute), true
	case len(o.hints) > 0:
		return nil, false
	case len(e.q.Sort) > 0:
		return e.q.Sort[0].Expr, true
	case e.q.List == nil && len(e.q.By) > 0:
		return e.q.Items[0].Expr, true
	}
	return nil, false
}

// swapComparison changes the second period.
func (e *editor) swapComparison() bool {
	if len(e.d.versus)+len(e.d.changes) == 0 {
		return false
	}
	if len(e.d.versus) == 0 {
		e.d.versus = e.q.Versus
	}
	kept := slices.DeleteFunc(slices.Clone(e.q.Show), isChange)
	if len(e.measures) == 0 {
		e.measures = e.metricsOf(e.q.Items) // a percentage changes by points
		defer func() { e.measures = nil }()
	}
	e.compare()
	e.q.Show = append(kept, e.q.Show...)
	e.d.shows = nil
	return true
}

// metricsOf are the metrics that a query shows as they are.
func (e *editor) metricsOf(items []semantic.Item) []measure {
	var found []measure
	for _, item := range items {
		for _, m := range e.r.model.Metrics {
			if name, ok := item.Expr.(semantic.Name); ok && len(name.Path) == 1 && name.Path[0] == m.Name {
				found = append(found, measure{metric: m})
			}
		}
	}
	return found
}

func (e *editor) addShows() bool {
	for _, show := range e.d.shows {
		if show.Func == "share" && len(e.q.By) == 0 && e.q.List == nil {
			e.memberToGroup()
			if len(e.q.By) == 0 {
				e.shareOfThose()
				continue
			}
		}
		if !slices.ContainsFunc(e.q.Show, func(o semantic.Show) bool { return o.Func == show.Func }) {
			e.q.Show = append(e.q.Show, show)
		}
	}
	return len(e.d.shows) > 0
}

// memberToGroup turns the filter of the turn before on a member into a group of
// which only it is shown: its share is of all.
func (e *editor) memberToGroup() {
	var kept semantic.Expr
	for _, test := range semantic.Conjuncts(e.q.Where) {
		if name, ok := memberTested(test); ok && len(e.q.By) == 0 {
			e.q.By = append(e.q.By, semantic.Group{Expr: name})
			e.q.Having = both(e.q.Having, test)
			continue
		}
		kept = both(kept, test)
	}
	e.q.Where = kept
}

// memberTested returns the dimension of which a test keeps some members.
func memberTested(test semantic.Expr) (semantic.Name, bool) {
	var x semantic.Expr
	switch test := test.(type) {
	case semantic.Binary:
		if lit, ok := test.R.(semantic.Lit); test.Op == semantic.Eq && ok && lit.Value.Kind() == semantic.Text {
			x = test.L
		}
	case semantic.In:
		if test.Sub == nil && !test.Not {
			x = test.X
		}
	}
	name, ok := x.(semantic.Name)
	return name, ok
}
