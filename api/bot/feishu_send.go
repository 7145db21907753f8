package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Send makes the calls: a file is uploaded before its message.
func (f *feishu) Send(ctx context.Context, m Message, calls []Call) (string, error) {
	var key string
	for _, c := range calls {
		switch c.Method {
		case "im.image.create", "im.file.create":
			k, err := f.uploadFile(ctx, c.Method, m.File.Name, c.Body)
			if err != nil {
				return "", err
			}
			key = k
			continue
		case "im.message.patch":
			return m.Replaces, f.api(ctx, http.MethodPatch, "/im/v1/messages/"+url.PathEscape(m.Replaces), json.RawMessage(c.Body), nil)
		case "cardkit.card.update":
			return f.finish(ctx, m.Replaces, c.Body)
		}
		return f.post(ctx, m.To, c.Method, bytes.ReplaceAll(c.Body, []byte(uploaded), []byte(key)))
	}
	return "", Failure{Code: "no_call", Never: true}
}

// post sends one message.
func (f *feishu) post(ctx context.Context, to Address, method string, body []byte) (string, error) {
	path := "/im/v1/messages?receive_id_type=chat_id"
	switch {
	case method == "im.message.reply":
		path = "/im/v1/messages/" + url.PathEscape(feishuReplyTo(to)) + "/reply"
	case to.Private:
		path = "/im/v1/messages?receive_id_type=open_id"
	}
	var out struct {
		Data struct {
			ID string `json:"message_id"`
		} `json:"data"`
	}
	err := f.api(ctx, http.MethodPost, path, json.RawMessage(body), &out)
	return out.Data.ID, err
}

func (f *feishu) uploadFile(ctx context.Context, method, name string, file []byte) (string, error) {
	path, field, values := "/open-apis/im/v1/files", "file", map[string]string{"file_type": "stream", "file_name": name}
	if method == "im.image.create" {
		path, field, values = "/open-apis/im/v1/images", "image", map[string]string{"image_type": "message"}
	}
	var out struct {
		Data struct {
			Image string `json:"image_key"`
			File  string `json:"file_key"`
		} `json:"data"`
	}
	err := f.pass.with(ctx, func(token string) error {
		return f.upload(ctx, path, bearer(token), values, field, name, file, &out)
	})
	return out.Data.Image + out.Data.File, err
}

// progressElement is the text of a card that shows progress.
const progressElement = "progress"

// feishuOr stands between a message and the card in it, which is changed under
// its own id.
const feishuOr = "|"

// Progress replies with a card in streaming mode. What takes its place is the
// change of the card, which ends that mode.
func (f *feishu) Progress(ctx context.Context, to Address, w Working) (string, error) {
	if feishuReplyTo(to) == "" {
		return "", nil // nothing to hang it on
	}
	line := piece{"tag": "div", "element_id": "line", "text": piece{"tag": "plain_text", "element_id": progressElement, "content": w.Text}}
	card, err := json.Marshal(piece{
		"schema": "2.0",
		"config": piece{"update_multi": true, "streaming_mode": true, "summary": piece{"content": w.Text}},
		"body":   piece{"elements": []any{line, feishuButton(w.Stop.Text, w.Stop.Ref, "", false, to)}},
	})
	if err != nil {
		return "", err
	}
	var out struct {
		Data struct {
			Card string `json:"card_id"`
		} `json:"data"`
	}
	if err := f.api(ctx, http.MethodPost, "/cardkit/v1/cards", piece{"type": "card_json", "data": string(card)}, &out); err != nil {
		return "", err
	}
	content, err := json.Marshal(piece{"type": "card", "data": piece{"card_id": out.Data.Card}})
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(piece{
		"msg_type": "interactive", "content": string(content), "uuid": shortKey("progress " + out.Data.Card), "reply_in_thread": to.Thread != "",
	})
	if err != nil {
		return "", err
	}
	id, err := f.post(ctx, to, "im.message.reply", body)
	if err != nil {
		return "", err
	}
	return id + feishuOr + out.Data.Card, nil
}

// finish puts the answer into the card that showed its progress. A change that
// was made before, whose reply got lost, is as good.
func (f *feishu) finish(ctx context.Context, shown string, body []byte) (string, error) {
	message, card, _ := strings.Cut(shown, feishuOr)
	err := f.api(ctx, http.MethodPut, "/cardkit/v1/cards/"+url.PathEscape(card), json.RawMessage(body), nil)
	var failure Failure
	if errors.As(err, &failure) && failure.Code == feishuChanged {
		err = nil
	}
	return message, err
}

// feishuChanged is the code of a change that does not come after the last one.
const feishuChanged = "300317"

// Greet says hello to somebody who opens their chat with the bot.
func (f *feishu) Greet(ctx context.Context, to Address, title string, questions []string) error {
	if len(questions) == 0 {
		return nil
	}
	content, err := json.Marshal(piece{"text": plainMarkdown(title + "\n" + strings.Join(questions, "\n"))})
	if err != nil {
		return err
	}
	day := f.settings.Now().UTC().Format(time.DateOnly)
	body, err := json.Marshal(piece{"receive_id": to.Chat, "msg_type": "text", "content": string(content), "uuid": shortKey("greet " + to.Chat + to.User + day)})
	if err != nil {
		return err
	}
	_, err = f.post(ctx, to, "im.message.create", body)
	return err
}
