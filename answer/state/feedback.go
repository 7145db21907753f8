package state

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Feedback is what a viewer thought of an answer.
type Feedback struct {
	AnswerID string
	Viewer   string
	At       time.Time
	Thumb    int      // 1 is good, -1 is bad
	Reasons  []string // from Reasons
	Comment  string
}

// Reasons are the legal reasons of a feedback.
var Reasons = []string{"wrong_metric", "wrong_filter", "wrong_time", "wrong_number", "slow", "other"}

// Reviewed is a feedback with what it was about, for the analysts.
type Reviewed struct {
	AnswerID     string `db:"answer_id" json:"answer_id"`
	Viewer       string `db:"viewer" json:"viewer"`
	At           string `db:"at" json:"at"`
	Thumb        int    `db:"thumb" json:"thumb"`
	Reasons      string `db:"reasons" json:"reasons"` // a JSON list
	Comment      string `db:"comment" json:"comment"`
	Question     string `db:"question" json:"question"`
	Query        string `db:"query" json:"query"`
	ModelVersion string `db:"model_version" json:"model_version"`
}

// SaveFeedback stores a viewer's opinion of an answer of theirs; a later one
// takes the place of an earlier one. An answer that is not theirs is
// ErrNotFound.
func (s *Store) SaveFeedback(ctx context.Context, f Feedback) error {
	reasons, err := json.Marshal(append([]string{}, f.Reasons...))
	if err != nil {
		return fmt.Errorf("save feedback: %w", err)
	}
	done, err := s.db.ExecContext(ctx, `insert into feedback (answer_id, viewer, at, thumb, reasons, comment)
		select id, viewer, ?, ?, ?, ? from answers where id = ? and viewer = ?
		on conflict (answer_id, viewer) do update set at = excluded.at, thumb = excluded.thumb, reasons = excluded.reasons, comment = excluded.comment`,
		stamp(f.At), f.Thumb, string(reasons), f.Comment, f.AnswerID, f.Viewer)
	if err != nil {
		return fmt.Errorf("save feedback: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil {
		return fmt.Errorf("save feedback: %w", err)
	} else if n == 0 {
		return ErrNotFound
	}
	return nil
}

// Feedbacks returns the feedback of everybody with what it was about, the
// latest first. It is for analysts, not for viewers.
func (s *Store) Feedbacks(ctx context.Context, limit int) ([]Reviewed, error) {
	list := []Reviewed{}
	err := s.db.SelectContext(ctx, &list, `select f.answer_id, f.viewer, f.at, f.thumb, f.reasons, f.comment, a.question, a.query, a.model_version
		from feedback f join answers a on a.id = f.answer_id order by f.at desc, f.rowid desc limit ?`, limit)
	if err != nil {
		return nil, fmt.Errorf("read feedback: %w", err)
	}
	return list, nil
}
