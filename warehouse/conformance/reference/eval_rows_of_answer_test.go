package reference

import (
	"math/big"
	"slices"
	"sort"
)

// stitch is one row for each group that an aggregate has; those of a second
// period must lie in visible time.
func (e *evaluator) stitch() []groupRow {
	if len(e.q.by) == 0 {
		return []groupRow{{}}
	}
	var list []*grouped
	for _, id := range sortedKeys(e.cache) {
		if g := e.cache[id]; !g.coarse {
			list = append(list, g)
		}
	}
	seen := map[string]bool{}
	var rows []groupRow
	for _, g := range list {
		for _, key := range g.keys {
			if g.window > 0 && !e.windows[g.window].wide && !e.visible(g, key, list) {
				continue
			}
			if e.windows[g.window].ago != nil && (e.severalAxes() || !e.early(key)) && !e.visible(g, key, list) {
				continue
			}
			if e.windows[g.window].wide && e.hidden(key) {
				e.past = append(e.past, groupRow{key})
				continue
			}
			if id := keyOf(key); !seen[id] {
				seen[id] = true
				rows = append(rows, groupRow{key})
			}
		}
	}
	return rows
}

func sortedKeys[T any](m map[string]T) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// visible reports whether the moved times of a group lie in the visible period.
func (e *evaluator) visible(g *grouped, key []cell, all []*grouped) bool {
	for i, by := range e.q.by {
		if !e.onAxis(by, g.home, g.time) {
			continue
		}
		at := key[e.offset(i)]
		switch {
		case at.isNull():
		case len(e.windows[0].spans) > 0:
			sp := hull(e.windows[0].spans)
			if at.at < e.w.start(sp.from, by.grain) || at.at >= sp.to {
				return false
			}
		default:
			if !within1(at, e.offset(i), all) {
				return false
			}
		}
	}
	return true
}

// early reports a group before the visible period, for what runs from before it.
func (e *evaluator) early(key []cell) bool {
	if len(e.q.during) == 0 {
		return false
	}
	for i := range e.q.by {
		if x := key[e.offset(i)]; e.cutsAll(e.q.by[i]) && !x.isNull() && x.at >= e.q.during[0].to {
			return false
		}
	}
	return true
}

// within1 reports a time that is not behind every visible one.
func within1(at cell, offset int, all []*grouped) bool {
	for _, g := range all {
		for _, key := range g.keys {
			if x := key[offset]; g.window == 0 && !x.isNull() && at.at <= x.at {
				return true
			}
		}
	}
	return false
}

// spine adds the periods that must appear.
func (e *evaluator) spine(rows []groupRow) []groupRow {
	if e.q.fill == "" && (!e.dense || e.severalAxes()) {
		if e.dense {
			e.refuse()
		}
		return rows
	}
	if e.q.fill == "" && len(e.q.during) != 1 {
		return rows
	}
	axis, n := -1, 0
	for i, g := range e.q.by {
		if e.cutsAll(g) {
			axis, n = i, n+1
		}
	}
	if n == 0 && len(e.q.by) == 1 && e.q.by[0].ofDay != "" && e.oneAxis() && len(e.q.during) == 1 {
		return e.spineOfDays(rows)
	}
	if n != 1 || len(e.q.during) != 1 {
		e.refuse()
		return rows
	}
	at := e.offset(axis)
	have := map[string]bool{}
	others := map[string][]cell{}
	for _, r := range append(slices.Clone(e.past), rows...) {
		have[keyOf(r.key)] = true
		bare := slices.Clone(r.key)
		bare[at] = null
		others[keyOf(bare)] = bare
	}
	if e.q.fill == "fill once" && len(e.q.by) > 1 {
		return e.once(rows, axis)
	}
	if len(e.q.by) == 1 {
		others = map[string][]cell{"": make([]cell, 1)}
	}
	for _, id := range sortedKeys(others) {
		for t := e.w.start(e.q.during[0].from, e.q.by[axis].grain); t < e.q.during[0].to; t = e.w.plus(t, e.q.by[axis].grain, 1) {
			key := slices.Clone(others[id])
			key[at] = moment(t)
			if !have[keyOf(key)] {
				rows = append(rows, groupRow{key})
			}
		}
	}
	return rows
}

