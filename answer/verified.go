package answer

import (
	"context"
	"slices"
	"strings"

	"wenshu/nlq"
	"wenshu/semantic"
)

// verifiedQuestions maps the folded texts of the questions that analysts
// confirmed to what they confirmed. Texts with slots are not in it.
func verifiedQuestions(m *semantic.Model) map[string]*semantic.Verified {
	all := map[string]*semantic.Verified{}
	for _, v := range m.Questions {
		for _, q := range plainTextsOf(v) {
			key := plainQuestion(q)
			if v.Query != nil && key != "" && all[key] == nil {
				all[key] = v
			}
		}
	}
	return all
}

// courtesies are words around a question that mean nothing, folded.
var courtesies = []string{"请问", "请", "麻烦", "帮我", "查一下", "看一下", "please", "couldyou", "canyoutellme", "tellme", "showme"}

// plainQuestion is a question without marks and courtesies, as it is compared.
func plainQuestion(s string) string {
	var b strings.Builder
	for _, t := range nlq.NewText(s).Tokens {
		if t.Class != nlq.Mark {
			b.WriteString(t.Norm)
		}
	}
	key := b.String()
	for again := true; again; {
		again = slices.ContainsFunc(courtesies, func(c string) bool {
			rest, ok := strings.CutPrefix(key, c)
			key = rest
			return ok
		})
	}
	return key
}

// verified answers a question that an analyst confirmed, word for word or with
// something else in its slots, with what was confirmed; nil when it is not one.
func (a *asking) verified(ctx context.Context) *Answer {
	v := a.snap.verified[plainQuestion(a.req.Question)]
	if v == nil {
		return a.fromTemplate(ctx)
	}
	answer := a.newAnswer()
	answer.Badge = VerifiedBadge
	return a.query(ctx, answer, v.Query.Clone(), nlq.Presentation{})
}
