package nlq

import (
	"slices"

	"wenshu/semantic"
)

// split reads a message of several questions one after the other, each with the
// ones before it as its prior turns. ok is false when the message does not part
// into questions that can all be read.
func (r *Reader) split(t *Text, q Question) ([]Message, bool) {
	if before, correction, ok := rephrased(t); ok {
		return r.readRephrased(before, correction, q), true
	}
	if messages, ok := r.readParts(parts(t, asksAgain), q); ok {
		return messages, true
	}
	if messages, ok := r.readParts(parts(t, countsAmong), q); ok && len(messages) == 1 {
		return messages, true
	}
	if messages, ok := r.readParts(parts(t, countsAgain), q); ok && countsAlike(messages) {
		return messages, true
	}
	return r.readBoth(t, q)
}

// readBoth reads a number and a question who or which behind it: total receivables,
// and who owes the most. The second is about the rows of the first unless it says
// otherwise.
func (r *Reader) readBoth(t *Text, q Question) ([]Message, bool) {
	both := parts(t, asksWhich)
	if len(both) != 2 || asks(both[0], 0, len(both[0].Tokens)) && both[0].At(0).Norm != "what" && both[0].At(0).Norm != "how" {
		return nil, false
	}
	var asked []Ask
	var messages []Message
	for _, part := range both {
		m := r.readMessage(part, q)
		if m.Refused != nil || len(m.Candidates) != 1 {
			return nil, false
		}
		ask, ok := m.Candidates[0].Reading.(Ask)
		if !ok || ask.Edit || ask.Query.List != nil || len(ask.Query.Items) != 1 {
			return nil, false
		}
		asked, messages = append(asked, ask), append(messages, m)
	}
	first, second := asked[0].Query, asked[1].Query.Clone()
	if len(first.By) > 0 || len(second.By) == 0 || second.Limit == 0 {
		return nil, false
	}
	if !r.inherits(&messages[1], first, second, q) {
		return nil, false
	}
	return messages, true
}

// inherits has a question be about the rows and the period of the one before it, where it
// names none itself; ok is false where it cannot be.
func (r *Reader) inherits(m *Message, first, second *semantic.Query, q Question) (ok bool) {
	if len(second.During) == 0 {
		second.During = first.During
	}
	if second.Where == nil {
		second.Where = first.Where
	}
	plan, err := r.bind(r.model, second, q.Viewer, semantic.Clock{Now: q.Now, Calendar: r.model.Calendar})
	if err != nil {
		return false
	}
	c := &m.Candidates[0]
	c.Reading, c.Plan = Ask{Query: second}, plan
	return true
}

// asksWhich reports whether "and" or a comma parts a question who or which from
// what stands before it.
func asksWhich(t *Text, from, at int) bool {
	if at == from {
		return false
	}
	switch t.At(at).Norm {
	case ",":
		return t.At(at+1).Norm != "and" && opensWhich[t.At(at+1).Norm] || t.At(at+1).Norm == "and" && opensWhich[t.At(at+2).Norm]
	case "and":
		return t.At(at-1).Norm != "," && opensWhich[t.At(at+1).Norm]
	}
	return false
}

// opensWhich open a question for one of many.
var opensWhich = map[string]bool{"who": true, "which": true}

// readParts reads questions one after the other.
func (r *Reader) readParts(parts []*Text, q Question) ([]Message, bool) {
	if len(parts) < 2 || len(parts) > maxMessages {
		return nil, false
	}
	var messages []Message
	for i, part := range parts {
		if n := len(messages); n > 0 {
			if messages[n-1], part, q = r.closeWith(messages[n-1], parts[:i], part, q); part == nil {
				continue // it asks for nothing else
			}
		}
		m := r.readSentence(part, q)
		if n := len(messages); n > 0 && asksOfThem(part, 0) {
			messages = append(messages, r.ofThem(messages[n-1], m, part, q))
			continue
		}
		if n := len(messages); n > 0 && countsOfThese(part, 0) {
			if these := r.ofThese(messages[n-1], m, part, q); these != nil {
				m = *these
			}
			if m.Refused == nil && m.Span.Start == messages[n-1].Span.Start {
				messages = append(messages[:n-1], m)
				continue
			}
			if m.Refused != nil && oneSentence(parts[i-1], part) {
				m.Span.Start = messages[n-1].Span.Start
				return []Message{m}, true // half of a sentence is no answer to it
			}
			if m.Refused != nil {
				messages = append(messages, m)
				continue
			}
		}
		if m.Refused != nil || len(m.Candidates) != 1 {
			return nil, false
		}
		ask, isAsk := m.Candidates[0].Reading.(Ask)
		joined := false
		if n := len(messages); isAsk && n > 0 && ask.Edit && refines(messages[n-1], ask) {
			if saysAgain(parts[i-1]) && !splitAlike(messages[n-1], ask) {
				return nil, false
			}
			m.Span.Start = messages[n-1].Span.Start
			m.Candidates[0].Words = append(messages[n-1].Candidates[0].Words, m.Candidates[0].Words...)
			messages, joined = messages[:n-1], true
		}
		if len(messages) > 0 && !joined && saysColumns(part) {
			return nil, false
		}
		if isAsk {
			turn := Turn{Query: ask.Query, Presentation: m.Candidates[0].Presentation}
			q.Prior, q.within = append([]Turn{turn}, q.Prior...), true
		}
		messages = append(messages, m)
	}
	return messages, true
}