// once adds the periods that no row has, without a value for the other groups.
func (e *evaluator) once(rows []groupRow, axis int) []groupRow {
	if e.dense {
		e.refuse()
		return rows
	}
	at, width := e.offset(axis), 0
	for _, g := range e.q.by {
		width += e.width(g)
	}
	have := map[int64]bool{}
	for _, r := range rows {
		if x := r.key[at]; !x.isNull() {
			have[x.at] = true
		}
	}
	grain := e.q.by[axis].grain
	for t := e.w.start(e.q.during[0].from, grain); t < e.q.during[0].to; t = e.w.plus(t, grain, 1) {
		if key := make([]cell, width); !have[t] {
			key[at] = moment(t)
			rows = append(rows, groupRow{key})
		}
	}
	return rows
}

// overRows computes ranks and running sums, which look at all rows.
func (e *evaluator) overRows(rows []groupRow, out []answerRow) {
	for _, s := range e.q.show {
		for _, it := range e.q.items {
			values := make([]cell, len(rows))
			for i := range rows {
				values[i] = out[i].named[it.as]
				if s.fn == "rank" && e.nameless(rows[i]) {
					values[i] = null // it has no place
				}
			}
			for i := range rows {
				switch s.fn {
				case "rank":
					out[i].named["rank("+it.as+parents(s)+")"] = e.rank(rows, values, i, s.parents)
				case "running":
					out[i].named["running("+it.as+")"] = e.running(rows, it.term, i)
				}
			}
		}
	}
}

func (e *evaluator) rank(rows []groupRow, values []cell, i int, within []int) cell {
	if values[i].isNull() {
		return null
	}
	var outside []int
	for j := range e.q.by {
		if !slices.Contains(within, j) {
			outside = append(outside, j)
		}
	}
	n := int64(1)
	for j, v := range values {
		if j == i || v.isNull() || rows[j].without(e, outside) != rows[i].without(e, outside) {
			continue
		}
		if (v.soft || values[i].soft) && near(v, values[i]) {
			e.fragile = true
		}
		if order(v, values[i]) > 0 {
			n++
		}
	}
	return number(n)
}

// running adds up from the first period; times without a value come last.
func (e *evaluator) running(rows []groupRow, of term, i int) cell {
	axis := -1
	var times []int
	for j, g := range e.q.by {
		if !e.cutsAll(g) {
			continue
		}
		if axis < 0 || length(g.grain) < length(e.q.by[axis].grain) {
			axis = j
		}
		times = append(times, j)
	}
	if axis < 0 {
		e.refuse()
		return null
	}
	for _, j := range times {
		if !e.w.nests(e.q.by[axis].grain, e.q.by[j].grain) {
			e.refuse()
		}
	}
	at := e.offset(axis)
	return e.eachAddedUp(of, place{}, func(t term, c place) cell {
		var list []cell
		for _, r := range rows {
			mine, theirs := rows[i].key[at], r.key[at]
			earlier := mine.isNull() || !theirs.isNull() && theirs.at <= mine.at
			if !earlier || r.without(e, times) != rows[i].without(e, times) {
				continue
			}
			if x := e.term(t, r, c); !x.isNull() {
				list = append(list, x)
			}
		}
		return totalOf(list)
	})
}

// having is a condition on a row of results: true or not true.
func (e *evaluator) having(c cond, r groupRow) bool {
	switch c := c.(type) {
	case and:
		l, r := e.having(c.l, r), e.having(c.r, r)
		return l && r
	case or:
		l, r := e.having(c.l, r), e.having(c.r, r)
		return l || r
	case not:
		return !e.having(c.of, r)
	case result:
		a, b := e.term(c.l, r, place{}), e.term(c.r, r, place{})
		if c.op == "!=" {
			return !e.compare(a, "=", b)
		}
		return e.compare(a, c.op, b)
	case empty:
		return e.term(c.of, r, place{}).isNull() != c.not
	}
	panic("no condition on results")
}

