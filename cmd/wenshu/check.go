package main

import (
	"context"
	"fmt"
	"time"

	"wenshu/answer"
	"wenshu/answer/draft"
)

type checkCommand struct {
	company
}

// Run loads the model and, where warehouses are named, compares it with them and
// with the data they hold.
// Every mistake is a line file:line:col on standard error.
func (c *checkCommand) Run(ctx context.Context, s streams) error {
	load, urls, err := c.parts(ctx, &opened{})
	if err != nil {
		return err
	}
	model, err := load()
	if err != nil {
		return s.faults(err)
	}
	if err := s.faults(answer.CheckQuestions(model, time.Now())); err != nil {
		return err
	}
	dims := 0
	for _, t := range model.Tables {
		dims += len(t.Dimensions)
	}
	fmt.Fprintf(s.out, "model %s: %d tables, %d dimensions, %d metrics, %d rules\n", model.Name, len(model.Tables), dims, len(model.Metrics), len(model.Rules))
	if len(urls) == 0 {
		return nil
	}
	sources, err := openSources(urls)
	if err != nil {
		return err
	}
	defer sources.Close()
	problems, err := answer.CheckWarehouses(ctx, model, sources)
	if err != nil {
		return err
	}
	if err := s.faults(problems); err != nil {
		return err
	}
	fmt.Fprintln(s.out, "every table and column is there")
	if problems, err = draft.Probe(ctx, model, sources); err != nil {
		return err
	}
	if err := s.faults(problems); err != nil {
		return err
	}
	fmt.Fprintln(s.out, "keys are unique, references lead to rows, values are of their types")
	return nil
}
