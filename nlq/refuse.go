package nlq

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"wenshu/semantic"
)

// refuse says why a message was not read, by the best of what was tried.
func (a *attempt) refuse(problems semantic.Problems, rejected []Candidate) *Refusal {
	refusal := &Refusal{Problems: problems}
	best := Candidate{Words: a.words(a.best, &sentence{})}
	if len(rejected) > 0 {
		best = rejected[0]
	}
	refusal.Words = best.Words
	if a.named == turnover && len(problems) == 0 {
		p := semantic.Problem{Code: semantic.NotComputed, Detail: turnover}
		for _, m := range a.best.mentions {
			if u, ok := m.means.(Unsupported); ok && u.Construct == turnover {
				p.Name = a.text.Said(m.from, m.end)
			}
		}
		refusal.Problems = semantic.Problems{p}
		return refusal
	}
	for _, w := range joinUnread(a.text.Typed, best.Words) {
		refusal.Problems = append(refusal.Problems, a.unreadProblem(w, best, refusal))
	}
	refusal.Try = a.workable(rejected)
	if len(refusal.Try) == 0 {
		refusal.Try = a.understood()
	}
	if len(refusal.Try) == 0 && !slices.ContainsFunc(a.best.mentions, declinedByName) {
		refusal.Try = a.answerable()
	}
	refusal.Kept = a.kept()
	if len(refusal.Problems) == 0 {
		for _, span := range a.stuckAt(rejected) {
			p := semantic.Problem{Code: semantic.NotUnderstood, Span: span, Name: a.text.Typed[span.Start:span.End]}
			if span != a.text.Span(0, len(a.text.Tokens)) {
				p.Detail = semantic.Idle
			}
			for _, near := range a.nearNames(p.Name) {
				if near.typed == p.Name {
					continue
				}
				p.Near = append(p.Near, near.typed)
				refusal.Near = append(refusal.Near, near.object)
			}
			refusal.Problems = append(refusal.Problems, p)
		}
	}
	return refusal
}

// declinedByName reports whether a mention is a construct that is declined by its name:
// what is left of the words then is another question.
func declinedByName(m mention) bool { _, ok := m.means.(Unsupported); return ok }

// stuckAt are the words that found nothing to act on in the best of what was tried,
// those that touch as one; the whole question where none are known.
func (a *attempt) stuckAt(rejected []Candidate) []semantic.Span {
	whole := a.odd()
	at := slices.IndexFunc(rejected, func(c Candidate) bool { return c.stuck })
	if at < 0 {
		return whole
	}
	var spans []semantic.Span
	for _, c := range rejected[at].Costs {
		if c.Points == costIdle && utf8.RuneCountInString(a.text.Typed[c.Span.Start:c.Span.End]) > 1 {
			spans = append(spans, c.Span)
		}
	}
	slices.SortFunc(spans, func(x, y semantic.Span) int { return cmp.Compare(x.Start, y.Start) })
	joined := spans[:0]
	for _, span := range spans {
		if n := len(joined); n > 0 && span.Start <= joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, span.End)
			continue
		}
		joined = append(joined, span)
	}
	if len(joined) == 0 {
		return whole
	}
	return joined
}

// odd are the words of the cheapest covering that name nothing and are more than
// grammar; the whole question where there are none, or nothing besides them.
func (a *attempt) odd() []semantic.Span {
	var spans []semantic.Span
	named, last := false, -1
	for _, m := range a.best.mentions {
		switch m.means.(type) {
		case names, number, quoted, goal, phrased, Timed, Grained:
			named = true
			continue
		case Noise, Glue, Linker, Equals, Which, Count, Agg, Listing, GroupMark, Intent, Follow:
			continue
		case Unsupported:
			named = true
		}
		span := a.text.Span(m.from, m.end)
		if n := len(spans); n > 0 && last == m.from {
			spans[n-1].End = span.End
		} else {
			spans = append(spans, span)
		}
		last = m.end
	}
	spans = slices.DeleteFunc(spans, func(span semantic.Span) bool { return utf8.RuneCountInString(a.text.Typed[span.Start:span.End]) < 2 })
	if len(spans) == 0 || !named {
		return []semantic.Span{a.text.Span(0, len(a.text.Tokens))}
	}
	return spans
}

// permitted puts what the viewer may ask beside a problem of permission: the
// question was understood, and a part of it can be answered.
func (a *attempt) permitted(r Reading, problems semantic.Problems) semantic.Problems {
	ask, ok := r.(Ask)
	if !ok || len(problems) == 0 || problems[0].Code != semantic.NotPermitted && problems[0].Code != semantic.LimitedUnlike {
		return problems
	}
	problems = slices.Clone(problems)
	problems[0].Repair = semantic.Repair(ask.Query, problems, func(q *semantic.Query) error {
		other := ask
		other.Query = q
		_, err := a.bound(other)
		return err
	})
	return problems
}

