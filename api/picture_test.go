package api

import (
	"bytes"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wenshu/answer"
)

// TestChartsAreDrawnHere asks for one chart of every kind that is drawn and
// looks at both forms; WENSHU_PICTURES keeps them for people to look at.
func TestChartsAreDrawnHere(t *testing.T) {
	t.Parallel()
	s := demoServer(t, shop(t, nil), nil)
	for _, c := range []struct {
		question, label string
		kind            answer.ChartKind
	}{
		{"今年每个月各大区销售额", "华东", answer.LineChart}, {"今年每个季度的销售额", "2026", answer.ColumnChart}, {"上个月各省销售额", "江苏", answer.BarChart},
		{"上个月各大区销售额同比", "华北", answer.GroupedBar}, {"今年各渠道销售额占比", "门店", answer.PieChart},
		{"上个月各大区各渠道的销售额", "微信小程序", answer.HeatMap}, {"今年每个月的销售额和毛利率", "毛利率", answer.SmallMultiples},
	} {
		a := asked(t, s, "fay", c.question)
		if a.Chart.Kind != c.kind {
			t.Errorf("%s: %s", c.question, a.Chart.Kind)
			continue
		}
		path := "/api/v1/answers/" + a.ID + "/chart."
		got := get(t, s, "fay", path+"png")
		picture, err := png.Decode(bytes.NewReader(got.body))
		if err != nil || picture.Bounds().Dx() != pictureWidth {
			t.Errorf("%s: %v %.200s", c.question, err, got.body)
			continue
		}
		svg := get(t, s, "fay", path+"svg")
		if text := string(svg.body); !strings.Contains(text, c.label) || strings.Contains(text, "<script") {
			t.Errorf("%s: %.400s", c.question, text)
		}
		keepPicture(t, string(c.kind), got.body)
		if got := get(t, s, "ann", path+"png"); got.status != http.StatusNotFound {
			t.Errorf("somebody else: %d", got.status)
		}
	}
	number := asked(t, s, "fay", "上个月销售额")
	if got := get(t, s, "fay", "/api/v1/answers/"+number.ID+"/chart.png"); got.status != http.StatusNotFound {
		t.Errorf("a number: %d", got.status)
	}
}

// keepPicture writes a picture to the folder of WENSHU_PICTURES, for people to
// look at.
func keepPicture(t *testing.T, name string, body []byte) {
	t.Helper()
	if folder := os.Getenv("WENSHU_PICTURES"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, name+".png"), body, 0o600); err != nil {
			t.Error(err)
		}
	}
}

