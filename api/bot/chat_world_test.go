package bot

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/api"
	"wenshu/semantic"
)

// held is a service whose questions wait until they are let go, and some of whose
// answers are given.
type held struct {
	*answer.Service
	mu        sync.Mutex
	wait      chan struct{} // nil lets questions pass
	asked     int
	cancelled int
	given     map[string]*answer.Answer // by question
	told      map[string]*answer.Answer // by id and viewer
}

func (h *held) Ask(ctx context.Context, r answer.Request, events func(answer.Event)) (*answer.Answer, error) {
	h.mu.Lock()
	wait, given := h.wait, h.given[r.Question]
	h.asked++
	h.mu.Unlock()
	if wait != nil {
		select {
		case <-wait:
		case <-ctx.Done():
			h.mu.Lock()
			h.cancelled++
			h.mu.Unlock()
			return nil, ctx.Err()
		}
	}
	if given == nil {
		return h.Service.Ask(ctx, r, events)
	}
	a := *given
	a.ID, a.Viewer, a.Question = r.ID, r.Viewer.ID, r.Question
	h.mu.Lock()
	defer h.mu.Unlock()
	h.told[a.ID+"\x00"+a.Viewer] = &a
	return &a, nil
}

func (h *held) Answer(ctx context.Context, v semantic.Viewer, id string) (*answer.Answer, error) {
	if a := h.toldBefore(v, id); a != nil {
		return a, nil
	}
	return h.Service.Answer(ctx, v, id)
}

func (h *held) Exported(ctx context.Context, v semantic.Viewer, id, form string) (*answer.Answer, error) {
	if a := h.toldBefore(v, id); a != nil {
		return a, nil
	}
	return h.Service.Exported(ctx, v, id, form)
}

func (h *held) toldBefore(v semantic.Viewer, id string) *answer.Answer {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.told[id+"\x00"+v.ID]
}

// answer gives an answer to a question.
func (h *held) answer(question string, a *answer.Answer) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.given[question] = a
}

func (h *held) hold() chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.wait = make(chan struct{})
	return h.wait
}

// letGo lets all questions pass from now on.
func (h *held) letGo(wait chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.wait == wait {
		h.wait = nil
		close(wait)
	}
}

// release lets go what waits when a test ends.
func (h *held) release() {
	h.mu.Lock()
	wait := h.wait
	h.mu.Unlock()
	if wait != nil {
		h.letGo(wait)
	}
}

// reached waits until n questions were asked.
func (h *held) reached(t *testing.T, n int) {
	t.Helper()
	until(t, fmt.Sprint(n, " questions"), func() bool {
		h.mu.Lock()
		defer h.mu.Unlock()
		return h.asked >= n
	})
}

// chat is one vendor's fake with a hub that answers there.
type chat struct {
	t        *testing.T
	name     string // of the vendor
	way      string // as chats calls it
	bot      string
	server   *vendorServer
	hub      *Hub
	service  *held
	store    *state.Store
	setup    BotSetup
	limits   Limits
	stops    []func() // of the hubs, in the order in which they were opened
	n        int
	heard    atomic.Int64 // deliveries that were accepted, repeated ones too
	offset   atomic.Int64 // of the hub's clock, in nanoseconds
	at       time.Time    // when what is said next was said; zero is now
	silent   bool         // nothing shows that an answer is being computed
	threaded string       // the thread where what is said next is said; "" is none

	tenant  string
	say     func(c *chat, id, event, chat, user, text string, group bool) // until it is acknowledged
	foreign func(c *chat, user, text string)
	press   func(c *chat, user, chat, ref string, group bool)
	revoke  func()                                       // tokens are no good any more; nil where there are none
	gone    func()                                       // the bot was taken away
	recall  func(c *chat, id string)                     // nil where the vendor does not say so
	edit    func(c *chat, id, chat, user, text string)   // of what was said under an id
	follow  func(c *chat, root, chat, user, text string) // in the thread of what was said under an id; nil where there are none
	leave   func(c *chat)                                // says that the bot was taken away; nil where the vendor does not
	signed  func(c *chat, at time.Time) Request          // a question of fay as it is signed at a time; nil for a connection
	fetch   func(c *chat, reply []byte)                  // comes for the answer to what was signed; nil where the vendor does not
	fail    func(how ...func(http.ResponseWriter))       // of the next messages
	hang    func() (reached <-chan struct{})             // of the next message: nothing becomes of it
	lint    func(m shown, number string) error           // of a message that holds the number

	buttons func(m shown) []string // references
	private func(m shown, user string) bool
}

