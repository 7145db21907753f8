package main

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"wenshu/answer"
	"wenshu/semantic"
)

type askCommand struct {
	company
	asker
	secondReader
	JSON     bool     `help:"Print the whole answer as JSON." name:"json"`
	SQL      bool     `help:"Print the SQL too." name:"sql"`
	Question []string `arg:"" help:"The question; further ones are follow-ups, and a number picks what the answer before offered."`
}

// Run answers the question, then each follow-up in the same conversation.
func (c *askCommand) Run(ctx context.Context, s streams) error {
	o, viewer, err := start(ctx, c.company, c.asker, c.secondReader)
	if err != nil {
		return err
	}
	defer o.close()
	var failed error
	var offered []answer.Choice
	lang := c.Lang
	for _, question := range c.Question {
		req := answer.Request{Question: question, Conversation: "terminal", Lang: c.Lang, Viewer: viewer}
		if choice, ok := picked(question, offered); ok {
			req.Question, req.Line, req.Lang = "", choice.Query, lang
		}
		a, err := o.service.Ask(ctx, req, nil)
		if err != nil {
			return err
		}
		lang = a.Lang
		offered = append(append([]answer.Choice{}, a.Choices...), a.Suggestions...)
		if err := show(s, a, c.JSON, c.SQL); err != nil {
			return err
		}
		if refused(a) {
			failed = errAnswered
		}
	}
	return failed
}

// picked is the choice that a bare number stands for, as the last answer listed
// them.
func picked(question string, offered []answer.Choice) (answer.Choice, bool) {
	n, err := strconv.Atoi(strings.TrimSpace(question))
	if err != nil || n < 1 || n > len(offered) {
		return answer.Choice{}, false
	}
	return offered[n-1], true
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
	o, viewer, err := start(ctx, c.company, c.asker, secondReader{})
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
func start(ctx context.Context, c company, who asker, second secondReader) (*opened, semantic.Viewer, error) {
	viewer, err := who.viewer(c.demo())
	if err != nil {
		return nil, viewer, err
	}
	o, err := c.open(ctx, "", nil, second, nil)
	return o, viewer, err
}
