package warehouse

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wenshu/semantic"
	"wenshu/sqlgen"
	"wenshu/sqlgen/sqltree"
)

// plant is the second database, that of the factory.
const plant = `
CREATE TABLE output (order_id INTEGER, made INTEGER, cost DECIMAL(12,2));
INSERT INTO output VALUES (11, 5, 20.25), (13, 7, 0.1), (99, 1, NULL);
`

// twoSources opens the shop as sales and the plant as factory.
func twoSources(t testing.TB, options Options) Sources {
	t.Helper()
	factory, err := Open("factory", makeDB(t, plant), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := factory.Close(); err != nil {
			t.Error(err)
		}
	})
	return Sources{"sales": open(t, makeDB(t, shop), options), "factory": factory}
}

var (
	typeInt     = semantic.ColumnType{Kind: semantic.Int}
	typeText    = semantic.ColumnType{Kind: semantic.Text}
	typeDate    = semantic.ColumnType{Kind: semantic.Date}
	typeDecimal = semantic.ColumnType{Kind: semantic.Decimal, Scale: 2}
)

var allowed = sqltree.Allow{Tables: map[sqltree.TableName][]string{
	{Name: "orders"}:    {"order_id", "amount", "paid_on", "note"},
	{Name: "customers"}: {"id", "name", "region"},
	{Name: "output"}:    {"order_id", "made", "cost"},
}}

// statement makes a statement whose columns are named and typed in pairs.
func statement(source, text string, args []any, columns ...sqlgen.Column) sqlgen.Statement {
	return sqlgen.Statement{Source: source, Dialect: "sqlite", SQL: text, Args: args, Columns: columns, Allow: allowed}
}

func column(name string, t semantic.ColumnType) sqlgen.Column {
	return sqlgen.Column{Name: name, Type: t}
}

// alone is a program of one statement.
func alone(s sqlgen.Statement) *sqlgen.Program {
	return &sqlgen.Program{Statements: []sqlgen.Statement{s}, Columns: s.Columns}
}

// show writes a table, one line a row.
func show(t *Table) string {
	var b strings.Builder
	for _, row := range t.Rows {
		for i, v := range row {
			text := v.String()
			if v.IsNull() {
				text = "null"
			}
			b.WriteString(strings.Repeat(" ", min(i, 1)) + text)
		}
		b.WriteByte('\n')
	}
	return strings.TrimSpace(b.String())
}

// everyOrder reads the orders, amounts as whole cents.
const everyOrder = `SELECT o.order_id AS d0, CAST(ROUND(o.amount * 100.0) AS INTEGER) AS m0 FROM orders AS o ORDER BY o.order_id`

// byOrder is stitched of both databases, with a difference of the two amounts.
func byOrder() *sqlgen.Program {
	sales := statement("sales", everyOrder, nil, column("d0", typeInt), column("m0", typeDecimal))
	factory := statement("factory", `SELECT p.order_id AS d0, CAST(ROUND(p.cost * 100.0) AS INTEGER) AS m0 FROM output AS p WHERE p.made > ?`, []any{int64(0)},
		column("d0", typeInt), column("m0", typeDecimal))
	sales.Partial, factory.Partial = true, true
	keys := []int{0}
	return &sqlgen.Program{
		Statements: []sqlgen.Statement{sales, factory},
		Columns:    []sqlgen.Column{column("order", typeInt), column("amount", typeDecimal), column("cost", typeDecimal), column("margin", typeDecimal)},
		Finish: &sqlgen.Finish{
			Keys: 1, Width: 4,
			Stitch: sqlgen.Stitch{Inputs: []sqlgen.Input{
				{Statement: 0, Keys: keys, Cells: []sqlgen.Cell{{Column: 1, Slot: 0}}},
				{Statement: 1, Keys: keys, Cells: []sqlgen.Cell{{Column: 1, Slot: 1}}},
			}},
			Steps: []sqlgen.Step{
				sqlgen.Derive{Slot: 2, Expr: semantic.Binary{Op: semantic.Sub, L: semantic.Slot{Index: 0}, R: semantic.Slot{Index: 1}}, Type: typeDecimal},
				sqlgen.Sort{By: []sqlgen.SortKey{{Cell: 3, Desc: true}, {Cell: 0}}},
			},
			Output: []int{0, 1, 2, 3},
		},
	}
}

