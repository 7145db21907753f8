package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// slackEnvelope is a delivery of the Events API.
type slackEnvelope struct {
	Type           string          `json:"type"`
	Challenge      string          `json:"challenge"`
	Team           string          `json:"team_id"`
	EventID        string          `json:"event_id"`
	EventTime      int64           `json:"event_time"`
	Event          json.RawMessage `json:"event"`
	Authorizations []struct {
		User string `json:"user_id"`
		Bot  bool   `json:"is_bot"`
	} `json:"authorizations"`
}

// slackMessage is an event inside an envelope, whatever its type.
type slackMessage struct {
	Type        string `json:"type"`
	Subtype     string `json:"subtype"`
	User        string `json:"user"`
	Bot         string `json:"bot_id"`
	Text        string `json:"text"`
	TS          string `json:"ts"`
	ThreadTS    string `json:"thread_ts"`
	Channel     string `json:"channel"`
	ChannelType string `json:"channel_type"`
	Team        string `json:"team"`
	UserTeam    string `json:"user_team"`
	SourceTeam  string `json:"source_team"`
	DeletedTS   string `json:"deleted_ts"`
	MessageTS   string `json:"message_ts"` // of a link
	Links       []struct {
		URL string `json:"url"`
	} `json:"links"`
	Previous *struct {
		User string `json:"user"`
	} `json:"previous_message"`
	Assistant *struct {
		User     string `json:"user_id"`
		Channel  string `json:"channel_id"`
		ThreadTS string `json:"thread_ts"`
		Context  struct {
			Team string `json:"team_id"`
		} `json:"context"`
	} `json:"assistant_thread"`
	Tokens *struct {
		Bot []string `json:"bot"`
	} `json:"tokens"`
}

// Decode reads a delivery of the Events API, a slash command, or a press of a
// button.
func (c *slackChannel) Decode(r Request) (Receipt, error) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil:
		return Receipt{}, fmt.Errorf("slack: %w", err)
	case media == "application/json":
		return c.decodeEvent(r.Body)
	case media != "application/x-www-form-urlencoded":
		return Receipt{}, fmt.Errorf("slack: media type %s", media)
	}
	form, err := url.ParseQuery(string(r.Body))
	if err != nil {
		return Receipt{}, fmt.Errorf("slack: %w", err)
	}
	switch {
	case form.Get("payload") != "":
		return c.decodeAction([]byte(form.Get("payload")))
	case form.Get("command") != "":
		return c.decodeCommand(form.Get)
	case form.Get("ssl_check") == "1":
		return Receipt{}, nil
	}
	return Receipt{}, errors.New("slack: neither payload nor command")
}

func (c *slackChannel) decodeEvent(body []byte) (Receipt, error) {
	var outer slackEnvelope
	if err := json.Unmarshal(body, &outer); err != nil {
		return Receipt{}, fmt.Errorf("slack: %w", err)
	}
	switch outer.Type {
	case "url_verification":
		return Receipt{Status: http.StatusOK, Reply: []byte(outer.Challenge)}, nil
	case "event_callback":
	default:
		return Receipt{}, nil
	}
	var m slackMessage
	if err := json.Unmarshal(outer.Event, &m); err != nil {
		return Receipt{}, fmt.Errorf("slack: event: %w", err)
	}
	e := Event{ID: outer.EventID}
	if outer.EventTime > 0 {
		e.At = time.Unix(outer.EventTime, 0)
	}
	e.Where = Address{Tenant: outer.Team, Chat: m.Channel, Thread: m.ThreadTS, User: m.User, Group: !slackDirect(m.Channel, m.ChannelType)}
	e.From = c.person(outer.Team, m.User, m.UserTeam, m.SourceTeam, m.Team)
	if !outer.fill(&e, m) {
		return Receipt{}, nil
	}
	return Receipt{Events: []Event{e}}, nil
}

