package nlq

import "wenshu/semantic"

// shareOfActs divides those of an entity who did something, or never did, by all of them:
// what percentage of active customers have placed an order. What stands before the
// predicate restricts both sides. It reports whether that is what is asked.
func (b *builder) shareOfActs(at int) bool {
	word := b.d.shareAt
	if word == nil || b.s.text.At(word.from).Class != Word || len(b.measures) != 1 || len(b.q.Items) != 1 || !b.r.isCount(b.measures[0]) || len(b.measures[0].over) > 0 {
		return false
	}
	says := b.predicateOfCounted(word.end)
	if says < 0 || !b.didSomething(says) {
		return false
	}
	if len(b.d.periods) > 0 || b.d.ofAll || len(b.d.outcomes) > 0 && b.saysMore(says) {
		b.d.idle = true
		b.s.charge("a share of those who acted in a period", costIdle, *word)
		return false
	}
	acts, verbs, conds, where, bounds := b.d.relations, b.d.verbs, b.conds, b.q.Where, b.d.outcomes
	b.q.Where, b.d.relations, b.d.verbs, b.conds, b.d.outcomes = nil, nil, nil, conditionsUpTo(conds, says, true), nil
	b.filters()
	whole := both(where, b.q.Where)
	b.q.Where, b.d.relations, b.d.verbs, b.conds, b.d.outcomes = nil, acts, verbs, conditionsUpTo(conds, says, false), bounds
	b.filters()
	b.having()
	b.d.outcomes = nil
	part := b.q.Where
	b.q.Where, b.filtered = whole, true
	if part == nil {
		b.d.idle = true
		b.s.charge("a share of nobody", costIdle, *word)
		return true
	}
	count := b.r.exprOf(b.measures[0])
	b.q.Items[0] = semantic.Item{Expr: semantic.Binary{Op: semantic.Div, L: semantic.Filtered{X: count, Where: part}, R: count}}
	b.d.shows = append(b.d.shows[:at:at], b.d.shows[at+1:]...)
	b.d.present.Unit = InUnit{Percent: true}
	return true
}

// predicateOfCounted is the first token that says something of what is counted behind a
// word; -1 for none.
func (b *builder) predicateOfCounted(from int) int {
	for _, n := range b.nouns() {
		if n.from >= from && n.table == b.entity {
			return b.predicate(n.end)
		}
	}
	return -1
}

// saysMore reports whether a word says something of what is counted behind the clause that
// another one opens: matters with more than 3 invoices are closed.
func (b *builder) saysMore(says int) bool {
	for at := says + 1; at < len(b.s.text.Tokens); at++ {
		if predicateWords[b.s.normAt(at)] && !b.insideName(at) && !relativeWords[b.s.normAt(at-1)] {
			return true
		}
	}
	return false
}

// didSomething reports whether acts are said from a token on, and none before it.
func (b *builder) didSomething(says int) bool {
	for _, rel := range b.d.relations {
		if rel.from < says {
			return false
		}
	}
	for _, o := range b.d.outcomes {
		if o.from < says || !b.r.boundsActs(o, b.entity) || b.isMeasure(o.measure) {
			return false
		}
	}
	if len(b.d.relations)+len(b.d.outcomes) > 0 {
		return true
	}
	for _, v := range b.d.verbs {
		if v.from < says {
			continue
		}
		t := v.verb.through
		if t == nil && len(v.verb.Hints) > 0 {
			t = b.actsOf(v.verb.Hints)
		}
		if t != nil && b.r.graph.hops(t, b.entity) > 0 {
			return true
		}
	}
	return false
}

// conditionsUpTo are the tests that are said before a token, or those from it on.
func conditionsUpTo(conds []condition, at int, before bool) []condition {
	var found []condition
	for _, c := range conds {
		if (c.from < at) == before {
			found = append(found, c)
		}
	}
	return found
}
