package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

func randomID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails (Go 1.24)
	return hex.EncodeToString(b[:])
}

// requestID is what an id of a request looks like when somebody else gave it.
var requestID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$`)

// identify gives every request an id: the caller's if it is well-formed.
func (s *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := c.Request().Header.Get(echo.HeaderXRequestID)
		if !requestID.MatchString(id) {
			id = s.config.NewID()
		}
		c.Set(requestKey, id)
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		return next(c)
	}
}

func requestOf(c echo.Context) string {
	id, _ := c.Get(requestKey).(string)
	return id
}

// observe logs and counts a request when it has ended. It knows the route and
// the viewer, never a question, a query string or a header.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		if err := next(c); err != nil {
			c.Error(err)
		}
		took, status := time.Since(start), c.Response().Status
		method, path := c.Request().Method, c.Path()
		if path == "" || status == http.StatusNotFound && !known(path) {
			method, path = "", "unknown"
		}
		s.metrics.requests.WithLabelValues(method, path, strconv.Itoa(status)).Inc()
		s.metrics.seconds.WithLabelValues(method, path).Observe(took.Seconds())
		level := slog.LevelInfo
		if status >= http.StatusInternalServerError {
			level = slog.LevelError
		}
		s.config.Log.LogAttrs(c.Request().Context(), level, "request", slog.String("id", requestOf(c)), slog.String("method", method),
			slog.String("route", path), slog.Int("status", status), slog.Int64("bytes", c.Response().Size), slog.Duration("took", took),
			slog.String("viewer", viewerOf(c).ID), slog.String("remote", c.RealIP()))
		return nil
	}
}

// known reports whether a path is the pattern of a route.
func known(path string) bool {
	return slices.ContainsFunc(routes, func(r route) bool { return r.path == path })
}

// recover turns a panic into a fault and logs where it was.
func (s *Server) recover(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if r := recover(); r != nil {
				err = panicked(r)
			}
		}()
		return next(c)
	}
}

// panicked is the error of a panic; http.ErrAbortHandler stays what it is.
func panicked(r any) error {
	if e, ok := r.(error); ok && errors.Is(e, http.ErrAbortHandler) {
		panic(r)
	}
	return fmt.Errorf("panic: %v\n%s", r, debug.Stack())
}

// pagePolicy lets the page load its own files and nothing else, and makes markup
// of strings impossible but for the constant templates of its library; apiPolicy
// lets a response load nothing.
const (
	pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; " +
		"form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html"
	apiPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
)

// headers tells browsers what not to do with a response, and bounds the time
// that a client may take.
func (s *Server) headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", apiPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		return next(c)
	}
}

// origins are the pages that may call the API.
func (s *Server) origins() []string {
	list := slices.Clone(s.config.Origins)
	for _, one := range s.config.Issuers {
		list = append(list, one.Origins...)
	}
	return list
}

// cors lets the pages of the configured origins call the API, by their exact
// names and without cookies.
func (s *Server) cors(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		origins := s.origins()
		if len(origins) == 0 || !strings.HasPrefix(c.Request().URL.Path, base+"/") {
			return next(c)
		}
		h := c.Response().Header()
		h.Add(echo.HeaderVary, echo.HeaderOrigin)
		origin := c.Request().Header.Get(echo.HeaderOrigin)
		if !slices.Contains(origins, origin) {
			return next(c)
		}
		h.Set(echo.HeaderAccessControlAllowOrigin, origin)
		h.Set(echo.HeaderAccessControlExposeHeaders, "X-Request-Id, Retry-After, "+runHeader)
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		if c.Request().Method != http.MethodOptions || c.Request().Header.Get(echo.HeaderAccessControlRequestMethod) == "" {
			return next(c)
		}
		h.Set(echo.HeaderAccessControlAllowMethods, "GET, POST, DELETE")
		h.Set(echo.HeaderAccessControlAllowHeaders, "Accept, Accept-Language, Authorization, Content-Type, Last-Event-ID, X-Request-Id")
		h.Set(echo.HeaderAccessControlMaxAge, "600")
		return c.NoContent(http.StatusNoContent)
	}
}

// writeWithin gives the client time to take what is written next. Recorders of
// tests have no deadlines.
func (s *Server) writeWithin(c echo.Context) error {
	err := http.NewResponseController(c.Response().Writer).SetWriteDeadline(time.Now().Add(s.config.Limits.Write))
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}

// readWithin gives the client time to send the rest of its request; zero takes
// the deadline away, so that it does not end what is answered meanwhile.
func (s *Server) readWithin(c echo.Context, d time.Duration) error {
	var at time.Time
	if d > 0 {
		at = time.Now().Add(d)
	}
	err := http.NewResponseController(c.Response().Writer).SetReadDeadline(at)
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}

// gone reports whether the caller has left.
func gone(ctx context.Context) bool { return errors.Is(context.Cause(ctx), context.Canceled) }
