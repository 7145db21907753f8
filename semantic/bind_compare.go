package semantic

import (
	"strconv"
	"strings"
	"time"
)

// dimOf is the dimension that a plain side of a test names, nil for expressions.
func (br *branch) dimOf(e Expr) *Dimension {
	n, ok := e.(Name)
	if !ok {
		return nil
	}
	if isTime(n) {
		return br.axis
	}
	if len(br.b.visibleDimensions(n)) == 0 {
		return nil
	}
	return br.b.dimension(n, []*Table{br.home})
}

func (br *branch) compareValues(x Binary) Expr {
	if _, ok := x.L.(Lit); ok {
		turned := map[Op]Op{Eq: Eq, Ne: Ne, Lt: Gt, Gt: Lt, Le: Ge, Ge: Le}
		if _, both := x.R.(Lit); !both {
			x.L, x.R, x.Op = x.R, x.L, turned[x.Op]
		}
	}
	if isTotal(x.R) {
		return br.againstTotal(x)
	}
	l, isLit := x.R.(Lit)
	d := br.dimOf(x.L)
	if isLit && l.Value.IsNull() {
		br.b.fail(Problem{Code: WrongType, Name: ExprString(x), Detail: "is null"})
		return nil
	}
	if d != nil && isLit && d.Type.Finest() != NoUnit {
		return br.compareTime(x, d, l.Value)
	}
	left := br.operand(x.L)
	var right Expr
	if d != nil && isLit {
		v, ok := br.literal(d, l.Value)
		if !ok {
			return nil
		}
		right = Lit{v}
	} else {
		right = br.operand(x.R)
	}
	test := Binary{Op: x.Op, L: left, R: right}
	if x.Op == Ne && d != nil {
		return br.keepNulls(test, left, d)
	}
	return test
}

// keepNulls lets rows without a value pass a negative test, and says so.
func (br *branch) keepNulls(test, x Expr, d *Dimension) Expr {
	br.b.assume(Assumption{What: "nulls", Value: br.b.model.ShortName(d)})
	return Binary{Op: Or, L: test, R: IsNull{X: x}}
}

// literal fits a literal to a dimension's type. A declared member that a rule
// hides is not permitted; a member that a closed list lacks is unknown.
func (br *branch) literal(d *Dimension, v Value) (Value, bool) {
	fitted, ok := Coerce(v, d.Type)
	if !ok {
		br.b.fail(Problem{Code: WrongType, Name: br.b.model.ShortName(d), Detail: v.String(), Near: []string{d.Type.Kind.String()}})
		return NullValue, false
	}
	if !br.unguarded {
		br.b.permitted(d, fitted)
	}
	if d.Closed && !declared(d, fitted) && !br.unguarded {
		br.b.fail(Problem{Code: UnknownMember, Name: v.String(), Detail: br.b.model.ShortName(d), Near: nearMembers(d, fitted)})
		return NullValue, false
	}
	return fitted, true
}

// Coerce fits a value to a type without changing what it says: digits to text,
// whole text to numbers, ISO text to dates. ok is false where it does not fit.
func Coerce(v Value, t ColumnType) (Value, bool) {
	switch t.Kind {
	case Text:
		if v.Kind() == Text {
			return v, true
		}
		return TextValue(v.String()), v.IsNumber()
	case Int, Decimal, Float:
		if v.IsNumber() {
			return v, true
		}
		if n, err := strconv.ParseInt(strings.TrimSpace(v.Text()), 10, 64); err == nil && v.Kind() == Text {
			return IntValue(n), true
		}
		return NullValue, false
	case Bool:
		if v.Kind() == Int && (v.Int() == 0 || v.Int() == 1) {
			return BoolValue(v.Int() == 1), true
		}
		return v, v.Kind() == Bool
	case Null:
		return v, true
	}
	return v, v.Kind() == t.Kind
}

// compareTime binds a test of a time against a date, an instant or a year, as
// half-open ranges of whole days, instants or years.
func (br *branch) compareTime(x Binary, d *Dimension, v Value) Expr {
	iv, ok := instantsOf(v)
	if !ok {
		br.b.fail(Problem{Code: WrongType, Name: br.b.model.ShortName(d), Detail: v.String(), Near: []string{d.Type.Kind.String()}})
		return nil
	}
	left := br.operand(x.L)
	switch x.Op {
	case Eq, Ne:
		if finest := d.Type.Finest(); StartOf(iv.Start, finest, br.b.clock.Calendar).Equal(iv.Start) {
			iv = br.b.wholePeriods(iv, d.Type) // a month is named by its first day
		}
	case Lt:
		iv = Interval{End: iv.Start}
	case Le:
		iv = Interval{End: iv.End}
	case Gt:
		iv = Interval{Start: iv.End}
	case Ge:
		iv = Interval{Start: iv.Start}
	}
	in := timeRange(left, d.Type, iv)
	if x.Op == Ne {
		return br.keepNulls(Unary{Op: Not, X: in}, left, d)
	}
	return in
}

// instantsOf is the span of time that a literal names: a day, an instant, a year
// or a month in ISO text.
func instantsOf(v Value) (Interval, bool) {
	switch v.Kind() {
	case Date:
		return Interval{Start: v.Time(), End: v.Time().AddDate(0, 0, 1)}, true
	case Timestamp:
		return Interval{Start: v.Time(), End: v.Time().Add(time.Second)}, true
	case Int:
		if y := v.Int(); y >= 1000 && y <= 9999 {
			start := time.Date(int(y), 1, 1, 0, 0, 0, 0, time.UTC)
			return Interval{Start: start, End: start.AddDate(1, 0, 0)}, true
		}
	case Text:
		if p, err := ParsePeriod(v.Text()); err == nil {
			if a, ok := p.(Absolute); ok {
				iv, err := Resolve(a, Clock{})
				return iv, err == nil
			}
		}
	}
	return Interval{}, false
}
