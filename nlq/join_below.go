package nlq

import (
	"slices"

	"wenshu/semantic"
)

// belowOthers reads what hangs below something else of its own table, by the join that
// it hangs by: the direct reports of a person, 某人手下有哪些人, the subsidiaries of a
// company. Where no table has such a join the word stays, and is not understood.
func (s *sentence) belowOthers() {
	for i := range s.nodes {
		b, ok := as[Below](s.nodes[i])
		if !ok {
			continue
		}
		if s.belowMember(i, b) {
			return
		}
		if g, glued := s.glue(i + 1); glued && g.How == OfIt && is[members](s, i+2) {
			continue // of one that nothing hangs below
		}
		if s.belowRole(i, b) || s.belowEach(i, b) || s.belowAny(i, b) {
			return
		}
	}
}

// belowMember reads those below the one row that is named: subsidiaries of Opal.
func (s *sentence) belowMember(i int, b Below) bool {
	at := -1
	for k := range s.nodes {
		m, ok := s.memberAt(k)
		if !ok || !isDisplay(m.dim) && k != i+1 || s.r.aboveOf(m.dim, b.Hints) == nil {
			continue
		}
		if at >= 0 || m.via != "" || m.not {
			return false
		}
		at = k
	}
	if at < 0 {
		return false
	}
	m, _ := s.memberAt(at)
	below, a := m.dim.Table, s.r.aboveOf(m.dim, b.Hints)
	m.dim, m.via = a.shown, a.via
	s.nodes[at].means = m
	s.askBelow(i, b, below)
	return true
}

// aboveOf is the column of the row above that is the same as one of the row itself: the
// name or the title of a manager, be managers a role of employees or a table of their own
// over the same rows. Nil for none.
func (r *Reader) aboveOf(d *semantic.Dimension, hints []string) *hanging {
	if a := r.above(d.Table, hints); a != nil {
		return &hanging{a.join, a.via, d}
	}
	for _, j := range d.Table.Joins {
		to := j.To
		if to == d.Table || to.Source != d.Table.Source || to.Warehouse != d.Table.Warehouse || j.Many || len(j.On) != 1 || len(to.Display) == 0 || !r.tellsHanging(j, to.Display[0], hints) {
			continue
		}
		for _, o := range to.Dimensions {
			if semantic.ExprString(o.Expr) == semantic.ExprString(d.Expr) {
				return &hanging{join: j, shown: o}
			}
		}
	}
	return nil
}

// askBelow lists or counts the rows of a table at the word for what hangs below.
func (s *sentence) askBelow(i int, b Below, t *semantic.Table) {
	s.nodes[i].means = thing{table: t}
	switch {
	case b.Count:
		s.nodes[i].means = s.countRows(s.nodes[i], t)
	case !slices.ContainsFunc(s.nodes, countsOrRanks):
		s.nodes[i].means = thing{table: t, marks: markListed}
	}
	s.nodes = slices.DeleteFunc(s.nodes, func(n node) bool { w, ok := n.means.(Which); return ok && w.What == Who })
}

// belowRole counts those below a role that is named: how many direct reports each
// manager has.
func (s *sentence) belowRole(i int, b Below) bool {
	for k := range s.nodes {
		t, ok := s.thingAt(k)
		if !ok {
			continue
		}
		for _, j := range t.home().Joins {
			a := s.r.above(t.home(), b.Hints)
			if a == nil || a.join != j || t.via != a.via && (t.dim == nil || t.dim.Of != j) {
				continue
			}
			role := thing{dim: a.shown, marks: t.marks}
			if slices.ContainsFunc(s.nodes, isTest) {
				role.marks |= markWhich // managers with more than 5 reports
			}
			s.nodes[k].means = role
			s.hangs(a, i)
			s.nodes[i].means = thing{table: t.home()}
			if b.Count {
				s.nodes[i].means = s.countRows(s.nodes[i], t.home())
			}
			return slices.ContainsFunc(s.nodes, countsOrRanks) || b.Count
		}
	}
	return false
}

// belowEach counts those below each of the rows of a table, or below who is asked for:
// 谁的下属最多, how many subsidiaries each account has.
func (s *sentence) belowEach(i int, b Below) bool {
	if !b.Count && !slices.ContainsFunc(s.nodes, countsOrRanks) {
		return false
	}
	for k := range s.nodes {
		who, asked := as[Which](s.nodes[k])
		t, named := s.thingAt(k)
		var of *semantic.Table
		switch {
		case named && t.via == "":
			of = s.r.entityOf(t)
		case asked && who.What == Who:
			of = s.r.hangsBy(b.Hints)
		}
		a := s.r.above(of, b.Hints)
		if a == nil {
			continue
		}
		role := thing{dim: a.shown, marks: t.marks}
		if asked {
			role.marks = markWhich
		}
		s.nodes[k].means = role
		s.hangs(a, i)
		s.nodes[i].means = thing{table: of}
		if b.Count {
			s.nodes[i].means = s.countRows(s.nodes[i], of)
		}
		return true
	}
	return false
}

