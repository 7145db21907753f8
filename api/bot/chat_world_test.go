package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/api"
)

// held is a service whose questions wait until they are let go.
type held struct {
	*answer.Service
	mu        sync.Mutex
	wait      chan struct{} // nil lets questions pass
	asked     int
	cancelled int
}

func (h *held) Ask(ctx context.Context, r answer.Request, events func(answer.Event)) (*answer.Answer, error) {
	h.mu.Lock()
	wait := h.wait
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
	return h.Service.Ask(ctx, r, events)
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
	h.wait = nil
	h.mu.Unlock()
	close(wait)
}

// chat is one vendor's fake with a hub that answers there.
type chat struct {
	t       *testing.T
	name    string
	bot     string
	server  *vendorServer
	hub     *Hub
	service *held
	store   *state.Store
	setup   BotSetup
	groups  map[string]Group
	stops   []func() // of the hubs, in the order in which they were opened
	n       int
	heard   atomic.Int64 // deliveries that were accepted, repeated ones too

	tenant  string
	say     func(c *chat, id, event, chat, user, text string, group bool) // until it is acknowledged
	foreign func(c *chat, user, text string)
	press   func(c *chat, user, chat, ref string, group bool)
	revoke  func() // tokens are no good any more; nil where there are none
	gone    func() // the bot was taken away
	recall  func(c *chat, id string)

	buttons func(m shown) []string // references
	private func(m shown, user string) bool
}

// chats opens every vendor in each way that it is spoken to.
var chats = map[string]func(t *testing.T) *chat{
	"dingtalk": func(t *testing.T) *chat { return dingtalkChat(t, "") }, "dingtalk with cards": func(t *testing.T) *chat { return dingtalkChat(t, "card_template") },
	"dingtalk by callback": func(t *testing.T) *chat { return dingtalkChat(t, "connection") },
	"feishu":               func(t *testing.T) *chat { return feishuChat(t, false) }, "feishu by callback": func(t *testing.T) *chat { return feishuChat(t, true) },
	"wecom": wecomChat,
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

// everyChat runs a test with every vendor over its long connection.
func everyChat(t *testing.T, f func(t *testing.T, c *chat)) {
	t.Helper()
	t.Parallel()
	for _, name := range slices.Sorted(maps.Keys(chats)) {
		if !strings.HasSuffix(name, "by callback") {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				f(t, chats[name](t))
			})
		}
	}
}

// start opens the hub and links the sample viewers.
func (c *chat) start(t *testing.T) *chat {
	t.Helper()
	c.t = t
	c.service, c.store = &held{Service: asked(t)}, empty(t)
	c.bot = fmt.Sprint("chat", botNumber.Add(1))
	c.setup.Name, c.setup.Tenants = c.bot, []string{c.tenant}
	c.open()
	return c
}

// open starts a hub on the state there is; stop ends it.
func (c *chat) open() (stop func()) {
	c.t.Helper()
	c.setup.Groups = c.groups
	config := Config{
		Setup: Setup{URL: "https://wenshu.example", Bots: []BotSetup{c.setup}}, Service: c.service, Store: c.store, Account: demoAccount, API: c.server.http.URL,
		Limits: Limits{Poll: 30 * time.Millisecond, Lease: 2 * time.Second, Backoff: 10 * time.Millisecond, Workers: 3, Senders: 2, Patience: 30 * time.Second, Send: 5 * time.Second},
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
	c.t.Cleanup(stop)
	return stop
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
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		list, err := c.hub.Health(context.Background())
		if err != nil {
			c.t.Fatal(err)
		}
		if list[0].Waiting == 0 && list[0].Unsent == 0 {
			return
		}
		if time.Now().After(deadline) {
			c.t.Fatalf("it does not end: %+v", list[0])
		}
	}
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
	for deadline := time.Now().Add(10 * time.Second); c.health().Connection != "listening"; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			c.t.Errorf("the connection is %q", c.health().Connection)
			return
		}
	}
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

