package interop

import (
	"fmt"
	"strings"

	"wenshu/semantic"
)

// metricsOf makes the metrics, each after those that it is made of.
func (p *dbtProject) metricsOf(d *draft) {
	b := &dbtMetrics{dbtProject: p, d: d, state: map[*dbtMetric]int{}}
	for _, m := range p.metrics {
		b.build(m)
	}
}

type dbtMetrics struct {
	*dbtProject
	d     *draft
	state map[*dbtMetric]int // 1 while it is built, 2 when it is done
}

// build makes one metric and returns it; nil when it could not be carried, which
// is noted.
func (b *dbtMetrics) build(m *dbtMetric) *metric {
	switch b.state[m] {
	case 1:
		b.lost(m.tree.Pos, "metric "+m.name, "it is made of itself")
		return nil
	case 2:
		return b.d.metric(m.out())
	}
	b.state[m] = 1
	defer func() { b.state[m] = 2 }()
	out := &metric{name: m.out(), said: m.said}
	if b.d.metric(out.name) != nil {
		b.lost(m.tree.Pos, "metric "+m.name, "another one has this name")
		return nil
	}
	b.renamed(m.tree, "metric "+m.name, m.name, out.name)
	if m.grain != "" && m.grain != "day" {
		b.changed(m.tree.Pos, "metric "+m.name, "its default granularity %s is asked for by query: time:%s", m.grain, m.grain)
	}
	if !b.fill(m, out) {
		return nil
	}
	b.d.metrics = append(b.d.metrics, out)
	return out
}

// fill says what the metric is, by its kind.
func (b *dbtMetrics) fill(m *dbtMetric, out *metric) bool {
	where, ok := b.filters(m.filters, b.homes(m), m)
	if !ok {
		return false
	}
	switch m.kind {
	case "simple":
		x := m.own
		if x == nil && m.measure != nil {
			x = b.measure(m.measure.name)
		}
		if x == nil {
			b.lost(m.tree.Pos, "metric "+m.name, "its measure is not known")
			return false
		}
		in := m.measure
		if in == nil {
			in = &dbtInput{name: x.name, tree: m.tree}
		}
		return b.simple(m, in, x, where, out)
	case "ratio":
		top, under := b.input(m, m.top), b.input(m, m.under)
		if top == nil || under == nil {
			return false
		}
		out.expr = semantic.ExprString(semantic.Binary{Op: semantic.Div, L: top, R: under})
	case "derived":
		if !b.derived(m, out) {
			return false
		}
	case "cumulative":
		if !b.cumulative(m, out) {
			return false
		}
	case "conversion":
		return b.conversion(m, where, out)
	default:
		b.lost(m.tree.Pos, "metric "+m.name, "the type %q is not known", m.kind)
		return false
	}
	out.where = where
	return true
}

// filters joins the filters of an object by and; all of it is lost where one
// cannot be carried, since fewer filters would count more.
func (b *dbtMetrics) filters(list []*semantic.Tree, homes []*dbtModel, m *dbtMetric) (string, bool) {
	e, ok := b.filterExpr(list, homes, m)
	if e == nil {
		return "", ok
	}
	return semantic.ExprString(e), ok
}

func (b *dbtMetrics) filterExpr(list []*semantic.Tree, homes []*dbtModel, m *dbtMetric) (semantic.Expr, bool) {
	var all semantic.Expr
	for _, t := range list {
		b.needed(t.Text)
		s := seen{p: b.dbtProject, d: b.d, homes: homes, own: true}
		b.eachMeasure(m, 0, func(x *dbtMeasure) {
			if x.time != "" {
				s.time = x.model.dimensionName(x.time)
			}
		})
		e, err := s.condition(t.Text)
		if err != nil {
			pos, why := place(t, err)
			b.lost(pos, "metric "+m.name, "its filter holds %s", why)
			return nil, false
		}
		if all == nil {
			all = e
		} else {
			all = semantic.Binary{Op: semantic.And, L: all, R: e}
		}
	}
	return all, true
}

// needed builds the metrics that a filter names.
func (b *dbtMetrics) needed(filter string) {
	tokens, err := lexSQL(filter, false)
	if err != nil {
		return
	}
	for _, t := range tokens {
		if t.kind == sqlTemplate {
			if ref, err := readReference(t.text, t.at); err == nil && ref.kind == "Metric" {
				if m := b.metric(ref.name); m != nil && b.state[m] == 0 {
					b.build(m)
				}
			}
		}
	}
}

