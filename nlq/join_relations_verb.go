package nlq

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// relationOfVerbBefore reads a denied verb without an object before the entity
// it describes: 没有被借阅过的图书. It reports whether it was taken out.
func (s *sentence) relationOfVerbBefore(i int) bool {
	v, ok := s.verbAt(i)
	if !ok || len(v.Hints) > 0 || v.through != nil {
		return false
	}
	g, glued := s.glue(i + 1)
	noun := s.describedNoun(i + 2)
	owner, named := s.thingAt(noun)
	first, not, having := s.having(i + 1)
	if !glued || g.How != Has || !named || owner.table == nil || !having || !not || first == i && !v.Not {
		return false
	}
	of := s.actsSaid(i, owner.table)
	if of == nil {
		return false
	}
	s.relate(relation{owner: owner.table, of: of, not: true, from: s.nodes[first].from, act: s.nodes[i].from, end: s.nodes[i].end})
	s.markAt(noun, markListed)
	s.nodes = append(s.nodes[:first], s.nodes[i+2:]...)
	return true
}

// relationOfParticiple reads a participle right before the noun that it was done to, where a
// noun begins: the average age of all inspected ships. It reports whether it was taken out.
func (s *sentence) relationOfParticiple(i int) bool {
	v, ok := s.verbAt(i)
	done, named := s.thingAt(i + 1)
	if !ok || v.Not || v.Money || v.through != nil || !named || done.table == nil || done.via != "" || !s.touchesWord(i, i+1) || !s.participle(i) {
		return false
	}
	if g, of := s.glue(i - 1); !of || g.How != OfIt {
		return false
	}
	var acts []*semantic.Table
	for _, t := range s.r.model.Tables {
		if !t.Hidden && s.r.graph.hops(t, done.table) == 1 {
			acts = append(acts, t)
		}
	}
	of := s.r.actCalled(s.verbStems(i), acts)
	if of == nil {
		of = s.r.hinted(acts, v.Hints)
	}
	if of == nil {
		return false
	}
	s.relate(relation{owner: done.table, of: of, from: s.nodes[i].from, act: s.nodes[i].from, end: s.nodes[i].end})
	s.drop(i)
	return true
}

// actsSaid returns the acts of an entity that a Chinese verb at node i names: those
// called by its words, or the only ones there are; nil when that leaves several.
func (s *sentence) actsSaid(i int, owner *semantic.Table) *semantic.Table {
	said := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
	if said == "有" || said == "有过" {
		return nil
	}
	var acts, called []*semantic.Table
	for _, t := range s.r.model.Tables {
		if t.Hidden || s.r.graph.hops(t, owner) < 1 {
			continue
		}
		if calledByAct(t, said, strings.TrimRight(said, "过了")) {
			called = append(called, t)
		}
		acts = append(acts, t)
	}
	if len(called) > 0 {
		acts = called
	}
	if len(acts) != 1 {
		return nil
	}
	return acts[0]
}

// actSaid returns the one of some tables that is called by the Chinese verb at node i;
// nil for none or several.
func (s *sentence) actSaid(i int, tables []*semantic.Table) *semantic.Table {
	if !is[Verb](s, i) || s.text.At(s.nodes[i].from).Class != Han {
		return nil
	}
	said := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
	act := strings.TrimRight(said, "过了")
	if act == "有" || act == "" {
		return nil
	}
	var found *semantic.Table
	for _, t := range tables {
		if !calledByAct(t, said, act) {
			continue
		}
		if found != nil {
			return nil
		}
		found = t
	}
	return found
}

// calledByAct reports whether a table or one of its dates is called by an act: of loans
// with a 借出日期 there are those that were 借出.
func calledByAct(t *semantic.Table, said, act string) bool {
	for _, name := range append([]string{t.Names.Label.ZH}, t.Names.Synonyms...) {
		if name != "" && name[0] >= utf8.RuneSelf && (strings.HasPrefix(said, name) || strings.HasPrefix(name, act)) {
			return true
		}
	}
	return slices.ContainsFunc(t.Dimensions, func(d *semantic.Dimension) bool {
		return isTime(d) && len(act) >= len("借出") && strings.HasPrefix(d.Names.Label.ZH, act)
	})
}
