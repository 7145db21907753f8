package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Reading is what a language model made of a question, kept so that the same
// question has the same answer.
type Reading struct {
	Key       string    // what the reading depends on
	At        time.Time // when it was read
	Day       string    // of the asker's calendar, 2026-07-15
	Lasting   bool      // it means the same on another day
	Outcome   string
	Lines     []string // query lines
	Questions []string
}

// SaveReading stores a reading in place of an older one of its key.
func (s *Store) SaveReading(ctx context.Context, r Reading) error {
	lines, err := json.Marshal(r.Lines)
	if err != nil {
		return fmt.Errorf("save reading: %w", err)
	}
	questions, err := json.Marshal(r.Questions)
	if err != nil {
		return fmt.Errorf("save reading: %w", err)
	}
	_, err = s.db.ExecContext(ctx, `insert into readings (key, at, day, lasting, outcome, lines, questions) values (?, ?, ?, ?, ?, ?, ?)
		on conflict (key) do update set at = excluded.at, day = excluded.day, lasting = excluded.lasting, outcome = excluded.outcome,
		lines = excluded.lines, questions = excluded.questions`,
		r.Key, stamp(r.At), r.Day, r.Lasting, r.Outcome, string(lines), string(questions))
	if err != nil {
		return fmt.Errorf("save reading: %w", err)
	}
	return nil
}

// Reading returns the reading of a key that holds on a day, or ErrNotFound.
func (s *Store) Reading(ctx context.Context, key, day string) (Reading, error) {
	var row struct {
		Outcome   string `db:"outcome"`
		Lines     string `db:"lines"`
		Questions string `db:"questions"`
		Lasting   bool   `db:"lasting"`
	}
	err := s.db.GetContext(ctx, &row, `select outcome, lines, questions, lasting from readings where key = ? and (lasting or day = ?)`, key, day)
	if errors.Is(err, sql.ErrNoRows) {
		return Reading{}, ErrNotFound
	}
	r := Reading{Key: key, Day: day, Lasting: row.Lasting, Outcome: row.Outcome}
	if err == nil {
		err = errors.Join(json.Unmarshal([]byte(row.Lines), &r.Lines), json.Unmarshal([]byte(row.Questions), &r.Questions))
	}
	if err != nil {
		return Reading{}, fmt.Errorf("read reading: %w", err)
	}
	return r, nil
}

// Exchange is one call of a language model.
type Exchange struct {
	AnswerID string        `db:"answer_id" json:"answer_id"`
	Viewer   string        `db:"viewer" json:"viewer"`
	At       time.Time     `db:"-" json:"at"`
	Day      string        `db:"day" json:"day"` // of UTC, as budgets count
	Purpose  string        `db:"purpose" json:"purpose"`
	Endpoint string        `db:"endpoint" json:"endpoint"`
	Model    string        `db:"model" json:"model"`
	Prompt   string        `db:"prompt" json:"prompt,omitempty"` // "" where texts are not kept
	Reply    string        `db:"reply" json:"reply,omitempty"`
	In       int           `db:"tokens_in" json:"tokens_in"`
	Out      int           `db:"tokens_out" json:"tokens_out"`
	Cost     float64       `db:"cost" json:"cost"`
	Took     time.Duration `db:"-" json:"took"`
	Line     string        `db:"line" json:"line,omitempty"` // the query line that was read
	Failed   string        `db:"failed" json:"failed,omitempty"`
}

// SaveExchange stores a call.
func (s *Store) SaveExchange(ctx context.Context, x Exchange) error {
	_, err := s.db.ExecContext(ctx, `insert into exchanges
		(answer_id, viewer, at, day, purpose, endpoint, model, prompt, reply, tokens_in, tokens_out, cost, micros, line, failed)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		x.AnswerID, x.Viewer, stamp(x.At), x.Day, x.Purpose, x.Endpoint, x.Model, x.Prompt, x.Reply, x.In, x.Out, x.Cost, x.Took.Microseconds(), x.Line, x.Failed)
	if err != nil {
		return fmt.Errorf("save exchange: %w", err)
	}
	return nil
}

// Exchanges returns the calls that an answer took, in order.
func (s *Store) Exchanges(ctx context.Context, answerID string) ([]Exchange, error) {
	var rows []struct {
		Exchange
		AtText string `db:"at"`
		Micros int64  `db:"micros"`
	}
	err := s.db.SelectContext(ctx, &rows, `select answer_id, viewer, at, day, purpose, endpoint, model, prompt, reply, tokens_in, tokens_out, cost, micros, line, failed
		from exchanges where answer_id = ? order by id`, answerID)
	if err != nil {
		return nil, fmt.Errorf("read exchanges: %w", err)
	}
	list := make([]Exchange, len(rows))
	for i, r := range rows {
		r.Took = time.Duration(r.Micros) * time.Microsecond
		if r.At, err = time.Parse(time.RFC3339Nano, r.AtText); err != nil {
			return nil, fmt.Errorf("read exchanges: %w", err)
		}
		list[i] = r.Exchange
	}
	return list, nil
}

// Spent is what a viewer's calls came to in a day.
type Spent struct {
	Viewer string  `db:"viewer"`
	Tokens int     `db:"tokens"`
	Cost   float64 `db:"cost"`
}

// Spent sums the calls of a day by viewer.
func (s *Store) Spent(ctx context.Context, day string) ([]Spent, error) {
	var list []Spent
	err := s.db.SelectContext(ctx, &list, `select viewer, sum(tokens_in + tokens_out) as tokens, sum(cost) as cost from exchanges where day = ? group by viewer`, day)
	if err != nil {
		return nil, fmt.Errorf("read what was spent: %w", err)
	}
	return list, nil
}
