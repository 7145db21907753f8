package interop

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// ossieExport writes a model as Apache Ossie. Every object of a model file goes
// into the words that Ossie has for it; the keys that Ossie has no word for go
// into an extension beside it, as the model file said them, and what Ossie
// cannot say at all into the extension of the whole. No value stands in both, so
// that whoever edits the Ossie file never edits half of a thing.
type ossieExport struct {
	notes
	model   *semantic.Model
	metrics map[string]*semantic.Tree           // the model files' by name
	said    map[string]string                   // SQL of the metrics that Ossie can say
	state   map[string]bool                     // metrics that were looked at
	needs   map[*semantic.Table]map[string]bool // columns that metrics name
	joins   map[string]int                      // how many joins have a name
	more    map[string][]semantic.TreeField     // what metrics have of those that they spell out
}

func exportOssie(model *semantic.Model, trees []*semantic.Tree) *Exported {
	e := &ossieExport{model: model, metrics: map[string]*semantic.Tree{}, said: map[string]string{}, state: map[string]bool{},
		needs: map[*semantic.Table]map[string]bool{}, joins: map[string]int{}, more: map[string][]semantic.TreeField{}}
	sections := merged(trees)
	for _, f := range fieldsOf(sections["metrics"]) {
		e.metrics[f.Key] = f.Value
	}
	for _, t := range model.Tables {
		for _, j := range t.Joins {
			e.joins[j.Name]++
		}
	}
	metrics, further := e.writeMetrics(fieldsOf(sections["metrics"]))
	datasets, relationships := e.writeTables(fieldsOf(sections["tables"]))
	head, about := e.parted(sections["model"], "name", "description")
	var whole []semantic.TreeField
	if len(about) > 0 {
		whole = append(whole, keyed("model", mapped(about...)))
	}
	for _, key := range []string{"calendar", "rules", "phrases", "questions"} {
		if s := sections[key]; s != nil {
			whole = append(whole, keyed(key, s))
			e.changed(s.Pos, key, "Ossie has no words for them: they are in the extension alone")
		}
	}
	if len(further) > 0 {
		whole = append(whole, keyed("metrics", mapped(further...)))
	}
	w := &writer{}
	w.rest(0, []semantic.TreeField{keyed("version", saidText(ossieVersion)), keyed("semantic_model", list([]*semantic.Tree{mapped(
		keyed("name", saidText(model.Name)), keyed("description", head["description"]), keyed("datasets", list(datasets)), keyed("relationships", list(relationships)),
		keyed("metrics", list(metrics)), extensionOf(whole))}))})
	return &Exported{Files: map[string][]byte{"ossie.yaml": w.b.Bytes()}, Notes: e.sorted()}
}

// merged are the sections of model files, each in one tree.
func merged(trees []*semantic.Tree) map[string]*semantic.Tree {
	sections := map[string]*semantic.Tree{}
	for _, t := range trees {
		for _, f := range fieldsOf(t) {
			whole := sections[f.Key]
			if whole == nil {
				whole = &semantic.Tree{Kind: f.Value.Kind, Pos: f.Pos}
				sections[f.Key] = whole
			}
			whole.Fields, whole.Items = append(whole.Fields, f.Value.Fields...), append(whole.Items, f.Value.Items...)
		}
	}
	return sections
}

// extensionOf is an extension with what Ossie has no words for.
func extensionOf(rest []semantic.TreeField) semantic.TreeField {
	if len(rest) == 0 {
		return semantic.TreeField{}
	}
	data := flow(mapped(keyed("wenshu", mapped(rest...))))
	return keyed("custom_extensions", list([]*semantic.Tree{mapped(keyed("vendor_name", saidText("COMMON")), keyed("data", saidText(data)))}))
}