// chats opens every vendor in each way that it is spoken to.
var chats = map[string]func(t *testing.T) *chat{
	"dingtalk": func(t *testing.T) *chat { return dingtalkChat(t, "") }, "dingtalk with cards": func(t *testing.T) *chat { return dingtalkChat(t, "card_template") },
	"dingtalk by callback": func(t *testing.T) *chat { return dingtalkChat(t, "connection") },
	"feishu":               func(t *testing.T) *chat { return feishuChat(t, false) }, "feishu by callback": func(t *testing.T) *chat { return feishuChat(t, true) },
	"slack": func(t *testing.T) *chat { return slackChat(t, "") }, "slack by socket": func(t *testing.T) *chat { return slackChat(t, "socket") },
	"wecom": func(t *testing.T) *chat { return wecomChat(t, false) }, "wecom by callback": func(t *testing.T) *chat { return wecomChat(t, true) },
}

// everyWay runs a test with every vendor in each way that it is spoken to.
func everyWay(t *testing.T, f func(t *testing.T, c *chat)) {
	t.Helper()
	t.Parallel()
	for _, name := range slices.Sorted(maps.Keys(chats)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f(t, chats[name](t))
		})
	}
}

// start opens the hub and links the sample viewers.
func (c *chat) start(t *testing.T) *chat {
	t.Helper()
	c.t, c.way = t, t.Name()[strings.LastIndexByte(t.Name(), '/')+1:]
	c.way = strings.ReplaceAll(c.way, "_", " ")
	c.service, c.store = &held{Service: asked(t), given: map[string]*answer.Answer{}, told: map[string]*answer.Answer{}}, empty(t)
	c.limits = quick
	if c.fail == nil {
		c.fail = c.server.fail
	}
	if c.hang == nil {
		c.hang = c.server.hang
	}
	if c.edit == nil { // the vendor sends the message anew
		c.edit = func(c *chat, id, chat, user, text string) { c.say(c, id, "edit"+id, chat, user, text, false) }
	}
	c.bot = fmt.Sprint("chat", botNumber.Add(1))
	c.setup.Name, c.setup.Tenants = c.bot, []string{c.tenant}
	c.open()
	return c
}

// open starts a hub on the state there is; stop ends it.
func (c *chat) open() (stop func()) {
	c.t.Helper()
	config := Config{
		Setup: Setup{URL: "https://wenshu.example", Bots: []BotSetup{c.setup}}, Service: c.service, Store: c.store, Account: demoAccount, API: c.server.http.URL,
		Limits: c.limits, Now: func() time.Time { return time.Now().Add(time.Duration(c.offset.Load())) },
	}
	if testing.Verbose() {
		config.Log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	hub, err := New(config)
	if err != nil {
		c.t.Fatal(err)
	}
	switch ch := hub.bots[c.bot].Channel.(type) {
	case *dingtalk:
		ch.tether.pause = pause{5 * time.Millisecond, 50 * time.Millisecond}
	case *feishu:
		ch.tether.pause = pause{5 * time.Millisecond, 50 * time.Millisecond}
	case *wecom:
		ch.patience, ch.line.within = longest, longest // a slow machine is no lost acknowledgement
		ch.tether.pause = pause{5 * time.Millisecond, 50 * time.Millisecond}
	}
	c.hub = hub
	hub.accepted = func() { c.heard.Add(1) }
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- hub.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			c.t.Error(err)
		}
	})
	c.stops = append(c.stops, stop)
	c.t.Cleanup(func() {
		c.service.release()
		stop()
	})
	return stop
}

