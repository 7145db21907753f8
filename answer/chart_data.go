package answer

import (
	"slices"
	"strings"
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// shapeOf is what the rules look at.
func shapeOf(r *result, in intent) *shape {
	p := r.plan
	s := &shape{
		rows: len(r.rows), columns: len(p.Columns), distinct: map[int]int{}, ordinal: map[int]bool{}, cyclic: map[int]bool{},
		numeric: map[int]bool{}, buckets: map[int]bool{}, intent: in,
	}
	s.details = p.Rows != nil
	s.some = r.truncated || p.Query.Limit > 0
	for i, c := range p.Columns {
		switch {
		case s.details:
			s.detail(r, i, c)
		case c.Key >= 0:
			s.group(r, i, c)
		case c.Slot >= 0 && isNumeric(r, i, c):
			s.metrics = append(s.metrics, i)
			if c.Role == semantic.ValueColumn || c.Role == semantic.RunningColumn || c.Role == semantic.MovingColumn {
				s.plain = append(s.plain, i)
			}
		}
	}
	if s.details {
		s.axes(p)
		s.shared()
		s.barsOfRows()
	} else if len(s.plain) == 0 && len(s.metrics) > 0 {
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
	s.distinct[i] = distinctValues(r, i)
	s.cyclic[i] = c.Grain.Cyclic != semantic.NoCycle
	s.buckets[i] = !s.cyclic[i] && c.Grain.Unit == semantic.NoUnit && c.Dimension == nil
	s.numeric[i] = !s.cyclic[i] && !s.buckets[i] && isScale(r, i, c)
	s.ordinal[i] = s.cyclic[i] || s.buckets[i] || s.numeric[i] || c.Dimension != nil && c.Dimension.Order
	if s.numeric[i] && isYears(c.Dimension) {
		s.numeric[i] = false
		s.times = append(s.times, i)
		return
	}
	if c.Grain.Unit != semantic.NoUnit || c.Type.Kind == semantic.Date || c.Type.Kind == semantic.Timestamp {
		s.times = append(s.times, i)
		return
	}
	s.cats = append(s.cats, i)
}

// detail sorts a column of rows: numbers are what points are drawn by, names
// tell the points apart, the rest colours them.
func (s *shape) detail(r *result, i int, c semantic.OutColumn) {
	s.distinct[i] = distinctValues(r, i)
	d := c.Dimension
	switch {
	case d != nil && (d.Key || d.Table != nil && len(d.Table.Display) > 0 && d.Table.Display[0] == d):
		s.names = append(s.names, i)
	case isScale(r, i, c):
		s.metrics = append(s.metrics, i)
	case c.Type.Kind == semantic.Date || c.Type.Kind == semantic.Timestamp:
		s.times = append(s.times, i)
	default:
		s.cats = append(s.cats, i)
	}
}

// axes picks the numbers that points are drawn by: amounts first, and where
// there are more than two, numbers that are no amounts, such as how many doors a
// car has, colour the points.
func (s *shape) axes(p *semantic.Plan) {
	amount := func(i int) bool {
		d := p.Columns[i].Dimension
		return d == nil || d.Sum != ""
	}
	for _, i := range s.metrics {
		if amount(i) {
			s.plain = append(s.plain, i)
		}
	}
	for _, i := range s.metrics {
		switch {
		case amount(i):
		case len(s.plain) < 2:
			s.plain = append(s.plain, i)
		default:
			s.cats = append(s.cats, i)
		}
	}
	if len(s.plain) == 1 && len(s.times) == 1 && s.intent.wish != BoxPlot && s.intent.wish != StripPlot {
		s.plain, s.times = append(s.plain, s.times...), nil
	}
	slices.Sort(s.plain)
}

// shared lets a name that many rows have, such as that of their shop, group them
// where a spread is wanted.
func (s *shape) shared() {
	if s.intent.wish != BoxPlot && s.intent.wish != StripPlot {
		return
	}
	s.names = slices.DeleteFunc(s.names, func(i int) bool {
		if s.distinct[i]*2 > s.rows {
			return false
		}
		s.cats = append(s.cats, i)
		return true
	})
}

// barsOfRows lets rows that have a name each and one number be drawn as bars where these
// are wished: the ten games that sold best.
func (s *shape) barsOfRows() {
	wish := s.intent.wish
	if wish != BarChart && wish != ColumnChart || len(s.plain) != 1 || len(s.names) == 0 || s.rows > maxBars {
		return
	}
	if name := s.names[0]; s.distinct[name] == s.rows {
		s.details, s.cats, s.times = false, []int{name}, nil
	}
}

func distinctValues(r *result, i int) int {
	seen := map[semantic.Value]bool{}
	for _, row := range r.rows {
		seen[row[i]] = true
	}
	return len(seen)
}

// isScale reports whether a column holds plain numbers: no codes and no keys.
func isScale(r *result, i int, c semantic.OutColumn) bool {
	if d := c.Dimension; d != nil && (d.Key || d.Of != nil || len(d.Values) > 0 || d.Type.Coding != semantic.Native) {
		return false
	}
	return (c.Type.Kind == semantic.Int || c.Type.Kind == semantic.Decimal || c.Type.Kind == semantic.Float) && isNumeric(r, i, c)
}

// isYears reports whether a column of numbers holds years by its label, which
// run along an axis as dates do.
func isYears(d *semantic.Dimension) bool {
	if d == nil || d.Type.Kind != semantic.Int {
		return false
	}
	label := d.Names.Label
	return label.EN == "year" || strings.HasSuffix(label.EN, " year") || strings.HasPrefix(label.EN, "year ") || strings.HasSuffix(label.ZH, "年份") || label.ZH == "年"
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
		f, f0 := formatOf(c, look{}), formatOf(r.plan.Columns[s.plain[0]], look{})
		s.sameUnit = s.sameUnit && f.style == f0.style && f.currency == f0.currency && f.unit == f0.unit
		total, missing := decimal{}, false
		for _, row := range r.rows {
			missing = missing || row[i].IsNull()
			d, _ := decimalOf(row[i])
			s.negative = s.negative || d.sign() < 0
			s.negativeSize = s.negativeSize || n == 2 && d.sign() < 0
			total = total.plus(d)
		}
		if n == 0 {
			// what a group lacks one part of is not known: the rest is no whole
			s.additive = c.Additive && !(missing && c.NullsHide) || c.Role == semantic.ShareColumn
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
func intentOf(p *semantic.Plan, wish ChartKind, present nlq.Presentation) intent {
	in := intent{wish: wish, compare: len(p.Comparisons) > 0, panels: present.Panels, trend: present.Trend, bins: present.Bins}
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
	in.spread = in.spread || wish == Histogram
	return in
}

// chart chooses and fills the chart of a result.
func (b *book) chart(r *result, t *Table, in intent, now time.Time) *Chart {
	s := shapeOf(r, in)
	kind, by, refused := s.choose()
	c := &Chart{Kind: kind, Rule: by.n, Reason: by.reason, Score: by.score, Incomplete: -1, Offered: s.offered(kind, by)}
	c.wished = in.wish != "" && refused == ""
	if refused != "" {
		name := b.w.Charts[in.wish]
		if name == "" {
			name = string(in.wish)
		}
		c.Refused = &Refused{in.wish, refused, sentence(b.w.ChartRefused[refused].say(word("chart", name))).s}
	}
	c.Title = b.chartTitle(r, s)
	c.Panels = in.panels && (len(s.cats) > 1 || s.details && len(s.cats) > 0 || len(s.times) > 0 && len(s.cats) > 0)
	switch {
	case kind == TableChart, kind == MessageOnly:
	case kind == NumberChart, kind == KPIChart, kind == BulletChart && s.groups() == 0:
		c.Series = b.rowSeries(t, s)
	case kind == ScatterChart, kind == BubbleChart:
		b.points(c, r, t, s)
	case kind == BoxPlot:
		b.boxes(c, r, t, s)
	case kind == StripPlot:
		b.strips(c, r, t, s)
	case kind == Histogram && !s.buckets[s.along()]:
		b.histogram(c, r, t, s)
	default:
		b.fill(c, r, t, s, now)
	}
	c.Notes = b.chartNotes(c)
	return c
}

// chartNotes say what a picture alone would hide.
func (b *book) chartNotes(c *Chart) []string {
	var notes []string
	if c.Incomplete >= 0 {
		notes = append(notes, b.w.Unfinished)
	}
	if c.Cut != nil && c.Cut.Shown < c.Cut.Of {
		said := b.w.CutFirst
		switch {
		case c.Cut.Others:
			said = b.w.CutOthers
		case c.Kind == ScatterChart, c.Kind == BubbleChart, c.Kind == StripPlot:
			said = b.w.Sampled
		}
		notes = append(notes, said.string(word("shown", b.w.Numbers.Exact(semantic.IntValue(int64(c.Cut.Shown)))), word("of", b.w.Numbers.Exact(semantic.IntValue(int64(c.Cut.Of))))))
	}
	return notes
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
		period = b.headed(r.plan)
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

func (b *book) valueAxis(t *Table, col int, zero bool) *Axis {
	label := t.Columns[col].Label
	if unit := t.Columns[col].Unit; unit != "" {
		label = b.w.InUnits.string(word("label", label), word("unit", b.w.axisUnit(unit)))
	}
	return &Axis{Column: col, Label: label, Zero: zero}
}
