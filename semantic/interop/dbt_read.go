package interop

import (
	"strings"

	"wenshu/semantic"
)

// dbtProject is what both of dbt's spellings say.
type dbtProject struct {
	notes
	options Options
	models  []*dbtModel
	metrics []*dbtMetric
	saved   []dbtSaved
	spines  []dbtSpine
}

// dbtModel is a semantic model.
type dbtModel struct {
	name, source string
	said         said
	primary      string // the primary entity, also where it is only named
	time         string // the default time dimension
	entities     []dbtEntity
	dimensions   []dbtDimension
	measures     []*dbtMeasure
	tree         *semantic.Tree
	table        *table // what it became
}

type dbtEntity struct {
	name, kind, expr string
	tree             *semantic.Tree
}

type dbtDimension struct {
	name, kind, expr, grain string
	said                    said
	partition, start, end   bool
	tree                    *semantic.Tree
}

type dbtMeasure struct {
	name, agg, time string
	said            said
	expr            *semantic.Tree // nil for the column of its name
	percent         string
	discrete        bool
	balance         *semantic.Tree // non_additive_dimension
	create          bool
	model           *dbtModel
	tree            *semantic.Tree
}

// dbtInput is a measure or a metric as another metric takes it.
type dbtInput struct {
	name, alias   string
	filters       []*semantic.Tree
	fill          *semantic.Tree
	spine         bool
	window, grain string // offsets
	tree          *semantic.Tree
}

type dbtMetric struct {
	name, kind string
	said       said
	filters    []*semantic.Tree
	measure    *dbtInput
	own        *dbtMeasure // of a metric that aggregates by itself
	top, under *dbtInput
	expr       *semantic.Tree
	inputs     []*dbtInput
	window     string
	toGrain    string
	period     string
	convert    *dbtConversion
	grain      string // its own default granularity
	tree       *semantic.Tree
}

type dbtConversion struct {
	base, to            *dbtInput
	entity, rate, width string
	constant            []semantic.ColumnPair
	tree                *semantic.Tree
}

type dbtSpine struct {
	source, column, grain string
	custom                []semantic.ColumnPair // granularity, column
	tree                  *semantic.Tree
}

type dbtSaved struct {
	name, label string
	query       DBTQuery
	tree        *semantic.Tree
}

// legacy reads a document of the older spelling, or of a compiled manifest.
func (p *dbtProject) legacy(t *semantic.Tree) {
	if t.Kind != semantic.MappingTree {
		p.lost(t.Pos, "document", "no mapping")
		return
	}
	p.unknown(t, "section", "version", "semantic_model", "semantic_models", "metric", "metrics", "saved_query", "saved_queries", "project_configuration", "models")
	for _, key := range []string{"semantic_model", "semantic_models"} {
		for _, m := range mappings(&p.notes, t.Get(key), "semantic model") {
			p.readModel(m)
		}
	}
	for _, key := range []string{"metric", "metrics"} {
		for _, m := range mappings(&p.notes, t.Get(key), "metric") {
			p.readMetric(m)
		}
	}
	for _, key := range []string{"saved_query", "saved_queries"} {
		for _, q := range mappings(&p.notes, t.Get(key), "saved query") {
			p.readSaved(q)
		}
	}
	for _, s := range mappings(&p.notes, t.Get("project_configuration").Get("time_spines"), "time spine") {
		p.readSpine(s)
	}
	for _, m := range mappings(&p.notes, t.Get("models"), "model") {
		p.spineOfModel(m)
	}
}

func (p *dbtProject) readModel(t *semantic.Tree) {
	m := &dbtModel{name: text(t.Get("name")), tree: t, said: said{text(t.Get("label")), text(t.Get("description")), nil}}
	if m.name == "" {
		p.lost(t.Pos, "semantic model", "it has no name")
		return
	}
	p.unknown(t, "semantic model "+m.name, "name", "label", "description", "model", "node_relation", "defaults", "primary_entity",
		"entities", "dimensions", "measures", "metadata")
	m.source = relation(t)
	if m.source == "" {
		m.source = m.name
		p.changed(t.Pos, "semantic model "+m.name, "it names no table; one of its own name is taken")
	}
	m.primary = text(t.Get("primary_entity"))
	m.time = text(t.Get("defaults").Get("agg_time_dimension"))
	for _, e := range mappings(&p.notes, t.Get("entities"), "entity of "+m.name) {
		p.readEntity(m, e)
	}
	for _, d := range mappings(&p.notes, t.Get("dimensions"), "dimension of "+m.name) {
		p.readDimension(m, d)
	}
	for _, x := range mappings(&p.notes, t.Get("measures"), "measure of "+m.name) {
		p.readMeasure(m, x)
	}
	p.models = append(p.models, m)
}

// relation is the table behind a semantic model: ref('name'), source('schema',
// 'name') or a relation spelled out.
func relation(t *semantic.Tree) string {
	if r := t.Get("node_relation"); r != nil {
		alias, schema := text(r.Get("alias")), text(r.Get("schema_name"))
		switch {
		case alias == "":
			return ""
		case schema == "" || strings.HasPrefix(schema, "$"): // a placeholder for the schema at hand
			return alias
		}
		return schema + "." + alias
	}
	return refName(text(t.Get("model")))
}

