package warehouse

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen"
	"wenshu/warehouse/internal/finish"
)

// Sources are the open databases by name. The map may be read concurrently and
// must not change while Run uses it.
type Sources map[string]Source

// Close closes every source and returns what went wrong.
func (s Sources) Close() error {
	var all error
	for _, name := range slices.Sorted(maps.Keys(s)) {
		all = errors.Join(all, s[name].Close())
	}
	return all
}

// Timings say where the time of a Run went.
type Timings struct {
	Statements []Timing // one for each statement of the program, in its order
	Finish     time.Duration
}

// Timing is that of one statement.
type Timing struct {
	Source string
	Wait   time.Duration // for its turn
	Query  time.Duration // from then until the last row was read
	Rows   int           // read
}

// Run runs the statements of a program side by side, each after its Check, and
// takes the steps that remain. It returns when everything that it started has
// ended. When a statement fails, the others are cancelled.
//
// The table holds at most the rows that the options of the sources allow and
// is marked Truncated when there were more. A result that later steps build on
// is never cut: Run fails with ErrTooLarge instead. All errors are *Error.
func (s Sources) Run(ctx context.Context, p *sqlgen.Program) (*Table, Timings, error) {
	programs := []*sqlgen.Program{p}
	if p.Totals != nil {
		programs = append(programs, p.Totals)
	}
	run := runner{sources: s, results: make([][]result, len(programs))}
	if err := run.all(ctx, programs); err != nil {
		return nil, run.timings, err
	}
	start := time.Now()
	table, err := run.finish(ctx, p, run.results[0])
	if err == nil && p.Totals != nil {
		table.Totals, err = run.finish(ctx, p.Totals, run.results[1])
	}
	run.timings.Finish = time.Since(start)
	if err != nil {
		return nil, run.timings, err
	}
	return table, run.timings, nil
}

// result is what one statement returned.
type result struct {
	rows      finish.Rows
	truncated bool
}

type runner struct {
	sources Sources
	results [][]result // by program and statement
	timings Timings
}

// all runs the statements of all programs and waits for them. The first error
// in time wins; those of the statements that it cancels say nothing new.
func (r *runner) all(ctx context.Context, programs []*sqlgen.Program) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wait sync.WaitGroup
	var once sync.Once
	var failed error
	count := 0
	for i, p := range programs {
		r.results[i] = make([]result, len(p.Statements))
		count += len(p.Statements)
	}
	r.timings.Statements = make([]Timing, count)
	count = 0
	for i, p := range programs {
		for j := range p.Statements {
			timing := &r.timings.Statements[count]
			count++
			wait.Go(func() {
				err := r.statement(ctx, &p.Statements[j], &r.results[i][j], timing)
				if err != nil {
					once.Do(func() { failed = err; cancel(err) })
				}
			})
		}
	}
	wait.Wait()
	return failed
}

// statement checks and runs one statement and decodes its rows.
func (r *runner) statement(ctx context.Context, s *sqlgen.Statement, out *result, timing *Timing) error {
	timing.Source = s.Source
	source, ok := r.sources[s.Source]
	if !ok {
		return fail(ErrUnknown, s.Source, nil)
	}
	if source.Dialect() != s.Dialect {
		return fail(ErrStatement, s.Source, fmt.Errorf("a statement in %s for a source that speaks %s", s.Dialect, source.Dialect()))
	}
	text, err := s.Check()
	if err != nil {
		return fail(ErrRefused, s.Source, err)
	}
	reader := reader{columns: s.Columns, limit: source.options(), partial: s.Partial, source: s.Source, out: out}
	q := query{sql: text, args: s.Args, columns: len(s.Columns), timing: timing}
	for t := range s.Allow.Tables {
		q.tables = append(q.tables, t)
	}
	err = source.query(ctx, q, reader.read)
	timing.Rows = len(out.rows)
	return err
}

// reader decodes and collects rows within the limits.
type reader struct {
	columns []sqlgen.Column
	limit   Options
	partial bool
	source  string
	out     *result
	bytes   int64
	spare   []semantic.Value // cells for the next rows, allocated many at a time
}

func (r *reader) read(raw []driver.Value) error {
	if len(r.out.rows) >= r.limit.MaxRows {
		return r.cut()
	}
	width := len(r.columns)
	if len(r.spare) < width {
		r.spare = make([]semantic.Value, width*min(max(16, len(r.out.rows)), 1024))
	}
	row := r.spare[:width:width]
	r.spare = r.spare[width:]
	for i, c := range r.columns {
		v, err := decode(c.Type, raw[i])
		if err != nil {
			return fail(ErrValue, r.source, fmt.Errorf("row %d, column %s: %w", len(r.out.rows)+1, c.Name, err))
		}
		row[i] = v
	}
	if r.bytes += bytesOf(row); r.bytes > r.limit.MaxBytes {
		return r.cut()
	}
	r.out.rows = append(r.out.rows, row)
	return nil
}

// cut ends a result that is longer than allowed.
func (r *reader) cut() error {
	if r.partial {
		return fail(ErrTooLarge, r.source, nil)
	}
	r.out.truncated = true
	return errEnough
}

// finish takes the steps that remain of a program.
func (r *runner) finish(ctx context.Context, p *sqlgen.Program, results []result) (*Table, error) {
	table := &Table{Columns: make([]Column, len(p.Columns))}
	for i, c := range p.Columns {
		table.Columns[i] = Column(c)
	}
	if p.Finish == nil {
		if len(results) != 1 || len(p.Statements[0].Columns) != len(p.Columns) {
			return nil, fail(ErrStatement, "", errors.New("a program without a finish needs one statement with its columns"))
		}
		table.Rows, table.Truncated = results[0].rows, results[0].truncated
		return table, nil
	}
	rows, limit := r.bounds(p)
	inputs := make([]finish.Rows, len(results))
	for i, result := range results {
		inputs[i] = result.rows
	}
	var err error
	table.Rows, err = finish.Run(ctx, p.Finish, inputs, limit)
	switch {
	case errors.Is(err, finish.ErrTooLarge):
		return nil, fail(ErrTooLarge, "", err)
	case err != nil && ctx.Err() != nil:
		return nil, ended(ctx, "")
	case err != nil:
		return nil, fail(ErrStatement, "", err)
	}
	if len(table.Rows) > rows {
		table.Rows, table.Truncated = table.Rows[:rows], true
	}
	return table, nil
}

// bounds are the most rows of a result, and the most cells of an intermediate
// one, that any source of the program allows.
func (r *runner) bounds(p *sqlgen.Program) (rows, cells int) {
	for _, s := range p.Statements {
		o := r.sources[s.Source].options()
		rows, cells = max(rows, o.MaxRows), max(cells, int(o.MaxBytes/cellBytes))
	}
	return rows, cells
}
