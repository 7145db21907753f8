package interop

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// DBT knows how dbt's names read in an imported model: saved queries, and
// whoever holds queries in dbt's words, ask it for query lines.
type DBT struct {
	p *dbtProject
	d *draft
}

func importDBT(trees []*semantic.Tree, o Options, newer bool) (*Imported, error) {
	p := &dbtProject{options: o}
	for _, t := range trees {
		if newer {
			p.newer(t)
		} else {
			p.legacy(t)
		}
	}
	p.dropTwice()
	p.createMetrics()
	d := &draft{name: or(o.Name, "dbt")}
	p.tables(d)
	p.joins(d)
	p.conform()
	p.calendars(d)
	p.metricsOf(d)
	dbt := &DBT{p: p, d: d}
	p.questions(d, dbt)
	p.typesAsked()
	return &Imported{Files: d.write(), Notes: p.sorted(), DBT: dbt}, nil
}

// dropTwice keeps the first of objects of one name.
func (p *dbtProject) dropTwice() {
	seen := map[string]bool{}
	p.models = slices.DeleteFunc(p.models, func(m *dbtModel) bool {
		twice := seen[m.name]
		if seen[m.name] = true; twice {
			p.lost(m.tree.Pos, "semantic model "+m.name, "another one has this name")
		}
		return twice
	})
	seen = map[string]bool{}
	p.metrics = slices.DeleteFunc(p.metrics, func(m *dbtMetric) bool {
		twice := seen[m.name]
		if seen[m.name] = true; twice {
			p.lost(m.tree.Pos, "metric "+m.name, "another one has this name")
		}
		return twice
	})
}

// createMetrics adds the metrics that measures ask for.
func (p *dbtProject) createMetrics() {
	for _, m := range p.models {
		for _, x := range m.measures {
			if x.create && !slices.ContainsFunc(p.metrics, func(m *dbtMetric) bool { return m.name == x.name }) {
				p.metrics = append(p.metrics, &dbtMetric{name: x.name, kind: "simple", said: x.said, measure: &dbtInput{name: x.name, tree: x.tree}, tree: x.tree})
			}
		}
	}
}

func (p *dbtProject) measure(name string) *dbtMeasure {
	for _, m := range p.models {
		for _, x := range m.measures {
			if x.name == name {
				return x
			}
		}
	}
	return nil
}

func (p *dbtProject) metric(name string) *dbtMetric {
	for _, m := range p.metrics {
		if m.name == name {
			return m
		}
	}
	return nil
}

// tables makes a table of each semantic model, with its keys, dimensions and
// the columns by which it knows entities.
func (p *dbtProject) tables(d *draft) {
	for _, m := range p.models {
		t := &table{source: m.source, said: m.said}
		t.name = freeName(m.name, func(n string) bool { return d.table(n) != nil })
		p.renamed(m.tree, "semantic model "+m.name, m.name, t.name)
		m.table = t
		d.tables = append(d.tables, t)
		for i := range m.dimensions {
			p.dimension(m, t, &m.dimensions[i])
		}
		for i := range m.entities {
			p.entityColumn(m, t, &m.entities[i])
		}
		if m.time != "" {
			if dim := t.dimension(m.dimensionName(m.time)); dim != nil {
				t.time = dim.name
			} else {
				p.lost(m.tree.Pos, "default time of "+m.name, "there is no dimension %s", m.time)
			}
		}
		p.keys(m, t)
	}
}

func (p *dbtProject) renamed(t *semantic.Tree, what, from, to string) {
	if from != to {
		p.changed(t.Pos, what, "it is called %s here", to)
	}
}

// dimensionName is what a dimension of dbt's name is called in the table.
func (m *dbtModel) dimensionName(name string) string {
	for i := range m.dimensions {
		if d := &m.dimensions[i]; d.name == name {
			return d.out()
		}
	}
	return name
}

// out is the name that the dimension takes.
func (d *dbtDimension) out() string { return freeName(d.name, func(string) bool { return false }) }

