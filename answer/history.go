package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"wenshu/answer/state"
	"wenshu/semantic"
)

// Past is an earlier question of a viewer.
type Past struct {
	ID           string `json:"id"` // of its answer
	Conversation string `json:"conversation"`
	AskedAt      string `json:"asked_at"`
	Text         string `json:"text"` // as typed, or what the query line says
	Kind         Kind   `json:"kind"`
}

// History returns what a viewer asked before, the latest first.
func (s *Service) History(ctx context.Context, v semantic.Viewer, lang string, limit int) ([]Past, error) {
	turns, err := s.config.State.History(ctx, v.ID, limit)
	if err != nil {
		return nil, err
	}
	b := s.asking(Request{Viewer: v, Lang: orEnglish(lang)}, nil).book()
	list := []Past{}
	for _, t := range turns {
		text := t.Question
		if text == "" {
			text = b.lineTitle(t.Query)
		}
		list = append(list, Past{ID: t.AnswerID, Conversation: t.Conversation, AskedAt: t.AskedAt, Text: text, Kind: Kind(t.Kind)})
	}
	return list, nil
}

// lineTitle is a query line in a few words; the line itself when it cannot be
// read any more.
func (b *book) lineTitle(line string) string {
	q, err := semantic.ParseQuery(line)
	if err != nil {
		return line
	}
	return b.title(q)
}

// Pin is an answer that a viewer keeps on their board: what is kept is the query
// line, which is answered anew with the rights they have then.
type Pin struct {
	ID    string    `json:"id"`
	Title string    `json:"title"`
	Query string    `json:"query"`
	Chart ChartKind `json:"chart,omitempty"` // a wish
}

// MaxPins is how many answers a board holds.
const MaxPins = 30

// ErrPins says that an answer cannot be pinned: it has no query line, or the
// board is full.
var ErrPins = errors.New("the answer has no query line, or the board is full")

// Pins returns the board of a viewer, the oldest first.
func (s *Service) Pins(ctx context.Context, v semantic.Viewer, lang string) ([]Pin, error) {
	kept, err := s.config.State.Pins(ctx, v.ID)
	if err != nil {
		return nil, err
	}
	b := s.asking(Request{Viewer: v, Lang: orEnglish(lang)}, nil).book()
	pins := []Pin{}
	for _, p := range kept {
		pins = append(pins, Pin{ID: p.ID, Title: b.lineTitle(p.Query), Query: p.Query, Chart: ChartKind(p.Chart)})
	}
	return pins, nil
}

// PinAnswer keeps an answer of the viewer on their board, once.
func (s *Service) PinAnswer(ctx context.Context, v semantic.Viewer, id string) error {
	a, err := s.Answer(ctx, v, id)
	if err != nil {
		return err
	}
	kept, err := s.config.State.Pins(ctx, v.ID)
	if err != nil {
		return err
	}
	chart := ""
	if a.Chart != nil && a.Chart.Reason == "wished" {
		chart = string(a.Chart.Kind)
	}
	switch {
	case slices.ContainsFunc(kept, func(p state.Pin) bool { return p.Query == a.QueryLine && p.Chart == chart }):
		return nil
	case a.QueryLine == "" || len(kept) >= MaxPins:
		return ErrPins
	}
	return s.config.State.SavePin(ctx, state.Pin{ID: s.config.NewID(), Viewer: v.ID, At: s.config.Now(), Query: a.QueryLine, Chart: chart})
}

// Unpin takes a pin from the viewer's board; somebody else's is ErrNotFound.
func (s *Service) Unpin(ctx context.Context, v semantic.Viewer, id string) error {
	return s.config.State.DeletePin(ctx, v.ID, id)
}

// Exported is an answer of the viewer that is taken away as a file: the export
// is noted beside it, and it holds what the screen holds.
func (s *Service) Exported(ctx context.Context, v semantic.Viewer, id, form string) (*Answer, error) {
	a, err := s.Answer(ctx, v, id)
	if err != nil {
		return nil, err
	}
	if err := s.config.State.SaveExport(ctx, state.Export{AnswerID: id, Viewer: v.ID, At: s.config.Now(), Form: form}); err != nil {
		return nil, fmt.Errorf("note export: %w", err)
	}
	return a, nil
}
