package api

import (
	"cmp"
	"fmt"
	"math"
	"net/http"
	"slices"

	"github.com/go-analyze/charts"
	"github.com/labstack/echo/v4"

	"wenshu/answer"
	"wenshu/semantic"
)

// The size of a picture, in pixels.
const (
	pictureWidth  = 960
	pictureHeight = 540
	barHeight     = 34 // of every lying bar, with its gap
	noteHigh      = 18 // of every note below a chart
)

// pictures are the kinds of charts that have marks, all drawn here too, for chats
// and mail.
var pictures = map[answer.ChartKind]func(*picture) error{
	answer.LineChart: (*picture).lines, answer.AreaChart: (*picture).area, answer.ColumnChart: (*picture).bars, answer.Histogram: (*picture).bars,
	answer.BarChart: (*picture).bars, answer.GroupedBar: (*picture).bars, answer.FunnelChart: (*picture).bars, answer.StackedColumn: (*picture).bars,
	answer.FullStackedColumn: (*picture).bars, answer.PieChart: (*picture).ring, answer.HeatMap: (*picture).heat, answer.ScatterChart: (*picture).points,
	answer.BubbleChart: (*picture).points, answer.SmallMultiples: (*picture).panels, answer.BulletChart: (*picture).bullets, answer.Waterfall: (*picture).waterfall,
	answer.BoxPlot: (*picture).boxes, answer.StripPlot: (*picture).strips,
}

// drawn are the kinds that are drawn with strokes, on a ground of our own.
var drawn = []answer.ChartKind{answer.LineChart, answer.HeatMap, answer.ScatterChart, answer.BubbleChart, answer.SmallMultiples, answer.BulletChart, answer.Waterfall, answer.BoxPlot, answer.StripPlot}

// lying are the kinds whose bars lie.
var lying = []answer.ChartKind{answer.BarChart, answer.GroupedBar, answer.FunnelChart}

// pictureColors are those of the widget, which colour-blind eyes tell apart.
var pictureColors = []string{"#0072b2", "#d55e00", "#00805d", "#b4508c", "#8a6a00", "#3f87bd", "#6a4fb3", "#5d6672"}

// picture is a chart that is being drawn.
type picture struct {
	answer  *answer.Answer
	chart   *answer.Chart
	painter *charts.Painter
	text    charts.FontStyle
	legend  charts.LegendOption
	padding charts.Box
	format  func(float64) string
	notes   int     // pixels that they take at the bottom
	unit    float64 // what raised values are to be divided by; 0 for those that are not
}

func (s *Server) chartPNG(c echo.Context) error {
	return s.chart(c, charts.ChartOutputPNG, "image/png")
}
func (s *Server) chartSVG(c echo.Context) error {
	return s.chart(c, charts.ChartOutputSVG, "image/svg+xml")
}

// chart sends the chart of an answer of the viewer as a picture.
func (s *Server) chart(c echo.Context, form, mime string) error {
	a, err := s.config.Service.Exported(c.Request().Context(), viewerOf(c), c.Param("id"), form)
	if err != nil {
		return err
	}
	if a.Chart == nil || pictures[a.Chart.Kind] == nil {
		return fault{code: notFound}
	}
	body, err := drawPicture(a, form)
	if err != nil {
		return err
	}
	if err := s.writeWithin(c); err != nil {
		return err
	}
	return c.Blob(http.StatusOK, mime, body)
}

// Picture draws the chart of an answer as PNG; nil when it has none that is
// drawn.
func Picture(a *answer.Answer) ([]byte, error) {
	if !Drawn(a) {
		return nil, nil
	}
	return drawPicture(a, charts.ChartOutputPNG)
}

// Drawn reports whether an answer has a chart that Picture draws.
func Drawn(a *answer.Answer) bool { return a.Chart != nil && pictures[a.Chart.Kind] != nil }

// drawPicture draws the chart of an answer as PNG or SVG.
func drawPicture(a *answer.Answer, form string) ([]byte, error) {
	font, err := pictureFont()
	if err != nil {
		return nil, err
	}
	notes := 0
	if n := len(a.Chart.Notes); n > 0 {
		notes = noteHigh*n + 10
	}
	height := pictureHeightOf(a.Chart) + notes
	p := &picture{answer: a, chart: a.Chart, notes: notes}
	theme := charts.MakeTheme(charts.ThemeOption{
		AxisStrokeColor: charts.ColorFromHex("#8b95a5"), AxisSplitLineColor: gridColor, BackgroundColor: paperColor,
		TextColor: inkColor, SeriesColors: p.colors(),
	})
	p.painter = charts.NewPainter(charts.PainterOptions{OutputFormat: form, Width: pictureWidth, Height: height, Font: font, Theme: theme})
	p.text = charts.FontStyle{FontSize: 11, Font: font, FontColor: charts.ColorFromHex("#5a6473")}
	p.legend = charts.LegendOption{SeriesNames: seriesNames(a.Chart), Show: charts.Ptr(len(a.Chart.Series) > 1)}
	p.padding = charts.Box{Left: 24, Top: 60, Right: 28, Bottom: 20 + notes, IsSet: true}
	p.format = p.numberFormat(a.Chart.Series[0].Column)
	draw := pictures[a.Chart.Kind]
	if paneled(a.Chart) {
		draw = (*picture).panels
	}
	if paneled(a.Chart) || slices.Contains(drawn, a.Chart.Kind) {
		p.rect(0, 0, pictureWidth, height, paperColor)
	}
	if err := draw(p); err != nil {
		return nil, fmt.Errorf("draw chart: %w", err)
	}
	for i, note := range a.Chart.Notes {
		p.painter.Text(note, 24, height-14-noteHigh*(len(a.Chart.Notes)-1-i), 0, p.text)
	}
	// The ground is painted with the chart, so the title comes last.
	p.painter.Text(a.Chart.Title, 24, 36, 0, charts.FontStyle{FontSize: 15, Font: font, FontColor: inkColor})
	return p.painter.Bytes()
}

