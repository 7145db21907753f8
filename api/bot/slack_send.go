package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// Errors of Slack that pass, and those after which the bot may not speak.
var (
	slackPassing = []string{"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "ekm_access_denied", "message_limit_exceeded"}
	slackGone    = []string{"token_revoked", "account_inactive", "invalid_auth", "not_authed", "token_expired", "app_uninstalled", "org_login_required"}
	slackLimited = []string{"ratelimited", "rate_limited"}
)

// slackStreamed is the code of a streaming message that was stopped.
const slackStreamed = "message_not_in_streaming_state"

// Send posts a message, or uploads a file.
func (c *slackChannel) Send(ctx context.Context, m Message, calls []Call) (string, error) {
	if m.File != nil {
		return c.upload(ctx, m)
	}
	id := ""
	for _, call := range calls {
		address := c.api + call.Method
		if call.Method == "response_url" {
			address = c.reply(m.To)
		}
		var reply struct {
			TS        string `json:"ts"`
			MessageTS string `json:"message_ts"`
		}
		err := c.post(ctx, address, call.Method != "response_url", call.Body, &reply)
		var f Failure
		if tidy := id != ""; errors.As(err, &f) && (f.Code == slackStreamed || tidy && f.Never) {
			id = strings.TrimPrefix(m.Replaces, slackStream) // it was stopped before, and the reply got lost; or a stopped one cannot be changed
			continue
		}
		if err != nil {
			return "", err
		}
		if id = reply.TS; id == "" {
			id = reply.MessageTS
		}
	}
	return id, nil
}

// reply is where the reply to a command goes; "" when the address has none that
// still holds.
func (c *slackChannel) reply(to Address) string {
	var r slackReply
	if len(to.Vendor) == 0 || json.Unmarshal(to.Vendor, &r) != nil || c.now().Unix() >= r.Until || !c.trusted(r.URL) {
		return ""
	}
	return r.URL
}

// post calls Slack with a body of JSON. The library has no call that takes a
// body as it is.
func (c *slackChannel) post(ctx context.Context, address string, token bool, body []byte, into any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return Failure{Code: "address", Never: true, Cause: err}
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	if token {
		r.Header.Set("Authorization", "Bearer "+c.settings.Secrets["bot_token"])
	}
	response, err := c.http.Do(r)
	if err != nil {
		return Failure{Code: "transport", Unsure: true, Cause: err}
	}
	defer func() { _ = response.Body.Close() }() // it was read, or failed to be
	text, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return Failure{Code: "transport", Unsure: true, Cause: err}
	}
	if f, bad := slackStatus(response.StatusCode, response.Header.Get("Retry-After")); bad {
		return f
	}
	if !token { // a reply to a command is answered by the word ok
		return nil
	}
	var head struct {
		OK    bool   `json:"ok"`
		Error string `json:"error"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return Failure{Code: "reply", Unsure: true, Cause: err}
	}
	if !head.OK {
		return slackFailure(head.Error)
	}
	return json.Unmarshal(text, into)
}

// slackStatus is the failure of a status.
func slackStatus(status int, after string) (Failure, bool) {
	switch {
	case status == http.StatusTooManyRequests:
		seconds, err := strconv.Atoi(after)
		if err != nil {
			seconds = 30
		}
		return Failure{Code: "ratelimited", After: min(max(time.Duration(seconds)*time.Second, time.Second), 10*time.Minute)}, true
	case status >= 500:
		return Failure{Code: "http_" + strconv.Itoa(status), Unsure: true}, true
	case status >= 300:
		return Failure{Code: "http_" + strconv.Itoa(status), Never: true}, true
	}
	return Failure{}, false
}

// slackFailure is the failure of one of Slack's own codes.
func slackFailure(code string) Failure {
	f := Failure{Code: code}
	switch {
	case slices.Contains(slackLimited, code):
		f.After = 30 * time.Second
	case slices.Contains(slackPassing, code):
		f.Unsure = true
	case slices.Contains(slackGone, code):
		f.Gone = true
	default:
		f.Never = true
	}
	return f
}

// failureOfClient is the failure in an error of the library.
func failureOfClient(err error) error {
	var limited *slack.RateLimitedError
	var code slack.SlackErrorResponse
	var status slack.StatusCodeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &limited):
		return Failure{Code: "ratelimited", After: max(limited.RetryAfter, time.Second)}
	case errors.As(err, &code):
		f := slackFailure(code.Err)
		f.Cause = err
		return f
	case errors.As(err, &status):
		if f, bad := slackStatus(status.Code, ""); bad {
			return f
		}
	}
	return Failure{Code: "transport", Unsure: true, Cause: err}
}

// upload sends a file: to the thread, or to the person's own direct messages
// when others would see it.
func (c *slackChannel) upload(ctx context.Context, m Message) (string, error) {
	channel, thread := m.To.Chat, m.To.Thread
	if m.To.Private {
		opened, _, _, err := c.client.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{m.To.User}})
		if err != nil {
			return "", failureOfClient(err)
		}
		channel, thread = opened.ID, ""
	}
	file, err := c.client.UploadFileContext(ctx, slack.UploadFileParameters{
		Reader: bytes.NewReader(m.File.Body), FileSize: len(m.File.Body), Filename: m.File.Name, Title: m.File.Title, AltTxt: m.File.Alt,
		Channel: channel, ThreadTimestamp: thread,
	})
	if err != nil {
		return "", failureOfClient(err)
	}
	return file.ID, nil
}

// Find looks for a message by the mark in its metadata. What only one person
// sees cannot be looked for, what the app may not read is not found, and what
// changes a message may be done again.
func (c *slackChannel) Find(ctx context.Context, m Message) (string, bool, error) {
	if m.To.Private || m.File != nil || slackChanges(m) || c.reply(m.To) != "" {
		return "", false, nil
	}
	var messages []slack.Message
	var err error
	if m.To.Thread != "" {
		messages, _, _, err = c.client.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{ChannelID: m.To.Chat, Timestamp: m.To.Thread, Limit: 999, Oldest: slackSince(m), IncludeAllMetadata: true})
	} else {
		var page *slack.GetConversationHistoryResponse
		if page, err = c.client.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: m.To.Chat, Limit: 999, Oldest: slackSince(m), IncludeAllMetadata: true}); err == nil {
			messages = page.Messages
		}
	}
	if err != nil {
		var f Failure
		if errors.As(failureOfClient(err), &f) && f.Never {
			return "", false, nil
		}
		return "", false, fmt.Errorf("look for message: %w", failureOfClient(err))
	}
	for _, one := range messages {
		if one.Metadata.EventType == slackMark && one.Metadata.EventPayload["key"] == m.Key {
			return one.Timestamp, true, nil
		}
	}
	return "", false, nil
}

// slackSince is before a message was sent, as Slack spells a time; "" when that
// is not known.
func slackSince(m Message) string {
	if m.At.IsZero() {
		return ""
	}
	return strconv.FormatInt(m.At.Add(-time.Minute).Unix(), 10) + ".000000"
}

// Person looks up whether somebody is a guest, and their e-mail when Slack says
// that it is confirmed.
func (c *slackChannel) Person(ctx context.Context, p Person) (Person, error) {
	u, err := c.client.GetUserInfoContext(ctx, p.User)
	if err != nil {
		return p, failureOfClient(err)
	}
	if u.TeamID != "" {
		p.Tenant = u.TeamID
	}
	p.Foreign = p.Foreign || u.IsRestricted || u.IsUltraRestricted || u.IsStranger || u.IsBot || u.Deleted
	p.Name, p.Lang = u.RealName, u.Locale
	if u.IsEmailConfirmed {
		p.Email = strings.ToLower(u.Profile.Email)
	}
	return p, nil
}

// slackStream marks what is replaced as a streaming message, slackAtWork as a
// status in a thread.
const (
	slackStream = "stream:"
	slackAtWork = "status"
)

// slackTask is the id of the task that a streaming message shows.
const slackTask = "answer"

// Progress starts a streaming message in a thread that one person has with the
// app, and posts a message elsewhere: which of the others may read the answer is
// not known yet. Both have a button to stop. Where neither is to be had it shows a
// status, which goes when the app says something there that everybody sees. The
// reply to a command stands alone.
func (c *slackChannel) Progress(ctx context.Context, to Address, w Working) (string, error) {
	if c.reply(to) != "" {
		return "", nil
	}
	shown, err := c.announce(ctx, to, w)
	if f := asFailure(err); err == nil || !f.Never || to.Thread == "" {
		return shown, err
	}
	params := slack.AssistantThreadsSetStatusParameters{ChannelID: to.Chat, ThreadTS: to.Thread, Status: w.Text, LoadingMessages: []string{w.Text}}
	return slackAtWork, failureOfClient(c.client.SetAssistantThreadsStatusContext(ctx, params))
}

// announce shows a message that the answer takes the place of.
func (c *slackChannel) announce(ctx context.Context, to Address, w Working) (string, error) {
	stop := slackActions(Card{Buttons: []Button{w.Stop}})
	if !to.Group && to.Thread != "" {
		task := slack.NewTaskUpdateChunk(slackTask, w.Text)
		task.Status = slack.TaskCardStatusInProgress
		_, ts, err := c.client.StartStreamContext(ctx, to.Chat, slack.MsgOptionTS(to.Thread), slack.MsgOptionRecipientTeamID(to.Tenant), slack.MsgOptionRecipientUserID(to.User), slack.MsgOptionChunks(task, slack.NewBlocksChunk(stop...)))
		if err == nil {
			return slackStream + ts, nil
		}
	}
	said := slackRich(slack.NewRichTextSection(slack.NewRichTextSectionTextElement(w.Text, nil)))
	options := []slack.MsgOption{slack.MsgOptionText(w.Text, true), slack.MsgOptionBlocks(append([]slack.Block{said}, stop...)...), slack.MsgOptionParse(false)}
	if to.Thread != "" {
		options = append(options, slack.MsgOptionTS(to.Thread))
	}
	_, ts, err := c.client.PostMessageContext(ctx, to.Chat, options...)
	return ts, failureOfClient(err)
}

// Greet suggests questions in a thread of the assistant.
func (c *slackChannel) Greet(ctx context.Context, to Address, title string, questions []string) error {
	params := slack.AssistantThreadsSetSuggestedPromptsParameters{Title: title, ChannelID: to.Chat, ThreadTS: to.Thread}
	for _, q := range questions {
		params.AddPrompt(clip(q, 75), q)
	}
	return failureOfClient(c.client.SetAssistantThreadsSuggestedPromptsContext(ctx, params))
}