// TestEveryKindHasAPicture draws a chart of every kind that has marks, with gaps
// and a loss, and counts the marks of those that are drawn with strokes.
func TestEveryKindHasAPicture(t *testing.T) {
	t.Parallel()
	labels := []answer.Label{{Text: "一月", Group: "西"}, {Text: "二月", Group: "西"}, {Text: "三月", Group: "东"}, {Text: "四月", Group: "东"}, {Text: "五月", Group: "西"}}
	of := func(name string, column int, values ...string) answer.Series {
		s := answer.Series{Name: name, Column: column}
		for _, v := range values {
			cell := answer.Cell{Value: &v, Text: v}
			if v == "" {
				cell = answer.Cell{Text: "—"}
			}
			s.Cells = append(s.Cells, cell)
		}
		return s
	}
	east, west := of("东区销售额", 0, "1200000", "", "900000", "1400000", "600000"), of("西区销售额", 0, "800000", "700000", "", "600000", "500000")
	parts := []answer.Series{of("变化", 0, "1000000", "-300000", "200000", "-900000", "50000")}
	points := []answer.Series{of("广告费", 0, "1000", "2000", "3000", "4000", ""), of("毛利率", 1, "0.5", "0.3", "0.42", "0.1", "0.2"), of("订单数", 2, "1", "4", "9", "2", "3")}
	panels := []answer.Series{east, of("毛利率", 1, "0.31", "0.3", "", "0.34", "0.2")}
	marks := map[answer.ChartKind]int{answer.HeatMap: 8, answer.ScatterChart: 4 + 2, answer.BubbleChart: 4 + 2, answer.SmallMultiples: 8, answer.BulletChart: 4 + 4, answer.Waterfall: 5, answer.BoxPlot: 4, answer.StripPlot: 4}
	series := map[answer.ChartKind][]answer.Series{
		answer.BarChart: parts, answer.ColumnChart: parts, answer.Histogram: {west}, answer.FunnelChart: {west}, answer.PieChart: {west}, answer.ScatterChart: points[:2], answer.BubbleChart: points,
		answer.SmallMultiples: panels, answer.Waterfall: parts, answer.AreaChart: {west}, answer.StripPlot: {east},
		answer.BoxPlot: {of("最小值", 0, "1", "2", "3", "1", ""), of("下四分位数", 0, "2", "4", "5", "2", ""), of("中位数", 0, "3", "5", "6", "4", ""), of("上四分位数", 0, "6", "7", "9", "5", ""), of("最大值", 0, "9", "9", "12", "8", "")},
	}
	for kind := range pictures {
		a := &answer.Answer{Lang: simplified, Table: &answer.Table{Columns: []answer.Column{{Label: "销售额", Format: "money", Unit: "CNY"}, {Label: "毛利率", Format: "percent"}, {Label: "订单数"}}}}
		a.Chart = &answer.Chart{Kind: kind, Title: "各月销售额 " + string(kind), Incomplete: 4, Labels: labels, Series: series[kind]}
		if a.Chart.Series == nil {
			a.Chart.Series = []answer.Series{east, west}
		}
		picture, err := drawPicture(a, "png")
		if err != nil {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		keepPicture(t, "kind-"+string(kind), picture)
		svg, err := drawPicture(a, "svg")
		if err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		if kind == answer.PieChart && !strings.Contains(string(svg), ">一月 30.8%<") || kind == answer.StripPlot && strings.Contains(string(svg), "(179,38,30") {
			t.Errorf("%s: %s", kind, svg)
		}
		if got := countMarks(string(svg)); marks[kind] > 0 && got != marks[kind] {
			t.Errorf("%s: %d marks, want %d", kind, got, marks[kind])
		}
		if text := string(svg); !strings.Contains(text, "各月销售额") || kind != answer.ScatterChart && kind != answer.BubbleChart && kind != answer.StripPlot && !strings.Contains(text, "四月") {
			t.Errorf("%s: %.300s", kind, svg)
		}
	}
}

// TestColumnsBeginAtZero draws values between zero and one, alone, stacked and as
// parts of a whole.
func TestColumnsBeginAtZero(t *testing.T) {
	low, high := "0.31", "0.44"
	cells := []answer.Cell{{Value: &low, Text: low}, {Value: &high, Text: high}, {Text: "—"}}
	for _, kind := range []answer.ChartKind{answer.ColumnChart, answer.BarChart, answer.StackedColumn, answer.FullStackedColumn} {
		a := &answer.Answer{Lang: simplified, Table: &answer.Table{Columns: []answer.Column{{Label: "毛利率", Format: "percent"}}}}
		a.Chart = &answer.Chart{Kind: kind, Title: "毛利率", Incomplete: -1, Labels: []answer.Label{{Text: "一月"}, {Text: "二月"}, {Text: "三月"}}, Series: []answer.Series{{Name: "毛利率", Cells: cells}}}
		if kind == answer.StackedColumn || kind == answer.FullStackedColumn {
			a.Chart.Series = append(a.Chart.Series, answer.Series{Name: "另一", Cells: cells})
		}
		svg, err := drawPicture(a, "svg")
		if text := string(svg); err != nil || strings.Contains(text, ">-") || kind == answer.BarChart && !strings.Contains(text, ">31.0%<") || kind == answer.FullStackedColumn && !strings.Contains(text, ">100.0%<") {
			t.Errorf("%s: %v %s", kind, err, regexp.MustCompile(`>[^<>]+<`).FindAllString(text, -1))
		}
	}
}

// countMarks counts what is filled with another colour than the ground's.
func countMarks(svg string) int {
	n := 0
	for _, shape := range regexp.MustCompile(`<(path|circle) [^>]*>`).FindAllString(svg, -1) {
		if fill := regexp.MustCompile(`fill:([^;"]+)`).FindStringSubmatch(shape); fill != nil && fill[1] != "none" && fill[1] != "white" && fill[1] != "rgb(255,255,255)" {
			n++
		}
	}
	return n
}

// TestPicturesHoldNoMarkup draws texts that are markup.
func TestPicturesHoldNoMarkup(t *testing.T) {
	n := "1"
	cells := []answer.Cell{{Value: &n, Text: attack}, {Text: "—"}}
	for kind := range pictures {
		a := &answer.Answer{Lang: english, Chart: &answer.Chart{
			Kind: kind, Title: attack, Incomplete: 1, Labels: []answer.Label{{Text: attack}, {Text: attack}},
			Series: []answer.Series{{Name: attack, Cells: cells}, {Name: attack, Cells: cells}},
		}}
		svg, err := drawPicture(a, "svg")
		if err != nil || strings.Contains(string(svg), "<img") || strings.Contains(string(svg), "<script") {
			t.Errorf("%s: %v %s", kind, err, svg)
		}
	}
}

func TestFontsThatAreNone(t *testing.T) {
	for _, b := range [][]byte{nil, []byte("wOFF"), woff[:woffHeader], append([]byte("wOFF"), make([]byte, 100)...)} {
		if sfnt, err := unpackWOFF(b); err == nil && len(b) < 100 {
			t.Errorf("%d bytes became %d", len(b), len(sfnt))
		}
	}
}
