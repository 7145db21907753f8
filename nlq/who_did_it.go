package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// whoDidIt reads "which film won, and who directed it": who did something to what is asked for
// already is shown beside it. Where nothing tells who that was, it refuses: what is asked for
// is no more than half of it.
func (s *sentence) whoDidIt() {
	for i := 1; i < len(s.nodes); i++ {
		end, verbs := s.doneToIt(i)
		if end == 0 {
			continue
		}
		doer := s.doerOfIt(i, verbs)
		if doer == nil {
			s.charge("who did it is not known", costIdle, node{from: s.nodes[i].from, end: end})
			s.draft.idle = true
			return
		}
		behind := i + 1
		for behind < len(s.nodes) && s.nodes[behind].from < end {
			behind++
		}
		s.nodes[i] = node{s.nodes[i].from, end, thing{dim: doer}}
		s.nodes = slices.Delete(s.nodes, i+1, behind)
	}
}

// doneToIt returns the token behind a clause at node i that asks who did something to what
// was named, and its verbs; 0 where none stands there.
func (s *sentence) doneToIt(i int) (end int, verbs []string) {
	at := s.nodes[i].from
	if s.normAt(at) != "who" || !is[Linker](s, i-1) || s.nodes[i-1].end != at {
		return 0, nil
	}
	for at++; at < len(s.text.Tokens) && len(verbs) < 3; at++ {
		norm := s.normAt(at)
		if itself[norm] {
			if len(verbs) == 0 {
				return 0, nil
			}
			for at+2 < len(s.text.Tokens) && s.normAt(at+1) == "of" && itself[s.normAt(at+2)] {
				at += 2 // each of them
			}
			at++
			if next := s.text.At(at); at < len(s.text.Tokens) && next.Class != Mark && next.Norm != "and" {
				return 0, nil
			}
			return at, verbs
		}
		if s.text.At(at).Class != Word || !auxiliary[norm] && beforeNoun[norm] {
			return 0, nil
		}
		if !auxiliary[norm] {
			verbs = append(verbs, norm)
		}
	}
	return 0, nil
}

var (
	itself     = setOf("it them each these those him her")
	auxiliary  = setOf("has have had is was are were did does do")
	beforeNoun = setOf("a an the in on at by for with more most")
)

// doerOfIt is the one column of what is named before node i that says who did something: the
// one that is called after the verb or after who does such a thing, or the only people that
// it belongs to, where the verb says no more than that; nil for none or several.
func (s *sentence) doerOfIt(i int, verbs []string) *semantic.Dimension {
	for _, n := range s.nodes[:i] {
		t := s.r.tableMeant(n)
		if t == nil {
			continue
		}
		var people, called []*semantic.Dimension
		for _, d := range t.Dimensions {
			if d.Of == nil || d.Of.To == t || !namesPeople(d.Of.To) && !s.r.isPeople(d.Of.To) {
				continue
			}
			people = append(people, d)
			if s.doerCalled(d, verbs) {
				called = append(called, d)
			}
		}
		switch {
		case len(called) == 1:
			return called[0]
		case len(people) == 0:
			continue
		case len(called) == 0 && len(people) == 1 && slices.ContainsFunc(verbs, func(v string) bool { return doersOf[v] != "" }):
			return people[0]
		}
		return nil
	}
	return nil
}

// tableMeant is what a node is about: an entity, what its rows are called or of which kind
// they are; nil for none.
func (r *Reader) tableMeant(n node) *semantic.Table {
	switch m := n.means.(type) {
	case thing:
		return m.home()
	case members:
		return m.dim.Table
	case measure:
		return m.home()
	}
	return nil
}

// doerCalled reports whether a column of people, or these, are called after what they do.
func (s *sentence) doerCalled(d *semantic.Dimension, verbs []string) bool {
	for _, word := range normsOf(strings.ToLower(d.Names.Label.EN + " " + d.Of.To.Names.Label.EN)) {
		for _, v := range verbs {
			if slices.Contains(strings.Fields(doersOf[v]), word) {
				return true
			}
			for _, base := range append(s.r.bases(v), v) {
				if stem := strings.TrimSuffix(base, "e"); len(stem) >= 3 && base != word && strings.HasPrefix(word, stem) {
					return true
				}
			}
		}
	}
	return false
}

// doersOf are those who do something, where they are not called after it. A verb that is here
// says no more than that things are theirs.
var doersOf = func() map[string]string {
	of := map[string]string{}
	for verbs, doers := range map[string]string{
		"wrote writes written penned":          "author writer composer poet",
		"made makes created creates":           "artist author creator maker director producer designer potter",
		"owns own owned owning":                "owner proprietor holder",
		"directed directs":                     "director",
		"painted paints":                       "artist painter",
		"composed composes":                    "composer",
		"designed designs built builds":        "designer architect builder engineer",
		"leads lead led leading guides":        "leader guide head captain manager",
		"runs run ran manages manage managed":  "manager head leader owner",
		"hosts host hosted presents presented": "host presenter moderator",
		"teaches teach taught":                 "teacher instructor lecturer professor tutor",
		"coaches coached trains trained":       "coach trainer",
		"commanded commands":                   "captain commander",
	} {
		for _, v := range strings.Fields(verbs) {
			of[v] = doers
		}
	}
	return of
}()
