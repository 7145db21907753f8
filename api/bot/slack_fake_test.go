package bot

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// Secrets of the tests: no live value among them.
const (
	fakeSigning = "fake-signing-secret-0123456789"
	fakeToken   = "xoxb-fake-bot-token-0123456789"
	fakeApp     = "xapp-fake-app-token-0123456789"
	fakeTeam    = "T0001"
	fakeBot     = "UBOT001"
)

// fakeSlack is a server that speaks Slack's Web API and Socket Mode and refuses
// what Slack refuses: wrong tokens, blocks above the limits, files without
// bytes, a sixth reply to a command.
type fakeSlack struct {
	*httptest.Server
	t       testing.TB
	lock    sync.Mutex
	posts   []fakePost
	calls   map[string]int
	refuse  func(method string, n int) *fakeRefusal // nil answers everything
	users   map[string]fakeUser
	uploads map[string]*fakeFile
	replies map[string]int // to each response URL
	clock   int

	sockets chan *websocket.Conn
	seen    *vendorServer // is shown what is said, and fails calls; nil for nobody
}

// fakePost is one message or file as it arrived.
type fakePost struct {
	Method, TS, File string
	Channel, User    string
	Thread           string
	Text             string
	Type             string
	Blocks           json.RawMessage
	Raw              []byte
	Key              string
}

type fakeUser struct {
	Email                    string
	Guest, Stranger, Deleted bool
	Team, Locale             string
}

type fakeFile struct {
	name string
	size int
	body []byte
}

// fakeRefusal is how a call fails. Kept says that it took effect all the same.
type fakeRefusal struct {
	status int
	code   string
	after  string
	kept   bool
	hang   <-chan struct{} // before it fails; nil does not
}

func newFakeSlack(t testing.TB) *fakeSlack {
	f := &fakeSlack{t: t, calls: map[string]int{}, users: map[string]fakeUser{}, uploads: map[string]*fakeFile{}, replies: map[string]int{}, sockets: make(chan *websocket.Conn, 16)}
	f.Server = httptest.NewUnstartedServer(http.HandlerFunc(f.serve))
	f.Start() // handlers read f.Server
	t.Cleanup(f.Close)
	return f
}

func (f *fakeSlack) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	method := strings.TrimPrefix(r.URL.Path, "/")
	switch {
	case method == "socket":
		f.socket(w, r)
		return
	case strings.HasPrefix(method, "upload/"):
		f.receive(w, strings.TrimPrefix(method, "upload/"), r, body)
		return
	case strings.HasPrefix(method, "commands/"):
		f.command(w, method, body)
		return
	case f.seen != nil && strings.HasPrefix(method, "chat.") && f.seen.failing(w):
		return
	}
	want := "Bearer " + fakeToken
	if method == "apps.connections.open" {
		want = "Bearer " + fakeApp
	}
	form, _ := url.ParseQuery(string(body))
	if r.Header.Get("Authorization") != want && form.Get("token") != fakeToken {
		f.reply(w, map[string]any{"ok": false, "error": "not_authed"})
		return
	}
	f.lock.Lock()
	f.calls[method]++
	var refusal *fakeRefusal
	if f.refuse != nil {
		refusal = f.refuse(method, f.calls[method])
	}
	f.lock.Unlock()
	if refusal != nil && !refusal.kept {
		f.fail(w, *refusal)
		return
	}
	answer := f.answer(method, r, body, form)
	if refusal != nil {
		f.fail(w, *refusal)
		return
	}
	f.reply(w, answer)
}

func (f *fakeSlack) fail(w http.ResponseWriter, r fakeRefusal) {
	if r.hang != nil {
		<-r.hang
	}
	if r.after != "" {
		w.Header().Set("Retry-After", r.after)
	}
	if r.status != 0 {
		w.WriteHeader(r.status)
		return
	}
	f.reply(w, map[string]any{"ok": false, "error": r.code})
}

func (f *fakeSlack) reply(w http.ResponseWriter, value map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value) // a client that has gone is no concern of the fake
}

