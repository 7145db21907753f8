package interop

import (
	"strings"
	"time"

	"wenshu/semantic"
)

// sameFunctions are functions of SQL that the query line has, under its name.
var sameFunctions = map[string]string{
	"sum": "sum", "avg": "avg", "average": "avg", "min": "min", "max": "max", "median": "median", "count": "count",
	"stddev": "stddev", "stddev_samp": "stddev", "variance": "variance", "var_samp": "variance",
	"round": "round", "floor": "floor", "ceil": "ceil", "ceiling": "ceil", "abs": "abs", "coalesce": "coalesce",
	"ifnull": "coalesce", "nvl": "coalesce", "nullif": "nullif", "least": "least", "greatest": "greatest",
	"lower": "lower", "upper": "upper", "length": "length", "char_length": "length",
}

// divisions are functions whose quotient over zero is null, as every quotient of
// the query line is.
var divisions = map[string]bool{"try_divide": true, "safe_divide": true}

func (r *sqlReader) call(t sqlToken) (semantic.Expr, error) {
	name := strings.ToLower(t.text)
	r.at++ // the bracket
	switch name {
	case "cast", "try_cast", "safe_cast":
		return r.cast()
	case "date_trunc":
		return r.trunc(t)
	case "percentile_cont", "percentile_disc":
		return r.percentile(t, name)
	}
	if name == "count" && r.symbol("*") {
		if err := r.expect(")"); err != nil {
			return nil, err
		}
		if r.rows == nil {
			return nil, faultAt(t.at, "count(*)")
		}
		x, err := r.rows(t.at)
		if err != nil {
			return nil, err
		}
		return r.filtered(semantic.Call{Func: "count", Args: []semantic.Expr{x}})
	}
	distinct := r.word("distinct")
	args, err := r.arguments()
	if err != nil {
		return nil, err
	}
	return r.function(t, name, distinct, args)
}

func (r *sqlReader) arguments() ([]semantic.Expr, error) {
	var args []semantic.Expr
	if r.symbol(")") {
		return nil, nil
	}
	for {
		x, err := r.or()
		if err != nil {
			return nil, err
		}
		args = append(args, x)
		if r.symbol(")") {
			return args, nil
		}
		if err := r.expect(","); err != nil {
			return nil, err
		}
	}
}

func (r *sqlReader) function(t sqlToken, name string, distinct bool, args []semantic.Expr) (semantic.Expr, error) {
	switch {
	case divisions[name] && len(args) == 2:
		return semantic.Binary{Op: semantic.Div, L: args[0], R: args[1]}, nil
	case (name == "iff" || name == "if") && len(args) == 3:
		return semantic.Case{Whens: []semantic.When{{If: trueWhen(args[0]), Then: args[1]}}, Else: args[2]}, nil
	case distinct && name == "count" && len(args) == 1:
		name = "count_distinct"
	case distinct && name != "min" && name != "max":
		return nil, faultAt(t.at, "%s(distinct …)", name)
	}
	f, ok := semantic.FunctionNamed(sameFunctions[name])
	if distinct && name == "count_distinct" {
		f, ok = semantic.FunctionNamed(name)
	}
	if !ok {
		return nil, faultAt(t.at, "the function %s", name)
	}
	if len(args) < f.MinArgs || f.MaxArgs >= 0 && len(args) > f.MaxArgs || len(args) == 0 {
		return nil, faultAt(t.at, "%s of %d values", name, len(args))
	}
	c := semantic.Call{Func: f.Name, Args: args}
	if f.Kind != semantic.AggregateFunc {
		return c, nil
	}
	if aggregates(args[0]) {
		return nil, faultAt(t.at, "an aggregate of an aggregate")
	}
	if lit, ok := args[0].(semantic.Lit); ok {
		return r.ofConstant(t, c, lit.Value)
	}
	if r.known != nil && !r.peek().word("filter") && !r.peek().word("over") {
		if e, ok := r.known(c); ok {
			return e, nil
		}
	}
	if f.Name == "count" {
		c = countOf(args[0])
	}
	return r.filtered(c)
}

// aggregates reports an aggregate inside an expression.
func aggregates(e semantic.Expr) bool {
	found := false
	semantic.Walk(e, func(x semantic.Expr) {
		if c, ok := x.(semantic.Call); ok && semantic.IsAggregate(c.Func) {
			found = true
		}
	})
	return found
}

// countOf is the number of rows with a value, as a sum: semantic's count of a
// dimension is the same, but a calculation has to be told.
func countOf(x semantic.Expr) semantic.Call {
	one, zero := semantic.Lit{Value: semantic.IntValue(1)}, semantic.Lit{Value: semantic.IntValue(0)}
	return semantic.Call{Func: "sum", Args: []semantic.Expr{semantic.Case{Whens: []semantic.When{{If: semantic.IsNull{X: x}, Then: zero}}, Else: one}}}
}

