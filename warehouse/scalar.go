package warehouse

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

var (
	errNoNumbers = errors.New("arithmetic on values that are no numbers")
	errNoTruth   = errors.New("a value that is neither true, false nor null stands for a condition")
)

// cells are what an expression over a result row may refer to.
type cells struct {
	slots []semantic.Value
	keys  []semantic.Value
}

// evaluate computes an expression over one result row, by SQL's rules: null in
// arithmetic and comparisons gives null, conditions have three values, division
// is real and by zero null.
func evaluate(e semantic.Expr, row cells) (semantic.Value, error) {
	switch e := e.(type) {
	case semantic.Lit:
		return e.Value, nil
	case semantic.Slot:
		return pick(row.slots, e.Index)
	case semantic.KeyRef:
		return pick(row.keys, e.Index)
	case semantic.Unary:
		return evaluateUnary(e, row)
	case semantic.Binary:
		return evaluateBinary(e, row)
	case semantic.Between:
		return evaluateBetween(e, row)
	case semantic.In:
		return evaluateIn(e, row)
	case semantic.IsNull:
		v, err := evaluate(e.X, row)
		return semantic.BoolValue(v.IsNull() != e.Not), err
	case semantic.Match:
		return evaluateMatch(e, row)
	case semantic.Case:
		return evaluateCase(e, row)
	case semantic.Call:
		return evaluateCall(e, row)
	}
	return semantic.NullValue, fmt.Errorf("%T has no place in an expression over results", e)
}

func pick(values []semantic.Value, i int) (semantic.Value, error) {
	if i < 0 || i >= len(values) {
		return semantic.NullValue, fmt.Errorf("index %d of %d", i, len(values))
	}
	return values[i], nil
}

// holds reports whether a condition is true; null is not.
func holds(condition semantic.Expr, row cells) (bool, error) {
	v, err := evaluate(condition, row)
	if err == nil && v.Kind() != semantic.Bool && !v.IsNull() {
		err = errNoTruth
	}
	return v.Bool(), err
}

func evaluateUnary(e semantic.Unary, row cells) (semantic.Value, error) {
	x, err := evaluate(e.X, row)
	if err != nil {
		return semantic.NullValue, err
	}
	switch e.Op {
	case semantic.Negate:
		return negate(x)
	case semantic.Not:
		return not(x)
	}
	return semantic.NullValue, fmt.Errorf("operator %v takes two sides", e.Op)
}

func not(x semantic.Value) (semantic.Value, error) {
	switch x.Kind() {
	case semantic.Null:
		return x, nil
	case semantic.Bool:
		return semantic.BoolValue(!x.Bool()), nil
	}
	return semantic.NullValue, errNoTruth
}

func evaluateBinary(e semantic.Binary, row cells) (semantic.Value, error) {
	l, err := evaluate(e.L, row)
	if err != nil {
		return semantic.NullValue, err
	}
	r, err := evaluate(e.R, row)
	if err != nil {
		return semantic.NullValue, err
	}
	switch e.Op {
	case semantic.And:
		return connect(l, r, false)
	case semantic.Or:
		return connect(l, r, true)
	case semantic.Add:
		return add(l, r)
	case semantic.Sub:
		return subtract(l, r)
	case semantic.Mul:
		return multiply(l, r)
	case semantic.Div:
		return divide(l, r)
	}
	return compare(e.Op, l, r)
}

// connect is AND or OR, whose result is decided by one side that equals
// decisive: false for AND, true for OR.
func connect(l, r semantic.Value, decisive bool) (semantic.Value, error) {
	for _, v := range []semantic.Value{l, r} {
		if v.Kind() != semantic.Bool && !v.IsNull() {
			return semantic.NullValue, errNoTruth
		}
	}
	switch {
	case !l.IsNull() && l.Bool() == decisive, !r.IsNull() && r.Bool() == decisive:
		return semantic.BoolValue(decisive), nil
	case l.IsNull() || r.IsNull():
		return semantic.NullValue, nil
	}
	return semantic.BoolValue(!decisive), nil
}

