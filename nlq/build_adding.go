package nlq

import (
	"slices"

	"wenshu/semantic"
)

// addsUp reports whether the most of a column of acts is that of all acts of what is
// ranked, where no single act is meant: the film with the highest box office has it
// from all its screenings.
func (b *builder) addsUp(o ordering, ranked *semantic.Table) bool {
	d := o.attribute.dim
	if !o.super || !o.desc || d.Sum != "sum" || !isMeasurable(d) || ranked == nil || b.r.graph.hops(d.Table, ranked) < 1 {
		return false
	}
	return !slices.ContainsFunc(b.s.text.Tokens, func(t Token) bool { return singleActs[t.Norm] })
}

// singleActs are words that mean one act of many.
var singleActs = map[string]bool{"single": true, "individual": true, "one": true, "ever": true, "单": true, "次": true, "biggest": true, "largest": true, "大": true}
