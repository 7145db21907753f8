package reference

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// dice makes random choices that depend on the seed alone.
type dice struct{ *rand.Rand }

func newDice(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 7))} }

// chance is true in percent of all cases.
func (d dice) chance(percent int) bool { return d.IntN(100) < percent }

func pick[T any](d dice, list []T) T { return list[d.IntN(len(list))] }

var words = []string{"a", "b", "c", "Ab", "上海", "苏州", ""}

// randomWorld makes up to four tables in one source and sometimes two in
// another, their rows and some metrics.
func randomWorld(d dice) *world {
	if d.chance(5) {
		return goalsWorld(d)
	}
	w := &world{fiscal: pick(d, []int{1, 4, 7})}
	if d.chance(25) {
		w.weeks = fiscalWeeks{pick(d, []string{"4-4-5", "4-5-4", "5-4-4"}), pick(d, []string{"before", "nearest", "after"})}
	}
	n := 1 + d.IntN(4)
	for i := range n {
		w.tables = append(w.tables, randomTable(d, fmt.Sprint("t", i), "w"))
	}
	for i := range w.tables {
		for j := range 1 + d.IntN(2) {
			if i+1 < n && d.chance(75) {
				w.addJoin(d, w.tables[i], w.tables[i+1+d.IntN(n-i-1)], fmt.Sprint("j", j))
			}
		}
		if d.chance(8) {
			w.addJoin(d, w.tables[i], w.tables[i], "up")
		}
	}
	if d.chance(25) {
		other := randomTable(d, "v0", "v")
		other.column("kind").same = pick(d, w.tables[:n]).name + ".kind"
		w.tables = append(w.tables, other)
	}
	for _, t := range w.tables {
		w.fill(d, t)
	}
	if t := w.tables[0]; t.time != "" && d.chance(25) {
		w.addVersions(d, t)
	}
	w.addMetrics(d)
	if d.chance(25) {
		w.addRules(d)
	}
	if d.chance(20) {
		w.addDays(d)
	}
	return w
}

// addRules hides rows from the viewer.
func (w *world) addRules(d dice) {
	if d.chance(85) {
		w.areas = []cell{text(pick(d, words[:3])), text(pick(d, words[:3]))}
	}
	for range 1 + d.IntN(2) {
		t := pick(d, w.tables)
		how := d.IntN(3)
		if last := w.metrics[len(w.metrics)-1]; last.to != "" && d.chance(60) {
			t, how = w.table(w.metric(last.to).expr.(aggregate).table), 3
		}
		r := rule{table: t.name, area: ref{table: t.name, name: "kind"}}
		switch how {
		case 3: // some conversions are hidden
			r.where, r.area = test{field{ref{table: t.name, name: "qty"}}, ">=", fixed{number(2)}}, ref{}
		case 0:
			r.where, r.area = w.randomTest(d, t.name, ref{table: t.name, name: pick(d, []string{"qty", "price", "name"})}), ref{}
		case 1:
			for _, j := range t.joins {
				r.area = ref{t.name, []string{j.name}, "kind"}
			}
		}
		w.rules = append(w.rules, r)
	}
}

func randomTable(d dice, name, source string) *table {
	t := &table{name: name, source: source, key: []string{"id"}, display: "name"}
	t.columns = []column{{name: "id", kind: 'i'}, {name: "name", kind: 's', members: words}}
	if d.chance(20) {
		t.key = []string{"id", "code"}
		t.columns = append(t.columns, column{name: "code", kind: 's', members: []string{"x", "y"}})
	}
	t.columns = append(t.columns, column{name: "kind", kind: 's', members: words[:1+d.IntN(5)]},
		column{name: "qty", kind: 'i'}, column{name: "price", kind: 'd'})
	if d.chance(50) {
		t.columns = append(t.columns, column{name: "flag", kind: 'b'})
	}
	if d.chance(85) {
		t.time = "at"
		t.columns = append(t.columns, column{name: "at", kind: 't', coding: pick(d, []string{"date", "timestamp", "epoch_s", "yyyymmdd"}), few: d.chance(25)})
	}
	if d.chance(40) {
		t.columns = append(t.columns, column{name: "due", kind: 't', coding: "date"})
	}
	return t
}

// addJoin adds a many-to-one join with its foreign key.
func (w *world) addJoin(d dice, from, to *table, name string) {
	j := join{name: name, to: to.name, shown: d.chance(60)}
	for i, k := range to.key {
		fk := fmt.Sprintf("%s_%d", name, i)
		from.columns = append(from.columns, column{name: fk, kind: to.column(k).kind, foreign: true})
		j.on = append(j.on, [2]string{fk, k})
	}
	from.joins = append(from.joins, j)
}

// fill adds rows to a table whose joined tables may be filled later.
func (w *world) fill(d dice, t *table) {
	seen := map[string]bool{}
	for range pick(d, []int{0, 1, 3, 5, 8, 11, 14}) {
		r := row{}
		for _, c := range t.columns {
			r[c.name] = randomCell(d, c, slices.Contains(t.key, c.name))
		}
		var key []cell
		for _, k := range t.key {
			key = append(key, r[k])
		}
		for _, j := range t.joins {
			lost := d.chance(12)
			for _, p := range j.on {
				if lost {
					r[p[0]] = null
				}
			}
		}
		if !seen[keyOf(key)] {
			t.rows = append(t.rows, r)
		}
		seen[keyOf(key)] = true
	}
}

