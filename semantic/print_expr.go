package semantic

// How tightly an expression binds, loosest first. An operand of a lower level
// than its place stands in parentheses.
const (
	levelOr = iota
	levelAnd
	levelNot
	levelTest
	levelSum
	levelProduct
	levelFactor
)

func level(x Expr) int {
	switch x := x.(type) {
	case Binary:
		return opLevel(x.Op)
	case Unary:
		if x.Op == Not {
			return levelNot
		}
	case In, Between, IsNull, Match, During:
		return levelTest
	}
	return levelFactor
}

func opLevel(op Op) int {
	switch op {
	case Or:
		return levelOr
	case And:
		return levelAnd
	case Add, Sub:
		return levelSum
	case Mul, Div:
		return levelProduct
	}
	return levelTest
}

// expr prints x where the grammar wants at least the level given.
func (p *printer) expr(x Expr, least int) {
	clause := p.clause
	p.clause = false
	during, isDuring := x.(During)
	_, isName := x.(Name)
	listed := isDuring && p.onePeriod && len(during.Periods) > 1
	switch {
	case level(x) < least, listed, isName && clause:
		p.inParens(x)
	case clause && level(x) <= levelNot:
		p.lastOperand(x)
	default:
		p.node(x)
	}
	p.clause = false
}

func (p *printer) inParens(x Expr) {
	outer := p.onePeriod
	p.onePeriod = false
	p.text("(")
	p.node(x)
	p.text(")")
	p.onePeriod = outer
}

// lastOperand prints a condition whose last operand meets the clause "during".
func (p *printer) lastOperand(x Expr) {
	switch x := x.(type) {
	case Binary:
		p.expr(x.L, opLevel(x.Op))
		p.operator(x.Op)
		p.clause = true
		p.expr(x.R, opLevel(x.Op)+1)
	case Unary:
		p.text("not ")
		p.clause = true
		p.expr(x.X, levelNot)
	}
}

func (p *printer) operator(op Op) {
	p.text(" ")
	p.text(op.String())
	p.text(" ")
}

func (p *printer) node(x Expr) {
	switch x := x.(type) {
	case Lit:
		p.literal(x.Value)
	case Name:
		p.name(x)
	case Grained:
		p.name(x.Of)
		p.text(":")
		p.text(x.Grain.String())
	case Unary:
		p.unary(x)
	case Binary:
		p.binary(x)
	case Call:
		p.text(x.Func)
		if x.Func == "bucket" && len(x.Per) == 1 && len(x.Args) > 0 {
			p.bucketPer(x)
			return
		}
		p.arguments(x.Args, x.Distinct, x.Per)
	case Filtered:
		p.filtered(x)
	case Case:
		p.caseWhen(x)
	case ViewerAttr:
		p.text("viewer")
		p.part(x.Attr)
	case In, Between, IsNull, Match, During:
		p.test(x)
	case Column, TimeRange, Trunc, Part, Slot, KeyRef, InPlan, PlanTest:
		p.bound(x)
	}
}

func (p *printer) unary(x Unary) {
	if x.Op == Not {
		p.text("not ")
		p.expr(x.X, levelNot)
		return
	}
	p.text("-")
	p.expr(x.X, levelFactor)
}

func (p *printer) binary(x Binary) {
	l := opLevel(x.Op)
	if l == levelTest {
		p.expr(x.L, levelSum)
	} else {
		p.expr(x.L, l)
	}
	p.operator(x.Op)
	p.expr(x.R, l+1)
}

func (p *printer) filtered(x Filtered) {
	switch x.X.(type) {
	case Name, Call, Filtered:
		p.node(x.X)
	default:
		p.inParens(x.X)
	}
	outer := p.onePeriod
	p.onePeriod = false
	p.text("{")
	p.expr(x.Where, levelOr)
	p.text("}")
	p.onePeriod = outer
}

func (p *printer) arguments(args []Expr, distinct bool, per []Expr) {
	outer := p.onePeriod
	p.onePeriod = true
	p.text("(")
	if distinct {
		p.text("distinct ")
	}
	for i, arg := range args {
		p.comma(i)
		p.expr(arg, levelOr)
	}
	for i, x := range per {
		p.first(i, " per ")
		p.expr(x, levelFactor)
	}
	p.text(")")
	p.onePeriod = outer
}

