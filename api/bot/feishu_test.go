package bot

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestFeishuLongConnection(t *testing.T) {
	f := newFakeFeishu(t)
	c := opened(t, feishuVendor, f.settings()).(*feishu)
	c.tether.pause = pause{10 * time.Millisecond, 50 * time.Millisecond}
	in := listening(t, c)

	a := f.push("m1", f.message("1", "oc_group", "ou_ann", "上个月各省销售额", true))
	if reply, err := base64.StdEncoding.DecodeString(a.Data); a.Code != http.StatusOK || err != nil || string(reply) != "{}" {
		t.Errorf("acknowledged by %+v: %q, %v", a, reply, err)
	}
	got := in.events()
	if len(got) != 1 || got[0].Text != "上个月各省销售额" || got[0].ID != "ev_1" || got[0].Message != "om_1" || !got[0].Where.Group || got[0].From.User != "ou_ann" || got[0].From.Foreign {
		t.Fatalf("heard %+v", got)
	}
	in.mu.Lock()
	in.fails = 2
	in.mu.Unlock()
	f.parts = 3
	f.push("m2", f.message("2", "oc_p2p", "ou_bob", strings.Repeat("订单数", 100), false))
	if got := in.events(); len(got) != 2 || got[1].ID != "ev_2" || got[1].Where.Group {
		t.Errorf("heard %+v", got)
	}
	first := f.connection()
	first.CloseNow()
	until(t, "another connection", func() bool { return first != f.connection() })
	f.parts = 1
	f.push("m3", f.event("ev_3", feishuCardEvent, map[string]any{
		"operator": map[string]string{"tenant_key": fakeFeishuTenant, "open_id": "ou_ann"},
		"action":   map[string]any{"tag": "button", "value": feishuValue{Ref: "a-reference", Group: true, Thread: "omt_1"}},
		"context":  map[string]string{"open_message_id": "om_9", "open_chat_id": "oc_group"},
	}))
	got = in.events()
	if last := got[len(got)-1]; last.Kind != Pressed || last.Ref != "a-reference" || last.Where.Chat != "oc_group" || last.Where.Thread != "omt_1" || !last.Where.Group {
		t.Errorf("pressed %+v", last)
	}
	until(t, "a ping", func() bool {
		f.lock.Lock()
		defer f.lock.Unlock()
		return f.pings > 0
	})
}

func TestFeishuIsRefusedForGood(t *testing.T) {
	f := newFakeFeishu(t)
	s := f.settings()
	s.Secrets["app_secret"] = "another-secret-0000"
	err := opened(t, feishuVendor, s).(Listener).Listen(context.Background(), (&inbox{}).accept)
	var failure Failure
	if !errors.As(err, &failure) || !failure.Gone {
		t.Errorf("a wrong secret: %v", err)
	}
}

