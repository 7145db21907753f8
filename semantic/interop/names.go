package interop

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// book is a draft under construction by a format whose metrics are SQL: it
// resolves the names of fields, metrics and columns.
type book struct {
	notes
	d       *draft
	options Options
	fold    bool              // names are equal in any case
	tables  map[string]*table // by the format's own names
	fields  map[string]string // table and field, as the format calls them, to the dimension
	metrics map[string]string // the format's name to the metric
	pending map[string]func() string
}

func newBook(o Options, name string, fold bool) *book {
	return &book{options: o, fold: fold, d: &draft{name: or(o.Name, or(name, "imported"))},
		tables: map[string]*table{}, fields: map[string]string{}, metrics: map[string]string{}, pending: map[string]func() string{}}
}

func (b *book) key(parts ...string) string {
	k := strings.Join(parts, "\x00")
	if b.fold {
		k = strings.ToLower(k)
	}
	return k
}

// table adds a table under its name; nil where there is one.
func (b *book) table(t *semantic.Tree, name string, source string) *table {
	switch {
	case name == "":
		b.lost(t.Pos, "table", "it has no name")
		return nil
	case b.tables[b.key(name)] != nil:
		b.lost(t.Pos, "table "+name, "another one has this name")
		return nil
	}
	out := &table{source: source, name: freeName(name, func(n string) bool { return b.d.table(n) != nil })}
	if out.name != name {
		b.changed(t.Pos, "table "+name, "it is called %s here", out.name)
	}
	if parts := strings.Split(source, "."); len(parts) > 2 {
		out.source = strings.Join(parts[len(parts)-2:], ".")
		b.changed(t.Pos, "table "+name, "the database %s is that of the warehouse's URL", parts[0])
	}
	b.tables[b.key(name)] = out
	b.d.tables = append(b.d.tables, out)
	return out
}

// field adds a dimension with its expression; nil where that cannot be carried.
func (b *book) field(t *table, at *semantic.Tree, owner, name, expr string, read *sqlReader) *dimension {
	if name == "" {
		b.lost(at.Pos, "field of "+owner, "it has no name")
		return nil
	}
	if b.fields[b.key(owner, name)] != "" {
		b.lost(at.Pos, "field "+name+" of "+owner, "another one has this name")
		return nil
	}
	dim := &dimension{name: freeName(name, func(n string) bool { return t.dimension(n) != nil })}
	if dim.name != name {
		b.changed(at.Pos, "field "+name+" of "+owner, "it is called %s here", dim.name)
	}
	expr = strings.TrimSpace(expr)
	switch {
	case bareName(expr):
		dim.column = expr
		if expr != dim.name {
			dim.expr = semantic.ExprString(semantic.Name{Path: []string{expr}})
		}
	default:
		e, err := read.parse(expr, read.template != nil)
		if err != nil {
			_, why := place(at, err)
			b.lost(at.Pos, "field "+name+" of "+owner, "its expression holds %s", why)
			return nil
		}
		dim.calculation(e)
	}
	b.fields[b.key(owner, name)] = dim.name
	t.dimensions = append(t.dimensions, dim)
	return dim
}

// ofRow reads the columns of one table, for the expressions of its dimensions.
func (b *book) ofRow() *sqlReader {
	return &sqlReader{name: func(path []string, at int) (semantic.Expr, error) {
		if len(path) > 2 {
			return nil, faultAt(at, "the name %s", strings.Join(path, "."))
		}
		return semantic.Name{Path: path[len(path)-1:]}, nil
	}}
}

// ofMetric reads metrics, fields and columns; bare names are looked up in the
// owner first, "" for none.
func (b *book) ofMetric(owner string) *sqlReader {
	r := &sqlReader{isTime: b.isTime}
	r.name = func(path []string, at int) (semantic.Expr, error) { return b.resolve(owner, path, at) }
	r.rows = func(at int) (semantic.Expr, error) {
		if t := b.tables[b.key(owner)]; t != nil {
			return semantic.Name{Path: []string{t.name}}, nil
		}
		return nil, faultAt(at, "a count of rows without a table")
	}
	return r
}

