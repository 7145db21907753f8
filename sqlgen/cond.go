package sqlgen

import (
	"reflect"
	"slices"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// cond translates a condition: true or not true.
func (s scope) cond(e semantic.Expr) sqltree.Expr { return s.test(e, false) }

// test translates a condition or, when not is set, its complement. The
// complement of a test is written out, with the nulls for which the test is not
// true, so that the two together cover every row.
func (s scope) test(e semantic.Expr, not bool) sqltree.Expr {
	switch e := e.(type) {
	case semantic.Lit:
		if e.Value.IsNull() || e.Value.Kind() == semantic.Bool {
			return truthLit(e.Value.Bool() != not)
		}
	case semantic.Unary:
		if e.Op == semantic.Not {
			return s.test(e.X, !not)
		}
	case semantic.Binary:
		return s.binary(e, not)
	case semantic.In:
		return s.in(e, e.Not != not)
	case semantic.Between:
		return s.between(e, e.Not != not)
	case semantic.IsNull:
		return &sqltree.IsNull{X: s.operand(e.X).x, Not: e.Not != not}
	case semantic.Match:
		x := s.value(e.X).x
		match := s.c.d.Match(x, e.How, e.Pattern)
		if e.Not != not {
			return orNull(sqltree.Negate(match), x)
		}
		return match
	case semantic.TimeRange:
		return s.within(e, not)
	case semantic.InPlan:
		return s.inPlan(e, e.Not != not)
	case semantic.PlanTest:
		return s.planTest(e, not)
	case semantic.Column, semantic.Case, semantic.Slot, semantic.KeyRef:
		if v := s.value(e); v.kind == semantic.Bool {
			return compared(sqltree.Eq, v.x, s.c.d.Value(semantic.BoolValue(true)), not)
		}
	}
	return s.noCondition(e)
}

func (s scope) noCondition(e semantic.Expr) sqltree.Expr {
	s.c.fail(semantic.Problem{Code: semantic.WrongType, Name: semantic.ExprString(e), Detail: "condition"})
	return sqltree.NullLit()
}

func truthLit(yes bool) sqltree.Expr {
	if yes {
		return &sqltree.Lit{Kind: sqltree.True}
	}
	return &sqltree.Lit{Kind: sqltree.False}
}

// or joins conditions and drops a test for null that is there already.
func or(terms ...sqltree.Expr) sqltree.Expr {
	joined, ok := sqltree.Or(terms...).(*sqltree.Logic)
	if !ok || !joined.Or {
		return sqltree.Or(terms...)
	}
	var out []sqltree.Expr
	for _, t := range joined.Terms {
		if _, null := t.(*sqltree.IsNull); null && holds(out, t) {
			continue
		}
		out = append(out, t)
	}
	return sqltree.Or(out...)
}

func holds(list []sqltree.Expr, x sqltree.Expr) bool {
	for _, y := range list {
		if reflect.DeepEqual(x, y) {
			return true
		}
	}
	return false
}

// orNull adds the rows in which an operand is null; constants never are.
func orNull(x sqltree.Expr, operands ...sqltree.Expr) sqltree.Expr {
	terms := []sqltree.Expr{x}
	for _, o := range operands {
		if !constant(o) {
			terms = append(terms, &sqltree.IsNull{X: o})
		}
	}
	return or(terms...)
}

// constant reports a value that stands for itself, whatever type it is given.
func constant(x sqltree.Expr) bool {
	switch x := x.(type) {
	case *sqltree.Arg, *sqltree.Lit:
		return true
	case *sqltree.Cast:
		return constant(x.X)
	case *sqltree.Call:
		return len(x.Args) > 0 && !slices.ContainsFunc(x.Args, func(a sqltree.Expr) bool { return !constant(a) })
	}
	return false
}

// operand is a value whose form does not matter, as in a test for null: a time
// stays as it is stored.
func (s scope) operand(e semantic.Expr) value {
	if col, ok := e.(semantic.Column); ok {
		return s.ref(col, true)
	}
	return s.value(e)
}

var comparisons = map[semantic.Op]sqltree.BinaryOp{
	semantic.Eq: sqltree.Eq, semantic.Ne: sqltree.Ne, semantic.Lt: sqltree.Lt,
	semantic.Le: sqltree.Le, semantic.Gt: sqltree.Gt, semantic.Ge: sqltree.Ge,
}

var complements = map[sqltree.BinaryOp]sqltree.BinaryOp{
	sqltree.Eq: sqltree.Ne, sqltree.Ne: sqltree.Eq, sqltree.Lt: sqltree.Ge,
	sqltree.Ge: sqltree.Lt, sqltree.Gt: sqltree.Le, sqltree.Le: sqltree.Gt,
}

// compared is l op r or its complement. Of the two, that which is not an
// equality or an order holds for nulls.
func compared(op sqltree.BinaryOp, l, r sqltree.Expr, not bool) sqltree.Expr {
	if op == sqltree.Ne {
		op, not = sqltree.Eq, !not
	}
	if !not {
		return sqltree.Op(op, l, r)
	}
	return orNull(sqltree.Op(complements[op], l, r), l, r)
}

func (s scope) binary(e semantic.Binary, not bool) sqltree.Expr {
	if e.Op == semantic.And || e.Op == semantic.Or {
		l, r := s.test(e.L, not), s.test(e.R, not)
		if (e.Op == semantic.And) != not {
			return sqltree.And(l, r)
		}
		return or(l, r)
	}
	op, ok := comparisons[e.Op]
	if !ok {
		return s.noCondition(e)
	}
	l, r := s.c.numbers.compare(s.value(e.L), s.value(e.R))
	if l.kind == semantic.Text && op != sqltree.Eq && op != sqltree.Ne {
		l.x = s.c.d.Bytes(l.x)
	}
	return compared(op, l.x, r.x, not)
}

func (s scope) between(e semantic.Between, not bool) sqltree.Expr {
	x, lo := s.c.numbers.compare(s.value(e.X), s.value(e.Lo))
	y, hi := s.c.numbers.compare(s.value(e.X), s.value(e.Hi))
	if x.kind == semantic.Text {
		x.x, y.x = s.c.d.Bytes(x.x), s.c.d.Bytes(y.x)
	}
	low, high := compared(sqltree.Ge, x.x, lo.x, not), compared(sqltree.Le, y.x, hi.x, not)
	if not {
		return or(low, high)
	}
	return sqltree.And(low, high)
}

// in is membership in a list of literals; an empty list has no members.
func (s scope) in(e semantic.In, not bool) sqltree.Expr {
	if e.Sub != nil {
		s.c.fault("a nested query was not bound")
	}
	if len(e.List) == 0 {
		return truthLit(not)
	}
	vs := []value{s.value(e.X)}
	for _, x := range e.List {
		vs = append(vs, s.value(x))
	}
	vs = s.c.numbers.align(vs...)
	l := &sqltree.InList{X: vs[0].x, Not: not}
	for _, v := range vs[1:] {
		l.List = append(l.List, v.x)
	}
	if not {
		return orNull(l, l.X)
	}
	return l
}

// within tests a time against a half-open range.
func (s scope) within(e semantic.TimeRange, not bool) sqltree.Expr {
	x, low, high, err := s.c.clocks.bounds(s.stored(e.X), e)
	s.c.fail(err)
	var terms []sqltree.Expr
	if low != nil {
		terms = append(terms, compared(sqltree.Ge, x, low, not))
	}
	if high != nil {
		terms = append(terms, compared(sqltree.Lt, x, high, not))
	}
	switch {
	case len(terms) == 0:
		return &sqltree.IsNull{X: x, Not: !not}
	case not:
		return or(terms...)
	}
	return sqltree.And(terms...)
}

// inPlan is membership in the keys of a nested plan. It is never null: a null
// is no member.
func (s scope) inPlan(e semantic.InPlan, not bool) sqltree.Expr {
	xs := make([]value, len(e.X))
	for i, x := range e.X {
		xs[i] = s.value(x)
	}
	set := s.c.set(e.Plan, len(xs))
	for i := range xs {
		if i < len(set.types) {
			xs[i] = s.c.numbers.convert(xs[i], set.types[i])
		}
	}
	if len(xs) == 1 {
		return s.inColumn(xs[0], set, not)
	}
	same := make([]sqltree.Expr, len(xs))
	for i, x := range xs {
		same[i] = sqltree.Op(sqltree.Eq, sqltree.C(set.name, keyName(i)), x.x)
	}
	return &sqltree.Exists{Not: not, Query: &sqltree.Query{Body: &sqltree.Select{
		Items: []sqltree.Item{{Expr: sqltree.Int(1), Alias: "n0"}},
		From:  fromCTE(set.name),
		Where: sqltree.And(same...),
	}}}
}

func (s scope) inColumn(x value, set set, not bool) sqltree.Expr {
	key := sqltree.C(set.name, keyName(0))
	keys := &sqltree.Select{Items: []sqltree.Item{{Expr: key, Alias: keyName(0)}}, From: fromCTE(set.name)}
	in := &sqltree.InQuery{X: x.x, Not: not, Query: &sqltree.Query{Body: keys}}
	if not {
		keys.Where = &sqltree.IsNull{X: key, Not: true}
		return orNull(in, x.x)
	}
	return in
}

// planTest compares a value with the one value of a nested plan, or that of its own group.
func (s scope) planTest(e semantic.PlanTest, not bool) sqltree.Expr {
	op, ok := comparisons[e.Op]
	if !ok {
		return s.noCondition(e)
	}
	name, of := s.c.total(e.Plan, len(e.Own))
	l, r := s.c.numbers.compare(s.value(e.X), of)
	tests := []sqltree.Expr{sqltree.Op(op, l.x, r.x)}
	for i, own := range e.Own {
		key := s.c.numbers.convert(s.value(own), e.Plan.Keys[i].Type)
		tests = append(tests, sqltree.Op(sqltree.Eq, sqltree.C(name, keyName(i)), key.x))
	}
	return &sqltree.Exists{Not: not, Query: &sqltree.Query{Body: &sqltree.Select{
		Items: []sqltree.Item{{Expr: sqltree.Int(1), Alias: "n0"}},
		From:  fromCTE(name),
		Where: sqltree.And(tests...),
	}}}
}
