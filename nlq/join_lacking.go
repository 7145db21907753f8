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
