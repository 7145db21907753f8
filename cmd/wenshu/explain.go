package main

import (
	"context"
	"fmt"
	"strings"

	"wenshu/answer"
)

type explainCommand struct {
	company
	asker
	JSON     bool     `help:"Print the explanation as JSON." name:"json"`
	All      bool     `help:"Show every reading that was weighed, with its costs."`
	Question []string `arg:"" help:"The question."`
}

// Run shows how the question is read; nothing is asked of the warehouses but
// what the index needs.
func (c *explainCommand) Run(ctx context.Context, s streams) error {
	o, viewer, err := start(ctx, c.company, c.asker)
	if err != nil {
		return err
	}
	defer o.close()
	e, err := o.service.Explain(ctx, answer.Request{Question: strings.Join(c.Question, " "), Lang: c.Lang, Viewer: viewer})
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
	if e.Plan != "" {
		p.line(p.dim(e.Plan))
	}
	for _, st := range e.SQL {
		p.line(p.dim("-- " + st.Source + " " + strings.Join(st.Args, ", ")))
		p.line(st.SQL)
	}
	for _, m := range e.Problems {
		p.line(m.Text)
	}
	if len(e.Problems) > 0 {
		return errAnswered
	}
	return nil
}
