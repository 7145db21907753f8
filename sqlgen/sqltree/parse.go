package sqltree

import (
	"strconv"
	"strings"
)

// Parse reads one statement of the subset in the syntax. It resolves no names;
// Check does. Print of the result gives the canonical text, and parsing that
// gives the same tree again.
func Parse(text string, s *Syntax) (*Query, error) {
	toks, err := lex(text, s.Quote)
	if err != nil {
		return nil, err
	}
	p := &parser{syn: s, toks: toks}
	if !p.startsQuery() {
		p.fail(NotSelect)
	}
	q := p.query()
	if p.err == nil && p.cur().kind != tokEnd {
		p.fail(Unexpected)
	}
	if p.err != nil {
		return nil, p.err
	}
	return q, nil
}

// parser is a recursive descent with one sticky refusal. Once it has refused,
// it sees only the end of the text, so that every loop ends.
type parser struct {
	syn   *Syntax
	toks  []token
	pos   int
	slots int
	depth int
	nodes int
	err   error
}

func (p *parser) fail(code Code) {
	if p.err == nil {
		t := p.cur()
		p.err = refuse(code, t.at, t.text)
	}
	p.pos = len(p.toks) - 1
}

func (p *parser) cur() token { return p.toks[p.pos] }

func (p *parser) peek() token {
	if p.pos+1 < len(p.toks) {
		return p.toks[p.pos+1]
	}
	return p.cur()
}

func (p *parser) advance() token {
	t := p.cur()
	if p.pos < len(p.toks)-1 {
		p.pos++
	}
	return t
}

func (t token) is(word string) bool {
	return t.kind == tokWord && len(t.text) == len(word) && strings.EqualFold(t.text, word)
}

func (t token) sign(s string) bool { return t.kind == tokSign && t.text == s }

func (p *parser) accept(word string) bool {
	if p.cur().is(word) {
		p.advance()
		return true
	}
	return false
}

func (p *parser) acceptSign(s string) bool {
	if p.cur().sign(s) {
		p.advance()
		return true
	}
	return false
}

func (p *parser) expect(words ...string) {
	for _, w := range words {
		if !p.accept(w) {
			p.fail(Unexpected)
		}
	}
}

func (p *parser) expectSign(s string) {
	if !p.acceptSign(s) {
		p.fail(Unexpected)
	}
}

// enter counts a level and a node; it reports whether to go on.
func (p *parser) enter() bool {
	p.depth++
	p.nodes++
	if p.depth > MaxDepth || p.nodes > MaxNodes {
		p.fail(TooLarge)
	}
	return p.err == nil
}

func (p *parser) leave() { p.depth-- }

// reserved words never stand for a table, a column or an alias unless quoted.
var reserved = wordSet(`all and any array as asc between by case cast check collate column create cross current
 default delete desc distinct drop else end escape except exists explain fetch filter final first following for
 foreign format from full global glob group having if ilike in index inner insert intersect interval into is
 isnull join last lateral left like limit lock match materialized natural not notnull null nulls of offset on or
 order outer over partition pragma preceding prewhere qualify range recursive references regexp replace returning
 right rlike row rows sample select semi set settings similar some straight_join table tablesample then ties to
 top truncate unbounded union unique update using values when where window with within`)

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// name reads an identifier, quoted or bare and not reserved.
func (p *parser) name() string {
	t := p.cur()
	if t.kind == tokName || t.kind == tokWord && !reserved[strings.ToLower(t.text)] {
		p.advance()
		return t.text
	}
	p.fail(Unexpected)
	return ""
}

func (p *parser) startsQuery() bool {
	t := p.cur()
	return t.is("SELECT") || t.is("WITH") || t.is("VALUES")
}

func (p *parser) query() *Query {
	q := &Query{}
	if !p.enter() {
		return q
	}
	defer p.leave()
	if p.accept("WITH") {
		q.With = append(q.With, p.cte())
		for p.acceptSign(",") {
			q.With = append(q.With, p.cte())
		}
	}
	q.Body = p.body()
	if p.accept("ORDER") {
		p.expect("BY")
		q.Order = p.orders()
	}
	if p.accept("LIMIT") {
		q.Limit = p.count()
		if p.accept("OFFSET") {
			q.Offset = p.count()
		}
	}
	return q
}

// nested reads a query and the parenthesis that closes it.
func (p *parser) nested() *Query {
	if !p.startsQuery() {
		p.fail(Unexpected)
	}
	q := p.query()
	p.expectSign(")")
	return q
}

