package state

import (
	"context"
	"fmt"
	"time"
)

// Asked is one earlier question with its conversation.
type Asked struct {
	Turn
	Conversation string `db:"conversation"`
}

// History returns what a viewer asked, of every conversation, the latest first.
func (s *Store) History(ctx context.Context, viewer string, limit int) ([]Asked, error) {
	list := []Asked{}
	err := s.db.SelectContext(ctx, &list, `select id, conversation, asked_at, question, query, chart, kind from answers
		where viewer = ? and (question <> '' or query <> '') order by asked_at desc, rowid desc limit ?`, viewer, limit)
	if err != nil {
		return nil, fmt.Errorf("read history: %w", err)
	}
	return list, nil
}

// Pin is a query line that a viewer keeps.
type Pin struct {
	ID     string
	Viewer string
	At     time.Time `db:"-"`
	Query  string
	Chart  string
}

// SavePin stores a pin under its id, once.
func (s *Store) SavePin(ctx context.Context, p Pin) error {
	_, err := s.db.ExecContext(ctx, `insert into pins (id, viewer, at, query, chart) values (?, ?, ?, ?, ?)`, p.ID, p.Viewer, stamp(p.At), p.Query, p.Chart)
	if err != nil {
		return fmt.Errorf("save pin: %w", err)
	}
	return nil
}

// Pins returns the pins of a viewer, the oldest first.
func (s *Store) Pins(ctx context.Context, viewer string) ([]Pin, error) {
	pins := []Pin{}
	if err := s.db.SelectContext(ctx, &pins, `select id, viewer, query, chart from pins where viewer = ? order by at, rowid`, viewer); err != nil {
		return nil, fmt.Errorf("read pins: %w", err)
	}
	return pins, nil
}

// DeletePin takes away a pin of this viewer, or returns ErrNotFound.
func (s *Store) DeletePin(ctx context.Context, viewer, id string) error {
	done, err := s.db.ExecContext(ctx, `delete from pins where id = ? and viewer = ?`, id, viewer)
	if err != nil {
		return fmt.Errorf("delete pin: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return ErrNotFound
	}
	return nil
}

// Export notes that an answer was taken away as a file.
type Export struct {
	AnswerID string
	Viewer   string
	At       time.Time
	Form     string // csv, xlsx, png or svg
}

// SaveExport stores the note.
func (s *Store) SaveExport(ctx context.Context, e Export) error {
	_, err := s.db.ExecContext(ctx, `insert into exports (answer_id, viewer, at, form) values (?, ?, ?, ?)`, e.AnswerID, e.Viewer, stamp(e.At), e.Form)
	if err != nil {
		return fmt.Errorf("save export: %w", err)
	}
	return nil
}
