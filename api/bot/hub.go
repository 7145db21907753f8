package bot

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"wenshu/answer/state"
	"wenshu/api"
	"wenshu/semantic"
)

// Config is what a Hub is made of. Setup, Service, Store and Account must be
// set; the Hub owns neither service nor store.
type Config struct {
	Setup   Setup
	Service api.Service
	Store   *state.Store
	Account func(id string) (semantic.Viewer, bool)    // an account as it is now
	Email   func(email string) (semantic.Viewer, bool) // the account of a verified e-mail; nil for none
	Calls   *api.BotCalls                              // nil counts nothing
	Log     *slog.Logger                               // nil logs nothing
	Now     func() time.Time                           // nil is time.Now
	API     string                                     // where the vendors' interfaces are; "" is their own
	Limits  Limits
}

// Limits bound the work of a Hub. Zero fields take the values that are named.
type Limits struct {
	Workers  int           // questions being answered at the same time; 8
	Senders  int           // messages being sent at the same time; 4
	Lease    time.Duration // until somebody else may take over what a process left; 30 s
	Poll     time.Duration // between looks for what other processes accepted; 500 ms
	Patience time.Duration // until a chat is told that an answer is being computed; 1 s
	Answer   time.Duration // until a question is cancelled; 2 minutes
	Send     time.Duration // until a call of a vendor is given up; 20 s
	Answers  int           // attempts to answer; 4
	Sends    int           // attempts to send; 8
	Backoff  time.Duration // before the second attempt, doubled for each further one up to 5 minutes; 2 s
	Keep     time.Duration // of what is done; 7 days
}

func (l Limits) withDefaults() Limits {
	l.Workers = cmp.Or(l.Workers, 8)
	l.Senders = cmp.Or(l.Senders, 4)
	l.Lease = cmp.Or(l.Lease, 30*time.Second)
	l.Poll = cmp.Or(l.Poll, 500*time.Millisecond)
	l.Patience = cmp.Or(l.Patience, time.Second)
	l.Answer = cmp.Or(l.Answer, 2*time.Minute)
	l.Send = cmp.Or(l.Send, 20*time.Second)
	l.Answers = cmp.Or(l.Answers, 4)
	l.Sends = cmp.Or(l.Sends, 8)
	l.Backoff = cmp.Or(l.Backoff, 2*time.Second)
	l.Keep = cmp.Or(l.Keep, 7*24*time.Hour)
	return l
}

// after is how long to wait before the attempt behind the n-th.
func (l Limits) after(n int) time.Duration {
	return min(l.Backoff<<min(n-1, 16), 5*time.Minute)
}

// Hub is every bot of a process. It is safe for concurrent use.
type Hub struct {
	config Config
	bots   map[string]*room
	order  []*room
	work   chan struct{} // something was accepted
	send   chan struct{} // something is to be sent

	lock    sync.Mutex
	running map[string]context.CancelCauseFunc // by lane
	shown   map[int64]string                   // what shows that a delivery is being answered

	accepted func() // called when a delivery is in the inbox; nil calls nothing
}

// room is one bot with what it needs.
type room struct {
	BotSetup
	Channel
	signer

	holds atomic.Bool // the only connection there may be

	lock  sync.Mutex
	state string // listening, reconnecting, standby; "" for one that is called
	last  string // the last failure; "" after a success
	seen  map[string]seen
}

// New opens the channels of a configuration. Nothing runs before Run.
func New(c Config) (*Hub, error) {
	c.Limits = c.Limits.withDefaults()
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Email == nil {
		c.Email = func(string) (semantic.Viewer, bool) { return semantic.Viewer{}, false }
	}
	if c.Calls == nil {
		c.Calls = api.NewBotCalls()
	}
	if c.Service == nil || c.Store == nil || c.Account == nil {
		return nil, errors.New("bots need a service, a store and accounts")
	}
	h := &Hub{config: c, bots: map[string]*room{}, work: make(chan struct{}, 1), send: make(chan struct{}, 1), running: map[string]context.CancelCauseFunc{}, shown: map[int64]string{}}
	for _, setup := range c.Setup.Bots {
		if err := setup.check(); err != nil {
			return nil, fmt.Errorf("bot %q: %w", setup.Name, err)
		}
		channel, err := setup.open(c.API)
		if err != nil {
			return nil, fmt.Errorf("bot %q: %w", setup.Name, err)
		}
		keys, err := newSigner(setup.Name, setup.Secrets)
		if err != nil {
			return nil, fmt.Errorf("bot %q: %w", setup.Name, err)
		}
		r := &room{BotSetup: setup, Channel: channel, signer: keys, seen: map[string]seen{}}
		h.bots[setup.Name] = r
		h.order = append(h.order, r)
	}
	return h, nil
}

