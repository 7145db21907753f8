package nlq

import "wenshu/semantic"

// takeOverall reads groups that are tested against the average of them all: which
// modules are rated below average, 客单价低于整体客单价的门店. A mean or a ratio is tested
// against that of all rows, what adds up against the mean of the groups. The test stands
// at node i, what it is against at node j.
func (s *sentence) takeOverall(i, j int, c Compare) bool {
	if c.After || j < i || len(c.Args) > 0 || len(c.Hints) > 0 {
		return false
	}
	k := s.skip(i-1, -1)
	if k < 0 {
		return false
	}
	subject, grouped := s.testedOfGroups(k, j)
	if !grouped {
		return false
	}
	if j = s.overallBehind(j, subject); j < 0 {
		return false
	}
	s.outcome(i, j, outcome{measure: subject, op: c.Op, overall: true})
	return true
}

// testedOfGroups is the number at node k, as one of groups: a measure, or a column where
// coarser groups than its rows are asked for.
func (s *sentence) testedOfGroups(k, j int) (measure, bool) {
	switch subject := s.nodes[k].means.(type) {
	case measure:
		return subject, subject.agg != "growth" && subject.agg != "change"
	case thing:
		d := subject.dim
		if d == nil || !isMeasurable(d) || d.Of != nil || subject.timed || !s.asksGroupsOf(d, j) {
			return measure{}, false
		}
		return measure{dim: d, via: subject.via, agg: sumOf(d)}, true
	}
	return measure{}, false
}

// asksGroupsOf reports whether what is asked for, by which or behind the test at node j,
// are groups of the rows of a column.
func (s *sentence) asksGroupsOf(d *semantic.Dimension, j int) bool {
	for i, n := range s.nodes {
		t, ok := n.means.(thing)
		if !ok || t.dim == d || t.timed || !t.has(markWhich) && i <= j {
			continue
		}
		if of := s.r.entityOf(t); of != nil {
			return s.r.graph.hops(d.Table, of) > 0
		}
		if t.dim != nil && t.dim.Type.Kind == semantic.Text && !t.dim.Key && !isDisplay(t.dim) {
			return s.r.graph.hops(d.Table, t.dim.Table) >= 0
		}
	}
	return false
}

// overallBehind is the node of the average that a number is tested against, from node j
// on: behind the groups that it is of, 各省平均, and behind what says that it is of all;
// -1 for none.
func (s *sentence) overallBehind(j int, subject measure) int {
	for ; j < len(s.nodes); j++ {
		if s.averageOf(j, subject) {
			return j
		}
		switch m := s.nodes[j].means.(type) {
		case GroupMark:
		case Glue:
			if m.How != Has {
				return -1
			}
		case Agg:
			if m.Func != "sum" {
				return -1
			}
		case thing:
			if !s.saidAgain(j, m) {
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// saidAgain reports whether the thing at node j is named by another node too.
func (s *sentence) saidAgain(j int, t thing) bool {
	for i := range s.nodes {
		if o, ok := s.thingAt(i); ok && i != j && o.dim == t.dim && o.table == t.table {
			return true
		}
	}
	return false
}

// averageOf reports whether node j is the average that a number of groups is tested
// against: a bare average, or the number itself said again.
func (s *sentence) averageOf(j int, subject measure) bool {
	switch m := s.nodes[j].means.(type) {
	case Agg:
		return m.Func == "avg"
	case AvgPer:
		return m.Unit == semantic.NoUnit
	case measure:
		if sameMeasure(m, subject) {
			return !s.r.addsUpAll(subject)
		}
		fn, d := totalOf(s.r, m)
		_, of := totalOf(s.r, subject)
		return d != nil && fn == "avg" && d == of
	}
	return false
}

// addsUpAll reports whether a measure of a whole is the sum of those of its parts.
func (r *Reader) addsUpAll(m measure) bool {
	switch {
	case len(m.over)+len(m.per) > 0:
		return false
	case m.metric != nil && m.agg == "":
		return r.addsUp(m.metric) || r.isCount(m)
	case m.table != nil:
		return true
	}
	return m.agg == "sum" || m.agg == "count"
}

// overall is what groups are tested against: the measure over all rows, or the mean of
// the groups where it adds up.
func (b *builder) overall(m measure) (semantic.Expr, bool) {
	x := b.r.exprOf(m)
	if b.r.addsUpAll(m) {
		if len(b.q.By) != 1 {
			return nil, false
		}
		per := b.q.By[0].Expr
		if t := b.r.entityNamed(per); t != nil && !t.Hidden {
			per = semantic.Name{Path: []string{t.Name}} // orders without a store are not those of one more store
		}
		x = semantic.Call{Func: "avg", Args: []semantic.Expr{x}, Per: []semantic.Expr{per}}
	}
	all := semantic.Call{Func: "overall", Args: []semantic.Expr{x}}
	if b.d.own != nil {
		kind, ok := b.kindOfOwn(b.r.entityNamed(b.q.By[0].Expr))
		if !ok {
			return nil, false
		}
		b.q.By = append(b.q.By, semantic.Group{Expr: kind})
		all.Args = append(all.Args, kind)
	}
	return all, true
}
