package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"

	"github.com/slack-go/slack/socketmode"
)

// slackSocket is an app in Socket Mode: deliveries come over a connection that
// we open.
type slackSocket struct{ *slackChannel }

// slackReplyMax is above what Slack takes in an acknowledgement without dropping
// it.
const slackReplyMax = 20_000

// Listen keeps a connection, which the library opens anew when Slack wants it.
func (c *slackSocket) Listen(ctx context.Context, accept func(context.Context, Receipt) (Receipt, error)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	client := socketmode.New(c.client, socketmode.OptionLog(log.New(io.Discard, "", 0))) // it would log addresses with tickets
	ended := make(chan error, 1)
	go func() { ended <- client.RunContext(ctx) }()
	for {
		select {
		case err := <-ended:
			return fmt.Errorf("slack: socket: %w", err)
		case e := <-client.Events:
			if e.Request == nil || e.Request.EnvelopeID == "" {
				continue
			}
			reply, err := c.deliver(ctx, *e.Request, accept)
			if err != nil {
				continue // not acknowledged: Slack delivers it again
			}
			if err := acknowledge(client, *e.Request, reply); err != nil && ctx.Err() == nil {
				continue // the connection is gone: Slack delivers it again, and the inbox knows it
			}
		}
	}
}

// deliver accepts one delivery. What cannot be read is acknowledged: it would be
// no better again.
func (c *slackSocket) deliver(ctx context.Context, r socketmode.Request, accept func(context.Context, Receipt) (Receipt, error)) (Receipt, error) {
	receipt, err := c.decodeSocket(r)
	if err != nil {
		return Receipt{}, nil //nolint:nilerr // see above
	}
	return accept(ctx, receipt)
}

func (c *slackSocket) decodeSocket(r socketmode.Request) (Receipt, error) {
	switch r.Type {
	case socketmode.RequestTypeEventsAPI:
		return c.decodeEvent(r.Payload)
	case socketmode.RequestTypeInteractive:
		return c.decodeAction(r.Payload)
	case socketmode.RequestTypeSlashCommands:
		fields := map[string]any{}
		if err := json.Unmarshal(r.Payload, &fields); err != nil {
			return Receipt{}, fmt.Errorf("slack: command: %w", err)
		}
		return c.decodeCommand(func(name string) string {
			text, _ := fields[name].(string)
			return text
		})
	}
	return Receipt{}, nil
}

// acknowledge sends what Slack waits for, with a list of members when it asked
// for one.
func acknowledge(client *socketmode.Client, r socketmode.Request, reply Receipt) error {
	if r.AcceptsResponsePayload && reply.Type == "application/json" && len(reply.Reply) < slackReplyMax {
		return client.Ack(r, json.RawMessage(reply.Reply))
	}
	return client.Ack(r)
}
