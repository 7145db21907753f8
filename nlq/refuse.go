package nlq

import "wenshu/semantic"

// refuse says why a message was not read, by the best of what was tried.
func (a *attempt) refuse(problems semantic.Problems, rejected []Candidate) *Refusal {
	refusal := &Refusal{Problems: problems}
	if len(rejected) == 0 {
		refusal.Problems = append(refusal.Problems, semantic.Problem{Code: semantic.NotUnderstood, Span: a.text.Span(0, len(a.text.Tokens)), Name: a.text.Typed})
		return refusal
	}
	best := rejected[0]
	for _, w := range joinUnread(best.Words) {
		said := a.text.Typed[w.Span.Start:w.Span.End]
		near := a.nearNames(said)
		p := semantic.Problem{Code: semantic.NotUnderstood, Span: w.Span, Name: said}
		for _, o := range near {
			p.Near = append(p.Near, o.String())
			refusal.Near = append(refusal.Near, o)
		}
		refusal.Problems = append(refusal.Problems, p)
	}
	if len(refusal.Problems) == 0 {
		refusal.Problems = append(refusal.Problems, semantic.Problem{Code: semantic.NotUnderstood, Span: a.text.Span(0, len(a.text.Tokens)), Name: a.text.Typed})
	}
	return refusal
}

// joinUnread joins unread words that touch.
func joinUnread(words []WordUse) []WordUse {
	var joined []WordUse
	for _, w := range words {
		if w.State != Unread {
			continue
		}
		if n := len(joined); n > 0 && joined[n-1].Span.End == w.Span.Start {
			joined[n-1].Span.End = w.Span.End
			continue
		}
		joined = append(joined, w)
	}
	return joined
}
