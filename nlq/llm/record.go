package llm

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
)

// Recorded is one exchange as a file holds it.
type Recorded struct {
	System string   `json:"system"`
	Turns  []string `json:"turns"`
	Form   string   `json:"form"`
	Reply  Reply    `json:"reply"`
	Error  string   `json:"error,omitempty"` // unavailable, budget or reply
}

// recordedErrors are the errors that a recording keeps.
var recordedErrors = []struct {
	name string
	err  error
}{{"unavailable", ErrUnavailable}, {"budget", ErrBudget}, {"reply", ErrReply}}

// FileName is the name of the file that holds the exchange of a prompt: equal
// prompts have equal names.
func (p Prompt) FileName() string {
	h := sha256.New()
	for _, part := range append([]string{p.System, p.Form.Name}, p.Turns...) {
		fmt.Fprintf(h, "%s:%s", strconv.Itoa(len(part)), part)
	}
	return hex.EncodeToString(h.Sum(nil)[:16]) + ".json"
}

// recorder keeps every exchange of a model.
type recorder struct {
	model Model
	write func(name string, raw []byte) error
}

// Record hands every exchange of a model to write, as a file and its name.
func Record(m Model, write func(name string, raw []byte) error) Model { return recorder{m, write} }

func (r recorder) Complete(ctx context.Context, p Prompt) (Reply, error) {
	reply, err := r.model.Complete(ctx, p)
	if ctx.Err() != nil {
		return reply, err
	}
	one := Recorded{System: p.System, Turns: p.Turns, Form: p.Form.Name, Reply: reply}
	for _, e := range recordedErrors {
		if errors.Is(err, e.err) {
			one.Error = e.name
		}
	}
	raw, failed := json.MarshalIndent(one, "", "  ")
	if failed == nil {
		failed = r.write(p.FileName(), append(raw, '\n'))
	}
	if failed != nil {
		return reply, errors.Join(err, fmt.Errorf("record an exchange: %w", failed))
	}
	return reply, err
}

// replayer answers from files.
type replayer struct{ files fs.FS }

// Replay answers as recorded files say, without an endpoint. A prompt that was
// not recorded is ErrUnavailable.
func Replay(files fs.FS) Model { return replayer{files} }

func (r replayer) Complete(_ context.Context, p Prompt) (Reply, error) {
	raw, err := fs.ReadFile(r.files, p.FileName())
	if err != nil {
		return Reply{}, fmt.Errorf("%w: this prompt was not recorded", ErrUnavailable)
	}
	var one Recorded
	if err := json.Unmarshal(raw, &one); err != nil {
		return Reply{}, fmt.Errorf("%w: %s: %w", ErrUnavailable, p.FileName(), err)
	}
	for _, e := range recordedErrors {
		if one.Error == e.name {
			return one.Reply, fmt.Errorf("%w: as recorded", e.err)
		}
	}
	return one.Reply, nil
}
