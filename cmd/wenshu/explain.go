package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"wenshu/answer"
)

type explainCommand struct {
	company
	asker
	secondReader
	Reader   string   `help:"Whose reading to explain: embedded, or llm, which shows what went to the language model and what came back." enum:"embedded,llm" default:"embedded"`
	JSON     bool     `help:"Print the explanation as JSON." name:"json"`
	All      bool     `help:"Show every reading that was weighed, with its costs."`
	Question []string `arg:"" help:"The question."`
}

// Run shows how the question is read; nothing is asked of the warehouses but
// what the index needs.
func (c *explainCommand) Run(ctx context.Context, s streams) error {
	o, viewer, err := start(ctx, c.company, c.asker, c.secondReader)
	if err != nil {
		return err
	}
	defer o.close()
	req := answer.Request{Question: strings.Join(c.Question, " "), Lang: c.Lang, Viewer: viewer}
	if c.Reader == "llm" {
		calls, err := o.service.Reread(ctx, req)
		return errors.Join(showCalls(s, calls, c.JSON), err)
	}
	e, err := o.service.Explain(ctx, req)
	if err != nil {
		return err
	}
	if !c.All {
		e.Readings = e.Readings[:min(len(e.Readings), 3)]
	}
	return showExplanation(s, e, c.JSON)
}

func showExplanation(s streams, e *answer.Explanation, asJSON bool) error {
	if asJSON {
		return writeJSON(s, e)
	}
	p := printer{s}
	for _, w := range e.Words {
		p.line(fmt.Sprintf("%-10s %s%s -> %s", w.State, w.Text, strings.Repeat(" ", max(1, 14-cells(w.Text))), w.Meaning))
	}
	for i, r := range e.Readings {
		mark := " "
		if i == 0 && !r.Rejected {
			mark = "*"
		}
		p.line(fmt.Sprintf("%s %5d  %s", mark, r.Cost, r.Reading))
		for _, c := range r.Costs {
			p.line(p.dim("         " + c))
		}
	}
	if e.Query != "" {
		p.line("> " + e.Query)
	}
	if e.Lineage != "" {
		p.line(strings.TrimRight(e.Lineage, "\n"))
	}
	if e.Plan != "" {
		p.line(p.dim(e.Plan))
	}
	for _, st := range e.SQL {
		p.line(p.dim("-- " + st.Source + " " + strings.Join(st.Args, ", ")))
		p.line(st.SQL)
	}
	for _, m := range e.Problems {
		p.line(m.Text)
		if m.Repair != "" {
			p.line("> " + m.Repair)
		}
	}
	if len(e.Problems) > 0 {
		return errAnswered
	}
	return nil
}

// showCalls prints what went to a language model and what came back.
func showCalls(s streams, calls []answer.ExplainedCall, asJSON bool) error {
	if asJSON {
		return writeJSON(s, calls)
	}
	p := printer{s}
	for i, c := range calls {
		for j, turn := range c.Prompt {
			if i == 0 || j >= len(calls[i-1].Prompt) {
				p.line(p.dim(fmt.Sprintf("-- to %s (%s)", c.Endpoint, c.Model)))
				p.line(turn)
			}
		}
		p.line(p.dim(fmt.Sprintf("-- from %s: %d tokens in, %d out, cost %.4f, %v", c.Endpoint, c.In, c.Out, c.Cost, c.Took.Round(time.Millisecond))))
		p.line(c.Reply)
		if c.Failed != "" {
			p.line("! " + c.Failed)
		}
	}
	if n := len(calls); n > 0 {
		p.line(p.dim("-- " + calls[n-1].Outcome))
	}
	return nil
}
