package sqlgen

import (
	"reflect"
	"slices"
	"strconv"

	"wenshu/semantic"
	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
)

func scanAlias(i int) string { return "t" + strconv.Itoa(i) }

// rowScope translates expressions over the rows of scans.
func (c *compiler) rowScope() scope {
	return c.columnScope(func(col semantic.Column) sqltree.Expr { return sqltree.C(scanAlias(col.Scan), col.Name) })
}

// columnScope translates expressions over columns that are found somewhere.
func (c *compiler) columnScope(at func(semantic.Column) sqltree.Expr) scope {
	s := scope{c: c}
	s.leaf = func(e semantic.Expr, raw bool) (value, bool) {
		col, ok := e.(semantic.Column)
		if !ok {
			return value{}, false
		}
		v := value{x: at(col), kind: col.Type.Kind}
		if col.Type.Kind == semantic.Decimal {
			v.scale = int(col.Type.Scale)
		}
		if v.kind == semantic.Text {
			v.x = c.d.Text(v.x)
		}
		if raw || !v.time() {
			return v, true
		}
		m, err := c.clocks.moment(v.x, col.Type)
		c.fail(err)
		return m, true
	}
	return s
}

// from joins the scans, each with its rules where no join above can undo them:
// the home's in the returned condition, the others' in their ON clause.
func (c *compiler) from(s scope, scans []semantic.Scan) (*sqltree.From, sqltree.Expr) {
	f := &sqltree.From{}
	var home sqltree.Expr
	for i, sc := range scans {
		name := c.permit(sc)
		table := &sqltree.Table{Schema: name.Schema, Name: name.Name, Alias: scanAlias(i)}
		rules := c.rules(s, sc)
		source := sqltree.Source(table)
		if sc.Ends != nil {
			source, rules = c.versions(s, sc, i, table, rules), nil
		}
		if sc.Moves != nil {
			source, rules = c.movedDays(sc, i, table, rules), nil
		}
		if i == 0 {
			f.Source, home = source, rules
			continue
		}
		f.Joins = append(f.Joins, sqltree.Join{Kind: sqltree.Left, Source: source, On: sqltree.And(c.on(s, sc, i), rules)})
	}
	if len(scans) == 0 {
		c.fault("a branch without scans")
	}
	return f, home
}

func (c *compiler) rules(s scope, sc semantic.Scan) sqltree.Expr {
	if sc.Never {
		return &sqltree.Lit{Kind: sqltree.False}
	}
	return s.all(sc.Rules)
}

// all is the conjunction of conditions, nil for none.
func (s scope) all(conds []semantic.Expr) sqltree.Expr {
	var out []sqltree.Expr
	for _, e := range conds {
		out = append(out, s.cond(e))
	}
	return and(out...)
}

// and joins conditions and drops a test for null of what is compared anyway,
// which costs some engines a pass over the column.
func and(terms ...sqltree.Expr) sqltree.Expr {
	joined, ok := sqltree.And(terms...).(*sqltree.Logic)
	if !ok || joined.Or {
		return sqltree.And(terms...)
	}
	var out []sqltree.Expr
	for _, t := range joined.Terms {
		if null, ok := t.(*sqltree.IsNull); ok && null.Not && compares(joined.Terms, null.X) {
			continue
		}
		out = append(out, t)
	}
	return sqltree.And(out...)
}

// compares reports a condition that holds for no row in which x is null.
func compares(terms []sqltree.Expr, x sqltree.Expr) bool {
	return slices.ContainsFunc(terms, func(t sqltree.Expr) bool {
		c, ok := t.(*sqltree.Binary)
		return ok && c.Op <= sqltree.Ge && reflect.DeepEqual(c.L, x)
	})
}

// on is the equalities of a join and, for versions, the half-open span in which
// the version holds.
func (c *compiler) on(s scope, sc semantic.Scan, i int) sqltree.Expr {
	var terms []sqltree.Expr
	for _, p := range sc.On {
		terms = append(terms, sqltree.Op(sqltree.Eq, sqltree.C(scanAlias(i), p.To), sqltree.C(scanAlias(sc.Parent), p.From)))
	}
	for _, p := range sc.Meets {
		if c.plain() {
			c.fail(unsupported("join", c.source))
		}
		terms = append(terms, sqltree.Op(sqltree.Eq, s.value(p.To).x, s.value(p.From).x))
	}
	for _, p := range sc.With {
		terms = append(terms, sqltree.Op(sqltree.Eq, sqltree.C(scanAlias(i), p.To), sqltree.C(scanAlias(0), p.From)))
	}
	if len(terms) == 0 || sc.Parent < 0 || sc.Parent >= i {
		c.fault("table %s is joined to nothing", sc.Table.Name)
	}
	if sc.At != nil {
		terms = append(terms, c.valid(s, sc))
	}
	return sqltree.And(terms...)
}

// valid is that the moment lies in the half-open span of the version.
func (c *compiler) valid(s scope, sc semantic.Scan) sqltree.Expr {
	at, from, to := s.value(sc.At), s.value(sc.From), s.value(sc.To)
	open := &sqltree.IsNull{X: to.x}
	return sqltree.And(
		c.ordered(sqltree.Le, from, at),
		sqltree.Or(c.ordered(sqltree.Gt, to, at), open))
}

// versions is a table of versions with the end of each: where the next one of
// the same thing begins. Rules hold before, so that a hidden version ends none.
func (c *compiler) versions(s scope, sc semantic.Scan, i int, table *sqltree.Table, rules sqltree.Expr) sqltree.Source {
	c.needWindows()
	alias := scanAlias(i)
	sel := &sqltree.Select{From: &sqltree.From{Source: table}, Where: rules}
	for _, col := range sc.Columns {
		sel.Items = append(sel.Items, sqltree.Item{Expr: sqltree.C(alias, col), Alias: col})
	}
	from, ok := sc.Table.Validity.From.Expr.(semantic.Name)
	if !ok {
		c.fault("the validity of %s is no column", sc.Table.Name)
		return table
	}
	begin := sqltree.C(alias, from.Path[len(from.Path)-1])
	next := sqltree.Fn("min", begin)
	next.Over = &sqltree.Window{Order: []sqltree.Order{{Expr: begin}}, Frame: &sqltree.Frame{
		Start: sqltree.Bound{Kind: sqltree.Following, N: 1}, End: sqltree.Bound{Kind: sqltree.UnboundedFollowing}}}
	for _, col := range sc.Ends {
		next.Over.Partition = append(next.Over.Partition, sqltree.C(alias, col))
	}
	sel.Items = append(sel.Items, sqltree.Item{Expr: next, Alias: semantic.VersionEnd})
	if typ := sc.Table.Validity.From.Type; typ.Coding == semantic.CodedText && !dialect.SortsAsTime(typ.Layout) {
		c.fail(unsupported("validity", typ.Layout))
	}
	return &sqltree.Derived{Query: &sqltree.Query{Body: sel}, Alias: alias}
}

// ordered compares two times, a date with a timestamp as its midnight.
func (c *compiler) ordered(op sqltree.BinaryOp, l, r value) sqltree.Expr {
	if l.kind != r.kind {
		l.x = c.d.Trunc(l.x, semantic.Second, nil)
		r.x = c.d.Trunc(r.x, semantic.Second, nil)
	}
	return sqltree.Op(op, l.x, r.x)
}
