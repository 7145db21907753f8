package nlq

import (
	"slices"

	"wenshu/semantic"
)

// datedClauses reads when something happened to an entity that the rows asked for only
// belong to: payments made by members who joined in 2024, 2024年加入的会员的付款笔数. The
// period is about that entity, and the rows may have one of their own.
func (s *sentence) datedClauses() {
	for i := 0; i < len(s.nodes); i++ {
		period, ok := as[Timed](s.nodes[i])
		if !ok {
			continue
		}
		s.dateNoVerb(i)
		if who, date, last, ok := s.clauseDated(i); ok && s.ofOthers(who, min(who, date, i), max(who, last)) {
			i = s.takeClause(who, date, i, last, period.Period)
		}
	}
}

// clauseDated finds the entity and its date around a period at node i: members who joined
// in 2024, 2024年加入的会员. last is the last node of what says when.
func (s *sentence) clauseDated(i int) (who, date, last int, ok bool) {
	if date = s.skip(i-1, -1); date >= 0 && s.plainDate(date) {
		if who = date - 1; is[Relative](s, who) || is[Equals](s, who) {
			who--
		}
		if is[Relative](s, who) {
			who--
		}
		return who, date, i, s.entityDated(who, date)
	}
	date = s.skip(i+1, 1)
	if g, glued := s.glue(date + 1); date < len(s.nodes) && s.plainDate(date) && glued && g.How == Has {
		return date + 2, date, date + 1, s.entityDated(date+2, date)
	}
	return 0, 0, 0, false
}

// dateNoVerb charges for a verb of no acts behind the period at node i that is the date of
// the entity behind it: 2024年加入的会员 joined then, whenever they did something else.
func (s *sentence) dateNoVerb(i int) {
	at := s.skip(i+1, 1)
	v, ok := s.verbAt(at)
	g, glued := s.glue(at + 1)
	who, named := s.thingAt(at + 2)
	if !ok || v.through != nil || !glued || g.How != Has || !named || who.table == nil || s.text.At(s.nodes[at].from).Class != Han {
		return
	}
	for _, h := range s.r.momentsAt(s.text, s.nodes[at].from, sight{}) {
		if h.dim.Table == who.table && h.rank != byRows && h.end == s.nodes[at].end {
			s.charge("a date passed over", costUnrelated, s.nodes[at])
			return
		}
	}
}

// stateDated is the date that the one word of a state at node i says too: attended after 6 pm is
// no state of what was booked then. It is nil for none.
func (s *sentence) stateDated(i int) *semantic.Dimension {
	m, ok := s.memberAt(i)
	if !ok || m.not || s.nodes[i].end != s.nodes[i].from+1 {
		return nil
	}
	for _, h := range s.r.momentsAt(s.text, s.nodes[i].from, sight{}) {
		if h.dim.Table == m.dim.Table && h.rank != byRows && h.end == s.nodes[i].end {
			return h.dim
		}
	}
	return nil
}

// plainDate reports whether node i names a date of which nothing else is said.
func (s *sentence) plainDate(i int) bool {
	t, ok := s.momentAt(i)
	return ok && t.via == ""
}

// entityDated reports whether node who names the entity that has the date.
func (s *sentence) entityDated(who, date int) bool {
	t, ok := s.thingAt(who)
	d, _ := s.thingAt(date)
	return ok && t.table != nil && t.via == "" && t.table == d.dim.Table
}

// ofOthers reports whether rows that lead to the entity at node who are asked for by a
// node outside of the clause from first to last.
func (s *sentence) ofOthers(who, first, last int) bool {
	t, _ := s.thingAt(who)
	return slices.ContainsFunc(s.nodes, func(n node) bool {
		if n.from >= s.nodes[first].from && n.from <= s.nodes[last].from {
			return false
		}
		switch m := n.means.(type) {
		case measure:
			return m.home() != nil && m.home() != t.table && s.r.graph.hops(m.home(), t.table) > 0
		case thing:
			home := m.table
			if m.dim != nil && isMeasurable(m.dim) {
				home = m.dim.Table
			}
			return home != nil && home != t.table && s.r.graph.hops(home, t.table) > 0
		}
		return false
	})
}

// takeClause tests the date at a node for the period at node i, marks the entity as what
// only carries the test, and returns the node where the clause was.
func (s *sentence) takeClause(who, date, i, last int, p semantic.Period) int {
	d, _ := s.thingAt(date)
	from := s.nodes[who].end
	if who > date {
		from = s.nodes[date].from
	}
	s.draft.conditions = append(s.draft.conditions, condition{dim: d.dim, via: d.via, from: from, test: func(x semantic.Expr) semantic.Expr {
		name, _ := x.(semantic.Name)
		return semantic.During{Of: name, Periods: []semantic.Period{p}}
	}})
	if t, _ := s.thingAt(who); t.marks&^markFilter == 0 {
		s.markAt(who, markLink)
	}
	if who > date {
		first := min(date, i)
		s.nodes = append(s.nodes[:first], s.nodes[last+1:]...)
		return first
	}
	s.nodes = append(s.nodes[:who+1], s.nodes[last+1:]...)
	return who
}