// parted takes some keys out of a mapping. A text in two languages stays and is
// said in one of them.
func (e *ossieExport) parted(t *semantic.Tree, keys ...string) (map[string]*semantic.Tree, []semantic.TreeField) {
	said := map[string]*semantic.Tree{}
	var rest []semantic.TreeField
	for _, f := range fieldsOf(t) {
		if !slices.Contains(keys, f.Key) || f.Value.Null() {
			rest = append(rest, f)
			continue
		}
		said[f.Key] = f.Value
		if (f.Key == "label" || f.Key == "description") && f.Value.Kind == semantic.MappingTree {
			said[f.Key] = saidText(or(text(f.Value.Get("en")), text(f.Value.Get("zh"))))
			rest = append(rest, f)
		}
	}
	return said, rest
}

func synonymsOf(said map[string]*semantic.Tree) *semantic.Tree {
	if names := texts(said["synonyms"]); len(names) > 0 {
		return mapped(keyed("synonyms", listOf(names)))
	}
	return nil
}

func (e *ossieExport) table(name string) *semantic.Table {
	for _, t := range e.model.Tables {
		if t.Name == name {
			return t
		}
	}
	return nil
}

func (e *ossieExport) writeTables(tables []semantic.TreeField) (datasets, relationships []*semantic.Tree) {
	for _, f := range tables {
		t := e.table(f.Key)
		said, rest := e.parted(f.Value, "source", "key", "keys", "columns", "joins", "dimensions", "description", "synonyms")
		var kept []semantic.TreeField
		if t.Time == nil {
			kept = append(kept, keyed("time", bareText("null"))) // an import would take the first one
		}
		fields, left := e.writeFields(t, said["dimensions"], said["columns"])
		kept = append(kept, left...)
		ways, left := e.writeJoins(t, said["joins"])
		relationships = append(relationships, ways...)
		kept = append(kept, left...)
		primary, unique := e.writeKeys(t)
		datasets = append(datasets, mapped(keyed("name", saidText(t.Name)), keyed("source", saidText(t.Source)), keyed("primary_key", primary),
			keyed("unique_keys", unique), keyed("description", said["description"]), keyed("ai_context", synonymsOf(said)),
			keyed("fields", list(fields)), extensionOf(append(rest, kept...))))
	}
	return datasets, relationships
}

// writeKeys names the columns of keys as fields do.
func (e *ossieExport) writeKeys(t *semantic.Table) (primary, unique *semantic.Tree) {
	for i, key := range t.Keys {
		names := listOf(e.asFields(t, key))
		if i == 0 {
			primary = names
			continue
		}
		if unique == nil {
			unique = &semantic.Tree{Kind: semantic.ListTree}
		}
		unique.Items = append(unique.Items, names)
	}
	return primary, unique
}

// asFields are columns by the names of the fields that are nothing but them.
func (e *ossieExport) asFields(t *semantic.Table, columns []string) []string {
	out := slices.Clone(columns)
	for i, c := range columns {
		for _, d := range t.Dimensions {
			if column, bare := columnNamed(d); bare && column == c && d.Of == nil {
				out[i] = d.Name
				break
			}
		}
	}
	return out
}

func columnNamed(d *semantic.Dimension) (string, bool) {
	n, ok := d.Expr.(semantic.Name)
	if !ok || len(n.Path) != 1 {
		return "", false
	}
	return n.Path[0], true
}

func (e *ossieExport) writeFields(t *semantic.Table, dimensions, columns *semantic.Tree) (fields []*semantic.Tree, rest []semantic.TreeField) {
	var kept []semantic.TreeField
	for _, f := range fieldsOf(dimensions) {
		i := slices.IndexFunc(t.Dimensions, func(d *semantic.Dimension) bool { return d.Name == f.Key })
		d := t.Dimensions[i]
		sql, err := (&ossieSQL{e: e, home: t, ofRow: true}).value(d.Expr)
		if d.Of != nil || err != nil {
			why := "it shows the row that a join leads to"
			if err != nil {
				why = "Ossie has no words for " + err.Error()
			}
			kept = append(kept, f)
			e.changed(f.Pos, "dimension "+f.Key+" of "+t.Name, "%s: it is in the extension alone", why)
			continue
		}
		said, more := e.parted(f.Value, "expr", "type", "label", "description", "synonyms")
		datatype, exact := ossieTypeOf(d.Type)
		if !exact {
			more = append(more, keyed("type", typeTree(d.Type)))
		}
		isTime := d.Type.Kind == semantic.Date || d.Type.Kind == semantic.Timestamp
		fields = append(fields, mapped(keyed("name", saidText(d.Name)), expressionIn(sql), keyed("dimension", mapped(keyed("is_time", bareText(truthText(isTime))))),
			keyed("label", said["label"]), keyed("description", said["description"]), keyed("datatype", saidText(datatype)), keyed("ai_context", synonymsOf(said)), extensionOf(more)))
	}
	fields = append(fields, e.writeColumns(t, columns)...)
	if len(kept) > 0 {
		rest = append(rest, keyed("dimensions", mapped(kept...)))
	}
	return fields, rest
}