func (b *book) resolve(owner string, path []string, at int) (semantic.Expr, error) {
	if len(path) == 1 {
		if t := b.tables[b.key(owner)]; t != nil {
			if dim := b.fields[b.key(owner, path[0])]; dim != "" {
				return semantic.Name{Path: []string{t.name, dim}}, nil
			}
		}
		if m := b.metricNamed(path[0]); m != "" {
			return semantic.Name{Path: []string{m}}, nil
		}
		if t := b.tables[b.key(owner)]; t != nil {
			return b.columnOf(t, path[0]), nil
		}
		return b.anyField(path[0], at)
	}
	t := b.tables[b.key(path[0])]
	if t == nil || len(path) != 2 {
		return nil, faultAt(at, "the name %s", strings.Join(path, "."))
	}
	if dim := b.fields[b.key(path[0], path[1])]; dim != "" {
		return semantic.Name{Path: []string{t.name, dim}}, nil
	}
	if m := b.metricNamed(path[0] + "." + path[1]); m != "" {
		return semantic.Name{Path: []string{m}}, nil
	}
	if m := b.metricNamed(path[1]); m != "" {
		return semantic.Name{Path: []string{m}}, nil
	}
	return b.columnOf(t, path[1]), nil
}

// anyField is the one field of a name among all tables.
func (b *book) anyField(name string, at int) (semantic.Expr, error) {
	var found semantic.Expr
	for _, t := range b.d.tables {
		for _, d := range t.dimensions {
			if d.name != name && !(b.fold && strings.EqualFold(d.name, name)) {
				continue
			}
			if found != nil {
				return nil, faultAt(at, "the name %s, which several tables have", name)
			}
			found = semantic.Name{Path: []string{t.name, d.name}}
		}
	}
	if found == nil {
		return nil, faultAt(at, "the name %s, which nothing has", name)
	}
	return found, nil
}

func (b *book) columnOf(t *table, column string) semantic.Expr {
	if _, known := t.columns[column]; known {
		return semantic.Name{Path: []string{t.name, column}}
	}
	if typ, ok := b.options.column(t.source, column); ok {
		t.column(column, typ)
	} else {
		t.loose = true
	}
	return semantic.Name{Path: []string{t.name, column}}
}

// metricNamed is the metric of a format's name, made first where it is still
// pending.
func (b *book) metricNamed(name string) string {
	k := b.key(name)
	if make := b.pending[k]; make != nil {
		delete(b.pending, k)
		b.metrics[k] = make()
	}
	return b.metrics[k]
}

// later declares a metric that is made when it is needed, or by rest.
func (b *book) later(at *semantic.Tree, what, name string, make func() string) {
	k := b.key(name)
	if _, twice := b.pending[k]; twice || name == "" {
		b.lost(at.Pos, what+" "+name, "it has no name of its own")
		return
	}
	b.pending[k] = make
}

func (b *book) isTime(e semantic.Expr) bool {
	n, ok := e.(semantic.Name)
	if g, cut := e.(semantic.Grained); cut {
		n, ok = g.Of, g.Grain.Cyclic == semantic.NoCycle
	}
	if !ok || len(n.Path) != 2 {
		return false
	}
	t := b.d.table(n.Path[0])
	if t == nil {
		return false
	}
	d := t.dimension(n.Path[1])
	return d != nil && (d.typ.Kind == semantic.Date || d.typ.Kind == semantic.Timestamp)
}

// metric adds a metric under a free name.
func (b *book) metric(at *semantic.Tree, name string, m *metric) string {
	m.name = freeName(name, func(n string) bool { return b.d.metric(n) != nil })
	if m.name != name {
		b.changed(at.Pos, "metric "+name, "it is called %s here", m.name)
	}
	b.d.metrics = append(b.d.metrics, m)
	return m.name
}

// join adds a join to the rows of another table that a key tells apart; without
// such a key it leads to many rows.
func (b *book) join(at *semantic.Tree, from, to *table, name string, on []semantic.ColumnPair) *join {
	taken := func(n string) bool { return from.join(n) != nil || from.dimension(n) != nil }
	if taken(name) {
		name += "_row"
	}
	j := &join{name: freeName(name, taken), to: to.name, on: on}
	if !to.hasKey(on) {
		j.many = true
		b.changed(at.Pos, "join "+name, "%s declares no key of its columns, so that a row may meet many", to.name)
	}
	from.joins = append(from.joins, j)
	return j
}

