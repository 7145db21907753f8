package answer

import (
	"math/big"
	"strconv"
	"strings"

	"wenshu/semantic"
)

// decimal is an exact number: unscaled × 10^-scale. The zero decimal is 0.
type decimal struct {
	unscaled *big.Int
	scale    int // digits after the point; negative scales stand for trailing zeros
}

// decimalOf returns the number that v shows; ok is false when v is not a number.
// A float counts as the shortest decimal that reads back as the same float.
func decimalOf(v semantic.Value) (d decimal, ok bool) {
	if n, scale, ok := v.Unscaled(); ok {
		return decimal{n, int(scale)}, true
	}
	f, ok := v.Float()
	if !ok {
		return decimal{}, false
	}
	return parseDecimal(strconv.FormatFloat(f, 'e', -1, 64))
}

// parseDecimal reads digits with an optional sign, point and exponent.
func parseDecimal(s string) (decimal, bool) {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(s), "e")
	shift := 0
	if exponent != "" {
		var err error
		if shift, err = strconv.Atoi(exponent); err != nil {
			return decimal{}, false
		}
	}
	whole, frac, _ := strings.Cut(mantissa, ".")
	n, ok := new(big.Int).SetString(whole+frac, 10)
	if !ok {
		return decimal{}, false
	}
	return decimal{n, len(frac) - shift}, true
}

func (d decimal) int() *big.Int {
	if d.unscaled == nil {
		return new(big.Int)
	}
	return d.unscaled
}

func (d decimal) sign() int { return d.int().Sign() }

func (d decimal) neg() decimal { return decimal{new(big.Int).Neg(d.int()), d.scale} }

// shift returns d × 10^n.
func (d decimal) shift(n int) decimal { return decimal{d.int(), d.scale - n} }

// magnitude is the power of ten of the first digit: 0 for 5, 3 for 1234, -2 for
// 0.05. It is 0 for zero.
func (d decimal) magnitude() int {
	if d.sign() == 0 {
		return 0
	}
	return len(new(big.Int).Abs(d.int()).String()) - 1 - d.scale
}

// round returns d with at most places digits after the point, halves away from
// zero. Negative places round to tens, hundreds and so on.
func (d decimal) round(places int) decimal {
	cut := d.scale - places
	if cut <= 0 {
		return d
	}
	unit := pow10(cut)
	quotient, rest := new(big.Int).QuoRem(d.int(), unit, new(big.Int))
	if twice := rest.Abs(rest).Lsh(rest, 1); twice.Cmp(unit) >= 0 {
		quotient.Add(quotient, big.NewInt(int64(d.sign())))
	}
	return decimal{quotient, places}
}

// trim drops zeros at the end of the fraction.
func (d decimal) trim() decimal {
	n, scale := new(big.Int).Set(d.int()), d.scale
	ten, rest := big.NewInt(10), new(big.Int)
	for scale > 0 {
		quotient, r := new(big.Int).QuoRem(n, ten, rest)
		if r.Sign() != 0 {
			break
		}
		n, scale = quotient, scale-1
	}
	return decimal{n, scale}
}

// digits returns the digits before and behind the point, without sign; the
// fraction has at least places digits.
func (d decimal) digits(places int) (whole, frac string) {
	n := new(big.Int).Abs(d.int())
	scale := d.scale
	if scale < places {
		n.Mul(n, pow10(places-scale))
		scale = places
	}
	if scale <= 0 {
		return n.Mul(n, pow10(-scale)).String(), ""
	}
	s := n.String()
	if len(s) <= scale {
		s = strings.Repeat("0", scale-len(s)+1) + s
	}
	return s[:len(s)-scale], s[len(s)-scale:]
}

// String returns plain digits: "-1234.5".
func (d decimal) String() string {
	whole, frac := d.digits(0)
	s := whole
	if frac != "" {
		s += "." + frac
	}
	if d.sign() < 0 {
		return "-" + s
	}
	return s
}

func pow10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