func dingtalkChat(t *testing.T, way string) *chat {
	f := newFakeDingtalk(t)
	s := f.settings()
	c := &chat{name: "dingtalk", server: &f.vendorServer, tenant: fakeDingtalkCorp, setup: BotSetup{Vendor: "dingtalk", Secrets: s.Secrets, Options: s.Options}}
	if way == "card_template" {
		c.setup.Options["card_template"] = "template.schema"
	}
	callback := way == "connection"
	if callback {
		c.setup.Options["connection"] = "callback"
	}
	push := func(c *chat, event string, m map[string]any) {
		body := jsonText(c.t, m)
		if callback {
			stamp := jsonText(c.t, time.Now().UnixMilli())
			c.deliver(Request{Method: http.MethodPost, Body: []byte(body), Header: http.Header{"Timestamp": {stamp}, "Sign": {dingtalkSign(stamp, fakeDingtalkSecret)}}}, http.StatusOK)
			return
		}
		f.lock.Lock()
		delete(f.acks, event)
		f.lock.Unlock()
		f.push("CALLBACK", dingtalkRobotTopic, event, body)
	}
	c.say = func(c *chat, id, event, chat, user, text string, group bool) {
		push(c, event, f.message(id, chat, user, text, group))
	}
	c.foreign = func(c *chat, user, text string) {
		m := f.message("foreign", "cidGroup", user, text, true)
		m["senderCorpId"], m["senderStaffId"] = "othercorp", ""
		push(c, "foreign", m)
	}
	c.press = func(c *chat, user, chat, ref string, group bool) {
		c.n++
		if way != "card_template" { // the link sends a message
			c.say(c, "press"+ref+user, "press"+ref+user, chat, user, "选这个 "+pressMark+ref, false)
			return
		}
		space := "dtv1.card//IM_ROBOT." + user
		if group {
			space = "dtv1.card//IM_GROUP." + chat
		}
		f.push("CALLBACK", dingtalkCardTopic, "press"+ref+user, jsonText(c.t, map[string]any{
			"outTrackId": "x", "userId": user, "corpId": fakeDingtalkCorp, "spaceId": space,
			"content": jsonText(c.t, map[string]any{"cardPrivateData": map[string]any{"actionIds": []string{"press"}, "params": map[string]string{"ref": ref, "chat": chat}}}),
		}))
	}
	c.revoke = f.revoke
	c.gone = func() {
		f.lock.Lock()
		f.until = time.Now().Add(-time.Hour)
		f.lock.Unlock()
		for range 20 {
			f.fail(status(http.StatusForbidden, `{"code":"Forbidden.AccessDenied.AccessTokenPermissionDenied","message":"no"}`))
		}
	}
	link, inCard := regexp.MustCompile(`dtmd://dingtalkclient/sendMessage\?content=([^)]*)`), regexp.MustCompile(`\\"ref\\":\\"([^"\\]+)\\"`)
	c.buttons = func(m shown) (refs []string) {
		for _, found := range link.FindAllStringSubmatch(m.Body, -1) {
			say, err := url.QueryUnescape(found[1])
			ref, ok := pressedInText(say)
			if err != nil || !ok {
				c.t.Errorf("a link that sends %q", say)
			}
			refs = append(refs, ref)
		}
		for _, found := range inCard.FindAllStringSubmatch(m.Body, -1) {
			refs = append(refs, found[1])
		}
		return refs
	}
	c.private = func(m shown, user string) bool {
		return m.Private && m.Chat == user || !m.Private && m.Chat == "single"+user
	}
	return c.start(t)
}

