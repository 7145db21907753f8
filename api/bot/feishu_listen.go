package bot

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// Listen holds the long connection. Where events come by callback it only asks
// who the bot is.
func (f *feishu) Listen(ctx context.Context, accept func(context.Context, Receipt) (Receipt, error)) error {
	if !f.listens {
		return f.keepLearning(ctx)
	}
	f.tether.session = func(ctx context.Context, up func()) error {
		if err := f.learn(ctx); err != nil {
			return err
		}
		return f.serve(ctx, up, accept)
	}
	return f.tether.keep(ctx)
}

// keepLearning asks who the bot is until it is told.
func (f *feishu) keepLearning(ctx context.Context) error {
	f.tether.session = func(ctx context.Context, up func()) error {
		if err := f.learn(ctx); err != nil {
			return err
		}
		up()
		<-ctx.Done()
		return ctx.Err()
	}
	return f.tether.keep(ctx)
}

// feishuEndpoint is where the next connection goes.
type feishuEndpoint struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
	Data struct {
		URL    string `json:"URL"`
		Config struct {
			Ping int `json:"PingInterval"` // seconds
		} `json:"ClientConfig"`
	} `json:"data"`
}

// feishuConn is one long connection.
type feishuConn struct {
	f       *feishu
	conn    *websocket.Conn
	service int32
	accept  func(context.Context, Receipt) (Receipt, error)
	ping    time.Duration

	mu    sync.Mutex
	parts feishuParts
}

// serve opens one connection and serves it until it ends.
func (f *feishu) serve(ctx context.Context, up func(), accept func(context.Context, Receipt) (Receipt, error)) error {
	var e feishuEndpoint
	in := map[string]string{"AppID": f.app, "AppSecret": f.settings.Secrets["app_secret"]}
	if err := f.call(ctx, http.MethodPost, "/callback/ws/endpoint", nil, in, &e); err != nil {
		return fmt.Errorf("open a connection to Feishu: %w", err)
	}
	u, err := url.Parse(e.Data.URL)
	if err != nil || !f.trusts(u, ".feishu.cn", ".larksuite.com", ".larkoffice.com") {
		return errors.New("open a connection to Feishu: it gave no usable address")
	}
	conn, res, err := websocket.Dial(ctx, u.String(), &websocket.DialOptions{HTTPClient: f.client})
	if err != nil {
		return feishuHandshake(res, withoutURL(err))
	}
	defer conn.CloseNow()
	service, err := strconv.ParseInt(u.Query().Get("service_id"), 10, 32)
	if err != nil {
		service = 0
	}
	c := &feishuConn{f: f, conn: conn, service: int32(service), accept: accept, ping: 2 * time.Minute}
	if n := e.Data.Config.Ping; n > 0 {
		c.ping = time.Duration(n) * time.Second
	}
	up()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() { cancel(beat(ctx, c.ping, c.sendPing)) }()
	return frames(ctx, conn, c.frame)
}

// feishuHandshake reads why a connection was refused. Who is refused for good
// need not dial again.
func feishuHandshake(res *http.Response, cause error) error {
	if res == nil {
		return cause
	}
	switch code := res.Header.Get("Handshake-Status"); code {
	case "403", "514":
		if res.Header.Get("Handshake-Autherrcode") != "1000040350" { // too many connections: one of them will end
			return Failure{Code: "handshake_" + code, Never: true, Cause: cause}
		}
	}
	return cause
}

func (c *feishuConn) sendPing(ctx context.Context) error {
	return c.write(ctx, feishuFrame{Service: c.service, Headers: []feishuHeader{{"type", "ping"}}})
}

func (c *feishuConn) write(ctx context.Context, f feishuFrame) error {
	return c.conn.Write(ctx, websocket.MessageBinary, f.encode())
}

// frame handles one frame. An error ends the connection; an event that could
// not be taken is answered by 500, after which Feishu sends it again.
func (c *feishuConn) frame(ctx context.Context, kind websocket.MessageType, b []byte) error {
	f, err := feishuDecodeFrame(b)
	if err != nil || kind != websocket.MessageBinary {
		return errFrame
	}
	if f.Method == 0 || f.header("type") != "event" && f.header("type") != "card" {
		return nil // a pong, or a kind that is not ours
	}
	c.mu.Lock()
	body, err := c.parts.add(f, c.f.settings.Now())
	c.mu.Unlock()
	if body == nil || err != nil {
		return err
	}
	start := time.Now()
	reply := c.take(ctx, body)
	payload, err := json.Marshal(reply)
	if err != nil {
		return err
	}
	f.Headers = append(f.Headers, feishuHeader{"biz_rt", strconv.FormatInt(time.Since(start).Milliseconds(), 10)})
	f.Payload = payload
	return c.write(ctx, f)
}

// feishuAck answers one event. Data is Base64.
type feishuAck struct {
	Code int    `json:"code"`
	Data string `json:"data,omitempty"`
}

func (c *feishuConn) take(ctx context.Context, body []byte) feishuAck {
	var e feishuEvent
	if json.Unmarshal(body, &e) != nil {
		return feishuAck{Code: http.StatusBadRequest}
	}
	r, err := c.f.receipt(e)
	if err != nil {
		return feishuAck{Code: http.StatusBadRequest}
	}
	if r, err = c.accept(ctx, r); err != nil {
		return feishuAck{Code: http.StatusInternalServerError}
	}
	return feishuAck{Code: http.StatusOK, Data: base64.StdEncoding.EncodeToString(r.Reply)}
}
