package answer

import (
	"math/big"
	"slices"
	"time"

	"wenshu/semantic"
)

// say is the sentence of a result at a moment on the model's wall clock. Every
// number in it is a cell of the table, a date of the period, a count of rows, or
// inside a name.
func (b *book) say(r *result, now time.Time) text {
	s := sayer{b, r, b.scope(r.plan), now}
	switch {
	case len(r.rows) == 0:
		return b.w.Empty.say(s.scope)
	case r.plan.Rows != nil:
		return s.list()
	case len(r.plan.Keys) == 0:
		return s.single()
	}
	col := s.leading()
	if col < 0 {
		return b.w.GroupsOnly.say(s.scope, counted("n", len(r.rows)))
	}
	rows := s.known(col)
	switch {
	case len(rows) == 0:
		return b.w.GroupsOnly.say(s.scope, counted("n", len(r.rows)))
	case len(rows) == 1 && len(r.rows) == 1 && s.placed() >= 0:
		return b.w.Placed.say(s.scope, s.metric(col), said("name", s.groupName(rows[0])), s.cell("value", rows[0], col), s.cell("rank", rows[0], s.placed()))
	case s.placed() >= 0 && len(r.plan.Keys) > 0:
		return b.w.GroupsOnly.say(s.scope, counted("n", len(r.rows)))
	case len(rows) == 1 && len(r.rows) == 1 && !s.sortedBy(col):
		return b.w.OneGroup.say(s.scope, s.metric(col), said("name", s.groupName(rows[0])), s.cell("value", rows[0], col))
	case len(r.plan.Keys) == 1 && isTimeline(r.plan.Keys[0]) && !(r.plan.Limit > 0 && s.sortedBy(col)):
		return s.series(col, rows)
	case r.plan.Columns[col].Role == semantic.ShareColumn && len(r.plan.Keys) == 1:
		top := s.extreme(rows, col, 1)
		return b.w.LargestPart.say(s.scope, said("metric", spanText(b.metricOf(r.plan.Columns[col]), Span{Kind: NameSpan})),
			said("name", s.groupName(top)), s.cell("share", top, col))
	}
	return s.ranking(col, rows)
}

// sayer says one result.
type sayer struct {
	b     *book
	r     *result
	scope arg
	now   time.Time // a line ends with the last period that is over
}

// scope is the period and the filters that a sentence begins with.
func (b *book) scope(p *semantic.Plan) arg {
	period := ""
	if p.Window != (semantic.Interval{}) || len(p.Query.During) > 0 && !semantic.NamesPeriod(p.Query.Where) {
		period = b.headed(p)
	}
	parts := spanText(period, Span{Kind: PeriodSpan})
	if filters := b.w.joinStrings(b.conditions(p.Query)); filters != "" {
		if parts.s != "" {
			parts.s += b.w.Part
		}
		parts.add(spanText(filters, Span{Kind: NameSpan}))
	}
	return said("scope", b.w.Scope.say(said("parts", parts)))
}

// isTimeline reports whether a key is a time axis, not a repeating part.
func isTimeline(k semantic.Key) bool { return k.Grain.Unit != semantic.NoUnit }

// leading is the column that the sentence speaks of: what the rows are sorted
// by, a share, else the first value; -1 when there is no number.
func (s sayer) leading() int {
	p := s.r.plan
	if len(p.Query.Sort) > 0 && len(p.Order) > 0 && p.Order[0].Slot >= 0 {
		for i, c := range p.Columns {
			if c.Slot == p.Order[0].Slot && c.Role != semantic.RankColumn {
				return i
			}
		}
	}
	lead := -1
	for i, c := range p.Columns {
		switch {
		case c.Role == semantic.ShareColumn:
			return i
		case c.Slot >= 0 && c.Role != semantic.RankColumn && lead < 0:
			lead = i
		}
	}
	return lead
}

