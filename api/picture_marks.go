package api

import (
	"math"
	"slices"

	"github.com/go-analyze/charts"

	"wenshu/answer"
)

// The sizes of what is drawn here, in pixels.
const (
	heatRow   = 34
	bulletRow = 46
	panelHigh = 250
)

// heatColors go from little to much.
var heatColors = [3][3]float64{{0xe8, 0xf1, 0xfa}, {0x5a, 0x9f, 0xd4}, {0x0b, 0x4f, 0x86}}

// heatColor is the colour of a part from 0 to 1.
func heatColor(part float64) charts.Color {
	i, rest := 0, part*2
	if rest > 1 {
		i, rest = 1, rest-1
	}
	mix := func(c int) uint8 {
		return uint8(math.Round(heatColors[i][c] + (heatColors[i+1][c]-heatColors[i][c])*rest))
	}
	return charts.Color{R: mix(0), G: mix(1), B: mix(2), A: 255}
}

// heat draws a row for every series; what is not known stays empty.
func (p *picture) heat() error {
	rows := make([][]float64, len(p.chart.Series))
	for i, s := range p.chart.Series {
		rows[i] = numbersOf(s)
	}
	low, high := extent(rows...)
	names := seriesNames(p.chart)
	in := p.plane(24+p.widest(names)+gap, 44)
	center, width := in.names(p.labels())
	for y, row := range rows {
		top := in.top + y*heatRow
		p.write(p.fit(names[y], in.left-24-gap), in.left-gap, top+heatRow/2, 2, inkColor)
		for x, f := range row {
			if math.IsNaN(f) {
				continue
			}
			part := 0.5
			if high > low {
				part = (f - low) / (high - low)
			}
			from := center(x) - int(width/2)
			p.rect(from, top, from+max(1, int(width)-2), top+heatRow-2, heatColor(part))
			ink := charts.ColorFromHex("#05090f")
			if part > 0.72 { // where white stands out more
				ink = paperColor
			}
			if text := p.format(f); p.wide(text)+4 < int(width) {
				p.write(text, center(x), top+heatRow/2-1, 1, ink)
			}
		}
	}
	return nil
}

// points draws two numbers against each other, in the colour of their group;
// the third is the area.
func (p *picture) points() error {
	series := p.chart.Series
	if len(series) < 2 {
		return nil
	}
	x, y := numbersOf(series[0]), numbersOf(series[1])
	size, most := []float64(nil), 0.0
	if len(series) > 2 {
		size = numbersOf(series[2])
		_, most = extent(size)
	}
	xText, yText := p.numberFormat(series[0].Column), p.numberFormat(series[1].Column)
	upright := scaleOf(padded(extent(y))) // its numbers decide how much room is left
	var ticks []string
	for _, f := range upright.ticks() {
		ticks = append(ticks, yText(f))
	}
	in := p.plane(24+p.widest(ticks)+gap, 72)
	in.top += 34 // for the groups and the name of the axis
	upright = in.rising(upright, yText)
	across := scaleOf(padded(extent(x)))
	across.from, across.to = in.left, in.right
	for _, f := range across.ticks() {
		p.stroke(across.at(f), in.top, across.at(f), in.bottom, gridColor, 1)
		p.write(xText(f), across.at(f), in.bottom+16, 1, p.text.FontColor)
	}
	p.write(series[1].Name, 24, in.top-18, 0, p.text.FontColor)
	p.write(series[0].Name, in.right, in.bottom+42, 2, p.text.FontColor)
	groups, colors := p.groups(), p.colors()
	if len(groups) > 1 {
		p.keys(groups, colors, in.left+p.wide(series[1].Name), in.right, in.top-18)
	}
	for i := range min(len(x), len(y)) {
		if math.IsNaN(x[i]) || math.IsNaN(y[i]) {
			continue
		}
		radius := 4.5
		if size != nil && most > 0 {
			radius = 3 + 17*math.Sqrt(max(0, orZero(size[i]))/most)
		}
		color := colors[slices.Index(groups, p.chart.Labels[i].Group)]
		p.painter.Circle(radius, across.at(x[i]), upright.at(y[i]), color.WithAlpha(190), color.WithAlpha(190), 0)
	}
	return nil
}

// groups are the groups of points, in the order they come.
func (p *picture) groups() []string {
	var groups []string
	for _, l := range p.chart.Labels {
		if !slices.Contains(groups, l.Group) {
			groups = append(groups, l.Group)
		}
	}
	return groups
}

// keys names colours in one row that ends at the right; what has no room is left
// out.
func (p *picture) keys(names []string, colors []charts.Color, left, right, y int) {
	total := 0
	for _, name := range names {
		total += p.wide(name) + 34
	}
	x := max(left, right-total) + 12
	for i, name := range names {
		end := x + 12 + p.wide(name)
		if end > right {
			return
		}
		p.painter.Circle(5, x, y, colors[i], colors[i], 0)
		p.write(name, x+12, y, 0, p.text.FontColor)
		x = end + 22
	}
}

