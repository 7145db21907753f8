package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// whoDid reads 谁验的单最多: who is asked for are those whom the acts behind the verb name,
// by the column that is called after the verb or the only one of people.
func (s *sentence) whoDid() {
	s.whoDidIt()
	for i := 0; i+2 < len(s.nodes); i++ {
		w, ok := s.whichAt(i)
		if !ok || w.What != Who || s.text.At(s.nodes[i].from).Class != Han || s.whoOfActs(i) || !is[Verb](s, i+1) {
			continue
		}
		at := i + 2
		if g, glued := s.glue(at); glued && g.How == Has {
			at++
		}
		acts, named := s.thingAt(at)
		top, ranked := Top{}, at+1 < len(s.nodes)
		if ranked {
			top, ranked = as[Top](s.nodes[at+1])
		}
		if !named || acts.table == nil || acts.marks != 0 || !ranked || !top.Count {
			continue
		}
		v, _ := s.verbAt(i + 1)
		told, tells := s.r.toldActs(v)
		if doer := s.doerOf(acts.table, s.verbStem(i+1), !tells || told == nil || told == acts.table); doer != nil {
			s.nodes[i].means = thing{dim: doer, marks: markWhich}
			s.nodes = slices.Delete(s.nodes, i+1, at)
			return
		}
	}
}

// whoOfActs reads 谁上门次数最多, where the acts are named by a noun right behind who: who is
// asked for are those who did them.
func (s *sentence) whoOfActs(i int) bool {
	acts, named := s.thingAt(i + 1)
	top, ranked := as[Top](s.nodes[min(s.skip(i+2, 1), len(s.nodes)-1)])
	if !named || !ranked || !top.Count || acts.table == nil || acts.marks != 0 || s.r.isPeople(acts.table) {
		return false
	}
	doer := s.doerOf(acts.table, "", true)
	if doer == nil {
		s.charge("who did it is not known", costIdle, s.nodes[i])
		s.draft.idle = true
		return true
	}
	s.nodes[i].means = thing{dim: doer, marks: markWhich}
	return true
}

// doerOf is the one column of some acts that says who did them: called by a character of
// the verb, or else, where the verb may be of these acts, the only one there is; nil for none
// or several.
func (s *sentence) doerOf(acts *semantic.Table, stem string, own bool) *semantic.Dimension {
	var all, called []*semantic.Dimension
	for _, d := range acts.Dimensions {
		people := d.Of != nil && s.r.isPeople(d.Of.To)
		if !people && !(d.Of == nil && d.Type.Kind == semantic.Text && doers[lastRune(d.Names.Label.ZH)]) {
			continue
		}
		all = append(all, d)
		if strings.ContainsAny(d.Names.Label.ZH, stem) {
			called = append(called, d)
		}
	}
	switch {
	case len(called) == 1:
		return called[0]
	case len(called) == 0 && len(all) == 1 && own:
		return all[0]
	}
	return nil
}

// doers are characters that close the names of columns of who did something.
var doers = map[string]bool{"人": true, "员": true, "师": true, "工": true, "者": true}

func lastRune(text string) string {
	runes := []rune(text)
	if len(runes) == 0 {
		return ""
	}
	return string(runes[len(runes)-1])
}
