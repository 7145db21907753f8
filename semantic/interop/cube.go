package interop

import (
	"regexp"
	"slices"
	"strings"

	"wenshu/semantic"
)

// importCube reads Cube's YAML. Models in JavaScript are programs, which nothing
// here runs: scripts are the names of such files, each a Note.
func importCube(trees []*semantic.Tree, scripts []string, o Options) *Imported {
	c := &cubes{book: newBook(o, "", false), byName: map[string]*cube{}, names: map[string]int{}}
	for _, name := range scripts {
		c.lost(semantic.Pos{File: name, Line: 1, Column: 1}, "file "+name, "a model in JavaScript or Python is a program: bring it as YAML")
	}
	var views []*semantic.Tree
	for _, t := range trees {
		if t.Kind != semantic.MappingTree {
			c.lost(t.Pos, "document", "no mapping")
			continue
		}
		c.unknown(t, "section", "cubes", "views")
		for _, x := range mappings(&c.notes, t.Get("cubes"), "cube") {
			c.declare(x)
		}
		views = append(views, mappings(&c.notes, t.Get("views"), "view")...)
	}
	for _, x := range c.list {
		c.dimensions(x)
	}
	for _, x := range c.list {
		c.joins(x)
		c.declareMeasures(x)
	}
	for _, x := range c.list {
		for _, m := range itemsOf(x.tree.Get("measures")) {
			c.metricNamed(x.name + "." + text(m.Get("name")))
		}
		for _, s := range mappings(&c.notes, x.tree.Get("segments"), "segment of "+x.name) {
			c.segment(x, s)
		}
	}
	for _, v := range views {
		c.lost(v.Pos, "view "+text(v.Get("name")), "all of a model may be asked for: what the view leaves out is for rules to hide, what it renames for synonyms")
	}
	return c.done("cube")
}

// cubes is an import of Cube.
type cubes struct {
	*book
	list   []*cube
	byName map[string]*cube
	names  map[string]int // how many cubes have a measure of a name

	spelled int // members that stand inside the dimension at hand
}

// maxMembers bounds the members of a cube that a dimension is made of.
const maxMembers = 100

// cube is one cube with its table.
type cube struct {
	name  string
	tree  *semantic.Tree
	table *table
	dims  map[string]*semantic.Tree
	open  map[string]bool // dimensions whose SQL is being read
}

// ofTable is the table of a query that takes all of it.
var ofTable = regexp.MustCompile(`(?is)^\s*select\s+(?:\w+\.)?\*\s+from\s+([\w.` + "`" + `"]+)\s*;?\s*$`)

func (c *cubes) declare(t *semantic.Tree) {
	x := &cube{name: text(t.Get("name")), tree: t, dims: map[string]*semantic.Tree{}, open: map[string]bool{}}
	what := "cube " + x.name
	c.unknown(t, what, "name", "sql_table", "sql", "sql_alias", "title", "description", "public", "shown", "joins", "dimensions", "measures", "segments",
		"pre_aggregations", "access_policy", "data_source", "extends", "refresh_key", "meta", "hierarchies", "calendar")
	source := text(t.Get("sql_table"))
	if m := ofTable.FindStringSubmatch(text(t.Get("sql"))); source == "" && m != nil {
		source = m[1]
	}
	source = strings.NewReplacer("`", "", `"`, "").Replace(source)
	if source == "" || strings.ContainsAny(source, " \n(){}") {
		c.lost(t.Pos, what, "it is no table or view of the warehouse: make a view of its query")
		return
	}
	if x.table = c.table(t, x.name, source); x.table == nil {
		return
	}
	x.table.said = said{label: text(t.Get("title")), description: text(t.Get("description"))}
	c.asides(t, what)
	c.list, c.byName[x.name] = append(c.list, x), x
	for _, m := range itemsOf(t.Get("measures")) {
		c.names[text(m.Get("name"))]++
	}
}

// asides notes what a cube says besides its tables and numbers.
func (c *cubes) asides(t *semantic.Tree, what string) {
	for key, why := range map[string]string{
		"pre_aggregations": "results are not stored beforehand",
		"access_policy":    "nobody is kept from anything until rules of the model say so",
		"data_source":      "the warehouse is named where the model is opened",
		"extends":          "what it takes from another cube is not carried",
		"hierarchies":      "levels are said by the parent of a dimension",
		"calendar":         "periods follow the model's calendar",
		"meta":             "it has no meaning here",
		"refresh_key":      "results are not stored beforehand",
	} {
		if x := t.Get(key); x != nil {
			c.lost(x.Pos, key+" of "+what, "%s", why)
		}
	}
	for _, key := range []string{"public", "shown"} {
		if x := t.Get(key); x != nil && !truth(x) {
			c.changed(x.Pos, what, "it is not shown in Cube, but may be asked for unless a rule hides it")
		}
	}
}

