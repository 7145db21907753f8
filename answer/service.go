package answer

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"wenshu/answer/state"
	"wenshu/nlq/llm"
	"wenshu/semantic"
	"wenshu/warehouse"
)

// Config is what a Service is made of. Load, Sources and State must be set; the
// Service owns neither sources nor state.
type Config struct {
	Load    func() (*semantic.Model, error) // reads the model; called again by Reload
	Sources warehouse.Sources
	State   *state.Store
	Now     func() time.Time // nil is time.Now
	NewID   func() string    // nil is 128 random bits
	Log     *slog.Logger     // nil logs nothing
	Rows    int              // rows of a table at most; 0 is 10,000
	Listed  int              // rows of a list without a limit; 0 is 200
	Members int              // members of one dimension in the index at most; 0 is 50,000
	Fresh   time.Duration    // how long the end of the data is believed; 0 is five minutes
	Renew   time.Duration    // how long members are believed; 0 is an hour
	Kept    string           // folder in which members are kept between starts; "" keeps none
	KeptOf  string           // the databases, as their URLs name them: what was kept of others is not opened
	Second  *llm.Reader      // reads what the embedded reader cannot; nil for none
}

func (c Config) withDefaults() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.NewID == nil {
		c.NewID = randomID
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	for _, f := range []struct {
		field *int
		value int
	}{{&c.Rows, 10_000}, {&c.Listed, 200}, {&c.Members, 50_000}} {
		if *f.field <= 0 {
			*f.field = f.value
		}
	}
	if c.Fresh <= 0 {
		c.Fresh = 5 * time.Minute
	}
	if c.Renew <= 0 {
		c.Renew = time.Hour
	}
	return c
}

func randomID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand never fails (Go 1.24)
	return hex.EncodeToString(b[:])
}

// Service answers questions. It is safe for concurrent use.
type Service struct {
	config  Config
	current atomic.Pointer[snapshot]
	reload  sync.Mutex
	trouble atomic.Pointer[error] // why the last reload failed; nil for none
}

// New loads the model and returns a Service.
func New(ctx context.Context, c Config) (*Service, error) {
	if c.Load == nil || c.State == nil {
		return nil, errors.New("answer: a service needs a model and a state")
	}
	s := &Service{config: c.withDefaults()}
	if err := s.Reload(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// Reload reads the model again and takes it all or nothing: when it is wrong,
// the last good one stays and Trouble says why.
func (s *Service) Reload(ctx context.Context) error {
	s.reload.Lock()
	defer s.reload.Unlock()
	snap, err := s.load(ctx)
	if err != nil {
		s.trouble.Store(&err)
		return err
	}
	s.current.Store(snap)
	s.trouble.Store(nil)
	return nil
}

func (s *Service) load(ctx context.Context) (*snapshot, error) {
	model, err := s.config.Load()
	if err != nil {
		return nil, fmt.Errorf("load model: %w", err)
	}
	dialects := map[string]string{}
	for _, name := range model.Warehouses {
		source, ok := s.config.Sources[name]
		if !ok {
			return nil, fmt.Errorf("load model: no warehouse called %q is connected", name)
		}
		dialects[name] = source.Dialect()
	}
	return newSnapshot(ctx, s.config, model, dialects)
}

// Trouble is why the last reload failed; nil when it did not.
func (s *Service) Trouble() error {
	if err := s.trouble.Load(); err != nil {
		return *err
	}
	return nil
}

// Ready reports whether every warehouse of the model can be read now.
func (s *Service) Ready(ctx context.Context) error {
	for _, name := range s.current.Load().model.Warehouses {
		if err := s.config.Sources[name].Ping(ctx); err != nil {
			return err
		}
	}
	return nil
}

// ModelVersion is the version of the model that answers now.
func (s *Service) ModelVersion() string { return s.current.Load().model.Version }

// Model is the model that answers now, for those who draw its catalogue. It
// holds what some viewers may not see: Catalog is for viewers.
func (s *Service) Model() *semantic.Model { return s.current.Load().model }
