package answer

import (
	"context"
	"slices"
	"strings"

	"wenshu/nlq"
	"wenshu/semantic"
)

// refusal is a message that was refused, as it is worded and as offers are made for it.
type refusal struct {
	said     string            // the message
	problems semantic.Problems // with whole names
	unheld   []string          // what nothing was found about
	named    []nlq.Object      // what of the model it surely names
	pieces   []nlq.Object      // members that are pieces of what was not understood
	split    *nlq.Object       // by what it says to split; nil for nothing
	toCome   bool              // its period is to come
	stray    bool              // most of its words are of nothing that is known
	wants    string            // what it asks for besides numbers: a construct; "" for numbers
}

// The constructs that a refused message may ask for, and what is beside all data.
const (
	wantsAct      = "action"
	wantsOpinion  = "opinion"
	wantsReasons  = "reasons"
	wantsForecast = "forecast"
	wantsBeside   = "beside"
)

// refused words a refusal, with what would work.
func (a *asking) refused(ctx context.Context, answer *Answer, m nlq.Message) *Answer {
	r := m.Refused
	answer.Words = a.visibleMarks(r.Words)
	f := a.refusalOf(m)
	a.kept = a.past(a.dated(a.surely(r, f), r, f.wants))
	offered := a.offers(ctx, f, r)
	if len(offered) == 0 || slices.ContainsFunc(f.problems, func(p semantic.Problem) bool { return p.Repair != "" || final[p.Code] }) {
		answer = a.failed(answer, f.problems)
		offered = slices.DeleteFunc(offered, func(c Choice) bool { return has(answer.Suggestions, c) })
		answer.Suggestions = append(slices.DeleteFunc(answer.Suggestions, func(c Choice) bool { return len(offered) > 0 && c.Kind != "repair" }), offered...)
	} else {
		answer = a.worded(answer, f.problems)
		answer.Suggestions = offered
	}
	answer.Suggestions = answer.Suggestions[:min(len(answer.Suggestions), maxOffered)]
	return answer
}

// refusalOf names what was not understood and says of what kind the message is.
func (a *asking) refusalOf(m nlq.Message) *refusal {
	f := &refusal{said: a.spoken(m)}
	n := newNaming(a.req.Question, m.Refused.Words)
	f.problems = n.named(slices.DeleteFunc(slices.Clone(m.Refused.Problems), func(p semantic.Problem) bool {
		return len(m.Refused.Problems) > 1 && a.pieceOfMember(p, m.Refused.Words)
	}))
	f.problems = a.withCompounds(n, a.sensible(n, a.compoundsSaid(n, f.problems)))
	for i, p := range f.problems {
		if p.Detail == unheld {
			f.problems[i].Near = a.misspelt(p.Name, p.Near)
			f.unheld = append(f.unheld, p.Name)
		}
	}
	for _, w := range m.Refused.Words {
		if around := n.compoundAround(w.Span); w.Object.Member != "" && around.End > 0 && len(f.unheld) > 0 {
			f.pieces = append(f.pieces, w.Object)
			if !f.within(around) {
				p := semantic.Problem{Code: semantic.NotUnderstood, Name: a.req.Question[around.Start:around.End], Span: around, Detail: unheld}
				f.problems, f.unheld = append(f.problems, p), append(f.unheld, p.Name)
			}
		}
		if namesObject(w) && a.visible(w.Object) && !f.within(w.Span) && !(w.Object.Member != "" && saysLittle(a.req.Question[w.Span.Start:w.Span.End])) {
			f.named = append(f.named, w.Object)
			if w.Object.Member == "" && f.split == nil && n.marked(w.Span) {
				f.split = &w.Object
			}
		}
	}
	slices.SortStableFunc(f.problems, func(x, y semantic.Problem) int { return x.Span.Start - y.Span.Start })
	if len(f.named) == 0 {
		f.named = a.namedIn(f.said)
	}
	f.toCome = a.asksToCome(m.Refused)
	f.stray = n.stray() && !asksNumber(f.said)
	f.wants = a.wanted(f)
	if f.wants == wantsForecast && !slices.ContainsFunc(f.problems, func(p semantic.Problem) bool { return p.Code != semantic.NoPath && p.Code != semantic.AmbiguousPath }) {
		f.problems = semantic.Problems{{Code: semantic.NotComputed, Detail: wantsForecast}}
	}
	switch {
	case f.wants == "" || f.wants != wantsBeside && slices.ContainsFunc(f.problems, func(p semantic.Problem) bool { return !unknown[p.Code] }):
		if len(f.problems) == 0 {
			f.problems = semantic.Problems{{Code: semantic.NotUnderstood, Name: f.said, Span: m.Span}}
		}
	case f.wants == wantsAct || f.wants == wantsBeside || f.wants == wantsOpinion && len(f.named) == 0 || len(f.problems) == 0 || len(f.unheld) == 0 || !f.namesThings():
		p := semantic.Problem{Code: semantic.NotUnderstood, Name: f.said, Span: m.Span}
		if len(m.Refused.Problems) > 0 {
			p = m.Refused.Problems[0]
		}
		p.Detail, p.Near = f.wants, nil
		f.problems = semantic.Problems{p}
	default:
		f.problems = append(f.problems, semantic.Problem{Code: semantic.NotComputed, Detail: f.wants})
	}
	return f
}

