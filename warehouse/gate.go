package warehouse

import (
	"context"
	"sync/atomic"
)

// A gate admits a bounded number of statements at a time, in the order of
// arrival, and a bounded number of waiters. It is safe for concurrent use.
type gate struct {
	source  string
	slots   chan struct{}
	queue   int64
	waiting atomic.Int64
}

func newGate(source string, slots, queue int) *gate {
	return &gate{source: source, slots: make(chan struct{}, slots), queue: int64(queue)}
}

// enter waits for a slot. It fails with ErrBusy at once when the queue is
// full, and with ErrTimeout or ErrCancelled when ctx ends first. After success
// the caller must leave.
func (g *gate) enter(ctx context.Context) error {
	if ctx.Err() != nil {
		return ended(ctx, g.source)
	}
	select {
	case g.slots <- struct{}{}:
		return nil
	default:
	}
	if g.waiting.Add(1) > g.queue {
		g.waiting.Add(-1)
		return fail(ErrBusy, g.source, nil)
	}
	defer g.waiting.Add(-1)
	select {
	case g.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ended(ctx, g.source)
	}
}

func (g *gate) leave() { <-g.slots }
