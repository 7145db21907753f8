package answer

import (
	"context"
	"regexp"
	"strings"
	"unicode"

	"wenshu/nlq"
	"wenshu/semantic"
)

// Limits of looking up words that no index holds.
const (
	maxLookedUp = 4  // words of one question
	maxStranger = 12 // characters of a name that is made of several such words
	maxFound    = 10 // members of one dimension
)

// documentNumber is what numbers of documents look like: letters and digits together.
var documentNumber = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9_-]{3,}`)

// strangers are the words of a question that may name members which are too
// many to index: those that were not understood, and codes.
func strangers(question string, read nlq.Result) []string {
	var words []string
	add := func(w string) {
		w = strings.TrimSpace(narrow(w))
		if len([]rune(w)) >= 2 && len(words) < maxLookedUp && !has(words, w) {
			words = append(words, w)
		}
	}
	for _, code := range documentNumber.FindAllString(narrow(question), -1) {
		if strings.ContainsFunc(code, unicode.IsDigit) && strings.ContainsFunc(code, unicode.IsLetter) {
			add(code)
		}
	}
	for _, m := range read.Messages {
		if m.Refused == nil {
			continue
		}
		var all semantic.Span
		for _, p := range m.Refused.Problems {
			if !unknown[p.Code] || !strings.Contains(question, p.Name) {
				continue
			}
			add(p.Name)
			if all == (semantic.Span{}) {
				all = p.Span
			}
			all.Start, all.End = min(all.Start, p.Span.Start), max(all.End, p.Span.End)
		}
		if whole := question[all.Start:all.End]; len([]rune(whole)) <= maxStranger {
			add(whole) // a name of which some characters were taken for words
		}
	}
	return words
}

// unknown are the problems whose name may be a member.
var unknown = map[semantic.Code]bool{semantic.NotUnderstood: true, semantic.UnknownName: true, semantic.UnknownMetric: true, semantic.UnknownMember: true}

// narrow writes full-width letters, digits and marks as ASCII.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, s)
}

// lookUp finds words among the members of dimensions that are looked up on
// demand, by governed queries of the viewer: a member of a row that the viewer
// may not see takes as long not to be found as one that is not there.
func (s *snapshot) lookUp(ctx context.Context, v semantic.Viewer, words []string) ([]nlq.Entry, error) {
	var found []nlq.Entry
	for _, t := range s.model.Tables {
		for _, d := range t.Dimensions {
			if d.Index != semantic.IndexOnDemand || d.Of != nil || d.Same != nil || d.Type.Kind != semantic.Text {
				continue
			}
			plan, err := semantic.Bind(s.model, lookUpQuery(d, words), v, semantic.Clock{Now: s.config.Now()})
			if err != nil || deniedTable(plan) != nil {
				continue // it does not exist for the viewer
			}
			r, _, err := s.run(ctx, plan)
			if err != nil {
				return nil, err
			}
			for _, row := range r.rows {
				found = append(found, nlq.Entry{Dimension: d, Value: row[0].Text()})
			}
		}
	}
	return found, nil
}

func lookUpQuery(d *semantic.Dimension, words []string) *semantic.Query {
	q := memberQuery(d, maxFound)
	list := make([]semantic.Expr, len(words))
	for i, w := range words {
		list[i] = semantic.Lit{Value: semantic.TextValue(w)}
	}
	q.Where = semantic.In{X: q.Items[0].Expr, List: list}
	return q
}

// withStrangers reads a question again when words of it name members that were
// looked up; else the first reading stands.
func (a *asking) withStrangers(ctx context.Context, know knowledge, q nlq.Question, read nlq.Result) (nlq.Result, error) {
	words := strangers(q.Text, read)
	if len(words) == 0 {
		return read, nil
	}
	found, err := a.snap.lookUp(ctx, a.req.Viewer, words)
	if err != nil || len(found) == 0 {
		return read, err
	}
	return know.reader.With(found).Read(q), nil
}