// bad is a refusal by code.
func bad(code string) map[string]any { return map[string]any{"ok": false, "error": code} }

func (f *fakeSlack) answer(method string, r *http.Request, body []byte, form url.Values) map[string]any {
	switch method {
	case "auth.test":
		return map[string]any{"ok": true, "team_id": fakeTeam, "user_id": fakeBot}
	case "chat.postMessage", "chat.postEphemeral", "chat.update":
		if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
			body = jsonOfForm(form)
		}
		return f.post(method, body)
	case "chat.startStream", "chat.appendStream", "chat.stopStream":
		if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
			body = jsonOfForm(form)
		}
		return f.stream(method, body)
	case "chat.unfurl":
		return f.unfurl(body)
	case "users.info":
		f.lock.Lock()
		u := f.users[form.Get("user")]
		f.lock.Unlock()
		team := u.Team
		if team == "" {
			team = fakeTeam
		}
		return map[string]any{"ok": true, "user": map[string]any{"id": form.Get("user"), "team_id": team, "real_name": "Name " + form.Get("user"), "is_restricted": u.Guest,
			"locale": u.Locale, "is_stranger": u.Stranger, "deleted": u.Deleted, "is_email_confirmed": u.Email != "", "profile": map[string]any{"email": u.Email}}}
	case "conversations.open":
		return map[string]any{"ok": true, "channel": map[string]any{"id": "D" + form.Get("users")}}
	case "conversations.replies", "conversations.history":
		return f.history(form.Get("channel"), form.Get("ts"), form.Get("oldest"))
	case "files.getUploadURLExternal":
		return f.uploadURL(form)
	case "files.completeUploadExternal":
		return f.complete(form)
	case "assistant.threads.setStatus", "assistant.threads.setSuggestedPrompts":
		return f.assist(method, r, body, form)
	case "apps.connections.open":
		return map[string]any{"ok": true, "url": strings.Replace(f.URL, "http", "ws", 1) + "/socket?ticket=1"}
	}
	return bad("unknown_method")
}

// assist takes what belongs to a thread and is no message.
func (f *fakeSlack) assist(method string, r *http.Request, body []byte, form url.Values) map[string]any {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		body = jsonOfForm(form)
	}
	var m struct {
		Channel string  `json:"channel_id"`
		Thread  string  `json:"thread_ts"`
		Status  *string `json:"status"`
		Prompts string  `json:"prompts"`
	}
	if json.Unmarshal(body, &m) != nil || m.Channel == "" || m.Thread == "" {
		return bad("invalid_arguments")
	}
	text := m.Prompts
	if method == "assistant.threads.setStatus" {
		if m.Status == nil {
			return bad("invalid_arguments")
		}
		text = *m.Status
	}
	f.note(fakePost{Method: method, Raw: body, Channel: m.Channel, Thread: m.Thread, Text: text})
	return map[string]any{"ok": true}
}

// jsonOfForm is the body that a form stands for.
func jsonOfForm(form url.Values) []byte {
	fields := map[string]any{}
	for name, values := range form {
		fields[name] = values[0]
		if name == "blocks" || name == "metadata" || name == "chunks" {
			fields[name] = json.RawMessage(values[0])
		}
	}
	body, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	return body
}

