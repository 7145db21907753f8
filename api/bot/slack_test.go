package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/semantic"
)

func TestSlackChallengeIsSignedToo(t *testing.T) {
	t.Parallel()
	o := openOffice(t, parrots(t))
	body := []byte(`{"type":"url_verification","challenge":"c-123","token":"x"}`)
	if got := o.deliver(t, "application/json", body, http.StatusOK); string(got) != "c-123" {
		t.Errorf("%q", got)
	}
	forged := signedAt(time.Now(), "application/json", body)
	forged.Body = append(forged.Body, ' ')
	if status, _, _ := o.hub.Deliver(t.Context(), o.bot, forged); status != http.StatusUnauthorized {
		t.Errorf("a forged challenge: %d", status)
	}
	if status, _, _ := o.hub.Deliver(t.Context(), "none", forged); status != http.StatusNotFound {
		t.Errorf("an unknown bot: %d", status)
	}
	o.deliver(t, "application/json", []byte(`{"type":`), http.StatusBadRequest)
	o.deliver(t, "text/plain", []byte(`x`), http.StatusBadRequest)
}

func TestSlackDirectMessage(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	o.event(t, o.direct("Ufay", "上个月各省销售额前3名"))
	p := o.wait(t, 1)[0]
	p.has(t, "2026年6月1日", "北京", "销售额", "data_table", "wenshu.example/#query=", `"data_visualization"`)
	if p.Method != "chat.postMessage" || p.Channel != "DUfay" {
		t.Error(p.Method, p.Channel)
	}
	o.event(t, o.direct("Ufay", "那去年同期呢"))
	o.wait(t, 2)[1].has(t, "2025年6月1日")
	o.event(t, o.direct("Ufay", "scrap rate by plant in June"))
	o.wait(t, 3)[2].has(t, "Jun 1", "Open in wenshu")
	o.event(t, o.direct("Ufay", "上个月的天气指数"))
	o.wait(t, 4)
}

func TestSlackMentionIsAnsweredInItsThread(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	first := o.mention("CGEN", "Ufay", " 上个月  访问量")
	o.event(t, first)
	p := o.wait(t, 1)[0]
	if p.Thread != first["ts"] {
		t.Errorf("thread %q, want %q", p.Thread, first["ts"])
	}
	next := o.mention("CGEN", "Ufay", "那上上个月呢")
	next["thread_ts"] = first["ts"]
	o.event(t, next)
	o.wait(t, 2)[1].has(t, "2026年5月1日")
}

// TestSlackDeliversOneMessageManyTimes: the same event four times, and one
// message under eleven event ids, as mention and as message.
func TestSlackDeliversOneMessageManyTimes(t *testing.T) {
	t.Parallel()
	o := openOffice(t, parrots(t))
	body := o.envelope(o.direct("Ufay", "上个月销售额"))
	for range 4 {
		o.deliver(t, "application/json", body, http.StatusOK)
	}
	o.wait(t, 1)
	event := o.mention("CGEN", "Ufay", "上个月订单数")
	for range 11 {
		o.event(t, event)
	}
	event["type"], event["channel_type"] = "message", "channel"
	o.event(t, event)
	o.wait(t, 2)
	edited := map[string]any{"type": "message", "subtype": "message_changed", "channel": "DUfay", "channel_type": "im", "ts": o.ts(), "message": map[string]any{"text": "x", "user": "Ufay"}}
	o.event(t, edited)
	echo := o.direct(fakeBot, "上个月销售额")
	o.event(t, echo)
	other := o.direct("Ufay", "上个月销售额")
	other["bot_id"] = "B1"
	o.event(t, other)
	o.wait(t, 2)
}