// colors are those of the series, or of the groups of points; the period that is
// compared with is grey; a single series has a colour for losses and a pale one
// for what is not over yet.
func (p *picture) colors() []charts.Color {
	colors := make([]charts.Color, max(len(p.chart.Series), len(p.groups()), len(pictureColors)))
	for i := range colors {
		colors[i] = charts.ColorFromHex(pictureColors[i%len(pictureColors)])
		if i < len(p.chart.Series) && earlier(p.answer, p.chart.Series[i]) {
			colors[i] = charts.ColorFromHex("#8a95a5")
		}
	}
	if len(p.chart.Series) == 1 && p.chart.Kind != answer.PieChart && len(p.groups()) < 2 {
		colors[1], colors[2] = downColor, charts.ColorFromHex("#9cc6e0")
	}
	return colors
}

// paneled reports whether every series has a plane of its own.
func paneled(c *answer.Chart) bool {
	return c.Kind == answer.SmallMultiples || c.Panels && len(c.Series) > 1 && c.Kind != answer.ScatterChart && c.Kind != answer.BubbleChart
}

// pictureHeightOf is the height that a chart needs, in pixels.
func pictureHeightOf(c *answer.Chart) int {
	switch {
	case paneled(c):
		return 80 + panelHigh*((len(c.Series)+1)/2)
	case slices.Contains(lying, c.Kind):
		return max(240, 150+barHeight*len(c.Labels)*max(1, (len(c.Series)+1)/2))
	case c.Kind == answer.HeatMap:
		return 104 + heatRow*len(c.Series)
	case c.Kind == answer.BulletChart:
		return 110 + bulletRow*max(1, len(c.Labels))
	}
	return pictureHeight
}

// earlier reports whether a series shows the period that is compared with.
func earlier(a *answer.Answer, s answer.Series) bool {
	return a.Table != nil && s.Column >= 0 && s.Column < len(a.Table.Columns) && a.Table.Columns[s.Column].Role == "earlier"
}

func seriesNames(c *answer.Chart) []string {
	names := make([]string, len(c.Series))
	for i, s := range c.Series {
		names[i] = s.Name
	}
	return names
}

// numberFormat writes the numbers of a column briefly, as the answer's language
// does.
func (p *picture) numberFormat(of int) func(float64) string {
	numbers, column := answer.NumbersFor(p.answer.Lang), answer.Column{}
	if t := p.answer.Table; t != nil && of >= 0 && of < len(t.Columns) {
		column = t.Columns[of]
	}
	return func(f float64) string {
		v := semantic.FloatValue(f)
		switch {
		case p.chart.Kind == answer.FullStackedColumn, column.Format == "percent", column.Role == "share", column.Role == "growth":
			return numbers.Percent(v, 1)
		case column.Format == "money" && column.Unit != "":
			return numbers.CompactMoney(v, column.Unit, 2)
		}
		return numbers.Compact(v, 2)
	}
}

// values are the numbers of the series; a gap is the library's null.
func (p *picture) values() [][]float64 {
	list := make([][]float64, len(p.chart.Series))
	for i, s := range p.chart.Series {
		list[i] = numbersOf(s)
		for j, f := range list[i] {
			if math.IsNaN(f) {
				list[i][j] = charts.GetNullValue()
			}
		}
	}
	return list
}

// whole turns values into their parts of the sum of each label.
func whole(values [][]float64) [][]float64 {
	for j := range values[0] {
		sum := 0.0
		for i := range values {
			if values[i][j] != charts.GetNullValue() {
				sum += values[i][j]
			}
		}
		for i := range values {
			if values[i][j] != charts.GetNullValue() && sum != 0 {
				values[i][j] /= sum
			}
		}
	}
	return values
}

// labels are the categories; one whose period is not over says so.
func (p *picture) labels() []string {
	list := make([]string, len(p.chart.Labels))
	for i, l := range p.chart.Labels {
		list[i] = l.Text
		if i == p.chart.Incomplete {
			list[i] += " …"
		}
	}
	return list
}

