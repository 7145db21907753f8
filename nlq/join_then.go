package nlq

import (
	"slices"

	"wenshu/semantic"
)

// done is a clause that says what was done, or was not, in a period.
type done struct {
	verb   Verb
	period semantic.Period
	not    bool
	both   bool // the period is one of two
	end    int  // the node behind it
}

// joinThen reads who did something in one period and not in another, or in both:
// customers who bought last year but not this year, 去年买过今年没买的客户. Each
// period is that of a set of its own.
func (s *sentence) joinThen() {
	for i := range s.nodes {
		first, ok := s.doneIn(i)
		if !ok || first.not || !first.says() {
			continue
		}
		next := first.end
		for next < len(s.nodes) && (is[Linker](s, next) || is[Relative](s, next)) {
			next++
		}
		second, ok := s.doneIn(next)
		if first.both && second.period != nil && !second.not && !second.says() {
			ok = true // in both 2024 and 2025
		} else if !ok || !second.says() && !second.not {
			continue
		}
		if s.takeDone(i, first, second) {
			return
		}
	}
}

// doneIn reads a clause of a verb, its denial and a period, in any order, from
// node i on.
func (s *sentence) doneIn(i int) (done, bool) {
	d := done{end: i}
	acted := false
	for ; d.end < len(s.nodes); d.end++ {
		whole := d.period != nil && acted
		switch m := s.nodes[d.end].means.(type) {
		case Timed:
			if d.period != nil {
				return d, acted
			}
			d.period = m.Period
		case Verb:
			if whole || len(d.verb.Hints) > 0 && len(m.Hints) > 0 {
				return d, whole
			}
			acted = true
			d.not = d.not || m.Not
			if len(m.Hints) > 0 || m.through != nil {
				d.verb = m
			}
		case Negation:
			if whole || m.Before {
				return d, whole
			}
			acted, d.not = true, true
		case Both:
			d.both = true
		case Glue:
			if m.How == Has || m.How == OfIt {
				return d, whole
			}
		default:
			return d, whole
		}
	}
	return d, d.period != nil && acted
}

// takeDone takes two clauses as one test of who is named before or behind them.
func (s *sentence) takeDone(i int, first, second done) bool {
	for _, at := range []int{s.skip(i-1, -1), s.skip(i-1, -1) - 1, s.skip(second.end, 1)} {
		who := s.actor(at)
		acts := s.r.actsOf(who, first.verb)
		also := acts
		if second.says() && (first.verb.through == nil || second.verb.through != nil) {
			also = s.r.actsOf(who, second.verb)
		} else if second.says() {
			if also = s.r.actsOf(who, second.verb); also != nil && also == occasion(acts) {
				also = acts // the orders of what was bought
			}
		}
		if acts == nil || also == nil {
			continue
		}
		if _, counted := as[measure](s.nodes[at]); counted && !slices.ContainsFunc(s.nodes, func(n node) bool { _, ok := n.means.(Count); return ok }) && at < i {
			s.nodes[at].means = thing{table: who}
		}
		s.markAt(at, markListed)
		from := i
		if is[Relative](s, i-1) {
			from--
		}
		s.take(from, second.end-1, condition{on: who, fixed: both(s.r.doneBy(who, acts, first), s.r.doneBy(who, also, second))})
		return true
	}
	return false
}

// says reports whether the verb of a clause says what was done.
func (d done) says() bool { return len(d.verb.Hints) > 0 || d.verb.through != nil }

// actor returns the entity that node at names or counts; nil for none.
func (s *sentence) actor(at int) *semantic.Table {
	if at < 0 || at >= len(s.nodes) {
		return nil
	}
	switch m := s.nodes[at].means.(type) {
	case thing:
		if m.dim != nil && !m.timed && isDisplay(m.dim) {
			return m.dim.Table
		}
		return m.table
	case measure:
		if m.metric != nil {
			return s.r.countedBy[m.metric]
		}
		if m.agg == "count" {
			return m.table
		}
	}
	return nil
}

// actsOf returns the acts of an entity that a verb names, which happen at a time;
// nil for none.
func (r *Reader) actsOf(who *semantic.Table, v Verb) *semantic.Table {
	leads := func(t *semantic.Table) bool { return who != nil && t.Time != nil && r.graph.hops(t, who) >= 1 }
	if v.through != nil {
		if leads(v.through) {
			return v.through
		}
		return nil
	}
	var tables []*semantic.Table
	for _, t := range r.model.Tables {
		if leads(t) {
			tables = append(tables, t)
		}
	}
	return r.hinted(tables, v.Hints)
}

// doneBy tests that an entity is, or is not, among those with acts in a period.
func (r *Reader) doneBy(who, acts *semantic.Table, d done) semantic.Expr {
	set := &semantic.Query{
		Items:  []semantic.Item{{Expr: r.exprOf(measure{table: acts, agg: "count"})}},
		By:     []semantic.Group{{Expr: r.entityName(who)}},
		During: []semantic.Period{d.period},
	}
	return semantic.In{X: r.entityName(who), Sub: set, Not: d.not}
}