// bucketPer prints a bucket of what each of an entity has.
func (p *printer) bucketPer(x Call) {
	outer := p.onePeriod
	p.onePeriod = true
	p.text("(")
	p.expr(x.Args[0], levelOr)
	p.text(" per ")
	p.expr(x.Per[0], levelFactor)
	for _, edge := range x.Args[1:] {
		p.text(", ")
		p.expr(edge, levelOr)
	}
	p.text(")")
	p.onePeriod = outer
}

func (p *printer) caseWhen(x Case) {
	p.text("case")
	for _, w := range x.Whens {
		p.text(" when ")
		p.expr(w.If, levelOr)
		p.text(" then ")
		p.expr(w.Then, levelSum)
	}
	if x.Else != nil {
		p.text(" else ")
		p.expr(x.Else, levelSum)
	}
	p.text(" end")
}

func (p *printer) test(x Expr) {
	switch x := x.(type) {
	case In:
		p.expr(x.X, levelSum)
		p.not(x.Not)
		p.membership(x)
	case Between:
		p.expr(x.X, levelSum)
		p.not(x.Not)
		p.text(" between ")
		p.expr(x.Lo, levelSum)
		p.text(" and ")
		p.expr(x.Hi, levelSum)
	case IsNull:
		p.expr(x.X, levelSum)
		p.text(" is")
		p.not(x.Not)
		p.text(" null")
	case Match:
		p.expr(x.X, levelSum)
		p.not(x.Not)
		p.text([...]string{Contains: " contains ", Starts: " starts ", Ends: " ends "}[x.How])
		p.quoted(x.Pattern)
	case During:
		p.name(x.Of)
		p.not(x.Not)
		p.text(" during ")
		p.periods(x.Periods)
	}
}

func (p *printer) not(not bool) {
	if not {
		p.text(" not")
	}
}

func (p *printer) membership(x In) {
	outer := p.onePeriod
	p.onePeriod = false
	p.text(" in (")
	if x.Sub != nil {
		p.query(x.Sub)
	}
	for i, e := range x.List {
		p.comma(i)
		p.expr(e, levelFactor)
	}
	p.text(")")
	p.onePeriod = outer
}

// bound prints the nodes of bound trees for logs and tests.
func (p *printer) bound(x Expr) {
	switch x := x.(type) {
	case Column:
		p.text("#column(")
		p.int(x.Scan)
		p.text(", ")
		p.quoted(x.Name)
	case TimeRange:
		p.text("#range(")
		p.node(x.X)
		p.text(", ")
		p.literal(x.Start)
		p.text(", ")
		p.literal(x.End)
	case Trunc:
		p.text("#trunc(")
		p.node(x.X)
		p.text(", ")
		p.text(x.Grain.String())
		if x.Shift != 0 {
			p.text(", ")
			p.text(x.ShiftUnit.String())
			p.text(" ")
			p.int(x.Shift)
		}
	case Part:
		p.text("#part(")
		p.node(x.X)
		p.text(", ")
		p.text(x.Grain.String())
	case Slot:
		p.text("#slot(")
		p.int(x.Index)
	case KeyRef:
		p.text("#key(")
		p.int(x.Index)
	case InPlan:
		p.inPlan(x)
	case PlanTest:
		p.text("#test(")
		p.node(x.X)
		p.text(" " + x.Op.String() + " ")
		for _, own := range x.Own {
			p.node(own)
			p.text(", ")
		}
		if x.Plan != nil && x.Plan.Query != nil {
			p.query(x.Plan.Query)
		}
	}
	p.text(")")
}

func (p *printer) inPlan(x InPlan) {
	p.text("#in(")
	if x.Not {
		p.text("not ")
	}
	for i, e := range x.X {
		p.comma(i)
		p.node(e)
	}
	if x.Plan != nil && x.Plan.Query != nil {
		p.text("; ")
		p.query(x.Plan.Query)
	}
}
