package sqltree

import (
	"slices"
	"strconv"
)

// joins is a chain of joins on its way to a chain of selects with one join each.
// Level 0 is the first source, level i what the first i joins give. Sources are
// known by alias; the columns that somebody asks for are carried upwards.
type joins struct {
	n       *nester
	ctes    []CTE
	from0   *From
	aliases []string
	needs   map[string][]string // by alias
	early   []Expr              // conditions that a join may look at as well
}

func (n *nester) joins(s *Select, ctes []CTE) *joins {
	j := &joins{n: n, ctes: ctes, from0: s.From, aliases: []string{aliasOf(s.From.Source)}, needs: map[string][]string{}}
	for _, join := range s.From.Joins {
		j.aliases = append(j.aliases, aliasOf(join.Source))
	}
	return j
}

// left is the alias of all that stands before join i.
func left(i int) string { return "f" + strconv.Itoa(i) }

// carried is the name of a source's column behind its level.
func carried(c *Col) string { return c.Table + "_" + c.Name }

// column is where a select over level i finds a column.
func (j *joins) column(i int) columnOf {
	return func(c *Col) Expr {
		if !slices.Contains(j.needs[c.Table], c.Name) {
			j.needs[c.Table] = append(j.needs[c.Table], c.Name)
		}
		at := left(i)
		if i > 0 && c.Table == j.aliases[i] {
			at = c.Table
		}
		return &Col{Table: at, Name: carried(c)}
	}
}

// levelsOf are the levels whose columns an expression names.
func (j *joins) levelsOf(e Expr) []int {
	var out []int
	m := mapping{
		column: func(c *Col) Expr { out = append(out, slices.Index(j.aliases, c.Table)); return c },
		call:   func(c *Call) Expr { return c },
		query:  func(q *Query) *Query { return q }, // sets know nothing of what is around them
	}
	m.exists = func(e *Exists) Expr {
		if s, ok := e.Query.Body.(*Select); ok {
			for _, t := range termsOf(s.Where) {
				if b, ok := t.(*Binary); ok {
					m.expr(b.R)
				}
			}
		}
		return e
	}
	m.expr(e)
	return out
}

// only reports an expression that names columns of one level and no others.
func (j *joins) only(e Expr, level int) bool {
	levels := j.levelsOf(e)
	return len(levels) > 0 && !slices.ContainsFunc(levels, func(l int) bool { return l != level })
}

// split parts the conditions of the first source from the rest.
func (j *joins) split(where Expr) (home []Expr, rest Expr) {
	for _, t := range termsOf(where) {
		if j.only(t, 0) {
			home = append(home, t)
			continue
		}
		rest = And(rest, t)
		if rejectsNulls(t) {
			j.early = append(j.early, t)
		}
	}
	return home, rest
}

// rejectsNulls reports a comparison of a bare column that no row without a
// partner fulfils, so that partners which do not fulfil it may be left out
// before they are joined.
func rejectsNulls(e Expr) bool {
	var x Expr
	switch e := e.(type) {
	case *Binary:
		if e.Op <= Ge {
			x = e.L
		}
	case *InList:
		if !e.Not {
			x = e.X
		}
	case *Between:
		if !e.Not {
			x = e.X
		}
	}
	_, ok := x.(*Col)
	return ok
}

// from is level i for a select that has asked for its columns.
func (j *joins) from(i int, home []Expr) *From {
	join := j.from0.Joins[i-1]
	right, keys := j.right(i, join)
	before := &Select{}
	columns := j.column(i - 1)
	if i == 1 {
		source, column := j.n.source(j.from0.Source, j.ctes)
		before.From = &From{Source: source}
		m := j.n.mapping(column, j.ctes)
		before.Where = m.expr(And(home...))
		columns = column
	}
	m := j.n.mapping(columns, j.ctes)
	out := &From{Source: &Derived{Query: &Query{Body: before}, Alias: left(i)}}
	joined := Join{Kind: join.Kind, Source: &Derived{Query: &Query{Body: right}, Alias: j.aliases[i]}}
	var on []Expr
	for k, key := range keys {
		mine := "l" + strconv.Itoa(k) + "_" + j.aliases[i]
		before.Items = append(before.Items, Item{Expr: m.expr(key.left), Alias: mine})
		on = append(on, Op(Eq, C(left(i), mine), C(j.aliases[i], key.name)))
	}
	joined.On = And(on...)
	for _, alias := range j.aliases[:i] {
		for _, name := range j.needs[alias] {
			c := &Col{Table: alias, Name: name}
			before.Items = append(before.Items, Item{Expr: m.expr(c), Alias: carried(c)})
		}
	}
	if len(before.Items) == 0 {
		before.Items = []Item{{Expr: Int(1), Alias: "f_" + j.aliases[i]}}
	}
	if i > 1 {
		before.From = j.from(i-1, home)
	}
	out.Joins = []Join{joined}
	return out
}

// key is one equality of a join: an expression over what stands before, and the
// name of the other side.
type key struct {
	left Expr
	name string
}

// right is the select of what join i adds: the keys and the columns that are
// asked for, where the conditions on it alone hold.
func (j *joins) right(i int, join Join) (*Select, []key) {
	source, column := j.n.source(join.Source, j.ctes)
	m := j.n.mapping(column, j.ctes)
	s := &Select{From: &From{Source: source}}
	var keys []key
	for _, t := range termsOf(join.On) {
		if j.only(t, i) || constantTerm(t) {
			s.Where = And(s.Where, m.expr(t))
			continue
		}
		l, r := j.equality(t, i)
		if l == nil {
			j.n.fail("JOIN")
			return s, nil
		}
		k := key{left: l, name: "j" + strconv.Itoa(len(keys)) + "_" + j.aliases[i]}
		keys = append(keys, k)
		s.Items = append(s.Items, Item{Expr: m.expr(r), Alias: k.name})
	}
	if len(keys) == 0 && join.Kind != Cross {
		j.n.fail("JOIN")
	}
	for _, t := range j.early {
		if j.only(t, i) {
			s.Where = And(s.Where, m.expr(t))
		}
	}
	for _, name := range j.needs[j.aliases[i]] {
		c := &Col{Table: j.aliases[i], Name: name}
		s.Items = append(s.Items, Item{Expr: m.expr(c), Alias: carried(c)})
	}
	return s, keys
}

func constantTerm(e Expr) bool {
	l, ok := e.(*Lit)
	return ok && (l.Kind == True || l.Kind == False)
}

// equality gives the side of what stands before join i and that of what it adds;
// nil for a term that is no such equality.
func (j *joins) equality(e Expr, i int) (before, added Expr) {
	b, ok := e.(*Binary)
	if !ok || b.Op != Eq {
		return nil, nil
	}
	l, r := b.L, b.R
	if j.only(l, i) {
		l, r = r, l
	}
	levels := j.levelsOf(l)
	if !j.only(r, i) || len(levels) == 0 || slices.ContainsFunc(levels, func(at int) bool { return at < 0 || at >= i }) {
		return nil, nil
	}
	return l, r
}