// saysAgain reports whether a part closes with a word that what follows says the same in
// other words: overdue, i.e. due but not received.
func saysAgain(t *Text) bool {
	n := len(t.Tokens)
	return t.At(n-1).Norm == "e" && t.At(n-2).Norm == "." && t.At(n-3).Norm == "i"
}

// splitAlike reports whether a refinement is split by what the question before is.
func splitAlike(before Message, ask Ask) bool {
	was, ok := before.Candidates[0].Reading.(Ask)
	return ok && len(was.Query.By) == len(ask.Query.By) && len(was.Query.Items) == len(ask.Query.Items)
}

// saysColumns reports whether a sentence only says what to return of what the one
// before it asks: by itself it would be of all there is. 并给出它的法定代表人.
func saysColumns(part *Text) bool {
	at := 0
	for at < len(part.Tokens) && part.At(at).Class == Mark {
		at++
	}
	switch part.At(at).Norm {
	case "return", "returning", "exclude", "excluding", "ignore", "ignoring", "omit", "skip", "sort", "order", "rank",
		"consider", "include", "restrict", "limit", "focus", "output", "round", "express", "format", "break", "label", "treat", "assume":
		return true
	case "only", "just":
		return restricting[part.At(at+1).Norm]
	case "count", "use", "take", "keep":
		return part.At(at+1).Norm == "only" || part.At(at+1).Norm == "just"
	case "leave", "leaving":
		return part.At(at+1).Norm == "out"
	}
	joined := false
	for _, word := range []string{"并且", "并", "同时", "请"} {
		if rest := at + len([]rune(word)); part.Norm(at, rest) == word {
			at, joined = rest, true
			break
		}
	}
	for _, give := range []string{"给出", "列出", "返回", "写出", "显示", "展示"} {
		if end := at + 2; part.Norm(at, end) == give {
			return joined || ofWhatWasFound[part.At(end).Norm]
		}
	}
	return false
}

// restricting are verbs that, behind "only", hold for what was asked before.
var restricting = map[string]bool{"consider": true, "count": true, "include": true, "use": true, "take": true, "keep": true, "report": true, "look": true}

// ofWhatWasFound begin what points at the answer of the sentence before: 它的, 该.
var ofWhatWasFound = map[string]bool{"它": true, "他": true, "她": true, "其": true, "该": true, "这": true, "那": true}

// readRephrased reads what a person says they meant: of what they said first only
// what the rest leaves open holds.
func (r *Reader) readRephrased(before, correction *Text, q Question) []Message {
	m := r.readMessage(before, q)
	after := &Text{correction.Typed, correction.Tokens[2:]}
	if m.Refused == nil && len(m.Candidates) == 1 {
		if ask, ok := m.Candidates[0].Reading.(Ask); ok {
			turn := Turn{Query: ask.Query, Presentation: m.Candidates[0].Presentation}
			q.Prior, q.within = append([]Turn{turn}, q.Prior...), true
			after = correction // "I mean" puts it in the place of what was said
		}
	}
	return []Message{r.readMessage(after, q)}
}

// rephrased parts a text before the words that correct what was said: I mean.
func rephrased(t *Text) (before, correction *Text, ok bool) {
	for at := len(t.Tokens) - 3; at > 0; at-- {
		if t.At(at).Norm != "i" || t.At(at+1).Norm != "mean" && t.At(at+1).Norm != "meant" {
			continue
		}
		before, correction = &Text{t.Typed, t.Tokens[:at]}, &Text{t.Typed, t.Tokens[at:]}
		return before, correction, hasWords(before) && hasWords(&Text{t.Typed, t.Tokens[at+2:]})
	}
	return nil, nil, false
}

