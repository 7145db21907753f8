package nlq

import "slices"

// eachOwner reads 每座水电站的名称、坝型和所在流域 as rows of what each was said of: what stands
// behind 的 is one of its attributes, by which nothing is split. All that is named must belong to
// it.
func (b *builder) eachOwner() {
	if all := len(b.s.text.Tokens); b.d.present.Chart != "" || !b.s.text.holds("每", 0, all) && !b.s.text.holds("各", 0, all) {
		return // what is drawn is split
	}
	at := -1
	for i, t := range b.things {
		if t.timed || t.has(markBy) || t.table != nil && t.has(markEach) && at < 0 {
			return
		}
		if t.has(markEach) && at < 0 {
			at = i
		}
	}
	if at < 0 {
		return
	}
	home := b.things[at].home()
	owned := false
	if !slices.ContainsFunc(b.things, func(t thing) bool { return t.dim == nil || !isMeasurable(t.dim) }) {
		return // numbers alone are added up for each
	}
	for _, o := range b.d.owners {
		owned = owned || o.table == home
	}
	for _, t := range b.things {
		owned = owned && t.table != home && b.r.graph.hops(home, t.home()) >= 0
	}
	if !owned {
		return
	}
	for i := range b.things {
		b.things[i].marks &^= markEach
	}
	b.things = append([]thing{{table: home, marks: markEach}}, b.things...)
}

// eachWas reports whether the word at node i only says that what stands before it is shown of
// each of the rows that are listed: the year each was built.
func (s *sentence) eachWas(i int) bool {
	t, ok := s.thingAt(i - 1)
	switch s.normAt(s.nodes[i].end) {
	case "was", "were", "is", "are":
	default:
		return false
	}
	return ok && t.dim != nil && s.touchesWord(i-1, i) && s.draft.listing && !slices.ContainsFunc(s.nodes, func(n node) bool {
		switch n.means.(type) {
		case Count, Agg, measure:
			return true
		}
		return false
	})
}
