package bot

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
)

// maxFrame is the longest frame of a long connection, in bytes. Vendors send
// less; a longer one ends the connection.
const maxFrame = 4 << 20

// pause is how long a tether waits before it dials again.
type pause struct{ least, most time.Duration }

// wait is the pause before try n, counted from 0, with a fifth of jitter: many
// replicas must not come back at once.
func (p pause) wait(n int, random float64) time.Duration {
	d := p.least
	for ; n > 0 && d < p.most; n-- {
		d *= 2
	}
	d = min(d, p.most)
	return d - time.Duration(random*float64(d)/5)
}

// tether keeps one long connection to a vendor up.
type tether struct {
	log   *slog.Logger
	pause pause
	// session dials, calls up once the vendor takes the connection, and serves
	// until the connection ends. It never returns nil.
	session func(ctx context.Context, up func()) error

	connected atomic.Bool
}

// connected is a channel that knows whether its connection is up: it redials by
// itself.
type connected interface{ Connected() bool }

// Connected reports whether the connection of stream mode is up.
func (d *dingtalk) Connected() bool { return d.tether.connected.Load() }

// Connected reports whether the long connection is up, or, where Feishu calls
// us, whether the bot knows who it is.
func (f *feishu) Connected() bool { return f.tether.connected.Load() }

// Connected reports whether the long connection is up.
func (w *wecom) Connected() bool { return w.tether.connected.Load() }

// Alone reports whether the bot has a long connection: a new one displaces it.
func (w *wecom) Alone() bool { return w.listens }

// errRelink ends a session that the vendor asked to end: the next one starts
// soon.
var errRelink = errors.New("the vendor asked for another connection")

// keep dials until the context ends, or until the vendor refuses us for good. A
// connection that held starts the pauses anew.
func (l *tether) keep(ctx context.Context) error {
	for n := 0; ctx.Err() == nil; n++ {
		err := l.session(ctx, func() {
			l.connected.Store(true)
			n = 0
		})
		l.connected.Store(false)
		var failure Failure
		if errors.As(err, &failure) && failure.Never {
			return err
		}
		if ctx.Err() != nil {
			return nil
		}
		d := l.pause.wait(n, rand.Float64())
		if errors.Is(err, errRelink) {
			d /= 8
		}
		l.log.Warn("the long connection ended", "error", err, "again_in", d)
		select {
		case <-ctx.Done():
		case <-time.After(d):
		}
	}
	return nil
}

// frames reads a connection until it ends and hands every frame on, some at a
// time: while all hands are full nothing is read, and the vendor waits.
func frames(ctx context.Context, conn *websocket.Conn, handle func(ctx context.Context, kind websocket.MessageType, b []byte) error) error {
	conn.SetReadLimit(maxFrame)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	hands := make(chan struct{}, 16)
	var busy sync.WaitGroup
	defer busy.Wait() // handlers write to the connection: none may outlive it
	for {
		kind, b, err := conn.Read(ctx)
		if err != nil {
			busy.Wait() // the last frame may say why the connection ended
			return cmp.Or(context.Cause(ctx), err)
		}
		hands <- struct{}{}
		busy.Go(func() {
			defer func() { <-hands }()
			if err := handle(ctx, kind, b); err != nil {
				cancel(err)
			}
		})
	}
}

// beat calls send at every interval until the context ends or a beat fails.
func beat(ctx context.Context, every time.Duration, send func(context.Context) error) error {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-t.C:
			if err := send(ctx); err != nil {
				return err
			}
		}
	}
}
