package finish

import (
	"math"
	"math/big"

	"wenshu/semantic"
)

// Arithmetic over semantic values. Null in, null out. Integers and decimals
// stay exact, however long they grow; as soon as a float takes part, the result
// is a float.

// decimal is unscaled × 10^-scale.
type decimal struct {
	unscaled *big.Int
	scale    int
}

// maxScale bounds the digits after the point of a product.
const maxScale = 76

func exact(v semantic.Value) (decimal, bool) {
	n, scale, ok := v.Unscaled()
	return decimal{n, int(scale)}, ok
}

// value gives the number back as an Int when it has no digits after the point,
// was made of Ints only and fits.
func (d decimal) value(ints bool) semantic.Value {
	if ints && d.scale == 0 && d.unscaled.IsInt64() {
		return semantic.IntValue(d.unscaled.Int64())
	}
	return semantic.BigDecimal(d.unscaled, uint8(d.scale))
}

// rescaled multiplies or divides by powers of ten; dividing rounds half away
// from zero.
func (d decimal) rescaled(scale int) decimal {
	if scale >= d.scale {
		return decimal{new(big.Int).Mul(d.unscaled, powerOfTen(scale-d.scale)), scale}
	}
	unit := powerOfTen(d.scale - scale)
	half := new(big.Int).Rsh(unit, 1)
	if d.unscaled.Sign() < 0 {
		half.Neg(half)
	}
	sum := new(big.Int).Add(d.unscaled, half)
	return decimal{sum.Quo(sum, unit), scale}
}

// floored rounds down to a whole number.
func (d decimal) floored() decimal {
	return decimal{new(big.Int).Div(d.unscaled, powerOfTen(d.scale)), 0} // Div is Euclidean: down for a positive divisor
}

func powerOfTen(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// combine computes a op b by the exact rule when both are exact, else by the
// rule for floats.
func combine(a, b semantic.Value, exactly func(a, b decimal) decimal, roughly func(a, b float64) float64) (semantic.Value, error) {
	if a.IsNull() || b.IsNull() {
		return semantic.NullValue, nil
	}
	if x, ok := exact(a); ok {
		if y, ok := exact(b); ok {
			return exactly(x, y).value(a.Kind() == semantic.Int && b.Kind() == semantic.Int), nil
		}
	}
	x, okX := a.Float()
	y, okY := b.Float()
	if !okX || !okY {
		return semantic.NullValue, errNoNumbers
	}
	return semantic.FloatValue(roughly(x, y)), nil
}

func add(a, b semantic.Value) (semantic.Value, error) {
	return combine(a, b, func(a, b decimal) decimal {
		scale := max(a.scale, b.scale)
		return decimal{new(big.Int).Add(a.rescaled(scale).unscaled, b.rescaled(scale).unscaled), scale}
	}, func(a, b float64) float64 { return a + b })
}

func subtract(a, b semantic.Value) (semantic.Value, error) {
	minus, err := negate(b)
	if err != nil {
		return semantic.NullValue, err
	}
	return add(a, minus)
}

func multiply(a, b semantic.Value) (semantic.Value, error) {
	return combine(a, b, func(a, b decimal) decimal {
		product := decimal{new(big.Int).Mul(a.unscaled, b.unscaled), a.scale + b.scale}
		return product.rescaled(min(product.scale, maxScale))
	}, func(a, b float64) float64 { return a * b })
}

// divide is real division: the result is a float, and null when b is zero.
func divide(a, b semantic.Value) (semantic.Value, error) {
	if a.IsNull() || b.IsNull() {
		return semantic.NullValue, nil
	}
	x, okX := a.Float()
	y, okY := b.Float()
	switch {
	case !okX || !okY:
		return semantic.NullValue, errNoNumbers
	case y == 0:
		return semantic.NullValue, nil
	}
	return semantic.FloatValue(x / y), nil
}

func negate(v semantic.Value) (semantic.Value, error) {
	if v.Kind() == semantic.Float {
		f, _ := v.Float()
		return semantic.FloatValue(-f), nil
	}
	if d, ok := exact(v); ok {
		return decimal{new(big.Int).Neg(d.unscaled), d.scale}.value(v.Kind() == semantic.Int), nil
	}
	if v.IsNull() {
		return v, nil
	}
	return semantic.NullValue, errNoNumbers
}

func absolute(v semantic.Value) (semantic.Value, error) {
	if f, ok := v.Float(); ok && f < 0 {
		return negate(v)
	} else if ok || v.IsNull() {
		return v, nil
	}
	return semantic.NullValue, errNoNumbers
}

// round rounds half away from zero to so many digits after the point; a
// negative number of digits rounds before it.
func round(v semantic.Value, digits int) (semantic.Value, error) {
	digits = min(max(digits, -maxScale), maxScale)
	if v.Kind() == semantic.Float {
		f, _ := v.Float()
		unit := math.Pow(10, float64(digits))
		if scaled := f * unit; !math.IsInf(scaled, 0) {
			return semantic.FloatValue(math.Round(scaled) / unit), nil
		}
		return v, nil
	}
	d, ok := exact(v)
	if !ok {
		return v, notANumber(v)
	}
	if digits >= d.scale {
		return v, nil
	}
	return d.rescaled(digits).rescaled(max(digits, 0)).value(v.Kind() == semantic.Int), nil
}

// floor rounds down to a whole number of the same exactness.
func floor(v semantic.Value) (semantic.Value, error) {
	if v.Kind() == semantic.Float {
		f, _ := v.Float()
		return semantic.FloatValue(math.Floor(f)), nil
	}
	d, ok := exact(v)
	if !ok {
		return v, notANumber(v)
	}
	return d.floored().value(true), nil
}

// ceil rounds up to a whole number of the same exactness.
func ceil(v semantic.Value) (semantic.Value, error) {
	minus, err := negate(v)
	if err != nil || minus.IsNull() {
		return minus, err
	}
	down, err := floor(minus)
	if err != nil {
		return semantic.NullValue, err
	}
	return negate(down)
}

// notANumber is nil for a null.
func notANumber(v semantic.Value) error {
	if v.IsNull() {
		return nil
	}
	return errNoNumbers
}

// cast turns a computed number into the kind that its column declares: into a
// float where one is declared, else to the declared scale, rounding half away
// from zero. What is no exact number stays as it is.
func cast(v semantic.Value, t semantic.ColumnType) semantic.Value {
	d, ok := exact(v)
	switch {
	case !ok:
		return v
	case t.Kind == semantic.Float:
		f, _ := v.Float()
		return semantic.FloatValue(f)
	case t.Kind == semantic.Decimal:
		return d.rescaled(int(t.Scale)).value(false)
	case t.Kind == semantic.Int:
		return d.rescaled(0).value(true)
	}
	return v
}
