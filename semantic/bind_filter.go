package semantic

// applyWhere binds the query's filter into a branch. Conditions on things that
// multiply the home's rows ask whether such a thing exists; those on the same
// things are asked of one and the same row.
func (br *branch) applyWhere() {
	br.where = append(br.where, br.conditions(Conjuncts(br.b.query.Where))...)
}

func (br *branch) conditions(list []Expr) []Expr {
	var out []Expr
	var order []string
	far := map[string][]Expr{}
	ways := map[string][]step{}
	for _, c := range list {
		way := br.multiplyingWay(c)
		if way == nil || negated(c) || !single(c) {
			out = append(out, br.condition(c))
			continue
		}
		key := pathKey(way)
		if far[key] == nil {
			order = append(order, key)
			ways[key] = way
		}
		far[key] = append(far[key], c)
	}
	for _, key := range order {
		out = append(out, br.exists(ways[key], far[key]))
	}
	return out
}

// single reports whether a condition has no "or" or "not" that would mix near
// and far things.
func single(c Expr) bool {
	ok := true
	Walk(c, func(e Expr) {
		switch x := e.(type) {
		case Binary:
			if x.Op == Or || x.Op == And {
				ok = false
			}
		case Unary:
			if x.Op == Not {
				ok = false
			}
		}
	})
	return ok
}

func negated(c Expr) bool {
	switch x := c.(type) {
	case Binary:
		return x.Op == Ne
	case In:
		return x.Not
	case Match:
		return x.Not
	case Between:
		return x.Not
	case During:
		return x.Not
	case Unary:
		return x.Op == Not
	}
	return false
}

// positive turns a negated test into the test that it negates.
func positive(c Expr) Expr {
	switch x := c.(type) {
	case Binary:
		x.Op = Eq
		return x
	case In:
		x.Not = false
		return x
	case Match:
		x.Not = false
		return x
	case Between:
		x.Not = false
		return x
	case During:
		x.Not = false
		return x
	}
	return c
}

// multiplyingWay returns the path, up to and with its first multiplying join,
// that a test needs and this branch has not joined already; nil for none.
func (br *branch) multiplyingWay(c Expr) []step {
	var way []step
	Walk(withoutTotals(c), func(e Expr) {
		n, ok := e.(Name)
		if !ok || way != nil || isTime(n) {
			return
		}
		path := br.pathOf(n)
		for i, s := range path {
			if !s.many() {
				continue
			}
			if _, joined := br.index[pathKey(path[:i+1])]; !joined {
				way = path[:i+1]
				return
			}
		}
	})
	return way
}

// pathOf is the way to what a name means; nil where it means nothing here.
func (br *branch) pathOf(n Name) []step {
	if br.together != nil {
		return nil
	}
	dims := br.b.visibleDimensions(n)
	if len(dims) == 0 {
		if t := br.b.entity(n); t != nil {
			path, _ := br.entityPath(n, t)
			return path
		}
		return nil
	}
	d := br.b.dimension(n, []*Table{br.home})
	if d == nil {
		return nil
	}
	t, ok := br.b.from(br.home, n, d)
	if !ok {
		return nil
	}
	return t.path
}

// condition binds one boolean expression over this branch's rows.
func (br *branch) condition(e Expr) Expr {
	if e == nil {
		return nil
	}
	if u, ok := e.(Unary); ok && u.Op == Not {
		return br.negate(u.X)
	}
	if way := br.multiplyingWay(e); way != nil && single(e) {
		if negated(e) {
			in := br.exists(way, []Expr{positive(e)}).(InPlan)
			in.Not = true
			return in
		}
		return br.exists(way, []Expr{e})
	}
	switch x := e.(type) {
	case Binary:
		if x.Op == And || x.Op == Or {
			return Binary{Op: x.Op, L: br.condition(x.L), R: br.condition(x.R)}
		}
		return br.compareValues(x)
	case In:
		return br.membership(x)
	case Between:
		return br.between(x)
	case IsNull:
		return IsNull{X: br.operand(x.X), Not: x.Not}
	case Match:
		return br.match(x)
	case During:
		return br.during(x)
	case Name:
		v, d := br.resolve(x)
		if d != nil && d.Type.Kind != Bool {
			br.b.fail(Problem{Code: WrongType, Name: dotted(x), Detail: "condition"})
		}
		return Binary{Op: Eq, L: v, R: Lit{BoolValue(true)}}
	case Lit:
		if x.Value.Kind() == Bool {
			return x
		}
	case Call, Filtered:
		br.b.fail(Problem{Code: AggregateInWhere, Name: ExprString(e)})
		return nil
	}
	br.b.fail(Problem{Code: WrongType, Name: ExprString(e), Detail: "condition"})
	return nil
}

