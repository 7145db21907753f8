package nlq

import "wenshu/semantic"

// takeActedOn reads 采购过至少20种药品的医院, 采购药品超过20种的医院 and 在3家以上医院用过的药品: what
// is bounded is how many different ones of an entity somebody acted on, by the acts that the
// verb names. The test stands at nodes i to j.
func (s *sentence) takeActedOn(i, j int, op semantic.Op, args []Number) bool {
	if len(args) == 0 || countsActs[args[0].Unit] || s.unitOfMoney(args) || s.text.At(s.nodes[i].from).Class == Word {
		return false
	}
	for _, at := range []struct{ verb, object, first, last int }{{i - 1, j + 1, i - 1, j + 1}, {i - 2, i - 1, i - 2, j}, {j + 2, j + 1, i, j + 2}} {
		t, named := s.thingAt(at.object)
		if !is[Verb](s, at.verb) || !named || t.table == nil || t.marks&^markObject != 0 || t.via != "" || !s.touchAll(at.first, at.last) {
			continue
		}
		noun := at.last + 1
		if g, glued := s.glue(noun); glued && g.How == Has {
			noun++
		} else if s.text.At(s.nodes[at.last].end-1).Norm != "的" {
			continue
		}
		who, behind := s.thingAt(noun)
		if !behind {
			continue
		}
		owner := s.r.entityOf(who)
		if d := s.roleOfActs(at.verb, t.table, owner); d != nil {
			s.outcome(at.first, at.last, outcome{measure: measure{dim: d, agg: "count_distinct"}, op: op, args: s.countsOf(at.last, args), acts: true})
			return true
		}
		if owner != nil && s.r.graph.hops(t.table, owner) < 0 && len(s.r.graph.links(owner, t.table)) > 1 {
			s.charge("acts of several kinds", costIdle, s.nodes[at.verb])
			s.draft.idle = true
		}
	}
	return false
}

// roleOfActs is what leads from the acts of the verb at a node to what they are on, where
// each of them has somebody who did it as well; nil for none, or several.
func (s *sentence) roleOfActs(verb int, object, owner *semantic.Table) *semantic.Dimension {
	v, ok := s.verbAt(verb)
	if !ok || v.Not || owner == nil || owner == object || s.text.At(s.nodes[verb].from).Class != Han {
		return nil
	}
	links := s.r.graph.links(owner, object)
	acts := s.actSaid(verb, links)
	switch {
	case v.through != nil:
		acts = v.through
	case len(v.Hints) > 0:
		acts = s.r.hinted(links, v.Hints)
	case acts == nil && len(links) == 1:
		acts = links[0]
	}
	if acts == nil || s.r.graph.hops(acts, owner) < 1 {
		return nil
	}
	if roles := leadsTo(acts, object); len(roles) == 1 {
		return roles[0]
	}
	return nil
}

// touchAll reports whether nothing stands between the nodes from first to last.
func (s *sentence) touchAll(first, last int) bool {
	if first < 0 || last >= len(s.nodes) {
		return false
	}
	for k := first; k < last; k++ {
		if !s.touches(k, k+1) {
			return false
		}
	}
	return true
}
