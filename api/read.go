package api

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"wenshu/answer"
	"wenshu/semantic"
)

func (s *Server) catalog(c echo.Context) error {
	if _, err := saidLanguage(c.QueryParam("lang")); err != nil {
		return err
	}
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, s.config.Service.Catalog(c.Request().Context(), viewerOf(c), languageOf(c)))
}

// suggestions is the body of GET /suggest.
type suggestions struct {
	Suggestions []answer.Suggestion `json:"suggestions"`
}

func (s *Server) suggest(c echo.Context) error {
	typed := c.QueryParam("q")
	if utf8.RuneCountInString(typed) > answer.MaxQuestion || !utf8.ValidString(typed) {
		return fault{code: badRequest, field: "q"}
	}
	if _, err := saidLanguage(c.QueryParam("lang")); err != nil {
		return err
	}
	list, err := s.config.Service.Suggest(c.Request().Context(), viewerOf(c), languageOf(c), typed, s.config.Limits.Suggestion)
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, suggestions{notNil(list)})
}

// words is the body of GET /marks.
type words struct {
	Words []answer.WordMark `json:"words"`
}

func (s *Server) marks(c echo.Context) error {
	typed := c.QueryParam("q")
	if utf8.RuneCountInString(typed) > answer.MaxQuestion || !utf8.ValidString(typed) {
		return fault{code: badRequest, field: "q"}
	}
	lang, err := saidLanguage(c.QueryParam("lang"))
	if err != nil {
		return err
	}
	list, err := s.config.Service.Marks(c.Request().Context(), viewerOf(c), lang, typed)
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, words{notNil(list)})
}

// offersBody is the body of POST /bindable, and bindable of its answer.
type offersBody struct {
	Queries []string `json:"queries"`
}

type bindable struct {
	Bind []bool `json:"bind"`
}

func (s *Server) bindable(c echo.Context) error {
	var body offersBody
	if err := s.decode(c, &body); err != nil {
		return err
	}
	may, err := s.config.Service.Bindable(c.Request().Context(), viewerOf(c), body.Queries)
	if errors.Is(err, answer.ErrTooManyOffers) {
		return fault{code: badRequest, field: "queries"}
	}
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, bindable{notNil(may)})
}

// notNil is a list that JSON writes as one even when it is empty.
func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// memberLimit is how many members of a dimension are listed at once.
const memberLimit = 60

func (s *Server) members(c echo.Context) error {
	typed, dimension := c.QueryParam("q"), c.QueryParam("dimension")
	switch {
	case dimension == "" || len(dimension) > 200:
		return fault{code: badRequest, field: "dimension"}
	case len(typed) > 400 || !utf8.ValidString(typed):
		return fault{code: badRequest, field: "q"}
	}
	if _, err := saidLanguage(c.QueryParam("lang")); err != nil {
		return err
	}
	list, err := s.config.Service.Members(c.Request().Context(), viewerOf(c), languageOf(c), dimension, typed, memberLimit)
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, suggestions{notNil(list)})
}

// inboxBody is the body of GET /inbox.
type inboxBody struct {
	Items []answer.InboxItem `json:"items"`
}

func (s *Server) inbox(c echo.Context) error {
	items, err := s.config.Service.Inbox(c.Request().Context(), viewerOf(c))
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, inboxBody{notNil(items)})
}

func (s *Server) answerByID(c echo.Context) error {
	a, err := s.config.Service.Answer(c.Request().Context(), viewerOf(c), c.Param("id"))
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, a)
}

// summary asks a language model for a few words about a result. That there is
// none, for whatever reason, is not found: the answer says all by itself.
func (s *Server) summary(c echo.Context) error {
	text, err := s.config.Service.Summarize(c.Request().Context(), viewerOf(c), c.Param("id"))
	if err != nil {
		return fault{code: notFound, cause: err}
	}
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, text)
}

// opinionBody is the body of POST /answers/{id}/feedback.
type opinionBody struct {
	Good    *bool    `json:"good"`
	Reasons []string `json:"reasons"`
	Comment string   `json:"comment"`
}

func (s *Server) feedback(c echo.Context) error {
	var body opinionBody
	if err := s.decode(c, &body); err != nil {
		return err
	}
	if body.Good == nil {
		return fault{code: badRequest, field: "good"}
	}
	opinion := answer.Opinion{Good: *body.Good, Reasons: body.Reasons, Comment: body.Comment}
	err := s.config.Service.Feedback(c.Request().Context(), viewerOf(c), c.Param("id"), opinion)
	switch {
	case errors.Is(err, answer.ErrOpinion):
		return fault{code: badRequest, field: "reasons"}
	case err != nil:
		return err
	}
	return c.NoContent(http.StatusNoContent)
}

// person is a viewer as the page shows them. What the rules look at is told of
// sample viewers alone.
type person struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	About string `json:"about,omitempty"` // an attribute or role that tells sample viewers apart
}

// identity is the body of GET /me.
type identity struct {
	Viewer  person   `json:"viewer"`
	Demo    bool     `json:"demo"`
	Viewers []person `json:"viewers,omitempty"` // in demo mode: whom one can be
	Chats   []Chat   `json:"chats,omitempty"`   // where one may ask as well
}

func personOf(v semantic.Viewer) person {
	return person{ID: v.ID, Name: cmp.Or(v.Name, v.ID)}
}

// about is the first attribute of a sample viewer, or their first role.
func about(v semantic.Viewer) string {
	for _, name := range slices.Sorted(maps.Keys(v.Attrs)) {
		if len(v.Attrs[name]) > 0 {
			return strings.Join(v.Attrs[name], ", ")
		}
	}
	if len(v.Roles) > 0 {
		return v.Roles[0]
	}
	return ""
}

func (s *Server) me(c echo.Context) error {
	who := identity{Viewer: personOf(viewerOf(c)), Demo: s.demo()}
	for _, v := range s.config.Demo {
		one := personOf(v)
		one.About = about(v)
		who.Viewers = append(who.Viewers, one)
	}
	if s.config.Bots != nil {
		who.Chats = s.config.Bots.Chats()
	}
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, who)
}

// health is the body of /healthz and /readyz.
type health struct {
	Status string `json:"status"`
}

func (s *Server) healthz(c echo.Context) error {
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, health{"alive"})
}

// readyz says whether questions can be answered: not while the server stops,
// and not while a warehouse cannot be reached. What is wrong is in the log.
func (s *Server) readyz(c echo.Context) error {
	if s.closing.Load() {
		return fault{code: stopping, retry: busyRetry}
	}
	if err := s.config.Service.Ready(c.Request().Context()); err != nil {
		return fault{code: notReady, retry: busyRetry, cause: err}
	}
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, health{"ready"})
}
