package state

import (
	"errors"
	"testing"
)

func TestConversationsBelongToTheirViewer(t *testing.T) {
	s, ctx := open(t, ""), t.Context()
	failed := answerAt("1", "ann", "c", 0)
	failed.Query = "" // a question that was not answered begins a conversation too
	if err := s.SaveAnswer(ctx, failed); err != nil {
		t.Fatal(err)
	}
	if err := s.Conversation(ctx, "ann", "c"); err != nil {
		t.Error(err)
	}
	for _, c := range []struct{ viewer, id string }{{"bob", "c"}, {"ann", "d"}, {"ann", ""}} {
		if err := s.Conversation(ctx, c.viewer, c.id); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s has %q: %v", c.viewer, c.id, err)
		}
	}
}