func (f *fakeSlack) post(method string, body []byte) map[string]any {
	var m struct {
		Channel  string          `json:"channel"`
		TS       string          `json:"ts"`
		User     string          `json:"user"`
		Thread   string          `json:"thread_ts"`
		Text     string          `json:"text"`
		Blocks   json.RawMessage `json:"blocks"`
		Metadata struct {
			Payload map[string]string `json:"event_payload"`
		} `json:"metadata"`
	}
	if json.Unmarshal(body, &m) != nil {
		return bad("invalid_json")
	}
	if m.Channel == "" {
		return bad("channel_not_found")
	}
	if method == "chat.postEphemeral" && m.User == "" {
		return bad("user_not_in_channel")
	}
	if err := lintSlack(body); err != nil {
		return map[string]any{"ok": false, "error": "invalid_blocks", "response_metadata": map[string]any{"messages": []string{err.Error()}}}
	}
	if method == "chat.update" {
		return f.update(body, m.Channel, m.TS, m.Text, m.Blocks, m.Metadata.Payload["key"])
	}
	ts := f.note(fakePost{Method: method, Channel: m.Channel, User: m.User, Thread: m.Thread, Text: m.Text, Blocks: m.Blocks, Raw: body, Key: m.Metadata.Payload["key"]})
	if method == "chat.postEphemeral" {
		return map[string]any{"ok": true, "message_ts": ts}
	}
	return map[string]any{"ok": true, "channel": m.Channel, "ts": ts}
}

// update changes a message that everybody sees and that is not being streamed.
func (f *fakeSlack) update(body []byte, channel, ts, text string, blocks json.RawMessage, key string) map[string]any {
	f.lock.Lock()
	defer f.lock.Unlock()
	for i := range f.posts {
		p := &f.posts[i]
		switch {
		case p.TS != ts || p.Channel != channel:
			continue
		case p.Method != "chat.postMessage":
			return bad("cant_update_message")
		}
		p.Text, p.Blocks, p.Raw, p.Key = text, blocks, body, key
		if f.seen != nil {
			f.seen.change(ts, string(body))
		}
		return map[string]any{"ok": true, "channel": channel, "ts": ts}
	}
	return bad("message_not_found")
}

// unfurl shows blocks below links of a message.
func (f *fakeSlack) unfurl(body []byte) map[string]any {
	var m struct {
		Channel, TS string
		Unfurls     map[string]struct{ Blocks json.RawMessage }
	}
	if json.Unmarshal(body, &m) != nil || m.Channel == "" || m.TS == "" || len(m.Unfurls) != 1 {
		return bad("cannot_unfurl_url")
	}
	for _, u := range m.Unfurls {
		if err := lintSlack([]byte(`{"blocks":` + string(u.Blocks) + `}`)); err != nil {
			return bad("invalid_blocks")
		}
		f.note(fakePost{Method: "chat.unfurl", Channel: m.Channel, Thread: m.TS, Blocks: u.Blocks, Raw: body})
	}
	return map[string]any{"ok": true}
}

// stream takes a streaming message through its states: it is started in a thread
// and for somebody, takes more until it is stopped, and nothing afterwards.
func (f *fakeSlack) stream(method string, body []byte) map[string]any {
	var m struct {
		Channel  string           `json:"channel"`
		TS       string           `json:"ts"`
		Thread   string           `json:"thread_ts"`
		Team     string           `json:"recipient_team_id"`
		User     string           `json:"recipient_user_id"`
		Text     string           `json:"markdown_text"`
		Chunks   []map[string]any `json:"chunks"`
		Blocks   json.RawMessage  `json:"blocks"`
		Metadata struct {
			Payload map[string]string `json:"event_payload"`
		} `json:"metadata"`
	}
	if json.Unmarshal(body, &m) != nil || m.Channel == "" || size(m.Text) > 12000 {
		return bad("invalid_arguments")
	}
	for _, c := range m.Chunks {
		if c["type"] == "blocks" {
			if lintSlack([]byte(jsonText(f.t, map[string]any{"blocks": c["blocks"]}))) != nil {
				return bad("invalid_blocks")
			}
			continue
		}
		if kind, status := c["type"], c["status"]; kind != "task_update" || c["id"] == "" || c["title"] == "" || status != "in_progress" && status != "complete" && status != "error" {
			return bad("invalid_chunks")
		}
	}
	if method == "chat.startStream" {
		if m.Thread == "" || m.Team == "" || m.User == "" {
			return bad("invalid_arguments")
		}
		ts := f.note(fakePost{Method: method, Channel: m.Channel, Thread: m.Thread, Raw: body, Blocks: streamed(m.Chunks)})
		return map[string]any{"ok": true, "channel": m.Channel, "ts": ts}
	}
	if err := lintSlack(body); err != nil {
		return bad("invalid_blocks")
	}
	f.lock.Lock()
	defer f.lock.Unlock()
	for i := range f.posts {
		p := &f.posts[i]
		if p.TS != m.TS || p.Channel != m.Channel {
			continue
		}
		if p.Method != "chat.startStream" {
			return bad(slackStreamed)
		}
		if method == "chat.stopStream" {
			p.Method, p.Raw, p.Key = "chat.postMessage", slices.Concat(body, p.Blocks), m.Metadata.Payload["key"]
			p.Blocks = slices.Concat(p.Blocks[:len(p.Blocks)-1], []byte(","), m.Blocks[1:]) // what was streamed stays above
			if f.seen != nil {
				f.seen.change(m.TS, string(p.Raw))
			}
		}
		return map[string]any{"ok": true, "channel": m.Channel, "ts": m.TS}
	}
	return bad("message_not_found")
}

