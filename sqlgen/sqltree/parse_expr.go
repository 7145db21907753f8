package sqltree

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

func (p *parser) exprs() []Expr {
	xs := []Expr{p.expr()}
	for p.acceptSign(",") {
		xs = append(xs, p.expr())
	}
	return xs
}

func (p *parser) expr() Expr {
	if !p.enter() {
		return nil
	}
	defer p.leave()
	first := p.conjunction()
	if !p.cur().is("OR") {
		return first
	}
	l := &Logic{Or: true, Terms: []Expr{first}}
	for p.accept("OR") {
		l.Terms = append(l.Terms, p.conjunction())
	}
	return l
}

func (p *parser) conjunction() Expr {
	first := p.negation()
	if !p.cur().is("AND") {
		return first
	}
	l := &Logic{Terms: []Expr{first}}
	for p.accept("AND") {
		l.Terms = append(l.Terms, p.negation())
	}
	return l
}

func (p *parser) negation() Expr {
	if !p.cur().is("NOT") {
		return p.comparison()
	}
	if !p.enter() {
		return nil
	}
	defer p.leave()
	p.advance()
	if p.accept("EXISTS") {
		return p.exists(true)
	}
	return &Unary{Op: Not, X: p.negation()}
}

var comparisons = map[string]BinaryOp{"=": Eq, "<>": Ne, "!=": Ne, "<": Lt, "<=": Le, ">": Gt, ">=": Ge}

// comparison reads at most one comparison: a = b = c is refused.
func (p *parser) comparison() Expr {
	x := p.sum()
	t := p.cur()
	if t.kind == tokSign {
		if op, ok := comparisons[t.text]; ok {
			p.advance()
			return &Binary{Op: op, L: x, R: p.sum()}
		}
		if t.text == "<=>" && p.syn.SameOp == "<=>" {
			p.advance()
			return &Binary{Op: Same, L: x, R: p.sum()}
		}
		return x
	}
	if p.accept("IS") {
		return p.isTest(x)
	}
	not := p.cur().is("NOT")
	if not {
		p.advance()
	}
	switch {
	case p.accept("IN"):
		return p.in(x, not)
	case p.accept("BETWEEN"):
		b := &Between{X: x, Not: not, Lo: p.sum()}
		p.expect("AND")
		b.Hi = p.sum()
		return b
	case p.accept("LIKE"):
		return p.like(x, not)
	case not:
		p.fail(Unexpected)
	}
	return x
}

func (p *parser) isTest(x Expr) Expr {
	not := p.accept("NOT")
	if p.accept("DISTINCT") {
		p.expect("FROM")
		if p.syn.SameOp != sameWords {
			p.fail(UnsupportedHere)
		}
		op := Differ
		if not {
			op = Same
		}
		return &Binary{Op: op, L: x, R: p.sum()}
	}
	p.expect("NULL")
	return &IsNull{X: x, Not: not}
}

func (p *parser) in(x Expr, not bool) Expr {
	p.expectSign("(")
	if p.startsQuery() {
		return &InQuery{X: x, Query: p.nested(), Not: not}
	}
	l := &InList{X: x, List: p.exprs(), Not: not}
	p.expectSign(")")
	return l
}

func (p *parser) like(x Expr, not bool) Expr {
	l := &Like{X: x, Pattern: p.collated(), Not: not} // how far it reaches is not the same everywhere
	if !p.accept("ESCAPE") {
		return l
	}
	t := p.cur()
	r, size := utf8.DecodeRuneInString(t.text)
	if t.kind != tokString || size == 0 || size != len(t.text) || !p.syn.LikeEscape {
		p.fail(BadLiteral)
		return l
	}
	p.advance()
	l.Escape = r
	return l
}

// sum and product read chains that lean left. A text join among them needs
// parentheses, because engines bind it differently.
func (p *parser) sum() Expr {
	x, joined := p.product()
	for n := 0; ; n++ {
		op := Add
		switch t := p.cur(); {
		case t.sign("+"):
		case t.sign("-"):
			op = Sub
		default:
			return x
		}
		p.chain(n, joined)
		p.advance()
		if p.accept("INTERVAL") {
			x = &Binary{Op: op, L: x, R: p.interval()}
			continue
		}
		var r Expr
		if r, joined = p.product(); joined {
			p.fail(Unexpected)
		}
		x = &Binary{Op: op, L: x, R: r}
	}
}

var products = map[string]BinaryOp{"*": Mul, "/": Div, "%": Mod}

func (p *parser) product() (Expr, bool) {
	x, joined := p.concat()
	for n := 0; ; n++ {
		op, ok := products[p.cur().text]
		if !ok || p.cur().kind != tokSign {
			return x, joined
		}
		p.chain(n, joined)
		p.advance()
		var r Expr
		if r, joined = p.concat(); joined {
			p.fail(Unexpected)
		}
		x = &Binary{Op: op, L: x, R: r}
	}
}

// concat reads texts joined by || and reports whether there was a join.
func (p *parser) concat() (Expr, bool) {
	x := p.unary()
	n := 0
	for ; p.cur().sign("||"); n++ {
		if !p.syn.ConcatOp {
			p.fail(UnsupportedHere)
		}
		p.chain(n, false)
		p.advance()
		x = &Binary{Op: Concat, L: x, R: p.unary()}
	}
	return x, n > 0
}

