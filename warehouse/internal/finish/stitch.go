package finish

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"wenshu/semantic"
	"wenshu/sqlgen"
)

var errTwice = errors.New("two rows of one input have the same keys")

// stitch makes the rows of the frame from the inputs, in ascending order of
// their keys, so that later steps do not depend on the order that an engine
// happened to return.
func (f *frame) stitch(s sqlgen.Stitch, inputs []Rows) error {
	ranges := clipRanges(s, inputs)
	rows := map[string][]semantic.Value{}
	for _, in := range s.Inputs {
		if slices.Contains(in.Keys, -1) {
			continue
		}
		if err := f.merge(in, inputs[in.Statement], ranges, rows); err != nil {
			return err
		}
	}
	if f.keys == 0 && len(rows) == 0 {
		rows[""] = make([]semantic.Value, f.width)
	}
	if s.Spine != nil {
		if err := f.span(*s.Spine, rows); err != nil {
			return err
		}
	}
	f.rows = make(Rows, 0, len(rows))
	for _, row := range rows {
		f.rows = append(f.rows, row)
	}
	if err := sortRows(f.rows, keyOrder(f.keys)); err != nil {
		return err
	}
	for _, in := range s.Inputs {
		if slices.Contains(in.Keys, -1) {
			if err := f.spread(in, inputs[in.Statement], ranges); err != nil {
				return err
			}
		}
	}
	f.fillZeros(s.Inputs)
	return nil
}

// merge brings the rows of an input that has every key into the result.
func (f *frame) merge(in sqlgen.Input, input Rows, ranges []span, rows map[string][]semantic.Value) error {
	seen := make(map[string]bool, len(input))
	for _, from := range input {
		if in.Follows && clipped(in, from, ranges) {
			continue
		}
		id := identity(from, in.Keys)
		if seen[id] {
			return errTwice
		}
		seen[id] = true
		row, ok := rows[id]
		if !ok {
			if err := f.room(len(rows) + 1); err != nil {
				return err
			}
			row = make([]semantic.Value, f.width)
			for key, column := range in.Keys {
				row[key] = from[column]
			}
			rows[id] = row
		}
		f.carry(in, from, row)
	}
	return nil
}

// spread gives the cells of a coarser input to every row that has its keys.
func (f *frame) spread(in sqlgen.Input, input Rows, ranges []span) error {
	var has, columns []int
	for key, column := range in.Keys {
		if column >= 0 {
			has, columns = append(has, key), append(columns, column)
		}
	}
	found := make(map[string][]semantic.Value, len(input))
	for _, from := range input {
		if in.Follows && clipped(in, from, ranges) {
			continue
		}
		id := identity(from, columns)
		if found[id] != nil {
			return errTwice
		}
		found[id] = from
	}
	for _, row := range f.rows {
		if from := found[identity(row, has)]; from != nil {
			f.carry(in, from, row)
		}
	}
	return nil
}

func (f *frame) carry(in sqlgen.Input, from, row []semantic.Value) {
	for _, cell := range in.Cells {
		row[f.keys+cell.Slot] = from[cell.Column]
	}
}

// fillZeros puts a zero where a cell asks for one instead of null.
func (f *frame) fillZeros(inputs []sqlgen.Input) {
	for _, in := range inputs {
		for _, cell := range in.Cells {
			if !cell.Zero {
				continue
			}
			zero := cast(semantic.IntValue(0), cell.Type)
			for _, row := range f.rows {
				if at := &row[f.keys+cell.Slot]; at.IsNull() {
					*at = zero
				}
			}
		}
	}
}

