package answer

import (
	"slices"

	"wenshu/nlq"
)

// Chart is a picture as data: what is drawn, why, and the values to draw. It
// never holds code or markup.
type Chart struct {
	Kind       ChartKind   `json:"kind"`
	Rule       int         `json:"rule"`   // the row of the rule table that chose it
	Reason     string      `json:"reason"` // its stable code
	Score      float64     `json:"score"`  // how well it suits, 0 to 1
	Title      string      `json:"title"`
	X          *Axis       `json:"x,omitempty"`  // the categories
	Y          *Axis       `json:"y,omitempty"`  // the values; several units have one panel each and no Y
	By         *Axis       `json:"by,omitempty"` // what the series are, when a second grouping makes them
	Labels     []Label     `json:"labels,omitempty"`
	Series     []Series    `json:"series,omitempty"`
	Panels     bool        `json:"panels,omitempty"` // every series, or every group of points, has a panel of its own
	Incomplete int         `json:"incomplete"`       // index of the label whose period is still running; -1 for none
	Cut        *Cut        `json:"cut,omitempty"`
	Offered    []ChartKind `json:"offered,omitempty"` // other legal kinds
	Refused    *Refused    `json:"refused,omitempty"` // a wish that was not fulfilled
	Notes      []string    `json:"notes,omitempty"`   // what a reader of the picture has to know: what is not over, left out or a sample

	wished bool // drawn as the question wished
}

// ChartKind is a kind of picture.
type ChartKind string

// The kinds of charts.
const (
	MessageOnly       ChartKind = "message"
	NumberChart       ChartKind = "number"
	KPIChart          ChartKind = "kpi"
	TableChart        ChartKind = "table"
	LineChart         ChartKind = "line"
	AreaChart         ChartKind = "area"
	ColumnChart       ChartKind = "column"
	BarChart          ChartKind = "bar"
	GroupedBar        ChartKind = "grouped_bar"
	StackedColumn     ChartKind = "stacked_column"
	FullStackedColumn ChartKind = "full_stacked_column"
	PieChart          ChartKind = "pie"
	HeatMap           ChartKind = "heatmap"
	SmallMultiples    ChartKind = "small_multiples"
	ScatterChart      ChartKind = "scatter"
	BubbleChart       ChartKind = "bubble"
	Histogram         ChartKind = "histogram"
	FunnelChart       ChartKind = "funnel"
	BulletChart       ChartKind = "bullet"
	Waterfall         ChartKind = "waterfall"
	BoxPlot           ChartKind = "box"
	StripPlot         ChartKind = "strip"
)

// chartKinds lists every kind.
var chartKinds = []ChartKind{
	MessageOnly, NumberChart, KPIChart, TableChart, LineChart, AreaChart, ColumnChart, BarChart, GroupedBar, StackedColumn,
	FullStackedColumn, PieChart, HeatMap, SmallMultiples, ScatterChart, BubbleChart, Histogram, FunnelChart, BulletChart, Waterfall, BoxPlot, StripPlot,
}

// Axis is one direction of a chart.
type Axis struct {
	Column int    `json:"column"` // of the table
	Label  string `json:"label"`  // with the unit its texts are in
	Zero   bool   `json:"zero"`   // must start at zero
}

// Label is one category, or one point.
type Label struct {
	Value *string `json:"value"`
	Text  string  `json:"text"`
	Group string  `json:"group,omitempty"` // of a point: the member of By that colours it
}

// Series is one set of values, one per label; a gap is a cell without value.
type Series struct {
	Name   string `json:"name"`
	Column int    `json:"column"` // of the table
	Cells  []Cell `json:"cells"`
}

// Cut says that a chart shows the first of many.
type Cut struct {
	Shown  int  `json:"shown"`
	Of     int  `json:"of"`
	Others bool `json:"others"` // the last label is the sum of the rest
}

// Refused is a wish that would mislead.
type Refused struct {
	Kind   ChartKind `json:"kind"`
	Reason string    `json:"reason"`
	Text   string    `json:"text"`
}

// intent is what a question wants to see, besides its numbers.
type intent struct {
	share    bool // parts of a whole
	relation bool // two metrics against each other
	compare  bool // two periods
	target   bool // a metric and its target
	steps    bool // ordered steps of one process
	spread   bool // a distribution
	exact    bool // values to look up
	driver   bool // what made a change
	trend    bool // over time was said
	panels   bool // a picture for each member
	bins     nlq.Bins
	wish     ChartKind
}

