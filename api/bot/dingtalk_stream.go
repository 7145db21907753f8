package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/coder/websocket"
)

// The topics that a robot subscribes to.
const (
	dingtalkRobotTopic = "/v1.0/im/bot/messages/get"
	dingtalkCardTopic  = "/v1.0/card/instances/callback"
)

// dingtalkStream is the long connection of DingTalk's stream mode: a gateway
// gives an address and a ticket for one connection, and every frame is
// acknowledged by the id it came with. A frame that is not comes again.
type dingtalkStream struct {
	caller
	id, secret string
	// take accepts what came for a topic; the vendor sends it again when it
	// fails, under the same id. What it returns goes into the acknowledgement.
	take func(ctx context.Context, topic, id string, data []byte) (any, error)
}

// dingtalkFrame is one frame from the gateway. Data is JSON in a string.
type dingtalkFrame struct {
	Version string          `json:"specVersion"`
	Type    string          `json:"type"` // SYSTEM, EVENT, CALLBACK
	Headers dingtalkHeaders `json:"headers"`
	Data    string          `json:"data"`
}

type dingtalkHeaders struct {
	Topic       string `json:"topic,omitempty"`
	Message     string `json:"messageId"`
	ContentType string `json:"contentType"`
}

// dingtalkAck answers one frame.
type dingtalkAck struct {
	Code    int             `json:"code"`
	Headers dingtalkHeaders `json:"headers"`
	Message string          `json:"message"`
	Data    string          `json:"data"`
}

type dingtalkSubscription struct {
	Type  string `json:"type"`
	Topic string `json:"topic"`
}

// session opens one connection and serves it.
func (s *dingtalkStream) session(ctx context.Context, up func()) error {
	address, err := s.address(ctx)
	if err != nil {
		return err
	}
	conn, _, err := websocket.Dial(ctx, address, &websocket.DialOptions{HTTPClient: s.client})
	if err != nil {
		return fmt.Errorf("dial the gateway of DingTalk: %w", withoutURL(err))
	}
	defer conn.CloseNow()
	up()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() { cancel(beat(ctx, time.Minute, conn.Ping)) }()
	return frames(ctx, conn, func(ctx context.Context, _ websocket.MessageType, b []byte) error { return s.frame(ctx, conn, b) })
}

// address is where the gateway wants the next connection, with its ticket.
func (s *dingtalkStream) address(ctx context.Context) (string, error) {
	var gate struct {
		Endpoint string `json:"endpoint"`
		Ticket   string `json:"ticket"`
	}
	asked := map[string]any{
		"clientId": s.id, "clientSecret": s.secret, "ua": "wenshu",
		"subscriptions": []dingtalkSubscription{{"CALLBACK", dingtalkRobotTopic}, {"CALLBACK", dingtalkCardTopic}},
	}
	if err := s.call(ctx, http.MethodPost, "/v1.0/gateway/connections/open", nil, asked, &gate); err != nil {
		return "", fmt.Errorf("open a connection to DingTalk: %w", err)
	}
	u, err := url.Parse(gate.Endpoint)
	if err != nil || gate.Ticket == "" || !s.trusts(u, ".dingtalk.com") {
		return "", fmt.Errorf("the gateway of DingTalk gave no usable address")
	}
	u.RawQuery = url.Values{"ticket": {gate.Ticket}}.Encode()
	return u.String(), nil
}

// frame answers one frame. An error ends the connection.
func (s *dingtalkStream) frame(ctx context.Context, conn *websocket.Conn, b []byte) error {
	var f dingtalkFrame
	if err := json.Unmarshal(b, &f); err != nil {
		return fmt.Errorf("decode a frame of DingTalk: %w", err)
	}
	ack := dingtalkAck{Code: http.StatusOK, Message: "OK", Headers: dingtalkHeaders{Message: f.Headers.Message, ContentType: "application/json"}}
	switch {
	case f.Type == "SYSTEM" && f.Headers.Topic == "disconnect":
		return errRelink
	case f.Type == "SYSTEM":
		ack.Data = f.Data
	case f.Headers.Topic == dingtalkRobotTopic || f.Headers.Topic == dingtalkCardTopic:
		reply, err := s.take(ctx, f.Headers.Topic, f.Headers.Message, []byte(f.Data))
		if err != nil {
			return nil // not acknowledged: it comes again
		}
		ack.Data, err = dingtalkReply(reply)
		if err != nil {
			return err
		}
	default:
		ack.Code, ack.Message = http.StatusNotFound, "no such topic"
	}
	out, err := json.Marshal(ack)
	if err != nil {
		return err
	}
	return conn.Write(ctx, websocket.MessageText, out)
}

// dingtalkReply is the data of an acknowledgement: JSON in a string.
func dingtalkReply(reply any) (string, error) {
	if reply == nil {
		reply = struct{}{}
	}
	b, err := json.Marshal(map[string]any{"response": reply})
	return string(b), err
}
