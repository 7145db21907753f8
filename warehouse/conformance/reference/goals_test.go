package reference

// goalsWorld has one table of what is known by whole months, a sum of which is cut
// by days with the period that is asked for.
func goalsWorld(d dice) *world {
	t := &table{name: "g0", source: "w", key: []string{"id"}, display: "name", time: "at"}
	t.columns = []column{{name: "id", kind: 'i'}, {name: "name", kind: 's', members: words}, {name: "kind", kind: 's', members: words[:3]},
		{name: "qty", kind: 'i'}, {name: "price", kind: 'd'}, {name: "at", kind: 't', coding: "yyyymm"}}
	w := &world{fiscal: pick(d, []int{1, 4, 7}), tables: []*table{t}, goals: true}
	w.fill(d, t)
	w.metrics = []*metric{{name: "m0", kind: "prorate", expr: aggregate{"sum", "g0", field{ref{"g0", nil, pick(d, []string{"qty", "price"})}}}}}
	if d.chance(30) {
		w.metrics[0].where = w.randomCond(d, "g0", 1, false)
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
	}
	for i, g := range []group{{of: ref{table: "g0", name: pick(d, []string{"kind", "name"})}}, {axis: true, grain: pick(d, []string{"month", "quarter", "half", "year", "fiscal_quarter"})}} {
		if d.chance(50 - 10*i) {
			q.by = append(q.by, g)
		}
	}
	if d.chance(30) {
		q.where = w.randomCond(d, "g0", 1, false)
	}
	return q
}

// cuts reports a period that begins or ends within a month.
func (w *world) cuts(sp span) bool {
	return w.start(sp.from, "month") != sp.from || w.start(sp.to, "month") != sp.to
}

// ofDays is the part of a month's value that lies in the period by its days.
func (e *evaluator) ofDays(s scope, x cell, c place) cell {
	spans := e.windows[c.window].spans
	if !c.prorate || len(spans) == 0 || x.isNull() || !e.w.cuts(spans[0]) {
		return x
	}
	r, _ := e.axis(s.home, c.time)
	at, _ := e.read(s, r)
	from, to := at.at, e.w.plus(at.at, "month", 1)
	part := max(0, min(to, spans[0].to)-max(from, spans[0].from)) / 86400
	return arithmetic("/", arithmetic("*", x, number(part)), number((to-from)/86400))
}
