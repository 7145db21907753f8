package warehouse

import (
	"fmt"
	"math"
	"slices"

	"github.com/mattn/go-sqlite3"
)

// discrete is percentile_disc(x, p) as the SQL standard has it: the least value
// such that at least the fraction p of the values is not greater. SQLite's own
// function of that name counts in another way, and the two differ: of 20, 30,
// 50, 75, 100 and 200 the discrete 0.9 is 200.
type discrete struct {
	values []float64
	p      float64
	given  bool
}

func registerPercentile(lite *sqlite3.SQLiteConn) error {
	if err := lite.RegisterAggregator("percentile_disc", func() *discrete { return &discrete{} }, true); err != nil {
		return fmt.Errorf("register percentile_disc: %w", err)
	}
	return nil
}

// Step takes one value in. Fractions outside 0 to 1, fractions that change, and
// values that are no numbers are errors; NULL is left out.
func (d *discrete) Step(value any, fraction any) error {
	p, ok := number(fraction)
	if !ok || p < 0 || p > 1 || d.given && p != d.p {
		return fmt.Errorf("percentile_disc: no fraction")
	}
	d.p, d.given = p, true
	if b, isBytes := value.([]byte); isBytes && b == nil {
		return nil
	}
	x, ok := number(value)
	if !ok {
		return errNoNumber
	}
	d.values = append(d.values, x)
	return nil
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// Done returns the value, NULL when there was none. The tolerance keeps a
// product such as 0.07 times 100 from stepping over its rank.
func (d *discrete) Done() any {
	n := len(d.values)
	if n == 0 {
		return nil
	}
	slices.Sort(d.values)
	rank := int(math.Ceil(d.p*float64(n) - 1e-9))
	return d.values[min(max(rank, 1), n)-1]
}
