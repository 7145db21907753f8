package interop

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wenshu/semantic"
)

// DBTQuery is a query in dbt's names.
type DBTQuery struct {
	Metrics []string
	GroupBy []string // names such as listing__country or metric_time__month, or calls such as TimeDimension('metric_time', 'month')
	Where   []string // filters with templates
	OrderBy []string // as GroupBy or metrics, with a minus in front for descending
	Limit   string
	From    time.Time      // the first day or moment that counts; zero for no time constraint
	To      time.Time      // the last day or moment that counts, itself included
	Spine   semantic.Range // the days of the time spine, for which metrics over all time and of empty periods are shown
	Data    semantic.Range // the days near rows of the data, for metrics that are empty elsewhere; zero for Spine
	Rows    bool           // rows of a list that are equal are all shown
	plain   bool           // columns are called as the query line calls them
	Edges   bool           // the least and greatest value of the one group, for a query without metrics
}

// DBTLine is a query line that gives what dbt's query gives.
type DBTLine struct {
	Text    string
	Columns []DBTColumn // in the order of the line's own columns
}

// DBTColumn is a column of a line as dbt calls it.
type DBTColumn struct {
	Name string
	Year bool // the year as a number stands for the first day of the year
}

// Line says a query of dbt in the names of the imported model. What the model or
// the query line has no words for is an error.
func (d *DBT) Line(q DBTQuery) (DBTLine, error) {
	l := &dbtLine{DBT: d, q: q}
	if err := l.look(); err != nil {
		return DBTLine{}, err
	}
	if err := l.groups(); err != nil {
		return DBTLine{}, err
	}
	for _, text := range q.Where {
		e, err := l.seen.condition(text)
		if err != nil {
			return DBTLine{}, fmt.Errorf("filter %s: %w", clip(text), err)
		}
		if l.line.Where == nil {
			l.line.Where = e
		} else {
			l.line.Where = semantic.Binary{Op: semantic.And, L: l.line.Where, R: e}
		}
	}
	if l.line.Fill == semantic.FillOnce {
		l.filledToo()
	}
	l.during()
	if l.line.List != nil && !l.keys {
		l.together()
	}
	if l.keys {
		if err := l.besideMetric(); err != nil {
			return DBTLine{}, err
		}
	}
	if err := l.order(); err != nil {
		return DBTLine{}, err
	}
	if q.Limit != "" {
		n, err := strconv.Atoi(q.Limit)
		if err != nil || n < 1 {
			return DBTLine{}, fmt.Errorf("limit %s", clip(q.Limit))
		}
		l.line.Limit = n
	}
	return DBTLine{Text: l.line.String(), Columns: l.columns}, nil
}

type dbtLine struct {
	*DBT
	q       DBTQuery
	seen    seen
	line    semantic.Query
	columns []DBTColumn
	grain   string   // the default granularity of metric_time
	spine   bool     // a metric shows every period
	shifts  bool     // a metric looks at other periods
	moved   bool     // a metric moves by a granularity of its own, as far as that does
	running bool     // a metric has a value for every period from its first row on
	keys    bool     // the keys of a table are listed that a metric filters
	others  []string // the tables of listed attributes that are not the home's own
	axis    string   // the finest granularity of time that is grouped by; "" for none
}

// look finds the tables that the query counts rows of, or, without metrics, the
// one that knows all its attributes.
func (l *dbtLine) look() error {
	l.seen = seen{p: l.p, d: l.d}
	for _, name := range l.q.Metrics {
		m := l.p.metric(name)
		if m == nil || l.d.metric(m.out()) == nil {
			return fmt.Errorf("the metric %s is not carried", clip(name))
		}
		l.grain = coarser(l.grain, l.p.grainOf(m))
		l.spine = l.spine || l.p.showsAll(m, 0)
		l.shifts = l.shifts || l.p.looksAround(m, 0, anyWindow)
		l.running = l.running || l.p.looksAround(m, 0, allTime)
		l.moved = l.moved || l.p.looksAround(m, 0, l.p.ownWindow)
		for _, h := range l.p.homes(m) {
			if !slices.Contains(l.seen.homes, h) {
				l.seen.homes = append(l.seen.homes, h)
			}
		}
		l.p.eachMeasure(m, 0, func(x *dbtMeasure) { l.seen.time = or(x.time, l.seen.time) })
		l.line.Items = append(l.line.Items, semantic.Item{Expr: semantic.Name{Path: []string{m.out()}}, As: alias(m.out(), name)})
	}
	if len(l.q.Metrics) > 0 {
		return nil
	}
	l.grain = "day"
	return l.lookForList()
}

