package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// Send makes the calls. A message goes to the session's own address while that
// lasts, and by the robot afterwards.
func (d *dingtalk) Send(ctx context.Context, m Message, calls []Call) (string, error) {
	var media string
	for _, c := range calls {
		switch c.Method {
		case "media.upload":
			id, err := d.uploadFile(ctx, m.File, c.Body)
			if err != nil {
				return "", err
			}
			media = id
		case "card.createAndDeliver":
			return d.deliver(ctx, c.Body)
		case "card.streaming":
			if err := d.write(ctx, c.Body); err != nil {
				return "", err
			}
		case "card.update":
			return m.Replaces, d.api(ctx, http.MethodPut, "/v1.0/card/instances", json.RawMessage(c.Body), nil)
		case "markdown":
			return d.say(ctx, m.To, c.Body)
		case "robot.send":
			var r dingtalkRobotMessage
			if err := json.Unmarshal(bytes.ReplaceAll(c.Body, []byte(uploaded), []byte(media)), &r); err != nil {
				return "", err
			}
			return d.robotSend(ctx, m.To, r)
		}
	}
	return "", Failure{Code: "no_call", Never: true}
}

// deliver sends a card. Its track id makes it one card, however often it is
// sent.
func (d *dingtalk) deliver(ctx context.Context, body []byte) (string, error) {
	var in struct {
		Track string `json:"outTrackId"`
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return "", err
	}
	err := d.api(ctx, http.MethodPost, "/v1.0/card/instances/createAndDeliver", json.RawMessage(body), nil)
	var failure Failure
	if errors.As(err, &failure) && strings.Contains(strings.ToLower(failure.Code), "outtrackid") && strings.Contains(strings.ToLower(failure.Error()), "exist") {
		err = nil
	}
	return in.Track, err
}

// write lets the text of a card appear as it is written. An application that may
// not do that, and a card that was written before, get the text by the change of
// the card that follows.
func (d *dingtalk) write(ctx context.Context, body []byte) error {
	err := d.api(ctx, http.MethodPut, "/v1.0/card/streaming", json.RawMessage(body), nil)
	if f := asFailure(err); err != nil && f.Never {
		return nil
	}
	return err
}

// say sends markdown.
func (d *dingtalk) say(ctx context.Context, to Address, body []byte) (string, error) {
	if address := d.webhook(to); address != "" {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
		if err != nil {
			return "", Failure{Code: "request", Never: true, Cause: withoutURL(err)}
		}
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
		return "", d.old.do(r, nil)
	}
	var in dingtalkMarkdown
	if err := json.Unmarshal(body, &in); err != nil {
		return "", err
	}
	param, err := compactJSON(in.Markdown)
	if err != nil {
		return "", err
	}
	return d.robotSend(ctx, to, dingtalkRobotMessage{Key: "sampleMarkdown", Param: string(param)})
}

// robotSend sends a message of the robot to a group, or to one person.
func (d *dingtalk) robotSend(ctx context.Context, to Address, r dingtalkRobotMessage) (string, error) {
	address := "/v1.0/robot/oToMessages/batchSend"
	r.Robot = d.robot
	if to.Group && !to.Private {
		address, r.Chat = "/v1.0/robot/groupMessages/send", to.Chat
	} else {
		r.Users = []string{to.User}
	}
	var out struct {
		Key     string   `json:"processQueryKey"`
		Invalid []string `json:"invalidStaffIdList"`
	}
	if err := d.api(ctx, http.MethodPost, address, r, &out); err != nil {
		return "", err
	}
	if len(out.Invalid) > 0 {
		return "", Failure{Code: "invalidStaffId", Never: true}
	}
	return out.Key, nil
}

func (d *dingtalk) uploadFile(ctx context.Context, f *File, body []byte) (string, error) {
	kind := "file"
	if f.Form == "png" {
		kind = "image"
	}
	var out struct {
		Media string `json:"media_id"`
	}
	err := d.pass.with(ctx, func(token string) error {
		query := url.Values{"access_token": {token}, "type": {kind}}
		return d.old.upload(ctx, "/media/upload?"+query.Encode(), nil, nil, "media", f.Name, body, &out)
	})
	return out.Media, err
}

// Progress delivers a card that says that the answer is being computed, where
// there is a template; the answer changes it.
func (d *dingtalk) Progress(ctx context.Context, to Address, w Working) (string, error) {
	if d.template == "" {
		return "", nil // what was sent cannot be changed
	}
	m := Message{Key: newKey(), To: to, Card: &Card{Lang: w.Lang, Headline: w.Text, Buttons: []Button{w.Stop}}}
	p := d.instance(m)
	p["cardData"] = dingtalkCardData{map[string]string{"title": wordsFor(w.Lang).Name, "content": w.Text, "buttons": dingtalkButtons(m), "flowStatus": "1"}}
	body, err := compactJSON(p)
	if err != nil {
		return "", err
	}
	return d.deliver(ctx, body)
}
