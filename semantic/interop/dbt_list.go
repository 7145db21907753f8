package interop

import (
	"fmt"
	"slices"
	"strings"

	"wenshu/semantic"
)

// lookForList finds the table that a list of attributes is read from.
func (l *dbtLine) lookForList() error {
	refs, err := l.references(l.q.GroupBy)
	if err != nil {
		return err
	}
	onlyTime := true
	for _, r := range refs {
		links, element, _ := l.p.parts(r.name)
		onlyTime = onlyTime && element == metricTime && len(links)+len(r.path) == 0
	}
	l.line.List = &semantic.List{Distinct: !l.q.Rows}
	if slices.ContainsFunc(l.q.Where, func(text string) bool { return strings.Contains(text, "Metric(") }) {
		return l.lookForKeys(refs)
	}
	if onlyTime && len(l.q.Where) == 0 {
		return l.lookAtSpine(refs)
	}
	if onlyTime && l.lookAtSpine(refs) == nil && l.filtersLeadOn() {
		return nil
	}
	l.seen.spine = ""
	timed := slices.DeleteFunc(slices.Clone(refs), func(r reference) bool { return !l.isMetricTime(r) })
	named := slices.DeleteFunc(refs, l.isMetricTime)
	var home *dbtModel
	least := 0
	for _, m := range l.p.models {
		l.seen.homes = []*dbtModel{m}
		if hops, ok := l.filterHops(); ok && l.knowsAll(named, m) && (home == nil || l.hops(named, m)+hops < least) {
			home, least = m, l.hops(named, m)+hops
		}
	}
	if home == nil {
		return fmt.Errorf("no table leads to all of %s", strings.Join(l.q.GroupBy, ", "))
	}
	l.seen.homes = []*dbtModel{home}
	l.line.List.From = home.table.name
	if len(timed) > 0 { // every row on every day
		if err := l.lookAtSpine(timed); err != nil {
			return err
		}
		days := semantic.Beside{Table: l.line.List.From, Each: true}
		l.line.List.From, l.line.List.With, l.seen.homes = home.table.name, []semantic.Beside{days}, []*dbtModel{home}
	}
	l.others = l.tablesOf(named)
	return nil
}

// lookForKeys finds the table that an entity filtered by a metric is listed from: of
// those of which it is the key, the one with the fewest attributes. dbt joins the
// metric's rows to it and keeps those whose entity the table lacks, as one that has
// no name.
func (l *dbtLine) lookForKeys(refs []reference) error {
	if len(refs) != 1 || len(refs[0].path) > 0 {
		return fmt.Errorf("a list of several attributes filtered by a metric")
	}
	links, element, _ := l.p.parts(refs[0].name)
	var home *dbtModel
	for _, m := range l.p.models {
		if e := m.entity(element); e != nil && len(links) == 0 && (e.kind == "primary" || e.kind == "unique") && (home == nil || len(m.dimensions) < len(home.dimensions)) {
			home = m
		}
	}
	if home == nil {
		return fmt.Errorf("no table has %s for its key", clip(refs[0].name))
	}
	l.seen.homes, l.line.List.From, l.keys = []*dbtModel{home}, home.table.name, true
	return nil
}

// besideMetric lists the keys beside the rows of the metric that filters them.
func (l *dbtLine) besideMetric() error {
	in, ok := l.line.Where.(semantic.In)
	if !ok || in.Not || in.Sub == nil {
		return fmt.Errorf("a list of attributes filtered by a metric and something else")
	}
	by, ok := in.Sub.By[0].Expr.(semantic.Name)
	if !ok || len(by.Path) != 2 {
		return fmt.Errorf("a list of attributes filtered by a metric of another entity")
	}
	if in.X = by; by.Path[0] != l.line.List.From {
		l.line.List.With = []semantic.Beside{{Table: by.Path[0]}}
	}
	l.line.Where = in
	return nil
}

func (l *dbtLine) isMetricTime(r reference) bool {
	links, element, _ := l.p.parts(r.name)
	return element == metricTime && len(links)+len(r.path) == 0
}

// together takes in the tables of attributes that are not the home's own: dbt keeps
// their rows that no row of the home leads to.
func (l *dbtLine) together() {
	if len(l.line.List.With)+len(l.others) == 0 || len(l.line.List.With) == 0 && l.onlyOfHome() {
		return
	}
	for _, t := range l.others {
		l.line.List.With = append(l.line.List.With, semantic.Beside{Table: t})
	}
	seat := func(e semantic.Expr) semantic.Expr {
		n, ok := e.(semantic.Name)
		if !ok || len(n.Path) < 3 {
			return nil
		}
		if t := l.seen.seatOf(n); t != "" && slices.Contains(l.others, t) {
			return semantic.Name{Path: []string{t, n.Path[len(n.Path)-1]}}
		}
		return nil
	}
	for i, it := range l.line.Items {
		l.line.Items[i].Expr = semantic.Rewrite(it.Expr, seat)
		if g, ok := it.Expr.(semantic.Grained); ok {
			if n, is := seat(g.Of).(semantic.Name); is {
				l.line.Items[i].Expr = semantic.Grained{Of: n, Grain: g.Grain}
			}
		}
	}
	l.line.Where = semantic.Rewrite(l.line.Where, seat)
}

