package asktest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"wenshu/answer"
	"wenshu/semantic"
)

// Set is a model with its data, as scripts use it.
type Set struct {
	Service *answer.Service
	Zone    *time.Location // of the wall clocks in scripts

	// Query runs SQL written by hand on a warehouse of the set and returns the
	// names of its columns and its rows as text; nil is null.
	Query func(ctx context.Context, warehouse, sql string) (columns []string, rows [][]*string, err error)
}

// Runner runs scripts.
type Runner struct {
	Open   func(use string) (*Set, error) // called once per set
	Again  bool                           // ask in other wordings too
	Update bool                           // rewrite expectations that do not hold

	sets map[string]*Set
	talk int
}

// Failure is an expectation that does not hold.
type Failure struct {
	File string
	Line int
	Text string
}

// String returns file:line: what.
func (f Failure) String() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Text) }

// Report is what became of a script.
type Report struct {
	Asked    int // questions, other wordings not counted
	Failures []Failure
	Text     string // the script with its expectations rewritten; "" without Update
}

// Run runs a script. The error is for sets that cannot be opened and requests
// that cannot be made; what does not hold is in the report.
func (r *Runner) Run(ctx context.Context, s *Script) (Report, error) {
	report := Report{}
	var asked *answer.Answer // of the last ask
	talk, edits := "", map[int][]string{}
	for _, step := range s.Steps {
		set, err := r.set(step.Setting.Use)
		if err != nil {
			return report, fmt.Errorf("%s:%d: %w", s.File, step.Line, err)
		}
		if step.Command != "then" {
			r.talk++
			talk = fmt.Sprintf("t%d", r.talk)
		}
		got, err := set.Service.Ask(ctx, request(set, step, talk), nil)
		if err != nil {
			return report, fmt.Errorf("%s:%d: %w", s.File, step.Line, err)
		}
		report.Asked++
		c := &check{ctx: ctx, set: set, step: step, answer: got, asked: asked, edits: edits}
		c.all()
		if r.Again && step.Command == "ask" {
			r.again(ctx, set, step, c)
		}
		for _, f := range c.failures {
			f.File = s.File
			report.Failures = append(report.Failures, f)
		}
		if step.Command != "same" {
			asked = got
		}
	}
	if r.Update {
		report.Text = rewritten(s, edits)
	}
	return report, nil
}

func (r *Runner) set(use string) (*Set, error) {
	if set, ok := r.sets[use]; ok {
		return set, nil
	}
	set, err := r.Open(use)
	if err != nil {
		return nil, fmt.Errorf("use %s: %w", use, err)
	}
	if r.sets == nil {
		r.sets = map[string]*Set{}
	}
	r.sets[use] = set
	return set, nil
}

func request(set *Set, step Step, talk string) answer.Request {
	s := step.Setting
	req := answer.Request{Question: step.Text, Conversation: talk, Lang: s.Lang, Viewer: semantic.Viewer{ID: s.ID, Name: s.ID, Roles: s.Attr["role"], Attrs: s.Attr}}
	if step.Command == "line" {
		req.Question, req.Line = "", step.Text
	}
	if !s.Now.IsZero() {
		n := s.Now
		req.Now = time.Date(n.Year(), n.Month(), n.Day(), n.Hour(), n.Minute(), 0, 0, set.Zone)
	}
	return req
}

// again asks in other wordings: nothing may change. What is understood alike and
// compiles runs alike, so that nothing is run again.
func (r *Runner) again(ctx context.Context, set *Set, step Step, c *check) {
	for _, p := range Paraphrases(step.Text) {
		other := step
		other.Text = p
		got, compiled, err := compile(ctx, set, other)
		if err != nil {
			c.fail(step.Line, "as %q: %v", p, err)
			continue
		}
		a, b := c.answer, got
		sameKind := a.Kind == b.Kind || compiled && len(a.SQL) > 0
		if a.QueryLine != b.QueryLine || !sameKind || !slices.Equal(choices(a), choices(b)) {
			c.fail(step.Line, "as %q it becomes %s, not %s", p, outcome(b), outcome(a))
		}
	}
}

// compile asks a question in a conversation of its own as far as running, and says
// whether it came so far.
func compile(ctx context.Context, set *Set, step Step) (a *answer.Answer, compiled bool, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	a, err = set.Service.Ask(ctx, request(set, step, ""), func(e answer.Event) {
		if e.Kind == answer.Compiled {
			compiled = true
			stop()
		}
	})
	return a, compiled, err
}

func choices(a *answer.Answer) []string {
	var lines []string
	for _, c := range a.Choices {
		lines = append(lines, c.Query)
	}
	return lines
}

// outcome is an answer in a few words.
func outcome(a *answer.Answer) string {
	switch {
	case len(a.SQL) > 0:
		return a.QueryLine // whether or not it was run
	case len(a.Problems) > 0:
		return fmt.Sprintf("%s %s %q", a.Kind, a.Problems[0].Code, a.Problems[0].Name)
	case len(a.Choices) > 0:
		return fmt.Sprintf("%s %s", a.Kind, strings.Join(choices(a), " | "))
	case a.QueryLine != "":
		return a.QueryLine
	}
	return string(a.Kind)
}

// rewritten is the script with some expectations replaced.
func rewritten(s *Script, edits map[int][]string) string {
	var lines []string
	skip := map[int]bool{}
	for _, step := range s.Steps {
		for _, e := range step.Expect {
			if _, ok := edits[e.From]; ok {
				for i := e.From; i < e.To; i++ {
					skip[i] = true
				}
			}
		}
	}
	for i, line := range s.Lines {
		if now, ok := edits[i]; ok {
			lines = append(lines, now...)
		} else if !skip[i] {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}