// simple is one aggregate of one table.
func (b *dbtMetrics) simple(m *dbtMetric, in *dbtInput, x *dbtMeasure, where string, out *metric) bool {
	own, ok := b.filters(in.filters, []*dbtModel{x.model}, m)
	if !ok || !b.aggregate(m.name, x, out) {
		return false
	}
	out.where = both(own, where)
	if out.said.description == "" {
		out.said.description = x.said.description
	}
	if f := text(in.fill); f != "" {
		if _, err := semantic.ParseDecimal(f); err != nil {
			b.lost(in.fill.Pos, "metric "+m.name, "what fills it, %q, is no number", f)
			return false
		}
		out.fill = f
	}
	if in.spine {
		out.spineFill = true
		b.changed(in.tree.Pos, "metric "+m.name, "periods without data are shown by query: fill once")
	}
	return true
}

func both(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return "(" + a + ") and (" + b + ")"
}

// aggregate says a measure: its aggregate, time and way over time.
func (b *dbtMetrics) aggregate(name string, x *dbtMeasure, out *metric) bool {
	e, why, at := b.aggregateOf(x)
	if e == nil {
		b.lost(at, "metric "+name, "its measure %s holds %s", x.name, why)
		return false
	}
	out.expr = semantic.ExprString(e)
	if c, ok := e.(semantic.Call); ok && c.Func == "count" && x.agg == "sum" {
		out.fill = "none"
	}
	if c, ok := e.(semantic.Call); ok && c.Func == "count" && x.agg == "count" {
		out.fill = "none"
	}
	if x.time != "" {
		out.time = x.model.table.name + "." + x.model.dimensionName(x.time)
	}
	if x.time != "" && x.model.table.dimension(x.model.dimensionName(x.time)) == nil {
		b.lost(x.tree.Pos, "metric "+name, "its time %s is no dimension", x.time)
		return false
	}
	if x.balance == nil {
		return true
	}
	out.overTime = map[string]string{"min": "first", "max": "last"}[strings.ToLower(text(x.balance.Get("window_choice")))]
	if out.overTime == "" {
		b.lost(x.balance.Pos, "metric "+name, "the window choice of %s is not known", x.name)
		return false
	}
	over := text(x.balance.Get("name"))
	if x.model.table.dimension(x.model.dimensionName(over)) == nil {
		b.lost(x.balance.Pos, "metric "+name, "%s names no dimension of time", x.name)
		return false
	}
	if over != or(x.time, x.model.time) {
		out.time = x.model.table.name + "." + x.model.dimensionName(over)
		b.changed(x.balance.Pos, "metric "+name, "its time is that of the balance, %s", over)
	}
	for _, g := range texts(x.balance.Get("window_groupings")) {
		at, ok := x.model.own(g)
		if !ok {
			b.lost(x.balance.Pos, "metric "+name, "%s does not know the entity %s", x.name, g)
			return false
		}
		out.per = append(out.per, x.model.table.name+"."+at.dim.name)
	}
	return true
}

