package bot

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"wenshu/answer"
)

// TestSlackStreams: in a thread with one person an answer that takes a while is
// a streaming message, which stays one message when the reply gets lost; where
// Slack has no streaming it is a message that is changed, or else a status. The
// button to stop goes in each of them.
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
		"no message": func(method string, n int) *fakeRefusal {
			if method == "chat.startStream" || method == "chat.postMessage" && n == 1 {
				return &fakeRefusal{code: "restricted_action"}
			}
			return nil
		},
		"it cannot be changed": func(method string, n int) *fakeRefusal {
			if method == "chat.update" {
				return &fakeRefusal{code: "cant_update_message"}
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
			shows := map[string]string{"no streaming": "chat.postMessage", "no message": "assistant.threads.setStatus"}[name]
			o.called(t, cmp.Or(shows, "chat.startStream"))
			close(service.until)
			until(t, "the answer", func() bool {
				list := o.said()
				if len(list) == 0 {
					return false
				}
				last := list[len(list)-1]
				_, stays := last.buttons()[englishWords.Stop]
				return strings.Contains(string(last.Raw), "you said revenue") && stays == (name == "it cannot be changed")
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

// TestSlackStatusGoes: a status in a thread does not stay when the answer goes to
// its asker alone, which does not take it away by itself.
func TestSlackStatusGoes(t *testing.T) {
	t.Parallel()
	service := &held{Service: asked(t), given: map[string]*answer.Answer{}, told: map[string]*answer.Answer{}}
	o := openOffice(t, func(c *Config) {
		c.Service, c.Store = service, empty(t)
		c.Limits.Patience, c.Limits.Lease = time.Millisecond, longest
	})
	o.refuse = func(method string, n int) *fakeRefusal {
		if method == "chat.postMessage" {
			return &fakeRefusal{code: "restricted_action"}
		}
		return nil
	}
	wait := service.hold()
	defer service.release()
	o.event(t, o.mention("CGEN", "Ufay", province))
	o.called(t, "assistant.threads.setStatus")
	service.letGo(wait)
	if p := o.wait(t, 1)[0]; p.Method != "chat.postEphemeral" {
		t.Errorf("others see %s", p.Raw)
	}
	o.lock.Lock()
	defer o.lock.Unlock()
	var said []string
	for _, p := range o.posts {
		if p.Method == "assistant.threads.setStatus" {
			said = append(said, p.Text)
		}
	}
	if !slices.Equal(said, []string{chineseWords.Working, ""}) {
		t.Errorf("the status was %q", said)
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
