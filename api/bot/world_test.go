package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/fixtures"
	"wenshu/semantic"
	"wenshu/warehouse"
)

// demoFiles are the demo company's databases at a small scale, shared by the
// tests of a run.
var demoFiles = sync.OnceValues(func() (map[string]string, error) {
	dir, err := os.MkdirTemp("", "wenshu-bot-")
	if err != nil {
		return nil, err
	}
	made, err := fixtures.Generate(context.Background(), dir, fixtures.Options{Scale: 0.02})
	return made.Files, err
})

func TestMain(m *testing.M) {
	if config := os.Getenv(victimVariable); config != "" {
		fmt.Fprintln(os.Stderr, victim(config))
		os.Exit(1)
	}
	code := m.Run()
	if files, err := demoFiles(); err == nil {
		for _, f := range files {
			_ = os.Remove(f) // the folder is temporary
		}
	}
	os.Exit(code)
}

// company is a service over the demo company with a state in memory, shared by
// the tests of a run: to learn what everybody may ask takes seconds.
var company = sync.OnceValues(func() (made struct {
	service *answer.Service
	store   *state.Store
}, err error) {
	files, err := demoFiles()
	if err != nil {
		return made, err
	}
	sources := warehouse.Sources{}
	for name, path := range files {
		if sources[name], err = warehouse.Open(name, path, warehouse.Options{}); err != nil {
			return made, err
		}
	}
	if made.store, err = state.Open(context.Background(), ""); err != nil {
		return made, err
	}
	model, err := semantic.Load(fixtures.ShopModel())
	if err != nil {
		return made, err
	}
	made.service, err = answer.New(context.Background(), answer.Config{Load: func() (*semantic.Model, error) { return model, nil }, Sources: sources, State: made.store, Now: fixtures.DemoNow})
	return made, err
})

// asked is the service of the demo company.
func asked(t testing.TB) *answer.Service {
	t.Helper()
	made, err := company()
	if err != nil {
		t.Fatal(err)
	}
	return made.service
}

// empty is a state in memory: an inbox and an outbox for one test.
func empty(t testing.TB) *state.Store {
	t.Helper()
	store, err := state.Open(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() }) // the test has ended
	return store
}

// botNumber makes names of bots: answers of the shared company are kept by them.
var botNumber atomic.Int64

func demoAccount(id string) (semantic.Viewer, bool) {
	for _, v := range fixtures.DemoViewers() {
		if v.ID == id {
			return v, true
		}
	}
	return semantic.Viewer{}, false
}

// longest is how long a test waits for what must come. It bounds a test that has
// failed and times nothing: a machine may be busy.
const longest = 3 * time.Minute

// until waits for what must come.
func until(t testing.TB, what string, come func() bool) {
	t.Helper()
	for deadline := time.Now().Add(longest); !come(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it does not come: %s", what)
		}
	}
}

// quick are limits for tests: nothing is put off for long, and nothing is given
// up or shown because the machine is busy.
var quick = Limits{
	Poll: 30 * time.Millisecond, Backoff: 20 * time.Millisecond, Workers: 3, Senders: 2,
	Lease: time.Minute, Patience: longest, Answer: longest, Send: longest,
}

// office is a Slack workspace with a hub that answers there. Uann, Ubob, Ufay
// and Uhugo are the sample viewers, known by their e-mail.
type office struct {
	*fakeSlack
	bot   string // its name, like no other of the run
	hub   *Hub
	store *state.Store
	n     int
}

func slackSetup(mode string) BotSetup {
	b := BotSetup{
		Name: "slack", Vendor: "slack", Tenants: []string{fakeTeam}, Options: map[string]string{"mode": mode},
		Secrets: map[string]string{"bot_token": fakeToken, "signing_secret": fakeSigning, "app_token": fakeApp},
		Groups:  map[string]Group{"CFIN": {Roles: []string{"finance"}}, "CSHARE": {Share: []string{"region"}}},
	}
	return b
}