// placed is the column of places in an order of which only some are shown; -1 for
// none. The first of these is not the first of all.
func (s sayer) placed() int {
	if s.r.plan.Query.Having == nil {
		return -1
	}
	return slices.IndexFunc(s.r.plan.Columns, func(c semantic.OutColumn) bool { return c.Role == semantic.RankColumn })
}

// known are the rows whose value is a number.
func (s sayer) known(col int) []int {
	var rows []int
	for i, row := range s.r.rows {
		if row[col].IsNumber() {
			rows = append(rows, i)
		}
	}
	return rows
}

func (s sayer) metric(col int) arg {
	return spanned("metric", s.b.inline(s.b.columnLabel(s.r.plan.Columns[col])), NameSpan)
}

// metricOf is the label of a column's own metric.
func (b *book) metricOf(c semantic.OutColumn) string {
	if c.Metric != nil {
		return b.inline(b.valueLabel(c))
	}
	return b.inline(b.columnLabel(c))
}

// inline is a label inside a sentence: a capital that only starts it is lowered.
func (b *book) inline(label string) string {
	if b.w.chinese() || len(label) < 2 || label[0] < 'A' || label[0] > 'Z' || label[1] >= 'A' && label[1] <= 'Z' {
		return label
	}
	return string(label[0]-'A'+'a') + label[1:]
}

// cell is a number of the table as an argument.
func (s sayer) cell(name string, row, col int) arg {
	v := s.r.rows[row][col]
	f := formatOf(s.r.plan.Columns[col], s.b.look())
	return said(name, spanText(f.shortText(s.b.w, v), Span{Kind: CellSpan, Row: row, Col: col}))
}

// size is a number of the table without its sign.
func (s sayer) size(name string, row, col int) arg {
	v := s.r.rows[row][col]
	f := formatOf(s.r.plan.Columns[col], s.b.look())
	return said(name, spanText(f.shortText(s.b.w, absolute(v)), Span{Kind: SizeSpan, Row: row, Col: col}))
}

// absolute is a number without its sign.
func absolute(v semantic.Value) semantic.Value {
	if n, scale, ok := v.Unscaled(); ok {
		return semantic.BigDecimal(new(big.Int).Abs(n), scale)
	}
	if f, ok := v.Float(); ok && f < 0 {
		return semantic.FloatValue(-f)
	}
	return v
}

// groupName is the groups of a row as spans of their cells.
func (s sayer) groupName(row int) text {
	var names []text
	for i, c := range s.r.plan.Columns {
		if c.Key >= 0 {
			names = append(names, spanText(s.b.valueText(c, s.r.rows[row][i]), Span{Kind: CellSpan, Row: row, Col: i}))
		}
	}
	return joined(names, s.b.w.Level2, s.b.w.Level2)
}

// extreme is the row with the largest value, or the smallest with sign -1; the
// first of equals.
func (s sayer) extreme(rows []int, col, sign int) int {
	best := rows[0]
	for _, i := range rows[1:] {
		if c, err := s.r.rows[i][col].Compare(s.r.rows[best][col]); err == nil && c*sign > 0 {
			best = i
		}
	}
	return best
}

// list says how many rows there are.
func (s sayer) list() text {
	m := s.b.w.Listed
	if s.r.truncated || len(s.r.rows) == s.r.plan.Limit {
		m = s.b.w.ListedFirst
		if len(s.r.rows) == 1 {
			m = s.b.w.ListedOne
		}
	}
	return m.say(s.scope, counted("n", len(s.r.rows)), spanned("table", s.b.listed(s.r.plan.Query), NameSpan))
}

