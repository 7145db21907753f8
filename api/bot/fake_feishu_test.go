package bot

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// fakeFeishu speaks Feishu's protocol: tokens of a tenant, messages that are
// sent once per uuid, cards of CardKit with ten changes a second and 30 KB,
// encrypted and signed events, and the long connection of Protocol Buffers with
// events in several frames.
type fakeFeishu struct {
	vendorServer
	again time.Duration // until an event that was not taken comes again
	parts int           // frames that an event comes in

	lock   sync.Mutex
	token  int
	acks   map[string]feishuAck
	pings  int
	uuids  map[string]string // message by uuid
	cards  map[string]fakeCard
	number int
}

// fakeCard is a card of CardKit.
type fakeCard struct {
	sequence  int
	message   string
	body      string
	streaming bool
	changes   []time.Time
}

const (
	fakeFeishuApp    = "cli_0123456789abcdef"
	fakeFeishuSecret = "feishu-app-secret-0001"
	fakeFeishuKey    = "feishu-encrypt-key-0001"
	fakeFeishuToken  = "feishu-verification-1"
	fakeFeishuTenant = "tenant1"
	fakeFeishuBot    = "ou_bot"
)

func newFakeFeishu(t *testing.T) *fakeFeishu {
	f := &fakeFeishu{again: 50 * time.Millisecond, parts: 1, acks: map[string]feishuAck{}, uuids: map[string]string{}, cards: map[string]fakeCard{}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /open-apis/auth/v3/tenant_access_token/internal", f.tenantToken)
	mux.HandleFunc("GET /open-apis/bot/v3/info", f.checked(func(w http.ResponseWriter, _ *http.Request) {
		reply(w, map[string]any{"code": 0, "bot": map[string]string{"open_id": fakeFeishuBot}})
	}))
	mux.HandleFunc("POST /open-apis/im/v1/messages", f.authorized(f.create))
	mux.HandleFunc("POST /open-apis/im/v1/messages/{id}/reply", f.authorized(f.create))
	mux.HandleFunc("PATCH /open-apis/im/v1/messages/{id}", f.authorized(f.patch))
	mux.HandleFunc("POST /open-apis/im/v1/images", f.authorized(f.upload("image", "image_key")))
	mux.HandleFunc("POST /open-apis/im/v1/files", f.authorized(f.upload("file", "file_key")))
	mux.HandleFunc("POST /open-apis/cardkit/v1/cards", f.authorized(f.createCard))
	mux.HandleFunc("PUT /open-apis/cardkit/v1/cards/{id}", f.authorized(f.changeCard))
	mux.HandleFunc("PUT /open-apis/cardkit/v1/cards/{id}/elements/{element}/content", f.authorized(f.changeCard))
	mux.HandleFunc("POST /callback/ws/endpoint", f.endpoint)
	mux.HandleFunc("GET /ws", f.connect)
	f.start(t, mux)
	return f
}

func (f *fakeFeishu) settings() Settings {
	return Settings{
		Name: "feishu", API: f.http.URL, Tenants: []string{fakeFeishuTenant}, Now: time.Now,
		Secrets: map[string]string{"app_secret": fakeFeishuSecret}, Options: map[string]string{"app_id": fakeFeishuApp},
	}
}

func (f *fakeFeishu) callbackSettings() Settings {
	s := f.settings()
	s.Secrets["encrypt_key"], s.Secrets["verification_token"], s.Options["connection"] = fakeFeishuKey, fakeFeishuToken, "callback"
	return s
}

func (f *fakeFeishu) tenantToken(w http.ResponseWriter, r *http.Request) {
	var in struct{ App_id, App_secret string }
	f.body(r, &in)
	if in.App_id != fakeFeishuApp || in.App_secret != fakeFeishuSecret {
		reply(w, map[string]any{"code": 10014, "msg": "app secret invalid"})
		return
	}
	f.lock.Lock()
	defer f.lock.Unlock()
	f.token++
	reply(w, map[string]any{"code": 0, "tenant_access_token": fmt.Sprint("t-", f.token), "expire": 7200})
}

// revoke makes every token stale.
func (f *fakeFeishu) revoke() {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.token++
}

// authorized checks the token of a call that sends, and fails it where the test
// says so.
func (f *fakeFeishu) authorized(next http.HandlerFunc) http.HandlerFunc {
	return f.checked(func(w http.ResponseWriter, r *http.Request) {
		if !f.failing(w) {
			next(w, r)
		}
	})
}

func (f *fakeFeishu) checked(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f.lock.Lock()
		good := r.Header.Get("Authorization") == fmt.Sprint("Bearer t-", f.token)
		f.lock.Unlock()
		if !good {
			status(http.StatusBadRequest, `{"code":99991663,"msg":"Invalid access token"}`)(w)
			return
		}
		next(w, r)
	}
}