func TestSlackStrangers(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	o.users["Uguest"] = fakeUser{Email: "fay@example.com", Guest: true}
	o.users["Uother"] = fakeUser{Email: "fay@example.com", Team: "T9999"}
	o.users["Unew"] = fakeUser{}
	for i, user := range []string{"Uguest", "Uother"} {
		o.event(t, o.direct(user, "上个月销售额"))
		o.wait(t, i+1)[i].has(t, chineseWords.Refused)
	}
	foreign := o.mention("CSHARED", "Ufay", "上个月销售额")
	foreign["user_team"] = "T9999"
	o.event(t, foreign)
	p := o.wait(t, 3)[2]
	p.has(t, chineseWords.Refused)
	if p.Method != "chat.postEphemeral" {
		t.Error("a refusal is for one person:", p.Method)
	}
	o.event(t, o.mention("CGEN", "Unew", "上个月销售额"))
	p = o.wait(t, 4)[3]
	p.has(t, chineseWords.Unlinked)
	link, _ := p.buttons()[chineseWords.SignIn]["url"].(string)
	if p.Method != "chat.postEphemeral" || !strings.HasPrefix(link, "https://wenshu.example/link#") {
		t.Fatal(p.Method, link)
	}
	_, token, _ := strings.Cut(link, "#")
	ann, _ := demoAccount("ann")
	if _, err := o.hub.Join(t.Context(), ann, token+"x", true); err == nil {
		t.Error("a forged link joins")
	}
	if who, err := o.hub.Join(t.Context(), ann, token, false); err != nil || who.Done || who.User != "Unew" {
		t.Error(who, err)
	}
	if _, err := o.store.Linked(t.Context(), o.bot, fakeTeam, "Unew", time.Now()); !errors.Is(err, state.ErrNotFound) {
		t.Error("joined before anybody was sure")
	}
	if _, err := o.hub.Join(t.Context(), ann, token, true); err != nil {
		t.Fatal(err)
	}
	o.event(t, o.direct("Unew", "上个月销售额"))
	o.wait(t, 5)[4].has(t, "销售额", "按您的权限")
	o.event(t, map[string]any{"type": "app_uninstalled"})
	until(t, "that what was kept of a tenant that left goes", func() bool {
		_, err := o.store.Linked(t.Context(), o.bot, fakeTeam, "Unew", time.Now())
		return errors.Is(err, state.ErrNotFound)
	})
}

// TestSlackTwoRegionsInOneGroup: neither sees the other's rows, in message,
// picture, file, link or list.
func TestSlackTwoRegionsInOneGroup(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	o.event(t, o.mention("CGEN", "Uann", "上个月各城市销售额"))
	o.event(t, o.mention("CGEN", "Ubob", "上个月各城市销售额"))
	seen := map[string][]fakePost{}
	for _, p := range o.wait(t, 2) {
		if p.Method != "chat.postEphemeral" || p.Channel != "CGEN" {
			t.Fatalf("rows of one person in the group: %s %s", p.Method, p.Text)
		}
		seen[p.User] = append(seen[p.User], p)
	}
	for user, foreign := range map[string][]string{"Uann": {"广州", "深圳", "佛山"}, "Ubob": {"苏州", "南京", "杭州", "上海"}} {
		if len(seen[user]) != 1 {
			t.Fatalf("%s got %d messages", user, len(seen[user]))
		}
		p := seen[user][0]
		p.has(t, chineseWords.OnlyYou)
		for _, name := range foreign {
			if strings.Contains(string(p.Raw), name) {
				t.Errorf("%s sees %s", user, name)
			}
		}
		if _, ok := p.buttons()[chineseWords.Share]; ok {
			t.Error("a share button where nobody may share")
		}
	}
	o.event(t, o.mention("CGEN", "Uann", "上个月各门店销售额前3名"))
	stores := o.wait(t, 3)[2]
	pick := stores.buttons()["pick"]
	anns, bobs := o.typeAhead(t, "Uann", pick["block_id"], ""), o.typeAhead(t, "Ubob", pick["block_id"], "")
	if len(anns) == 0 || len(bobs) == 0 || slices.ContainsFunc(bobs, func(s string) bool { return slices.Contains(anns, s) }) {
		t.Errorf("ann is offered %v, bob %v", anns, bobs)
	}
	o.press(t, "Ubob", stores, map[string]any{"action_id": "pick", "block_id": pick["block_id"], "selected_option": map[string]any{"value": anns[0]}})
	p := o.wait(t, 4)[3]
	if p.Method != "chat.postEphemeral" || p.User != "Ubob" || strings.Contains(p.Text, "¥") {
		t.Errorf("a press shows another's rows: %s %s", p.User, p.Text)
	}
}

