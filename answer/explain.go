package answer

import (
	"context"
	"fmt"
	"strings"

	"wenshu/nlq"
	"wenshu/semantic"
)

// Explanation is how a question was read, for analysts: the words and what they
// became, the readings with their costs, the plan and the SQL of the best.
type Explanation struct {
	Question string             `json:"question,omitempty"`
	Words    []WordMark         `json:"words,omitempty"`
	Readings []ExplainedReading `json:"readings,omitempty"` // best first, those that lost behind
	Query    string             `json:"query,omitempty"`
	Lineage  string             `json:"lineage,omitempty"` // where each column comes from, for modellers
	Plan     string             `json:"plan,omitempty"`
	SQL      []Statement        `json:"sql,omitempty"`
	Problems []Mistake          `json:"problems,omitempty"`
}

// ExplainedReading is one way to read a question.
type ExplainedReading struct {
	Reading  string   `json:"reading"` // the query line, or the name of the intent
	Cost     int      `json:"cost"`
	Costs    []string `json:"costs,omitempty"`
	Rejected bool     `json:"rejected,omitempty"`
}

// Explain reads, binds and compiles a request as Ask does, and runs nothing but
// what fills the index.
func (s *Service) Explain(ctx context.Context, req Request) (*Explanation, error) {
	a := s.asking(req, nil)
	e := &Explanation{Question: req.Question}
	q, err := a.explainReading(ctx, e)
	if err != nil || q == nil {
		return e, err
	}
	e.Query = q.String()
	b := a.book()
	plan, _, err := a.bind(ctx, q)
	if err != nil {
		for _, p := range a.mended(q, problemsOf(err)) {
			e.Problems = append(e.Problems, b.w.problem(a.labelled(p)))
		}
		return e, nil
	}
	e.Lineage, e.Plan = semantic.LineageText(plan.Lineage()), plan.String()
	program, err := a.compile(plan)
	if err != nil {
		return e, err
	}
	e.SQL = statements(program)
	return e, nil
}

// explainReading fills the readings and returns the query of the best; nil when
// there is none.
func (a *asking) explainReading(ctx context.Context, e *Explanation) (*semantic.Query, error) {
	if a.req.Line != "" {
		q, err := semantic.ParseQuery(a.req.Line)
		if err != nil {
			for _, p := range a.mendedText(problemsOf(err)) {
				e.Problems = append(e.Problems, a.words.problem(p))
			}
		}
		return q, nil
	}
	read, err := a.read(ctx)
	if err != nil {
		return nil, err
	}
	var best *semantic.Query
	for _, m := range read.Messages {
		for i, c := range append(append([]nlq.Candidate{}, m.Candidates...), m.Rejected...) {
			e.Readings = append(e.Readings, explained(c, i >= len(m.Candidates)))
		}
		if m.Refused != nil {
			for _, p := range m.Refused.Problems {
				e.Problems = append(e.Problems, a.words.problem(a.labelled(p)))
			}
		}
		if len(m.Candidates) > 0 && best == nil {
			e.Words = a.marks(m.Candidates[0].Words)
			if ask, ok := m.Candidates[0].Reading.(nlq.Ask); ok {
				best = ask.Query
			}
		}
	}
	return best, nil
}

func explained(c nlq.Candidate, rejected bool) ExplainedReading {
	r := ExplainedReading{Reading: readingName(c.Reading), Cost: c.Cost, Rejected: rejected}
	for _, cost := range c.Costs {
		r.Costs = append(r.Costs, fmt.Sprintf("%s %d", cost.Why, cost.Points))
	}
	return r
}

// readingName is the query line of a reading, or its kind.
func readingName(r nlq.Reading) string {
	if ask, ok := r.(nlq.Ask); ok {
		return ask.Query.String()
	}
	return strings.ToLower(strings.TrimPrefix(fmt.Sprintf("%T", r), "nlq."))
}
