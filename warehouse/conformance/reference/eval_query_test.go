package reference

import (
	"fmt"
	"slices"
)

// line is one row of the answer with its groups.
type answerRow struct {
	key   []cell // all group cells, hidden ones too
	cells []cell // of a list
	named map[string]cell
}

// answer is what a query gives: rows in order, and the totals row.
type answer struct {
	rows    []answerRow
	totals  *answerRow
	fragile bool
}

func newEvaluator(w *world, q *query) *evaluator {
	return &evaluator{w: w, q: q, cache: map[string]*grouped{}, sets: map[*query]map[string]bool{}}
}

// evaluate answers a query. The error is errRefuse where it has no answer.
func evaluate(w *world, q *query) (*answer, error) {
	e := newEvaluator(w, q)
	if q.list {
		rows := e.listed()
		return &answer{rows: rows, fragile: e.fragile}, e.err
	}
	if m := w.retention(q); m != nil {
		rows := e.retained(m)
		return &answer{rows: rows, fragile: e.fragile}, e.err
	}
	out := &answer{rows: e.results()}
	if q.totals && len(q.by) > 0 && e.err == nil {
		bare := *q
		bare.by, bare.sort, bare.having, bare.limit, bare.offset, bare.per, bare.totals, bare.show, bare.fill = nil, nil, nil, 0, 0, nil, false, nil, ""
		inner := newEvaluator(w, &bare)
		rows := inner.results()
		if inner.err != nil {
			return nil, inner.err
		}
		out.totals = &rows[0]
		e.fragile = e.fragile || inner.fragile
	}
	out.fragile = e.fragile
	return out, e.err
}

// seat is an aggregate of the query: its home and time axis.
type seat struct {
	home string
	time ref
}

// homes lists where the aggregates of the items live.
func (e *evaluator) homes() []seat {
	var all []seat
	var visit func(t term, at ref)
	visit = func(t term, at ref) {
		switch t := t.(type) {
		case aggregate:
			all = append(all, seat{t.table, at})
		case named:
			m := e.w.metric(t.metric)
			visit(m.expr, m.time)
		case filtered:
			visit(t.of, at)
		case compute:
			visit(t.l, at)
			visit(t.r, at)
		case negative:
			visit(t.of, at)
		case shown:
			visit(t.of, at)
		case nested:
			visit(t.of, at)
		case inARow:
			visit(t.holds.(result).l, at)
		}
	}
	for _, it := range e.q.items {
		visit(it.term, ref{})
	}
	return all
}

// groupRow is a row while it is computed.
type groupRow struct {
	key []cell
}

func (r groupRow) without(e *evaluator, coarse []int) string {
	var key []cell
	at := 0
	for i, g := range e.q.by {
		n := e.width(g)
		if !slices.Contains(coarse, i) {
			key = append(key, r.key[at:at+n]...)
		}
		at += n
	}
	return keyOf(key)
}

// width is how many cells a group has.
func (e *evaluator) width(g group) int {
	if g.axis || g.since || g.term != nil || g.of.name != "" {
		return 1
	}
	t := e.w.endOf(g.of)
	if e.nested {
		return len(t.key)
	}
	n := 1
	for _, k := range t.key {
		if k != t.display {
			n++
		}
	}
	return n
}

func (e *evaluator) offset(group int) int {
	at := 0
	for _, g := range e.q.by[:group] {
		at += e.width(g)
	}
	return at
}

// term is the value of a term for one row.
func (e *evaluator) term(t term, r groupRow, c place) cell {
	switch t := t.(type) {
	case constant:
		return t.n
	case negative:
		return arithmetic("-", number(0), e.term(t.of, r, c))
	case compute:
		return e.computed(t, r, c)
	case filtered:
		c.filters = append(slices.Clone(c.filters), t.where)
		return e.term(t.of, r, c)
	case named:
		return e.metric(t, r, c)
	case keyed:
		return r.key[e.offset(t.group)]
	case aggregate:
		v, ok := e.aggregate(t, c).values[r.without(e, c.coarse)]
		if !ok && (t.fn == "count" || t.fn == "count_distinct") {
			return number(0)
		}
		if v.isNull() && (c.fill || e.q.fill == "fill 0" && t.fn == "sum") {
			return cell{kind: 'n', num: zero, soft: double(t.fn)}
		}
		return v
	case nested:
		return e.nestedValue(t, r, c)
	case shown:
		return e.shown(t, r, c)
	case inARow:
		return e.inARow(t, r)
	}
	panic("no term")
}

func (e *evaluator) computed(t compute, r groupRow, c place) cell {
	a, b := e.term(t.l, r, c), e.term(t.r, r, c)
	if t.op == "/" && b.soft && !b.isNull() && b.num.Sign() == 0 {
		e.fragile = true
	}
	return arithmetic(t.op, a, b)
}