// joinUnread joins unread words that touch or that only a space parts. One typed
// character may be several words, ㌫ for one: their spans are the same.
func joinUnread(typed string, words []WordUse) []WordUse {
	var joined []WordUse
	for i, w := range words {
		if w.State != Unread {
			continue
		}
		if i > 0 {
			w.Span.Start = wordStart(typed, words[i-1], w.Span.Start)
		}
		if n := len(joined); n > 0 {
			last := &joined[n-1].Span
			if w.Span.Start <= last.End || strings.TrimSpace(typed[last.End:w.Span.Start]) == "" {
				last.End = max(last.End, w.Span.End)
				continue
			}
		}
		joined = append(joined, w)
	}
	return joined
}

// wordStart is where a word begins of which only the end was not understood, because
// a correction took its front: 员工工 for 员工数 leaves 资 of 工资.
func wordStart(typed string, before WordUse, start int) int {
	if before.State != Corrected || before.Span.End != start {
		return start
	}
	at := before.Span.Start
	for _, r := range before.Typo {
		said, size := utf8.DecodeRuneInString(typed[at:before.Span.End])
		if said != r || at+size > start {
			break
		}
		at += size
	}
	if !isHanNorm(typed[at:start]) {
		return start
	}
	return at
}

// unreadProblem blames words that were not understood and offers the nearest
// names. Where no metric was read, the words stand for one.
func (a *attempt) unreadProblem(w WordUse, best Candidate, refusal *Refusal) semantic.Problem {
	said := a.text.Typed[w.Span.Start:w.Span.End]
	p := semantic.Problem{Code: semantic.NotUnderstood, Span: w.Span, Name: said}
	if ask, ok := best.Reading.(Ask); !ok || ask.Query.List != nil {
		p.Code = semantic.UnknownMetric
	}
	if countsIn[said] || utf8.RuneCountInString(said) == 1 && isHanNorm(said) {
		return p // 天 is near to no name, and one character of a word to none that has it
	}
	for _, near := range a.nearNames(said) {
		p.Near = append(p.Near, near.typed)
		refusal.Near = append(refusal.Near, near.object)
	}
	return p
}

// maxTries bounds how many readings a refusal offers.
const maxTries = 3

// workable returns the rejected readings that would be right if the words that
// were not understood did not matter.
func (a *attempt) workable(rejected []Candidate) []Candidate {
	var found []Candidate
	failed := 0
	for _, c := range rejected {
		if len(found) == maxTries || failed > maxBound {
			break
		}
		if _, ok := c.Reading.(Ask); !ok || len(c.unsupported) > 0 || c.stuck {
			continue
		}
		plan, err := a.boundOnce(c)
		if err != nil {
			failed++
			continue
		}
		if plan != nil && plan.Window.Start.After(a.q.Now) {
			continue // nothing has happened yet
		}
		if slices.ContainsFunc(found, func(o Candidate) bool { return Describe(o.Reading) == Describe(c.Reading) }) {
			continue
		}
		c.Plan = plan
		found = append(found, c)
	}
	return found
}

// understood returns the reading of the words that were surely understood:
// metrics and periods, with the members beside them where the model can mean
// that; nil when no metric is among them.
func (a *attempt) understood() []Candidate {
	if slices.ContainsFunc(a.best.mentions, essential) {
		return nil
	}
	for _, withMembers := range []bool{true, false} {
		kept, metric := covering{}, false
		for _, m := range a.best.mentions {
			named, ok := m.means.(names)
			_, timed := m.means.(Timed)
			isMetric := ok && named.alts[0].object.Metric != nil
			metric = metric || isMetric
			if timed || isMetric || ok && withMembers && named.alts[0].object.Member != "" {
				kept.mentions = append(kept.mentions, m)
			}
		}
		if !metric {
			return nil
		}
		tried := &attempt{r: a.r, q: a.q, text: a.text, see: a.see, moment: a.moment, best: a.best, judged: a.judged, binds: a.binds}
		tried.q.Prior = nil
		tried.assemble(kept, maxTies)
		if found := a.workable(tried.found); len(found) > 0 {
			return found
		}
	}
	return nil
}

