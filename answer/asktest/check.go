package asktest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wenshu/answer"
	"wenshu/semantic"
)

// check holds one answer against the expectations of its step.
type check struct {
	ctx      context.Context
	set      *Set
	step     Step
	answer   *answer.Answer
	asked    *answer.Answer // of the ask before, for same
	failures []Failure
	edits    map[int][]string // by first line: the lines that would hold
}

func (c *check) fail(line int, format string, args ...any) {
	c.failures = append(c.failures, Failure{Line: line, Text: fmt.Sprintf(format, args...)})
}

// all checks everything.
func (c *check) all() {
	if err := c.answer.Verify(); err != nil {
		c.fail(c.step.Line, "%v", err)
	}
	if c.step.Command == "same" && c.answer.QueryLine != c.asked.QueryLine {
		c.fail(c.step.Line, "%q becomes %s, not %s", c.step.Text, outcome(c.answer), outcome(c.asked))
	}
	if !c.mayFail() && len(c.answer.Problems) > 0 {
		c.fail(c.step.Line, "%q: %s", c.step.Text, outcome(c.answer))
	}
	if !c.mayFail() && c.answer.Kind == answer.Ambiguous {
		c.fail(c.step.Line, "%q: %s", c.step.Text, outcome(c.answer))
	}
	for _, e := range c.step.Expect {
		if want := checks[e.Word](c, e); want != nil {
			c.miss(e, want)
		}
	}
}

// mayFail reports whether the step expects something else than an answer.
func (c *check) mayFail() bool {
	return slices.ContainsFunc(c.step.Expect, func(e Expect) bool { return e.Word == "fail" || e.Word == "choose" || e.Word == "kind" })
}

// miss notes an expectation that does not hold, and what would.
func (c *check) miss(e Expect, now []string) {
	was := append([]string{strings.TrimSpace(e.Word + " " + e.Arg)}, e.Block...)
	c.fail(e.From+1, "%q: want\n\t\t%s\n\tgot\n\t\t%s", c.step.Text, strings.Join(was, "\n\t\t"), strings.Join(now, "\n\t\t"))
	if e.Word == "sql-is" {
		return // SQL written by hand is never rewritten
	}
	lines := []string{"  " + now[0]}
	for _, l := range now[1:] {
		lines = append(lines, "    "+l)
	}
	c.edits[e.From] = lines
}

// checks hold one function per expectation: nil when it holds, else the lines
// that would.
var checks map[string]func(*check, Expect) []string

func init() {
	checks = map[string]func(*check, Expect) []string{
		"query": (*check).query, "read": (*check).read, "period": (*check).period, "against": (*check).against, "columns": (*check).columns,
		"rows": (*check).rows, "count": (*check).count, "sql-is": (*check).sqlIs, "chart": (*check).chart, "say": (*check).say, "warn": (*check).warn,
		"assume": (*check).assume, "define": (*check).define, "suggest": (*check).suggest, "follow": (*check).follow, "kind": (*check).kind,
		"fail": (*check).failing, "choose": (*check).choose, "never": (*check).never, "more": (*check).more,
	}
}

// equal compares in any spacing.
func equal(a, b string) bool {
	return strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
}

// is is a one-line expectation.
func is(e Expect, got string) []string {
	if equal(e.Arg, got) {
		return nil
	}
	return []string{e.Word + " " + got}
}

// among is an expectation that one of several is there.
func among(e Expect, got []string) []string {
	if slices.ContainsFunc(got, func(g string) bool { return equal(g, e.Arg) }) {
		return nil
	}
	return []string{e.Word + " " + strings.Join(got, " | ")}
}

// query compares query lines as the parser understands them; one that does not
// parse never holds.
func (c *check) query(e Expect) []string {
	if q, err := semantic.ParseQuery(e.Arg); err == nil && q.String() == c.answer.QueryLine {
		return nil
	}
	if c.answer.QueryLine == "" {
		return []string{"query " + outcome(c.answer)}
	}
	return []string{"query " + c.answer.QueryLine}
}

func (c *check) read(e Expect) []string {
	words, meaning, _ := strings.Cut(e.Arg, "->")
	words, meaning = strings.TrimSpace(words), strings.TrimSpace(meaning)
	got := "?"
	for _, m := range c.answer.Words {
		if m.Text == words {
			got = m.Meaning
		}
	}
	if equal(got, meaning) {
		return nil
	}
	return []string{"read " + words + " -> " + got}
}

func (c *check) period(e Expect) []string { return is(e, dates(c.answer.Period)) }

func (c *check) against(e Expect) []string {
	var got []string
	for _, p := range c.answer.Comparisons {
		got = append(got, dates(&p))
	}
	return is(e, strings.Join(got, ", "))
}

