package nlq

import (
	"strings"

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
	owner, named := s.thingAt(i + 2)
	first, not, having := s.having(i + 1)
	if !glued || g.How != Has || !named || owner.table == nil || !having || !not || first == i && !v.Not {
		return false
	}
	of := s.actsSaid(i, owner.table)
	if of == nil {
		return false
	}
	s.relate(relation{owner: owner.table, of: of, not: true, from: s.nodes[first].from, act: s.nodes[i].from, end: s.nodes[i].end})
	s.markAt(i+2, markListed)
	s.nodes = append(s.nodes[:first], s.nodes[i+2:]...)
	return true
}

// actsSaid returns the acts of an entity that a Chinese verb at node i names: those
// called by its words, or the only ones there are; nil when that leaves several.
func (s *sentence) actsSaid(i int, owner *semantic.Table) *semantic.Table {
	said := s.text.Norm(s.nodes[i].from, s.nodes[i].end)
	if said == "有" || said == "有过" {
		return nil
	}
	var acts []*semantic.Table
	for _, t := range s.r.model.Tables {
		if t.Hidden || s.r.graph.hops(t, owner) < 1 {
			continue
		}
		if label := t.Names.Label.ZH; label != "" && (strings.HasPrefix(said, label) || strings.HasPrefix(label, strings.TrimRight(said, "过了"))) {
			return t
		}
		acts = append(acts, t)
	}
	if len(acts) != 1 {
		return nil
	}
	return acts[0]
}