func randomCell(d dice, c column, key bool) cell {
	switch {
	case key && c.kind == 's', c.foreign && c.kind == 's':
		return text(pick(d, []string{"x", "y"}))
	case key, c.foreign:
		return number(int64(1 + min(d.IntN(9), d.IntN(9)))) // small ones are met often
	case d.chance(15):
		return null
	}
	return c.some(d)
}

// some is a value that the column may hold.
func (c column) some(d dice) cell {
	switch c.kind {
	case 'i':
		return number(int64(d.IntN(13) - 3))
	case 'd':
		return cents(int64(d.IntN(2000) - 300))
	case 'b':
		return truth(d.chance(50))
	case 's':
		return text(pick(d, append([]string{"x"}, c.members...)))
	}
	at := day(2022, 11, 1) + int64(d.IntN(490))*86400
	if c.few || d.chance(20) {
		at = pick(d, []int64{day(2024, 2, 29), day(2023, 12, 31), day(2024, 1, 1), day(2023, 3, 31), day(2023, 1, 1)})
	}
	if c.few && d.chance(30) {
		at = pick(d, []int64{day(2026, 4, 30), day(2026, 5, 20), day(2026, 6, 30), day(2026, 7, 3), day(2026, 7, 13)})
	}
	if c.coding == "yyyymm" {
		return moment(at - int64(clockOf(at).Day()-1)*86400)
	}
	if c.coding == "timestamp" || c.coding == "epoch_s" {
		at += int64(d.IntN(86400))
	}
	return moment(at)
}

// addMetrics defines simple, filtered, derived and ratio metrics.
func (w *world) addMetrics(d dice) {
	for range 2 + d.IntN(4) {
		t := pick(d, w.tables)
		m := &metric{name: fmt.Sprint("m", len(w.metrics))}
		var same []*metric
		for _, other := range w.metrics {
			if other.kind == "" {
				same = append(same, other)
			}
		}
		if len(same) >= 2 && d.chance(40) {
			m.expr = compute{pick(d, []string{"+", "-", "*", "/", "/"}), named{pick(d, same).name}, named{pick(d, same).name}}
			if d.chance(15) {
				m.expr = compute{"-", named{pick(d, same).name}, w.randomAggregate(d, t)}
			}
		} else {
			m.expr = w.randomAggregate(d, t)
			if d.chance(35) {
				m.where = w.randomCond(d, t.name, 1, false)
			}
			if due := t.column("due"); due != nil && d.chance(25) {
				m.time = ref{table: t.name, name: "due"}
			}
		}
		w.specialize(d, m, t)
		if n, ok := w.randomNested(d); ok && d.chance(10) {
			*m = metric{name: m.name, expr: n}
		}
		_, simple := m.expr.(aggregate)
		_, finer := m.expr.(nested)
		m.fill = m.kind == "" && (simple || finer) && d.chance(15)
		w.metrics = append(w.metrics, m)
	}
	for range pick(d, []int{0, 0, 1, 2}) {
		plain := w.plainMetrics()
		if d.chance(90) {
			plain = slices.DeleteFunc(plain, func(m *metric) bool { return len(w.table(m.expr.(aggregate).table).rows) < 5 })
		}
		if len(plain) > 0 {
			m := &metric{name: fmt.Sprint("m", len(w.metrics))}
			from, to := pick(d, plain), pick(d, plain)
			if d.chance(50) {
				to = from
			}
			w.makeConversion(d, m, from, to)
			if m.kind != "" && d.chance(60) {
				w.meet(d, m, from)
			}
			if m.kind != "" && d.chance(35) {
				m.constant = [2]string{}
				m.kind, m.unit, m.n = "retain", pick(d, []string{"week", "month", "month", "quarter", "fiscal_quarter"}), 0
			}
			if m.kind != "" {
				w.metrics = append(w.metrics, m)
			}
		}
	}
}

// plainMetrics are one aggregate each, of a table that has a time.
func (w *world) plainMetrics() []*metric {
	var plain []*metric
	for _, x := range w.metrics {
		if a, ok := x.expr.(aggregate); ok && x.kind == "" && w.table(a.table).time != "" {
			plain = append(plain, x)
		}
	}
	return plain
}

