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
	for _, text := range l.q.Where {
		if strings.Contains(text, "Metric(") {
			return fmt.Errorf("a list of attributes filtered by a metric: dbt joins the metric's own rows in, a list is of the rows of one table")
		}
	}
	if onlyTime {
		return l.lookAtSpine(refs)
	}
	var home *dbtModel
	for _, m := range l.p.models {
		l.seen.homes = []*dbtModel{m}
		if l.knowsAll(refs, m) && l.filtersLeadOn() && (home == nil || l.fewer(refs, m, home)) {
			home = m
		}
	}
	if home == nil {
		return fmt.Errorf("no table alone leads to %s: a list is of the rows of one table, and never of all pairs of two", strings.Join(l.q.GroupBy, ", "))
	}
	l.seen.homes = []*dbtModel{home}
	l.partners = l.fromOthers(refs)
	l.line.List.From = home.table.name
	return nil
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
	for _, text := range l.q.Where {
		if _, err := l.seen.condition(text); err != nil {
			return false
		}
	}
	return true
}

// fromOthers reports attributes that are not the home's own: dbt keeps the rows of
// their tables that no row of the home leads to.
func (l *dbtLine) fromOthers(refs []reference) bool {
	home := l.seen.homes[0]
	for _, r := range refs {
		links, element, _ := l.p.parts(r.name)
		if s, _ := l.p.find(home, append(slices.Clone(r.path), links...), element); s.model != home {
			return true
		}
	}
	return false
}

// onlyOfHome reports a filter that what no row of the home leads to does not pass,
// since it has nothing of the home.
func (l *dbtLine) onlyOfHome() bool {
	home := l.seen.homes[0].table.name
	own := func(e semantic.Expr) bool {
		n, ok := e.(semantic.Name)
		return ok && len(n.Path) == 2 && n.Path[0] == home
	}
	for _, c := range conjuncts(l.line.Where) {
		b, ok := c.(semantic.Binary)
		_, constant := b.R.(semantic.Lit)
		if own(c) || ok && constant && own(b.L) && b.Op >= semantic.Eq && b.Op < semantic.Add && b.Op != semantic.Ne {
			return true
		}
	}
	return false
}

// fewer reports whether a model is nearer to the attributes than another.
func (l *dbtLine) fewer(refs []reference, m, than *dbtModel) bool {
	hops := func(m *dbtModel) int {
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
	return hops(m) < hops(than)
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
