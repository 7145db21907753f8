package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"wenshu/answer"
	"wenshu/semantic"
)

// askBody is the body of POST /ask.
type askBody struct {
	Question     string           `json:"question"`
	Conversation string           `json:"conversation"`
	Lang         string           `json:"lang"`
	Chart        answer.ChartKind `json:"chart"`
}

// queryBody is the body of POST /query.
type queryBody struct {
	Query        string           `json:"query"`
	Conversation string           `json:"conversation"`
	Lang         string           `json:"lang"`
	Chart        answer.ChartKind `json:"chart"`
}

func (s *Server) ask(c echo.Context) error {
	var body askBody
	if err := s.decode(c, &body); err != nil {
		return err
	}
	return s.reply(c, answer.Request{Question: body.Question, Conversation: body.Conversation, Chart: body.Chart}, body.Lang)
}

func (s *Server) query(c echo.Context) error {
	var body queryBody
	if err := s.decode(c, &body); err != nil {
		return err
	}
	return s.reply(c, answer.Request{Line: body.Query, Conversation: body.Conversation, Chart: body.Chart}, body.Lang)
}

// decode reads a JSON body of one value without unknown fields.
func (s *Server) decode(c echo.Context, body any) error {
	request := c.Request()
	if media, _, err := mime.ParseMediaType(request.Header.Get(echo.HeaderContentType)); err != nil || media != echo.MIMEApplicationJSON {
		return fault{code: badMedia}
	}
	if err := s.readWithin(c, s.config.Limits.Read); err != nil {
		return fmt.Errorf("set deadline: %w", err)
	}
	decoder := json.NewDecoder(http.MaxBytesReader(c.Response().Writer, request.Body, s.config.Limits.Body))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(body)
	if err == nil {
		if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.Join(errors.New("more than one value"), more)
		}
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return fault{code: bodyTooLarge}
	case err != nil:
		return fault{code: badJSON}
	}
	return s.readWithin(c, 0)
}

// reply answers a request as JSON or as a stream of events, whichever the
// caller prefers.
func (s *Server) reply(c echo.Context, r answer.Request, lang string) error {
	lang, err := saidLanguage(lang)
	if err != nil {
		return err
	}
	c.Set(langKey, lang)
	streamed, err := wantsStream(c.Request().Header.Get(echo.HeaderAccept))
	if err != nil {
		return err
	}
	r.Viewer, r.Lang = viewerOf(c), lang
	if r.Lang == "" && r.Question == "" {
		r.Lang = languageOf(c)
	}
	if r.Conversation, err = s.conversation(r); err != nil {
		return err
	}
	if streamed {
		return s.stream(c, r)
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), s.config.Limits.Answer)
	defer cancel()
	a, err := s.answer(ctx, r, nil)
	if err != nil {
		return s.unanswered(ctx, err)
	}
	return s.writeAnswer(c, a)
}

// conversationID is what a conversation may be called by a caller.
var conversationID = regexp.MustCompile(`^[A-Za-z0-9._:-]{1,64}$`)

// conversation is the conversation of a request: one that the viewer has, or one
// that begins now, under a name of the caller's or of ours. Names are each
// viewer's own, so that somebody else's begins one too.
func (s *Server) conversation(r answer.Request) (string, error) {
	switch {
	case r.Conversation == "":
		return s.config.NewID(), nil
	case !conversationID.MatchString(r.Conversation):
		return "", fault{code: badRequest, field: "conversation"}
	}
	return r.Conversation, nil
}

// answer asks the service and counts what it answered.
func (s *Server) answer(ctx context.Context, r answer.Request, events func(answer.Event)) (a *answer.Answer, err error) {
	s.metrics.answering.Inc()
	defer s.metrics.answering.Dec()
	defer func() {
		if p := recover(); p != nil {
			a, err = nil, panicked(p)
		}
	}()
	a, err = s.config.Service.Ask(ctx, r, events)
	if err == nil {
		s.metrics.count(a)
	}
	return a, err
}

// unanswered is the fault of a request that the service could not answer.
func (s *Server) unanswered(ctx context.Context, err error) error {
	if s.closing.Load() && gone(ctx) {
		return fault{code: stopping, retry: busyRetry}
	}
	return err
}

// failures are the problems for which an answer has a status of its own: what
// is no question, and what the asker can do nothing about.
var failures = map[semantic.Code]struct {
	status int
	retry  time.Duration
}{
	semantic.EmptyQuery:  {http.StatusBadRequest, 0},
	semantic.TooLong:     {http.StatusBadRequest, 0},
	semantic.Busy:        {http.StatusServiceUnavailable, busyRetry},
	semantic.Cancelled:   {http.StatusServiceUnavailable, busyRetry},
	semantic.Unavailable: {http.StatusServiceUnavailable, 30 * time.Second},
	semantic.Incomplete:  {http.StatusServiceUnavailable, 30 * time.Second},
	semantic.Timeout:     {http.StatusGatewayTimeout, 0},
	semantic.Internal:    {http.StatusInternalServerError, 0},
}

// writeAnswer sends an answer, or the problem that it holds.
func (s *Server) writeAnswer(c echo.Context, a *answer.Answer) error {
	if a.Kind != answer.Failed || len(a.Problems) == 0 {
		return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, a)
	}
	f, ok := failures[a.Problems[0].Code]
	if !ok {
		return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, a)
	}
	p := s.problemOf(c, string(a.Problems[0].Code), f.status)
	p.Title, p.AnswerID, p.Choices = a.Problems[0].Text, a.ID, a.Suggestions
	if f.retry > 0 {
		c.Response().Header().Set(echo.HeaderRetryAfter, retryAfter(f.retry))
	}
	return s.write(c, f.status, mimeProblem, p)
}

// wantsStream reads an Accept header: a stream is wanted when it is named.
func wantsStream(accept string) (bool, error) {
	if accept == "" {
		return false, nil
	}
	json := false
	for part := range strings.SplitSeq(accept, ",") {
		media, params, err := mime.ParseMediaType(part)
		if err != nil || params["q"] == "0" {
			continue
		}
		switch media {
		case mimeStream:
			return true, nil
		case echo.MIMEApplicationJSON, mimeProblem, "application/*", "*/*":
			json = true
		}
	}
	if !json {
		return false, fault{code: notAcceptable}
	}
	return false, nil
}
