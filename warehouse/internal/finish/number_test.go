package finish

import (
	"math"
	"math/big"
	"testing"

	"wenshu/semantic"
)

func TestCastToTheDeclaredKind(t *testing.T) {
	decimal2 := semantic.ColumnType{Kind: semantic.Decimal, Scale: 2}
	for _, c := range []struct {
		in   string
		t    semantic.ColumnType
		want string
	}{
		{"1.5", decimal2, "1.50"}, {"1.500", decimal2, "1.50"}, {"1.505", decimal2, "1.51"}, {"-1.505", decimal2, "-1.51"}, {"7", decimal2, "7.00"}, {"2.5f", decimal2, "2.5f"},
		{"1.5", semantic.ColumnType{Kind: semantic.Float}, "1.5f"}, {"7", semantic.ColumnType{Kind: semantic.Float}, "7f"},
		{"7.00", semantic.ColumnType{Kind: semantic.Int}, "7"}, {"7.5", semantic.ColumnType{Kind: semantic.Int}, "8"},
		{"null", decimal2, "null"}, {"x", decimal2, "x"},
	} {
		if got := show(cast(val(c.in), c.t)); got != c.want {
			t.Errorf("cast %s to %v: %s; want %s", c.in, c.t.Kind, got, c.want)
		}
	}
}

// FuzzArithmetic holds exact arithmetic against math/big, and every operation
// to not panicking.
func FuzzArithmetic(f *testing.F) {
	f.Add(int64(1), uint8(2), int64(-3), uint8(0), 1.5)
	f.Add(int64(math.MinInt64), uint8(38), int64(math.MaxInt64), uint8(7), math.MaxFloat64)
	f.Fuzz(func(t *testing.T, n int64, scaleN uint8, m int64, scaleM uint8, x float64) {
		a, b := semantic.DecimalValue(n, scaleN%39), semantic.DecimalValue(m, scaleM%39)
		sum, err := add(a, b)
		if err != nil {
			t.Fatal(err)
		}
		product, err := multiply(a, b)
		if err != nil {
			t.Fatal(err)
		}
		if want := new(big.Rat).Add(rat(t, a), rat(t, b)); rat(t, sum).Cmp(want) != 0 {
			t.Errorf("%v + %v = %v", a, b, sum)
		}
		if want := new(big.Rat).Mul(rat(t, a), rat(t, b)); rat(t, product).Cmp(want) != 0 {
			t.Errorf("%v * %v = %v", a, b, product)
		}
		back, err := subtract(sum, b)
		if err != nil || rat(t, back).Cmp(rat(t, a)) != 0 {
			t.Errorf("%v + %v - %v = %v, %v", a, b, b, back, err)
		}
		for _, v := range []semantic.Value{a, b, sum, product, semantic.FloatValue(x), semantic.IntValue(n)} {
			down, err1 := floor(v)
			up, err2 := ceil(v)
			near, err3 := round(v, int(scaleM)-40)
			if err1 != nil || err2 != nil || err3 != nil || near.IsNull() != v.IsNull() {
				t.Errorf("%v: %v %v %v %v", v, near, err1, err2, err3)
			}
			if !v.IsNull() && (order(t, down, v) > 0 || order(t, v, up) > 0) {
				t.Errorf("%v is not between %v and %v", v, down, up)
			}
		}
	})
}

func rat(t *testing.T, v semantic.Value) *big.Rat {
	t.Helper()
	r, ok := new(big.Rat).SetString(v.String())
	if !ok {
		t.Fatalf("%v is no number", v)
	}
	return r
}

func order(t *testing.T, a, b semantic.Value) int {
	t.Helper()
	n, err := a.Compare(b)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
