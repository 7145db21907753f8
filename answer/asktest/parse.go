package asktest

import (
	"fmt"
	"strings"
	"time"
)

// Script is a parsed .ask file.
type Script struct {
	File  string
	Lines []string // as they stand, without line ends
	Steps []Step
}

// Step is one command with its expectations.
type Step struct {
	Line    int    // counted from 1
	Command string // ask, same, then, line
	Text    string
	Setting Setting
	Expect  []Expect
}

// Setting is what holds for a step.
type Setting struct {
	Use  string
	Now  time.Time // a wall clock, carried as UTC
	ID   string    // of the viewer
	Attr map[string][]string
	Lang string

	About string // the construct that the step is a case of; "" for none in particular
	Not   bool   // it looks like one of that construct and is none
	Holds string // the promise that the step shows; "" for none in particular
}

// Expect is one expectation. Its lines are Lines[From:To] of the script.
type Expect struct {
	Word     string
	Arg      string
	Block    []string // the lines below it, without their indentation
	From, To int
}

// commands are the words that ask something.
var commands = map[string]bool{"ask": true, "same": true, "then": true, "line": true}

// expectations are the legal words of expectations.
var expectations = map[string]bool{
	"query": true, "read": true, "period": true, "against": true, "columns": true, "rows": true, "count": true, "sql-is": true, "chart": true, "say": true,
	"warn": true, "assume": true, "define": true, "suggest": true, "follow": true, "kind": true, "fail": true, "choose": true, "never": true, "more": true,
}

// Parse reads a script. Errors are file:line: what.
func Parse(file, text string) (*Script, error) {
	s := &Script{File: file, Lines: strings.Split(strings.TrimSuffix(text, "\n"), "\n")}
	setting := Setting{}
	for i := 0; i < len(s.Lines); {
		line := s.Lines[i]
		trimmed := strings.TrimSpace(line)
		at, err := i+1, error(nil)
		switch {
		case trimmed == "" || strings.HasPrefix(trimmed, "#"):
			i++
		case indent(line) > 0:
			i, err = s.expect(i)
		default:
			err = s.command(i, trimmed, &setting)
			i++
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, at, err)
		}
	}
	return s, nil
}

// indent is how far a line is indented.
func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

func (s *Script) command(i int, line string, setting *Setting) error {
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch {
	case commands[word]:
		if rest == "" && word != "ask" {
			return fmt.Errorf("%s what?", word)
		}
		if setting.Use == "" {
			return fmt.Errorf("no set is in use")
		}
		if (word == "then" || word == "same") && len(s.Steps) == 0 {
			return fmt.Errorf("%s follows no question", word)
		}
		s.Steps = append(s.Steps, Step{Line: i + 1, Command: word, Text: rest, Setting: *setting})
	case word == "use":
		setting.Use = rest
	case word == "lang":
		setting.Lang = rest
	case word == "about":
		setting.About, setting.Not = strings.CutPrefix(rest, "not ")
	case word == "holds":
		setting.Holds = rest
	case word == "now":
		t, err := time.Parse("2006-01-02 15:04", rest)
		if err != nil {
			return fmt.Errorf("now: want 2006-01-02 15:04, found %q", rest)
		}
		setting.Now = t
	case word == "as":
		return setting.as(rest)
	default:
		return fmt.Errorf("no command is called %q", word)
	}
	return nil
}

// as reads a viewer: an id and attributes.
func (s *Setting) as(rest string) error {
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return fmt.Errorf("as whom?")
	}
	s.ID, s.Attr = fields[0], map[string][]string{}
	for _, f := range fields[1:] {
		name, values, ok := strings.Cut(f, "=")
		if !ok || name == "" {
			return fmt.Errorf("as: want attribute=value, found %q", f)
		}
		s.Attr[name] = append(s.Attr[name], strings.Split(values, ",")...)
	}
	return nil
}

// expect reads the expectation at line i and returns the line behind it.
func (s *Script) expect(i int) (int, error) {
	if len(s.Steps) == 0 {
		return i, fmt.Errorf("an expectation of nothing")
	}
	depth := indent(s.Lines[i])
	word, rest, _ := strings.Cut(strings.TrimSpace(s.Lines[i]), " ")
	if !expectations[word] {
		return i, fmt.Errorf("no expectation is called %q", word)
	}
	e := Expect{Word: word, Arg: strings.TrimSpace(rest), From: i}
	for i++; i < len(s.Lines) && strings.TrimSpace(s.Lines[i]) != "" && indent(s.Lines[i]) > depth; i++ {
		e.Block = append(e.Block, strings.TrimSpace(s.Lines[i]))
	}
	e.To = i
	step := &s.Steps[len(s.Steps)-1]
	step.Expect = append(step.Expect, e)
	return i, nil
}
