package answer

import (
	"slices"
	"sort"

	"wenshu/semantic"
)

// points are rows as points: the series are x, y and size. What colours the
// points is the group of their labels.
func (b *book) points(c *Chart, r *result, t *Table, s *shape) {
	axes, names := s.plain, append(slices.Clone(s.times), s.cats...)
	colour := -1
	switch {
	case s.details:
		names, colour = s.names, s.cat()
	case s.scale() >= 0 && len(s.plain) == 1:
		axes = []int{s.scale(), s.plain[0]}
		colour = s.other(s.scale())
	}
	rows := sampled(orderRows(r, append(slices.Clone(names), allBut(len(r.plan.Columns), names)...)))
	if len(rows) < len(r.rows) {
		c.Cut = &Cut{Shown: len(rows), Of: len(r.rows)}
	}
	if colour >= 0 {
		c.By = &Axis{Column: colour, Label: t.Columns[colour].Label}
	}
	for _, i := range rows {
		label := Label{Text: b.rowName(t, i, names)}
		if len(names) > 0 {
			label.Value = t.Rows[i][names[0]].Value
		}
		if colour >= 0 {
			label.Group = t.Rows[i][colour].Text
		}
		c.Labels = append(c.Labels, label)
	}
	for _, col := range axes {
		one := Series{Name: t.Columns[col].Label, Column: col}
		for _, i := range rows {
			one.Cells = append(one.Cells, t.Rows[i][col])
		}
		c.Series = append(c.Series, one)
	}
	c.X, c.Y = b.valueAxis(t, axes[0], false), b.valueAxis(t, axes[1], false)
}

// other is the first group that is not this one; -1 for none.
func (s *shape) other(than int) int {
	for _, col := range append(slices.Clone(s.cats), s.times...) {
		if col != than {
			return col
		}
	}
	return -1
}

func allBut(n int, some []int) []int {
	var rest []int
	for i := range n {
		if !has(some, i) {
			rest = append(rest, i)
		}
	}
	return rest
}

// sampled keeps every so many rows where there are more than can be told apart.
func sampled(rows []int) []int {
	if len(rows) <= maxScatter {
		return rows
	}
	kept := make([]int, maxScatter)
	for i := range kept {
		kept[i] = rows[i*len(rows)/maxScatter]
	}
	return kept
}

func (b *book) rowName(t *Table, row int, groups []int) string {
	names := make([]string, len(groups))
	for i, g := range groups {
		names[i] = t.Rows[row][g].Text
	}
	return b.w.joinStrings(names)
}

// orderRows are the rows in the order of their groups.
func orderRows(r *result, groups []int) []int {
	rows := make([]int, len(r.rows))
	keys := make([]string, len(r.rows))
	for i := range rows {
		rows[i], keys[i] = i, rowKey(r.rows[i], groups)
	}
	sort.SliceStable(rows, func(i, j int) bool { return keys[rows[i]] < keys[rows[j]] })
	return rows
}

// scaleValues are the different values of a column of numbers, ascending.
func scaleValues(r *result, col int) []semantic.Value {
	seen := map[semantic.Value]bool{}
	var values []semantic.Value
	for _, row := range r.rows {
		if v := row[col]; !v.IsNull() && !seen[v] {
			seen[v] = true
			values = append(values, v)
		}
	}
	sortValues(values)
	return values
}
