package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
)

// Where WeCom is: the callbacks' own replies, and the long connection.
const (
	wecomHost   = "https://qyapi.weixin.qq.com"
	wecomSocket = "wss://openws.work.weixin.qq.com"
)

// wecomVendor is an AI bot of WeCom: by long connection, or by encrypted
// callbacks under the option connection = callback.
var wecomVendor = Vendor{
	Name:    "wecom",
	May:     []string{"secret", "token", "aes_key"},
	Options: []string{"bot_id", "bot_name", "corp_id", "receive_id", "connection"},
	Open:    openWecom,
}

// wecom is one AI bot.
type wecom struct {
	caller
	settings Settings
	bot      string
	corp     string
	listens  bool
	seal     seal // of callbacks
	tether   tether
	line     wecomLine
	streams  wecomStreams
	patience time.Duration // until an answer that nobody comes for goes another way
}

func openWecom(s Settings) (Channel, error) {
	s = s.withClock()
	listens, err := connectionOf(s, "token", "aes_key")
	if err != nil {
		return nil, err
	}
	w := &wecom{settings: s, bot: s.Options["bot_id"], corp: s.Options["corp_id"], listens: listens, patience: wecomTakenWithin}
	if w.corp == "" && len(s.Tenants) > 0 {
		w.corp = s.Tenants[0]
	}
	if listens && (w.bot == "" || s.Secrets["secret"] == "") {
		return nil, errors.New("a long connection needs bot_id and secret")
	}
	if !listens {
		if w.seal, err = newSeal(s.Secrets["token"], s.Secrets["aes_key"], s.Options["receive_id"]); err != nil {
			return nil, err
		}
	}
	if w.caller, err = newCaller(s, wecomHost, wecomRefused); err != nil {
		return nil, err
	}
	w.streams.now = s.Now
	w.tether = tether{log: slog.With("bot", s.Name, "vendor", "wecom"), pause: pause{time.Second, 30 * time.Second}}
	return w, nil
}

// sealed is what the query of a callback says about its seal, and the text
// under it: a test of the address, or the body.
func (w *wecom) sealed(r Request) (signature, timestamp, nonce, text string, err error) {
	text = r.Query.Get("echostr")
	if r.Method != http.MethodGet {
		text, err = wecomEnvelope(r.Body)
	}
	return r.Query.Get("msg_signature"), r.Query.Get("timestamp"), r.Query.Get("nonce"), text, err
}

// Verify opens the seal of a callback.
func (w *wecom) Verify(r Request, now time.Time) error {
	signature, timestamp, nonce, text, err := w.sealed(r)
	if w.listens || err != nil {
		return ErrForged
	}
	if _, err := w.seal.open(signature, timestamp, nonce, text); err != nil {
		return err
	}
	return lately(timestamp, time.Second, now)
}

// Decode reads a callback: a test of the address, a message, or the question
// how far an answer is.
func (w *wecom) Decode(r Request) (Receipt, error) {
	signature, timestamp, nonce, text, err := w.sealed(r)
	if err != nil {
		return Receipt{}, err
	}
	body, err := w.seal.open(signature, timestamp, nonce, text)
	if err != nil {
		return Receipt{}, err
	}
	if r.Method == http.MethodGet {
		return Receipt{Reply: body}, nil
	}
	m, err := wecomDecode(body)
	if err != nil {
		return Receipt{}, fmt.Errorf("decode a callback: %w", err)
	}
	if m.Bot != "" && w.bot != "" && m.Bot != w.bot {
		return Receipt{}, errors.New("the message is for another bot")
	}
	out := Receipt{Type: "application/json"}
	var reply any
	if m.Type == "stream" {
		reply = w.streams.reply(m.Stream.ID)
	} else if out.Events = w.events(m, ""); len(out.Events) > 0 && out.Events[0].Kind == Asked {
		reply = wecomStreamOf(wecomStream{ID: wecomStreamID(m.ID), Content: waitingFor(out.Events[0].Text)})
	}
	if reply != nil {
		out.Reply, err = wecomSealed(w.seal, timestamp, nonce, reply)
	}
	return out, err
}

// waitingFor is what a question is answered with until there is more.
func waitingFor(question string) string {
	w := englishWords
	if strings.ContainsFunc(question, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		w = chineseWords
	}
	return w.Working + " " + w.StopBySay
}

// wecomWay is what a message needs to be answered.
type wecomWay struct {
	Request string `json:"request,omitempty"` // of the long connection
	Stream  string `json:"stream,omitempty"`
	Reply   string `json:"reply,omitempty"` // an address that takes one message
}

