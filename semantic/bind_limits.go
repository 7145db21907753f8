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
	switch {
	case !slices.ContainsFunc(b.model.Rules, func(r *Rule) bool { return r.Where != nil }):
		return // everybody sees every row
	case slices.ContainsFunc(b.plan.Guards, func(g Guard) bool { return g.Denied }):
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
	table    *Table // whose rows are limited; where none are, the one whose rows it counts
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

// branch is what limits a measure: the rules of the rows that it counts, of the
// rows that its filters look for, and of those that it reads its groups, filters
// and amounts from. What is joined takes no row away by itself, but a row whose
// partner is hidden passes no filter on it and falls into no group of it.
func (l *limiting) branch(br Branch, measure int) part {
	about := append(slices.Clone(br.Where), br.Keys...)
	var of []Expr // over what is aggregated
	for i, m := range br.Measures {
		if i == measure || br.Inner != nil {
			of = append(of, m.Where, m.Arg)
		}
	}
	if br.Inner != nil {
		about = append(about, br.Inner.By...)
	}
	var scans []Scan // of what comes later
	var later []Expr
	switch {
	case br.Convert != nil:
		scans, later = br.Convert.Scans, append(slices.Clone(br.Convert.Where), of...)
		for _, p := range br.Convert.Pairs {
			about, later = append(about, p.From), append(later, p.To)
		}
	case br.Cohort != nil:
		scans, later, about = br.Cohort.Scans, slices.Clone(br.Cohort.Where), append(about, br.Cohort.If...)
		for _, p := range br.Cohort.Pairs {
			about, later = append(about, p.From), append(later, p.To)
		}
	default:
		about = append(about, of...)
	}
	first := l.rows(br.Scans, about)
	if scans == nil {
		return first
	}
	then := l.rows(scans, later)
	if len(union(first.by, then.by)) > len(first.by) { // of all first steps only some can be seen to lead on
		first.unlike, first.narrower = true, then.table
	}
	return first
}

// rows is what limits the rows of the first scan, and what is read of them.
func (l *limiting) rows(scans []Scan, read []Expr) part {
	p := part{counted: true, table: scans[0].Table}
	limited := func(at *Table, by []string) {
		if len(p.by) == 0 && len(by) > 0 {
			p.table = at
		}
		p.by = union(p.by, by)
	}
	limited(scans[0].Table, limitsOf(scans[0].Guards))
	for _, x := range read {
		Walk(x, func(e Expr) {
			c, ok := e.(Column)
			for i := c.Scan; ok && i > 0; i = scans[i].Parent {
				limited(scans[i].Table, limitsOf(scans[i].Guards))
			}
		})
		l.sets(x, limited)
	}
	return p
}

// sets is what limits the nested queries of a filter.
func (l *limiting) sets(e Expr, limited func(*Table, []string)) {
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
			for i := range br.Measures {
				inner := l.branch(br, i)
				limited(inner.table, inner.by)
			}
		}
		if p.Rows != nil {
			inner := l.rows(p.Rows.Scans, append(slices.Clone(p.Rows.Where), p.Rows.Outputs...))
			limited(inner.table, inner.by)
		}
	})
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

// limitsOf is what makes rules limit one viewer and not another: the viewer's
// attributes, else the condition that some roles are exempt from, on whichever
// table it stands. A rule for everybody says what the data are.
func limitsOf(rules []*Rule) []string {
	var by []string
	for _, r := range rules {
		named := false
		Walk(r.Where, func(x Expr) {
			if a, ok := x.(ViewerAttr); ok {
				by, named = union(by, []string{"viewer." + a.Attr}), true
			}
		})
		if !named && len(r.Roles) > 0 {
			by = union(by, []string{strings.ReplaceAll(ExprString(r.Where), r.Table.Name+".", "")})
		}
	}
	return by
}

// union is two sorted lists as one.
func union(a, b []string) []string {
	all := append(slices.Clone(a), b...)
	slices.Sort(all)
	return slices.Compact(all)
}
