package reference

import (
	"fmt"
	"math/big"
	"slices"
)

// place is where a term is computed: in which window, under which filters, at
// which coarser grain.
type place struct {
	window  int
	filters []cond
	coarse  []int // groups left out
	time    ref   // the metric's own axis
	fill    bool
	prorate bool // rows are whole months, of which their part in the period counts
	works   bool // by working days
	balance *metric
	over    *overSpans // rows count by spans; nil for once each
}

func (c place) key() string {
	s := fmt.Sprint(c.window, c.coarse, c.time, c.prorate, c.works)
	if c.balance != nil {
		s += c.balance.name
	}
	if c.over != nil {
		s += " over " + c.over.name
	}
	for _, f := range c.filters {
		s += "|" + f.line()
	}
	return s
}

// grouped is an aggregate by group.
type grouped struct {
	window int
	coarse bool
	values map[string]cell
	keys   [][]cell
	home   string
	time   ref
}

func (e *evaluator) aggregate(a aggregate, c place) *grouped {
	id := a.table + "." + a.line() + "@" + c.key()
	if g, ok := e.cache[id]; ok {
		return g
	}
	g := &grouped{window: c.window, coarse: len(c.coarse) > 0, values: map[string]cell{}, home: a.table, time: c.time}
	e.cache[id] = g
	args := map[string][]cell{}
	seen := map[string]bool{}
	var rows []countedRow
	switch {
	case c.over != nil:
		rows = e.countedOver(a, c)
	case c.prorate && e.byDays(c):
		rows = e.countedByDays(a, c)
	default:
		rows = e.counted(a, c)
	}
	if c.balance != nil && c.balance.kind != "last" && c.balance.kind != "first" {
		e.overTime(g, a, rows, c)
		return g
	}
	if c.balance != nil {
		rows = e.latest(rows, c)
	}
	for _, r := range rows {
		text := keyOf(r.key)
		if _, ok := args[text]; !ok {
			g.keys = append(g.keys, r.key)
			args[text] = nil
		}
		if id := fmt.Sprint(text, r.index); !seen[id] {
			seen[id] = true
			args[text] = append(args[text], e.ofDays(r, e.argument(r.scope, a), c))
		}
	}
	for key, list := range args {
		g.values[key] = a.fold(list)
	}
	return g
}

// countedRow is a row that an aggregate takes in, with its group.
type countedRow struct {
	scope
	index int // of the home row
	key   []cell
	days  int64 // of its month that the group takes in; 0 for all that the period has
}

func (e *evaluator) counted(a aggregate, c place) []countedRow {
	var rows []countedRow
	for i, r := range e.w.table(a.table).rows {
		scopes := []scope{{a.table, map[string]row{"": r}, c.time}}
		for j, by := range e.q.by {
			if !slices.Contains(c.coarse, j) {
				scopes = e.expand(scopes, e.wayOf(by, a.table))
			}
		}
		for _, s := range scopes {
			if e.counts(s, c) {
				rows = append(rows, countedRow{scope: s, index: i, key: e.keysOf(s, c)})
			}
		}
	}
	return rows
}

// latest keeps the rows of the last (or first) moment within each period that is
// shown, of each entity where the balance says so.
func (e *evaluator) latest(rows []countedRow, c place) []countedRow {
	axis := e.axisGroup()
	if slices.Contains(c.coarse, axis) {
		axis = -1
	}
	part := func(r countedRow) string {
		id := ""
		if axis >= 0 {
			g := e.q.by[axis]
			id = keyOf(e.groupCells(r.scope, g, c))
		}
		if c.balance.per.table != "" {
			x, _ := e.read(r.scope, c.balance.per)
			id += x.key()
		}
		return id
	}
	at := func(r countedRow) cell {
		of, _ := e.axis(r.home, c.time)
		x, _ := e.read(r.scope, of)
		return x
	}
	best := map[string]int64{}
	for _, r := range rows {
		x, id := at(r), part(r)
		old, ok := best[id]
		if !x.isNull() && (!ok || (x.at > old) == (c.balance.kind == "last")) {
			best[id] = x.at
		}
	}
	var kept []countedRow
	for _, r := range rows {
		if x := at(r); !x.isNull() && x.at == best[part(r)] {
			kept = append(kept, r)
		}
	}
	return kept
}

// overTime is the mean, least or greatest over the moments of each entity, of which
// the group has the sum.
func (e *evaluator) overTime(g *grouped, a aggregate, rows []countedRow, c place) {
	lists := map[string]map[string]map[int64][]cell{}
	seen := map[string]bool{}
	for _, r := range rows {
		of, _ := e.axis(r.scope.home, c.time)
		at, _ := e.read(r.scope, of)
		text := keyOf(r.key)
		if id := fmt.Sprint(text, r.index); at.isNull() || seen[id] {
			continue
		} else {
			seen[id] = true
		}
		entity := ""
		if c.balance.per.table != "" {
			x, _ := e.read(r.scope, c.balance.per)
			entity = x.key()
		}
		if lists[text] == nil {
			g.keys = append(g.keys, r.key)
			lists[text] = map[string]map[int64][]cell{}
		}
		if lists[text][entity] == nil {
			lists[text][entity] = map[int64][]cell{}
		}
		lists[text][entity][at.at] = append(lists[text][entity][at.at], e.argument(r.scope, a))
	}
	for text, entities := range lists {
		var all []cell
		for _, entity := range sortedKeys(entities) {
			var moments []cell
			for _, list := range entities[entity] {
				moments = append(moments, a.fold(list))
			}
			if x := fold(c.balance.kind, moments); !x.isNull() {
				all = append(all, x)
			}
		}
		g.values[text] = totalOf(all)
	}
}

