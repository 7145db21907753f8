package warehouse

import (
	"database/sql/driver"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	"wenshu/semantic"
)

// decode turns a value as a driver hands it over into one of the declared
// kind. A decimal arrives as an integer that counts units of its last digit, or
// as plain digits in text. A value that cannot be of that kind is an error. A
// column that no model gives a type, the key of an entity, has that of its value.
func decode(t semantic.ColumnType, raw driver.Value) (semantic.Value, error) {
	if raw == nil {
		return semantic.NullValue, nil
	}
	if b, ok := raw.([]byte); ok {
		raw = string(b)
	}
	var v semantic.Value
	ok := false
	switch t.Kind {
	case semantic.Bool:
		v, ok = decodeBool(raw)
	case semantic.Int:
		v, ok = decodeInt(raw)
	case semantic.Decimal:
		v, ok = decodeDecimal(t.Scale, raw)
	case semantic.Float:
		v, ok = decodeFloat(raw)
	case semantic.Text:
		v, ok = decodeText(raw)
	case semantic.Date, semantic.Timestamp:
		v, ok = decodeTime(t.Kind, raw)
	case semantic.Null:
		v, ok = decodeAny(raw)
	}
	if !ok {
		return semantic.NullValue, fmt.Errorf("a %T is no %v", raw, t.Kind)
	}
	return v, nil
}

func decodeAny(raw driver.Value) (semantic.Value, bool) {
	switch v := raw.(type) {
	case bool:
		return semantic.BoolValue(v), true
	case int64:
		return semantic.IntValue(v), true
	case float64:
		return semantic.FloatValue(v), true
	case string:
		return semantic.TextValue(v), true
	case time.Time:
		return decodeTime(semantic.Timestamp, v)
	}
	return semantic.NullValue, false
}

func decodeBool(raw driver.Value) (semantic.Value, bool) {
	switch v := raw.(type) {
	case bool:
		return semantic.BoolValue(v), true
	case int64:
		return semantic.BoolValue(v != 0), v == 0 || v == 1
	}
	return semantic.NullValue, false
}

// exactFloat is the bound below which a float64 holds every integer.
const exactFloat = 1 << 53

func decodeInt(raw driver.Value) (semantic.Value, bool) {
	switch v := raw.(type) {
	case int64:
		return semantic.IntValue(v), true
	case float64:
		return semantic.IntValue(int64(v)), v == math.Trunc(v) && math.Abs(v) < exactFloat
	case string:
		n, err := strconv.ParseInt(v, 10, 64)
		return semantic.IntValue(n), err == nil
	}
	return semantic.NullValue, false
}

func decodeDecimal(scale uint8, raw driver.Value) (semantic.Value, bool) {
	switch v := raw.(type) {
	case int64:
		return semantic.DecimalValue(v, scale), true
	case string:
		d, err := semantic.ParseDecimal(v)
		return atScale(d, scale), err == nil
	}
	return semantic.NullValue, false
}

// atScale writes a decimal with at least so many digits after the point.
func atScale(d semantic.Value, scale uint8) semantic.Value {
	n, own, ok := d.Unscaled()
	if !ok || own >= scale {
		return d
	}
	return semantic.BigDecimal(n.Mul(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale-own)), nil)), scale)
}

func decodeFloat(raw driver.Value) (semantic.Value, bool) {
	switch v := raw.(type) {
	case float64:
		return semantic.FloatValue(v), true
	case int64:
		return semantic.FloatValue(float64(v)), true
	}
	return semantic.NullValue, false
}

// decodeText takes numbers as well: codes are often stored as such. Bytes that
// are no UTF-8 show as U+FFFD.
func decodeText(raw driver.Value) (semantic.Value, bool) {
	switch v := raw.(type) {
	case string:
		return semantic.TextValue(strings.ToValidUTF8(v, "\uFFFD")), true
	case int64:
		return semantic.TextValue(strconv.FormatInt(v, 10)), true
	case float64:
		return semantic.TextValue(strconv.FormatFloat(v, 'f', -1, 64)), true
	}
	return semantic.NullValue, false
}

// timeLayouts are the forms of ISO 8601 that engines write. A wall clock has no
// zone; a Z is what some writers add to it.
var timeLayouts = []string{
	time.DateOnly, time.DateTime, "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z", "2006-01-02T15:04",
}

func decodeTime(kind semantic.Kind, raw driver.Value) (semantic.Value, bool) {
	switch v := raw.(type) {
	case time.Time:
		return timeValue(kind, v)
	case string:
		for _, layout := range timeLayouts {
			if t, err := time.Parse(layout, v); err == nil {
				return timeValue(kind, t)
			}
		}
	}
	return semantic.NullValue, false
}

// timeValue makes a date only of a time without a clock.
func timeValue(kind semantic.Kind, t time.Time) (semantic.Value, bool) {
	if kind == semantic.Timestamp {
		return semantic.TimestampValue(t), true
	}
	h, m, s := t.Clock()
	return semantic.DateValue(t), h == 0 && m == 0 && s == 0 && t.Nanosecond() == 0
}
