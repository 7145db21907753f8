package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"wenshu/answer"
	"wenshu/fixtures"
	"wenshu/semantic"
)

type inboxCommand struct {
	company
	asker
	State string `help:"File of the conversations, answers and feedback, as serve keeps it." type:"existingfile" required:"" env:"WENSHU_STATE"`
	Patch string `help:"Folder to write a patch of the model's files into for each proposal. Nothing is applied." placeholder:"DIR"`
	JSON  bool   `help:"Print everything as JSON."`
}

// Run lists what questions went wrong, grouped by cause, as a curator may see it.
func (c *inboxCommand) Run(ctx context.Context, s streams) error {
	o, err := c.open(ctx, c.State, nil, secondReader{}, nil)
	if err != nil {
		return err
	}
	defer o.close()
	viewer, err := c.viewer(c.demo())
	if err != nil {
		return err
	}
	items, err := o.service.Inbox(ctx, viewer)
	if err != nil {
		return err
	}
	if c.JSON {
		encoder := json.NewEncoder(s.out)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(items); err != nil {
			return err
		}
	} else {
		for _, item := range items {
			printItem(printer{s}, item)
		}
	}
	if c.Patch == "" {
		return nil
	}
	return c.writePatches(s, o.service.Model(), viewer, items)
}

func printItem(p printer, item answer.InboxItem) {
	p.line(fmt.Sprintf("%s  %s  (%d times, %d people)", item.Cause, item.Words, item.Count, item.People))
	for _, q := range item.Questions {
		p.line("  ? " + q)
	}
	if item.Proposal != nil {
		p.line("  + " + proposed(*item.Proposal))
	}
}

// proposed is a proposal in a few words.
func proposed(p answer.Proposal) string {
	switch p.Kind {
	case answer.SynonymProposal:
		return fmt.Sprintf("synonym %q of %s (%s)", p.Words, p.Object, p.Evidence)
	case answer.AliasProposal:
		return fmt.Sprintf("alias %q of %s = %q (%s)", p.Words, p.Object, p.Member, p.Evidence)
	case answer.VerifiedProposal:
		return fmt.Sprintf("verified question %q: %s (%s)", p.Words, p.Query, p.Evidence)
	}
	return fmt.Sprintf("regression case: %q is declined", p.Words)
}

// writePatches writes one file per proposal, each of which applies to the model
// as it is. A proposal that the model's files cannot take is told.
func (c *inboxCommand) writePatches(s streams, model *semantic.Model, viewer semantic.Viewer, items []answer.InboxItem) error {
	if err := os.MkdirAll(c.Patch, 0o755); err != nil {
		return fmt.Errorf("write patches: %w", err)
	}
	files := fixtures.ShopModel()
	if !c.demo() {
		files = os.DirFS(c.Model)
	}
	n := 0
	for _, item := range items {
		if item.Proposal == nil {
			continue
		}
		change, err := changeOf(files, model, viewer, *item.Proposal)
		if err != nil {
			fmt.Fprintf(s.err, "%s: %v\n", proposed(*item.Proposal), err)
			continue
		}
		n++
		name := filepath.Join(c.Patch, fmt.Sprintf("%03d-%s.patch", n, item.Proposal.Kind))
		if err := os.WriteFile(name, []byte("# "+proposed(*item.Proposal)+"\n"+change.Patch()), 0o644); err != nil {
			return fmt.Errorf("write patches: %w", err)
		}
		fmt.Fprintln(s.out, name)
	}
	return nil
}

// changeOf is what a proposal changes in the model's folder.
func changeOf(files fs.FS, model *semantic.Model, viewer semantic.Viewer, p answer.Proposal) (semantic.Change, error) {
	sum := sha256.Sum256([]byte(p.Words))
	name := hex.EncodeToString(sum[:4])
	switch p.Kind {
	case answer.SynonymProposal, answer.AliasProposal:
		return semantic.Amend(files, model, semantic.Amendment{Object: p.Object, Member: p.Member, Word: p.Words})
	case answer.VerifiedProposal:
		text := quoted([]string{p.Words, p.Query, viewer.ID})
		return newFile(files, "verified_"+name+".yaml", fmt.Sprintf("questions:\n  - {ask: [%s], query: %s, by: %s}\n", text[0], text[1], text[2]))
	}
	line, err := json.Marshal(map[string]string{"id": "inbox-" + name, "question": p.Words, "as_of": p.AskedAt.Format("2006-01-02T15:04:05"), "expect": "decline"})
	if err != nil {
		return semantic.Change{}, err
	}
	return newFile(files, "case_"+name+".jsonl", string(line)+"\n")
}

// newFile is a file that is not there yet.
func newFile(files fs.FS, name, text string) (semantic.Change, error) {
	if _, err := fs.Stat(files, name); err == nil {
		return semantic.Change{}, fmt.Errorf("%s is there already", name)
	}
	return semantic.Change{File: name, New: []byte(strings.ToValidUTF8(text, ""))}, nil
}
