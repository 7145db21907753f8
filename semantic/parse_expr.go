package semantic

import (
	"math/big"
	"strconv"
	"strings"
	"time"
)

const maxDigits = 38

// ParseExpr reads an expression or condition as model files and query lines
// hold them. The error is Problems of one: SyntaxError, TooLong, EmptyQuery or
// BadPeriod, its Span in bytes of the text.
func ParseExpr(text string) (Expr, error) {
	p := newParser(text)
	x := p.cond()
	if err := p.finish(); err != nil {
		return nil, err
	}
	if p.nearLimits() && newParser(ExprString(x)).whole(func(p *parser) { p.cond() }) != nil {
		return nil, tooLong(text)
	}
	return x, nil
}

func (p *parser) cond() Expr {
	x := p.conjunction()
	for p.takeWord("or") {
		x = Binary{Or, x, p.conjunction()}
	}
	return x
}

func (p *parser) conjunction() Expr {
	x := p.negation()
	for p.takeWord("and") {
		x = Binary{And, x, p.negation()}
	}
	return x
}

func (p *parser) negation() Expr {
	if !p.tok.word("not") {
		return p.test()
	}
	defer p.leave()
	if !p.enter() {
		return nil
	}
	p.next()
	return Unary{Not, p.negation()}
}

var comparisons = map[string]Op{"=": Eq, "!=": Ne, "<": Lt, "<=": Le, ">": Gt, ">=": Ge}

func (p *parser) test() Expr {
	named := p.tok.name() // during after parentheses is the query's own clause
	x := p.expr()
	if op := comparisons[p.tok.text]; op != 0 && p.tok.kind == symbol {
		p.next()
		return Binary{op, x, p.expr()}
	}
	if p.takeWord("is") {
		not := p.takeWord("not")
		p.wantWord("null")
		return IsNull{x, not}
	}
	not := p.takeWord("not")
	name, isName := x.(Name)
	switch {
	case p.takeWord("in"):
		return p.membership(x, not)
	case p.takeWord("between"):
		lo := p.expr()
		p.wantWord("and")
		return Between{x, lo, p.expr(), not}
	case p.tok.word("contains") || p.tok.word("starts") || p.tok.word("ends"):
		return p.match(x, not)
	case isName && named && p.takeWord("during"):
		return During{name, p.periods(), not}
	case not:
		p.expected("in", "in", "between", "contains", "starts", "ends", "during")
	}
	return x
}

func (p *parser) match(x Expr, not bool) Expr {
	how := map[string]MatchKind{"contains": Contains, "starts": Starts, "ends": Ends}[p.tok.text]
	p.next()
	pattern := p.tok.text
	if p.tok.kind != stringToken {
		p.expected("string")
	}
	p.next()
	return Match{x, how, pattern, not}
}

// membership reads what follows in: a list, a nested query, or the viewer's
// attributes in braces.
func (p *parser) membership(x Expr, not bool) Expr {
	if p.tok.is("{") {
		return In{X: x, List: []Expr{p.braced()}, Not: not}
	}
	p.want("(")
	start := p.tok
	if list, ok := p.literals(); ok {
		p.want(")")
		return In{X: x, List: list, Not: not}
	}
	p.tok = start
	defer p.leave()
	if p.problem != nil || !p.enter() {
		return nil
	}
	var sub *Query
	p.within(false, func() { sub = p.query() })
	if len(sub.By) == 0 && sub.List == nil {
		p.expected("by", "by")
	}
	p.want(")")
	return In{X: x, Sub: sub, Not: not}
}

// literals reads a list of literals up to the closing parenthesis; ok is false
// when something else stands there.
func (p *parser) literals() (list []Expr, ok bool) {
	for {
		switch {
		case p.tok.kind == numberToken || p.tok.kind == stringToken || p.tok.kind == dateToken,
			p.tok.word("true") || p.tok.word("false") || p.tok.word("null"):
			list = append(list, p.factor())
		case p.tok.is("-"):
			p.next()
			if p.tok.kind != numberToken {
				return nil, false
			}
			list = append(list, negative(p.factor()))
		case p.tok.word("viewer"):
			attr, ok := p.viewer()
			if !ok {
				return nil, false
			}
			list = append(list, attr)
		default:
			return nil, false
		}
		if !p.take(",") {
			return list, p.tok.is(")")
		}
	}
}

// braced reads {viewer.name}.
func (p *parser) braced() Expr {
	p.want("{")
	attr, ok := p.viewer()
	if !ok {
		p.expected("viewer", "viewer")
	}
	p.want("}")
	return attr
}

// viewer reads viewer.name; ok is false, and nothing behind it is read, when
// something else stands here.
func (p *parser) viewer() (attr ViewerAttr, ok bool) {
	if !p.takeWord("viewer") || !p.take(".") || !p.tok.name() {
		return attr, false
	}
	attr.Attr = p.tok.text
	p.next()
	return attr, true
}

func (p *parser) expr() Expr {
	x := p.term()
	for {
		switch {
		case p.take("+"):
			x = Binary{Add, x, p.term()}
		case p.take("-"):
			x = Binary{Sub, x, p.term()}
		default:
			return x
		}
	}
}

func (p *parser) term() Expr {
	x := p.factor()
	for {
		switch {
		case p.take("*"):
			x = Binary{Mul, x, p.factor()}
		case p.take("/"):
			x = Binary{Div, x, p.factor()}
		default:
			return x
		}
	}
}

