package api

import (
	"net"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"wenshu/semantic"
)

// The names under which a request carries what the middleware found out.
const (
	viewerKey  = "viewer"
	requestKey = "request"
)

// sampleHeader chooses the sample viewer in demo mode; the query parameter
// sampleParam does the same for links.
const (
	sampleHeader = "X-Wenshu-Viewer"
	sampleParam  = "viewer"
)

// admit finds out who asks and lets in who may.
func (s *Server) admit(who access) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if who == anybody || who == operator && s.demo() {
				return next(c)
			}
			viewer, err := s.viewer(c)
			if err != nil {
				return err
			}
			if who == operator && !slices.Contains(viewer.Roles, operatorRole) || who == curator && !s.demo() && !slices.Contains(viewer.Roles, curatorRole) {
				return fault{code: roleNeeded}
			}
			c.Set(viewerKey, viewer)
			return next(c)
		}
	}
}

func (s *Server) demo() bool { return len(s.config.Demo) > 0 }

// viewer is who asks, by the token or, in demo mode, by their own word.
func (s *Server) viewer(c echo.Context) (semantic.Viewer, error) {
	if s.demo() {
		return s.sample(c)
	}
	headers := c.Request().Header.Values(echo.HeaderAuthorization)
	if len(headers) != 1 {
		return semantic.Viewer{}, fault{code: tokenNeeded}
	}
	scheme, token, ok := strings.Cut(headers[0], " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") || token == "" {
		return semantic.Viewer{}, fault{code: tokenNeeded}
	}
	if strings.Count(token, ".") == 2 && len(s.config.Issuers) > 0 {
		viewer, err := vouched(s.config.Issuers, token, c.Request().Header.Get(echo.HeaderOrigin), c.Request().Host, time.Now())
		if err != nil {
			return viewer, fault{code: tokenUnknown, cause: err}
		}
		return viewer, nil
	}
	viewer, ok := holder(s.keys, token)
	if !ok {
		return viewer, fault{code: tokenUnknown}
	}
	return viewer, nil
}

func (s *Server) sample(c echo.Context) (semantic.Viewer, error) {
	id := c.Request().Header.Get(sampleHeader)
	if id == "" {
		id = c.QueryParam(sampleParam)
	}
	if id == "" {
		return s.config.Demo[0], nil
	}
	i := slices.IndexFunc(s.config.Demo, func(v semantic.Viewer) bool { return v.ID == id })
	if i < 0 {
		return semantic.Viewer{}, fault{code: viewerUnknown}
	}
	return s.config.Demo[i], nil
}

// viewerOf is who asks; the zero Viewer where anybody may.
func viewerOf(c echo.Context) semantic.Viewer {
	v, _ := c.Get(viewerKey).(semantic.Viewer)
	return v
}

// sameHost keeps pages of other names from reaching a server in demo mode by
// resolving their name to loopback.
func (s *Server) sameHost(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !s.demo() {
			return next(c)
		}
		host := c.Request().Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if !loopback(host) {
			return fault{code: wrongHost}
		}
		return next(c)
	}
}
