package answer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	"wenshu/answer/state"
	"wenshu/nlq"
	"wenshu/nlq/llm"
	"wenshu/semantic"
)

// helpable are the problems of a question that a second reader may get over.
// What the viewer may not see, what is not computed and what is no question
// stays refused.
var helpable = map[semantic.Code]bool{
	semantic.NotUnderstood: true, semantic.UnknownName: true, semantic.UnknownMetric: true, semantic.UnknownDimension: true, semantic.UnknownMember: true,
	semantic.AmbiguousName: true, semantic.AmbiguousPath: true, semantic.NoPath: true, semantic.NoStitching: true, semantic.WrongType: true,
	semantic.NoComparison: true, semantic.GrainTooFine: true, semantic.NoTime: true, semantic.MixedShape: true, semantic.BadPeriod: true,
}

// wantsSecond reports whether the second reader is to be asked about a message.
func wantsSecond(mode llm.Mode, m nlq.Message) bool {
	if mode == llm.Never {
		return false
	}
	if mode == llm.Alone {
		return true
	}
	if m.Refused != nil {
		return !slices.ContainsFunc(m.Refused.Problems, func(p semantic.Problem) bool { return !helpable[p.Code] })
	}
	if len(m.Candidates) != 1 {
		return true
	}
	c := m.Candidates[0]
	if _, ask := c.Reading.(nlq.Ask); !ask {
		return false
	}
	half := slices.ContainsFunc(c.Words, func(w nlq.WordUse) bool { return w.State == nlq.Unread })
	return half || mode == llm.SecondOpinion
}

// messages answers one message of the embedded reader, with the second reader's
// help where it is wanted. Whatever goes wrong with the second reader, the first
// one's answer stands.
func (a *asking) messages(ctx context.Context, m nlq.Message) []*Answer {
	answer := a.newAnswer()
	answer.Timings = append(answer.Timings, a.readTimes...)
	second := a.s.config.Second
	if second == nil || !wantsSecond(second.Mode(), m) {
		return []*Answer{a.message(ctx, answer, m)}
	}
	start := time.Now()
	reading, err := a.readAgain(ctx, answer.ID, m)
	answer.Timings = append(answer.Timings, timing("second", start))
	if err != nil {
		a.s.config.Log.Warn("the second reader failed", "answer", answer.ID, "error", err)
	} else if answers := a.withReading(ctx, answer, m, reading); answers != nil {
		return answers
	}
	if second.Mode() == llm.Alone {
		m = nlq.Message{Span: m.Span, Refused: &nlq.Refusal{Problems: semantic.Problems{{Code: semantic.NotUnderstood, Name: a.spoken(m)}}}}
	}
	return []*Answer{a.message(ctx, answer, m)}
}

// spoken are the words of a message.
func (a *asking) spoken(m nlq.Message) string { return a.req.Question[m.Span.Start:m.Span.End] }

// withReading answers with what the second reader made of a message; nil when
// that helps nothing.
func (a *asking) withReading(ctx context.Context, answer *Answer, m nlq.Message, r llm.Reading) []*Answer {
	first, wish := embedded(m)
	switch r.Outcome {
	case llm.Answered:
		q := r.Lines[0]
		switch {
		case first == nil || a.s.config.Second.Mode() == llm.Alone:
			answer.Badge = LLMBadge
		case a.same(first, q):
			answer.Badge = BothBadge
		default:
			return []*Answer{a.disagree(answer, first, q)}
		}
		return []*Answer{a.query(ctx, answer, q, wish)}
	case llm.Choices:
		return []*Answer{a.choose(answer, r.Lines, a.words.ChooseAny)}
	case llm.Plain:
		return a.plainer(ctx, answer, r.Questions)
	}
	return nil
}

// embedded is the query that the embedded reader answered with, nil when it read
// none or several, and how the answer was wished.
func embedded(m nlq.Message) (*semantic.Query, nlq.Presentation) {
	if len(m.Candidates) == 0 {
		return nil, nlq.Presentation{}
	}
	c := m.Candidates[0]
	ask, ok := c.Reading.(nlq.Ask)
	half := slices.ContainsFunc(c.Words, func(w nlq.WordUse) bool { return w.State == nlq.Unread })
	if !ok || len(m.Candidates) > 1 || half {
		return nil, c.Presentation
	}
	return ask.Query, c.Presentation
}

