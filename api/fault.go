package api

import (
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"wenshu/answer"
)

// faultCode names what went wrong at the door. Codes are stable: clients may
// switch on them. Problems that the service found keep their own codes.
type faultCode string

const (
	badRequest       faultCode = "bad_request"
	badJSON          faultCode = "bad_json"
	badMedia         faultCode = "unsupported_media_type"
	notAcceptable    faultCode = "not_acceptable"
	bodyTooLarge     faultCode = "body_too_large"
	tokenNeeded      faultCode = "token_needed"
	tokenUnknown     faultCode = "token_unknown"
	viewerUnknown    faultCode = "viewer_unknown"
	roleNeeded       faultCode = "role_needed"
	wrongHost        faultCode = "wrong_host"
	notFound         faultCode = "not_found"
	methodNotAllowed faultCode = "method_not_allowed"
	tooFast          faultCode = "rate_limited"
	tooMany          faultCode = "too_many_questions"
	notReady         faultCode = "not_ready"
	stopping         faultCode = "stopping"
	internal         faultCode = "internal"
)

// statuses is the HTTP status of every fault.
var statuses = map[faultCode]int{
	badRequest: http.StatusBadRequest, badJSON: http.StatusBadRequest, badMedia: http.StatusUnsupportedMediaType,
	notAcceptable: http.StatusNotAcceptable, bodyTooLarge: http.StatusRequestEntityTooLarge,
	tokenNeeded: http.StatusUnauthorized, tokenUnknown: http.StatusUnauthorized, viewerUnknown: http.StatusUnauthorized,
	roleNeeded: http.StatusForbidden, wrongHost: http.StatusMisdirectedRequest,
	notFound: http.StatusNotFound, methodNotAllowed: http.StatusMethodNotAllowed,
	tooFast: http.StatusTooManyRequests, tooMany: http.StatusTooManyRequests,
	notReady: http.StatusServiceUnavailable, stopping: http.StatusServiceUnavailable, internal: http.StatusInternalServerError,
}

// fault is a request that the door refuses.
type fault struct {
	code  faultCode
	field string        // the part of the request to blame; "" for none
	retry time.Duration // when to try again; 0 says nothing
	cause error         // for the log; never shown
}

// Error is for logs.
func (f fault) Error() string {
	text := string(f.code)
	if f.field != "" {
		text += " " + f.field
	}
	if f.cause != nil {
		text += ": " + f.cause.Error()
	}
	return text
}

func (f fault) Unwrap() error { return f.cause }

// problem is the body of a refusal, by RFC 9457. Code, RequestID and what
// follows are extension members.
type problem struct {
	Type      string          `json:"type"`
	Title     string          `json:"title"`
	Status    int             `json:"status"`
	Detail    string          `json:"detail,omitempty"`
	Instance  string          `json:"instance"`
	Code      string          `json:"code"`
	RequestID string          `json:"request_id"`
	Field     string          `json:"field,omitempty"`
	AnswerID  string          `json:"answer_id,omitempty"`
	Choices   []answer.Choice `json:"choices,omitempty"` // what could be asked instead
}

const mimeProblem = "application/problem+json"

// faultOf is the fault behind an error.
func faultOf(err error) fault {
	var f fault
	var e *echo.HTTPError
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &f):
		return f
	case errors.Is(err, answer.ErrNotFound):
		return fault{code: notFound}
	case errors.As(err, &large):
		return fault{code: bodyTooLarge}
	case errors.As(err, &e) && e.Code == http.StatusNotFound:
		return fault{code: notFound}
	case errors.As(err, &e) && e.Code == http.StatusMethodNotAllowed:
		return fault{code: methodNotAllowed}
	}
	return fault{code: internal, cause: err}
}

// fail answers an error with a problem. It is echo's error handler.
func (s *Server) fail(err error, c echo.Context) {
	f := faultOf(err)
	if f.cause != nil {
		s.config.Log.LogAttrs(c.Request().Context(), slog.LevelError, "failed", slog.String("id", requestOf(c)), slog.String("code", string(f.code)),
			slog.Any("error", f.cause))
	}
	if c.Response().Committed {
		return
	}
	p := s.problem(c, f)
	if f.retry > 0 {
		c.Response().Header().Set(echo.HeaderRetryAfter, retryAfter(f.retry))
	}
	if p.Status == http.StatusUnauthorized {
		c.Response().Header().Set(echo.HeaderWWWAuthenticate, `Bearer realm="wenshu"`)
	}
	if err := s.write(c, p.Status, mimeProblem, p); err != nil {
		s.config.Log.LogAttrs(c.Request().Context(), slog.LevelWarn, "answer not taken", slog.String("id", requestOf(c)), slog.Any("error", err))
	}
}

// retryAfter is a delay in whole seconds, at least one.
func retryAfter(d time.Duration) string {
	return strconv.Itoa(int(math.Max(1, math.Ceil(d.Seconds()))))
}

// problem words a fault in the asker's language.
func (s *Server) problem(c echo.Context, f fault) problem {
	words := faultWords[languageOf(c)]
	p := s.problemOf(c, string(f.code), statuses[f.code])
	p.Title, p.Field = words[f.code], f.field
	return p
}

func (s *Server) problemOf(c echo.Context, code string, status int) problem {
	id := requestOf(c)
	return problem{
		Type: "urn:wenshu:problem:" + code, Status: status, Instance: "urn:wenshu:request:" + id, Code: code, RequestID: id,
	}
}

// write sends a value as JSON.
func (s *Server) write(c echo.Context, status int, mime string, value any) error {
	if err := s.writeWithin(c); err != nil {
		return fmt.Errorf("set deadline: %w", err)
	}
	c.Response().Header().Set(echo.HeaderContentType, mime)
	c.Response().WriteHeader(status)
	return c.Echo().JSONSerializer.Serialize(c, value, "")
}
