package api

import (
	"math"
	"strconv"
	"strings"

	"github.com/go-analyze/charts"

	"wenshu/answer"
)

// The colours of what is no mark.
var (
	inkColor   = charts.ColorFromHex("#1a1f29")
	gridColor  = charts.ColorFromHex("#e2e6ec")
	downColor  = charts.ColorFromHex("#b3261e")
	paperColor = charts.ColorFromHex("#ffffff")
)

// gap is between a text and what it names, in pixels.
const gap = 8

// scale maps numbers to pixels; its ticks are round.
type scale struct {
	low, high, step float64
	from, to        int // pixels of low and of high
}

// scaleOf covers values with about five round ticks.
func scaleOf(low, high float64, zero bool) scale {
	if zero {
		low, high = min(low, 0), max(high, 0)
	}
	if low == high {
		low, high = low-math.Abs(low)/2, high+math.Abs(high)/2
	}
	if low == high {
		high = 1
	}
	step := math.Pow(10, math.Floor(math.Log10((high-low)/4)))
	for _, times := range []float64{1, 2, 2.5, 5, 10} {
		if (high-low)/(step*times) <= 5 {
			step *= times
			break
		}
	}
	return scale{low: math.Floor(low/step+1e-9) * step, high: math.Ceil(high/step-1e-9) * step, step: step}
}

// at is where a number lies.
func (s scale) at(f float64) int {
	return s.from + int(math.Round((f-s.low)/(s.high-s.low)*float64(s.to-s.from)))
}

func (s scale) ticks() []float64 {
	var list []float64
	for i := 0; ; i++ {
		f := s.low + float64(i)*s.step
		if f > s.high+s.step/2 {
			return list
		}
		if math.Abs(f) < s.step/1e6 {
			f = 0
		}
		list = append(list, f)
	}
}

// plane is a part of a picture that is drawn with strokes, for what the library
// has no chart of.
type plane struct {
	*picture
	left, top, right, bottom int // pixels
}

func (p *picture) plane(left, bottom int) plane {
	return plane{p, left, 60, p.painter.Width() - 28, p.painter.Height() - bottom - p.notes}
}

func (p *picture) wide(text string) int { return p.painter.MeasureText(text, 0, p.text).Width() }

// widest is the room that texts need, of a third of the picture at most.
func (p *picture) widest(texts []string) int {
	room := 0
	for _, text := range texts {
		room = max(room, p.wide(text))
	}
	return min(room, p.painter.Width()/3)
}

// fit shortens a text to a room.
func (p *picture) fit(text string, room int) string {
	if p.wide(text) <= room {
		return text
	}
	runes := []rune(text)
	for n := len(runes) - 1; n > 0; n-- {
		if short := strings.TrimSpace(string(runes[:n])) + "…"; p.wide(short) <= room {
			return short
		}
	}
	return ""
}

// write puts a text at a place: align is 0 to begin there, 1 to be centred, 2 to
// end there. Its middle is at y.
func (p *picture) write(text string, x, y, align int, color charts.Color) {
	style := p.text
	style.FontColor = color
	p.painter.Text(text, x-align*p.wide(text)/2, y+5, 0, style)
}

func (p *picture) stroke(x1, y1, x2, y2 int, color charts.Color, width float64) {
	p.painter.LineStroke([]charts.Point{{X: x1, Y: y1}, {X: x2, Y: y2}}, color, width)
}

// rect fills what lies between two corners, whichever they are.
func (p *picture) rect(x1, y1, x2, y2 int, color charts.Color) {
	p.painter.FilledRect(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), color, color, 0)
}

// rising draws the lines and numbers of an upward axis.
func (p plane) rising(s scale, format func(float64) string) scale {
	s.from, s.to = p.bottom, p.top
	for _, f := range s.ticks() {
		p.stroke(p.left, s.at(f), p.right, s.at(f), gridColor, 1)
		p.write(format(f), p.left-gap, s.at(f), 2, p.text.FontColor)
	}
	return s
}

// names writes the names below columns of equal width, those that have room.
func (p plane) names(names []string) (center func(int) int, width float64) {
	width = float64(p.right-p.left) / float64(max(1, len(names)))
	center = func(i int) int { return p.left + int(width*(float64(i)+0.5)) }
	every := max(1, int(math.Ceil(float64(p.widest(names)+gap)/width)))
	if len(names) <= 12 && !p.timed() { // few names are all written, short if need be
		every = 1
	}
	for i, name := range names {
		if i%every == 0 {
			p.write(p.fit(name, int(width)*every-4), center(i), p.bottom+16, 1, p.text.FontColor)
		}
	}
	return center, width
}

// timed reports whether the labels are periods, which say nothing when they are
// cut short.
func (p *picture) timed() bool {
	t, x := p.answer.Table, p.chart.X
	return t != nil && x != nil && x.Column >= 0 && x.Column < len(t.Columns) && t.Columns[x.Column].Grain != ""
}

// numbersOf are the numbers of a series; a gap is NaN.
func numbersOf(s answer.Series) []float64 {
	list := make([]float64, len(s.Cells))
	for i, cell := range s.Cells {
		list[i] = math.NaN()
		if cell.Value == nil {
			continue
		}
		if f, err := strconv.ParseFloat(*cell.Value, 64); err == nil {
			list[i] = f
		}
	}
	return list
}

// extent is the least and the greatest number; nothing has 0 and 0.
func extent(lists ...[]float64) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, list := range lists {
		for _, f := range list {
			if !math.IsNaN(f) {
				low, high = min(low, f), max(high, f)
			}
		}
	}
	if low > high {
		return 0, 0
	}
	return low, high
}
