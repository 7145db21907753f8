package asktest

import (
	"os"
	"strings"
	"testing"
	"unicode"
)

// What every construct has at least: cases in each language, in both at once,
// and some that look like it and are none.
const (
	leastChinese = 3
	leastEnglish = 3
	leastMixed   = 1
	leastNot     = 1
)

// tongues counts the cases of a construct by language.
type tongues struct{ chinese, english, mixed, not int }

// TestEveryConstructHasCases counts the cases of every construct of
// fixtures/constructs.txt in all scripts.
func TestEveryConstructHasCases(t *testing.T) {
	text, err := os.ReadFile("../../fixtures/constructs.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := constructCases(t)
	known := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		name, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name == "" || name == "#" {
			continue
		}
		known[name] = true
		c := cases[name]
		if c.chinese < leastChinese || c.english < leastEnglish || c.mixed < leastMixed || c.not < leastNot {
			t.Errorf("%s: %d cases in Chinese, %d in English, %d in both, %d that are none", name, c.chinese, c.english, c.mixed, c.not)
		}
	}
	if len(known) != 64 {
		t.Errorf("%d constructs are listed, not 64", len(known))
	}
	for name := range cases {
		if !known[name] {
			t.Errorf("cases are about %q, which is no construct", name)
		}
	}
}

// constructCases counts the cases of all scripts by construct.
func constructCases(t *testing.T) map[string]tongues {
	cases := map[string]tongues{}
	for _, script := range scripts(t, "*") {
		for _, step := range script.Steps {
			if step.Setting.About == "" || step.Command == "line" {
				continue
			}
			c := cases[step.Setting.About]
			c.count(step)
			cases[step.Setting.About] = c
		}
	}
	return cases
}

func (c *tongues) count(step Step) {
	han := strings.ContainsFunc(step.Text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	latin := strings.ContainsFunc(step.Text, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
	switch {
	case step.Setting.Not:
		c.not++
	case han && latin:
		c.mixed++
	case han:
		c.chinese++
	case latin:
		c.english++
	}
}