// streamed are the blocks among the parts of a streaming message.
func streamed(chunks []map[string]any) json.RawMessage {
	all := []any{map[string]any{"type": "divider"}}
	for _, c := range chunks {
		all = append(all, list(c["blocks"])...)
	}
	body, err := json.Marshal(all)
	if err != nil {
		panic(err)
	}
	return body
}

func (f *fakeSlack) note(p fakePost) string {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.clock++
	p.TS = fmt.Sprintf("%d.%06d", time.Now().Unix(), f.clock)
	f.posts = append(f.posts, p)
	if f.seen != nil {
		f.see(p)
	}
	return p.TS
}

// see shows what was noted.
func (f *fakeSlack) see(p fakePost) {
	m := shown{ID: p.TS, Chat: p.Channel, Kind: "blocks", Body: string(p.Raw), Private: strings.HasPrefix(p.Channel, "D")}
	switch {
	case strings.HasPrefix(p.Method, "assistant."):
		f.seen.progress()
		return
	case p.Method == "chat.startStream", p.Method == "chat.postMessage" && p.Key == "": // what is said has a key
		f.seen.progress()
	case p.Method == "chat.postEphemeral":
		m.Chat, m.Private = p.User, true
	case p.Method == "file":
		f.seen.keep(p.Raw)
		m.Kind = "file " + p.File
		m.Body = p.Text
	}
	f.seen.show(m)
}

func (f *fakeSlack) history(channel, thread, oldest string) map[string]any {
	list := []any{}
	f.lock.Lock()
	defer f.lock.Unlock()
	for _, p := range slices.Backward(f.posts) {
		if p.Method == "chat.postMessage" && p.Channel == channel && p.Thread == thread && p.TS > oldest && len(list) < 999 {
			list = append(list, map[string]any{"type": "message", "ts": p.TS, "text": p.Text, "metadata": map[string]any{"event_type": slackMark, "event_payload": map[string]any{"key": p.Key}}})
		}
	}
	return map[string]any{"ok": true, "messages": list}
}

func (f *fakeSlack) uploadURL(form url.Values) map[string]any {
	size, err := strconv.Atoi(form.Get("length"))
	if err != nil || size <= 0 || form.Get("filename") == "" {
		return bad("missing_argument")
	}
	f.lock.Lock()
	defer f.lock.Unlock()
	id := "F" + strconv.Itoa(len(f.uploads)+1)
	f.uploads[id] = &fakeFile{name: form.Get("filename"), size: size}
	return map[string]any{"ok": true, "upload_url": f.URL + "/upload/" + id, "file_id": id}
}

