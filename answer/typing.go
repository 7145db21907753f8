package answer

import (
	"context"
	"strings"

	"wenshu/nlq"
	"wenshu/semantic"
)

// Marks says how the words of a text that is still being typed are read: used,
// corrected, ambiguous when the readings that are left take them differently,
// or unread, then with the nearest names. Nothing is bound to a warehouse and
// nothing is remembered; noise is left out.
func (s *Service) Marks(ctx context.Context, v semantic.Viewer, lang, typed string) ([]WordMark, error) {
	if strings.TrimSpace(typed) == "" || len([]rune(typed)) > MaxQuestion {
		return nil, nil
	}
	a := s.asking(Request{Viewer: v, Lang: lang, Question: typed}, nil)
	if a.snap.verified[plainQuestion(typed)] != nil {
		return []WordMark{{End: len(typed), Text: typed, State: "used"}}, nil
	}
	read, err := a.read(ctx)
	if err != nil {
		return nil, err
	}
	var marks []WordMark
	for _, m := range read.Messages {
		marks = append(marks, a.markMessage(m)...)
	}
	return marks, nil
}

// markMessage marks the words of one question of a text.
func (a *asking) markMessage(m nlq.Message) []WordMark {
	if len(m.Candidates) > 0 {
		return ambiguousMarks(a.marks(m.Candidates[0].Words), m.Candidates)
	}
	var marks []WordMark
	if len(m.Rejected) > 0 {
		marks = a.marks(m.Rejected[0].Words)
	}
	if m.Refused == nil {
		return marks
	}
	for _, p := range m.Refused.Problems {
		marks = a.blame(marks, p)
	}
	return marks
}

// blame marks the words that a problem is about as unread.
func (a *asking) blame(marks []WordMark, p semantic.Problem) []WordMark {
	start, end := p.Span.Start, p.Span.End
	if end <= start || end > len(a.req.Question) {
		return marks
	}
	near := a.labelled(p).Near
	for i, m := range marks {
		if m.Start < end && start < m.End {
			marks[i].State, marks[i].Near = "unread", near
			return marks
		}
	}
	return append(marks, WordMark{Start: start, End: end, Text: a.req.Question[start:end], State: "unread", Near: near})
}

// ambiguousMarks marks the words that another reading takes differently.
func ambiguousMarks(marks []WordMark, list []nlq.Candidate) []WordMark {
	for i, m := range marks {
		for _, other := range list[1:] {
			for _, w := range other.Words {
				if w.Span.Start == m.Start && w.Span.End == m.End && w.As != m.Meaning && w.State != nlq.IsNoise {
					marks[i].State = "ambiguous"
				}
			}
		}
	}
	return marks
}

// Members are members of one dimension, as the query line names it, that begin
// with a text or hold it, in the order of the index. Those that the viewer may
// not see, and those of sensitive or hidden dimensions, are not in it.
func (s *Service) Members(ctx context.Context, v semantic.Viewer, lang, dimension, typed string, limit int) ([]Suggestion, error) {
	a := s.asking(Request{Viewer: v, Lang: orEnglish(lang)}, nil)
	know, err := a.snap.know(ctx, v)
	if err != nil {
		return nil, err
	}
	d := a.snap.model.Dimension(strings.Split(dimension, ".")...)
	if d == nil || a.snap.model.View(v).Hidden(d) {
		return nil, nil
	}
	b, f := a.book(), finder{key: folded(typed)}
	key := newTypedKey(f.key)
	for _, set := range know.members {
		if set.dimension != d {
			continue
		}
		offer := func(i, rank int) {
			value := set.entries[i].Value
			f.put(rank, Suggestion{Kind: "member", Text: b.member(d, semantic.TextValue(value)), Name: value})
		}
		if f.key == "" {
			for i := range min(limit, len(set.entries)) {
				offer(i, 0)
			}
			continue
		}
		first := set.typed.begin(key, limit)
		for _, i := range first {
			offer(i, 0)
		}
		if len(first) < limit && len(f.key) > len("好") {
			for _, i := range set.typed.hold(key, limit) {
				offer(i, partRank)
			}
		}
	}
	return f.best(limit), nil
}
