package nlq

import "slices"

// distances is what it costs that a name stands for each of its objects by how
// far they are, beyond the nearest of the same kind.
func (s *sentence) distances(i int, alts []alt, anchors []anchor) []int {
	far := make([]int, len(alts))
	nearest := map[bool]int{}
	telling := s.tellingApart(i, anchors)
	for k, a := range alts {
		far[k] = s.distance(i, a.object, telling)
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
	if len(alts) == 1 && alts[0].object.Metric != nil && s.leadsToAll(i, alts[0].object.Metric, anchors) {
		far[0] = 0 // a long way, but the name of nothing else
	}
	return far
}

// tellingApart are the anchors that decide how far a name at node i is: those near
// it, and of all others one for each table.
func (s *sentence) tellingApart(i int, anchors []anchor) []anchor {
	if len(anchors) <= fewAlts {
		return anchors
	}
	owner := s.listOwner(i)
	var telling []anchor
	for _, a := range anchors {
		near := a.node >= i-2 && a.node <= i+2 || a.node == owner
		if near || !slices.ContainsFunc(telling, func(b anchor) bool {
			return b.table == a.table && b.measure == a.measure && b.node != i
		}) {
			telling = append(telling, a)
		}
	}
	return telling
}

// distance is what it costs that a name stands for an object that far from what
// the sentence speaks of.
func (s *sentence) distance(i int, o Object, anchors []anchor) int {
	home := objectHome(o)
	if home == nil || len(anchors) == 0 {
		return 0
	}
	best, related := 0, false
	for _, a := range anchors {
		if a.node == i {
			continue
		}
		d := s.r.graph.apart(a.table, home)
		if d < 0 && a.measure && o.Metric != nil {
			d = 1 // each is computed by itself, and they stand side by side
		}
		if d < 0 {
			continue
		}
		if d > 0 {
			d = costAway + d*costHop
		}
		if a.measure {
			d--
		}
		if a.node == i-1 || a.node == i+1 || a.node == i-2 && is[Glue](s, i-1) || a.node == i+2 && (is[Glue](s, i+1) || is[Linker](s, i+1) && !a.measure) || a.node == s.listOwner(i) {
			d -= 2
		}
		if a.node == i+2 && is[Linker](s, i+1) && !a.measure {
			d -= 2 // name and weight of the oldest dog
		}
		if s.owns(a.node, i) {
			d -= 2 // no tie with the names of others
		}
		if !related || d < best {
			best, related = d, true
		}
	}
	if !related && othersThan(anchors, i) {
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

func othersThan(anchors []anchor, i int) bool {
	for _, a := range anchors {
		if a.node != i {
			return true
		}
	}
	return false
}