func (p *parser) factor() Expr {
	defer p.leave()
	if !p.enter() {
		return nil
	}
	switch p.tok.kind {
	case numberToken:
		return p.number()
	case stringToken:
		return p.literal(TextValue(p.tok.text))
	case dateToken:
		return p.literal(p.tok.value)
	case quotedWord:
		return p.nameOrCall()
	case bareWord:
		return p.wordFactor()
	}
	switch {
	case p.take("-"):
		return negative(p.factor())
	case p.tok.is("{"):
		return p.braced()
	case p.take("("):
		var x Expr
		p.within(false, func() { x = p.cond() })
		p.want(")")
		return x
	}
	p.expected("expression")
	return nil
}

func (p *parser) wordFactor() Expr {
	switch p.tok.text {
	case "true":
		return p.literal(BoolValue(true))
	case "false":
		return p.literal(BoolValue(false))
	case "null":
		return p.literal(NullValue)
	case "case":
		return p.caseWhen()
	}
	if isKeyword[p.tok.text] {
		p.expected("expression")
		return nil
	}
	return p.nameOrCall()
}

func (p *parser) literal(v Value) Expr {
	p.next()
	return Lit{v}
}

// number reads digits as Int, with a point as Decimal, with an exponent as
// Float.
func (p *parser) number() Expr {
	at, span := p.tok.text, Span{p.tok.start, p.tok.end}
	if date, ok := bareDate(p.text[p.tok.start:]); ok {
		p.fail(SyntaxError, Span{p.tok.start, p.tok.start + len(date)}, "date", "@"+date)
		return nil
	}
	v, err := parseNumber(at)
	if err != nil {
		p.fail(TooLong, span, "number")
		return nil
	}
	return p.literal(v)
}

// bareDate finds a date written without its mark, which arithmetic would make a
// small number of: 2026-07-15.
func bareDate(text string) (string, bool) {
	const layout = "2006-01-02"
	if len(text) < len(layout) || len(text) > len(layout) && text[len(layout)] >= '0' && text[len(layout)] <= '9' {
		return "", false
	}
	_, err := time.Parse(layout, text[:len(layout)])
	return text[:len(layout)], err == nil
}

func parseNumber(s string) (Value, error) {
	if strings.ContainsAny(s, "eE") {
		f, err := strconv.ParseFloat(s, 64)
		return FloatValue(f), err
	}
	if len(s) > maxDigits+1 {
		return NullValue, strconv.ErrRange
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return IntValue(n), nil
	}
	return ParseDecimal(s)
}

// negative is -x; a negative number is a literal.
func negative(x Expr) Expr {
	lit, ok := x.(Lit)
	if !ok || !lit.Value.IsNumber() {
		return Unary{Negate, x}
	}
	if f, _ := lit.Value.Float(); lit.Value.Kind() == Float {
		return Lit{FloatValue(-f)}
	}
	n, scale, _ := lit.Value.Unscaled()
	n = new(big.Int).Neg(n)
	if lit.Value.Kind() == Int && n.IsInt64() {
		return Lit{IntValue(n.Int64())}
	}
	return Lit{BigDecimal(n, scale)}
}

// nameOrCall reads a name, a name at a grain, a call or viewer.name, each of
// the first and third with its filters.
func (p *parser) nameOrCall() Expr {
	first := p.tok
	name := p.dotted()
	var x Expr = name
	switch {
	case first.word("viewer") && len(name.Path) == 2:
		return ViewerAttr{name.Path[1]}
	case p.take(":"):
		return Grained{name, p.grain()}
	case p.tok.is("(") && first.kind == bareWord && len(name.Path) == 1:
		x = p.call(name.Path[0])
	}
	for p.take("{") {
		p.within(false, func() { x = Filtered{x, p.cond()} })
		p.want("}")
	}
	return x
}

func (p *parser) grain() Grain {
	g, ok := Grain{}, false
	if p.tok.kind == bareWord {
		g, ok = ParseGrain(p.tok.text)
	}
	if !ok {
		p.expected("grain", grainNames...)
	}
	p.next()
	return g
}

// nameOrGrained reads what a result can be split by.
func (p *parser) nameOrGrained() Expr {
	name := p.dotted()
	if p.take(":") {
		return Grained{name, p.grain()}
	}
	return name
}

func (p *parser) call(fn string) Expr {
	p.want("(")
	c := Call{Func: fn}
	if p.take(")") {
		return c
	}
	c.Distinct = p.takeWord("distinct")
	c.Args = p.arguments()
	switch {
	case !p.takeWord("per"):
	case fn == "bucket" && len(c.Args) == 1:
		c.Per = []Expr{p.nameOrGrained()} // the edges follow
		if p.take(",") {
			c.Args = append(c.Args, p.arguments()...)
		}
	default:
		c.Per = p.groupNames()
	}
	p.want(")")
	return c
}

func (p *parser) arguments() []Expr {
	var args []Expr
	p.within(true, func() {
		args = append(args, p.cond())
		for p.take(",") {
			args = append(args, p.cond())
		}
	})
	return args
}

func (p *parser) groupNames() []Expr {
	names := []Expr{p.nameOrGrained()}
	for p.take(",") {
		names = append(names, p.nameOrGrained())
	}
	return names
}

func (p *parser) caseWhen() Expr {
	p.wantWord("case")
	var c Case
	for p.takeWord("when") {
		cond := p.cond()
		p.wantWord("then")
		c.Whens = append(c.Whens, When{cond, p.expr()})
	}
	if len(c.Whens) == 0 {
		p.expected("when", "when")
	}
	if p.takeWord("else") {
		c.Else = p.expr()
	}
	p.wantWord("end")
	return c
}
