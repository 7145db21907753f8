package bot

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"wenshu/answer"
)

// drawnAs is how the kinds of charts that chats draw are called there.
var drawnAs = map[answer.ChartKind]string{
	answer.LineChart: "line", answer.AreaChart: "area", answer.ColumnChart: "bar", answer.BarChart: "bar", answer.GroupedBar: "bar",
	answer.Histogram: "bar", answer.PieChart: "pie",
}

// chart is the chart of an answer as data, when the vendor draws its kind and
// all of it is within the budget; nil otherwise.
func (v view) chart() *Chart {
	c, b := v.answer.Chart, v.budget
	if c == nil || len(c.Labels) < 2 || len(c.Series) == 0 || c.Panels {
		return nil
	}
	kind := drawnAs[c.Kind]
	points := b.Points
	if kind == "pie" {
		points = b.Slices
	}
	if !slices.Contains(b.ChartKinds, kind) || len(c.Labels) > points || len(c.Series) > b.Series || kind == "pie" && len(c.Series) > 1 {
		return nil
	}
	drawn := &Chart{Kind: kind, Title: brief(c.Title, b.ChartTitle), Labels: v.labels(c), Values: v.valuesAre(c, b.ChartTitle)}
	names := make([]string, len(c.Series))
	for i, s := range c.Series {
		names[i] = s.Name
	}
	names = distinct(names, b.Label)
	for i, s := range c.Series {
		values, ok := valuesOf(s.Cells, v.times(s.Column))
		if !ok || kind == "pie" && !positive(values) {
			return nil
		}
		drawn.Series = append(drawn.Series, ChartSeries{Name: names[i], Values: values})
	}
	if drawn.Title == "" {
		drawn.Title = names[0]
	}
	return drawn
}

// valuesAre is what the values of a chart are called.
func (v view) valuesAre(c *answer.Chart, n int) string {
	if c.Y == nil {
		return ""
	}
	text := c.Y.Label
	if v.times(c.Y.Column) == 100 && !strings.Contains(text, "%") {
		text += " %"
	}
	return brief(text, n)
}

// times is what the values of a column are multiplied by to be drawn: no vendor
// draws 0.12 as 12%.
func (v view) times(col int) float64 {
	if t := v.answer.Table; t != nil && col < len(t.Columns) && t.Columns[col].Format == "percent" {
		return 100
	}
	return 1
}

// labels are the categories; one whose period is not over says so.
func (v view) labels(c *answer.Chart) []string {
	list := make([]string, len(c.Labels))
	for i, l := range c.Labels {
		list[i] = l.Text
		if i == c.Incomplete {
			list[i] += " …"
		}
	}
	return distinct(list, v.budget.Label)
}

// distinct cuts names to n UTF-16 units so that no two are the same and none is
// empty.
func distinct(names []string, n int) []string {
	list := make([]string, len(names))
	seen := map[string]bool{}
	for i, name := range names {
		short := brief(name, n)
		if short == "" {
			short = "—"
		}
		for k := 2; seen[short]; k++ {
			mark := " " + strconv.Itoa(k)
			short = brief(name, max(1, n-len(mark))) + mark
		}
		seen[short] = true
		list[i] = short
	}
	return list
}

// valuesOf are the numbers of cells, multiplied; false when one is no number.
func valuesOf(cells []answer.Cell, times float64) ([]*float64, bool) {
	list := make([]*float64, len(cells))
	for i, cell := range cells {
		if cell.Value == nil {
			continue
		}
		f, err := strconv.ParseFloat(*cell.Value, 64)
		if err != nil {
			return nil, false
		}
		if f *= times; times != 1 {
			f = math.Round(f*1e6) / 1e6 // 0.07 times 100 is 7
		}
		list[i] = &f
	}
	return list, true
}

func positive(values []*float64) bool {
	return !slices.ContainsFunc(values, func(f *float64) bool { return f == nil || *f <= 0 })
}
