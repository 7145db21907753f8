package answer

import (
	"slices"
	"sort"
	"time"

	"wenshu/semantic"
)

// How many groups a chart shows before the rest is cut or summed up.
const (
	shownBars  = 20
	shownLines = 5
	manyLines  = 7
	maxPeriods = 1000
)

// fill lays out a chart with labels and series.
func (b *book) fill(c *Chart, r *result, t *Table, s *shape, now time.Time) {
	along, across := s.along(), s.across()
	if along < 0 {
		b.metricBars(c, t, s)
		return
	}
	c.X = &Axis{Column: along, Label: t.Columns[along].Label}
	zero := c.Kind != LineChart && c.Kind != SmallMultiples
	if s.sameUnit {
		c.Y = b.valueAxis(t, s.plain[0], zero)
	}
	if across < 0 {
		b.fillOne(c, r, s, along)
	} else {
		c.By = &Axis{Column: across, Label: t.Columns[across].Label}
		b.fillTwo(c, r, s, along, across)
	}
	c.Incomplete = b.incomplete(r, along, c.Labels, now)
}

// metricBars has one label per metric, for a row without groups.
func (b *book) metricBars(c *Chart, t *Table, s *shape) {
	c.Y = b.valueAxis(t, s.plain[0], true)
	one := Series{Column: s.plain[0]}
	for _, col := range s.plain {
		c.Labels = append(c.Labels, Label{Text: t.Columns[col].Label})
		one.Cells = append(one.Cells, t.Rows[0][col])
	}
	c.Series = []Series{one}
}

// fillOne draws one group: a series per metric.
func (b *book) fillOne(c *Chart, r *result, s *shape, along int) {
	drawn := s.plain
	if s.intent.compare && (c.Kind == GroupedBar || c.Kind == LineChart || c.Kind == ColumnChart) {
		drawn = append(slices.Clone(s.plain), columnsOf(r.plan, semantic.EarlierColumn)...)
	}
	labels := b.orderLabels(r, along, s.plain[0], s)
	labels, rest := cutLabels(c, labels, s, along)
	byLabel := map[semantic.Value]int{}
	for i, row := range r.rows {
		byLabel[row[along]] = i
	}
	for _, v := range labels {
		c.Labels = append(c.Labels, b.chartLabel(r.plan.Columns[along], v))
	}
	for _, col := range drawn {
		out := r.plan.Columns[col]
		one := Series{Name: b.columnLabel(out), Column: col}
		for _, v := range labels {
			cell := Cell{Text: NullText}
			if i, ok := byLabel[v]; ok {
				cell = b.cell(out, r.rows[i][col])
			}
			one.Cells = append(one.Cells, cell)
		}
		if c.Cut != nil && c.Cut.Others {
			one.Cells = append(one.Cells, b.othersCell(out, r, col, byLabel, rest))
		}
		c.Series = append(c.Series, one)
	}
	if c.Cut != nil && c.Cut.Others {
		c.Labels = append(c.Labels, Label{Text: b.w.Others})
	}
}

func (b *book) othersCell(out semantic.OutColumn, r *result, col int, byLabel map[semantic.Value]int, rest []semantic.Value) Cell {
	var values []semantic.Value
	for _, v := range rest {
		values = append(values, r.rows[byLabel[v]][col])
	}
	total, _ := sum(values)
	return b.cell(out, total)
}

func columnsOf(p *semantic.Plan, role semantic.Role) []int {
	var list []int
	for i, c := range p.Columns {
		if c.Role == role {
			list = append(list, i)
		}
	}
	return list
}

func (b *book) chartLabel(c semantic.OutColumn, v semantic.Value) Label {
	return Label{Value: exactOf(v), Text: b.valueText(c, v)}
}

// cutLabels keeps the first bars of many; the rest becomes one bar when the
// metric adds up exactly.
func cutLabels(c *Chart, labels []semantic.Value, s *shape, along int) (kept, rest []semantic.Value) {
	if len(labels) <= shownBars || has(s.times, along) || s.ordinal[along] || c.Kind == Histogram {
		return labels, nil
	}
	c.Cut = &Cut{Shown: shownBars, Of: len(labels), Others: s.additive && s.exactSum && len(s.plain) == 1 && c.Kind == BarChart}
	return labels[:shownBars], labels[shownBars:]
}

// orderLabels orders the members of a group: times and ordered members by their
// own order, others by the values, largest first.
func (b *book) orderLabels(r *result, col, by int, s *shape) []semantic.Value {
	out := r.plan.Columns[col]
	totals := map[semantic.Value]decimal{}
	var labels []semantic.Value
	for _, row := range r.rows {
		v := row[col]
		if _, ok := totals[v]; !ok {
			labels = append(labels, v)
		}
		if d, ok := decimalOf(row[by]); ok {
			totals[v] = totals[v].plus(d)
		} else {
			totals[v] = totals[v].plus(decimal{})
		}
	}
	if has(s.times, col) {
		sortValues(labels)
		return b.withGaps(labels, out)
	}
	if s.ordinal[col] {
		sortByOrder(labels, out.Dimension)
		return labels
	}
	ascending := len(r.plan.Order) > 0 && r.plan.Order[0].Slot >= 0 && !r.plan.Order[0].Desc
	sort.Slice(labels, func(i, j int) bool {
		c := totals[labels[i]].cmp(totals[labels[j]])
		if c == 0 {
			return valueLess(labels[i], labels[j])
		}
		return c > 0 != ascending
	})
	return labels
}

