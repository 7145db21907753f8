package reference

import "math"

// versions say when a row of a table holds: from a moment on, to another one or,
// without it, to the next version of the same thing.
type versions struct{ from, to string }

// holdsAt reports a row that is the version of its thing at a moment.
func (w *world) holdsAt(t *table, r row, at cell) bool {
	begin := r[t.valid.from]
	if at.isNull() || begin.isNull() || begin.at > at.at {
		return false
	}
	end := int64(math.MaxInt64)
	if t.valid.to != "" {
		if x := r[t.valid.to]; !x.isNull() {
			end = x.at
		}
		return at.at < end
	}
	for _, other := range t.rows {
		if next := other[t.valid.from]; other["id"].key() == r["id"].key() && !next.isNull() && next.at > begin.at {
			end = min(end, next.at)
		}
	}
	return at.at < end
}

// meets reports that a step from one row to another holds at its moment.
func (e *evaluator) meets(in scope, s step, from, to row) bool {
	if s.at == "" {
		return true
	}
	w := e.w
	moments, table, version := from, s.to, to
	if s.name[0] == '<' {
		moments, table, version = to, s.from, from
	}
	var at cell
	switch s.at {
	case "now":
		at = moment(today - 1)
	case "time":
		axis, ok := e.axis(in.home, in.time)
		if !ok {
			e.refuse()
			return false
		}
		at, _ = e.read(in, axis)
	default:
		at = moments[s.at]
	}
	return w.holdsAt(w.table(table), version, at)
}

// addVersions gives a table a join to versions of something.
func (w *world) addVersions(d dice, t *table) {
	h := &table{name: "h0", source: t.source, key: []string{"id", "begins"}, display: "name"}
	h.columns = []column{{name: "id", kind: 'i'}, {name: "name", kind: 's', members: words}, {name: "kind", kind: 's', members: words[:3]},
		{name: "qty", kind: 'i'}, {name: "price", kind: 'd'}, {name: "begins", kind: 't', coding: pick(d, []string{"date", "yyyymmdd"})}}
	h.valid = &versions{from: "begins"}
	if d.chance(50) {
		h.valid.to = "until_day"
		h.columns = append(h.columns, column{name: "until_day", kind: 't', coding: "date"})
	}
	for id := range int64(4) {
		at := day(2022, 10, 1)
		for range d.IntN(4) {
			at += int64(1+d.IntN(200)) * 86400
			r := row{}
			for _, c := range h.columns {
				r[c.name] = randomCell(d, c, false)
			}
			r["id"], r["begins"], r["until_day"] = number(id+1), moment(at), null
			if d.chance(80) {
				at += int64(1+d.IntN(200)) * 86400
				r["until_day"] = moment(at)
			} else if h.valid.to != "" {
				h.rows = append(h.rows, r)
				break
			}
			h.rows = append(h.rows, r)
		}
	}
	j := join{name: "ver", to: "h0", on: [][2]string{{"ver_0", "id"}}, at: pick(d, []string{t.time, t.time, "now", "time"})}
	t.joins = append(t.joins, j)
	t.columns = append(t.columns, column{name: "ver_0", kind: 'i', foreign: true})
	for _, r := range t.rows {
		r["ver_0"] = number(int64(1 + d.IntN(5)))
	}
	w.tables = append(w.tables, h)
}
