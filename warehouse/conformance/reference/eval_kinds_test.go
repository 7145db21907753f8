package reference

import (
	"math"
	"slices"
)

// hull is the period from the first start to the last end.
func hull(spans []span) span {
	h := spans[0]
	for _, s := range spans {
		h.from, h.to = min(h.from, s.from), max(h.to, s.to)
	}
	return h
}

// addWindow adds a window under a name, once.
func (e *evaluator) addWindow(name string, win window) int {
	if e.wider == nil {
		e.wider = map[string]int{}
	}
	if i, ok := e.wider[name]; ok {
		return i
	}
	e.windows = append(e.windows, win)
	e.wider[name] = len(e.windows) - 1
	return len(e.windows) - 1
}

// offsetPlace computes in the earlier period.
func (e *evaluator) offsetPlace(m *metric, c place) place {
	base := e.windows[c.window]
	v := versus{how: "ago", unit: e.w.twin(m.unit, e.grain()), n: m.n}
	win := window{ago: &v, seen: true}
	if len(base.spans) == 0 && e.grain() == "" && !e.partsMove(m.unit) {
		e.refuse()
		return c
	}
	if c.window > 0 || len(base.spans) > 0 && awkward(e.q, v) {
		e.beyond()
		return c
	}
	for _, s := range base.spans {
		earlier := e.w.secondPeriod(s, v)
		win.spans = append(win.spans, earlier)
		win.days = (s.from - earlier.from) / 86400
	}
	e.checkAxes(m.unit, false)
	if g := e.grain(); g != "" && length(g) <= 7 && length(m.unit) > 7 && len(base.spans) != 1 {
		e.refuse()
	}
	c.window = e.addWindow("offset "+m.name, win)
	return c
}

// partsMove reports groups by parts of the time axis, all known for what moves.
func (e *evaluator) partsMove(unit string) bool {
	some := false
	for _, g := range e.q.by {
		if e.ofAxis(g) {
			if some = true; !moves(g.grain, unit) {
				return false
			}
		}
	}
	return some
}

// cumulative adds up the periods that lead to the one shown; without a group by
// time, to the end of the visible one.
func (e *evaluator) cumulative(m *metric, r groupRow, c place) cell {
	if c.window > 0 {
		return e.cumulativeThen(m, r, c)
	}
	axis := e.axisGroup()
	if axis >= 0 && slices.Contains(c.coarse, axis) {
		axis = -1
	}
	if axis < 0 && len(e.q.during) > 1 {
		e.refuse() // at the end of which of them?
		return null
	}
	if axis < 0 {
		c.window = e.addWindow("to "+m.name, window{spans: e.untilEnd(m, e.q.during), wide: true})
		return e.term(m.expr, r, c)
	}
	grain := e.q.by[axis].grain
	switch {
	case e.severalAxes():
	case m.kind == "to_date" && m.unit == grain || m.kind == "window" && m.n == 1 && m.unit == grain:
		return e.term(m.expr, r, c)
	case len(e.q.during) < 2 && e.addsUp(m.expr) && (m.kind == "running" || m.kind == "window" && m.unit == grain ||
		m.kind == "to_date" && length(m.unit) > length(grain) && e.w.nests(grain, m.unit)):
		return e.upTo(m, r, c, axis)
	}
	return e.seen(m, r, c, false, e.spanOf(m))
}

// addsUp reports sums and counts, and sums and differences of them.
func (e *evaluator) addsUp(t term) bool {
	switch t := t.(type) {
	case aggregate:
		return t.fn == "sum" || t.fn == "count"
	case filtered:
		return e.addsUp(t.of)
	case negative:
		return e.addsUp(t.of)
	case compute:
		return (t.op == "+" || t.op == "-") && e.addsUp(t.l) && e.addsUp(t.r)
	case named:
		m := e.w.metric(t.metric)
		return m != nil && m.kind == "" && e.addsUp(m.expr)
	}
	return false
}

func (e *evaluator) severalAxes() bool {
	n := 0
	for _, g := range e.q.by {
		if e.cutsAll(g) {
			n++
		}
	}
	return n > 1
}

// today is the day after the moment at which questions are asked.
var today = day(2026, 7, 16)

// untilEnd is what a cumulative metric reads where no group cuts time.
func (e *evaluator) untilEnd(m *metric, period []span) []span {
	end, to := today, int64(math.MaxInt64)
	if len(period) == 1 {
		end, to = period[0].to, period[0].to
	}
	switch m.kind {
	case "running":
		if len(period) == 0 {
			return nil
		}
		return []span{{from: math.MinInt64, to: to}}
	case "to_date":
		return []span{{from: e.w.start(end-1, m.unit), to: to}}
	}
	return []span{{from: e.w.plus(end, m.unit, -m.n), to: end}}
}

