package llm

import (
	"context"
	"encoding/json"
	"errors"
	"time"
)

// Model is a language model: something that goes on with a text.
type Model interface {
	// Complete returns the model's reply. Its errors are ErrUnavailable,
	// ErrBudget and ErrReply, wrapped, or the context's.
	Complete(ctx context.Context, p Prompt) (Reply, error)
}

// The errors of a Model.
var (
	ErrUnavailable = errors.New("no endpoint answers")
	ErrBudget      = errors.New("the day's budget is spent")
	ErrReply       = errors.New("the reply has not the form that was asked for")
)

// Prompt is what a model is asked.
type Prompt struct {
	System string
	Turns  []string // the user's and the model's in turn, the user's first and last
	Form   Form     // of the reply
	Viewer string   // whose budget it is
}

// Form is how a reply looks. An endpoint that keeps to schemas is given the
// schema, any other the instruction.
type Form struct {
	Name   string
	Schema json.RawMessage
	Fenced string // the instruction
}

// Reply is what a model said.
type Reply struct {
	Text     string        `json:"text"` // thinking left out
	Schema   bool          `json:"schema"`
	Endpoint string        `json:"endpoint"`
	Model    string        `json:"model"`
	In       int           `json:"tokens_in"`
	Out      int           `json:"tokens_out"`
	Cost     float64       `json:"cost"`
	Took     time.Duration `json:"took"`
}

// Exchange is one prompt and what came of it, for the audit.
type Exchange struct {
	Prompt Prompt
	Reply  Reply
	Line   string // the query line that was read; "" for none
	Failed string // why the reply was not taken; "" when it was
}

// Tokens estimates the tokens of a text from above: one for a character that is
// not Latin, one for three bytes of those that are. It is meant for budgets,
// where the tokenizers of different models may differ by as much.
func Tokens(s string) int {
	latin, other := 0, 0
	for _, r := range s {
		if r < 0x250 {
			latin++
		} else {
			other++
		}
	}
	return (latin+2)/3 + other
}

// tokens estimates the tokens of a prompt.
func (p Prompt) tokens() int {
	n := Tokens(p.System) + Tokens(p.Form.Fenced)
	for _, t := range p.Turns {
		n += Tokens(t)
	}
	return n
}
