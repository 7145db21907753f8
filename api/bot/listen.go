package bot

import (
	"context"
	"fmt"

	"wenshu/answer/state"
)

// How a connection is, as health says it.
const (
	listeningNow = "listening"
	reconnecting = "reconnecting"
	standby      = "standby" // another process has it
)

// listenAs keeps a connection, or waits for its turn where a vendor wants one.
func (h *Hub) listenAs(ctx context.Context, r *room, l Listener) error {
	one, ok := l.(Alone)
	if !ok || !one.Alone() {
		return h.listen(ctx, r, l)
	}
	name, owner := "connection of "+r.Name, newKey()
	r.note(standby, "")
	for ctx.Err() == nil {
		held, err := h.config.Store.Hold(ctx, name, h.lease(owner))
		if err != nil && ctx.Err() == nil {
			h.config.Log.Error("claim the connection", "bot", r.Name, "error", err)
		}
		if held {
			h.listenHeld(ctx, r, l, name, owner)
			r.note(standby, "")
			continue
		}
		rest(ctx, h.config.Limits.Lease/3)
	}
	return nil
}

// listenHeld listens as long as the claim on a connection holds, and releases it
// so that another process can go on at once.
func (h *Hub) listenHeld(ctx context.Context, r *room, l Listener, name, owner string) {
	held, cancel := context.WithCancel(ctx)
	r.holds.Store(true)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = h.listen(held, r, l) // it ends with held, without an error
	}()
	h.extendHold(held, name, owner)
	cancel()
	<-ended
	r.holds.Store(false)
	h.report("release the connection", h.config.Store.Release(context.WithoutCancel(ctx), name, owner))
}

// extendHold returns when ctx ends or when the claim is lost, or may be: it ran
// out while the store did not answer.
func (h *Hub) extendHold(ctx context.Context, name, owner string) {
	for last := h.config.Now(); ; {
		rest(ctx, h.config.Limits.Lease/3)
		if ctx.Err() != nil {
			return
		}
		now := h.config.Now()
		held, err := h.config.Store.Hold(ctx, name, h.lease(owner))
		switch {
		case err == nil && held:
			last = now
		case err == nil, now.Sub(last) >= h.config.Limits.Lease*2/3:
			return
		}
	}
}

// listen keeps a connection. One that a vendor refuses for good is tried again
// every few minutes: a secret may be renewed there.
func (h *Hub) listen(ctx context.Context, r *room, l Listener) error {
	for n := 1; ctx.Err() == nil; n++ {
		r.note(listeningNow, "")
		err := l.Listen(ctx, func(ctx context.Context, receipt Receipt) (Receipt, error) { return h.accept(ctx, r, receipt) })
		if ctx.Err() != nil {
			return nil
		}
		r.note(reconnecting, fmt.Sprint(err))
		h.config.Log.Error("connection lost", "bot", r.Name, "error", err)
		rest(ctx, h.config.Limits.after(n))
	}
	return nil
}

// answers are the bots whose questions this process answers: all but those of
// which another process has the only connection.
func (h *Hub) answers() (names []string) {
	for _, r := range h.order {
		if one, ok := r.Channel.(Alone); !ok || !one.Alone() || r.holds.Load() {
			names = append(names, r.Name)
		}
	}
	return names
}

// sends are the bots whose messages this process can send now. What goes by a
// connection that is down waits for it, and loses no attempt by that.
func (h *Hub) sends() (names []string) {
	for _, r := range h.order {
		if one, ok := r.Channel.(Alone); !ok || !one.Alone() || r.holds.Load() && one.Connected() {
			names = append(names, r.Name)
		}
	}
	return names
}

// lease is a claim of a worker of this process.
func (h *Hub) lease(owner string) state.Lease {
	return state.Lease{Owner: owner, Now: h.config.Now(), For: h.config.Limits.Lease}
}