// upTo adds the values of the periods up to that of a row.
func (e *evaluator) upTo(m *metric, r groupRow, c place, axis int) cell {
	grain := e.q.by[axis].grain
	first := int64(math.MinInt64)
	if len(e.q.during) == 1 {
		from := e.q.during[0].from
		switch m.kind {
		case "to_date":
			first = e.w.start(from, m.unit)
		case "window":
			first = e.w.plus(e.w.start(from, grain), grain, 1-m.n)
		}
		c.window = e.addWindow("up "+m.name, window{spans: []span{{from: first, to: e.q.during[0].to}}, wide: true})
	} else if m.kind != "running" {
		e.refuse()
		return null
	}
	e.dense = true
	at := e.offset(axis)
	own := r.key[at]
	e.term(m.expr, r, c)
	if own.isNull() {
		return e.upToNull(m, r, c, at)
	}
	periods := e.periods(at, own.at)
	if !slices.Contains(periods, own.at) {
		periods = append(periods, own.at)
	}
	return e.eachAddedUp(m.expr, c, func(t term, c place) cell {
		var list []cell
		for _, p := range periods {
			if m.kind == "to_date" && e.w.start(p, m.unit) != e.w.start(own.at, m.unit) || m.kind == "window" && p <= e.w.plus(own.at, grain, -m.n) {
				continue
			}
			key := append([]cell{}, r.key...)
			key[at] = moment(p)
			if x := e.term(t, groupRow{key}, c); !x.isNull() {
				list = append(list, x)
			}
		}
		return totalOf(list)
	})
}

// upToNull adds up all periods for rows without a time, which come last.
func (e *evaluator) upToNull(m *metric, r groupRow, c place, at int) cell {
	return e.eachAddedUp(m.expr, c, func(t term, c place) cell {
		var list []cell
		for _, p := range append(e.periods(at, math.MaxInt64), math.MinInt64) {
			key := append([]cell{}, r.key...)
			if key[at] = moment(p); p == math.MinInt64 {
				key[at] = null
			}
			if x := e.term(t, groupRow{key}, c); !x.isNull() {
				list = append(list, x)
			}
		}
		return totalOf(list)
	})
}

// eachAddedUp adds up each part of a sum or difference by itself: of a period that
// lacks one part, the other counts all the same.
func (e *evaluator) eachAddedUp(t term, c place, of func(t term, c place) cell) cell {
	switch x := t.(type) {
	case negative:
		return arithmetic("-", number(0), e.eachAddedUp(x.of, c, of))
	case compute:
		if x.op == "+" || x.op == "-" {
			return arithmetic(x.op, e.eachAddedUp(x.l, c, of), e.eachAddedUp(x.r, c, of))
		}
	case filtered:
		c.filters = append(slices.Clone(c.filters), x.where)
		return e.eachAddedUp(x.of, c, of)
	case named:
		if m := e.w.metric(x.metric); m != nil && m.kind == "" && sumsOf(m.expr) {
			if m.where != nil {
				c.filters = append(slices.Clone(c.filters), m.where)
			}
			c.time, c.fill = m.time, false
			v := e.eachAddedUp(m.expr, c, of)
			if m.fill && v.isNull() {
				return number(0)
			}
			return v
		}
	}
	return of(t, c)
}

// sumsOf reports a definition that is more than one aggregate.
func sumsOf(t term) bool {
	_, one := t.(aggregate)
	return !one
}

// totalOf is the sum of what is there; null for nothing.
func totalOf(list []cell) cell {
	if len(list) == 0 {
		return null
	}
	return total(list)
}

// periods are all those that any aggregate has at a group's place, up to one.
func (e *evaluator) periods(at int, last int64) []int64 {
	seen := map[int64]bool{}
	var list []int64
	for _, id := range sortedKeys(e.cache) {
		g := e.cache[id]
		for _, key := range g.keys {
			if g.coarse || at >= len(key) || key[at].isNull() || key[at].at > last || seen[key[at].at] {
				continue
			}
			seen[key[at].at] = true
			list = append(list, key[at].at)
		}
	}
	return list
}

// someValue leaves out the periods in which no cumulative metric has a value,
// where nothing else is asked for.
func (e *evaluator) someValue(rows []groupRow) []groupRow {
	if !e.dense || e.q.fill != "" || len(e.q.during) != 1 || len(e.q.show) > 0 || len(e.q.versus) > 0 {
		return rows
	}
	if !e.seesDays() {
		return rows
	}
	return slices.DeleteFunc(rows, func(r groupRow) bool {
		return !slices.ContainsFunc(e.q.items, func(it item) bool { return !e.term(it.term, r, place{}).isNull() })
	})
}

// hidden reports a group before the visible periods.
func (e *evaluator) hidden(key []cell) bool {
	axis := e.axisGroup()
	if axis < 0 || len(e.q.during) == 0 {
		return false
	}
	x := key[e.offset(axis)]
	return x.isNull() || x.at < e.w.start(hull(e.q.during).from, e.q.by[axis].grain)
}