// shape is what the rules look at: roles and counts, never names.
type shape struct {
	rows, columns int
	times         []int // group columns on a time axis
	cats          []int // other group columns
	metrics       []int // values and what is derived from them
	plain         []int // metrics without the derived ones
	names         []int // columns of rows that tell one row from another
	distinct      map[int]int
	numeric       map[int]bool // group columns of plain numbers, which have a distance
	buckets       map[int]bool // group columns that are ranges already
	ordinal       map[int]bool
	cyclic        map[int]bool
	sameUnit      bool // of plain
	additive      bool // the first metric
	ratio         bool // the first metric is a percentage
	negative      bool // any value of plain
	negativeSize  bool // any value of the third, which would be the size of points
	positiveSum   bool // of the first metric
	exactSum      bool // the first metric has no floats
	onePerCell    bool // no two rows share their groups
	details       bool // rows of a table: cats and plain are columns of theirs
	some          bool // the rows are the first of many
	intent        intent
}

// n is how many members a group column has.
func (s *shape) n(col int) int { return s.distinct[col] }

// rule is one row of the table of d4: the first that holds draws.
type rule struct {
	n      int
	reason string
	score  float64
	holds  func(*shape) bool
	draw   func(*shape) ChartKind
	offers []ChartKind
}

func always(k ChartKind) func(*shape) ChartKind { return func(*shape) ChartKind { return k } }

