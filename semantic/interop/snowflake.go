package interop

import (
	"strconv"
	"strings"

	"wenshu/semantic"
)

func importSnowflake(trees []*semantic.Tree, o Options) (*Imported, error) {
	b := newBook(o, "", true)
	for i, t := range trees {
		if i == 0 {
			b.d.name = or(o.Name, or(text(t.Get("name")), b.d.name))
			b.d.description = text(t.Get("description"))
		}
		(&snowflake{b}).view(t)
	}
	return b.done("snowflake"), nil
}

type snowflake struct{ *book }

func (s *snowflake) view(t *semantic.Tree) {
	if t.Kind != semantic.MappingTree {
		s.lost(t.Pos, "document", "no mapping")
		return
	}
	s.unknown(t, "section", "name", "description", "comments", "tables", "relationships", "metrics", "verified_queries", "module_custom_instructions", "custom_instructions")
	tables := mappings(&s.notes, t.Get("tables"), "table")
	for _, x := range tables {
		s.table(x)
	}
	for _, r := range mappings(&s.notes, t.Get("relationships"), "relationship") {
		s.relationship(r)
	}
	for _, x := range tables {
		for _, m := range mappings(&s.notes, x.Get("metrics"), "metric") {
			s.measure(text(x.Get("name")), m)
		}
		for _, m := range mappings(&s.notes, x.Get("measures"), "measure") {
			s.aggregated(text(x.Get("name")), m)
		}
	}
	for _, m := range mappings(&s.notes, t.Get("metrics"), "metric") {
		s.measure("", m)
	}
	for _, x := range tables {
		for _, m := range append(itemsOf(x.Get("metrics")), itemsOf(x.Get("measures"))...) {
			s.metricNamed(text(m.Get("name")))
		}
	}
	for _, m := range itemsOf(t.Get("metrics")) {
		s.metricNamed(text(m.Get("name")))
	}
	for _, q := range mappings(&s.notes, t.Get("verified_queries"), "verified query") {
		s.lost(q.Pos, "verified query "+text(q.Get("name")), "its answer is SQL and no query line: %s", clip(text(q.Get("question"))))
	}
	for _, key := range []string{"module_custom_instructions", "custom_instructions"} {
		if i := t.Get(key); i != nil {
			s.lost(i.Pos, key, "the reader of questions is told nothing in prose")
		}
	}
}

func (s *snowflake) table(t *semantic.Tree) {
	name, base := text(t.Get("name")), t.Get("base_table")
	s.unknown(t, "table "+name, "name", "description", "synonyms", "base_table", "primary_key", "unique_keys", "dimensions",
		"time_dimensions", "facts", "measures", "metrics", "filters")
	var source []string
	for _, part := range []string{"database", "schema", "table"} {
		if p := text(base.Get(part)); p != "" {
			source = append(source, p)
		}
	}
	if base.Get("definition") != nil || len(source) == 0 {
		s.lost(t.Pos, "table "+name, "it is no table or view of the warehouse")
		return
	}
	out := s.book.table(t, name, strings.Join(source, "."))
	if out == nil {
		return
	}
	out.said = saidOf(t)
	for _, kind := range []string{"dimensions", "time_dimensions", "facts"} {
		for _, f := range mappings(&s.notes, t.Get(kind), kind+" of "+name) {
			s.column(out, name, kind, f)
		}
	}
	if key := texts(t.Get("primary_key").Get("columns")); len(key) > 0 {
		out.keys = append(out.keys, s.columns(name, key))
	}
	for _, k := range mappings(&s.notes, t.Get("unique_keys"), "unique key of "+name) {
		if key := texts(k.Get("columns")); len(key) > 0 {
			out.keys = append(out.keys, s.columns(name, key))
		}
	}
	s.firstTime(t, out)
	for _, f := range mappings(&s.notes, t.Get("filters"), "filter of "+name) {
		s.filter(out, name, f)
	}
}

func saidOf(t *semantic.Tree) said {
	return said{label: text(t.Get("label")), description: text(t.Get("description")), synonyms: texts(t.Get("synonyms"))}
}

