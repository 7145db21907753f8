package sqlgen

import (
	"fmt"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// scope translates the expressions of one place: over the rows of a branch or
// over results. It keeps the first error in the compiler.
type scope struct {
	c *compiler
	// leaf gives the value of a Column, Slot or KeyRef; raw asks for a time
	// column as it is stored.
	leaf func(e semantic.Expr, raw bool) (value, bool)
	// results says that decimals are in the dialect's form for results, so that
	// literals must be too.
	results bool
}

// value translates an expression that yields a value.
func (s scope) value(e semantic.Expr) value {
	switch e := e.(type) {
	case semantic.Lit:
		return s.literal(e.Value)
	case semantic.Column, semantic.Slot, semantic.KeyRef, semantic.SinceFirst, semantic.SpanKey:
		return s.ref(e, false)
	case semantic.Trunc:
		return s.c.clocks.trunc(s.moment(e.X, e.Type), e)
	case semantic.Part:
		return s.c.clocks.part(s.moment(e.X, e.Type), e)
	case semantic.Unary:
		if e.Op == semantic.Negate {
			return negate(s.value(e.X))
		}
	case semantic.Binary:
		if e.Op >= semantic.Add {
			return s.c.numbers.arithmetic(e.Op, s.value(e.L), s.value(e.R))
		}
	case semantic.Case:
		return s.caseValue(e)
	case semantic.Call:
		return s.call(e)
	}
	return s.truth(e)
}

// truth is a condition as a value, which is never null.
func (s scope) truth(e semantic.Expr) value {
	yes, no := s.c.d.Value(semantic.BoolValue(true)), s.c.d.Value(semantic.BoolValue(false))
	return value{kind: semantic.Bool, x: &sqltree.Case{Whens: []sqltree.When{{If: s.cond(e), Then: yes}}, Else: no}}
}

func (s scope) ref(e semantic.Expr, raw bool) value {
	if v, ok := s.leaf(e, raw); ok {
		return v
	}
	s.c.fault("%#v has no place here", e)
	return value{x: sqltree.NullLit()}
}

// literal binds a constant. Over results a decimal is written as the results
// are.
func (s scope) literal(v semantic.Value) value {
	out := value{kind: v.Kind(), scale: v.Scale(), lit: v}
	if n, scale, ok := v.Unscaled(); ok && n.IsInt64() && v.Kind() == semantic.Decimal && s.results && s.c.d.ScaledDecimals() {
		out.whole, out.scale = true, int(scale)
		out.x = sqltree.Bind(n.Int64())
		return out
	}
	out.x = s.c.d.Value(v)
	return out
}

// moment is a time on the model's wall clock, given its stored form.
func (s scope) moment(e semantic.Expr, t semantic.ColumnType) value {
	m, err := s.c.clocks.moment(s.stored(e), t)
	s.c.fail(err)
	return m
}

// stored is a time as its column holds it.
func (s scope) stored(e semantic.Expr) sqltree.Expr {
	if col, ok := e.(semantic.Column); ok {
		return s.ref(col, true).x
	}
	inner := s
	inner.leaf = func(e semantic.Expr, _ bool) (value, bool) { return s.leaf(e, true) }
	return inner.value(e).x
}

func (s scope) caseValue(e semantic.Case) value {
	var arms []value
	for _, w := range e.Whens {
		arms = append(arms, s.value(w.Then))
	}
	if e.Else != nil {
		arms = append(arms, s.value(e.Else))
	}
	arms = s.c.numbers.align(arms...)
	c := &sqltree.Case{}
	for i, w := range e.Whens {
		c.Whens = append(c.Whens, sqltree.When{If: s.cond(w.If), Then: arms[i].x})
	}
	if e.Else != nil {
		c.Else = arms[len(arms)-1].x
	}
	return known(arms).as(c)
}

// known is the first value whose kind is known, else the first.
func known(vs []value) value {
	for _, v := range vs {
		if v.kind != semantic.Null {
			return v
		}
	}
	if len(vs) == 0 {
		return value{x: sqltree.NullLit()}
	}
	return vs[0]
}

// call translates a scalar function.
func (s scope) call(e semantic.Call) value {
	args := make([]value, len(e.Args))
	for i, a := range e.Args {
		args[i] = s.value(a)
	}
	if want, ok := arity[e.Func]; !ok || len(args) < want[0] || want[1] > 0 && len(args) > want[1] {
		s.c.fault("function %s with %d arguments", e.Func, len(args))
		return value{x: sqltree.NullLit()}
	}
	n := s.c.numbers
	switch e.Func {
	case "coalesce", "nullif":
		return s.choose(e.Func, n.align(args...))
	case "least", "greatest":
		return s.extreme(e.Func, n.align(args...))
	case "abs":
		return args[0].as(sqltree.Fn("abs", args[0].x))
	case "round", "floor", "ceil":
		return s.rounded(e.Func, args)
	case "lower", "upper":
		return value{x: s.c.d.Scalar(e.Func, args[0].x), kind: semantic.Text}
	case "length":
		return value{x: s.c.d.Scalar("length", args[0].x), kind: semantic.Int}
	}
	if e.Func == "seconds_between" {
		return value{x: s.c.d.Seconds(args[0].x, args[1].x), kind: semantic.Int}
	}
	return value{x: s.c.d.Days(args[0].x, args[1].x), kind: semantic.Int}
}

// arity is the least and most arguments of each scalar function; 0 most is any
// number.
var arity = map[string][2]int{
	"coalesce": {1, 0}, "nullif": {2, 2}, "least": {1, 0}, "greatest": {1, 0}, "abs": {1, 1},
	"round": {1, 2}, "floor": {1, 1}, "ceil": {1, 1}, "lower": {1, 1}, "upper": {1, 1},
	"length": {1, 1}, "days_between": {2, 2}, "seconds_between": {2, 2},
}

func (s scope) choose(name string, args []value) value {
	if len(args) == 1 {
		return args[0]
	}
	xs := make([]sqltree.Expr, len(args))
	for i, a := range args {
		xs[i] = a.x
	}
	return known(args).as(sqltree.Fn(name, xs...))
}

// extreme is the least or greatest value, null when one is null: functions of
// that name differ between engines in just that.
func (s scope) extreme(name string, args []value) value {
	keep, swap := sqltree.Le, sqltree.Gt
	if name == "greatest" {
		keep, swap = sqltree.Ge, sqltree.Lt
	}
	best := args[0].x
	for _, a := range args[1:] {
		best = &sqltree.Case{Whens: []sqltree.When{
			{If: sqltree.Op(keep, best, a.x), Then: best},
			{If: sqltree.Op(swap, best, a.x), Then: a.x},
		}}
	}
	return known(args).as(best)
}

// rounded gives a double, except that an integer stays one.
func (s scope) rounded(name string, args []value) value {
	if args[0].kind == semantic.Int && len(args) == 1 {
		return args[0]
	}
	xs := []sqltree.Expr{s.c.numbers.double(args[0]).x}
	if len(args) == 2 {
		xs = append(xs, args[1].x)
	}
	return value{x: s.c.d.Scalar(name, xs...), kind: semantic.Float}
}

// unsupported is the problem of a plan that this room cannot turn into SQL.
func unsupported(what, detail string) error {
	return semantic.Problem{Code: semantic.UnsupportedBySource, Name: what, Detail: detail}
}

// fault records a plan that breaks its own rules.
func (c *compiler) fault(format string, args ...any) {
	c.fail(fmt.Errorf("sqlgen: "+format, args...))
}