// typeAhead asks for members and returns their values.
func (o *office) typeAhead(t testing.TB, user string, block any, typed string) []string {
	t.Helper()
	body, err := json.Marshal(map[string]any{
		"type": "block_suggestion", "team": map[string]any{"id": fakeTeam}, "user": map[string]any{"id": user, "team_id": fakeTeam},
		"container": map[string]any{"channel_id": "CGEN"}, "block_id": block, "action_id": "pick", "value": typed,
	})
	if err != nil {
		t.Fatal(err)
	}
	reply := o.deliver(t, "application/x-www-form-urlencoded", []byte(url.Values{"payload": {string(body)}}.Encode()), http.StatusOK)
	var options struct{ Options []struct{ Value string } }
	if err := json.Unmarshal(reply, &options); err != nil {
		t.Fatal(err)
	}
	var values []string
	for _, one := range options.Options {
		values = append(values, one.Value)
	}
	return values
}

// TestSlackFullRightsAreNotTheGroups: who may see everything publishes nothing
// that the group may not see, unless the group may.
func TestSlackFullRightsAreNotTheGroups(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	o.event(t, o.mention("CGEN", "Ufay", "上个月各省销售额"))
	if p := o.wait(t, 1)[0]; p.Method != "chat.postEphemeral" {
		t.Error("everything was published to everybody:", p.Text)
	}
	o.event(t, o.mention("CFIN", "Ufay", "上个月各省销售额"))
	if p := o.wait(t, 2)[1]; p.Method != "chat.postMessage" || p.Channel != "CFIN" {
		t.Error("a group of finance may see what finance sees:", p.Method)
	}
	o.event(t, o.mention("CFIN", "Uann", "上个月各省销售额"))
	if p := o.wait(t, 3)[2]; p.Method != "chat.postEphemeral" || p.User != "Uann" {
		t.Error("what ann sees is not what the group sees:", p.Method, p.User, p.Text)
	}
}

// TestSlackUnfurlsForEverybody: below a link stands what everybody who reads it
// there may see, whoever posted it, and nothing below what they may not.
func TestSlackUnfurlsForEverybody(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	link := func(channel, user, line string) map[string]any {
		address := "https://wenshu.example/#" + url.Values{"query": {line}}.Encode()
		return map[string]any{"type": "link_shared", "channel": channel, "user": user, "message_ts": o.ts(), "links": []any{map[string]any{"domain": "wenshu.example", "url": address}}}
	}
	o.event(t, link("CFIN", "Ufay", "revenue by province during month(-1)"))
	p := o.wait(t, 1)[0]
	p.has(t, "Beijing", "Jiangsu", "2026")
	if p.Method != "chat.unfurl" || p.Channel != "CFIN" || len(p.buttons()) != 0 {
		t.Error(p.Method, p.Channel, p.buttons())
	}
	o.event(t, link("CFIN", "Uann", "revenue by province during month(-1)"))
	o.wait(t, 2)[1].has(t, "Beijing") // finance may see it there
	for _, user := range []string{"Ufay", "Uann"} {
		o.event(t, link("CGEN", user, "revenue by province during month(-1)"))
	}
	o.event(t, link("CGEN", "Ustranger", "revenue during month(-1)"))
	elsewhere := link("CGEN", "Ufay", "visits during month(-1)")
	elsewhere["links"] = []any{map[string]any{"url": "https://evil.example/#query=visits"}}
	o.event(t, elsewhere)
	o.event(t, o.direct("Uann", "上个月访问量"))
	if p := o.wait(t, 3)[2]; p.Channel != "DUann" {
		t.Errorf("others see %s", p.Raw)
	}
}