// specialize makes some metrics balances, and others the value of another one
// over time.
func (w *world) specialize(d dice, m *metric, t *table) {
	plain := w.plainMetrics()
	_, simple := m.expr.(aggregate)
	switch {
	case simple && t.time != "" && d.chance(12):
		m.kind, m.expr = pick(d, []string{"last", "last", "first", "first", "avg", "min", "max"}), aggregate{fn: "sum", table: t.name, of: field{ref{t.name, nil, "qty"}}}
		if d.chance(40) {
			m.per = ref{t.name, nil, "kind"}
		}
	case len(plain) > 0 && d.chance(25):
		*m = metric{name: m.name, expr: named{pick(d, plain).name}}
		m.kind = pick(d, []string{"offset", "running", "window", "to_date"})
		m.unit, m.n = pick(d, []string{"month", "month", "quarter", "year"}), 1+d.IntN(3)
		if m.kind == "window" && d.chance(40) || m.kind == "offset" && d.chance(25) {
			m.unit, m.n = pick(d, []string{"day", "week"}), 1+d.IntN(40)
		}
		if m.kind == "window" && d.chance(20) {
			m.unit, m.n = pick(d, []string{"fiscal_month", "fiscal_month", "fiscal_quarter"}), 1+d.IntN(3)
		}
		m.clamp = m.kind == "offset" && length(m.unit) > 7 && d.chance(30)
		if m.kind == "to_date" && d.chance(20) {
			m.unit = pick(d, []string{"fiscal_year", "fiscal_quarter", "fiscal_month"})
		}
	}
}

// makeConversion turns a metric into the conversion from one of two others to the
// other one, where their rows know something in common.
func (w *world) makeConversion(d dice, m, from, to *metric) {
	home, then := from.expr.(aggregate).table, to.expr.(aggregate).table
	if w.table(home).source != w.table(then).source {
		return
	}
	var common []ref
	for _, t := range w.tables {
		a, okA := w.way(home, t.name)
		b, okB := w.way(then, t.name)
		many := func(s step) bool { return s.many }
		if !okA || !okB || slices.ContainsFunc(a, many) || slices.ContainsFunc(b, many) || t.source != w.table(home).source {
			continue
		}
		common = append(common, ref{table: t.name, name: "kind"})
	}
	for _, j := range w.table(home).joins {
		way, ok := w.way(then, j.to)
		if ok && j.shown && j.to != home && !slices.ContainsFunc(way, func(s step) bool { return s.many }) {
			common = append(common, ref{table: home, joins: []string{j.name}})
		}
	}
	if len(common) == 0 {
		return
	}
	*m = metric{name: m.name, kind: "convert", expr: named{from.name}, from: from.name, to: to.name, by: pick(d, common), rate: d.chance(40)}
	if d.chance(50) {
		m.unit, m.n = pick(d, []string{"day", "week", "month", "year"}), 20+d.IntN(60)
		if length(m.unit) > 7 {
			m.n = 1 + m.n%9
		}
	}
	if d.chance(20) {
		m.where = w.randomCond(d, home, 1, false)
	}
	shared := slices.DeleteFunc([]string{"kind", "qty", "flag"}, func(name string) bool {
		return w.table(home).column(name) == nil || w.table(then).column(name) == nil || name == m.by.name
	})
	if d.chance(35) {
		name := pick(d, shared)
		m.constant = [2]string{name, name}
	}
}

// meet makes some of an entity's first steps happen at one moment, so that their
// keys decide, and others just when the time for a conversion has passed.
func (w *world) meet(d dice, m, from *metric) {
	home := w.table(from.expr.(aggregate).table)
	columns := []string{newEvaluator(w, &query{}).ownTime(from, home.name).name}
	switch {
	case m.by.table != home.name:
		return
	case m.by.name != "":
		columns = append(columns, m.by.name)
	default:
		for _, p := range home.join(m.by.joins[0]).on {
			columns = append(columns, p[0])
		}
	}
	for i := 1; i < len(home.rows); i++ {
		for _, c := range columns {
			if !slices.Contains(home.key, c) && d.chance(85) {
				home.rows[i][c] = home.rows[i-1][c]
			}
		}
		if at := home.rows[i-1][columns[0]]; m.n > 0 && !at.isNull() && d.chance(40) {
			home.rows[i][columns[0]] = moment(w.plus(at.at, m.unit, m.n))
		}
	}
}

func (w *world) randomAggregate(d dice, t *table) aggregate {
	a := aggregate{fn: pick(d, []string{"sum", "sum", "sum", "sum", "count", "count", "count", "count_distinct", "avg", "min", "max", "median", "percentile", "percentile_disc", "stddev", "variance"}), table: t.name}
	a.share = shareOf(d, a.fn)
	numbers := []value{field{ref{t.name, nil, "qty"}}, field{ref{t.name, nil, "price"}}}
	switch a.fn {
	case "count":
		if d.chance(30) {
			a.of = field{ref{t.name, nil, "kind"}}
		}
	case "count_distinct":
		a.of = field{ref{t.name, nil, pick(d, []string{"kind", "qty", "name"})}}
		for _, j := range t.joins {
			if j.shown && len(j.on) == 1 && d.chance(40) {
				a.of = field{ref{t.name, []string{j.name}, ""}}
			}
		}
	default:
		a.of = pick(d, numbers)
		if d.chance(20) {
			a.of = reckon{pick(d, []string{"+", "-", "*"}), pick(d, numbers), pick(d, numbers)}
		}
		for _, j := range t.joins {
			if d.chance(12) && j.to != t.name {
				a.of = reckon{"*", pick(d, numbers), field{ref{t.name, []string{j.name}, "price"}}}
			}
		}
	}
	return a
}
