package reference

import (
	"fmt"
	"math"
	"slices"
)

// overSpans makes the rows of a metric count once for each span that they lie in,
// as the days of the visible period see it.
type overSpans struct {
	name  string
	first bool // of the days of a period the first is seen, not the last
	of    func(from, next int64) (start, end int64)
	days  []span // that are seen
	then  window // the second period that they lie in; not known for the first
}

// span is what a cumulative metric counts on a day.
func (e *evaluator) spanOf(m *metric) func(from, next int64) (int64, int64) {
	return func(from, next int64) (int64, int64) {
		switch m.kind {
		case "running":
			return math.MinInt64, next
		case "to_date":
			return e.w.start(from, m.unit), next
		}
		return e.w.plus(next, m.unit, -m.n), next
	}
}

// dayBefore is the same day of an earlier unit, and nothing where that has no such
// day.
func (e *evaluator) dayBefore(m *metric) func(from, next int64) (int64, int64) {
	return func(from, next int64) (int64, int64) {
		start := e.w.plus(from, m.unit, -m.n)
		if !m.clamp && e.w.plus(start, m.unit, m.n) != from {
			return start, start
		}
		return start, start + next - from
	}
}

// seen is the value of a metric over spans.
func (e *evaluator) seen(m *metric, r groupRow, c place, first bool, of func(from, next int64) (int64, int64)) cell {
	if len(e.q.during) == 0 {
		e.refuse()
		return null
	}
	for _, g := range e.q.by {
		if g.axis && isCyclic(g.grain) {
			e.beyond()
			return null
		}
	}
	c.over = &overSpans{name: m.name, first: first, of: of, days: e.q.during}
	c.window = e.addWindow("over "+m.name, window{spans: e.q.during, wide: true})
	return e.term(m.expr, r, c)
}

// axes are the groups that cut the time axis of every metric.
func (e *evaluator) axes() []int {
	var list []int
	for i, g := range e.q.by {
		if e.cutsAll(g) {
			list = append(list, i)
		}
	}
	return list
}

// countedOver are the rows of each span, with the periods of the day that sees it.
func (e *evaluator) countedOver(a aggregate, c place) []countedRow {
	axes := e.axes()
	days, order := map[string]int64{}, []string(nil)
	for _, day := range e.daysIn(c.over.days) {
		id := keyOf(e.periodsAt(axes, day, c.over.then))
		if _, ok := days[id]; !ok {
			order = append(order, id)
		} else if c.over.first {
			continue
		}
		days[id] = day
	}
	var rows []countedRow
	for _, id := range order {
		inner, day := c, days[id]
		inner.over, inner.coarse = nil, append(slices.Clone(c.coarse), axes...)
		start, end := c.over.of(day, day+86400)
		inner.window = e.addWindow(fmt.Sprint("span ", start, end), window{spans: []span{{from: start, to: end}}, wide: true})
		periods := e.periodsAt(axes, day, c.over.then)
		for _, r := range e.counted(a, inner) {
			r.key = e.between(r.key, axes, periods, c.coarse)
			rows = append(rows, r)
		}
	}
	return rows
}

// daysIn are the days of periods, each once and in order.
func (e *evaluator) daysIn(spans []span) []int64 {
	var days []int64
	for _, sp := range spans {
		for day := e.w.start(sp.from, "day"); day < sp.to; day += 86400 {
			days = append(days, day)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// periodsAt are the visible periods in which a day, or the day of a second period,
// is shown.
func (e *evaluator) periodsAt(axes []int, day int64, then window) []cell {
	var cells []cell
	for _, i := range axes {
		at := e.w.start(day, e.q.by[i].grain)
		if then.ago != nil {
			at = e.moved(day, e.q.by[i].grain, then)
		}
		cells = append(cells, moment(at))
	}
	return cells
}

// between puts the periods in their places among the cells of the other groups.
func (e *evaluator) between(key []cell, axes []int, periods []cell, coarse []int) []cell {
	var out []cell
	for i, g := range e.q.by {
		if slices.Contains(coarse, i) {
			continue
		}
		if at := slices.Index(axes, i); at >= 0 {
			out = append(out, periods[at])
			continue
		}
		n := e.width(g)
		out, key = append(out, key[:n]...), key[n:]
	}
	return out
}

// daysOfSeveral reports days of several of the units that a metric is offset by:
// each unit has its own distance from its earlier one.
func (e *evaluator) daysOfSeveral(m *metric, c place) bool {
	axis := e.axisGroup()
	if c.window > 0 || len(e.q.during) != 1 || axis < 0 || slices.Contains(c.coarse, axis) || length(e.q.by[axis].grain) > 1 || length(m.unit) <= 7 {
		return false
	}
	sp := e.q.during[0]
	return m.clamp || e.w.plus(e.w.start(sp.from, m.unit), m.unit, 1) < sp.to
}
