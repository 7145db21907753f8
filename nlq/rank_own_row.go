package nlq

import "slices"

// rowsOfExtremes reads "the tool with the minimum price" as the row that has it, as
// "the lowest price" would: an extreme behind what is said to have it ranks that.
func (s *sentence) rowsOfExtremes() {
	for i := 2; i+1 < len(s.nodes); i++ {
		a, ok := as[Agg](s.nodes[i])
		g, with := s.glue(i - 1)
		if !ok || a.Before || a.Func != "max" && a.Func != "min" || !with || g.How != With || s.text.At(s.nodes[i].from).Class != Word {
			continue
		}
		number, _ := s.thingAt(i + 1)
		has, _ := s.thingAt(i - 2)
		if number.dim == nil || !isMeasurable(number.dim) && !isTime(number.dim) || has.home() != number.dim.Table || is[GroupMark](s, i-3) {
			continue
		}
		if has.table != nil || slices.ContainsFunc(s.draft.owners, func(o thing) bool { return o.table == has.dim.Table }) {
			s.nodes[i].means = Top{Desc: a.Func == "max"}
		}
	}
}

// asksOfOneRow reports whether what is asked for is said to be that of the one that a
// superlative tells: the city of the tournament with the highest fund, 面积最小的高校的类型.
// It is no kind whose rows are taken together.
func (b *builder) asksOfOneRow(o ordering, asked thing) bool {
	return slices.ContainsFunc(b.s.nodes, func(n node) bool {
		t, ok := n.means.(thing)
		if !ok || !t.same(asked) || !slices.ContainsFunc(b.d.owners, func(own thing) bool { return own.table == t.dim.Table }) {
			return false
		}
		if b.s.text.At(n.from).Class == Word {
			return b.s.holds(n, "of") && !isPlural(b.s.normAt(n.end-1)) && b.s.saidToHave(n.end, o.from)
		}
		return b.s.holds(n, "的") && (n.from == o.end || n.from == o.end+1 && b.s.normAt(o.end) == "的")
	})
}

// holds reports whether a word stands inside a node.
func (s *sentence) holds(n node, norm string) bool {
	for at := n.from; at < n.end; at++ {
		if s.normAt(at) == norm {
			return true
		}
	}
	return false
}

// saidToHave reports whether the words from one token on, with, that has, say that what
// stands before them has what stands at or right behind the other.
func (s *sentence) saidToHave(from, at int) bool {
	switch s.normAt(from) {
	case "with", "having":
		return at >= from && at <= from+2
	case "that", "which", "who":
		return (s.normAt(from+1) == "has" || s.normAt(from+1) == "had") && at >= from && at <= from+3
	}
	return false
}
