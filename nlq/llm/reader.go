package llm

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"wenshu/semantic"
)

// Reader reads questions with a language model. It is safe for concurrent use.
type Reader struct {
	config Config
	model  Model
}

// NewReader makes a reader of a model, a Pool for one.
func NewReader(c Config, m Model) (*Reader, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Reader{c, m}, nil
}

// Mode says when this reader is to be asked.
func (r *Reader) Mode() Mode { return r.config.Mode }

// Config is the configuration with its defaults filled in.
func (r *Reader) Config() Config { return r.config }

// Reading is what a model made of a question. Every line binds for the viewer.
type Reading struct {
	Outcome   Outcome
	Lines     []*semantic.Query
	Questions []string // plain ones, for the embedded reader
	Exchanges []Exchange
}

// Read asks the model, and again with the problem where a line does not bind.
// What still fails then is Declined. Its errors are those of Model; the
// exchanges so far come with them.
func (r *Reader) Read(ctx context.Context, q Question) (Reading, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Duration(r.config.Total))
	defer cancel()
	q.Descriptions = r.config.Descriptions
	p := prompt(q, r.config.Tokens)
	reading := Reading{Outcome: Declined}
	for try := 0; ; try++ {
		reply, err := r.model.Complete(ctx, p)
		x := Exchange{Prompt: p, Reply: reply}
		if err != nil && !errors.Is(err, ErrReply) {
			x.Failed = err.Error()
			reading.Exchanges = append(reading.Exchanges, x)
			return reading, err
		}
		var s said
		if err == nil {
			s, err = parse(reply)
		}
		var lines []*semantic.Query
		if err == nil {
			lines, err = q.lines(s.Lines)
		}
		if err == nil {
			x.Line = strings.Join(s.Lines, "\n")
			reading.Outcome, reading.Lines, reading.Questions = s.Outcome, lines, s.Questions
			reading.Exchanges = append(reading.Exchanges, x)
			return reading, nil
		}
		x.Failed = err.Error()
		reading.Exchanges = append(reading.Exchanges, x)
		if try >= r.config.Repairs {
			return reading, nil
		}
		p.Turns = append(p.Turns[:len(p.Turns):len(p.Turns)], clean(reply.Text, 2000), "That cannot be taken: "+clean(err.Error(), 1000)+
			"\nCorrect it, in the same form, or decline. Leave nothing out that was asked for.")
	}
}

// lines parses and checks what a model wrote.
func (q Question) lines(texts []string) ([]*semantic.Query, error) {
	var lines []*semantic.Query
	for _, text := range texts {
		line, err := semantic.ParseQuery(text)
		if err != nil {
			return nil, explained(err)
		}
		if p, ok := q.invented(line); ok {
			return nil, explained(p)
		}
		if err := q.Check(line); err != nil {
			return nil, explained(err)
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// explained writes problems as a model is told them: code, name, nearest names
// and a repair.
func explained(err error) error {
	var list semantic.Problems
	var one semantic.Problem
	switch {
	case errors.As(err, &list):
	case errors.As(err, &one):
		list = semantic.Problems{one}
	default:
		return errors.New("the line does not bind")
	}
	var texts []string
	for _, p := range list {
		text := p.Error()
		if p.Repair != "" {
			text += "; this would work: " + p.Repair
		}
		texts = append(texts, text)
	}
	return errors.New(strings.Join(texts, "; "))
}

// invented finds what a line says that the question does not: a member that
// neither the asker wrote nor the data hold, or a date that nobody named.
func (q Question) invented(line *semantic.Query) (semantic.Problem, bool) {
	var found semantic.Problem
	bad := false
	said := folded(q.Text + " " + q.Prior)
	look := func(x semantic.Expr) {
		lit, ok := x.(semantic.Lit)
		if !ok || bad || lit.Value.Kind() != semantic.Text {
			return
		}
		text := lit.Value.Text()
		if !strings.Contains(said, folded(text)) && !q.Known(text) {
			found, bad = semantic.Problem{Code: semantic.UnknownMember, Name: text, Detail: "it is neither in the question nor in the data"}, true
		}
	}
	semantic.Walk(line.Where, look)
	semantic.Walk(line.Having, look)
	for _, item := range line.Items {
		semantic.Walk(item.Expr, look)
	}
	if bad {
		return found, true
	}
	for _, p := range line.During {
		if dated(p) && !strings.ContainsFunc(q.Text+q.Prior, numeral) && !namesMonth(said) {
			return semantic.Problem{Code: semantic.BadPeriod, Name: semantic.PeriodString(p), Detail: "the question names no date: say it relative to today, as month(-1)"}, true
		}
	}
	return semantic.Problem{}, false
}

// folded is a text without spaces and case.
func folded(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), "")) }

// numeral reports digits of every script and the Chinese numerals.
func numeral(r rune) bool {
	return unicode.IsDigit(r) || strings.ContainsRune("一二三四五六七八九十零〇两", r)
}

// namesMonth reports an English month in a folded text.
func namesMonth(s string) bool {
	for _, m := range []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"} {
		if strings.Contains(s, m) {
			return true
		}
	}
	return false
}

// anchor is the first part of a period that names dates rather than a distance
// from today: an Absolute or a Range; nil when none does.
func anchor(p semantic.Period) semantic.Period {
	switch p := p.(type) {
	case semantic.Absolute, semantic.Range:
		return p
	case semantic.FromTo:
		if from := anchor(p.From); from != nil {
			return from
		}
		return anchor(p.To)
	case semantic.Open:
		return anchor(p.Of)
	case semantic.Within:
		return anchor(p.Of)
	case semantic.ToDate:
		return anchor(p.Of)
	case semantic.Shifted:
		return anchor(p.Of)
	}
	return nil
}

// dated reports a period that names dates.
func dated(p semantic.Period) bool { return anchor(p) != nil }

// Lasting reports whether a reading means the same on another day: it names no
// date, or the year was said.
func Lasting(question string, lines []*semantic.Query) bool {
	for _, line := range lines {
		for _, p := range line.During {
			if dated(p) && !strings.Contains(question, fmt.Sprint(yearOf(p))) {
				return false
			}
		}
	}
	return true
}

// yearOf is the year that a period names first; 0 for none.
func yearOf(p semantic.Period) int {
	switch p := anchor(p).(type) {
	case semantic.Absolute:
		return p.Year
	case semantic.Range:
		if p.Start.IsZero() {
			return p.End.Year()
		}
		return p.Start.Year()
	}
	return 0
}
