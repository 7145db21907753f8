package nlq

import (
	"slices"

	"wenshu/semantic"
)

// eitherOr joins tests that "or" stands between: older than 50 or paid less than
// 3000. Members of one dimension are one test already.
func (b *builder) eitherOr() {
	for i := 0; i+1 < len(b.conds); i++ {
		first, second := b.conds[i], b.conds[i+1]
		if !b.orBetween(first.from, second.from) {
			continue
		}
		joined := condition{any: []condition{first, second}, from: first.from}
		if len(first.any) > 0 {
			joined.any = append(slices.Clone(first.any), second)
		}
		b.conds[i] = joined
		b.conds = slices.Delete(b.conds, i+1, i+2)
		i--
	}
	for i, c := range b.conds {
		if len(c.any) > 0 {
			b.conds[i].dim, b.conds[i].via = c.any[0].dim, c.any[0].via
		}
	}
	if b.d.without && len(b.d.ors) > 0 {
		b.d.idle = true
		b.s.charge("a test or an act", costIdle, node{})
	}
	for _, or := range b.d.ors {
		if slices.ContainsFunc(b.d.relations, func(rel relation) bool { return rel.from > or || rel.end <= or && !b.eitherOfAct(rel, or) }) && len(b.conds) > 0 {
			b.s.charge("a test or an act", costIdle, node{from: or, end: or + 1})
			b.d.idle = true
		}
	}
	for _, o := range b.d.outcomes {
		for _, c := range b.conds {
			if b.orBetween(min(o.from, c.from), max(o.from, c.from)) {
				b.s.charge("a test of rows or of results", costIdle, node{from: c.from, end: c.from + 1})
				b.d.idle = true
			}
		}
	}
}

// orBetween reports whether an "or" stands between two tokens and no other test
// does.
func (b *builder) orBetween(from, to int) bool {
	at := slices.IndexFunc(b.d.ors, func(or int) bool { return from < or && or < to })
	if at < 0 {
		return false
	}
	or := b.d.ors[at]
	nearer := func(x int) bool { return from < x && x < or || or < x && x < to }
	return !slices.ContainsFunc(b.conds, func(c condition) bool { return nearer(c.from) }) &&
		!slices.ContainsFunc(b.d.outcomes, func(o outcome) bool { return nearer(o.from) })
}

// eitherOfAct reports whether an "or" stands between two tests of one act behind it:
// who took a course with a project or an exam.
func (b *builder) eitherOfAct(rel relation, or int) bool {
	return slices.ContainsFunc(b.conds, func(c condition) bool {
		last := len(c.any) - 1
		return last > 0 && c.any[0].from >= rel.end && c.any[0].from < or && or < c.any[last].from &&
			!slices.ContainsFunc(c.any, func(part condition) bool { return !b.ownsTest(rel, part) })
	})
}

// eitherOutcome joins a test on results with those before it.
func (b *builder) eitherOutcome(o outcome, before int, test semantic.Expr) {
	if before >= 0 && b.q.Having != nil && b.orBetween(before, o.from) {
		b.q.Having = semantic.Binary{Op: semantic.Or, L: b.q.Having, R: test}
		return
	}
	b.q.Having = both(b.q.Having, test)
}

// bothNotEither refuses members that both must hold beside a word for either: rented, or
// on rent, both a van and a car.
func (b *builder) bothNotEither() {
	if b.d.both && b.d.or {
		b.s.charge("both, and either", costIdle, node{})
		b.d.idle = true
	}
}