// fill says what an event is; false when it is nothing to us: an echo of what
// the bot said, an edit, a message to others.
func (outer slackEnvelope) fill(e *Event, m slackMessage) bool {
	direct := !e.Where.Group
	switch {
	case m.Type == "app_uninstalled", m.Type == "tokens_revoked" && m.Tokens != nil && len(m.Tokens.Bot) > 0:
		e.Kind = Left
		return true
	case m.Type == "assistant_thread_started" && m.Assistant != nil:
		e.Kind = Opened
		e.Where.Chat, e.Where.Thread, e.Where.User, e.Where.Group = m.Assistant.Channel, m.Assistant.ThreadTS, m.Assistant.User, false
		e.From.User = m.Assistant.User
		return true
	case m.Type == "message" && m.Subtype == "message_deleted" && m.Previous != nil:
		e.Kind, e.Message = Removed, slackKey(outer.Team, m.Channel, m.DeletedTS, m.Previous.User)
		return true
	case m.Type == "link_shared":
		return outer.link(e, m)
	case m.Bot != "" || m.User == "" || m.TS == "" || outer.own(m.User):
		return false
	case m.Subtype != "" && m.Subtype != "file_share" && m.Subtype != "thread_broadcast":
		return false
	case m.Type == "app_mention", m.Type == "message" && direct && m.ChannelType != "":
	default:
		return false
	}
	if m.Type == "app_mention" && e.Where.Thread == "" && !direct {
		e.Where.Thread = m.TS
	}
	e.Kind, e.Text, e.Message = Asked, slackText(m.Text), slackKey(outer.Team, m.Channel, m.TS, m.User)
	if seconds, err := strconv.ParseFloat(m.TS, 64); err == nil {
		e.At = time.UnixMicro(int64(seconds * 1e6))
	}
	return true
}

// link is the first link of a message.
func (outer slackEnvelope) link(e *Event, m slackMessage) bool {
	if len(m.Links) == 0 || m.MessageTS == "" || m.User == "" || outer.own(m.User) {
		return false
	}
	e.Kind, e.Text, e.Message = Linked, m.Links[0].URL, "link/"+slackKey(outer.Team, m.Channel, m.MessageTS, m.User)
	e.Where.Vendor, _ = json.Marshal(slackUnfurl{m.MessageTS, e.Text}) // two strings: it cannot fail
	return true
}

// own reports whether a user is the bot itself.
func (outer slackEnvelope) own(user string) bool {
	for _, a := range outer.Authorizations {
		if a.Bot && a.User == user {
			return true
		}
	}
	return false
}

// slackKey is the second key of a message: Slack sends one message under several
// event ids.
func slackKey(team, channel, ts, user string) string {
	return team + "/" + channel + "/" + ts + "/" + user
}

// slackDirect reports whether nobody else reads along.
func slackDirect(channel, kind string) bool {
	return kind == "im" || kind == "" && strings.HasPrefix(channel, "D")
}

// person is who wrote: of the first team that is named, ours last. In a channel
// that is shared with another workspace that is the author's, not ours.
func (c *slackChannel) person(ours, user string, teams ...string) Person {
	team := ours
	for _, t := range teams {
		if t != "" {
			team = t
			break
		}
	}
	return Person{Tenant: team, User: user, Foreign: !slices.Contains(c.settings.Tenants, team)}
}

var (
	slackMention = regexp.MustCompile(`^[\s\x{3000}]*(?:<@[UW][A-Z0-9]+(?:\|[^>]*)?>|[@＠][^\s\x{3000}]+)[\s\x{3000},，:：]*`)
	slackToken   = regexp.MustCompile(`<([^<>|]*)(?:\|([^<>]*))?>`)
)

// slackText is what was typed: without the mentions in front, with the words of
// links and names, and with the characters that Slack escapes.
func slackText(s string) string {
	for {
		loc := slackMention.FindStringIndex(s)
		if loc == nil {
			break
		}
		s = s[loc[1]:]
	}
	s = slackToken.ReplaceAllStringFunc(s, func(token string) string {
		parts := slackToken.FindStringSubmatch(token)
		switch {
		case parts[2] != "":
			return parts[2]
		case strings.HasPrefix(parts[1], "@"), strings.HasPrefix(parts[1], "#"), strings.HasPrefix(parts[1], "!"):
			return ""
		}
		return strings.TrimPrefix(parts[1], "mailto:")
	})
	s = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
	return strings.TrimFunc(s, unicode.IsSpace)
}

