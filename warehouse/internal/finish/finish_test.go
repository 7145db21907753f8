package finish

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenshu/semantic"
	"wenshu/sqlgen"
)

// rows reads a result: one row a line, cells by white space, as val reads them.
func rows(lines string) Rows {
	var all Rows
	for line := range strings.Lines(lines) {
		if cells := strings.Fields(line); len(cells) > 0 {
			row := make([]semantic.Value, len(cells))
			for i, c := range cells {
				row[i] = val(c)
			}
			all = append(all, row)
		}
	}
	return all
}

// lines writes rows as rows reads them.
func lines(all Rows) []string {
	var out []string
	for _, row := range all {
		cells := make([]string, len(row))
		for i, v := range row {
			cells[i] = show(v)
		}
		out = append(out, strings.Join(cells, " "))
	}
	return out
}

func cell(column, slot int) sqlgen.Cell { return sqlgen.Cell{Column: column, Slot: slot} }

// zero is a cell with 0 for what is missing.
func zero(column, slot int, kind semantic.Kind, scale uint8) sqlgen.Cell {
	return sqlgen.Cell{Column: column, Slot: slot, Zero: true, Type: semantic.ColumnType{Kind: kind, Scale: scale}}
}

// full is an input that has its keys in its first columns and a measure behind.
func full(statement, keys, slot int) sqlgen.Input {
	in := sqlgen.Input{Statement: statement, Cells: []sqlgen.Cell{cell(keys, slot)}}
	for k := range keys {
		in.Keys = append(in.Keys, k)
	}
	return in
}

var intType = semantic.ColumnType{Kind: semantic.Int}

