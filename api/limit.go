package api

import (
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"
)

// limiter counts what every viewer does. Viewers who have been quiet for
// forgetAfter are forgotten: by then their buckets are full again.
type limiter struct {
	limits Limits
	now    func() time.Time

	lock  sync.Mutex
	quota map[string]*quota // by viewer id
	busy  int               // questions being answered
	swept time.Time
}

// quota is what one viewer has left.
type quota struct {
	ask, read *rate.Limiter
	busy      int // questions being answered
	seen      time.Time
}

const forgetAfter = 10 * time.Minute

// busyRetry is when to come back while too many questions are being answered.
const busyRetry = 2 * time.Second

func newLimiter(l Limits, now func() time.Time) *limiter {
	return &limiter{limits: l, now: now, quota: map[string]*quota{}, swept: now()}
}

// of returns the quota of a viewer; lock must be held.
func (l *limiter) of(viewer string) *quota {
	now := l.now()
	if now.Sub(l.swept) > forgetAfter {
		l.swept = now
		for id, q := range l.quota {
			if q.busy == 0 && now.Sub(q.seen) > forgetAfter {
				delete(l.quota, id)
			}
		}
	}
	q, ok := l.quota[viewer]
	if !ok {
		q = &quota{
			ask:  rate.NewLimiter(rate.Limit(l.limits.AskRate), l.limits.AskBurst),
			read: rate.NewLimiter(rate.Limit(l.limits.ReadRate), l.limits.ReadBurst),
		}
		l.quota[viewer] = q
	}
	q.seen = now
	return q
}

// take counts a request of a viewer. It returns what to call when the request
// has ended, or the fault with the time after which it may be tried again.
func (l *limiter) take(viewer string, what cost) (release func(), err error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	q := l.of(viewer)
	bucket := q.read
	if what == asking {
		bucket = q.ask
		if q.busy >= l.limits.AskViewer || l.busy >= l.limits.AskTotal {
			return nil, fault{code: tooMany, retry: busyRetry}
		}
	}
	now := l.now()
	r := bucket.ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return nil, fault{code: tooFast, retry: wait}
	}
	if what != asking {
		return func() {}, nil
	}
	q.busy++
	l.busy++
	return func() {
		l.lock.Lock()
		defer l.lock.Unlock()
		q.busy--
		l.busy--
	}, nil
}

// limit refuses requests above the limits of their viewer.
func (s *Server) limit(what cost) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if what == free {
			return next
		}
		return func(c echo.Context) error {
			release, err := s.limiter.take(viewerOf(c).ID, what)
			if err != nil {
				return err
			}
			defer release()
			return next(c)
		}
	}
}
