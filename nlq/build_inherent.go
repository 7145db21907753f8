package nlq

import "slices"

// heights are what the highest of things in a place has most of.
var heights = []string{"elevation", "altitude", "height", "海拔", "高度"}

// strengths are what the strongest of things has most of.
var strengths = []string{"strength", "abv", "alcohol", "power", "intensity", "酒精度", "强度", "功率"}

// inherently are the names of what a superlative of things says by itself that they have
// most of; nil for one that says nothing.
func (b *builder) inherently(o ordering) []string {
	switch norm := b.s.text.At(o.end - 1).Norm; {
	case b.saysHeight(o):
		return heights
	case norm == "strongest" || norm == "weakest":
		return strengths
	}
	return nil
}

// hasInherently reports whether a thing has a number of its own that a superlative says by
// itself: the strongest beer is not the one that sells best.
func (b *builder) hasInherently(o ordering, t thing) bool {
	hints := b.inherently(o)
	if hints == nil || t.table == nil {
		return false
	}
	_, ok := b.r.attributeByHints(t.table, hints, isMeasurable)
	return ok
}

// doneSomehow reports whether a verb that names no acts says what is done: the parts that
// are burnt through are not the largest.
func (b *builder) doneSomehow() bool {
	return slices.ContainsFunc(b.d.verbs, func(v verbAt) bool { return len(v.verb.Hints) == 0 && v.verb.through == nil })
}

// saysHeight reports whether a superlative is of how high something is, where its
// entity is nothing that happened: the highest airport, not the highest orders.
func (b *builder) saysHeight(o ordering) bool {
	norm := b.s.text.At(o.end - 1).Norm
	return (norm == "highest" || norm == "lowest") && b.home != nil && b.home.Time == nil
}