func compare(op semantic.Op, l, r semantic.Value) (semantic.Value, error) {
	if l.IsNull() || r.IsNull() {
		return semantic.NullValue, nil
	}
	order, err := l.Compare(r)
	if err != nil {
		return semantic.NullValue, err
	}
	switch op {
	case semantic.Eq:
		return semantic.BoolValue(order == 0), nil
	case semantic.Ne:
		return semantic.BoolValue(order != 0), nil
	case semantic.Lt:
		return semantic.BoolValue(order < 0), nil
	case semantic.Le:
		return semantic.BoolValue(order <= 0), nil
	case semantic.Gt:
		return semantic.BoolValue(order > 0), nil
	case semantic.Ge:
		return semantic.BoolValue(order >= 0), nil
	}
	return semantic.NullValue, fmt.Errorf("operator %v takes one side", op)
}

func evaluateBetween(e semantic.Between, row cells) (semantic.Value, error) {
	within, err := evaluate(semantic.Binary{
		Op: semantic.And,
		L:  semantic.Binary{Op: semantic.Ge, L: e.X, R: e.Lo},
		R:  semantic.Binary{Op: semantic.Le, L: e.X, R: e.Hi},
	}, row)
	if err != nil || !e.Not {
		return within, err
	}
	return not(within)
}

// evaluateIn is true when a member equals X, else null when X or a member is
// null, else false. Membership in no list at all is false, even of null.
func evaluateIn(e semantic.In, row cells) (semantic.Value, error) {
	if e.Sub != nil {
		return semantic.NullValue, errors.New("a nested query has no place in an expression over results")
	}
	found := semantic.BoolValue(false)
	for _, member := range e.List {
		equal, err := evaluate(semantic.Binary{Op: semantic.Eq, L: e.X, R: member}, row)
		if err != nil {
			return semantic.NullValue, err
		}
		if found, err = connect(found, equal, true); err != nil {
			return semantic.NullValue, err
		}
	}
	if e.Not {
		return not(found)
	}
	return found, nil
}

// evaluateMatch compares text, ASCII letters without regard to case.
func evaluateMatch(e semantic.Match, row cells) (semantic.Value, error) {
	x, err := evaluate(e.X, row)
	if err != nil || x.IsNull() {
		return semantic.NullValue, err
	}
	if x.Kind() != semantic.Text {
		return semantic.NullValue, errNoText
	}
	text, pattern := foldASCII(x.Text()), foldASCII(e.Pattern)
	var matched bool
	switch e.How {
	case semantic.Contains:
		matched = strings.Contains(text, pattern)
	case semantic.Starts:
		matched = strings.HasPrefix(text, pattern)
	case semantic.Ends:
		matched = strings.HasSuffix(text, pattern)
	}
	return semantic.BoolValue(matched != e.Not), nil
}

func foldASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

func evaluateCase(e semantic.Case, row cells) (semantic.Value, error) {
	for _, when := range e.Whens {
		if ok, err := holds(when.If, row); err != nil {
			return semantic.NullValue, err
		} else if ok {
			return evaluate(when.Then, row)
		}
	}
	if e.Else == nil {
		return semantic.NullValue, nil
	}
	return evaluate(e.Else, row)
}

var errNoText = errors.New("a text function on a value that is no text")

// A scalar is one function over values. Its arguments are as many as it allows.
type scalar struct {
	least, most int // arguments; most -1 means any number
	apply       func(args []semantic.Value) (semantic.Value, error)
}