// panels draws every series in a plane of its own, two beside each other; those
// of one unit have one scale.
func (p *picture) panels() error {
	all := make([][]float64, len(p.chart.Series))
	for i, s := range p.chart.Series {
		all[i] = numbersOf(s)
	}
	standing := p.chart.Kind != answer.SmallMultiples && p.chart.Kind != answer.LineChart && p.chart.Kind != answer.AreaChart
	names, half := p.labels(), p.painter.Width()/2
	for i, s := range p.chart.Series {
		low, high := extent(all[i])
		if p.chart.Y != nil {
			low, high = extent(all...)
		}
		column := p.numberFormat(s.Column)
		up := scaleOf(low, high, standing || p.chart.Y != nil && p.chart.Y.Zero)
		var ticks []string
		for _, f := range up.ticks() {
			ticks = append(ticks, column(f))
		}
		left, top := i%2*half, 60+i/2*panelHigh
		in := plane{p, left + 24 + p.widest(ticks) + gap, top + 34, left + half - 16, top + panelHigh - 44}
		p.write(p.fit(s.Name, half-40), left+24, top+8, 0, inkColor)
		up = in.rising(up, column)
		center, width := in.names(names)
		color := charts.ColorFromHex(pictureColors[0])
		if standing {
			for j, f := range all[i] {
				if !math.IsNaN(f) {
					p.rect(center(j)-int(width*0.3), up.at(f), center(j)+int(width*0.3), up.at(0), color)
				}
			}
			continue
		}
		p.line(all[i], center, up, color)
	}
	return nil
}

// lines draws every series as a line, the keys above them.
func (p *picture) lines() error {
	all := make([][]float64, len(p.chart.Series))
	for i, s := range p.chart.Series {
		all[i] = numbersOf(s)
	}
	low, high := extent(all...)
	up := scaleOf(low, high, p.chart.Y != nil && p.chart.Y.Zero)
	var ticks []string
	for _, f := range up.ticks() {
		ticks = append(ticks, p.format(f))
	}
	in, colors := p.plane(24+p.widest(ticks)+gap, 44), p.colors()
	if len(all) > 1 {
		p.keys(seriesNames(p.chart), colors, in.left, in.right, in.top+8)
		in.top += 34
	}
	up = in.rising(up, p.format)
	center, _ := in.names(p.labels())
	for i, values := range all {
		p.line(values, center, up, colors[i])
	}
	return nil
}

// line draws numbers as a line; what is not there is a gap, and what leads
// to a period that is not over is dashed.
func (p *picture) line(values []float64, center func(int) int, up scale, color charts.Color) {
	for j := range values {
		if math.IsNaN(values[j]) {
			continue
		}
		at := charts.Point{X: center(j), Y: up.at(values[j])}
		p.painter.Circle(3, at.X, at.Y, color, color, 0)
		if j == 0 || math.IsNaN(values[j-1]) {
			continue
		}
		before := charts.Point{X: center(j - 1), Y: up.at(values[j-1])}
		if j == p.chart.Incomplete {
			p.painter.DashedLineStroke([]charts.Point{before, at}, color, 2, []float64{4, 5})
		} else {
			p.painter.LineStroke([]charts.Point{before, at}, color, 2.25)
		}
	}
}

// bullets draws each value as a bar and its target as a mark across it.
func (p *picture) bullets() error {
	names := p.labels()
	if len(names) == 0 {
		names = []string{p.chart.Series[0].Name}
	}
	values, targets := numbersOf(p.chart.Series[0]), []float64(nil)
	legend := p.chart.Series[0].Name
	if len(p.chart.Series) > 1 {
		targets = numbersOf(p.chart.Series[1])
		legend += "   | " + p.chart.Series[1].Name
	}
	in := p.plane(24+p.widest(names)+gap, 24)
	in.right -= 90 // for the numbers
	p.write(legend, in.left, in.top+4, 0, p.text.FontColor)
	low, high := extent(values, targets)
	across := scaleOf(low, high, true)
	across.from, across.to = in.left, in.right
	color := charts.ColorFromHex(pictureColors[0])
	for i, name := range names {
		y := in.top + 34 + i*bulletRow
		p.write(p.fit(name, in.left-24-gap), in.left-gap, y, 2, inkColor)
		if i < len(values) && !math.IsNaN(values[i]) {
			p.rect(across.at(0), y-9, across.at(values[i]), y+9, color)
			end := max(across.at(values[i]), across.at(0))
			if i < len(targets) && !math.IsNaN(targets[i]) {
				end = max(end, across.at(targets[i]))
			}
			p.write(p.format(values[i]), end+gap, y, 0, inkColor)
		}
		if i < len(targets) && !math.IsNaN(targets[i]) {
			p.rect(across.at(targets[i])-2, y-15, across.at(targets[i])+1, y+15, inkColor)
		}
	}
	return nil
}

// waterfall lets every change begin where the one before ended.
func (p *picture) waterfall() error {
	values := numbersOf(p.chart.Series[0])
	ends := make([]float64, len(values))
	sum := 0.0
	for i, f := range values {
		sum += orZero(f)
		ends[i] = sum
	}
	low, high := extent(ends)
	up := scaleOf(low, high, true)
	var ticks []string
	for _, f := range up.ticks() {
		ticks = append(ticks, p.format(f))
	}
	in := p.plane(24+p.widest(ticks)+gap, 44)
	in.top += 14
	up = in.rising(up, p.format)
	center, width := in.names(p.labels())
	from := 0.0
	for i, f := range values {
		color := charts.ColorFromHex(pictureColors[0])
		if f < 0 {
			color = downColor
		}
		wide := int(min(width*0.32, 40))
		p.rect(center(i)-wide, up.at(from), center(i)+wide, up.at(ends[i]), color)
		if text := p.format(f); !math.IsNaN(f) && p.wide(text) < int(width) {
			p.write(text, center(i), min(up.at(from), up.at(ends[i]))-12, 1, inkColor)
		}
		from = ends[i]
	}
	return nil
}

// padded widens an extent, so that no point lies on its border; what is not
// negative stays so.
func padded(low, high float64) (float64, float64, bool) {
	pad := (high - low) / 20
	if low >= 0 {
		return max(0, low-pad), high + pad, false
	}
	return low - pad, high + pad, false
}

// orZero is a number, or 0 for a gap.
func orZero(f float64) float64 {
	if math.IsNaN(f) {
		return 0
	}
	return f
}
