package bot

import (
	"crypto/aes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// clockSkew is how far a vendor's clock may be from ours.
const clockSkew = 5 * time.Minute

// feishuHeaders are the three headers that sign an event.
type feishuHeaders struct{ Timestamp, Nonce, Signature string }

// feishuSign is the signature of an event: SHA-256 over timestamp, nonce, key
// and the body as it came.
func feishuSign(timestamp, nonce, encryptKey string, body []byte) string {
	sum := sha256.Sum256(slices.Concat([]byte(timestamp+nonce+encryptKey), body))
	return hex.EncodeToString(sum[:])
}

// feishuVerify refuses an event that Feishu did not sign or not sign lately.
func feishuVerify(h feishuHeaders, encryptKey string, body []byte, now time.Time) error {
	if encryptKey == "" || !same(feishuSign(h.Timestamp, h.Nonce, encryptKey, body), h.Signature) {
		return ErrForged
	}
	return lately(h.Timestamp, time.Second, now)
}

// lately refuses a timestamp, in units since 1970, that is too far from now.
func lately(timestamp string, unit time.Duration, now time.Time) error {
	n, err := parseStamp(timestamp)
	if err != nil {
		return ErrForged
	}
	at := time.Unix(0, 0).Add(time.Duration(n) * unit)
	if d := now.Sub(at); d > clockSkew || d < -clockSkew {
		return fmt.Errorf("a callback of %s is too old or too new", at.UTC().Format(time.RFC3339))
	}
	return nil
}

// feishuOpen returns the body of an event, which may be encrypted.
func feishuOpen(body []byte, encryptKey string) ([]byte, error) {
	var outer struct {
		Encrypt string `json:"encrypt"`
	}
	if err := json.Unmarshal(body, &outer); err != nil {
		return nil, fmt.Errorf("decode an event: %w", err)
	}
	if outer.Encrypt == "" {
		return body, nil
	}
	return feishuDecrypt(outer.Encrypt, encryptKey)
}

// feishuDecrypt opens the "encrypt" field: AES-256-CBC under the SHA-256 of the
// key, whose vector is the first block.
func feishuDecrypt(sealed, encryptKey string) ([]byte, error) {
	b, err := base64.StdEncoding.Strict().DecodeString(sealed)
	if err != nil || len(b) < 2*aes.BlockSize {
		return nil, ErrForged
	}
	key := sha256.Sum256([]byte(encryptKey))
	return decryptCBC(key[:], b[:aes.BlockSize], base64.StdEncoding.EncodeToString(b[aes.BlockSize:]), aes.BlockSize)
}

// feishuEvent is an event of schema 2.0, or the challenge of an address.
type feishuEvent struct {
	Schema    string `json:"schema"`
	Type      string `json:"type"` // url_verification
	Challenge string `json:"challenge"`
	Token     string `json:"token"` // of a challenge
	Header    struct {
		ID         string `json:"event_id"`
		Type       string `json:"event_type"`
		App        string `json:"app_id"`
		Tenant     string `json:"tenant_key"`
		CreateTime string `json:"create_time"` // milliseconds
		Token      string `json:"token"`
	} `json:"header"`
	Event json.RawMessage `json:"event"`
}

// The events that are read. All others are acknowledged and dropped.
const (
	feishuMessageEvent  = "im.message.receive_v1"
	feishuCardEvent     = "card.action.trigger"
	feishuEnteredEvent  = "im.chat.access_event.bot_p2p_chat_entered_v1"
	feishuRecalledEvent = "im.message.recalled_v1"
)

// feishuUser is a person under each of their three names.
type feishuUser struct {
	Open  string `json:"open_id"`
	Union string `json:"union_id"`
	User  string `json:"user_id"`
}

// feishuMessage is the event of a message.
type feishuMessage struct {
	Sender struct {
		ID     feishuUser `json:"sender_id"`
		Type   string     `json:"sender_type"` // user, app
		Tenant string     `json:"tenant_key"`
	} `json:"sender"`
	Message struct {
		ID       string          `json:"message_id"`
		Root     string          `json:"root_id"`
		Parent   string          `json:"parent_id"`
		Thread   string          `json:"thread_id"`
		Chat     string          `json:"chat_id"`
		ChatType string          `json:"chat_type"` // p2p, group, topic_group
		Type     string          `json:"message_type"`
		Content  string          `json:"content"` // JSON
		Mentions []feishuMention `json:"mentions"`
	} `json:"message"`
}

// feishuMention is what a key such as @_user_1 in a text stands for.
type feishuMention struct {
	Key    string     `json:"key"`
	ID     feishuUser `json:"id"`
	Name   string     `json:"name"`
	Tenant string     `json:"tenant_key"`
}

// feishuAction is the event of a button.
type feishuAction struct {
	Operator struct {
		Tenant string `json:"tenant_key"`
		Open   string `json:"open_id"`
		Union  string `json:"union_id"`
		User   string `json:"user_id"`
	} `json:"operator"`
	Token  string `json:"token"`
	Action struct {
		Value json.RawMessage `json:"value"`
		Tag   string          `json:"tag"`
	} `json:"action"`
	Context struct {
		Message string `json:"open_message_id"`
		Chat    string `json:"open_chat_id"`
	} `json:"context"`
}

// mentioned says whether the bot itself is named: a group hears only then.
func (m feishuMessage) mentioned(bot string) bool {
	return bot != "" && slices.ContainsFunc(m.Message.Mentions, func(n feishuMention) bool { return n.ID.Open == bot })
}

// spaces are what stays where a mention was.
var spaces = regexp.MustCompile(`[\p{Zs}\t\x{200b}\x{2060}\x{feff}]+`)

// text is what was said: a text or the text of a post, the bot's own mention
// taken out and every other one written as the name of the person.
func (m feishuMessage) text(bot string) (string, error) {
	raw, err := m.raw()
	if err != nil {
		return "", err
	}
	mentions := slices.Clone(m.Message.Mentions)
	slices.SortFunc(mentions, func(a, b feishuMention) int { return len(b.Key) - len(a.Key) }) // @_user_10 before @_user_1
	for _, n := range mentions {
		name := n.Name
		if n.ID.Open == bot {
			name = " "
		}
		if n.Key != "" {
			raw = strings.ReplaceAll(raw, n.Key, name)
		}
	}
	return withoutMention(strings.TrimSpace(raw), ""), nil
}

// feishuWords are the types of messages that hold words.
var feishuWords = map[string]bool{"text": true, "post": true}

func (m feishuMessage) raw() (string, error) {
	switch m.Message.Type {
	case "text":
		var c struct {
			Text string `json:"text"`
		}
		err := json.Unmarshal([]byte(m.Message.Content), &c)
		return c.Text, err
	case "post":
		return feishuPostText(m.Message.Content)
	}
	return "", nil
}

// feishuPostText is the text of a post: its lines, mentions by their keys.
func feishuPostText(content string) (string, error) {
	var c struct {
		Title   string `json:"title"`
		Content [][]struct {
			Tag  string `json:"tag"`
			Text string `json:"text"`
			User string `json:"user_id"`
		} `json:"content"`
	}
	if err := json.Unmarshal([]byte(content), &c); err != nil {
		return "", err
	}
	lines := []string{c.Title}
	for _, line := range c.Content {
		var b strings.Builder
		for _, part := range line {
			switch part.Tag {
			case "text", "a", "md":
				b.WriteString(part.Text)
			case "at":
				b.WriteString(part.User)
			}
		}
		lines = append(lines, b.String())
	}
	return strings.TrimSpace(strings.Join(lines, "\n")), nil
}