func (e *evaluator) metric(t named, r groupRow, c place) cell {
	m := e.w.metric(t.metric)
	if m == nil { // an item by its name
		for _, it := range e.q.items {
			if it.as == t.metric {
				return e.term(it.term, r, c)
			}
		}
	}
	if m.where != nil {
		c.filters = append(slices.Clone(c.filters), m.where)
	}
	if overTime(m) && slices.ContainsFunc(e.q.by, func(g group) bool { return g.ofDay != "" }) {
		e.beyond() // of which day, the earlier one or that of the period shown?
		return null
	}
	switch m.kind {
	case "last", "first", "avg", "min", "max":
		c.balance = m
	case "offset":
		if m.ofDay != "" {
			return e.term(m.expr, r, e.ownPlace(m, r, c))
		}
		if e.daysOfSeveral(m, c) {
			return e.seen(m, r, c, true, e.dayBefore(m))
		}
		if len(e.q.during) == 0 && e.grain() != "" {
			e.term(m.expr, r, c) // the periods that are shown are its own
		}
		return e.term(m.expr, r, e.offsetPlace(m, c))
	case "convert":
		return e.conversion(m, r, c)
	case "running", "window", "to_date":
		return e.cumulative(m, r, c)
	}
	c.time, c.fill, c.prorate, c.works = m.time, false, c.prorate || m.kind == "prorate", c.works || m.works
	_, simple := m.expr.(aggregate)
	_, finer := m.expr.(nested)
	c.fill = m.fill && (simple || finer)
	v := e.term(m.expr, r, c)
	if m.fill && v.isNull() {
		return number(0)
	}
	return v
}

// shown is a value beside others.
func (e *evaluator) shown(t shown, r groupRow, c place) cell {
	now := e.term(t.of, r, c)
	switch t.fn {
	case "share":
		within := t.parents
		if len(within) == 0 {
			within = e.periodsOfShare()
		}
		for i := range e.q.by {
			if !slices.Contains(within, i) {
				c.coarse = append(slices.Clone(c.coarse), i)
			}
		}
		whole := e.term(t.of, r, c)
		if whole.soft && !whole.isNull() && near(whole, number(0)) {
			e.fragile = true
		}
		return arithmetic("/", now, whole)
	case "rank", "running":
		return null // computed over all rows
	}
	if _, streak := t.of.(inARow); streak || len(e.q.versus) == 0 {
		e.refuse() // a streak is of the visible periods alone
		return null
	}
	c.window = 1
	then := e.then(t.of, r, c)
	return e.against(t.fn, now, then)
}

// periodsOfShare are the times beside other groups: each is a whole of its own.
func (e *evaluator) periodsOfShare() []int {
	var times []int
	for i, g := range e.q.by {
		if g.grain != "" {
			times = append(times, i)
		}
	}
	if len(times) == len(e.q.by) {
		return nil
	}
	return times
}

func (e *evaluator) against(fn string, now, then cell) cell {
	switch fn {
	case "prior":
		return then
	case "change":
		return arithmetic("-", now, then)
	}
	if !e.compare(then, ">", number(0)) {
		return null
	}
	return arithmetic("/", arithmetic("-", now, then), then)
}

// results are the rows of an aggregating query.
func (e *evaluator) results() []answerRow {
	e.bindWindows()
	if e.err != nil {
		return nil
	}
	e.touch()
	rows := e.stitch()
	if e.err != nil {
		return nil
	}
	rows = e.someValue(e.spine(rows))
	out := make([]answerRow, len(rows))
	for i, r := range rows {
		out[i] = answerRow{key: r.key, named: e.columns(r)}
	}
	e.overRows(rows, out)
	return e.finish(rows, out)
}

// touch computes every aggregate that the query names, so that their groups are
// known.
func (e *evaluator) touch() {
	nobody := groupRow{key: make([]cell, e.offset(len(e.q.by)))}
	e.columns(nobody)
	for _, s := range e.q.sort {
		e.term(s.of, nobody, place{})
	}
	if e.q.having != nil {
		e.having(e.q.having, nobody)
	}
	e.fragile = false
}

// columns are the shown values of a row by name.
func (e *evaluator) columns(r groupRow) map[string]cell {
	named := map[string]cell{}
	for _, it := range e.q.items {
		now := e.term(it.term, r, place{})
		named[it.as] = now
		for i := range e.q.versus {
			named[numbered("prior("+it.as+")", i)] = e.then(it.term, r, place{window: i + 1})
		}
		for _, s := range e.q.show {
			s.of = it.term
			switch s.fn {
			case "share":
				named[s.fn+"("+it.as+parents(s)+")"] = e.shown(s, r, place{})
			case "change", "growth":
				for i := range e.q.versus {
					named[numbered(s.fn+"("+it.as+")", i)] = e.against(s.fn, now, e.then(it.term, r, place{window: i + 1}))
				}
			}
		}
	}
	return named
}

func parents(s shown) string {
	out := ""
	for _, p := range s.names {
		out += ", " + p
	}
	return out
}

func numbered(name string, i int) string {
	if i > 0 {
		return name + fmt.Sprint("#", i+1)
	}
	return name
}
