package nlq

import (
	"slices"

	"wenshu/semantic"
)

// doneOnes takes the verb of a clause of its own at node i for the date that says that it
// was done, where the rows it is said of have one of their own that not all have: invoices
// that have been paid by card. It reports whether it is such a verb; of several dates that
// it may be, none is guessed.
func (s *sentence) doneOnes(i int, v Verb) bool {
	from := s.nodes[i].from
	of := s.clauseOf(i)
	if v.Not || of == nil || len(s.draft.periods) > 0 {
		return false
	}
	var done []*semantic.Dimension
	least := byRows
	for _, h := range s.r.momentsAt(s.text, from, s.see) {
		switch {
		case h.dim.Table != of || h.dim == of.Time || h.rank > least || h.rank == byRows || h.end > from+1:
		case h.rank < least:
			done, least = []*semantic.Dimension{h.dim}, h.rank
		default:
			done = append(done, h.dim)
		}
	}
	if len(done) == 0 {
		return false
	}
	if len(done) > 1 {
		s.charge("a verb of several dates", costIdle, s.nodes[i])
		s.draft.idle = true
		return true
	}
	s.draft.conditions = append(s.draft.conditions, condition{dim: done[0], from: from, test: isThere})
	s.charge("a date that is there", costDerived, s.nodes[i])
	return true
}

// clauseOf is the entity that a clause is of whose verb stands at node i, behind no more than
// what opens it: that have been, which were; nil for none.
func (s *sentence) clauseOf(i int) *semantic.Table {
	at, opened := s.nodes[i].from-1, false
	for at >= 0 && (saying[s.normAt(at)] || s.normAt(at) == "been" || relativeWords[s.normAt(at)]) {
		opened = opened || relativeWords[s.normAt(at)]
		at--
	}
	for j := i - 1; opened && j >= 0; j-- {
		if s.nodes[j].end == at+1 {
			of, _ := s.nounAt(j)
			return of
		}
	}
	return nil
}

// saysOnlyDate reports whether the date t at node i is all that a clause of its own says of
// its rows, and no period follows that it might be the date of.
func (s *sentence) saysOnlyDate(i int, t thing) bool {
	if !is[Linker](s, i+1) || s.clauseOf(i) != t.dim.Table {
		return false
	}
	return !slices.ContainsFunc(s.nodes[i:], func(n node) bool {
		switch n.means.(type) {
		case Timed, Grained:
			return true
		}
		return false
	})
}
