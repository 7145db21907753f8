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
		Name: m.Name, Type: "metric", Label: b.metricLabel(m), Description: m.Names.Description.In(b.w.lang), Owner: m.Owner,
		Unit: b.w.unitName(m.Unit), Synonyms: m.Names.Synonyms, Expr: m.Definition(),
	}
	if m.Expr != nil {
		d.Formula = b.expr(m.Expr)
	}
	if m.Where != nil {
		d.Formula = b.w.MetricWhere.string(word("metric", d.Formula), word("filter", b.expr(m.Where)))
	}
	return d
}

// defineDimension says what a dimension is.
func (b *book) defineDimension(d *semantic.Dimension) Definition {
	return Definition{
		Name: d.Name, Type: "dimension", Label: b.dimensionLabel(d), Description: d.Names.Description.In(b.w.lang),
		Unit: b.w.unitName(d.Unit), Synonyms: d.Names.Synonyms,
	}
}

// defineTable says what the rows of a table are.
func (b *book) defineTable(t *semantic.Table) Definition {
	return Definition{Name: t.Name, Type: "table", Label: b.tableLabel(t), Description: t.Names.Description.In(b.w.lang), Synonyms: t.Names.Synonyms}
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