// aggregateOf is the aggregate of a measure over its table's columns.
func (b *dbtMetrics) aggregateOf(x *dbtMeasure) (semantic.Expr, string, semantic.Pos) {
	var arg semantic.Expr
	pos := x.tree.Pos
	if x.expr == nil {
		arg = b.columnOf(x.model, x.name)
	} else {
		pos = x.expr.Pos
		r := &sqlReader{name: func(path []string, _ int) (semantic.Expr, error) {
			return b.columnOf(x.model, path[len(path)-1]), nil
		}}
		e, err := r.parse(text(x.expr), false)
		if err != nil {
			at, why := place(x.expr, err)
			return nil, why, at
		}
		arg = e
	}
	rows := semantic.Call{Func: "count", Args: []semantic.Expr{semantic.Name{Path: []string{x.model.table.name}}}}
	lit, constant := arg.(semantic.Lit)
	switch x.agg {
	case "sum":
		if constant && lit.Value.String() == "1" {
			return rows, "", pos
		}
	case "count":
		if constant && !lit.Value.IsNull() {
			return rows, "", pos
		}
		return countOf(arg), "", pos
	case "sum_boolean":
		one, zero := semantic.Lit{Value: semantic.IntValue(1)}, semantic.Lit{Value: semantic.IntValue(0)}
		b.boolean(x.model, arg)
		return semantic.Call{Func: "sum", Args: []semantic.Expr{semantic.Case{Whens: []semantic.When{{If: trueWhen(arg), Then: one}}, Else: zero}}}, "", pos
	case "percentile":
		v, err := semantic.ParseDecimal(x.percent)
		if err != nil || !isShare(v) {
			return nil, fmt.Sprintf("the percentile %q", x.percent), pos
		}
		return percentileOf(arg, semantic.Lit{Value: v}, x.discrete), "", pos
	}
	name := map[string]string{"sum": "sum", "min": "min", "max": "max", "average": "avg", "avg": "avg", "median": "median", "count_distinct": "count_distinct"}[x.agg]
	switch {
	case name == "":
		return nil, fmt.Sprintf("the aggregate %q", x.agg), x.tree.Pos
	case constant:
		return nil, name + " of a constant", pos
	}
	return semantic.Call{Func: name, Args: []semantic.Expr{arg}}, "", pos
}

// boolean learns that a column is a truth value, since dbt adds it up as one.
func (b *dbtMetrics) boolean(m *dbtModel, e semantic.Expr) {
	if n, ok := e.(semantic.Name); ok {
		if d := m.table.dimension(n.Path[len(n.Path)-1]); d != nil && !d.typed {
			d.typ = semantic.ColumnType{Kind: semantic.Bool}
		}
	}
}

// columnOf names a column of a model: the dimension that shows it, else the
// column with the type that the warehouse says.
func (b *dbtMetrics) columnOf(m *dbtModel, column string) semantic.Name {
	for _, d := range m.table.dimensions {
		if d.column == column {
			return semantic.Name{Path: []string{m.table.name, d.name}}
		}
	}
	if t, ok := b.options.column(m.source, column); ok {
		m.table.column(column, t)
	} else {
		m.table.loose = true
	}
	return semantic.Name{Path: []string{m.table.name, column}}
}

// input is a metric as another one takes it: filtered, or moved in time.
func (b *dbtMetrics) input(m *dbtMetric, in *dbtInput) semantic.Expr {
	if in == nil {
		b.lost(m.tree.Pos, "metric "+m.name, "a part of it is missing")
		return nil
	}
	of := b.metric(in.name)
	if of == nil {
		b.lost(in.tree.Pos, "metric "+m.name, "the metric %s is not known", in.name)
		return nil
	}
	made := b.build(of)
	if made == nil {
		b.lost(in.tree.Pos, "metric "+m.name, "the metric %s is not carried", in.name)
		return nil
	}
	name := semantic.Name{Path: []string{made.name}}
	if in.window != "" || in.grain != "" {
		if name.Path[0] = b.moved(m, in, made); name.Path[0] == "" {
			return nil
		}
	}
	where, ok := b.filterExpr(in.filters, b.homes(of), m)
	switch {
	case !ok:
		return nil
	case where != nil:
		return semantic.Filtered{X: name, Where: where}
	}
	return name
}

// moved is the helper metric that is another one moved in time.
func (b *dbtMetrics) moved(m *dbtMetric, in *dbtInput, of *metric) string {
	if !b.timed(m, b.metric(in.name), in.tree) {
		return ""
	}
	h := &metric{expr: semantic.ExprString(semantic.Name{Path: []string{of.name}}), isHelper: true, said: said{description: "used by " + m.name}}
	suffix := ""
	switch {
	case in.window != "":
		var ok bool
		if h.offset, ok = length(in.window); !ok {
			h.offset, ok = b.ownLength(b.metric(in.name), in.window)
		}
		if !ok {
			b.lost(in.tree.Pos, "metric "+m.name, "the offset %q is no number of standard units", in.window)
			return ""
		}
		h.clamp = inMonths(h.offset)
		suffix = "_" + strings.NewReplacer(" time.", "_", " ", "_").Replace(h.offset) + "_ago"
	default:
		if finest(in.grain) == semantic.NoUnit {
			b.lost(in.tree.Pos, "metric "+m.name, "the granularity %q of its offset", in.grain)
			return ""
		}
		h.atStart = in.grain
		suffix = "_at_start_of_" + in.grain
	}
	return b.helper(h, of.name+suffix)
}

