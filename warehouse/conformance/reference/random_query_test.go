package reference

import (
	"fmt"
	"slices"
)

// randomSpan is a period around the time of the data.
func randomSpan(d dice) span {
	y, m := 2023, 1+d.IntN(12)
	if d.chance(35) {
		y, m = 2024, 1+d.IntN(3)
	}
	month := func(text, unit string, from, count int) span {
		return span{text, day(y, from, 1), day(y, from+count, 1), unit}
	}
	switch d.IntN(7) {
	case 0:
		return month(fmt.Sprint(y), "year", 1, 12)
	case 1:
		h := (m - 1) / 6
		return month(fmt.Sprintf("%d-H%d", y, h+1), "half", h*6+1, 6)
	case 2, 3:
		q := (m - 1) / 3
		return month(fmt.Sprintf("%d-Q%d", y, q+1), "quarter", q*3+1, 3)
	case 4:
		from := day(y, m, 1+d.IntN(28))
		to := from + int64(1+d.IntN(150))*86400
		return span{clockOf(from).Format("2006-01-02") + ".." + clockOf(to).Format("2006-01-02"), from, to, ""}
	case 5:
		from := day(y, m, 1+d.IntN(28))
		return span{clockOf(from).Format("2006-01-02"), from, from + 86400, "day"}
	}
	return month(fmt.Sprintf("%d-%02d", y, m), "month", m, 1)
}

// randomQuery asks something of a world.
func randomQuery(d dice, w *world) *query {
	if w.goals {
		return w.goalQuery(d)
	}
	if d.chance(8) {
		return w.randomList(d, pick(d, w.tables), false)
	}
	last := w.metrics[len(w.metrics)-1]
	if last.kind == "retain" && d.chance(25) {
		return w.retentionQuery(d, last)
	}
	if m := last; m.kind == "convert" && d.chance(25) {
		return w.plainQuery(d, m)
	}
	if m := w.overTime(d); m != nil && d.chance(15) {
		return w.cumulativeQuery(d, m)
	}
	if plain := w.plainMetrics(); len(plain) > 0 && d.chance(5) {
		return w.streakQuery(d, pick(d, plain))
	}
	q := &query{}
	for i := range 1 + d.IntN(2) {
		q.items = append(q.items, item{term: w.randomTerm(d, 1), as: fmt.Sprint("i", i)})
	}
	homes := homeNames(newEvaluator(w, q))
	w.addGroups(d, q, homes)
	if d.chance(45) {
		for range 4 {
			q.where = w.randomCond(d, pick(d, homes), 2, true)
			if w.answers(q) {
				break
			}
		}
		if d.chance(20) {
			q.where = w.withSet(d, q.where, pick(d, homes))
		}
	}
	if due := w.table(homes[0]).column("due"); due != nil && len(slices.Compact(slices.Clone(homes))) == 1 && d.chance(10) {
		q.on = ref{table: homes[0], name: "due"}
	}
	if w.timed(homes) && d.chance(55) || d.chance(1) {
		q.during = append(q.during, randomSpan(d))
		if d.chance(8) {
			q.during = append(q.during, randomSpan(d))
		}
	}
	if d.chance(35) {
		w.addComparison(d, q)
	}
	if len(q.during) == 1 && newEvaluator(w, q).grain() != "" && d.chance(30) {
		q.items = append(q.items, item{term: w.randomStreak(d, q), as: "n0"})
	}
	w.addShows(d, q)
	w.addResults(d, q)
	q.totals = d.chance(10)
	return q
}

// plainQuery asks for one metric alone, mostly of all time, so that its own rules
// show in the answer.
func (w *world) plainQuery(d dice, m *metric) *query {
	q := &query{items: []item{{term: named{m.name}, as: "i0"}}}
	home := homeNames(newEvaluator(w, q))[0]
	if d.chance(75) {
		q.by = []group{{of: ref{table: home, name: pick(d, []string{"kind", "name", "id", "id"})}}}
	}
	if w.table(home).time != "" && d.chance(30) {
		q.by = append(q.by, group{axis: true, grain: pick(d, grains)})
	}
	if d.chance(20) {
		q.during = []span{randomSpan(d)}
	}
	return q
}