// Run listens, answers and sends until ctx ends, then lets what is being
// answered and sent end, each within its limit.
func (h *Hub) Run(ctx context.Context) error {
	var wait sync.WaitGroup
	errs := make(chan error, len(h.order))
	for _, r := range h.order {
		if l, ok := r.Channel.(Listener); ok {
			wait.Go(func() { errs <- h.listenAs(ctx, r, l) })
		}
	}
	for range h.config.Limits.Workers {
		wait.Go(func() { h.workAlways(ctx) })
	}
	for range h.config.Limits.Senders {
		wait.Go(func() { h.sendAlways(ctx) })
	}
	wait.Go(func() { h.sweepAlways(ctx) })
	wait.Wait()
	close(errs)
	var all []error
	for err := range errs {
		all = append(all, err)
	}
	return errors.Join(all...)
}

func (r *room) note(state, last string) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if state != "" {
		r.state = state
	}
	r.last = last
}

// Deliver is Receive for the HTTP interface.
func (h *Hub) Deliver(ctx context.Context, name string, r Request) (status int, mime string, body []byte) {
	receipt := h.Receive(ctx, name, r)
	return cmp.Or(receipt.Status, http.StatusOK), receipt.Type, receipt.Reply
}

// Receive takes a delivery over HTTP and returns the reply that acknowledges it:
// only what is in the inbox is acknowledged.
func (h *Hub) Receive(ctx context.Context, name string, r Request) Receipt {
	start := h.config.Now()
	one := h.bots[name]
	if one == nil {
		return Receipt{Status: http.StatusNotFound}
	}
	if err := one.Verify(r, start); err != nil {
		h.config.Calls.Accepted(name, "forged")
		return Receipt{Status: http.StatusUnauthorized}
	}
	receipt, err := one.Decode(r)
	if err != nil {
		h.config.Calls.Accepted(name, "malformed")
		return Receipt{Status: http.StatusBadRequest}
	}
	reply, err := h.accept(ctx, one, receipt)
	if err != nil {
		h.config.Log.Error("cannot accept", "bot", name, "error", err)
		h.config.Calls.Accepted(name, "failed")
		return Receipt{Status: http.StatusServiceUnavailable}
	}
	h.config.Calls.Acknowledged(name, h.config.Now().Sub(start))
	return reply
}

// accept puts the events of a verified delivery into the inbox.
func (h *Hub) accept(ctx context.Context, r *room, receipt Receipt) (Receipt, error) {
	for _, e := range receipt.Events {
		if err := h.acceptOne(ctx, r, e); err != nil {
			return Receipt{}, err
		}
	}
	if h.accepted != nil {
		h.accepted()
	}
	if receipt.Lookup != nil {
		return h.complete(ctx, r, *receipt.Lookup)
	}
	return receipt, nil
}

// skew is how far a vendor's clock may be from ours before ours is used.
const skew = 10 * time.Minute

