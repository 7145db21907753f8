package interop

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// importOssie reads Apache Ossie. What model files say and Ossie has no words
// for is in extensions that an export wrote; where those make no model, the
// import goes without them and says so.
func importOssie(trees []*semantic.Tree, o Options) (*Imported, error) {
	in, extended := readOssie(trees, o, true)
	if !extended {
		return in, nil
	}
	_, err := semantic.LoadFiles(in.Files)
	if err == nil {
		return in, nil
	}
	plain, _ := readOssie(trees, o, false)
	if _, bad := semantic.LoadFiles(plain.Files); bad != nil {
		return in, nil // the extensions are not what is wrong
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	plain.Notes = append(plain.Notes, Note{Pos: trees[0].Pos, What: "extensions", Why: "with them it is no model: " + clip(first), Lost: true})
	return plain, nil
}

// ossie is an import of Ossie.
type ossie struct {
	*book
	use      bool // our own extensions
	extended bool // there is one
}

func readOssie(trees []*semantic.Tree, o Options, use bool) (*Imported, bool) {
	s := &ossie{book: newBook(o, "", false), use: use}
	for _, t := range trees {
		s.document(t)
	}
	return s.done("ossie"), s.extended
}

// ossieVersions are the versions whose names are read here.
var ossieVersions = []string{"0.1.0", "0.1.1", "0.2.0", ossieVersion}

const ossieVersion = "0.2.0.dev0"

func (s *ossie) document(t *semantic.Tree) {
	if t.Kind != semantic.MappingTree {
		s.lost(t.Pos, "document", "no mapping")
		return
	}
	s.unknown(t, "section", "version", "semantic_model", "dialects", "vendors", "name", "description", "ai_context", "datasets", "relationships", "metrics", "custom_extensions")
	if t.Get("datasets") != nil { // one model, without the list around it
		s.model(t, s.d.description == "")
	}
	if v := t.Get("version"); !slices.Contains(ossieVersions, text(v)) {
		s.changed(orTree(v, t).Pos, "version "+clip(text(v)), "it is read as %s", ossieVersion)
	}
	for i, m := range mappings(&s.notes, t.Get("semantic_model"), "semantic model") {
		s.model(m, i == 0 && s.d.description == "")
	}
}

func (s *ossie) model(t *semantic.Tree, first bool) {
	name := text(t.Get("name"))
	what := "semantic model " + name
	s.unknown(t, what, "name", "description", "ai_context", "datasets", "relationships", "metrics", "custom_extensions", "version", "semantic_model", "dialects", "vendors")
	rest := s.extension(t, what)
	if first {
		s.d.name, s.d.description = or(s.options.Name, or(name, s.d.name)), text(t.Get("description"))
		s.d.rest, s.d.description = s.restOf(valueOf(rest, "model"), s.d.description, "description")
	} else {
		s.changed(t.Pos, what, "its tables and metrics are part of %s", s.d.name)
	}
	s.context(t, what, nil)
	for _, f := range rest {
		if f.Key != "model" {
			s.d.sections = append(s.d.sections, f)
		}
	}
	sets := mappings(&s.notes, t.Get("datasets"), "dataset")
	for _, d := range sets {
		s.dataset(d)
	}
	for _, r := range mappings(&s.notes, t.Get("relationships"), "relationship") {
		s.relationship(r)
	}
	metrics := mappings(&s.notes, t.Get("metrics"), "metric")
	for _, m := range metrics {
		s.metricOf(m)
	}
	for _, m := range metrics {
		s.metricNamed(text(m.Get("name")))
	}
}

// extension is what an export of model files put beside an object; other
// vendors' extensions are noted.
func (s *ossie) extension(t *semantic.Tree, what string) []semantic.TreeField {
	var out []semantic.TreeField
	for _, x := range mappings(&s.notes, t.Get("custom_extensions"), "extension of "+what) {
		data, vendor := x.Get("data"), text(x.Get("vendor_name"))
		trees, err := semantic.ParseTrees("", []byte(text(data)))
		if err != nil || len(trees) != 1 || trees[0].Kind != semantic.MappingTree {
			s.lost(x.Pos, "extension of "+what, "that of %s is no mapping", clip(vendor))
			continue
		}
		for _, f := range trees[0].Fields {
			switch {
			case f.Key != "wenshu" || f.Value.Kind != semantic.MappingTree:
				s.lost(x.Pos, "extension of "+what, "%s of %s has no meaning here", clip(f.Key), clip(vendor))
			case s.use:
				s.extended = true
				out = append(out, f.Value.Fields...)
			}
		}
	}
	return out
}

// valueOf is the mapping of a key among fields.
func valueOf(fields []semantic.TreeField, key string) []semantic.TreeField {
	return fieldsOf((&semantic.Tree{Kind: semantic.MappingTree, Fields: fields}).Get(key))
}

func fieldsOf(t *semantic.Tree) []semantic.TreeField {
	if t == nil {
		return nil
	}
	return t.Fields
}

func keyAt(fields []semantic.TreeField, key string) int {
	return slices.IndexFunc(fields, func(f semantic.TreeField) bool { return f.Key == key })
}

// restOf parts fields from the one that says a text in both languages, which
// counts where the text that Ossie says is one of the two.
func (s *ossie) restOf(fields []semantic.TreeField, said, key string) ([]semantic.TreeField, string) {
	var out []semantic.TreeField
	for _, f := range fields {
		if f.Key != key {
			out = append(out, f)
			continue
		}
		if said == "" || slices.ContainsFunc(fieldsOf(f.Value), func(l semantic.TreeField) bool { return text(l.Value) == said }) {
			out, said = append(out, f), ""
		}
	}
	return out, said
}

// context reads what is said to language models: synonyms are names, the rest
// is prose.
func (s *ossie) context(t *semantic.Tree, what string, said *said) {
	c := t.Get("ai_context")
	if c == nil {
		return
	}
	if c.Kind != semantic.MappingTree {
		s.lost(c.Pos, "context of "+what, "the reader of questions is told nothing in prose")
		return
	}
	for _, f := range c.Fields {
		switch {
		case f.Value.Null():
		case f.Key == "synonyms" && f.Value.Kind == semantic.MappingTree:
			s.lost(f.Value.Pos, "synonyms of "+what, "they are no list")
		case f.Key == "synonyms" && said != nil:
			said.synonyms = texts(f.Value)
		case f.Key == "examples":
			s.lost(f.Pos, "examples of "+what, "they have no query line")
		default:
			s.lost(f.Pos, f.Key+" of "+what, "the reader of questions is told nothing in prose")
		}
	}
}

// words are the names of an object, and what its extension says besides.
func (s *ossie) words(t *semantic.Tree, what string) (said, []semantic.TreeField) {
	out := said{label: text(t.Get("label")), description: text(t.Get("description"))}
	rest := s.extension(t, what)
	rest, out.label = s.restOf(rest, out.label, "label")
	rest, out.description = s.restOf(rest, out.description, "description")
	s.context(t, what, &out)
	return out, rest
}

func (s *ossie) dataset(t *semantic.Tree) {
	name := text(t.Get("name"))
	what := "dataset " + name
	s.unknown(t, what, "name", "source", "primary_key", "unique_keys", "description", "ai_context", "fields", "custom_extensions")
	source := t.Get("source")
	if source.Get("kind") != nil {
		source = source.Get("object")
	}
	if source != nil && (source.Kind != semantic.ScalarTree || strings.ContainsAny(source.Text, " \n(")) {
		s.lost(source.Pos, what, "its source is a query: make a view of it")
		return
	}
	out := s.book.table(t, name, or(text(source), name))
	if out == nil {
		return
	}
	out.said, out.rest = s.words(t, what)
	for _, f := range mappings(&s.notes, t.Get("fields"), "field of "+name) {
		s.ofDataset(out, name, f)
	}
	if key := texts(t.Get("primary_key")); len(key) > 0 {
		out.keys = append(out.keys, s.columns(name, key))
	}
	for _, k := range itemsOf(t.Get("unique_keys")) {
		if key := texts(k); len(key) > 0 {
			out.keys = append(out.keys, s.columns(name, key))
		}
	}
	if i := keyAt(out.rest, "time"); i >= 0 {
		out.time, out.rest = text(out.rest[i].Value), slices.Delete(slices.Clone(out.rest), i, i+1)
	} else {
		s.firstTime(t, out)
	}
}

// ofDataset reads a field: an attribute, or a column that only metrics name.
func (s *ossie) ofDataset(t *table, owner string, f *semantic.Tree) {
	name := text(f.Get("name"))
	what := "field " + name + " of " + owner
	s.unknown(f, what, "name", "expression", "dimension", "label", "description", "datatype", "ai_context", "custom_extensions")
	s.unknown(f.Get("dimension"), "dimension of "+what, "is_time")
	words, rest := s.words(f, what)
	rest, typ, typed := s.typeOf(t, f, what, name, rest)
	expr := s.expression(f, what)
	if f.Get("dimension") == nil && text(expr) == name && name != "" && words.empty() && len(rest) == 0 && freeName(name, func(string) bool { return false }) == name {
		if typed {
			t.column(name, typ)
		} else {
			t.loose = true
		}
		s.fields[s.key(owner, name)] = name
		return
	}
	if expr == nil {
		return
	}
	dim := s.field(t, expr, owner, name, text(expr), s.ofRow())
	if dim == nil {
		return
	}
	if f.Get("dimension") == nil {
		s.changed(f.Pos, what, "it is no dimension, but may be asked for by name")
	}
	dim.said, dim.typ, dim.typed, dim.at, dim.rest = words, typ, typed, f, rest
	if i := keyAt(rest, "index"); i >= 0 && text(rest[i].Value) == "never" {
		dim.never, dim.rest = true, slices.Delete(slices.Clone(rest), i, i+1)
	} else if i < 0 && text(f.Get("datatype")) == "Opaque" {
		dim.never = true
	}
}

func (s said) empty() bool { return s.label == "" && s.description == "" && len(s.synonyms) == 0 }

// typeOf is the type of a field: the one of the extension, of Ossie, or of the
// column.
func (s *ossie) typeOf(t *table, f *semantic.Tree, what, name string, rest []semantic.TreeField) ([]semantic.TreeField, semantic.ColumnType, bool) {
	if i := keyAt(rest, "type"); i >= 0 {
		if typ, ok := typeIn(rest[i].Value); ok {
			return slices.Delete(slices.Clone(rest), i, i+1), typ, true
		}
	}
	isTime := truth(f.Get("dimension").Get("is_time"))
	datatype := f.Get("datatype")
	typ, why := ossieType(text(datatype))
	if column := text(s.expressionOf(f)); datatype == nil || text(datatype) == "Decimal" {
		if held, ok := s.options.column(t.source, or(column, name)); ok {
			return rest, held, true
		}
	}
	if isTime && typ.Kind != semantic.Date && typ.Kind != semantic.Timestamp {
		return rest, semantic.ColumnType{Kind: semantic.Date}, false
	}
	if datatype == nil {
		return rest, semantic.ColumnType{Kind: semantic.Text}, false
	}
	if why != "" {
		s.changed(datatype.Pos, what, "%s", why)
	}
	return rest, typ, true
}

// typeIn reads a type as model files spell it.
func typeIn(t *semantic.Tree) (semantic.ColumnType, bool) {
	word := t
	if t.Kind == semantic.MappingTree {
		word = t.Get("type")
	}
	typ, ok := semantic.ParseColumnType(text(word))
	if zone := text(t.Get("zone")); zone != "" {
		typ.Zone = zone
	}
	if layout := text(t.Get("layout")); layout != "" {
		return typ, false // the loader knows what a layout holds
	}
	return typ, ok
}

// ossieType reads a type of Ossie, and says what it loses.
func ossieType(name string) (semantic.ColumnType, string) {
	switch name {
	case "String":
		return semantic.ColumnType{Kind: semantic.Text}, ""
	case "Integer":
		return semantic.ColumnType{Kind: semantic.Int}, ""
	case "Decimal":
		return semantic.ColumnType{Kind: semantic.Float}, "a decimal without a scale is taken for a double"
	case "Float":
		return semantic.ColumnType{Kind: semantic.Float}, ""
	case "Boolean":
		return semantic.ColumnType{Kind: semantic.Bool}, ""
	case "Date":
		return semantic.ColumnType{Kind: semantic.Date}, ""
	case "DateTime":
		return semantic.ColumnType{Kind: semantic.Timestamp}, ""
	case "DateTimeTz":
		return semantic.ColumnType{Kind: semantic.Timestamp, Zone: "UTC"}, "the stored instant is taken for one on the clock of UTC"
	}
	return semantic.ColumnType{Kind: semantic.Text}, "the type " + clip(name) + " is taken for a text"
}

// ossieDialects are the dialects whose expressions are read, best first.
var ossieDialects = []string{"ANSI_SQL", "SNOWFLAKE", "DATABRICKS", "BIGQUERY"}

// expressionOf is the text of the best dialect's expression.
func (s *ossie) expressionOf(t *semantic.Tree) *semantic.Tree {
	if e := t.Get("expression"); e != nil && e.Kind == semantic.ScalarTree {
		return e
	}
	for _, dialect := range ossieDialects {
		for _, d := range itemsOf(t.Get("expression").Get("dialects")) {
			if text(d.Get("dialect")) == dialect && d.Get("expression") != nil {
				return d.Get("expression")
			}
		}
	}
	return nil
}

// expression is expressionOf, with notes on what is not carried.
func (s *ossie) expression(t *semantic.Tree, what string) *semantic.Tree {
	best := s.expressionOf(t)
	if best != nil && best == t.Get("expression") {
		return best
	}
	for _, d := range mappings(&s.notes, t.Get("expression").Get("dialects"), "expression of "+what) {
		if e := d.Get("expression"); e != best && best != nil {
			s.lost(d.Pos, what+" in "+clip(text(d.Get("dialect"))), "another dialect's expression is carried")
		}
	}
	if best == nil {
		s.lost(orTree(t.Get("expression"), t).Pos, what, "it has no expression in a dialect of SQL")
	}
	return best
}

func (s *ossie) relationship(t *semantic.Tree) {
	name := text(t.Get("name"))
	what := "relationship " + name
	s.unknown(t, what, "name", "from", "to", "from_columns", "to_columns", "ai_context", "custom_extensions")
	_, rest := s.words(t, what)
	from, to := s.tables[s.key(text(t.Get("from")))], s.tables[s.key(text(t.Get("to")))]
	here, there := s.columns(text(t.Get("from")), texts(t.Get("from_columns"))), s.columns(text(t.Get("to")), texts(t.Get("to_columns")))
	switch {
	case name == "" || from == nil || to == nil:
		s.lost(t.Pos, what, "its datasets are not carried")
		return
	case len(here) == 0 || len(here) != len(there):
		s.lost(t.Pos, what, "it has %d columns on one side and %d on the other", len(here), len(there))
		return
	}
	var on []semantic.ColumnPair
	for i := range here {
		on = append(on, semantic.ColumnPair{From: here[i], To: there[i]})
	}
	if i := keyAt(rest, "name"); i >= 0 {
		name = or(text(rest[i].Value), name)
		rest = slices.Delete(slices.Clone(rest), i, i+1)
	}
	s.join(t, from, to, name, on).rest = rest
}

func (s *ossie) metricOf(t *semantic.Tree) {
	name := text(t.Get("name"))
	what := "metric " + name
	s.unknown(t, what, "name", "expression", "description", "datatype", "ai_context", "custom_extensions")
	s.later(t, "metric", name, func() string {
		at := s.expression(t, what)
		if at == nil {
			return ""
		}
		r := s.ofMetric("")
		r.known = s.known
		r.rows = s.onlyTable
		e, err := r.parse(text(at), false)
		if err != nil {
			pos, why := place(at, err)
			s.lost(pos, what, "its expression holds %s", why)
			return ""
		}
		s.measured(e)
		out := &metric{}
		out.said, out.rest = s.words(t, what)
		out.expr, out.where = parted(e)
		return s.metric(t, name, out)
	})
}

// parted is an expression, and the filter of one that is a filtered aggregate.
func parted(e semantic.Expr) (expr, where string) {
	if f, ok := e.(semantic.Filtered); ok {
		if _, call := f.X.(semantic.Call); call {
			return semantic.ExprString(f.X), semantic.ExprString(f.Where)
		}
	}
	return semantic.ExprString(e), ""
}

// onlyTable is what count(*) counts.
func (s *ossie) onlyTable(at int) (semantic.Expr, error) {
	if len(s.d.tables) != 1 {
		return nil, faultAt(at, "count(*), which names none of %d datasets", len(s.d.tables))
	}
	return semantic.Name{Path: []string{s.d.tables[0].name}}, nil
}

// known recognises count(key), which counts rows, and an aggregate of a case
// with one arm, which is one with a filter.
func (b *book) known(c semantic.Call) (semantic.Expr, bool) {
	if len(c.Args) == 0 {
		return nil, false
	}
	arm, ok := c.Args[0].(semantic.Case)
	if !ok {
		t := b.keyed(c.Args[0])
		return semantic.Call{Func: "count", Args: []semantic.Expr{semantic.Name{Path: []string{t}}}}, t != "" && c.Func == "count"
	}
	if len(arm.Whens) != 1 || arm.Else != nil {
		return nil, false
	}
	w := arm.Whens[0]
	if lit, constant := w.Then.(semantic.Lit); constant && (c.Func != "count" || lit.Value.IsNull()) {
		return nil, false
	}
	inner := semantic.Call{Func: c.Func, Args: append([]semantic.Expr{w.Then}, c.Args[1:]...)}
	if c.Func == "count" {
		t := b.keyed(w.Then)
		if _, constant := w.Then.(semantic.Lit); constant {
			t = b.tableOf(w.If)
		}
		if t == "" {
			return nil, false
		}
		inner.Args = []semantic.Expr{semantic.Name{Path: []string{t}}}
	}
	return semantic.Filtered{X: inner, Where: w.If}, true
}

// keyed is the table of which an expression is a part of the primary key, which
// has a value in every row; "" for any other expression.
func (b *book) keyed(e semantic.Expr) string {
	n, ok := e.(semantic.Name)
	if !ok || len(n.Path) != 2 {
		return ""
	}
	t := b.d.table(n.Path[0])
	if t == nil || len(t.keys) == 0 {
		return ""
	}
	column := n.Path[1]
	if d := t.dimension(column); d != nil {
		column = d.column
	}
	if !slices.Contains(t.keys[0], column) {
		return ""
	}
	return t.name
}

// tableOf is the one table that an expression names; "" for several.
func (b *book) tableOf(e semantic.Expr) string {
	found := ""
	semantic.Walk(e, func(x semantic.Expr) {
		n, ok := x.(semantic.Name)
		if !ok {
			return
		}
		if found == "" || found == n.Path[0] {
			found = n.Path[0]
		} else {
			found = "\x00"
		}
	})
	if b.d.table(found) == nil {
		return ""
	}
	return found
}