func (s *snowflake) column(t *table, owner, kind string, f *semantic.Tree) {
	name := text(f.Get("name"))
	s.unknown(f, "field "+name+" of "+owner, "name", "description", "synonyms", "expr", "data_type", "unique", "sample_values", "is_enum",
		"access_modifier", "labels", "default_aggregation", "cortex_search_service")
	dim := s.field(t, f, owner, name, or(text(f.Get("expr")), name), s.ofRow())
	if dim == nil {
		return
	}
	dim.said = saidOf(f)
	var why string
	if dim.typ, why = snowflakeType(text(f.Get("data_type"))); why != "" {
		s.changed(f.Pos, "field "+name+" of "+owner, "%s", why)
	}
	dim.typed = true
	if kind == "time_dimensions" && dim.typ.Kind != semantic.Date && dim.typ.Kind != semantic.Timestamp {
		s.changed(f.Pos, "field "+name+" of "+owner, "a time without a type of time is taken for a date")
		dim.typ = semantic.ColumnType{Kind: semantic.Date}
	}
	if truth(f.Get("unique")) && dim.column != "" {
		t.keys = append(t.keys, []string{dim.column})
	}
	if truth(f.Get("is_enum")) && dim.typ.Kind == semantic.Text {
		dim.values, dim.closed = distinct(texts(f.Get("sample_values"))), true
	}
	if text(f.Get("access_modifier")) == "private_access" {
		dim.never = true
		s.changed(f.Pos, "field "+name+" of "+owner, "it is private: its members are not indexed, but it may be asked for unless a rule hides it")
	}
}

func distinct(list []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range list {
		if !seen[s] {
			out = append(out, s)
		}
		seen[s] = true
	}
	return out
}

// snowflakeType reads a type's name, and says what it loses.
func snowflakeType(name string) (semantic.ColumnType, string) {
	name = strings.ToUpper(strings.ReplaceAll(name, " ", ""))
	base, rest, _ := strings.Cut(name, "(")
	switch base {
	case "VARCHAR", "TEXT", "STRING", "CHAR", "CHARACTER":
		return semantic.ColumnType{Kind: semantic.Text}, ""
	case "BOOLEAN":
		return semantic.ColumnType{Kind: semantic.Bool}, ""
	case "DATE":
		return semantic.ColumnType{Kind: semantic.Date}, ""
	case "TIMESTAMP", "TIMESTAMP_NTZ", "DATETIME":
		return semantic.ColumnType{Kind: semantic.Timestamp}, ""
	case "TIMESTAMP_TZ", "TIMESTAMP_LTZ":
		return semantic.ColumnType{Kind: semantic.Timestamp, Zone: "UTC"}, "the stored instant is taken for one on the clock of UTC"
	case "INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "BYTEINT":
		return semantic.ColumnType{Kind: semantic.Int}, ""
	case "FLOAT", "DOUBLE", "REAL", "FLOAT8", "FLOAT4", "DOUBLEPRECISION":
		return semantic.ColumnType{Kind: semantic.Float}, ""
	case "NUMBER", "DECIMAL", "NUMERIC":
		_, digits, scaled := strings.Cut(strings.TrimSuffix(rest, ")"), ",")
		switch n, err := strconv.Atoi(digits); {
		case scaled && err == nil && n == 0:
			return semantic.ColumnType{Kind: semantic.Int}, ""
		case scaled && err == nil && n > 0 && n <= 9:
			return semantic.ColumnType{Kind: semantic.Decimal, Scale: uint8(n)}, ""
		case rest != "" && !scaled:
			return semantic.ColumnType{Kind: semantic.Int}, ""
		}
		return semantic.ColumnType{Kind: semantic.Float}, "a number without a scale is taken for a double"
	case "":
		return semantic.ColumnType{Kind: semantic.Text}, "it has no type and is taken for a text"
	}
	return semantic.ColumnType{Kind: semantic.Text}, "the type " + clip(name) + " is taken for a text"
}

func (s *snowflake) filter(t *table, owner string, f *semantic.Tree) {
	name := text(f.Get("name"))
	e, err := s.ofMetric(owner).parse(text(f.Get("expr")), false)
	if err != nil {
		pos, why := place(orTree(f.Get("expr"), f), err)
		s.lost(pos, "filter "+name+" of "+owner, "it holds %s", why)
		return
	}
	if aggregates(e) {
		s.lost(orTree(f.Get("expr"), f).Pos, "filter "+name+" of "+owner, "it holds an aggregate, and is no condition on rows")
		return
	}
	words := append([]string{strings.ReplaceAll(name, "_", " ")}, texts(f.Get("synonyms"))...)
	s.d.phrases = append(s.d.phrases, phrase{words: words, on: t.name, where: semantic.ExprString(trueWhen(e))})
}

func orTree(a, b *semantic.Tree) *semantic.Tree {
	if a != nil {
		return a
	}
	return b
}

