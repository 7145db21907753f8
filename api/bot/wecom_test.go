package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// heard waits until n events are in the inbox.
func (i *inbox) heard(t *testing.T, n int) []Event {
	t.Helper()
	until(t, fmt.Sprint(n, " events"), func() bool { return len(i.events()) >= n })
	return i.events()
}

func TestWecomLongConnection(t *testing.T) {
	f := newFakeWecom(t)
	w := opened(t, wecomVendor, f.settings()).(*wecom)
	w.tether.pause = pause{10 * time.Millisecond, 50 * time.Millisecond}
	w.line.within = longest // a slow machine is no lost connection
	in := listening(t, w)

	in.mu.Lock()
	in.fails = 2 // it is not sent again: we try again
	in.mu.Unlock()
	f.push("r1", f.message("m1", "group1", "ann", "上个月各省销售额", true))
	got := in.heard(t, 1)
	if e := got[0]; e.Text != "上个月各省销售额" || e.ID != "m1" || !e.Where.Group || e.Where.Chat != "group1" || e.From.User != "ann" || e.From.Tenant != fakeWecomCorp || e.From.Foreign {
		t.Fatalf("heard %+v", e)
	}
	to := got[0].Where
	if shown, err := w.Progress(context.Background(), to, Working{Lang: "zh-CN", Text: "正在计算…", Stop: Button{Text: "停止", Ref: "a-reference"}, Say: "发送“停止”可以取消。"}); err != nil || shown == "" {
		t.Fatal(shown, err)
	}
	if _, err := send(t, w, cardMessage("k1", to)); err != nil {
		t.Fatal(err)
	}
	if got := f.shows(1); len(got) != 1 || !strings.Contains(got[0].Body, "上个月销售额为 ¥1,280") || !strings.Contains(got[0].Body, `"key":"reference-of-a-button.0.mac"`) {
		t.Errorf("shown: %+v", got)
	}
	// The stream is over, so the next message is one of its own, and so is a
	// private one.
	if _, err := send(t, w, cardMessage("k2", to)); err != nil {
		t.Fatal(err)
	}
	private := to
	private.Private = true
	if _, err := send(t, w, Message{Key: "k3", To: private, File: &File{Form: "png", Name: "chart.png", Body: bytes.Repeat([]byte("x"), wecomPart+1)}}); err != nil {
		t.Fatal(err)
	}
	list := f.shows(4)
	for i, want := range []shown{{Chat: "stream", Kind: "markdown"}, {Chat: "group1", Kind: "markdown"}, {Chat: "group1", Kind: "template_card"}, {Chat: "ann", Kind: "image"}} {
		if g := list[i]; g.Chat != want.Chat || g.Kind != want.Kind {
			t.Errorf("message %d: %+v, want %+v", i, g, want)
		}
	}
	f.push("r2", f.happened("m2", "group1", "bob", map[string]any{"eventtype": wecomClicked, "template_card_event": map[string]string{"event_key": "a-reference", "task_id": "t"}}))
	f.push("r3", f.happened("m3", "", "bob", map[string]any{"eventtype": wecomRated, "feedback_event": map[string]any{"id": "good|bad", "type": 2}}))
	f.push("r4", f.happened("m4", "", "bob", map[string]any{"eventtype": wecomEntered}))
	kinds := map[EventKind]string{}
	for _, e := range in.heard(t, 4)[1:] {
		kinds[e.Kind] += e.Ref + ";"
	}
	if k := kinds[Pressed]; !strings.Contains(k, "a-reference;") || !strings.Contains(k, "bad;") || kinds[Opened] != ";" {
		t.Errorf("heard %v", kinds)
	}
}

