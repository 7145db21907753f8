package nlq

import (
	"slices"

	"wenshu/semantic"
)

// ofEach leaves out the rows that lead to none of the entities each of which is listed
// first, itself or by an attribute: beside each team stand riders of a team, and what
// nobody wrote was written in no town. Results that are merely split (riders by team, how
// many in each team) keep those rows.
func (b *builder) ofEach() {
	if !b.s.listsEach() {
		return
	}
	for _, t := range b.things {
		if there := b.entityOfEach(t); there != nil {
			b.restrict(semantic.IsNull{X: b.r.nameOf(there, ""), Not: true})
		}
	}
}

// listsEach reports whether a sentence asks for each of something before all else: show
// each town and, return each manager's name.
func (s *sentence) listsEach() bool {
	if len(s.eaches) == 0 || s.eaches[0] > 6 {
		return false
	}
	each := s.eaches[0] - 1
	switch s.normAt(0) {
	case "show", "list", "return", "give", "display", "name", "find":
		before := s.normAt(each - 1)
		return each == 1 || before == "of" && slices.ContainsFunc(s.nodes, func(n node) bool {
			t, ok := n.means.(thing)
			return ok && n.from >= each && t.has(markEach) && (t.table != nil || isDisplay(t.dim))
		})
	}
	return false
}

func (b *builder) entityOfEach(t thing) *semantic.Dimension {
	of := t.home()
	if !t.has(markEach) || t.timed || t.via != "" || of == nil || of == b.home || b.home == nil || b.d.zeros || len(b.d.shows) > 0 {
		return nil
	}
	joins := b.r.graph.path(b.home, of)
	if len(joins) == 0 || slices.ContainsFunc(b.measures, func(m measure) bool { return m.home() != b.home || len(m.over) > 0 }) {
		return nil
	}
	there := b.r.existence(of)
	if there == nil || slices.ContainsFunc(b.conds, func(c condition) bool { return c.dim == there }) {
		return nil
	}
	return there
}

// existence is the dimension that every row of a table has a value of: its key, or
// what is shown of it; nil for none.
func (r *Reader) existence(t *semantic.Table) *semantic.Dimension {
	for _, d := range t.Dimensions {
		if d.Key {
			return d
		}
	}
	if len(t.Display) > 0 {
		return t.Display[0]
	}
	return nil
}
