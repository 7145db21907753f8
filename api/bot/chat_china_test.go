package bot

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

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
	c.lint = dingtalkLint
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
	c.buttons = func(m shown) []string { return dingtalkRefs(c.t, m) }
	c.private = func(m shown, user string) bool {
		return m.Private && m.Chat == user || !m.Private && m.Chat == "single"+user
	}
	return c.start(t)
}

// dingtalkLinked and dingtalkPressed are the links of a message and the buttons of a card.
var dingtalkLinked, dingtalkPressed = regexp.MustCompile(`dtmd://dingtalkclient/sendMessage\?content=([^)]*)`), regexp.MustCompile(`\\"ref\\":\\"([^"\\]+)\\"`)

// dingtalkRefs are the references that a message carries, in links or in a card.
func dingtalkRefs(t *testing.T, m shown) (refs []string) {
	t.Helper()
	for _, found := range dingtalkLinked.FindAllStringSubmatch(m.Body, -1) {
		say, err := url.QueryUnescape(found[1])
		ref, ok := pressedInText(say)
		if err != nil || !ok {
			t.Errorf("a link that sends %q", say)
		}
		refs = append(refs, ref)
	}
	for _, found := range dingtalkPressed.FindAllStringSubmatch(m.Body, -1) {
		refs = append(refs, found[1])
	}
	return refs
}

// dingtalkLint looks at a message of markdown, or at the markdown of a card.
func dingtalkLint(m shown, number string) error {
	if m.Kind != "card" {
		return lintMarkdown(m.Body, m.Body, number)
	}
	var params map[string]string
	if err := json.Unmarshal([]byte(m.Body), &params); err != nil {
		return err
	}
	return lintMarkdown(params["content"], params["buttons"], number)
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
		until(c.t, "that "+request+" is taken", func() bool { return c.heard.Load() > before })
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
		c.fetch = func(c *chat, reply []byte) { f.fetch(c, reply, "", "fay") }
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
