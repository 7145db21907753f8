package bot

import (
	"cmp"
	"context"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// fakeWecom speaks WeCom's protocol: the long connection of an AI bot, where a
// new connection takes the place of the old one, every frame of ours is
// acknowledged and a stream takes changes until it is finished; and encrypted
// callbacks, where it comes for a stream until that is finished, and whose
// address takes one message.
type fakeWecom struct {
	vendorServer

	lock    sync.Mutex
	conn    *websocket.Conn // that is subscribed
	number  int
	streams map[string]bool // finished, by id
	open    map[string]bool // requests that may be answered
	uploads map[string]*fakeUpload
	used    map[string]bool // addresses of callbacks
	refuse  []int           // codes of the next answers
	silent  chan struct{}   // closed when one of them was fakeSilence
	pings   int
	seal    seal
}

// fakeSilence is the code of an acknowledgement that does not come.
const fakeSilence = -999

// refuses answers the next frames by codes, and tells when one is not answered.
func (f *fakeWecom) refuses(codes ...int) (silent <-chan struct{}) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.refuse, f.silent = append(f.refuse, codes...), make(chan struct{})
	return f.silent
}

type fakeUpload struct {
	size   int
	sum    string
	chunks map[int][]byte
}

const (
	fakeWecomBot    = "aib-bot-1"
	fakeWecomSecret = "wecom-secret-0001"
	fakeWecomCorp   = "wwcorp1"
	fakeWecomToken  = "wecom-callback-token"
)

var fakeWecomKey = strings.Repeat("k", 43)

func newFakeWecom(t *testing.T) *fakeWecom {
	f := &fakeWecom{streams: map[string]bool{}, open: map[string]bool{}, uploads: map[string]*fakeUpload{}, used: map[string]bool{}}
	var err error
	if f.seal, err = newSeal(fakeWecomToken, fakeWecomKey, ""); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", f.connect)
	mux.HandleFunc("POST /respond", f.respond)
	f.start(t, mux)
	return f
}

func (f *fakeWecom) settings() Settings {
	return Settings{
		Name: "wecom", API: f.http.URL, Tenants: []string{fakeWecomCorp}, Now: time.Now,
		Secrets: map[string]string{"secret": fakeWecomSecret}, Options: map[string]string{"bot_id": fakeWecomBot, "bot_name": "问数"},
	}
}

func (f *fakeWecom) callbackSettings() Settings {
	s := f.settings()
	s.Secrets = map[string]string{"token": fakeWecomToken, "aes_key": fakeWecomKey}
	s.Options["connection"] = "callback"
	return s
}

// wecomSent is a frame as the vendor sends it.
type wecomSent struct {
	Command string       `json:"cmd,omitempty"`
	Headers wecomHeaders `json:"headers"`
	Body    any          `json:"body,omitempty"`
	Code    *int         `json:"errcode,omitempty"`
	Msg     string       `json:"errmsg,omitempty"`
}

func (f *fakeWecom) write(conn *websocket.Conn, s wecomSent) {
	b, err := json.Marshal(s)
	if err != nil {
		f.t.Error(err)
	}
	_ = conn.Write(context.Background(), websocket.MessageText, b)
}

func (f *fakeWecom) connect(w http.ResponseWriter, r *http.Request) {
	conn, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	conn.SetReadLimit(4 << 20)
	defer conn.CloseNow()
	for {
		_, b, err := conn.Read(r.Context())
		if err != nil {
			break
		}
		var in wecomFrame
		if err := json.Unmarshal(b, &in); err != nil {
			f.t.Errorf("a frame: %v", err)
			continue
		}
		code, body := f.command(conn, in)
		if code == fakeSilence {
			continue
		}
		f.write(conn, wecomSent{Headers: in.Headers, Code: &code, Msg: "as it is", Body: body})
	}
	f.lock.Lock()
	if f.conn == conn {
		f.conn = nil
	}
	f.lock.Unlock()
}

// command does what a frame says, and returns the code of its acknowledgement.
func (f *fakeWecom) command(conn *websocket.Conn, in wecomFrame) (int, any) {
	f.lock.Lock()
	defer f.lock.Unlock()
	var body map[string]any
	if err := json.Unmarshal(in.Body, &body); err != nil {
		f.t.Errorf("%s: %v", in.Command, err)
	}
	if in.Command == wecomSubscribe {
		return f.subscribe(conn, body), nil
	}
	if f.conn != conn {
		return 846601, nil // not subscribed
	}
	if len(f.refuse) > 0 && in.Command != wecomPing {
		code := f.refuse[0]
		f.refuse = f.refuse[1:]
		if code == fakeSilence {
			close(f.silent)
		}
		return code, nil
	}
	switch in.Command {
	case wecomPing:
		f.pings++
	case wecomWelcome:
		f.show(shown{Chat: "welcome " + in.Headers.Request, Kind: "text", Body: string(in.Body)})
	case wecomRespond:
		if !f.open[in.Headers.Request] {
			return 846605, nil
		}
		return f.stream(body), nil
	case wecomPush:
		f.pushed(body)
	default:
		return f.upload(in.Command, body)
	}
	return 0, nil
}