func (p *parser) cte() CTE {
	c := CTE{Name: p.name()}
	if p.acceptSign("(") {
		c.Columns = append(c.Columns, p.name())
		for p.acceptSign(",") {
			c.Columns = append(c.Columns, p.name())
		}
		p.expectSign(")")
	}
	p.expect("AS")
	p.expectSign("(")
	c.Query = p.nested()
	return c
}

func (p *parser) body() Body {
	first := p.arm()
	if !p.cur().is("UNION") {
		return first
	}
	u := &Union{Arms: []Body{first}}
	for p.accept("UNION") {
		p.expect("ALL")
		u.Arms = append(u.Arms, p.arm())
	}
	return u
}

func (p *parser) arm() Body {
	if p.accept("VALUES") {
		return p.values()
	}
	p.expect("SELECT")
	s := &Select{Distinct: p.accept("DISTINCT")}
	s.Items = append(s.Items, p.item())
	for p.acceptSign(",") {
		s.Items = append(s.Items, p.item())
	}
	if p.accept("FROM") {
		s.From = p.from()
	}
	if p.accept("WHERE") {
		s.Where = p.expr()
	}
	if p.accept("GROUP") {
		p.expect("BY")
		s.Group = append(s.Group, p.groupKey())
		for p.acceptSign(",") {
			s.Group = append(s.Group, p.groupKey())
		}
	}
	if p.accept("HAVING") {
		s.Having = p.expr()
	}
	return s
}

func (p *parser) values() Body {
	v := &Values{}
	for {
		p.expectSign("(")
		row := p.exprs()
		p.expectSign(")")
		v.Rows = append(v.Rows, row)
		if len(row) != len(v.Rows[0]) {
			p.fail(BadShape)
		}
		if !p.acceptSign(",") {
			return v
		}
	}
}

func (p *parser) item() Item {
	it := Item{Expr: p.expr()}
	if p.accept("AS") {
		it.Alias = p.name()
	}
	return it
}

// groupKey reads a position or an expression.
func (p *parser) groupKey() Expr {
	if t := p.cur(); t.kind == tokNumber {
		n, err := strconv.Atoi(t.text)
		if err != nil || n < 1 || !p.syn.GroupByItem {
			p.fail(BadShape)
		}
		p.advance()
		return &Ordinal{N: n}
	}
	return p.expr()
}

func (p *parser) from() *From {
	f := &From{Source: p.source()}
	for {
		j, ok := p.join()
		if !ok {
			return f
		}
		f.Joins = append(f.Joins, j)
	}
}

// join reads one join. JOIN alone is INNER JOIN; OUTER after LEFT is noise. The
// comma join is refused: it hides a missing condition.
func (p *parser) join() (Join, bool) {
	var j Join
	switch {
	case p.accept("LEFT"):
		p.accept("OUTER")
		j.Kind = Left
	case p.accept("INNER"), p.cur().is("JOIN"):
		j.Kind = Inner
	case p.accept("CROSS"):
		j.Kind = Cross
	default:
		return j, false
	}
	p.expect("JOIN")
	j.Source = p.source()
	if j.Kind != Cross {
		p.expect("ON")
		j.On = p.expr()
	}
	return j, true
}

func (p *parser) source() Source {
	if p.acceptSign("(") {
		d := &Derived{Query: p.nested()}
		p.expect("AS")
		d.Alias = p.name()
		return d
	}
	t := &Table{Name: p.name()}
	if p.acceptSign(".") {
		t.Schema, t.Name = t.Name, p.name()
	}
	if p.accept("AS") {
		t.Alias = p.name()
	}
	return t
}

func (p *parser) orders() []Order {
	keys := []Order{p.order()}
	for p.acceptSign(",") {
		keys = append(keys, p.order())
	}
	return keys
}

func (p *parser) order() Order {
	o := Order{Expr: p.expr()}
	if !p.accept("ASC") {
		o.Desc = p.accept("DESC")
	}
	if p.accept("NULLS") {
		o.Nulls = NullsLast
		if p.accept("FIRST") {
			o.Nulls = NullsFirst
		} else {
			p.expect("LAST")
		}
		if !p.syn.NullsOrder {
			p.fail(UnsupportedHere)
		}
	}
	return o
}

// count reads what LIMIT and OFFSET take: a whole number or an argument.
func (p *parser) count() Expr {
	switch t := p.cur(); {
	case t.kind == tokSlot:
		return p.slot()
	case t.kind == tokNumber:
		if _, err := strconv.Atoi(t.text); err == nil {
			p.advance()
			return &Lit{Kind: Number, Text: t.text}
		}
	}
	p.fail(Unexpected)
	return nil
}
