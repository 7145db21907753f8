package interop

import (
	"strings"

	"wenshu/semantic"
)

// newer reads a document of the newer spelling: metrics stand inside models, and
// entities and dimensions at their columns.
func (p *dbtProject) newer(t *semantic.Tree) {
	if t.Kind != semantic.MappingTree {
		p.lost(t.Pos, "document", "no mapping")
		return
	}
	p.unknown(t, "section", "version", "models", "metrics", "saved_queries")
	for _, m := range mappings(&p.notes, t.Get("models"), "model") {
		p.newModel(m)
	}
	for _, m := range mappings(&p.notes, t.Get("metrics"), "metric") {
		p.newMetric(nil, m)
	}
	for _, q := range mappings(&p.notes, t.Get("saved_queries"), "saved query") {
		p.readSaved(q)
	}
}

func (p *dbtProject) newModel(t *semantic.Tree) {
	p.spineOfModel(t)
	own := t.Get("semantic_model")
	if own == nil || own.Kind == semantic.ScalarTree && !truth(own) || own.Get("enabled") != nil && !truth(own.Get("enabled")) {
		if t.Get("time_spine") == nil {
			p.lost(t.Pos, "model "+text(t.Get("name")), "it is no semantic model")
		}
		return
	}
	source := text(t.Get("name"))
	m := &dbtModel{name: or(text(own.Get("name")), source), source: source, tree: t, time: text(t.Get("agg_time_dimension")),
		primary: text(t.Get("primary_entity")), said: said{text(t.Get("label")), text(t.Get("description")), nil}}
	if m.name == "" {
		p.lost(t.Pos, "model", "it has no name")
		return
	}
	p.unknown(t, "model "+m.name, "name", "label", "description", "semantic_model", "agg_time_dimension", "primary_entity", "columns",
		"derived_semantics", "metrics", "time_spine", "config", "meta", "tests", "data_tests")
	for _, c := range mappings(&p.notes, t.Get("columns"), "column of "+m.name) {
		p.newColumn(m, c)
	}
	derived := t.Get("derived_semantics")
	p.unknown(derived, "derived semantics of "+m.name, "entities", "dimensions")
	for _, e := range mappings(&p.notes, derived.Get("entities"), "entity of "+m.name) {
		p.readEntity(m, e)
	}
	for _, d := range mappings(&p.notes, derived.Get("dimensions"), "dimension of "+m.name) {
		p.newDimension(m, d, d, text(d.Get("name")), text(d.Get("expr")), text(d.Get("granularity")))
	}
	p.models = append(p.models, m)
	for _, x := range mappings(&p.notes, t.Get("metrics"), "metric of "+m.name) {
		p.newMetric(m, x)
	}
}

func (p *dbtProject) newColumn(m *dbtModel, t *semantic.Tree) {
	column := text(t.Get("name"))
	p.unknown(t, "column "+column, "name", "description", "entity", "dimension", "granularity", "tests", "data_tests", "data_type", "meta", "config")
	if e := t.Get("entity"); e != nil {
		kind, name := strings.ToLower(text(e.Get("type"))), or(text(e.Get("name")), column)
		if e.Kind == semantic.ScalarTree {
			kind, name = strings.ToLower(e.Text), column
		}
		ent := dbtEntity{name: name, kind: kind, expr: column, tree: t}
		if kind != "primary" && kind != "unique" && kind != "foreign" && kind != "natural" {
			p.lost(e.Pos, "entity "+name, "the type %q is not known", kind)
			return
		}
		if kind == "primary" && m.primary == "" {
			m.primary = name
		}
		m.entities = append(m.entities, ent)
	}
	if d := t.Get("dimension"); d != nil {
		p.newDimension(m, t, d, or(text(d.Get("name")), column), column, text(t.Get("granularity")))
	}
}

