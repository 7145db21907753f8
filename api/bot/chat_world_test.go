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
	"strconv"
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
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		h.mu.Lock()
		asked := h.asked
		h.mu.Unlock()
		if asked >= n {
			return
		}
	}
	t.Fatalf("%d questions are not asked", n)
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
	signed  func(c *chat, at time.Time) Request          // a question as it is signed at a time; nil for a connection
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
	c.limits = Limits{Poll: 30 * time.Millisecond, Lease: 2 * time.Second, Backoff: 10 * time.Millisecond, Workers: 3, Senders: 2, Patience: 30 * time.Second, Send: 5 * time.Second}
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
		ch.patience = time.Second // until nobody comes for an answer
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
	for deadline := time.Now().Add(10 * time.Second); c.server.called("progress") < n; time.Sleep(2 * time.Millisecond) {
		if time.Now().After(deadline) {
			c.t.Fatal("no sign of progress")
		}
	}
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
	if _, ok := c.hub.bots[c.bot].Channel.(Listener); !ok {
		return
	}
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
	for deadline := time.Now().Add(5 * time.Second); len(list) < n && time.Now().Before(deadline); { // what was fetched is shown a little later
		time.Sleep(2 * time.Millisecond)
		list = wordsShown(c.server.shows(0))
	}
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
	if c.silent = way != "card_template"; !c.silent {
		c.setup.Options["card_template"] = "template.schema"
	}
	callback := way == "connection"
	if callback {
		c.setup.Options["connection"] = "callback"
		c.signed = func(c *chat, at time.Time) Request {
			stamp := jsonText(c.t, at.UnixMilli())
			body := jsonText(c.t, f.message("signed"+stamp, "singlefay", "fay", revenue, false))
			return Request{Method: http.MethodPost, Body: []byte(body), Header: http.Header{"Timestamp": {stamp}, "Sign": {dingtalkSign(stamp, fakeDingtalkSecret)}}}
		}
	}
	c.lint = func(m shown, number string) error {
		if way != "card_template" {
			return lintMarkdown(m.Body, m.Body, number)
		}
		var params map[string]string
		if err := json.Unmarshal([]byte(m.Body), &params); err != nil {
			return err
		}
		return lintMarkdown(params["content"], params["buttons"], number)
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
		m := f.message(id, chat, user, text, group)
		m["createAt"] = c.saidAt().UnixMilli()
		push(c, event, m)
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
		header := m["header"].(map[string]string)
		header["event_id"], header["create_time"] = event, strconv.FormatInt(c.saidAt().UnixMilli(), 10)
		if c.threaded != "" {
			m["event"].(map[string]any)["message"].(map[string]any)["thread_id"] = "omt_" + c.threaded
		}
		push(c, event, m)
	}
	c.follow = func(c *chat, root, chat, user, text string) { c.say(c, "in"+root, "in"+root, chat, user, text, true) }
	c.lint = func(m shown, number string) error { return lintFeishu(map[string]any{"content": m.Body}, number) }
	if callback {
		c.signed = func(c *chat, at time.Time) Request {
			return f.callback(f.message(fmt.Sprint("signed", at.Unix()), "singlefay", "fay", revenue, false), at)
		}
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

func wecomChat(t *testing.T, callback bool) *chat {
	f := newFakeWecom(t)
	s := f.settings()
	if callback {
		s = f.callbackSettings()
	}
	c := &chat{name: "wecom", server: &f.vendorServer, tenant: fakeWecomCorp, setup: BotSetup{Vendor: "wecom", Secrets: s.Secrets, Options: s.Options}}
	// A frame of WeCom is not acknowledged: the inbox tells that it was taken.
	push := func(c *chat, request string, m map[string]any) {
		if callback {
			f.deliver(c, m)
			return
		}
		f.subscribed()
		before := c.heard.Load()
		f.push(request, m)
		for deadline := time.Now().Add(10 * time.Second); c.heard.Load() == before && time.Now().Before(deadline); {
			time.Sleep(time.Millisecond)
		}
	}
	c.say = func(c *chat, id, event, chat, user, text string, group bool) {
		m := f.message(id, chat, user, text, group)
		m["create_time"] = c.saidAt().Unix()
		push(c, "req"+event, m)
	}
	c.foreign = func(c *chat, user, text string) {
		m := f.message("foreign", "group1", user, text, true)
		m["from"] = map[string]string{"userid": user, "corpid": "other"}
		push(c, "reqforeign", m)
	}
	c.press = func(c *chat, user, chat, ref string, group bool) {
		if !group {
			chat = ""
		}
		id := "press" + ref + user
		push(c, "req"+id, f.happened(id, chat, user, map[string]any{"eventtype": wecomClicked, "template_card_event": map[string]string{"event_key": ref}}))
	}
	if callback {
		c.signed = func(c *chat, at time.Time) Request {
			return f.callback(f.message(fmt.Sprint("signed", at.Unix()), "", "fay", revenue, false), at)
		}
	}
	c.gone = func() { f.refuses(slices.Repeat([]int{40001}, 20)...) }
	c.fail = func(...func(http.ResponseWriter)) { f.refuses(45009, -1) }
	c.hang = func() <-chan struct{} { return f.refuses(fakeSilence) }
	key := regexp.MustCompile(`"key":"([^"]+)"`)
	c.buttons = func(m shown) (refs []string) {
		for _, found := range key.FindAllStringSubmatch(m.Body, -1) {
			refs = append(refs, found[1])
		}
		return refs
	}
	c.private = func(m shown, user string) bool { return m.Chat == user || m.To == user }
	c.lint = func(m shown, number string) error {
		text, _, _ := strings.Cut(m.Body, "\n{") // a card: no markup
		return lintMarkdown(text, text, number)
	}
	return c.start(t)
}
