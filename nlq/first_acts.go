package nlq

import (
	"slices"

	"wenshu/semantic"
)

// event is the first or the last act of each entity: their first payment, 首次下单.
type event struct {
	dim  *semantic.Dimension // when such acts happen
	last bool
}

// agg is the aggregate over the acts of an entity that finds the event.
func (e event) agg() string {
	if e.last {
		return "max"
	}
	return "min"
}

// eventAt returns the first or last act that is named at a token, by the time that its
// rows are dated by, and the token behind it.
func (r *Reader) eventAt(t *Text, at int, see sight) (event, int, bool) {
	for _, w := range eventWords {
		if !t.saysAt(at, w.words) {
			continue
		}
		best := momentHit{}
		for _, h := range r.momentsAt(t, t.pastWords(at+len(w.words), "的", "ever"), see) {
			if h.dim == h.dim.Table.Time && h.end > best.end {
				best = h
			}
		}
		if best.dim != nil {
			return event{dim: best.dim, last: w.last}, best.end, true
		}
	}
	return event{}, 0, false
}

// eventWords stand before an act that is the first or the last of its kind; longer ones
// first.
var eventWords = func() []struct {
	words []string
	last  bool
} {
	var all []struct {
		words []string
		last  bool
	}
	for _, said := range []struct {
		phrases []string
		last    bool
	}{
		{[]string{"very first", "first ever", "first", "earliest", "首次", "第一次", "第一笔", "第一单", "首笔", "首单", "最早一次", "最早的一次"}, false},
		{[]string{"most recent", "latest", "last", "final", "最近一次", "最近一笔", "最后一次", "最后一笔", "末次", "上一次", "上次"}, true},
	} {
		for _, p := range said.phrases {
			all = append(all, struct {
				words []string
				last  bool
			}{NewText(p).Norms(), said.last})
		}
	}
	return all
}()

// addEvents finds the first and last acts that begin at a token.
func (r *Reader) addEvents(l *lattice, at int, see sight) {
	if e, end, ok := r.eventAt(l.text, at, see); ok && !namesKind(l.starts[at], e.dim.Table) {
		l.starts[at] = append(l.starts[at], mention{from: at, end: end, means: e, cost: costMention + costDerived})
	}
}

// namesKind reports whether one of the mentions at a token is a member of a table: final
// inspections are of a kind, where there is one of that name.
func namesKind(at []mention, t *semantic.Table) bool {
	return slices.ContainsFunc(at, func(m mention) bool {
		n, ok := m.means.(names)
		return ok && m.typo == "" && slices.ContainsFunc(n.alts, func(a alt) bool {
			return a.object.Member != "" && a.object.Dimension != nil && a.object.Dimension.Table == t
		})
	})
}

// datedEvents reads whose first or last act was in a period: members who made their first
// payment in 2024, 首次下单在2024年的客户.
func (s *sentence) datedEvents() {
	for i := 0; i < len(s.nodes); i++ {
		e, ok := as[event](s.nodes[i])
		if !ok {
			continue
		}
		who := s.whoseEvent(i, e.dim.Table)
		if who == nil || articles[s.normAt(s.nodes[i].from-1)] {
			continue // the first payment of all is that of one
		}
		at := s.periodOf(i)
		if at < 0 {
			continue
		}
		p, _ := as[Timed](s.nodes[at])
		first, last := min(i, at), max(i, at)
		for first > 0 && s.fillsEvent(first-1) {
			first--
		}
		if g, ok := s.glue(last + 1); ok && g.How == Has {
			last++
		}
		test := s.r.eventIn(who, e, p.Period)
		s.draft.conditions = append(s.draft.conditions, condition{on: who, fixed: test, from: s.nodes[first].from})
		s.nodes = append(s.nodes[:first], s.nodes[last+1:]...)
		i = first - 1
	}
}

// periodOf returns the node of the period that the event at node i was in; -1 for none.
func (s *sentence) periodOf(i int) int {
	behind := i + 1
	for is[Glue](s, behind) || is[Equals](s, behind) || is[Verb](s, behind) && !s.saysActs(behind) {
		behind++
	}
	if is[Timed](s, behind) {
		return behind
	}
	if before := i - 1; is[Timed](s, before) && s.text.At(s.nodes[i].from).Class == Han {
		return before
	}
	return -1
}

// saysActs reports whether the verb at node i says by itself what was done.
func (s *sentence) saysActs(i int) bool {
	v, ok := s.verbAt(i)
	return ok && (v.Not || len(v.Hints) > 0 || v.through != nil)
}

// fillsEvent reports whether node i only leads to an event behind it: who made their.
func (s *sentence) fillsEvent(i int) bool {
	switch m := s.nodes[i].means.(type) {
	case Glue:
		return m.How != Has
	case Relative, Equals:
		return true
	case Verb:
		return !m.Not && m.through == nil
	}
	return false
}

