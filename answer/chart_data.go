package answer

import (
	"slices"
	"sort"
	"time"

	"wenshu/semantic"
)

// shapeOf is what the rules look at.
func shapeOf(r *result, in intent) *shape {
	p := r.plan
	s := &shape{rows: len(r.rows), columns: len(p.Columns), distinct: map[int]int{}, ordinal: map[int]bool{}, cyclic: map[int]bool{}, intent: in}
	s.details = p.Rows != nil
	for i, c := range p.Columns {
		switch {
		case s.details:
		case c.Key >= 0:
			s.group(r, i, c)
		case c.Slot >= 0 && isNumeric(r, i, c):
			s.metrics = append(s.metrics, i)
			if c.Role == semantic.ValueColumn || c.Role == semantic.RunningColumn || c.Role == semantic.MovingColumn {
				s.plain = append(s.plain, i)
			}
		}
	}
	if len(s.plain) == 0 && len(s.metrics) > 0 {
		s.plain = s.metrics[:1]
	}
	s.values(r)
	s.onePerCell = distinctRows(r, append(slices.Clone(s.times), s.cats...))
	s.dropConstants()
	return s
}

// dropConstants leaves out groups of one member beside others: they are in the
// title, not in the drawing.
func (s *shape) dropConstants() {
	several := func(col int) bool { return s.distinct[col] > 1 }
	if !slices.ContainsFunc(s.times, several) && !slices.ContainsFunc(s.cats, several) {
		return
	}
	constant := func(col int) bool { return s.distinct[col] <= 1 }
	s.times, s.cats = slices.DeleteFunc(s.times, constant), slices.DeleteFunc(s.cats, constant)
}

func (s *shape) group(r *result, i int, c semantic.OutColumn) {
	seen := map[semantic.Value]bool{}
	for _, row := range r.rows {
		seen[row[i]] = true
	}
	s.distinct[i] = len(seen)
	s.cyclic[i] = c.Grain.Cyclic != semantic.NoCycle
	s.ordinal[i] = s.cyclic[i] || c.Dimension == nil || c.Dimension.Order || c.Type.Kind == semantic.Int && c.Dimension.Sum != ""
	if c.Grain.Unit != semantic.NoUnit || c.Type.Kind == semantic.Date || c.Type.Kind == semantic.Timestamp {
		s.times = append(s.times, i)
		return
	}
	s.cats = append(s.cats, i)
}

// isNumeric reports whether a value column can be drawn.
func isNumeric(r *result, i int, c semantic.OutColumn) bool {
	if k := c.Type.Kind; k == semantic.Text || k == semantic.Bool || k == semantic.Date || k == semantic.Timestamp {
		return false
	}
	return !slices.ContainsFunc(r.rows, func(row []semantic.Value) bool { return !row[i].IsNull() && !row[i].IsNumber() })
}

// values looks at the numbers.
func (s *shape) values(r *result) {
	s.sameUnit = true
	for n, i := range s.plain {
		c := r.plan.Columns[i]
		f, f0 := formatOf(c, ""), formatOf(r.plan.Columns[s.plain[0]], "")
		s.sameUnit = s.sameUnit && f.style == f0.style && f.currency == f0.currency && f.unit == f0.unit
		total := decimal{}
		for _, row := range r.rows {
			d, _ := decimalOf(row[i])
			s.negative = s.negative || d.sign() < 0
			total = total.plus(d)
		}
		if n == 0 {
			s.additive = c.Additive || c.Role == semantic.ShareColumn
			s.ratio = f.style == "percent"
			s.positiveSum = total.sign() > 0
			_, s.exactSum = sum(columnValues(r, i))
		}
	}
}

func columnValues(r *result, col int) []semantic.Value {
	values := make([]semantic.Value, len(r.rows))
	for i, row := range r.rows {
		values[i] = row[col]
	}
	return values
}

func distinctRows(r *result, groups []int) bool {
	seen := map[string]bool{}
	for _, row := range r.rows {
		k := rowKey(row, groups)
		if seen[k] {
			return false
		}
		seen[k] = true
	}
	return true
}

func rowKey(row []semantic.Value, cols []int) string {
	var b []byte
	for _, c := range cols {
		b = append(b, byte(row[c].Kind()))
		b = append(b, row[c].String()...)
		b = append(b, 0)
	}
	return string(b)
}