// again opens a hub with other limits in place of the one there is.
func (c *chat) again(change func(*Limits)) (stop func()) {
	c.t.Helper()
	c.stops[len(c.stops)-1]()
	change(&c.limits)
	return c.open()
}

// saidAt is when what is said next was said.
func (c *chat) saidAt() time.Time {
	if c.at.IsZero() {
		return time.Now()
	}
	return c.at
}

// refs are the references of all buttons that are shown.
func (c *chat) refs() (refs []string) {
	for _, m := range c.server.shows(0) {
		refs = append(refs, c.buttons(m)...)
	}
	return refs
}

// progressed waits until it was shown n times that an answer is being computed,
// where that is shown.
func (c *chat) progressed(n int) {
	c.t.Helper()
	if c.silent {
		return
	}
	until(c.t, "a sign of progress", func() bool { return c.server.called("progress") >= n })
}

// link joins somebody of the chat with the viewer of that name.
func (c *chat) link(users ...string) {
	c.t.Helper()
	for _, user := range users {
		v, ok := demoAccount(user)
		if !ok {
			c.t.Fatalf("no viewer %q", user)
		}
		if err := c.hub.join(context.Background(), claim{Bot: c.bot, Tenant: c.tenant, User: user}, v); err != nil {
			c.t.Fatal(err)
		}
	}
}

// ask says something under an id of its own.
func (c *chat) ask(chat, user, text string, group bool) (id string) {
	c.t.Helper()
	c.n++
	id = "msg" + string(rune('a'+c.n%26)) + strings.Repeat("x", c.n/26)
	c.say(c, id, id, chat, user, text, group)
	return id
}

// waits until nothing is left to be answered or sent.
func (c *chat) quiet() {
	c.t.Helper()
	defer func() {
		if c.t.Failed() {
			c.t.Logf("%+v", c.health())
		}
	}()
	until(c.t, "that all is answered and sent", func() bool {
		h := c.health()
		return h.Waiting == 0 && h.Unsent == 0
	})
}

func (c *chat) health() api.BotHealth {
	c.t.Helper()
	list, err := c.hub.Health(context.Background())
	if err != nil {
		c.t.Fatal(err)
	}
	return list[0]
}

// listens waits until the long connection stands, which what comes by callback
// does not.
func (c *chat) listens() {
	c.t.Helper()
	if _, ok := c.hub.bots[c.bot].Channel.(Listener); !ok {
		return
	}
	until(c.t, "a connection", func() bool { return c.health().Connection == listeningNow })
}

// wordsShown are the messages of words: no files, and no buttons that follow a
// message.
func wordsShown(list []shown) []shown {
	return slices.DeleteFunc(slices.Clone(list), func(m shown) bool {
		return strings.Contains(m.Kind, "image") || strings.Contains(m.Kind, "file") || m.Kind == "template_card"
	})
}

// answered waits until all is quiet and returns the messages of words, of which
// there must be n.
func (c *chat) answered(n int) []shown {
	c.t.Helper()
	c.quiet()
	list := wordsShown(c.server.shows(0))
	until(c.t, fmt.Sprint(n, " messages"), func() bool { // what was fetched is shown a little later
		list = wordsShown(c.server.shows(0))
		return len(list) >= n
	})
	if len(list) != n {
		c.t.Fatalf("%d messages, want %d: %+v", len(list), n, list)
	}
	return list
}

// deliver calls the hub as a vendor would by HTTP.
func (c *chat) deliver(r Request, want int) []byte {
	c.t.Helper()
	code, _, body := c.hub.Deliver(context.Background(), c.bot, r)
	if code != want {
		c.t.Errorf("a delivery is answered by %d, want %d: %s", code, want, body)
	}
	return body
}
