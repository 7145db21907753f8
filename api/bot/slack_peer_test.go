package bot

import (
	"context"
	"testing"
	"time"

	"github.com/slack-go/slack/slacktest"
)

// TestSlackAgainstTheLibrarysServer lets the app in Socket Mode hear, and look
// people up, at the server that the library brings for tests.
func TestSlackAgainstTheLibrarysServer(t *testing.T) {
	server := slacktest.NewTestServer()
	server.Start()
	t.Cleanup(server.Stop)
	c, err := openSlack(Settings{
		Secrets: map[string]string{"bot_token": fakeToken, "app_token": fakeApp}, Options: map[string]string{"mode": "socket"}, Tenants: []string{fakeTeam}, API: server.GetAPIURL(),
	})
	if err != nil {
		t.Fatal(err)
	}
	heard := make(chan Event, 4)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- c.(Listener).Listen(ctx, func(_ context.Context, r Receipt) (Receipt, error) {
			for _, e := range r.Events {
				heard <- e
			}
			return r, nil
		})
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
	})
	o := &office{}
	server.SendToWebsocket(`{"type":"events_api","envelope_id":"e2","payload":` + string(o.envelope(o.mention("C1", "U1", "上个月销售额"))) + `}`)
	select {
	case e := <-heard:
		if e.Kind != Asked || e.Text != "上个月销售额" || e.From.User != "U1" || e.From.Foreign || !e.Where.Group {
			t.Errorf("%+v", e)
		}
	case <-time.After(longest):
		t.Fatal("nothing is heard")
	}
	if p, err := c.(Directory).Person(t.Context(), Person{Tenant: fakeTeam, User: "U1"}); err != nil || p.User != "U1" || p.Name == "" {
		t.Errorf("%+v, %v", p, err)
	}
}
