package api

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"wenshu/answer"
	"wenshu/semantic"
)

// Service is what the server encodes; *answer.Service is one. What belongs to
// another viewer is answer.ErrNotFound, as what does not exist.
type Service interface {
	Ask(context.Context, answer.Request, func(answer.Event)) (*answer.Answer, error)
	Answer(ctx context.Context, v semantic.Viewer, id string) (*answer.Answer, error)
	Summarize(ctx context.Context, v semantic.Viewer, id string) (*answer.Summary, error)
	Feedback(ctx context.Context, v semantic.Viewer, id string, o answer.Opinion) error
	Catalog(ctx context.Context, v semantic.Viewer, lang string) *answer.Catalog
	Suggest(ctx context.Context, v semantic.Viewer, lang, typed string, limit int) ([]answer.Suggestion, error)
	Marks(ctx context.Context, v semantic.Viewer, lang, typed string) ([]answer.WordMark, error)
	Bindable(ctx context.Context, v semantic.Viewer, lines []string) ([]bool, error)
	Members(ctx context.Context, v semantic.Viewer, lang, dimension, typed string, limit int) ([]answer.Suggestion, error)
	History(ctx context.Context, v semantic.Viewer, lang string, limit int) ([]answer.Past, error)
	Inbox(ctx context.Context, curator semantic.Viewer) ([]answer.InboxItem, error)
	Pins(ctx context.Context, v semantic.Viewer, lang string) ([]answer.Pin, error)
	PinAnswer(ctx context.Context, v semantic.Viewer, id string) error
	Unpin(ctx context.Context, v semantic.Viewer, id string) error
	Exported(ctx context.Context, v semantic.Viewer, id, form string) (*answer.Answer, error)
	Ready(context.Context) error
}

// Config is what a Server is made of. Service must be set, and either Demo or
// one of Accounts and Issuers.
type Config struct {
	Addr     string // host:port to listen on; "" is 127.0.0.1:8080
	Service  Service
	Accounts []Account         // who may come in; see ReadAccounts
	Issuers  []Issuer          // whose tokens let their users in; see ReadIssuers
	Demo     []semantic.Viewer // sample viewers that callers choose from; the first is the default; loopback only
	Page     fs.FS             // files of the page, index.html among them; nil serves no page
	Origins  []string          // pages of these origins may call the API: scheme://host[:port]; none by default
	Log      *slog.Logger      // nil logs nothing
	Limits   Limits
	NewID    func() string // for conversations and requests; nil is 128 random bits

	ModelCalls *ModelCalls // calls of language models, shown among the metrics; nil for none
	Bots       Bots        // in chats; nil for none
	BotCalls   *BotCalls   // what bots did, shown among the metrics; nil for none
}

// Limits bound what viewers can make the server do. Zero fields take the
// values that are named.
type Limits struct {
	AskRate    float64       // questions and query lines a second and viewer, on average; 2
	AskBurst   int           // of them at once; 10
	ReadRate   float64       // other requests a second and viewer; 30
	ReadBurst  int           // of them at once; 60
	AskViewer  int           // questions of one viewer being answered at the same time; 4
	AskTotal   int           // questions being answered at the same time; 64
	Answer     time.Duration // until a question is cancelled; 2 minutes
	Body       int64         // bytes of a request's body; 64 KiB
	Read       time.Duration // for a client to send its request; 10 s
	Write      time.Duration // for a client to take what is written; 30 s
	Resume     time.Duration // for a client whose stream broke to take it up again; 1 s
	Heartbeat  time.Duration // between signs of life in a stream; 15 s
	Linger     time.Duration // between not being ready and not accepting; 0
	Drain      time.Duration // for requests to end by themselves when the server stops; 1 s
	Suggestion int           // suggestions at most; 12
}

func (l Limits) withDefaults() Limits {
	l.AskRate = cmp.Or(l.AskRate, 2)
	l.AskBurst = cmp.Or(l.AskBurst, 10)
	l.ReadRate = cmp.Or(l.ReadRate, 30)
	l.ReadBurst = cmp.Or(l.ReadBurst, 60)
	l.AskViewer = cmp.Or(l.AskViewer, 4)
	l.AskTotal = cmp.Or(l.AskTotal, 64)
	l.Answer = cmp.Or(l.Answer, 2*time.Minute)
	l.Body = cmp.Or(l.Body, 64<<10)
	l.Read = cmp.Or(l.Read, 10*time.Second)
	l.Write = cmp.Or(l.Write, 30*time.Second)
	l.Resume = cmp.Or(l.Resume, time.Second)
	l.Heartbeat = cmp.Or(l.Heartbeat, 15*time.Second)
	l.Drain = cmp.Or(l.Drain, time.Second)
	l.Suggestion = cmp.Or(l.Suggestion, 12)
	return l
}