// tablesOf are the tables of attributes that are not the home's own, each once.
func (l *dbtLine) tablesOf(refs []reference) []string {
	home := l.seen.homes[0]
	var list []string
	for _, r := range refs {
		links, element, _ := l.p.parts(r.name)
		s, _ := l.p.find(home, append(slices.Clone(r.path), links...), element)
		if s.model != home && !slices.Contains(list, s.model.table.name) {
			list = append(list, s.model.table.name)
		}
	}
	return list
}

func (l *dbtLine) knowsAll(refs []reference, m *dbtModel) bool {
	for _, r := range refs {
		links, element, _ := l.p.parts(r.name)
		if _, ok := l.p.find(m, append(slices.Clone(r.path), links...), element); !ok {
			return false
		}
	}
	return true
}

// filtersLeadOn reports whether the home at hand leads to all that the filters name.
func (l *dbtLine) filtersLeadOn() bool {
	_, ok := l.filterHops()
	return ok
}

// filterHops is how many joins the home at hand is away from what the filters name;
// false where it does not lead there.
func (l *dbtLine) filterHops() (int, bool) {
	n := 0
	for _, text := range l.q.Where {
		e, err := l.seen.condition(text)
		if err != nil {
			return 0, false
		}
		semantic.Walk(e, func(x semantic.Expr) {
			if name, ok := x.(semantic.Name); ok {
				n += max(0, len(name.Path)-2)
			}
		})
	}
	return n, true
}

// onlyOfHome reports a filter that what no row of the home leads to does not pass,
// since it has nothing of the home.
func (l *dbtLine) onlyOfHome() bool {
	home := l.seen.homes[0].table.name
	own := func(e semantic.Expr) bool {
		n, ok := e.(semantic.Name)
		return ok && len(n.Path) == 2 && n.Path[0] == home
	}
	for _, c := range semantic.Conjuncts(l.line.Where) {
		b, ok := c.(semantic.Binary)
		_, constant := b.R.(semantic.Lit)
		if own(c) || ok && constant && own(b.L) && b.Op >= semantic.Eq && b.Op < semantic.Add && b.Op != semantic.Ne {
			return true
		}
	}
	return false
}

// hops is how many joins a model is away from the attributes.
func (l *dbtLine) hops(refs []reference, m *dbtModel) int {
	n := 0
	for _, r := range refs {
		links, element, _ := l.p.parts(r.name)
		if e := m.entity(element); e != nil && e.kind == "foreign" {
			n++ // the table of the entity itself is nearer
		}
		s, _ := l.p.find(m, append(slices.Clone(r.path), links...), element)
		n += len(s.path)
	}
	return n
}

// lookAtSpine reads times without a metric from the spine of their grain.
func (l *dbtLine) lookAtSpine(refs []reference) error {
	want := "day"
	for _, r := range refs {
		_, _, grain := l.p.parts(r.name)
		if g := or(r.grain, grain); fineGrains[g] {
			want = g
		}
	}
	for _, s := range l.p.spines {
		if s.grain != want {
			continue
		}
		for _, t := range l.d.tables {
			if t.source == s.source {
				m := &dbtModel{name: t.name, time: s.column, table: t, primary: metricTime,
					dimensions: []dbtDimension{{name: metricTime, kind: "time", grain: s.grain}, {name: s.column, kind: "time", grain: s.grain}}}
				l.seen.homes = []*dbtModel{m}
				l.line.List.From = t.name
				l.onSpine(t, s)
				return nil
			}
		}
	}
	return fmt.Errorf("no time spine of the granularity %s", want)
}

// onSpine makes metric_time the column of the spine.
func (l *dbtLine) onSpine(t *table, s dbtSpine) { l.seen.spine = t.name + "." + t.time }

// edges asks for the least and greatest value instead of the list.
func (l *dbtLine) edges(it semantic.Item) {
	l.line.List, l.line.Items, l.columns = nil, nil, nil
	for _, f := range []string{"min", "max"} {
		name := it.As + "__" + f
		l.line.Items = append(l.line.Items, semantic.Item{Expr: semantic.Call{Func: f, Args: []semantic.Expr{it.Expr}}, As: name})
		l.columns = append(l.columns, DBTColumn{Name: name})
	}
}
