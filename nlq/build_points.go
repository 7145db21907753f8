package nlq

import (
	"slices"

	"wenshu/semantic"
)

// continuous reports whether a bare number is to be split by one that hardly
// repeats: horsepower by acceleration is a point for every row, coloured by what
// else is named.
func (b *builder) continuous() bool {
	bare, by := false, false
	for _, t := range b.things {
		switch {
		case t.timed || t.dim != nil && (isTime(t.dim) || isYears(t.dim)) || t.has(markSpread):
			return false
		case t.dim == nil || isGraded(t.dim):
		case t.marks&(markBy|markEach) == 0:
			bare = true
		default:
			by = true
		}
	}
	return bare && by
}

// layersPair reports whether two bare numbers are coloured by something: points.
func (b *builder) layersPair() bool {
	amounts := 0
	for _, t := range b.things {
		if t.timed || t.dim == nil || isTime(t.dim) || isYears(t.dim) {
			return false
		}
		if isMeasurable(t.dim) && t.marks&(markBy|markEach) == 0 && !isGraded(t.dim) {
			amounts++
		}
	}
	return amounts > 1 && (b.d.layered || b.d.present.Chart == "any" && amounts == 2 && len(b.d.orderings) == 0)
}

// splitByGraded reads "bedrooms by price" as the price by bedrooms: of the two,
// only one can be split by.
func (b *builder) splitByGraded() {
	b.countCompared()
	if len(b.measures) > 0 || len(b.things) < 2 {
		return
	}
	bare, by := -1, -1
	for i, t := range b.things {
		switch {
		case t.dim == nil || !isMeasurable(t.dim):
		case t.marks&(markBy|markEach) == 0:
			if bare >= 0 || !isGraded(t.dim) {
				return
			}
			bare = i
		default:
			if by >= 0 || isGraded(t.dim) || t.has(markSpread) {
				return
			}
			by = i
		}
	}
	if bare >= 0 && by >= 0 {
		b.things[bare].marks |= b.things[by].marks & (markBy | markEach)
		b.things[by].marks &^= markBy | markEach
	}
}

// splitBare reads "sales, month and region as a line chart": a picture that
// shows an amount of every group splits the only amount by the rest.
func (b *builder) splitBare() {
	switch b.d.present.Chart {
	case "line", "bar", "column", "stacked", "grouped", "pie", "area", "heatmap":
	default:
		return
	}
	amounts := 0
	for _, t := range b.things {
		switch {
		case t.timed || t.table != nil || t.marks&(markBy|markEach|markWhich|markListed) != 0:
			return
		case isMeasurable(t.dim) && !isGraded(t.dim):
			amounts++
		}
	}
	if amounts != 1 || len(b.measures)+len(b.d.orderings) > 0 {
		return
	}
	for i, t := range b.things {
		if !isMeasurable(t.dim) || isGraded(t.dim) {
			b.things[i].marks |= markBy
		}
	}
}

// severalNumbers reports whether two numbers are named, which points are drawn by.
func (b *builder) severalNumbers() bool {
	n, first := 0, false
	for _, t := range b.things {
		if t.dim != nil && (isMeasurable(t.dim) || n > 0 && isTime(t.dim)) {
			n++
		}
		first = first || t.dim != nil && isTime(t.dim)
	}
	return n > 1 || n > 0 && first
}

// spread counts the rows along the values of what is to be spread out.
func (b *builder) spread() {
	for _, t := range b.things {
		if t.dim != nil && t.has(markSpread) {
			b.addMeasure(b.s.countRows(node{}, t.dim.Table))
			b.s.assume("count")
			return
		}
	}
}

// drawSpread draws the distribution of an amount as a histogram. Rows without the amount
// are in no bin of it.
func (b *builder) drawSpread() {
	along := slices.IndexFunc(b.things, func(t thing) bool {
		return t.dim != nil && t.marks&(markSpread|markBy) != 0 && (isTime(t.dim) && t.has(markSpread) || isMeasurable(t.dim) && !isGraded(t.dim))
	})
	if along < 0 {
		return
	}
	t := b.things[along]
	spread := t.has(markSpread) || b.d.spreadsRows
	switch chart := b.d.present.Chart; {
	case (chart == "" || chart == "any") && spread:
		b.d.present.Chart = "histogram"
	case chart != "histogram":
		return
	}
	if tested := func(c condition) bool { return c.dim == t.dim && c.via == t.via }; isMeasurable(t.dim) && !slices.ContainsFunc(b.conds, tested) {
		b.conds = append(b.conds, condition{dim: t.dim, via: t.via, test: isThere})
	}
}

// lineOverTime gives a line for which no axis is named the time to run along.
func (b *builder) lineOverTime() {
	if b.d.present.Chart != "line" || len(b.measures) == 0 || b.splits() || len(b.things) > 0 {
		return
	}
	b.home = b.measures[0].home()
	if b.finest() != semantic.NoUnit {
		b.things = append(b.things, thing{timed: true, trend: true, marks: markBy})
	}
}

// countBars counts the rows behind the one column that bars are drawn for.
func (b *builder) countBars() {
	b.barsOfMembers()
	if len(b.things) != 1 || b.things[0].dim == nil || b.d.listing {
		return
	}
	b.things[0].marks |= markBy
	b.addMeasure(b.s.countRows(node{}, b.things[0].dim.Table))
	b.s.assume("count")
}

// barsOfMembers splits the rows that several members are named of by these: a pie chart of
// male and female customers.
func (b *builder) barsOfMembers() {
	if len(b.things) != 1 || b.things[0].table == nil || len(b.d.periods)+len(b.d.orderings) > 0 || b.d.listing {
		return
	}
	several := slices.DeleteFunc(slices.Clone(b.conds), func(c condition) bool {
		return c.dim == nil || c.dim.Table != b.things[0].table || c.test != nil || c.not || len(c.values) < 2
	})
	if len(several) != 1 {
		return
	}
	b.things[0] = thing{dim: several[0].dim, via: several[0].via}
}

// drawsBars reports whether a chart sets what results are split by side by side.
func drawsBars(chart string) bool { return chart == "bar" || chart == "column" || chart == "pie" }

// countsBars reports whether a chart shows how many there are where no measure
// is named.
func countsBars(chart string) bool {
	switch chart {
	case "bar", "column", "stacked", "grouped", "pie", "histogram", "treemap", "any":
		return true
	}
	return false
}