// create shows a message, once per uuid.
func (f *fakeFeishu) create(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Receive string `json:"receive_id"`
		Type    string `json:"msg_type"`
		Content string `json:"content"`
		UUID    string `json:"uuid"`
	}
	f.body(r, &in)
	if in.UUID == "" || len(in.UUID) > 50 || !json.Valid([]byte(in.Content)) || len(in.Content) > feishuLimit {
		f.t.Errorf("no message: %+v", in)
	}
	f.lock.Lock()
	defer f.lock.Unlock()
	id, twice := f.uuids[in.UUID]
	if !twice {
		f.number++
		id = fmt.Sprint("om_", f.number)
		f.uuids[in.UUID] = id
		s := shown{ID: id, Chat: in.Receive, Kind: in.Type, Body: in.Content, Private: r.URL.Query().Get("receive_id_type") == "open_id"}
		if to := r.PathValue("id"); to != "" {
			s.Chat = "reply to " + to
		}
		var entity struct {
			Type string
			Data struct{ Card_id string }
		}
		if json.Unmarshal([]byte(in.Content), &entity) == nil && entity.Type == "card" {
			c := f.cards[entity.Data.Card_id]
			c.message, s.Body = id, c.body
			f.cards[entity.Data.Card_id] = c
		} else if in.Type == "interactive" {
			f.lint(in.Content)
		}
		f.show(s)
	}
	reply(w, map[string]any{"code": 0, "data": map[string]string{"message_id": id}})
}

// lint holds a card to the limits of JSON 2.0.
func (f *fakeFeishu) lint(card string) {
	var c struct {
		Schema string
		Body   struct{ Elements []map[string]any }
	}
	if err := json.Unmarshal([]byte(card), &c); err != nil || c.Schema != "2.0" || len(card) > feishuLimit {
		f.t.Errorf("no card of JSON 2.0 within 30 KB: %v, %d bytes", err, len(card))
	}
	tables, tags := 0, strings.Count(card, `"tag":`)
	for _, e := range c.Body.Elements {
		if e["tag"] != "table" {
			continue
		}
		tables++
		columns, _ := e["columns"].([]any)
		size, _ := e["page_size"].(float64)
		if len(columns) == 0 || len(columns) > 50 || size < 1 || size > 10 {
			f.t.Errorf("a table of %d columns and pages of %v rows", len(columns), size)
		}
	}
	if tables > 5 || tags > 200 {
		f.t.Errorf("a card of %d tables and %d elements", tables, tags)
	}
}

func (f *fakeFeishu) patch(w http.ResponseWriter, r *http.Request) {
	var in struct{ Content string }
	f.body(r, &in)
	if !f.change(r.PathValue("id"), in.Content) {
		reply(w, map[string]any{"code": 230001, "msg": "no such message"})
		return
	}
	reply(w, map[string]any{"code": 0})
}

func (f *fakeFeishu) upload(field, key string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		file, _, err := r.FormFile(field)
		if err != nil || r.FormValue("image_type")+r.FormValue("file_type") == "" {
			f.t.Errorf("an upload: %v", err)
			return
		}
		defer file.Close()
		body, err := io.ReadAll(file)
		if err != nil {
			f.t.Error(err)
		}
		f.keep(body)
		reply(w, map[string]any{"code": 0, "data": map[string]string{key: "key_1"}})
	}
}