func alias(own, name string) string {
	if own == name {
		return ""
	}
	return name
}

// filledToo holds filters on what is grouped by against the periods that are
// filled in as well, which have nothing there.
func (l *dbtLine) filledToo() {
	for _, c := range semantic.Conjuncts(l.line.Where) {
		shown := true
		test := semantic.Rewrite(c, func(x semantic.Expr) semantic.Expr {
			_, grained := x.(semantic.Grained)
			shown = shown && !grained && !l.isAxis(x)
			n, ok := x.(semantic.Name)
			if !ok {
				return nil
			}
			i := slices.IndexFunc(l.line.By, func(g semantic.Group) bool { return semantic.ExprString(g.Expr) == semantic.ExprString(n) })
			if shown = shown && i >= 0; shown && l.line.By[i].As != "" {
				n.Path = []string{l.line.By[i].As}
			}
			return n
		})
		switch {
		case !shown || len(l.line.By) == 0:
		case l.line.Having == nil:
			l.line.Having = test
		default:
			l.line.Having = semantic.Binary{Op: semantic.And, L: l.line.Having, R: test}
		}
	}
}

// references reads the calls or plain names of groups.
func (l *dbtLine) references(list []string) ([]reference, error) {
	var refs []reference
	for _, text := range list {
		ref := reference{kind: "Dimension", name: strings.TrimSpace(text)}
		if strings.Contains(text, "(") {
			var err error
			if ref, err = readReference(strings.TrimSpace(text), 0); err != nil {
				return nil, fmt.Errorf("%s: %w", clip(text), err)
			}
		}
		refs = append(refs, ref)
	}
	return refs, nil
}

// groups says what the result is split by, under dbt's names.
func (l *dbtLine) groups() error {
	refs, err := l.references(l.q.GroupBy)
	if err != nil {
		return err
	}
	var items []semantic.Item
	for _, ref := range refs {
		e, name, err := l.group(ref)
		if err != nil {
			return err
		}
		l.columns = append(l.columns, DBTColumn{Name: name, Year: ref.part == "year"})
		items = append(items, semantic.Item{Expr: e, As: name})
		if l.line.List == nil {
			if l.q.plain {
				name = ""
			}
			l.line.By = append(l.line.By, semantic.Group{Expr: e, As: name})
		}
	}
	if l.line.List == nil {
		for _, m := range l.q.Metrics {
			l.columns = append(l.columns, DBTColumn{Name: m})
		}
		return nil
	}
	l.line.Items = items
	if l.q.Edges {
		l.edges(items[0])
	}
	return nil
}

// group is one reference with its default granularity, and its column's name.
func (l *dbtLine) group(ref reference) (semantic.Expr, string, error) {
	links, element, grain := l.p.parts(ref.name)
	grain = or(ref.grain, grain)
	name := strings.Join(append(append(slices.Clone(ref.path), links...), element), "__")
	isAxis := element == metricTime && len(links) == 0
	if grain == "" && ref.part == "" {
		if isAxis {
			grain = l.grain
		} else if at, _, err := l.seen.spot(append(slices.Clone(ref.path), links...), element, ref); err != nil {
			return nil, "", err
		} else if at.grain != "" {
			grain = coarser("day", at.grain)
		}
	}
	switch {
	case ref.part != "":
		name += "__extract_" + ref.part
	case grain != "":
		name += "__" + grain
	}
	ref.grain = grain
	l.seen.days = l.shifts || l.spine
	e, at, err := l.seen.dimensionOf(ref)
	l.seen.days = false // filters speak of the rows' own days
	if err != nil {
		return nil, "", err
	}
	if at.left != "" {
		name = at.left + "__" + name
	}
	own := slices.ContainsFunc(l.seen.homes, func(h *dbtModel) bool {
		return h == at.model && at.dim != nil && h.dimensionName(or(l.seen.time, h.time)) == at.dim.name
	})
	if (isAxis || own) && ref.part == "" {
		if l.spine {
			l.line.Fill = semantic.FillOnce
		}
		if l.axis == "" || finest(grain) != semantic.NoUnit && finest(grain) < finest(l.axis) {
			l.axis = grain
		}
	}
	return e, name, nil
}

