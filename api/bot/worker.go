package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"wenshu/answer/state"
)

// workAlways answers what is in the inbox until ctx ends.
func (h *Hub) workAlways(ctx context.Context) {
	owner := newKey()
	for ctx.Err() == nil {
		lease := h.lease(owner)
		lease.Bots = h.answers()
		d, err := h.config.Store.NextDelivery(ctx, lease)
		switch {
		case errors.Is(err, state.ErrNotFound):
			h.idle(ctx, h.work)
		case err != nil:
			if ctx.Err() == nil {
				h.config.Log.Error("claim", "error", err)
			}
			rest(ctx, h.config.Limits.Poll)
		default:
			wake(h.work) // somebody else may take the next
			h.workOn(context.WithoutCancel(ctx), owner, d)
		}
	}
}

// workOn answers one delivery and closes it, or gives it back.
func (h *Hub) workOn(ctx context.Context, owner string, d state.Delivery) {
	ctx, stopped := context.WithCancelCause(ctx)
	defer stopped(nil)
	ctx, cancel := context.WithTimeout(ctx, h.config.Limits.Answer)
	defer cancel()
	stop := h.keepLease(ctx, stopped, owner, d.ID)
	r, e, err := h.open(d)
	var done outcome
	if d.Stopped {
		stopped(errStopped)
		err = cmp.Or(err, errStopped)
	}
	if err == nil && d.Attempts <= h.config.Limits.Answers {
		h.hold(d.Lane, stopped)
		done, err = h.answerSafely(ctx, r, d, e)
		h.hold(d.Lane, nil)
	}
	stop()
	close := context.WithoutCancel(ctx)
	switch {
	case r == nil: // the bot is not configured any more
		done = outcome{name: "failed", failure: "unknown bot"}
	case err != nil && errors.Is(context.Cause(ctx), errStopped):
		done = h.say(e, h.wordsOf(e).Stopped)
		done.messages[0].To = e.Where // in place of what everybody sees being computed
	case d.Attempts > h.config.Limits.Answers:
		done = h.broken(e, d, "attempts")
	case err != nil && d.Attempts == h.config.Limits.Answers:
		h.config.Log.Error("cannot answer", "bot", d.Bot, "delivery", d.ID, "error", err)
		done = h.broken(e, d, "error")
	case err != nil:
		h.config.Log.Warn("cannot answer yet", "bot", d.Bot, "delivery", d.ID, "error", err)
		later := h.lease(owner)
		later.For = h.config.Limits.after(d.Attempts)
		h.report("return", h.config.Store.Return(close, d.ID, later))
		return
	}
	posts, err := postsOf(d, h.settle(d, e, done.messages), h.config.Now())
	if err == nil {
		err = h.config.Store.CloseDelivery(close, d.ID, h.lease(owner), done.failure, posts)
	}
	if h.report("close", err) {
		h.config.Calls.Answered(d.Bot, done.name, h.config.Now().Sub(d.At))
		wake(h.send)
		wake(h.work) // its lane is free
	}
}

// outcome is what a delivery came to.
type outcome struct {
	name     string // answered, refused, unlinked, failed
	failure  string // why it failed; "" when it did not
	messages []Message
}

// report logs an error and says whether there was none. A lost lease is none of
// ours any more: whoever has it reports.
func (h *Hub) report(what string, err error) bool {
	if err != nil {
		h.config.Log.Error(what, "error", err)
	}
	return err == nil
}

// open finds the bot and the event of a delivery.
func (h *Hub) open(d state.Delivery) (*room, Event, error) {
	var e Event
	if err := json.Unmarshal(d.Body, &e); err != nil {
		return h.bots[d.Bot], e, fmt.Errorf("read event %d: %w", d.ID, err)
	}
	if h.bots[d.Bot] == nil {
		return nil, e, fmt.Errorf("bot %q is not configured", d.Bot)
	}
	return h.bots[d.Bot], e, nil
}

// stoppedWithin is how long another process may go on with what was stopped here.
const stoppedWithin = time.Second

// keepLease extends the claim on a delivery until stop is called. When the claim
// is lost, the work is cancelled: somebody else does it. So it is when whoever
// asked stopped it, in this process or another.
func (h *Hub) keepLease(ctx context.Context, cancel context.CancelCauseFunc, owner string, id int64) (stop func()) {
	ended, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		t := time.NewTicker(min(h.config.Limits.Lease/3, stoppedWithin))
		defer t.Stop()
		for {
			select {
			case <-ended:
				return
			case <-t.C:
				switch err := h.config.Store.Extend(ctx, id, h.lease(owner)); {
				case errors.Is(err, state.ErrStopped):
					cancel(errStopped)
				case errors.Is(err, state.ErrLost):
					cancel(err)
					return
				}
			}
		}
	}()
	return func() {
		close(ended)
		<-gone
	}
}

// hold says how to cancel what is being answered in a lane; nil for nothing.
func (h *Hub) hold(lane string, cancel context.CancelCauseFunc) {
	h.lock.Lock()
	defer h.lock.Unlock()
	if cancel == nil {
		delete(h.running, lane)
		return
	}
	h.running[lane] = cancel
}

// answerSafely turns a panic into an error.
func (h *Hub) answerSafely(ctx context.Context, r *room, d state.Delivery, e Event) (done outcome, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return h.handle(ctx, r, d, e)
}

// broken says visibly that an event could not be answered.
func (h *Hub) broken(e Event, d state.Delivery, why string) outcome {
	w := h.wordsOf(e)
	m := Message{Key: newKey(), To: alone(e.Where), Card: &Card{Lang: w.lang, Headline: fill(w.Broken, "id", fmt.Sprint(d.ID)), Failed: true}}
	return outcome{name: "failed", failure: why, messages: []Message{m}}
}

// alone is an address for the person alone when others read along.
func alone(a Address) Address {
	a.Private = a.Group
	return a
}

// postsOf are messages as rows of the outbox.
func postsOf(d state.Delivery, messages []Message, now time.Time) ([]state.Post, error) {
	var list []state.Post
	for _, m := range messages {
		m.At = now
		body, err := json.Marshal(m)
		if err != nil {
			return nil, fmt.Errorf("store message: %w", err)
		}
		list = append(list, state.Post{Key: m.Key, Bot: d.Bot, Chat: m.To.Chat, Body: body})
	}
	return list, nil
}
