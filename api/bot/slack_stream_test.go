package bot

import (
	"cmp"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// TestSlackStreams: in a thread with one person an answer that takes a while is
// a streaming message, which stays one message when the reply gets lost; where
// Slack has no streaming it is a status and a message.
func TestSlackStreams(t *testing.T) {
	t.Parallel()
	for name, refuse := range map[string]func(method string, n int) *fakeRefusal{
		"streams": nil,
		"the reply gets lost": func(method string, n int) *fakeRefusal {
			if method == "chat.stopStream" && n == 1 {
				return &fakeRefusal{status: 500, kept: true}
			}
			return nil
		},
		"no streaming": func(method string, n int) *fakeRefusal {
			if method == "chat.startStream" {
				return &fakeRefusal{code: "feature_not_enabled"}
			}
			return nil
		},
		"it was deleted": func(method string, n int) *fakeRefusal {
			if method == "chat.stopStream" {
				return &fakeRefusal{code: "message_not_found"}
			}
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := slow{began: make(chan struct{}, 1), until: make(chan struct{})}
			o := openOffice(t, func(c *Config) {
				parrots(t)(c)
				c.Service, c.Limits.Patience, c.Limits.Lease = service, time.Millisecond, longest
			})
			o.refuse = refuse
			first := o.direct("Ufay", "revenue")
			first["thread_ts"] = "1.1"
			o.event(t, first)
			<-service.began
			shows := map[string]string{"no streaming": "assistant.threads.setStatus"}[name]
			o.called(t, cmp.Or(shows, "chat.startStream"))
			close(service.until)
			until(t, "the answer", func() bool {
				list := o.said()
				return len(list) > 0 && strings.Contains(string(list[len(list)-1].Raw), "you said revenue")
			})
			list := o.said()
			last := list[len(list)-1]
			last.has(t, "you said revenue")
			if want := map[string]int{"it was deleted": 2}[name]; len(list) != max(want, 1) || last.Thread != "1.1" {
				t.Errorf("%v", textsOf(list))
			}
		})
	}
}

// TestFakeSlackIsProvedByTheLibrary: the library's own client takes the fake for
// Slack.
func TestFakeSlackIsProvedByTheLibrary(t *testing.T) {
	f := newFakeSlack(t)
	client := slack.New(fakeToken, slack.OptionAPIURL(f.URL+"/"))
	if who, err := client.AuthTestContext(t.Context()); err != nil || who.TeamID != fakeTeam {
		t.Fatal(who, err)
	}
	blocks := slack.MsgOptionBlocks(slackRich(slack.NewRichTextSection(slack.NewRichTextSectionTextElement("hello", nil))))
	channel, ts, err := client.PostMessageContext(t.Context(), "C1", slack.MsgOptionText("hello", true), blocks, slack.MsgOptionTS("1.1"))
	if err != nil || channel != "C1" || ts != f.said()[0].TS || f.said()[0].Thread != "1.1" {
		t.Fatal(channel, ts, err, f.said())
	}
	if _, err := client.PostEphemeralContext(t.Context(), "C1", "U1", slack.MsgOptionText("hello", true), blocks); err != nil {
		t.Fatal(err)
	}
	var refused slack.SlackErrorResponse
	_, _, err = client.PostMessageContext(t.Context(), "C1", slack.MsgOptionBlocks(slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, "*x*", false, false), nil, nil)))
	if !errors.As(err, &refused) || refused.Err != "invalid_blocks" {
		t.Errorf("markdown: %v", err)
	}
	task := slack.NewTaskUpdateChunk("1", "computing")
	task.Status = slack.TaskCardStatusInProgress
	who := []slack.MsgOption{slack.MsgOptionTS("1.1"), slack.MsgOptionRecipientTeamID(fakeTeam), slack.MsgOptionRecipientUserID("U1")}
	_, stream, err := client.StartStreamContext(t.Context(), "C1", append(who, slack.MsgOptionChunks(task))...)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := client.AppendStreamContext(t.Context(), "C1", stream, slack.MsgOptionMarkdownText("more")); err != nil {
		t.Error(err)
	}
	if _, _, err := client.StopStreamContext(t.Context(), "C1", stream, blocks); err != nil {
		t.Error(err)
	}
	if _, _, err := client.StopStreamContext(t.Context(), "C1", stream, blocks); !errors.As(err, &refused) || refused.Err != slackStreamed {
		t.Errorf("stopped twice: %v", err)
	}
	if _, _, err := client.StartStreamContext(t.Context(), "C1", slack.MsgOptionTS("1.1")); err == nil {
		t.Error("a stream for nobody")
	}
	f.refuse = func(string, int) *fakeRefusal { return &fakeRefusal{status: http.StatusTooManyRequests, after: "7"} }
	var limited *slack.RateLimitedError
	if _, err := client.AuthTestContext(t.Context()); !errors.As(err, &limited) || limited.RetryAfter != 7*time.Second {
		t.Errorf("rate: %v", err)
	}
	f.refuse = nil
	if _, err := slack.New("xoxb-wrong", slack.OptionAPIURL(f.URL+"/")).AuthTestContext(t.Context()); err == nil {
		t.Error("a wrong token is taken")
	}
}
