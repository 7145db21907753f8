package reference

import (
	"fmt"
	"math"
	"slices"
)

// then is a term in a second period: nothing at visible periods behind its end.
func (e *evaluator) then(t term, r groupRow, c place) cell {
	x := e.term(t, r, c)
	win, axis := e.windows[c.window], e.axisGroup()
	if axis < 0 || len(win.spans) != 1 {
		return x
	}
	if own := r.key[e.offset(axis)]; !own.isNull() && e.back(own.at, win) >= win.spans[0].to {
		return null
	}
	return x
}

// cumulativeThen is a cumulative metric in a second period: at each visible period
// as it stood at the end of the one that meets it.
func (e *evaluator) cumulativeThen(m *metric, r groupRow, c place) cell {
	win, number := e.windows[c.window], c.window
	axis := e.axisGroup()
	if axis >= 0 && slices.Contains(c.coarse, axis) {
		axis = -1
	}
	if axis < 0 {
		c.window = e.addWindow(fmt.Sprint("to ", m.name, number), window{spans: e.untilEnd(m, win.spans), wide: true})
		return e.term(m.expr, r, c)
	}
	grain := e.q.by[axis].grain
	switch {
	case !e.severalAxes() && (m.kind == "to_date" && m.unit == grain || m.kind == "window" && m.n == 1 && m.unit == grain):
		return e.term(m.expr, r, c)
	case len(win.spans) == 0 && m.kind != "running":
		e.refuse()
		return null
	}
	inRows := !e.severalAxes() && e.addsUp(m.expr) && (m.kind == "running" || m.unit == grain || m.kind == "to_date" && length(m.unit) > length(grain) && e.w.nests(grain, m.unit))
	if !inRows {
		return e.seenThen(m, r, c, win)
	}
	e.dense = true
	wide := window{ago: win.ago, days: win.days, from: win.from, known: win.known, wide: true}
	if len(win.spans) == 1 {
		wide.spans = []span{{from: e.reach(m, win, grain), to: win.spans[0].to}}
	}
	if m.kind == "to_date" && len(win.spans) == 1 && len(e.q.during) == 1 {
		wide.spans = e.toDates(m, win, grain)
	}
	seen := c
	seen.window = e.addWindow(fmt.Sprint("then ", m.name, number), wide)
	e.term(m.expr, r, seen) // the groups that it has
	from, to, dated := e.periodOf(r)
	if !dated {
		return e.undatedThen(m, r, c, win)
	}
	first := from
	if from, to = e.back(from, win), e.back(to, win); len(win.spans) == 1 {
		to = min(to, win.spans[0].to)
	}
	switch {
	case to <= from:
		return null // the second period has no such part
	case m.kind == "running":
		from = math.MinInt64
	case m.kind == "to_date":
		from = e.w.start(to-1, m.unit)
	default:
		from = e.back(e.w.plus(first, grain, 1-m.n), win)
	}
	c.coarse = append(slices.Clone(c.coarse), e.axes()...)
	c.window = e.addWindow(fmt.Sprint("from ", from, " to ", to), window{spans: []span{{from: from, to: to}}, wide: true})
	return e.term(m.expr, r, c)
}

// toDates are the spans of which rows count for one of the visible periods.
func (e *evaluator) toDates(m *metric, win window, grain string) []span {
	var spans []span
	for p := e.w.start(e.q.during[0].from, grain); p < e.q.during[0].to; p = e.w.plus(p, grain, 1) {
		to := min(e.back(e.w.plus(p, grain, 1), win), win.spans[0].to)
		spans = append(spans, span{from: e.w.start(to-1, m.unit), to: to})
	}
	return spans
}

// seenThen is the value over the spans that the days of a second period see.
func (e *evaluator) seenThen(m *metric, r groupRow, c place, win window) cell {
	if len(win.spans) != 1 {
		e.refuse()
		return null
	}
	c.over = &overSpans{name: fmt.Sprint(m.name, " then ", c.window), of: e.spanOf(m), days: win.spans, then: win}
	c.window = e.addWindow(fmt.Sprint("over ", m.name, c.window), window{spans: win.spans, ago: win.ago, days: win.days, from: win.from, wide: true})
	return e.term(m.expr, r, c)
}

// undatedThen is the value of rows without a time, which come last.
func (e *evaluator) undatedThen(m *metric, r groupRow, c place, win window) cell {
	if len(win.spans) > 0 {
		return null
	}
	e.fragile = true // those of which days come before it?
	c.coarse = append(slices.Clone(c.coarse), e.axes()...)
	c.window = e.addWindow("all", window{wide: true})
	return e.term(m.expr, r, c)
}

// reach is where a cumulative metric begins to read for a second period.
func (e *evaluator) reach(m *metric, win window, grain string) int64 {
	start := win.spans[0].from
	switch m.kind {
	case "running":
		return math.MinInt64
	case "to_date":
		return e.w.start(start, m.unit)
	}
	if m.unit == grain {
		start = e.w.start(start, grain)
	}
	return e.w.plus(start, m.unit, 1-m.n)
}

// periodOf is the time that a row's groups leave of the axis.
func (e *evaluator) periodOf(r groupRow) (from, to int64, ok bool) {
	from, to = math.MinInt64, math.MaxInt64
	for _, i := range e.axes() {
		x := r.key[e.offset(i)]
		if x.isNull() {
			return 0, 0, false
		}
		from, to = max(from, x.at), min(to, e.w.plus(x.at, e.q.by[i].grain, 1))
	}
	return from, to, true
}

// back is where a moment between visible periods lies in a second one.
func (e *evaluator) back(at int64, win window) int64 {
	v, grain := win.ago, e.grain()
	fine := length(grain) <= 7
	switch {
	case v.how == "ago" && (!fine || length(v.unit) <= 7):
		return e.w.plus(at, v.unit, -v.n)
	case grain == "week":
		return at - win.days/7*7*86400
	case fine:
		return at - win.days*86400
	}
	return e.w.plus(at, grain, -e.unitsBetween(e.windows[0].spans[0].from, win.from, grain))
}
