package eval

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/nlq/llm"
	"wenshu/semantic"
	"wenshu/warehouse"
)

// Outcome is what became of a question.
type Outcome string

// The outcomes. Skipped questions, whose right rows could not be had, count
// nowhere.
const (
	RightStrict  Outcome = "right"
	RightLenient Outcome = "lenient" // right, with more columns than asked for
	Wrong        Outcome = "wrong"
	Declined     Outcome = "declined"
	Skipped      Outcome = "skipped"
)

// Scored is one question with what became of it.
type Scored struct {
	ID       string  `json:"id"`
	DB       string  `json:"db"`
	Category string  `json:"category,omitempty"`
	Expect   string  `json:"expect"`
	Question string  `json:"question"`
	Outcome  Outcome `json:"outcome"`
	Kind     string  `json:"kind,omitempty"` // of the answer
	Line     string  `json:"query,omitempty"`
	SQL      string  `json:"sql,omitempty"`
	Rows     string  `json:"rows,omitempty"` // the first ones
	Gold     string  `json:"gold,omitempty"` // the first accepted ones
	Why      string  `json:"why,omitempty"`  // of a refusal, or of what was skipped
	Chart    string  `json:"chart,omitempty"`
	Mark     string  `json:"mark,omitempty"`
	ChartOK  bool    `json:"chart_ok,omitempty"`
	Named    bool    `json:"chart_named,omitempty"` // the wording says which picture
	Micros   int64   `json:"micros"`
}

func (s Scored) right() bool { return s.Outcome == RightStrict || s.Outcome == RightLenient }

// Database is one database with the model it is asked through.
type Database struct {
	Load    func() (*semantic.Model, error)
	Sources warehouse.Sources
}

// Options of a run.
type Options struct {
	Now  time.Time // of records without a moment; zero is the clock's
	Open func(ctx context.Context, db string) (Database, error)

	Second *llm.Reader // helps to read; nil for none
}

// Run asks every record and scores the answers, in order. Databases are opened
// once each and belong to the caller.
func Run(ctx context.Context, records []Record, o Options) ([]Scored, error) {
	services := map[string]*asked{}
	defer func() {
		for _, a := range services {
			_ = a.state.Close() // in memory
		}
	}()
	var all []Scored
	for _, r := range records {
		a, ok := services[r.DB]
		if !ok {
			var err error
			if a, err = open(ctx, r.DB, o); err != nil {
				return nil, fmt.Errorf("database %s: %w", r.DB, err)
			}
			services[r.DB] = a
		}
		s, err := a.score(ctx, r)
		if err != nil {
			return nil, fmt.Errorf("question %s: %w", r.ID, err)
		}
		all = append(all, s)
	}
	return all, nil
}

// asked is one database that questions are asked of.
type asked struct {
	service *answer.Service
	state   *state.Store
	sources warehouse.Sources
	now     time.Time
	zone    *time.Location
}

// mostRows of an answer are compared.
const mostRows = 100_000

func open(ctx context.Context, db string, o Options) (*asked, error) {
	d, err := o.Open(ctx, db)
	if err != nil {
		return nil, err
	}
	store, err := state.Open(ctx, "")
	if err != nil {
		return nil, err
	}
	a := &asked{state: store, sources: d.Sources, now: o.Now}
	clock := func() time.Time {
		if a.now.IsZero() {
			return time.Now()
		}
		return a.now
	}
	a.service, err = answer.New(ctx, answer.Config{Load: d.Load, Sources: d.Sources, State: store, Now: clock, Rows: mostRows, Listed: mostRows, Second: o.Second})
	if err == nil {
		a.zone, err = a.service.Model().Calendar.Location()
	}
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return a, nil
}

// score asks one record and compares.
func (a *asked) score(ctx context.Context, r Record) (Scored, error) {
	s := Scored{ID: r.ID, DB: r.DB, Category: r.Category, Expect: r.Expect, Question: strings.Join(r.turns(), " | "), Mark: r.Mark, Named: namesPicture(r.turns())}
	now := a.now
	if r.AsOf != "" {
		at, err := Moment(r.AsOf, a.zone)
		if err != nil {
			return s, err
		}
		now = at
	}
	var got *answer.Answer
	start := time.Now()
	for _, turn := range r.turns() {
		req := answer.Request{Question: turn, Now: now}
		if len(r.turns()) > 1 {
			req.Conversation = r.ID
		}
		var err error
		if got, err = a.service.Ask(ctx, req, nil); err != nil {
			return s, err
		}
	}
	s.Micros = time.Since(start).Microseconds()
	a.judge(ctx, r, now, got, &s)
	return s, nil
}

// judge compares an answer with what is right.
func (a *asked) judge(ctx context.Context, r Record, now time.Time, got *answer.Answer, s *Scored) {
	s.Kind, s.Line = string(got.Kind), got.QueryLine
	for _, statement := range got.SQL {
		s.SQL = strings.TrimSpace(s.SQL + "\n" + statement.SQL)
	}
	rows, columns := answerRows(got)
	s.Rows = firstRows(rows)
	if got.Chart != nil {
		s.Chart = string(got.Chart.Kind)
		s.ChartOK = r.Mark != "" && drawn(r.Mark, got.Chart)
	}
	answered := got.Kind == answer.Result && got.Table != nil
	if !answered {
		s.Why = reason(got)
	}
	if r.declines() {
		s.Outcome = Declined
		if answered && len(rows) > 0 {
			s.Outcome = Wrong
		}
		return
	}
	accepted, err := a.accepted(ctx, r)
	if err == nil && r.Query != "" {
		accepted, err = a.asLine(ctx, r.Query, now, accepted)
	}
	if err != nil {
		s.Outcome, s.Why = Skipped, err.Error()
		return
	}
	if len(accepted) > 0 {
		s.Gold = firstRows(accepted[0])
	}
	if !answered {
		s.Outcome = Declined
		return
	}
	s.Outcome = outcome(r, accepted, rows, columns, saidOf(got, a.service.Model(), now))
	if s.Outcome == Wrong && says(accepted, got.Yes) {
		s.Outcome = RightLenient
	}
	if s.Outcome == Skipped {
		s.Why = "nothing to compare with"
	}
}

