package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Where Feishu and Lark are.
const (
	feishuHost = "https://open.feishu.cn"
	larkHost   = "https://open.larksuite.com"
)

// feishuVendor is Feishu, and Lark under the option domain = lark.
var feishuVendor = Vendor{
	Name:    "feishu",
	Secrets: []string{"app_secret"},
	May:     []string{"encrypt_key", "verification_token"},
	Options: []string{"app_id", "domain", "connection"},
	Open:    openFeishu,
}

// feishu is one self-built application of Feishu or Lark.
type feishu struct {
	caller
	settings Settings
	app      string
	listens  bool
	pass     *pass
	self     atomic.Pointer[string] // open_id of the bot; nil until it is known
	tether   tether
}

func openFeishu(s Settings) (Channel, error) {
	s = s.withClock()
	own := feishuHost
	switch s.Options["domain"] {
	case "", "feishu":
	case "lark":
		own = larkHost
	default:
		return nil, fmt.Errorf("domain is feishu or lark, not %q", s.Options["domain"])
	}
	listens, err := connectionOf(s, "encrypt_key", "verification_token")
	if err != nil {
		return nil, err
	}
	if s.Options["app_id"] == "" {
		return nil, errors.New("app_id is missing")
	}
	c, err := newCaller(s, own, feishuRefused)
	if err != nil {
		return nil, err
	}
	f := &feishu{caller: c, settings: s, app: s.Options["app_id"], listens: listens}
	f.pass = &pass{now: s.Now, fetch: f.fetchToken}
	f.tether = tether{log: slog.With("bot", s.Name, "vendor", "feishu"), pause: pause{time.Second, time.Minute}}
	return f, nil
}

// connectionOf reads the option connection: "long", the default, dials out and
// needs no address of ours; "callback" is called and needs what signs.
func connectionOf(s Settings, signs ...string) (long bool, err error) {
	switch s.Options["connection"] {
	case "", "long":
		return true, nil
	case "callback":
		for _, name := range signs {
			if s.Secrets[name] == "" {
				return false, fmt.Errorf("connection = callback needs %s", name)
			}
		}
		return false, nil
	}
	return false, fmt.Errorf("connection is long or callback, not %q", s.Options["connection"])
}

// Verify checks the signature of an event, or the token of a challenge.
func (f *feishu) Verify(r Request, now time.Time) error {
	key := f.settings.Secrets["encrypt_key"]
	if f.listens || key == "" {
		return ErrForged
	}
	h := feishuHeaders{r.Header.Get("X-Lark-Request-Timestamp"), r.Header.Get("X-Lark-Request-Nonce"), r.Header.Get("X-Lark-Signature")}
	if h.Signature != "" {
		return feishuVerify(h, key, r.Body, now)
	}
	// A challenge is not signed, but encrypted under our key and holds our token.
	e, err := f.event(r.Body)
	if err != nil || e.Type != "url_verification" || !same(e.Token, f.settings.Secrets["verification_token"]) {
		return ErrForged
	}
	return nil
}

func (f *feishu) event(body []byte) (feishuEvent, error) {
	var e feishuEvent
	body, err := feishuOpen(body, f.settings.Secrets["encrypt_key"])
	if err == nil {
		err = json.Unmarshal(body, &e)
	}
	return e, err
}

// Decode reads an event that came by HTTP.
func (f *feishu) Decode(r Request) (Receipt, error) {
	e, err := f.event(r.Body)
	if err != nil {
		return Receipt{}, err
	}
	if e.Type == "url_verification" {
		b, err := json.Marshal(map[string]string{"challenge": e.Challenge})
		return Receipt{Type: "application/json", Reply: b}, err
	}
	if token := f.settings.Secrets["verification_token"]; token != "" && !same(e.Header.Token, token) {
		return Receipt{}, errors.New("the event is for another application")
	}
	return f.receipt(e)
}

