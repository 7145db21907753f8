package bot

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"wenshu/answer/state"
	"wenshu/api"
	"wenshu/fixtures"
)

// TestBotsBehindTheServersDoor: the raw body reaches the signature check, who
// signs in is joined, and the numbers are there for operators.
func TestBotsBehindTheServersDoor(t *testing.T) {
	fake := newFakeSlack(t)
	store, err := state.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() }) // the test has ended
	calls := api.NewBotCalls()
	hub, err := New(Config{Setup: Setup{URL: "https://wenshu.example", Bots: []BotSetup{slackSetup("")}}, Service: parrot{}, Store: store, API: fake.URL, Account: demoAccount, Calls: calls})
	if err != nil {
		t.Fatal(err)
	}
	server, err := api.New(api.Config{Service: parrot{}, Demo: fixtures.DemoViewers(), Bots: hub, BotCalls: calls})
	if err != nil {
		t.Fatal(err)
	}
	do := func(method, path string, header http.Header, body string) (int, string) {
		r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
		for name, values := range header {
			r.Header[name] = values
		}
		w := httptest.NewRecorder()
		server.Handler().ServeHTTP(w, r)
		return w.Code, w.Body.String()
	}
	o := &office{}
	body := o.envelope(o.direct("Ufay", "revenue"))
	signed := signedAt(time.Now(), "application/json", body)
	for _, c := range []struct {
		path string
		body string
		want int
	}{
		{"/api/v1/bots/slack", string(body), http.StatusOK},
		{"/api/v1/bots/slack", string(body) + " ", http.StatusUnauthorized},
		{"/api/v1/bots/other", string(body), http.StatusNotFound},
		{"/api/v1/bots/slack", strings.Repeat("x", 2<<20), http.StatusRequestEntityTooLarge},
	} {
		if status, reply := do(http.MethodPost, c.path, signed.Header, c.body); status != c.want {
			t.Errorf("%s of %d bytes: %d %s, want %d", c.path, len(c.body), status, reply, c.want)
		}
	}
	link, err := hub.signIn(hub.order[0], Person{Tenant: fakeTeam, User: "Unew", Name: "New"}, "en")
	if err != nil {
		t.Fatal(err)
	}
	_, token, _ := strings.Cut(link, "#")
	ann := http.Header{"Content-Type": {"application/json"}, "X-Wenshu-Viewer": {"ann"}}
	for _, sure := range []bool{false, true} {
		text, err := json.Marshal(map[string]any{"token": token, "sure": sure})
		if err != nil {
			t.Fatal(err)
		}
		status, reply := do(http.MethodPost, "/api/v1/link", ann, string(text))
		var who api.Joined
		if err := json.NewDecoder(bytes.NewReader([]byte(reply))).Decode(&who); err != nil || status != http.StatusOK || who.Done != sure || who.Viewer != "ann" || who.User != "Unew" {
			t.Errorf("sure %v: %d %s", sure, status, reply)
		}
	}
	if status, reply := do(http.MethodPost, "/api/v1/link", ann, `{"token": "`+token+`x", "sure": true}`); status != http.StatusBadRequest {
		t.Errorf("a forged link: %d %s", status, reply)
	}
	if l, err := store.Linked(t.Context(), "slack", fakeTeam, "Unew", time.Now()); err != nil || l.Viewer != "ann" {
		t.Error(l, err)
	}
	if status, reply := do(http.MethodGet, "/api/v1/bots", nil, ""); status != http.StatusOK || !strings.Contains(reply, `"waiting":1`) {
		t.Errorf("%d %s", status, reply)
	}
	if _, reply := do(http.MethodGet, "/metrics", nil, ""); !strings.Contains(reply, `wenshu_bot_deliveries_total{bot="slack",outcome="accepted"} 1`) || !strings.Contains(reply, `outcome="forged"} 1`) {
		t.Errorf("%s", reply)
	}
}
