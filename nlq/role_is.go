package nlq

import "wenshu/semantic"

// roleIs reads "whose manager is Ann", 直属上级是黄洁的员工 and 谁的上级是黄洁: a role over the
// same rows that is said to be one of them tests those that have the role, whatever else
// the name of that one tells.
func (s *sentence) roleIs() {
	for i := 0; i+2 < len(s.nodes); i++ {
		t, ok := s.thingAt(i)
		m, named := s.memberAt(i + 2)
		if !ok || !named || !is[Equals](s, i+1) || m.via != "" || m.not || !isDisplay(m.dim) || t.marks != 0 {
			continue
		}
		shown, via := s.r.shownByRole(t, m.dim)
		if shown == nil {
			continue
		}
		home := m.dim.Table
		m.dim, m.via = shown, via
		s.nodes[i+2].means = m
		s.drop(i + 1)
		s.ownerOfRole(i, home)
		return
	}
}

// shownByRole is the column that shows, of the row that a role leads to, what a column of a
// row of the same source holds, and the path to it; nil where the role leads elsewhere.
func (r *Reader) shownByRole(t thing, d *semantic.Dimension) (*semantic.Dimension, string) {
	if home, via := r.homeOfRole(t); home != nil && home == d.Table {
		return d, via
	}
	of := t.home()
	if of == nil || of == d.Table || of.Source != d.Table.Source || of.Warehouse != d.Table.Warehouse || t.dim != nil && !isDisplay(t.dim) {
		return nil, ""
	}
	for _, j := range d.Table.Joins {
		if j.To != of || j.Many {
			continue
		}
		for _, o := range of.Dimensions {
			if semantic.ExprString(o.Expr) == semantic.ExprString(d.Expr) {
				return o, ""
			}
		}
	}
	return nil, ""
}

// ownerOfRole lists those that have the role at node i where it is asked whose it is, and
// else drops the role, where they are named.
func (s *sentence) ownerOfRole(i int, home *semantic.Table) {
	before := i - 1
	if g, ok := s.glue(before); ok && g.How == Has {
		before--
	} else {
		before = i
	}
	if who, asked := s.whichAt(before); asked && who.What == Who {
		s.nodes[i].means = thing{table: home, marks: markListed}
		for range i - before {
			s.drop(before)
		}
		return
	}
	for j, n := range s.nodes {
		if t, ok := n.means.(thing); ok && j != i && s.r.entityOf(t) == home {
			if j == before {
				s.drop(i - 1)
				i--
			}
			s.drop(i)
			return
		}
	}
	s.nodes[i].means = thing{table: home}
}
