package sqltree

import "strconv"

// Nest rewrites a query for a Plain syntax: a common table expression becomes a
// derived table wherever it is read, a select joins two derived tables at most,
// EXISTS over the rows that equal a tuple becomes the tuple's membership, and
// DISTINCT a grouping by all items.
// Every column of a derived table gets a name that no other has, since such
// engines take an alias for a column wherever one is meant. The trees of q are
// not changed. What cannot be said so is a *Refusal with the code
// UnsupportedHere.
func Nest(q *Query, s *Syntax) (*Query, error) {
	n := &nester{respell: s.Respell}
	if n.respell == nil {
		n.respell = func(c *Call) Expr { return c }
	}
	out := n.query(q, nil, "")
	return out, n.err
}

type nester struct {
	respell func(*Call) Expr
	err     error
}

func (n *nester) fail(what string) {
	if n.err == nil {
		n.err = refuse(UnsupportedHere, -1, what)
	}
}

// query nests q; names that begin with prefix are given to its columns, if it is
// not empty.
func (n *nester) query(q *Query, ctes []CTE, prefix string) *Query {
	ctes = append(ctes[:len(ctes):len(ctes)], q.With...)
	out := &Query{Limit: q.Limit, Offset: q.Offset}
	switch b := q.Body.(type) {
	case *Select:
		out.Body, out.Order = n.selected(b, q.Order, ctes, prefix)
	case *Union:
		u := &Union{}
		for _, arm := range b.Arms {
			s, ok := arm.(*Select)
			if !ok || len(q.Order) > 0 {
				n.fail("UNION ALL")
				return out
			}
			nested, _ := n.selected(s, nil, ctes, prefix)
			u.Arms = append(u.Arms, nested)
		}
		out.Body = u
	default:
		n.fail("VALUES")
	}
	return out
}

// column is where a select finds a column.
type columnOf func(*Col) Expr

func (n *nester) mapping(column columnOf, ctes []CTE) mapping {
	m := mapping{column: func(c *Col) Expr { return column(c) }, call: n.respell}
	m.query = func(q *Query) *Query { return n.query(q, ctes, "") }
	m.exists = func(e *Exists) Expr { return n.member(e, m, ctes) }
	return m
}

// member is EXISTS (SELECT 1 FROM a set WHERE its columns equal a tuple) as the
// membership of the tuple. A tuple with a null is none.
func (n *nester) member(e *Exists, m mapping, ctes []CTE) Expr {
	s, ok := e.Query.Body.(*Select)
	table, isTable := (*Table)(nil), false
	if ok && s.From != nil && len(s.From.Joins) == 0 {
		table, isTable = s.From.Source.(*Table)
	}
	if !isTable || s.Where == nil {
		n.fail("EXISTS")
		return NullLit()
	}
	keys := &Select{From: s.From}
	tuple := &Call{Name: "tuple"}
	var known, unknown []Expr
	for i, term := range termsOf(s.Where) {
		b, ok := term.(*Binary)
		c, isColumn := (*Col)(nil), false
		if ok && b.Op == Eq {
			c, isColumn = b.L.(*Col)
		}
		if !isColumn || c.Table != aliasOf(table) {
			n.fail("EXISTS")
			return NullLit()
		}
		x := m.expr(b.R)
		tuple.Args = append(tuple.Args, x)
		known, unknown = append(known, &IsNull{X: x, Not: true}), append(unknown, &IsNull{X: x})
		keys.Items = append(keys.Items, Item{Expr: c, Alias: "n" + strconv.Itoa(i)})
		keys.Where = And(keys.Where, &IsNull{X: c, Not: true})
	}
	in := &InQuery{X: tuple, Query: n.query(&Query{Body: keys}, ctes, ""), Not: e.Not}
	if e.Not {
		return Or(append([]Expr{in}, unknown...)...)
	}
	return And(append(known, in)...)
}

func termsOf(e Expr) []Expr {
	if l, ok := e.(*Logic); ok && !l.Or {
		return l.Terms
	}
	if e == nil {
		return nil
	}
	return []Expr{e}
}

func aliasOf(s Source) string {
	switch s := s.(type) {
	case *Table:
		if s.Alias == "" {
			return s.Name
		}
		return s.Alias
	case *Derived:
		return s.Alias
	}
	return ""
}

// selected nests one select and the order of its rows.
func (n *nester) selected(s *Select, order []Order, ctes []CTE, prefix string) (*Select, []Order) {
	grouped := len(s.Group) > 0 || s.Having != nil
	out := &Select{Distinct: s.Distinct && grouped}
	var m mapping
	where := s.Where
	switch {
	case s.From == nil:
		m = n.mapping(func(c *Col) Expr { return c }, ctes)
	case len(s.From.Joins) == 0:
		source, column := n.source(s.From.Source, ctes)
		out.From, m = &From{Source: source}, n.mapping(column, ctes)
	default:
		j := n.joins(s, ctes)
		var home []Expr
		home, where = j.split(where)
		m = n.mapping(j.column(len(s.From.Joins)), ctes)
		defer func() { out.From = j.from(len(s.From.Joins), home) }()
	}
	for _, it := range s.Items {
		out.Items = append(out.Items, Item{Expr: m.expr(it.Expr), Alias: prefix + itemName(it)})
	}
	out.Where, out.Having, out.Group = m.expr(where), m.expr(s.Having), m.exprs(s.Group)
	if s.Distinct && !grouped { // whose DISTINCT keeps the null rows of every shard
		for _, it := range out.Items {
			out.Group = append(out.Group, it.Expr)
		}
	}
	return out, m.orders(order)
}

func itemName(it Item) string {
	if c, ok := it.Expr.(*Col); ok && it.Alias == "" {
		return c.Name
	}
	return it.Alias
}

// source is a source on its own and where its columns are.
func (n *nester) source(s Source, ctes []CTE) (Source, columnOf) {
	var names []string
	d, ok := s.(*Derived)
	if t, isTable := s.(*Table); isTable && t.Schema == "" {
		for i := len(ctes) - 1; i >= 0 && !ok; i-- {
			if ctes[i].Name == t.Name {
				d, ok = &Derived{Query: ctes[i].Query, Alias: aliasOf(t)}, true
				names, ctes = ctes[i].Columns, ctes[:i]
			}
		}
	}
	if !ok {
		return s, func(c *Col) Expr { return c }
	}
	prefix := d.Alias + "_"
	nested := n.query(d.Query, ctes, prefix)
	for i, name := range names {
		rename(nested.Body, i, prefix+name)
	}
	return &Derived{Query: nested, Alias: d.Alias},
		func(c *Col) Expr { return &Col{Table: c.Table, Name: prefix + c.Name} }
}

// rename gives an item of every arm a name.
func rename(b Body, item int, name string) {
	switch b := b.(type) {
	case *Select:
		if item < len(b.Items) {
			b.Items[item].Alias = name
		}
	case *Union:
		for _, arm := range b.Arms {
			rename(arm, item, name)
		}
	}
}
