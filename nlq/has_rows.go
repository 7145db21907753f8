package nlq

import (
	"slices"

	"wenshu/semantic"
)

// kindsWithRows settles the rows that are named only to say that a kind has some or none:
// 哪些开发商没有别墅的楼盘, 哪些开发商在长沙没有楼盘, 在多少个城市有楼盘.
func (s *sentence) kindsWithRows() {
	for i := 1; i+1 < len(s.nodes); i++ {
		kind, ok := s.thingAt(i)
		if !ok || kind.dim == nil || !isKind(kind.dim) {
			continue
		}
		switch {
		case is[Count](s, i-1):
			s.countedWithRows(i, kind.dim.Table)
		case is[Which](s, i-1):
			s.lackingRows(i, kind.dim.Table)
		}
	}
}

// rowsOf reports whether node i names the rows of a table and nothing else of them.
func (s *sentence) rowsOf(i int, t *semantic.Table) bool {
	rows, ok := s.thingAt(i)
	return ok && rows.marks == 0 && rows.via == "" && (rows.table == t || rows.dim != nil && rows.dim.Table == t && isDisplay(rows.dim) && rows.noun)
}

// countedWithRows drops the rows that what is counted at node i has: every city there is has
// some.
func (s *sentence) countedWithRows(i int, t *semantic.Table) {
	if has := s.text.At(s.nodes[i].end).Norm; has == "有" && is[Glue](s, i+1) && s.rowsOf(i+2, t) {
		s.nodes = append(s.nodes[:i+1], s.nodes[i+3:]...)
	}
}

// lackingRows reads the rows that what is asked for at node i has none of as the members
// that they are of.
func (s *sentence) lackingRows(i int, t *semantic.Table) {
	if s.lacksAll(i, t) {
		return
	}
	for j := i + 1; j < len(s.nodes); j++ {
		m, ok := as[members](s.nodes[j])
		if !ok || m.dim.Table != t || m.not {
			continue
		}
		denied := s.denies(j-1) && s.hasGlue(j+1) && s.rowsOf(j+2, t)
		if !denied && !s.hasNone(j, t) {
			return
		}
		m.not = true
		s.nodes[j].means = m
		s.nodes = append(s.nodes[:j+1], s.nodes[j+3:]...)
		if denied {
			s.drop(j - 1)
		}
		return
	}
}

// lacksAll reads 万科在哪些城市没有楼盘, where what has none of them stands first.
func (s *sentence) lacksAll(i int, t *semantic.Table) bool {
	if !s.hasNone(i, t) || i+3 < len(s.nodes) {
		return false
	}
	for j := range i {
		m, ok := as[members](s.nodes[j])
		if !ok || m.dim.Table != t {
			continue
		}
		m.not = true
		s.nodes[j].means = m
		s.nodes = s.nodes[:i+1]
		return true
	}
	return false
}

// denies reports whether node i is a word for having none.
func (s *sentence) denies(i int) bool { return is[Negation](s, i) || is[Empty](s, i) }

// hasNone reports whether 没有 and the rows of a table stand right behind node i.
func (s *sentence) hasNone(i int, t *semantic.Table) bool {
	return s.text.Norm(s.nodes[i].end, s.nodes[i].end+2) == "没有" && s.denies(i+1) && s.rowsOf(i+2, t)
}

// hasGlue reports whether node i is the 的 between what owns and what is owned.
func (s *sentence) hasGlue(i int) bool {
	g, ok := s.glue(i)
	return ok && g.How == Has
}

// totalPerRow averages a total over the entity that a member is of: 动画片的平均总票房 is of
// the total of each film, and of no single record.
func (s *sentence) totalPerRow(i, j int, a Agg) (measure, bool) {
	m, ok := s.measureAt(j)
	if total := s.saysTotal(j); total != nil && !a.Before {
		m, ok = measure{metric: total}, true
	} else if s.text.At(s.nodes[j].from).Norm != "总" {
		return measure{}, false
	}
	if !ok || a.Func != "avg" || a.Before || m.metric == nil || len(m.per) > 0 {
		return measure{}, false
	}
	fn, _ := totalOf(s.r, m)
	home := m.home()
	each := func(t Token) bool { return t.Norm == "每" || t.Norm == "各" }
	if fn != "sum" || home == nil || slices.ContainsFunc(s.text.Tokens, each) {
		return measure{}, false
	}
	var of *semantic.Table
	for _, n := range s.nodes {
		var t *semantic.Table
		switch x := n.means.(type) {
		case members:
			t = x.dim.Table
		case thing:
			t = x.table
		}
		if t == nil || t == of || t == home {
			continue
		}
		if of != nil || s.r.graph.hops(home, t) != 1 || len(t.Display) == 0 {
			return measure{}, false
		}
		of = t
	}
	if of == nil {
		return measure{}, false
	}
	if s.saysTotal(j) != nil {
		s.drop(j + 1)
	}
	m.agg, m.per = "avg", []thing{{table: of}}
	return m, true
}

// saysTotal is the total of the column at node j where the word for a total stands behind
// it: 票房总额; nil for none.
func (s *sentence) saysTotal(j int) *semantic.Metric {
	t, ok := s.thingAt(j)
	if !ok || t.dim == nil || !isMeasurable(t.dim) || j+1 >= len(s.nodes) || !s.touches(j, j+1) || s.text.Norm(s.nodes[j+1].from, s.nodes[j+1].end) != "总额" {
		return nil
	}
	return s.r.addedUp(t.dim)
}
