package nlq

import (
	"slices"

	"wenshu/semantic"
)

// readSentence reads a sentence, as one question or, where that cannot be, as one that asks
// a second thing of what it asks first. It is refused where it asks how many of some things
// are of a kind and could not be parted there.
func (r *Reader) readSentence(t *Text, q Question) Message {
	if at, some := someUncounted(t); some {
		span := t.Span(at, len(t.Tokens))
		return Message{Span: t.Span(0, len(t.Tokens)), Refused: notUnderstood(span, t.Norm(at, len(t.Tokens)))}
	}
	m := r.readMessage(t, q)
	if m.Refused != nil {
		if both, ok := r.readBeside(t, q); ok {
			return both
		}
	}
	return m
}

// readBeside reads a question that asks a second thing of what it asks first, where it
// could not be read as a whole: how many permits were issued in each district, and what is
// their total value? ok is false unless both stand in one answer.
func (r *Reader) readBeside(t *Text, q Question) (Message, bool) {
	clauses := besides(t)
	if len(clauses) < 2 || len(q.Prior) > 0 {
		return Message{}, false
	}
	m := r.readMessage(clauses[0], q)
	if m.Refused != nil || len(m.Candidates) != 1 {
		return Message{}, false
	}
	ask, ok := m.Candidates[0].Reading.(Ask)
	if !ok || ask.Exists || ask.Goal != NoGoal || ask.Claim != nil {
		return Message{}, false
	}
	c := &shownColumns{r: r, q: q, query: ask.Query, taken: map[string]bool{}}
	words := m.Candidates[0].Words
	for i, clause := range clauses[1:] {
		c.words = r.wordsOf(clauses[:i+1])
		used, ok := c.asksBeside(clause)
		if !ok {
			return Message{}, false
		}
		words = slices.Concat(words, used)
	}
	m, ok = r.closed(m, c.query, q)
	if !ok {
		return Message{}, false
	}
	m.Candidates[0].Words = words
	m.Span = t.Span(0, len(t.Tokens))
	return m, true
}

// besides cuts a sentence before each question that "and" joins to what it asks first.
func besides(t *Text) []*Text {
	var clauses []*Text
	from := 0
	for at := 1; at+1 < len(t.Tokens); at++ {
		if t.At(at).Norm != "and" || !opensBeside(t, at+1) {
			continue
		}
		end := at
		if t.At(at-1).Norm == "," {
			end--
		}
		clauses = append(clauses, &Text{t.Typed, t.Tokens[from:end]})
		from = at + 1
	}
	return append(clauses, &Text{t.Typed, t.Tokens[from:]})
}

// opensBeside reports whether a question begins at a token that may be about what was asked
// before it.
func opensBeside(t *Text, at int) bool {
	switch t.At(at).Norm {
	case "how", "what", "when":
		return true
	case "on", "in", "by":
		return t.At(at+1).Norm == "what" || t.At(at+1).Norm == "which"
	}
	return false
}

// asksBeside adds what a clause asks to the answer, where it is not there; ok is false where
// it cannot be.
func (c *shownColumns) asksBeside(clause *Text) (used []WordUse, ok bool) {
	column := ""
	if said := c.saidAgain(clause); said != "" {
		column = said
	} else if date := c.dateAsked(clause); date != nil {
		column = c.answers(date)
	} else if named := asksValue(clause); named != nil {
		column = c.answers(named)
	}
	if column != "" {
		return []WordUse{{Span: clause.Span(0, len(clause.Tokens)), State: Used, As: column}}, true
	}
	return c.computesBeside(clause)
}

// pointing are words that point at what was asked before.
var pointing = setOf("their its his her them those these such each one they it he she that every")

// sayNothing are verbs that say nothing by themselves, and other words between what is asked
// and what it is asked of.
var sayNothing = setOf("did does do is are was were has have had been there of in on for by to at the")

// saidAgain names the count of the answer that a clause asks for once more: and how many
// such tickets did each of them open? "" where it says something new.
func (c *shownColumns) saidAgain(clause *Text) string {
	if clause.At(0).Norm != "how" || clause.At(1).Norm != "many" || saysSome(&Text{clause.Typed, clause.Tokens[:min(4, len(clause.Tokens))]}) {
		return ""
	}
	at, points := 2, false
	var noun []Token
	for ; at < len(clause.Tokens) && !sayNothing[clause.At(at).Norm]; at++ {
		if pointing[clause.At(at).Norm] {
			points = true
			continue
		}
		noun = append(noun, clause.Tokens[at])
	}
	for _, token := range clause.Tokens[at:] {
		switch {
		case pointing[token.Norm]:
			points = true
		case token.Class != Mark && !sayNothing[token.Norm] && !c.said([]Token{token}):
			return ""
		}
	}
	if !points || !c.said(noun) {
		return ""
	}
	var counts []string
	for _, f := range c.figures() {
		if slices.Contains(f.kinds, "count") || slices.Contains(f.kinds, "count_distinct") {
			if c.isOf(f, &Text{clause.Typed, noun}) {
				counts = append(counts, f.column)
			}
		}
	}
	if len(counts) != 1 {
		return ""
	}
	return counts[0]
}

// dateAsked is the date that a clause asks for, as a noun: on what date does each one
// expire; nil for none.
func (c *shownColumns) dateAsked(clause *Text) *Text {
	at := 0
	if opensBeside(clause, 0) && sayNothing[clause.At(0).Norm] {
		at++
	}
	asks := clause.At(at).Norm
	at++
	switch noun := clause.At(at).Norm; {
	case asks == "when":
	case asks == "what" || asks == "which":
		if noun != "date" && noun != "day" {
			return nil
		}
		at++
	default:
		return nil
	}
	var said []Token
	for ; at < len(clause.Tokens); at++ {
		if word := clause.At(at); word.Class != Mark && !sayNothing[word.Norm] && !pointing[word.Norm] {
			said = append(said, word)
		}
	}
	if len(said) == 0 {
		return nil
	}
	return &Text{clause.Typed, said}
}

