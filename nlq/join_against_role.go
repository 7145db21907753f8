package nlq

import (
	"strings"

	"wenshu/semantic"
)

// takeAgainstRole reads "earn more than their manager" and "hired before their manager": a
// number or date of a row is tested against the same one of the row that it leads to. The
// test stands at node i, the role at node j.
func (s *sentence) takeAgainstRole(i, j int, c Compare, role thing) bool {
	if c.After || j < i || len(c.Args) > 0 || role.marks != 0 {
		return false
	}
	home, via := s.r.homeOfRole(role)
	if home == nil {
		return false
	}
	k := s.skip(i-1, -1)
	subject, named := s.thingAt(k)
	d := subject.dim
	if named = named && d != nil && d.Table == home && subject.via == "" && (isMeasurable(d) || isTime(d)); !named {
		var ok bool
		if d, ok = s.r.attributeByHints(home, c.Hints, ordered); !ok || len(c.Hints) == 0 || c.Flip {
			return false
		}
	}
	lo := i
	if named && s.participle(k) && k == i-1 {
		lo = k // hired before
	}
	other := s.r.nameOf(d, via)
	s.takeTest(lo, j, d, "", false, func(x semantic.Expr) semantic.Expr {
		return semantic.Binary{Op: c.Op, L: x, R: other}
	})
	return true
}

// homeOfRole is the table whose rows lead to others of it in a role, and the path to them;
// nil for any other thing.
func (r *Reader) homeOfRole(t thing) (*semantic.Table, string) {
	switch {
	case t.dim != nil && t.dim.Of != nil && t.dim.Of.To == t.dim.Table:
		return t.dim.Table, t.dim.Table.Name + "." + t.dim.Of.Name
	case t.table != nil && strings.HasPrefix(t.via, t.table.Name+".") && strings.Count(t.via, ".") == 1:
		return t.table, t.via
	}
	return nil, ""
}