func TestSlackShare(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	o.event(t, o.mention("CSHARE", "Uann", "上个月各省销售额"))
	p := o.wait(t, 1)[0]
	share, ok := p.buttons()[chineseWords.Share]
	if p.Method != "chat.postEphemeral" || !ok {
		t.Fatal(p.Method, p.buttons())
	}
	o.press(t, "Ubob", p, map[string]any{"action_id": share["action_id"], "value": share["value"]})
	o.wait(t, 2)[1].has(t, chineseWords.MayNot)
	o.press(t, "Uann", p, map[string]any{"action_id": share["action_id"], "value": "x" + share["value"].(string)})
	o.wait(t, 3)
	o.press(t, "Uann", p, map[string]any{"action_id": share["action_id"], "value": share["value"]})
	shared := o.wait(t, 4)[3]
	if shared.Method != "chat.postMessage" || shared.Channel != "CSHARE" || shared.Thread != p.Thread {
		t.Fatal(shared.Method, shared.Channel, shared.Thread)
	}
	shared.has(t, "江苏", `"user_id":"Uann"`)
}

func TestSlackButtons(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	o.event(t, o.direct("Ufay", "上个月各省销售额"))
	p := o.wait(t, 1)[0]
	buttons := p.buttons()
	o.press(t, "Ufay", p, map[string]any{"action_id": "feedback", "type": "feedback_buttons", "value": buttons["good"]["value"]})
	o.wait(t, 2)[1].has(t, chineseWords.Thanks)
	made, err := company()
	if err != nil {
		t.Fatal(err)
	}
	list, err := made.store.Feedbacks(t.Context(), 10)
	if err != nil || len(list) != 1 || list[0].Thumb != 1 || list[0].Viewer != "fay" {
		t.Error(list, err)
	}
	if got := o.typeAhead(t, "Ufay", buttons["pick"]["block_id"], "江"); len(got) == 0 {
		t.Error("no members to keep to")
	}
	o.press(t, "Ufay", p, map[string]any{"action_id": "pick", "block_id": buttons["pick"]["block_id"], "selected_option": map[string]any{"value": "江苏"}})
	o.wait(t, 3)[2].has(t, "江苏")
	for text, b := range buttons {
		if id, _ := b["action_id"].(string); strings.HasPrefix(id, "button-") {
			o.press(t, "Ufay", p, map[string]any{"action_id": id, "value": b["value"]})
			after := o.wait(t, 4)[3]
			if strings.Contains(after.Text, chineseWords.Stale) {
				t.Errorf("%s is stale", text)
			}
			return
		}
	}
	t.Error("nothing to go on with")
}

func TestSlackClarifiesByButton(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	first := o.mention("CGEN", "Ufay", "上个月的销售")
	o.event(t, first)
	p := o.wait(t, 1)[0]
	choice, ok := p.buttons()["上月销售额"]
	if !ok || p.Method != "chat.postEphemeral" {
		t.Fatal(p.Method, p.buttons())
	}
	o.press(t, "Ufay", p, map[string]any{"action_id": choice["action_id"], "value": choice["value"]})
	answered := o.wait(t, 2)[1]
	answered.has(t, "2026年6月1日", "销售额", "¥")
	if answered.Thread != first["ts"] {
		t.Errorf("answered in %q, asked in %v", answered.Thread, first["ts"])
	}
}

func TestSlackFilesAboveItsLimits(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	o.event(t, o.direct("Ufay", "2025年每天的销售额"))
	posts := o.wait(t, 1)
	forms := map[string][]byte{}
	for _, p := range o.files(t, 2) {
		if p.Channel != "DUfay" {
			t.Fatal(textsOf(posts))
		}
		forms[p.File[strings.LastIndexByte(p.File, '.')+1:]] = p.Raw
	}
	posts[0].has(t, chineseWords.Attached)
	if !bytes.HasPrefix(forms["png"], []byte("\x89PNG")) {
		t.Error("no picture")
	}
	if n := bytes.Count(forms["csv"], []byte("\n")); n < 200 {
		t.Errorf("a file of %d lines", n)
	}
	o.event(t, o.mention("CGEN", "Uann", "2025年每天的销售额"))
	if p := o.wait(t, 2)[1]; p.Method != "chat.postEphemeral" {
		t.Errorf("%s of one person in %s", p.Method, p.Channel)
	}
	for _, p := range o.files(t, 4)[2:] {
		if p.Channel != "DUann" {
			t.Errorf("a file of one person in %s", p.Channel)
		}
	}
}