func (h *Hub) acceptOne(ctx context.Context, r *room, e Event) error {
	now := h.config.Now()
	switch e.Kind {
	case Removed:
		h.config.Calls.Accepted(r.Name, "removed")
		return h.config.Store.Forget(ctx, r.Name, e.Message)
	case Stopped:
		_, err := h.stop(ctx, r, lane(r.Name, e))
		return err
	case Asked:
		if stops[strings.ToLower(e.Text)] {
			if stopped, err := h.stop(ctx, r, lane(r.Name, e)); stopped || err != nil {
				return err
			}
		}
	case Pressed:
		if asked, own, err := r.readStop(e.Ref, e.From); err == nil && own {
			if stopped, err := h.stop(ctx, r, asked); stopped || err != nil {
				return err
			}
		}
	}
	body, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("store event: %w", err)
	}
	at := e.At
	if d := now.Sub(at); d > skew || d < -skew {
		at = now
	}
	fresh, err := h.config.Store.Accept(ctx, state.Delivery{Bot: r.Name, Event: e.ID, Message: e.Message, Lane: lane(r.Name, e), Body: body, At: at, Received: now})
	if err != nil {
		return err
	}
	outcome := "accepted"
	if !fresh {
		outcome = "repeated"
	}
	h.config.Calls.Accepted(r.Name, outcome)
	wake(h.work)
	return nil
}

// lane is the conversation of an event and, in it, the person: what one person
// asks in one thread is answered in order.
func lane(bot string, e Event) string {
	sum := sha256.Sum256([]byte(bot + "\x00" + e.Where.Tenant + "\x00" + e.Where.Chat + "\x00" + e.Where.Thread + "\x00" + e.From.User))
	return hex.EncodeToString(sum[:16])
}

// errStopped is why a question ends whose asker does not want it any more.
var errStopped = errors.New("stopped by who asked")

// stops are messages that stop the question before them, when it is still being
// answered.
var stops = map[string]bool{"stop": true, "cancel": true, "停": true, "停止": true, "取消": true}

// stop ends what is being answered or waits in a lane, here at once and in
// another process when that looks at its claim. It reports whether there is any.
func (h *Hub) stop(ctx context.Context, r *room, lane string) (bool, error) {
	stopped, err := h.config.Store.Stop(ctx, r.Name, lane)
	if !stopped || err != nil {
		return false, err
	}
	h.config.Calls.Accepted(r.Name, "stopped")
	h.lock.Lock()
	defer h.lock.Unlock()
	if cancel := h.running[lane]; cancel != nil {
		cancel(errStopped)
	}
	return true, nil
}

func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// rest waits, or less when ctx ends.
func rest(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// idle waits for a sign that there is something to do.
func (h *Hub) idle(ctx context.Context, sign <-chan struct{}) {
	t := time.NewTimer(h.config.Limits.Poll)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-sign:
	case <-t.C:
	}
}

func (h *Hub) sweepAlways(ctx context.Context) {
	for ctx.Err() == nil {
		if err := h.config.Store.Sweep(ctx, h.config.Now().Add(-h.config.Limits.Keep)); err != nil && ctx.Err() == nil {
			h.config.Log.Error("sweep", "error", err)
		}
		rest(ctx, time.Hour)
	}
}

// Chats are the bots that have an address of their own, in the order of the
// configuration.
func (h *Hub) Chats() []api.Chat {
	var list []api.Chat
	for _, b := range h.config.Setup.Bots {
		if b.Chat != "" {
			list = append(list, api.Chat{Vendor: b.Vendor, URL: b.Chat})
		}
	}
	return list
}

// Health says how every bot is.
func (h *Hub) Health(ctx context.Context) ([]api.BotHealth, error) {
	backlogs, err := h.config.Store.Backlogs(ctx)
	if err != nil {
		return nil, err
	}
	var list []api.BotHealth
	for _, r := range h.order {
		one := api.BotHealth{Name: r.Name, Vendor: r.Vendor}
		r.lock.Lock()
		one.Connection, one.LastFailure = r.state, r.last
		r.lock.Unlock()
		if c, ok := r.Channel.(connected); ok && one.Connection == listeningNow && !c.Connected() {
			one.Connection = "reconnecting"
		}
		for _, b := range backlogs {
			if b.Bot != r.Name {
				continue
			}
			one.Waiting, one.Unsent, one.Failed, one.Dead = b.Waiting, b.Unsent, b.Failed, b.Dead
			if !b.Oldest.IsZero() {
				one.OldestSeconds = int(h.config.Now().Sub(b.Oldest).Seconds())
			}
		}
		list = append(list, one)
	}
	return list, nil
}
