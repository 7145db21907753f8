package nlq

import (
	"slices"

	"wenshu/semantic"
)

// doneBehind returns the acts of the verb right behind node i, whose doer it names,
// and who the model says does them; nil where none is known.
func (s *sentence) doneBehind(i int) (acts, doer *semantic.Table) {
	behind := s.skip(i+1, 1)
	for is[Timed](s, behind) {
		behind = s.skip(behind+1, 1)
	}
	if behind >= len(s.nodes) {
		return nil, nil
	}
	switch m := s.nodes[behind].means.(type) {
	case phrased:
		return m.phrase.Through, m.phrase.On
	case Verb:
		if m.through == nil && len(m.Hints) > 0 {
			return s.r.hinted(s.r.model.Tables, m.Hints), nil
		}
		return m.through, nil
	}
	return nil, nil
}

// mayDo reports whether an object may be who did acts: the one who does, or what
// they lead to where nobody is known.
func (s *sentence) mayDo(acts, doer *semantic.Table, o Object) bool {
	home := objectHome(o)
	if home == nil || o.Metric != nil || o.Member != "" {
		return true
	}
	far := s.r.graph.hops(acts, home)
	return home == doer || far >= 0 && (doer == nil || far < s.r.graph.hops(acts, doer))
}

// listedWith reports whether node i is a member listed behind another one of its
// dimension, which has been charged for being far from the rest.
func (s *sentence) listedWith(i int, o Object) bool {
	before, ok := s.memberAt(i - 2)
	return ok && o.Member != "" && is[Linker](s, i-1) && before.dim == o.Dimension
}

// speaksOf reports whether another name of the sentence than node i may stand for
// the rows of a table.
func (s *sentence) speaksOf(i int, t *semantic.Table) bool {
	for j, n := range s.nodes {
		switch m := n.means.(type) {
		case names:
			if j != i && slices.ContainsFunc(m.alts, func(a alt) bool {
				return a.object.Table == t || a.object.Member == "" && a.object.Dimension != nil && a.object.Dimension.Table == t && isDisplay(a.object.Dimension)
			}) {
				return true
			}
		case thing:
			if m.table == t || m.dim != nil && m.dim.Table == t && isDisplay(m.dim) {
				return true
			}
		}
	}
	return false
}
