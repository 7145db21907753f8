package bot

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Where DingTalk is. Files and the session webhooks are at the older address.
const (
	dingtalkHost    = "https://api.dingtalk.com"
	dingtalkOldHost = "https://oapi.dingtalk.com"
)

// dingtalkVendor is DingTalk: stream mode, or callbacks under the option
// connection = callback.
var dingtalkVendor = Vendor{
	Name:    "dingtalk",
	Secrets: []string{"client_secret"},
	May:     []string{"token", "aes_key"},
	Options: []string{"client_id", "robot_code", "card_template", "connection", "receive_id"},
	Open:    openDingtalk,
}

// dingtalk is one application with a robot.
type dingtalk struct {
	caller
	old      caller
	settings Settings
	secret   string
	robot    string
	template string // of cards with buttons; "" sends markdown
	listens  bool
	seal     *seal // of callbacks; nil where they are signed alone
	pass     *pass
	tether   tether
}

func openDingtalk(s Settings) (Channel, error) {
	s = s.withClock()
	listens, err := connectionOf(s)
	if err != nil {
		return nil, err
	}
	if s.Options["client_id"] == "" {
		return nil, errors.New("client_id is missing")
	}
	d := &dingtalk{settings: s, secret: s.Secrets["client_secret"], robot: s.Options["robot_code"], template: s.Options["card_template"], listens: listens}
	if d.robot == "" {
		d.robot = s.Options["client_id"]
	}
	if d.seal, err = dingtalkSeal(s); err != nil {
		return nil, err
	}
	if d.caller, err = newCaller(s, dingtalkHost, dingtalkRefused); err != nil {
		return nil, err
	}
	if d.old, err = newCaller(s, dingtalkOldHost, dingtalkOldRefused); err != nil {
		return nil, err
	}
	d.pass = &pass{now: s.Now, fetch: d.fetchToken}
	d.tether = tether{log: slog.With("bot", s.Name, "vendor", "dingtalk"), pause: pause{3 * time.Second, time.Minute}}
	return d, nil
}

// dingtalkWay is what a message needs to be answered.
type dingtalkWay struct {
	Webhook string `json:"webhook,omitempty"`
	Until   int64  `json:"until,omitempty"` // milliseconds
}

// message reads what the robot was told.
func (d *dingtalk) message(body []byte) (Receipt, error) {
	m, err := dingtalkDecode(body)
	if err != nil {
		return Receipt{}, err
	}
	if m.Robot != "" && m.Robot != d.robot {
		return Receipt{}, errors.New("the message is for another robot")
	}
	who := Person{Tenant: m.SenderCorp, User: m.Staff, Name: m.Nick, Foreign: d.foreign(m)}
	if who.User == "" {
		who.User = m.Sender
	}
	if who.Tenant == "" && !who.Foreign {
		who.Tenant = m.BotCorp
	}
	where := Address{Tenant: m.BotCorp, Chat: m.Conversation, Group: m.group(), User: who.User, Lang: chineseWords.lang}
	if where.Vendor, err = json.Marshal(dingtalkWay{m.Webhook, m.WebhookUntil}); err != nil {
		return Receipt{}, err
	}
	e := Event{ID: m.ID, Message: m.ID, From: who, Where: where}
	if m.Created > 0 {
		e.At = time.UnixMilli(m.Created).UTC()
	}
	text := withoutMention(m.words(), "")
	if m.ID == "" || !dingtalkSpoken[m.Type] {
		return Receipt{}, nil
	}
	if ref, ok := pressedInText(text); ok {
		e.Kind, e.Ref = Pressed, ref
	} else {
		e.Kind, e.Text = askedOrStopped(text), text
	}
	return Receipt{Events: []Event{e}}, nil
}

// foreign says whether somebody is from outside: who is of the company has an
// id of its staff.
func (d *dingtalk) foreign(m dingtalkMessage) bool {
	if m.Staff == "" || m.SenderCorp != "" && m.BotCorp != "" && m.SenderCorp != m.BotCorp {
		return true
	}
	return len(d.settings.Tenants) > 0 && !slices.Contains(d.settings.Tenants, m.BotCorp)
}

// receipt reads what came for a topic.
func (d *dingtalk) receipt(topic, id string, data []byte) (Receipt, error) {
	if topic == dingtalkCardTopic {
		return d.card(id, data)
	}
	return d.message(data)
}

// card reads the press of a card's button.
func (d *dingtalk) card(id string, body []byte) (Receipt, error) {
	var a dingtalkAction
	if err := json.Unmarshal(body, &a); err != nil {
		return Receipt{}, err
	}
	params, err := a.params()
	if err != nil {
		return Receipt{}, err
	}
	if params["ref"] == "" {
		return Receipt{}, nil
	}
	who := Person{Tenant: a.Corp, User: a.User}
	who.Foreign = a.User == "" || len(d.settings.Tenants) > 0 && !slices.Contains(d.settings.Tenants, a.Corp)
	where := Address{Tenant: a.Corp, Chat: params["chat"], Group: params["group"] == "1", User: a.User, Lang: chineseWords.lang}
	if _, chat, found := strings.Cut(a.Space, "IM_GROUP."); found {
		where.Chat, where.Group = chat, true
	}
	return Receipt{Events: []Event{{Kind: Pressed, ID: id, From: who, Where: where, Ref: params["ref"]}}}, nil
}

