package nlq

import (
	"slices"

	"wenshu/semantic"
)

// readNumbers reads a Chinese sentence that asks for a number on either side of a comma
// and of which only one was read, as two questions, the second about what the first is
// about: 西安有几家店，上个月卖了多少. It is refused where these cannot be read: half of
// it is no answer. Other sentences stay as they were read.
func (r *Reader) readNumbers(t *Text, q Question, m Message) []Message {
	both := numbersApart(t)
	if len(both) != 2 || m.Refused == nil && !onlyNumber(m) {
		return []Message{m}
	}
	if messages, ok := r.readNumbersOf(both, q); ok {
		return messages
	}
	if m.Refused == nil {
		last := both[1]
		m.Candidates, m.Refused = nil, notUnderstood(last.Span(0, len(last.Tokens)), last.Norm(0, len(last.Tokens)))
	}
	return []Message{m}
}

// readNumbersOf reads each of two clauses as a question for one number, the second of what
// the first is restricted to.
func (r *Reader) readNumbersOf(both []*Text, q Question) ([]Message, bool) {
	var asked []*semantic.Query
	var messages []Message
	for _, part := range both {
		m := r.readMessage(part, q)
		if m.Refused != nil || len(m.Candidates) != 1 || !onlyNumber(m) {
			return nil, false
		}
		ask := m.Candidates[0].Reading.(Ask)
		if ask.Edit || ask.Exists || ask.Goal != NoGoal || ask.Claim != nil {
			return nil, false
		}
		asked, messages = append(asked, ask.Query.Clone()), append(messages, m)
	}
	return messages, r.inherits(&messages[1], asked[0], asked[1], q)
}

// notUnderstood is the refusal of words that nothing could be made of.
func notUnderstood(span semantic.Span, said string) *Refusal {
	return &Refusal{Problems: semantic.Problems{{Code: semantic.NotUnderstood, Span: span, Name: said}}}
}

// numbersApart cuts a sentence at the one comma that has a clause which asks for a number
// on either side; nil where there is none, or several.
func numbersApart(t *Text) []*Text {
	var both []*Text
	for at := 1; at+1 < len(t.Tokens); at++ {
		switch {
		case endsSentence(t, at):
			return nil
		case t.At(at).Norm != "," || t.At(at+1).Norm == "占" || opensAmong(t, at+1) || !asksNumber(t, 0, at) || !asksNumber(t, at+1, len(t.Tokens)):
		case both != nil:
			return nil
		default:
			both = []*Text{{t.Typed, t.Tokens[:at]}, {t.Typed, t.Tokens[at+1:]}}
		}
	}
	return both
}

// asksNumber reports whether a number is asked for among tokens: 几家, 多少, and neither
// 哪几家 nor 近几天.
func asksNumber(t *Text, from, end int) bool {
	for at := from; at < end; at++ {
		if saysHowMany(t, at) && (t.At(at).Norm != "几" || at == from || !someFew[t.At(at-1).Norm]) {
			return true
		}
	}
	return false
}

// someFew make 几 behind them no question for a number.
var someFew = setOf("哪 第 好 近 前 后 这 那 十")

// onlyNumber reports whether every reading of a message computes one number and nothing
// else: no change, no share and not one for each of some things.
func onlyNumber(m Message) bool {
	return !slices.ContainsFunc(m.Candidates, func(c Candidate) bool {
		ask, ok := c.Reading.(Ask)
		if !ok || ask.Query == nil || ask.Query.List != nil {
			return true
		}
		q := ask.Query
		return len(q.Items) != 1 || len(q.By)+len(q.Versus)+len(q.Show) > 0
	})
}
