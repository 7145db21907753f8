package nlq

import "wenshu/semantic"

// lacking tests for rows of an entity that belong to none of those that it leads
// to by one join: students without an advisor, 没有部门的员工.
func (r *Reader) lacking(owner *semantic.Table, whole thing) (condition, bool) {
	if owner == nil || whole.table == nil || r.graph.hops(whole.table, owner) >= 0 {
		return condition{}, false
	}
	var found *semantic.Join
	for _, j := range owner.Joins {
		if j.To != whole.table || j.Many || len(j.On) != 1 || whole.via != "" && whole.via != owner.Name+"."+j.Name {
			continue
		}
		if found != nil {
			return condition{}, false
		}
		found = j
	}
	if found == nil {
		return condition{}, false
	}
	c := condition{
		dim:  &semantic.Dimension{Name: found.On[0].From, Table: owner},
		test: func(x semantic.Expr) semantic.Expr { return semantic.IsNull{X: x} },
	}
	for _, d := range owner.Dimensions {
		if d.Of == found {
			c.dim = d
		}
	}
	return c, true
}

// havingRole reads 有直属上级的员工: those who have one. A role before its entity that
// nothing else is said of would pass for a word that changes nothing.
func (s *sentence) havingRole() {
	for i := 0; i+2 < len(s.nodes); i++ {
		t, ok := s.thingAt(i)
		from := s.nodes[i].from
		if !ok || t.marks != 0 || s.text.At(from-1).Norm != "有" || deniesHaving[s.text.At(from-2).Norm] {
			continue
		}
		noun := i + 2
		for is[members](s, noun) {
			noun++ // 有直属上级的女员工
		}
		g, glued := s.glue(i + 1)
		owner, named := s.thingAt(noun)
		if !glued || g.How != Has || !named || owner.table == nil {
			continue
		}
		role := roleOf(owner.table, t)
		if role == nil {
			continue
		}
		first := i
		if i > 0 && s.nodes[i-1].from == from-1 {
			first--
		}
		s.draft.conditions = append(s.draft.conditions, condition{dim: role, from: from, test: isThere})
		s.nodes = append(s.nodes[:first], s.nodes[i+2:]...)
		i = first
	}
}

// roleOf is the dimension of a table that a thing names as what its rows lead to;
// nil when it is none.
func roleOf(owner *semantic.Table, t thing) *semantic.Dimension {
	for _, d := range owner.Dimensions {
		if d.Of != nil && (d == t.dim || t.table != nil && t.via == owner.Name+"."+d.Of.Name) {
			return d
		}
	}
	return nil
}

// deniesHaving are the characters before 有 that deny it.
var deniesHaving = map[string]bool{"没": true, "未": true, "无": true, "只": true}