// slackReply is what an address needs besides: where Slack wants the reply to a
// command, and until when.
type slackReply struct {
	URL   string `json:"response_url"`
	Until int64  `json:"until"`
}

func (c *slackChannel) decodeCommand(field func(string) string) (Receipt, error) {
	team, channel, user := field("team_id"), field("channel_id"), field("user_id")
	if team == "" || channel == "" || user == "" || field("trigger_id") == "" {
		return Receipt{}, errors.New("slack: a command without team, channel, user or trigger")
	}
	e := Event{
		Kind: Asked, ID: "command/" + field("trigger_id"), Text: slackText(field("text")), From: c.person(team, user),
		Where: Address{Tenant: team, Chat: channel, User: user, Group: !slackDirect(channel, "")},
	}
	e.From.Name = field("user_name")
	if address := field("response_url"); c.trusted(address) {
		var err error
		// 25 of the 30 minutes for which Slack keeps it.
		if e.Where.Vendor, err = json.Marshal(slackReply{URL: address, Until: c.now().Add(25 * time.Minute).Unix()}); err != nil {
			return Receipt{}, fmt.Errorf("slack: %w", err)
		}
	}
	return Receipt{Events: []Event{e}}, nil
}

func (c *slackChannel) now() time.Time {
	if c.settings.Now != nil {
		return c.settings.Now()
	}
	return time.Now()
}

// trusted reports whether an address that came in a delivery is Slack's own.
func (c *slackChannel) trusted(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host == c.host && u.User == nil && (u.Scheme == "https" || c.settings.API != "")
}

// slackPress is a press of a button or a look into a list.
type slackPress struct {
	Type string `json:"type"`
	User struct {
		ID       string `json:"id"`
		Team     string `json:"team_id"`
		Name     string `json:"name"`
		Username string `json:"username"`
	} `json:"user"`
	Team struct {
		ID string `json:"id"`
	} `json:"team"`
	Channel struct {
		ID string `json:"id"`
	} `json:"channel"`
	Container struct {
		TS       string `json:"message_ts"`
		Channel  string `json:"channel_id"`
		ThreadTS string `json:"thread_ts"`
	} `json:"container"`
	Message struct {
		ThreadTS string `json:"thread_ts"`
	} `json:"message"`
	Actions []struct {
		ID       string `json:"action_id"`
		Block    string `json:"block_id"`
		Value    string `json:"value"`
		TS       string `json:"action_ts"`
		Selected *struct {
			Value string `json:"value"`
		} `json:"selected_option"`
	} `json:"actions"`
	Block string `json:"block_id"` // of a look
	Value string `json:"value"`    // typed so far
}

func (c *slackChannel) decodeAction(body []byte) (Receipt, error) {
	var p slackPress
	if err := json.Unmarshal(body, &p); err != nil {
		return Receipt{}, fmt.Errorf("slack: payload: %w", err)
	}
	channel, thread := p.Channel.ID, p.Container.ThreadTS
	if channel == "" {
		channel = p.Container.Channel
	}
	if thread == "" {
		thread = p.Message.ThreadTS
	}
	where := Address{Tenant: p.Team.ID, Chat: channel, Thread: thread, User: p.User.ID, Group: !slackDirect(channel, "")}
	if where.Group && thread == "" {
		where.Thread = p.Container.TS
	}
	from := c.person(p.Team.ID, p.User.ID, p.User.Team)
	from.Name = p.User.Username
	switch p.Type {
	case "block_suggestion":
		return Receipt{Lookup: &Lookup{From: from, Where: where, Ref: p.Block, Typed: p.Value}}, nil
	case "block_actions":
	default:
		return Receipt{}, nil
	}
	var events []Event
	for _, a := range p.Actions {
		e := Event{Kind: Pressed, ID: "press/" + channel + "/" + p.Container.TS + "/" + p.User.ID + "/" + a.ID + "/" + a.TS, From: from, Where: where, Ref: a.Value}
		if a.Selected != nil {
			e.Ref, e.Choice = a.Block, a.Selected.Value
		}
		if e.Ref != "" { // one that opens an address has none
			events = append(events, e)
		}
	}
	return Receipt{Events: events}, nil
}
