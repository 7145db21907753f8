package api

import (
	"math"
	"slices"

	"github.com/go-analyze/charts"
)

// spread is a plane with an upward axis for all the values of a chart, and the
// names of groups below.
func (p *picture) spread(names []string, values ...[]float64) (in plane, up scale, center func(int) int, half int) {
	up = scaleOf(padded(extent(values...)))
	var ticks []string
	for _, f := range up.ticks() {
		ticks = append(ticks, p.format(f))
	}
	in = p.plane(24+p.widest(ticks)+gap, 44)
	in.top += 24 // for the name of the axis
	up = in.rising(up, p.format)
	if p.chart.Y != nil {
		p.write(p.chart.Y.Label, 24, in.top-18, 0, p.text.FontColor)
	}
	center, width := in.names(names)
	return in, up, center, max(4, int(min(width*0.3, 40)))
}

// boxes draws the quartiles of every group as a box, with the middle as a line
// across and the least and the most as its ends.
func (p *picture) boxes() error {
	if len(p.chart.Series) < 5 {
		return nil
	}
	five := make([][]float64, 5)
	for i := range five {
		five[i] = numbersOf(p.chart.Series[i])
	}
	_, up, center, half := p.spread(p.labels(), five...)
	ink, ground := charts.ColorFromHex(pictureColors[0]), charts.ColorFromHex("#cfe3f1")
	for i := range p.chart.Labels {
		x := center(i)
		var y [5]int
		known := true
		for j := range y {
			known = known && i < len(five[j]) && !math.IsNaN(five[j][i])
			if known {
				y[j] = up.at(five[j][i])
			}
		}
		if !known {
			continue
		}
		p.stroke(x, y[0], x, y[1], ink, 1.5)
		p.stroke(x, y[3], x, y[4], ink, 1.5)
		p.stroke(x-half/2, y[0], x+half/2, y[0], ink, 1.5)
		p.stroke(x-half/2, y[4], x+half/2, y[4], ink, 1.5)
		p.rect(x-half, y[1], x+half, y[3], ground)
		for _, edge := range [][4]int{{x - half, y[1], x + half, y[1]}, {x - half, y[3], x + half, y[3]}, {x - half, y[1], x - half, y[3]}, {x + half, y[1], x + half, y[3]}} {
			p.stroke(edge[0], edge[1], edge[2], edge[3], ink, 1.5)
		}
		p.stroke(x-half, y[2], x+half, y[2], ink, 3)
	}
	return nil
}

// strips draws every row as a point above the name of its group, a little aside
// from its neighbours.
func (p *picture) strips() error {
	groups, colors, values := p.groups(), p.colors(), numbersOf(p.chart.Series[0])
	_, up, center, half := p.spread(groups, values)
	for i, f := range values {
		if math.IsNaN(f) || i >= len(p.chart.Labels) {
			continue
		}
		g := slices.Index(groups, p.chart.Labels[i].Group)
		color := colors[g%len(colors)]
		p.painter.Circle(3.5, center(g)+aside(i, half), up.at(f), color.WithAlpha(170), color.WithAlpha(170), 0)
	}
	return nil
}

// aside spreads points evenly and the same each time: steps of the golden ratio.
func aside(i, half int) int {
	_, part := math.Modf(float64(i) * 0.6180339887498949)
	return int(math.Round((part*2 - 1) * float64(half)))
}
