package sqltree

import (
	"strconv"
	"strings"
)

// call reads a function of the dialect's list in a form that the list allows.
func (p *parser) call() Expr {
	if !p.enter() {
		return nil
	}
	defer p.leave()
	start := p.pos
	f, ok := p.syn.Functions[strings.ToLower(p.cur().text)]
	if !ok {
		p.fail(UnknownFunction)
		return nil
	}
	p.advance()
	c := &Call{Name: f.Name}
	if f.Params > 0 {
		p.expectSign("(")
		c.Params = p.exprs()
		p.expectSign(")")
	}
	p.arguments(c)
	if p.accept("WITHIN") {
		p.expect("GROUP")
		p.expectSign("(")
		p.expect("ORDER", "BY")
		c.Within = p.orders()
		p.expectSign(")")
	}
	if p.accept("OVER") {
		c.Over = p.window()
	}
	if code := f.check(c); code != "" && p.err == nil {
		p.pos = start
		p.fail(code)
	}
	return c
}

func (p *parser) arguments(c *Call) {
	p.expectSign("(")
	switch {
	case p.acceptSign("*"):
		c.Star = true
	case p.accept("DISTINCT"):
		c.Distinct = true
		c.Args = p.exprs()
	case !p.cur().sign(")"):
		c.Args = p.exprs()
	}
	p.expectSign(")")
}

func (p *parser) window() *Window {
	w := &Window{}
	p.expectSign("(")
	if p.accept("PARTITION") {
		p.expect("BY")
		w.Partition = p.exprs()
	}
	if p.accept("ORDER") {
		p.expect("BY")
		w.Order = p.orders()
	}
	if t := p.cur(); t.is("ROWS") || t.is("RANGE") {
		p.advance()
		w.Frame = &Frame{Range: t.is("RANGE")}
		p.expect("BETWEEN")
		w.Frame.Start = p.bound()
		p.expect("AND")
		w.Frame.End = p.bound()
		if !w.Frame.legal() {
			p.fail(BadShape)
		}
	}
	p.expectSign(")")
	return w
}

func (p *parser) bound() Bound {
	switch {
	case p.accept("CURRENT"):
		p.expect("ROW")
		return Bound{Kind: CurrentRow}
	case p.accept("UNBOUNDED"):
		if p.accept("PRECEDING") {
			return Bound{Kind: UnboundedPreceding}
		}
		p.expect("FOLLOWING")
		return Bound{Kind: UnboundedFollowing}
	}
	n, err := strconv.Atoi(p.cur().text)
	if p.cur().kind != tokNumber || err != nil {
		p.fail(Unexpected)
		return Bound{}
	}
	p.advance()
	if p.accept("PRECEDING") {
		return Bound{Kind: Preceding, N: n}
	}
	p.expect("FOLLOWING")
	return Bound{Kind: Following, N: n}
}
