package conformance

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen"
	"wenshu/warehouse"
)

// TestManyMetrics asks for more metrics at once than are stitched in one go: each
// must show what it shows alone, on every engine.
func TestManyMetrics(t *testing.T) { onEngines(t, manyMetrics) }

func manyMetrics(t *testing.T, e testEngine) {
	const homes = 20
	var script, tables, metrics strings.Builder
	var names []string
	for i := range homes {
		fmt.Fprintf(&script, "CREATE TABLE t%d (id INTEGER, sold_on DATE, amount INTEGER);\n", i)
		for row := range 4 {
			sold := time.Date(2024, time.Month(11+i%5+3*row), 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
			fmt.Fprintf(&script, "INSERT INTO t%d VALUES (%d, '%s', %d);\n", i, row, sold, 10*i+row+1)
		}
		fmt.Fprintf(&tables, "  t%d: {key: id, time: sold_on, dimensions: {id: {type: int}, sold_on: {type: date}, amount: {type: int, sum: sum}}}\n", i)
		fmt.Fprintf(&metrics, "  sum%d: {expr: sum(t%d.amount)}\n  last%d: {expr: sum%d, offset: 1 month}\n", i, i, i, i)
		names = append(names, fmt.Sprint("sum", i), fmt.Sprint("last", i))
	}
	file := "model: {name: many, warehouse: w}\ntables:\n" + tables.String() + "metrics:\n" + metrics.String()
	model := modelOf(t, file)
	sources := e.sources(t, script.String(), "w")
	for _, by := range []string{" by time:month during 2025", " by time:month during 2025 fill"} {
		all := answered(t, model, sources, strings.Join(names, ", ")+by)
		if len(all.Rows) < 12 {
			t.Errorf("%d rows%s", len(all.Rows), by)
		}
		for i, name := range names {
			alone := map[string]string{}
			for _, row := range answered(t, model, sources, name+by).Rows {
				alone[row[0].String()] = row[1].String()
			}
			shown := 0
			for _, row := range all.Rows {
				want, there := alone[row[0].String()]
				if !there {
					want = semantic.NullValue.String()
				} else {
					shown++
				}
				if got := row[1+i].String(); got != want {
					t.Errorf("%s%s: %s in %v, %s alone", name, by, got, row[0], want)
				}
			}
			if shown != len(alone) {
				t.Errorf("%s%s: %d of %d rows", name, by, shown, len(alone))
			}
		}
	}
}

func answered(t *testing.T, m *semantic.Model, sources warehouse.Sources, line string) *warehouse.Table {
	t.Helper()
	q, err := semantic.ParseQuery(line)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := semantic.Bind(m, q, semantic.Viewer{}, flowClock)
	if err != nil {
		t.Fatal(err)
	}
	program, err := sqlgen.Compile(plan, map[string]string{"w": sources["w"].Dialect()})
	if err != nil {
		t.Fatal(err)
	}
	table, _, err := sources.Run(t.Context(), program)
	if err != nil {
		t.Fatal(unwrapAll(err))
	}
	return table
}
