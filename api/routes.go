package api

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// base is where the routes of this version begin.
const base = "/api/v1"

// access says who may use a route.
type access int

const (
	anybody  access = iota
	viewers         // who has a token, or says who they are in demo mode
	operator        // a viewer with the role operatorRole; anybody in demo mode
	curator         // a viewer with the role curatorRole; any viewer in demo mode
)

// operatorRole is the role that may read metrics, curatorRole the one that may
// read what others asked and were not answered.
const (
	operatorRole = "operator"
	curatorRole  = "curator"
)

// cost says which limit a request counts against.
type cost int

const (
	free cost = iota
	reading
	asking
)

// route is one entry of the table that openapi.yaml describes.
type route struct {
	method string
	path   string
	access access
	cost   cost
	handle func(*Server, echo.Context) error
}

// routes is every route but those of the page's files.
var routes = []route{
	{http.MethodPost, base + "/ask", viewers, asking, (*Server).ask},
	{http.MethodPost, base + "/query", viewers, asking, (*Server).query},
	{http.MethodGet, base + "/runs/:id", viewers, reading, (*Server).resume},
	{http.MethodDelete, base + "/runs/:id", viewers, reading, (*Server).cancelRun},
	{http.MethodGet, base + "/catalog", viewers, reading, (*Server).catalog},
	{http.MethodGet, base + "/suggest", viewers, reading, (*Server).suggest},
	{http.MethodGet, base + "/marks", viewers, reading, (*Server).marks},
	{http.MethodPost, base + "/bindable", viewers, reading, (*Server).bindable},
	{http.MethodGet, base + "/members", viewers, reading, (*Server).members},
	{http.MethodGet, base + "/history", viewers, reading, (*Server).history},
	{http.MethodGet, base + "/inbox", curator, reading, (*Server).inbox},
	{http.MethodGet, base + "/pins", viewers, reading, (*Server).pins},
	{http.MethodPost, base + "/pins", viewers, reading, (*Server).pin},
	{http.MethodDelete, base + "/pins/:id", viewers, reading, (*Server).unpin},
	{http.MethodGet, base + "/me", viewers, reading, (*Server).me},
	{http.MethodGet, base + "/answers/:id", viewers, reading, (*Server).answerByID},
	{http.MethodPost, base + "/answers/:id/summary", viewers, asking, (*Server).summary},
	{http.MethodGet, base + "/answers/:id/chart.png", viewers, reading, (*Server).chartPNG},
	{http.MethodGet, base + "/answers/:id/chart.svg", viewers, reading, (*Server).chartSVG},
	{http.MethodGet, base + "/answers/:id/table.csv", viewers, reading, (*Server).tableCSV},
	{http.MethodGet, base + "/answers/:id/table.xlsx", viewers, reading, (*Server).tableXLSX},
	{http.MethodPost, base + "/answers/:id/feedback", viewers, reading, (*Server).feedback},
	{http.MethodPost, base + "/link", viewers, reading, (*Server).join},
	{http.MethodGet, base + "/bots", operator, free, (*Server).botHealth},
	{http.MethodGet, base + "/bots/:id", anybody, free, (*Server).deliver},
	{http.MethodPost, base + "/bots/:id", anybody, free, (*Server).deliver},
	{http.MethodGet, base + "/openapi.json", anybody, free, (*Server).openapiJSON},
	{http.MethodGet, base + "/openapi.yaml", anybody, free, (*Server).openapiYAML},
	{http.MethodGet, "/healthz", anybody, free, (*Server).healthz},
	{http.MethodGet, "/readyz", anybody, free, (*Server).readyz},
	{http.MethodGet, "/metrics", operator, free, (*Server).metricsText},
}

// newEcho wires the routes. The order of the middleware is the order in which
// a request meets it.
func (s *Server) newEcho() *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = echo.ExtractIPDirect() // headers that name another address can be forged
	e.HTTPErrorHandler = s.fail
	e.Use(s.identify, s.observe, s.recover, s.headers, s.sameHost, s.cors)
	for _, r := range routes {
		e.Add(r.method, r.path, func(c echo.Context) error { return r.handle(s, c) }, s.admit(r.access), s.limit(r.cost))
	}
	if s.page != nil {
		for path := range pageNames {
			e.GET(path, s.pageFile)
		}
		e.GET("/assets/:name", s.pageFile)
	}
	return e
}
