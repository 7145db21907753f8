package nlq

import (
	"slices"

	"wenshu/semantic"
)

// maxHops bounds the length of a join path that the reader considers.
const maxHops = 6

// graph knows how tables hang together by many-to-one joins.
type graph struct {
	tables []*semantic.Table
	id     map[*semantic.Table]int
	dist   [][]int8 // dist[a][b]: joins from a to b; -1 for no path
}

func newGraph(m *semantic.Model) *graph {
	g := &graph{tables: m.Tables, id: map[*semantic.Table]int{}}
	for i, t := range m.Tables {
		g.id[t] = i
	}
	g.dist = make([][]int8, len(m.Tables))
	for i := range m.Tables {
		g.dist[i] = g.reach(i)
	}
	return g
}

// reach is a breadth-first walk along many-to-one joins.
func (g *graph) reach(from int) []int8 {
	dist := make([]int8, len(g.tables))
	for i := range dist {
		dist[i] = -1
	}
	dist[from] = 0
	queue := []int{from}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if dist[at] == maxHops {
			continue
		}
		for _, j := range g.tables[at].Joins {
			to, known := g.id[j.To]
			if j.Many || !known || dist[to] >= 0 {
				continue
			}
			dist[to] = dist[at] + 1
			queue = append(queue, to)
		}
	}
	return dist
}

// hops returns the joins from one table up to another, many to one; -1 when
// there is no path.
func (g *graph) hops(from, to *semantic.Table) int {
	if from == nil || to == nil {
		return -1
	}
	a, okA := g.id[from]
	b, okB := g.id[to]
	if !okA || !okB {
		return -1
	}
	return int(g.dist[a][b])
}

// apart is how far two tables are from each other in either direction, or over
// a table that leads to both; the latter counts three more. -1 is unrelated.
func (g *graph) apart(a, b *semantic.Table) int {
	if d := g.hops(a, b); d >= 0 {
		return d
	}
	if d := g.hops(b, a); d >= 0 {
		return d + 1
	}
	if links := g.links(a, b); len(links) > 0 {
		return g.hops(links[0], a) + g.hops(links[0], b) + 3
	}
	return -1
}

// links returns the tables that lead many-to-one to both, nearest first, equal
// ones in file order. A table that only gets there through another link is left
// out.
func (g *graph) links(a, b *semantic.Table) []*semantic.Table {
	var found []*semantic.Table
	for _, t := range g.tables {
		if t != a && t != b && g.hops(t, a) >= 0 && g.hops(t, b) >= 0 {
			found = append(found, t)
		}
	}
	through := func(t *semantic.Table) bool {
		return slices.ContainsFunc(found, func(o *semantic.Table) bool {
			return o != t && g.hops(t, o) > 0 && g.hops(t, a) == g.hops(t, o)+g.hops(o, a) && g.hops(t, b) == g.hops(t, o)+g.hops(o, b)
		})
	}
	direct := slices.DeleteFunc(slices.Clone(found), through)
	slices.SortStableFunc(direct, func(x, y *semantic.Table) int {
		return g.hops(x, a) + g.hops(x, b) - g.hops(y, a) - g.hops(y, b)
	})
	return direct
}