func (f *fakeFeishu) createCard(w http.ResponseWriter, r *http.Request) {
	var in struct{ Type, Data string }
	f.body(r, &in)
	f.lint(in.Data)
	f.lock.Lock()
	defer f.lock.Unlock()
	f.number++
	id := fmt.Sprint("card_", f.number)
	f.progress()
	f.cards[id] = fakeCard{body: in.Data, streaming: strings.Contains(in.Data, `"streaming_mode":true`)}
	reply(w, map[string]any{"code": 0, "data": map[string]string{"card_id": id}})
}

// changeCard takes changes in the order of their sequence, ten a second.
func (f *fakeFeishu) changeCard(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Content  string
		Card     struct{ Type, Data string }
		Sequence int
		UUID     string
	}
	f.body(r, &in)
	f.lock.Lock()
	defer f.lock.Unlock()
	c, ok := f.cards[r.PathValue("id")]
	var lately []time.Time
	for _, at := range c.changes {
		if time.Since(at) < time.Second {
			lately = append(lately, at)
		}
	}
	switch {
	case !ok || in.Sequence <= c.sequence:
		reply(w, map[string]any{"code": 300317, "msg": "sequence number compare failed"})
		return
	case len(lately) >= 10:
		reply(w, map[string]any{"code": 99991400, "msg": "request trigger frequency limit"})
		return
	}
	c.sequence, c.changes = in.Sequence, append(lately, time.Now())
	body := in.Content
	if in.Card.Data != "" {
		f.lint(in.Card.Data)
		body, c.streaming = in.Card.Data, strings.Contains(in.Card.Data, `"streaming_mode":true`)
	}
	f.cards[r.PathValue("id")] = c
	f.change(c.message, body)
	reply(w, map[string]any{"code": 0})
}

func (f *fakeFeishu) endpoint(w http.ResponseWriter, r *http.Request) {
	var in struct{ AppID, AppSecret string }
	f.body(r, &in)
	if in.AppID != fakeFeishuApp || in.AppSecret != fakeFeishuSecret {
		reply(w, map[string]any{"code": 10014, "msg": "app secret invalid"})
		return
	}
	reply(w, map[string]any{"code": 0, "msg": "ok", "data": map[string]any{
		"URL":          f.socket("/ws?device_id=d1&service_id=7&access_key=secret&ticket=t"),
		"ClientConfig": map[string]int{"ReconnectCount": -1, "ReconnectInterval": 1, "ReconnectNonce": 1, "PingInterval": 1},
	}})
}

func (f *fakeFeishu) connect(w http.ResponseWriter, r *http.Request) {
	f.listen(w, r, func(conn *websocket.Conn, kind websocket.MessageType, b []byte) {
		frame, err := feishuDecodeFrame(b)
		if err != nil || kind != websocket.MessageBinary {
			f.t.Errorf("a frame: %v", err)
			return
		}
		if frame.Method == 0 {
			f.pong(r.Context(), conn, frame)
			return
		}
		var a feishuAck
		if err := json.Unmarshal(frame.Payload, &a); err != nil || frame.header("biz_rt") == "" {
			f.t.Errorf("an acknowledgement: %v, %+v", err, frame.Headers)
		}
		f.lock.Lock()
		f.acks[frame.header("message_id")] = a
		f.lock.Unlock()
	})
}

func (f *fakeFeishu) pong(ctx context.Context, conn *websocket.Conn, ping feishuFrame) {
	if ping.header("type") != "ping" || ping.Service != 7 {
		f.t.Errorf("a ping: %+v", ping)
	}
	f.lock.Lock()
	f.pings++
	f.lock.Unlock()
	frame := feishuFrame{Service: 7, Headers: []feishuHeader{{"type", "pong"}}, Payload: []byte(`{"PingInterval":1,"ReconnectCount":-1,"ReconnectInterval":1,"ReconnectNonce":1}`)}
	_ = conn.Write(ctx, websocket.MessageBinary, frame.encode())
}