// asksToCome reports whether a refused message is about days to come.
func (a *asking) asksToCome(r *nlq.Refusal) bool {
	q := r.Kept
	if q == nil && len(r.Try) > 0 {
		if ask, ok := r.Try[0].Reading.(nlq.Ask); ok {
			q = ask.Query
		}
	}
	return q != nil && len(q.During) > 0 && a.isToCome(q.During[0])
}

// compoundsSaid takes the words of the lexicon that no name of the model is for what nothing
// was found about, where the reader stuck at a character or at what does not go together.
func (a *asking) compoundsSaid(n *naming, list semantic.Problems) semantic.Problems {
	least := 2
	for _, p := range list {
		switch {
		case p.Code == semantic.NoPath || p.Code == semantic.AmbiguousPath || p.Code == semantic.NotComputed && p.Name == "":
			least = 3
		case unknown[p.Code] && (p.Detail != unheld || people[folded(p.Name)]):
		default:
			return list
		}
	}
	names := n.compoundsSaid(least, func(text string) bool {
		return a.snap.model.Dimension(text) != nil || a.isThere(semantic.Problem{Name: text})
	})
	if len(names) == 0 {
		return list
	}
	return names
}

// withCompounds adds the words of the lexicon that were read as something shorter: the load
// time of a page load time.
func (a *asking) withCompounds(n *naming, list semantic.Problems) semantic.Problems {
	if len(list) == 0 || slices.ContainsFunc(list, func(p semantic.Problem) bool { return !unknown[p.Code] }) {
		return list
	}
	isName := func(text string) bool {
		return a.snap.model.Dimension(text) != nil || a.isThere(semantic.Problem{Name: text})
	}
	for _, p := range n.compoundsSaid(3, isName) {
		from, end := n.tokensOf(p.Span)
		if len(list) < maxOffered && end-from > 1 && !known().isLoose(p.Name) && !slices.ContainsFunc(list, func(o semantic.Problem) bool { return o.Span.Start < p.Span.End && p.Span.Start < o.Span.End }) &&
			!slices.ContainsFunc(n.uses[from:end], func(w nlq.WordUse) bool { return w.Object.Metric != nil || w.Span == p.Span && namesObject(w) }) {
			list = append(list, p)
		}
	}
	return list
}

// people are words that name nothing by themselves.
var people = setOfWords("people persons person things thing stuff guys folks")

// namedIn are the entities and columns that a text names word for word, the longest first.
func (a *asking) namedIn(text string) []nlq.Object {
	w := wordingOf(text)
	type naming struct {
		object nlq.Object
		by     string
	}
	var found []naming
	for _, t := range a.snap.objectTexts() {
		longest := ""
		for _, p := range t.called {
			if w.holds(p) && len(p) > len(longest) {
				longest = string(p)
			}
		}
		if longest != "" && a.visible(t.object) {
			found = append(found, naming{t.object, longest})
		}
	}
	slices.SortStableFunc(found, func(x, y naming) int { return len(y.by) - len(x.by) })
	var list []nlq.Object
	for i, f := range found {
		if !slices.ContainsFunc(found[:i], func(o naming) bool { return o.by != f.by && strings.Contains(o.by, f.by) }) {
			list = append(list, f.object)
		}
	}
	return list
}

