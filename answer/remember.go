package answer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"wenshu/answer/state"
	"wenshu/semantic"
)

// ErrNotFound says that there is no such answer for this viewer.
var ErrNotFound = state.ErrNotFound

// remember stores an answer with those that came with it. A caller that has
// gone does not keep it from being stored.
func (s *Service) remember(ctx context.Context, a *Answer) error {
	body, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("store answer: %w", err)
	}
	chart := ""
	if a.Chart != nil && a.Chart.wished {
		chart = string(a.Chart.Kind)
	}
	line := a.QueryLine
	if a.Kind != Result {
		line = "" // a follow-up edits the last question that was answered
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err = s.config.State.SaveAnswer(ctx, state.Answer{
		ID: a.ID, Viewer: a.Viewer, Conversation: a.Conversation, AskedAt: s.config.Now(), Question: a.Question, Query: line,
		Chart: chart, Kind: string(a.Kind), ModelVersion: a.ModelVersion, Body: body,
	})
	if err != nil {
		return fmt.Errorf("store answer: %w", err)
	}
	return nil
}

// Answer returns an earlier answer of the viewer; the answer of somebody else is
// ErrNotFound as an unknown one is. It shows what was visible when it was given.
func (s *Service) Answer(ctx context.Context, v semantic.Viewer, id string) (*Answer, error) {
	body, err := s.config.State.Answer(ctx, v.ID, id)
	if err != nil {
		return nil, err
	}
	a := &Answer{Viewer: v.ID}
	if err := json.Unmarshal(body, a); err != nil {
		return nil, fmt.Errorf("read answer %s: %w", id, err)
	}
	return a, nil
}

// Opinion is what a viewer thought of an answer.
type Opinion struct {
	Good    bool     `json:"good"`
	Reasons []string `json:"reasons,omitempty"` // of state.Reasons
	Comment string   `json:"comment,omitempty"` // at most 2,000 characters
}

// ErrOpinion says that an opinion has an unknown reason or too long a comment.
var ErrOpinion = errors.New("an opinion has known reasons and a comment of at most 2,000 characters")

// Feedback stores an opinion of an answer of the viewer.
func (s *Service) Feedback(ctx context.Context, v semantic.Viewer, id string, o Opinion) error {
	for _, r := range o.Reasons {
		if !has(state.Reasons, r) {
			return ErrOpinion
		}
	}
	if len([]rune(o.Comment)) > 2000 {
		return ErrOpinion
	}
	thumb := -1
	if o.Good {
		thumb = 1
	}
	return s.config.State.SaveFeedback(ctx, state.Feedback{AnswerID: id, Viewer: v.ID, At: s.config.Now(), Thumb: thumb, Reasons: o.Reasons, Comment: o.Comment})
}