func (s *snowflake) relationship(r *semantic.Tree) {
	name := text(r.Get("name"))
	s.unknown(r, "relationship "+name, "name", "left_table", "right_table", "relationship_columns", "join_type", "relationship_type")
	left, right := s.tables[s.key(text(r.Get("left_table")))], s.tables[s.key(text(r.Get("right_table")))]
	if left == nil || right == nil || name == "" {
		s.lost(r.Pos, "relationship "+name, "its tables are not carried")
		return
	}
	var on []semantic.ColumnPair
	for _, c := range mappings(&s.notes, r.Get("relationship_columns"), "columns of "+name) {
		on = append(on, semantic.ColumnPair{From: s.physical(text(r.Get("left_table")), text(c.Get("left_column"))),
			To: s.physical(text(r.Get("right_table")), text(c.Get("right_column")))})
	}
	if len(on) == 0 {
		s.lost(r.Pos, "relationship "+name, "it has no columns")
		return
	}
	if kind := text(r.Get("join_type")); kind != "" && !strings.EqualFold(kind, "left_outer") {
		s.changed(r.Pos, "relationship "+name, "rows without a partner stay: joins here are never %s", kind)
	}
	s.join(r, left, right, name, on)
}

// measure is a metric with an aggregate, of a table or of the view.
func (s *snowflake) measure(owner string, m *semantic.Tree) {
	name := text(m.Get("name"))
	s.unknown(m, "metric "+name, "name", "description", "synonyms", "expr", "data_type", "access_modifier", "non_additive_dimensions", "using_relationships", "labels")
	s.later(m, "metric", name, func() string {
		out := &metric{said: saidOf(m)}
		e, err := s.ofMetric(owner).parse(text(m.Get("expr")), false)
		if err != nil {
			pos, why := place(orTree(m.Get("expr"), m), err)
			s.lost(pos, "metric "+name, "its expression holds %s", why)
			return ""
		}
		if bare := outside(e); bare != "" {
			s.lost(orTree(m.Get("expr"), m).Pos, "metric "+name, "its expression holds %s outside of an aggregate", bare)
			return ""
		}
		out.expr = semantic.ExprString(e)
		if u := m.Get("using_relationships"); u != nil {
			s.changed(u.Pos, "metric "+name, "which of several joins is meant is said in the names of attributes: %s", strings.Join(texts(u), ", "))
		}
		if text(m.Get("access_modifier")) == "private_access" {
			s.changed(m.Pos, "metric "+name, "it is private: a rule with hide_metrics hides it")
		}
		if !s.balance(name, m, out) {
			return ""
		}
		return s.metric(m, name, out)
	})
}

// aggregated is a measure of the older spelling, with a default aggregate.
func (s *snowflake) aggregated(owner string, m *semantic.Tree) {
	name, agg := text(m.Get("name")), strings.ToLower(text(m.Get("default_aggregation")))
	s.later(m, "measure", name, func() string {
		f := sameFunctions[agg]
		if f == "" {
			s.lost(m.Pos, "measure "+name, "the aggregate %q", agg)
			return ""
		}
		e, err := s.ofMetric(owner).parse(or(text(m.Get("expr")), name), false)
		if err != nil {
			pos, why := place(orTree(m.Get("expr"), m), err)
			s.lost(pos, "measure "+name, "its expression holds %s", why)
			return ""
		}
		return s.metric(m, name, &metric{said: saidOf(m), expr: semantic.ExprString(semantic.Call{Func: f, Args: []semantic.Expr{e}})})
	})
}

// balance reads dimensions of time over which a metric is not added.
func (s *snowflake) balance(name string, m *semantic.Tree, out *metric) bool {
	list := mappings(&s.notes, m.Get("non_additive_dimensions"), "non-additive dimension of "+name)
	if len(list) == 0 {
		return true
	}
	if len(list) > 1 {
		s.lost(list[1].Pos, "metric "+name, "it is not added over several dimensions")
		return false
	}
	t := s.tables[s.key(text(list[0].Get("table")))]
	dim := s.fields[s.key(text(list[0].Get("table")), text(list[0].Get("dimension")))]
	if t == nil || dim == "" || !s.isTime(semantic.Name{Path: []string{t.name, dim}}) {
		s.lost(list[0].Pos, "metric "+name, "it is not added over something else than a time")
		return false
	}
	out.time, out.overTime = t.name+"."+dim, "last"
	if strings.HasPrefix(strings.ToLower(text(list[0].Get("sort_direction"))), "desc") {
		out.overTime = "first"
	}
	return true
}