// chartRules is the table; its numbers are those of the published decision
// table, its order is theirs but for 25, 26 and 28, which are special cases of
// what stands before them.
var chartRules = []rule{
	{1, "no_rows", 1, func(s *shape) bool { return s.rows == 0 }, always(MessageOnly), nil},
	{22, "points_with_size", 0.7, func(s *shape) bool { return s.details && s.intent.relation && len(s.plain) == 3 && s.rows >= 10 },
		always(BubbleChart), []ChartKind{TableChart}},
	{21, "points", 0.85, func(s *shape) bool { return s.details && s.intent.relation && len(s.plain) == 2 && s.rows >= 10 },
		always(ScatterChart), []ChartKind{TableChart}},
	{5, "details", 0.9, func(s *shape) bool { return s.details || len(s.metrics) == 0 }, always(TableChart), nil},
	{25, "target", 0.8, func(s *shape) bool { return s.intent.target && len(s.plain) == 2 && s.sameUnit && s.groups() <= 1 },
		always(BulletChart), []ChartKind{BarChart, KPIChart}},
	{2, "one_number", 1, func(s *shape) bool { return s.rows == 1 && len(s.plain) <= 1 && s.columns <= 6 }, always(NumberChart), []ChartKind{TableChart}},
	{3, "some_numbers", 0.9, func(s *shape) bool { return s.rows == 1 && len(s.plain) >= 2 && s.columns <= 6 }, always(KPIChart), []ChartKind{BarChart, TableChart}},
	{4, "one_wide_row", 0.9, func(s *shape) bool { return s.rows == 1 }, always(TableChart), nil},
	{26, "drivers", 0.8, func(s *shape) bool { return s.intent.driver && s.oneCategory() && s.additive && s.n(s.cats[0]) <= 20 },
		always(Waterfall), []ChartKind{BarChart}},
	{24, "steps", 0.85, func(s *shape) bool { return s.intent.steps && s.oneCategory() && !s.negative }, always(FunnelChart), []ChartKind{BarChart}},
	{28, "two_periods", 0.75, func(s *shape) bool { return s.intent.compare && s.oneCategory() && s.n(s.cats[0]) <= 20 },
		always(GroupedBar), []ChartKind{TableChart}},
	{6, "look_up", 0.9, func(s *shape) bool {
		return len(s.cats) > 3 || s.groups() > 3 || s.intent.exact && s.rows > 50 || !s.onePerCell
	}, always(TableChart), nil},
	{7, "one_line", 0.95, func(s *shape) bool { return s.oneTime() && len(s.plain) == 1 }, lineOrColumns, []ChartKind{LineChart, ColumnChart, AreaChart, TableChart}},
	{8, "lines_of_one_unit", 0.9, func(s *shape) bool { return s.oneTime() && len(s.plain) <= 4 && s.sameUnit }, always(LineChart), []ChartKind{SmallMultiples}},
	{9, "lines_of_many_units", 0.85, func(s *shape) bool { return s.oneTime() && len(s.plain) > 1 }, always(SmallMultiples), []ChartKind{TableChart}},
	{11, "share_over_time", 0.9, func(s *shape) bool {
		return s.timeAndCategory() && s.intent.share && s.additive && !s.negative && s.n(s.cats[0]) <= 6
	}, always(FullStackedColumn), []ChartKind{StackedColumn}},
	{10, "lines_by_group", 0.9, func(s *shape) bool {
		return s.timeAndCategory() && len(s.plain) == 1 && (s.n(s.cats[0]) <= 7 || s.additive)
	},
		always(LineChart), []ChartKind{StackedColumn, HeatMap}},
	{10, "panels_by_group", 0.75, func(s *shape) bool { return s.timeAndCategory() && len(s.plain) == 1 && s.n(s.cats[0]) <= 12 },
		always(SmallMultiples), []ChartKind{HeatMap}},
	{13, "numeric_lines", 0.75, func(s *shape) bool {
		return s.twoCategories() && s.numeric[s.along()] && s.n(s.along()) > manyValues && s.n(s.across()) <= manyLines && s.onlyMetric() && !s.spreads()
	},
		always(LineChart), []ChartKind{HeatMap, TableChart}},
	{20, "grid_over_time", 0.7, func(s *shape) bool { return s.timeAndCategory() && len(s.plain) == 1 && s.n(s.cats[0]) <= 40 },
		always(HeatMap), []ChartKind{TableChart}},
	{12, "two_cycles", 0.9, func(s *shape) bool { return s.twoCategories() && s.cyclic[s.cats[0]] && s.cyclic[s.cats[1]] }, always(HeatMap), []ChartKind{TableChart}},
	{22, "three_metrics", 0.7, func(s *shape) bool { return s.intent.relation && len(s.plain) == 3 && s.rows >= 10 && !s.negative },
		always(BubbleChart), []ChartKind{TableChart}},
	{21, "two_metrics", 0.8, func(s *shape) bool { return s.intent.relation && len(s.plain) == 2 && s.rows >= 10 }, always(ScatterChart), []ChartKind{TableChart}},
	{23, "distribution", 0.85, func(s *shape) bool {
		return s.spreads() && (s.intent.spread || s.intent.wish == Histogram || s.n(s.scale()) > manyValues)
	},
		always(Histogram), []ChartKind{BarChart}},
	{13, "numeric_axis", 0.8, func(s *shape) bool {
		return s.oneCategory() && s.numeric[s.cats[0]] && len(s.plain) == 1 && s.n(s.cats[0]) > manyValues
	},
		always(LineChart), []ChartKind{ScatterChart, TableChart}},
	{17, "share", 0.9, func(s *shape) bool { return s.intent.share && s.canBePie() }, always(PieChart), []ChartKind{BarChart}},
	{18, "share_as_bars", 0.75, func(s *shape) bool { return s.intent.share && s.oneCategory() && s.n(s.cats[0]) <= 50 }, always(BarChart), []ChartKind{TableChart}},
	{13, "ordered_groups", 0.9, func(s *shape) bool {
		return s.oneCategory() && s.ordinal[s.cats[0]] && s.n(s.cats[0]) <= 50 && s.sameUnit
	},
		always(ColumnChart), []ChartKind{LineChart, TableChart}},
	{14, "ranking", 0.9, func(s *shape) bool { return s.oneCategory() && len(s.plain) == 1 && s.n(s.cats[0]) <= 20 }, always(BarChart), []ChartKind{TableChart}},
	{15, "long_ranking", 0.75, func(s *shape) bool { return s.oneCategory() && len(s.plain) == 1 && s.n(s.cats[0]) <= 50 }, always(BarChart), []ChartKind{TableChart}},
	{16, "very_long_ranking", 0.7, func(s *shape) bool { return s.oneCategory() && s.n(s.cats[0]) > 50 }, always(TableChart), []ChartKind{BarChart}},
	{19, "groups_of_bars", 0.8, func(s *shape) bool {
		return s.twoCategories() && s.n(s.along()) <= 12 && s.n(s.across()) <= 5 && s.onlyMetric()
	},
		always(GroupedBar), []ChartKind{HeatMap, TableChart}},
	{20, "grid", 0.75, func(s *shape) bool {
		return s.twoCategories() && s.n(s.cats[0]) <= 40 && s.n(s.cats[1]) <= 40 && len(s.plain) == 1
	},
		always(HeatMap), []ChartKind{StackedColumn, TableChart}},
	{14, "metrics_of_one_unit", 0.75, func(s *shape) bool { return s.oneCategory() && len(s.plain) <= 4 && s.sameUnit }, always(GroupedBar), []ChartKind{TableChart}},
	{6, "otherwise", 0.6, func(*shape) bool { return true }, always(TableChart), nil},
}