// pressMark stands before a reference that a link in a message sends as if the
// person had typed it.
const pressMark = "#"

// pressedInText finds the reference at the end of a message that a link sent.
func pressedInText(text string) (ref string, ok bool) {
	i := strings.LastIndex(text, " "+pressMark)
	if i < 0 {
		return "", false
	}
	ref = text[i+2:]
	return ref, len(ref) >= 16 && !strings.ContainsAny(ref, " \t\n")
}

// Listen holds the connection of stream mode. Where messages come by callback
// there is none.
func (d *dingtalk) Listen(ctx context.Context, accept func(context.Context, Receipt) (Receipt, error)) error {
	if !d.listens {
		d.tether.connected.Store(true)
		<-ctx.Done()
		return nil
	}
	stream := &dingtalkStream{caller: d.caller, id: d.settings.Options["client_id"], secret: d.secret}
	stream.take = func(ctx context.Context, topic, id string, data []byte) (any, error) {
		r, err := d.receipt(topic, id, data)
		if err != nil {
			return nil, nil // malformed: it would be no better the next time
		}
		_, err = accept(ctx, r)
		return nil, err
	}
	d.tether.session = stream.session
	return d.tether.keep(ctx)
}

// fetchToken gets a token of the application.
func (d *dingtalk) fetchToken(ctx context.Context) (string, time.Duration, error) {
	var out struct {
		Token  string `json:"accessToken"`
		Expire int    `json:"expireIn"` // seconds
	}
	in := map[string]string{"appKey": d.settings.Options["client_id"], "appSecret": d.secret}
	err := d.call(ctx, http.MethodPost, "/v1.0/oauth2/accessToken", nil, in, &out)
	return out.Token, time.Duration(out.Expire) * time.Second, err
}

// dingtalkRefused reads a refusal of the newer interface: it has a status that
// says so and a code in words.
func dingtalkRefused(status int, body []byte) *Failure {
	if status < http.StatusMultipleChoices {
		return nil
	}
	var out struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	}
	if json.Unmarshal(body, &out) != nil || out.Code == "" {
		return nil
	}
	f := &Failure{Code: out.Code, Never: true, Cause: errors.New(out.Message)}
	switch {
	case out.Code == "InvalidAuthentication":
		f.Code, f.Never = staleToken, false
	case strings.Contains(strings.ToLower(out.Code), "throttling"):
		f.Never, f.After = false, time.Minute
	case out.Code == "invalidClientIdOrSecret" || out.Code == "Forbidden.AccessDenied.AccessTokenPermissionDenied" || out.Code == "robot.removed":
		f.Gone = true
	}
	return f
}

// dingtalkOldRefusals are the codes of the older interface that mean more than
// that a call is wrong.
var dingtalkOldRefusals = map[int]Failure{
	-1: {After: time.Second}, 88: {After: time.Second}, 90018: {After: time.Minute}, 130101: {After: 10 * time.Minute}, // busy; 20 a minute are over
	40014: {Code: staleToken}, 42001: {Code: staleToken},
}

func dingtalkOldRefused(_ int, body []byte) *Failure {
	var out struct {
		Code int    `json:"errcode"`
		Msg  string `json:"errmsg"`
	}
	if json.Unmarshal(body, &out) != nil || out.Code == 0 {
		return nil
	}
	f, known := dingtalkOldRefusals[out.Code]
	if !known {
		f.Never = true
	}
	if f.Code == "" {
		f.Code = strconv.Itoa(out.Code)
	}
	f.Cause = errors.New(out.Msg)
	return &f
}

// api calls an interface that needs a token.
func (d *dingtalk) api(ctx context.Context, method, path string, in, out any) error {
	return d.pass.with(ctx, func(token string) error {
		return d.call(ctx, method, path, http.Header{"X-Acs-Dingtalk-Access-Token": {token}}, in, out)
	})
}

// webhook is the session's own address, if it lasts and is DingTalk's.
func (d *dingtalk) webhook(to Address) string {
	var w dingtalkWay
	if to.Private || json.Unmarshal(to.Vendor, &w) != nil || w.Webhook == "" {
		return ""
	}
	u, err := url.Parse(w.Webhook)
	if err != nil || !d.trusts(u, "oapi.dingtalk.com", "api.dingtalk.com") || !d.settings.Now().Before(time.UnixMilli(w.Until).Add(-time.Minute)) {
		return ""
	}
	return w.Webhook
}
