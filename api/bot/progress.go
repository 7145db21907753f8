package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"wenshu/answer/state"
)

// tell shows after a while that an answer is being computed, once per delivery.
// stop returns when nothing more will be shown.
func (h *Hub) tell(ctx context.Context, r *room, d state.Delivery, e Event) (stop func()) {
	p, ok := r.Channel.(Progress)
	if !ok || d.Shown != "" {
		return func() {}
	}
	ended, answered := make(chan struct{}), make(chan struct{})
	t := time.AfterFunc(h.config.Limits.Patience, func() {
		defer close(ended)
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), h.config.Limits.Send)
		defer cancel()
		shown, err := p.Progress(ctx, e.Where, working(r, d, e, h.wordsOf(e)))
		for off := (Failure{}); errors.As(err, &off) && off.Code == "not_connected" && dueAgain(ctx, answered, off.After); {
			shown, err = p.Progress(ctx, e.Where, working(r, d, e, h.wordsOf(e)))
		}
		if err != nil {
			h.config.Log.Warn("cannot show progress", "bot", r.Name, "error", err)
		}
		if shown == "" {
			return
		}
		h.lock.Lock()
		h.shown[d.ID] = shown
		h.lock.Unlock()
		h.report("note progress", h.config.Store.Show(ctx, d.ID, shown)) // for who takes over
	})
	return sync.OnceFunc(func() {
		close(answered)
		if !t.Stop() {
			<-ended
		}
	})
}

// dueAgain waits before the next attempt; it reports whether one is due, as none is once there
// is an answer.
func dueAgain(ctx context.Context, answered <-chan struct{}, wait time.Duration) bool {
	select {
	case <-time.After(wait):
		return true
	case <-answered:
	case <-ctx.Done():
	}
	return false
}

// working is what is shown of a delivery until it is answered.
func working(r *room, d state.Delivery, e Event, w *words) Working {
	stop := Button{Kind: StopButton, Text: w.Stop, Ref: r.stopRef(d.Lane, e.From)}
	return Working{Lang: w.lang, Text: w.Working, Stop: stop, Say: w.StopBySay}
}

// settle lets the first message take the place of what shows that it was being
// computed. Where that message is for one person, the others are told no more
// than that there was an answer.
func (h *Hub) settle(d state.Delivery, e Event, messages []Message) []Message {
	h.lock.Lock()
	shown := h.shown[d.ID]
	delete(h.shown, d.ID)
	h.lock.Unlock()
	if shown == "" {
		shown = d.Shown
	}
	if shown == "" {
		return messages
	}
	if len(messages) > 0 && !messages[0].To.Private && messages[0].To.Chat == e.Where.Chat && messages[0].Card != nil {
		messages[0].Replaces = shown
		return messages
	}
	w := h.wordsOf(e)
	aside := Message{Key: newKey(), To: e.Where, Card: &Card{Lang: w.lang, Headline: w.Aside, Failed: true}, Replaces: shown, Aside: true}
	return append([]Message{aside}, messages...)
}
