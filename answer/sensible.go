package answer

import (
	"slices"
	"strings"

	"wenshu/nlq"
	"wenshu/semantic"
)

// maxClause is of how many words the clause of a verb that was not understood may be.
const maxClause = 6

// sensible takes out of what nothing was found about what is no name: things that the model
// has, which only did not fit, and words that name nothing by themselves. Where nothing
// else was named, it is what the lexicon knows, or the whole clause of the verb.
func (a *asking) sensible(n *naming, list semantic.Problems) semantic.Problems {
	asSaid := slices.Clone(list)
	for i, p := range list {
		if p.Detail == unheld {
			list[i].Name = n.trimmed(p)
		}
	}
	isName := func(p semantic.Problem) bool {
		return !people[folded(p.Name)] && !known().isLoose(p.Name) && !n.isFunction(p.Span) && !a.isThere(p) && !n.isMember(p.Span) && !n.isRead(p.Span)
	}
	held := func(p semantic.Problem) bool { return p.Detail == unheld }
	isNamed := func(text string) bool { return len(a.namedIn(text)) > 0 || a.metricCalled(text) != nil }
	switch {
	case !slices.ContainsFunc(list, held):
		if !slices.ContainsFunc(list, func(p semantic.Problem) bool { return !unknown[p.Code] }) {
			if words := n.wordsSaid(isNamed); len(words) > 0 {
				return words
			}
		}
		if len(list) == 1 && unknown[list[0].Code] {
			name := list[0].Name
			if len([]rune(name)) == 1 || known().isLoose(name) || n.isFunction(list[0].Span) || name == a.req.Question {
				list[0].Code, list[0].Name, list[0].Near = semantic.NotUnderstood, a.req.Question, nil // it says nothing alone, or is no name
			}
		}
		return list
	case slices.ContainsFunc(list, func(p semantic.Problem) bool { return held(p) && isName(p) }):
		return slices.DeleteFunc(list, func(p semantic.Problem) bool { return held(p) && !isName(p) })
	}
	if words := n.wordsSaid(isNamed); len(words) > 0 {
		return append(words, slices.DeleteFunc(list, held)...)
	}
	for i, p := range asSaid {
		switch {
		case held(p) && known().isLoose(p.Name):
			asSaid[i] = n.clause(p)
		case held(p) && n.isRead(p.Span): // it is there, and did not fit
			asSaid[i] = semantic.Problem{Code: p.Code, Name: a.req.Question, Span: p.Span}
		}
	}
	return asSaid
}

// trimmed is the name of a problem without the words around it that name nothing by
// themselves: boss happy, claim travel expenses.
func (n *naming) trimmed(p semantic.Problem) string {
	from, end := n.tokensOf(p.Span)
	if from >= end || n.isNoun(from, end) || n.text.Tokens[from].Class != nlq.Word {
		return p.Name
	}
	isLoose := func(i int) bool {
		return n.text.Tokens[i].Class == nlq.Word && (known().isLoose(n.text.Tokens[i].Norm) || people[n.text.Tokens[i].Norm])
	}
	a, b := from, end
	for a < b && isLoose(a) {
		a++
	}
	for a < b && isLoose(b-1) {
		b--
	}
	if a >= b {
		return p.Name
	}
	return n.question[n.text.Tokens[a].Start:n.text.Tokens[b-1].End]
}

// isFunction reports whether some words are of Han grammar alone.
func (n *naming) isFunction(span semantic.Span) bool {
	from, end := n.tokensOf(span)
	return from < end && !slices.Contains(n.function[from:end], false)
}

// isMember reports whether words are a member by themselves.
func (n *naming) isMember(span semantic.Span) bool {
	from, end := n.tokensOf(span)
	return from < end && !slices.ContainsFunc(n.uses[from:end], func(w nlq.WordUse) bool { return w.Object.Member == "" || w.Span != span })
}

// isRead reports whether the reader knew each of some words, and more than one, and they
// are no subject of their own: a store conversion rate is more than a store and a rate.
func (n *naming) isRead(span semantic.Span) bool {
	from, end := n.tokensOf(span)
	if from >= end || n.uses[from] == n.uses[end-1] || len(known().subjectsOf([]string{n.question[span.Start:span.End]}, "")) > 0 {
		return false
	}
	for i := from; i < end; i++ {
		if w := n.uses[i]; w.State != nlq.Used && n.content(i) && n.text.Tokens[i].Class != nlq.Digit {
			return false
		}
	}
	return true
}

// isThere reports whether the model has a thing that is called so.
func (a *asking) isThere(p semantic.Problem) bool {
	said := phraseOf(p.Name)
	if slices.ContainsFunc(p.Near, func(near string) bool { return strings.Contains(string(said), string(phraseOf(near))) }) || a.metricCalled(p.Name) != nil {
		return true
	}
	return slices.ContainsFunc(a.snap.objectTexts(), func(t objectText) bool { return slices.Contains(t.called, said) && a.visible(t.object) })
}

// wordsSaid are the words that say a subject in a question and that no name of the model
// is, as problems.
func (n *naming) wordsSaid(isName func(string) bool) semantic.Problems {
	var list semantic.Problems
	for i, t := range n.text.Tokens {
		if t.Class == nlq.Word && known().words[singular(t.Norm)] && !known().isLoose(t.Norm) && !n.namesModel(i) && !isName(t.Norm) && len(list) < maxOffered {
			from, end := n.nounOf(i, i+1)
			span := semantic.Span{Start: n.text.Tokens[from].Start, End: n.text.Tokens[end-1].End}
			if last := len(list) - 1; last >= 0 && list[last].Span.End > span.Start {
				continue // of the same noun
			}
			list = append(list, semantic.Problem{Code: semantic.NotUnderstood, Name: n.question[span.Start:span.End], Span: span, Detail: unheld})
		}
	}
	return list
}

// clause is a problem about a verb with what it is said of: downloaded our app.
func (n *naming) clause(p semantic.Problem) semantic.Problem {
	from, end := n.tokensOf(p.Span)
	if from >= end || n.text.Tokens[from].Class != nlq.Word {
		return p
	}
	for end < len(n.text.Tokens) && end-from < maxClause && n.text.Tokens[end].Class == nlq.Word && !parts[n.text.Tokens[end].Norm] && !tellsTime(n.uses[end]) && n.uses[end].Object.Member == "" {
		end++
	}
	for end-1 > from && grammarWords[n.text.Tokens[end-1].Norm] {
		end--
	}
	p.Span = semantic.Span{Start: n.text.Tokens[from].Start, End: n.text.Tokens[end-1].End}
	p.Name = n.question[p.Span.Start:p.Span.End]
	return p
}

// parts are words between clauses.
var parts = setOfWords("and or but without who which that when where while because if in during by per since before after last this next")

// isLatin reports whether a text is of Latin words.
func isLatin(text string) bool { return !strings.ContainsFunc(text, isHan) }