// during says the period: what the query says, in whole periods of the
// granularity at hand, or the days of the spine where a metric is shown for
// periods without rows of its own.
func (l *dbtLine) during() {
	r := l.q.Spine
	if !l.spine && !l.running && !l.moved && l.q.Data != (semantic.Range{}) {
		r = l.q.Data
	}
	if !l.q.From.IsZero() {
		unit := finest(or(l.axis, l.grain))
		if unit == semantic.NoUnit {
			unit = semantic.Day
		}
		c := &semantic.Calendar{Zone: "UTC", WeekStart: time.Monday, FiscalStart: 1}
		r = semantic.Range{Start: semantic.StartOf(l.q.From, unit, c), End: semantic.AddUnits(semantic.StartOf(l.q.To, unit, c), unit, 1, c)}
	} else if l.axis == "" || !l.spine && !l.shifts {
		return
	}
	r = l.folded(r)
	if l.line.List != nil {
		within := semantic.During{Of: semantic.Name{Path: strings.Split(l.seen.spine, ".")}, Periods: []semantic.Period{r}}
		if l.line.Where == nil {
			l.line.Where = within
			return
		}
		l.line.Where = semantic.Binary{Op: semantic.And, L: l.line.Where, R: within}
		return
	}
	if r != (semantic.Range{}) {
		l.line.During = []semantic.Period{r}
	}
}

// folded takes the filters that bound the time of the metrics out of the
// conditions on rows and into the period: dbt applies them to what is shown, and
// windows and shifts look past them.
func (l *dbtLine) folded(r semantic.Range) semantic.Range {
	var rest semantic.Expr
	for _, c := range semantic.Conjuncts(l.line.Where) {
		if l.onResult(c) {
			continue
		}
		b, ok := c.(semantic.Binary)
		lit, constant := b.R.(semantic.Lit)
		if !ok || !constant || lit.Value.Time().IsZero() || !l.isAxis(b.L) || b.Op == semantic.Ne || b.Op >= semantic.Add || b.Op < semantic.Eq {
			if rest == nil {
				rest = c
			} else {
				rest = semantic.Binary{Op: semantic.And, L: rest, R: c}
			}
			continue
		}
		at := lit.Value.Time()
		next := at.AddDate(0, 0, 1)
		if (b.Op == semantic.Ge || b.Op == semantic.Eq) && at.After(r.Start) {
			r.Start = at
		}
		if b.Op == semantic.Gt && next.After(r.Start) {
			r.Start = next
		}
		if b.Op == semantic.Lt && at.Before(r.End) {
			r.End = at
		}
		if (b.Op == semantic.Le || b.Op == semantic.Eq) && next.Before(r.End) {
			r.End = next
		}
	}
	l.line.Where = rest
	return r
}

// onResult makes a condition on nothing but the time shown one on the result.
func (l *dbtLine) onResult(c semantic.Expr) bool {
	if b, ok := c.(semantic.Binary); !ok || b.Op != semantic.Or || l.axis != "day" {
		return false
	}
	only := true
	semantic.Walk(c, func(x semantic.Expr) {
		_, name := x.(semantic.Name)
		_, grained := x.(semantic.Grained)
		only = only && (!name && !grained || l.isAxis(x) || len(l.line.By) == 0)
	})
	if !only {
		return false
	}
	key := semantic.Name{}
	for _, g := range l.line.By {
		if l.isAxis(g.Expr) && g.As != "" {
			key.Path = []string{g.As}
		}
	}
	if key.Path == nil {
		return false
	}
	l.line.Having = semantic.Rewrite(c, func(x semantic.Expr) semantic.Expr {
		if l.isAxis(x) {
			return key
		}
		return nil
	})
	return true
}

