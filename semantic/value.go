package semantic

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// Kind says what a Value holds.
type Kind uint8

// The kinds of values. Date is a calendar day; Timestamp is a wall-clock
// instant in the model's time zone, to the microsecond.
const (
	Null Kind = iota
	Bool
	Int
	Decimal
	Float
	Text
	Date
	Timestamp
)

// String returns the kind's name as model files spell it.
func (k Kind) String() string {
	return [...]string{"null", "bool", "int", "decimal", "float", "text", "date", "timestamp"}[k]
}

// Value is one cell, literal or argument. Values are immutable, comparable
// with ==, and safe for concurrent use. The zero Value is null. Decimals keep
// every digit; floats are marked as inexact by their kind.
type Value struct {
	kind  Kind
	scale uint8 // digits after the point, for Decimal that fits n
	n     int64 // Bool 0/1, Int, Decimal unscaled, Date days and Timestamp microseconds since 1970
	f     float64
	s     string // Text; or the plain digits of a Decimal that does not fit n
}

// NullValue is the null.
var NullValue = Value{}

// BoolValue returns a Bool.
func BoolValue(b bool) Value {
	if b {
		return Value{kind: Bool, n: 1}
	}
	return Value{kind: Bool}
}

// IntValue returns an Int.
func IntValue(n int64) Value { return Value{kind: Int, n: n} }

// FloatValue returns a Float. NaN and infinities become null, since no engine
// and no reader agrees on what they would mean in an answer.
func FloatValue(f float64) Value {
	if f != f || f > 1.7976931348623157e308 || f < -1.7976931348623157e308 {
		return NullValue
	}
	return Value{kind: Float, f: f}
}

// TextValue returns a Text.
func TextValue(s string) Value { return Value{kind: Text, s: s} }

// DecimalValue returns unscaled × 10^-scale exactly.
func DecimalValue(unscaled int64, scale uint8) Value {
	return Value{kind: Decimal, n: unscaled, scale: scale}
}

// BigDecimal returns unscaled × 10^-scale exactly, for any size.
func BigDecimal(unscaled *big.Int, scale uint8) Value {
	if unscaled.IsInt64() {
		return DecimalValue(unscaled.Int64(), scale)
	}
	return Value{kind: Decimal, scale: scale, s: unscaled.String()}
}

// ParseDecimal reads plain digits with an optional sign and point, such as
// "-12.50"; it keeps the digits after the point as the scale.
func ParseDecimal(s string) (Value, error) {
	whole, frac, _ := strings.Cut(s, ".")
	if len(frac) > 38 {
		return NullValue, fmt.Errorf("decimal %q: more than 38 digits after the point", s)
	}
	digits := whole + frac
	unscaled, ok := new(big.Int).SetString(digits, 10)
	if !ok || strings.ContainsAny(digits, "_") || strings.HasPrefix(frac, "-") || strings.HasPrefix(frac, "+") {
		return NullValue, fmt.Errorf("decimal %q: not a number", s)
	}
	return BigDecimal(unscaled, uint8(len(frac))), nil
}

// DateValue returns the calendar day of t as t shows it on its own clock.
func DateValue(t time.Time) Value {
	if t.Location() == time.UTC {
		return Value{kind: Date, n: daysSince(t.Unix())}
	}
	y, m, d := t.Date()
	return Value{kind: Date, n: time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400}
}

// daysSince is how many whole days have passed since 1970, rounded down.
func daysSince(seconds int64) int64 {
	n := seconds / 86400
	if seconds%86400 < 0 {
		n--
	}
	return n
}

// TimestampValue returns the wall clock of t as t shows it, to the microsecond.
func TimestampValue(t time.Time) Value {
	if t.Location() == time.UTC {
		return Value{kind: Timestamp, n: t.UnixMicro()}
	}
	y, m, d := t.Date()
	w := time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	return Value{kind: Timestamp, n: w.UnixMicro()}
}

// Kind returns what v holds.
func (v Value) Kind() Kind { return v.kind }

// IsNull reports whether v is null.
func (v Value) IsNull() bool { return v.kind == Null }

// Bool returns a Bool's value; false for every other kind.
func (v Value) Bool() bool { return v.kind == Bool && v.n != 0 }

// Int returns an Int's value; 0 for every other kind.
func (v Value) Int() int64 {
	if v.kind != Int {
		return 0
	}
	return v.n
}

