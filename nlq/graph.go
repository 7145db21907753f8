package nlq

import "wenshu/semantic"

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
// ones in file order. Only tables at the least distance are given.
func (g *graph) links(a, b *semantic.Table) []*semantic.Table {
	best := -1
	var found []*semantic.Table
	for _, t := range g.tables {
		da, db := g.hops(t, a), g.hops(t, b)
		if da < 0 || db < 0 || t == a || t == b {
			continue
		}
		if d := da + db; best < 0 || d < best {
			best, found = d, nil
		}
		if da+db == best {
			found = append(found, t)
		}
	}
	return found
}
