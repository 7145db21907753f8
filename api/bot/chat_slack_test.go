package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	socket "github.com/gorilla/websocket"
)

// slackChat is a workspace of Slack, over the Events API or, where the mode says
// so, over Socket Mode.
func slackChat(t *testing.T, mode string) *chat {
	f := newFakeSlack(t)
	f.seen = &vendorServer{t: t, http: f.Server, calls: map[string]int{}, conns: map[*websocket.Conn]bool{}}
	c := &chat{name: "slack", server: f.seen, tenant: fakeTeam, setup: slackSetup(mode)}
	c.setup.Groups = nil
	s := &slackSide{fake: f, envelopes: &office{fakeSlack: f}, socket: mode == "socket", stamps: map[string]string{}}
	c.say = s.say
	c.foreign = func(c *chat, user, text string) {
		s.event(c, "foreign", map[string]any{"type": "app_mention", "channel": "group1", "user": user, "user_team": "TOTHER", "text": "<@" + fakeBot + "> " + text, "ts": s.stamp(c, "foreign")})
	}
	c.edit = func(c *chat, id, chat, user, text string) {
		s.event(c, "edited", map[string]any{"type": "message", "subtype": "message_changed", "channel": "D" + chat, "channel_type": "im", "ts": s.stamp(c, "edit of "+id),
			"message": map[string]any{"type": "message", "user": user, "text": text, "ts": s.stamp(c, id), "edited": map[string]any{"user": user}}})
	}
	c.recall = func(c *chat, id string) {
		s.event(c, "recall"+id, map[string]any{"type": "message", "subtype": "message_deleted", "channel": "Dsinglefay", "channel_type": "im", "deleted_ts": s.stamp(c, id), "ts": s.stamp(c, "recall"+id), "previous_message": map[string]any{"user": "fay"}})
	}
	c.follow = func(c *chat, root, chat, user, text string) {
		s.event(c, "in "+root, map[string]any{"type": "app_mention", "channel": chat, "user": user, "text": "<@" + fakeBot + "> " + text, "ts": s.stamp(c, "in "+root), "thread_ts": s.stamp(c, root)})
	}
	c.press = s.press
	c.signed = func(c *chat, at time.Time) Request {
		return signedAt(at, "application/json", s.envelopes.envelope(map[string]any{"type": "message", "channel_type": "im", "channel": "Dsinglefay", "user": "fay", "text": revenue, "ts": fmt.Sprintf("%d.000100", at.Unix())}))
	}
	if s.socket {
		c.signed = nil
	}
	gone := func(code string) func(http.ResponseWriter) {
		return status(http.StatusOK, `{"ok":false,"error":"`+code+`"}`)
	}
	c.gone = func() {
		for range 20 {
			c.server.fail(gone("token_revoked"))
		}
	}
	c.leave = func(c *chat) { s.event(c, "left", map[string]any{"type": "app_uninstalled"}) }
	value := regexp.MustCompile(`"action_id":"button-\d+","value":"([^"]+)"`)
	c.buttons = func(m shown) (refs []string) {
		for _, found := range value.FindAllStringSubmatch(m.Body, -1) {
			refs = append(refs, found[1])
		}
		return refs
	}
	c.private = func(m shown, user string) bool {
		return m.Private && (m.Chat == user || m.Chat == "D"+user || m.Chat == "Dsingle"+user)
	}
	c.lint = func(m shown, number string) error { return lint("slack", []byte(m.Body), number) }
	return c.start(t)
}

// slackSide is how Slack delivers.
type slackSide struct {
	fake      *fakeSlack
	envelopes *office
	socket    bool
	stamps    map[string]string // of messages, by our id
	conns     []*socket.Conn
}

// stamp is the time of a message, which is its id in Slack.
func (s *slackSide) stamp(c *chat, id string) string {
	if s.stamps[id] == "" {
		s.stamps[id] = fmt.Sprintf("%d.%06d", c.saidAt().Unix(), len(s.stamps)+1)
	}
	return s.stamps[id]
}

func (s *slackSide) say(c *chat, id, event, chat, user, text string, group bool) {
	m := map[string]any{"type": "message", "channel_type": "im", "channel": "D" + chat, "user": user, "text": text, "ts": s.stamp(c, id)}
	if group {
		m["type"], m["channel"], m["text"] = "app_mention", chat, "<@"+fakeBot+"> "+text
		delete(m, "channel_type")
	}
	s.event(c, event, m)
}

// event delivers an event under an id.
func (s *slackSide) event(c *chat, id string, event map[string]any) {
	c.t.Helper()
	var outer map[string]any
	if err := json.Unmarshal(s.envelopes.envelope(event), &outer); err != nil {
		c.t.Fatal(err)
	}
	outer["event_id"], outer["event_time"] = "Ev"+id, c.saidAt().Unix()
	s.push(c, "application/json", "events_api", []byte(jsonText(c.t, outer)))
}

func (s *slackSide) press(c *chat, user, chat, ref string, group bool) {
	c.n++
	if !group {
		chat = "D" + chat
	}
	body := jsonText(c.t, map[string]any{
		"type": "block_actions", "team": map[string]any{"id": fakeTeam}, "user": map[string]any{"id": user, "team_id": fakeTeam},
		"channel": map[string]any{"id": chat}, "container": map[string]any{"message_ts": "1.1", "channel_id": chat}, "actions": []any{map[string]any{"action_id": "b", "value": ref, "action_ts": fmt.Sprint(c.n)}},
	})
	if s.socket {
		s.push(c, "", "interactive", []byte(body))
		return
	}
	s.push(c, "application/x-www-form-urlencoded", "", []byte(url.Values{"payload": {body}}.Encode()))
}

// push delivers until it is acknowledged.
func (s *slackSide) push(c *chat, media, kind string, body []byte) {
	c.t.Helper()
	if !s.socket {
		c.deliver(signedAt(time.Now(), media, body), http.StatusOK)
		return
	}
	c.n++
	envelope := map[string]any{"envelope_id": fmt.Sprint("e", c.n), "type": kind, "payload": json.RawMessage(body), "accepts_response_payload": true}
	for deadline := time.Now().Add(longest); time.Now().Before(deadline); {
		for fresh := true; fresh; {
			select {
			case conn := <-s.fake.sockets:
				s.conns = append(s.conns, conn)
			default:
				fresh = false
			}
		}
		if len(s.conns) == 0 {
			time.Sleep(2 * time.Millisecond)
			continue
		}
		conn := s.conns[len(s.conns)-1]
		var ack struct {
			ID string `json:"envelope_id"`
		}
		err := errors.Join(conn.SetReadDeadline(time.Now().Add(longest/4)), conn.WriteJSON(envelope))
		for err == nil && ack.ID != envelope["envelope_id"] {
			err = conn.ReadJSON(&ack)
		}
		if err == nil {
			return
		}
		s.conns = s.conns[:len(s.conns)-1]
	}
	c.t.Fatalf("nobody takes %s", strings.TrimSpace(string(body)))
}
