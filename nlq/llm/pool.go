package llm

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sony/gobreaker/v2"
)

// Observer is told of every call of an endpoint, for metrics: the outcome is ok,
// reply, busy, failed, open or cancelled.
type Observer func(endpoint, outcome string, r Reply)

// Pool asks several endpoints in order. It is safe for concurrent use.
type Pool struct {
	config  Config
	remotes []*remote
	states  []*gobreaker.CircuitBreaker[Reply]
	places  chan struct{}
	ledger  *Ledger
	observe Observer
}

// maxPause is the longest that a busy endpoint is waited for before the next is
// asked.
const maxPause = 3 * time.Second

// NewPool opens the endpoints of a configuration. A nil observer is told
// nothing.
func NewPool(c Config, ledger *Ledger, observe Observer) (*Pool, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	if observe == nil {
		observe = func(string, string, Reply) {}
	}
	p := &Pool{config: c, places: make(chan struct{}, c.Concurrency), ledger: ledger, observe: observe}
	for _, e := range c.Endpoints {
		r, err := newRemote(e, time.Duration(c.FirstByte))
		if err != nil {
			return nil, err
		}
		p.remotes = append(p.remotes, r)
		p.states = append(p.states, gobreaker.NewCircuitBreaker[Reply](gobreaker.Settings{
			Name: e.Name, MaxRequests: 1, Interval: time.Minute, Timeout: 30 * time.Second,
			ReadyToTrip: func(n gobreaker.Counts) bool { return n.ConsecutiveFailures >= 3 },
			// A reply in the wrong form comes from an endpoint that works.
			IsSuccessful: func(err error) bool { return err == nil || errors.Is(err, ErrReply) },
			IsExcluded:   func(err error) bool { return errors.Is(err, context.Canceled) },
		}))
	}
	return p, nil
}

// Complete asks the endpoints in order until one replies.
func (p *Pool) Complete(ctx context.Context, prompt Prompt) (Reply, error) {
	select {
	case p.places <- struct{}{}:
		defer func() { <-p.places }()
	case <-ctx.Done():
		return Reply{}, ctx.Err()
	}
	var last error
	for i, r := range p.remotes {
		reserved, err := p.ledger.reserve(prompt.Viewer, prompt.tokens()+r.MaxTokens, r.price(prompt.tokens(), r.MaxTokens))
		if err != nil {
			return Reply{}, err
		}
		reply, err := p.tryTwice(ctx, i, prompt)
		p.ledger.settle(reserved, reply)
		switch {
		case err == nil, errors.Is(err, ErrReply):
			return reply, err
		case ctx.Err() != nil:
			return reply, ctx.Err()
		}
		last = err
	}
	return Reply{}, fmt.Errorf("%w: %w", ErrUnavailable, last)
}

// tryTwice asks an endpoint, and once more when it was busy and wants no longer
// pause than can be waited for.
func (p *Pool) tryTwice(ctx context.Context, i int, prompt Prompt) (Reply, error) {
	reply, err := p.try(ctx, i, prompt)
	var f *failure
	if !errors.As(err, &f) || !f.busy {
		return reply, err
	}
	pause := max(f.after, 200*time.Millisecond)
	if deadline, ok := ctx.Deadline(); pause > maxPause || ok && time.Until(deadline) < pause {
		return reply, err
	}
	select {
	case <-time.After(pause):
		return p.try(ctx, i, prompt)
	case <-ctx.Done():
		return reply, ctx.Err()
	}
}

// try asks an endpoint unless it failed several times just now.
func (p *Pool) try(ctx context.Context, i int, prompt Prompt) (Reply, error) {
	var reply Reply
	_, err := p.states[i].Execute(func() (Reply, error) {
		var err error
		reply, err = p.remotes[i].ask(ctx, prompt)
		if err != nil && errors.Is(ctx.Err(), context.Canceled) {
			err = ctx.Err() // the person has gone: nothing is wrong with the endpoint
		}
		return reply, err
	})
	p.observe(p.remotes[i].Name, outcomeOf(err), reply)
	return reply, err
}

func outcomeOf(err error) string {
	var f *failure
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, ErrReply):
		return "reply"
	case errors.Is(err, gobreaker.ErrOpenState), errors.Is(err, gobreaker.ErrTooManyRequests):
		return "open"
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.As(err, &f) && f.busy:
		return "busy"
	}
	return "failed"
}
