package answer

// Limits of what a person can read off a chart.
const (
	maxSlices  = 6
	maxBars    = 50
	maxLines   = 12
	maxGrid    = 40
	maxScatter = 2000
	maxSeries  = 5 // groups of bars that one can tell apart
)

// illegal returns why a kind would mislead or cannot be drawn, as a code of
// words.ChartRefused; "" when it may be drawn.
func (s *shape) illegal(kind ChartKind) string {
	if kind == TableChart || kind == MessageOnly {
		return ""
	}
	if s.rows == 0 {
		return "nothing"
	}
	if len(s.metrics) == 0 {
		return "needs_metric"
	}
	if s.details && kind != ScatterChart && kind != BubbleChart && kind != BoxPlot && kind != StripPlot {
		return "single_rows"
	}
	check, ok := legal[kind]
	if !ok {
		return "unknown"
	}
	return check(s)
}

// legal holds one check per kind.
var legal = map[ChartKind]func(*shape) string{
	NumberChart: func(s *shape) string {
		return faults{{s.rows > 1, "too_many"}, {len(s.plain) > 1, "several_metrics"}}.first()
	},
	KPIChart:  func(s *shape) string { return faults{{s.rows > 1, "too_many"}}.first() },
	LineChart: lineLegal,
	AreaChart: func(s *shape) string {
		return or(lineLegal(s), faults{{s.negative, "negative"}, {!s.additive, "not_additive"}}.first())
	},
	SmallMultiples: panelsLegal,
	ColumnChart:    barsLegal,
	BarChart:       barsLegal,
	GroupedBar: func(s *shape) string {
		return or(barsLegal(s), faults{{s.groups() == 1 && len(s.metrics) < 2, "needs_two_groups"}}.first())
	},
	StackedColumn:     stackLegal,
	FullStackedColumn: stackLegal,
	PieChart: func(s *shape) string {
		return faults{
			{len(s.times) > 0, "time_not_parts"},
			{s.groups() == 0, "needs_category"},
			{s.groups() > 1, "too_many"},
			{len(s.plain) > 1, "several_metrics"},
			{!s.additive, "not_additive"},
			{s.negative || !s.positiveSum, "negative"},
			{s.n(s.cat()) < 2, "too_few"},
			{s.n(s.cat()) > maxSlices, "too_many"},
		}.first()
	},
	HeatMap: func(s *shape) string {
		return faults{
			{s.groups() != 2, "needs_two_groups"},
			{len(s.plain) > 1, "several_metrics"},
			{s.widest() > maxGrid && len(s.times) == 0, "too_many"},
		}.first()
	},
	ScatterChart: func(s *shape) string {
		if s.onNumber() {
			return faults{{s.rows < 3, "too_few"}}.first()
		}
		return faults{
			{len(s.plain) != 2, "needs_two_numbers"},
			{s.groups() == 0 && !s.details, "needs_category"},
			{s.rows < 3, "too_few"},
		}.first()
	},
	BubbleChart: func(s *shape) string {
		return faults{
			{len(s.plain) != 3, "needs_three_numbers"},
			{s.groups() == 0 && !s.details, "needs_category"},
			{s.negativeSize, "negative"},
			{s.rows < 3, "too_few"},
		}.first()
	},
	BoxPlot:   spreadLegal,
	StripPlot: spreadLegal,
	Histogram: func(s *shape) string {
		return faults{{len(s.plain) > 1, "several_metrics"}, {s.negative, "negative"}, {!s.spreads(), "not_modelled"}}.first()
	},
	FunnelChart: func(s *shape) string {
		return faults{
			{!s.intent.steps, "not_modelled"},
			{!s.oneCategory(), "needs_category"},
			{len(s.plain) > 1, "several_metrics"},
			{s.negative, "negative"},
		}.first()
	},
	BulletChart: func(s *shape) string {
		return faults{
			{!s.intent.target, "not_modelled"},
			{len(s.plain) != 2, "needs_metric"},
			{!s.sameUnit, "mixed_units"},
			{s.groups() > 1, "too_many"},
		}.first()
	},
	Waterfall: func(s *shape) string {
		return faults{
			{!s.intent.driver, "not_modelled"},
			{!s.oneCategory(), "needs_category"},
			{!s.additive, "not_additive"},
			{s.n(s.cat()) > maxBars, "too_many"},
		}.first()
	},
}