func TestRunOneStatement(t *testing.T) {
	sources := twoSources(t, Options{})
	p := alone(statement("sales", everyOrder, nil, column("d0", typeInt), column("m0", typeDecimal)))
	p.Columns = []sqlgen.Column{column("order", typeInt), column("amount", typeDecimal)}
	table, timings, err := sources.Run(t.Context(), p)
	if err != nil {
		t.Fatal(err, errors.Unwrap(err))
	}
	if d := cmp.Diff("11 100.50\n12 50.00\n13 7.25", show(table)); d != "" {
		t.Error(d)
	}
	if table.Truncated || table.Totals != nil || table.Columns[1] != (Column{"amount", typeDecimal}) {
		t.Errorf("table: %+v", table)
	}
	if s := timings.Statements; len(s) != 1 || s[0].Source != "sales" || s[0].Rows != 3 || s[0].Query <= 0 {
		t.Errorf("timings: %+v", timings)
	}
}

func TestRunStitchesSources(t *testing.T) {
	sources := twoSources(t, Options{})
	p := byOrder()
	p.Totals = alone(statement("sales", `SELECT CAST(ROUND(SUM(o.amount) * 100.0) AS INTEGER) AS m0 FROM orders AS o`, nil, column("m0", typeDecimal)))
	table, timings, err := sources.Run(t.Context(), p)
	if err != nil {
		t.Fatal(err, errors.Unwrap(err))
	}
	if d := cmp.Diff("11 100.50 20.25 80.25\n13 7.25 0.10 7.15\n12 50.00 null null\n99 null null null", show(table)); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff("157.75", show(table.Totals)); d != "" {
		t.Error(d)
	}
	if len(timings.Statements) != 3 || timings.Finish <= 0 {
		t.Errorf("timings: %+v", timings)
	}
}

func TestRunRefuses(t *testing.T) {
	sources := twoSources(t, Options{Tables: []string{"orders", "output"}})
	count := column("m0", typeInt)
	other := statement("sales", `SELECT COUNT(*) AS m0 FROM orders AS o`, nil, count)
	other.Dialect = "oracle"
	for name, c := range map[string]struct {
		p    *sqlgen.Program
		want Code
	}{
		"no such source":              {alone(statement("crm", `SELECT COUNT(*) AS m0 FROM orders AS o`, nil, count)), ErrUnknown},
		"another dialect":             {alone(other), ErrStatement},
		"a table that Check refuses":  {alone(statement("sales", `SELECT COUNT(*) AS m0 FROM secrets AS s`, nil, count)), ErrRefused},
		"a table that SQLite refuses": {alone(statement("sales", `SELECT COUNT(*) AS m0 FROM customers AS c`, nil, count)), ErrRefused},
		"two statements":              {alone(statement("sales", `SELECT COUNT(*) AS m0 FROM orders AS o; DELETE FROM orders`, nil, count)), ErrRefused},
		"an argument short":           {alone(statement("sales", `SELECT COUNT(*) AS m0 FROM orders AS o WHERE o.order_id = ?`, nil, count)), ErrRefused},
		"a column that is not there":  {alone(statement("factory", `SELECT COUNT(o.note) AS m0 FROM orders AS o`, nil, count)), ErrStatement},
		"a column too many":           {alone(statement("sales", `SELECT o.order_id AS d0, o.note AS d1 FROM orders AS o`, nil, count)), ErrStatement},
		"a value of another kind":     {alone(statement("sales", `SELECT o.paid_on AS d0 FROM orders AS o`, nil, column("d0", typeDate))), ErrValue},
		"a decimal that is a float":   {alone(statement("sales", `SELECT o.amount AS d0 FROM orders AS o`, nil, column("d0", typeDecimal))), ErrValue},
		"no statement":                {&sqlgen.Program{}, ErrStatement},
		"columns that do not match":   {&sqlgen.Program{Statements: []sqlgen.Statement{statement("sales", `SELECT COUNT(*) AS m0 FROM orders AS o`, nil, count)}}, ErrStatement},
	} {
		table, _, err := sources.Run(t.Context(), c.p)
		if !errors.Is(err, c.want) || table != nil {
			t.Errorf("%s: %v, %v (%v); want %v", name, table, err, errors.Unwrap(err), c.want)
			continue
		}
		if strings.Contains(err.Error(), "orders") || strings.Contains(err.Error(), "sqlite") {
			t.Errorf("%s: the message says more than it may: %v", name, err)
		}
	}
}

