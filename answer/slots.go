package answer

import (
	"context"
	"slices"
	"strings"
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// template is a verified question with slots, as it is held against what is
// asked: literal tokens, with a slot between each and the next.
type template struct {
	verified *semantic.Verified
	literals [][]string // one more than slots; any of them may be empty
	slots    []string
}

// maxSlotTokens bounds how much a slot takes.
const maxSlotTokens = 12

// templatesOf are the verified questions that have slots, those with more
// literal tokens first.
func templatesOf(m *semantic.Model) []template {
	var all []template
	for _, v := range m.Questions {
		for _, text := range v.Questions {
			if v.Query != nil && len(semantic.Slots(text)) > 0 {
				all = append(all, newTemplate(v, text))
			}
		}
	}
	slices.SortStableFunc(all, func(x, y template) int { return y.size() - x.size() })
	return all
}

func newTemplate(v *semantic.Verified, text string) template {
	t := template{verified: v, slots: semantic.Slots(text)}
	for range t.slots {
		literal, rest, _ := strings.Cut(text, "{")
		_, text, _ = strings.Cut(rest, "}")
		t.literals = append(t.literals, wordsOf(literal))
	}
	t.literals = append(t.literals, wordsOf(text))
	return t
}

func (t template) size() int {
	n := 0
	for _, literal := range t.literals {
		n += len(literal)
	}
	return n
}

// wordsOf are the tokens of a text that are no marks, normalised.
func wordsOf(text string) []string {
	var words []string
	for _, t := range nlq.NewText(text).Tokens {
		if t.Class != nlq.Mark {
			words = append(words, t.Norm)
		}
	}
	return words
}

// fillings calls found with what each slot holds for every way in which the
// tokens of a question fit the template, until it returns true.
func (t template) fillings(tokens []nlq.Token, found func([][]nlq.Token) bool) bool {
	return t.fit(tokens, 0, nil, found)
}

func (t template) fit(tokens []nlq.Token, i int, held [][]nlq.Token, found func([][]nlq.Token) bool) bool {
	literal := t.literals[i]
	if len(tokens) < len(literal) {
		return false
	}
	for k, word := range literal {
		if tokens[k].Norm != word {
			return false
		}
	}
	tokens = tokens[len(literal):]
	if i == len(t.slots) {
		return len(tokens) == 0 && found(held)
	}
	for n := 1; n <= min(len(tokens), maxSlotTokens); n++ {
		if t.fit(tokens[n:], i+1, append(held[:i:i], tokens[:n]), found) {
			return true
		}
	}
	return false
}

// fromTemplate answers a question that fits a verified one with slots; nil when
// none fits or the slots hold what they cannot.
func (a *asking) fromTemplate(ctx context.Context) *Answer {
	if len(a.snap.templates) == 0 {
		return nil
	}
	tokens := askedTokens(a.req.Question)
	for _, t := range a.snap.templates {
		var q *semantic.Query
		t.fillings(tokens, func(held [][]nlq.Token) bool {
			if q == nil {
				q = a.fill(ctx, t, held)
			}
			return q != nil
		})
		if q != nil && a.binds(q) {
			answer := a.newAnswer()
			answer.Badge = VerifiedBadge
			return a.query(ctx, answer, q, nlq.Presentation{})
		}
	}
	return nil
}

// askedTokens are the tokens of a question without marks and courtesies.
func askedTokens(question string) []nlq.Token {
	tokens := slices.DeleteFunc(nlq.NewText(question).Tokens, func(t nlq.Token) bool { return t.Class == nlq.Mark })
	for again := true; again; {
		again = false
		for _, courtesy := range courtesies {
			joined := ""
			for i, t := range tokens {
				if joined += t.Norm; joined == courtesy && i+1 < len(tokens) {
					tokens, again = tokens[i+1:], true
					break
				}
			}
		}
	}
	return tokens
}

// fill reads what slots hold; nil when one holds something else.
func (a *asking) fill(ctx context.Context, t template, held [][]nlq.Token) *semantic.Query {
	know, err := a.snap.know(ctx, a.req.Viewer)
	if err != nil {
		return nil // the ordinary way says so
	}
	filling := semantic.Filling{Members: map[string]string{}}
	for i, slot := range t.slots {
		first, last := held[i][0], held[i][len(held[i])-1]
		text := a.req.Question[first.Start:last.End]
		ok := false
		switch slot {
		case semantic.PeriodSlot:
			filling.Period, ok = know.reader.PeriodIn(text, a.wall())
		case semantic.CountSlot:
			filling.Count, ok = know.reader.CountIn(text)
		default:
			if d := a.book().dimension(strings.Split(slot, ".")); d != nil {
				filling.Members[slot], ok = know.reader.MemberIn(text, d, a.req.Viewer)
			}
		}
		if !ok {
			return nil
		}
	}
	return t.verified.Fill(filling)
}

// wall is the moment of asking on the model's wall clock.
func (a *asking) wall() time.Time {
	if wall, _, err := (semantic.Clock{Now: a.now, Calendar: a.snap.model.Calendar}).Wall(); err == nil {
		return wall
	}
	return a.now
}

// plainTextsOf are the texts of a verified question that mean its query as it
// stands: those without slots.
func plainTextsOf(v *semantic.Verified) []string {
	return slices.DeleteFunc(slices.Clone(v.Questions), func(text string) bool { return strings.Contains(text, "{") })
}