func (p *dbtProject) dimension(m *dbtModel, t *table, src *dbtDimension) {
	if t.dimension(src.out()) != nil {
		p.lost(src.tree.Pos, "dimension "+src.name, "another one has this name")
		return
	}
	dim := &dimension{name: src.out(), said: src.said}
	p.renamed(src.tree, "dimension "+src.name, src.name, dim.name)
	if !p.expression(m, dim, or(src.expr, src.name), src.tree) {
		return
	}
	if dim.column != "" {
		dim.typ, dim.typed = p.options.column(m.source, dim.column)
	}
	if !dim.typed && src.kind == "time" {
		dim.typ = semantic.ColumnType{Kind: semantic.Date}
		if fineGrains[src.grain] {
			dim.typ.Kind = semantic.Timestamp
		}
	}
	if dim.typed && src.kind == "time" && dim.typ.Kind == semantic.Text {
		dim.typ = semantic.ColumnType{Kind: semantic.Date, Coding: semantic.CodedText, Layout: "2006-01-02"}
		p.changed(src.tree.Pos, "dimension "+src.name, "the column holds texts; they are read as 2006-01-02")
	}
	if src.grain != "" && finest(src.grain) == semantic.NoUnit {
		p.changed(src.tree.Pos, "dimension "+src.name, "the granularity %s is finer than a millisecond", src.grain)
	}
	t.dimensions = append(t.dimensions, dim)
}

var fineGrains = map[string]bool{"second": true, "minute": true, "hour": true, "millisecond": true, "microsecond": true, "nanosecond": true}

// finest is the unit of a granularity, NoUnit for none that there is.
func finest(grain string) semantic.Unit {
	u, _ := semantic.ParseUnit(grain)
	return u
}

// expression gives a dimension its column or calculation.
func (p *dbtProject) expression(m *dbtModel, dim *dimension, expr string, at *semantic.Tree) bool {
	if bareName(expr) {
		dim.column = expr
		if expr != dim.name {
			dim.expr = semantic.ExprString(semantic.Name{Path: []string{expr}})
		}
		return true
	}
	r := &sqlReader{name: func(path []string, at int) (semantic.Expr, error) {
		if len(path) > 2 {
			return nil, faultAt(at, "the name %s", strings.Join(path, "."))
		}
		return semantic.Name{Path: path[len(path)-1:]}, nil
	}}
	e, err := r.parse(expr, false)
	if err != nil {
		_, why := place(at, err)
		pos := at.Pos
		if t := at.Get("expr"); t != nil {
			pos, _ = place(t, err)
		}
		p.lost(pos, "dimension "+dim.name, "its expression holds %s", why)
		return false
	}
	dim.calculation(e)
	return true
}

// calculation gives a dimension its expression. A condition is a truth value,
// false where SQL does not know it.
func (dim *dimension) calculation(e semantic.Expr) {
	switch x := e.(type) {
	case semantic.Binary:
		if x.Op < semantic.Add {
			e, dim.typ, dim.typed = trueWhen(e), semantic.ColumnType{Kind: semantic.Bool}, true
		} else {
			dim.typ = semantic.ColumnType{Kind: semantic.Float}
		}
	case semantic.IsNull, semantic.In, semantic.Between, semantic.Match:
		e, dim.typ, dim.typed = trueWhen(e), semantic.ColumnType{Kind: semantic.Bool}, true
	}
	dim.expr = semantic.ExprString(e)
}

// bareName reports whether a text is one plain identifier.
func bareName(text string) bool {
	if text == "" || text[0] >= '0' && text[0] <= '9' {
		return false
	}
	return strings.IndexFunc(text, func(r rune) bool {
		return r != '_' && !(r >= 'a' && r <= 'z') && !(r >= 'A' && r <= 'Z') && !(r >= '0' && r <= '9')
	}) < 0 && !isConstant(text)
}

func isConstant(text string) bool {
	return strings.EqualFold(text, "true") || strings.EqualFold(text, "false") || strings.EqualFold(text, "null")
}

