package finish

import (
	"errors"
	"fmt"
	"strings"

	"wenshu/semantic"
)

var (
	errNoNumbers = errors.New("arithmetic on values that are no numbers")
	errNoTruth   = errors.New("a value that is neither true, false nor null stands for a condition")
	errNoText    = errors.New("a text function on a value that is no text")
)

// cells are what an expression over a result row may refer to.
type cells struct {
	slots []semantic.Value
	keys  []semantic.Value
}

// evaluate computes an expression over one result row. Arithmetic with a null
// gives null, division is real and by zero null. Conditions have two values: a
// comparison, a membership or a match with a null is false and its negation
// true, as the documentation of package sqlgen says.
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
	if err != nil {
		return false, err
	}
	return truth(v)
}

func truth(v semantic.Value) (bool, error) {
	if v.Kind() != semantic.Bool && !v.IsNull() {
		return false, errNoTruth
	}
	return v.Bool(), nil
}

// judged makes a value of a test and its negation.
func judged(result, negated bool, err error) (semantic.Value, error) {
	if err != nil {
		return semantic.NullValue, err
	}
	return semantic.BoolValue(result != negated), nil
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
		is, err := truth(x)
		return judged(is, true, err)
	}
	return semantic.NullValue, fmt.Errorf("operator %v takes two sides", e.Op)
}

func evaluateBinary(e semantic.Binary, row cells) (semantic.Value, error) {
	if e.Op == semantic.And || e.Op == semantic.Or {
		return evaluateLogic(e, row)
	}
	l, err := evaluate(e.L, row)
	if err != nil {
		return semantic.NullValue, err
	}
	r, err := evaluate(e.R, row)
	if err != nil {
		return semantic.NullValue, err
	}
	switch e.Op {
	case semantic.Add:
		return add(l, r)
	case semantic.Sub:
		return subtract(l, r)
	case semantic.Mul:
		return multiply(l, r)
	case semantic.Div:
		return divide(l, r)
	}
	is, err := compare(e.Op, l, r)
	return judged(is, false, err)
}

func evaluateLogic(e semantic.Binary, row cells) (semantic.Value, error) {
	l, err := holds(e.L, row)
	if err != nil {
		return semantic.NullValue, err
	}
	r, err := holds(e.R, row)
	if e.Op == semantic.And {
		return judged(l && r, false, err)
	}
	return judged(l || r, false, err)
}

func compare(op semantic.Op, l, r semantic.Value) (bool, error) {
	if l.IsNull() || r.IsNull() {
		return op == semantic.Ne, nil
	}
	order, err := l.Compare(r)
	if err != nil {
		return false, err
	}
	switch op {
	case semantic.Eq:
		return order == 0, nil
	case semantic.Ne:
		return order != 0, nil
	case semantic.Lt:
		return order < 0, nil
	case semantic.Le:
		return order <= 0, nil
	case semantic.Gt:
		return order > 0, nil
	case semantic.Ge:
		return order >= 0, nil
	}
	return false, fmt.Errorf("operator %v takes one side", op)
}

func evaluateBetween(e semantic.Between, row cells) (semantic.Value, error) {
	within, err := holds(semantic.Binary{
		Op: semantic.And,
		L:  semantic.Binary{Op: semantic.Ge, L: e.X, R: e.Lo},
		R:  semantic.Binary{Op: semantic.Le, L: e.X, R: e.Hi},
	}, row)
	return judged(within, e.Not, err)
}

func evaluateIn(e semantic.In, row cells) (semantic.Value, error) {
	if e.Sub != nil {
		return semantic.NullValue, errors.New("a nested query has no place in an expression over results")
	}
	found := false
	for _, member := range e.List {
		equal, err := holds(semantic.Binary{Op: semantic.Eq, L: e.X, R: member}, row)
		if err != nil {
			return semantic.NullValue, err
		}
		found = found || equal
	}
	return judged(found, e.Not, nil)
}

// evaluateMatch compares text, ASCII letters without regard to case.
func evaluateMatch(e semantic.Match, row cells) (semantic.Value, error) {
	x, err := evaluate(e.X, row)
	if err != nil || x.IsNull() {
		return judged(false, e.Not, err)
	}
	if x.Kind() != semantic.Text {
		return semantic.NullValue, errNoText
	}
	text, pattern := foldASCII(x.Text()), foldASCII(e.Pattern)
	matched := false
	switch e.How {
	case semantic.Contains:
		matched = strings.Contains(text, pattern)
	case semantic.Starts:
		matched = strings.HasPrefix(text, pattern)
	case semantic.Ends:
		matched = strings.HasSuffix(text, pattern)
	}
	return judged(matched, e.Not, nil)
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
