package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// refuse says why a message was not read, by the best of what was tried.
func (a *attempt) refuse(problems semantic.Problems, rejected []Candidate) *Refusal {
	refusal := &Refusal{Problems: problems}
	best := Candidate{Words: a.words(a.best, &sentence{})}
	if len(rejected) > 0 {
		best = rejected[0]
	}
	for _, w := range joinUnread(a.text.Typed, best.Words) {
		refusal.Problems = append(refusal.Problems, a.unreadProblem(w, best, refusal))
	}
	refusal.Try = a.workable(rejected)
	if len(refusal.Try) == 0 {
		refusal.Try = a.understood()
	}
	if len(refusal.Problems) == 0 {
		refusal.Problems = append(refusal.Problems, semantic.Problem{Code: semantic.NotUnderstood, Span: a.text.Span(0, len(a.text.Tokens)), Name: a.text.Typed})
	}
	return refusal
}

// joinUnread joins unread words that touch or that only a space parts.
func joinUnread(typed string, words []WordUse) []WordUse {
	var joined []WordUse
	for _, w := range words {
		if w.State != Unread {
			continue
		}
		if n := len(joined); n > 0 && strings.TrimSpace(typed[joined[n-1].Span.End:w.Span.Start]) == "" {
			joined[n-1].Span.End = w.Span.End
			continue
		}
		joined = append(joined, w)
	}
	return joined
}

// unreadProblem blames words that were not understood and offers the nearest
// names. Where no metric was read, the words stand for one.
func (a *attempt) unreadProblem(w WordUse, best Candidate, refusal *Refusal) semantic.Problem {
	said := a.text.Typed[w.Span.Start:w.Span.End]
	p := semantic.Problem{Code: semantic.NotUnderstood, Span: w.Span, Name: said}
	if ask, ok := best.Reading.(Ask); !ok || ask.Query.List != nil {
		p.Code = semantic.UnknownMetric
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
	for _, c := range rejected {
		if len(found) == maxTries {
			break
		}
		if _, ok := c.Reading.(Ask); !ok || len(c.unsupported) > 0 || c.stuck {
			continue
		}
		plan, err := a.bound(c.Reading)
		if err != nil || slices.ContainsFunc(found, func(o Candidate) bool { return Describe(o.Reading) == Describe(c.Reading) }) {
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
		tried := &attempt{r: a.r, q: a.q, text: a.text, see: a.see, moment: a.moment, best: a.best}
		tried.q.Prior = nil
		tried.assemble(kept, nil, maxTies)
		if found := a.workable(tried.found); len(found) > 0 {
			return found
		}
	}
	return nil
}
