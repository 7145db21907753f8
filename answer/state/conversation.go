package state

import (
	"context"
	"fmt"
)

// Conversation returns ErrNotFound unless the viewer has asked something in the
// conversation. Another viewer's conversation is the same as an unknown one.
func (s *Store) Conversation(ctx context.Context, viewer, id string) error {
	var known bool
	err := s.db.GetContext(ctx, &known, `select exists (select 1 from answers where viewer = ? and conversation = ?)`, viewer, id)
	if err != nil {
		return fmt.Errorf("read conversation: %w", err)
	}
	if !known {
		return ErrNotFound
	}
	return nil
}
