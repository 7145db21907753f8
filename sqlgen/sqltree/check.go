package sqltree

// Allow lists what a statement may read. Functions and types come with the
// Syntax.
type Allow struct {
	// Tables holds each readable table with the columns that may be named. The
	// comparison is exact, letter by letter.
	Tables map[TableName][]string
}

// TableName is a table, with its schema when the model writes one.
type TableName struct{ Schema, Name string }

// Check parses text, resolves every table, column and function against the
// lists with full scoping, and returns the statement printed again from the
// tree, with every column qualified. Only what it returns may be run. It never
// panics; the error is a *Refusal.
func Check(text string, s *Syntax, allow Allow) (string, error) {
	canonical, _, err := check(text, s, allow)
	return canonical, err
}

// CheckArgs is Check for a text that comes with its bound arguments; it also
// refuses when their number is not that of the placeholders.
func CheckArgs(text string, args []any, s *Syntax, allow Allow) (string, error) {
	canonical, slots, err := check(text, s, allow)
	if err == nil && slots != len(args) {
		return "", refuse(BadArgument, -1, "")
	}
	return canonical, err
}

func check(text string, s *Syntax, allow Allow) (canonical string, slots int, err error) {
	q, err := Parse(text, s)
	if err != nil {
		return "", 0, err
	}
	if err := Resolve(q, s, allow); err != nil {
		return "", 0, err
	}
	canonical, args, err := Print(q, s)
	return canonical, len(args), err
}

// Resolve holds a parsed tree against the lists and qualifies its bare columns
// in place. A CTE may not bear the name of a listed table, so that a name means
// one thing throughout.
func Resolve(q *Query, s *Syntax, allow Allow) error {
	r := &resolver{syn: s, allow: allow}
	out := r.query(q, nil, nil)
	if r.err == nil {
		r.distinctNames(out)
	}
	return r.err
}

type resolver struct {
	syn   *Syntax
	allow Allow
	err   error
}

func (r *resolver) fail(code Code, name string) {
	if r.err == nil {
		r.err = refuse(code, -1, name)
	}
}

// scope is what a SELECT's expressions can name; outer is the enclosing query's.
type scope struct {
	sources []named
	outer   *scope
	output  []string        // names of the items, for ORDER BY and GROUP BY by alias
	bare    map[string]bool // names of items that are that very column
}

// named is a source or CTE with its columns.
type named struct {
	name    string
	columns []string
}

// query resolves q and returns the names of its columns; an unnamed one is "".
// ctes are those in scope, latest last.
func (r *resolver) query(q *Query, outer *scope, ctes []named) []string {
	own := len(ctes)
	for _, c := range q.With {
		cols := r.query(c.Query, outer, ctes)
		if len(c.Columns) > 0 {
			if len(c.Columns) != len(cols) {
				r.fail(BadShape, c.Name)
			}
			cols = c.Columns
		}
		r.distinctNames(cols)
		r.newCTE(c.Name, ctes[own:])
		ctes = append(ctes[:len(ctes):len(ctes)], named{c.Name, cols})
	}
	out, sc := r.body(q.Body, outer, ctes)
	for _, o := range q.Order {
		r.expr(o.Expr, &place{scope: sc, ctes: ctes, aggregate: true, window: true, names: outputFirst})
	}
	return out
}

func (r *resolver) newCTE(name string, siblings []named) {
	for _, s := range siblings {
		if s.name == name {
			r.fail(NameCollision, name)
		}
	}
	for t := range r.allow.Tables {
		if t.Schema == "" && t.Name == name {
			r.fail(NameCollision, name)
		}
	}
}

// body returns the columns and the scope that ORDER BY sees.
func (r *resolver) body(b Body, outer *scope, ctes []named) ([]string, *scope) {
	switch b := b.(type) {
	case *Select:
		return r.selectBody(b, outer, ctes)
	case *Union:
		var first []string
		for i, arm := range b.Arms {
			cols, _ := r.body(arm, outer, ctes)
			if i == 0 {
				first = cols
			} else if len(cols) != len(first) {
				r.fail(BadShape, "UNION ALL")
			}
		}
		return first, &scope{output: first}
	case *Values:
		if len(b.Rows) == 0 {
			break
		}
		for _, row := range b.Rows {
			for _, x := range row {
				r.expr(x, &place{scope: &scope{outer: outer}, ctes: ctes})
			}
		}
		return make([]string, len(b.Rows[0])), &scope{}
	}
	r.fail(BadShape, "")
	return nil, &scope{}
}

func (r *resolver) selectBody(s *Select, outer *scope, ctes []named) ([]string, *scope) {
	sc := &scope{outer: outer, bare: map[string]bool{}}
	if s.From != nil {
		r.from(s.From, sc, ctes)
	}
	out := make([]string, len(s.Items))
	for i, it := range s.Items {
		r.expr(it.Expr, &place{scope: sc, ctes: ctes, aggregate: true, window: true})
		out[i] = it.Alias
		if c, ok := it.Expr.(*Col); ok && (it.Alias == "" || it.Alias == c.Name) {
			out[i] = c.Name
			sc.bare[c.Name] = true
		}
	}
	r.expr(s.Where, &place{scope: sc, ctes: ctes})
	sc.output = out
	for _, g := range s.Group {
		if o, ok := g.(*Ordinal); ok {
			if o.N > len(out) {
				r.fail(BadShape, "GROUP BY")
			}
			continue
		}
		r.expr(g, &place{scope: sc, ctes: ctes, names: outputToo})
	}
	r.expr(s.Having, &place{scope: sc, ctes: ctes, aggregate: true})
	return out, sc
}

// from adds the sources one by one, so that a condition sees only what stands
// before it; derived tables see nothing of their neighbours.
func (r *resolver) from(f *From, sc *scope, ctes []named) {
	r.source(f.Source, sc, ctes)
	for _, j := range f.Joins {
		r.source(j.Source, sc, ctes)
		r.expr(j.On, &place{scope: sc, ctes: ctes})
	}
}

func (r *resolver) source(s Source, sc *scope, ctes []named) {
	var n named
	switch s := s.(type) {
	case *Table:
		n = named{s.Alias, r.tableColumns(s, ctes)}
		if s.Alias == "" {
			n.name = s.Name
		}
	case *Derived:
		n = named{s.Alias, r.query(s.Query, sc.outer, ctes)}
		r.distinctNames(n.columns)
	}
	for _, other := range sc.sources {
		if other.name == n.name {
			r.fail(NameCollision, n.name)
		}
	}
	sc.sources = append(sc.sources, n)
}

func (r *resolver) tableColumns(t *Table, ctes []named) []string {
	if t.Schema == "" {
		for i := len(ctes) - 1; i >= 0; i-- {
			if ctes[i].name == t.Name {
				return ctes[i].columns
			}
		}
	}
	cols, ok := r.allow.Tables[TableName{t.Schema, t.Name}]
	if !ok {
		r.fail(UnknownTable, t.Name)
	}
	return cols
}

// distinctNames refuses a column name that comes twice; "" may.
func (r *resolver) distinctNames(cols []string) {
	if len(cols) < 2 {
		return
	}
	seen := make(map[string]bool, len(cols))
	for _, c := range cols {
		if c != "" && seen[c] {
			r.fail(NameCollision, c)
		}
		seen[c] = true
	}
}