func TestSlackCommand(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	form := url.Values{"team_id": {fakeTeam}, "channel_id": {"CGEN"}, "user_id": {"Uann"}, "user_name": {"ann"}, "command": {"/wenshu"}, "text": {"上个月各省销售额"}, "trigger_id": {"1.2.3"}, "response_url": {o.URL + "/commands/1"}}
	o.deliver(t, "application/x-www-form-urlencoded", []byte(form.Encode()), http.StatusOK)
	p := o.wait(t, 1)[0]
	if p.Method != "response_url" || p.Type != "ephemeral" {
		t.Error(p.Method, p.Type)
	}
	form.Set("trigger_id", "1.2.4")
	form.Set("response_url", "https://evil.example/x")
	o.deliver(t, "application/x-www-form-urlencoded", []byte(form.Encode()), http.StatusOK)
	if p := o.wait(t, 2)[1]; p.Method != "chat.postEphemeral" {
		t.Error("a foreign address was called:", p.Method)
	}
}

func TestSlackAssistant(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	o.event(t, map[string]any{"type": "assistant_thread_started", "assistant_thread": map[string]any{"user_id": "Ufay", "channel_id": "DUfay", "thread_ts": "1.1", "context": map[string]any{"team_id": fakeTeam}}})
	o.called(t, "assistant.threads.setSuggestedPrompts")
}

func TestSlackFailsWhilePosting(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		refusal fakeRefusal
		times   int
		posts   int
		marked  bool
		hangs   bool
	}{
		"rate limited":         {fakeRefusal{status: 429, after: "1"}, 1, 1, false, false},
		"500, not kept":        {fakeRefusal{status: 500}, 2, 1, true, false},
		"500, but kept":        {fakeRefusal{status: 500, kept: true}, 1, 1, false, false},
		"internal error, kept": {fakeRefusal{code: "internal_error", kept: true}, 1, 1, false, false},
		"no answer, but kept":  {fakeRefusal{status: 500, kept: true}, 1, 1, false, true},
		"refused for good":     {fakeRefusal{code: "msg_blocks_too_long"}, 1, 1, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := openOffice(t, func(config *Config) {
				parrots(t)(config)
				if c.hangs {
					config.Limits.Send = 2 * time.Second
				}
			})
			if c.hangs {
				ended := make(chan struct{})
				t.Cleanup(func() { close(ended) })
				c.refusal.hang = ended
			}
			o.refuse = func(method string, n int) *fakeRefusal {
				if method == "chat.postMessage" && n <= c.times {
					return &c.refusal
				}
				return nil
			}
			o.event(t, o.direct("Ufay", "上个月销售额"))
			p := o.wait(t, c.posts)[0]
			if got := strings.Contains(p.Text, englishWords.Again); got != c.marked {
				t.Errorf("marked as sent again: %v: %s", got, p.Text)
			}
			if strings.Contains(p.Text, "msg_blocks_too_long") != (name == "refused for good") {
				t.Errorf("%s", p.Text)
			}
		})
	}
}

func TestSlackTokenRevoked(t *testing.T) {
	t.Parallel()
	o := openOffice(t, parrots(t))
	o.refuse = func(method string, n int) *fakeRefusal {
		if method == "chat.postMessage" {
			return &fakeRefusal{code: "token_revoked"}
		}
		return nil
	}
	o.event(t, o.direct("Ufay", "上个月销售额"))
	until(t, "that the operator is told", func() bool {
		list, err := o.hub.Health(t.Context())
		return err == nil && list[0].Dead == 1 && list[0].LastFailure == "token_revoked" && list[0].Unsent == 0
	})
}