// same reports whether two queries run the same statements.
func (a *asking) same(x, y *semantic.Query) bool {
	if x.String() == y.String() {
		return true
	}
	var programs [2][]Statement
	for i, q := range []*semantic.Query{x, y} {
		plan, err := semantic.Bind(a.snap.model, q, a.req.Viewer, semantic.Clock{Now: a.now})
		if err != nil {
			return false
		}
		program, err := a.compile(plan)
		if err != nil || program.Finish != nil {
			return false
		}
		programs[i] = statements(program)
	}
	return reflect.DeepEqual(programs[0], programs[1])
}

// disagree offers both readings.
func (a *asking) disagree(answer *Answer, first, second *semantic.Query) *Answer {
	return a.choose(answer, []*semantic.Query{first, second}, a.words.ChooseReaders)
}

// choose offers query lines.
func (a *asking) choose(answer *Answer, lines []*semantic.Query, m message) *Answer {
	b := a.book()
	answer.Kind = Ambiguous
	for _, q := range lines {
		answer.Choices = append(answer.Choices, Choice{Kind: "reading", Text: b.title(q), Query: q.String()})
	}
	b.tellApart(answer.Choices)
	said := m.say()
	answer.Sentence = Sentence{said.s, said.spans}
	return answer
}

// plainer answers plainer questions with the embedded reader alone; nil when it
// cannot read one of them whole.
func (a *asking) plainer(ctx context.Context, answer *Answer, questions []string) []*Answer {
	var read []*semantic.Query
	for _, text := range questions {
		q := a.asked
		q.Text = text
		result := a.known.reader.Read(q)
		if len(result.Messages) != 1 {
			return nil
		}
		line, _ := embedded(result.Messages[0])
		if line == nil {
			return nil
		}
		read = append(read, line)
	}
	var answers []*Answer
	for i, q := range read {
		if i > 0 {
			answer = a.newAnswer()
		}
		answer.Badge = LLMBadge
		answers = append(answers, a.query(ctx, answer, q, nlq.Presentation{}))
	}
	return answers
}

// readAgain asks the second reader about a message, or remembers what it said.
func (a *asking) readAgain(ctx context.Context, answerID string, m nlq.Message) (llm.Reading, error) {
	q := a.secondQuestion(m)
	second := a.s.config.Second
	day := q.Now.Format(time.DateOnly)
	key := a.readingKey(q)
	if second.Config().Cached {
		if r, ok := a.remembered(ctx, key, day, q); ok {
			return r, nil
		}
	}
	r, err := second.Read(ctx, q)
	a.audit(ctx, answerID, "read", r.Exchanges)
	if err != nil || !second.Config().Cached {
		return r, err
	}
	kept := state.Reading{Key: key, At: a.now, Day: day, Lasting: llm.Lasting(q.Text, r.Lines), Outcome: string(r.Outcome), Questions: r.Questions}
	for _, line := range r.Lines {
		kept.Lines = append(kept.Lines, line.String())
	}
	return r, a.s.config.State.SaveReading(ctx, kept)
}

// remembered is a reading that was kept and still binds.
func (a *asking) remembered(ctx context.Context, key, day string, q llm.Question) (llm.Reading, bool) {
	kept, err := a.s.config.State.Reading(ctx, key, day)
	if err != nil {
		if !errors.Is(err, state.ErrNotFound) {
			a.s.config.Log.Warn("a kept reading cannot be read", "error", err)
		}
		return llm.Reading{}, false
	}
	r := llm.Reading{Outcome: llm.Outcome(kept.Outcome), Questions: kept.Questions}
	for _, text := range kept.Lines {
		line, err := semantic.ParseQuery(text)
		if err != nil || q.Check(line) != nil {
			return llm.Reading{}, false
		}
		r.Lines = append(r.Lines, line)
	}
	return r, true
}

// readingKey is what a reading depends on: the words and the line before them,
// what the viewer may see, the semantic model and the language models.
func (a *asking) readingKey(q llm.Question) string {
	_, signature := a.snap.viewpoint(a.req.Viewer)
	parts := []string{q.Text, q.Prior, signature, a.snap.model.Version}
	for _, e := range a.s.config.Second.Config().Endpoints {
		parts = append(parts, e.Name, e.Model)
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])
}

// maxExamples is how many confirmed questions a prompt may hold.
const maxExamples = 6

