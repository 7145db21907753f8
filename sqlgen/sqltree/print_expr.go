package sqltree

import (
	"strconv"
	"strings"
)

// The levels of binding, loosest first. Text joins (||) bind differently from
// engine to engine, so their operands and they themselves as operands always
// stand in parentheses unless they are primary.
const (
	levelOr = iota
	levelAnd
	levelNot
	levelCompare
	levelSum
	levelProduct
	levelConcat
	levelUnary
	levelPrimary
)

// expr prints e, in parentheses when it binds looser than min.
func (p *printer) expr(e Expr, min int) {
	if !p.enter() {
		return
	}
	defer p.leave()
	if levelOf(e) < min {
		p.text("(")
		p.bare(e)
		p.text(")")
		return
	}
	p.bare(e)
}

func levelOf(e Expr) int {
	switch e := e.(type) {
	case *Logic:
		if e.Or {
			return levelOr
		}
		return levelAnd
	case *Unary:
		if e.Op == Not {
			return levelNot
		}
		return levelUnary
	case *Binary:
		return binaryLevel(e.Op)
	case *IsNull, *InList, *InQuery, *Between, *Like:
		return levelCompare
	case *Exists:
		if e.Not {
			return levelNot
		}
	case *Lit:
		if strings.HasPrefix(e.Text, "-") && e.Kind == Number {
			return levelUnary
		}
	}
	return levelPrimary
}

func binaryLevel(op BinaryOp) int {
	switch op {
	case Add, Sub:
		return levelSum
	case Mul, Div, Mod:
		return levelProduct
	case Concat:
		return levelConcat
	}
	return levelCompare
}

func (p *printer) bare(e Expr) {
	switch e := e.(type) {
	case *Lit:
		p.literal(e)
	case *Arg:
		p.arg(e)
	case *Col:
		p.column(e)
	case *Unary:
		p.unary(e)
	case *Binary:
		p.binary(e)
	case *Logic:
		p.logic(e)
	case *IsNull:
		p.expr(e.X, levelSum)
		p.text(" IS ")
		p.not(e.Not)
		p.text("NULL")
	case *InList:
		p.inList(e)
	case *InQuery:
		p.expr(e.X, levelSum)
		p.text(" ")
		p.not(e.Not)
		p.text("IN ")
		p.nested(e.Query)
	case *Exists:
		p.not(e.Not)
		p.text("EXISTS ")
		p.nested(e.Query)
	case *Between:
		p.between(e)
	case *Like:
		p.like(e)
	case *Case:
		p.caseExpr(e)
	case *Cast:
		p.cast(e)
	case *Collate:
		if !p.syn.Collations[e.Name] {
			p.fail(UnsupportedHere, "COLLATE")
		}
		p.expr(e.X, levelPrimary)
		p.text(" COLLATE ")
		p.name(e.Name)
	case *Call:
		p.call(e)
	case *Scalar:
		p.nested(e.Query)
	case *Interval:
		p.interval(e)
	default: // an Ordinal outside GROUP BY, or nil
		p.fail(BadShape, "")
	}
}

func (p *printer) not(yes bool) {
	if yes {
		p.text("NOT ")
	}
}

func (p *printer) literal(e *Lit) {
	switch e.Kind {
	case Null:
		p.text("NULL")
	case True, False:
		p.text(p.truth(e.Kind == True))
	case Number:
		if !numberText(e.Text) {
			p.fail(BadLiteral, e.Text)
		}
		p.text(e.Text)
	case String:
		if err := appendString(&p.b, e.Text); err != nil {
			p.fail(BadLiteral, "")
		}
	}
}

func (p *printer) truth(yes bool) string {
	switch {
	case p.syn.Plain && yes:
		return "1"
	case p.syn.Plain:
		return "0"
	case yes:
		return "TRUE"
	}
	return "FALSE"
}

func (p *printer) arg(e *Arg) {
	p.args = append(p.args, e.Value)
	if len(p.args) > MaxArgs {
		p.fail(TooLarge, "arguments")
	}
	if p.syn.Numbered {
		p.text("$")
		p.text(strconv.Itoa(len(p.args)))
		return
	}
	p.text("?")
}

func (p *printer) column(e *Col) {
	if e.Table != "" {
		p.name(e.Table)
		p.text(".")
	}
	p.name(e.Name)
}

func (p *printer) unary(e *Unary) {
	if e.Op == Not {
		p.text("NOT ")
		p.expr(e.X, levelPrimary)
		return
	}
	p.text("-")
	p.expr(e.X, levelPrimary)
}

