package state

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var received = time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)

func lease(owner string, at time.Duration) Lease {
	return Lease{Owner: owner, Now: received.Add(at), For: time.Minute, Bots: []string{"slack", "lark"}}
}

func inbox(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "state.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func accept(t *testing.T, s *Store, bot, event, message string) bool {
	t.Helper()
	fresh, err := s.Accept(t.Context(), Delivery{Bot: bot, Event: event, Message: message, Lane: event, Body: []byte(event), At: received, Received: received})
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func TestInboxTakesADeliveryOnceByEitherKey(t *testing.T) {
	s := inbox(t)
	for _, c := range []struct {
		bot, event, message string
		fresh               bool
	}{
		{"slack", "E1", "T/C/1/U", true},
		{"slack", "E1", "T/C/2/U", false},
		{"slack", "E2", "T/C/1/U", false},
		{"slack", "E2", "T/C/2/U", true},
		{"lark", "E1", "T/C/1/U", true},
		{"slack", "E3", "", true},
		{"slack", "E4", "", true},
		{"slack", "E4", "", false},
	} {
		if got := accept(t, s, c.bot, c.event, c.message); got != c.fresh {
			t.Errorf("%v: fresh %v", c, got)
		}
	}
}

func TestInboxLeases(t *testing.T) {
	s, ctx := inbox(t), t.Context()
	accept(t, s, "slack", "E1", "")
	first, err := s.NextDelivery(ctx, lease("a", 0))
	if err != nil || string(first.Body) != "E1" || first.Attempts != 1 {
		t.Fatal(first, err)
	}
	if _, err := s.NextDelivery(ctx, lease("b", 59*time.Second)); !errors.Is(err, ErrNotFound) {
		t.Fatal("claimed twice", err)
	}
	again, err := s.NextDelivery(ctx, lease("b", time.Minute))
	if err != nil || again.ID != first.ID || again.Attempts != 2 {
		t.Fatal(again, err)
	}
	posts := []Post{{Key: "k0", Bot: "slack", Chat: "C"}, {Key: "k1", Bot: "slack", Chat: "C"}}
	if err := s.CloseDelivery(ctx, first.ID, lease("a", 2*time.Minute), "", posts); !errors.Is(err, ErrLost) {
		t.Fatal("closed without the claim", err)
	}
	if _, err := s.NextPost(ctx, lease("a", time.Hour)); !errors.Is(err, ErrNotFound) {
		t.Fatal("a lost close left messages", err)
	}
	if err := s.CloseDelivery(ctx, first.ID, lease("b", time.Minute), "", posts); err != nil {
		t.Fatal(err)
	}
	if _, err := s.NextDelivery(ctx, lease("c", time.Hour)); !errors.Is(err, ErrNotFound) {
		t.Fatal("a closed delivery was claimed", err)
	}
}

func TestInboxAnswersALaneInOrder(t *testing.T) {
	s, ctx := inbox(t), t.Context()
	for i, event := range []string{"second", "first", "other"} {
		lane, at := "thread", received.Add(-time.Duration(i)*time.Second)
		if event == "other" {
			lane, at = event, received.Add(time.Second)
		}
		if _, err := s.Accept(ctx, Delivery{Bot: "slack", Event: event, Lane: lane, Body: []byte(event), At: at, Received: received}); err != nil {
			t.Fatal(err)
		}
	}
	first, err := s.NextDelivery(ctx, lease("a", 0))
	if err != nil || first.Event != "first" {
		t.Fatal("happened first, though it came second:", first, err)
	}
	other, err := s.NextDelivery(ctx, lease("b", 0))
	if err != nil || other.Event != "other" {
		t.Fatal("another lane waits for nobody:", other, err)
	}
	if d, err := s.NextDelivery(ctx, lease("c", 0)); !errors.Is(err, ErrNotFound) {
		t.Fatal("the second overtook the first:", d, err)
	}
	if err := s.CloseDelivery(ctx, first.ID, lease("a", 0), "", nil); err != nil {
		t.Fatal(err)
	}
	if d, err := s.NextDelivery(ctx, lease("c", 0)); err != nil || d.Event != "second" {
		t.Fatal(d, err)
	}
}

func TestOutboxSendsInOrderAndKnowsWhatItDoesNotKnow(t *testing.T) {
	s, ctx := inbox(t), t.Context()
	accept(t, s, "slack", "E1", "")
	d, err := s.NextDelivery(ctx, lease("w", 0))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.CloseDelivery(ctx, d.ID, lease("w", 0), "", []Post{{Key: "k0", Bot: "slack"}, {Key: "k1", Bot: "slack"}}); err != nil {
		t.Fatal(err)
	}
	p, err := s.NextPost(ctx, lease("a", time.Second))
	if err != nil || p.Key != "k0" || p.Unsure {
		t.Fatal(p, err)
	}
	if _, err := s.NextPost(ctx, lease("b", 2*time.Second)); !errors.Is(err, ErrNotFound) {
		t.Fatal("the second overtook the first", err)
	}
	if p, err = s.NextPost(ctx, lease("b", 2*time.Minute)); err != nil || p.Key != "k0" || !p.Unsure || p.Attempts != 2 {
		t.Fatal("a claim that ran out", p, err)
	}
	if err := s.Sent(ctx, p.ID, lease("a", 2*time.Minute), "1.1"); !errors.Is(err, ErrLost) {
		t.Fatal("noted without the claim", err)
	}
	if err := s.Sent(ctx, p.ID, lease("b", 2*time.Minute), "1.1"); err != nil {
		t.Fatal(err)
	}
	if remote, err := s.RemoteOf(ctx, d.ID, 0); err != nil || remote != "1.1" {
		t.Fatal(remote, err)
	}
	if p, err = s.NextPost(ctx, lease("b", 2*time.Minute)); err != nil || p.Key != "k1" || p.Unsure {
		t.Fatal(p, err)
	}
	if err := s.Delay(ctx, p.ID, lease("b", 3*time.Minute), "ratelimited", false); err != nil {
		t.Fatal(err)
	}
	if p, err = s.NextPost(ctx, lease("b", 4*time.Minute)); err != nil || p.Unsure {
		t.Fatal("a refused message has not arrived", p, err)
	}
	if err := s.Bury(ctx, p.ID, lease("b", 4*time.Minute), "invalid_blocks", &Post{Key: "k1-failed", Bot: "slack"}); err != nil {
		t.Fatal(err)
	}
	if p, err = s.NextPost(ctx, lease("b", 4*time.Minute)); err != nil || p.Key != "k1-failed" || p.N != 2 {
		t.Fatal(p, err)
	}
	list, err := s.Backlogs(ctx)
	if err != nil || len(list) != 1 || list[0] != (Backlog{Bot: "slack", Unsent: 1, Dead: 1}) {
		t.Fatal(list, err)
	}
}

func TestSweepKeepsWhatIsNotDone(t *testing.T) {
	s, ctx := inbox(t), t.Context()
	accept(t, s, "slack", "E1", "")
	accept(t, s, "slack", "E2", "")
	d, err := s.NextDelivery(ctx, lease("w", 0))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.CloseDelivery(ctx, d.ID, lease("w", 0), "", []Post{{Key: "k0", Bot: "slack"}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Sweep(ctx, received.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if accept(t, s, "slack", "E1", "") || accept(t, s, "slack", "E2", "") {
		t.Fatal("swept what is not done")
	}
	p, err := s.NextPost(ctx, lease("a", 0))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Sent(ctx, p.ID, lease("a", 0), "1"); err != nil {
		t.Fatal(err)
	}
	if err := s.Sweep(ctx, received.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if !accept(t, s, "slack", "E1", "") || accept(t, s, "slack", "E2", "") {
		t.Fatal("what is done is swept, and nothing else")
	}
}

func TestLinkedPeople(t *testing.T) {
	s, ctx := inbox(t), t.Context()
	if err := s.Link(ctx, Linked{Bot: "slack", Tenant: "T", Person: "U", Viewer: "ann", Body: []byte("{}"), At: received, Until: received.Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		bot, tenant, person string
		now                 time.Time
		known               bool
	}{
		{"slack", "T", "U", received, true},
		{"slack", "T", "U", received.Add(time.Hour), false},
		{"slack", "T2", "U", received, false},
		{"lark", "T", "U", received, false},
		{"slack", "T", "V", received, false},
	} {
		l, err := s.Linked(ctx, c.bot, c.tenant, c.person, c.now)
		if (err == nil) != c.known || c.known && l.Viewer != "ann" || err != nil && !errors.Is(err, ErrNotFound) {
			t.Errorf("%v: %v %v", c, l, err)
		}
	}
	if err := s.Unlink(ctx, "slack", "T", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Linked(ctx, "slack", "T", "U", received); !errors.Is(err, ErrNotFound) {
		t.Fatal(err)
	}
}

// TestInboxClaimsOnlyWhatItsBotsAreFor: a process with other bots leaves the rest
// alone.
func TestInboxClaimsOnlyWhatItsBotsAreFor(t *testing.T) {
	s, ctx := inbox(t), t.Context()
	accept(t, s, "slack", "E1", "")
	for _, bots := range [][]string{nil, {"lark"}} {
		l := lease("a", 0)
		l.Bots = bots
		if d, err := s.NextDelivery(ctx, l); !errors.Is(err, ErrNotFound) {
			t.Errorf("%v claims %+v, %v", bots, d, err)
		}
		if p, err := s.NextPost(ctx, l); !errors.Is(err, ErrNotFound) {
			t.Errorf("%v claims %+v, %v", bots, p, err)
		}
	}
	if _, err := s.NextDelivery(ctx, lease("a", 0)); err != nil {
		t.Error(err)
	}
}

// TestInboxStops: a stop reaches whoever answers, and what waits behind it.
func TestInboxStops(t *testing.T) {
	s, ctx := inbox(t), t.Context()
	accept(t, s, "slack", "E1", "")
	d, err := s.NextDelivery(ctx, lease("a", 0))
	if err != nil || d.Stopped {
		t.Fatal(d, err)
	}
	if any, err := s.Stop(ctx, "slack", "another"); any || err != nil {
		t.Error(any, err)
	}
	if err := s.Extend(ctx, d.ID, lease("a", time.Second)); err != nil {
		t.Error(err)
	}
	if any, err := s.Stop(ctx, "slack", d.Lane); !any || err != nil {
		t.Error(any, err)
	}
	if err := s.Extend(ctx, d.ID, lease("a", 2*time.Second)); !errors.Is(err, ErrStopped) {
		t.Error(err)
	}
	if again, err := s.NextDelivery(ctx, lease("b", time.Hour)); err != nil || !again.Stopped {
		t.Error(again, err)
	}
	if err := s.Extend(ctx, d.ID, lease("a", time.Hour)); !errors.Is(err, ErrLost) {
		t.Error(err)
	}
}

func TestHold(t *testing.T) {
	s, ctx := inbox(t), t.Context()
	for i, c := range []struct {
		owner string
		at    time.Duration
		want  bool
	}{{"a", 0, true}, {"b", time.Second, false}, {"a", 50 * time.Second, true}, {"b", 100 * time.Second, false}, {"b", 110 * time.Second, true}, {"a", 111 * time.Second, false}} {
		if got, err := s.Hold(ctx, "line", lease(c.owner, c.at)); got != c.want || err != nil {
			t.Errorf("%d: %s has it: %v, %v", i, c.owner, got, err)
		}
	}
	for _, c := range []struct {
		owner string
		free  bool
	}{{"a", false}, {"b", true}} {
		if err := s.Release(ctx, "line", c.owner); err != nil {
			t.Error(err)
		}
		if got, err := s.Hold(ctx, "line", lease("c", 112*time.Second)); got != c.free || err != nil {
			t.Errorf("released by %s: %v, %v", c.owner, got, err)
		}
	}
}

// TestClaimsDoNotSort: a claim costs the same however much waits.
func TestClaimsDoNotSort(t *testing.T) {
	s := inbox(t)
	for _, claim := range []string{claimDelivery, claimPost} {
		var plan []struct {
			ID, Parent, Notused int
			Detail              string
		}
		if err := s.db.Select(&plan, "explain query plan "+claim, "w", "due", "now", "slack"); err != nil {
			t.Fatal(err)
		}
		for _, step := range plan {
			if strings.Contains(step.Detail, "TEMP B-TREE") || strings.HasPrefix(step.Detail, "SCAN") && !strings.Contains(step.Detail, "INDEX") {
				t.Errorf("%s", step.Detail)
			}
		}
	}
}
