package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// fakeDingtalk speaks DingTalk's protocol: the gateway with tickets that hold
// once, frames that come again until they are acknowledged, tokens that end,
// the session's own address with its end, messages of the robot, and cards that
// are delivered once per track id.
type fakeDingtalk struct {
	vendorServer
	again time.Duration // until a frame that was not acknowledged comes again

	lock    sync.Mutex
	tickets map[string]bool
	acks    map[string]dingtalkAck
	token   int
	cards   []string
	written map[string]string // what was written into cards, by track id
	mute    bool              // the application may not write
	number  int
	until   time.Time // of sessions
}

const (
	fakeDingtalkID     = "dingfakeclientid0001"
	fakeDingtalkSecret = "dingtalk-client-secret-0001"
	fakeDingtalkCorp   = "dingcorp1"
)

func newFakeDingtalk(t *testing.T) *fakeDingtalk {
	f := &fakeDingtalk{again: 50 * time.Millisecond, tickets: map[string]bool{}, acks: map[string]dingtalkAck{}, written: map[string]string{}, until: time.Now().Add(90 * time.Minute)}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1.0/gateway/connections/open", f.gateway)
	mux.HandleFunc("GET /connect", f.connect)
	mux.HandleFunc("POST /v1.0/oauth2/accessToken", f.accessToken)
	mux.HandleFunc("POST /session", f.session)
	mux.HandleFunc("POST /v1.0/robot/oToMessages/batchSend", f.authorized(f.robot))
	mux.HandleFunc("POST /v1.0/robot/groupMessages/send", f.authorized(f.robot))
	mux.HandleFunc("POST /v1.0/card/instances/createAndDeliver", f.authorized(f.deliver))
	mux.HandleFunc("PUT /v1.0/card/instances", f.authorized(f.update))
	mux.HandleFunc("PUT /v1.0/card/streaming", f.authorized(f.streaming))
	mux.HandleFunc("POST /media/upload", f.media)
	f.start(t, mux)
	return f
}

func (f *fakeDingtalk) settings() Settings {
	return Settings{
		Name: "ding", API: f.http.URL, Tenants: []string{fakeDingtalkCorp}, Now: time.Now,
		Secrets: map[string]string{"client_secret": fakeDingtalkSecret}, Options: map[string]string{"client_id": fakeDingtalkID, "robot_code": "robot1"},
	}
}

func (f *fakeDingtalk) gateway(w http.ResponseWriter, r *http.Request) {
	var in struct {
		ID            string                 `json:"clientId"`
		Secret        string                 `json:"clientSecret"`
		Subscriptions []dingtalkSubscription `json:"subscriptions"`
	}
	f.body(r, &in)
	if in.ID != fakeDingtalkID || in.Secret != fakeDingtalkSecret {
		status(http.StatusUnauthorized, `{"code":"authFailed","message":"no such application"}`)(w)
		return
	}
	if !slices.Contains(in.Subscriptions, dingtalkSubscription{"CALLBACK", dingtalkRobotTopic}) {
		f.t.Errorf("not subscribed to messages: %v", in.Subscriptions)
	}
	f.lock.Lock()
	defer f.lock.Unlock()
	f.number++
	ticket := fmt.Sprintf("ticket %d", f.number)
	f.tickets[ticket] = true
	reply(w, map[string]string{"endpoint": f.socket("/connect"), "ticket": ticket})
}

