package nlq

import "slices"

// leaveOut reads what does not count by what is said of it: ignoring games without an
// opening, skip the payments whose method wasn't noted. The noun of what is asked for
// anyway is dropped, so that the word that leaves out stands before what is said.
func (s *sentence) leaveOut() {
	for i := 0; i+1 < len(s.nodes); i++ {
		n, ok := s.negation(i)
		if !ok || n.Before || n.Kept || !leavingOut[s.normAt(s.nodes[i].from)] && !leavingOut[s.normAt(s.nodes[i].end-1)] {
			continue
		}
		s.onlyLeftOut(i)
		noun, named := s.thingAt(i + 1)
		if !named || noun.table == nil || noun.via != "" || noun.marks != 0 {
			continue
		}
		said := i + 2
		if r, ok := as[Relative](s.nodes[min(said, len(s.nodes)-1)]); ok && said+1 < len(s.nodes) {
			said++
			if r.Whose && !is[Empty](s, said) && !is[Empty](s, said+1) {
				continue
			}
		}
		if e, ok := s.emptyAt(said); ok && !e.Not {
			if t, ok := s.thingAt(said + 1); !ok || t.dim == nil || t.dim.Table != noun.table {
				continue
			}
			if given, ok := s.emptyAt(said + 2); ok && given.Not {
				s.drop(said + 2) // with no opening recorded
			}
		} else if t, ok := s.thingAt(said); !ok || t.dim == nil || t.dim.Table != noun.table || !is[Empty](s, said+1) {
			continue
		}
		s.nodes = append(s.nodes[:i+1], s.nodes[said:]...)
		if is[Linker](s, i-1) {
			s.drop(i - 1)
		}
	}
}

// onlyLeftOut marks the noun behind a state that leaves rows out, node i, as one that only
// carries it, where a number is asked for: the amount per category, leaving out rush orders,
// is no amount per order.
func (s *sentence) onlyLeftOut(i int) {
	state := i + 1
	for is[members](s, state+1) || is[phrased](s, state+1) {
		state++
	}
	noun, ok := s.thingAt(state + 1)
	if !is[members](s, state) && !is[phrased](s, state) || !ok || noun.table == nil || noun.marks != 0 || state+2 < len(s.nodes) {
		return
	}
	if slices.ContainsFunc(s.nodes[:i], func(n node) bool { _, ok := n.means.(measure); return ok }) {
		s.markAt(state+1, markLink)
	}
}

// leavingOut begin or close the words by which rows do not count.
var leavingOut = setOf("excluding exclude ignoring ignore skip skipping omit omitting disregard disregarding leaving leave counting out considering including except aside apart")

// addLeftOut finds words that leave out what stands between them: leaving cancelled orders
// out, keep returns aside.
func (l *lattice) addLeftOut() {
	for at := range l.text.Tokens {
		if !keptApart[l.text.At(at).Norm] {
			continue
		}
		for end := at + 2; end < min(at+8, len(l.text.Tokens)) && l.text.At(end).Class != Mark; end++ {
			norm := l.text.At(end).Norm
			if next := l.text.At(end + 1); norm != "out" && norm != "aside" || next.Norm != "" && next.Class != Mark {
				continue
			}
			l.starts[at] = append(l.starts[at], mention{from: at, end: at + 1, means: Noise{}, cost: costNoise})
			l.starts[end] = append(l.starts[end], mention{from: end, end: end + 1, means: Negation{Before: true}, cost: costMention})
			break
		}
	}
}

var keptApart = setOf("leaving leave left keeping keep taking take putting put setting set")