func (f *fakeWecom) subscribe(conn *websocket.Conn, body map[string]any) int {
	if body["bot_id"] != fakeWecomBot || body["secret"] != fakeWecomSecret {
		return 853000
	}
	if old := f.conn; old != nil {
		f.write(old, wecomSent{Command: wecomHappened, Headers: wecomHeaders{"gone"}, Body: map[string]any{"msgid": "gone", "msgtype": "event", "event": map[string]string{"eventtype": wecomReplaced}}})
		go old.Close(websocket.StatusNormalClosure, "another connection")
	}
	f.conn = conn
	return 0
}

// stream takes the state of a stream, until it is finished.
func (f *fakeWecom) stream(body map[string]any) int {
	s, ok := body["stream"].(map[string]any)
	if !ok {
		f.t.Errorf("no stream: %v", body)
		return 40008
	}
	id, content := fmt.Sprint(s["id"]), fmt.Sprint(s["content"])
	if len(content) > wecomLimit {
		return 40058
	}
	over, there := f.streams[id]
	if over {
		return 846608
	}
	f.streams[id] = s["finish"] == true
	if !f.streams[id] {
		f.progress()
	}
	text := content
	if card := body["template_card"]; card != nil {
		f.lint(card)
		text += "\n" + jsonText(f.t, card)
	}
	if !there {
		f.show(shown{ID: id, Chat: "stream", Kind: "markdown", Body: text})
	} else {
		f.change(id, text)
	}
	return 0
}

// lint holds a template card to its limits.
func (f *fakeWecom) lint(card any) {
	c, _ := card.(map[string]any)
	buttons, _ := c["button_list"].([]any)
	task, _ := c["task_id"].(string)
	if c["card_type"] != "button_interaction" || len(buttons) == 0 || len(buttons) > 6 || task == "" || len(task) > 128 {
		f.t.Errorf("no card: %v", card)
	}
	keys := map[any]bool{}
	for _, b := range buttons {
		key := b.(map[string]any)["key"]
		if keys[key] || key == "" || len(fmt.Sprint(key)) > 1024 {
			f.t.Errorf("the key of a button: %v", key)
		}
		keys[key] = true
	}
}

func (f *fakeWecom) pushed(body map[string]any) {
	kind := fmt.Sprint(body["msgtype"])
	if kind == "template_card" {
		f.lint(body[kind])
	}
	inner, _ := body[kind].(map[string]any)
	text := jsonText(f.t, inner)
	if content, ok := inner["content"].(string); ok {
		text = content
	}
	chat := fmt.Sprint(body["chatid"])
	f.show(shown{Chat: chat, Kind: kind, Body: text, Private: !strings.HasPrefix(chat, "group")})
}

func (f *fakeWecom) upload(command string, body map[string]any) (int, any) {
	id := fmt.Sprint(body["upload_id"])
	up := f.uploads[id]
	switch command {
	case wecomUploadStart:
		f.number++
		id = fmt.Sprint("upload ", f.number)
		f.uploads[id] = &fakeUpload{size: int(body["total_size"].(float64)), sum: fmt.Sprint(body["md5"]), chunks: map[int][]byte{}}
		return 0, map[string]string{"upload_id": id}
	case wecomUploadPart:
		b, err := base64.StdEncoding.DecodeString(fmt.Sprint(body["base64_data"]))
		if err != nil || up == nil || len(b) > wecomPart {
			return 40009, nil
		}
		up.chunks[int(body["chunk_index"].(float64))] = b
		return 0, nil
	case wecomUploadEnd:
		var whole []byte
		for i := range len(up.chunks) {
			whole = append(whole, up.chunks[i]...)
		}
		if sum := md5.Sum(whole); len(whole) != up.size || hex.EncodeToString(sum[:]) != up.sum {
			return 40009, nil
		}
		f.keep(whole)
		return 0, map[string]any{"type": "image", "media_id": "media of " + id, "created_at": "1"}
	}
	f.t.Errorf("an unknown command: %s", command)
	return 40058, nil
}

// subscribed waits for a connection that is.
func (f *fakeWecom) subscribed() (conn *websocket.Conn) {
	f.t.Helper()
	until(f.t, "a connection", func() bool {
		f.lock.Lock()
		defer f.lock.Unlock()
		conn = f.conn
		return conn != nil
	})
	return conn
}

// push says over the long connection what somebody wrote or did.
func (f *fakeWecom) push(request string, message map[string]any) {
	f.t.Helper()
	command := wecomSaid
	if message["msgtype"] == "event" {
		command = wecomHappened
	}
	conn := f.subscribed()
	f.lock.Lock()
	f.open[request] = command == wecomSaid
	f.lock.Unlock()
	f.write(conn, wecomSent{Command: command, Headers: wecomHeaders{request}, Body: message})
}