// feishuReply is what a message needs to be answered.
type feishuReply struct {
	Message string `json:"message,omitempty"`
}

// receipt turns an event of Feishu's into ours.
func (f *feishu) receipt(e feishuEvent) (Receipt, error) {
	done := Receipt{Type: "application/json", Reply: []byte("{}")}
	if e.Header.App != "" && e.Header.App != f.app {
		return Receipt{}, errors.New("the event is for another application")
	}
	var out []Event
	var err error
	switch e.Header.Type {
	case feishuMessageEvent:
		out, err = f.said(e)
	case feishuCardEvent:
		out, err = f.pressed(e)
	case feishuEnteredEvent:
		out, err = f.entered(e)
	case feishuRecalledEvent:
		out, err = f.recalled(e)
	}
	done.Events = out
	return done, err
}

func (f *feishu) said(e feishuEvent) ([]Event, error) {
	var m feishuMessage
	if err := json.Unmarshal(e.Event, &m); err != nil {
		return nil, err
	}
	self := ""
	if p := f.self.Load(); p != nil {
		self = *p
	} else if len(m.Message.Mentions) > 0 { // only messages that mention the bot come
		self = m.Message.Mentions[0].ID.Open
	}
	group := m.Message.ChatType != "p2p"
	if m.Sender.Type != "user" || group && !m.mentioned(self) || !feishuWords[m.Message.Type] {
		return nil, nil
	}
	text, err := m.text(self)
	if err != nil {
		return nil, err
	}
	who := f.person(e, m.Sender.Tenant, m.Sender.ID)
	return []Event{{
		Kind: askedOrStopped(text), ID: e.Header.ID, Message: m.Message.ID, From: who, Text: text, At: millis(e.Header.CreateTime),
		Where: f.address(who, m.Message.Chat, m.Message.Thread, group, m.Message.ID),
	}}, nil
}

func (f *feishu) pressed(e feishuEvent) ([]Event, error) {
	var a feishuAction
	if err := json.Unmarshal(e.Event, &a); err != nil {
		return nil, err
	}
	var value feishuValue
	if json.Unmarshal(a.Action.Value, &value) != nil || value.Ref == "" {
		return nil, nil
	}
	who := f.person(e, a.Operator.Tenant, feishuUser{a.Operator.Open, a.Operator.Union, a.Operator.User})
	return []Event{{
		Kind: Pressed, ID: e.Header.ID, From: who, Ref: value.Ref, At: millis(e.Header.CreateTime),
		Where: f.address(who, a.Context.Chat, value.Thread, value.Group, a.Context.Message),
	}}, nil
}

func (f *feishu) entered(e feishuEvent) ([]Event, error) {
	var in struct {
		Chat     string     `json:"chat_id"`
		Operator feishuUser `json:"operator_id"`
	}
	if err := json.Unmarshal(e.Event, &in); err != nil {
		return nil, err
	}
	who := f.person(e, e.Header.Tenant, in.Operator)
	return []Event{{Kind: Opened, ID: e.Header.ID, From: who, Where: f.address(who, in.Chat, "", false, ""), At: millis(e.Header.CreateTime)}}, nil
}

func (f *feishu) recalled(e feishuEvent) ([]Event, error) {
	var in struct {
		Message string `json:"message_id"`
		Chat    string `json:"chat_id"`
	}
	if err := json.Unmarshal(e.Event, &in); err != nil {
		return nil, err
	}
	where := Address{Tenant: e.Header.Tenant, Chat: in.Chat}
	return []Event{{Kind: Removed, ID: e.Header.ID, Message: in.Message, From: Person{Tenant: e.Header.Tenant}, Where: where}}, nil
}

// person is who did something. A person of another tenant than the event's own
// is from outside.
func (f *feishu) person(e feishuEvent, tenant string, id feishuUser) Person {
	if tenant == "" {
		tenant = e.Header.Tenant
	}
	foreign := tenant != e.Header.Tenant || len(f.settings.Tenants) > 0 && !slices.Contains(f.settings.Tenants, tenant)
	return Person{Tenant: tenant, User: id.Open, Foreign: foreign}
}