func (c *cubes) dimensions(x *cube) {
	fields := mappings(&c.notes, x.tree.Get("dimensions"), "dimension of "+x.name)
	for _, f := range fields {
		if name := text(f.Get("name")); x.dims[name] == nil {
			x.dims[name] = f
		}
	}
	var key []string
	for _, f := range fields {
		d := c.dimension(x, f)
		if !truth(f.Get("primary_key")) {
			continue
		}
		if d == nil || d.column == "" {
			c.changed(f.Pos, "cube "+x.name, "its primary key is no column: it counts as having none")
			key = nil
			break
		}
		key = append(key, d.column)
	}
	if len(key) > 0 {
		x.table.keys = [][]string{key}
	}
	c.firstTime(x.tree, x.table)
}

func (c *cubes) dimension(x *cube, f *semantic.Tree) *dimension {
	name := text(f.Get("name"))
	what := "dimension " + name + " of " + x.name
	c.unknown(f, what, "name", "sql", "type", "title", "description", "primary_key", "public", "shown", "meta", "format", "granularities", "case",
		"sub_query", "propagate_filters_to_sub_query", "latitude", "longitude", "suggest_filter_values", "order", "key", "values", "mask")
	for _, key := range []string{"granularities", "meta", "format", "mask"} {
		if g := f.Get(key); g != nil {
			c.lost(g.Pos, key+" of "+what, "it has no meaning here")
		}
	}
	c.flag(f.Get("primary_key"), what+" primary_key")
	kind := text(f.Get("type"))
	if truth(f.Get("sub_query")) || kind == "geo" || kind == "switch" {
		c.lost(f.Pos, what, "a place, a choice or the number of another cube is no attribute of a row")
		return nil
	}
	for _, key := range []string{"public", "shown"} {
		if p := f.Get(key); p != nil && !truth(p) {
			c.changed(p.Pos, what, "it is not shown in Cube, but may be asked for unless a rule hides it")
		}
	}
	c.spelled = 0
	e, at, err := c.rowExpr(x, name)
	if err != nil {
		pos, why := place(orTree(at, f), err)
		c.lost(pos, what, "its SQL holds %s", why)
		return nil
	}
	d := c.add(x, f, name, what, e)
	if d == nil {
		return nil
	}
	d.said = said{label: text(f.Get("title")), description: text(f.Get("description"))}
	d.at = f
	switch kind {
	case "number":
		d.typ = semantic.ColumnType{Kind: semantic.Float}
		if truth(f.Get("primary_key")) {
			d.typ.Kind = semantic.Int
		}
	case "boolean":
		d.typ, d.typed = semantic.ColumnType{Kind: semantic.Bool}, true
	case "time":
		d.typ, d.typed = semantic.ColumnType{Kind: semantic.Timestamp}, true
	default:
		d.typ, d.typed = semantic.ColumnType{Kind: semantic.Text}, kind == "string"
	}
	if d.column != "" {
		if typ, ok := c.options.column(x.table.source, d.column); ok {
			d.typ, d.typed = typ, true
		}
	}
	return d
}

// add adds a dimension with its expression.
func (c *cubes) add(x *cube, f *semantic.Tree, name, what string, e semantic.Expr) *dimension {
	switch {
	case name == "":
		c.lost(f.Pos, what, "it has no name")
		return nil
	case c.fields[c.key(x.name, name)] != "":
		c.lost(f.Pos, what, "another one has this name")
		return nil
	}
	d := &dimension{name: freeName(name, func(n string) bool { return x.table.dimension(n) != nil })}
	if d.name != name {
		c.changed(f.Pos, what, "it is called %s here", d.name)
	}
	if n, ok := e.(semantic.Name); ok && len(n.Path) == 1 {
		if d.column = n.Path[0]; d.column != d.name {
			d.expr = semantic.ExprString(n)
		}
	} else {
		d.calculation(e)
	}
	c.fields[c.key(x.name, name)] = d.name
	x.table.dimensions = append(x.table.dimensions, d)
	return d
}