func (f *fakeDingtalk) connect(w http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	f.lock.Lock()
	good := f.tickets[ticket]
	delete(f.tickets, ticket)
	f.lock.Unlock()
	if !good {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	f.listen(w, r, func(_ *websocket.Conn, _ websocket.MessageType, b []byte) {
		var a dingtalkAck
		if err := json.Unmarshal(b, &a); err != nil {
			f.t.Errorf("an acknowledgement: %v", err)
			return
		}
		f.lock.Lock()
		f.acks[a.Headers.Message] = a
		f.lock.Unlock()
	})
}

// push sends a frame until it is acknowledged, and returns how it was.
func (f *fakeDingtalk) push(kind, topic, id, data string) dingtalkAck {
	f.t.Helper()
	frame, err := json.Marshal(dingtalkFrame{Version: "1.0", Type: kind, Headers: dingtalkHeaders{Topic: topic, Message: id, ContentType: "application/json"}, Data: data})
	if err != nil {
		f.t.Fatal(err)
	}
	for deadline := time.Now().Add(longest); time.Now().Before(deadline); {
		_ = f.connection().Write(context.Background(), websocket.MessageText, frame)
		for end := time.Now().Add(f.again); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
			f.lock.Lock()
			a, ok := f.acks[id]
			f.lock.Unlock()
			if ok {
				return a
			}
		}
	}
	f.t.Fatalf("frame %s is not acknowledged", id)
	return dingtalkAck{}
}

// message is what the gateway says when somebody writes.
func (f *fakeDingtalk) message(id, chat, user, text string, group bool) map[string]any {
	kind := "1"
	if group {
		kind, text = "2", " "+text
	}
	return map[string]any{
		"msgId": id, "msgtype": "text", "text": map[string]string{"content": text}, "conversationId": chat, "conversationType": kind,
		"chatbotCorpId": fakeDingtalkCorp, "chatbotUserId": "bot", "robotCode": "robot1", "senderId": "$:" + user, "senderStaffId": user, "senderNick": user,
		"senderCorpId": fakeDingtalkCorp, "isInAtList": group, "sessionWebhook": f.http.URL + "/session?chat=" + chat, "sessionWebhookExpiredTime": f.until.UnixMilli(),
		"createAt": time.Now().UnixMilli(),
	}
}

func (f *fakeDingtalk) accessToken(w http.ResponseWriter, r *http.Request) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.token++
	reply(w, map[string]any{"accessToken": fmt.Sprint("token ", f.token), "expireIn": 7200})
}

// revoke makes every token stale.
func (f *fakeDingtalk) revoke() {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.token++
}

func (f *fakeDingtalk) authorized(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f.lock.Lock()
		good := r.Header.Get("X-Acs-Dingtalk-Access-Token") == fmt.Sprint("token ", f.token)
		f.lock.Unlock()
		if !good {
			status(http.StatusBadRequest, `{"code":"InvalidAuthentication","message":"the token is no good"}`)(w)
			return
		}
		if !f.failing(w) {
			next(w, r)
		}
	}
}

func (f *fakeDingtalk) session(w http.ResponseWriter, r *http.Request) {
	if f.failing(w) {
		return
	}
	if time.Now().After(f.until) {
		reply(w, map[string]any{"errcode": 300001, "errmsg": "the session is over"})
		return
	}
	var m dingtalkMarkdown
	f.body(r, &m)
	if m.Type != "markdown" || m.Markdown.Title == "" || m.Markdown.Text == "" || len(m.Markdown.Text) > dingtalkLimit {
		f.t.Errorf("no message of markdown: %+v", m)
	}
	f.show(shown{Chat: r.URL.Query().Get("chat"), Kind: "markdown", Body: m.Markdown.Text})
	reply(w, map[string]any{"errcode": 0, "errmsg": "ok"})
}

func (f *fakeDingtalk) robot(w http.ResponseWriter, r *http.Request) {
	var m dingtalkRobotMessage
	f.body(r, &m)
	var param map[string]string
	if err := json.Unmarshal([]byte(m.Param), &param); err != nil || m.Robot != "robot1" {
		f.t.Errorf("a message of the robot: %+v: %v", m, err)
	}
	s := shown{ID: fmt.Sprint("sent ", f.count()), Chat: m.Chat, Kind: strings.ToLower(strings.TrimPrefix(m.Key, "sample")), Body: m.Param}
	if text := param["text"]; text != "" {
		s.Body = text
	}
	if len(m.Users) == 1 {
		s.Chat, s.Private = m.Users[0], true
	}
	f.show(s)
	reply(w, map[string]string{"processQueryKey": s.ID})
}