// Server answers HTTP requests. It is safe for concurrent use.
type Server struct {
	config  Config
	echo    *echo.Echo
	keys    []key
	limiter *limiter
	runs    *runs
	metrics *metrics
	spec    *spec
	page    *page
	closing atomic.Bool // not ready any more
}

// New checks a configuration and returns a Server that does not listen yet. It
// refuses what would let in the wrong people: no accounts, demo mode on
// anything but loopback, both at once, an origin that stands for every page.
func New(c Config) (*Server, error) {
	c.Addr = cmp.Or(c.Addr, "127.0.0.1:8080")
	c.Limits = c.Limits.withDefaults()
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.NewID == nil {
		c.NewID = randomID
	}
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	keys, err := keysOf(c.Accounts)
	if err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	doc, err := readSpec()
	if err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	files, err := readPage(c.Page)
	if err != nil {
		return nil, fmt.Errorf("api: %w", err)
	}
	s := &Server{config: c, keys: keys, limiter: newLimiter(c.Limits, time.Now), runs: newRuns(), metrics: newMetrics(c.ModelCalls, c.BotCalls), spec: doc, page: files}
	s.echo = s.newEcho()
	return s, nil
}

func (c Config) check() error {
	switch {
	case c.Service == nil:
		return errors.New("a server needs a service")
	case len(c.Accounts)+len(c.Issuers) > 0 && len(c.Demo) > 0:
		return errors.New("demo mode and accounts exclude each other")
	case len(c.Accounts)+len(c.Issuers) == 0 && len(c.Demo) == 0:
		return errors.New("nobody may come in: configure accounts with tokens")
	}
	for _, v := range c.Demo {
		if v.ID == "" {
			return errors.New("a sample viewer has no id")
		}
	}
	for _, origin := range c.Origins {
		if err := checkOrigin(origin); err != nil {
			return err
		}
	}
	if err := checkIssuers(c.Issuers); err != nil {
		return err
	}
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return fmt.Errorf("address %q: %w", c.Addr, err)
	}
	if len(c.Demo) > 0 && !loopback(host) {
		return fmt.Errorf("demo mode lets everybody in and serves loopback only, not %q", c.Addr)
	}
	return nil
}

// loopback reports whether a host is this machine and nothing else.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}

// Handler returns the handler of every route.
func (s *Server) Handler() http.Handler { return s.echo }

// Run listens and serves until ctx ends, then stops: it is not ready any more,
// waits Limits.Linger, accepts nobody, lets requests end for Limits.Drain, and
// cancels those that have not. It returns nil after an orderly stop.
func (s *Server) Run(ctx context.Context) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.config.Addr)
	if err != nil {
		return fmt.Errorf("api: %w", err)
	}
	return s.serve(ctx, listener)
}

func (s *Server) serve(ctx context.Context, listener net.Listener) error {
	if host, _, err := net.SplitHostPort(listener.Addr().String()); len(s.config.Demo) > 0 && (err != nil || !loopback(host)) {
		return errors.Join(fmt.Errorf("api: demo mode on %s, which is not loopback", listener.Addr()), listener.Close())
	}
	requests, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	server := &http.Server{
		Handler: s.echo, BaseContext: func(net.Listener) context.Context { return requests },
		ReadHeaderTimeout: s.config.Limits.Read, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(s.config.Log.Handler(), slog.LevelWarn),
	}
	s.config.Log.Info("listening", "address", listener.Addr().String(), "demo", len(s.config.Demo) > 0)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("api: serve: %w", err)
	case <-ctx.Done():
	}
	return s.stop(server, cancel)
}

// stop ends an http.Server in order.
func (s *Server) stop(server *http.Server, cancel context.CancelFunc) error {
	s.closing.Store(true)
	s.config.Log.Info("stopping")
	time.Sleep(s.config.Limits.Linger)
	drain, done := context.WithTimeout(context.Background(), s.config.Limits.Drain)
	defer done()
	err := server.Shutdown(drain)
	if !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	s.config.Log.Warn("cancelling requests that did not end by themselves")
	cancel()
	last, done := context.WithTimeout(context.Background(), s.config.Limits.Write)
	defer done()
	if err := server.Shutdown(last); err != nil {
		return errors.Join(fmt.Errorf("api: stop: %w", err), server.Close())
	}
	return nil
}