// kept is the period and the members that a question surely names: what could be asked
// near it keeps them. Nil for none, and where it sets periods or members against each
// other.
func (a *attempt) kept() *semantic.Query {
	said := covering{}
	for _, m := range a.best.mentions {
		named, ok := m.means.(names)
		_, timed := m.means.(Timed)
		switch m.means.(type) {
		case Negation, VersusMark, Against, BetweenMark:
			return nil
		}
		if timed || ok && m.typo == "" && named.alts[0].object.Member != "" {
			said.mentions = append(said.mentions, m)
		}
	}
	s := a.sentence(said, nil)
	s.assemble()
	q := &semantic.Query{}
	if len(s.draft.periods) == 1 {
		q.During = s.draft.periods
	}
	for _, n := range s.nodes {
		if m, ok := n.means.(members); ok && !m.not {
			q.Where = both(q.Where, a.r.exprOfCondition(condition{dim: m.dim, via: m.via, values: m.values}))
		}
	}
	if len(q.During) == 0 && q.Where == nil {
		return nil
	}
	return q
}

// essential reports whether a mention chooses, ranks or sets something against
// something: what is offered without it answers another question.
func essential(m mention) bool {
	switch means := m.means.(type) {
	case GroupMark, Grained, Negation, Compare, BetweenMark, Top, Ratio, Against, VersusMark, InARow, Empty:
		return true
	case Verb:
		return means.Not
	}
	return false
}

// maxMetrics bounds the metrics that a bare member asks to choose between.
const maxMetrics = 3

// whichMetric asks which metric is meant where all else is understood: 那华东呢
// without a turn before it, 环比增长最快的是哪个月.
func (a *attempt) whichMetric(m *Message) {
	kept, ok := a.withoutMetric()
	if !ok {
		return
	}
	for _, metric := range a.r.usualMetrics() {
		if len(m.Candidates) == maxMetrics {
			return
		}
		if metric.Kind != semantic.Simple || metric.Home == nil || metric.Time == nil && metric.Home.Time == nil || !a.see.object(Object{Metric: metric}) {
			continue
		}
		s := a.sentence(kept, nil)
		s.nodes = append(s.nodes, node{len(a.text.Tokens), len(a.text.Tokens), measure{metric: metric}})
		s.assemble()
		reading, ok := s.read()
		if !ok || s.draft.idle || s.draft.unread {
			continue
		}
		plan, err := a.bound(reading)
		if err != nil {
			continue
		}
		m.Candidates = append(m.Candidates, Candidate{Reading: reading, Plan: plan, Words: a.words(a.best, s), Assumed: s.assumed, Costs: s.costs, whole: true})
	}
	if len(m.Candidates) == 1 {
		m.Candidates = nil // nothing to choose
	}
}

// withoutMetric returns the cheapest covering without the words that only tie it
// to a turn before. ok is false where it names a number, asks for something else
// than one, or leaves words unread.
func (a *attempt) withoutMetric() (kept covering, ok bool) {
	shared := slices.ContainsFunc(a.best.mentions, func(x mention) bool { _, ok := x.means.(Share); return ok })
	for _, x := range a.best.mentions {
		if x.typo != "" {
			return kept, false
		}
		switch means := x.means.(type) {
		case names:
			o := means.alts[0].object
			if o.Metric != nil || o.Dimension != nil && o.Member == "" && isMeasurable(o.Dimension) {
				return kept, false
			}
			ok = ok || o.Member != ""
		case Follow:
			if means.How != WhatAbout {
				return kept, false
			}
			continue
		case Noise, Glue, Linker, Equals, Timed, Grained, GroupMark:
		case Difference:
			if !means.Asked {
				return kept, false
			}
		case Against, Change, Share, Rank, Order:
			ok = true
		case Top:
			ok = ok || len(means.Hints) == 0 && !means.Count
			if !ok {
				return kept, false
			}
		case Which:
			if means.What != WhichOne && means.What != YesNo && (means.What != HowMuch || shared) {
				return kept, false
			}
		default:
			return kept, false
		}
		kept.mentions = append(kept.mentions, x)
	}
	return kept, ok
}

// usualMetrics are the metrics in the order in which they are offered to one
// who named none: sales and orders first, then money, then the rest.
func (r *Reader) usualMetrics() []*semantic.Metric {
	rank := func(m *semantic.Metric) int { return len(usual) + moneyFirst(m) }
	first := map[*semantic.Metric]int{}
	for i, name := range usual {
		for _, c := range r.vocabulary.names.exact(normsOf(name)) {
			if _, known := first[c.object.Metric]; c.object.Metric != nil && !known {
				first[c.object.Metric] = i
			}
		}
	}
	all := slices.Clone(r.model.Metrics)
	slices.SortStableFunc(all, func(x, y *semantic.Metric) int {
		a, b := rank(x), rank(y)
		if i, ok := first[x]; ok {
			a = i
		}
		if i, ok := first[y]; ok {
			b = i
		}
		return a - b
	})
	return all
}

// usual are the names of what most companies ask for first.
var usual = []string{"销售额", "revenue", "sales", "订单数", "orders"}