// negate binds not e, pushing the negation to the tests, where rows without a
// value stay in.
func (br *branch) negate(e Expr) Expr {
	switch x := e.(type) {
	case Binary:
		switch x.Op {
		case And:
			return Binary{Op: Or, L: br.negate(x.L), R: br.negate(x.R)}
		case Or:
			return Binary{Op: And, L: br.negate(x.L), R: br.negate(x.R)}
		}
		if x.Op == Eq || x.Op == Ne {
			x.Op = Eq + Ne - x.Op
			return br.condition(x)
		}
		return br.complement(x, x.L)
	case Unary:
		if x.Op == Not {
			return br.condition(x.X)
		}
	case In:
		x.Not = !x.Not
		return br.condition(x)
	case Between:
		x.Not = !x.Not
		return br.condition(x)
	case Match:
		x.Not = !x.Not
		return br.condition(x)
	case During:
		x.Not = !x.Not
		return br.condition(x)
	case Name:
		return br.condition(Binary{Op: Ne, L: x, R: Lit{BoolValue(true)}})
	}
	return Unary{Op: Not, X: br.condition(e)}
}

// complement is true for every row for which a test of x is not, those without a
// value among them, and says so.
func (br *branch) complement(test, x Expr) Expr {
	if d := br.dimOf(x); d != nil {
		br.b.assume(Assumption{What: "nulls", Value: br.b.model.ShortName(d)})
	}
	return Unary{Op: Not, X: br.condition(test)}
}

// operand binds a value expression over this branch's rows.
func (br *branch) operand(e Expr) Expr {
	switch x := e.(type) {
	case Lit:
		return x
	case Name:
		if !isTime(x) && !isSince(x) && len(br.b.visibleDimensions(x)) == 0 {
			if _, ok := br.bare(x); !ok && br.b.metric(x) != nil {
				br.b.fail(Problem{Code: AggregateInWhere, Name: dotted(x)})
				return nil
			}
		}
		v, _ := br.resolve(x)
		return v
	case Grained:
		v, d := br.resolve(x.Of)
		if d == nil {
			return v
		}
		br.b.checkGrain(d, x.Grain)
		t := Trunc{X: v, Type: d.Type, Grain: x.Grain, Calendar: br.b.clock.Calendar}
		if x.Grain.Cyclic != NoCycle {
			return Part{X: v, Type: d.Type, Grain: x.Grain, Calendar: t.Calendar}
		}
		return t
	case Unary:
		return Unary{Op: x.Op, X: br.operand(x.X)}
	case Binary:
		if x.Op >= Add {
			return Binary{Op: x.Op, L: br.operand(x.L), R: br.operand(x.R)}
		}
		return br.condition(x)
	case Case:
		out := Case{Else: br.operandOrNil(x.Else)}
		for _, w := range x.Whens {
			out.Whens = append(out.Whens, When{If: br.condition(w.If), Then: br.operand(w.Then)})
		}
		return out
	case Call:
		return br.scalar(x)
	case In, Between, IsNull, Match, During:
		return br.condition(e)
	}
	br.b.fail(Problem{Code: WrongType, Name: ExprString(e)})
	return nil
}

func (br *branch) operandOrNil(e Expr) Expr {
	if e == nil {
		return nil
	}
	return br.operand(e)
}

// scalar binds a function of one row; aggregates do not belong here.
func (br *branch) scalar(c Call) Expr {
	if !scalarFunc(c.Func) {
		br.b.fail(Problem{Code: AggregateInWhere, Name: ExprString(c)})
		return nil
	}
	out := Call{Func: c.Func}
	for _, a := range c.Args {
		out.Args = append(out.Args, br.operand(a))
	}
	return br.b.dated(out)
}

func scalarFunc(name string) bool {
	switch name {
	case "round", "floor", "ceil", "abs", "coalesce", "nullif", "least", "greatest", "lower", "upper", "length", "days_between", "seconds_between", "years_between", "today":
		return true
	}
	return false
}

func (br *branch) between(x Between) Expr {
	lo := Binary{Op: Ge, L: x.X, R: x.Lo}
	hi := Binary{Op: Le, L: x.X, R: x.Hi}
	if x.Not {
		x.Not = false
		return br.complement(x, x.X)
	}
	return Binary{Op: And, L: br.compareValues(lo), R: br.compareValues(hi)}
}

func (br *branch) match(x Match) Expr {
	d := br.dimOf(x.X)
	if d != nil && d.Type.Kind != Text && d.Type.Kind != Null {
		br.b.fail(Problem{Code: WrongType, Name: br.b.model.ShortName(d), Detail: "text"})
		return nil
	}
	left := br.operand(x.X)
	test := Match{X: left, How: x.How, Pattern: x.Pattern, Not: x.Not}
	if x.Not && d != nil {
		return br.keepNulls(test, left, d)
	}
	return test
}

func (br *branch) during(x During) Expr {
	left, d := br.resolve(x.Of)
	if d == nil {
		return nil
	}
	if d.Type.Finest() == NoUnit {
		br.b.fail(Problem{Code: WrongType, Name: dotted(x.Of), Detail: "time"})
		return nil
	}
	var any Expr
	for _, p := range x.Periods {
		iv, err := br.b.resolve(p)
		if err != nil {
			br.b.failError(err)
			return nil
		}
		br.b.aligned(d, []Interval{iv})
		any = joined(Or, any, timeRange(left, d.Type, br.b.wholePeriods(iv, d.Type)))
	}
	if x.Not {
		return br.keepNulls(Unary{Op: Not, X: any}, left, d)
	}
	return any
}
