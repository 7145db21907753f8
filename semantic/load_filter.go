package semantic

import "slices"

// checkFilter wants a condition on rows whose names resolve from each of the
// home tables. It reports AggregateInWhere, UnknownName, WrongType,
// UnknownMember and what Resolve does.
func (l *loader) checkFilter(x Expr, at *node, homes []*Table, owner string) {
	if x == nil || at == nil {
		return
	}
	f := &filterCheck{l: l, at: at, homes: homes, owner: owner}
	walkExpr(x, f.check)
}

// filterCheck walks a condition.
type filterCheck struct {
	l     *loader
	at    *node
	homes []*Table
	owner string
	rule  bool // viewer attributes are legal, nested queries are not
}

func (f *filterCheck) fail(name string, p Problem) bool {
	p.Name = name
	f.l.reportAt(f.at, Name{[]string{name}}, &p)
	return false
}

// since reports a filter of a metric that looks at periods after a first act.
func (f *filterCheck) since() bool {
	d := f.l.drafts[f.owner]
	return d != nil && d.metric.Kind == Retaining
}

// check looks at one part and says whether to go on to its parts.
func (f *filterCheck) check(x Expr) bool {
	switch x := x.(type) {
	case Name:
		if isSince(x) && f.since() {
			return false
		}
		f.resolve(x, false)
	case Grained:
		f.resolve(x.Of, true)
		return false
	case During:
		f.resolve(x.Of, true)
		return false
	case ViewerAttr:
		if !f.rule {
			return f.fail("viewer."+x.Attr, Problem{Code: UnknownName})
		}
	case Call:
		kind, known := f.l.function(x, f.at)
		if known && kind.Kind != ScalarFunc {
			return f.fail(x.Func, Problem{Code: AggregateInWhere, Detail: f.owner})
		}
		return known
	case Filtered:
		return f.fail(f.owner, Problem{Code: AggregateInWhere, Detail: "{}"})
	case In:
		if x.Sub != nil && f.rule {
			return f.fail(f.owner, Problem{Code: NotComputed, Detail: "in"})
		}
		f.compare(x.X, x.List...)
	case Binary:
		if x.Op >= Eq && x.Op <= Ge {
			f.compare(x.L, x.R)
			f.compare(x.R, x.L)
		}
	case Between:
		f.compare(x.X, x.Lo, x.Hi)
	}
	return true
}

// resolve resolves a name from every home. "time" is each metric's own axis.
func (f *filterCheck) resolve(n Name, mustBeTime bool) {
	if mustBeTime && len(n.Path) == 1 && n.Path[0] == "time" {
		return
	}
	for _, home := range f.homes {
		c, problem := f.l.model.ResolveColumn(home, n)
		switch {
		case problem != nil && problem.Code == UnknownName && len(n.Path) == 1 && f.l.drafts[n.Path[0]] != nil:
			problem = &Problem{Code: AggregateInWhere, Name: n.Path[0], Detail: f.owner}
		case problem == nil && mustBeTime && c.Dimension != nil && !c.Dimension.Type.isTime():
			problem = &Problem{Code: WrongType, Name: spell(n.Path...), Detail: "time"}
		}
		if problem != nil {
			f.l.reportAt(f.at, n, problem)
			return
		}
	}
}

// compare wants literals that meet a dimension to be of its kind and, where its
// members are closed, to be members.
func (f *filterCheck) compare(x Expr, with ...Expr) {
	n, ok := x.(Name)
	if !ok || len(f.homes) == 0 {
		return
	}
	c, problem := f.l.model.ResolveColumn(f.homes[0], n)
	if problem != nil || c.Dimension == nil {
		return
	}
	for _, y := range with {
		lit, ok := y.(Lit)
		switch {
		case !ok || lit.Value.IsNull():
		case !canCompare(c.Dimension.Type, lit.Value):
			f.l.report(Problem{Code: WrongType, Pos: f.at.within(ExprString(lit)), Name: lit.Value.String(), Detail: c.Dimension.Type.Kind.String()})
		case c.Dimension.Closed && !isMember(c.Dimension, lit.Value):
			f.l.report(Problem{Code: UnknownMember, Pos: f.at.within(lit.Value.String()), Name: lit.Value.String(), Near: nearMembers(c.Dimension, lit.Value), Detail: c.Dimension.Name})
		}
	}
}

// canCompare reports whether a literal can meet values of a column. Times are
// compared with dates and with the text that a query line has for them.
func canCompare(t ColumnType, v Value) bool {
	switch {
	case t.isNumber():
		return v.IsNumber()
	case t.isTime():
		return v.isTime()
	}
	return t.Kind == v.Kind()
}

func isMember(d *Dimension, v Value) bool {
	return slices.ContainsFunc(d.Values, func(m Member) bool {
		order, err := m.Value.Compare(v)
		return err == nil && order == 0
	})
}

// nearMembers lists the declared members nearest to a value, or the first few.
func nearMembers(d *Dimension, v Value) []string {
	var all []string
	for _, m := range d.Values {
		all = append(all, m.Value.String())
	}
	if near := nearest(v.String(), all); len(near) > 0 {
		return near
	}
	return all[:min(len(all), 5)]
}
