package sqlgen_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen"
)

// manyMetrics is a model of n metrics of four kinds over a table for each four.
func manyMetrics(t testing.TB, n int) (*semantic.Model, []string) {
	t.Helper()
	var tables, metrics strings.Builder
	var names []string
	for i := range n / 4 {
		next := (i + 1) % (n / 4)
		fmt.Fprintf(&tables, "  t%d: {key: id, time: sold_on, dimensions: {id: {type: int}, sold_on: {type: date}, amount: {type: int, sum: sum}}}\n", i)
		fmt.Fprintf(&metrics, "  sum%d: {expr: sum(t%d.amount)}\n  part%d: {expr: sum%d / sum%d}\n", i, i, i, i, next)
		fmt.Fprintf(&metrics, "  last%d: {expr: sum%d, offset: 1 month}\n  year%d: {expr: sum%d, to_date: year}\n", i, i, i, i)
		for _, kind := range []string{"sum", "part", "last", "year"} {
			names = append(names, fmt.Sprint(kind, i))
		}
	}
	file := "model: {name: many, warehouse: sales}\ntables:\n" + tables.String() + "metrics:\n" + metrics.String()
	m, err := semantic.Load(fstest.MapFS{"model.yaml": {Data: []byte(file)}})
	if err != nil {
		t.Fatal(err)
	}
	return m, names
}

// statement compiles all metrics into one.
func statement(t testing.TB, m *semantic.Model, names []string) string {
	t.Helper()
	q, err := semantic.ParseQuery(strings.Join(names, ", ") + " by time:month during 2025")
	if err != nil {
		t.Fatal(err)
	}
	p, err := semantic.Bind(m, q, semantic.Viewer{}, clock)
	if err != nil {
		t.Fatal(err)
	}
	program, err := sqlgen.Compile(p, map[string]string{"sales": "postgres"})
	if err != nil {
		t.Fatal(err)
	}
	return program.Statements[0].SQL
}

// TestGrowth holds the text of a statement to the number of its metrics: each of
// many costs no more than a third above what each of a quarter of them costs.
func TestGrowth(t *testing.T) {
	size := func(n int) int {
		m, names := manyMetrics(t, n)
		return len(statement(t, m, names)) / n
	}
	if few, many := size(40), size(160); many > few*4/3 {
		t.Errorf("%d bytes for each of 160 metrics, and %d for each of 40", many, few)
	}
}

// BenchmarkGrowth is what one metric costs among many in one query.
func BenchmarkGrowth(b *testing.B) {
	for _, n := range []int{12, 20, 40, 80, 160} {
		m, names := manyMetrics(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			least := time.Hour
			for b.Loop() {
				start := time.Now()
				statement(b, m, names)
				least = min(least, time.Since(start))
			}
			b.ReportMetric(float64(least.Microseconds())/float64(n), "us-least/metric")
		})
	}
}
