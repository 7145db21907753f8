package semantic

import (
	"slices"
)

// grade is what one value of an expression stands for.
type grade uint8

const (
	constantGrade grade = iota // the same everywhere
	rowGrade                   // one row
	groupGrade                 // a group of rows
	brokenGrade                // reported already
)

// analysis walks the expression of a metric: it grades every part, resolves
// every name and collects homes and metrics.
type analysis struct {
	l       *loader
	owner   string // the metric's name
	at      *node  // where the expression stands
	inside  *inside
	homes   []*Table
	metrics []*Metric
	nested  bool
	size    int
}

// inside collects the tables that the argument of one aggregate names.
type inside struct{ tables []*Table }

// fail reports a problem where its name stands.
func (a *analysis) fail(name string, p Problem) grade {
	p.Name = name
	a.l.reportAt(a.at, Name{[]string{name}}, &p)
	return brokenGrade
}

// grade grades an expression. It reports what Load lists for expressions.
func (a *analysis) grade(x Expr) grade {
	switch x := x.(type) {
	case Lit:
		return constantGrade
	case Name:
		return a.gradeName(x)
	case Grained:
		return a.gradeColumn(x.Of, true)
	case During:
		return a.gradeColumn(x.Of, true)
	case Call:
		return a.gradeCall(x)
	case Filtered:
		return a.gradeFiltered(x)
	case ViewerAttr:
		return a.fail("viewer."+x.Attr, Problem{Code: UnknownName})
	case In:
		if x.Sub != nil {
			return a.fail(a.owner, Problem{Code: NotComputed, Detail: "in"})
		}
	}
	return a.combine(children(x))
}

// combine grades the parts of one operation. Rows and groups do not mix.
func (a *analysis) combine(parts []Expr) grade {
	all := constantGrade
	for _, part := range parts {
		g := a.grade(part)
		switch {
		case g == brokenGrade || all == brokenGrade:
			all = brokenGrade
		case g == constantGrade || g == all:
		case all == constantGrade:
			all = g
		default:
			all = a.fail(a.owner, Problem{Code: MixedShape, Detail: "expr"})
		}
	}
	return all
}

// gradeName grades a metric or a column.
func (a *analysis) gradeName(n Name) grade {
	if len(n.Path) > 1 {
		return a.gradeColumn(n, false)
	}
	if d := a.l.drafts[n.Path[0]]; d != nil {
		a.addMetric(d)
		return groupGrade
	}
	near := nearest(n.Path[0], a.l.metricNames())
	for _, d := range a.l.names.dimensions[n.Path[0]] {
		near = append(near, spell(d.Table.Name, d.Name))
	}
	for _, t := range a.l.model.Tables {
		for _, c := range t.Columns {
			if c.Name == n.Path[0] {
				near = append(near, spell(t.Name, c.Name))
			}
		}
	}
	return a.fail(n.Path[0], Problem{Code: UnknownMetric, Near: near[:min(len(near), 5)]})
}

func (a *analysis) addMetric(d *metricDraft) {
	if !slices.Contains(a.metrics, d.metric) {
		a.metrics = append(a.metrics, d.metric)
	}
	for _, home := range d.homes {
		a.addHome(home)
	}
	a.size = min(a.size+d.size, 2*maxMetricSize)
}

func (a *analysis) addHome(t *Table) {
	if !slices.Contains(a.homes, t) {
		a.homes = append(a.homes, t)
	}
}

// gradeColumn resolves a column: a table, joins from it, a dimension or a
// physical column.
func (a *analysis) gradeColumn(n Name, mustBeTime bool) grade {
	c, ok := a.column(n)
	if !ok {
		return brokenGrade
	}
	if mustBeTime && c.Dimension != nil && !c.Dimension.Type.isTime() {
		return a.fail(spell(n.Path...), Problem{Code: WrongType, Detail: "time"})
	}
	return rowGrade
}

func (a *analysis) column(n Name) (Candidate, bool) {
	t := a.l.names.tables[n.Path[0]]
	var c Candidate
	var problem *Problem
	switch {
	case t == nil:
		problem = &Problem{Code: UnknownName, Name: spell(n.Path...), Near: a.l.model.everything().nearTables(n), Detail: "table"}
	case len(n.Path) == 1:
		problem = &Problem{Code: WrongType, Name: t.Name, Detail: "table"}
	default:
		c, problem = a.l.model.ResolveColumn(t, n)
	}
	if problem != nil {
		a.l.reportAt(a.at, n, problem)
		return c, false
	}
	if a.inside != nil && !slices.Contains(a.inside.tables, t) {
		a.inside.tables = append(a.inside.tables, t)
	}
	return c, true
}

// gradeCall grades a function.
func (a *analysis) gradeCall(c Call) grade {
	f, known := a.l.function(c, a.at)
	switch {
	case !known:
		return brokenGrade
	case f.Kind == MetricFunc:
		return a.fail(c.Func, Problem{Code: NotComputed, Detail: "expr"})
	case f.Kind == GroupFunc:
		return a.fail(c.Func, Problem{Code: MixedShape, Detail: "expr"})
	case f.Kind == ScalarFunc:
		if c.Distinct || len(c.Per) > 0 {
			return a.fail(c.Func, Problem{Code: WrongType, Detail: "arguments"})
		}
		return a.combine(c.Args)
	case len(c.Per) > 0:
		return a.gradeNested(c)
	case a.inside != nil:
		return a.fail(c.Func, Problem{Code: UnsafeReaggregate, Detail: a.owner})
	}
	return a.gradeAggregate(c)
}

