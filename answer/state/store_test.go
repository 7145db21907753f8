package state

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

var noon = time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)

func answerAt(id, viewer, conversation string, minute int) Answer {
	return Answer{
		ID: id, Viewer: viewer, Conversation: conversation, AskedAt: noon.Add(time.Duration(minute) * time.Minute),
		Question: "q " + id, Query: "revenue", Kind: "answer", Body: []byte(`{"id":"` + id + `"}`),
	}
}

func open(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestAnswersBelongToTheirViewer(t *testing.T) {
	for _, path := range []string{"", filepath.Join(t.TempDir(), "a b?c.db")} {
		s, ctx := open(t, path), t.Context()
		for i, a := range []Answer{answerAt("1", "ann", "c", 0), answerAt("2", "ann", "c", 1), answerAt("3", "bob", "c", 2)} {
			if err := s.SaveAnswer(ctx, a); err != nil {
				t.Fatal(i, err)
			}
		}
		if err := s.SaveAnswer(ctx, answerAt("1", "bob", "c", 9)); err == nil {
			t.Error("an id was used twice")
		}
		if body, err := s.Answer(ctx, "ann", "1"); err != nil || string(body) != `{"id":"1"}` {
			t.Errorf("%s %v", body, err)
		}
		for _, id := range []string{"1", "none"} {
			if _, err := s.Answer(ctx, "bob", id); !errors.Is(err, ErrNotFound) {
				t.Errorf("bob reads %s: %v", id, err)
			}
		}
		turns, err := s.Turns(ctx, "ann", "c", 10)
		if err != nil || len(turns) != 2 || turns[0].AnswerID != "2" {
			t.Errorf("%+v %v", turns, err)
		}
	}
}

func TestFeedback(t *testing.T) {
	s, ctx := open(t, ""), t.Context()
	if err := s.SaveAnswer(ctx, answerAt("1", "ann", "", 0)); err != nil {
		t.Fatal(err)
	}
	bad := Feedback{AnswerID: "1", Viewer: "ann", At: noon, Thumb: -1, Reasons: []string{"wrong_time"}, Comment: "june"}
	good := Feedback{AnswerID: "1", Viewer: "ann", At: noon.Add(time.Hour), Thumb: 1}
	for _, f := range []Feedback{bad, good} {
		if err := s.SaveFeedback(ctx, f); err != nil {
			t.Fatal(err)
		}
	}
	bad.Viewer = "bob"
	if err := s.SaveFeedback(ctx, bad); !errors.Is(err, ErrNotFound) {
		t.Errorf("bob speaks for ann: %v", err)
	}
	list, err := s.Feedbacks(ctx, 10)
	if err != nil || len(list) != 1 || list[0].Thumb != 1 || list[0].Reasons != "[]" || list[0].Question != "q 1" {
		t.Errorf("%+v %v", list, err)
	}
}

// TestStoreOutlivesItsProcess writes from many places at once, closes, and
// reads after a second start.
func TestStoreOutlivesItsProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			if err := s.SaveAnswer(context.Background(), answerAt(fmt.Sprint(i), "ann", "c", i)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, path)
	turns, err := again.Turns(t.Context(), "ann", "c", 100)
	if err != nil || len(turns) != 40 || turns[0].AnswerID != "39" {
		t.Errorf("%d turns, %v", len(turns), err)
	}
	if q, err := again.Questions(t.Context(), "ann", 3); err != nil || len(q) != 3 || q[0] != "q 39" {
		t.Errorf("%v %v", q, err)
	}
}