// cmp orders exactly.
func (d decimal) cmp(e decimal) int { return d.plus(e.neg()).sign() }

// valueLess orders values of any kind, nulls last.
func valueLess(a, b semantic.Value) bool {
	if a.IsNull() || b.IsNull() {
		return !a.IsNull()
	}
	if c, err := a.Compare(b); err == nil {
		return c < 0
	}
	return a.String() < b.String()
}

func sortValues(list []semantic.Value) {
	sort.Slice(list, func(i, j int) bool { return valueLess(list[i], list[j]) })
}

// sortByOrder orders members as the model declares them; others come behind.
func sortByOrder(list []semantic.Value, d *semantic.Dimension) {
	rank := map[semantic.Value]int{}
	if d != nil {
		for i, m := range d.Values {
			rank[m.Value] = i + 1
		}
	}
	at := func(v semantic.Value) int {
		if n := rank[v]; n > 0 {
			return n
		}
		return len(rank) + 1
	}
	sort.Slice(list, func(i, j int) bool {
		if a, b := at(list[i]), at(list[j]); a != b {
			return a < b
		}
		return valueLess(list[i], list[j])
	})
}

// withGaps puts the missing periods between the first and the last, so that a
// line shows a gap where there are no data.
func (b *book) withGaps(list []semantic.Value, c semantic.OutColumn) []semantic.Value {
	if len(list) < 2 || list[len(list)-1].IsNull() || c.Grain.Unit < semantic.Day {
		return list
	}
	last := list[len(list)-1].Time()
	var full []semantic.Value
	for t := list[0].Time(); !t.After(last); t = nextPeriod(t, c.Grain.Unit) {
		full = append(full, semantic.DateValue(t))
		if len(full) > maxPeriods {
			return list
		}
	}
	if list[0].Kind() != semantic.Date || !containsAll(full, list) {
		return list
	}
	return full
}

func containsAll(all, some []semantic.Value) bool {
	for _, v := range some {
		if !has(all, v) {
			return false
		}
	}
	return true
}

// nextPeriod is the start of the next period of a unit.
func nextPeriod(t time.Time, u semantic.Unit) time.Time {
	switch u {
	case semantic.Day:
		return t.AddDate(0, 0, 1)
	case semantic.Week:
		return t.AddDate(0, 0, 7)
	case semantic.Quarter, semantic.FiscalQuarter:
		return t.AddDate(0, 3, 0)
	case semantic.Half, semantic.FiscalHalf:
		return t.AddDate(0, 6, 0)
	case semantic.Year, semantic.FiscalYear:
		return t.AddDate(1, 0, 0)
	}
	return t.AddDate(0, 1, 0)
}

// fillTwo draws two groups: labels along one, a series per member of the other.
func (b *book) fillTwo(c *Chart, r *result, s *shape, along, across int) {
	col := s.plain[0]
	out := r.plan.Columns[col]
	labels := b.orderLabels(r, along, col, s)
	members := b.orderLabels(r, across, col, s)
	var rest []semantic.Value
	if limit := seriesLimit(c.Kind); len(members) > limit && s.additive && s.exactSum && !s.ordinal[across] {
		c.Cut = &Cut{Shown: shownLines, Of: len(members), Others: true}
		members, rest = members[:shownLines], members[shownLines:]
	}
	g := map[[2]semantic.Value]semantic.Value{}
	for _, row := range r.rows {
		g[[2]semantic.Value{row[along], row[across]}] = row[col]
	}
	for _, v := range labels {
		c.Labels = append(c.Labels, b.chartLabel(r.plan.Columns[along], v))
	}
	for _, m := range members {
		one := Series{Name: b.valueText(r.plan.Columns[across], m), Column: col}
		for _, v := range labels {
			one.Cells = append(one.Cells, b.cell(out, g[[2]semantic.Value{v, m}]))
		}
		c.Series = append(c.Series, one)
	}
	if rest == nil {
		return
	}
	others := Series{Name: b.w.Others, Column: col}
	for _, v := range labels {
		var values []semantic.Value
		for _, m := range rest {
			values = append(values, g[[2]semantic.Value{v, m}])
		}
		total, _ := sum(values)
		others.Cells = append(others.Cells, b.cell(out, total))
	}
	c.Series = append(c.Series, others)
}

// seriesLimit is how many series a kind shows before the rest is summed up.
func seriesLimit(k ChartKind) int {
	switch k {
	case HeatMap:
		return maxGrid
	case SmallMultiples, GroupedBar:
		return maxLines
	}
	return manyLines
}

// incomplete is the label of the period that holds now; -1 for none.
func (b *book) incomplete(r *result, along int, labels []Label, now time.Time) int {
	u := r.plan.Columns[along].Grain.Unit
	if u < semantic.Day || len(labels) == 0 {
		return -1
	}
	for i, l := range labels {
		if l.Value == nil {
			continue
		}
		start, err := time.Parse("2006-01-02", *l.Value)
		if err == nil && !now.Before(start) && now.Before(nextPeriod(start, u)) {
			return i
		}
	}
	return -1
}
