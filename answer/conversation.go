package answer

import (
	"context"

	"wenshu/semantic"
)

// Conversation returns ErrNotFound unless the viewer has asked something in the
// conversation; that of somebody else is the same as an unknown one.
func (s *Service) Conversation(ctx context.Context, v semantic.Viewer, id string) error {
	return s.config.State.Conversation(ctx, v.ID, id)
}