// ofConstant is count(1) and sum(1), which count rows, and what follows from it.
func (r *sqlReader) ofConstant(t sqlToken, c semantic.Call, v semantic.Value) (semantic.Expr, error) {
	counts := c.Func == "count" && !v.IsNull() || c.Func == "sum" && v.IsNumber()
	if !counts || r.rows == nil {
		return nil, faultAt(t.at, "%s of a constant", c.Func)
	}
	x, err := r.rows(t.at)
	if err != nil {
		return nil, err
	}
	rows, err := r.filtered(semantic.Call{Func: "count", Args: []semantic.Expr{x}})
	if c.Func == "count" || v.String() == "1" {
		return rows, err
	}
	return semantic.Binary{Op: semantic.Mul, L: rows, R: semantic.Lit{Value: v}}, err
}

// filtered reads FILTER (WHERE …) behind an aggregate.
func (r *sqlReader) filtered(c semantic.Call) (semantic.Expr, error) {
	if r.peek().word("over") {
		return nil, faultAt(r.peek().at, "a window")
	}
	if !r.word("filter") {
		return c, nil
	}
	if err := r.expect("("); err != nil {
		return nil, err
	}
	if !r.word("where") {
		return nil, faultAt(r.peek().at, "filter without where")
	}
	cond, err := r.or()
	if err != nil {
		return nil, err
	}
	return semantic.Filtered{X: c, Where: trueWhen(cond)}, r.expect(")")
}

func (r *sqlReader) cast() (semantic.Expr, error) {
	x, err := r.or()
	if err != nil {
		return nil, err
	}
	if !r.word("as") {
		return nil, faultAt(r.peek().at, "cast without as")
	}
	if x, err = r.castTo(x); err != nil {
		return nil, err
	}
	return x, r.expect(")")
}

// castTo reads a type. Numbers stay the numbers they are, since arithmetic over
// them is exact or real, never whole; what would change a value is refused.
func (r *sqlReader) castTo(x semantic.Expr) (semantic.Expr, error) {
	t := r.next()
	if t.kind != sqlWord {
		return nil, faultAt(t.at, "a type should stand here")
	}
	r.word("precision")
	if r.symbol("(") {
		for !r.symbol(")") {
			if r.next().kind == sqlEnd {
				return nil, faultAt(t.at, "a type without an end")
			}
		}
	}
	lit, constant := x.(semantic.Lit)
	switch strings.ToLower(t.text) {
	case "date", "timestamp", "timestamp_ntz", "datetime":
		if constant {
			if v, ok := momentOf(lit.Value.Text()); ok && lit.Value.Kind() == semantic.Text {
				return semantic.Lit{Value: v}, nil
			}
			return nil, faultAt(t.at, "the moment %s", lit.Value)
		}
		if r.isTime != nil && r.isTime(x) {
			return x, nil
		}
		return nil, faultAt(t.at, "a cast to %s of what is no time", t.text)
	case "float", "float64", "double", "real", "decimal", "numeric", "number":
		return x, nil
	}
	return nil, faultAt(t.at, "a cast to %s", strings.ToLower(t.text))
}

// trunc reads date_trunc('month', x), which is x:month.
func (r *sqlReader) trunc(t sqlToken) (semantic.Expr, error) {
	u := r.next()
	unit, ok := semantic.ParseUnit(strings.ToLower(u.text))
	if !ok || u.kind != sqlString && u.kind != sqlWord {
		return nil, faultAt(u.at, "the unit %q", u.text)
	}
	if err := r.expect(","); err != nil {
		return nil, err
	}
	x, err := r.or()
	if err != nil {
		return nil, err
	}
	if n, ok := x.(semantic.Name); ok {
		return semantic.Grained{Of: n, Grain: semantic.Grain{Unit: unit}}, r.expect(")")
	}
	return nil, faultAt(t.at, "date_trunc of a calculation")
}

func (r *sqlReader) percentile(t sqlToken, name string) (semantic.Expr, error) {
	share, err := r.or()
	if err != nil {
		return nil, err
	}
	lit, ok := share.(semantic.Lit)
	if !ok || !lit.Value.IsNumber() {
		return nil, faultAt(t.at, "%s of what is no constant", name)
	}
	if !isShare(lit.Value) {
		return nil, faultAt(t.at, "%s of %s, which is no share of one", name, clip(lit.Value.String()))
	}
	if err := r.expect(")"); err != nil {
		return nil, err
	}
	if !r.word("within", "group") || !r.symbol("(") || !r.word("order", "by") {
		return nil, faultAt(r.peek().at, "%s without within group (order by …)", name)
	}
	x, err := r.or()
	if err != nil {
		return nil, err
	}
	if err := r.expect(")"); err != nil {
		return nil, err
	}
	if lit.Value.String() == "0.5" && name == "percentile_cont" {
		return r.filtered(semantic.Call{Func: "median", Args: []semantic.Expr{x}})
	}
	return r.filtered(percentileOf(x, lit, name == "percentile_disc"))
}

