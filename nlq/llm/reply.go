package llm

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"wenshu/nlq"
)

// Outcome is what a model made of a question.
type Outcome string

// The outcomes.
const (
	Answered Outcome = "answer"  // one query line
	Choices  Outcome = "choices" // several to choose between
	Plain    Outcome = "plain"   // plainer questions
	Declined Outcome = "decline"
)

// said is a reply that has the form of a reading.
type said struct {
	Outcome   Outcome  `json:"outcome"`
	Lines     []string `json:"lines"`
	Questions []string `json:"questions"`
}

// maxChoices bounds the lines and questions of a reply.
const maxChoices = 4

// parse reads a reply. Anything but the form that was asked for is ErrReply.
func parse(r Reply) (said, error) {
	if len(r.Text) > maxText {
		return said{}, fmt.Errorf("%w: %d bytes", ErrReply, len(r.Text))
	}
	read := fenced
	if r.Schema {
		read = structured
	}
	s, err := read(r.Text)
	if err != nil {
		return said{}, fmt.Errorf("%w: %w", ErrReply, err)
	}
	if err := s.check(); err != nil {
		return said{}, fmt.Errorf("%w: %w", ErrReply, err)
	}
	return s, nil
}

// structured reads the JSON that a schema was given for.
func structured(text string) (said, error) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.DisallowUnknownFields()
	var s said
	if err := decoder.Decode(&s); err != nil {
		return s, errors.New("it is no JSON of the schema")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return s, errors.New("there is something behind the JSON")
	}
	return s, nil
}

// fenced reads the one fenced block of a text.
func fenced(text string) (said, error) {
	const fence = "```"
	if strings.Count(text, fence) != 2 {
		return said{}, errors.New("it has not one fenced block")
	}
	_, rest, _ := strings.Cut(text, fence)
	block, _, _ := strings.Cut(rest, fence)
	first, body, _ := strings.Cut(block, "\n")
	var lines []string
	for line := range strings.Lines(body) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	s := said{Outcome: Outcome(strings.TrimSpace(first)), Lines: lines}
	if s.Outcome == Plain {
		s.Lines, s.Questions = nil, lines
	}
	return s, nil
}

// check holds how much of what each outcome has.
func (s said) check() error {
	lines, questions := len(s.Lines), len(s.Questions)
	ok := false
	switch s.Outcome {
	case Answered:
		ok = lines == 1 && questions == 0
	case Choices:
		ok = lines >= 2 && lines <= maxChoices && questions == 0
	case Plain:
		ok = lines == 0 && questions >= 1 && questions <= maxChoices
	case Declined:
		ok = lines == 0 && questions == 0
	}
	if !ok {
		return fmt.Errorf("%d lines and %d questions do not make %q", lines, questions, clean(string(s.Outcome), 20))
	}
	for _, q := range s.Questions {
		if len([]rune(q)) > nlq.MaxRunes {
			return errors.New("a question is too long")
		}
	}
	return nil
}
