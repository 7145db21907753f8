package sqlgen

import (
	"strconv"

	"wenshu/semantic"
	"wenshu/sqlgen/sqltree"
)

// compileSources compiles a plan whose branches live in several sources. Those
// of one source that share their keys and their part in a comparison make one
// statement; the rest is left to the finish, because it depends on all groups.
func compileSources(p *semantic.Plan, dialects map[string]string) (*Program, error) {
	program := &Program{Columns: answerColumns(p)}
	f := &Finish{Keys: len(p.Keys), Width: len(p.Keys) + len(p.Slots), Stitch: Stitch{Clip: clips(p), Spine: spineOf(p)}}
	for _, list := range companions(p, plainIn(dialects)) {
		c, err := newCompiler(p, p.Branches[list[0]].Source, dialects)
		if err != nil {
			return nil, err
		}
		in := Input{Statement: len(program.Statements), Follows: p.Branches[list[0]].Follows}
		q, columns := c.shared(p, list, &in)
		if program.Statements, err = c.statement(q, columns, program.Statements); err != nil {
			return nil, err
		}
		program.Statements[in.Statement].Partial = true
		f.Stitch.Inputs = append(f.Stitch.Inputs, in)
	}
	f.Steps = stepsOf(p)
	for _, col := range p.Columns {
		cell := col.Key
		if col.Slot >= 0 {
			cell = len(p.Keys) + col.Slot
		}
		f.Output = append(f.Output, cell)
	}
	program.Finish = f
	return program, nil
}

// companions groups the branches that make one statement, in the order of their
// first branch. A branch of a source that is alone makes one by itself.
func companions(p *semantic.Plan, alone func(source string) bool) [][]int {
	var lists [][]int
	index := map[string]int{}
	for i := range p.Branches {
		b := &p.Branches[i]
		mark := strconv.FormatBool(b.Follows) + " " + b.Source
		if alone(b.Source) {
			mark = strconv.Itoa(i) + " " + mark
		}
		for _, k := range b.Keys {
			mark = strconv.FormatBool(k == nil) + " " + mark
		}
		at, ok := index[mark]
		if !ok {
			at = len(lists)
			index[mark] = at
			lists = append(lists, nil)
		}
		lists[at] = append(lists[at], i)
	}
	return lists
}

// shared is the statement of companions: their keys and measures, one row for
// each group of any of them.
func (c *compiler) shared(p *semantic.Plan, list []int, in *Input) (*sqltree.Query, []Column) {
	parts := c.parts(p, list)
	if c.err != nil {
		return nil, nil
	}
	r := relation{name: parts[0].name, cells: make([][]value, len(p.Branches))}
	for _, pt := range parts {
		r.cells[pt.index] = pt.values
	}
	if len(parts) > 1 {
		r = c.union(p, parts, nil, nil)
	}
	sel := &sqltree.Select{From: fromCTE(r.name)}
	var columns []Column
	add := func(x sqltree.Expr, t semantic.ColumnType) int {
		name := columnName(len(columns))
		sel.Items = append(sel.Items, sqltree.Item{Expr: x, Alias: name})
		columns = append(columns, Column{Name: name, Type: t})
		return len(columns) - 1
	}
	for i, k := range parts[0].branch.Keys {
		if k == nil {
			in.Keys = append(in.Keys, -1)
			continue
		}
		in.Keys = append(in.Keys, add(r.key(i), plain(p.Keys[i].Type)))
	}
	for i, d := range p.Slots {
		f, ok := d.(semantic.FromBranch)
		if !ok || f.Branch < 0 || f.Branch >= len(r.cells) || r.cells[f.Branch] == nil {
			continue
		}
		if f.Measure < 0 || f.Measure >= len(r.cells[f.Branch]) {
			c.fault("no measure %d in branch %d", f.Measure, f.Branch)
			continue
		}
		v := r.cells[f.Branch][f.Measure]
		in.Cells = append(in.Cells, Cell{Column: add(v.x, typeOf(v, f.Type)), Slot: i, Zero: f.ZeroFill, Type: plain(f.Type)})
	}
	if len(columns) == 0 {
		add(sqltree.Int(1), semantic.ColumnType{Kind: semantic.Int})
	}
	return &sqltree.Query{Body: sel}, columns
}

// clips are the limits in time of following branches.
func clips(p *semantic.Plan) []Clip {
	var out []Clip
	if !p.Clip {
		return nil
	}
	for i, k := range p.Keys {
		if !k.Axis {
			continue
		}
		clip := Clip{Key: i, High: true, From: firstOf(p, i)}
		if !p.Window.End.IsZero() {
			clip.High, clip.Before = false, endOf(p.Window.End, k.Type)
		}
		out = append(out, clip)
	}
	return out
}

func spineOf(p *semantic.Plan) *Spine {
	if p.Spine == nil {
		return nil
	}
	return &Spine{Key: p.Spine.Key, Values: p.Spine.Values, Cross: p.Spine.Cross, Once: p.Spine.Once}
}

// stepsOf is what the plan does with stitched rows, in its order.
func stepsOf(p *semantic.Plan) []Step {
	var steps []Step
	for i, d := range p.Slots {
		switch d := d.(type) {
		case semantic.Computed:
			steps = append(steps, Derive{Slot: i, Expr: d.Expr, Type: d.Type})
		case semantic.OverRows:
			w := Window{Slot: i, Func: d.Func, Of: d.Of, Partition: d.Partition, OrderKey: d.OrderKey,
				ResetUnit: d.ResetUnit, Rows: d.Rows, Agg: d.Agg, Desc: d.Desc, Type: d.Type}
			if p.Model != nil {
				w.Calendar = p.Model.Calendar
			}
			steps = append(steps, w)
		}
	}
	if p.Having != nil {
		steps = append(steps, Keep{Cond: p.Having})
	}
	if len(p.Order) > 0 {
		steps = append(steps, Sort{By: sortKeys(p)})
	}
	if p.Limit > 0 || p.Offset > 0 {
		l := Limit{Rows: p.Limit, Offset: p.Offset}
		if p.Limit > 0 {
			l.Per = p.Per
			l.First = firstCells(p)
		}
		steps = append(steps, l)
	}
	return steps
}

// firstCells are the cells in which rows equal the first of their group, where the
// limit keeps all of these; nil where it does not.
func firstCells(p *semantic.Plan) []int {
	if !p.SharesFirst() {
		return nil
	}
	var cells []int
	for _, k := range sortKeys(p)[:p.Sorted] {
		cells = append(cells, k.Cell)
	}
	return cells
}

func sortKeys(p *semantic.Plan) []SortKey {
	var keys []SortKey
	for _, o := range p.Order {
		k := SortKey{Cell: o.Key, Desc: o.Desc}
		if o.Slot >= 0 {
			k.Cell = len(p.Keys) + o.Slot
		} else {
			k.Members = natural(p.Keys, o.Key)
		}
		keys = append(keys, k)
	}
	return keys
}
