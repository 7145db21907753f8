package semantic

import (
	"cmp"
	"slices"
)

// tableDraft is a table while its links are not resolved yet.
type tableDraft struct {
	table      *Table
	o          object
	joins      []joinDraft
	dimensions []dimensionDraft
}

type joinDraft struct {
	join *Join
	o    object
}

type dimensionDraft struct {
	dimension *Dimension
	o         object
	typed     bool // the file says the type
}

// declareTables makes every table with its joins and dimensions, whose links
// are resolved later.
func (l *loader) declareTables() {
	seen := map[string]bool{}
	for _, e := range l.sections.tables {
		if seen[e.key] {
			l.report(Problem{Code: Collision, Pos: e.pos, Name: e.key, Detail: "table"})
			continue
		}
		seen[e.key] = true
		l.identifier(e, "table")
		l.declareTable(e)
	}
	l.nameWarehouses()
}

func (l *loader) declareTable(e entry) {
	o, ok := l.object(e.value, &tableShape)
	t := &Table{Name: e.key, Pos: e.pos}
	l.model.Tables = append(l.model.Tables, t)
	if !ok {
		return
	}
	t.Names = o.names(e.key)
	t.Warehouse = o.text("warehouse")
	t.Source = cmp.Or(o.text("source"), e.key)
	t.Keys = o.keys()
	t.Hidden = o.flag("hidden")
	for _, c := range o.entries("columns") {
		if typ, ok := l.columnType(c.value); ok {
			t.Columns = append(t.Columns, TypedColumn{c.key, typ})
		}
	}
	draft := &tableDraft{table: t, o: o}
	for _, j := range o.entries("joins") {
		l.identifier(j, "join")
		draft.joins = append(draft.joins, l.declareJoin(t, j))
	}
	for _, d := range o.entries("dimensions") {
		l.identifier(d, "dimension")
		draft.dimensions = append(draft.dimensions, l.declareDimension(t, d))
	}
	l.tables = append(l.tables, draft)
}

// keys reads key, one key, or keys, several.
func (o object) keys() [][]string {
	if f := o.field("keys"); f != nil && o.field("key") != nil {
		o.l.report(Problem{Code: Collision, Pos: f.pos, Name: "keys", Detail: "key"})
	}
	var keys [][]string
	if key := o.texts("key"); len(key) > 0 {
		keys = append(keys, key)
	}
	n := o.get("keys")
	if n != nil && n.kind != listNode {
		o.l.wrongType(n, "keys", "list")
		return keys
	}
	if n != nil {
		for _, item := range n.items {
			one := object{o.l, &node{kind: mappingNode, fields: []entry{{key: "key", value: item}}, pos: item.pos, file: item.file}, o.shape}
			if key := one.texts("key"); len(key) > 0 {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// nameWarehouses gives tables without a warehouse the model's own, and lists
// all of them in order of first use.
func (l *loader) nameWarehouses() {
	standard := ""
	if n := l.sections.model; n != nil && n.kind == mappingNode {
		standard = object{l, n, &modelShape}.text("warehouse")
	}
	for _, t := range l.model.Tables {
		standard = cmp.Or(standard, t.Warehouse)
	}
	standard = cmp.Or(standard, "main")
	for _, t := range l.model.Tables {
		t.Warehouse = cmp.Or(t.Warehouse, standard)
		if !slices.Contains(l.model.Warehouses, t.Warehouse) {
			l.model.Warehouses = append(l.model.Warehouses, t.Warehouse)
		}
	}
}

// declareJoin reads a join; where it leads is resolved by linkJoins.
func (l *loader) declareJoin(t *Table, e entry) joinDraft {
	j := &Join{Name: e.key, From: t, Pos: e.pos}
	t.Joins = append(t.Joins, j)
	o, ok := l.object(e.value, &joinShape)
	if ok {
		j.Names = o.names(e.key)
		j.On, j.With = o.columnPairs("on"), o.columnPairs("with")
		j.Many = o.flag("many")
	}
	return joinDraft{j, o}
}

// columnPairs reads a column, a list of columns, or {column: column}.
func (o object) columnPairs(key string) []ColumnPair {
	var pairs []ColumnPair
	if n := o.get(key); n == nil || n.kind != mappingNode {
		for _, column := range o.texts(key) {
			pairs = append(pairs, ColumnPair{column, column})
		}
		return pairs
	}
	for _, e := range o.entries(key) {
		if to, ok := o.l.scalar(e.value, key); ok {
			pairs = append(pairs, ColumnPair{e.key, to})
		}
	}
	return pairs
}

// declareDimension reads what a dimension says about itself.
func (l *loader) declareDimension(t *Table, e entry) dimensionDraft {
	d := &Dimension{Name: e.key, Table: t, Pos: e.pos}
	t.Dimensions = append(t.Dimensions, d)
	d.Expr = Name{[]string{e.key}}
	d.Format.Decimals = -1
	o, ok := l.object(e.value, &dimensionShape)
	if !ok {
		return dimensionDraft{d, o, true}
	}
	d.Names = o.names(e.key)
	if x := o.expr("expr"); x != nil {
		d.Expr = x
	}
	var typed bool
	d.Type, typed = l.columnType(o.get("type"))
	typed = typed || o.get("type") != nil
	if !typed {
		d.Type = ColumnType{Kind: Text}
	}
	d.Unit = l.unit(o.text("unit"))
	d.Format = o.format()
	d.Closed = o.flag("closed")
	d.Order = o.flag("ordered")
	d.Sum = o.word("sum", sumWords...)
	d.Index = IndexMode(max(0, slices.Index(indexWords, o.word("index", indexWords...))))
	return dimensionDraft{d, o, typed}
}

// unit returns a unit as the model means it: money is the model's currency.
func (l *loader) unit(word string) string {
	if word == "money" && l.model.Currency != "" {
		return l.model.Currency
	}
	return word
}

// expr parses the expression of a key; nil when it is absent or wrong. It
// reports what ParseExpr does.
func (o object) expr(key string) Expr {
	n := o.get(key)
	text, ok := o.l.scalar(n, key)
	if !ok {
		return nil
	}
	x, err := ParseExpr(text)
	if err != nil {
		o.l.reportText(n, err)
		return nil
	}
	return x
}

// reportText reports the problems of a text inside a scalar, at the place of
// each in the file.
func (l *loader) reportText(n *node, err error) {
	problems, ok := err.(Problems)
	if !ok {
		problems = Problems{{Code: Internal, Detail: err.Error()}}
	}
	for _, p := range problems {
		p.Pos = n.offset(p.Span)
		p.Span = Span{}
		l.report(p)
	}
}
