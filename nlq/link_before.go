package nlq

import (
	"slices"

	"wenshu/semantic"
)

// askedBefore is the named entity that a sentence before node i asks which of: which
// garden has the most gardeners? Give its name. Nil for none.
func (s *sentence) askedBefore(i int) *semantic.Table {
	if s.subject != nil {
		return s.subject
	}
	for j := range i {
		w, asks := as[Which](s.nodes[j])
		if !asks || w.What != WhichOne || !s.sentenceEnds(j, i) {
			continue
		}
		for k := j + 1; k < i; k++ {
			t, named := s.thingAt(k)
			if !named {
				continue
			}
			if of := s.r.entityOf(t); of != nil && len(of.Display) > 0 && !of.Display[0].Key {
				return of
			}
			return nil
		}
	}
	return nil
}

// subjectOf is the named entity that the sentence before, of the same message, lists or
// splits by first; nil for none.
func (a *attempt) subjectOf() *semantic.Table {
	if !a.q.within || len(a.q.Prior) == 0 || a.q.Prior[0].Query == nil {
		return nil
	}
	var of *semantic.Table
	switch q := a.q.Prior[0].Query; {
	case q.List != nil:
		of = tableNamed(a.r.model, q.List.From)
	case len(q.By) > 0:
		name, ok := q.By[0].Expr.(semantic.Name)
		if !ok {
			return nil
		}
		if of = tableNamed(a.r.model, name.Path[0]); of == nil || len(name.Path) > 1 {
			if d := a.r.dimensionOf(name); d != nil && (isDisplay(d) || d.Key) {
				of = d.Table
			}
		}
	}
	if of == nil || len(of.Display) == 0 || of.Display[0].Key {
		return nil
	}
	return of
}

// shownBefore are the columns that the sentence before, of the same message, is split by.
func (a *attempt) shownBefore() []*semantic.Dimension {
	if !a.q.within || len(a.q.Prior) == 0 || a.q.Prior[0].Query == nil {
		return nil
	}
	var shown []*semantic.Dimension
	for _, g := range a.q.Prior[0].Query.By {
		if name, ok := g.Expr.(semantic.Name); ok {
			if d := a.r.dimensionOf(name); d != nil {
				shown = append(shown, d)
			}
		}
	}
	return shown
}

// ownedBySome reports whether the words give what node i names to an entity.
func (s *sentence) ownedBySome(i int, anchors []anchor) bool {
	return slices.ContainsFunc(anchors, func(a anchor) bool { return !a.measure && s.owns(a.node, i) })
}

// sentenceEnds reports whether a sentence ends between nodes i and j.
func (s *sentence) sentenceEnds(i, j int) bool {
	for at := s.nodes[i].end; at < s.nodes[j].from; at++ {
		if endsSentence(s.text, at) {
			return true
		}
	}
	return false
}