// timed wants a time of every measure of a metric that looks along time.
func (b *dbtMetrics) timed(m, of *dbtMetric, at *semantic.Tree) bool {
	ok := true
	b.eachMeasure(of, 0, func(x *dbtMeasure) { ok = ok && (x.time != "" || x.model.table.time != "") })
	if !ok {
		b.lost(at.Pos, "metric "+m.name, "it looks along time and a table of it has none")
	}
	return ok
}

// helper adds a metric that other metrics need, or finds the equal one.
func (b *dbtMetrics) helper(h *metric, name string) string {
	for _, old := range b.d.metrics {
		if old.isHelper && old.expr == h.expr && old.offset == h.offset && old.clamp == h.clamp && old.atStart == h.atStart && old.where == h.where && old.time == h.time &&
			old.overTime == h.overTime && old.fill == h.fill {
			return old.name
		}
	}
	h.name = freeName(name, func(n string) bool {
		return b.d.metric(n) != nil || b.metric(n) != nil
	})
	b.d.metrics = append(b.d.metrics, h)
	return h.name
}

// length reads a window such as 7 days or 2_months.
func length(text string) (string, bool) {
	parts := strings.Fields(strings.ReplaceAll(strings.ToLower(text), "_", " "))
	if len(parts) != 2 {
		return "", false
	}
	unit := strings.TrimSuffix(parts[1], "s")
	n, err := semantic.ParseDecimal(parts[0])
	if f, _ := n.Float(); finest(unit) == semantic.NoUnit || err != nil || n.Scale() != 0 || f < 1 {
		return "", false
	}
	return parts[0] + " " + unit + map[bool]string{true: "", false: "s"}[parts[0] == "1"], true
}

// ownLength reads a window in a granularity of its own that the times of all
// measures of a metric lead to: 1 fiscal_week.
func (b *dbtMetrics) ownLength(of *dbtMetric, text string) (string, bool) {
	n, grain, found := b.ownGrain(text)
	if !found {
		return "", false
	}
	s := seen{p: b.dbtProject, d: b.d, homes: b.homes(of)}
	b.eachMeasure(of, 0, func(x *dbtMeasure) { s.time = or(x.time, s.time) })
	e, err := s.customOfAll(grain, reference{name: grain})
	if err != nil || len(s.homes) == 0 {
		return "", false
	}
	return n + " " + semantic.ExprString(e), true
}

// ownGrain splits a window in a granularity of its own.
func (p *dbtProject) ownGrain(text string) (n, grain string, ok bool) {
	n, grain, ok = strings.Cut(strings.Join(strings.Fields(text), " "), " ")
	if ok && !p.isCustom(grain) {
		grain = strings.TrimSuffix(grain, "s")
	}
	v, err := semantic.ParseDecimal(n)
	f, _ := v.Float()
	return n, grain, ok && p.isCustom(grain) && err == nil && v.Scale() == 0 && f >= 1
}

// inMonths reports a length of whole months, of which not all have the same days.
func inMonths(length string) bool {
	_, unit, _ := strings.Cut(strings.TrimSuffix(length, "s"), " ")
	return unit == "month" || unit == "quarter" || unit == "year"
}

// derived is arithmetic over metrics, under their aliases.
func (b *dbtMetrics) derived(m *dbtMetric, out *metric) bool {
	by := map[string]semantic.Expr{}
	for _, in := range m.inputs {
		e := b.input(m, in)
		if e == nil {
			return false
		}
		by[or(in.alias, in.name)] = e
	}
	r := &sqlReader{name: func(path []string, at int) (semantic.Expr, error) {
		if e, ok := by[path[0]]; ok && len(path) == 1 {
			return e, nil
		}
		return nil, faultAt(at, "the name %s, which is none of its metrics", strings.Join(path, "."))
	}}
	if m.expr == nil {
		b.lost(m.tree.Pos, "metric "+m.name, "it has no expression")
		return false
	}
	e, err := r.parse(text(m.expr), false)
	if err != nil {
		pos, why := place(m.expr, err)
		b.lost(pos, "metric "+m.name, "its expression holds %s", why)
		return false
	}
	out.expr = semantic.ExprString(e)
	return true
}