// rowExpr is the expression of a dimension over the columns of its table, and
// where it stands.
func (c *cubes) rowExpr(x *cube, name string) (semantic.Expr, *semantic.Tree, error) {
	f := x.dims[name]
	if x.open[name] {
		return nil, f, faultAt(0, "%s, which is made of itself", name)
	}
	x.open[name] = true
	defer delete(x.open, name)
	r := c.reader(x, func(member string, at int) (semantic.Expr, error) {
		if x.dims[member] == nil {
			return nil, faultAt(at, "the member %s", clip(member))
		}
		if c.spelled++; c.spelled > maxMembers {
			return nil, faultAt(at, "more than %d members inside one another", maxMembers)
		}
		e, _, err := c.rowExpr(x, member)
		if err != nil {
			return nil, faultAt(at, "the member %s", clip(member))
		}
		return e, nil
	})
	r.name = func(path []string, at int) (semantic.Expr, error) {
		if len(path) > 2 {
			return nil, faultAt(at, "the name %s", strings.Join(path, "."))
		}
		return semantic.Name{Path: path[len(path)-1:]}, nil
	}
	if arms := f.Get("case"); arms != nil {
		return c.caseExpr(r, arms)
	}
	at := f.Get("sql")
	if at == nil {
		return semantic.Name{Path: []string{name}}, f, nil
	}
	e, err := r.parse(text(at), true)
	return e, at, err
}

// caseExpr reads the arms of a case, each with its own SQL.
func (c *cubes) caseExpr(r *sqlReader, t *semantic.Tree) (semantic.Expr, *semantic.Tree, error) {
	out := semantic.Case{}
	for _, w := range itemsOf(t.Get("when")) {
		at, label := w.Get("sql"), w.Get("label")
		if at == nil || label == nil || label.Kind != semantic.ScalarTree {
			return nil, w, faultAt(0, "a case without SQL or label")
		}
		e, err := r.parse(text(at), true)
		if err != nil {
			return nil, at, err
		}
		out.Whens = append(out.Whens, semantic.When{If: trueWhen(e), Then: semantic.Lit{Value: semantic.TextValue(label.Text)}})
	}
	if len(out.Whens) == 0 {
		return nil, t, faultAt(0, "a case without arms")
	}
	if other := t.Get("else").Get("label"); other != nil {
		out.Else = semantic.Lit{Value: semantic.TextValue(text(other))}
	}
	return out, t, nil
}

// reader reads SQL with members in braces: {CUBE}.column, {member},
// {CUBE.member}. What a member of the cube itself is, member says; other cubes'
// are refused.
func (c *cubes) reader(x *cube, member func(name string, at int) (semantic.Expr, error)) *sqlReader {
	r := &sqlReader{isTime: c.isTime}
	r.template = func(inside string, path []string, at int) (semantic.Expr, error) {
		parts := strings.Split(strings.TrimSpace(inside), ".")
		own := parts[0] == "CUBE" || parts[0] == x.name
		switch {
		case own && len(parts) == 1 && len(path) == 1:
			return r.name(path, at)
		case own && len(parts) == 2 && len(path) == 0:
			return member(parts[1], at)
		case len(parts) == 1 && len(path) == 0:
			return member(parts[0], at)
		}
		return c.foreign(parts, path, at, r)
	}
	return r
}

// foreign is a member or a column of another cube.
func (c *cubes) foreign(parts, path []string, at int, r *sqlReader) (semantic.Expr, error) {
	whole := strings.Join(append(slices.Clone(parts), path...), ".")
	other := c.byName[parts[0]]
	if other == nil || r.rows == nil || len(parts)+len(path) != 2 {
		return nil, faultAt(at, "the member %s", clip(whole))
	}
	if len(path) == 1 {
		return c.column(other, path[0], at)
	}
	return c.member(other, parts[1], at)
}

// member is a measure or a dimension of a cube, in an expression of measures.
func (c *cubes) member(x *cube, name string, at int) (semantic.Expr, error) {
	if d := c.fields[c.key(x.name, name)]; d != "" {
		return semantic.Name{Path: []string{x.table.name, d}}, nil
	}
	if m := c.metricNamed(x.name + "." + name); m != "" {
		return semantic.Name{Path: []string{m}}, nil
	}
	return nil, faultAt(at, "the member %s", clip(name))
}

// column is a physical column in an expression of measures. A dimension of that
// name that is another column would be taken for it.
func (c *cubes) column(x *cube, name string, at int) (semantic.Expr, error) {
	for _, d := range x.table.dimensions {
		if d.column == name {
			return semantic.Name{Path: []string{x.table.name, d.name}}, nil
		}
	}
	if x.table.dimension(name) != nil {
		return nil, faultAt(at, "the column %s, whose name is that of another dimension", clip(name))
	}
	return c.columnOf(x.table, name), nil
}
