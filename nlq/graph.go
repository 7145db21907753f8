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
	shared [][]int8 // shared[a][b]: joins from the nearest table that leads to both; -1 for none
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
	g.share()
	return g
}

// share finds how near a table is that leads to two.
func (g *graph) share() {
	g.shared = make([][]int8, len(g.tables))
	for a := range g.shared {
		g.shared[a] = slices.Repeat([]int8{-1}, len(g.tables))
	}
	for from, dist := range g.dist {
		var reached []int
		for to, d := range dist {
			if d >= 0 && to != from {
				reached = append(reached, to)
			}
		}
		for _, a := range reached {
			for _, b := range reached {
				if sum := dist[a] + dist[b]; g.shared[a][b] < 0 || sum < g.shared[a][b] {
					g.shared[a][b] = sum
				}
			}
		}
	}
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

// index is the number of a table; -1 for one of another model.
func (g *graph) index(t *semantic.Table) int {
	if i, ok := g.id[t]; ok {
		return i
	}
	return -1
}

// apart is how far the tables of two numbers are from each other in either direction, or over
// a table that leads to both; the latter counts three more. -1 is unrelated.
func (g *graph) apart(x, y int) int {
	switch {
	case x < 0 || y < 0:
		return -1
	case g.dist[x][y] >= 0:
		return int(g.dist[x][y])
	case g.dist[y][x] >= 0:
		return int(g.dist[y][x]) + 1
	case g.shared[x][y] >= 0:
		return int(g.shared[x][y]) + 3
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
