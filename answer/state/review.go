package state

import (
	"context"
	"fmt"
)

// Reviewable is an answer that anybody was given, with what they thought of it.
type Reviewable struct {
	Turn
	Viewer       string `db:"viewer"`
	Conversation string `db:"conversation"`
	Body         string `db:"body"`
	Thumb        int    `db:"thumb"`   // 1 is good, -1 is bad, 0 is no opinion
	Reasons      string `db:"reasons"` // a JSON list
}

// Reviewables returns the latest answers of everybody, at most limit, the oldest
// first. It is for analysts, not for viewers.
func (s *Store) Reviewables(ctx context.Context, limit int) ([]Reviewable, error) {
	list := []Reviewable{}
	err := s.db.SelectContext(ctx, &list, `select a.id, a.asked_at, a.question, a.query, a.chart, a.kind, a.viewer, a.conversation, a.body,
		coalesce(f.thumb, 0) as thumb, coalesce(f.reasons, '[]') as reasons
		from (select rowid as nr, * from answers order by asked_at desc, rowid desc limit ?) a left join feedback f on f.answer_id = a.id and f.viewer = a.viewer
		order by a.asked_at, a.nr`, limit)
	if err != nil {
		return nil, fmt.Errorf("read answers to review: %w", err)
	}
	return list, nil
}
