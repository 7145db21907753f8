package eval

import (
	"regexp"
	"strings"

	"wenshu/answer"
)

// drawn reports whether a picture is of the wished kind.
func drawn(mark string, chart *answer.Chart) bool {
	for _, kind := range pictures[mark] {
		if chart.Kind == kind {
			return true
		}
	}
	return false
}

// pictures are the kinds that draw with a mark, in the words of Vega-Lite.
var pictures = map[string][]answer.ChartKind{
	"bar":   {answer.ColumnChart, answer.BarChart, answer.GroupedBar, answer.StackedColumn, answer.FullStackedColumn, answer.Histogram},
	"line":  {answer.LineChart, answer.SmallMultiples},
	"area":  {answer.AreaChart},
	"point": {answer.ScatterChart, answer.BubbleChart},
	"arc":   {answer.PieChart},
	"pie":   {answer.PieChart},
	"rect":  {answer.HeatMap},
}

var pictureWords = regexp.MustCompile(`(?i)\b(bars?|columns?|barplots?|bargraphs?|barcharts?|histograms?|lines?|scatters?|scatter ?plots?|scattered|dots?|points?|pie|donut|doughnut|bubbles?|area|heat ?maps?|box ?plots?|strip ?plots?|xy ?plots?|time series)\b|柱|条形|折线|曲线|线图|散点|气泡|饼|环图|直方|面积图|热力|箱线`)

// namesPicture reports whether the wording says what kind of picture it wants.
func namesPicture(turns []string) bool { return pictureWords.MatchString(strings.Join(turns, " ")) }

var (
	aggregateWords = regexp.MustCompile(`(?i)\b(average|averages|averaged|avg|mean|means|total|totals|totaled|totalled|sum|sums|summed|max|maximum|highest|min|minimum|lowest|median|overall|cumulative)\b|平均|均值|总|合计|之和|最大|最高|最小|最低|中位|累计`)
	aggregateCalls = regexp.MustCompile(`(?i)\b(AVG|SUM|MIN|MAX)\(`)
)

// anyAggregate adds to the accepted queries of a chart request what another
// aggregate gives, where the wording names none: people who look at a picture
// say "gross by genre" of an average and of a sum.
func anyAggregate(r Record) []string {
	all := r.GoldSQL
	if r.Mark == "" || aggregateWords.MatchString(strings.Join(r.turns(), " ")) {
		return all
	}
	for _, text := range r.GoldSQL {
		if !aggregateCalls.MatchString(text) {
			continue
		}
		for _, name := range []string{"AVG(", "SUM(", "MIN(", "MAX("} {
			if other := aggregateCalls.ReplaceAllString(text, name); other != text {
				all = append(all[:len(all):len(all)], other)
			}
		}
	}
	return all
}
