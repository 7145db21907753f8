package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"wenshu/answer/state"
	"wenshu/nlq/llm"
)

// secondReader is which language model helps to read.
type secondReader struct {
	LLM    string `help:"File of the settings of a language model that reads what the embedded reader cannot (JSON); without it none is asked." name:"llm" type:"existingfile" placeholder:"FILE" env:"WENSHU_LLM"`
	Record string `help:"Folder that keeps every exchange with the language model." type:"existingdir" placeholder:"DIR"`
	Replay string `help:"Folder of kept exchanges to answer from, without the language model." type:"existingdir" placeholder:"DIR"`

	mode llm.Mode // instead of the file's; "" for the file's
}

// reader makes the reader; nil where none is configured. What was spent today
// before is in the state.
func (r secondReader) reader(ctx context.Context, store *state.Store, observe llm.Observer) (*llm.Reader, error) {
	if r.LLM == "" {
		return nil, nil
	}
	config, err := r.config()
	if err != nil {
		return nil, err
	}
	spent, err := store.Spent(ctx, llm.Day(time.Now()))
	if err != nil {
		return nil, err
	}
	var before []llm.Spent
	for _, s := range spent {
		before = append(before, llm.Spent{Viewer: s.Viewer, Tokens: s.Tokens, Money: s.Cost})
	}
	if r.mode != "" {
		config.Mode = r.mode
	}
	if config.Mode == llm.Never {
		return nil, nil
	}
	model, err := r.model(config, llm.NewLedger(config, time.Now, before), observe)
	if err != nil {
		return nil, err
	}
	return llm.NewReader(config, model)
}

func (r secondReader) config() (llm.Config, error) {
	file, err := os.Open(r.LLM)
	if err != nil {
		return llm.Config{}, err
	}
	defer file.Close()
	config, err := llm.ReadConfig(file, os.Getenv, os.ReadFile)
	if err != nil {
		return config, fmt.Errorf("%s: %w", r.LLM, err)
	}
	return config, nil
}

func (r secondReader) model(c llm.Config, ledger *llm.Ledger, observe llm.Observer) (llm.Model, error) {
	if r.Replay != "" {
		return llm.Replay(os.DirFS(r.Replay)), nil
	}
	pool, err := llm.NewPool(c, ledger, observe)
	if err != nil || r.Record == "" {
		return pool, err
	}
	return llm.Record(pool, func(name string, raw []byte) error {
		return os.WriteFile(filepath.Join(r.Record, name), raw, fs.FileMode(0o600))
	}), nil
}
