package nlq

import "wenshu/semantic"

// hintedNear is the number of the nearest entity that an adjective tells; nil for none.
func (s *sentence) hintedNear(i int, hints []string) *semantic.Dimension {
	for _, t := range s.entitiesNear(i) {
		if d, ok := s.r.attributeByHints(t, hints, isMeasurable); ok && !backwards(d) {
			return d
		}
	}
	return nil
}

// takeAgainstMember reads "a bigger budget than Ashfall" and "wards with more beds than
// Rowan": a number of rows is tested against that of the one row that is named. The test
// stands at node i, the member at node j.
func (s *sentence) takeAgainstMember(i, j int, c Compare, m members) bool {
	if len(m.values) != 1 || m.not || m.via != "" || !isDisplay(m.dim) || j != i+1 || len(c.Args) > 0 {
		return false
	}
	k := s.skip(i-1, -1)
	subject, named := s.thingAt(k)
	d, lo := subject.dim, i
	if named = named && d != nil && isMeasurable(d) && subject.via == ""; !named {
		if len(c.Hints) == 0 || c.Flip {
			return false
		}
		d = s.hintedNear(i, c.Hints)
	}
	if d == nil || d.Table != m.dim.Table {
		return false
	}
	s.takeTest(lo, j, d, "", false, s.againstMember(c.Op, d, m))
	return true
}

// againstMember tests a number against that of the row that a member names.
func (s *sentence) againstMember(op semantic.Op, d *semantic.Dimension, m members) func(semantic.Expr) semantic.Expr {
	value := semantic.Filtered{
		X:     semantic.Call{Func: "max", Args: []semantic.Expr{s.r.nameOf(d, "")}},
		Where: s.r.exprOfCondition(condition{dim: m.dim, values: m.values}),
	}
	return func(x semantic.Expr) semantic.Expr { return semantic.Binary{Op: op, L: x, R: value} }
}

// takeHigherThan reads 面积比湘江店大的门店: rows with a number against that of the one that
// is named, behind the word at node i.
func (s *sentence) takeHigherThan(i int) bool {
	subject, named := s.thingAt(i - 1)
	m, ok := s.memberAt(i + 1)
	g, glued := s.glue(i + 3)
	noun, described := s.thingAt(i + 4)
	if s.text.At(s.nodes[i].from).Norm != "比" || s.nodes[i].end != s.nodes[i].from+1 || !named || subject.dim == nil || !isMeasurable(subject.dim) || subject.via != "" || !ok || m.not || len(m.values) != 1 || m.via != "" {
		return false
	}
	if !isDisplay(m.dim) || m.dim.Table != subject.dim.Table || !glued || g.How != Has || !described || s.r.entityOf(noun) != m.dim.Table {
		return false
	}
	op, known := s.wayAt(i + 2)
	if !known {
		return false
	}
	s.takeTest(i-1, i+3, subject.dim, "", false, s.againstMember(op, subject.dim, m))
	return true
}

// wayAt is which way node i says that something differs: 高, 多, 低.
func (s *sentence) wayAt(i int) (semantic.Op, bool) {
	if i >= len(s.nodes) {
		return 0, false
	}
	switch w := s.nodes[i].means.(type) {
	case Order:
		if !w.Compares || !w.Given {
			return 0, false
		}
		if w.Desc {
			return semantic.Gt, true
		}
		return semantic.Lt, true
	case Difference:
		switch w.Way {
		case Higher:
			return semantic.Gt, true
		case Lower:
			return semantic.Lt, true
		}
	}
	return 0, false
}
