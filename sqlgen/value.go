package sqlgen

import (
	"math/big"

	"wenshu/semantic"
	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
)

// value is an expression of SQL with what is known of its result.
type value struct {
	x    sqltree.Expr
	kind semantic.Kind // Null where unknown
	// scale is the digits after the point of a Decimal. When whole is set, x is
	// an integer that counts units of 10^-scale.
	scale    int
	whole    bool
	fixed    bool           // a Decimal that has its scale, whatever its column holds
	computed bool           // by arithmetic over rows, so that the last digits may be off
	present  bool           // never null: a count where there are rows
	lit      semantic.Value // the constant that x binds; null for anything else
}

func (v value) exact() bool  { return v.kind == semantic.Int || v.kind == semantic.Decimal }
func (v value) number() bool { return v.exact() || v.kind == semantic.Float }
func (v value) time() bool   { return v.kind == semantic.Date || v.kind == semantic.Timestamp }

// as is v with another expression.
func (v value) as(x sqltree.Expr) value {
	v.x, v.lit, v.present = x, semantic.NullValue, false
	return v
}

// numbers is the arithmetic of one dialect.
type numbers struct{ dialect.Dialect }

// double turns a number into a double.
func (n numbers) double(v value) value {
	out := value{x: v.x, kind: semantic.Float}
	f, constant := v.lit.Float()
	switch {
	case constant:
		out.x, out.lit = n.Value(semantic.FloatValue(f)), v.lit
	case v.whole && v.scale > 0:
		out.x = sqltree.Op(sqltree.Div, v.x, scaleLit(v.scale, ".0"))
	case v.kind != semantic.Float:
		out.x = n.Double(v.x)
	}
	return out
}

// scaleLit is 10^scale with a suffix.
func scaleLit(scale int, suffix string) sqltree.Expr {
	return &sqltree.Lit{Kind: sqltree.Number, Text: dialect.Power(scale) + suffix}
}

// exact turns a number into a decimal of a scale, rounding where it must.
func (n numbers) exact(v value, scale int) value {
	out := value{kind: semantic.Decimal, scale: scale, whole: n.ScaledDecimals(), fixed: true}
	if units, ok := unitsOf(v.lit, scale); ok && out.whole {
		out.x, out.lit = sqltree.Bind(units), v.lit
		return out
	}
	switch {
	case !v.whole && !(v.kind == semantic.Int && out.whole):
		out.x = n.Exact(v.x, scale)
	case scale >= v.scale:
		out.x = times(v.x, scale-v.scale)
	default:
		out.x = n.Exact(sqltree.Op(sqltree.Div, v.x, scaleLit(v.scale-scale, ".0")), 0)
	}
	return out
}

// unitsOf counts a constant in units of 10^-scale; ok is false for what is no
// exact number, has more digits or does not fit.
func unitsOf(v semantic.Value, scale int) (units int64, ok bool) {
	n, own, ok := v.Unscaled()
	if !ok || int(own) > scale {
		return 0, false
	}
	n.Mul(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale-int(own))), nil))
	return n.Int64(), n.IsInt64()
}

func times(x sqltree.Expr, digits int) sqltree.Expr {
	if digits == 0 {
		return x
	}
	return sqltree.Op(sqltree.Mul, x, scaleLit(digits, ""))
}

// convert gives v the type that the plan declares for it.
func (n numbers) convert(v value, t semantic.ColumnType) value {
	switch {
	case !v.number() || t.Kind == v.kind && t.Kind != semantic.Decimal:
		return v
	case t.Kind == semantic.Float:
		return n.double(v)
	case t.Kind == semantic.Decimal:
		if v.kind == semantic.Decimal && v.scale == int(t.Scale) && v.whole == n.ScaledDecimals() && (v.whole || v.fixed) {
			return v
		}
		return n.exact(v, int(t.Scale))
	case t.Kind == semantic.Int:
		v = n.exact(v, 0)
		v.kind = semantic.Int
	}
	return v
}

// align brings numbers into one form in which they can be compared, added or
// stand in the arms of a CASE. Other values stay as they are.
func (n numbers) align(vs ...value) []value {
	scale, whole, inexact, decimal := 0, false, false, false
	for _, v := range vs {
		if !v.exact() {
			inexact = inexact || v.kind == semantic.Float
			continue
		}
		scale = max(scale, v.scale)
		whole = whole || v.whole && v.scale > 0
		decimal = decimal || v.kind == semantic.Decimal
	}
	out := make([]value, len(vs))
	for i, v := range vs {
		switch {
		case !v.number():
		case inexact && (v.kind == semantic.Float || whole || v.whole || v.kind == semantic.Decimal && !n.ScaledDecimals()):
			v = n.double(v)
		case inexact:
			v = value{x: v.x, kind: semantic.Float, lit: v.lit}
		case whole:
			v = n.exact(v, scale)
		case decimal:
			v = value{x: v.x, kind: semantic.Decimal, scale: scale, computed: v.computed, lit: v.lit}
		}
		out[i] = v
	}
	return out
}

// compare aligns two sides of a comparison. A decimal computed over rows is
// rounded at its scale first, so that 0.1 + 0.2 equals 0.3.
func (n numbers) compare(l, r value) (value, value) {
	a := n.align(l, r)
	l, r = a[0], a[1]
	if (l.computed || r.computed) && l.kind == semantic.Decimal && r.kind == semantic.Decimal {
		return n.exact(l, l.scale), n.exact(r, r.scale)
	}
	return l, r
}

// maxExactScale bounds the scale of a product that stays exact: beyond it the
// integers of ordinary sums would leave 64 bits.
const maxExactScale = 8

// arithmetic is l op r. A quotient is a double and null for a zero divisor.
func (n numbers) arithmetic(op semantic.Op, l, r value) value {
	switch op {
	case semantic.Div:
		return n.quotient(l, r)
	case semantic.Mul:
		return n.product(l, r)
	}
	a := n.align(l, r)
	tree := sqltree.Add
	if op == semantic.Sub {
		tree = sqltree.Sub
	}
	out := a[0].as(sqltree.Op(tree, a[0].x, a[1].x))
	if out.kind == semantic.Null {
		out.kind = a[1].kind
	}
	out.computed = !out.whole
	return out
}

func (n numbers) product(l, r value) value {
	scaled := l.whole && l.scale > 0 || r.whole && r.scale > 0
	if l.kind == semantic.Float || r.kind == semantic.Float || scaled && l.scale+r.scale > maxExactScale {
		l, r, scaled = n.double(l), n.double(r), false
		l.scale, r.scale = 0, 0
	}
	out := value{x: sqltree.Op(sqltree.Mul, l.x, r.x), kind: l.kind, scale: l.scale + r.scale, whole: scaled, computed: !scaled}
	if r.kind == semantic.Decimal || l.kind == semantic.Null {
		out.kind = r.kind
	}
	return out
}

func (n numbers) quotient(l, r value) value {
	num, den := n.double(l).x, r.x
	switch {
	case l.whole && r.whole && l.scale == r.scale && l.lit.IsNull() && r.lit.IsNull():
		num = n.Double(l.x) // the scales cancel out
	case r.whole && r.scale > 0, r.kind == semantic.Decimal && !n.ScaledDecimals():
		den = n.double(r).x
	}
	if f, constant := r.lit.Float(); !constant || f == 0 {
		den = sqltree.Fn("nullif", den, sqltree.Int(0))
	}
	return value{x: sqltree.Op(sqltree.Div, num, den), kind: semantic.Float}
}

// negate is -v.
func negate(v value) value { return v.as(&sqltree.Unary{Op: sqltree.Minus, X: v.x}) }