// push sends an event over the long connection until it is taken.
func (f *fakeFeishu) push(id string, event any) feishuAck {
	f.t.Helper()
	body := []byte(jsonText(f.t, event))
	for deadline := time.Now().Add(longest); time.Now().Before(deadline); {
		conn, size := f.connection(), (len(body)+f.parts-1)/f.parts
		for i := range f.parts {
			part := body[min(i*size, len(body)):min((i+1)*size, len(body))]
			frame := feishuFrame{Seq: 1, Log: 2, Service: 7, Method: 1, Payload: part, Headers: []feishuHeader{
				{"type", "event"}, {"message_id", id}, {"sum", strconv.Itoa(f.parts)}, {"seq", strconv.Itoa(i)}, {"trace_id", "trace"},
			}}
			_ = conn.Write(context.Background(), websocket.MessageBinary, frame.encode())
		}
		for end := time.Now().Add(f.again); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
			f.lock.Lock()
			a, ok := f.acks[id]
			if ok && a.Code == http.StatusInternalServerError {
				delete(f.acks, id)
				ok = false
			}
			f.lock.Unlock()
			if ok {
				return a
			}
		}
	}
	f.t.Fatalf("event %s is not taken", id)
	return feishuAck{}
}

// event is an event of schema 2.0.
func (f *fakeFeishu) event(id, kind string, event any) map[string]any {
	return map[string]any{"schema": "2.0", "header": map[string]string{
		"event_id": id, "event_type": kind, "app_id": fakeFeishuApp, "tenant_key": fakeFeishuTenant, "token": fakeFeishuToken,
		"create_time": strconv.FormatInt(time.Now().UnixMilli(), 10),
	}, "event": event}
}

// message is the event of somebody who writes; in a group the bot is mentioned.
func (f *fakeFeishu) message(id, chat, user, text string, group bool) map[string]any {
	m := map[string]any{
		"message_id": "om_" + id, "chat_id": chat, "chat_type": "p2p", "message_type": "text", "content": jsonText(f.t, map[string]string{"text": text}),
	}
	if group {
		m["chat_type"], m["content"] = "group", jsonText(f.t, map[string]string{"text": "@_user_1  " + text})
		m["mentions"] = []any{map[string]any{"key": "@_user_1", "id": map[string]string{"open_id": fakeFeishuBot}, "name": "问数", "tenant_key": fakeFeishuTenant}}
	}
	sender := map[string]any{"sender_id": map[string]string{"open_id": user}, "sender_type": "user", "tenant_key": fakeFeishuTenant}
	return f.event("ev_"+id, feishuMessageEvent, map[string]any{"sender": sender, "message": m})
}

// callback is an event as it comes by HTTP: encrypted, and signed now.
func (f *fakeFeishu) callback(event any, now time.Time) Request {
	f.t.Helper()
	plain := []byte(jsonText(f.t, event))
	pad := aes.BlockSize - len(plain)%aes.BlockSize
	plain = append(plain, bytes.Repeat([]byte{byte(pad)}, pad)...)
	key := sha256.Sum256([]byte(fakeFeishuKey))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		f.t.Fatal(err)
	}
	out := append([]byte("0123456789abcdef"), plain...)
	cipher.NewCBCEncrypter(block, out[:aes.BlockSize]).CryptBlocks(out[aes.BlockSize:], plain)
	body := []byte(jsonText(f.t, map[string]string{"encrypt": base64.StdEncoding.EncodeToString(out)}))
	stamp := strconv.FormatInt(now.Unix(), 10)
	return Request{Method: http.MethodPost, Body: body, Header: http.Header{
		"X-Lark-Request-Timestamp": {stamp}, "X-Lark-Request-Nonce": {"nonce"}, "X-Lark-Signature": {feishuSign(stamp, "nonce", fakeFeishuKey, body)},
	}}
}