// hangs leaves out the rows that hang below nothing.
func (s *sentence) hangs(a *hanging, i int) {
	s.draft.conditions = append(s.draft.conditions, condition{dim: a.shown, from: s.nodes[i].from, test: isThere})
}

// isTest reports whether a node compares with a number.
func isTest(n node) bool {
	_, ok := n.means.(Compare)
	return ok
}

// belowAny reads those that hang below something, and those below which something hangs:
// which films are sequels, accounts with subsidiaries.
func (s *sentence) belowAny(i int, b Below) bool {
	noun, of := -1, (*semantic.Table)(nil)
	for k := range s.nodes {
		if t, ok := s.thingAt(k); ok && t.via == "" && s.r.above(s.r.entityOf(t), b.Hints) != nil {
			noun, of = k, s.r.entityOf(t)
		}
	}
	if of == nil {
		if m, ok := s.memberAt(s.skip(i-1, -1)); ok && s.r.above(m.dim.Table, b.Hints) == nil {
			return false // 张伟名下有哪些客户: nothing hangs below who is named
		}
		of = s.r.hangsBy(b.Hints)
	}
	a := s.r.above(of, b.Hints)
	if a == nil || b.Count {
		return false
	}
	first, not, has := s.having(i)
	has = has && !s.isNone(i)
	last := i
	if g, glued := s.glue(i + 1); glued && g.How == Has && noun == i+2 {
		last = i + 1
	}
	if has && noun >= 0 && (noun == first-1 || last > i) {
		s.draft.conditions = append(s.draft.conditions, condition{on: of, fixed: s.r.hasBelow(of, a, not), from: s.nodes[i].from})
		s.markAt(noun, markListed)
		s.nodes = slices.Delete(s.nodes, first, last+1)
		return true
	}
	denied := i
	not = s.negatedAt(&denied, i)
	s.draft.conditions = append(s.draft.conditions, condition{dim: a.shown, from: s.nodes[i].from, test: func(x semantic.Expr) semantic.Expr { return semantic.IsNull{X: x, Not: !not} }})
	if noun >= 0 {
		s.markAt(noun, markListed)
		s.nodes = slices.Delete(s.nodes, denied, i+1)
		return true
	}
	s.join(denied, i, thing{table: of, marks: markListed})
	return true
}

// hasBelow is the test for rows of a table below which others hang, or none.
func (r *Reader) hasBelow(of *semantic.Table, a *hanging, not bool) semantic.Expr {
	sub := &semantic.Query{
		Items: []semantic.Item{{Expr: r.exprOf(measure{table: of, agg: "count"})}},
		By:    []semantic.Group{{Expr: r.thingExpr(thing{table: of, via: a.via})}},
	}
	return semantic.In{X: r.entityName(of), Sub: sub, Not: not}
}

// countsOrRanks reports whether a node counts, tests or ranks what stands beside it.
func countsOrRanks(n node) bool {
	switch n.means.(type) {
	case Count, Top, Compare, Agg, Order, number:
		return true
	}
	return false
}

// hanging is the join by which rows of a table hang below others of it.
type hanging struct {
	join  *semantic.Join
	via   string              // the path to the row above
	shown *semantic.Dimension // that shows the row above
}

// above is the one join of a table to itself that one of some names tells; nil for none
// or several.
func (r *Reader) above(t *semantic.Table, hints []string) *hanging {
	if t == nil {
		return nil
	}
	var found *hanging
	for _, d := range t.Dimensions {
		j := d.Of
		if j == nil || j.To != t || j.Many || len(j.On) != 1 || !r.tellsHanging(j, d, hints) {
			continue
		}
		if found != nil {
			return nil
		}
		found = &hanging{j, t.Name + "." + j.Name, d}
	}
	return found
}

func (r *Reader) tellsHanging(j *semantic.Join, d *semantic.Dimension, hints []string) bool {
	return slices.ContainsFunc(hints, func(hint string) bool {
		norms := normsOf(hint)
		column := r.mentionsNames(j.On[0].From, semantic.Names{}, norms)
		return column != notAtAll || r.mentionsNames(j.Name, j.Names, norms) != notAtAll || r.mentions(d, norms) != notAtAll
	})
}

// hangsBy is the one table whose rows hang below others of it by a join that the first of
// some names that any join is called by tells; nil for none or several.
func (r *Reader) hangsBy(hints []string) *semantic.Table {
	for n := range hints {
		var found []*semantic.Table
		for _, t := range r.model.Tables {
			if r.above(t, hints[n:n+1]) != nil {
				found = append(found, t)
			}
		}
		if len(found) == 1 {
			return found[0]
		}
		if len(found) > 1 {
			return nil
		}
	}
	return nil
}