// refines reports whether a follow-up only orders, limits or adds to what the
// message before it asked: then both are one question.
func refines(before Message, ask Ask) bool {
	was, ok := before.Candidates[0].Reading.(Ask)
	if !ok || len(was.Query.Items) > len(ask.Query.Items) {
		return false
	}
	if len(was.Query.By) < len(ask.Query.By) && ask.Query.Limit > 0 && was.Query.Limit == 0 {
		return false // how much, and where most: the one is not in the other
	}
	for i, item := range was.Query.Items {
		if semantic.ExprString(item.Expr) != semantic.ExprString(ask.Query.Items[i].Expr) {
			return false
		}
	}
	if len(was.Query.By) > len(ask.Query.By) {
		return false
	}
	for i, g := range was.Query.By {
		if semantic.ExprString(g.Expr) != semantic.ExprString(ask.Query.By[i].Expr) {
			return false
		}
	}
	a, b := was.Query.Clone(), ask.Query.Clone()
	a.Items, b.Items = nil, nil
	a.By, b.By = nil, nil
	a.Sort, b.Sort, a.Limit, b.Limit, a.Show, b.Show, a.Having, b.Having = nil, nil, 0, 0, nil, nil, nil, nil
	a.Items, b.Items = was.Query.Items[:1], was.Query.Items[:1]
	return a.String() == b.String()
}

// maxMessages bounds how many questions one message may hold.
const maxMessages = 5

// parts cuts a text at the marks that end a sentence, and where it asks again.
func parts(t *Text, again func(t *Text, from, at int) bool) []*Text {
	var parts []*Text
	from := 0
	cut := func(at int) {
		if part := (&Text{t.Typed, t.Tokens[from:at]}); hasWords(part) {
			parts = append(parts, part)
		}
		from = min(at+1, len(t.Tokens))
	}
	for at := range t.Tokens {
		switch {
		case endsSentence(t, at) || again(t, from, at) || at > from && closesBehind(t, at):
			cut(at)
		case at > from && (asksOfThem(t, at) || countsOfThese(t, at)) && (asks(t, from, at) || countsOfThem(t, at) && saysNumber(t, from, at)):
			cut(at)
			if from = at; countsOfThem(t, at) && t.At(at).Norm == "and" {
				from++
			}
		}
	}
	cut(len(t.Tokens))
	return parts
}

// asksAgain reports whether a comma parts two questions: how much, 哪个大区最高.
func asksAgain(t *Text, from, at int) bool {
	if t.At(at).Norm != "," || !openingAsks[t.At(at+1).Norm] && !sharesNext(t, at+1) || t.At(at+1).Norm == "占" && namesWhole(t, at+2) {
		return false
	}
	for i := from; i < at; i++ {
		if norm := t.At(i).Norm; closingAsks[norm+t.At(i+1).Norm] || closingAsks[norm] {
			return true
		}
	}
	return false
}

// sharesNext reports whether a clause asks for the share of what it begins with: 微信占几成.
func sharesNext(t *Text, at int) bool {
	for i := at + 1; i < at+7 && t.At(i).Class == Han; i++ {
		if next := t.At(i + 1).Norm; t.At(i).Norm == "占" && (next == "几" || next == "多" || next == "百") {
			return true
		}
	}
	return false
}

// namesWhole reports whether a share is of something that is named behind the word for it:
// 占5A景点总数的百分之几, and not 占比多少 or 占全部的几成.
func namesWhole(t *Text, at int) bool {
	switch t.At(at).Norm {
	case "比", "多", "几", "百", "总", "了", "到", "据":
		return false
	case "全", "所", "整":
		return t.At(at+2).Norm != "的"
	}
	return true
}

// asks reports whether a question word stands among tokens: how many, which, what.
func asks(t *Text, from, end int) bool {
	return slices.ContainsFunc(t.Tokens[from:end], func(token Token) bool {
		switch token.Norm {
		case "how", "which", "what", "who":
			return true
		}
		return false
	})
}

// asksOfThem reports whether a question about what the one before it found starts
// at a token: and how much did they spend.
func asksOfThem(t *Text, at int) bool {
	if t.At(at).Norm == "and" {
		at++
	}
	if t.At(at).Norm != "how" || t.At(at+1).Norm != "much" && t.At(at+1).Norm != "many" {
		return false
	}
	for end := at + 5; at < end; at++ {
		switch t.At(at).Norm {
		case "did", "do", "does", "have", "has", "were", "are":
			return t.At(at+1).Norm == "they" || t.At(at+1).Norm == "these" || t.At(at+1).Norm == "those"
		}
	}
	return false
}

