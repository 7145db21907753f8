package bot

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"wenshu/answer/state"
)

// TestKeepLease: a claim holds however long the work takes, ends with it, and
// when it is lost or the work is stopped, the work is cancelled.
func TestKeepLease(t *testing.T) {
	for name, c := range map[string]struct {
		happens func(*state.Store, int64) error
		cause   error
	}{
		"it takes long": {func(*state.Store, int64) error { return nil }, nil},
		"it is stopped": {func(s *state.Store, _ int64) error { _, err := s.Stop(context.Background(), "b", "lane"); return err }, errStopped},
		"it is lost":    {func(s *state.Store, _ int64) error { return s.Forget(context.Background(), "b", "m") }, state.ErrLost},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store := empty(t)
				h := &Hub{config: Config{Store: store, Limits: quick, Now: time.Now}}
				if _, err := store.Accept(t.Context(), state.Delivery{Bot: "b", Event: "e", Message: "m", Lane: "lane", Body: []byte("{}"), At: time.Now(), Received: time.Now()}); err != nil {
					t.Fatal(err)
				}
				claim := func(owner string) (state.Delivery, error) {
					l := h.lease(owner)
					l.Bots = []string{"b"}
					return store.NextDelivery(t.Context(), l)
				}
				d, err := claim("one")
				if err != nil {
					t.Fatal(err)
				}
				ctx, cancel := context.WithCancelCause(t.Context())
				defer cancel(nil)
				stop := h.keepLease(ctx, cancel, "one", d.ID)
				time.Sleep(10 * h.config.Limits.Lease)
				if _, err := claim("two"); !errors.Is(err, state.ErrNotFound) {
					t.Errorf("somebody else may have it: %v", err)
				}
				if err := c.happens(store, d.ID); err != nil {
					t.Fatal(err)
				}
				time.Sleep(stoppedWithin)
				synctest.Wait()
				if got := context.Cause(ctx); !errors.Is(got, c.cause) || c.cause == nil && got != nil {
					t.Errorf("the work ends by %v, want %v", got, c.cause)
				}
				stop()
				time.Sleep(2 * h.config.Limits.Lease)
				if _, err := claim("two"); (err == nil) != (name != "it is lost") {
					t.Errorf("a claim that nobody keeps: %v", err)
				}
			})
		})
	}
}