// TestWecomLeavesTheOtherConnectionAlone has a second process take over: two
// that take over from each other would lose what is said in between.
func TestWecomLeavesTheOtherConnectionAlone(t *testing.T) {
	f := newFakeWecom(t)
	open := func() *inbox {
		w := opened(t, wecomVendor, f.settings()).(*wecom)
		w.tether.pause = pause{time.Millisecond, 5 * time.Millisecond}
		w.line.within = longest
		return listening(t, w)
	}
	first := open()
	conn := f.subscribed()
	second := open()
	until(t, "the second process", func() bool { return conn != f.subscribed() })
	now := f.subscribed()
	time.Sleep(100 * time.Millisecond)
	if now != f.subscribed() {
		t.Error("the first took over again")
	}
	f.push("r", f.message("m", "", "ann", "销售额", false))
	second.heard(t, 1)
	if n := len(first.events()); n != 0 {
		t.Errorf("the first heard %d", n)
	}
}

func TestWecomFailures(t *testing.T) {
	f := newFakeWecom(t)
	w := opened(t, wecomVendor, f.settings()).(*wecom)
	w.line.within = longest
	to := Address{Chat: "group1", Group: true, User: "ann"}
	var got Failure
	if _, err := send(t, w, cardMessage("k", to)); !errors.As(err, &got) || got.Never || got.Unsure || got.Code != "not_connected" {
		t.Errorf("without a connection: %+v", got)
	}
	listening(t, w)
	f.subscribed()
	cases := map[int]Failure{45009: {After: time.Minute}, 86001: {Never: true}, 40001: {Never: true, Gone: true}}
	for code, want := range cases {
		f.lock.Lock()
		f.refuse = []int{code}
		f.lock.Unlock()
		var got Failure
		until(t, "that the subscription is acknowledged here too", func() bool {
			_, err := send(t, w, cardMessage("k", to))
			got = Failure{}
			return !errors.As(err, &got) || got.Code != "not_connected"
		})
		if got.Never != want.Never || got.Gone != want.Gone || got.After != want.After {
			t.Errorf("%d: %+v, want %+v", code, got, want)
		}
	}
}

func TestWecomCallback(t *testing.T) {
	f := newFakeWecom(t)
	w := opened(t, wecomVendor, f.callbackSettings()).(*wecom)
	w.patience = longest
	now := time.Now()
	sealed, err := f.seal.shut([16]byte{}, []byte("1616140317555161061"))
	if err != nil {
		t.Fatal(err)
	}
	test := f.callback("", now)
	test.Method, test.Body = http.MethodGet, nil
	test.Query = url.Values{"timestamp": test.Query["timestamp"], "nonce": {"n"}, "echostr": {sealed}, "msg_signature": {f.seal.sign(test.Query.Get("timestamp"), "n", sealed)}}
	if err := w.Verify(test, now); err != nil {
		t.Error(err)
	}
	if r, err := w.Decode(test); err != nil || string(r.Reply) != "1616140317555161061" {
		t.Errorf("the test of the address is answered by %q, %v", r.Reply, err)
	}
	for off, ok := range map[time.Duration]bool{4 * time.Minute: true, -4 * time.Minute: true, 6 * time.Minute: false, -6 * time.Minute: false} {
		if err := w.Verify(f.callback(f.message("m", "", "ann", "销售额", false), now.Add(off)), now); (err == nil) != ok {
			t.Errorf("a clock %v off: %v", off, err)
		}
	}

	r, err := w.Decode(f.callback(f.message("m1", "group1", "ann", "上个月各省销售额", true), now))
	if err != nil || len(r.Events) != 1 || r.Events[0].Text != "上个月各省销售额" {
		t.Fatalf("heard %+v, %v", r, err)
	}
	first := f.opened(r)["stream"].(map[string]any)
	if first["finish"] != false || first["content"] == "" {
		t.Errorf("the first reply is %v", first)
	}
	ask := func() map[string]any {
		t.Helper()
		r, err := w.Decode(f.callback(map[string]any{"msgid": "poll", "aibotid": fakeWecomBot, "from": map[string]string{"userid": "ann"}, "msgtype": "stream", "stream": map[string]any{"id": first["id"]}}, now))
		if err != nil || len(r.Events) != 0 {
			t.Fatalf("%+v, %v", r, err)
		}
		return f.opened(r)["stream"].(map[string]any)
	}
	if s := ask(); s["finish"] != false {
		t.Errorf("there is no answer yet: %v", s)
	}
	sent := make(chan error, 1)
	go func() {
		_, err := send(t, w, cardMessage("k1", r.Events[0].Where))
		sent <- err
	}()
	var s map[string]any
	until(t, "the answer", func() bool {
		s = ask()
		return s["finish"] == true
	})
	if err := <-sent; err != nil || s["finish"] != true || !strings.Contains(s["content"].(string), "上个月销售额为 ¥1,280") {
		t.Errorf("taken: %v, %v", s, err)
	}
	if again := ask(); again["content"] != s["content"] {
		t.Errorf("a reply that got lost is given again: %v", again)
	}
}

