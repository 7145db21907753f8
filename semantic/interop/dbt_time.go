package interop

import (
	"strings"

	"wenshu/semantic"
)

// cumulative is a metric over a window, to date or over all time.
func (b *dbtMetrics) cumulative(m *dbtMetric, out *metric) bool {
	base := b.base(m)
	if base == "" || !b.timed(m, m, m.tree) {
		return false
	}
	out.expr = semantic.ExprString(semantic.Name{Path: []string{base}})
	switch {
	case m.window != "":
		w, ok := length(m.window)
		if !ok {
			b.lost(m.tree.Pos, "metric "+m.name, "the window %q is no number of standard units", m.window)
			return false
		}
		out.window = w
	case m.toGrain != "":
		if finest(m.toGrain) == semantic.NoUnit {
			b.lost(m.tree.Pos, "metric "+m.name, "the granularity %q", m.toGrain)
			return false
		}
		out.toDate = m.toGrain
	default:
		out.running = true
	}
	switch m.period {
	case "", "first", "last", "average":
		out.period = map[string]string{"last": "last", "average": "avg"}[m.period]
		if out.period == "" {
			out.period = "first" // dbt's own default
		}
	default:
		b.lost(m.tree.Pos, "metric "+m.name, "the period aggregate %q", m.period)
		return false
	}
	return true
}

// base is the metric that a cumulative one adds up: an input metric, or a helper
// for its measure.
func (b *dbtMetrics) base(m *dbtMetric) string {
	if len(m.inputs) == 1 && m.measure == nil {
		e := b.input(m, m.inputs[0])
		if n, ok := e.(semantic.Name); ok {
			return n.Path[0]
		}
		if f, ok := e.(semantic.Filtered); ok {
			return b.helper(&metric{expr: semantic.ExprString(f), isHelper: true}, m.out()+"_base")
		}
		return ""
	}
	if m.measure == nil {
		b.lost(m.tree.Pos, "metric "+m.name, "it has no measure")
		return ""
	}
	return b.ofMeasure(m, m.measure)
}

// ofMeasure is the metric that shows a measure as an input takes it: one that
// dbt has, or a helper.
func (b *dbtMetrics) ofMeasure(m *dbtMetric, in *dbtInput) string {
	x := b.measure(in.name)
	if x == nil {
		b.lost(in.tree.Pos, "metric "+m.name, "the measure %s is not known", in.name)
		return ""
	}
	h := &metric{isHelper: true, said: said{description: "used by " + m.name}}
	if !b.simple(m, in, x, "", h) {
		return ""
	}
	for _, other := range b.dbtProject.metrics {
		plain := other.kind == "simple" && other.measure != nil && other.measure.name == in.name && len(other.filters) == 0
		if plain && len(in.filters) == 0 && !in.spine && text(in.fill) == "" && !other.measure.spine && text(other.measure.fill) == "" && len(other.measure.filters) == 0 {
			if made := b.build(other); made != nil {
				return made.name
			}
		}
	}
	h.spineFill = in.spine
	return b.helper(h, x.name)
}

// conversion is the share or number of base events that are followed by another.
// Its filter is one of the base events.
func (b *dbtMetrics) conversion(m *dbtMetric, where string, out *metric) bool {
	c := m.convert
	if c == nil || c.base == nil || c.to == nil {
		b.lost(m.tree.Pos, "metric "+m.name, "it names no events")
		return false
	}
	from, to := b.event(m, c.base), b.event(m, c.to)
	if from == "" || to == "" {
		return false
	}
	if base := b.d.metric(from); where != "" {
		h := &metric{expr: base.expr, where: both(base.where, where), time: base.time, fill: base.fill, isHelper: true, said: base.said}
		from = b.helper(h, from+"_of_"+out.name)
	}
	homes := b.homes(m)
	if len(homes) != 1 {
		b.lost(c.tree.Pos, "metric "+m.name, "its base event lives in several tables")
		return false
	}
	at, ok := homes[0].own(c.entity)
	if !ok {
		b.lost(c.tree.Pos, "metric "+m.name, "%s does not know the entity %s", homes[0].name, c.entity)
		return false
	}
	out.convert = &conversion{from: from, to: to, by: homes[0].table.name + "." + at.dim.name, rate: c.rate != "conversions"}
	if c.width != "" {
		if out.convert.within, ok = length(c.width); !ok {
			b.lost(c.tree.Pos, "metric "+m.name, "the window %q is no number of standard units", c.width)
			return false
		}
	}
	return b.constants(m, c, homes[0], out)
}

// constants are the columns that both events must share.
func (b *dbtMetrics) constants(m *dbtMetric, c *dbtConversion, base *dbtModel, out *metric) bool {
	var there *dbtModel
	b.eachInput(c.to, 0, func(x *dbtMeasure) { there = x.model })
	for _, pair := range c.constant {
		from, ok := base.own(pair.From)
		if there == nil || !ok {
			b.lost(c.tree.Pos, "metric "+m.name, "the constant property %s", pair.From)
			return false
		}
		to, ok := there.own(pair.To)
		if !ok {
			b.lost(c.tree.Pos, "metric "+m.name, "the constant property %s", pair.To)
			return false
		}
		out.convert.constant = append(out.convert.constant, semantic.ColumnPair{From: from.dim.name, To: to.dim.name})
	}
	return true
}

func (b *dbtMetrics) event(m *dbtMetric, in *dbtInput) string {
	if b.measure(in.name) != nil {
		return b.ofMeasure(m, in)
	}
	e := b.input(m, in)
	if n, ok := e.(semantic.Name); ok {
		return n.Path[0]
	}
	if e != nil {
		b.lost(in.tree.Pos, "metric "+m.name, "a filter on the event %s", in.name)
	}
	return ""
}

// questions are the saved queries, under their labels.
func (p *dbtProject) questions(d *draft, dbt *DBT) {
	for _, s := range p.saved {
		s.query.plain = true
		line, err := dbt.Line(s.query)
		if err != nil {
			p.lost(s.tree.Pos, "saved query "+s.name, "%s", err)
			continue
		}
		ask := or(s.label, strings.ReplaceAll(s.name, "_", " "))
		if ask == "" {
			p.lost(s.tree.Pos, "saved query", "it has no name")
			continue
		}
		d.questions = append(d.questions, question{ask: []string{ask}, line: line.Text})
	}
}
