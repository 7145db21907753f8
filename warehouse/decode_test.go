package warehouse

import (
	"math"
	"testing"
	"time"

	"wenshu/semantic"
)

// TestDecodeUndeclared gives a column without a type the kind of its value.
func TestDecodeUndeclared(t *testing.T) {
	for _, c := range []struct {
		raw  any
		want semantic.Value
	}{
		{int64(152), semantic.IntValue(152)}, {"C1", semantic.TextValue("C1")}, {[]byte("C1"), semantic.TextValue("C1")}, {1.5, semantic.FloatValue(1.5)}, {true, semantic.BoolValue(true)},
		{time.Date(2026, 1, 31, 8, 0, 0, 0, time.UTC), semantic.TimestampValue(time.Date(2026, 1, 31, 8, 0, 0, 0, time.UTC))},
	} {
		if got, err := decode(semantic.ColumnType{}, c.raw); err != nil || got != c.want {
			t.Errorf("%v is read as %v, %v", c.raw, got, err)
		}
	}
	if got, err := decode(semantic.ColumnType{}, struct{}{}); err == nil {
		t.Errorf("a value of no kind is read as %v", got)
	}
}

func TestDecode(t *testing.T) {
	kind := func(k semantic.Kind) semantic.ColumnType { return semantic.ColumnType{Kind: k, Scale: 2} }
	for _, c := range []struct {
		t    semantic.Kind
		raw  any
		want string
	}{
		{semantic.Int, nil, "null"},
		{semantic.Int, int64(-5), "-5"},
		{semantic.Int, 3.0, "3"},
		{semantic.Int, 3.5, "error"},
		{semantic.Int, 1e17, "error"},
		{semantic.Int, math.NaN(), "error"},
		{semantic.Int, "12", "12"},
		{semantic.Int, "N/A", "error"},
		{semantic.Decimal, int64(12345), "123.45"},
		{semantic.Decimal, int64(math.MinInt64), "-92233720368547758.08"},
		{semantic.Decimal, "0.10", "0.10"},
		{semantic.Decimal, []byte("99999999999999999999.99"), "99999999999999999999.99"},
		{semantic.Decimal, 1.5, "error"},
		{semantic.Float, int64(2), "2"},
		{semantic.Float, math.Inf(1), "null"},
		{semantic.Float, "2", "error"},
		{semantic.Text, "上海", "上海"},
		{semantic.Text, int64(1001), "1001"},
		{semantic.Text, []byte("a\xffb"), "a\uFFFDb"},
		{semantic.Bool, int64(1), "true"},
		{semantic.Bool, false, "false"},
		{semantic.Bool, int64(2), "error"},
		{semantic.Date, "2026-01-31", "2026-01-31"},
		{semantic.Date, "2026-01-31 00:00:00", "2026-01-31"},
		{semantic.Date, "2026-01-31 00:00:01", "error"},
		{semantic.Date, "soon", "error"},
		{semantic.Date, time.Date(2026, 1, 31, 0, 0, 0, 0, time.FixedZone("", 8*3600)), "2026-01-31"},
		{semantic.Timestamp, "2026-01-31 23:59:59", "2026-01-31 23:59:59"},
		{semantic.Timestamp, "2026-01-31T23:59:59.5Z", "2026-01-31 23:59:59.500000"},
		{semantic.Timestamp, "2026-01-31", "2026-01-31 00:00:00"},
		{semantic.Timestamp, int64(5), "error"},
		{semantic.Null, nil, "null"},
	} {
		v, err := decode(kind(c.t), c.raw)
		got := v.String()
		if v.IsNull() {
			got = "null"
		} else if v.Kind() != c.t {
			t.Errorf("%v of %v: became a %v", c.t, c.raw, v.Kind())
		}
		if err != nil {
			got = "error"
		}
		if got != c.want {
			t.Errorf("%v of %v: got %s (%v); want %s", c.t, c.raw, got, err, c.want)
		}
	}
}