// secondQuestion is a message as the second reader is asked it.
func (a *asking) secondQuestion(m nlq.Message) llm.Question {
	q := llm.Question{
		Text: a.spoken(m), Now: a.asked.Now, Scope: llm.Scope{View: a.snap.model.View(a.req.Viewer), Catalog: a.snap.catalog()}, Viewer: a.req.Viewer.ID,
		Check: a.check, Known: a.known.knows, Examples: a.examples(a.spoken(m)),
	}
	if len(a.asked.Prior) > 0 {
		q.Prior = a.asked.Prior[0].Query.String()
	}
	hint := func(c nlq.Candidate) {
		if ask, ok := c.Reading.(nlq.Ask); ok && !has(q.Hints, ask.Query.String()) {
			q.Hints = append(q.Hints, ask.Query.String())
		}
		for _, w := range c.Words {
			q.Named, q.Members = named(q.Named, q.Members, w.Object)
			if said := a.req.Question[w.Span.Start:w.Span.End]; w.State == nlq.Unread && !has(q.Unread, said) {
				q.Unread = append(q.Unread, said)
			}
		}
	}
	for _, c := range slices.Concat(m.Candidates, m.Rejected) {
		hint(c)
	}
	if m.Refused != nil {
		for _, c := range m.Refused.Try {
			hint(c)
		}
		for _, o := range m.Refused.Near {
			q.Named, q.Members = named(q.Named, q.Members, nlq.Object{Metric: o.Metric, Dimension: o.Dimension, Table: o.Table})
		}
	}
	return q
}

// named adds an object to those that a question names.
func named(objects []nlq.Object, list []llm.Member, o nlq.Object) ([]nlq.Object, []llm.Member) {
	if o.Member != "" {
		if one := (llm.Member{Dimension: o.Dimension, Value: o.Member}); !has(list, one) && len(list) < 12 {
			list = append(list, one)
		}
		o.Member = ""
	}
	if o != (nlq.Object{}) && !has(objects, o) {
		objects = append(objects, o)
	}
	return objects, list
}

// check binds a query for the viewer.
func (a *asking) check(q *semantic.Query) error {
	p, err := semantic.Bind(a.snap.model, q, a.req.Viewer, semantic.Clock{Now: a.now})
	if err == nil && deniedTable(p) != nil {
		return semantic.Problems{{Code: semantic.Forbidden}}
	}
	return err
}

// knows reports whether a text is a member that the circle sees.
func (k knowledge) knows(text string) bool {
	want := folded(text)
	return slices.ContainsFunc(k.members, func(set memberSet) bool {
		return set.typed.is(want)
	})
}

// examples are the confirmed questions that share most with a question and bind
// for the viewer, the nearest first.
func (a *asking) examples(question string) []llm.Example {
	type near struct {
		llm.Example
		score int
	}
	var list []near
	for _, v := range a.snap.model.Questions {
		if v.Query == nil || !a.binds(v.Query) {
			continue
		}
		best := near{}
		for _, q := range plainTextsOf(v) {
			if s := likeness(question, q); s > best.score {
				best = near{llm.Example{Question: q, Line: v.Line}, s}
			}
		}
		if best.score > 0 {
			list = append(list, best)
		}
	}
	slices.SortStableFunc(list, func(x, y near) int { return y.score - x.score })
	var examples []llm.Example
	for _, n := range list[:min(len(list), maxExamples)] {
		examples = append(examples, n.Example)
	}
	return examples
}

// likeness counts the tokens that two questions share.
func likeness(a, b string) int {
	n := 0
	said := nlq.NewText(a).Norms()
	for _, t := range nlq.NewText(b).Norms() {
		if has(said, t) {
			n++
		}
	}
	return n
}

// audit stores the calls that an answer took.
func (a *asking) audit(ctx context.Context, answerID, purpose string, list []llm.Exchange) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	for _, x := range list {
		one := state.Exchange{
			AnswerID: answerID, Viewer: a.req.Viewer.ID, At: a.s.config.Now(), Day: llm.Day(a.s.config.Now()), Purpose: purpose, Endpoint: x.Reply.Endpoint, Model: x.Reply.Model,
			In: x.Reply.In, Out: x.Reply.Out, Cost: x.Reply.Cost, Took: x.Reply.Took, Line: x.Line, Failed: x.Failed,
		}
		if !a.s.config.Second.Config().NoAudit {
			one.Prompt, one.Reply = strings.Join(append([]string{x.Prompt.System}, x.Prompt.Turns...), "\n\n"), x.Reply.Text
		}
		if err := a.s.config.State.SaveExchange(ctx, one); err != nil {
			a.s.config.Log.Error("a call of a language model is not in the audit", "answer", answerID, "error", err)
		}
	}
}
