package finish

import (
	"fmt"
	"slices"

	"wenshu/semantic"
	"wenshu/sqlgen"
)

// window computes a value of every row from the rows of its partition.
func (f *frame) window(step sqlgen.Window) error {
	compute, ok := windows[step.Func]
	if !ok {
		return fmt.Errorf("no window function %q", step.Func)
	}
	for _, part := range f.partitions(step) {
		values := make([]semantic.Value, len(part))
		for i, row := range part {
			values[i] = row[f.keys+step.Of]
		}
		results, err := compute(step, part, values)
		if err != nil {
			return err
		}
		for i, row := range part {
			row[f.keys+step.Slot] = cast(results[i], step.Type)
		}
	}
	return nil
}

// A windowFunc computes one result per row. Rows and values are those of one
// partition, in order.
type windowFunc func(step sqlgen.Window, part Rows, values []semantic.Value) ([]semantic.Value, error)

// windows are the functions that a Window step may name.
var windows = map[string]windowFunc{
	"share":   share,
	"rank":    rank,
	"running": running,
	"moving":  moving,
}

// partitions groups the rows by the partition keys, in order of first
// appearance. Within each, rows ascend by the order key, if there is one.
func (f *frame) partitions(step sqlgen.Window) []Rows {
	var parts []Rows
	index := map[string]int{}
	for _, row := range f.rows {
		id := identity(row, step.Partition)
		at, ok := index[id]
		if !ok {
			at = len(parts)
			index[id] = at
			parts = append(parts, nil)
		}
		parts[at] = append(parts[at], row)
	}
	if step.Func == "running" || step.Func == "moving" {
		for _, part := range parts {
			slices.SortStableFunc(part, func(a, b []semantic.Value) int {
				order, _ := compareCells(a[step.OrderKey], b[step.OrderKey], false, nil)
				return order
			})
		}
	}
	return parts
}

// total is the sum of the values that are not null, null when there is none.
func total(values []semantic.Value) (semantic.Value, error) {
	sum := semantic.NullValue
	for _, v := range values {
		var err error
		if sum, err = plus(sum, v); err != nil {
			return semantic.NullValue, err
		}
	}
	return sum, nil
}

// plus adds as SUM does: null is nothing.
func plus(sum, v semantic.Value) (semantic.Value, error) {
	switch {
	case v.IsNull():
		return sum, nil
	case !v.IsNumber():
		return sum, errNoNumbers
	case sum.IsNull():
		return v, nil
	}
	return add(sum, v)
}

func share(_ sqlgen.Window, _ Rows, values []semantic.Value) ([]semantic.Value, error) {
	sum, err := total(values)
	if err != nil {
		return nil, err
	}
	shares := make([]semantic.Value, len(values))
	for i, v := range values {
		if shares[i], err = divide(v, sum); err != nil {
			return nil, err
		}
	}
	return shares, nil
}

func rank(step sqlgen.Window, _ Rows, values []semantic.Value) ([]semantic.Value, error) {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	var failed error
	slices.SortStableFunc(order, func(i, j int) int {
		o, err := compareCells(values[i], values[j], step.Desc, nil)
		if err != nil {
			failed = err
		}
		return o
	})
	ranks := make([]semantic.Value, len(values))
	for place, i := range order {
		switch {
		case values[i].IsNull():
		case place > 0 && same(values[i], values[order[place-1]]):
			ranks[i] = ranks[order[place-1]]
		default:
			ranks[i] = semantic.IntValue(int64(place + 1))
		}
	}
	return ranks, failed
}

func same(a, b semantic.Value) bool {
	order, err := a.Compare(b)
	return err == nil && order == 0
}

func running(step sqlgen.Window, part Rows, values []semantic.Value) ([]semantic.Value, error) {
	sums := make([]semantic.Value, len(values))
	sum, unit := semantic.NullValue, semantic.NullValue
	for i, v := range values {
		start, err := startOf(step.ResetUnit, part[i][step.OrderKey], step.Calendar)
		if err != nil {
			return nil, err
		}
		if start != unit {
			sum, unit = semantic.NullValue, start
		}
		if sum, err = plus(sum, v); err != nil {
			return nil, err
		}
		sums[i] = sum
	}
	return sums, nil
}

func moving(step sqlgen.Window, _ Rows, values []semantic.Value) ([]semantic.Value, error) {
	if step.Rows < 1 {
		return nil, fmt.Errorf("moving over %d rows", step.Rows)
	}
	switch step.Agg {
	case "sum":
		sums, _, err := movingSums(values, step.Rows)
		return sums, err
	case "avg":
		return movingAverages(values, step.Rows)
	case "min":
		return movingExtremes(values, step.Rows, -1)
	case "max":
		return movingExtremes(values, step.Rows, 1)
	}
	return nil, fmt.Errorf("no moving %q", step.Agg)
}

// movingSums are the sums of the last n values up to each, and how many of them
// are not null.
func movingSums(values []semantic.Value, n int) (sums []semantic.Value, counts []int64, err error) {
	sums, counts = make([]semantic.Value, len(values)), make([]int64, len(values))
	inexact := slices.ContainsFunc(values, func(v semantic.Value) bool { return v.Kind() == semantic.Float })
	sum, count := semantic.NullValue, int64(0)
	for i, v := range values {
		if !v.IsNull() {
			count++
		}
		if sum, err = plus(sum, v); err != nil {
			return nil, nil, err
		}
		if i >= n && !values[i-n].IsNull() {
			if sum, err = subtract(sum, values[i-n]); err != nil {
				return nil, nil, err
			}
			count--
		}
		if inexact { // taking a float away again would leave its rounding behind
			if sum, err = total(values[max(0, i+1-n) : i+1]); err != nil {
				return nil, nil, err
			}
		}
		if count == 0 {
			sum = semantic.NullValue
		}
		sums[i], counts[i] = sum, count
	}
	return sums, counts, nil
}

func movingAverages(values []semantic.Value, n int) ([]semantic.Value, error) {
	averages, counts, err := movingSums(values, n)
	if err != nil {
		return nil, err
	}
	for i, sum := range averages {
		if averages[i], err = divide(sum, semantic.IntValue(counts[i])); err != nil {
			return nil, err
		}
	}
	return averages, nil
}

func movingExtremes(values []semantic.Value, n, sign int) ([]semantic.Value, error) {
	extremes := make([]semantic.Value, len(values))
	for i := range values {
		v, err := extremeOf(values[max(0, i+1-n):i+1], sign)
		if err != nil {
			return nil, err
		}
		extremes[i] = v
	}
	return extremes, nil
}

// extremeOf passes over nulls.
func extremeOf(values []semantic.Value, sign int) (semantic.Value, error) {
	best := semantic.NullValue
	for _, v := range values {
		switch {
		case v.IsNull():
		case best.IsNull():
			best = v
		default:
			var err error
			if best, err = extreme([]semantic.Value{best, v}, sign); err != nil {
				return semantic.NullValue, err
			}
		}
	}
	return best, nil
}