func (f *fakeDingtalk) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.messages)
}

func (f *fakeDingtalk) deliver(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Track    string           `json:"outTrackId"`
		Template string           `json:"cardTemplateId"`
		Space    string           `json:"openSpaceId"`
		Data     dingtalkCardData `json:"cardData"`
	}
	f.body(r, &in)
	f.lock.Lock()
	twice := slices.Contains(f.cards, in.Track)
	f.cards = append(f.cards, in.Track)
	f.lock.Unlock()
	if twice {
		status(http.StatusBadRequest, `{"code":"param.outTrackIdExist","message":"outTrackId exists"}`)(w)
		return
	}
	b, err := json.Marshal(in.Data.Params)
	if err != nil || in.Template == "" || len(in.Data.Params) == 0 {
		f.t.Errorf("a card: %+v: %v", in, err)
	}
	s := shown{ID: in.Track, Kind: "card", Body: string(b)}
	if chat, ok := strings.CutPrefix(in.Space, "dtv1.card//IM_GROUP."); ok {
		s.Chat = chat
	} else if user, ok := strings.CutPrefix(in.Space, "dtv1.card//IM_ROBOT."); ok {
		s.Chat, s.Private = user, true
	} else {
		f.t.Errorf("a card goes nowhere: %q", in.Space)
	}
	f.show(s)
	if in.Data.Params["flowStatus"] == "1" {
		f.progress()
	}
	reply(w, map[string]any{"success": true})
}

func (f *fakeDingtalk) update(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Track string           `json:"outTrackId"`
		Data  dingtalkCardData `json:"cardData"`
	}
	f.body(r, &in)
	b, err := json.Marshal(in.Data.Params)
	if err != nil || !f.change(in.Track, string(b)) {
		status(http.StatusBadRequest, `{"code":"param.outTrackIdNotExist","message":"no such card"}`)(w)
		return
	}
	reply(w, map[string]any{"success": true})
}

// streaming writes the text of a card. Once that is finished it takes no more,
// except the same again.
func (f *fakeDingtalk) streaming(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Track    string `json:"outTrackId"`
		GUID     string `json:"guid"`
		Key      string `json:"key"`
		Content  string `json:"content"`
		Full     bool   `json:"isFull"`
		Finalize bool   `json:"isFinalize"`
	}
	f.body(r, &in)
	if in.GUID == "" || in.Key != "content" || in.Content == "" || !in.Full || !in.Finalize {
		f.t.Errorf("a text for a card: %+v", in)
	}
	f.lock.Lock()
	defer f.lock.Unlock()
	switch last, ended := f.written[in.Track]; {
	case f.mute:
		status(http.StatusForbidden, `{"code":"Forbidden.AccessDenied","message":"Card.Streaming.Write"}`)(w)
	case !slices.Contains(f.cards, in.Track):
		status(http.StatusBadRequest, `{"code":"param.outTrackIdNotExist","message":"no such card"}`)(w)
	case ended && last != in.GUID+in.Content:
		status(http.StatusBadRequest, `{"code":"param.cardFinalized","message":"the text is finished"}`)(w)
	default:
		f.written[in.Track] = in.GUID + in.Content
		reply(w, map[string]any{"success": true})
	}
}

func (f *fakeDingtalk) media(w http.ResponseWriter, r *http.Request) {
	file, _, err := r.FormFile("media")
	if err != nil || r.URL.Query().Get("type") == "" || r.URL.Query().Get("access_token") == "" {
		f.t.Errorf("an upload: %v, %v", r.URL, err)
		return
	}
	defer file.Close()
	body, err := io.ReadAll(file)
	if err != nil {
		f.t.Error(err)
	}
	f.keep(body)
	reply(w, map[string]any{"errcode": 0, "media_id": "@media"})
}