// lineOrColumns draws columns for a few periods of what adds up.
func lineOrColumns(s *shape) ChartKind {
	if s.additive && s.n(s.times[0]) <= 6 && !s.intent.trend {
		return ColumnChart
	}
	return LineChart
}

// manyValues is from how many members on the values of a number are a scale
// rather than groups.
const manyValues = 20

func (s *shape) onlyMetric() bool { return len(s.plain) == 1 }

// scale is the group of plain numbers; -1 for none.
func (s *shape) scale() int {
	for _, col := range s.cats {
		if s.numeric[col] {
			return col
		}
	}
	return -1
}

// spreads reports whether amounts along the values of a number can be summed up
// in bins.
func (s *shape) spreads() bool {
	if s.oneCategory() && s.buckets[s.cats[0]] {
		return s.onlyMetric() && !s.negative
	}
	return s.scale() >= 0 && len(s.times) == 0 && len(s.cats) <= 2 && s.onlyMetric() && s.additive && s.exactSum && !s.negative && s.n(s.scale()) > 1
}

func (s *shape) groups() int { return len(s.times) + len(s.cats) }

func (s *shape) oneTime() bool {
	return len(s.times) == 1 && len(s.cats) == 0 && s.n(s.times[0]) >= 2
}

func (s *shape) oneCategory() bool { return len(s.times) == 0 && len(s.cats) == 1 }

func (s *shape) twoCategories() bool { return len(s.times) == 0 && len(s.cats) == 2 }

func (s *shape) timeAndCategory() bool {
	return len(s.times) == 1 && len(s.cats) == 1 && s.n(s.times[0]) >= 2
}

func (s *shape) canBePie() bool {
	return s.oneCategory() && len(s.plain) == 1 && s.additive && !s.negative && s.positiveSum && s.n(s.cats[0]) >= 2 && s.n(s.cats[0]) <= 6
}

// choose returns the kind that the rules draw, with the wish where it is legal.
func (s *shape) choose() (kind ChartKind, by rule, refused string) {
	for _, by = range chartRules {
		if !by.holds(s) {
			continue
		}
		if kind = by.draw(s); s.illegal(kind) == "" {
			break
		}
	}
	if s.intent.wish == "" || s.intent.wish == kind {
		return kind, by, ""
	}
	wished := rule{n: 0, reason: "wished", score: 1, offers: slices.Concat([]ChartKind{kind}, by.offers, beside[s.intent.wish])}
	why := s.illegal(s.intent.wish)
	if why == "" {
		return s.intent.wish, wished, ""
	}
	for _, same := range sameIdea[s.intent.wish] {
		if s.illegal(same) == "" {
			return same, wished, ""
		}
	}
	return kind, by, why
}

// sameIdea are kinds that fulfil a wish as well: people say histogram of the
// bars of any count, and scatter plot of points that have a size.
var sameIdea = map[ChartKind][]ChartKind{
	Histogram:    {ColumnChart},
	ScatterChart: {BubbleChart},
	BubbleChart:  {ScatterChart},
	GroupedBar:   {BarChart},
}

// beside are kinds that show the same rows in another way.
var beside = map[ChartKind][]ChartKind{BoxPlot: {StripPlot}, StripPlot: {BoxPlot}}

// offered lists the other kinds that are legal.
func (s *shape) offered(kind ChartKind, by rule) []ChartKind {
	var kinds []ChartKind
	for _, k := range append(append([]ChartKind{}, by.offers...), TableChart) {
		if k == kind || s.illegal(k) != "" || has(kinds, k) {
			continue
		}
		kinds = append(kinds, k)
	}
	return kinds
}

func has[T comparable](list []T, x T) bool {
	for _, y := range list {
		if y == x {
			return true
		}
	}
	return false
}
