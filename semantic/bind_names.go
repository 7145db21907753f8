package semantic

import (
	"slices"
	"strings"
)

// target is what a name in a query means from one home table: a dimension and
// the way to it.
type target struct {
	dim   *Dimension
	table *Table // the table the dimension sits in
	path  []step
}

func dotted(n Name) string { return strings.Join(n.Path, ".") }

// isSince reports the name of the periods since an entity's first act.
func isSince(n Name) bool { return len(n.Path) == 1 && n.Path[0] == "since" }

func isTime(n Name) bool { return len(n.Path) == 1 && n.Path[0] == "time" }

// dimension finds the dimension that a name means as seen from some homes: the
// one that most homes reach on the shortest way. A tie is AmbiguousName. An
// unknown name, and one that the viewer may not know, is UnknownDimension.
func (b *binder) dimension(n Name, homes []*Table) *Dimension {
	if d, ok := b.alongJoins(n); ok {
		return d
	}
	found := b.visibleDimensions(n)
	switch len(found) {
	case 0:
		b.failUnknown(n)
		return nil
	case 1:
		return found[0]
	}
	best, bestCost, tie := found[0], 1<<30, false
	for _, d := range found {
		cost := b.distance(d, homes)
		switch {
		case cost < bestCost:
			best, bestCost, tie = d, cost, false
		case cost == bestCost && d.Canonical() != best.Canonical():
			tie = true
		}
	}
	if tie {
		names := make([]string, len(found))
		for i, d := range found {
			names[i] = d.Table.Name + "." + d.Name
		}
		b.fail(Problem{Code: AmbiguousName, Name: dotted(n), Near: names})
		return nil
	}
	return best
}

func (b *binder) visibleDimensions(n Name) []*Dimension {
	dims, _, _ := b.view.Lookup(n)
	var seen []*Dimension
	for _, d := range dims {
		if !b.view.Hidden(d) {
			seen = append(seen, d)
		}
	}
	return seen
}

func (b *binder) failUnknown(n Name) {
	b.fail(Problem{Code: UnknownDimension, Name: dotted(n), Near: b.view.Nearest(dotted(n), 3)})
}

// distance adds the join steps from every home. A home that cannot reach the
// dimension many-to-one counts 100, or less when the dimension's table leads to
// the home: it is a bridge from there.
func (b *binder) distance(d *Dimension, homes []*Table) int {
	total := 0
	for _, h := range homes {
		if h == d.Table {
			continue
		}
		if joins, others, ok := b.model.Path(h, d.Table); ok {
			total += len(joins)
		} else if len(others) > 0 {
			total += len(others[0])
		} else if back, others, ok := b.model.Path(d.Table, h); ok || len(others) > 0 {
			total += 50 + max(len(back), len(others))
		} else {
			total += 100
		}
	}
	return total
}

// alongJoins reads table.join.join.dimension. ok is false when the name has no
// such form.
func (b *binder) alongJoins(n Name) (*Dimension, bool) {
	if len(n.Path) < 3 {
		return nil, false
	}
	path, at := b.joinPath(n)
	if at == nil || len(path) == 0 {
		return nil, false
	}
	last := n.Path[len(n.Path)-1]
	for _, d := range at.Dimensions {
		if d.Name == last && !b.view.Hidden(d) {
			return d, true
		}
	}
	return nil, false
}

// joinPath follows the joins that a name of three or more parts spells out.
func (b *binder) joinPath(n Name) ([]step, *Table) {
	at := b.model.Table(n.Path[0])
	if at == nil {
		return nil, nil
	}
	var path []step
	for _, part := range n.Path[1 : len(n.Path)-1] {
		j := joinNamed(at, part)
		if j == nil {
			return nil, nil
		}
		path = append(path, step{join: j})
		at = j.To
	}
	return path, at
}

func joinNamed(t *Table, name string) *Join {
	for _, j := range t.Joins {
		if j.Name == name {
			return j
		}
	}
	return nil
}

// from finds the way from a home to a dimension that a name means; for a
// dimension of another warehouse, to a conformed one that the home reaches.
func (b *binder) from(home *Table, n Name, d *Dimension) (target, bool) {
	if len(n.Path) >= 3 {
		if path, at := b.joinPath(n); at == d.Table {
			if root := b.model.Table(n.Path[0]); root != nil {
				lead, ok := b.pathTo(home, root)
				return target{dim: d, table: at, path: append(append([]step{}, lead...), path...)}, ok
			}
		}
	}
	if home.Warehouse == d.Table.Warehouse {
		if path, ok := b.pathTo(home, d.Table); ok {
			return target{dim: d, table: d.Table, path: path}, true
		}
		if b.failed() {
			return target{}, false
		}
	}
	for _, twin := range b.twins(d) {
		if twin.Table.Warehouse != home.Warehouse || b.view.Hidden(twin) {
			continue
		}
		if b.reaches(home, twin.Table) {
			path, ok := b.pathTo(home, twin.Table)
			return target{dim: twin, table: twin.Table, path: path}, ok
		}
	}
	return target{}, false
}

// twins lists the dimensions conformed with d, in file order.
func (b *binder) twins(d *Dimension) []*Dimension {
	var same []*Dimension
	for _, other := range b.model.index().conforming(b.model)[d.Canonical()] {
		if other != d {
			same = append(same, other)
		}
	}
	return same
}

// conforming are the dimensions that are conformed with others, by the one that all of
// them are, in file order.
func (n *names) conforming(m *Model) map[*Dimension][]*Dimension {
	n.sameOnce.Do(func() {
		roots := map[*Dimension]bool{}
		for _, t := range m.Tables {
			for _, d := range t.Dimensions {
				if d.Same != nil {
					roots[d.Canonical()] = true
				}
			}
		}
		n.same = map[*Dimension][]*Dimension{}
		for _, t := range m.Tables {
			for _, d := range t.Dimensions {
				if root := d.Canonical(); roots[root] {
					n.same[root] = append(n.same[root], d)
				}
			}
		}
	})
	return n.same
}

// entity returns the table that a bare name counts or groups by, nil for none.
func (b *binder) entity(n Name) *Table {
	_, tables, _ := b.view.Lookup(n)
	if len(tables) == 1 && !tables[0].Hidden {
		return tables[0]
	}
	return nil
}

// metric returns the visible metric of that name, nil for none.
func (b *binder) metric(n Name) *Metric {
	if len(n.Path) != 1 {
		return nil
	}
	m := b.model.Metric(n.Path[0])
	if m == nil || b.view.HiddenMetric(m) {
		return nil
	}
	return m
}

// nearMetrics offers the visible metrics whose names or labels are nearest.
func (b *binder) nearMetrics(name string) []string {
	var names []string
	for _, m := range b.view.Metrics() {
		names = append(names, m.Name)
	}
	near := nearest(name, names)
	for _, other := range b.view.Nearest(name, 3) {
		if len(near) < 3 && b.model.Metric(other) != nil && !slices.Contains(near, other) {
			near = append(near, other)
		}
	}
	return near
}
