package nlq

import (
	"slices"

	"wenshu/semantic"
)

// itemOf reports whether a column tells apart the items of the entity that node k
// counts: tickets with more than one tag.
func (s *sentence) itemOf(k int, t thing) bool {
	if k < 0 || t.dim == nil || t.marks != 0 || t.dim.Of != nil || !inKey(t.dim) || t.dim.Type.Kind != semantic.Text {
		return false
	}
	var of *semantic.Table
	switch m := s.nodes[k].means.(type) {
	case measure:
		if s.r.isCount(m) {
			of = m.home()
		}
	case thing:
		of = m.table
	}
	return of != nil && of != t.dim.Table && s.r.graph.hops(t.dim.Table, of) >= 1
}

// inKey reports whether a column is part of its table's key, so that each row has
// another value beside the rest of the key.
func inKey(d *semantic.Dimension) bool {
	return slices.ContainsFunc(d.Table.Keys, func(key []string) bool { return slices.Contains(key, d.Name) })
}