// message is what somebody writes; in a group the bot is mentioned.
func (f *fakeWecom) message(id, chat, user, text string, group bool) map[string]any {
	m := map[string]any{
		"msgid": id, "aibotid": fakeWecomBot, "chattype": "single", "from": map[string]string{"userid": user}, "msgtype": "text",
		"text": map[string]string{"content": text}, "create_time": time.Now().Unix(), "response_url": f.http.URL + "/respond?id=" + id,
	}
	if group {
		m["chattype"], m["chatid"], m["text"] = "group", chat, map[string]string{"content": "@问数\u2005" + text}
	}
	return m
}

// happened is an event of somebody.
func (f *fakeWecom) happened(id, chat, user string, event map[string]any) map[string]any {
	m := f.message(id, chat, user, "", chat != "")
	m["msgtype"], m["event"] = "event", event
	delete(m, "text")
	return m
}

func (f *fakeWecom) respond(w http.ResponseWriter, r *http.Request) {
	id := r.URL.Query().Get("id")
	f.lock.Lock()
	used := f.used[id]
	f.used[id] = true
	f.lock.Unlock()
	if used {
		reply(w, map[string]any{"errcode": 60140, "errmsg": "the address was used"})
		return
	}
	var in struct {
		Type     string                   `json:"msgtype"`
		Markdown struct{ Content string } `json:"markdown"`
	}
	f.body(r, &in)
	f.show(shown{Chat: "respond " + id, Kind: in.Type, Body: in.Markdown.Content})
	reply(w, map[string]any{"errcode": 0, "errmsg": "ok"})
}

// callback is a message as it comes by HTTP: sealed, and signed at a time.
func (f *fakeWecom) callback(message any, now time.Time) Request {
	f.t.Helper()
	sealed, err := f.seal.shut([16]byte{7}, []byte(jsonText(f.t, message)))
	if err != nil {
		f.t.Fatal(err)
	}
	stamp := strconv.FormatInt(now.Unix(), 10)
	return Request{Method: http.MethodPost, Body: []byte(jsonText(f.t, map[string]string{"encrypt": sealed})), Query: url.Values{
		"timestamp": {stamp}, "nonce": {"nonce"}, "msg_signature": {f.seal.sign(stamp, "nonce", sealed)},
	}}
}

// opened opens the reply to a callback.
func (f *fakeWecom) opened(r Receipt) map[string]any {
	f.t.Helper()
	var e struct{ Encrypt, Msgsignature, Timestamp, Nonce string }
	if err := json.Unmarshal(r.Reply, &e); err != nil {
		f.t.Fatalf("the reply %q: %v", r.Reply, err)
	}
	b, err := f.seal.open(e.Msgsignature, e.Timestamp, e.Nonce, e.Encrypt)
	if err != nil {
		f.t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		f.t.Fatal(err)
	}
	return m
}

// deliver brings a message by callback, and comes for its answer until that is
// finished.
func (f *fakeWecom) deliver(c *chat, message map[string]any) {
	c.t.Helper()
	reply := c.deliver(f.callback(message, time.Now()), http.StatusOK)
	if len(reply) == 0 {
		return
	}
	chat, _ := message["chatid"].(string)
	f.fetch(c, reply, chat, message["from"].(map[string]string)["userid"])
}

// fetch comes for the answer to a callback until it is finished.
func (f *fakeWecom) fetch(c *chat, reply []byte, chat, from string) {
	c.t.Helper()
	hub, ctx := c.hub, c.t.Context()
	stream, _ := f.opened(Receipt{Reply: reply})["stream"].(map[string]any)
	id := fmt.Sprint(stream["id"])
	f.lock.Lock()
	_, twice := f.streams[id]
	f.streams[id] = false
	f.lock.Unlock()
	if twice {
		return
	}
	go func() {
		for ; ctx.Err() == nil; time.Sleep(5 * time.Millisecond) {
			code, _, body := hub.Deliver(ctx, c.bot, f.callback(map[string]any{"msgid": "poll", "aibotid": fakeWecomBot, "from": map[string]string{"userid": from}, "msgtype": "stream", "stream": map[string]any{"id": id}}, time.Now()))
			if code != http.StatusOK {
				continue
			}
			reply := f.opened(Receipt{Reply: body})
			s := reply["stream"].(map[string]any)
			if s["finish"] == true {
				f.keepItems(s)
				text := fmt.Sprint(s["content"])
				if card := reply["template_card"]; card != nil {
					f.lint(card)
					text += "\n" + jsonText(f.t, card)
				}
				f.show(shown{ID: id, Chat: cmp.Or(chat, from), Kind: "markdown", Body: text})
				return
			}
		}
	}()
}

// keepItems keeps the pictures of a stream, which must be what they say.
func (f *fakeWecom) keepItems(stream map[string]any) {
	items, _ := stream["msg_item"].([]any)
	if len(items) > 10 {
		f.t.Errorf("%d pictures", len(items))
	}
	for _, item := range items {
		image, _ := item.(map[string]any)["image"].(map[string]any)
		body, err := base64.StdEncoding.DecodeString(fmt.Sprint(image["base64"]))
		if sum := md5.Sum(body); err != nil || hex.EncodeToString(sum[:]) != image["md5"] || len(body) > 10<<20 {
			f.t.Errorf("a picture of %d bytes: %v", len(body), err)
		}
		f.keep(body)
	}
}