func TestFeishuHearsOnlyWhatIsMeant(t *testing.T) {
	f := newFakeFeishu(t)
	c := opened(t, feishuVendor, f.callbackSettings()).(*feishu)
	self := fakeFeishuBot
	c.self.Store(&self)
	change := func(edit func(sender, message map[string]any)) map[string]any {
		e := f.message("1", "oc", "ou_ann", "销售额", true)
		inner := e["event"].(map[string]any)
		edit(inner["sender"].(map[string]any), inner["message"].(map[string]any))
		return e
	}
	mention := func(open string) []any {
		return []any{map[string]any{"key": "@_user_1", "id": map[string]string{"open_id": open}, "name": "某人"}}
	}
	cases := map[string]struct {
		event map[string]any
		want  int
	}{
		"mentioned":      {change(func(_, _ map[string]any) {}), 1},
		"another person": {change(func(_, m map[string]any) { m["mentions"] = mention("ou_other") }), 0},
		"no mention":     {change(func(_, m map[string]any) { delete(m, "mentions") }), 0},
		"another app":    {change(func(s, _ map[string]any) { s["sender_type"] = "app" }), 0},
		"a picture":      {change(func(_, m map[string]any) { m["message_type"], m["content"] = "image", `{"image_key":"x"}` }), 0},
		"another event":  {f.event("e", "im.chat.updated_v1", map[string]any{}), 0},
	}
	for name, one := range cases {
		r := f.callback(one.event, time.Now())
		if err := c.Verify(r, time.Now()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		got, err := c.Decode(r)
		if err != nil || len(got.Events) != one.want || string(got.Reply) != "{}" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	foreign := change(func(s, _ map[string]any) { s["tenant_key"] = "other" })
	if got, err := c.Decode(f.callback(foreign, time.Now())); err != nil || !got.Events[0].From.Foreign {
		t.Errorf("somebody of another tenant: %+v, %v", got, err)
	}
	other := f.message("1", "oc", "ou_ann", "销售额", true)
	other["header"].(map[string]string)["app_id"] = "cli_other"
	if _, err := c.Decode(f.callback(other, time.Now())); err == nil {
		t.Error("an event for another application is taken")
	}
	if f.callback(other, time.Now()).Header == nil || c.Verify(f.callback(other, time.Now().Add(-6*time.Minute)), time.Now()) == nil {
		t.Error("an event of six minutes ago is taken")
	}
}

func TestFeishuChallenge(t *testing.T) {
	f := newFakeFeishu(t)
	c := opened(t, feishuVendor, f.callbackSettings())
	for token, ok := range map[string]bool{fakeFeishuToken: true, "another": false} {
		r := f.callback(map[string]string{"type": "url_verification", "challenge": "say this", "token": token}, time.Now())
		r.Header = http.Header{} // a challenge is not signed
		if err := c.Verify(r, time.Now()); (err == nil) != ok {
			t.Errorf("token %q: %v", token, err)
		}
		if !ok {
			continue
		}
		if got, err := c.Decode(r); err != nil || string(got.Reply) != `{"challenge":"say this"}` || got.Type != "application/json" {
			t.Errorf("challenge: %+v, %v", got, err)
		}
	}
	unsigned := f.callback(f.message("1", "oc", "ou_ann", "销售额", false), time.Now())
	unsigned.Header = http.Header{}
	if c.Verify(unsigned, time.Now()) == nil {
		t.Error("an event without a signature is taken")
	}
}

func TestFeishuSends(t *testing.T) {
	f := newFakeFeishu(t)
	c := opened(t, feishuVendor, f.settings()).(*feishu)
	to := c.address(Person{Tenant: fakeFeishuTenant, User: "ou_ann"}, "oc_group", "", true, "om_1")
	id, err := send(t, c, cardMessage("k1", to))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := send(t, c, cardMessage("k1", to)); err != nil || again != id {
		t.Errorf("the same message again is %q and %v, want %q", again, err, id)
	}
	f.revoke()
	private := to
	private.Private = true
	if _, err := send(t, c, cardMessage("k2", private)); err != nil {
		t.Fatal(err)
	}
	if _, err := send(t, c, Message{Key: "k3", To: to, File: &File{Form: "png", Name: "chart.png", Body: []byte("\x89PNG")}}); err != nil {
		t.Fatal(err)
	}
	if _, err := send(t, c, Message{Key: "k4", To: private, File: &File{Form: "csv", Name: "表.csv", Body: []byte("a,b")}}); err != nil {
		t.Fatal(err)
	}
	m := cardMessage("k5", to)
	m.Replaces, m.Card.Headline = id, "改过的回答"
	if _, err := send(t, c, m); err != nil {
		t.Fatal(err)
	}
	got := f.shows(4)
	for i, want := range []shown{
		{Chat: "reply to om_1", Kind: "interactive"}, {Chat: "ou_ann", Private: true, Kind: "interactive"},
		{Chat: "reply to om_1", Kind: "image", Body: `{"image_key":"key_1"}`}, {Chat: "ou_ann", Private: true, Kind: "file", Body: `{"file_key":"key_1"}`},
	} {
		g := got[i]
		if g.Chat != want.Chat || g.Kind != want.Kind || g.Private != want.Private || want.Body != "" && g.Body != want.Body {
			t.Errorf("message %d: %+v, want %+v", i, g, want)
		}
	}
	if len(got) != 4 || !strings.Contains(got[0].Body, "改过的回答") {
		t.Errorf("shown: %+v", got)
	}
}

func TestFeishuProgressBecomesTheAnswer(t *testing.T) {
	f := newFakeFeishu(t)
	c := opened(t, feishuVendor, f.settings()).(*feishu)
	to := c.address(Person{Tenant: fakeFeishuTenant, User: "ou_ann"}, "oc_group", "", true, "om_1")
	shown, err := c.Progress(context.Background(), to, Working{Lang: "zh-CN", Text: "正在计算…", Stop: Button{Text: "停止", Ref: "a-reference"}, Say: "发送“停止”可以取消。"})
	if err != nil {
		t.Fatal(err)
	}
	if got := f.shows(1)[0]; !strings.Contains(got.Body, "正在计算…") || !strings.Contains(got.Body, `"streaming_mode":true`) {
		t.Errorf("shown: %+v", got)
	}
	m := cardMessage("k1", to)
	m.Replaces = shown
	f.fail(status(http.StatusInternalServerError, "oops")) // the change may have been made
	if _, err := send(t, c, m); err == nil {
		t.Fatal("a failure is no success")
	}
	for range 2 { // made twice, it is made once
		id, err := send(t, c, m)
		if err != nil {
			t.Fatal(err)
		}
		got := f.shows(1)
		if len(got) != 1 || got[0].ID != id || !strings.Contains(got[0].Body, "上个月销售额为 ¥1,280") {
			t.Errorf("shown: %+v", got)
		}
	}
	for name, card := range f.cards {
		if card.streaming || card.sequence != 1 {
			t.Errorf("%s: %+v", name, card)
		}
	}
	if _, err := send(t, c, cardMessage("k2", to)); err != nil || len(f.shows(2)) != 2 {
		t.Errorf("the next answer is a message of its own: %v", err)
	}
}

func TestFeishuFailures(t *testing.T) {
	f := newFakeFeishu(t)
	c := opened(t, feishuVendor, f.settings())
	to := Address{Chat: "oc", User: "ou"}
	cases := []struct {
		how  func(http.ResponseWriter)
		want Failure
	}{
		{status(http.StatusBadGateway, "oops"), Failure{Unsure: true}},
		{status(http.StatusTooManyRequests, `{"code":99991400}`), Failure{}},
		{status(http.StatusOK, `{"code":230020,"msg":"too often"}`), Failure{After: time.Second}},
		{status(http.StatusBadRequest, `{"code":230002,"msg":"the bot is not in the chat"}`), Failure{Never: true}},
		{status(http.StatusBadRequest, `{"code":99991662,"msg":"switched off"}`), Failure{Never: true, Gone: true}},
	}
	for _, one := range cases {
		f.fail(one.how)
		_, err := send(t, c, cardMessage("k", to))
		var got Failure
		if !errors.As(err, &got) || got.Unsure != one.want.Unsure || got.Never != one.want.Never || got.Gone != one.want.Gone || got.After != one.want.After {
			t.Errorf("%+v, want %+v", got, one.want)
		}
	}
}

// FuzzFeishuFrame holds that a frame is read as it is written, and that nothing
// else panics.
func FuzzFeishuFrame(f *testing.F) {
	f.Add(feishuFrame{Seq: 1, Log: 2, Service: 3, Method: 1, Headers: []feishuHeader{{"type", "event"}}, Payload: []byte("{}"), LogString: "x"}.encode())
	f.Add([]byte{0x08})
	f.Fuzz(func(t *testing.T, b []byte) {
		frame, err := feishuDecodeFrame(b)
		if err != nil {
			return
		}
		again, err := feishuDecodeFrame(frame.encode())
		if err != nil || string(again.encode()) != string(frame.encode()) {
			t.Errorf("%+v is read as %+v, %v", frame, again, err)
		}
	})
}