// span adds the rows of a spine that are not there.
func (f *frame) span(s sqlgen.Spine, rows map[string][]semantic.Value) error {
	crossed := map[string][]semantic.Value{}
	for _, row := range rows {
		crossed[identity(row, s.Cross)] = row
	}
	if len(s.Cross) == 0 {
		crossed = map[string][]semantic.Value{"": make([]semantic.Value, f.width)}
	}
	if err := f.room(len(rows) + len(crossed)*len(s.Values)); err != nil {
		return err
	}
	all := make([]int, f.keys)
	for key := range all {
		all[key] = key
	}
	there := map[string]bool{}
	for _, row := range rows {
		there[identity(row, []int{s.Key})] = s.Once
	}
	for _, of := range crossed {
		for _, value := range s.Values {
			row := make([]semantic.Value, f.width)
			for _, key := range s.Cross {
				row[key] = of[key]
			}
			row[s.Key] = value
			if there[identity(row, []int{s.Key})] {
				continue
			}
			if id := identity(row, all); rows[id] == nil {
				rows[id] = row
			}
		}
	}
	return nil
}

func (f *frame) room(rows int) error {
	if f.width > 0 && rows > f.maxCells/f.width {
		return ErrTooLarge
	}
	return nil
}

// span is the least and the greatest value of a key among the inputs that do
// not follow; both null when there is none.
type span struct {
	clip      sqlgen.Clip
	low, high semantic.Value
}

func clipRanges(s sqlgen.Stitch, inputs []Rows) []span {
	ranges := make([]span, len(s.Clip))
	for i, clip := range s.Clip {
		r := span{clip: clip}
		for _, in := range s.Inputs {
			if column := in.Keys[clip.Key]; !in.Follows && column >= 0 {
				for _, row := range inputs[in.Statement] {
					r.widen(row[column])
				}
			}
		}
		ranges[i] = r
	}
	return ranges
}

func (r *span) widen(v semantic.Value) {
	if v.IsNull() {
		return
	}
	if r.low.IsNull() || less(v, r.low) {
		r.low = v
	}
	if r.high.IsNull() || less(r.high, v) {
		r.high = v
	}
}

// clipped reports whether a row of a following input lies outside of a range.
func clipped(in sqlgen.Input, row []semantic.Value, ranges []span) bool {
	for _, r := range ranges {
		column := in.Keys[r.clip.Key]
		if column < 0 || row[column].IsNull() {
			continue
		}
		v := row[column]
		if from := r.clip.From; !from.IsNull() && less(v, from) {
			return true
		}
		if before := r.clip.Before; !before.IsNull() && !less(v, before) {
			return true
		}
		if r.clip.Low && (r.low.IsNull() || less(v, r.low)) || r.clip.High && (r.high.IsNull() || less(r.high, v)) {
			return true
		}
	}
	return false
}

// less reports a < b; values without an order are not less.
func less(a, b semantic.Value) bool {
	order, err := a.Compare(b)
	return err == nil && order < 0
}

// identity is equal for two tuples exactly when their values are: null equals
// null, numbers are equal by value, whatever their kind, and so are times.
func identity(row []semantic.Value, columns []int) string {
	var b []byte
	for _, c := range columns {
		b = appendIdentity(b, row[c])
	}
	return string(b)
}

func appendIdentity(b []byte, v semantic.Value) []byte {
	switch v.Kind() {
	case semantic.Null:
		return append(b, '0')
	case semantic.Bool:
		return strconv.AppendBool(append(b, 'b'), v.Bool())
	case semantic.Text:
		s := v.Text()
		b = strconv.AppendInt(append(b, 't'), int64(len(s)), 10)
		return append(append(b, ':'), s...)
	case semantic.Date, semantic.Timestamp:
		return append(strconv.AppendInt(append(b, 'd'), v.Time().UnixMicro(), 10), ';')
	}
	return append(append(append(b, 'n'), plainNumber(v)...), ';')
}

// plainNumber writes a number without superfluous zeros.
func plainNumber(v semantic.Value) string {
	switch v.Kind() {
	case semantic.Int:
		return strconv.FormatInt(v.Int(), 10)
	case semantic.Float:
		f, _ := v.Float()
		if f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			return strconv.FormatInt(int64(f), 10)
		}
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	s := v.String()
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}