func (f *fakeSlack) receive(w http.ResponseWriter, id string, r *http.Request, body []byte) {
	if media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && strings.HasPrefix(media, "multipart/") {
		part, err := multipart.NewReader(bytes.NewReader(body), params["boundary"]).NextPart()
		if err == nil {
			body, err = io.ReadAll(part)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
	}
	f.lock.Lock()
	defer f.lock.Unlock()
	if file := f.uploads[id]; file == nil || file.size != len(body) {
		http.Error(w, "wrong length", http.StatusBadRequest)
		return
	}
	f.uploads[id].body = body
}

func (f *fakeSlack) complete(form url.Values) map[string]any {
	var files []struct{ ID, Title string }
	if json.Unmarshal([]byte(form.Get("files")), &files) != nil || len(files) != 1 {
		return bad("invalid_arguments")
	}
	channel := form.Get("channel_id")
	if channel == "" {
		channel = form.Get("channels")
	}
	f.lock.Lock()
	file := f.uploads[files[0].ID]
	f.lock.Unlock()
	if file == nil || file.body == nil {
		return bad("file_not_found")
	}
	f.note(fakePost{Method: "file", File: file.name, Channel: channel, Thread: form.Get("thread_ts"), Raw: file.body, Text: files[0].Title})
	return map[string]any{"ok": true, "files": []any{map[string]any{"id": files[0].ID, "title": files[0].Title}}}
}

func (f *fakeSlack) command(w http.ResponseWriter, path string, body []byte) {
	f.lock.Lock()
	f.replies[path]++
	n := f.replies[path]
	f.lock.Unlock()
	if n > 5 {
		http.Error(w, "used_url", http.StatusNotFound)
		return
	}
	if err := lintSlack(body); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	var m struct {
		Type   string          `json:"response_type"`
		Text   string          `json:"text"`
		Blocks json.RawMessage `json:"blocks"`
	}
	if json.Unmarshal(body, &m) != nil {
		http.Error(w, "invalid_payload", http.StatusBadRequest)
		return
	}
	f.note(fakePost{Method: "response_url", Type: m.Type, Text: m.Text, Blocks: m.Blocks, Raw: body})
	_, _ = io.WriteString(w, "ok")
}

func (f *fakeSlack) socket(w http.ResponseWriter, r *http.Request) {
	conn, err := (&websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	if conn.WriteJSON(map[string]any{"type": "hello", "num_connections": 1}) == nil {
		f.sockets <- conn
	}
}

// said are the messages so far, without signs of progress and files.
func (f *fakeSlack) said() []fakePost {
	f.lock.Lock()
	defer f.lock.Unlock()
	return slices.DeleteFunc(slices.Clone(f.posts), func(p fakePost) bool { return p.Method == "file" || strings.HasPrefix(p.Method, "assistant.") })
}

// wait waits until there are n messages, and then a little for one too many.
func (f *fakeSlack) wait(t testing.TB, n int) []fakePost {
	t.Helper()
	until(t, fmt.Sprint(n, " messages"), func() bool { return len(f.said()) >= n })
	time.Sleep(60 * time.Millisecond)
	list := f.said()
	if len(list) > n {
		t.Fatalf("%d messages instead of %d: %v", len(list), n, textsOf(list))
	}
	return list
}

// called waits until a method was called.
func (f *fakeSlack) called(t testing.TB, method string) {
	t.Helper()
	until(t, method, func() bool {
		f.lock.Lock()
		defer f.lock.Unlock()
		return f.calls[method] > 0
	})
}

func textsOf(list []fakePost) (texts []string) {
	for _, p := range list {
		texts = append(texts, p.Method+" "+p.Channel+" "+p.User+": "+p.Text+p.File)
	}
	return texts
}

// signedAt is a delivery as Slack signs it.
func signedAt(at time.Time, media string, body []byte) Request {
	stamp := strconv.FormatInt(at.Unix(), 10)
	h := hmac.New(sha256.New, []byte(fakeSigning))
	h.Write([]byte("v0:" + stamp + ":"))
	h.Write(body)
	return Request{Method: http.MethodPost, Body: body, Header: http.Header{
		"Content-Type": {media}, "X-Slack-Request-Timestamp": {stamp}, "X-Slack-Signature": {"v0=" + hex.EncodeToString(h.Sum(nil))},
	}}
}