// scalars are the scalar functions of query lines.
var scalars = map[string]scalar{
	"abs":          {1, 1, func(a []semantic.Value) (semantic.Value, error) { return absolute(a[0]) }},
	"floor":        {1, 1, func(a []semantic.Value) (semantic.Value, error) { return floor(a[0]) }},
	"ceil":         {1, 1, func(a []semantic.Value) (semantic.Value, error) { return ceil(a[0]) }},
	"round":        {1, 2, applyRound},
	"coalesce":     {1, -1, applyCoalesce},
	"nullif":       {2, 2, applyNullif},
	"least":        {1, -1, func(a []semantic.Value) (semantic.Value, error) { return extreme(a, -1) }},
	"greatest":     {1, -1, func(a []semantic.Value) (semantic.Value, error) { return extreme(a, 1) }},
	"lower":        {1, 1, func(a []semantic.Value) (semantic.Value, error) { return mapText(a[0], strings.ToLower) }},
	"upper":        {1, 1, func(a []semantic.Value) (semantic.Value, error) { return mapText(a[0], strings.ToUpper) }},
	"length":       {1, 1, applyLength},
	"days_between": {2, 2, applyDaysBetween},
}

func evaluateCall(e semantic.Call, row cells) (semantic.Value, error) {
	f, ok := scalars[e.Func]
	if !ok || e.Distinct || len(e.Per) > 0 {
		return semantic.NullValue, fmt.Errorf("%s is no function over one row of results", e.Func)
	}
	if len(e.Args) < f.least || f.most >= 0 && len(e.Args) > f.most {
		return semantic.NullValue, fmt.Errorf("%s with %d arguments", e.Func, len(e.Args))
	}
	args := make([]semantic.Value, len(e.Args))
	for i, a := range e.Args {
		v, err := evaluate(a, row)
		if err != nil {
			return semantic.NullValue, err
		}
		args[i] = v
	}
	return f.apply(args)
}

func applyRound(args []semantic.Value) (semantic.Value, error) {
	digits := int64(0)
	if len(args) == 2 {
		if args[1].IsNull() {
			return semantic.NullValue, nil
		}
		if args[1].Kind() != semantic.Int {
			return semantic.NullValue, errNoNumbers
		}
		digits = args[1].Int()
	}
	return round(args[0], int(min(max(digits, -maxScale), maxScale)))
}

func applyCoalesce(args []semantic.Value) (semantic.Value, error) {
	for _, v := range args {
		if !v.IsNull() {
			return v, nil
		}
	}
	return semantic.NullValue, nil
}

func applyNullif(args []semantic.Value) (semantic.Value, error) {
	equal, err := compare(semantic.Eq, args[0], args[1])
	if err != nil || equal.Bool() {
		return semantic.NullValue, err
	}
	return args[0], nil
}

// extreme is the greatest (sign 1) or least (sign -1) value, null if any is.
func extreme(args []semantic.Value, sign int) (semantic.Value, error) {
	best := args[0]
	for _, v := range args {
		if v.IsNull() || best.IsNull() {
			return semantic.NullValue, nil
		}
		order, err := v.Compare(best)
		if err != nil {
			return semantic.NullValue, err
		}
		if order == sign {
			best = v
		}
	}
	return best, nil
}

func mapText(v semantic.Value, f func(string) string) (semantic.Value, error) {
	switch v.Kind() {
	case semantic.Null:
		return v, nil
	case semantic.Text:
		return semantic.TextValue(f(v.Text())), nil
	}
	return semantic.NullValue, errNoText
}

// applyLength counts characters (Unicode code points), as SQL does.
func applyLength(args []semantic.Value) (semantic.Value, error) {
	switch v := args[0]; v.Kind() {
	case semantic.Null:
		return v, nil
	case semantic.Text:
		return semantic.IntValue(int64(utf8.RuneCountInString(v.Text()))), nil
	}
	return semantic.NullValue, errNoText
}

// applyDaysBetween is the number of midnights from the first time to the
// second; negative when the second is earlier.
func applyDaysBetween(args []semantic.Value) (semantic.Value, error) {
	if args[0].IsNull() || args[1].IsNull() {
		return semantic.NullValue, nil
	}
	for _, v := range args {
		if v.Kind() != semantic.Date && v.Kind() != semantic.Timestamp {
			return semantic.NullValue, errors.New("days between values that are no times")
		}
	}
	from := semantic.DateValue(args[0].Time()).Time()
	to := semantic.DateValue(args[1].Time()).Time()
	return semantic.IntValue((to.Unix() - from.Unix()) / 86400), nil
}
