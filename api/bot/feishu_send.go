package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// feishuCard is a card that shows progress until the answer takes its place.
type feishuCard struct {
	mu            sync.Mutex // held while the card is changed
	card, message string     // "" before it is there
	sequence      int        // of the last change; each has the next
	changed       time.Time
}

// Send makes the calls: a file is uploaded before its message, and an answer
// takes the place of the card that showed its progress.
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
		}
		if id, done, err := f.finish(ctx, m); done || err != nil {
			return id, err
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

// Progress shows a text in a card that is written while one waits. A change
// within a second of the last one is left out: Feishu takes ten a second for all
// cards, and people read slower.
func (f *feishu) Progress(ctx context.Context, to Address, text string) error {
	if feishuReplyTo(to) == "" || to.Private {
		return nil // nothing to hang it on, or nothing that others should see
	}
	now := f.settings.Now()
	c := f.progressCard(progressKey(to), now)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.card == "" {
		return f.startCard(ctx, c, to, text)
	}
	if now.Sub(c.changed) < time.Second {
		return nil
	}
	c.sequence++
	c.changed = now
	path := "/cardkit/v1/cards/" + url.PathEscape(c.card) + "/elements/" + progressElement + "/content"
	return f.api(ctx, http.MethodPut, path, piece{"content": text, "sequence": c.sequence, "uuid": shortKey(fmt.Sprint(c.card, c.sequence))}, nil)
}

// progressCard is the card under a key, which may not be there yet.
func (f *feishu) progressCard(key string, now time.Time) *feishuCard {
	f.mu.Lock()
	defer f.mu.Unlock()
	c := f.open[key]
	if c != nil {
		return c
	}
	for k, since := range f.since { // whose answer went another way
		if now.Sub(since) > 10*time.Minute {
			delete(f.open, k)
			delete(f.since, k)
		}
	}
	c = &feishuCard{changed: now}
	f.open[key], f.since[key] = c, now
	return c
}

func progressKey(to Address) string { return to.Chat + "\x00" + feishuReplyTo(to) }

// startCard makes a card in streaming mode and sends it as the reply.
func (f *feishu) startCard(ctx context.Context, c *feishuCard, to Address, text string) error {
	card, err := json.Marshal(piece{
		"schema": "2.0",
		"config": piece{"update_multi": true, "streaming_mode": true, "summary": piece{"content": text}},
		"body":   piece{"elements": []any{piece{"tag": "div", "element_id": "line", "text": piece{"tag": "plain_text", "element_id": progressElement, "content": text}}}},
	})
	if err != nil {
		return err
	}
	var out struct {
		Data struct {
			Card string `json:"card_id"`
		} `json:"data"`
	}
	if err := f.api(ctx, http.MethodPost, "/cardkit/v1/cards", piece{"type": "card_json", "data": string(card)}, &out); err != nil {
		return err
	}
	content, err := json.Marshal(piece{"type": "card", "data": piece{"card_id": out.Data.Card}})
	if err != nil {
		return err
	}
	body, err := json.Marshal(piece{
		"msg_type": "interactive", "content": string(content), "uuid": shortKey("progress " + progressKey(to)), "reply_in_thread": to.Thread != "",
	})
	if err != nil {
		return err
	}
	id, err := f.post(ctx, to, "im.message.reply", body)
	if err == nil {
		c.card, c.message = out.Data.Card, id
	}
	return err
}

// finish puts the answer into the card that showed its progress, and ends its
// streaming mode. It says whether it did: otherwise the answer is a message of
// its own. Where the reply got lost the same change is made again later.
func (f *feishu) finish(ctx context.Context, m Message) (id string, done bool, err error) {
	if m.Card == nil || m.To.Private {
		return "", false, nil
	}
	key := progressKey(m.To)
	f.mu.Lock()
	c := f.open[key]
	f.mu.Unlock()
	if c == nil {
		return "", false, nil
	}
	c.mu.Lock() // behind a change that is under way
	defer c.mu.Unlock()
	if c.card == "" {
		return "", false, nil
	}
	card, err := compactJSON(feishuCardOf(m))
	if err != nil {
		return "", false, err
	}
	err = f.api(ctx, http.MethodPut, "/cardkit/v1/cards/"+url.PathEscape(c.card),
		piece{"card": piece{"type": "card_json", "data": string(card)}, "sequence": c.sequence + 1, "uuid": shortKey("answer " + c.card)}, nil)
	var failure Failure
	if errors.As(err, &failure) && (failure.Unsure || failure.After > 0) {
		return "", false, err
	}
	f.mu.Lock()
	delete(f.open, key)
	delete(f.since, key)
	f.mu.Unlock()
	return c.message, err == nil, nil
}

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