func refName(ref string) string {
	ref = strings.TrimSpace(strings.NewReplacer("{{", "", "}}", "").Replace(ref))
	inside, isRef := strings.CutPrefix(ref, "ref(")
	if !isRef {
		if inside, isRef = strings.CutPrefix(ref, "source("); !isRef {
			return ref
		}
		parts := strings.Split(strings.TrimSuffix(inside, ")"), ",")
		for i := range parts {
			parts[i] = strings.Trim(strings.TrimSpace(parts[i]), `'"`)
		}
		return strings.Join(parts, ".")
	}
	parts := strings.Split(strings.TrimSuffix(inside, ")"), ",")
	return strings.Trim(strings.TrimSpace(parts[len(parts)-1]), `'"`)
}

func (p *dbtProject) readEntity(m *dbtModel, t *semantic.Tree) {
	e := dbtEntity{name: text(t.Get("name")), kind: strings.ToLower(text(t.Get("type"))), expr: text(t.Get("expr")), tree: t}
	p.unknown(t, "entity "+e.name, "name", "type", "expr", "description", "label", "role", "metadata")
	if role := t.Get("role"); role != nil {
		p.lost(role.Pos, "role of entity "+e.name, "joins are named after the entity")
	}
	if e.expr == "" {
		e.expr = e.name
	}
	switch e.kind {
	case "primary":
		if m.primary == "" {
			m.primary = e.name
		}
	case "unique", "foreign", "natural":
	default:
		p.lost(t.Pos, "entity "+e.name, "the type %q is not known", e.kind)
		return
	}
	m.entities = append(m.entities, e)
}

func (p *dbtProject) readDimension(m *dbtModel, t *semantic.Tree) {
	d := dbtDimension{name: text(t.Get("name")), kind: strings.ToLower(text(t.Get("type"))), expr: text(t.Get("expr")), tree: t,
		said: said{text(t.Get("label")), text(t.Get("description")), nil}, partition: truth(t.Get("is_partition"))}
	p.unknown(t, "dimension "+d.name, "name", "type", "expr", "label", "description", "is_partition", "type_params", "metadata")
	params := t.Get("type_params")
	d.grain = strings.ToLower(text(params.Get("time_granularity")))
	d.start, d.end = truth(params.Get("validity_params").Get("is_start")), truth(params.Get("validity_params").Get("is_end"))
	if d.kind != "time" && d.kind != "categorical" || d.name == "" {
		p.lost(t.Pos, "dimension "+d.name, "the type %q is not known", d.kind)
		return
	}
	m.dimensions = append(m.dimensions, d)
}

func (p *dbtProject) readMeasure(m *dbtModel, t *semantic.Tree) {
	x := &dbtMeasure{name: text(t.Get("name")), agg: strings.ToLower(text(t.Get("agg"))), time: text(t.Get("agg_time_dimension")),
		expr: t.Get("expr"), balance: t.Get("non_additive_dimension"), create: truth(t.Get("create_metric")), model: m, tree: t,
		said: said{text(t.Get("label")), text(t.Get("description")), nil}}
	p.unknown(t, "measure "+x.name, "name", "agg", "expr", "label", "description", "agg_time_dimension", "agg_params",
		"non_additive_dimension", "create_metric", "metadata")
	p.percentile(x, t.Get("agg_params"))
	if x.name == "" {
		p.lost(t.Pos, "measure of "+m.name, "it has no name")
		return
	}
	m.measures = append(m.measures, x)
}

func (p *dbtProject) percentile(x *dbtMeasure, params *semantic.Tree) {
	x.percent, x.discrete = text(params.Get("percentile")), truth(params.Get("use_discrete_percentile"))
	if truth(params.Get("use_approximate_percentile")) {
		p.changed(params.Pos, "measure "+x.name, "an approximate percentile becomes the exact one")
	}
}

