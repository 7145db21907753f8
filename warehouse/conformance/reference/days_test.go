package reference

import "slices"

// addDays adds a calendar that says something of some days, to which the times of
// tables lead that hold days.
func (w *world) addDays(d dice) {
	days := &table{name: "c0", source: w.tables[0].source, key: []string{"on_day"}, display: "name"}
	days.columns = []column{{name: "on_day", kind: 't', coding: "date"}, {name: "season", kind: 's', members: words[:3]}, {name: "id", kind: 'i'},
		{name: "name", kind: 's', members: words}, {name: "kind", kind: 's', members: words[:3]}, {name: "qty", kind: 'i'}, {name: "price", kind: 'd'}}
	seen := map[string]bool{}
	for _, t := range w.tables {
		if c := t.column("at"); t.source != days.source || c == nil || c.coding != "date" {
			continue
		}
		t.joins = append(t.joins, join{name: "cal", to: "c0", on: [][2]string{{"at", "on_day"}}})
		for _, of := range t.rows {
			at := of["at"]
			if at.isNull() || seen[at.key()] || d.chance(20) {
				continue
			}
			seen[at.key()] = true
			r := row{}
			for _, c := range days.columns {
				r[c.name] = randomCell(d, c, false)
			}
			r["on_day"] = at
			days.rows = append(days.rows, r)
		}
	}
	w.tables = append(w.tables, days)
}

// saidOfDay is what the calendar says of the day of a row.
func (e *evaluator) saidOfDay(s scope, axis ref, at cell, g group, c place) cell {
	if c.window > 0 || c.over != nil {
		e.beyond() // of which day, the earlier one or that of the period shown?
		return null
	}
	way, column, ok := e.w.wayTo(s.home, axis)
	home := e.w.table(s.home)
	if len(way) > 0 {
		home = e.w.table(way[len(way)-1].to)
	}
	if !ok || !slices.ContainsFunc(home.joins, func(j join) bool { return j.name == "cal" && j.on[0][0] == column.name }) {
		e.refuse()
		return null
	}
	for _, r := range e.w.table("c0").rows {
		if !at.isNull() && r["on_day"].key() == at.key() {
			return r[g.ofDay]
		}
	}
	return null
}

// oneAxis reports metrics whose rows all count by the same time.
func (e *evaluator) oneAxis() bool {
	first := ""
	for i, h := range e.homes() {
		r, ok := e.axis(h.home, h.time)
		if i == 0 {
			first = r.String()
		}
		if !ok || r.String() != first {
			return false
		}
	}
	return true
}

// spineOfDays adds what the calendar says of the days of the period on which
// nothing counts.
func (e *evaluator) spineOfDays(rows []groupRow) []groupRow {
	have := map[string]bool{}
	for _, r := range rows {
		have[keyOf(r.key)] = true
	}
	for _, r := range e.w.table("c0").rows {
		said, on := r[e.q.by[0].ofDay], r["on_day"]
		key := []cell{said}
		if said.isNull() || on.isNull() || on.at < e.q.during[0].from || on.at >= e.q.during[0].to || have[keyOf(key)] {
			continue
		}
		have[keyOf(key)] = true
		rows = append(rows, groupRow{key})
	}
	return rows
}
