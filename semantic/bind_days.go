package semantic

import "slices"

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
	return dayOf(axis, attribute, b.view.Hidden)
}

func dayOf(axis *Dimension, attribute string, hidden func(*Dimension) bool) (*Join, *Dimension) {
	column, ok := bareColumn(axis)
	for _, j := range axis.Table.Joins {
		if !ok || j.Many || len(j.On) != 1 || j.With != nil || j.On[0].From != column || j.To.Warehouse != axis.Table.Warehouse {
			continue
		}
		if d := dimensionOf(j.To, attribute); d != nil && !hidden(d) {
			return j, d
		}
	}
	return nil, nil
}

// OffsetPeriod is the attribute of days by whose periods a metric is offset; nil
// for none.
func (m *Metric) OffsetPeriod(model *Model) *Dimension {
	for _, t := range model.Tables {
		for _, axis := range t.Dimensions {
			if m.OffsetBy != "" && axis.Type.Finest() != NoUnit {
				if _, d := dayOf(axis, m.OffsetBy, func(*Dimension) bool { return false }); d != nil {
					return d
				}
			}
		}
	}
	return nil
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
	day, ok := br.shownDay(n)
	if !ok {
		return nil, nil
	}
	if day != nil {
		return br.value(br.dayRow(lead, j, day), d), d
	}
	path := append(append([]step{}, lead...), step{join: j})
	return br.value(br.scan(path), d), d
}

// shownDay is the day that a value is shown for, where that is another than the one
// by which its rows count: days or weeks later, or the end of a span. What is moved
// by months, or held against another period, has no such day.
func (br *branch) shownDay(n Name) (Expr, bool) {
	b := br.b
	w := b.times[br.compare]
	grain := b.timeGrain()
	switch {
	case w.moved != nil:
		x, d := br.axisExpr()
		if x == nil {
			return nil, false
		}
		return Trunc{X: x, Type: d.Type, Grain: Grain{Unit: Day}, Calendar: b.clock.Calendar}, true
	case w.over != nil && w.shift == 0 && w.base == 0 && unitRank(grain) <= int(Day):
		return Trunc{X: SpanKey{Moment: true}, Type: ColumnType{Kind: Timestamp}, Grain: Grain{Unit: Day}, Calendar: b.clock.Calendar}, true
	case w.over == nil && w.base == 0 && w.shift != 0 && (w.shiftUnit == Day || w.shiftUnit == Week):
		x, d := br.axisExpr()
		if x == nil {
			return nil, false
		}
		return Trunc{X: x, Type: d.Type, Grain: Grain{Unit: Day}, Calendar: b.clock.Calendar, Shift: w.shift, ShiftUnit: w.shiftUnit}, true
	case w.over != nil || w.shift != 0 || br.compare > 0:
		b.fail(Problem{Code: NotComputed, Name: dotted(n), Detail: "comparison"})
		return nil, false
	}
	return nil, true
}

// dayRow joins the calendar's row of a day.
func (br *branch) dayRow(lead []step, j *Join, day Expr) int {
	key := "day " + pathKey(lead) + j.Name
	if at, ok := br.index[key]; ok {
		return at
	}
	parent, next := br.scan(lead), len(br.scans)
	br.scans = append(br.scans, Scan{Table: j.To, Parent: parent})
	br.index[key] = next
	there := br.column(next, j.On[0].To).(Column)
	var own Expr = there
	if there.Type.Kind != Date || there.Type.Coding != Native {
		own = Trunc{X: there, Type: there.Type, Grain: Grain{Unit: Day}, Calendar: br.b.clock.Calendar}
	}
	br.scans[next].Meets = []Pair{{From: day, To: own}}
	return next
}

// byDays reports a key that is an attribute of days: a value that stands at a moment
// is seen at each day of those with the attribute.
func (b *binder) byDays() bool {
	return slices.ContainsFunc(b.groups, func(g group) bool { return g.ofDay })
}

// spineOfDays adds the attributes of all days of the visible period, whether rows
// count there or not: they are those of the calendar's own rows.
func (b *binder) spineOfDays() {
	axis := b.plan.TimeOf
	w := b.plan.Window
	if axis == nil || len(b.groups) > 1 || w.Start.IsZero() || w.End.IsZero() || len(b.plan.Windows) > 0 {
		b.fail(Problem{Code: BadPeriod, Detail: "fill"})
		return
	}
	j, d := b.dayOf(axis, b.groups[0].via.Path[1])
	br := newBranch(b, j.To)
	key := br.value(0, d)
	day := br.column(0, j.On[0].To).(Column)
	b.guard(&br.scans[0], 0)
	b.plan.Branches = append(b.plan.Branches, Branch{Source: j.To.Warehouse, Scans: br.scans, Keys: []Expr{key},
		Where: []Expr{timeRange(day, day.Type, w), IsNull{X: key, Not: true}}})
}