// namesThings reports whether what was not understood is a thing by itself, not only the
// words that ask for an opinion or for days to come.
func (f *refusal) namesThings() bool {
	return slices.ContainsFunc(f.unheld, func(name string) bool { return len(known().subjectsOf([]string{name}, "")) > 0 })
}

// wanted is what a refused message asks for besides numbers. How it is built says it before
// any word of it does.
func (a *asking) wanted(f *refusal) string {
	w, x := wordingOf(f.said), known()
	metric := slices.ContainsFunc(f.named, func(o nlq.Object) bool { return o.Metric != nil })
	opinion := w.holdsAny(x.opinion) || x.isBuilt(wantsOpinion, w)
	switch {
	case tellsToAct(w):
		return wantsAct
	case !metric && (x.isBuilt(wantsBeside, w) || w.holdsAny(x.personal) || slices.ContainsFunc(x.beside, func(p phrase) bool { return w.holds(p) && !a.called(p) }) || calculates(f.said)):
		return wantsBeside
	case !opinion && isToldSo(w):
		return wantsAct
	case f.stray && !metric && !f.nearSomething() && !w.holdsAny(x.future) && !opinion:
		return wantsBeside
	case len(f.named) == 0 && len(x.subjectsOf(nil, f.said)) == 0 && !w.holdsAny(x.future) && !opinion && !f.toCome && !f.nearSomething() && !f.asksForMeasure():
		return wantsBeside
	case f.toCome && opinion:
		return wantsForecast
	case opinion:
		return wantsOpinion
	case w.holdsAny(x.why):
		return wantsReasons
	case w.holdsAny(x.future) || x.isBuilt(wantsForecast, w):
		return wantsForecast
	}
	return ""
}

// nearSomething reports whether a word is near to a name of the model, so that it is no
// message about something else.
func (f *refusal) nearSomething() bool {
	return slices.ContainsFunc(f.problems, func(p semantic.Problem) bool { return len(p.Near) > 0 })
}

// called reports whether the model has an entity or a column of a name: where films are
// data, what is said of films is no small talk.
func (a *asking) called(p phrase) bool {
	return slices.ContainsFunc(a.snap.objectTexts(), func(t objectText) bool { return slices.Contains(t.called, p) })
}

// asksForMeasure reports whether what was not understood is something that is counted or
// measured, so that the message is a question about numbers.
func (f *refusal) asksForMeasure() bool {
	return slices.ContainsFunc(f.unheld, func(name string) bool {
		words := strings.Fields(wordingOf(name).words)
		return len(words) > 1 && heads[words[len(words)-1]] ||
			len([]rune(name)) > 2 && slices.ContainsFunc(headsHan, func(head string) bool { return strings.HasSuffix(name, head) })
	})
}

// calculates reports whether a message is a sum to do: 1+1.
func calculates(said string) bool {
	figures, signs := 0, 0
	for _, r := range calculus.Replace(strings.ToLower(narrow(said))) {
		switch {
		case r >= '0' && r <= '9':
			figures++
		case strings.ContainsRune("+*/×÷=", r):
			signs++
		}
	}
	return figures > 1 && signs > 0
}

// calculus are the words of sums as signs.
var calculus = strings.NewReplacer(" times ", "*", " plus ", "+", " multiplied by ", "*", " divided by ", "/", "乘以", "*", "除以", "/", "加上", "+")