// ofThem asks a question of those whom the one before it counted, in its period; it
// is refused where they cannot be told.
func (r *Reader) ofThem(before, m Message, part *Text, q Question) Message {
	refused := Message{Span: m.Span, Refused: notUnderstood(m.Span, part.Norm(0, len(part.Tokens)))}
	if m.Refused != nil || len(m.Candidates) != 1 {
		return refused
	}
	c := m.Candidates[0]
	first, counted := before.Candidates[0].Reading.(Ask)
	ask, asked := c.Reading.(Ask)
	if !counted || !asked || len(first.Query.Items) != 1 || len(first.Query.By) > 0 || first.Query.On != nil {
		return refused
	}
	them, counts := r.countedIn(first.Query.Items[0].Expr)
	if them == nil || len(first.Query.During) == 0 && counts.Default != semantic.Period(semantic.AllTime{}) {
		return refused
	}
	set, query := first.Query.Clone(), ask.Query.Clone()
	set.By = []semantic.Group{{Expr: r.entityName(them)}}
	query.Where = both(query.Where, semantic.In{X: r.entityName(them), Sub: set})
	if len(query.During) == 0 {
		query.During = first.Query.During
	}
	plan, err := r.bind(r.model, query, q.Viewer, semantic.Clock{Now: q.Now, Calendar: r.model.Calendar})
	if err != nil {
		return refused
	}
	c.Reading, c.Plan = Ask{Query: query}, plan
	m.Candidates = []Candidate{c}
	return m
}

// countedIn is the entity that an expression counts, and by which metric; nil for
// none.
func (r *Reader) countedIn(e semantic.Expr) (*semantic.Table, *semantic.Metric) {
	name, ok := e.(semantic.Name)
	if !ok || len(name.Path) != 1 {
		return nil, nil
	}
	for _, m := range r.model.Metrics {
		if m.Name == name.Path[0] {
			return r.countedBy[m], m
		}
	}
	return nil, nil
}

// openingAsks open a second question behind a comma; closingAsks make a question
// of what stands before it.
var (
	openingAsks = map[string]bool{"哪": true, "谁": true, "占": true}
	closingAsks = map[string]bool{"多少": true, "几": true, "怎么": true, "怎样": true, "如何": true, "吗": true, "咋样": true}
)

// countsAgain reports whether a comma parts two counts: 一共几家店, 旗舰店几家.
func countsAgain(t *Text, from, at int) bool {
	if t.At(at).Norm != "," || t.At(at+1).Norm == "占" && namesWhole(t, at+2) {
		return false
	}
	behind := at + 1
	for behind < len(t.Tokens) && t.At(behind).Class != Mark {
		behind++
	}
	return counts(t, from, at) && counts(t, at+1, behind)
}

// countsAlike reports whether all messages count the same, each under tests of its
// own: all stores, and the flagships among them.
func countsAlike(messages []Message) bool {
	var first *semantic.Query
	for _, m := range messages {
		ask, ok := m.Candidates[0].Reading.(Ask)
		if !ok || len(ask.Query.By) > 0 {
			return false
		}
		q := ask.Query.Clone()
		q.Where = nil
		if first == nil {
			first = q
		}
		if q.String() != first.String() {
			return false
		}
	}
	return len(messages) > 1
}

// counts reports whether tokens from to end ask for a number of things.
func counts(t *Text, from, end int) bool {
	for i := from; i+1 < end; i++ {
		if (t.At(i).Norm == "几" || i > from && t.At(i-1).Norm == "多" && t.At(i).Norm == "少") && countedIn[t.At(i+1).Norm] {
			return true
		}
	}
	return false
}

// countedIn are what things are counted in behind a word for how many.
var countedIn = map[string]bool{"家": true, "个": true, "人": true, "位": true, "名": true, "款": true, "种": true, "台": true, "间": true, "所": true, "条": true, "辆": true}

// abbreviations close with a point that ends no sentence.
var abbreviations = map[string]bool{"v": true, "vs": true, "s": true, "no": true, "avg": true, "max": true, "min": true, "approx": true, "est": true}

func endsSentence(t *Text, at int) bool {
	switch t.At(at).Norm {
	case "?", "!", ";", "\n":
		return true
	case ".":
		if at > 0 && abbreviations[t.At(at-1).Norm] && !t.At(at).Spaced {
			return false
		}
		return at+1 == len(t.Tokens) || t.At(at+1).Spaced || t.Typed[t.At(at).Start] != '.'
	}
	return false
}
