package api

import (
	"bytes"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wenshu/answer"
)

// TestChartsAreDrawnHere asks for one chart of every kind that is drawn and
// looks at both forms; WENSHU_PICTURES keeps them for people to look at.
func TestChartsAreDrawnHere(t *testing.T) {
	s := demoServer(t, shop(t, nil), nil)
	for _, c := range []struct {
		question, label string
		kind            answer.ChartKind
	}{
		{"今年每个月各大区销售额", "华东", answer.LineChart}, {"今年每个季度的销售额", "2026", answer.ColumnChart}, {"上个月各省销售额", "江苏", answer.BarChart},
		{"上个月各大区销售额同比", "华北", answer.GroupedBar}, {"今年各渠道销售额占比", "门店", answer.PieChart},
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
		if folder := os.Getenv("WENSHU_PICTURES"); folder != "" {
			if err := os.WriteFile(filepath.Join(folder, string(c.kind)+".png"), got.body, 0o600); err != nil {
				t.Error(err)
			}
		}
		if got := get(t, s, "ann", path+"png"); got.status != http.StatusNotFound {
			t.Errorf("somebody else: %d", got.status)
		}
	}
	number := asked(t, s, "fay", "上个月销售额")
	if got := get(t, s, "fay", "/api/v1/answers/"+number.ID+"/chart.png"); got.status != http.StatusNotFound {
		t.Errorf("a number: %d", got.status)
	}
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
