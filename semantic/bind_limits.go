package semantic

import (
	"slices"
	"strings"
)

// limitedAlike refuses values computed from parts that row rules limit
// differently: the revenue of the viewer's region over the ad spend of the whole
// company is no ratio of anything. Parts stand beside each other as before, each
// with its own limit.
func (b *binder) limitedAlike() {
	if slices.ContainsFunc(b.plan.Guards, func(g Guard) bool { return g.Denied }) {
		return // there is no row to compute from
	}
	l := limiting{b: b}
	for _, s := range b.plan.Slots {
		l.parts = append(l.parts, l.part(s))
	}
	for _, v := range b.values {
		for _, s := range v.slots {
			l.refuse(v.item.Expr, l.parts[s])
		}
	}
	for i, o := range b.plan.Order {
		if o.Slot >= 0 && i < len(b.query.Sort) {
			l.refuse(b.query.Sort[i].Expr, l.parts[o.Slot])
		}
	}
	l.refuse(b.query.Having, l.of(b.plan.Having))
}

// limiting finds what limits the values of a plan.
type limiting struct {
	b     *binder
	parts []part // of the plan's slots
}

// part is what limits a value: by is sorted, and empty where all rows count.
type part struct {
	counted  bool // rows are counted; a literal or a key goes with everything
	by       []string
	table    *Table // whose rows it counts
	unlike   bool   // computed from parts that are limited differently
	narrower *Table // with unlike, a table that is limited
}

func (l *limiting) part(s SlotDef) part {
	switch s := s.(type) {
	case FromBranch:
		return l.branch(l.b.plan.Branches[s.Branch], s.Measure)
	case Computed:
		return l.of(s.Expr)
	case OverRows:
		return l.parts[s.Of]
	}
	return part{}
}

// branch is what limits a measure: the rules of the rows that it counts, and
// those of the rows that its filters look for. What is joined may be missing, but
// takes no row away.
func (l *limiting) branch(br Branch, measure int) part {
	home := l.rows(br.Scans, br.Where)
	for i, m := range br.Measures {
		if i == measure || br.Inner != nil {
			home.by = union(home.by, l.sets(m.Where))
		}
	}
	later := part{}
	switch {
	case br.Convert != nil:
		later = l.rows(br.Convert.Scans, br.Convert.Where)
	case br.Cohort != nil:
		later = l.rows(br.Cohort.Scans, br.Cohort.Where)
	}
	if len(union(home.by, later.by)) > len(home.by) { // of all first steps only some can be seen to lead on
		home.unlike, home.narrower = true, later.table
	}
	return home
}

func (l *limiting) rows(scans []Scan, where []Expr) part {
	p := part{counted: true, table: scans[0].Table}
	for _, r := range scans[0].Guards {
		p.by = union(p.by, limitsOf(r))
	}
	for _, w := range where {
		p.by = union(p.by, l.sets(w))
	}
	return p
}

// sets is what limits the nested queries of a filter.
func (l *limiting) sets(e Expr) []string {
	var by []string
	Walk(e, func(x Expr) {
		var p *Plan
		switch x := x.(type) {
		case InPlan:
			p = x.Plan
		case PlanTest:
			p = x.Plan
		}
		if p == nil {
			return
		}
		for _, br := range p.Branches {
			by = union(by, l.rows(br.Scans, br.Where).by)
		}
		if p.Rows != nil {
			by = union(by, l.rows(p.Rows.Scans, p.Rows.Where).by)
		}
	})
	return by
}

// of is what limits an expression over slots. Conditions joined by and, or and
// not are each by themselves.
func (l *limiting) of(e Expr) part {
	if s, ok := e.(Slot); ok {
		return l.parts[s.Index]
	}
	joined := false
	switch x := e.(type) {
	case Binary:
		joined = x.Op == And || x.Op == Or
	case Unary:
		joined = x.Op == Not
	}
	var all part
	for _, c := range children(e) {
		p := l.of(c)
		switch {
		case !p.counted || all.unlike:
		case !all.counted || p.unlike:
			all = p
		case !joined && !slices.Equal(all.by, p.by):
			all.unlike, all.narrower = true, all.table
			if len(all.by) == 0 {
				all.narrower = p.table
			}
		}
	}
	return all
}

// refuse names the value, the table that is limited and the metrics that can be
// asked each by itself.
func (l *limiting) refuse(e Expr, p part) {
	if e == nil || !p.unlike {
		return
	}
	l.b.fail(Problem{Code: LimitedUnlike, Name: ExprString(e), Detail: p.narrower.Name, Near: l.b.partsOf(e)})
}

// partsOf are the metrics that a value is computed from: those that it names, or
// where it is made of one, those that this one names.
func (b *binder) partsOf(e Expr) []string {
	var names []string
	Walk(e, func(x Expr) {
		n, ok := x.(Name)
		if ok && len(n.Path) == 1 && b.view.Metric(n.Path[0]) != nil && !slices.Contains(names, n.Path[0]) {
			names = append(names, n.Path[0])
		}
	})
	if len(names) != 1 {
		return names
	}
	if m := b.view.Metric(names[0]); m.Kind != Simple && m.Kind != Balance {
		return b.partsOf(m.Expr)
	}
	return nil
}

// limitsOf is what makes a rule limit one viewer and not another: the viewer's
// attributes, else the condition that some roles are exempt from, on whichever
// table it stands. A rule for everybody says what the data are.
func limitsOf(r *Rule) []string {
	var by []string
	Walk(r.Where, func(x Expr) {
		if a, ok := x.(ViewerAttr); ok {
			by = union(by, []string{"viewer." + a.Attr})
		}
	})
	if len(by) == 0 && len(r.Roles) > 0 {
		by = []string{strings.ReplaceAll(ExprString(r.Where), r.Table.Name+".", "")}
	}
	return by
}

// union is two sorted lists as one.
func union(a, b []string) []string {
	all := append(slices.Clone(a), b...)
	slices.Sort(all)
	return slices.Compact(all)
}
