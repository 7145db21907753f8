package finish

import (
	"context"
	"errors"
	"fmt"
	"math"

	"wenshu/semantic"
	"wenshu/sqlgen"
)

// ErrTooLarge says that the rows of an intermediate result would not fit.
var ErrTooLarge = errors.New("an intermediate result has too many rows")

// Rows are the result of one statement, each as long as its columns.
type Rows = [][]semantic.Value

// Run takes the rows of each statement of a program, by its index, and returns
// the rows of the answer. It holds at most maxCells cells at a time and stops
// soon after ctx ends. The inputs are not changed. The result depends on the
// set of input rows alone and not on their order, but for what the program
// leaves unsorted.
func Run(ctx context.Context, f *sqlgen.Finish, inputs []Rows, maxCells int) (Rows, error) {
	if err := check(f, inputs); err != nil {
		return nil, err
	}
	frame := &frame{keys: f.Keys, width: f.Width, maxCells: maxCells}
	if err := frame.stitch(f.Stitch, inputs); err != nil {
		return nil, fmt.Errorf("stitch: %w", err)
	}
	for i, step := range f.Steps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := frame.apply(step); err != nil {
			return nil, fmt.Errorf("step %d, %T: %w", i+1, step, err)
		}
	}
	return frame.output(f.Output), ctx.Err()
}

// frame is the rows under work: cells 0 to keys-1 are keys, the rest slots.
type frame struct {
	keys, width int
	maxCells    int
	rows        Rows
}

func (f *frame) cells(row []semantic.Value) cells {
	return cells{keys: row[:f.keys], slots: row[f.keys:]}
}

func (f *frame) apply(step sqlgen.Step) error {
	switch step := step.(type) {
	case sqlgen.Derive:
		return f.derive(step)
	case sqlgen.Window:
		return f.window(step)
	case sqlgen.Keep:
		return f.keep(step)
	case sqlgen.Sort:
		return f.sort(step)
	case sqlgen.Limit:
		f.limit(step)
		return nil
	}
	return errors.New("unknown step")
}

func (f *frame) derive(step sqlgen.Derive) error {
	for _, row := range f.rows {
		v, err := evaluate(step.Expr, f.cells(row))
		if err != nil {
			return err
		}
		row[f.keys+step.Slot] = cast(v, step.Type)
	}
	return nil
}

func (f *frame) keep(step sqlgen.Keep) error {
	kept := f.rows[:0]
	for _, row := range f.rows {
		ok, err := holds(step.Cond, f.cells(row))
		if err != nil {
			return err
		}
		if ok {
			kept = append(kept, row)
		}
	}
	f.rows = kept
	return nil
}

func (f *frame) output(picks []int) Rows {
	out := make(Rows, len(f.rows))
	all := make([]semantic.Value, len(f.rows)*len(picks))
	for i, row := range f.rows {
		out[i], all = all[:len(picks):len(picks)], all[len(picks):]
		for j, p := range picks {
			out[i][j] = row[p]
		}
	}
	return out
}

// check holds every index of the program against its bounds, so that a program
// that was put together wrong is an error and never a panic.
func check(f *sqlgen.Finish, inputs []Rows) error {
	if f.Keys < 0 || f.Width < f.Keys {
		return fmt.Errorf("%d keys in %d cells", f.Keys, f.Width)
	}
	c := checker{keys: f.Keys, slots: f.Width - f.Keys}
	for _, in := range f.Stitch.Inputs {
		c.input(in, inputs)
	}
	for _, clip := range f.Stitch.Clip {
		c.key(clip.Key)
	}
	if s := f.Stitch.Spine; s != nil {
		c.key(s.Key)
		c.allKeys(s.Cross)
	}
	for _, step := range f.Steps {
		c.step(step)
	}
	for _, cell := range f.Output {
		c.cell(cell)
	}
	return c.err
}

// checker keeps the first index out of bounds.
type checker struct {
	keys, slots int
	err         error
}

func (c *checker) within(what string, i, n int) {
	if c.err == nil && (i < 0 || i >= n) {
		c.err = fmt.Errorf("%s %d of %d", what, i, n)
	}
}

func (c *checker) key(i int)  { c.within("key", i, c.keys) }
func (c *checker) slot(i int) { c.within("slot", i, c.slots) }
func (c *checker) cell(i int) { c.within("cell", i, c.keys+c.slots) }

func (c *checker) allKeys(keys []int) {
	for _, k := range keys {
		c.key(k)
	}
}

func (c *checker) input(in sqlgen.Input, inputs []Rows) {
	c.within("statement", in.Statement, len(inputs))
	if c.err == nil && len(in.Keys) != c.keys {
		c.err = fmt.Errorf("an input has %d keys instead of %d", len(in.Keys), c.keys)
	}
	if c.err != nil {
		return
	}
	columns := math.MaxInt
	if rows := inputs[in.Statement]; len(rows) > 0 {
		columns = len(rows[0])
	}
	for _, k := range in.Keys {
		c.within("column", max(k, 0), columns)
	}
	for _, cell := range in.Cells {
		c.within("column", cell.Column, columns)
		c.slot(cell.Slot)
	}
}

func (c *checker) step(step sqlgen.Step) {
	switch step := step.(type) {
	case sqlgen.Derive:
		c.slot(step.Slot)
	case sqlgen.Window:
		c.slot(step.Slot)
		c.slot(step.Of)
		c.allKeys(step.Partition)
		if step.Func == "running" || step.Func == "moving" {
			c.key(step.OrderKey)
		}
	case sqlgen.Sort:
		for _, by := range step.By {
			c.cell(by.Cell)
		}
	case sqlgen.Limit:
		c.allKeys(step.Per)
		for _, at := range step.First {
			c.cell(at)
		}
	}
}