// asksValue is the noun of a clause that asks what something of what was found is: what is
// their total value; nil for another question.
func asksValue(clause *Text) *Text {
	at := 1
	if clause.At(0).Norm != "what" {
		return nil
	}
	switch clause.At(at).Norm {
	case "is", "are", "was", "were":
		at++
	case "'":
		at += 2
	default:
		return nil
	}
	if !determines[clause.At(at).Norm] || at >= len(clause.Tokens) {
		return nil
	}
	return &Text{clause.Typed, clause.Tokens[at:]}
}

// computesBeside reads a clause by itself and computes what it asks beside the rest: over
// the same rows where it points at them, over those it says where it says its own.
func (c *shownColumns) computesBeside(clause *Text) ([]WordUse, bool) {
	bare, points := c.unpointed(clause)
	if c.query.List != nil || len(bare.Tokens) == 0 {
		return nil, false
	}
	m := c.r.readMessage(bare, c.q)
	if m.Refused != nil || len(m.Candidates) != 1 {
		return nil, false
	}
	ask, ok := m.Candidates[0].Reading.(Ask)
	if !ok || ask.Exists || ask.Claim != nil {
		return nil, false
	}
	query, ok := besideQuery(c.query, ask.Query, points)
	if !ok {
		return nil, false
	}
	c.query = query
	return m.Candidates[0].Words, true
}

// unpointed leaves out of a clause the words that point at what was found; points reports
// whether there are any.
func (c *shownColumns) unpointed(clause *Text) (bare *Text, points bool) {
	bare = &Text{Typed: clause.Typed}
	for at := 0; at < len(clause.Tokens); at++ {
		norm := clause.At(at).Norm
		next := clause.At(at + 1).Norm
		switch {
		case (norm == "of" || norm == "among" || norm == "for") && at+1 < len(clause.Tokens) && pointing[next]:
			points = true
			at++
			for at+1 < len(clause.Tokens) && (pointing[clause.At(at+1).Norm] || c.said(clause.Tokens[at+1:at+2]) && !sayNothing[clause.At(at+1).Norm]) {
				at++ // of these fires
			}
		case norm == "their" || norm == "its" || norm == "his" || norm == "her" || norm == "such":
			points = true
			if len(bare.Tokens) > 0 && norm != "such" {
				the := clause.Tokens[at]
				the.Norm = "the"
				bare.Tokens = append(bare.Tokens, the)
			}
		default:
			bare.Tokens = append(bare.Tokens, clause.Tokens[at])
		}
	}
	return bare, points
}

// besideQuery computes the numbers of a second query beside those of a first; ok is false
// where they are of different periods, splits or rows that one query cannot hold.
func besideQuery(first, second *semantic.Query, points bool) (*semantic.Query, bool) {
	plain := func(q *semantic.Query) bool {
		return q.List == nil && q.Having == nil && len(q.Versus)+len(q.Show)+len(q.Per) == 0 && q.Limit == 0
	}
	if !plain(second) || first.List != nil || len(first.Versus)+len(first.Show) > 0 {
		return nil, false
	}
	if len(second.During) > 0 && !slices.EqualFunc(first.During, second.During, func(a, b semantic.Period) bool { return semantic.PeriodString(a) == semantic.PeriodString(b) }) {
		return nil, false
	}
	q := first.Clone()
	if len(first.By) == 0 && plain(first) {
		q.By = second.Clone().By
	} else if slices.ContainsFunc(second.By, func(g semantic.Group) bool {
		return !slices.ContainsFunc(first.By, func(o semantic.Group) bool { return semantic.ExprString(o.Expr) == semantic.ExprString(g.Expr) })
	}) {
		return nil, false
	}
	shared, mine, theirs := sharedTests(first.Where, second.Where)
	if theirs == nil && mine != nil && !points || theirs != nil && !points && !plain(first) {
		return nil, false
	}
	if theirs != nil && !points && mine != nil {
		q.Where = shared
		for i := range q.Items {
			q.Items[i].Expr = semantic.Filtered{X: q.Items[i].Expr, Where: mine}
		}
	}
	for _, item := range second.Items {
		if theirs != nil {
			item.Expr = semantic.Filtered{X: item.Expr, Where: theirs}
		}
		if !slices.ContainsFunc(q.Items, func(o semantic.Item) bool { return semantic.ExprString(o.Expr) == semantic.ExprString(item.Expr) }) {
			q.Items = append(q.Items, item)
		}
	}
	return q, len(q.Items) > len(first.Items)
}

// sharedTests parts the tests of two queries into those of both, and those of one alone.
func sharedTests(first, second semantic.Expr) (shared, mine, theirs semantic.Expr) {
	has := func(where, test semantic.Expr) bool {
		return slices.ContainsFunc(semantic.Conjuncts(where), func(o semantic.Expr) bool { return semantic.ExprString(o) == semantic.ExprString(test) })
	}
	for _, test := range semantic.Conjuncts(first) {
		if has(second, test) {
			shared = both(shared, test)
		} else {
			mine = both(mine, test)
		}
	}
	for _, test := range semantic.Conjuncts(second) {
		if !has(first, test) {
			theirs = both(theirs, test)
		}
	}
	return shared, mine, theirs
}