func feishuChat(t *testing.T, callback bool) *chat {
	f := newFakeFeishu(t)
	s := f.settings()
	if callback {
		s = f.callbackSettings()
	}
	c := &chat{name: "feishu", server: &f.vendorServer, tenant: fakeFeishuTenant, setup: BotSetup{Vendor: "feishu", Secrets: s.Secrets, Options: s.Options}}
	push := func(c *chat, id string, event any) {
		if callback {
			c.deliver(f.callback(event, time.Now()), http.StatusOK)
			return
		}
		f.lock.Lock()
		delete(f.acks, id)
		f.lock.Unlock()
		if a := f.push(id, event); a.Code != http.StatusOK {
			c.t.Errorf("an event is answered by %+v", a)
		}
	}
	c.say = func(c *chat, id, event, chat, user, text string, group bool) {
		m := f.message(id, chat, user, text, group)
		m["header"].(map[string]string)["event_id"] = event
		push(c, event, m)
	}
	c.foreign = func(c *chat, user, text string) {
		m := f.message("foreign", "oc", user, text, true)
		m["event"].(map[string]any)["sender"].(map[string]any)["tenant_key"] = "other"
		push(c, "foreign", m)
	}
	c.press = func(c *chat, user, chat, ref string, group bool) {
		c.n++
		id := "press" + ref + user
		push(c, id, f.event(id, feishuCardEvent, map[string]any{
			"operator": map[string]string{"tenant_key": fakeFeishuTenant, "open_id": user}, "action": map[string]any{"value": feishuValue{Ref: ref, Group: group}},
			"context": map[string]string{"open_message_id": "om_x", "open_chat_id": chat},
		}))
	}
	c.recall = func(c *chat, id string) {
		push(c, "recall"+id, f.event("recall"+id, feishuRecalledEvent, map[string]string{"message_id": "om_" + id, "chat_id": "oc"}))
	}
	c.revoke = f.revoke
	c.gone = func() {
		for range 20 {
			f.fail(status(http.StatusBadRequest, `{"code":99991662,"msg":"switched off"}`))
		}
	}
	c.buttons = func(m shown) (refs []string) {
		var card any
		if err := json.Unmarshal([]byte(m.Body), &card); err != nil {
			c.t.Errorf("a card: %v", err)
		}
		walk(card, func(p map[string]any) {
			if value, ok := p["value"].(map[string]any); ok && p["type"] == "callback" {
				refs = append(refs, value["ref"].(string))
			}
		})
		return refs
	}
	c.private = func(m shown, user string) bool { return m.Private && m.Chat == user }
	return c.start(t)
}

// walk calls f with every object of JSON.
func walk(v any, f func(map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		f(v)
		for _, k := range slices.Sorted(maps.Keys(v)) {
			walk(v[k], f)
		}
	case []any:
		for _, e := range v {
			walk(e, f)
		}
	}
}

func wecomChat(t *testing.T) *chat {
	f := newFakeWecom(t)
	s := f.settings()
	c := &chat{name: "wecom", server: &f.vendorServer, tenant: fakeWecomCorp, setup: BotSetup{Vendor: "wecom", Secrets: s.Secrets, Options: s.Options}}
	// A frame of WeCom is not acknowledged: the inbox tells that it was taken.
	taken := func(c *chat, push func()) {
		f.subscribed()
		before := c.heard.Load()
		push()
		for deadline := time.Now().Add(10 * time.Second); c.heard.Load() == before && time.Now().Before(deadline); {
			time.Sleep(time.Millisecond)
		}
	}
	c.say = func(c *chat, id, event, chat, user, text string, group bool) {
		m := f.message(id, chat, user, text, group)
		taken(c, func() { f.push("req"+event, m) })
	}
	c.foreign = func(c *chat, user, text string) {
		m := f.message("foreign", "group1", user, text, true)
		m["from"] = map[string]string{"userid": user, "corpid": "other"}
		taken(c, func() { f.push("reqforeign", m) })
	}
	c.press = func(c *chat, user, chat, ref string, group bool) {
		if !group {
			chat = ""
		}
		id := "press" + ref + user
		taken(c, func() {
			f.push("req"+id, f.happened(id, chat, user, map[string]any{"eventtype": wecomClicked, "template_card_event": map[string]string{"event_key": ref}}))
		})
	}
	c.gone = func() {
		f.lock.Lock()
		for range 20 {
			f.refuse = append(f.refuse, 40001)
		}
		f.lock.Unlock()
	}
	key := regexp.MustCompile(`"key":"([^"]+)"`)
	c.buttons = func(m shown) (refs []string) {
		for _, found := range key.FindAllStringSubmatch(m.Body, -1) {
			refs = append(refs, found[1])
		}
		return refs
	}
	c.private = func(m shown, user string) bool { return m.Chat == user }
	return c.start(t)
}
