package semantic

// isOfDay reports time.attribute: what a calendar table says of the day by which a
// metric's rows count, a company's own week or the phase of a campaign.
func isOfDay(n Name) bool { return len(n.Path) == 2 && n.Path[0] == "time" }

// groupByDay groups by an attribute of the day, which the time axis of each metric
// must lead to.
func (b *binder) groupByDay(n Name, name string, atoms []atom) {
	g := group{name: name, expr: n, via: n, ofDay: true}
	for _, a := range atoms {
		axis := b.axisOf(a)
		if axis == nil {
			b.fail(Problem{Code: NoTime, Name: a.text()})
			return
		}
		_, d := b.dayOf(axis, n.Path[1])
		if d == nil {
			b.fail(Problem{Code: UnknownName, Name: dotted(n), Near: b.attributesOfDays(axis)})
			return
		}
		g.dim, g.typ = d, d.Type
	}
	b.groups = append(b.groups, g)
}

// dayOf is the join by which the column of a time axis alone leads on, to a table
// that has the attribute; nil where there is none.
func (b *binder) dayOf(axis *Dimension, attribute string) (*Join, *Dimension) {
	column, ok := bareColumn(axis)
	for _, j := range axis.Table.Joins {
		if !ok || j.Many || len(j.On) != 1 || j.With != nil || j.On[0].From != column || j.To.Warehouse != axis.Table.Warehouse {
			continue
		}
		if d := dimensionOf(j.To, attribute); d != nil && !b.view.Hidden(d) {
			return j, d
		}
	}
	return nil, nil
}

func (b *binder) attributesOfDays(axis *Dimension) []string {
	var names []string
	for _, t := range b.model.Tables {
		for _, d := range t.Dimensions {
			if _, there := b.dayOf(axis, d.Name); there == d && len(names) < 5 {
				names = append(names, "time."+d.Name)
			}
		}
	}
	return names
}

// ofDay is the attribute of the day by which the rows of the branch count.
func (br *branch) ofDay(n Name) (Expr, *Dimension) {
	if br.axis == nil {
		br.b.fail(Problem{Code: NoTime, Name: br.home.Name})
		return nil, nil
	}
	j, d := br.b.dayOf(br.axis, n.Path[1])
	lead, ok := br.b.pathTo(br.home, br.axis.Table)
	if d == nil || !ok {
		br.b.fail(Problem{Code: UnknownName, Name: dotted(n), Near: br.b.attributesOfDays(br.axis)})
		return nil, nil
	}
	if br.b.times[br.compare].shift != 0 || br.b.times[br.compare].over != nil || br.compare > 0 {
		br.b.fail(Problem{Code: NotComputed, Name: dotted(n), Detail: "comparison"}) // the calendar says nothing of the day at which an earlier value is shown
		return nil, nil
	}
	path := append(append([]step{}, lead...), step{join: j})
	return br.value(br.scan(path), d), d
}