// writeColumns writes the columns that are no dimensions: those that the model
// lists, else those that metrics name.
func (e *ossieExport) writeColumns(t *semantic.Table, columns *semantic.Tree) []*semantic.Tree {
	var out []*semantic.Tree
	names := e.needs[t]
	if columns != nil {
		names = map[string]bool{}
		for _, f := range columns.Fields {
			names[f.Key] = true
		}
	}
	for _, name := range sortedKeys(names) {
		if slices.ContainsFunc(t.Dimensions, func(d *semantic.Dimension) bool { return d.Name == name && d.Of == nil }) {
			continue
		}
		var datatype *semantic.Tree
		var more []semantic.TreeField
		if typ, ok := t.Column(name); ok && columns != nil {
			said, exact := ossieTypeOf(typ)
			datatype = saidText(said)
			if !exact {
				more = append(more, keyed("type", typeTree(typ)))
			}
		}
		out = append(out, mapped(keyed("name", saidText(name)), expressionIn(sqlName(name)), keyed("datatype", datatype), extensionOf(more)))
	}
	return out
}

func sortedKeys(set map[string]bool) []string {
	var out []string
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func truthText(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

func expressionIn(sql string) semantic.TreeField {
	return keyed("expression", mapped(keyed("dialects", list([]*semantic.Tree{mapped(keyed("dialect", saidText("ANSI_SQL")), keyed("expression", saidText(sql)))}))))
}

// ossieTypeOf is the name of a type, and whether it says all of it.
func ossieTypeOf(t semantic.ColumnType) (name string, exact bool) {
	switch {
	case t.Coding == semantic.CodedText:
		return "String", false
	case t.Coding != semantic.Native:
		return "Integer", false
	}
	switch t.Kind {
	case semantic.Int:
		return "Integer", true
	case semantic.Decimal:
		return "Decimal", false
	case semantic.Float:
		return "Float", true
	case semantic.Bool:
		return "Boolean", true
	case semantic.Date:
		return "Date", true
	case semantic.Timestamp:
		if t.Zone != "" {
			return "DateTimeTz", false
		}
		return "DateTime", true
	}
	return "String", true
}

// typeTree spells a type as model files do.
func typeTree(t semantic.ColumnType) *semantic.Tree {
	trees, err := semantic.ParseTrees("", []byte(typeText(t)))
	if err != nil || len(trees) != 1 {
		return saidText(typeText(t))
	}
	return trees[0]
}

func (e *ossieExport) writeJoins(t *semantic.Table, joins *semantic.Tree) (out []*semantic.Tree, rest []semantic.TreeField) {
	var kept []semantic.TreeField
	for _, f := range fieldsOf(joins) {
		i := slices.IndexFunc(t.Joins, func(j *semantic.Join) bool { return j.Name == f.Key })
		j := t.Joins[i]
		_, more := e.parted(f.Value, "to", "on")
		if j.Many || j.At != nil || j.Now || j.With != nil || j.To.Validity != nil {
			kept = append(kept, f)
			e.changed(f.Pos, "join "+f.Key+" of "+t.Name, "it leads to more than one row, or to one of several versions: it is in the extension alone")
			continue
		}
		var here, there []string
		for _, p := range j.On {
			here, there = append(here, p.From), append(there, p.To)
		}
		name := j.Name
		if e.joins[name] > 1 {
			name = t.Name + "_" + j.Name
			more = append(more, keyed("name", saidText(j.Name)))
		}
		out = append(out, mapped(keyed("name", saidText(name)), keyed("from", saidText(t.Name)), keyed("to", saidText(j.To.Name)),
			keyed("from_columns", listOf(e.asFields(t, here))), keyed("to_columns", listOf(e.asFields(j.To, there))), extensionOf(more)))
	}
	if len(kept) > 0 {
		rest = append(rest, keyed("joins", mapped(kept...)))
	}
	return out, rest
}

// writeMetrics writes the metrics that Ossie can say; the others are kept for
// the extension.
func (e *ossieExport) writeMetrics(metrics []semantic.TreeField) (out []*semantic.Tree, kept []semantic.TreeField) {
	for _, f := range metrics {
		sql, err := e.metricSQL(f.Key)
		if err != nil {
			kept = append(kept, f)
			e.changed(f.Pos, "metric "+f.Key, "Ossie has no words for %s: it is in the extension alone", err.Error())
			continue
		}
		said, rest := e.parted(f.Value, "expr", "where", "description", "synonyms")
		rest = append(rest, e.more[f.Key]...)
		out = append(out, mapped(keyed("name", saidText(f.Key)), expressionIn(sql), keyed("description", said["description"]),
			keyed("ai_context", synonymsOf(said)), extensionOf(rest)))
	}
	return out, kept
}

// metricSQL is a metric's expression.
func (e *ossieExport) metricSQL(name string) (string, error) {
	if sql, ok := e.said[name]; ok {
		return sql, nil
	}
	i := slices.IndexFunc(e.model.Metrics, func(m *semantic.Metric) bool { return m.Name == name })
	m := e.model.Metrics[i]
	if e.state[name] {
		return "", faultAt(0, "a metric of its kind")
	}
	e.state[name] = true
	if m.Kind != semantic.Simple && m.Kind != semantic.Derived {
		return "", faultAt(0, "%s", kindWords[m.Kind])
	}
	trial := &ossieSQL{e: e, home: m.Home, needs: map[*semantic.Table]map[string]bool{}}
	sql, err := trial.metric(m.Expr, m.Where)
	if err != nil {
		return "", err
	}
	if err := e.inherited(m, trial.spelled); err != nil {
		return "", err
	}
	for t, columns := range trial.needs {
		for c := range columns {
			if e.needs[t] == nil {
				e.needs[t] = map[string]bool{}
			}
			e.needs[t][c] = true
		}
	}
	e.said[name] = sql
	return sql, nil
}

// inherited keeps the time and the default period of a metric whose definition
// stands in place of its name: they go beside the one metric that is nothing but
// it with a filter.
func (e *ossieExport) inherited(m *semantic.Metric, spelled []*semantic.Metric) error {
	for _, of := range spelled {
		for _, key := range []string{"time", "default"} {
			value := e.metrics[of.Name].Get(key)
			if value == nil || e.metrics[m.Name].Get(key) != nil {
				continue
			}
			f, filtered := m.Expr.(semantic.Filtered)
			if !filtered || len(spelled) > 1 {
				return faultAt(0, "%s with a filter, which has a %s of its own", of.Name, key)
			}
			if _, only := f.X.(semantic.Name); !only {
				return faultAt(0, "%s with a filter, which has a %s of its own", of.Name, key)
			}
			e.more[m.Name] = append(e.more[m.Name], keyed(key, value))
		}
	}
	return nil
}

var kindWords = map[semantic.MetricKind]string{
	semantic.Balance: "a balance, which is not added over time", semantic.Cumulative: "a cumulative metric", semantic.Offsetting: "the value of an earlier period",
	semantic.Converting: "a conversion", semantic.Retaining: "a retention", semantic.Nested: "an aggregate of an aggregate",
}

// plainWord reports a name that SQL reads as one without quotes.
func plainWord(name string) bool {
	return name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == "" &&
		!strings.ContainsAny(name[:1], "0123456789") && !sqlWords[strings.ToLower(name)] && !semantic.IsReserved(strings.ToLower(name))
}
