package nlq

import "slices"

// countCompared counts the one entity of a sentence that compares periods and names
// nothing else that could be compared: flights this week vs last.
func (b *builder) countCompared() {
	if len(b.measures) > 0 || len(b.d.versus) == 0 || b.d.listing || len(b.d.orderings) > 0 {
		return
	}
	at := -1
	for i, t := range b.things {
		switch {
		case t.timed || t.marks&(markBy|markEach) != 0:
		case t.table == nil || at >= 0:
			return
		default:
			at = i
		}
	}
	if at < 0 {
		return
	}
	b.addMeasure(b.s.countRows(node{}, b.things[at].table))
	b.things = slices.Delete(slices.Clone(b.things), at, at+1)
	b.s.assume("count")
}