func outcome(r Record, accepted [][][]cell, rows [][]cell, columns int, s said) Outcome {
	if len(accepted) == 0 {
		right, judged := holds(r.Words, rows, columns, s)
		switch {
		case !judged:
			return Skipped
		case right:
			return RightLenient
		}
		return Wrong
	}
	best := differs
	for _, gold := range accepted {
		best = max(best, compare(gold, rows, r.Ordered && asksOrder(r.turns())))
	}
	switch best {
	case agreesStrictly:
		return RightStrict
	case agrees:
		return RightLenient
	}
	return Wrong
}

// says reports whether a yes or no is what an accepted result of one cell, 1 or 0, holds.
func says(accepted [][][]cell, yes *bool) bool {
	if yes == nil {
		return false
	}
	text := strconv.Itoa(boolInt(*yes))
	return slices.ContainsFunc(accepted, func(gold [][]cell) bool {
		return len(gold) == 1 && len(gold[0]) == 1 && gold[0][0].equal(answerCell(&text, ""), 1)
	})
}

var orderWords = regexp.MustCompile(`(?i)\b(top|bottom|order|ordered|ordering|sort|sorted|rank|ranked|ranking|highest|lowest|most|least|best|worst|ascending|descending|starting|first|last|alphabetical|alphabetically)\b|排|最|前|由高|由低|从高|从低|从大|从小|由多|由少|依次|顺序|倒序`)

// asksOrder reports whether a question asks for its rows in an order.
func asksOrder(turns []string) bool { return orderWords.MatchString(strings.Join(turns, " ")) }

// accepted are the rows of every accepted result.
func (a *asked) accepted(ctx context.Context, r Record) ([][][]cell, error) {
	var all [][][]cell
	if r.Rows != nil {
		var rows [][]cell
		for _, row := range r.Rows {
			var cells []cell
			for _, v := range row {
				if v == nil {
					cells = append(cells, cell{null: true})
					continue
				}
				cells = append(cells, textCell(fmt.Sprint(v)))
			}
			rows = append(rows, cells)
		}
		all = append(all, rows)
	}
	var failed error
	for _, text := range anyAggregate(r) {
		rows, err := a.reference(ctx, text)
		if err != nil {
			failed = err
			continue
		}
		var cells [][]cell
		for _, row := range rows {
			var line []cell
			for _, v := range row {
				line = append(line, goldCell(v))
			}
			cells = append(cells, line)
		}
		all = append(all, cells)
	}
	if len(all) == 0 && failed != nil {
		return nil, fmt.Errorf("no accepted query runs: %w", errors.Join(failed, errors.Unwrap(failed)))
	}
	return all, nil
}

// asLine adds the rows of a query line to those that are right.
func (a *asked) asLine(ctx context.Context, line string, now time.Time, accepted [][][]cell) ([][][]cell, error) {
	got, err := a.service.Ask(ctx, answer.Request{Line: line, Now: now}, nil)
	if err != nil {
		return nil, err
	}
	if got.Kind != answer.Result {
		return nil, fmt.Errorf("the query line %s: %s", line, reason(got))
	}
	rows, _ := answerRows(got)
	return append(accepted, rows), nil
}

// reference runs an accepted query in the one source that holds its tables.
func (a *asked) reference(ctx context.Context, text string) ([][]semantic.Value, error) {
	var failed error
	for _, name := range a.service.Model().Warehouses {
		rows, err := warehouse.Reference(ctx, a.sources[name], text)
		if err == nil {
			return rows, nil
		}
		failed = err
	}
	return nil, failed
}

// answerRows are the cells of an answer's table.
func answerRows(got *answer.Answer) (rows [][]cell, columns int) {
	if got.Table == nil {
		return nil, 0
	}
	for _, row := range got.Table.Rows {
		var cells []cell
		for i, c := range row {
			cells = append(cells, answerCell(c.Value, got.Table.Columns[i].Grain))
		}
		rows = append(rows, cells)
	}
	return rows, len(got.Table.Columns)
}

// shownRows and shownChars bound what a report shows of a result.
const (
	shownRows  = 4
	shownChars = 240
)

func firstRows(rows [][]cell) string {
	var lines []string
	for _, row := range rows[:min(shownRows, len(rows))] {
		var texts []string
		for _, c := range row {
			if c.null {
				c.text = "—"
			}
			texts = append(texts, c.text)
		}
		lines = append(lines, strings.Join(texts, ", "))
	}
	text := fmt.Sprintf("(%d) %s", len(rows), strings.Join(lines, " / "))
	if runes := []rune(text); len(runes) > shownChars {
		return string(runes[:shownChars]) + "…"
	}
	return text
}

// reason is why there is no answer, in a few words.
func reason(got *answer.Answer) string {
	var parts []string
	for _, p := range got.Problems {
		parts = append(parts, strings.TrimSpace(string(p.Code)+" "+p.Name))
	}
	for _, c := range got.Choices {
		parts = append(parts, c.Query)
	}
	return strings.Join(parts, " | ")
}