// onNumber reports whether a metric stands along the values of a number, with
// at most one more group to colour the points.
func (s *shape) onNumber() bool {
	return !s.details && s.onlyMetric() && s.scale() >= 0 && s.groups() <= 2
}

// lineLegal wants an order along the line.
func lineLegal(s *shape) string {
	ordered := len(s.times) == 1 || s.along() >= 0 && s.ordinal[s.along()]
	return faults{
		{!ordered, "needs_time"},
		{s.groups() > 2 || len(s.times) > 1, "too_many"},
		{s.n(s.along()) < 2, "too_few"},
		{len(s.plain) > 1 && !s.sameUnit, "mixed_units"},
		{s.groups() == 2 && len(s.plain) > 1, "several_metrics"},
		{s.groups() == 2 && s.n(s.across()) > maxLines && !s.additive, "too_many"},
	}.first()
}

// panelsLegal wants one time axis and few panels.
func panelsLegal(s *shape) string {
	return faults{
		{len(s.times) != 1, "needs_time"},
		{s.groups() > 2, "too_many"},
		{s.groups() == 2 && len(s.plain) > 1, "several_metrics"},
		{s.groups() == 2 && s.n(s.across()) > maxLines, "too_many"},
		{s.groups() == 1 && len(s.plain) < 2, "too_few"},
	}.first()
}

// barsLegal wants a group, or several numbers of one unit.
func barsLegal(s *shape) string {
	return faults{
		{s.groups() == 0 && len(s.plain) < 2, "needs_category"},
		{s.groups() > 2, "too_many"},
		{len(s.plain) > 1 && !s.sameUnit, "mixed_units"},
		{s.groups() == 2 && len(s.plain) > 1, "several_metrics"},
		{s.groups() == 2 && s.n(s.across()) > maxLines, "too_many"},
	}.first()
}

// stackLegal wants parts that make a whole.
func stackLegal(s *shape) string {
	return faults{
		{s.groups() != 2, "needs_two_groups"},
		{len(s.plain) > 1, "several_metrics"},
		{!s.additive, "not_additive"},
		{s.negative, "negative"},
		{s.n(s.across()) > maxLines, "too_many"},
	}.first()
}

// along is the group that runs along the axis: the time, else what has an order
// of its own, else the one with more members, the first of equals.
func (s *shape) along() int {
	switch {
	case len(s.times) > 0:
		return s.times[0]
	case len(s.cats) > 1 && s.second():
		return s.cats[1]
	case len(s.cats) > 0:
		return s.cats[0]
	}
	return -1
}

// second reports whether the second of two groups runs along the axis.
func (s *shape) second() bool {
	a, b := s.cats[0], s.cats[1]
	if s.ordinal[a] != s.ordinal[b] {
		return s.ordinal[b]
	}
	return s.n(b) > maxSeries && s.n(b) > s.n(a)
}

// across is the group that makes the series; -1 for none.
func (s *shape) across() int {
	switch {
	case len(s.times) > 0 && len(s.cats) > 0:
		return s.cats[0]
	case len(s.times) > 1:
		return s.times[1]
	case len(s.times) == 0 && len(s.cats) > 1 && s.second():
		return s.cats[0]
	case len(s.times) == 0 && len(s.cats) > 1:
		return s.cats[1]
	}
	return -1
}

// cat is the first group without time; -1 for none.
func (s *shape) cat() int {
	if len(s.cats) == 0 {
		return -1
	}
	return s.cats[0]
}

// widest is the larger number of members of two groups.
func (s *shape) widest() int { return max(s.n(s.along()), s.n(s.across())) }

// faults are conditions with the code of what is wrong when they hold.
type faults []struct {
	holds bool
	code  string
}

// first returns the code of the first fault that holds; "" if none.
func (list faults) first() string {
	for _, f := range list {
		if f.holds {
			return f.code
		}
	}
	return ""
}

// or returns a, or b when a is empty.
func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