func (p *dbtProject) newDimension(m *dbtModel, at, t *semantic.Tree, name, expr, grain string) {
	d := dbtDimension{name: name, kind: strings.ToLower(text(t.Get("type"))), expr: expr, grain: strings.ToLower(grain), tree: at,
		said: said{text(t.Get("label")), or(text(t.Get("description")), text(at.Get("description"))), nil}, partition: truth(t.Get("is_partition"))}
	if t.Kind == semantic.ScalarTree {
		d.kind = strings.ToLower(t.Text)
	}
	d.start, d.end = truth(t.Get("validity_params").Get("is_start")), truth(t.Get("validity_params").Get("is_end"))
	if d.kind != "time" && d.kind != "categorical" || d.name == "" {
		p.lost(at.Pos, "dimension "+d.name, "the type %q is not known", d.kind)
		return
	}
	m.dimensions = append(m.dimensions, d)
}

// newMetric reads a metric: a simple one aggregates by itself.
func (p *dbtProject) newMetric(model *dbtModel, t *semantic.Tree) {
	m := &dbtMetric{name: text(t.Get("name")), kind: strings.ToLower(or(text(t.Get("type")), "simple")), filters: filterTexts(t.Get("filter")), tree: t,
		said: said{text(t.Get("label")), text(t.Get("description")), nil}, grain: strings.ToLower(text(t.Get("time_granularity"))),
		top: readInput(t.Get("numerator")), under: readInput(t.Get("denominator")),
		window: text(t.Get("window")), toGrain: strings.ToLower(text(t.Get("grain_to_date"))), period: strings.ToLower(text(t.Get("period_agg")))}
	if m.name == "" {
		p.lost(t.Pos, "metric", "it has no name")
		return
	}
	p.unknown(t, "metric "+m.name, "name", "type", "label", "description", "filter", "time_granularity", "numerator", "denominator",
		"window", "grain_to_date", "period_agg", "agg", "expr", "percentile", "percentile_type", "fill_nulls_with", "join_to_timespine",
		"non_additive_dimension", "agg_time_dimension", "input_metrics", "input_metric", "entity", "base_metric", "conversion_metric",
		"calculation", "constant_properties", "config", "meta", "hidden")
	switch m.kind {
	case "simple":
		p.newSimple(m, model, t)
	case "derived":
		m.expr = t.Get("expr")
		for _, in := range itemsOf(t.Get("input_metrics")) {
			m.inputs = append(m.inputs, readInput(in))
		}
	case "cumulative":
		if in := readInput(t.Get("input_metric")); in != nil {
			m.inputs = []*dbtInput{in}
		}
	case "conversion":
		m.convert = p.readConversion(m, t, "base_metric", "conversion_metric")
	}
	p.metrics = append(p.metrics, m)
}

func (p *dbtProject) newSimple(m *dbtMetric, model *dbtModel, t *semantic.Tree) {
	if model == nil {
		p.lost(t.Pos, "metric "+m.name, "a simple metric stands inside a model")
		return
	}
	x := &dbtMeasure{name: m.name, agg: strings.ToLower(text(t.Get("agg"))), time: text(t.Get("agg_time_dimension")), expr: t.Get("expr"),
		balance: t.Get("non_additive_dimension"), model: model, tree: t, percent: text(t.Get("percentile"))}
	x.discrete = strings.EqualFold(text(t.Get("percentile_type")), "discrete")
	if x.percent != "" {
		if v, ok := hundredth(x.percent); ok {
			x.percent = v
		}
	}
	m.own = x
	m.measure = &dbtInput{name: m.name, fill: t.Get("fill_nulls_with"), spine: truth(t.Get("join_to_timespine")), tree: t}
}

// hundredth turns the newer spelling's 90.0 into the older one's 0.9.
func hundredth(text string) (string, bool) {
	v, err := semantic.ParseDecimal(text)
	if err != nil {
		return text, false
	}
	units, scale, ok := v.Unscaled()
	if !ok || scale > 30 {
		return text, false
	}
	return semantic.BigDecimal(units, scale+2).String(), true
}