// entityColumn offers the column by which a table knows an entity as a
// dimension, unless one shows it already.
func (p *dbtProject) entityColumn(m *dbtModel, t *table, e *dbtEntity) {
	if !bareName(e.expr) {
		p.lost(e.tree.Pos, "entity "+e.name, "it is no single column")
		return
	}
	for _, d := range t.dimensions {
		if d.column == e.expr {
			return
		}
	}
	dim := &dimension{column: e.expr, name: freeName(e.expr, func(n string) bool { return t.dimension(n) != nil })}
	if dim.name != e.expr {
		dim.expr = semantic.ExprString(semantic.Name{Path: []string{e.expr}})
	}
	dim.typ, dim.typed = p.options.column(m.source, e.expr)
	t.dimensions = append(t.dimensions, dim)
}

// entityDimension is the dimension that shows the entity's column.
func (m *dbtModel) entityDimension(name string) *dimension {
	for _, e := range m.entities {
		if e.name != name {
			continue
		}
		for _, d := range m.table.dimensions {
			if d.column == e.expr {
				return d
			}
		}
	}
	return nil
}

func (m *dbtModel) entity(name string) *dbtEntity {
	for i := range m.entities {
		if m.entities[i].name == name {
			return &m.entities[i]
		}
	}
	return nil
}

// conform says that the columns of one entity share their members: those of
// every table with those of the table that it identifies rows of.
func (p *dbtProject) conform() {
	first := map[string]*dbtModel{}
	for _, kind := range []string{"primary", "unique", "natural", "foreign"} {
		for _, m := range p.models {
			for _, e := range m.entities {
				if e.kind == kind && first[e.name] == nil && m.entityDimension(e.name) != nil {
					first[e.name] = m
				}
			}
		}
	}
	for _, m := range p.models {
		for _, e := range m.entities {
			own, owner := m.entityDimension(e.name), first[e.name]
			if own == nil || owner == m || own.same != "" {
				continue
			}
			if there := owner.entityDimension(e.name); there.typ.Kind == own.typ.Kind && there.same == "" {
				own.same = owner.table.name + "." + there.name
			}
		}
	}
}

// keys declares what identifies a row: primary and unique entities, with the
// columns of its partition, and versions by their start.
func (p *dbtProject) keys(m *dbtModel, t *table) {
	parts := m.partitions()
	start, end := m.validity()
	if start != nil && end != nil {
		t.from, t.to = start.name, end.name
	}
	for _, kind := range []string{"primary", "unique", "natural"} {
		for _, e := range m.entities {
			if e.kind != kind || !bareName(e.expr) {
				continue
			}
			key := []string{e.expr}
			if kind == "natural" && (start == nil || end == nil) {
				p.lost(e.tree.Pos, "entity "+e.name, "a natural key without the dimensions of its validity")
				continue
			}
			if start != nil && end != nil {
				key = append(key, start.column)
			}
			for _, d := range parts {
				key = append(key, d.column)
			}
			t.keys = append(t.keys, key)
		}
	}
	if len(parts) > 0 && len(t.keys) > 0 {
		p.changed(m.tree.Pos, "keys of "+m.name, "the columns of its partition are part of them")
	}
}

func (m *dbtModel) partitions() []*dimension {
	var list []*dimension
	for i := range m.dimensions {
		if d := m.table.dimension(m.dimensions[i].out()); m.dimensions[i].partition && d != nil && d.column != "" {
			list = append(list, d)
		}
	}
	return list
}

// validity are the dimensions that bound a version.
func (m *dbtModel) validity() (start, end *dimension) {
	for i := range m.dimensions {
		switch d := m.table.dimension(m.dimensions[i].out()); {
		case d == nil || d.column == "":
		case m.dimensions[i].start:
			start = d
		case m.dimensions[i].end:
			end = d
		}
	}
	return start, end
}

// typesAsked notes once that types were guessed.
func (p *dbtProject) typesAsked() {
	if p.options.Column != nil {
		return
	}
	for _, m := range p.models {
		p.changed(m.tree.Pos, "columns of "+m.name, "dbt says no types: times are taken for dates and attributes for texts, unless a filter shows more")
	}
}