func TestStitch(t *testing.T) {
	following := full(1, 1, 1)
	following.Follows = true
	withZero := full(1, 1, 1)
	withZero.Cells = []sqlgen.Cell{zero(1, 1, semantic.Decimal, 2)}
	months := []semantic.Value{val("2026-01-01"), val("2026-02-01"), val("2026-03-01")}
	for _, c := range []struct {
		name   string
		keys   int
		slots  int
		stitch sqlgen.Stitch
		inputs []string
		want   string
	}{
		{"nulls meet, nobody is lost", 1, 2, sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 1, 0), full(1, 1, 1)}},
			[]string{"null 50\nEAST 350\nWEST 75", "EAST 15\nnull 15\nNORTH 1"},
			"EAST 350 15\nNORTH null 1\nWEST 75 null\nnull 50 15"},
		{"numbers meet by value", 1, 2, sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 1, 0), full(1, 1, 1)}},
			[]string{"1 10\n2.50 20\n-0.0 5", "1.0f 11\n2.5 21\n0 6"},
			"0.0 5 6\n1 10 11\n2.50 20 21"},
		{"missing is zero where asked", 1, 2, sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 1, 0), withZero}},
			[]string{"a 1\nb 2", "b null\nc 7"},
			"a 1 0.00\nb 2 0.00\nc null 7"},
		{"coarser input", 2, 2, sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 2, 0), {Statement: 1, Keys: []int{0, -1}, Cells: []sqlgen.Cell{cell(1, 1)}}}},
			[]string{"EAST a 1\nEAST b 2\nWEST a 3\nnull a 4", "EAST 100\nnull 300\nNORTH 400"},
			"EAST a 1 100\nEAST b 2 100\nWEST a 3 null\nnull a 4 300"},
		{"input without any key", 1, 2, sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 1, 0), {Statement: 1, Keys: []int{-1}, Cells: []sqlgen.Cell{cell(0, 1)}}}},
			[]string{"a 1\nb 2", "9"},
			"a 1 9\nb 2 9"},
		{"no keys, one row", 0, 2, sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 0, 0), full(1, 0, 1)}},
			[]string{"5", ""},
			"5 null"},
		{"no keys, no rows", 0, 1, sqlgen.Stitch{Inputs: []sqlgen.Input{{Statement: 0, Cells: []sqlgen.Cell{zero(0, 0, semantic.Int, 0)}}}},
			[]string{""},
			"0"},
		{"keys, no rows", 1, 1, sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 1, 0)}}, []string{""}, ""},
		{"clip both ends", 1, 2, sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 1, 0), following}, Clip: []sqlgen.Clip{{Key: 0, Low: true, High: true}}},
			[]string{"2026-02-01 1\n2026-04-01 2", "2026-01-01 5\n2026-03-01 6\n2026-05-01 7\nnull 8"},
			"2026-02-01 1 null\n2026-03-01 null 6\n2026-04-01 2 null\nnull null 8"},
		{"clip the high end", 1, 2, sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 1, 0), following}, Clip: []sqlgen.Clip{{Key: 0, High: true}}},
			[]string{"2026-02-01 1", "2026-01-01 5\n2026-03-01 6"},
			"2026-01-01 null 5\n2026-02-01 1 null"},
		{"clip by nothing", 1, 2, sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 1, 0), following}, Clip: []sqlgen.Clip{{Key: 0, High: true}}},
			[]string{"null 1", "2026-01-01 5\nnull 6"},
			"null 1 6"},
		{"clip before a day", 1, 2, sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 1, 0), following}, Clip: []sqlgen.Clip{{Key: 0, Before: val("2026-03-01")}}},
			[]string{"2026-04-01 1", "2026-02-28 5\n2026-03-01 6\nnull 7"},
			"2026-02-28 null 5\n2026-04-01 1 null\nnull null 7"},
		{"clip before a moment, without leading rows", 1, 2, sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 1, 0), following}, Clip: []sqlgen.Clip{{Key: 0, Before: val("2026-03-01 00:00:00")}}},
			[]string{"", "2026-02-28 5\n2026-03-01 6"},
			"2026-02-28 null 5"},
		{"spine", 1, 1, sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 1, 0)}, Spine: &sqlgen.Spine{Values: months}},
			[]string{"2026-02-01 5\n2025-12-01 4"},
			"2025-12-01 4\n2026-01-01 null\n2026-02-01 5\n2026-03-01 null"},
		{"spine for each", 2, 1, sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 2, 0)}, Spine: &sqlgen.Spine{Key: 1, Values: months[:2], Cross: []int{0}}},
			[]string{"a 2026-02-01 5\nnull 2026-03-01 4"},
			"a 2026-01-01 null\na 2026-02-01 5\nnull 2026-01-01 null\nnull 2026-02-01 null\nnull 2026-03-01 4"},
		{"spine over nothing", 1, 1, sqlgen.Stitch{Inputs: []sqlgen.Input{{Statement: 0, Keys: []int{0}, Cells: []sqlgen.Cell{zero(1, 0, semantic.Float, 0)}}}, Spine: &sqlgen.Spine{Values: months[:1]}},
			[]string{""},
			"2026-01-01 0f"},
	} {
		f := &sqlgen.Finish{Keys: c.keys, Width: c.keys + c.slots, Stitch: c.stitch}
		for i := range f.Width {
			f.Output = append(f.Output, i)
		}
		var inputs []Rows
		for _, in := range c.inputs {
			inputs = append(inputs, rows(in))
		}
		got, err := Run(t.Context(), f, inputs, 1000)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if d := cmp.Diff(strings.Split(c.want, "\n"), append(lines(got), []string{""}[min(len(got), 1):]...)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// after runs steps over rows whose first cells are keys.
func after(t *testing.T, keys int, in string, extra int, steps ...sqlgen.Step) ([]string, error) {
	t.Helper()
	table := rows(in)
	width := len(table[0]) + extra
	input := sqlgen.Input{}
	for i := range keys {
		input.Keys = append(input.Keys, i)
	}
	for i := keys; i < len(table[0]); i++ {
		input.Cells = append(input.Cells, cell(i, i-keys))
	}
	f := &sqlgen.Finish{Keys: keys, Width: width, Stitch: sqlgen.Stitch{Inputs: []sqlgen.Input{input}}, Steps: steps}
	for i := range width {
		f.Output = append(f.Output, i)
	}
	got, err := Run(t.Context(), f, []Rows{table}, 10000)
	return lines(got), err
}

func TestSteps(t *testing.T) {
	float := semantic.ColumnType{Kind: semantic.Float}
	decimal := semantic.ColumnType{Kind: semantic.Decimal, Scale: 2}
	calendar := &semantic.Calendar{WeekStart: time.Monday, FiscalStart: 4}
	run := func(w sqlgen.Window) []sqlgen.Step { return []sqlgen.Step{w} }
	for _, c := range []struct {
		name  string
		keys  int
		extra int
		in    string
		steps []sqlgen.Step
		want  string
	}{
		{"derive", 1, 1, "a 3 2\nb 1 0\nc null 2",
			[]sqlgen.Step{sqlgen.Derive{Slot: 2, Type: float, Expr: semantic.Binary{Op: semantic.Div, L: semantic.Slot{Index: 0}, R: semantic.Slot{Index: 1}}}},
			"a 3 2 1.5f\nb 1 0 null\nc null 2 null"},
		{"derive rounds to its scale", 1, 1, "a 0.05 0.1",
			[]sqlgen.Step{sqlgen.Derive{Slot: 2, Type: decimal, Expr: semantic.Binary{Op: semantic.Mul, L: semantic.Slot{Index: 0}, R: semantic.Slot{Index: 1}}}},
			"a 0.05 0.1 0.01"},
		{"share of all", 1, 1, "a 1\nb 3\nc null", run(sqlgen.Window{Slot: 1, Func: "share", OrderKey: -1, Type: float}),
			"a 1 0.25f\nb 3 0.75f\nc null null"},
		{"share within", 2, 1, "x a 1\nx b 3\ny a 5\nnull a 0", run(sqlgen.Window{Slot: 1, Func: "share", Partition: []int{0}, OrderKey: -1, Type: float}),
			"x a 1 0.25f\nx b 3 0.75f\ny a 5 1f\nnull a 0 null"},
		{"rank", 1, 1, "a 3\nb 5\nc 3.0\nd null\ne 1", run(sqlgen.Window{Slot: 1, Func: "rank", Desc: true, OrderKey: -1, Type: intType}),
			"a 3 2\nb 5 1\nc 3.0 2\nd null null\ne 1 4"},
		{"rank ascending within", 2, 1, "x a 3\nx b 1\ny a 2", run(sqlgen.Window{Slot: 1, Func: "rank", Partition: []int{0}, OrderKey: -1, Type: intType}),
			"x a 3 2\nx b 1 1\ny a 2 1"},
		{"running", 1, 1, "2026-03-01 4\n2026-01-01 null\n2026-02-01 0.50\nnull 1", run(sqlgen.Window{Slot: 1, Func: "running", Type: decimal}),
			"2026-01-01 null null\n2026-02-01 0.50 0.50\n2026-03-01 4 4.50\nnull 1 5.50"},
		{"running by year", 1, 1, "2025-11-01 1\n2025-12-01 2\n2026-01-01 4\n2026-02-01 null", run(sqlgen.Window{Slot: 1, Func: "running", ResetUnit: semantic.Year, Type: intType}),
			"2025-11-01 1 1\n2025-12-01 2 3\n2026-01-01 4 4\n2026-02-01 null 4"},
		{"running by fiscal year", 1, 1, "2026-02-01 1\n2026-03-31 2\n2026-04-01 4", run(sqlgen.Window{Slot: 1, Func: "running", ResetUnit: semantic.FiscalYear, Calendar: calendar, Type: intType}),
			"2026-02-01 1 1\n2026-03-31 2 3\n2026-04-01 4 4"},
		{"running by week", 2, 1, "a 2026-07-19 1\na 2026-07-20 2\na 2026-07-26 4\nb 2026-07-20 8", run(sqlgen.Window{Slot: 1, Func: "running", Partition: []int{0}, OrderKey: 1, ResetUnit: semantic.Week, Calendar: calendar, Type: intType}),
			"a 2026-07-19 1 1\na 2026-07-20 2 2\na 2026-07-26 4 6\nb 2026-07-20 8 8"},
		{"moving average", 1, 1, "1 1\n2 2\n3 null\n4 9\n5 null\n6 null", run(sqlgen.Window{Slot: 1, Func: "moving", Agg: "avg", Rows: 2, Type: float}),
			"1 1 1f\n2 2 1.5f\n3 null 2f\n4 9 9f\n5 null 9f\n6 null null"},
		{"moving sum of floats", 1, 1, "1 1e17f\n2 1.5f\n3 2.5f", run(sqlgen.Window{Slot: 1, Func: "moving", Agg: "sum", Rows: 2, Type: float}),
			"1 1e+17f 1e+17f\n2 1.5f 1e+17f\n3 2.5f 4f"},
		{"moving sum", 1, 1, "1 0.10\n2 0.20\n3 0.30", run(sqlgen.Window{Slot: 1, Func: "moving", Agg: "sum", Rows: 2, Type: decimal}),
			"1 0.10 0.10\n2 0.20 0.30\n3 0.30 0.50"},
		{"moving extremes", 1, 2, "1 5\n2 3\n3 null\n4 7", []sqlgen.Step{
			sqlgen.Window{Slot: 1, Func: "moving", Agg: "min", Rows: 2, Type: intType}, sqlgen.Window{Slot: 2, Func: "moving", Agg: "max", Rows: 3, Type: intType}},
			"1 5 5 5\n2 3 3 5\n3 null 3 5\n4 7 7 7"},
		{"keep what is true", 1, 0, "a 1\nb 2\nc null", []sqlgen.Step{sqlgen.Keep{Cond: semantic.Binary{Op: semantic.Gt, L: semantic.Slot{Index: 0}, R: lit("1")}}},
			"b 2"},
		{"keep what is not", 1, 0, "a 1\nb 2\nc null", []sqlgen.Step{sqlgen.Keep{Cond: semantic.Unary{Op: semantic.Not, X: semantic.Binary{Op: semantic.Gt, L: semantic.Slot{Index: 0}, R: lit("1")}}}},
			"a 1\nc null"},
		{"sort, nulls last", 1, 0, "a 1\nb null\nc 3\nd 3", []sqlgen.Step{sqlgen.Sort{By: []sqlgen.SortKey{{Cell: 1, Desc: true}, {Cell: 0}}}},
			"c 3\nd 3\na 1\nb null"},
		{"sort by natural order", 1, 0, "large 1\nmedium 2\nother 3\nsmall 4\nnull 5\nextra 6",
			[]sqlgen.Step{sqlgen.Sort{By: []sqlgen.SortKey{{Cell: 0, Members: []semantic.Value{val("small"), val("medium"), val("large")}}}}},
			"small 4\nmedium 2\nlarge 1\nextra 6\nother 3\nnull 5"},
		{"limit", 1, 0, "a 1\nb 2\nc 3", []sqlgen.Step{sqlgen.Limit{Rows: 1, Offset: 1}}, "b 2"},
		{"offset alone", 1, 0, "a 1\nb 2\nc 3", []sqlgen.Step{sqlgen.Limit{Offset: 2}}, "c 3"},
		{"limit within", 2, 0, "x a 1\nx b 2\nx c 3\nnull a 4\nnull b 5\nnull c 6", []sqlgen.Step{
			sqlgen.Sort{By: []sqlgen.SortKey{{Cell: 0}, {Cell: 2, Desc: true}}}, sqlgen.Limit{Rows: 2, Per: []int{0}}},
			"x c 3\nx b 2\nnull c 6\nnull b 5"},
		{"first within", 2, 0, "x a 3\nx b 1\nx c 3\ny a 4\ny b 2\nz a null\nz b null", []sqlgen.Step{
			sqlgen.Sort{By: []sqlgen.SortKey{{Cell: 0}, {Cell: 2, Desc: true}, {Cell: 1}}}, sqlgen.Limit{Rows: 1, Per: []int{0}, First: []int{2}}},
			"x a 3\nx c 3\ny a 4"},
	} {
		got, err := after(t, c.keys, c.in, c.extra, c.steps...)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if d := cmp.Diff(strings.Split(c.want, "\n"), got); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	twice := sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 1, 0)}}
	for name, f := range map[string]*sqlgen.Finish{
		"two rows with one key":       {Keys: 1, Width: 2, Stitch: twice},
		"statement out of reach":      {Keys: 1, Width: 2, Stitch: sqlgen.Stitch{Inputs: []sqlgen.Input{full(1, 1, 0)}}},
		"key column out of reach":     {Keys: 1, Width: 2, Stitch: sqlgen.Stitch{Inputs: []sqlgen.Input{{Keys: []int{2}}}}},
		"cell out of reach":           {Keys: 1, Width: 2, Stitch: sqlgen.Stitch{Inputs: []sqlgen.Input{{Keys: []int{0}, Cells: []sqlgen.Cell{cell(1, 1)}}}}},
		"too few keys":                {Keys: 1, Width: 2, Stitch: sqlgen.Stitch{Inputs: []sqlgen.Input{{}}}},
		"spine out of reach":          {Keys: 1, Width: 2, Stitch: sqlgen.Stitch{Spine: &sqlgen.Spine{Key: 1}}},
		"output out of reach":         {Keys: 1, Width: 2, Output: []int{2}},
		"sort out of reach":           {Keys: 1, Width: 2, Steps: []sqlgen.Step{sqlgen.Sort{By: []sqlgen.SortKey{{Cell: 2}}}}},
		"window out of reach":         {Keys: 1, Width: 2, Steps: []sqlgen.Step{sqlgen.Window{Func: "share", Partition: []int{1}}}},
		"running along nothing":       {Keys: 1, Width: 2, Steps: []sqlgen.Step{sqlgen.Window{Func: "running", OrderKey: -1}}},
		"limit out of reach":          {Keys: 1, Width: 2, Steps: []sqlgen.Step{sqlgen.Limit{Per: []int{1}}}},
		"first of what is not there":  {Keys: 1, Width: 2, Steps: []sqlgen.Step{sqlgen.Limit{Rows: 1, Per: []int{0}, First: []int{2}}}},
		"no step":                     {Keys: 1, Width: 2, Steps: []sqlgen.Step{nil}},
		"no such window":              {Keys: 1, Width: 2, Steps: []sqlgen.Step{sqlgen.Window{Func: "median"}}, Stitch: sqlgen.Stitch{Spine: oneDay}},
		"no such moving":              {Keys: 1, Width: 2, Steps: []sqlgen.Step{sqlgen.Window{Func: "moving", Agg: "median", Rows: 2}}, Stitch: sqlgen.Stitch{Spine: oneDay}},
		"moving over nothing":         {Keys: 1, Width: 2, Steps: []sqlgen.Step{sqlgen.Window{Func: "moving", Agg: "sum"}}, Stitch: sqlgen.Stitch{Spine: oneDay}},
		"running by the month of ten": {Keys: 1, Width: 2, Steps: []sqlgen.Step{sqlgen.Window{Func: "running", ResetUnit: semantic.Month}}, Stitch: sqlgen.Stitch{Spine: &sqlgen.Spine{Values: []semantic.Value{val("10")}}}},
	} {
		if got, err := Run(t.Context(), f, []Rows{rows("a 1\na 2")}, 100); err == nil {
			t.Errorf("%s: %v", name, lines(got))
		}
	}
}