// valueAxis begins at zero where the answer says so; nothing negative is cut
// off.
func (p *picture) valueAxis(values [][]float64, zero bool) []charts.ValueAxisOption {
	axis := charts.ValueAxisOption{ValueFormatter: p.format, LabelCount: 5, LabelFontStyle: p.text}
	least := math.Inf(1)
	for _, list := range values {
		for _, f := range list {
			if f != charts.GetNullValue() {
				least = min(least, f)
			}
		}
	}
	if zero && least >= 0 {
		axis.Min = charts.Ptr(0.0)
	}
	if p.chart.Kind == answer.FullStackedColumn {
		axis.Max = charts.Ptr(cmp.Or(p.unit, 1) * (1 + 1e-9)) // parts add up with errors of rounding
	}
	return []charts.ValueAxisOption{axis}
}

func (p *picture) area() error {
	values := p.values()
	return p.painter.LineChart(charts.LineChartOption{
		Legend: p.legend, SeriesList: charts.NewSeriesListLine(values, charts.LineSeriesOption{Names: seriesNames(p.chart)}),
		XAxis: charts.XAxisOption{Labels: p.labels(), LabelFontStyle: p.text}, YAxis: p.valueAxis(values, true),
		FillArea: charts.Ptr(true), LineStrokeWidth: 2.25, ValueFormatter: p.format, Padding: p.padding,
	})
}

func (p *picture) bars() error {
	values := p.values()
	stacked := p.chart.Kind == answer.StackedColumn || p.chart.Kind == answer.FullStackedColumn
	if p.chart.Kind == answer.FullStackedColumn {
		values = whole(values)
	}
	names := seriesNames(p.chart)
	if len(values) == 1 {
		values, names, stacked = p.parted(values[0]), []string{names[0], names[0], names[0]}, true
	}
	if stacked {
		p.raise(values)
	}
	labels, horizontal := p.labels(), slices.Contains(lying, p.chart.Kind)
	if horizontal { // the library begins at the bottom
		slices.Reverse(labels)
		for _, list := range values {
			slices.Reverse(list)
		}
	}
	option := charts.BarChartOption{
		Legend: p.legend, Horizontal: horizontal, StackSeries: &stacked,
		SeriesList:   charts.NewSeriesListBar(values, charts.BarSeriesOption{Names: names, Label: charts.SeriesLabel{Show: &horizontal, ValueFormatter: p.format, FontStyle: p.text}}),
		CategoryAxis: charts.CategoryAxisOption{Labels: labels, LabelFontStyle: p.text}, ValueAxis: p.valueAxis(values, true), ValueFormatter: p.format, Padding: p.padding,
	}
	if horizontal { // every bar has its number
		option.ValueAxis[0].Show = charts.Ptr(false)
	} else {
		option.BarSize = 0.5
	}
	return p.painter.BarChart(option)
}

// raise puts the values of stacks into a smaller unit when some lie between zero
// and one: the library lets stacks begin one below their least value, which would
// be below zero.
func (p *picture) raise(values [][]float64) {
	least, format := 1.0, p.format
	for _, list := range values {
		for _, f := range list {
			if f > 0 {
				least = min(least, f)
			}
		}
	}
	p.unit = math.Pow(10, math.Ceil(-math.Log10(least)))
	for _, list := range values {
		for i, f := range list {
			if f != charts.GetNullValue() {
				list[i] = f * p.unit
			}
		}
	}
	p.format = func(f float64) string { return format(f / p.unit) }
}

// parted are the values in three series of other colours: what is positive, what
// is negative, and what is not over yet.
func (p *picture) parted(values []float64) [][]float64 {
	parts := make([][]float64, 3)
	for i := range parts {
		parts[i] = make([]float64, len(values))
		for j := range values {
			parts[i][j] = charts.GetNullValue()
		}
	}
	for j, f := range values {
		of := 0
		switch {
		case j == p.chart.Incomplete:
			of = 2
		case f < 0:
			of = 1
		}
		parts[of][j] = f
	}
	return parts
}

func (p *picture) ring() error {
	values := p.values()[0]
	for i, f := range values {
		if f == charts.GetNullValue() {
			values[i] = 0
		}
	}
	numbers, sum := answer.NumbersFor(p.answer.Lang), 0.0
	for _, f := range values {
		sum += f
	}
	label := charts.SeriesLabel{FontStyle: p.text, LabelFormatter: func(_ int, name string, f float64) (string, *charts.LabelStyle) {
		return name + " " + numbers.Percent(semantic.FloatValue(f/sum), 1), nil
	}}
	return p.painter.DoughnutChart(charts.DoughnutChartOption{
		Legend: charts.LegendOption{Show: charts.Ptr(false)}, SeriesList: charts.NewSeriesListDoughnut(values, charts.DoughnutSeriesOption{Names: p.labels(), Label: label}),
		ValueFormatter: p.format, Padding: p.padding,
	})
}
