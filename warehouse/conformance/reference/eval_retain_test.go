package reference

import (
	"fmt"
	"slices"
)

// sinceTest is a condition on the periods since a first act.
type sinceTest struct {
	op string
	n  int64
}

func (c sinceTest) line() string { return fmt.Sprint("since ", c.op, " ", c.n) }

// retention is the metric that a query asks for alone, nil for none.
func (w *world) retention(q *query) *metric {
	if len(q.items) != 1 {
		return nil
	}
	t := q.items[0].term
	if f, ok := t.(filtered); ok {
		t = f.of
	}
	n, ok := t.(named)
	if !ok {
		return nil
	}
	if m := w.metric(n.metric); m != nil && m.kind == "retain" {
		return m
	}
	return nil
}

// act is one row by which an entity acts.
type act struct {
	scope
	index int
	at    int64
	who   []cell
}

// actsOf are the rows of a metric that have a time and an entity.
func (e *evaluator) actsOf(m, of *metric) []act {
	a := of.expr.(aggregate)
	var acts []act
	for i, r := range e.w.table(a.table).rows {
		s := scope{a.table, map[string]row{"": r}, ref{}}
		at, _ := e.read(s, e.ownTime(of, a.table))
		who := e.who(s, m)
		if at.isNull() || slices.ContainsFunc(who, cell.isNull) || of.where != nil && !e.all(s, parts(of.where)) || e.argument(s, a).isNull() {
			continue
		}
		acts = append(acts, act{s, i, at.at, who})
	}
	return acts
}

// firstActs is the first act of each entity, of several at one moment the one
// with the least key.
func (e *evaluator) firstActs(m *metric) []act {
	first := map[string]act{}
	for _, a := range e.actsOf(m, e.w.metric(m.from)) {
		id := keyOf(a.who)
		old, ok := first[id]
		if !ok || a.at < old.at || a.at == old.at && e.lesser(&firstStep{countedRow: countedRow{scope: a.scope}}, &firstStep{countedRow: countedRow{scope: old.scope}}) {
			first[id] = a
		}
	}
	var list []act
	for _, id := range sortedKeys(first) {
		list = append(list, first[id])
	}
	return list
}

// retained are the rows of a query for a retention metric.
func (e *evaluator) retained(m *metric) []answerRow {
	e.bindWindows()
	if len(e.q.during) == 0 {
		e.refuse()
		return nil
	}
	where, since := e.splitSince()
	if f, ok := e.q.items[0].term.(filtered); ok {
		where = append(where, parts(f.where)...)
	}
	if m.where != nil {
		where = append(where, parts(m.where)...)
	}
	again := map[string]bool{}
	for _, a := range e.actsOf(m, e.w.metric(m.to)) {
		again[fmt.Sprint(keyOf(a.who), e.w.start(a.at, m.unit))] = true
	}
	size, kept := map[string]int64{}, map[string]int64{}
	var rows []groupRow
	for _, a := range e.firstActs(m) {
		if !e.asked(a, where) {
			continue
		}
		for _, done := range e.periodsOf(m, a, since, again) {
			id := keyOf(done.key)
			if _, ok := size[id]; !ok {
				rows = append(rows, groupRow{done.key})
			}
			size[id] += bit(done.over)
			kept[id] += bit(done.again)
		}
	}
	if len(e.q.by) == 0 && len(rows) == 0 {
		rows = []groupRow{{}}
	}
	out := make([]answerRow, len(rows))
	e.kept = map[string]cell{}
	for i, r := range rows {
		x := e.keptOf(m, size[keyOf(r.key)], kept[keyOf(r.key)])
		e.kept[keyOf(r.key)] = x
		out[i] = answerRow{key: r.key, named: map[string]cell{e.q.items[0].as: x}}
	}
	return e.finish(rows, out)
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (e *evaluator) keptOf(m *metric, size, kept int64) cell {
	if size == 0 {
		return null
	}
	if m.rate {
		return arithmetic("/", number(kept), number(size))
	}
	return number(kept)
}

// splitSince takes the conditions on periods out of the others.
func (e *evaluator) splitSince() (where []cond, since []sinceTest) {
	for _, c := range parts(e.q.where) {
		if s, ok := c.(sinceTest); ok {
			since = append(since, s)
		} else {
			where = append(where, c)
		}
	}
	keyed := slices.ContainsFunc(e.q.by, func(g group) bool { return g.since })
	if !keyed && len(since) == 0 {
		since = []sinceTest{{">=", 1}}
	}
	return where, since
}

// asked reports a first act that lies in the visible periods and meets the
// query's conditions.
func (e *evaluator) asked(a act, where []cond) bool {
	inside := false
	for _, sp := range e.q.during {
		inside = inside || sp.from <= a.at && a.at < sp.to
	}
	return inside && e.all(a.scope, where)
}

// looked is an entity in one group: whether a period of it counts, and whether
// it acted again in one.
type looked struct {
	key         []cell
	over, again bool
}

// periodsOf looks at an entity in each period from that of its first act on.
func (e *evaluator) periodsOf(m *metric, a act, since []sinceTest, again map[string]bool) map[string]looked {
	found := map[string]looked{}
	now := e.w.start(today-1, m.unit)
	n := int64(0)
	for p := e.w.start(a.at, m.unit); p <= now; p = e.w.start(e.w.plus(p, m.unit, 1), m.unit) {
		holds := true
		for _, t := range since {
			holds = holds && e.compare(number(n), t.op, number(t.n))
		}
		if holds {
			key := e.cohortKey(a, n)
			x := found[keyOf(key)]
			x.key = key
			x.over = x.over || p < now
			x.again = x.again || p < now && again[fmt.Sprint(keyOf(a.who), p)]
			found[keyOf(key)] = x
		}
		n++
	}
	return found
}

func (e *evaluator) cohortKey(a act, n int64) []cell {
	var key []cell
	for _, g := range e.q.by {
		if g.since {
			key = append(key, number(n))
			continue
		}
		if slices.ContainsFunc(e.wayOf(g, a.home), func(s step) bool { return s.many }) {
			e.refuse()
			continue
		}
		key = append(key, e.groupCells(a.scope, g, place{time: e.w.metric(e.w.retention(e.q).from).time})...)
	}
	return key
}

// retentionQuery asks who came back.
func (w *world) retentionQuery(d dice, m *metric) *query {
	q := &query{items: []item{{term: named{m.name}, as: "i0"}}}
	home := w.metric(m.from).expr.(aggregate).table
	if d.chance(30) {
		q.by = []group{{of: ref{table: home, name: pick(d, []string{"kind", "name", "id"})}}}
	}
	if d.chance(50) {
		q.by = append(q.by, group{axis: true, grain: pick(d, grains)})
	}
	if d.chance(50) {
		q.by = append(q.by, group{since: true})
	}
	q.during = []span{randomSpan(d)}
	switch d.IntN(4) {
	case 0:
		q.during = []span{{"2022-10-01..2026-07-01", day(2022, 10, 1), day(2026, 7, 1), ""}}
	case 1:
		q.during = []span{{"2026-H1", day(2026, 1, 1), day(2026, 7, 1), "half"}}
	}
	if d.chance(40) {
		q.where = sinceTest{pick(d, []string{"=", "<=", ">", ">="}), int64(d.IntN(4))}
	}
	if d.chance(25) {
		row := w.randomCond(d, home, 1, false)
		if q.where == nil {
			q.where = row
		} else {
			q.where = and{row, q.where}
		}
	}
	if d.chance(15) {
		q.items[0].term = filtered{named{m.name}, w.randomCond(d, home, 1, true)}
	}
	return q
}