// TestWecomCallbackNobodyComes posts an answer that the vendor does not come for
// to the address of the callback, which takes one.
func TestWecomCallbackNobodyComes(t *testing.T) {
	f := newFakeWecom(t)
	w := opened(t, wecomVendor, f.callbackSettings()).(*wecom)
	w.patience = 20 * time.Millisecond
	r, err := w.Decode(f.callback(f.message("m1", "", "ann", "销售额", false), time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	to := r.Events[0].Where
	if _, err := send(t, w, cardMessage("k1", to)); err != nil {
		t.Fatal(err)
	}
	if got := f.shows(1); got[0].Chat != "respond m1" || !strings.Contains(got[0].Body, "上个月销售额为 ¥1,280") {
		t.Errorf("shown: %+v", got)
	}
	private := to
	private.Group, private.Private = true, true
	if calls, err := w.Encode(cardMessage("k2", private)); err != nil || bytes.Contains(calls[0].Body, []byte("1,280")) || !bytes.Contains(calls[0].Body, []byte(chineseWords.AskAlone)) {
		t.Errorf("everybody reads %s, %v", calls, err)
	}
	var failure Failure
	if _, err := send(t, w, cardMessage("k2", to)); !errors.As(err, &failure) || !failure.Never {
		t.Errorf("the address takes one message: %v", err)
	}
	to.Vendor = []byte(`{"reply":"https://qyapi.weixin.qq.com.evil.example/x"}`)
	if _, err := send(t, w, cardMessage("k3", to)); !errors.As(err, &failure) || failure.Code != "no_way" {
		t.Errorf("an address of somebody else is called: %v", err)
	}
}

func TestWecomMentions(t *testing.T) {
	for _, c := range []struct{ text, bot, want string }{
		{"@问数\u2005上个月销售额", "问数", "上个月销售额"}, {"＠问数　上个月  销售额", "问数", "上个月 销售额"}, {"上个月销售额 @问数", "问数", "上个月销售额"},
		{"@问数助手 上个月销售额", "", "上个月销售额"}, {"@张三 的销售额", "问数", "@张三 的销售额"}, {"@问数", "问数", ""},
	} {
		if got := withoutMention(c.text, c.bot); got != c.want {
			t.Errorf("%q of %q is %q, want %q", c.text, c.bot, got, c.want)
		}
	}
}

// TestWecomCallbackPictures: the picture of a chart is in the answer to a
// callback, of which there is one, and so are its buttons.
func TestWecomCallbackPictures(t *testing.T) {
	t.Parallel()
	c := wecomChat(t, true)
	c.link("fay")
	c.ask("singlefay", "fay", "今年每月的销售额", false)
	c.answered(1)
	files := c.server.kept()
	if len(files) != 1 || !bytes.HasPrefix(files[0], []byte("\x89PNG")) {
		t.Errorf("%d pictures", len(files))
	}
	c.ask("singlefay", "fay", revenue, false)
	c.answered(2)
	refs := c.refs()
	if len(refs) == 0 {
		t.Fatalf("no buttons: %+v", c.server.shows(0))
	}
	c.press(c, "fay", "singlefay", refs[0], false) // what it asks has no stream: the address of the callback takes it
	c.answered(3)
}
