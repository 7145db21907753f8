package bot

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// wecomMessage is what the bot was told, by long connection or by callback.
type wecomMessage struct {
	ID       string    `json:"msgid"`
	Bot      string    `json:"aibotid"`
	Chat     string    `json:"chatid"`   // of a group
	ChatType string    `json:"chattype"` // single, group
	From     wecomFrom `json:"from"`
	Reply    string    `json:"response_url"` // takes one message within an hour
	Type     string    `json:"msgtype"`
	Text     spoken    `json:"text"`
	Voice    spoken    `json:"voice"` // as it was understood
	Mixed    struct {
		Items []struct {
			Text spoken `json:"text"`
		} `json:"msg_item"`
	} `json:"mixed"`
	Stream struct {
		ID string `json:"id"`
	} `json:"stream"`
	Event struct {
		Type     string         `json:"eventtype"`
		Card     wecomCardEvent `json:"template_card_event"`
		Feedback wecomFeedback  `json:"feedback_event"`
		wecomCardEvent
	} `json:"event"`
	Created int64 `json:"create_time"` // seconds
}

type wecomFrom struct {
	User string `json:"userid"`
	Corp string `json:"corpid"` // "" for somebody of the bot's own company
}

// wecomCardEvent is a button that was pressed. Some versions lay it out flat.
type wecomCardEvent struct {
	Key  string `json:"event_key"`
	Task string `json:"task_id"`
}

// wecomFeedback is an opinion about an answer.
type wecomFeedback struct {
	ID   string `json:"id"`
	Type int    `json:"type"` // 1 good, 2 bad, 3 taken back
}

// The kinds of events.
const (
	wecomEntered  = "enter_chat"
	wecomClicked  = "template_card_event"
	wecomRated    = "feedback_event"
	wecomReplaced = "disconnected_event" // another connection took over
)

func wecomDecode(data []byte) (wecomMessage, error) {
	var m wecomMessage
	err := json.Unmarshal(data, &m)
	return m, err
}

// wecomEnvelope is the sealed text of a callback.
func wecomEnvelope(body []byte) (string, error) {
	var e struct {
		Encrypt string `json:"encrypt"`
	}
	if err := json.Unmarshal(body, &e); err != nil {
		return "", fmt.Errorf("decode a callback: %w", err)
	}
	return e.Encrypt, nil
}

// wecomSealed seals a reply to a callback.
func wecomSealed(s seal, timestamp, nonce string, message any) ([]byte, error) {
	b, err := json.Marshal(message)
	if err != nil {
		return nil, err
	}
	sealed, err := s.shutFor(timestamp, nonce, b)
	if err != nil {
		return nil, err
	}
	return json.Marshal(map[string]string{"encrypt": sealed, "msgsignature": s.sign(timestamp, nonce, sealed), "timestamp": timestamp, "nonce": nonce})
}

// words is what was said, without the mention of the bot.
func (m wecomMessage) words(bot string) string {
	text := m.Text.Content
	switch m.Type {
	case "voice":
		text = m.Voice.Content
	case "mixed":
		var parts []string
		for _, item := range m.Mixed.Items {
			parts = append(parts, item.Text.Content)
		}
		text = strings.Join(parts, " ")
	}
	return withoutMention(text, bot)
}

// wecomWords are the types of messages that hold words.
var wecomWords = map[string]bool{"text": true, "voice": true, "mixed": true}

// firstMention is a mention at the start of a text.
var firstMention = regexp.MustCompile(`^[\s\p{Zs}]*[@＠][^\s\p{Zs}]+`)

// withoutMention takes the mention of the bot off, wherever it stands: both
// signs are in use, and clients put a space of another width behind the name.
// Where the bot's name is not known it is the mention at the start.
func withoutMention(text, bot string) string {
	if bot == "" {
		text = firstMention.ReplaceAllString(text, "")
	} else {
		for _, at := range []string{"@", "＠"} {
			text = strings.ReplaceAll(text, at+bot, " ")
		}
	}
	return strings.TrimSpace(spaces.ReplaceAllString(text, " "))
}