// Text returns a Text's value; "" for every other kind.
func (v Value) Text() string {
	if v.kind != Text {
		return ""
	}
	return v.s
}

// Time returns a Date or Timestamp as a wall clock in UTC; the zero time for
// every other kind.
func (v Value) Time() time.Time {
	switch v.kind {
	case Date:
		return time.Unix(v.n*86400, 0).UTC()
	case Timestamp:
		return time.UnixMicro(v.n).UTC()
	}
	return time.Time{}
}

// Unscaled returns a Decimal or Int as unscaled × 10^-scale; ok is false for
// every other kind.
func (v Value) Unscaled() (unscaled *big.Int, scale uint8, ok bool) {
	switch {
	case v.kind == Int:
		return big.NewInt(v.n), 0, true
	case v.kind != Decimal:
		return nil, 0, false
	case v.s != "":
		n, _ := new(big.Int).SetString(v.s, 10)
		return n, v.scale, true
	}
	return big.NewInt(v.n), v.scale, true
}

// Scale returns the digits after the point of a Decimal, 0 otherwise.
func (v Value) Scale() int { return int(v.scale) }

// IsNumber reports whether v is an Int, Decimal or Float.
func (v Value) IsNumber() bool { return v.kind == Int || v.kind == Decimal || v.kind == Float }

// Float returns a number as the nearest float64; ok is false when v is not a
// number.
func (v Value) Float() (f float64, ok bool) {
	switch v.kind {
	case Int:
		return float64(v.n), true
	case Float:
		return v.f, true
	case Decimal:
		f, err := strconv.ParseFloat(v.String(), 64)
		return f, err == nil
	}
	return 0, false
}

// String returns the value as data: full digits, ISO dates, no quotes; null is
// the empty string.
func (v Value) String() string {
	switch v.kind {
	case Bool:
		return strconv.FormatBool(v.n != 0)
	case Int:
		return strconv.FormatInt(v.n, 10)
	case Decimal:
		return v.decimalString()
	case Float:
		return strconv.FormatFloat(v.f, 'g', -1, 64)
	case Text:
		return v.s
	case Date:
		return v.Time().Format("2006-01-02")
	case Timestamp:
		return v.timestampString()
	}
	return ""
}

func (v Value) timestampString() string {
	t := v.Time()
	if t.Nanosecond() != 0 {
		return t.Format("2006-01-02 15:04:05.000000")
	}
	return t.Format("2006-01-02 15:04:05")
}

func (v Value) decimalString() string {
	digits := v.s
	if digits == "" {
		digits = strconv.FormatInt(v.n, 10)
	}
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	scale := int(v.scale)
	if scale == 0 {
		return sign + digits
	}
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale-len(digits)+1) + digits
	}
	return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
}

// ErrIncomparable says that two values have no order.
var ErrIncomparable = errors.New("values of different kinds have no order")

// Compare orders two non-null values of one kind, any two numbers exactly, and
// a Date with a Timestamp: -1, 0 or 1. Text is ordered by bytes, as a binary
// collation does. It returns ErrIncomparable otherwise, nulls included.
func (v Value) Compare(w Value) (int, error) {
	switch {
	case v.IsNumber() && w.IsNumber():
		return compareNumbers(v, w), nil
	case v.kind == Text && w.kind == Text:
		return strings.Compare(v.s, w.s), nil
	case v.kind == Bool && w.kind == Bool:
		return compareInts(v.n, w.n), nil
	case v.isTime() && w.isTime():
		return v.Time().Compare(w.Time()), nil
	}
	return 0, ErrIncomparable
}

func (v Value) isTime() bool { return v.kind == Date || v.kind == Timestamp }

func compareInts(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func compareNumbers(v, w Value) int {
	switch {
	case v.small() && w.small() && v.scale == w.scale:
		return compareInts(v.n, w.n)
	case v.kind == Float && w.kind == Float:
		return cmp.Compare(v.f, w.f)
	}
	return v.rat().Cmp(w.rat())
}

// small reports an Int or a Decimal whose digits are in n.
func (v Value) small() bool { return v.kind == Int || v.kind == Decimal && v.s == "" }

func (v Value) rat() *big.Rat {
	if v.kind == Float {
		return new(big.Rat).SetFloat64(v.f)
	}
	n, scale, _ := v.Unscaled()
	den := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	return new(big.Rat).SetFrac(n, den)
}
