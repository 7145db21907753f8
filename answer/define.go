package answer

import (
	"strings"

	"wenshu/semantic"
)

// definitions are the metrics and the dimensions that a plan shows, each once.
func (b *book) definitions(p *semantic.Plan) []Definition {
	var list []Definition
	seen := map[string]bool{}
	add := func(d Definition) {
		if key := d.Type + " " + d.Name; !seen[key] {
			seen[key] = true
			list = append(list, d)
		}
	}
	for _, c := range p.Columns {
		if c.Metric != nil {
			add(b.defineMetric(c.Metric))
		}
	}
	for _, k := range p.Keys {
		if k.Dimension != nil && k.Dimension.Names.Description != (semantic.Label{}) {
			add(b.defineDimension(k.Dimension))
		}
	}
	return list
}

// lineage is where the columns that a plan shows come from; what a comparison
// reads comes from where the period itself does.
func (b *book) lineage(p *semantic.Plan) []Origin {
	var list []Origin
	for i, o := range p.Lineage() {
		if c := p.Columns[i]; c.Role != semantic.ValueColumn && c.Role != semantic.DetailColumn && c.Key < 0 {
			continue
		}
		for _, part := range o.From {
			if part.Against == 0 {
				list = append(list, Origin{Label: b.columnLabel(p.Columns[i]), Source: part.Warehouse, Table: part.Home, Takes: part.Takes, Joined: part.Path})
			}
		}
	}
	return list
}

// defineMetric says what a metric is.
func (b *book) defineMetric(m *semantic.Metric) Definition {
	d := Definition{
		Name: m.Name, Type: "metric", Label: b.metricLabel(m), Description: b.w.label(m.Names.Description), Owner: b.w.ours(m.Owner),
		Unit: b.w.axisUnit(m.Unit), Synonyms: b.w.synonyms(m.Names), Expr: m.Definition(),
	}
	d.Formula = b.formula(m)
	return d
}

// formula says how a metric is computed: of what, with which filter, over which
// span of time.
func (b *book) formula(m *semantic.Metric) string {
	text := ""
	switch {
	case m.Convert != nil:
		text = b.conversion(m.Convert)
	case m.Expr != nil:
		text = b.expr(m.Expr)
	}
	if m.Where != nil {
		text = b.w.MetricWhere.string(word("metric", text), word("filter", b.expr(m.Where)))
	}
	a := word("a", text)
	switch {
	case m.OverTime != "":
		return b.w.Balances[m.OverTime].string(a)
	case m.ToDate != semantic.NoUnit:
		text = b.w.ToDateOf.string(a, word("unit", b.w.Grains[m.ToDate]))
	case m.Window != semantic.Window{}:
		text = b.w.Trailing.string(a, word("span", b.w.Units[m.Window.Unit].LastN.string(counted("n", m.Window.N))))
	case m.Running:
		text = b.w.Aggregates["running"].string(a)
	case m.OffsetBy != "":
		ago := b.w.PeriodsAgo.string(counted("n", m.Offset.N), word("period", m.OffsetBy))
		if d := m.OffsetPeriod(b.model); d != nil {
			ago = b.w.PeriodsAgo.string(counted("n", m.Offset.N), word("period", b.dimensionLabel(d)))
		}
		return b.w.Earlier.string(a, word("ago", ago))
	case m.Offset != semantic.Window{}:
		return b.w.Earlier.string(a, word("ago", b.w.Units[m.Offset.Unit].Ago.string(counted("n", m.Offset.N))))
	case m.AtStart != semantic.NoUnit:
		return b.w.AtStartOf.string(a, word("unit", b.w.Grains[m.AtStart]))
	}
	if m.Shows != "" {
		return b.w.OfDays[m.Shows].string(word("a", text))
	}
	return text
}

// conversion says what leads to what.
func (b *book) conversion(c *semantic.Conversion) string {
	from, to, by := word("from", b.metricLabel(c.Base)), word("to", b.metricLabel(c.To)), word("by", b.dimensionLabel(c.Entity))
	if c.Every != semantic.NoUnit {
		m := b.w.ComesBack
		if c.Rate {
			m = b.w.ComesBackShare
		}
		return m.string(from, to, by, word("unit", b.w.Grains[c.Every]))
	}
	m, within := b.w.Converted, ""
	if c.Rate {
		m = b.w.ConvertedShare
	}
	if c.Within != (semantic.Window{}) {
		within = b.w.Lengths[c.Within.Unit].string(counted("n", c.Within.N))
	}
	return m.string(from, to, by, word("within", within))
}

// defineDimension says what a dimension is.
func (b *book) defineDimension(d *semantic.Dimension) Definition {
	return Definition{
		Name: d.Name, Type: "dimension", Label: b.dimensionLabel(d), Description: b.w.label(d.Names.Description),
		Unit: b.w.axisUnit(d.Unit), Synonyms: b.w.synonyms(d.Names),
	}
}

// defineTable says what the rows of a table are.
func (b *book) defineTable(t *semantic.Table) Definition {
	return Definition{Name: t.Name, Type: "table", Label: b.tableLabel(t), Description: b.w.label(t.Names.Description), Synonyms: b.w.synonyms(t.Names)}
}

// meaning says definitions as a sentence each.
func (b *book) meaning(list []Definition) Sentence {
	var all text
	for i, d := range list {
		if i > 0 {
			all.s += " "
		}
		all.add(sentence(b.w.Meaning.say(spanned("label", d.Label, NameSpan), spanned("description", strings.TrimRight(d.Description, "。."), NameSpan),
			spanned("formula", d.Formula, NameSpan), spanned("owner", d.Owner, NameSpan))))
	}
	return Sentence{all.s, all.spans}
}
