package warehouse

import (
	"errors"
	"fmt"
	"math"

	"github.com/mattn/go-sqlite3"
)

// moments is an aggregate over the numbers of a group by Welford's method, on
// their distances from the first one, so that no digits are lost when the mean
// is large against the spread. NULL is left out, as in every SQL aggregate.
type moments struct {
	n      int64
	first  float64
	mean   float64 // of the distances from first
	square float64 // sum of squared distances from the mean
	finish func(*moments) any
}

// momentFunctions are the aggregates that the dialect calls and SQLite lacks, by
// the names of the SQL standard.
var momentFunctions = []struct {
	name   string
	finish func(*moments) any
}{
	{"var_samp", (*moments).variance},
	{"stddev_samp", (*moments).deviation},
}

func registerMoments(lite *sqlite3.SQLiteConn) error {
	for _, f := range momentFunctions {
		if err := lite.RegisterAggregator(f.name, func() *moments { return &moments{finish: f.finish} }, true); err != nil {
			return fmt.Errorf("register %s: %w", f.name, err)
		}
	}
	return nil
}

var errNoNumber = errors.New("a deviation needs numbers")

// Step takes one value in. A value that is neither a number nor NULL is an
// error.
func (m *moments) Step(value any) error {
	var x float64
	switch v := value.(type) {
	case int64:
		x = float64(v)
	case float64:
		x = v
	case []byte:
		if v == nil { // the driver's NULL
			return nil
		}
		return errNoNumber
	default:
		return errNoNumber
	}
	if m.n == 0 {
		m.first = x
	}
	x -= m.first
	m.n++
	distance := x - m.mean
	m.mean += distance / float64(m.n)
	m.square += distance * (x - m.mean)
	return nil
}

// Done returns the result, or NULL when there are too few values for one.
func (m *moments) Done() any { return m.finish(m) }

func (m *moments) variance() any {
	if m.n < 2 {
		return nil
	}
	return m.square / float64(m.n-1)
}

func (m *moments) deviation() any {
	if v, ok := m.variance().(float64); ok {
		return math.Sqrt(v)
	}
	return nil
}