// dates is a period as days where it starts and ends with one.
func dates(p *answer.Period) string {
	if p == nil || p.Start == "" && p.End == "" {
		return "all"
	}
	short := func(s string) string { return strings.TrimSuffix(s, "T00:00:00") }
	return short(p.Start) + ".." + short(p.End)
}

func (c *check) columns(e Expect) []string {
	var names []string
	if c.answer.Table != nil {
		for _, col := range c.answer.Table.Columns {
			names = append(names, col.Name)
		}
	}
	return is(e, strings.Join(names, ", "))
}

func (c *check) count(e Expect) []string {
	n := 0
	if c.answer.Table != nil {
		n = len(c.answer.Table.Rows)
	}
	return is(e, strconv.Itoa(n))
}

func (c *check) chart(e Expect) []string {
	got := "none"
	if ch := c.answer.Chart; ch != nil {
		got = string(ch.Kind)
		for _, axis := range []struct {
			name string
			at   *answer.Axis
		}{{"x", ch.X}, {"y", ch.Y}, {"by", ch.By}} {
			if axis.at != nil && strings.Contains(e.Arg, " "+axis.name+"=") {
				got += " " + axis.name + "=" + c.answer.Table.Columns[axis.at.Column].Name
			}
		}
	}
	return is(e, got)
}

func (c *check) say(e Expect) []string {
	if strings.Contains(c.answer.Sentence.Text, e.Arg) {
		return nil
	}
	return []string{"say " + c.answer.Sentence.Text}
}

func (c *check) warn(e Expect) []string {
	var got []string
	for _, w := range c.answer.Warnings {
		got = append(got, string(w.Code))
	}
	return among(e, got)
}

func (c *check) assume(e Expect) []string {
	var got []string
	for _, a := range c.answer.Assumptions {
		got = append(got, a.What+": "+a.Value)
	}
	return among(e, got)
}

func (c *check) define(e Expect) []string {
	var got []string
	for _, d := range c.answer.Definitions {
		got = append(got, d.Name)
	}
	return among(e, got)
}

func (c *check) suggest(e Expect) []string {
	var got []string
	for _, s := range append(append([]answer.Choice{}, c.answer.Suggestions...), c.answer.Choices...) {
		got = append(got, s.Query)
	}
	return among(e, got)
}

func (c *check) follow(e Expect) []string {
	var got []string
	for _, f := range c.answer.FollowUps {
		got = append(got, f.Kind)
	}
	return among(e, got)
}

// more is what the message asks besides, each by its query line.
func (c *check) more(e Expect) []string {
	var got []string
	for _, a := range c.answer.More {
		got = append(got, outcome(a))
	}
	return among(e, got)
}

func (c *check) kind(e Expect) []string { return is(e, string(c.answer.Kind)) }

// failing: "fail code", "fail NAME: code", each with "near A, B".
func (c *check) failing(e Expect) []string {
	want, near, _ := strings.Cut(e.Arg, " near ")
	for _, p := range c.answer.Problems {
		if !equal(want, string(p.Code)) && !equal(want, p.Name+": "+string(p.Code)) {
			continue
		}
		all := true
		for _, n := range strings.Split(near, ",") {
			all = all && (strings.TrimSpace(n) == "" || slices.Contains(p.Near, strings.TrimSpace(n)))
		}
		if all {
			return nil
		}
	}
	if len(c.answer.Problems) == 0 {
		return []string{"query " + outcome(c.answer)}
	}
	p := c.answer.Problems[0]
	got := "fail " + string(p.Code)
	if p.Name != "" {
		got = "fail " + p.Name + ": " + string(p.Code)
	}
	if len(p.Near) > 0 {
		got += " near " + strings.Join(p.Near, ", ")
	}
	return []string{got}
}

// choose: "choose A | B" or "choose WORDS: A | B"; the words must be in the
// sentence.
func (c *check) choose(e Expect) []string {
	got := strings.Join(choices(c.answer), " | ")
	words, lines, named := strings.Cut(e.Arg, ": ")
	if named && equal(lines, got) && strings.Contains(c.answer.Sentence.Text, words) || equal(e.Arg, got) {
		return nil
	}
	if got == "" {
		got = outcome(c.answer)
	}
	return []string{"choose " + got}
}

// never holds when a text is nowhere in the answer but in the question itself.
func (c *check) never(e Expect) []string {
	a := *c.answer
	a.Question, a.Words = "", nil
	body, err := json.Marshal(&a)
	if err != nil {
		return []string{"never " + err.Error()}
	}
	if !strings.Contains(string(body), e.Arg) {
		return nil
	}
	return []string{"# it is there: " + e.Arg}
}
