package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"wenshu/nlq/llm"
	"wenshu/semantic"
)

type proposeCommand struct {
	company
	secondReader
}

// Run prints what a language model would have the model's objects also be
// called. Nothing is changed: a curator takes over what is right.
func (c *proposeCommand) Run(ctx context.Context, s streams) error {
	if c.LLM == "" {
		return errors.New("want --llm FILE, the settings of a language model")
	}
	load, _, err := c.parts(ctx, &opened{})
	if err != nil {
		return err
	}
	model, err := load()
	if err != nil {
		return err
	}
	config, err := c.config()
	if err != nil {
		return err
	}
	m, err := c.model(config, llm.NewLedger(config, time.Now, nil), nil)
	if err != nil {
		return err
	}
	reader, err := llm.NewReader(config, m)
	if err != nil {
		return err
	}
	list, exchanges, err := reader.Propose(ctx, model)
	for _, p := range list {
		printProposal(s, model, p)
	}
	for _, x := range exchanges {
		if x.Failed != "" {
			fmt.Fprintf(s.err, "a reply was left out: %s\n", x.Failed)
		}
	}
	return err
}

// printProposal prints a proposal as the lines that a curator would add, below
// the place where they belong.
func printProposal(s streams, model *semantic.Model, p llm.Proposal) {
	p1 := printer{s}
	p1.line("# " + placeOf(model, p.Name))
	if len(p.Synonyms) > 0 {
		p1.line("synonyms: [" + strings.Join(quoted(p.Synonyms), ", ") + "]  # besides those there are")
	}
	if p.Description != "" {
		p1.line("description: " + quoted([]string{p.Description})[0])
	}
}

// placeOf is the file and line of an object, with its name.
func placeOf(model *semantic.Model, name string) string {
	for _, m := range model.Metrics {
		if m.Name == name {
			return name + "  " + m.Pos.String()
		}
	}
	for _, t := range model.Tables {
		for _, d := range t.Dimensions {
			if model.ShortName(d) == name {
				return name + "  " + d.Pos.String()
			}
		}
	}
	return name
}

// quoted writes texts as YAML, of which JSON is a part.
func quoted(texts []string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		raw, err := json.Marshal(t)
		if err != nil {
			raw = []byte(`""`)
		}
		out[i] = string(raw)
	}
	return out
}
