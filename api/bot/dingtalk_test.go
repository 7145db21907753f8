package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// inbox takes what a channel accepts, once by its id; the next deliveries fail
// where it is told to fail.
type inbox struct {
	mu    sync.Mutex
	list  []Event
	fails int
}

func (i *inbox) accept(_ context.Context, r Receipt) (Receipt, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.fails > 0 {
		i.fails--
		return r, errors.New("the store is busy")
	}
	for _, e := range r.Events {
		if !slices.ContainsFunc(i.list, func(old Event) bool { return old.ID == e.ID }) {
			i.list = append(i.list, e)
		}
	}
	return r, nil
}

func (i *inbox) events() []Event {
	i.mu.Lock()
	defer i.mu.Unlock()
	return append([]Event{}, i.list...)
}

// listening runs the connection of a channel until the test ends.
func listening(t *testing.T, c Channel) *inbox {
	t.Helper()
	in := &inbox{}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- c.(Listener).Listen(ctx, in.accept) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("listen: %v", err)
			}
		case <-time.After(longest):
			t.Error("the connection does not end")
		}
	})
	return in
}

func jsonText(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestDingtalkStream(t *testing.T) {
	f := newFakeDingtalk(t)
	d := opened(t, dingtalkVendor, f.settings()).(*dingtalk)
	d.tether.pause = pause{10 * time.Millisecond, 50 * time.Millisecond}
	in := listening(t, d)

	if a := f.push("SYSTEM", "ping", "p1", `{"opaque":"x"}`); a.Code != http.StatusOK || a.Data != `{"opaque":"x"}` {
		t.Errorf("ping is answered by %+v", a)
	}
	if a := f.push("CALLBACK", "/v1.0/graph/api/invoke", "g1", `{}`); a.Code != http.StatusNotFound {
		t.Errorf("a topic that is not ours is answered by %+v", a)
	}
	f.push("CALLBACK", dingtalkRobotTopic, "m1", jsonText(t, f.message("msg1", "cidGroup", "ann", "上个月各省销售额", true)))
	got := in.events()
	if len(got) != 1 || got[0].Text != "上个月各省销售额" || got[0].Kind != Asked || got[0].ID != "msg1" || !got[0].Where.Group || got[0].From.User != "ann" || got[0].From.Foreign {
		t.Fatalf("heard %+v", got)
	}

	in.mu.Lock()
	in.fails = 2 // it comes again until it is taken
	in.mu.Unlock()
	f.push("CALLBACK", dingtalkRobotTopic, "m2", jsonText(t, f.message("msg2", "cidGroup", "bob", "订单数", true)))
	if got := in.events(); len(got) != 2 || got[1].ID != "msg2" {
		t.Errorf("heard %+v", got)
	}

	first := f.connection()
	gone, err := json.Marshal(dingtalkFrame{Type: "SYSTEM", Headers: dingtalkHeaders{Topic: "disconnect", Message: "d1"}, Data: `{}`})
	if err != nil {
		t.Fatal(err)
	}
	_ = first.Write(context.Background(), websocket.MessageText, gone)
	until(t, "another connection", func() bool { return first != f.connection() })
	f.push("CALLBACK", dingtalkCardTopic, "c1", jsonText(t, map[string]any{
		"outTrackId": "x", "userId": "ann", "corpId": fakeDingtalkCorp, "spaceId": "dtv1.card//IM_GROUP.cidGroup",
		"content": `{"cardPrivateData":{"actionIds":["press"],"params":{"ref":"a-reference"}}}`,
	}))
	got = in.events()
	if last := got[len(got)-1]; last.Kind != Pressed || last.Ref != "a-reference" || last.Where.Chat != "cidGroup" || !last.Where.Group || last.ID != "c1" {
		t.Errorf("pressed %+v", last)
	}
}

func TestDingtalkKnowsWhoIsFromOutside(t *testing.T) {
	f := newFakeDingtalk(t)
	d := opened(t, dingtalkVendor, f.settings()).(*dingtalk)
	for name, change := range map[string]func(map[string]any){
		"no staff":       func(m map[string]any) { m["senderStaffId"] = "" },
		"another corp":   func(m map[string]any) { m["senderCorpId"] = "other" },
		"another tenant": func(m map[string]any) { m["chatbotCorpId"], m["senderCorpId"] = "other", "other" },
	} {
		m := f.message("m", "cid", "ann", "销售额", true)
		change(m)
		r, err := d.message([]byte(jsonText(t, m)))
		if err != nil || len(r.Events) != 1 || !r.Events[0].From.Foreign {
			t.Errorf("%s: %+v, %v", name, r.Events, err)
		}
	}
	m := f.message("m", "cid", "ann", "销售额", true)
	m["robotCode"] = "another"
	if _, err := d.message([]byte(jsonText(t, m))); err == nil {
		t.Error("a message for another robot is taken")
	}
}

// cardMessage is a card for somebody who asked.
func cardMessage(key string, to Address) Message {
	return Message{Key: key, To: to, Card: &Card{
		Lang: "zh-CN", Headline: "上个月销售额为 ¥1,280", Title: "销售额", Facts: []string{"时间：2026年6月1日–6月30日"},
		Buttons: []Button{{Kind: FollowButton, Text: "去年同期", Ref: "reference-of-a-button.0.mac"}}, Link: Link{"在问数中打开", "https://wenshu.example/#query=revenue"},
	}}
}

func send(t *testing.T, c Channel, m Message) (string, error) {
	t.Helper()
	calls, err := c.Encode(m)
	if err != nil {
		t.Fatal(err)
	}
	return c.Send(context.Background(), m, calls)
}

func TestDingtalkSends(t *testing.T) {
	f := newFakeDingtalk(t)
	d := opened(t, dingtalkVendor, f.settings()).(*dingtalk)
	r, err := d.message([]byte(jsonText(t, f.message("m1", "cidGroup", "ann", "销售额", true))))
	if err != nil {
		t.Fatal(err)
	}
	to := r.Events[0].Where
	if _, err := send(t, d, cardMessage("k1", to)); err != nil {
		t.Fatal(err)
	}
	private := to
	private.Private = true
	if _, err := send(t, d, cardMessage("k2", private)); err != nil {
		t.Fatal(err)
	}
	late := to
	late.Vendor = json.RawMessage(jsonText(t, dingtalkWay{f.http.URL + "/session?chat=cidGroup", time.Now().UnixMilli()}))
	if _, err := send(t, d, cardMessage("k3", late)); err != nil {
		t.Fatal(err)
	}
	forged := to
	forged.Vendor = json.RawMessage(jsonText(t, dingtalkWay{"https://oapi.dingtalk.com.evil.example/robot", time.Now().Add(time.Hour).UnixMilli()}))
	if _, err := send(t, d, cardMessage("k4", forged)); err != nil {
		t.Fatal(err)
	}
	f.revoke() // the next call fetches another token
	if _, err := send(t, d, Message{Key: "k5", To: private, File: &File{Form: "png", Name: "chart.png", Body: []byte("\x89PNG")}}); err != nil {
		t.Fatal(err)
	}
	got := f.shows(5)
	for i, want := range []shown{
		{Chat: "cidGroup", Kind: "markdown"}, {Chat: "ann", Kind: "markdown", Private: true}, {Chat: "cidGroup", Kind: "markdown"}, {Chat: "cidGroup", Kind: "markdown"},
		{Chat: "ann", Kind: "imagemsg", Private: true},
	} {
		if g := got[i]; g.Chat != want.Chat || g.Kind != want.Kind || g.Private != want.Private {
			t.Errorf("message %d: %+v, want %+v", i, g, want)
		}
	}
	if n := f.called("POST /session"); n != 1 {
		t.Errorf("the session's address was used %d times", n)
	}
	if !strings.Contains(got[1].Body, "dtmd://dingtalkclient/sendMessage?content=") || strings.Contains(got[0].Body, "dtmd://") {
		t.Errorf("links that send a message belong to single chats: %q, %q", got[0].Body, got[1].Body)
	}
}

func TestDingtalkCardIsDeliveredOnce(t *testing.T) {
	f := newFakeDingtalk(t)
	s := f.settings()
	s.Options["card_template"] = "template.schema"
	d := opened(t, dingtalkVendor, s)
	to := Address{Tenant: fakeDingtalkCorp, Chat: "cidGroup", Group: true, User: "ann"}
	id, err := send(t, d, cardMessage("k1", to))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := send(t, d, cardMessage("k1", to)); err != nil {
		t.Errorf("the same card again: %v", err)
	}
	m := cardMessage("k2", to)
	m.Replaces, m.Card.Headline = id, "改过的回答"
	if _, err := send(t, d, m); err != nil {
		t.Fatal(err)
	}
	if got := f.shows(1); len(got) != 1 || !strings.Contains(got[0].Body, "改过的回答") || !strings.Contains(f.written[id], "改过的回答") {
		t.Errorf("shown: %+v, written: %v", got, f.written)
	}
	if _, err := send(t, d, m); err != nil {
		t.Errorf("the same text again: %v", err)
	}
	f.mute = true // the application may change cards and not write into them
	m.Key, m.Card.Headline = "k3", "又改过的回答"
	if _, err := send(t, d, m); err != nil {
		t.Fatal(err)
	}
	if got := f.shows(1); !strings.Contains(got[0].Body, "又改过的回答") {
		t.Errorf("shown: %+v", got)
	}
}

func TestDingtalkFailures(t *testing.T) {
	f := newFakeDingtalk(t)
	d := opened(t, dingtalkVendor, f.settings())
	to := Address{Tenant: fakeDingtalkCorp, Chat: "cidGroup", Group: true, User: "ann"}
	cases := []struct {
		how  func(http.ResponseWriter)
		want Failure
	}{
		{status(http.StatusInternalServerError, "oops"), Failure{Unsure: true}},
		{status(http.StatusTooManyRequests, ""), Failure{}},
		{status(http.StatusForbidden, `{"code":"Forbidden.AccessDenied.AccessTokenPermissionDenied","message":"no"}`), Failure{Never: true, Gone: true}},
		{status(http.StatusBadRequest, `{"code":"invalidParameter","message":"no"}`), Failure{Never: true}},
		{status(http.StatusBadRequest, `{"code":"Throttling.User","message":"slow down"}`), Failure{After: time.Minute}},
	}
	for _, c := range cases {
		f.fail(c.how)
		_, err := send(t, d, cardMessage("k", to))
		var got Failure
		if !errors.As(err, &got) || got.Unsure != c.want.Unsure || got.Never != c.want.Never || got.Gone != c.want.Gone || got.After != c.want.After {
			t.Errorf("%+v, want %+v", got, c.want)
		}
	}
}

// sealedBy is a callback with an encrypted body, signed at a time.
func sealedBy(t *testing.T, s seal, body string, at time.Time) Request {
	t.Helper()
	stamp := strconv.FormatInt(at.UnixMilli(), 10)
	sealed, err := s.shutFor(stamp, "nonce", []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return Request{
		Method: http.MethodPost, Body: []byte(jsonText(t, dingtalkSealed{Encrypt: sealed})),
		Query: url.Values{"msg_signature": {s.sign(stamp, "nonce", sealed)}, "timestamp": {stamp}, "nonce": {"nonce"}},
	}
}

// TestDingtalkSealedCallback: with body encryption nothing else comes in, and
// the reply is sealed as well.
func TestDingtalkSealedCallback(t *testing.T) {
	f := newFakeDingtalk(t)
	s := f.settings()
	s.Options["connection"] = "callback"
	s.Secrets["token"], s.Secrets["aes_key"] = "dingtalk-callback-token", strings.Repeat("k", 43)
	d := opened(t, dingtalkVendor, s).(*dingtalk)
	now := time.Now()
	said := jsonText(t, f.message("m1", "cidGroup", "ann", "上个月各省销售额", true))
	r := sealedBy(t, *d.seal, said, now)
	if err := d.Verify(r, now); err != nil {
		t.Fatal(err)
	}
	got, err := d.Decode(r)
	if err != nil || len(got.Events) != 1 || got.Events[0].Text != "上个月各省销售额" {
		t.Fatalf("%+v, %v", got, err)
	}
	var reply dingtalkSealed
	if err := json.Unmarshal(got.Reply, &reply); err != nil {
		t.Fatal(err)
	}
	if word, err := d.seal.open(reply.Signature, reply.Timestamp, reply.Nonce, reply.Encrypt); err != nil || string(word) != "success" {
		t.Errorf("the reply is %q, %v", word, err)
	}
	if got, err := d.Decode(sealedBy(t, *d.seal, `{"EventType":"check_url"}`, now)); err != nil || len(got.Events) != 0 || len(got.Reply) == 0 {
		t.Errorf("the test of the address: %+v, %v", got, err)
	}
	press := jsonText(t, map[string]any{"outTrackId": "x", "userId": "ann", "corpId": fakeDingtalkCorp, "content": `{"cardPrivateData":{"params":{"ref":"a-reference"}}}`})
	if got, err := d.Decode(sealedBy(t, *d.seal, press, now)); err != nil || len(got.Events) != 1 || got.Events[0].Kind != Pressed || got.Events[0].ID == "" {
		t.Errorf("a press: %+v, %v", got, err)
	}
	for off, ok := range map[time.Duration]bool{4 * time.Minute: true, -4 * time.Minute: true, 6 * time.Minute: false, -6 * time.Minute: false} {
		if err := d.Verify(sealedBy(t, *d.seal, said, now.Add(off)), now); (err == nil) != ok {
			t.Errorf("a clock %v off: %v", off, err)
		}
	}
	stamp := strconv.FormatInt(now.UnixMilli(), 10)
	plain := Request{Method: http.MethodPost, Body: []byte(said), Header: http.Header{"Timestamp": {stamp}, "Sign": {dingtalkSign(stamp, fakeDingtalkSecret)}}}
	if err := d.Verify(plain, now); !errors.Is(err, ErrForged) {
		t.Errorf("a body that is not encrypted: %v", err)
	}
	foreign, err := newSeal("dingtalk-callback-token", strings.Repeat("k", 43), "another application")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Verify(sealedBy(t, foreign, said, now), now); !errors.Is(err, ErrForged) {
		t.Errorf("for another application: %v", err)
	}
	for i := range r.Body {
		changed := r
		changed.Body = bytes.Clone(r.Body)
		changed.Body[i] ^= 1
		if err := d.Verify(changed, now); err == nil {
			t.Errorf("byte %d of the body does not matter: %s", i, changed.Body)
		}
	}
	delete(s.Secrets, "token")
	if _, err := openDingtalk(s); err == nil {
		t.Error("a key without a token is taken")
	}
}