// gradeAggregate grades an aggregate over rows and finds its home: the table
// whose rows it is over.
func (a *analysis) gradeAggregate(c Call) grade {
	a.size++
	if c.Distinct && c.Func != "count" {
		return a.fail(c.Func, Problem{Code: NotComputed, Detail: "distinct"})
	}
	if len(c.Args) == 0 {
		return a.fail(c.Func, Problem{Code: WrongType, Detail: "arguments"})
	}
	if len(c.Args) == 2 && !isFraction(c.Args[1]) {
		return a.fail(c.Func, Problem{Code: WrongType, Detail: "fraction"})
	}
	if a.l.names.countsTable(c) {
		a.addHome(a.l.names.tables[c.Args[0].(Name).Path[0]])
		return groupGrade
	}
	a.inside = &inside{}
	g := a.grade(c.Args[0])
	tables := a.inside.tables
	a.inside = nil
	switch {
	case g == brokenGrade:
		return g
	case g == groupGrade:
		return a.fail(c.Func, Problem{Code: UnsafeReaggregate, Detail: a.owner})
	case g == constantGrade:
		return a.fail(c.Func, Problem{Code: WrongType, Detail: "arguments"})
	case !a.fits(c):
		return brokenGrade
	}
	home, problem := a.l.commonHome(tables)
	if problem != nil {
		return a.fail(c.Func, *problem)
	}
	a.addHome(home)
	return groupGrade
}

// numeric are the aggregates that need a number.
var numeric = []string{"sum", "avg", "median", "stddev", "variance", "percentile", "percentile_disc"}

// fits wants a number where an aggregate needs one, as far as the type of a
// plain dimension or column tells.
func (a *analysis) fits(c Call) bool {
	n, ok := c.Args[0].(Name)
	if !ok || !slices.Contains(numeric, c.Func) {
		return true
	}
	found, problem := a.l.model.ResolveColumn(a.l.names.tables[n.Path[0]], n)
	if problem != nil {
		return true
	}
	t, declared := ColumnType{}, false
	switch {
	case found.Dimension != nil:
		t, declared = found.Dimension.Type, true
	case found.Column != "":
		t, declared = found.Table.Column(found.Column)
	default:
		declared = true // an entity
	}
	if declared && !t.isNumber() {
		a.fail(spell(n.Path...), Problem{Code: WrongType, Detail: c.Func})
		return false
	}
	return true
}

func isFraction(x Expr) bool {
	lit, ok := x.(Lit)
	if !ok {
		return false
	}
	f, ok := lit.Value.Float()
	return ok && f >= 0 && f <= 1
}

// commonHome returns the one table from which joins lead to all the others. It
// returns NoPath or AmbiguousPath.
func (l *loader) commonHome(tables []*Table) (*Table, *Problem) {
	problem := &Problem{Code: NoPath}
	for _, home := range tables {
		all := true
		for _, t := range tables {
			_, ambiguous, ok := l.model.Path(home, t)
			if ambiguous != nil {
				problem = l.model.everything().ambiguousPath(home, ambiguous, nil, t.Name)
			}
			all = all && ok
		}
		if all {
			return home, nil
		}
	}
	for _, t := range tables {
		if problem.Code == NoPath {
			problem.Near = append(problem.Near, t.Name)
		}
	}
	return nil, problem
}

// gradeNested grades an aggregate of an aggregate: avg(revenue per store).
func (a *analysis) gradeNested(c Call) grade {
	if a.inside != nil {
		return a.fail(c.Func, Problem{Code: UnsafeReaggregate, Detail: a.owner})
	}
	if a.nested {
		return a.fail(c.Func, Problem{Code: NotComputed, Detail: "per"})
	}
	a.nested = true
	before := a.homes
	a.homes = nil
	g := a.combine(c.Args)
	if g == rowGrade || g == constantGrade {
		g = a.fail(c.Func, Problem{Code: MixedShape, Detail: "per"})
	}
	for _, per := range c.Per {
		a.l.checkFilter(per, a.at, a.homes, a.owner)
	}
	for _, home := range a.homes {
		before = append(slices.DeleteFunc(before, func(t *Table) bool { return t == home }), home)
	}
	a.homes = before
	return g
}

// gradeFiltered grades a metric or aggregate with a filter of its own.
func (a *analysis) gradeFiltered(x Filtered) grade {
	before := a.homes
	a.homes = nil
	g := a.grade(x.X)
	if g == rowGrade || g == constantGrade {
		g = a.fail(a.owner, Problem{Code: MixedShape, Detail: "{}"})
	}
	a.l.checkFilter(x.Where, a.at, a.homes, a.owner)
	after := a.homes
	a.homes = before
	for _, home := range after {
		a.addHome(home)
	}
	return g
}