// whoseEvent is the entity that has acts of a table and that the sentence names nearest
// before their event at node i, or else first behind it; nil for none.
func (s *sentence) whoseEvent(i int, acts *semantic.Table) *semantic.Table {
	has := func(j int) *semantic.Table {
		if who := s.actor(j); who != nil && who != acts && s.r.graph.hops(acts, who) >= 1 {
			return who
		}
		return nil
	}
	for j := i - 1; j >= 0; j-- {
		if who := has(j); who != nil {
			return who
		}
	}
	for j := i + 1; j < len(s.nodes); j++ {
		if who := has(j); who != nil {
			return who
		}
	}
	return nil
}

// eventIn tests that the first or the last act of an entity was in a period: it has acts
// then, and none before, or behind.
func (r *Reader) eventIn(who *semantic.Table, e event, p semantic.Period) semantic.Expr {
	acts := func(p semantic.Period, not bool) semantic.Expr {
		return semantic.In{X: r.entityName(who), Not: not, Sub: &semantic.Query{
			Items:  []semantic.Item{{Expr: r.exprOf(measure{table: e.dim.Table, agg: "count"})}},
			By:     []semantic.Group{{Expr: r.entityName(who)}},
			During: []semantic.Period{p},
		}}
	}
	rest := earlier(p)
	if e.last {
		rest = laterThan(p)
	}
	if rest == nil {
		return acts(p, false)
	}
	return both(acts(p, false), acts(rest, true))
}

// earlier is all time before a period; nil where it has no beginning.
func earlier(p semantic.Period) semantic.Period {
	switch p := p.(type) {
	case semantic.Open:
		switch p.How {
		case semantic.Since:
			return semantic.Open{How: semantic.Before, Of: p.Of}
		case semantic.After:
			return semantic.Open{How: semantic.Until, Of: p.Of}
		}
		return nil
	case semantic.Range:
		if p.Start.IsZero() {
			return nil
		}
	}
	return semantic.Open{How: semantic.Before, Of: p}
}

// laterThan is all time behind a period; nil where it has no end.
func laterThan(p semantic.Period) semantic.Period {
	switch p := p.(type) {
	case semantic.Open:
		switch p.How {
		case semantic.Before:
			return semantic.Open{How: semantic.Since, Of: p.Of}
		case semantic.Until:
			return semantic.Open{How: semantic.After, Of: p.Of}
		}
		return nil
	case semantic.Range:
		if p.End.IsZero() {
			return nil
		}
	}
	return semantic.Open{How: semantic.After, Of: p}
}

// eachSpan is the test that the first or last act of each entity lies so long behind a
// moment of that entity: had their first booking within a week of joining.
func (r *Reader) eachSpan(g lag) semantic.Expr {
	who := r.entityName(g.whose)
	x := semantic.Call{Func: g.event.agg(), Args: []semantic.Expr{g.dim.Expr}}
	return semantic.In{X: who, Sub: &semantic.Query{
		Items: []semantic.Item{{Expr: x}}, By: []semantic.Group{{Expr: who}}, Having: g.test(x),
	}}
}

// spansOfEach takes the span from a moment of an entity to its first or last act for that
// of each, where results are split by the entity anyway.
func (b *builder) spansOfEach() {
	b.d.outcomes = slices.DeleteFunc(b.d.outcomes, func(o outcome) bool {
		m := o.measure
		if m.within == "" || !m.bare || len(m.per) != 1 {
			return false
		}
		e := event{dim: m.dim, last: m.within == "max"}
		test := func(x semantic.Expr) semantic.Expr { return numberTest(o.op, o.args)(x) }
		b.conds = append(b.conds, condition{on: m.per[0].table, fixed: b.r.eachSpan(lag{dim: m.dim, test: test, whose: m.per[0].table, event: e}), from: o.from})
		b.measures = slices.DeleteFunc(b.measures, func(x measure) bool { return sameMeasure(x, m) })
		return true
	})
	for i, m := range b.measures {
		if m.within == "" || len(m.per) != 1 {
			continue
		}
		if !m.bare {
			b.things = slices.DeleteFunc(b.things, func(t thing) bool { return t.table == m.per[0].table && t.marks&^(markOwner|markOf) == 0 })
			continue // from joining to the first payment of members, on average
		}
		if slices.ContainsFunc(b.things, func(t thing) bool {
			return t.table == m.per[0].table || t.dim != nil && t.dim.Table == m.per[0].table && (t.dim.Key || isDisplay(t.dim))
		}) {
			b.measures[i] = measure{dim: m.dim, agg: m.within, where: m.where}
		}
	}
}
