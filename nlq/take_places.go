package nlq

import (
	"slices"

	"wenshu/semantic"
)

// placesHeld reads 全国排名前5 and 口碑排名进前六 as a test where a column holds the places:
// those whose place is among the first, however many they are.
func (s *sentence) placesHeld() {
	for i := 1; i < len(s.nodes); i++ {
		m, ok := as[Top](s.nodes[i])
		if !ok || m.N == 0 || !m.Desc || m.Nth || len(m.Hints) > 0 || m.Count || s.text.At(s.nodes[i].from).Class != Han || !s.touches(i-1, i) {
			continue
		}
		t, ok := s.thingAt(i - 1)
		if !ok || t.dim == nil || t.has(markBy|markEach) || !isPlace(t.dim) {
			continue
		}
		at := s.nodes[i]
		s.sameTop(i, m)
		s.takeTest(i-1, i, t.dim, t.via, false, numberTest(semantic.Le, lits(Number{Value: semantic.IntValue(int64(m.N))})))
		if i--; s.onlyNames() { // they are listed in their order
			s.draft.orderings = append(s.draft.orderings, ordering{from: at.from, end: at.end, attribute: &t, only: true, given: true})
		}
	}
}

// sameTop drops what says those places once more behind node i: …前5的有哪些，把进前5的学科数列出来.
func (s *sentence) sameTop(i int, m Top) {
	for j := len(s.nodes) - 1; j > i+1; j-- {
		again, ok := as[Top](s.nodes[j])
		if ok && again.N == m.N && again.Desc && !again.Nth && len(again.Hints) == 0 && !again.Count && !((is[thing](s, j-1) || is[measure](s, j-1)) && s.touches(j-1, j)) {
			s.drop(j)
		}
	}
}

// onlyNames reports whether all that a sentence says are names and when: nothing is counted,
// measured or tested.
func (s *sentence) onlyNames() bool {
	for _, n := range s.nodes {
		switch n.means.(type) {
		case thing, names, members, Timed, Glue, Linker, Which, Listing, Noise:
		default:
			return false
		}
	}
	return len(s.draft.conditions) == 1
}

// dropPlacesSaid drops from what is said of the sentence before the order that says its places once
// more: …进入前5的有哪些？把进前5的学科数也列出来.
func (e *editor) dropPlacesSaid() {
	if !e.s.within {
		return
	}
	held := map[int64]bool{}
	for _, test := range semantic.Conjuncts(e.was.Where) {
		x, ok := test.(semantic.Binary)
		if !ok || x.Op != semantic.Le {
			continue
		}
		name, named := x.L.(semantic.Name)
		lit, literal := x.R.(semantic.Lit)
		if !named || !literal {
			continue
		}
		if d := e.r.dimensionOf(name); d != nil && isPlace(d) {
			held[lit.Value.Int()] = true
		}
	}
	e.d.orderings = slices.DeleteFunc(e.d.orderings, func(o ordering) bool { return o.limit > 0 && !o.nth && o.desc && held[int64(o.limit)] })
}
