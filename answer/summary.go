package answer

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"wenshu/nlq/llm"
	"wenshu/semantic"
)

// ErrSummary says that there is no summary: no language model may see results,
// the answer has no table, or what was proposed held a number that the result
// does not.
var ErrSummary = errors.New("there is no summary")

// Summary is a short text about a result that a language model proposed. Every
// number in it stands in the result.
type Summary struct {
	AnswerID string `json:"answer_id"`
	Lang     string `json:"lang"`
	Text     string `json:"text"`
}

// Summarize asks for a summary of an answer of the viewer. Columns of dimensions
// that are marked sensitive are not sent. Errors: ErrNotFound, ErrSummary, and
// those of the language model.
func (s *Service) Summarize(ctx context.Context, v semantic.Viewer, id string) (*Summary, error) {
	answer, err := s.Answer(ctx, v, id)
	if err != nil {
		return nil, err
	}
	second := s.config.Second
	if second == nil || second.Mode() == llm.Never || answer.Table == nil || len(answer.Table.Rows) == 0 {
		return nil, ErrSummary
	}
	a := s.asking(Request{Question: answer.Question, Viewer: v, Lang: answer.Lang}, nil)
	result := llm.Result{Question: answer.Question, Title: answer.Title, Sentence: answer.Sentence.Text, Lang: answer.Lang, Viewer: v.ID}
	kept := a.tellable(answer.Table)
	for _, i := range kept {
		result.Columns = append(result.Columns, answer.Table.Columns[i].Label)
	}
	if len(kept) < len(answer.Table.Columns) {
		result.Sentence = "" // it may name what is left out
	}
	for _, row := range answer.Table.Rows {
		var cells []string
		for _, i := range kept {
			cells = append(cells, row[i].Text)
		}
		result.Rows = append(result.Rows, cells)
	}
	text, x, err := second.Summarize(ctx, result)
	if errors.Is(err, llm.ErrRows) {
		return nil, ErrSummary
	}
	if err == nil {
		if number := strayNumber(text, answer); number != "" {
			err = fmt.Errorf("%w: %q is not in the result", ErrSummary, number)
			x.Failed = err.Error()
		}
	}
	a.audit(ctx, id, "summary", []llm.Exchange{x})
	if err != nil {
		return nil, err
	}
	return &Summary{AnswerID: id, Lang: answer.Lang, Text: text}, nil
}

// tellable are the columns that may be sent: all but those of dimensions that
// are marked sensitive.
func (a *asking) tellable(t *Table) []int {
	var kept []int
	for i, c := range t.Columns {
		d := a.book().dimension(strings.Split(c.Name, "."))
		if c.Dimension != "" {
			d = a.book().dimension(strings.Split(c.Dimension, "."))
		}
		if d == nil || d.Index != semantic.IndexNever {
			kept = append(kept, i)
		}
	}
	return kept
}

// figure is a number as prose writes it, with what makes it a size.
var figure = regexp.MustCompile(`[0-9０-９][0-9０-９.,，．]*(?:\s?(?:%|％|万亿|万|亿|萬|億|[KMBT]\b))?`)

// strayNumber is a number of a text that stands neither in the answer's cells
// nor in its own sentence and title; "" when all do.
func strayNumber(text string, a *Answer) string {
	known := map[string]bool{fmt.Sprint(len(a.Table.Rows)): true}
	learn := func(s string) {
		for _, n := range figure.FindAllString(s, -1) {
			known[plainFigure(n)] = true
		}
	}
	learn(a.Sentence.Text)
	learn(a.Title)
	for _, c := range a.Table.Columns {
		learn(c.Label)
	}
	for _, row := range append(a.Table.Rows, a.Table.Totals) {
		for _, c := range row {
			learn(c.Text)
		}
	}
	if a.Period != nil {
		learn(a.Period.Text)
	}
	for _, n := range figure.FindAllString(text, -1) {
		if !known[plainFigure(n)] {
			return n
		}
	}
	return ""
}

// plainFigure is a number without what only parts its digits.
func plainFigure(s string) string {
	return strings.TrimRight(strings.NewReplacer(",", "", "，", "", " ", "").Replace(narrow(s)), ".")
}

// Reread asks the second reader about a question and returns what went back and
// forth, for analysts; nothing is run and nothing is kept but the audit.
func (s *Service) Reread(ctx context.Context, req Request) ([]ExplainedCall, error) {
	if s.config.Second == nil {
		return nil, errors.New("no language model is configured")
	}
	a := s.asking(req, nil)
	read, err := a.read(ctx)
	if err != nil {
		return nil, err
	}
	var calls []ExplainedCall
	for _, m := range read.Messages {
		r, err := s.config.Second.Read(ctx, a.secondQuestion(m))
		for _, x := range r.Exchanges {
			calls = append(calls, ExplainedCall{
				Prompt: append([]string{x.Prompt.System}, x.Prompt.Turns...), Reply: x.Reply.Text, Endpoint: x.Reply.Endpoint, Model: x.Reply.Model,
				In: x.Reply.In, Out: x.Reply.Out, Cost: x.Reply.Cost, Took: x.Reply.Took, Outcome: string(r.Outcome), Line: x.Line, Failed: x.Failed,
			})
		}
		if err != nil {
			return calls, err
		}
	}
	return calls, nil
}

// ExplainedCall is one call of a language model.
type ExplainedCall struct {
	Prompt   []string      `json:"prompt"` // the instructions, then the turns
	Reply    string        `json:"reply"`
	Endpoint string        `json:"endpoint"`
	Model    string        `json:"model"`
	In       int           `json:"tokens_in"`
	Out      int           `json:"tokens_out"`
	Cost     float64       `json:"cost"`
	Took     time.Duration `json:"took"`
	Outcome  string        `json:"outcome"`
	Line     string        `json:"line,omitempty"`
	Failed   string        `json:"failed,omitempty"`
}