func openOffice(t testing.TB, change func(*Config)) *office {
	t.Helper()
	o := &office{fakeSlack: newFakeSlack(t), bot: fmt.Sprint("slack", botNumber.Add(1))}
	c := Config{
		Setup: Setup{URL: "https://wenshu.example", Bots: []BotSetup{slackSetup("")}}, API: o.URL, Limits: quick, Account: demoAccount,
		Email: func(email string) (semantic.Viewer, bool) {
			return demoAccount(strings.TrimSuffix(email, "@example.com"))
		},
	}
	if testing.Verbose() {
		c.Log = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	if change != nil {
		change(&c)
	}
	c.Setup.Bots[0].Name = o.bot
	if c.Service == nil {
		c.Service, c.Store = asked(t), empty(t)
	}
	o.store = c.Store
	var err error
	if o.hub, err = New(c); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"ann", "bob", "fay", "hugo"} {
		o.users["U"+name] = fakeUser{Email: name + "@example.com"}
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- o.hub.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return o
}

// parrots lets a service answer that only says back what it is asked, for tests
// that are not about answers.
func parrots(t testing.TB) func(*Config) {
	t.Helper()
	store := empty(t)
	return func(c *Config) { c.Service, c.Store = parrot{}, store }
}

// envelope is a delivery of the Events API; each has an event id of its own
// unless the event says another.
func (o *office) envelope(event map[string]any) []byte {
	o.n++
	outer := map[string]any{
		"type": "event_callback", "team_id": fakeTeam, "api_app_id": "A1", "event_id": fmt.Sprintf("Ev%05d", o.n), "event_time": time.Now().Unix(), "event": event,
		"authorizations": []any{map[string]any{"team_id": fakeTeam, "user_id": fakeBot, "is_bot": true}},
	}
	body, err := json.Marshal(outer)
	if err != nil {
		panic(err)
	}
	return body
}

// ts is the time of the n-th message of a test, close to now.
func (o *office) ts() string {
	o.n++
	return fmt.Sprintf("%d.%06d", time.Now().Unix(), o.n)
}

// event delivers an event and wants it accepted.
func (o *office) event(t testing.TB, event map[string]any) {
	t.Helper()
	o.deliver(t, "application/json", o.envelope(event), http.StatusOK)
}

func (o *office) deliver(t testing.TB, media string, body []byte, want int) []byte {
	t.Helper()
	status, _, reply := o.hub.Deliver(context.Background(), o.bot, signedAt(time.Now(), media, body))
	if status != want {
		t.Fatalf("status %d, want %d: %s", status, want, reply)
	}
	return reply
}

// direct is a direct message.
func (o *office) direct(user, text string) map[string]any {
	return map[string]any{"type": "message", "channel_type": "im", "channel": "D" + user, "user": user, "text": text, "ts": o.ts()}
}

// mention is a message in a channel that begins with the name of the bot.
func (o *office) mention(channel, user, text string) map[string]any {
	return map[string]any{"type": "app_mention", "channel": channel, "user": user, "text": "<@" + fakeBot + "> " + text, "ts": o.ts()}
}

// press presses a button of a message, as a user.
func (o *office) press(t testing.TB, user string, on fakePost, action map[string]any) {
	t.Helper()
	o.n++
	action["action_ts"] = fmt.Sprint(o.n)
	channel := on.Channel
	body, err := json.Marshal(map[string]any{
		"type": "block_actions", "team": map[string]any{"id": fakeTeam}, "user": map[string]any{"id": user, "team_id": fakeTeam, "username": user},
		"channel": map[string]any{"id": channel}, "container": map[string]any{"type": "message", "message_ts": on.TS, "channel_id": channel, "thread_ts": on.Thread}, "actions": []any{action},
	})
	if err != nil {
		t.Fatal(err)
	}
	o.deliver(t, "application/x-www-form-urlencoded", []byte(url.Values{"payload": {string(body)}}.Encode()), http.StatusOK)
}

// buttons are those of a message, by their text.
func (p fakePost) buttons() map[string]map[string]any {
	all := map[string]map[string]any{}
	var blocks []map[string]any
	if json.Unmarshal(p.Blocks, &blocks) != nil {
		return all
	}
	for _, b := range blocks {
		for _, e := range list(b["elements"]) {
			one := object(e)
			switch one["type"] {
			case "button":
				text, _ := object(one["text"])["text"].(string)
				all[text] = one
			case "external_select":
				one["block_id"] = b["block_id"]
				all["pick"] = one
			case "feedback_buttons":
				all["good"], all["bad"] = object(one["positive_button"]), object(one["negative_button"])
			}
		}
	}
	return all
}

func (p fakePost) has(t testing.TB, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(p.Text, part) && !strings.Contains(string(p.Raw), part) {
			t.Errorf("%q is not in %s\n%s", part, p.Text, p.Raw)
		}
	}
}
