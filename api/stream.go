package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"wenshu/answer"
)

const mimeStream = "text/event-stream"

// step is the data of one event of a stream. Its name is the event's kind.
type step struct {
	Kind    answer.EventKind `json:"kind"`
	Elapsed int64            `json:"elapsed_ms"`
	Answer  *answer.Answer   `json:"answer,omitempty"`
}

// outcome is how a question that ran beside its stream ended.
type outcome struct {
	answer *answer.Answer
	err    error
}

// stream answers as server-sent events: the steps as they come, signs of life
// between them, and the answer or a problem as the last. When the client goes,
// the question is cancelled, and stream returns once it has ended.
func (s *Server) stream(ctx context.Context, c echo.Context, r answer.Request) error {
	ctx, cancel := context.WithCancel(ctx)
	steps, ended := make(chan step), make(chan outcome, 1)
	go func() {
		defer close(steps)
		a, err := s.answer(ctx, r, func(e answer.Event) {
			select {
			case steps <- step{e.Kind, e.Elapsed.Milliseconds(), e.Answer}:
			case <-ctx.Done():
			}
		})
		ended <- outcome{a, err}
	}()
	w := &eventWriter{server: s, c: c}
	err := w.follow(steps, s.config.Limits.Heartbeat)
	cancel()
	for range steps {
		continue // the question has to end before the request does
	}
	end := <-ended
	switch {
	case err != nil:
		return nil // the client has gone; there is nobody to tell
	case end.err != nil:
		return w.problem(s.problem(c, faultOf(s.unanswered(c.Request().Context(), end.err))), end.err)
	case w.done:
		return nil
	}
	return w.event(string(answer.Done), step{Kind: answer.Done, Answer: end.answer})
}

// eventWriter writes events with ids that count from 1.
type eventWriter struct {
	server *Server
	c      echo.Context
	n      int
	done   bool
}

// follow writes the steps until there are no more. An error says that the
// client does not read.
func (w *eventWriter) follow(steps <-chan step, heartbeat time.Duration) error {
	if err := w.start(); err != nil {
		return err
	}
	ticker := time.NewTicker(heartbeat)
	defer ticker.Stop()
	for {
		var err error
		select {
		case one, ok := <-steps:
			if !ok {
				return nil
			}
			w.done = w.done || one.Kind == answer.Done
			err = w.event(string(one.Kind), one)
		case <-ticker.C:
			err = w.send([]byte(": alive\n\n"))
		}
		if err != nil {
			return err
		}
	}
}

func (w *eventWriter) start() error {
	h := w.c.Response().Header()
	h.Set(echo.HeaderContentType, mimeStream)
	h.Set("X-Accel-Buffering", "no") // nginx passes every event on at once
	w.c.Response().WriteHeader(http.StatusOK)
	return w.send([]byte(": wenshu\n\n"))
}

func (w *eventWriter) event(name string, data any) error {
	body, err := json.Marshal(data) // one line: JSON has no raw line breaks
	if err != nil {
		return fmt.Errorf("encode event: %w", err)
	}
	w.n++
	var b bytes.Buffer
	fmt.Fprintf(&b, "id: %d\nevent: %s\ndata: %s\n\n", w.n, name, body)
	return w.send(b.Bytes())
}

func (w *eventWriter) problem(p problem, cause error) error {
	w.server.config.Log.Error("failed", "id", p.RequestID, "code", p.Code, "error", cause)
	return w.event("problem", p)
}

func (w *eventWriter) send(b []byte) error {
	if err := w.server.writeWithin(w.c); err != nil {
		return err
	}
	if _, err := w.c.Response().Write(b); err != nil {
		return err
	}
	err := http.NewResponseController(w.c.Response().Writer).Flush()
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}