// series says where a line starts and ends, and its extremes.
func (s sayer) series(col int, rows []int) text {
	key := s.keyColumn()
	all := rows
	if over := s.over(rows, key); len(over) >= 2 {
		rows = over
	}
	byTime := func(sign int) int { return s.extreme(rows, key, sign) }
	from, to := byTime(-1), byTime(1)
	m := s.b.w.Level
	if c, err := s.r.rows[to][col].Compare(s.r.rows[from][col]); err == nil && c > 0 {
		m = s.b.w.Rising
	} else if err == nil && c < 0 {
		m = s.b.w.Falling
	}
	line := m.say(s.scope, s.metric(col), said("first", s.groupName(from)), s.cell("from", from, col), said("last", s.groupName(to)), s.cell("to", to, col))
	if len(rows) < 3 {
		return line
	}
	high, low := s.extreme(rows, col, 1), s.extreme(rows, col, -1)
	line = s.b.w.Extremes.say(said("series", line), said("high", s.groupName(high)), s.cell("max", high, col), said("low", s.groupName(low)), s.cell("min", low, col))
	beyond := slices.DeleteFunc(slices.Clone(all), func(i int) bool { return slices.Contains(rows, i) || s.between(i, low, high, col) })
	if len(beyond) != 1 {
		return line
	}
	return s.b.w.LeftOut.say(said("series", line), said("name", s.groupName(beyond[0])))
}

// between reports whether a row's value lies within those of two others.
func (s sayer) between(row, low, high, col int) bool {
	least, err1 := s.r.rows[row][col].Compare(s.r.rows[low][col])
	most, err2 := s.r.rows[row][col].Compare(s.r.rows[high][col])
	return err1 == nil && err2 == nil && least >= 0 && most <= 0
}

// unfinished says after a sentence about the first of several periods that it is
// still running.
func (s sayer) unfinished(line text, row int) text {
	if len(s.r.plan.Keys) != 1 || !isTimeline(s.r.plan.Keys[0]) || len(s.over([]int{row}, s.keyColumn())) == 1 {
		return line
	}
	return s.b.w.NotOver.say(said("series", line), said("name", s.groupName(row)))
}

// over are the rows whose period has ended: a running one is no end of a line.
func (s sayer) over(rows []int, key int) []int {
	unit := s.r.plan.Columns[key].Grain.Unit
	if unit < semantic.Day || s.now.IsZero() {
		return rows
	}
	var over []int
	for _, i := range rows {
		if t := s.r.rows[i][key].Time(); !t.IsZero() && !nextPeriod(t, unit).After(s.now) {
			over = append(over, i)
		}
	}
	return over
}

func (s sayer) keyColumn() int {
	for i, c := range s.r.plan.Columns {
		if c.Key == 0 {
			return i
		}
	}
	return 0
}

// ranking says who leads, when the rows that are there can tell.
func (s sayer) ranking(col int, rows []int) text {
	p := s.r.plan
	sorted := s.sortedBy(col)
	ascending := sorted && !p.Order[0].Desc
	whole := !s.r.truncated && p.Offset == 0 && (p.Limit == 0 || len(s.r.rows) < p.Limit)
	if !whole && (!sorted || p.Offset > 0) {
		return s.b.w.GroupsOnly.say(s.scope, counted("n", len(s.r.rows)))
	}
	sign := 1
	if ascending {
		sign = -1
	}
	best := s.extreme(rows, col, sign)
	first := best
	name, value := said("name", s.groupName(best)), s.cell("value", best, col)
	if len(p.Keys) > 1 && !ascending && len(s.r.rows) > 1 {
		return s.withChange(s.b.w.Groups.say(s.scope, s.metric(col), counted("n", len(s.r.rows)), name, value), col, first)
	}
	var rest []text
	for range 2 {
		rows = withoutValue(rows, best)
		if len(rows) == 0 || len(p.Keys) > 1 {
			break
		}
		best = s.extreme(rows, col, sign)
		rest = append(rest, s.b.w.NameValue.say(said("name", s.groupName(best)), s.cell("value", best, col)))
	}
	alone, more := s.b.w.Highest, s.b.w.HighestNext
	if ascending {
		alone, more = s.b.w.Lowest, s.b.w.LowestNext
	}
	if len(rest) == 0 {
		return s.unfinished(s.withChange(alone.say(s.scope, s.metric(col), name, value), col, first), first)
	}
	return s.unfinished(s.withChange(more.say(s.scope, s.metric(col), name, value, said("rest", s.b.w.join(rest))), col, first), first)
}

