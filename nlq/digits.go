package nlq

import "wenshu/semantic"

// Digits reads plain digits at token at: 1200, 1,200, 3.5, ３.５. It returns the
// number and the token behind it; ok is false where no digits stand. The
// percent sign and units are left to the caller.
func Digits(t *Text, at int) (value semantic.Value, end int, ok bool) {
	if t.At(at).Class != Digit || len(t.At(at).Norm) > 18 {
		return semantic.NullValue, at, false
	}
	digits := t.At(at).Norm
	end = at + 1
	for grouped(t, end, digits) && len(digits) <= 15 {
		digits += t.At(end + 1).Norm
		end += 2
	}
	if t.At(end).Norm == "." && t.Glued(end) && t.Glued(end+1) && t.At(end+1).Class == Digit && len(t.At(end+1).Norm) <= 9 {
		digits += "." + t.At(end+1).Norm
		end += 2
	}
	value, err := semantic.ParseDecimal(digits)
	if err != nil {
		return semantic.NullValue, at, false
	}
	return integral(value), end, true
}

// grouped reports whether a thousands group stands at token at: ",200".
func grouped(t *Text, at int, before string) bool {
	return t.At(at).Norm == "," && t.Glued(at) && t.Glued(at+1) &&
		t.At(at+1).Class == Digit && len(t.At(at+1).Norm) == 3 && len(before) > 0 && before[0] != '0'
}

// integral turns a Decimal without digits after the point into an Int.
func integral(v semantic.Value) semantic.Value {
	if v.Kind() != semantic.Decimal || v.Scale() != 0 {
		return v
	}
	if n, _, ok := v.Unscaled(); ok && n.IsInt64() {
		return semantic.IntValue(n.Int64())
	}
	return v
}