// TestSlackDeletedBeforeTheAnswer: the hub that accepts answers only later.
func TestSlackDeletedBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	store := empty(t)
	o := &office{fakeSlack: newFakeSlack(t), bot: "slack", store: store}
	var err error
	o.hub, err = New(Config{Setup: Setup{URL: "https://wenshu.example", Bots: []BotSetup{slackSetup("")}}, Service: parrot{}, Store: store, API: o.URL, Limits: quick, Account: demoAccount})
	if err != nil {
		t.Fatal(err)
	}
	m := o.direct("Ufay", "上个月销售额")
	o.event(t, m)
	o.event(t, map[string]any{"type": "message", "subtype": "message_deleted", "channel": "DUfay", "channel_type": "im", "deleted_ts": m["ts"], "ts": o.ts(), "previous_message": map[string]any{"user": "Ufay"}})
	if d, err := store.NextDelivery(context.Background(), state.Lease{Owner: "x", Now: time.Now().Add(time.Hour), For: time.Minute}); !errors.Is(err, state.ErrNotFound) {
		t.Errorf("still there: %v %v", d, err)
	}
}

func TestSlackSocketMode(t *testing.T) {
	t.Parallel()
	o := openOffice(t, func(c *Config) {
		parrots(t)(c)
		c.Setup.Bots = []BotSetup{slackSetup("socket")}
	})
	conn := <-o.sockets
	envelope := func(id, kind string, payload json.RawMessage) {
		if err := conn.WriteJSON(map[string]any{"envelope_id": id, "type": kind, "payload": payload, "accepts_response_payload": true}); err != nil {
			t.Fatal(err)
		}
		var ack struct {
			ID string `json:"envelope_id"`
		}
		if err := conn.ReadJSON(&ack); err != nil || ack.ID != id {
			t.Fatal(ack, err)
		}
	}
	body := o.envelope(o.direct("Ufay", "上个月销售额"))
	envelope("e1", "events_api", body)
	envelope("e2", "events_api", body)
	o.wait(t, 1)
	if err := conn.WriteJSON(map[string]any{"type": "disconnect", "reason": "refresh_requested"}); err != nil {
		t.Fatal(err)
	}
	conn = <-o.sockets
	envelope("e3", "events_api", body)
	command, err := json.Marshal(map[string]any{"team_id": fakeTeam, "channel_id": "CGEN", "user_id": "Uann", "command": "/wenshu", "text": "上个月销售额", "trigger_id": "9", "response_url": o.URL + "/commands/9"})
	if err != nil {
		t.Fatal(err)
	}
	envelope("e4", "slash_commands", command)
	if p := o.wait(t, 2)[1]; p.Method != "response_url" {
		t.Error(p.Method)
	}
	if status, _, _ := o.hub.Deliver(t.Context(), o.bot, signedAt(time.Now(), "application/json", body)); status != http.StatusUnauthorized {
		t.Error("without a secret nothing comes in over HTTP:", status)
	}
}

// slow is a service that answers when it is told to, or when it is cancelled.
type slow struct {
	parrot
	began chan struct{}
	until chan struct{}
}

func (s slow) Ask(ctx context.Context, r answer.Request, events func(answer.Event)) (*answer.Answer, error) {
	s.began <- struct{}{}
	select {
	case <-s.until:
		return s.parrot.Ask(ctx, r, events)
	case <-ctx.Done():
		return &answer.Answer{ID: r.ID, Kind: answer.Failed, Lang: "en", Problems: []answer.Mistake{{Code: semantic.Cancelled, Text: "cancelled"}}}, nil
	}
}

// TestSlackStopsOneConversation: a word stops what is being answered where it is
// said, and is a question like any other elsewhere.
func TestSlackStopsOneConversation(t *testing.T) {
	t.Parallel()
	service := slow{began: make(chan struct{}, 1), until: make(chan struct{})}
	o := openOffice(t, func(c *Config) {
		parrots(t)(c)
		c.Service = service
	})
	o.event(t, o.mention("CGEN", "Ufay", "revenue"))
	<-service.began
	o.event(t, o.direct("Ufay", "stop"))
	<-service.began
	if list := o.said(); len(list) != 0 {
		t.Error(textsOf(list))
	}
	o.event(t, o.direct("Ufay", "stop"))
	o.wait(t, 1)[0].has(t, "cancelled")
	close(service.until)
	o.wait(t, 2)[1].has(t, "you said revenue")
}
