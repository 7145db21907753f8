package reference

import "slices"

// goalsWorld has one table of what is known by whole months, a sum of which is cut
// by days with the period that is asked for.
func goalsWorld(d dice) *world {
	t := &table{name: "g0", source: "w", key: []string{"id"}, display: "name", time: "at"}
	t.columns = []column{{name: "id", kind: 'i'}, {name: "name", kind: 's', members: words}, {name: "kind", kind: 's', members: words[:3]},
		{name: "qty", kind: 'i'}, {name: "price", kind: 'd'}, {name: "at", kind: 't', coding: "yyyymm"}}
	w := &world{fiscal: pick(d, []int{1, 4, 7}), tables: []*table{t}, goals: true}
	w.fill(d, t)
	w.metrics = []*metric{{name: "m0", kind: "prorate", expr: aggregate{fn: "sum", table: "g0", of: field{ref{"g0", nil, pick(d, []string{"qty", "price"})}}}}}
	if d.chance(30) {
		w.metrics[0].where = w.randomCond(d, "g0", 1, false)
	}
	if w.metrics[0].works = d.chance(40); w.metrics[0].works {
		for range d.IntN(9) {
			w.off = append(w.off, day(2023, 1, 1+d.IntN(455)))
			w.madeUp = append(w.madeUp, day(2023, 1, 1+7*d.IntN(65)))
		}
		for i := range 28 * d.IntN(2) {
			w.off = append(w.off, day(2023, 2, 1+i)) // a month without a working day
		}
	}
	if d.chance(25) {
		w.addRules(d)
	}
	return w
}

// goalQuery asks for it in a period that may cut months.
func (w *world) goalQuery(d dice) *query {
	q := &query{items: []item{{term: named{"m0"}, as: "i0"}}}
	if d.chance(85) {
		q.during = []span{randomSpan(d)}
		if d.chance(15) {
			q.during = append(q.during, randomSpan(d))
		}
	}
	for i, g := range []group{{of: ref{table: "g0", name: pick(d, []string{"kind", "name"})}}, {axis: true, grain: pick(d, []string{"day", "week", "month", "quarter", "half", "year", "fiscal_quarter"})}} {
		if d.chance(50 - 10*i) {
			q.by = append(q.by, g)
		}
	}
	if d.chance(30) {
		q.where = w.randomCond(d, "g0", 1, false)
	}
	if d.chance(25) {
		w.addComparison(d, q)
	}
	return q
}

// cuts reports a period that begins or ends within a month.
func (w *world) cuts(sp span) bool {
	return w.start(sp.from, "month") != sp.from || w.start(sp.to, "month") != sp.to
}

// worked reports a day from Monday to Friday that is not off, or one that is made up.
func (w *world) worked(day int64) bool {
	weekday := clockOf(day).Weekday()
	return slices.Contains(w.madeUp, day) || !slices.Contains(w.off, day) && weekday > 0 && weekday < 6
}

// daysThatCount are those of a month by which it is cut.
func (w *world) daysThatCount(month int64, works bool) []int64 {
	var all, some []int64
	for day := month; day < w.plus(month, "month", 1); day += 86400 {
		all = append(all, day)
		if w.worked(day) {
			some = append(some, day)
		}
	}
	if works && len(some) > 0 {
		return some
	}
	return all
}

// byDays reports groups that tell apart days of a month.
func (e *evaluator) byDays(c place) bool {
	return slices.ContainsFunc(e.axes(), func(i int) bool { return !slices.Contains(c.coarse, i) && length(e.q.by[i].grain) < 30 })
}

// countedByDays are the rows of each group with the days of their month in it.
func (e *evaluator) countedByDays(a aggregate, c place) []countedRow {
	win, axes := e.windows[c.window], e.axes()
	axes = slices.DeleteFunc(axes, func(i int) bool { return slices.Contains(c.coarse, i) })
	visible := e.daysIn(win.spans)
	inner := c
	inner.coarse = append(slices.Clone(c.coarse), axes...)
	var rows []countedRow
	for _, r := range e.counted(a, inner) {
		of, _ := e.axis(r.scope.home, c.time)
		at, _ := e.read(r.scope, of)
		days, periods := map[string]int64{}, map[string][]cell{}
		for _, day := range e.w.daysThatCount(at.at, c.works) {
			if slices.Contains(visible, day) {
				key := e.periodsAt(axes, day, win)
				days[keyOf(key)]++
				periods[keyOf(key)] = key
			}
		}
		for _, id := range sortedKeys(days) {
			rows = append(rows, countedRow{r.scope, r.index, e.between(r.key, axes, periods[id], c.coarse), days[id]})
		}
	}
	return rows
}

// ofDays is the part of a month's value that lies in the period by its days.
func (e *evaluator) ofDays(r countedRow, x cell, c place) cell {
	spans := e.windows[c.window].spans
	if !c.prorate || len(spans) == 0 || x.isNull() || r.days == 0 && !slices.ContainsFunc(spans, e.w.cuts) {
		return x
	}
	of, _ := e.axis(r.scope.home, c.time)
	at, _ := e.read(r.scope, of)
	all, part := e.w.daysThatCount(at.at, c.works), r.days
	if part == 0 {
		for _, day := range e.daysIn(spans) {
			if slices.Contains(all, day) {
				part++
			}
		}
	}
	return arithmetic("/", arithmetic("*", x, number(part)), number(int64(len(all))))
}
