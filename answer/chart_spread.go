package answer

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"wenshu/semantic"
)

// maxSpreads is how many groups of values one can tell apart beside each other.
const maxSpreads = 20

// spreadLegal wants every row of one number, in few groups.
func spreadLegal(s *shape) string {
	return faults{
		{!s.details, "needs_rows"},
		{s.some, "some_rows"},
		{len(s.plain) != 1, "several_metrics"},
		{s.groups() > 1 || s.groups() == 1 && s.n(s.along()) > maxSpreads, "too_many"},
		{s.rows < 3, "too_few"},
	}.first()
}

// boxes sums up the rows of each group by five of their values: the least, the
// quartiles and the most. Each is a value that is there (the nearest rank; type 1
// of Hyndman and Fan, 1996), so that it can be found in the table.
func (b *book) boxes(c *Chart, r *result, t *Table, s *shape) {
	along, col := s.along(), s.plain[0]
	groups := spreadsOf(r, along, col)
	if along >= 0 {
		c.X = &Axis{Column: along, Label: t.Columns[along].Label}
	}
	c.Y = b.valueAxis(t, col, false)
	for _, name := range b.w.Spread {
		c.Series = append(c.Series, Series{Name: name, Column: col})
	}
	if !has(s.times, along) {
		slices.SortStableFunc(groups, func(x, y spread) int { return cmp.Compare(float(y.at(0.5)), float(x.at(0.5))) })
	}
	for _, g := range groups {
		label := Label{Text: t.Columns[col].Label}
		if along >= 0 {
			label = b.chartLabel(r.plan.Columns[along], g.member)
			label.Text = b.groupName(g.member, label.Text)
		}
		c.Labels = append(c.Labels, label)
		for i, share := range []float64{0, 0.25, 0.5, 0.75, 1} {
			c.Series[i].Cells = append(c.Series[i].Cells, b.cell(r.plan.Columns[col], g.at(share)))
		}
	}
}

// spread is the values of one group, ascending.
type spread struct {
	member semantic.Value
	values []semantic.Value
}

// at is the value below or at which a share of all lie.
func (s spread) at(share float64) semantic.Value {
	return s.values[max(0, int(math.Ceil(share*float64(len(s.values))))-1)]
}

// spreadsOf are the known values of every group, in the order of its members.
func spreadsOf(r *result, along, col int) []spread {
	byMember := map[semantic.Value][]semantic.Value{}
	var members []semantic.Value
	for _, row := range r.rows {
		var m semantic.Value
		if along >= 0 {
			m = row[along]
		}
		if row[col].IsNull() {
			continue
		}
		if byMember[m] == nil {
			members = append(members, m)
		}
		byMember[m] = append(byMember[m], row[col])
	}
	sortValues(members)
	list := make([]spread, len(members))
	for i, m := range members {
		sortValues(byMember[m])
		list[i] = spread{m, byMember[m]}
	}
	return list
}

// groupName is the name of a group; rows without a member are a group too.
func (b *book) groupName(member semantic.Value, name string) string {
	if member.IsNull() {
		return b.w.NullName
	}
	return name
}

// strips shows every row as a point beside the others of its group.
func (b *book) strips(c *Chart, r *result, t *Table, s *shape) {
	along, col := s.along(), s.plain[0]
	rows := orderRows(r, append(slices.Clone(s.names), allBut(len(r.plan.Columns), s.names)...))
	if kept := sampled(rows); len(kept) < len(rows) {
		c.Cut = &Cut{Shown: len(kept), Of: len(rows)}
		rows = kept
	}
	c.Y = b.valueAxis(t, col, false)
	if along >= 0 {
		c.X = &Axis{Column: along, Label: t.Columns[along].Label}
		c.By = &Axis{Column: along, Label: t.Columns[along].Label}
		sort.SliceStable(rows, func(i, j int) bool { return valueLess(r.rows[rows[i]][along], r.rows[rows[j]][along]) })
	}
	one := Series{Name: t.Columns[col].Label, Column: col}
	for _, i := range rows {
		label := Label{Text: b.rowName(t, i, s.names), Group: t.Columns[col].Label}
		if along >= 0 {
			label.Group = b.groupName(r.rows[i][along], t.Rows[i][along].Text)
		}
		if label.Text == "" {
			label.Text = label.Group
		}
		c.Labels, one.Cells = append(c.Labels, label), append(one.Cells, t.Rows[i][col])
	}
	c.Series = []Series{one}
}
