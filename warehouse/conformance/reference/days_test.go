package reference

import (
	"fmt"
	"slices"
)

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
	for range 2 {
		w.addOwnOffset(d)
	}
}

// addOwnOffset adds a metric whose value is that of an earlier season, of any length.
func (w *world) addOwnOffset(d dice) {
	var led []*metric
	for _, m := range w.plainMetrics() {
		t := w.table(m.expr.(aggregate).table)
		if m.time.table == "" && t.join("cal") != nil {
			led = append(led, m)
		}
	}
	if len(led) > 0 && d.chance(60) {
		m := &metric{name: fmt.Sprint("own", len(w.metrics)), kind: "offset", ofDay: "season", n: 1 + d.IntN(2), expr: named{pick(d, led).name}}
		w.metrics = append([]*metric{m}, w.metrics...) // what cohorts ask for is the last one
	}
}

// ownPlace computes in an earlier season.
func (e *evaluator) ownPlace(m *metric, r groupRow, c place) place {
	base := e.windows[c.window]
	parts := slices.ContainsFunc(e.q.by, e.ofAxis)
	if c.window > 0 || len(base.spans) == 0 && e.grain() == "" && !parts {
		e.refuse()
		return c
	}
	if len(base.spans) == 0 {
		e.term(m.expr, r, c) // the periods that are shown are its own
	}
	e.checkAxes("day", false)
	c.window = e.addWindow("own "+m.name, window{spans: base.spans, seen: true, own: m})
	return c
}

// shownOn is the day of a later season on which what counts on a day is shown: the
// day of the same number, or the last; null where there is none.
func (e *evaluator) shownOn(s scope, axis ref, at cell, m *metric) cell {
	if !e.led(s.home, axis) {
		e.refuse()
		return null
	}
	days := map[string][]int64{}
	own := ""
	for _, r := range e.w.table("c0").rows {
		said, on := r[m.ofDay], r["on_day"]
		if said.isNull() || on.isNull() {
			continue
		}
		days[said.key()] = append(days[said.key()], on.at)
		if !at.isNull() && on.at == at.at {
			own = said.key()
		}
	}
	if own == "" {
		return null
	}
	var seasons [][]int64
	for _, id := range sortedKeys(days) {
		slices.Sort(days[id])
		seasons = append(seasons, days[id])
	}
	slices.SortFunc(seasons, func(a, b []int64) int { return int(a[0]/86400 - b[0]/86400) })
	place := slices.IndexFunc(seasons, func(list []int64) bool { return list[0] == days[own][0] })
	if place += m.n; place >= len(seasons) {
		return null
	}
	return moment(seasons[place][min(slices.Index(days[own], at.at), len(seasons[place])-1)])
}

// led reports a time axis that leads to the calendar.
func (e *evaluator) led(home string, axis ref) bool {
	way, column, ok := e.w.wayTo(home, axis)
	t := e.w.table(home)
	if len(way) > 0 {
		t = e.w.table(way[len(way)-1].to)
	}
	return ok && slices.ContainsFunc(t.joins, func(j join) bool { return j.name == "cal" && j.on[0][0] == column.name })
}

// saidOfDay is what the calendar says of the day of a row.
func (e *evaluator) saidOfDay(s scope, axis ref, at cell, g group, c place) cell {
	if c.window > 0 || c.over != nil {
		e.beyond() // of which day, the earlier one or that of the period shown?
		return null
	}
	if !e.led(s.home, axis) {
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
