package sqltree

import (
	"strconv"
	"strings"
)

// Print writes q in the syntax and returns its text and the bound arguments in
// the order of their placeholders. The same tree gives the same bytes. It
// refuses a tree that the syntax cannot say or that breaks a bound.
func Print(q *Query, s *Syntax) (string, []any, error) {
	p := &printer{syn: s}
	p.b.Grow(1024)
	p.query(q)
	if p.err == nil && p.b.Len() > MaxBytes {
		p.fail(TooLarge, "")
	}
	if p.err != nil {
		return "", nil, p.err
	}
	return p.b.String(), p.args, nil
}

type printer struct {
	syn   *Syntax
	b     strings.Builder
	args  []any
	items []Item // of the select being printed, for GROUP BY by alias
	level int    // of indentation
	depth int
	err   error // the first refusal; printing goes on harmlessly after it
}

func (p *printer) fail(code Code, name string) {
	if p.err == nil {
		p.err = refuse(code, -1, name)
	}
}

// enter guards against trees that are too deep; it reports whether to go on.
func (p *printer) enter() bool {
	p.depth++
	if p.depth > 4*MaxDepth {
		p.fail(TooLarge, "")
	}
	return p.err == nil
}

func (p *printer) leave() { p.depth-- }

func (p *printer) text(s string) { p.b.WriteString(s) }

func (p *printer) line() {
	p.b.WriteByte('\n')
	for range p.level {
		p.b.WriteString("  ")
	}
}

func (p *printer) name(s string) {
	if p.syn.NameBytes > 0 && len(s) > p.syn.NameBytes {
		p.fail(BadName, s)
	}
	if err := appendName(&p.b, p.syn.Quote, s); err != nil {
		p.fail(BadName, s)
	}
}

func (p *printer) query(q *Query) {
	if q == nil || !p.enter() {
		p.fail(BadShape, "")
		return
	}
	defer p.leave()
	p.with(q.With)
	p.body(q.Body)
	if len(q.Order) > 0 {
		p.line()
		p.text("ORDER BY ")
		p.orders(q.Order)
	}
	if q.Limit != nil {
		p.line()
		p.text("LIMIT ")
		p.expr(q.Limit, levelPrimary)
		if q.Offset != nil {
			p.text(" OFFSET ")
			p.expr(q.Offset, levelPrimary)
		}
	} else if q.Offset != nil {
		p.fail(BadShape, "OFFSET")
	}
}

func (p *printer) with(ctes []CTE) {
	for i, c := range ctes {
		if i == 0 {
			p.text("WITH ")
		} else {
			p.text(",")
			p.line()
		}
		p.name(c.Name)
		if len(c.Columns) > 0 {
			p.text("(")
			for j, name := range c.Columns {
				p.comma(j)
				p.name(name)
			}
			p.text(")")
		}
		p.text(" AS ")
		p.nested(c.Query)
	}
	if len(ctes) > 0 {
		p.line()
	}
}

// nested prints a query in parentheses on lines of its own.
func (p *printer) nested(q *Query) {
	items := p.items
	p.text("(")
	p.level++
	p.line()
	p.query(q)
	p.level--
	p.line()
	p.text(")")
	p.items = items
}

func (p *printer) body(b Body) {
	switch b := b.(type) {
	case *Select:
		p.selectBody(b)
	case *Union:
		if len(b.Arms) < 2 {
			p.fail(BadShape, "UNION ALL")
		}
		for i, arm := range b.Arms {
			if i > 0 {
				p.line()
				p.text("UNION ALL")
				p.line()
			}
			if _, ok := arm.(*Union); ok {
				p.fail(BadShape, "UNION ALL")
				return
			}
			p.body(arm)
		}
	case *Values:
		p.values(b)
	default:
		p.fail(BadShape, "")
	}
}

func (p *printer) selectBody(s *Select) {
	p.items = s.Items
	p.text("SELECT ")
	if s.Distinct {
		p.text("DISTINCT ")
	}
	if len(s.Items) == 0 {
		p.fail(BadShape, "SELECT")
	}
	p.selectItems(s.Items)
	if s.From != nil {
		p.from(s.From)
	}
	p.predicate("WHERE ", s.Where)
	if len(s.Group) > 0 {
		p.line()
		p.text("GROUP BY ")
		for i, g := range s.Group {
			p.comma(i)
			p.groupKey(g)
		}
	}
	p.predicate("HAVING ", s.Having)
}

