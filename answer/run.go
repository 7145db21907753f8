package answer

import (
	"context"
	"errors"

	"wenshu/semantic"
	"wenshu/sqlgen"
	"wenshu/warehouse"
)

// run compiles and runs a plan.
func (s *snapshot) run(ctx context.Context, p *semantic.Plan) (*result, *sqlgen.Program, error) {
	program, err := sqlgen.Compile(p, s.dialects)
	if err != nil {
		return nil, nil, err
	}
	r, _, err := s.execute(ctx, p, program)
	return r, program, err
}

// execute runs a compiled plan.
func (s *snapshot) execute(ctx context.Context, p *semantic.Plan, program *sqlgen.Program) (*result, warehouse.Timings, error) {
	table, timings, err := s.config.Sources.Run(ctx, program)
	if err != nil {
		return nil, timings, err
	}
	r := &result{plan: p, rows: table.Rows, truncated: table.Truncated}
	if table.Totals != nil && len(table.Totals.Rows) == 1 {
		r.totals = totalsRow(p, table.Totals.Rows[0])
	}
	return r, timings, nil
}

// totalsRow puts the values of a totals plan, which has no keys, under the
// columns of the plan.
func totalsRow(p *semantic.Plan, totals []semantic.Value) []semantic.Value {
	row := make([]semantic.Value, len(p.Columns))
	byName := map[string]semantic.Value{}
	for i, c := range p.Totals.Columns {
		byName[c.Name] = totals[i]
	}
	for i, c := range p.Columns {
		if c.Key < 0 {
			row[i] = byName[c.Name]
		}
	}
	return row
}

// warehouseCodes are the problems that failures of a warehouse are for people.
var warehouseCodes = []struct {
	from warehouse.Code
	to   semantic.Code
}{
	{warehouse.ErrUnavailable, semantic.Unavailable}, {warehouse.ErrCorrupt, semantic.Unavailable}, {warehouse.ErrLocked, semantic.Unavailable},
	{warehouse.ErrPart, semantic.Incomplete},
	{warehouse.ErrUnknown, semantic.Unavailable}, {warehouse.ErrClosed, semantic.Unavailable}, {warehouse.ErrBusy, semantic.Busy},
	{warehouse.ErrTimeout, semantic.Timeout}, {warehouse.ErrCancelled, semantic.Cancelled}, {warehouse.ErrTooLarge, semantic.TooLarge},
}

// failureOf is the problem behind an error of compiling or running: without a
// word of SQL, a path or a value.
func failureOf(ctx context.Context, err error) semantic.Problems {
	for _, c := range warehouseCodes {
		if errors.Is(err, c.from) {
			return semantic.Problems{{Code: c.to}}
		}
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return semantic.Problems{{Code: semantic.Cancelled}}
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return semantic.Problems{{Code: semantic.Timeout}}
	}
	return problemsOf(err)
}
