package bot

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"wenshu/answer"
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

// TestSlackHearsPeople: a mention that comes as a message too is one question,
// and what bots say is none.
func TestSlackHearsPeople(t *testing.T) {
	t.Parallel()
	o := openOffice(t, parrots(t))
	event := o.mention("CGEN", "Ufay", "上个月订单数")
	o.event(t, event)
	event["type"], event["channel_type"] = "message", "channel"
	o.event(t, event)
	o.wait(t, 1)
	echo := o.direct(fakeBot, "上个月销售额")
	o.event(t, echo)
	other := o.direct("Ufay", "上个月销售额")
	other["bot_id"] = "B1"
	o.event(t, other)
	o.event(t, o.direct("Ufay", "上个月订单数"))
	o.wait(t, 2)
}

// TestSlackStrangers: the directory says who is a guest or of another workspace,
// where the event does not.
func TestSlackStrangers(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	o.users["Uguest"] = fakeUser{Email: "fay@example.com", Guest: true}
	o.users["Uother"] = fakeUser{Email: "fay@example.com", Team: "T9999"}
	for i, user := range []string{"Uguest", "Uother"} {
		o.event(t, o.direct(user, "上个月销售额"))
		o.wait(t, i+1)[i].has(t, chineseWords.Refused)
	}
	o.event(t, o.direct("Ufay", "上个月销售额"))
	o.wait(t, 3)[2].has(t, "2026年6月1日")
}

// TestSlackPick: the list of members is each person's own, and a pick of another's
// shows nothing of them.
func TestSlackPick(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	o.event(t, o.mention("CGEN", "Uann", "上个月各门店销售额前3名"))
	stores := o.wait(t, 1)[0]
	pick := stores.buttons()["pick"]
	anns, bobs := o.typeAhead(t, "Uann", pick["block_id"], ""), o.typeAhead(t, "Ubob", pick["block_id"], "")
	if len(anns) == 0 || len(bobs) == 0 || slices.ContainsFunc(bobs, func(s string) bool { return slices.Contains(anns, s) }) {
		t.Errorf("ann is offered %v, bob %v", anns, bobs)
	}
	o.press(t, "Ubob", stores, map[string]any{"action_id": "pick", "block_id": pick["block_id"], "selected_option": map[string]any{"value": anns[0]}})
	p := o.wait(t, 2)[1]
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
	o.users["Uann"] = fakeUser{Email: "ann@example.com", Locale: "zh-CN"}
	o.event(t, link("CFIN", "Uann", "revenue by province during month(-1)"))
	o.wait(t, 2)[1].has(t, "北京", "销售额") // finance may see it there, in the language of ann's client
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

func TestSlackAnswersInTheThread(t *testing.T) {
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

// TestSlackBareMention: a mention without a question is told what to write.
func TestSlackBareMention(t *testing.T) {
	t.Parallel()
	o := openOffice(t, nil)
	o.event(t, o.mention("CGEN", "Ufay", ""))
	o.wait(t, 1)[0].has(t, wordsFor("en").Empty)
}