func (p *dbtProject) readMetric(t *semantic.Tree) {
	m := &dbtMetric{name: text(t.Get("name")), kind: strings.ToLower(text(t.Get("type"))), filters: filterTexts(t.Get("filter")), tree: t,
		said: said{text(t.Get("label")), text(t.Get("description")), nil}, grain: strings.ToLower(text(t.Get("time_granularity")))}
	if m.name == "" {
		p.lost(t.Pos, "metric", "it has no name")
		return
	}
	p.unknown(t, "metric "+m.name, "name", "type", "label", "description", "type_params", "filter", "time_granularity", "metadata", "config", "meta")
	params := t.Get("type_params")
	p.unknown(params, "metric "+m.name, "measure", "input_measures", "numerator", "denominator", "expr", "metrics", "window",
		"grain_to_date", "cumulative_type_params", "conversion_type_params", "metric_aggregation_params", "join_to_timespine",
		"fill_nulls_with", "is_private", "name", "period_agg")
	m.measure, m.top, m.under = readInput(params.Get("measure")), readInput(params.Get("numerator")), readInput(params.Get("denominator"))
	m.expr = params.Get("expr")
	for _, i := range itemsOf(params.Get("metrics")) {
		m.inputs = append(m.inputs, readInput(i))
	}
	m.window, m.toGrain = text(params.Get("window")), strings.ToLower(text(params.Get("grain_to_date")))
	if c := params.Get("cumulative_type_params"); c != nil {
		p.unknown(c, "metric "+m.name, "window", "grain_to_date", "period_agg", "metric")
		m.window, m.toGrain = or(text(c.Get("window")), m.window), or(strings.ToLower(text(c.Get("grain_to_date"))), m.toGrain)
		m.period = strings.ToLower(text(c.Get("period_agg")))
		if of := readInput(c.Get("metric")); of != nil {
			m.inputs = append(m.inputs, of)
		}
	}
	m.convert = p.readConversion(m, params.Get("conversion_type_params"), "base_measure", "conversion_measure")
	p.metrics = append(p.metrics, m)
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func readInput(t *semantic.Tree) *dbtInput {
	if t.Null() {
		return nil
	}
	if t.Kind == semantic.ScalarTree {
		return &dbtInput{name: t.Text, tree: t}
	}
	return &dbtInput{name: text(t.Get("name")), alias: text(t.Get("alias")), filters: filterTexts(t.Get("filter")),
		fill: t.Get("fill_nulls_with"), spine: truth(t.Get("join_to_timespine")), tree: t,
		window: text(t.Get("offset_window")), grain: strings.ToLower(text(t.Get("offset_to_grain")))}
}

// filterTexts are the texts of a filter: one, a list, or the compiled form.
func filterTexts(t *semantic.Tree) []*semantic.Tree {
	if w := t.Get("where_filters"); w != nil {
		t = w
	}
	var out []*semantic.Tree
	for _, item := range itemsOf(t) {
		if s := item.Get("where_sql_template"); s != nil {
			item = s
		}
		if item.Kind == semantic.ScalarTree && !item.Null() {
			out = append(out, item)
		}
	}
	return out
}

func (p *dbtProject) readConversion(m *dbtMetric, t *semantic.Tree, base, to string) *dbtConversion {
	if t == nil {
		return nil
	}
	c := &dbtConversion{base: readInput(t.Get(base)), to: readInput(t.Get(to)), entity: text(t.Get("entity")),
		rate: strings.ToLower(text(t.Get("calculation"))), width: text(t.Get("window")), tree: t}
	for _, pair := range mappings(&p.notes, t.Get("constant_properties"), "constant property of "+m.name) {
		c.constant = append(c.constant, semantic.ColumnPair{From: text(pair.Get("base_property")), To: text(pair.Get("conversion_property"))})
	}
	return c
}

func (p *dbtProject) readSpine(t *semantic.Tree) {
	s := dbtSpine{source: relation(t), column: text(t.Get("primary_column").Get("name")),
		grain: strings.ToLower(text(t.Get("primary_column").Get("time_granularity"))), tree: t}
	p.customs(&s, t.Get("custom_granularities"))
	if s.source != "" && s.column != "" {
		p.spines = append(p.spines, s)
	}
}

func (p *dbtProject) customs(s *dbtSpine, t *semantic.Tree) {
	for _, c := range mappings(&p.notes, t, "custom granularity") {
		if name := text(c.Get("name")); name != "" {
			s.custom = append(s.custom, semantic.ColumnPair{From: name, To: or(text(c.Get("column_name")), name)})
		}
	}
}

// spineOfModel reads the time spine of a dbt model: its columns say their
// granularity.
func (p *dbtProject) spineOfModel(t *semantic.Tree) {
	spine := t.Get("time_spine")
	if spine == nil {
		return
	}
	s := dbtSpine{source: text(t.Get("name")), column: text(spine.Get("standard_granularity_column")), grain: "day", tree: t}
	for _, c := range mappings(&p.notes, t.Get("columns"), "column") {
		if text(c.Get("name")) == s.column {
			s.grain = or(strings.ToLower(text(c.Get("granularity"))), s.grain)
		}
	}
	p.customs(&s, spine.Get("custom_granularities"))
	if s.source != "" && s.column != "" {
		p.spines = append(p.spines, s)
	}
}

func (p *dbtProject) readSaved(t *semantic.Tree) {
	s := dbtSaved{name: text(t.Get("name")), label: text(t.Get("label")), tree: t}
	p.unknown(t, "saved query "+s.name, "name", "label", "description", "query_params", "metadata", "exports", "cache", "tags", "config")
	if e := t.Get("exports"); e != nil {
		p.lost(e.Pos, "exports of saved query "+s.name, "results are not written to tables")
	}
	params := t.Get("query_params")
	p.unknown(params, "saved query "+s.name, "metrics", "group_by", "where", "order_by", "limit")
	s.query = DBTQuery{Metrics: texts(params.Get("metrics")), GroupBy: texts(params.Get("group_by")), OrderBy: texts(params.Get("order_by")), Limit: text(params.Get("limit"))}
	for _, f := range filterTexts(params.Get("where")) {
		s.query.Where = append(s.query.Where, f.Text)
	}
	p.saved = append(p.saved, s)
}