// hasKey reports whether a key of the table is among the columns of a join.
func (t *table) hasKey(on []semantic.ColumnPair) bool {
	for _, key := range t.keys {
		n := 0
		for _, c := range key {
			for _, p := range on {
				if p.To == c {
					n++
				}
			}
		}
		if n == len(key) && n > 0 {
			return true
		}
	}
	return false
}

// physical is the column behind a field's name, the name itself where there is
// no such field.
func (b *book) physical(owner, name string) string {
	t := b.tables[b.key(owner)]
	if t == nil {
		return name
	}
	if d := t.dimension(b.fields[b.key(owner, name)]); d != nil && d.column != "" {
		return d.column
	}
	return name
}

// columns are the columns behind the names of fields.
func (b *book) columns(owner string, names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = b.physical(owner, n)
	}
	return out
}

// outside is a column that an expression of a metric names outside of its
// aggregates; "" for none.
func outside(e semantic.Expr) string {
	found := ""
	semantic.Rewrite(e, func(x semantic.Expr) semantic.Expr {
		switch x := x.(type) {
		case semantic.Call:
			if semantic.IsAggregate(x.Func) {
				return x
			}
		case semantic.Filtered:
			if found == "" {
				found = outside(x.X)
			}
			return x
		case semantic.Name:
			if len(x.Path) > 1 && found == "" {
				found = strings.Join(x.Path, ".")
			}
		}
		return nil
	})
	return found
}

// firstTime makes the first time among the dimensions the table's own.
func (b *book) firstTime(at *semantic.Tree, t *table) {
	for _, d := range t.dimensions {
		if d.typ.Kind != semantic.Date && d.typ.Kind != semantic.Timestamp {
			continue
		}
		if t.time == "" {
			t.time = d.name
		} else {
			b.changed(at.Pos, "table "+t.name, "%s is taken for its default time; %s is a time too", t.time, d.name)
			return
		}
	}
}

// measured learns from a metric's expression which attributes of unknown types
// hold numbers: those that are calculated with.
func (b *book) measured(e semantic.Expr) {
	semantic.Walk(e, func(x semantic.Expr) {
		switch x := x.(type) {
		case semantic.Binary:
			if x.Op >= semantic.Add || numeric(x.L) || numeric(x.R) {
				b.number(x.L)
				b.number(x.R)
			}
		case semantic.Call:
			if f, _ := semantic.FunctionNamed(x.Func); f.Kind == semantic.AggregateFunc && !slices.Contains([]string{"count", "count_distinct", "min", "max"}, x.Func) {
				b.number(x.Args[0])
			}
		}
	})
}

func numeric(e semantic.Expr) bool {
	lit, ok := e.(semantic.Lit)
	return ok && lit.Value.IsNumber()
}

// number makes an attribute of an unknown type, or those that a case leads to,
// numbers.
func (b *book) number(e semantic.Expr) {
	switch x := e.(type) {
	case semantic.Case:
		for _, w := range x.Whens {
			b.number(w.Then)
		}
		b.number(x.Else)
	case semantic.Unary:
		b.number(x.X)
	case semantic.Call:
		if f, _ := semantic.FunctionNamed(x.Func); f.Kind == semantic.ScalarFunc {
			for _, a := range x.Args {
				b.number(a)
			}
		}
	case semantic.Name:
		if len(x.Path) != 2 || b.d.table(x.Path[0]) == nil {
			return
		}
		if d := b.d.table(x.Path[0]).dimension(x.Path[1]); d != nil && !d.typed && d.typ.Kind == semantic.Text {
			d.typ = semantic.ColumnType{Kind: semantic.Float}
		}
	}
}

func (b *book) done(format string) *Imported {
	for _, t := range b.d.tables {
		for _, d := range t.dimensions {
			if !d.typed && d.at != nil {
				b.changed(d.at.Pos, "field "+d.name+" of "+t.name, "its type is not known; it is taken for a %s", d.typ.Kind)
			}
		}
	}
	return &Imported{Files: b.d.write(), Notes: b.sorted()}
}
