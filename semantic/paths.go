package semantic

import "slices"

// The bounds of the search for paths.
const (
	maxReach     = 32   // joins in a path that Path finds
	maxPathSteps = 8    // joins in a path that Paths lists
	maxPaths     = 16   // paths listed between two tables
	maxPathWork  = 4096 // partial paths looked at
)

// route is the shortest way between two tables: one path, or several of equal
// length, which is ambiguous.
type route struct {
	steps int
	paths [][]*Join
}

// leadsOn reports whether a path may go on over the join: to one row of
// another table.
func (j *Join) leadsOn() bool { return j.To != nil && !j.Many && j.To != j.From }

// counts reports whether rows of a table have what the join wants of the rows that
// are counted.
func (j *Join) counts(home *Table) bool {
	return !slices.ContainsFunc(j.With, func(p ColumnPair) bool { return !home.knows(p.From) })
}

// knows reports a physical column that the model speaks of.
func (t *Table) knows(column string) bool {
	_, ok := t.Column(column)
	return ok
}

// Path returns the shortest way over many-to-one joins, at most 32, from one
// table to another. Of a table to itself it is empty. When several are equally short,
// path is nil and ambiguous lists them, at most 16; ok is false when there is
// none. The caller must not change the slices.
func (m *Model) Path(from, to *Table) (path []*Join, ambiguous [][]*Join, ok bool) {
	if from == to {
		return nil, nil, from != nil
	}
	r := m.index().route(from, to)
	switch {
	case r == nil:
		return nil, nil, false
	case len(r.paths) > 1:
		return nil, r.paths, false
	}
	return r.paths[0], nil, true
}

// route returns the shortest way, or nil.
func (n *names) route(from, to *Table) *route {
	s := n.seats[from]
	if s == nil {
		return nil
	}
	s.once.Do(func() { s.routes = routes(from) })
	return s.routes[to]
}

// routes walks breadth first from a table over many-to-one joins.
func routes(from *Table) map[*Table]*route {
	steps := map[*Table]int{from: 0}
	last := map[*Table][]*Join{} // the last joins of shortest paths
	for queue := []*Table{from}; len(queue) > 0; queue = queue[1:] {
		t := queue[0]
		for _, j := range t.Joins {
			if !j.leadsOn() || !j.counts(from) || steps[t] == maxReach {
				continue
			}
			if known, seen := steps[j.To]; !seen {
				steps[j.To] = steps[t] + 1
				queue = append(queue, j.To)
			} else if known != steps[t]+1 {
				continue
			}
			last[j.To] = append(last[j.To], j)
		}
	}
	found := make(map[*Table]*route, len(last))
	for t := range last {
		found[t] = &route{steps: steps[t], paths: shortest(from, t, last)}
	}
	return found
}

// shortest lists the shortest paths, at most maxPaths, in order of the joins.
func shortest(from, to *Table, last map[*Table][]*Join) [][]*Join {
	if from == to {
		return [][]*Join{nil}
	}
	var paths [][]*Join
	for _, j := range last[to] {
		if len(paths) >= maxPaths {
			break
		}
		for _, head := range shortest(from, j.From, last) {
			paths = append(paths, append(slices.Clip(head), j))
		}
	}
	return paths[:min(len(paths), maxPaths)]
}

// Paths lists the many-to-one paths between two tables that pass no table
// twice, shortest first, at most 16 of at most 8 joins.
func (m *Model) Paths(from, to *Table) [][]*Join {
	if from == nil || to == nil {
		return nil
	}
	var found [][]*Join
	queue := [][]*Join{nil}
	for work := 0; len(queue) > 0 && work < maxPathWork && len(found) < maxPaths; work++ {
		path := queue[0]
		queue = queue[1:]
		end := from
		if len(path) > 0 {
			end = path[len(path)-1].To
		}
		if end == to {
			found = append(found, path)
			continue
		}
		if len(path) == maxPathSteps {
			continue
		}
		for _, j := range end.Joins {
			if j.leadsOn() && j.counts(from) && !passes(path, from, j.To) {
				queue = append(queue, append(slices.Clip(path), j))
			}
		}
	}
	return found
}

// passes reports whether a path from a table has been at t.
func passes(path []*Join, from, t *Table) bool {
	return t == from || slices.ContainsFunc(path, func(j *Join) bool { return j.To == t })
}

// pathNames spells a path from a table: orders.ship_to.
func pathNames(from *Table, path []*Join) []string {
	names := []string{from.Name}
	for _, j := range path {
		names = append(names, j.Name)
	}
	return names
}
