package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/api"
	"wenshu/semantic"
)

// sendAlways sends what is in the outbox until ctx ends.
func (h *Hub) sendAlways(ctx context.Context) {
	owner := newKey()
	for ctx.Err() == nil {
		lease := h.lease(owner)
		lease.For = h.config.Limits.Send + h.config.Limits.Lease // nobody else sends it while this one may
		lease.Bots = h.sends()
		p, err := h.config.Store.NextPost(ctx, lease)
		switch {
		case errors.Is(err, state.ErrNotFound):
			h.idle(ctx, h.send)
		case err != nil:
			if ctx.Err() == nil {
				h.config.Log.Error("claim", "error", err)
			}
			rest(ctx, h.config.Limits.Poll)
		default:
			wake(h.send)
			h.sendOne(context.WithoutCancel(ctx), owner, p)
			wake(h.send) // the next of its delivery is free
		}
	}
}

// sendOne sends one message and notes what became of it.
func (h *Hub) sendOne(ctx context.Context, owner string, p state.Post) {
	r := h.bots[p.Bot]
	var m Message
	err := json.Unmarshal(p.Body, &m)
	if r == nil || err != nil {
		h.report("bury", h.config.Store.Bury(ctx, p.ID, h.lease(owner), fmt.Sprintf("bot %q: %v", p.Bot, err), nil))
		return
	}
	call, cancel := context.WithTimeout(ctx, h.config.Limits.Send)
	defer cancel()
	id, found, err := h.transmit(call, r, p, m)
	switch {
	case err == nil && found:
		h.config.Calls.Sent(p.Bot, "found")
	case err == nil:
		h.config.Calls.Sent(p.Bot, "sent")
	}
	if err == nil {
		r.note("", "")
		h.report("note sent", h.config.Store.Sent(ctx, p.ID, h.lease(owner), id))
		return
	}
	h.failed(ctx, r, owner, p, m, err)
}

// transmit sends a message, unless it has arrived before.
func (h *Hub) transmit(ctx context.Context, r *room, p state.Post, m Message) (id string, found bool, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	if p.Unsure {
		f, ok := r.Channel.(Finder)
		if ok {
			if id, found, err = f.Find(ctx, m); err != nil || found {
				return id, found, err
			}
		}
		m.Again = true
	}
	for _, f := range []*File{m.File, m.Picture} {
		if f != nil {
			if err := h.load(ctx, f); err != nil {
				return "", false, err
			}
		}
	}
	id, err = sendAs(ctx, r, m)
	if f := asFailure(err); err != nil && m.Replaces != "" && f.Never && !f.Gone { // what it replaces is not there any more
		if m.Aside {
			return "", false, nil
		}
		m.Replaces = ""
		id, err = sendAs(ctx, r, m)
	}
	return id, false, err
}

func sendAs(ctx context.Context, r *room, m Message) (string, error) {
	calls, err := r.Encode(m)
	if err != nil {
		return "", Failure{Code: "encode", Never: true, Cause: err}
	}
	return r.Send(ctx, m, calls)
}

// load fills a file from the answer it is of. Taking it away is noted as an
// export of whose answer it is.
func (h *Hub) load(ctx context.Context, f *File) error {
	a, err := h.config.Service.Exported(ctx, semantic.Viewer{ID: f.Viewer}, f.Answer, f.Form)
	if err != nil {
		return Failure{Code: "answer", Never: errors.Is(err, answer.ErrNotFound), Cause: err}
	}
	if f.Part > 0 && f.Part <= len(a.More) {
		a = a.More[f.Part-1]
	}
	if f.Form == "png" {
		f.Body, err = api.Picture(a)
	} else {
		f.Body, err = api.CSV(a)
	}
	if err == nil && len(f.Body) == 0 {
		err = errors.New("there is nothing to take away")
	}
	if err != nil {
		return Failure{Code: "file", Never: true, Cause: err}
	}
	return nil
}

// failed puts a message off, or gives it up: then a plain text says so where it
// can, and the numbers of health and metrics say so in any case.
func (h *Hub) failed(ctx context.Context, r *room, owner string, p state.Post, m Message, err error) {
	f := asFailure(err)
	r.note("", f.Code)
	lease := h.lease(owner)
	if !f.Never && !f.Gone && p.Attempts < h.config.Limits.Sends {
		h.config.Log.Warn("cannot send yet", "bot", p.Bot, "message", p.ID, "code", f.Code, "attempt", p.Attempts)
		h.config.Calls.Sent(p.Bot, "later")
		lease.For = cmp.Or(f.After, h.config.Limits.after(p.Attempts))
		h.report("put off", h.config.Store.Delay(ctx, p.ID, lease, f.Code, f.Unsure))
		return
	}
	h.config.Log.Error("cannot send", "bot", p.Bot, "message", p.ID, "code", f.Code, "attempts", p.Attempts, "error", f.Cause)
	h.config.Calls.Sent(p.Bot, "dead")
	instead, err := h.instead(p, m, f)
	if err != nil {
		h.report("word failure", err)
	}
	if h.report("bury", h.config.Store.Bury(ctx, p.ID, lease, f.Code, instead)) {
		wake(h.send)
	}
}

// instead is the message that says that another could not be sent; nil when
// that would fail in the same way.
func (h *Hub) instead(p state.Post, m Message, f Failure) (*state.Post, error) {
	if f.Gone || m.Card != nil && m.Card.Failed {
		return nil, nil
	}
	c := Card{Failed: true, Headline: fill(wordsFor(m.To.Lang).Unsent, "code", f.Code)}
	if m.Card != nil {
		c.Lang, c.Link = m.Card.Lang, m.Card.Link
		c.Headline = fill(wordsFor(c.Lang).Unsent, "code", f.Code)
	}
	body, err := json.Marshal(Message{Key: p.Key + "-failed", To: m.To, Card: &c})
	if err != nil {
		return nil, fmt.Errorf("store message: %w", err)
	}
	return &state.Post{Key: p.Key + "-failed", Bot: p.Bot, Chat: p.Chat, Body: body}, nil
}
