package bot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// dingtalkSign is the signature in the header of a callback. It covers the
// timestamp and nothing of the body: whoever holds one may send any body while
// it lasts, hence the short window, the check of the message's own fields and
// one answer per message id.
func dingtalkSign(timestamp, secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(timestamp + "\n" + secret))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// dingtalkVerify refuses a callback that was not signed, or not lately. The
// vendor allows an hour; five minutes leave a forger less.
func dingtalkVerify(timestamp, sign, secret string, now time.Time) error {
	if secret == "" || !same(dingtalkSign(timestamp, secret), sign) {
		return ErrForged
	}
	return lately(timestamp, time.Millisecond, now)
}

// parseStamp reads a timestamp that is digits and nothing else.
func parseStamp(s string) (int64, error) {
	if len(s) > 13 || strings.Trim(s, "0123456789") != "" {
		return 0, ErrForged
	}
	return strconv.ParseInt(s, 10, 64)
}

// dingtalkMessage is what the robot was told, by stream or by callback.
type dingtalkMessage struct {
	ID      string `json:"msgId"`
	Type    string `json:"msgtype"`
	Text    spoken `json:"text"`
	Content struct {
		Recognition string `json:"recognition"` // of a voice message
		Rich        []struct {
			Text string `json:"text"`
			Type string `json:"type"`
		} `json:"richText"`
	} `json:"content"`
	Conversation     string `json:"conversationId"`
	ConversationType string `json:"conversationType"` // 1 single, 2 group
	Title            string `json:"conversationTitle"`
	BotCorp          string `json:"chatbotCorpId"`
	Bot              string `json:"chatbotUserId"`
	Robot            string `json:"robotCode"`
	Sender           string `json:"senderId"`
	Staff            string `json:"senderStaffId"` // "" for somebody from outside
	Nick             string `json:"senderNick"`
	SenderCorp       string `json:"senderCorpId"`
	InAtList         bool   `json:"isInAtList"`
	Webhook          string `json:"sessionWebhook"`
	WebhookUntil     int64  `json:"sessionWebhookExpiredTime"` // milliseconds
	Created          int64  `json:"createAt"`                  // milliseconds
}

type spoken struct {
	Content string `json:"content"`
}

func dingtalkDecode(data []byte) (dingtalkMessage, error) {
	var m dingtalkMessage
	err := json.Unmarshal(data, &m)
	return m, err
}

// dingtalkSpoken are the types of messages that hold words.
var dingtalkSpoken = map[string]bool{"text": true, "audio": true, "richText": true}

// words is what was said, without the space that a mention leaves.
func (m dingtalkMessage) words() string {
	switch m.Type {
	case "text":
		return strings.TrimSpace(m.Text.Content)
	case "audio":
		return strings.TrimSpace(m.Content.Recognition)
	case "richText":
		var b strings.Builder
		for _, part := range m.Content.Rich {
			b.WriteString(part.Text)
		}
		return strings.TrimSpace(b.String())
	}
	return ""
}

// group says whether others read along.
func (m dingtalkMessage) group() bool { return m.ConversationType != "1" }

// dingtalkAction is the callback of a card's button.
type dingtalkAction struct {
	Track     string `json:"outTrackId"`
	User      string `json:"userId"`
	Corp      string `json:"corpId"`
	Space     string `json:"spaceId"`
	SpaceType string `json:"spaceType"`
	Content   string `json:"content"` // JSON
}

// params are what the button carries.
func (a dingtalkAction) params() (map[string]string, error) {
	var c struct {
		Private struct {
			Actions []string       `json:"actionIds"`
			Params  map[string]any `json:"params"`
		} `json:"cardPrivateData"`
	}
	if err := json.Unmarshal([]byte(a.Content), &c); err != nil {
		return nil, err
	}
	out := map[string]string{}
	for k, v := range c.Private.Params {
		if s, ok := v.(string); ok {
			out[k] = s
		}
	}
	return out, nil
}
