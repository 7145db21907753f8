package reference

import (
	"fmt"
	"slices"
)

// bandOfEach is the band of what the entity of a row has, all of it in the period
// and under the conditions of the query.
func (e *evaluator) bandOfEach(s scope, g group, c place) cell {
	key := e.keyOfEach(s, g.each)
	if len(key) == 0 || slices.ContainsFunc(key, cell.isNull) {
		return null
	}
	x, ok := e.eachHas(g, c)[keyOf(key)]
	if !ok {
		x = e.hasNothing(g.term)
	}
	for _, edge := range g.edges {
		if x.soft && near(x, edge) {
			e.fragile = true
		}
	}
	return bucket(x, g.edges)
}

func (e *evaluator) keyOfEach(s scope, of ref) []cell {
	if of.name != "" {
		x, _ := e.read(s, of)
		return []cell{x}
	}
	r, _ := e.entityRow(s, of)
	var key []cell
	for _, k := range e.w.endOf(of).key {
		key = append(key, r[k])
	}
	return key
}

// eachHas is the value of the term for every entity that has rows in a window.
func (e *evaluator) eachHas(g group, c place) map[string]cell {
	id := fmt.Sprint(g.line(), c.window)
	if had, ok := e.had[id]; ok {
		return had
	}
	if c.window > len(e.q.versus) {
		e.beyond()
	}
	inner := newEvaluator(e.w, &query{items: []item{{term: g.term, as: "has"}}, by: []group{{of: g.each}},
		where: e.q.where, on: e.q.on, during: e.windows[c.window].spans})
	inner.nested = true
	had := map[string]cell{}
	for _, r := range inner.results() {
		had[keyOf(r.key)] = r.named["has"]
	}
	if inner.err != nil && e.err == nil {
		e.err = inner.err
	}
	e.fragile = e.fragile || inner.fragile
	if e.had == nil {
		e.had = map[string]map[string]cell{}
	}
	e.had[id] = had
	return had
}

func (e *evaluator) hasNothing(t term) cell {
	m := e.w.metric(t.(named).metric)
	a, simple := m.expr.(aggregate)
	if m.fill || simple && (a.fn == "count" || a.fn == "count_distinct") {
		return number(0)
	}
	return null
}

// bandGroup is a group by what each of something has, for metrics that are of one
// period alone.
func (w *world) bandGroup(d dice, q *query, homes []string) (group, bool) {
	var plain []*metric
	for _, m := range w.metrics {
		if m.kind == "" {
			plain = append(plain, m)
		}
	}
	to := ref{table: pick(d, w.tables).name}
	if d.chance(30) {
		to.name = "kind"
	}
	if len(plain) == 0 || !w.plainTerms(q) || !w.allReach(homes, to) || w.table(to.table).column("begins") != nil {
		return group{}, false
	}
	edges := pick(d, [][]cell{{number(1), number(2), number(3)}, {number(0), number(4)}, {cents(250), number(10)}})
	return group{term: named{pick(d, plain).name}, each: to, edges: edges}, true
}

// plainTerms reports items of simple and derived metrics alone.
func (w *world) plainTerms(q *query) bool {
	var plain func(t term) bool
	plain = func(t term) bool {
		switch t := t.(type) {
		case named:
			m := w.metric(t.metric)
			return m.kind == "" && (m.expr == nil || plain(m.expr))
		case filtered:
			return plain(t.of)
		case compute:
			return plain(t.l) && plain(t.r)
		case aggregate, constant:
			return true
		}
		return false
	}
	return !slices.ContainsFunc(q.items, func(it item) bool { return !plain(it.term) })
}