func (p *printer) selectItems(items []Item) {
	p.level++
	for i, it := range items {
		if i > 0 {
			p.text(",")
			p.line()
		}
		p.expr(it.Expr, levelOr)
		if it.Alias != "" {
			p.text(" AS ")
			p.name(it.Alias)
		}
	}
	p.level--
}

// groupKey prints a position as such or, where the dialect has none, as the
// alias of the item.
func (p *printer) groupKey(e Expr) {
	o, ok := e.(*Ordinal)
	switch {
	case !ok:
		p.expr(e, levelOr)
	case o.N < 1 || o.N > len(p.items):
		p.fail(BadShape, "GROUP BY")
	case p.syn.GroupByItem:
		p.text(strconv.Itoa(o.N))
	default:
		p.name(p.items[o.N-1].Alias)
	}
}

// predicate prints a condition with each term of an outer AND on its own line.
func (p *printer) predicate(word string, e Expr) {
	if e == nil {
		return
	}
	p.line()
	p.text(word)
	p.level++
	p.terms(e)
	p.level--
}

func (p *printer) terms(e Expr) {
	l, ok := e.(*Logic)
	if !ok || l.Or || len(l.Terms) < 2 {
		p.expr(e, levelOr)
		return
	}
	for i, t := range l.Terms {
		if i > 0 {
			p.line()
			p.text("AND ")
		}
		p.expr(t, levelNot)
	}
}

func (p *printer) values(v *Values) {
	p.text("VALUES ")
	if len(v.Rows) == 0 {
		p.fail(BadShape, "VALUES")
	}
	p.level++
	for i, row := range v.Rows {
		if i > 0 {
			p.text(",")
			p.line()
		}
		if len(row) == 0 || len(row) != len(v.Rows[0]) {
			p.fail(BadShape, "VALUES")
		}
		p.list("(", row)
	}
	p.level--
}

func (p *printer) from(f *From) {
	p.line()
	p.text("FROM ")
	p.source(f.Source)
	for _, j := range f.Joins {
		p.line()
		p.join(j)
	}
}

func (p *printer) join(j Join) {
	switch j.Kind {
	case Left:
		p.text("LEFT JOIN ")
	case Inner:
		p.text("INNER JOIN ")
	case Cross:
		p.text("CROSS JOIN ")
	}
	p.source(j.Source)
	if (j.On == nil) != (j.Kind == Cross) {
		p.fail(BadShape, "JOIN")
		return
	}
	if j.On != nil {
		p.level++
		p.line()
		p.text("ON ")
		p.terms(j.On)
		p.level--
	}
}

func (p *printer) source(s Source) {
	switch s := s.(type) {
	case *Table:
		if s.Schema != "" {
			p.name(s.Schema)
			p.text(".")
		}
		p.name(s.Name)
		if s.Alias != "" {
			p.text(" AS ")
			p.name(s.Alias)
		}
	case *Derived:
		p.nested(s.Query)
		p.text(" AS ")
		p.name(s.Alias)
	default:
		p.fail(BadShape, "FROM")
	}
}

func (p *printer) orders(keys []Order) {
	for i, k := range keys {
		p.comma(i)
		p.expr(k.Expr, levelOr)
		if k.Desc {
			p.text(" DESC")
		}
		if k.Nulls == NullsUnsaid {
			continue
		}
		if !p.syn.NullsOrder {
			p.fail(UnsupportedHere, "NULLS")
		}
		if k.Nulls == NullsFirst {
			p.text(" NULLS FIRST")
		} else {
			p.text(" NULLS LAST")
		}
	}
}

// list prints open, the expressions and a closing parenthesis.
func (p *printer) list(open string, xs []Expr) {
	p.text(open)
	for i, x := range xs {
		p.comma(i)
		p.expr(x, levelOr)
	}
	p.text(")")
}

func (p *printer) comma(i int) {
	if i > 0 {
		p.text(", ")
	}
}