// finish keeps, orders and limits the rows.
func (e *evaluator) finish(rows []groupRow, out []answerRow) []answerRow {
	var kept []answerRow
	ranks := map[string][]cell{}
	for i, r := range rows {
		if e.q.having != nil && !e.having(e.q.having, r) || e.nameless(r) {
			continue
		}
		kept = append(kept, out[i])
		ranks[keyOf(r.key)] = e.sortCells(r)
	}
	desc := e.directions()
	slices.SortStableFunc(kept, func(a, b answerRow) int {
		x, y := append(slices.Clone(ranks[keyOf(a.key)]), a.key...), append(slices.Clone(ranks[keyOf(b.key)]), b.key...)
		return e.before(x, y, desc)
	})
	return e.limited(kept, ranks)
}

// nameless reports a row that a ranking or a condition on results leaves out: it
// has no value for a group, and the query does not ask for such.
func (e *evaluator) nameless(r groupRow) bool {
	ranked := slices.ContainsFunc(e.q.show, func(s shown) bool { return s.fn == "rank" })
	if e.nested || e.q.limit == 0 && e.q.having == nil && !ranked {
		return false
	}
	for i, g := range e.q.by {
		plain := g.grain == "" && g.edges == nil && !g.since
		if plain && r.key[e.offset(i)].isNull() && !asksForNull(e.q.where, g.name()) && !asksForNull(e.q.having, g.name()) {
			return true
		}
	}
	return false
}

// asksForNull reports a condition that tests a group for null.
func asksForNull(c cond, name string) bool {
	switch c := c.(type) {
	case and:
		return asksForNull(c.l, name) || asksForNull(c.r, name)
	case or:
		return asksForNull(c.l, name) || asksForNull(c.r, name)
	case not:
		return asksForNull(c.of, name)
	case missing:
		return c.of.line() == name
	case result:
		return filtersNull(c.l, name) || filtersNull(c.r, name)
	case empty:
		return filtersNull(c.of, name)
	}
	return false
}

// filtersNull reports a filter of a value that tests a group for null.
func filtersNull(t term, name string) bool {
	switch t := t.(type) {
	case filtered:
		return asksForNull(t.where, name) || filtersNull(t.of, name)
	case compute:
		return filtersNull(t.l, name) || filtersNull(t.r, name)
	case shown:
		return filtersNull(t.of, name)
	}
	return false
}

// sortCells are the cells that a row is sorted by before its groups: those of
// the query or, without one, times and buckets, else the first value.
func (e *evaluator) sortCells(r groupRow) []cell {
	var cells []cell
	for _, s := range e.q.sort {
		cells = append(cells, e.term(s.of, r, place{}))
	}
	if len(e.q.sort) > 0 {
		return cells
	}
	for i, g := range e.q.by {
		if g.grain != "" || g.edges != nil || g.since {
			cells = append(cells, r.key[e.offset(i)])
		}
	}
	if x, ok := e.kept[keyOf(r.key)]; ok && len(cells) == 0 {
		return []cell{x}
	}
	if len(cells) == 0 && len(e.q.by) > 0 {
		cells = append(cells, e.term(e.q.items[0].term, r, place{}))
	}
	return cells
}

func (e *evaluator) directions() []bool {
	var desc []bool
	for _, s := range e.q.sort {
		desc = append(desc, s.desc)
	}
	if len(e.q.sort) > 0 {
		return desc
	}
	for _, g := range e.q.by {
		if g.grain != "" || g.edges != nil || g.since {
			return nil
		}
	}
	return []bool{true}
}

// before orders rows; nulls come last either way.
func (e *evaluator) before(a, b []cell, desc []bool) int {
	for i := range a {
		x, y := a[i], b[i]
		switch {
		case x.isNull() && y.isNull():
			continue
		case x.isNull():
			return 1
		case y.isNull():
			return -1
		}
		if (x.soft || y.soft) && near(x, y) {
			e.fragile = true
		}
		if sign := order(x, y); sign != 0 {
			if i < len(desc) && desc[i] {
				return -sign
			}
			return sign
		}
	}
	return 0
}