// sortedBy reports whether the rows come in the order of a column's values
// because the query says so.
func (s sayer) sortedBy(col int) bool {
	p := s.r.plan
	slot := p.Columns[col].Slot
	return slot >= 0 && len(p.Query.Sort) > 0 && len(p.Order) > 0 && p.Order[0].Slot == slot
}

func withoutValue(list []int, x int) []int {
	var out []int
	for _, y := range list {
		if y != x {
			out = append(out, y)
		}
	}
	return out
}

// single says the only row of a query without groups.
func (s sayer) single() text {
	var values []int
	for i, c := range s.r.plan.Columns {
		if c.Role == semantic.ValueColumn {
			values = append(values, i)
		}
	}
	if len(values) == 0 {
		for i := range s.r.plan.Columns {
			values = append(values, i)
		}
	}
	if len(values) == 1 {
		return s.one(values[0])
	}
	items := make([]text, len(values))
	for i, col := range values {
		items[i] = s.b.w.Item.say(s.metric(col), s.cell("value", 0, col))
	}
	return s.b.w.Several.say(s.scope, said("items", joined(items, s.b.w.Part, s.b.w.LastPart)))
}

// one says one number and how it changed.
func (s sayer) one(col int) text {
	if s.r.rows[0][col].IsNull() {
		return s.b.w.Nothing.say(s.scope, s.metric(col))
	}
	var changes []text
	for i := range s.r.plan.Comparisons {
		if t := s.change(0, i+1); t.s != "" {
			changes = append(changes, t)
		}
	}
	if len(changes) == 0 {
		return s.b.w.Single.say(s.scope, s.metric(col), s.cell("value", 0, col))
	}
	return s.b.w.Compared.say(s.scope, s.metric(col), s.cell("value", 0, col), said("change", joined(changes, s.b.w.Part, s.b.w.LastPart)))
}

// withChange adds to a ranking how its first changed, where one number is compared.
func (s sayer) withChange(t text, col, row int) text {
	values := 0
	for _, c := range s.r.plan.Columns {
		if c.Role == semantic.ValueColumn {
			values++
		}
	}
	if values != 1 || s.r.plan.Columns[col].Role != semantic.ValueColumn || len(s.r.plan.Comparisons) != 1 {
		return t
	}
	if change := s.change(row, 1); change.s != "" {
		t.add(s.b.w.FirstChange.say(said("name", s.groupName(row)), said("change", change)))
	}
	return t
}

// change says a comparison of one row by the columns that are there.
func (s sayer) change(row, against int) text {
	base, delta, growth := s.compared(row, against, semantic.EarlierColumn), s.compared(row, against, semantic.ChangeColumn), s.compared(row, against, semantic.GrowthColumn)
	period := spanned("against", s.b.w.Dates.interval(s.r.plan.Comparisons[against-1]), PeriodSpan)
	size := growth
	up, down := s.b.w.Up, s.b.w.Down
	if size < 0 {
		size, up, down = delta, s.b.w.UpFrom, s.b.w.DownFrom
	}
	switch {
	case size < 0 && base < 0:
		return text{}
	case size < 0:
		return s.b.w.Against.say(period, s.cell("base", row, base))
	case base < 0:
		return s.direction(row, size, s.b.w.UpOnly, s.b.w.DownOnly, s.b.w.FlatOnly).say(period, s.size("size", row, size))
	}
	return s.direction(row, size, up, down, s.b.w.Flat).say(period, s.cell("base", row, base), s.size("size", row, size))
}

// compared is the column of a role against a comparison that has a value; -1
// for none.
func (s sayer) compared(row, against int, role semantic.Role) int {
	for i, c := range s.r.plan.Columns {
		if c.Role == role && c.Against == against && s.r.rows[row][i].IsNumber() {
			return i
		}
	}
	return -1
}

func (s sayer) direction(row, col int, up, down, flat message) message {
	switch d, _ := decimalOf(s.r.rows[row][col]); d.sign() {
	case 1:
		return up
	case -1:
		return down
	}
	return flat
}
