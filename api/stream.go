package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"wenshu/answer"
)

const mimeStream = "text/event-stream"

// runHeader names the run that a stream shows, for taking it up again.
const runHeader = "X-Wenshu-Run"

// step is the data of one event of a stream. Its name is the event's kind.
type step struct {
	Kind    answer.EventKind `json:"kind"`
	Elapsed int64            `json:"elapsed_ms"`
	Answer  *answer.Answer   `json:"answer,omitempty"`
}

// stream answers as server-sent events: the steps as they come, signs of life
// between them, and the answer or a problem as the last. When the client goes
// and does not come back within Limits.Resume, the question is cancelled, and
// stream returns once it has ended.
func (s *Server) stream(c echo.Context, r answer.Request) error {
	request := c.Request().Context()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(request), s.config.Limits.Answer)
	defer cancel()
	defer context.AfterFunc(request, func() {
		if s.closing.Load() {
			cancel() // nobody can come back
		}
	})()
	run := s.runs.begin(s.config.NewID(), r.Viewer.ID, s.config.Limits.Resume, cancel)
	leave := run.watch()
	go s.perform(ctx, c, r, run)
	_ = s.follow(c, run, 0) // an error says that the client has gone; the run goes on for a while
	leave()
	<-run.ended // the question has to end before the request does
	return nil
}

// perform answers a question into a run.
func (s *Server) perform(ctx context.Context, c echo.Context, r answer.Request, to *run) {
	defer s.runs.end(to)
	add := func(name string, data any) {
		if err := to.add(name, data); err != nil {
			s.config.Log.Error("failed", "id", requestOf(c), "error", err)
		}
	}
	a, err := s.answer(ctx, r, func(e answer.Event) { add(string(e.Kind), step{e.Kind, e.Elapsed.Milliseconds(), e.Answer}) })
	switch {
	case err != nil:
		p := s.problem(c, faultOf(s.unanswered(c.Request().Context(), err)))
		s.config.Log.Error("failed", "id", p.RequestID, "code", p.Code, "error", err)
		add("problem", p)
	case !to.answered():
		add(string(answer.Done), step{Kind: answer.Done, Answer: a})
	}
}

// runOf is the run that a request names.
func (s *Server) runOf(c echo.Context) (*run, error) {
	if r := s.runs.of(c.Param("id"), viewerOf(c).ID); r != nil {
		return r, nil
	}
	return nil, fault{code: notFound}
}

// resume shows a run again, behind the event that the client saw last.
func (s *Server) resume(c echo.Context) error {
	r, err := s.runOf(c)
	if err != nil {
		return err
	}
	seen := 0
	if last := c.Request().Header.Get("Last-Event-ID"); last != "" {
		if seen, err = strconv.Atoi(last); err != nil || seen < 0 {
			return fault{code: badRequest, field: "Last-Event-ID"}
		}
	}
	defer r.watch()()
	_ = s.follow(c, r, seen) // an error says that the client has gone again
	return nil
}

// cancelRun stops a question at once.
func (s *Server) cancelRun(c echo.Context) error {
	r, err := s.runOf(c)
	if err != nil {
		return err
	}
	r.cancel()
	return c.NoContent(http.StatusNoContent)
}

// follow writes the events of a run, with ids that count from 1, until it ends.
// An error says that the client does not read.
func (s *Server) follow(c echo.Context, r *run, seen int) error {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, mimeStream)
	h.Set("X-Accel-Buffering", "no") // nginx passes every event on at once
	h.Set(runHeader, r.id)
	c.Response().WriteHeader(http.StatusOK)
	if err := s.send(c, []byte(": wenshu\n\n")); err != nil {
		return err
	}
	ticker := time.NewTicker(s.config.Limits.Heartbeat)
	defer ticker.Stop()
	for ended := false; ; {
		list, grown := r.after(seen)
		for _, e := range list {
			seen++
			var b bytes.Buffer
			fmt.Fprintf(&b, "id: %d\nevent: %s\ndata: %s\n\n", seen, e.name, e.data)
			if err := s.send(c, b.Bytes()); err != nil {
				return err
			}
		}
		if ended {
			return nil
		}
		select {
		case <-grown:
		case <-r.ended:
			ended = true // what came last is still to be written
		case <-c.Request().Context().Done():
			if !s.closing.Load() {
				return c.Request().Context().Err()
			}
			<-r.ended // the server stops; the client is still there to be told
			ended = true
		case <-ticker.C:
			if err := s.send(c, []byte(": alive\n\n")); err != nil {
				return err
			}
		}
	}
}

// send writes a part of a stream and sees that it goes out.
func (s *Server) send(c echo.Context, b []byte) error {
	if err := s.writeWithin(c); err != nil {
		return err
	}
	if _, err := c.Response().Write(b); err != nil {
		return err
	}
	err := http.NewResponseController(c.Response().Writer).Flush()
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}