// chain refuses a chain that makes the tree too deep, or one that mixes a text
// join with arithmetic.
func (p *parser) chain(n int, joined bool) {
	p.nodes++
	if n > MaxDepth || p.nodes > MaxNodes {
		p.fail(TooLarge)
	}
	if joined {
		p.fail(Unexpected)
	}
}

func (p *parser) unary() Expr {
	if !p.cur().sign("-") {
		return p.collated()
	}
	if !p.enter() {
		return nil
	}
	defer p.leave()
	p.advance()
	if t := p.cur(); t.kind == tokNumber {
		p.advance()
		return &Lit{Kind: Number, Text: "-" + t.text}
	}
	if p.cur().sign("-") {
		p.fail(Unexpected)
	}
	return &Unary{Op: Minus, X: p.unary()}
}

// collated reads a primary and the collation that may follow it.
func (p *parser) collated() Expr {
	x := p.primary()
	if p.syn.Collations == nil || !p.accept("COLLATE") {
		return x
	}
	name := p.cur().text
	if !p.syn.Collations[name] {
		p.fail(UnsupportedHere)
	}
	return &Collate{X: x, Name: p.name()}
}

func (p *parser) primary() Expr {
	p.nodes++
	if p.nodes > MaxNodes {
		p.fail(TooLarge)
	}
	t := p.cur()
	switch t.kind {
	case tokString:
		p.advance()
		return &Lit{Kind: String, Text: t.text}
	case tokNumber:
		p.advance()
		return &Lit{Kind: Number, Text: t.text}
	case tokSlot:
		return p.slot()
	case tokName:
		return p.column()
	case tokWord:
		return p.word()
	}
	p.expectSign("(")
	if p.startsQuery() {
		return &Scalar{Query: p.nested()}
	}
	x := p.expr()
	p.expectSign(")")
	return x
}

func (p *parser) slot() Expr {
	t := p.cur()
	numbered := t.text != "?"
	if numbered != p.syn.Numbered || numbered && t.text != "$"+strconv.Itoa(p.slots+1) {
		p.fail(BadArgument)
		return nil
	}
	if p.slots >= MaxArgs {
		p.fail(TooLarge)
		return nil
	}
	p.advance()
	p.slots++
	return &Arg{Value: Slot(p.slots - 1)}
}

func (p *parser) column() Expr {
	c := &Col{Name: p.name()}
	if p.acceptSign(".") {
		c.Table, c.Name = c.Name, p.name()
	}
	return c
}

// word reads what begins with a bare word: a literal, a construct with words of
// its own, a call or a column.
func (p *parser) word() Expr {
	switch {
	case p.accept("NULL"):
		return &Lit{Kind: Null}
	case p.accept("TRUE"):
		return &Lit{Kind: True}
	case p.accept("FALSE"):
		return &Lit{Kind: False}
	case p.accept("CASE"):
		return p.caseExpr()
	case p.accept("CAST"):
		return p.cast()
	case p.accept("EXISTS"):
		return p.exists(false)
	case p.cur().is("INTERVAL"): // no value of its own
		p.fail(Unexpected)
		return nil
	}
	if p.peek().sign("(") {
		return p.call()
	}
	return p.column()
}

func (p *parser) exists(not bool) Expr {
	p.expectSign("(")
	return &Exists{Query: p.nested(), Not: not}
}

func (p *parser) caseExpr() Expr {
	c := &Case{}
	if !p.cur().is("WHEN") {
		p.fail(Unexpected)
	}
	for p.accept("WHEN") {
		w := When{If: p.expr()}
		p.expect("THEN")
		w.Then = p.expr()
		c.Whens = append(c.Whens, w)
	}
	if p.accept("ELSE") {
		c.Else = p.expr()
	}
	p.expect("END")
	return c
}

func (p *parser) cast() Expr {
	p.expectSign("(")
	c := &Cast{X: p.expr()}
	p.expect("AS")
	c.Type = p.typeName()
	p.expectSign(")")
	return c
}

func (p *parser) typeName() Type {
	var words []string
	start := p.cur()
	for p.cur().kind == tokWord && len(words) < 5 {
		words = append(words, strings.ToUpper(p.advance().text))
	}
	t := Type{Name: strings.Join(words, " ")}
	max, ok := p.syn.Types[t.Name]
	if !ok {
		if p.err == nil {
			p.err = refuse(UnknownType, start.at, t.Name)
		}
		p.fail(UnknownType)
		return t
	}
	if !p.acceptSign("(") {
		return t
	}
	for {
		n, err := strconv.Atoi(p.cur().text)
		if p.cur().kind != tokNumber || err != nil || n > 99 || len(t.Args) >= max {
			p.fail(UnknownType)
			return t
		}
		p.advance()
		t.Args = append(t.Args, n)
		if !p.acceptSign(",") {
			break
		}
	}
	p.expectSign(")")
	return t
}

func (p *parser) interval() Expr {
	i := &Interval{N: p.primary(), Unit: strings.ToUpper(p.advance().text)}
	if !p.syn.Units[i.Unit] {
		p.fail(UnsupportedHere)
	}
	return i
}
