package nlq

import "slices"

// relationBeside reads "clubs that have players from Japan but no players from India": a
// second clause of having or lacking, behind one whose acts are described, each with
// tests of its own.
func (s *sentence) relationBeside(i int) bool {
	act, ok := s.thingAt(i)
	n := len(s.draft.relations)
	if !ok || act.table == nil || act.marks&^markFilter != 0 || n == 0 {
		return false
	}
	last := s.draft.relations[n-1]
	first, not, having := s.having(i)
	links := s.linksBefore(first)
	if !having || links == first || act.table != last.of || not == last.not || !s.describesActs(last, links) {
		return false
	}
	s.relate(relation{owner: last.owner, dim: last.dim, of: act.table, not: not, apart: true, from: s.nodes[first].from, act: s.nodes[i].from, end: s.nodes[i].end})
	s.nodes = slices.Delete(s.nodes, links, i+1)
	return true
}

// describesActs reports whether all that stands between a clause and node end describes
// its acts, and something does.
func (s *sentence) describesActs(rel relation, end int) bool {
	described := false
	for j := end - 1; j >= 0 && s.nodes[j].from >= rel.end; j-- {
		switch m := s.nodes[j].means.(type) {
		case members:
			described = described || m.dim.Table == rel.of
		case thing:
			if m.dim == nil || m.dim.Table != rel.of || m.marks&^markFilter != 0 {
				return false
			}
		case Compare, BetweenMark, Timed, quoted, number:
			described = true
		case Glue, Relative, Equals, Linker:
		default:
			return false
		}
	}
	return described
}