// isAxis reports a day of the time that all metrics of the query are counted by.
func (l *dbtLine) isAxis(e semantic.Expr) bool {
	if g, ok := e.(semantic.Grained); ok && g.Grain.Unit == semantic.Day {
		e = g.Of
	}
	n, ok := e.(semantic.Name)
	switch {
	case !ok:
		return false
	case len(n.Path) == 1:
		return n.Path[0] == "time"
	case len(l.seen.homes) != 1 || len(n.Path) != 2:
		return false
	}
	h := l.seen.homes[0]
	return n.Path[0] == h.table.name && n.Path[1] == h.dimensionName(or(l.seen.time, h.time))
}

// anyWindow reports a metric that counts rows of other periods than the one it
// is shown for.
func anyWindow(m *dbtMetric, in *dbtInput) bool {
	return m.kind == "cumulative" || in != nil && (in.window != "" || in.grain != "")
}

// ownWindow reports a metric that is moved by a granularity of its own.
func (p *dbtProject) ownWindow(_ *dbtMetric, in *dbtInput) bool {
	if in == nil {
		return false
	}
	_, _, own := p.ownGrain(in.window)
	return own
}

// allTime reports a metric that counts all rows so far.
func allTime(m *dbtMetric, _ *dbtInput) bool {
	return m.kind == "cumulative" && m.window == "" && m.toGrain == ""
}

// looksAround reports whether a metric, or one that it is made of, is of a kind.
func (p *dbtProject) looksAround(m *dbtMetric, depth int, kind func(*dbtMetric, *dbtInput) bool) bool {
	if m == nil || depth > maxMetricDepth {
		return false
	}
	if kind(m, nil) {
		return true
	}
	for _, in := range append([]*dbtInput{m.top, m.under}, m.inputs...) {
		if in != nil && (kind(m, in) || p.looksAround(p.metric(in.name), depth+1, kind)) {
			return true
		}
	}
	return false
}

func (l *dbtLine) order() error {
	for _, text := range l.q.OrderBy {
		key, desc := strings.CutPrefix(strings.TrimSpace(text), "-")
		s := semantic.Sort{Desc: desc}
		refs, err := l.references([]string{key})
		if err != nil {
			return err
		}
		s.Desc = s.Desc || refs[0].descend
		if m := l.p.metric(refs[0].name); m != nil {
			s.Expr = semantic.Name{Path: []string{m.out()}}
		} else if e, name, err := l.group(refs[0]); err == nil {
			s.Expr = semantic.Name{Path: []string{name}}
			if l.q.plain {
				s.Expr = e
			}
		} else {
			return err
		}
		l.line.Sort = append(l.line.Sort, s)
	}
	return nil
}

// grainOf is the granularity at which a metric is shown when none is asked for:
// its own, else that of its time, never finer than a day.
func (p *dbtProject) grainOf(m *dbtMetric) string {
	if m.grain != "" {
		return m.grain
	}
	grain := "day"
	p.eachMeasure(m, 0, func(x *dbtMeasure) {
		if at, ok := x.model.own(or(x.time, x.model.time)); ok {
			grain = coarser(grain, at.grain)
		}
	})
	return grain
}

func coarser(a, b string) string {
	if a == "" || b != "" && finest(b) > finest(a) {
		return b
	}
	return a
}

// showsAll reports whether a metric shows periods without data.
func (p *dbtProject) showsAll(m *dbtMetric, depth int) bool {
	if m == nil || depth > maxMetricDepth {
		return false
	}
	if m.measure != nil && m.measure.spine {
		return true
	}
	for _, in := range append([]*dbtInput{m.top, m.under}, m.inputs...) {
		if in != nil && p.showsAll(p.metric(in.name), depth+1) {
			return true
		}
	}
	return false
}

// Saved are the saved queries of the project, by name.
func (d *DBT) Saved() map[string]DBTQuery {
	list := map[string]DBTQuery{}
	for _, s := range d.p.saved {
		list[s.name] = s.query
	}
	return list
}
