package semantic

import (
	"slices"
	"strings"
)

// step is one join taken on a path: along a many-to-one join, or against one
// (Back), which multiplies rows.
type step struct {
	join *Join
	back bool
}

func (s step) to() *Table {
	if s.back {
		return s.join.From
	}
	return s.join.To
}

func (s step) pairs() []ColumnPair {
	if !s.back {
		return s.join.On
	}
	turned := make([]ColumnPair, len(s.join.On))
	for i, p := range s.join.On {
		turned[i] = ColumnPair{From: p.To, To: p.From}
	}
	return turned
}

func (s step) many() bool { return s.back || s.join.Many }

func pathKey(path []step) string {
	var b strings.Builder
	for _, s := range path {
		if s.back {
			b.WriteByte('<')
		} else {
			b.WriteByte('>')
		}
		b.WriteString(s.join.From.Name + "." + s.join.Name)
	}
	return b.String()
}

func pathText(from *Table, path []step) string {
	var b strings.Builder
	b.WriteString(from.Name)
	for _, s := range path {
		if s.back {
			b.WriteString(" < " + s.join.From.Name)
		} else {
			b.WriteString("." + s.join.Name)
		}
	}
	return b.String()
}

func multiplies(path []step) bool {
	for _, s := range path {
		if s.many() {
			return true
		}
	}
	return false
}

// pathTo finds the way from a table to another: the one shortest many-to-one
// path, else the one shortest path that goes against joins. It fails with
// AmbiguousPath when several are equally short; ok is false when there is none.
func (b *binder) pathTo(from, to *Table) (path []step, ok bool) {
	if from == to {
		return nil, true
	}
	joins, others, found := b.model.Path(from, to)
	if found {
		return forward(joins), true
	}
	if len(others) > 0 {
		b.failAmbiguous(from, to, others)
		return nil, false
	}
	ways := throughParts(b.waysBack(from, to))
	if len(ways) == 0 {
		return nil, false
	}
	if len(ways) > 1 {
		texts := make([]string, len(ways))
		for i, w := range ways {
			texts[i] = pathText(from, w)
		}
		b.fail(Problem{Code: AmbiguousPath, Name: to.Name, Detail: from.Name, Near: texts})
		return nil, false
	}
	return ways[0], true
}

// reaches reports whether a many-to-one path leads from one table to another.
func (b *binder) reaches(from, to *Table) bool {
	if from == to {
		return true
	}
	_, others, ok := b.model.Path(from, to)
	return ok || len(others) > 0
}

func forward(joins []*Join) []step {
	path := make([]step, len(joins))
	for i, j := range joins {
		path[i] = step{join: j}
	}
	return path
}

func (b *binder) failAmbiguous(from, to *Table, ways [][]*Join) {
	texts := make([]string, len(ways))
	for i, w := range ways {
		texts[i] = pathText(from, forward(w))
	}
	b.fail(Problem{Code: AmbiguousPath, Name: to.Name, Detail: from.Name, Near: texts})
}

// waysBack lists the shortest paths that multiply rows: to the things that belong
// to the home (against joins from the start on), and through declared bridges
// (many-joins, and hidden tables that lead on to something else). Going forward
// to a shared thing and back to whatever else shares it would relate what has
// nothing to do with each other, such as a region's target and its provinces,
// and is no path. Breadth first, within one warehouse, at most six steps.
func (b *binder) waysBack(from, to *Table) [][]step {
	const longest = 6
	level := [][]step{nil}
	seen := map[*Table]int{from: 0}
	for n := 1; n <= longest && len(level) > 0; n++ {
		var next, found [][]step
		for _, path := range level {
			at := from
			if len(path) > 0 {
				at = path[len(path)-1].to()
			}
			for _, s := range b.stepsFrom(at) {
				t := s.to()
				if !mayFollow(path, s, to) {
					continue
				}
				if d, old := seen[t]; old && d < n {
					continue
				}
				seen[t] = n
				way := append(append([]step{}, path...), s)
				if t == to {
					found = append(found, way)
				} else {
					next = append(next, way)
				}
			}
		}
		if len(found) > 0 {
			return found
		}
		level = next
	}
	return nil
}

// throughParts keeps the one of several ways that begins with what the home is made of:
// the categories of an order are those of its lines, not of the refunds that came later.
func throughParts(ways [][]step) [][]step {
	var made [][]step
	for _, way := range ways {
		if first := way[0]; first.back && isPart(first.join) {
			made = append(made, way)
		}
	}
	if len(ways) > 1 && len(made) == 1 {
		return made
	}
	return ways
}

// isPart reports whether the rows of a join's table are parts of what it leads to: they
// are told apart by its key and something of their own, such as the number of a line. A
// table that is told apart by its joins alone links equals.
func isPart(j *Join) bool {
	return slices.ContainsFunc(j.From.Keys, func(key []string) bool {
		return len(key) > len(j.On) && !slices.ContainsFunc(j.On, func(p ColumnPair) bool { return !slices.Contains(key, p.From) }) &&
			slices.ContainsFunc(key, func(column string) bool { return !j.From.joinsBy(column) })
	})
}

// joinsBy reports whether a column is that of a join to another table.
func (t *Table) joinsBy(column string) bool {
	return slices.ContainsFunc(t.Joins, func(j *Join) bool {
		return slices.ContainsFunc(j.On, func(p ColumnPair) bool { return p.From == column })
	})
}

// mayFollow reports whether a path to a table may go on with the step. From
// something shared it goes back to a bridge alone, and leaves that by another
// join than it came by.
func mayFollow(path []step, next step, to *Table) bool {
	if allBack(path) {
		return true
	}
	if last := path[len(path)-1]; last.back && !allBack(path[:len(path)-1]) {
		return !next.back && next.join != last.join
	}
	return !next.back || next.to().Hidden && next.to() != to
}

// allBack reports whether a path has only gone to what belongs to its start.
func allBack(path []step) bool {
	for _, s := range path {
		if !s.many() {
			return false
		}
	}
	return true
}

func (b *binder) stepsFrom(t *Table) []step {
	var steps []step
	for _, j := range t.Joins {
		if j.To.Warehouse == t.Warehouse && j.With == nil {
			steps = append(steps, step{join: j})
		}
	}
	for _, other := range b.model.Tables {
		if other.Warehouse != t.Warehouse {
			continue
		}
		for _, j := range other.Joins {
			if j.To == t && !j.Many && j.With == nil {
				steps = append(steps, step{join: j, back: true})
			}
		}
	}
	return steps
}