// address is where something was said. People of Feishu read Chinese, until a
// question says otherwise.
func (f *feishu) address(who Person, chat, thread string, group bool, message string) Address {
	a := Address{Tenant: who.Tenant, Chat: chat, Thread: thread, Group: group, User: who.User}
	if message != "" {
		a.Vendor, _ = json.Marshal(feishuReply{message}) // one string: it cannot fail
	}
	if f.settings.Options["domain"] != "lark" {
		a.Lang = chineseWords.lang
	}
	return a
}

// millis reads milliseconds since 1970; what is none is the zero time.
func millis(s string) time.Time {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}

// stopWords are what cancels a running question, as the whole message.
var stopWords = []string{"停止", "取消", "停", "stop", "cancel"}

func askedOrStopped(text string) EventKind {
	if slices.Contains(stopWords, strings.ToLower(text)) {
		return Stopped
	}
	return Asked
}

// fetchToken gets a token of the tenant. It is fetched anew some minutes before
// it ends.
func (f *feishu) fetchToken(ctx context.Context) (string, time.Duration, error) {
	var out struct {
		Token  string `json:"tenant_access_token"`
		Expire int    `json:"expire"` // seconds
	}
	in := map[string]string{"app_id": f.app, "app_secret": f.settings.Secrets["app_secret"]}
	err := f.call(ctx, http.MethodPost, "/open-apis/auth/v3/tenant_access_token/internal", nil, in, &out)
	return out.Token, time.Duration(out.Expire) * time.Second, err
}

// feishuRefusals are the codes that mean more than that a call is wrong.
var feishuRefusals = map[int]Failure{
	99991661: {Code: staleToken}, 99991663: {Code: staleToken}, 99991664: {Code: staleToken}, 99991668: {Code: staleToken},
	99991400: {After: time.Second}, 230020: {After: time.Second}, 11232: {After: time.Second}, // too often
	10003: {Gone: true, Never: true}, 10014: {Gone: true, Never: true}, 230006: {Gone: true, Never: true}, // no such application, wrong secret, no bot
	99991662: {Gone: true, Never: true}, 10012: {Gone: true, Never: true}, // switched off, taken off
}

// feishuRefused reads the code of a reply; 0 is none.
func feishuRefused(_ int, body []byte) *Failure {
	var out struct {
		Code int    `json:"code"`
		Msg  string `json:"msg"`
	}
	if json.Unmarshal(body, &out) != nil || out.Code == 0 {
		return nil
	}
	failure, known := feishuRefusals[out.Code]
	if !known {
		failure.Never = true
	}
	if failure.Code == "" {
		failure.Code = strconv.Itoa(out.Code)
	}
	failure.Cause = errors.New(out.Msg)
	return &failure
}

// api calls an interface that needs a token.
func (f *feishu) api(ctx context.Context, method, path string, in, out any) error {
	return f.pass.with(ctx, func(token string) error {
		return f.call(ctx, method, "/open-apis"+path, bearer(token), in, out)
	})
}

func bearer(token string) http.Header { return http.Header{"Authorization": {"Bearer " + token}} }

// learn asks who the bot is: in a group it must know when it is meant.
func (f *feishu) learn(ctx context.Context) error {
	if f.self.Load() != nil {
		return nil
	}
	var out struct {
		Bot struct {
			Open string `json:"open_id"`
		} `json:"bot"`
	}
	if err := f.api(ctx, http.MethodGet, "/bot/v3/info", nil, &out); err != nil {
		return fmt.Errorf("ask Feishu who the bot is: %w", err)
	}
	if out.Bot.Open != "" {
		f.self.Store(&out.Bot.Open)
	}
	return nil
}
