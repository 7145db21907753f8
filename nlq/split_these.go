package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// countsOfThese reports whether at a token it is asked how many of what the sentence before
// counted are of some kind: how many of these orders were paid.
func countsOfThese(part *Text, at int) bool {
	for from := at; from < len(part.Tokens) && from < at+2; from++ {
		if opensAmong(part, from) {
			return true
		}
	}
	return countsOfThem(part, at)
}

// countsOfThem reports whether "how many of those" stands at a token.
func countsOfThem(part *Text, at int) bool {
	if part.At(at).Norm == "and" {
		at++
	}
	if part.At(at).Norm != "how" || part.At(at+1).Norm != "many" || part.At(at+2).Norm != "of" {
		return false
	}
	switch part.At(at + 3).Norm {
	case "these", "those", "them":
		return part.At(at+5).Norm != "there" // how many of them are there
	}
	return false
}

// saysNumber reports whether a number of things is asked for among tokens.
func saysNumber(t *Text, from, end int) bool {
	return slices.ContainsFunc(t.Tokens[from:end], func(token Token) bool { return token.Norm == "number" || token.Norm == "count" })
}

// someUncounted returns where a sentence that is read in one asks how many of what it counts
// are of some kind: one number would be lost. ok is false where it does not.
func someUncounted(t *Text) (at int, ok bool) {
	for at := 2; at < len(t.Tokens); at++ {
		if t.At(at).Norm == "how" && countsOfThem(t, at) && (asks(t, 0, at) || saysNumber(t, 0, at)) {
			return at, true
		}
	}
	return 0, false
}

// oneSentence reports whether two parts, one behind the other, are of one sentence.
func oneSentence(before, part *Text) bool {
	return !strings.ContainsAny(part.Typed[before.Tokens[len(before.Tokens)-1].End:part.Tokens[0].Start], "?？!！;；.。\n")
}

// opensAmong reports whether 其中 opens a question how many of what was counted are of
// some kind: 其中紧急的几单.
func opensAmong(t *Text, at int) bool {
	return t.Norm(at, min(at+2, len(t.Tokens))) == "其中" && asksCount(t, at+2, len(t.Tokens)) && !slices.ContainsFunc(t.Tokens[at:], func(token Token) bool { return token.Norm == "占" || token.Norm == "率" })
}

// countsAmong reports whether a comma parts a count from the question how many of it are
// of some kind: 报修有几单,其中紧急的几单.
func countsAmong(t *Text, from, at int) bool {
	return t.At(at).Norm == "," && asksCount(t, from, at) && opensAmong(t, at+1)
}

// asksCount reports whether some tokens ask how many in Chinese.
func asksCount(t *Text, from, end int) bool {
	for at := from; at < end; at++ {
		if saysHowMany(t, at) {
			return true
		}
	}
	return false
}

// saysHowMany reports whether 几 or 多少 begins at a token.
func saysHowMany(t *Text, at int) bool {
	return t.At(at).Norm == "几" || t.At(at).Norm == "多" && t.At(at+1).Norm == "少"
}

// ofThese joins a count and the question how many of them are of some kind, so that
// both numbers stand side by side; nil leaves the second as it was read. It is refused
// where it would be about all there are.
func (r *Reader) ofThese(before, m Message, part *Text, q Question) *Message {
	refused := &Message{Span: m.Span, Refused: notUnderstood(m.Span, part.Norm(0, len(part.Tokens)))}
	if m.Refused != nil {
		return &m
	}
	if len(before.Candidates) != 1 {
		return refused
	}
	was, counted := before.Candidates[0].Reading.(Ask)
	if !counted {
		return nil
	}
	var joined *Message
	for _, c := range m.Candidates {
		ask, asked := c.Reading.(Ask)
		if !asked {
			continue
		}
		query, ok := r.among(was.Query, ask.Query)
		if !ok || joined != nil && Describe(joined.Candidates[0].Reading) == query.String() {
			continue
		}
		plan, err := r.bind(r.model, query, q.Viewer, semantic.Clock{Now: q.Now, Calendar: r.model.Calendar})
		if err != nil {
			continue
		}
		if joined != nil {
			return refused // some of them in two ways
		}
		c.Reading, c.Plan = Ask{Query: query, Edit: true}, plan
		c.Words = append(slices.Clone(before.Candidates[0].Words), c.Words...)
		joined = &Message{Span: semantic.Span{Start: before.Span.Start, End: m.Span.End}, Candidates: []Candidate{c}}
	}
	if joined != nil {
		return joined
	}
	if ask, ok := m.Candidates[0].Reading.(Ask); ok && ask.Edit && len(m.Candidates) == 1 && len(ask.Query.Items) == 1 && len(ask.Query.By) == len(was.Query.By) && slices.Equal(ask.Query.During, was.Query.During) {
		return nil // what the first asks, of some of them
	}
	return refused
}

// isCountOf reports whether an expression counts rows.
func (r *Reader) isCountOf(e semantic.Expr) bool {
	switch x := e.(type) {
	case semantic.Call:
		return x.Func == "count"
	case semantic.Name:
		if len(x.Path) == 1 {
			if m := r.model.Metric(x.Path[0]); m != nil {
				call, ok := m.Expr.(semantic.Call)
				return ok && call.Func == "count"
			}
		}
	}
	return false
}

// among adds to a count how many of it the tests of another count hold for.
func (r *Reader) among(all, some *semantic.Query) (*semantic.Query, bool) {
	if all.List != nil || len(all.Items) != 1 || !r.isCountOf(all.Items[0].Expr) {
		return nil, false
	}
	count := all.Items[0].Expr
	if some.List != nil || len(some.Items) != 1 || semantic.ExprString(some.Items[0].Expr) != semantic.ExprString(count) || some.Limit != all.Limit || len(some.Versus) > 0 {
		return nil, false
	}
	var extra semantic.Expr
	if n := len(some.By); n == len(all.By)+1 {
		name, ok := some.By[n-1].Expr.(semantic.Name)
		if ok && r.isFlag(name) {
			some = some.Clone()
			some.By, extra = some.By[:n-1], semantic.Binary{Op: semantic.Eq, L: name, R: semantic.Lit{Value: semantic.BoolValue(true)}} // of those that are
		}
	}
	bare := func(q *semantic.Query) string {
		q = q.Clone()
		q.Where = nil
		return q.String()
	}
	whole := &semantic.Query{Items: some.Items}
	if bare(some) != bare(all) && bare(some) != bare(whole) {
		return nil, false
	}
	for _, test := range semantic.Conjuncts(some.Where) {
		if !slices.ContainsFunc(semantic.Conjuncts(all.Where), func(o semantic.Expr) bool { return semantic.ExprString(o) == semantic.ExprString(test) }) {
			extra = both(extra, test)
		}
	}
	if extra == nil {
		return nil, false
	}
	query := all.Clone()
	query.Items = append(query.Items, semantic.Item{Expr: semantic.Filtered{X: count, Where: extra}})
	return query, true
}

// isFlag reports whether a name is of a column of yes and no.
func (r *Reader) isFlag(name semantic.Name) bool {
	d := r.dimensionOf(name)
	return d != nil && d.Type.Kind == semantic.Bool
}