func (p *printer) binary(e *Binary) {
	if e.Op == Concat && !p.syn.ConcatOp {
		p.fail(UnsupportedHere, "||")
	}
	left, right := operandLevels(e)
	p.expr(e.L, left)
	p.text(" ")
	p.text(p.operator(e.Op))
	p.text(" ")
	p.expr(e.R, right)
}

// operandLevels gives the least level at which each operand needs no
// parentheses: chains of one kind lean left, comparisons never chain.
func operandLevels(e *Binary) (left, right int) {
	switch level := binaryLevel(e.Op); level {
	case levelSum:
		left, right = levelSum, levelProduct
	case levelProduct:
		left, right = levelProduct, levelUnary
	case levelConcat:
		left, right = levelConcat, levelPrimary
	default:
		return levelSum, levelSum
	}
	if e.Op == Concat {
		return left, right
	}
	if levelOf(e.L) == levelConcat {
		left = levelPrimary
	}
	if levelOf(e.R) == levelConcat {
		right = levelPrimary
	}
	return left, right
}

func (p *printer) operator(op BinaryOp) string {
	switch op {
	case Same:
		return p.syn.SameOp
	case Differ:
		if p.syn.SameOp != sameWords {
			p.fail(UnsupportedHere, "IS DISTINCT FROM")
		}
		return "IS DISTINCT FROM"
	}
	return operators[op]
}

const sameWords = "IS NOT DISTINCT FROM"

var operators = [...]string{
	Eq: "=", Ne: "<>", Lt: "<", Le: "<=", Gt: ">", Ge: ">=",
	Add: "+", Sub: "-", Mul: "*", Div: "/", Mod: "%", Concat: "||",
}

func (p *printer) logic(e *Logic) {
	word, level := " AND ", levelNot
	if e.Or {
		word, level = " OR ", levelAnd
	}
	if len(e.Terms) < 2 {
		p.fail(BadShape, word)
	}
	for i, t := range e.Terms {
		if i > 0 {
			p.text(word)
		}
		p.expr(t, level)
	}
}

func (p *printer) inList(e *InList) {
	if len(e.List) == 0 {
		p.fail(BadShape, "IN")
	}
	p.expr(e.X, levelSum)
	p.text(" ")
	p.not(e.Not)
	p.list("IN (", e.List)
}

func (p *printer) between(e *Between) {
	p.expr(e.X, levelSum)
	p.text(" ")
	p.not(e.Not)
	p.text("BETWEEN ")
	p.expr(e.Lo, levelSum)
	p.text(" AND ")
	p.expr(e.Hi, levelSum)
}

func (p *printer) like(e *Like) {
	p.expr(e.X, levelSum)
	p.text(" ")
	p.not(e.Not)
	p.text("LIKE ")
	p.expr(e.Pattern, levelPrimary)
	if e.Escape == 0 {
		return
	}
	if !p.syn.LikeEscape {
		p.fail(UnsupportedHere, "ESCAPE")
	}
	p.text(" ESCAPE ")
	p.literal(&Lit{Kind: String, Text: string(e.Escape)})
}

func (p *printer) caseExpr(e *Case) {
	if len(e.Whens) == 0 {
		p.fail(BadShape, "CASE")
	}
	p.text("CASE")
	for _, w := range e.Whens {
		p.text(" WHEN ")
		p.expr(w.If, levelOr)
		p.text(" THEN ")
		p.expr(w.Then, levelOr)
	}
	if e.Else != nil {
		p.text(" ELSE ")
		p.expr(e.Else, levelOr)
	}
	p.text(" END")
}

func (p *printer) cast(e *Cast) {
	max, ok := p.syn.Types[e.Type.Name]
	if !ok || len(e.Type.Args) > max {
		p.fail(UnknownType, e.Type.Name)
		return
	}
	p.text("CAST(")
	p.expr(e.X, levelOr)
	p.text(" AS ")
	p.text(e.Type.Name)
	for i, n := range e.Type.Args {
		if i == 0 {
			p.text("(")
		}
		p.comma(i)
		p.text(strconv.Itoa(n))
		if n < 0 || n > 99 {
			p.fail(UnknownType, e.Type.Name)
		}
	}
	if len(e.Type.Args) > 0 {
		p.text(")")
	}
	p.text(")")
}

func (p *printer) interval(e *Interval) {
	if !p.syn.Units[e.Unit] {
		p.fail(UnsupportedHere, "INTERVAL")
	}
	p.text("INTERVAL ")
	p.expr(e.N, levelPrimary)
	p.text(" ")
	p.text(e.Unit)
}
