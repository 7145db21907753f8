package main

import (
	"context"
	"encoding/json"
	"strings"

	"wenshu/answer"
	"wenshu/semantic"
)

type askCommand struct {
	company
	asker
	JSON     bool     `help:"Print the whole answer as JSON." name:"json"`
	SQL      bool     `help:"Print the SQL too." name:"sql"`
	Question []string `arg:"" help:"The question. Further arguments after -- are follow-ups."`
}

// Run answers the question, then each follow-up in the same conversation.
func (c *askCommand) Run(ctx context.Context, s streams) error {
	o, viewer, err := start(ctx, c.company, c.asker)
	if err != nil {
		return err
	}
	defer o.close()
	var failed error
	for _, question := range c.Question {
		a, err := o.service.Ask(ctx, answer.Request{Question: question, Conversation: "terminal", Lang: c.Lang, Viewer: viewer}, nil)
		if err != nil {
			return err
		}
		if err := show(s, a, c.JSON, c.SQL); err != nil {
			return err
		}
		if refused(a) {
			failed = errAnswered
		}
	}
	return failed
}

type queryCommand struct {
	company
	asker
	JSON    bool     `help:"Print the whole answer as JSON." name:"json"`
	SQL     bool     `help:"Print the SQL too." name:"sql"`
	Explain bool     `help:"Print the plan instead of running it."`
	Line    []string `arg:"" help:"The query line; several arguments are joined by spaces." passthrough:"partial"`
}

// Run answers a query line, or prints its plan.
func (c *queryCommand) Run(ctx context.Context, s streams) error {
	o, viewer, err := start(ctx, c.company, c.asker)
	if err != nil {
		return err
	}
	defer o.close()
	req := answer.Request{Line: strings.Join(c.Line, " "), Lang: c.Lang, Viewer: viewer}
	if c.Explain {
		e, err := o.service.Explain(ctx, req)
		if err != nil {
			return err
		}
		return showExplanation(s, e, c.JSON)
	}
	a, err := o.service.Ask(ctx, req, nil)
	if err != nil {
		return err
	}
	if err := show(s, a, c.JSON, c.SQL); err != nil {
		return err
	}
	if refused(a) {
		return errAnswered
	}
	return nil
}

func refused(a *answer.Answer) bool { return a.Kind == answer.Failed || a.Kind == answer.Declined }

func show(s streams, a *answer.Answer, asJSON, sql bool) error {
	if !asJSON {
		printAnswer(s, a, sql)
		return nil
	}
	return writeJSON(s, a)
}

func writeJSON(s streams, v any) error {
	out := json.NewEncoder(s.out)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(v)
}

// start opens the company and finds the viewer.
func start(ctx context.Context, c company, who asker) (*opened, semantic.Viewer, error) {
	viewer, err := who.viewer(c.demo())
	if err != nil {
		return nil, viewer, err
	}
	o, err := c.open(ctx, "", nil)
	return o, viewer, err
}