// intentOf reads what a query wants to see.
func intentOf(p *semantic.Plan, wish ChartKind) intent {
	in := intent{wish: wish, compare: len(p.Comparisons) > 0}
	for _, s := range p.Query.Show {
		in.share = in.share || s.Func == "share"
	}
	for _, c := range p.Columns {
		in.share = in.share || c.Role == semantic.ShareColumn
	}
	for _, k := range p.Keys {
		in.spread = in.spread || k.Dimension == nil && k.Grain == (semantic.Grain{})
	}
	in.relation = wish == ScatterChart || wish == BubbleChart
	return in
}

// chart chooses and fills the chart of a result.
func (b *book) chart(r *result, t *Table, in intent, now time.Time) *Chart {
	s := shapeOf(r, in)
	kind, by, refused := s.choose()
	c := &Chart{Kind: kind, Rule: by.n, Reason: by.reason, Score: by.score, Incomplete: -1, Offered: s.offered(kind, by)}
	if refused != "" {
		name := b.w.Charts[in.wish]
		if name == "" {
			name = string(in.wish)
		}
		c.Refused = &Refused{in.wish, refused, sentence(b.w.ChartRefused[refused].say(word("chart", name))).s}
	}
	c.Title = b.chartTitle(r, s)
	switch {
	case kind == TableChart, kind == MessageOnly:
	case kind == NumberChart, kind == KPIChart, kind == BulletChart && s.groups() == 0:
		c.Series = b.rowSeries(t, s)
	case kind == ScatterChart, kind == BubbleChart:
		b.points(c, r, t, s)
	default:
		b.fill(c, r, t, s, now)
	}
	return c
}

func (b *book) chartTitle(r *result, s *shape) string {
	if len(s.plain) == 0 {
		return ""
	}
	names := make([]string, len(s.plain))
	for i, col := range s.plain {
		names[i] = b.columnLabel(r.plan.Columns[col])
	}
	var groups []string
	for _, col := range append(slices.Clone(s.times), s.cats...) {
		groups = append(groups, b.columnLabel(r.plan.Columns[col]))
	}
	period := ""
	if r.plan.Window != (semantic.Interval{}) {
		period = b.windows(r.plan)
	}
	by := ""
	if len(groups) > 0 {
		by = b.w.GroupedBy.string(word("groups", b.w.joinStrings(groups)))
	}
	return upper(b.w.ChartTitle.string(word("metric", b.w.joinStrings(names)), word("groups", by), word("period", period)))
}

// rowSeries is one series per metric with its only value.
func (b *book) rowSeries(t *Table, s *shape) []Series {
	var list []Series
	for _, col := range s.metrics {
		list = append(list, Series{Name: t.Columns[col].Label, Column: col, Cells: []Cell{t.Rows[0][col]}})
	}
	return list
}

// points are rows as points: the series are x, y and size.
func (b *book) points(c *Chart, r *result, t *Table, s *shape) {
	groups := append(slices.Clone(s.times), s.cats...)
	rows := orderRows(r, groups)
	for _, i := range rows {
		c.Labels = append(c.Labels, Label{Value: t.Rows[i][groups[0]].Value, Text: b.rowName(t, i, groups)})
	}
	for _, col := range s.plain {
		one := Series{Name: t.Columns[col].Label, Column: col}
		for _, i := range rows {
			one.Cells = append(one.Cells, t.Rows[i][col])
		}
		c.Series = append(c.Series, one)
	}
	c.X, c.Y = b.valueAxis(t, s.plain[0], false), b.valueAxis(t, s.plain[1], false)
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
	for i := range rows {
		rows[i] = i
	}
	sort.Slice(rows, func(i, j int) bool { return rowKey(r.rows[rows[i]], groups) < rowKey(r.rows[rows[j]], groups) })
	return rows
}

func (b *book) valueAxis(t *Table, col int, zero bool) *Axis {
	label := t.Columns[col].Label
	if unit := t.Columns[col].Unit; unit != "" {
		label = b.w.InUnits.string(word("label", label), word("unit", b.w.unitName(unit)))
	}
	return &Axis{Column: col, Label: label, Zero: zero}
}