var oneDay = &sqlgen.Spine{Values: []semantic.Value{val("2026-01-01")}}

func TestRunIsBounded(t *testing.T) {
	days := make([]semantic.Value, 100)
	for i := range days {
		days[i] = semantic.IntValue(int64(i))
	}
	spine := &sqlgen.Finish{Keys: 1, Width: 2, Stitch: sqlgen.Stitch{Spine: &sqlgen.Spine{Values: days}}}
	if _, err := Run(t.Context(), spine, nil, 199); !errors.Is(err, ErrTooLarge) {
		t.Errorf("spine: %v", err)
	}
	if got, err := Run(t.Context(), spine, nil, 200); err != nil || len(got) != 100 {
		t.Errorf("spine that fits: %d rows, %v", len(got), err)
	}
	stitch := &sqlgen.Finish{Keys: 1, Width: 2, Stitch: sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 1, 0)}}}
	if _, err := Run(t.Context(), stitch, []Rows{rows("a 1\nb 2\nc 3")}, 5); !errors.Is(err, ErrTooLarge) {
		t.Errorf("stitch: %v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(gone, stitch, []Rows{rows("a 1")}, 5); !errors.Is(err, context.Canceled) {
		t.Errorf("caller gone: %v", err)
	}
}

// FuzzRun shuffles the input rows of a program with all steps: the answer must
// not change, the inputs must not be touched, and nothing may panic.
func FuzzRun(f *testing.F) {
	f.Add(uint64(1), 20, 3, int64(1))
	f.Add(uint64(7), 200, 40, int64(-5))
	f.Fuzz(func(t *testing.T, seed uint64, n, spread int, threshold int64) {
		r := rand.New(rand.NewPCG(seed, 1))
		n, spread = min(max(n, 0), 200), min(max(spread, 1), 1000)
		inputs := []Rows{randomRows(r, n, spread), randomRows(r, n, spread)}
		program := &sqlgen.Finish{
			Keys: 2, Width: 7,
			Stitch: sqlgen.Stitch{
				Inputs: []sqlgen.Input{full(0, 2, 0), {Statement: 1, Keys: []int{0, 1}, Cells: []sqlgen.Cell{zero(2, 1, semantic.Decimal, 2)}, Follows: true}},
				Clip:   []sqlgen.Clip{{Key: 1, Low: true, High: true}},
				Spine:  &sqlgen.Spine{Key: 1, Values: []semantic.Value{val("2026-01-01"), val("2026-01-02")}, Cross: []int{0}},
			},
			Steps: []sqlgen.Step{
				sqlgen.Window{Slot: 2, Func: "share", Of: 0, Partition: []int{0}, OrderKey: -1, Type: semantic.ColumnType{Kind: semantic.Float}},
				sqlgen.Window{Slot: 3, Func: "running", Of: 0, Partition: []int{0}, OrderKey: 1, ResetUnit: semantic.Month, Type: semantic.ColumnType{Kind: semantic.Float}},
				sqlgen.Derive{Slot: 4, Expr: semantic.Binary{Op: semantic.Sub, L: semantic.Slot{Index: 0}, R: semantic.Slot{Index: 1}}, Type: semantic.ColumnType{Kind: semantic.Decimal, Scale: 2}},
				sqlgen.Keep{Cond: semantic.Binary{Op: semantic.Ne, L: semantic.Slot{Index: 4}, R: semantic.Lit{Value: semantic.IntValue(threshold)}}},
				sqlgen.Sort{By: []sqlgen.SortKey{{Cell: 6, Desc: true}, {Cell: 0}, {Cell: 1}}},
				sqlgen.Limit{Rows: 50, Per: []int{0}},
			},
			Output: []int{0, 1, 2, 3, 4, 5, 6},
		}
		before := [][]string{lines(inputs[0]), lines(inputs[1])}
		first, err := Run(t.Context(), program, inputs, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(before, [][]string{lines(inputs[0]), lines(inputs[1])}); d != "" {
			t.Fatalf("the inputs changed: %s", d)
		}
		for _, in := range inputs {
			r.Shuffle(len(in), func(i, j int) { in[i], in[j] = in[j], in[i] })
		}
		again, err := Run(t.Context(), program, inputs, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(lines(first), lines(again)); d != "" {
			t.Fatalf("the order of the input shows: %s", d)
		}
	})
}

// randomRows have two keys, a group and a day, and a measure; no two have the
// same keys.
func randomRows(r *rand.Rand, n, spread int) Rows {
	var all Rows
	seen := map[string]bool{}
	for range n {
		row := []semantic.Value{semantic.IntValue(int64(r.IntN(3))), semantic.DateValue(time.Date(2026, 1, r.IntN(spread), 0, 0, 0, 0, time.UTC)), semantic.NullValue}
		for k := range 2 {
			if r.IntN(10) == 0 {
				row[k] = semantic.NullValue
			}
		}
		switch r.IntN(4) {
		case 0:
			row[2] = semantic.FloatValue(r.NormFloat64() * 1e6)
		case 1:
			row[2] = semantic.DecimalValue(r.Int64N(1e6)-5e5, 2)
		case 2:
			row[2] = semantic.IntValue(r.Int64N(10))
		}
		if id := identity(row, []int{0, 1}); !seen[id] {
			seen[id] = true
			all = append(all, row)
		}
	}
	return all
}

// BenchmarkRun stitches two inputs of 5,000 rows, with a share and a sort by a
// decimal.
func BenchmarkRun(b *testing.B) {
	inputs := make([]Rows, 2)
	for i := range inputs {
		for n := range 5000 {
			inputs[i] = append(inputs[i], []semantic.Value{semantic.IntValue(int64(n * 7919 % 5000)), semantic.DecimalValue(int64(n*104729%1000000), 2)})
		}
	}
	program := &sqlgen.Finish{
		Keys: 1, Width: 5,
		Stitch: sqlgen.Stitch{Inputs: []sqlgen.Input{full(0, 1, 0), full(1, 1, 1)}},
		Steps: []sqlgen.Step{
			sqlgen.Derive{Slot: 2, Expr: semantic.Binary{Op: semantic.Sub, L: semantic.Slot{Index: 0}, R: semantic.Slot{Index: 1}}, Type: semantic.ColumnType{Kind: semantic.Decimal, Scale: 2}},
			sqlgen.Window{Slot: 3, Func: "share", OrderKey: -1, Type: semantic.ColumnType{Kind: semantic.Float}},
			sqlgen.Sort{By: []sqlgen.SortKey{{Cell: 2, Desc: true}, {Cell: 0}}},
			sqlgen.Limit{Rows: 10},
		},
		Output: []int{0, 1, 2, 3, 4},
	}
	for b.Loop() {
		if got, err := Run(b.Context(), program, inputs, 1<<20); err != nil || len(got) != 10 {
			b.Fatal(err)
		}
	}
}
