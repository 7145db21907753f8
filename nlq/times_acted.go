package nlq

import (
	"slices"

	"wenshu/semantic"
)

// timesActed reads how often something was done to whatever of its kind: museums that
// borrowed paintings more than ten times have more than ten loans. Where the acts are not
// known, how often is not either.
func (s *sentence) timesActed() {
	for i := 1; i+2 < len(s.nodes); i++ {
		v, ok := s.verbAt(i)
		dated, done := s.thingAt(i)
		if done = done && dated.dim != nil && isTime(dated.dim) && s.participle(i); done {
			ok = true // fired, which is when it was
		}
		object, named := s.thingAt(i + 1)
		if !ok || v.Not || v.through != nil || !named || object.table == nil || object.via != "" || !is[Compare](s, i+2) || !countsActs[s.text.At(s.nodes[i+2].end-1).Norm] || s.text.At(s.nodes[i].from).Class != Word {
			continue
		}
		at := i - 1
		for at > 0 && (is[Relative](s, at) || is[Equals](s, at) || is[Which](s, at)) {
			at--
		}
		owner, who := s.thingAt(at)
		if !who || owner.table == nil || owner.via != "" || owner.table == object.table {
			continue
		}
		acts := s.actsOften(owner.table, object.table, i)
		if done {
			acts = dated.dim.Table
			if s.r.graph.hops(acts, owner.table) < 1 || s.r.graph.hops(acts, object.table) < 1 {
				continue
			}
		}
		if acts == nil {
			s.charge("how often what was done is not known", costIdle, s.nodes[i+2])
			s.draft.idle = true
			continue
		}
		v.through = acts
		s.nodes[i].means = v
		s.drop(i + 1)
		s.nodes = slices.Delete(s.nodes, at+1, i)
	}
}

// actsOften are the acts of an entity, done to an object as often as one likes, that the verb
// at node i is of: those called so, the only ones between the two, or the object itself where
// there are none.
func (s *sentence) actsOften(owner, object *semantic.Table, i int) *semantic.Table {
	if called := s.actOfVerb(owner, object, i, i+1); called != nil {
		return called
	}
	links := slices.DeleteFunc(slices.Clone(s.r.graph.links(owner, object)), func(t *semantic.Table) bool { return t == object })
	switch {
	case len(links) == 1:
		return links[0]
	case len(links) == 0 && s.r.graph.hops(object, owner) >= 1:
		return object
	}
	return s.r.actCalled(s.verbStems(i), links)
}