func TestRunCutsAnswersOnly(t *testing.T) {
	for name, options := range map[string]Options{
		"rows":  {MaxRows: 2},
		"bytes": {MaxBytes: 3*cellBytes*2 - 1},
	} {
		sources := twoSources(t, options)
		table, _, err := sources.Run(t.Context(), alone(statement("sales", everyOrder, nil, column("d0", typeInt), column("m0", typeDecimal))))
		if err != nil {
			t.Fatal(name, err)
		}
		if !table.Truncated || len(table.Rows) >= 3 {
			t.Errorf("%s: truncated %v, %d rows", name, table.Truncated, len(table.Rows))
		}
		if _, _, err := sources.Run(t.Context(), byOrder()); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: rows that are still to be stitched: %v", name, err)
		}
	}
	// Three and three rows stitch to four, one more than an answer may have.
	table, _, err := twoSources(t, Options{MaxRows: 3}).Run(t.Context(), byOrder())
	if err != nil || !table.Truncated || len(table.Rows) != 3 {
		t.Errorf("answer of a finish: %v, %v", table, err)
	}
	whole, _, err := twoSources(t, Options{MaxRows: 4}).Run(t.Context(), byOrder())
	if err != nil || whole.Truncated || len(whole.Rows) != 4 {
		t.Errorf("answer that just fits: %v, %v", whole, err)
	}
}

// endlessCount joins a table with itself until nobody has the time.
func endlessCount(source, table, column string) sqlgen.Statement {
	from := []string{}
	for i := range 30 {
		from = append(from, fmt.Sprintf("%s AS t%d", table, i))
	}
	text := "SELECT COUNT(*) AS m0 FROM " + strings.Join(from, " CROSS JOIN ") + " WHERE t0." + column + " + t29." + column + " = ?"
	return statement(source, text, []any{int64(-1)}, sqlgen.Column{Name: "m0", Type: typeInt})
}

// both are two statements that a finish would put side by side.
func both(a, b sqlgen.Statement) *sqlgen.Program {
	return &sqlgen.Program{
		Statements: []sqlgen.Statement{a, b},
		Columns:    []sqlgen.Column{column("a", typeInt), column("b", typeInt)},
		Finish: &sqlgen.Finish{Width: 2, Output: []int{0, 1}, Stitch: sqlgen.Stitch{Inputs: []sqlgen.Input{
			{Statement: 0, Cells: []sqlgen.Cell{{Slot: 0}}}, {Statement: 1, Cells: []sqlgen.Cell{{Slot: 1}}},
		}}},
	}
}