// events reads what the bot was told. request is the id of the frame that told
// it, "" for a callback.
func (w *wecom) events(m wecomMessage, request string) []Event {
	who := Person{Tenant: m.From.Corp, User: m.From.User}
	if who.Tenant == "" {
		who.Tenant = w.corp
	}
	who.Foreign = m.From.Corp != "" && m.From.Corp != w.corp || len(w.settings.Tenants) > 0 && !slices.Contains(w.settings.Tenants, who.Tenant)
	where := Address{Tenant: who.Tenant, Chat: m.Chat, Group: m.ChatType == "group", User: who.User, Lang: chineseWords.lang}
	if !where.Group {
		where.Chat = who.User
	}
	way := wecomWay{Reply: m.Reply}
	e := Event{ID: m.ID, From: who}
	if m.Created > 0 {
		e.At = time.Unix(m.Created, 0).UTC()
	}
	switch text := m.words(w.settings.Options["bot_name"]); {
	case m.ID == "" || who.User == "":
		return nil
	case m.Type == "event":
		if e.Kind, e.Ref = w.happened(m); e.Kind == "" {
			return nil
		}
		way.Request = request
	case text == "" && !wecomWords[m.Type]:
		return nil
	default:
		e.Kind, e.Text, e.Message = askedOrStopped(text), text, m.ID
		way.Request, way.Stream = request, wecomStreamID(m.ID)
	}
	where.Vendor, _ = json.Marshal(way) // three strings: it cannot fail
	e.Where = where
	return []Event{e}
}

// happened reads an event of a card or a chat.
func (w *wecom) happened(m wecomMessage) (EventKind, string) {
	switch m.Event.Type {
	case wecomEntered:
		return Opened, ""
	case wecomClicked:
		if key := m.Event.Card.Key + m.Event.Key; key != "" {
			return Pressed, key
		}
	case wecomRated:
		good, bad, _ := strings.Cut(m.Event.Feedback.ID, wecomOr)
		switch m.Event.Feedback.Type {
		case 1:
			return Pressed, good
		case 2:
			return Pressed, bad
		}
	}
	return "", ""
}

// wecomOr stands between the references of good and bad in the one id of a
// feedback.
const wecomOr = "|"

func wecomStreamID(message string) string { return shortKey("stream " + message) }

// wecomStream is an answer that grows until it is finished.
type wecomStream struct {
	ID       string        `json:"id"`
	Finish   bool          `json:"finish"`
	Content  string        `json:"content"`
	Items    []piece       `json:"msg_item,omitempty"` // pictures, once it is finished
	Feedback *wecomOpinion `json:"feedback,omitempty"`
}

// wecomOpinion asks for an opinion about an answer; the id comes back with it.
type wecomOpinion struct {
	ID string `json:"id"`
}

func wecomStreamOf(s wecomStream) piece { return piece{"msgtype": "stream", "stream": s} }

// wecomStreams are the answers that wait for the vendor to come and get them.
// The vendor asks every replica; the one that has the answer gives it.
type wecomStreams struct {
	now func() time.Time

	mu   sync.Mutex
	open map[string]*wecomAnswer
}

type wecomAnswer struct {
	body  piece
	taken chan struct{} // closed once the vendor has it
	until time.Time
	done  bool
}

// put leaves an answer to be taken, for as long as the vendor asks.
func (s *wecomStreams) put(id string, body piece) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, a := range s.open {
		if s.now().After(a.until) {
			delete(s.open, k)
		}
	}
	if s.open == nil {
		s.open = map[string]*wecomAnswer{}
	}
	a := &wecomAnswer{body: body, taken: make(chan struct{}), until: s.now().Add(10 * time.Minute)}
	s.open[id] = a
	return a.taken
}

// reply is the answer, or that there is none yet. A vendor that did not get the
// reply asks again and gets the same.
func (s *wecomStreams) reply(id string) piece {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.open[id]
	if a == nil {
		return wecomStreamOf(wecomStream{ID: id, Content: "…"})
	}
	if !a.done {
		a.done = true
		close(a.taken)
	}
	return a.body
}

// drop takes an answer back that nobody came for. It says whether nobody did.
func (s *wecomStreams) drop(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.open[id]
	if a == nil || a.done {
		return false
	}
	delete(s.open, id)
	return true
}

// wecomRefusals are the codes that mean more than that a call is wrong.
var wecomRefusals = map[int]Failure{
	-1: {After: time.Second}, 45009: {After: time.Minute}, 45033: {After: time.Minute}, // busy; too often
	846605: {Never: true}, 846608: {Never: true}, // no such request, a stream that is over
	40001: {Never: true, Gone: true}, 853000: {Never: true, Gone: true},
}

func wecomRefused(_ int, body []byte) *Failure {
	var out wecomVerdict
	if json.Unmarshal(body, &out) != nil {
		return nil
	}
	return out.failure()
}

// wecomVerdict is in every reply.
type wecomVerdict struct {
	Code int    `json:"errcode"`
	Msg  string `json:"errmsg"`
}

func (v wecomVerdict) failure() *Failure {
	if v.Code == 0 {
		return nil
	}
	f, known := wecomRefusals[v.Code]
	if !known {
		f.Never = true
	}
	f.Code, f.Cause = strconv.Itoa(v.Code), errors.New(v.Msg)
	return &f
}

// way reads what a message needs to be answered.
func (w *wecom) way(to Address) wecomWay {
	var way wecomWay
	if to.Private && w.listens || len(to.Vendor) == 0 || json.Unmarshal(to.Vendor, &way) != nil {
		return wecomWay{}
	}
	return way
}

// respond uses the one message that the address of a callback takes.
func (w *wecom) respond(ctx context.Context, way wecomWay, body any) error {
	u, err := url.Parse(way.Reply)
	if way.Reply == "" || err != nil || !w.trusts(u, "qyapi.weixin.qq.com") {
		return Failure{Code: "no_way", Never: true}
	}
	c := w.caller
	c.base = u
	return c.call(ctx, http.MethodPost, "", nil, body, nil)
}