// isShare reports a number from 0 to 1.
func isShare(v semantic.Value) bool {
	f, ok := v.Float()
	return ok && f >= 0 && f <= 1
}

func percentileOf(x semantic.Expr, share semantic.Lit, discrete bool) semantic.Call {
	c := semantic.Call{Func: "percentile", Args: []semantic.Expr{x, share}}
	if discrete {
		c.Func = "percentile_disc"
	}
	return c
}

// momentOf reads a date or a timestamp without a zone.
func momentOf(text string) (semantic.Value, bool) {
	text = strings.TrimSpace(text)
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return semantic.DateValue(t), true
	}
	for _, layout := range []string{time.DateTime, "2006-01-02T15:04:05", "2006-01-02 15:04"} {
		if t, err := time.Parse(layout, text); err == nil {
			return semantic.TimestampValue(t), true
		}
	}
	return semantic.NullValue, false
}

// trueWhen is a two-valued condition that is true for the rows for which SQL
// says that e is true: neither false nor unknown.
func trueWhen(e semantic.Expr) semantic.Expr { return valued(e, true) }

// valued is the condition that SQL's e has the truth value.
func valued(e semantic.Expr, truth bool) semantic.Expr {
	switch x := e.(type) {
	case semantic.Unary:
		if x.Op == semantic.Not {
			return valued(x.X, !truth)
		}
	case semantic.Binary:
		return valuedBinary(x, truth)
	case semantic.Lit:
		if x.Value.Kind() == semantic.Bool && !truth {
			return semantic.Lit{Value: semantic.BoolValue(!x.Value.Bool())}
		}
		if x.Value.IsNull() {
			return semantic.Lit{Value: semantic.BoolValue(false)}
		}
	case semantic.IsNull:
		x.Not = x.Not == truth
		return x
	case semantic.In:
		return denied(x.Not == truth, x.X, func(not bool) semantic.Expr { x.Not = not; return x })
	case semantic.Between:
		return denied(x.Not == truth, x.X, func(not bool) semantic.Expr { x.Not = not; return x })
	case semantic.Match:
		return denied(x.Not == truth, x.X, func(not bool) semantic.Expr { x.Not = not; return x })
	case semantic.Name:
		return semantic.Binary{Op: semantic.Eq, L: x, R: semantic.Lit{Value: semantic.BoolValue(truth)}}
	}
	return e
}

// denied is a test, or its denial for rows that have a value.
func denied(not bool, x semantic.Expr, test func(not bool) semantic.Expr) semantic.Expr {
	if !not {
		return test(false)
	}
	return semantic.Binary{Op: semantic.And, L: test(true), R: semantic.IsNull{X: x, Not: true}}
}

var opposite = map[semantic.Op]semantic.Op{
	semantic.Eq: semantic.Ne, semantic.Ne: semantic.Eq, semantic.Lt: semantic.Ge, semantic.Ge: semantic.Lt,
	semantic.Le: semantic.Gt, semantic.Gt: semantic.Le, semantic.And: semantic.Or, semantic.Or: semantic.And,
}

func valuedBinary(x semantic.Binary, truth bool) semantic.Expr {
	if x.Op == semantic.And || x.Op == semantic.Or {
		op := x.Op
		if !truth {
			op = opposite[op]
		}
		return missingToo(semantic.Binary{Op: op, L: valued(x.L, truth), R: valued(x.R, truth)})
	}
	if _, ok := opposite[x.Op]; !ok {
		return x
	}
	if !truth {
		x.Op = opposite[x.Op]
	}
	if x.Op != semantic.Ne {
		return x
	}
	out := semantic.Expr(x)
	for _, side := range []semantic.Expr{x.L, x.R} {
		if _, constant := side.(semantic.Lit); !constant {
			out = semantic.Binary{Op: semantic.And, L: out, R: semantic.IsNull{X: side, Not: true}}
		}
	}
	return out
}

// missingToo shortens a denial that says of missing values that they are left
// in: the denials of the query line leave them in anyway.
func missingToo(x semantic.Binary) semantic.Expr {
	missing, or := x.R.(semantic.IsNull)
	guarded, and := x.L.(semantic.Binary)
	if x.Op != semantic.Or || !or || missing.Not || !and || guarded.Op != semantic.And {
		return x
	}
	guard, ok := guarded.R.(semantic.IsNull)
	if !ok || !guard.Not || semantic.ExprString(guard.X) != semantic.ExprString(missing.X) || !denial(guarded.L) {
		return x
	}
	return guarded.L
}

// denial reports a test that is true where what it tests is missing.
func denial(e semantic.Expr) bool {
	switch x := e.(type) {
	case semantic.Binary:
		return x.Op == semantic.Ne
	case semantic.In:
		return x.Not
	case semantic.Between:
		return x.Not
	case semantic.Match:
		return x.Not
	}
	return false
}