func (e *evaluator) limited(rows []answerRow, ranks map[string][]cell) []answerRow {
	if e.q.limit == 0 {
		return rows
	}
	taken := map[string]int{}
	first := map[string][]cell{}
	var outside []int
	for i := range e.q.by {
		if !slices.Contains(e.q.per, i) {
			outside = append(outside, i)
		}
	}
	var kept []answerRow
	for _, r := range rows {
		id := groupRow{r.key}.without(e, outside)
		if e.sharesFirst() {
			by := ranks[keyOf(r.key)]
			if old, ok := first[id]; by[0].isNull() || ok && e.before(old, by, nil) != 0 {
				continue
			}
			first[id] = by
			kept = append(kept, r)
			continue
		}
		taken[id]++
		if n := taken[id]; n > e.q.offset && n <= e.q.offset+e.q.limit {
			kept = append(kept, r)
		}
	}
	return kept
}

// sharesFirst reports that all rows which are first within a group are kept, where
// somebody said by what, or it is the value.
func (e *evaluator) sharesFirst() bool {
	if e.q.limit != 1 || e.q.offset != 0 || len(e.q.per) == 0 {
		return false
	}
	return len(e.q.sort) > 0 || !slices.ContainsFunc(e.q.by, func(g group) bool { return g.grain != "" || g.edges != nil || g.since })
}

// listed are the rows of a list.
func (e *evaluator) listed() []answerRow {
	e.windows = []window{{spans: e.q.during}}
	home := e.w.table(e.q.from)
	desc := make([]bool, 0, len(e.q.sort))
	for _, s := range e.q.sort {
		desc = append(desc, s.desc)
	}
	type listed struct {
		row  answerRow
		sort []cell
	}
	var all []listed
	seen := map[string]bool{}
	scopes, single := e.listScopes(home)
	for _, s := range scopes {
		if !e.counts(s, place{}) {
			continue
		}
		r := s.at[""]
		var l listed
		for _, it := range e.q.items {
			l.row.cells = append(l.row.cells, e.listedCells(s, it.listed)...)
		}
		for _, k := range e.q.sort {
			x, _ := e.value(s, k.of.(rowTerm).of)
			l.sort = append(l.sort, x)
		}
		if !single {
			for _, k := range home.key {
				l.sort = append(l.sort, r[k])
			}
		}
		l.sort = append(l.sort, l.row.cells...)
		id := keyOf(l.row.cells)
		if !single || !seen[id] {
			all = append(all, l)
		}
		seen[id] = true
	}
	slices.SortStableFunc(all, func(a, b listed) int { return e.before(a.sort, b.sort, desc) })
	var rows []answerRow
	for i, l := range all {
		if e.q.limit == 0 || i >= e.q.offset && i < e.q.offset+e.q.limit {
			rows = append(rows, l.row)
		}
	}
	return rows
}

// listScopes are the rows of a list's table with what is shown of others; where
// joins multiply them, only different rows are listed.
func (e *evaluator) listScopes(home *table) (scopes []scope, single bool) {
	for _, r := range home.rows {
		scopes = append(scopes, scope{home.name, map[string]row{"": r}, ref{}})
	}
	single = e.q.single
	for _, it := range e.q.items {
		f, ok := it.listed.(field)
		if !ok {
			continue
		}
		way, _, _ := e.w.wayTo(home.name, f.ref)
		scopes = e.expand(scopes, way)
		for _, st := range way {
			single = single || st.many
		}
	}
	return scopes, single
}

// listedCells are what one item of a list shows; an entity in a set is its key.
func (e *evaluator) listedCells(s scope, v value) []cell {
	f, ok := v.(field)
	if !ok || f.ref.name != "" {
		x, _ := e.value(s, v)
		return []cell{x}
	}
	r, _ := e.entityRow(s, f.ref)
	t := e.w.endOf(f.ref)
	if !e.nested {
		return []cell{r[t.display]}
	}
	var cells []cell
	for _, k := range t.key {
		cells = append(cells, r[k])
	}
	return cells
}

// rowTerm is a value of a row as a sort key of a list.
type rowTerm struct{ of value }

func (t rowTerm) line() string { return t.of.line() }

var zero = big.NewRat(0, 1)