// surely is what a refused question surely names, without members that are a piece of what
// was not understood: the open of an email open rate.
func (a *asking) surely(r *nlq.Refusal, f *refusal) *semantic.Query {
	if r.Kept == nil && len(r.Try) > 0 {
		if ask, ok := r.Try[0].Reading.(nlq.Ask); ok && len(ask.Query.During) > 0 {
			return &semantic.Query{During: ask.Query.During}
		}
	}
	if r.Kept == nil || r.Kept.Where == nil {
		return r.Kept
	}
	pieces := f.pieces
	for _, w := range r.Words {
		if w.Object.Member != "" && (saysLittle(a.req.Question[w.Span.Start:w.Span.End]) || f.within(w.Span) || f.behind(a.req.Question, w.Span) || strings.HasSuffix(a.req.Question[:w.Span.Start], "每")) {
			pieces = append(pieces, w.Object)
		}
	}
	if len(pieces) == 0 {
		return r.Kept
	}
	kept := r.Kept.Clone()
	kept.Where = conjoin(slices.DeleteFunc(slices.Clone(semantic.Conjuncts(kept.Where)), func(x semantic.Expr) bool {
		if in, ok := x.(semantic.In); ok && len(in.List) > 0 {
			x = semantic.Binary{Op: semantic.Eq, L: in.X, R: in.List[0]}
		}
		o, ok := a.meant(semantic.ExprString(x))
		return ok && slices.ContainsFunc(pieces, func(p nlq.Object) bool { return p == o || p.Member != "" && p.Member == o.Member })
	}))
	return kept
}

// dated is what a refused question surely names without a period that only words say which
// say little: start, late.
func (a *asking) dated(kept *semantic.Query, r *nlq.Refusal, wants string) *semantic.Query {
	if kept == nil || len(kept.During) == 0 {
		return kept
	}
	said := false
	for _, w := range r.Words {
		if tellsTime(w) {
			if slices.ContainsFunc(strings.Fields(strings.ToLower(a.req.Question[w.Span.Start:w.Span.End])), func(word string) bool { return !vague[word] }) {
				return kept
			}
			said = true
		}
	}
	if !said && wants != wantsOpinion {
		return kept
	}
	kept = kept.Clone()
	kept.During = nil
	return kept
}

// vague are words that are a part of a month beside its name only, and that may number
// something else: the second floor.
var vague = setOfWords("the on at to in of by start begin beginning early mid middle late end final first second third fourth fifth sixth seventh eighth ninth tenth")

// saysLittle reports whether a word that a member is called is no name beside words that
// were not understood: a letter, or an adjective of anything.
func saysLittle(said string) bool {
	return !slices.ContainsFunc(nlq.NewText(said).Tokens, func(t nlq.Token) bool { return t.Class == nlq.Han || len(t.Norm) > 1 }) || isLatin(said) && known().isLoose(said)
}

// within reports whether words belong to a name about which nothing was found.
func (f *refusal) within(span semantic.Span) bool {
	return slices.ContainsFunc(f.problems, func(p semantic.Problem) bool {
		return p.Detail == unheld && span.Start < p.Span.End && p.Span.Start < span.End
	})
}

// behind reports whether words are a verb right behind such a name: applications received.
func (f *refusal) behind(question string, span semantic.Span) bool {
	return verbs[folded(question[span.Start:span.End])] && slices.ContainsFunc(f.problems, func(p semantic.Problem) bool {
		return p.Detail == unheld && p.Span.End <= span.Start && strings.TrimSpace(question[p.Span.End:span.Start]) == ""
	})
}

// pieceOfMember reports whether a name is a piece of the way a member is written that was
// understood: the CD of CD-2101.
func (a *asking) pieceOfMember(p semantic.Problem, words []nlq.WordUse) bool {
	for _, w := range words {
		if w.Object.Member == "" {
			continue
		}
		at := strings.Index(strings.ToLower(a.req.Question), strings.ToLower(w.Object.Member))
		if at >= 0 && at <= p.Span.Start && p.Span.End <= at+len(w.Object.Member) {
			return true
		}
	}
	return false
}

// misspelt keeps of the nearest names those that a word is a misspelling of: they begin
// alike and differ in a letter or two, or share two Han characters in their order.
func (a *asking) misspelt(said string, near []string) []string {
	return slices.DeleteFunc(slices.Clone(near), func(name string) bool { return !isMisspelt(folded(said), folded(name)) })
}

func isMisspelt(said, name string) bool {
	x, y := []rune(said), []rune(name)
	if len(x) == 0 || len(y) == 0 || isHan(x[0]) != isHan(y[0]) {
		return false
	}
	if !isHan(x[0]) {
		most := 1 + len(x)/8
		return len(x) >= 4 && x[0] == y[0] && semantic.EditDistance(x, y, most) <= most
	}
	return len(x) >= 3 && len(x) == len(y) && semantic.EditDistance(x, y, 1) <= 1
}
