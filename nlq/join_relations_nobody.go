package nlq

import (
	"slices"

	"wenshu/semantic"
)

// relationOfNobody reads "skills nobody has" and "add-ons nobody bought": things that the
// only rows that lead straight to them do not name, where the verb says no more than that
// somebody has them. It reports whether it was taken out.
func (s *sentence) relationOfNobody(i int) bool {
	n, ok := s.negation(i)
	if !ok || n.Before || !s.saysNobody(i) {
		return false
	}
	last := i
	if v, verb := s.verbAt(i + 1); verb {
		if v.through != nil || v.Not || !holdsAny[s.text.At(s.nodes[i+1].end-1).Norm] && !(len(v.Hints) > 0 && v.Hints[0] == "order") {
			return false
		}
		last = i + 1
	} else if !holdsAny[s.text.At(s.nodes[i].end-1).Norm] {
		return false
	}
	owner, named := s.thingAt(i - 1)
	if behind := s.skip(last+1, 1); !named || owner.home() == nil || s.standsAlone(owner) || behind < len(s.nodes) && !is[Timed](s, behind) && !is[Linker](s, behind) {
		return false
	}
	var acts []*semantic.Table
	for _, t := range s.r.model.Tables {
		if s.r.graph.hops(t, owner.home()) > 0 {
			acts = append(acts, t)
		}
	}
	of := onlyStraight(s.r, owner.home(), acts)
	if v, verb := s.verbAt(last); verb && last > i {
		if told := s.r.hinted(acts, v.Hints); told != nil {
			of = told
		}
	}
	if of == nil {
		return false
	}
	s.relate(relation{owner: owner.home(), of: of, not: true, from: s.nodes[i].from, act: s.nodes[last].from, end: s.nodes[last].end})
	s.markAt(i-1, markListed)
	s.nodes = slices.Delete(s.nodes, i, last+1)
	return true
}

// saysNobody reports whether node i denies that anybody did something.
func (s *sentence) saysNobody(i int) bool {
	return s.text.holds("nobody", s.nodes[i].from, s.nodes[i].end) || s.text.holds("noone", s.nodes[i].from, s.nodes[i].end) || s.text.holds("one", s.nodes[i].from, s.nodes[i].end)
}

// holdsAny are verbs that only say that somebody has something to do with it.
var holdsAny = map[string]bool{
	"has": true, "have": true, "had": true, "holds": true, "hold": true, "held": true, "uses": true, "use": true, "used": true, "owns": true, "own": true, "owned": true,
	"takes": true, "take": true, "took": true, "taken": true, "chose": true, "chosen": true, "picked": true, "wanted": true, "assigned": true,
}

// onlyStraight is the only one of some tables that leads straight to an entity; nil for
// none or several.
func onlyStraight(r *Reader, owner *semantic.Table, tables []*semantic.Table) *semantic.Table {
	var found *semantic.Table
	for _, t := range tables {
		if t == owner || r.graph.hops(t, owner) != 1 {
			continue
		}
		if found != nil {
			return nil
		}
		found = t
	}
	return found
}