// axisGroup is the finest group that cuts the axis of every metric, -1 for none.
func (e *evaluator) axisGroup() int {
	best := -1
	for i, g := range e.q.by {
		if e.cutsAll(g) && (best < 0 || length(g.grain) < length(e.q.by[best].grain)) {
			best = i
		}
	}
	return best
}

// argument is what a row gives to an aggregate; 1 for a count of rows.
func (e *evaluator) argument(s scope, a aggregate) cell {
	if a.of == nil {
		return number(1)
	}
	if f, ok := a.of.(field); ok && f.ref.name == "" { // an entity is known by its foreign key
		j := e.w.table(f.ref.table).join(f.ref.joins[0])
		return s.at[""][j.on[0][0]]
	}
	x, far := e.value(s, a.of)
	if far != nil {
		e.refuse()
	}
	return x
}

// wayOf is the way to what a group shows.
func (e *evaluator) wayOf(g group, home string) []step {
	r := g.of
	switch {
	case g.axis:
		return nil
	case g.term != nil:
		r = g.each
	}
	way, _, ok := e.w.wayTo(home, r)
	if !ok {
		e.refuse()
	}
	return way
}

// counts reports a row that an aggregate takes in.
func (e *evaluator) counts(s scope, c place) bool {
	win := e.windows[c.window]
	if len(win.spans) > 0 {
		r, ok := e.axis(s.home, c.time)
		if !ok {
			e.refuse()
			return false
		}
		at, _ := e.read(s, r)
		if win.own != nil {
			at = e.shownOn(s, r, at, win.own)
		}
		inside := false
		for _, sp := range win.spans {
			from := sp.from
			if c.prorate {
				from = e.w.start(from, "month")
			}
			inside = inside || !at.isNull() && from <= at.at && at.at < sp.to
		}
		if !inside {
			return false
		}
	}
	if win.own != nil && len(win.spans) == 0 {
		r, _ := e.axis(s.home, c.time)
		if at, _ := e.read(s, r); e.shownOn(s, r, at, win.own).isNull() {
			return false
		}
	}
	for _, f := range append([]cond{e.q.where}, c.filters...) {
		if f != nil && !e.all(s, parts(f)) {
			return false
		}
	}
	return true
}

// keysOf are the cells of a row's group; an entity has those of its key behind
// what stands for it.
func (e *evaluator) keysOf(s scope, c place) []cell {
	var key []cell
	for i, g := range e.q.by {
		if slices.Contains(c.coarse, i) {
			continue
		}
		key = append(key, e.groupCells(s, g, c)...)
	}
	return key
}

func (e *evaluator) groupCells(s scope, g group, c place) []cell {
	if g.term != nil {
		return []cell{e.bandOfEach(s, g, c)}
	}
	if !g.axis && g.of.name == "" {
		r, _ := e.entityRow(s, g.of)
		t := e.w.endOf(g.of)
		var cells []cell
		if !e.nested {
			cells = append(cells, r[t.display])
		}
		for _, k := range t.key {
			if e.nested || k != t.display {
				cells = append(cells, r[k])
			}
		}
		return cells
	}
	r := g.of
	if g.axis {
		var ok bool
		if r, ok = e.axis(s.home, c.time); !ok {
			e.refuse()
			return []cell{null}
		}
	}
	x, _ := e.read(s, r)
	switch {
	case g.ofDay != "":
		x = e.saidOfDay(s, r, x, g, c)
	case g.grain != "" && e.windows[c.window].own != nil && (g.axis || e.cutsAll(g) || e.ofAxis(g)):
		x = e.cut(e.shownOn(s, r, x, e.windows[c.window].own), g, window{}, false)
	case g.grain != "":
		x = e.cut(x, g, e.windows[c.window], e.onAxis(g, s.home, c.time))
	case g.edges != nil:
		x = bucket(x, g.edges)
	}
	return []cell{x}
}

// bucket is the lower edge of a width, or the number of edges at or below x.
func bucket(x cell, edges []cell) cell {
	if x.isNull() {
		return null
	}
	if len(edges) == 1 {
		q := new(big.Rat).Quo(x.num, edges[0].num)
		floor := new(big.Int).Div(q.Num(), q.Denom())
		return cell{kind: 'n', num: new(big.Rat).Mul(new(big.Rat).SetInt(floor), edges[0].num), soft: true}
	}
	n := int64(0)
	for _, edge := range edges {
		if order(edge, x) <= 0 {
			n++
		}
	}
	return number(n)
}

// fold aggregates values; nulls do not count.
func fold(fn string, list []cell) cell {
	var some []cell
	distinct := map[string]bool{}
	for _, x := range list {
		if !x.isNull() {
			some = append(some, x)
			distinct[x.key()] = true
		}
	}
	switch fn {
	case "count":
		return number(int64(len(some)))
	case "count_distinct":
		return number(int64(len(distinct)))
	}
	if len(some) == 0 {
		return null
	}
	switch fn {
	case "sum":
		return total(some)
	case "avg":
		return arithmetic("/", total(some), number(int64(len(some))))
	}
	slices.SortStableFunc(some, order)
	switch n := len(some); fn {
	case "min":
		return some[0]
	case "max":
		return some[n-1]
	default: // median
		mid := arithmetic("/", arithmetic("+", some[(n-1)/2], some[n/2]), number(2))
		return mid
	}
}

func total(list []cell) cell {
	sum := number(0)
	for _, x := range list {
		sum = arithmetic("+", sum, x)
	}
	return sum
}