func TestRunEndsAllStatements(t *testing.T) {
	sources := twoSources(t, Options{})
	failing := statement("factory", `SELECT COUNT(*) AS m0 FROM customers AS c`, nil, column("m0", typeInt))
	start := time.Now()
	_, _, err := sources.Run(t.Context(), both(endlessCount("sales", "customers", "id"), failing))
	if !errors.Is(err, ErrStatement) || err.(*Error).Source != "factory" {
		t.Errorf("one of two fails: %v (%v)", err, errors.Unwrap(err))
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("the other one went on for %v", took)
	}

	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	start = time.Now()
	_, _, err = sources.Run(ctx, both(endlessCount("sales", "customers", "id"), endlessCount("factory", "output", "made")))
	if took := time.Since(start); !errors.Is(err, ErrCancelled) || took > time.Second {
		t.Errorf("the caller has gone: %v after %v", err, took)
	}
}

func TestRunSideBySide(t *testing.T) {
	sources := twoSources(t, Options{Concurrency: 2, Queue: 200})
	p := byOrder()
	want, _, err := sources.Run(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 40 {
		all.Go(func() {
			got, _, err := sources.Run(t.Context(), p)
			if err != nil {
				t.Error(err)
				return
			}
			if d := cmp.Diff(show(want), show(got)); d != "" {
				t.Error(d)
			}
		})
	}
	all.Wait()
}

func TestSourcesClose(t *testing.T) {
	s, err := Open("sales", makeDB(t, shop), Options{})
	if err != nil {
		t.Fatal(err)
	}
	sources := Sources{"sales": s}
	if err := sources.Close(); err != nil {
		t.Error(err)
	}
	if _, _, err := sources.Run(t.Context(), alone(statement("sales", everyOrder, nil, column("d0", typeInt), column("m0", typeDecimal)))); !errors.Is(err, ErrClosed) {
		t.Errorf("asked after Close: %v", err)
	}
}

// BenchmarkRun reads 10,000 rows of three cells by Run and, beside it, by a
// bare database/sql scan of the same text.
func BenchmarkRun(b *testing.B) {
	path := makeDB(b, `CREATE TABLE orders (order_id INTEGER PRIMARY KEY, amount DECIMAL(12,2), note TEXT);
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
		INSERT INTO orders SELECT i, i * 7 % 100000 / 100.0, 'note ' || i FROM n`)
	text := `SELECT o.order_id AS d0, CAST(ROUND(o.amount * 100.0) AS INTEGER) AS m0, o.note AS d1 FROM orders AS o`
	source := open(b, path, Options{})
	sources := Sources{"sales": source}
	b.Run("run", func(b *testing.B) {
		p := alone(statement("sales", text, nil, column("d0", typeInt), column("m0", typeDecimal), column("d1", typeText)))
		for b.Loop() {
			if table, _, err := sources.Run(b.Context(), p); err != nil || len(table.Rows) != 10000 {
				b.Fatal(err)
			}
		}
	})
	b.Run("scan", func(b *testing.B) {
		pool, err := source.current()
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			rows, err := pool.QueryContext(b.Context(), text)
			if err != nil {
				b.Fatal(err)
			}
			n := 0
			for rows.Next() {
				var id, cents int64
				var note string
				if err := rows.Scan(&id, &cents, &note); err != nil {
					b.Fatal(err)
				}
				n++
			}
			if err := errors.Join(rows.Err(), rows.Close()); err != nil || n != 10000 {
				b.Fatal(n, err)
			}
		}
	})
	b.Run("one row", func(b *testing.B) {
		p := alone(statement("sales", `SELECT o.note AS d0 FROM orders AS o WHERE o.order_id = ?`, []any{int64(77)}, column("d0", typeText)))
		for b.Loop() {
			if table, _, err := sources.Run(b.Context(), p); err != nil || len(table.Rows) != 1 {
				b.Fatal(err)
			}
		}
	})
	b.Run("one row, scan", func(b *testing.B) {
		pool, err := source.current()
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			var note string
			if err := pool.QueryRowContext(b.Context(), `SELECT o.note AS d0 FROM orders AS o WHERE o.order_id = ?`, 77).Scan(&note); err != nil {
				b.Fatal(err)
			}
		}
	})
}