// overTime is one of the metrics that a period gives the value of another one in
// others; nil for none.
func (w *world) overTime(d dice) *metric {
	var list []*metric
	for _, m := range w.metrics {
		if overTime(m) {
			list = append(list, m)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return pick(d, list)
}

// overTime reports a metric whose value is that of another one in other periods.
func overTime(m *metric) bool {
	return slices.Contains([]string{"running", "window", "to_date", "offset"}, m.kind)
}

// cumulativeQuery asks for such a metric by days, or by periods that do not nest,
// so that rows count by spans.
func (w *world) cumulativeQuery(d dice, m *metric) *query {
	q := &query{items: []item{{term: named{m.name}, as: "i0"}}, during: []span{randomSpan(d)}}
	home := homeNames(newEvaluator(w, q))[0]
	q.by = []group{{axis: true, grain: pick(d, []string{"day", "day", "week", "month"})}}
	if m.kind == "offset" && d.chance(30) {
		q.by[0].grain = pick(d, []string{"day_of_week", "month_of_year", "quarter_of_year", "day_of_month", "hour_of_day"})
		if d.chance(50) {
			q.during = nil
		}
	}
	if d.chance(30) {
		q.by = append(q.by, group{axis: true, grain: pick(d, []string{"month", "quarter", "fiscal_year", "fiscal_month"})})
	}
	if len(q.by) == 2 && q.by[0].grain == q.by[1].grain || d.chance(30) {
		q.by[len(q.by)-1] = group{of: ref{table: home, name: pick(d, []string{"kind", "name", "id"})}}
	}
	if d.chance(30) {
		q.where = w.randomCond(d, home, 1, true)
	}
	if d.chance(40) {
		w.addComparison(d, q)
		w.addShows(d, q)
	}
	return q
}

// spoken are the metrics that queries combine; those of cohorts stand alone.
func (w *world) spoken() []*metric {
	return slices.DeleteFunc(slices.Clone(w.metrics), func(m *metric) bool { return m.kind == "retain" })
}

// answers reports a query that is not refused for a world without rows that
// decide it: every home reaches what it filters by.
func (w *world) answers(q *query) bool {
	probe := &query{where: q.where, by: q.by, items: q.items}
	e := newEvaluator(w, probe)
	e.results()
	return e.err == nil
}

// timed reports that every home has a time axis.
func (w *world) timed(homes []string) bool {
	for _, h := range homes {
		if w.table(h).time == "" {
			return false
		}
	}
	return true
}

func homeNames(e *evaluator) []string {
	var names []string
	for _, h := range e.homes() {
		names = append(names, h.home)
	}
	return names
}

// randomTerm is a metric or an expression over metrics and aggregates.
func (w *world) randomTerm(d dice, depth int) term {
	switch {
	case depth > 0 && d.chance(15):
		return compute{pick(d, []string{"+", "-", "*", "/"}), w.randomTerm(d, depth-1), w.randomTerm(d, depth-1)}
	case depth > 0 && d.chance(8):
		return compute{pick(d, []string{"*", "/"}), w.randomTerm(d, depth-1), constant{number(int64(1 + d.IntN(4)))}}
	case d.chance(20):
		m := pick(d, w.spoken())
		homes := homeNames(newEvaluator(w, &query{items: []item{{term: named{m.name}}}}))
		return filtered{named{m.name}, w.randomCond(d, pick(d, homes), 1, true)}
	case d.chance(20):
		return w.randomAggregate(d, pick(d, w.tables))
	case d.chance(8):
		if n, ok := w.randomNested(d); ok {
			return n
		}
	}
	return named{pick(d, w.spoken()).name}
}

// addGroups adds up to three groups that every home reaches, and sometimes one
// that does not.
func (w *world) addGroups(d dice, q *query, homes []string) {
	var common []ref
	for _, r := range w.reachable(pick(d, homes), true) {
		ok := true
		for _, h := range homes {
			_, c, reached := w.wayTo(h, r)
			ok = ok && reached && c != nil
		}
		if ok || d.chance(2) {
			common = append(common, r)
		}
		way, _, _ := w.wayTo(homes[0], r)
		if far := slices.ContainsFunc(way, func(s step) bool { return s.many }); ok && far && (r.name == "kind" || r.name == "flag") {
			common = append(common, r, r, r, r) // where rows repeat within a group
		}
	}
	for range pick(d, []int{0, 1, 1, 1, 2, 2, 3}) {
		g, ok := w.randomGroup(d, common, homes)
		name := g.name()
		if ok && !slices.ContainsFunc(q.by, func(o group) bool { return o.name() == name }) {
			q.by = append(q.by, g)
		}
	}
	if g, ok := w.bandGroup(d, q, homes); ok && d.chance(10) {
		q.by = append(q.by, g)
	}
}

var grains = []string{"day", "week", "month", "month", "month", "quarter", "year", "half", "month_of_year", "day_of_week", "fiscal_year", "fiscal_quarter", "fiscal_month"}

func (w *world) randomGroup(d dice, common []ref, homes []string) (group, bool) {
	if w.table("c0") != nil && d.chance(10) {
		return group{axis: true, ofDay: "season"}, w.timed(homes)
	}
	if d.chance(35) {
		return group{axis: true, grain: pick(d, grains)}, w.timed(homes)
	}
	if len(common) == 0 {
		return group{}, false
	}
	r := pick(d, common)
	c := w.columnOf(r)
	switch {
	case d.chance(15):
		g := group{of: ref{table: r.table, joins: r.joins}}
		if len(r.joins) > 1 || len(r.joins) == 1 && !w.table(r.table).join(r.joins[0]).shown {
			return group{of: r}, c.kind != 't'
		}
		return g, w.allReach(homes, ref{table: r.table, joins: r.joins})
	case c.kind == 't':
		return group{of: r, grain: pick(d, grains)}, true
	case c.kind == 'i' && d.chance(40):
		return group{of: r, edges: []cell{number(0), number(3), number(6)}}, true
	case c.kind == 'd' && d.chance(60):
		return group{of: r, edges: pick(d, [][]cell{{number(5)}, {cents(250)}, {number(0), cents(550)}, {cents(10)}})}, true
	}
	return group{of: r}, true
}

func (w *world) allReach(homes []string, r ref) bool {
	for _, h := range homes {
		if _, ok := w.way(h, r.table); !ok || w.table(h).source != w.table(r.table).source {
			return false
		}
	}
	return true
}

func (w *world) addComparison(d dice, q *query) {
	timed := slices.ContainsFunc(q.by, func(g group) bool { return g.axis && !isCyclic(g.grain) })
	if len(q.during) != 1 && (!timed || len(q.during) > 1 || d.chance(50)) && !d.chance(2) {
		return
	}
	for range pick(d, []int{1, 1, 1, 2}) {
		switch v := (versus{how: pick(d, []string{"prior", "ago", "ago", "span"}), unit: pick(d, []string{"year", "year", "quarter", "month", "week"}), n: 1 + d.IntN(2)}); {
		case v.how == "span":
			v.span = randomSpan(d)
			q.versus = append(q.versus, v)
		case v.how == "ago" && awkward(q, v), v.how == "prior" && newEvaluator(w, q).grain() != "" && awkward(q, versus{unit: "month"}):
			return
		default:
			q.versus = append(q.versus, v)
		}
	}
}

// shares reports items whose share of a whole has a meaning.
func (w *world) shares(q *query) bool {
	for _, it := range q.items {
		if !w.sharable(it.term) {
			return false
		}
	}
	return true
}

func (w *world) sharable(t term) bool {
	switch t := t.(type) {
	case aggregate:
		return t.fn == "sum" || t.fn == "count" || t.fn == "count_distinct"
	case named:
		return w.sharable(w.metric(t.metric).expr)
	case filtered:
		return w.sharable(t.of)
	case compute:
		return (t.op == "+" || t.op == "-") && w.sharable(t.l) && w.sharable(t.r)
	}
	return false
}

// awkward reports a move by months from days that not every month has: how such
// periods are dated is not what is compared here.
func awkward(q *query, v versus) bool {
	if len(q.during) == 0 || length(v.unit) <= 7 {
		return false
	}
	sp := q.during[0]
	return len(q.during) == 1 && sp.unit == "day" || sp.unit == "" || sp.unit == "week"
}

func (w *world) addShows(d dice, q *query) {
	var parents shown
	for i, g := range q.by {
		if d.chance(30) {
			parents.parents = append(parents.parents, i)
			parents.names = append(parents.names, g.name())
		}
	}
	for _, fn := range []string{"share", "rank", "running", "change", "growth"} {
		s := shown{fn: fn}
		switch fn {
		case "share", "rank":
			if !d.chance(15) || fn == "share" && !w.shares(q) && d.chance(95) {
				continue
			}
			s.parents, s.names = parents.parents, parents.names
		case "running":
			if !d.chance(8) || newEvaluator(w, q).grain() == "" {
				continue
			}
		default:
			if len(q.versus) == 0 || !d.chance(60) {
				continue
			}
		}
		q.show = append(q.show, s)
	}
}

// addResults adds what is done with results.
func (w *world) addResults(d dice, q *query) {
	if len(q.during) == 1 && d.chance(15) {
		q.fill = pick(d, []string{"fill", "fill 0", "fill once"})
	}
	if d.chance(20) {
		q.having = w.randomHaving(d, q, 1)
	}
	if len(q.by) == 0 {
		return
	}
	for range pick(d, []int{0, 0, 1, 1, 2}) {
		q.sort = append(q.sort, sorting{w.randomSort(d, q), d.chance(60)})
	}
	if d.chance(30) {
		q.limit = 1 + d.IntN(3)
		if d.chance(25) {
			q.offset = 1 + d.IntN(2)
		}
		if len(q.by) > 1 && d.chance(50) {
			if i := d.IntN(len(q.by)); q.by[i].edges == nil {
				q.per = []int{i}
			}
		}
	}
}

func (w *world) randomSort(d dice, q *query) term {
	if d.chance(25) {
		i := d.IntN(len(q.by))
		return keyed{i, q.by[i].name()}
	}
	if d.chance(10) && len(q.versus) > 0 {
		return shown{fn: pick(d, []string{"growth", "change", "prior"}), of: q.items[0].term}
	}
	return pick(d, q.items).term
}

func (w *world) randomHaving(d dice, q *query, depth int) cond {
	if depth > 0 && d.chance(35) {
		l, r := w.randomHaving(d, q, depth-1), w.randomHaving(d, q, depth-1)
		switch d.IntN(3) {
		case 0:
			return and{l, r}
		case 1:
			return or{l, r}
		}
		return not{l}
	}
	t := pick(d, q.items).term
	if w.shares(q) && d.chance(25) {
		t = shown{fn: "share", of: t}
	} else if d.chance(20) && len(q.versus) > 0 {
		t = shown{fn: pick(d, []string{"growth", "change", "prior"}), of: t}
	}
	if d.chance(15) {
		return empty{t, d.chance(50)}
	}
	return result{t, pick(d, comparisons), constant{pick(d, []cell{number(0), number(2), number(5), cents(150), cents(50)})}}
}

// withSet adds membership in a nested query to a condition.
func (w *world) withSet(d dice, c cond, home string) cond {
	var targets []*table
	for _, t := range w.tables {
		if _, ok := w.way(home, t.name); ok && t.source == w.table(home).source {
			targets = append(targets, t)
		}
	}
	to := pick(d, targets)
	m := member{of: ref{table: to.name}, not: d.chance(40)}
	if d.chance(40) {
		m.of.name = "kind"
	}
	var from []*table
	for _, t := range w.tables {
		if _, ok := w.way(t.name, to.name); ok && t.source == to.source {
			from = append(from, t)
		}
	}
	m.in = w.randomSet(d, m.of, pick(d, from))
	if d.chance(50) {
		return and{c, m}
	}
	return m
}

func (w *world) randomSet(d dice, of ref, from *table) *query {
	var mine []*metric
	for _, x := range w.metrics {
		if a, ok := x.expr.(aggregate); ok && a.table == from.name {
			mine = append(mine, x)
		}
	}
	if len(mine) == 0 || d.chance(30) {
		q := &query{list: true, from: from.name, items: []item{{listed: field{of}}}}
		if d.chance(60) {
			q.where = w.randomCond(d, from.name, 1, false)
		}
		return q
	}
	q := &query{items: []item{{term: named{pick(d, mine).name}, as: "i0"}}, by: []group{{of: of}}}
	if d.chance(40) {
		q.where = w.randomCond(d, from.name, 1, true)
	}
	if d.chance(30) && from.time != "" {
		q.during = []span{randomSpan(d)}
	}
	if d.chance(60) {
		q.having = w.randomHaving(d, q, 0)
	}
	if d.chance(20) {
		q.limit = 1 + d.IntN(3)
	}
	return q
}

// randomList lists rows of a table.
func (w *world) randomList(d dice, t *table, nested bool) *query {
	q := &query{list: true, from: t.name, single: d.chance(30)}
	refs := w.reachable(t.name, false)
	for i := range 1 + d.IntN(3) {
		q.items = append(q.items, item{listed: field{pick(d, refs)}, as: fmt.Sprint("i", i)})
	}
	if d.chance(60) {
		q.where = w.randomCond(d, t.name, 2, true)
	}
	if t.time != "" && d.chance(30) {
		q.during = []span{randomSpan(d)}
	}
	if d.chance(50) {
		q.sort = append(q.sort, sorting{rowTerm{pick(d, q.items).listed}, d.chance(50)})
	}
	if d.chance(40) {
		q.limit = 1 + d.IntN(4)
		q.offset = d.IntN(2)
	}
	return q
}
