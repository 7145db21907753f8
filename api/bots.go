package api

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"wenshu/semantic"
)

// BotRequest is a delivery of a chat's vendor as it arrived.
type BotRequest struct {
	Method string
	Query  url.Values
	Header http.Header
	Body   []byte // raw: signatures are of these bytes
}

// Bots are the bots of the process, each under its own name.
type Bots interface {
	// Deliver takes a delivery and returns the reply that acknowledges it.
	Deliver(ctx context.Context, name string, r BotRequest) (status int, mime string, body []byte)

	// Join joins the person of a chat that a signed link names with a viewer. With
	// sure false it only says who that person is. ErrLink is for links that are
	// forged or too old.
	Join(ctx context.Context, v semantic.Viewer, token string, sure bool) (Joined, error)

	Health(ctx context.Context) ([]BotHealth, error)

	// Chats are the bots that people can open by an address.
	Chats() []Chat
}

// Chat is where people write to a bot.
type Chat struct {
	Vendor string `json:"vendor"`
	URL    string `json:"url"`
}

// ErrLink says that a link is forged or too old.
var ErrLink = errors.New("the link is forged or too old")

// Joined is the person of a chat and the viewer that they are, or would be.
type Joined struct {
	Bot    string `json:"bot"`
	Vendor string `json:"vendor"`
	Tenant string `json:"tenant"`
	User   string `json:"user"`
	Name   string `json:"name"`
	Viewer string `json:"viewer"`
	Done   bool   `json:"done"`
}

// BotHealth is how a bot is.
type BotHealth struct {
	Name          string `json:"name"`
	Vendor        string `json:"vendor"`
	Connection    string `json:"connection,omitempty"` // listening or reconnecting; "" when the vendor calls us
	Waiting       int    `json:"waiting"`              // events that are not answered yet
	OldestSeconds int    `json:"oldest_seconds"`       // since when the oldest of them waits
	Unsent        int    `json:"unsent"`
	Failed        int    `json:"failed"`
	Dead          int    `json:"dead"`
	LastFailure   string `json:"last_failure,omitempty"` // the vendor's own code
}

// maxDelivery is the most that a vendor delivers at once, in bytes.
const maxDelivery = 1 << 20

func (s *Server) deliver(c echo.Context) error {
	if s.config.Bots == nil {
		return fault{code: notFound}
	}
	if err := s.readWithin(c, s.config.Limits.Read); err != nil {
		return err
	}
	r := c.Request()
	body, err := io.ReadAll(http.MaxBytesReader(c.Response().Writer, r.Body, maxDelivery))
	if err != nil {
		return fault{code: bodyTooLarge, cause: err}
	}
	status, mime, reply := s.config.Bots.Deliver(r.Context(), c.Param("id"), BotRequest{Method: r.Method, Query: r.URL.Query(), Header: r.Header, Body: body})
	if status == http.StatusNotFound {
		return fault{code: notFound}
	}
	if err := s.writeWithin(c); err != nil {
		return err
	}
	if mime == "" {
		mime = echo.MIMETextPlainCharsetUTF8
	}
	return c.Blob(status, mime, reply)
}

// joinBody is the body of POST /link.
type joinBody struct {
	Token string `json:"token"`
	Sure  bool   `json:"sure"`
}

func (s *Server) join(c echo.Context) error {
	var body joinBody
	if err := s.decode(c, &body); err != nil {
		return err
	}
	if s.config.Bots == nil {
		return fault{code: notFound}
	}
	who, err := s.config.Bots.Join(c.Request().Context(), viewerOf(c), body.Token, body.Sure)
	switch {
	case errors.Is(err, ErrLink):
		return fault{code: badRequest, field: "token", cause: err}
	case err != nil:
		return err
	}
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, who)
}

// botsHealth is the body of GET /bots.
type botsHealth struct {
	Bots []BotHealth `json:"bots"`
}

func (s *Server) botHealth(c echo.Context) error {
	list := []BotHealth{}
	if s.config.Bots != nil {
		all, err := s.config.Bots.Health(c.Request().Context())
		if err != nil {
			return err
		}
		list = append(list, all...)
	}
	return s.write(c, http.StatusOK, echo.MIMEApplicationJSON, botsHealth{list})
}

// BotCalls are the metrics of bots. It is safe for concurrent use.
type BotCalls struct {
	accepted *prometheus.CounterVec
	acks     *prometheus.HistogramVec
	answered *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	sent     *prometheus.CounterVec
}

// NewBotCalls returns metrics that Config.BotCalls shows.
func NewBotCalls() *BotCalls {
	return &BotCalls{
		accepted: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "wenshu_bot_deliveries_total", Help: "Events by bot and outcome: accepted, repeated, removed, stopped, forged, malformed, failed.",
		}, []string{"bot", "outcome"}),
		acks: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "wenshu_bot_acknowledge_seconds", Help: "Time from a delivery to its acknowledgement.", Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .3, 1, 3},
		}, []string{"bot"}),
		answered: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "wenshu_bot_answers_total", Help: "Events that were closed, by bot and outcome: answered, refused, unlinked, failed.",
		}, []string{"bot", "outcome"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "wenshu_bot_answer_seconds", Help: "Time from an event to the messages that answer it.", Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300},
		}, []string{"bot"}),
		sent: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "wenshu_bot_messages_total", Help: "Attempts to send a message, by bot and outcome: sent, found, later, dead.",
		}, []string{"bot", "outcome"}),
	}
}

// Accepted counts an event.
func (m *BotCalls) Accepted(bot, outcome string) { m.accepted.WithLabelValues(bot, outcome).Inc() }

// Acknowledged observes how long an acknowledgement took.
func (m *BotCalls) Acknowledged(bot string, took time.Duration) {
	m.acks.WithLabelValues(bot).Observe(took.Seconds())
}

// Answered counts an event that was closed.
func (m *BotCalls) Answered(bot, outcome string, took time.Duration) {
	m.answered.WithLabelValues(bot, outcome).Inc()
	m.seconds.WithLabelValues(bot).Observe(took.Seconds())
}

// Sent counts an attempt to send.
func (m *BotCalls) Sent(bot, outcome string) { m.sent.WithLabelValues(bot, outcome).Inc() }

func (m *BotCalls) collectors() []prometheus.Collector {
	return []prometheus.Collector{m.accepted, m.acks, m.answered, m.seconds, m.sent}
}
