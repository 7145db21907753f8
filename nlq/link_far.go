package nlq

import (
	"cmp"
	"slices"
)

// bearings are the anchors of a sentence, and what they tell of how far other tables are
// wherever they stand: each table once, as a measure and as anything else.
type bearings struct {
	anchors []anchor // in the order of their nodes
	told    []bearing
}

// bearing is a table that is anchored, with how much nearer the rest is to it.
type bearing struct {
	table   int // of the graph
	measure bool
	node    int // of its only anchor; -1 where several anchor it
	nearer  int
}

func (s *sentence) bearings() bearings {
	b := bearings{anchors: s.anchors()}
	for _, a := range b.anchors {
		told := s.bearingOf(a)
		i := slices.IndexFunc(b.told, func(o bearing) bool { return o.table == told.table && o.measure == told.measure })
		switch {
		case i < 0:
			b.told = append(b.told, told)
		case b.told[i].node != a.node:
			b.told[i].node = -1
		}
	}
	return b
}

func (s *sentence) bearingOf(a anchor) bearing {
	told := bearing{table: s.r.graph.index(a.table), measure: a.measure, node: a.node}
	if a.measure {
		told.nearer = 1
	}
	return told
}

// seenFrom is what tells of how far things are that node i names: all that is told but
// by that node alone, and its neighbours, which draw nearer.
func (b bearings) seenFrom(s *sentence, i int) []bearing {
	var told []bearing
	for _, t := range b.told {
		if t.node != i {
			told = append(told, t)
		}
	}
	owner := s.listOwner(i)
	first, _ := slices.BinarySearchFunc(b.anchors, i-2, func(a anchor, node int) int { return cmp.Compare(a.node, node) })
	for _, a := range b.anchors[first:] {
		if a.node > i+2 && a.node > owner {
			break
		}
		if less := s.nearer(i, a, owner); less > 0 && a.node != i {
			near := s.bearingOf(a)
			near.nearer += less
			told = append(told, near)
		}
	}
	return told
}

// nearer is how much nearer an anchor is for standing beside node i; owner is of the list
// that starts there.
func (s *sentence) nearer(i int, a anchor, owner int) int {
	less := 0
	linked := a.node == i+2 && is[Linker](s, i+1) && !a.measure
	if a.node == i-1 || a.node == i+1 || a.node == i-2 && is[Glue](s, i-1) || a.node == i+2 && is[Glue](s, i+1) || linked || a.node == owner {
		less += 2
	}
	if linked {
		less += 2 // name and weight of the oldest dog
	}
	if s.owns(a.node, i) {
		less += 2 // no tie with the names of others
	}
	return less
}

// distances is what it costs that a name stands for each of its objects by how
// far they are, beyond the nearest of the same kind.
func (s *sentence) distances(i int, alts []alt, b bearings) []int {
	far := make([]int, len(alts))
	nearest := map[bool]int{}
	told := b.seenFrom(s, i)
	for k, a := range alts {
		far[k] = s.distance(a.object, told)
		member := a.object.Member != ""
		if least, ok := nearest[member]; !ok || far[k] < least {
			nearest[member] = far[k]
		}
	}
	for k, a := range alts {
		if least := nearest[a.object.Member != ""]; least < costUnrelated {
			far[k] -= least
		}
	}
	if len(alts) == 1 && alts[0].object.Metric != nil && s.leadsToAll(i, alts[0].object.Metric, b.anchors) {
		far[0] = 0 // a long way, but the name of nothing else
	}
	return far
}

// distance is what it costs that a name stands for an object that far from what
// the rest of the sentence speaks of.
func (s *sentence) distance(o Object, told []bearing) int {
	home := objectHome(o)
	if home == nil || len(told) == 0 {
		return 0
	}
	best, related := 0, false
	at := s.r.graph.index(home)
	for _, t := range told {
		d := s.r.graph.apart(t.table, at)
		if d < 0 && t.measure && o.Metric != nil {
			d = 1 // each is computed by itself, and they stand side by side
		}
		if d < 0 {
			continue
		}
		if d > 0 {
			d = costAway + d*costHop
		}
		if d -= t.nearer; !related || d < best {
			best, related = d, true
		}
	}
	if !related {
		return costUnrelated
	}
	return best
}

// owns reports whether the words say that what node i names belongs to the
// entity at node j: 公司的名称, the name of the instructor.
func (s *sentence) owns(j, i int) bool {
	if g, ok := s.glue(i - 1); ok && g.How == Has && j == i-2 {
		return true
	}
	if g, ok := s.glue(i + 1); ok && g.How == OfIt && j == i+2 {
		return true
	}
	return j == s.listOwner(i)
}

// listOwner returns the node of the entity that a list of attributes starting
// with node i belongs to: name and theme of the concerts; -1 when there is none.
func (s *sentence) listOwner(i int) int {
	j := i + 1
	for j+1 < len(s.nodes) && is[Linker](s, j) {
		for j < len(s.nodes) && is[Linker](s, j) {
			j++
		}
		if !is[names](s, j) {
			return -1
		}
		j++
	}
	if g, ok := s.glue(j); j > i+1 && ok && (g.How == OfIt || g.How == Loose) {
		return j + 1
	}
	return -1
}
