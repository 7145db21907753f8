package corpus

import (
	"fmt"
	"strings"
	"time"

	"wenshu/nlq"
	"wenshu/semantic"
)

// Case is one phrase of a corpus.
type Case struct {
	Line   int // counts from 1
	Now    time.Time
	Value  string // in the notation of Describe
	Phrase string
	Not    bool // must not be read as Value
}

// Parse reads a corpus. It returns an error that names the line of anything
// that is none of the above.
func Parse(text string) ([]Case, error) {
	var cases []Case
	var now time.Time
	value := ""
	for i, line := range strings.Split(text, "\n") {
		phrase, day := strings.TrimSpace(line), strings.TrimPrefix(line, "now ")
		switch {
		case phrase == "" || strings.HasPrefix(line, "#"):
		case day != line:
			t, err := time.Parse("2006-01-02", day)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
			now = t
		case strings.HasPrefix(line, "!"), strings.HasPrefix(line, " "):
			if value == "" {
				return nil, fmt.Errorf("line %d: a phrase before any value", i+1)
			}
			not := strings.HasPrefix(line, "!")
			phrase = strings.TrimSpace(strings.TrimPrefix(phrase, "!"))
			cases = append(cases, Case{Line: i + 1, Now: now, Value: value, Phrase: phrase, Not: not})
		default:
			value = phrase
		}
	}
	return cases, nil
}

// Check reads the phrase of a case by a language and returns what is wrong, or
// "". A phrase is right when all its sure readings that cover it are the value,
// or, without a sure one, one of its weak readings is.
func Check(c Case, readings func(t *nlq.Text, m *nlq.Moment) []Found, calendar *semantic.Calendar) string {
	t := nlq.NewText(c.Phrase)
	var sure, weak []string
	for _, f := range readings(t, nlq.NewMoment(c.Now, calendar)) {
		switch {
		case f.End != len(t.Tokens):
		case f.Weak:
			weak = append(weak, f.Value)
		default:
			sure = append(sure, f.Value)
		}
	}
	if len(sure) == 0 {
		sure = weak
	} else {
		weak = nil
	}
	right := len(sure) > 0
	for _, v := range sure {
		if weak == nil && v != c.Value {
			right = false
		}
		if c.Not && v == c.Value {
			return fmt.Sprintf("line %d: %q is read as %s", c.Line, c.Phrase, v)
		}
	}
	if !right && !c.Not || weak != nil && !c.Not && !contains(weak, c.Value) {
		return fmt.Sprintf("line %d: %q is read as %q, want %s", c.Line, c.Phrase, sure, c.Value)
	}
	return ""
}

func contains(all []string, s string) bool {
	for _, a := range all {
		if a == s {
			return true
		}
	}
	return false
}

// Found is one reading at the start of a text, its value in the notation of
// Describe.
type Found struct {
	End   int
	Value string
	Weak  bool
}

// Times returns the readings in time at the start of a text.
func Times(l nlq.Language) func(*nlq.Text, *nlq.Moment) []Found {
	return func(t *nlq.Text, m *nlq.Moment) []Found {
		var found []Found
		for _, match := range l.Times(t, 0, m) {
			found = append(found, Found{match.End, Describe(match.Part), match.Weak})
		}
		return found
	}
}

// Numbers returns the numbers at the start of a text.
func Numbers(l nlq.Language) func(*nlq.Text, *nlq.Moment) []Found {
	return func(t *nlq.Text, _ *nlq.Moment) []Found {
		var found []Found
		for _, n := range l.Numbers(t, 0) {
			found = append(found, Found{n.End, DescribeNumber(n), false})
		}
		return found
	}
}
