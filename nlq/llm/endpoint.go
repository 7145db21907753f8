package llm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	openai "github.com/sashabaranov/go-openai"
)

// maxText bounds the characters of a reply without its thinking.
const maxText = 16 << 10

// failure is a call that failed.
type failure struct {
	err   error
	after time.Duration // how long the endpoint wants to be left alone; 0 when it does not say
	busy  bool          // asking again may help
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// remote is an endpoint that can be asked.
type remote struct {
	Endpoint
	way       http.RoundTripper
	firstByte time.Duration
}

func newRemote(e Endpoint, firstByte time.Duration) (*remote, error) {
	way, err := newRoundTripper(&e)
	if err != nil {
		return nil, fmt.Errorf("endpoint %q: %w", e.Name, err)
	}
	return &remote{e, way, firstByte}, nil
}

// client is the library's client for one call, with the wish of the last
// response for a pause.
func (r *remote) client() (*openai.Client, *time.Duration) {
	config := openai.DefaultConfig(r.key)
	if r.Kind == "azure" {
		config = openai.DefaultAzureConfig(r.key, r.BaseURL)
		config.APIVersion = r.APIVersion
		config.AzureModelMapperFunc = func(model string) string { return model }
	}
	config.BaseURL = r.BaseURL
	var after time.Duration
	config.HTTPClient = &http.Client{
		Transport:     transport{r.way, &after, r.Warm, r.LegacyMax},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return openai.NewClientWithConfig(config), &after
}

// request is a prompt as the endpoint takes it.
func (r *remote) request(p Prompt) openai.ChatCompletionRequest {
	system := p.System
	q := openai.ChatCompletionRequest{Model: r.Model, Seed: r.Seed, ChatTemplateKwargs: r.Template, Stream: !r.Whole, MaxCompletionTokens: r.MaxTokens}
	if r.Schema {
		q.ResponseFormat = &openai.ChatCompletionResponseFormat{
			Type:       openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: p.Form.Name, Schema: p.Form.Schema, Strict: true},
		}
	} else {
		system += "\n\n" + p.Form.Fenced
	}
	if !r.Whole {
		q.StreamOptions = &openai.StreamOptions{IncludeUsage: true}
	}
	q.Messages = []openai.ChatCompletionMessage{{Role: openai.ChatMessageRoleSystem, Content: system}}
	for i, turn := range p.Turns {
		role := openai.ChatMessageRoleUser
		if i%2 == 1 {
			role = openai.ChatMessageRoleAssistant
		}
		q.Messages = append(q.Messages, openai.ChatCompletionMessage{Role: role, Content: turn})
	}
	return q
}

// ask asks once.
func (r *remote) ask(ctx context.Context, p Prompt) (Reply, error) {
	client, after := r.client()
	start := time.Now()
	reply := Reply{Schema: r.Schema, Endpoint: r.Name, Model: r.Model}
	var err error
	if r.Whole {
		err = r.whole(ctx, client, p, &reply)
	} else {
		err = r.stream(ctx, client, p, &reply)
	}
	reply.Took = time.Since(start)
	if reply.In == 0 {
		reply.In = p.tokens() // the endpoint does not count
	}
	if reply.Out == 0 {
		reply.Out = Tokens(reply.Text)
	}
	reply.Cost = r.price(reply.In, reply.Out)
	if err != nil {
		return reply, failed(err, *after)
	}
	reply.Text = withoutThinking(reply.Text)
	return reply, nil
}

// whole asks an endpoint that does not stream.
func (r *remote) whole(ctx context.Context, client *openai.Client, p Prompt, reply *Reply) error {
	resp, err := client.CreateChatCompletion(ctx, r.request(p))
	if err != nil {
		return err
	}
	reply.In, reply.Out = resp.Usage.PromptTokens, resp.Usage.CompletionTokens
	if len(resp.Choices) == 0 {
		return fmt.Errorf("%w: no choice", ErrReply)
	}
	reply.Text = resp.Choices[0].Message.Content
	return finished(resp.Choices[0].FinishReason, reply.Text)
}

// stream asks an endpoint and reads what it says as it says it.
func (r *remote) stream(ctx context.Context, client *openai.Client, p Prompt, reply *Reply) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	first := time.AfterFunc(r.firstByte, func() { cancel(errSlow) })
	defer first.Stop()
	stream, err := client.CreateChatCompletionStream(ctx, r.request(p))
	if err != nil {
		return slow(ctx, err)
	}
	defer stream.Close()
	var text strings.Builder
	var reason openai.FinishReason
	for {
		part, err := stream.Recv()
		first.Stop()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return slow(ctx, err)
		}
		if part.Usage != nil {
			reply.In, reply.Out = part.Usage.PromptTokens, part.Usage.CompletionTokens
		}
		for _, c := range part.Choices {
			text.WriteString(c.Delta.Content)
			if c.FinishReason != "" {
				reason = c.FinishReason
			}
		}
		if text.Len() > maxReply {
			return errTooLong
		}
	}
	reply.Text = text.String()
	return finished(reason, reply.Text)
}

// errSlow says that no byte came in time.
var errSlow = errors.New("no byte came in time")

// slow tells the time limit of the first byte from the caller's.
func slow(ctx context.Context, err error) error {
	if errors.Is(context.Cause(ctx), errSlow) {
		return errSlow
	}
	return err
}

// finished reports a reply that was cut or is none.
func finished(reason openai.FinishReason, text string) error {
	switch {
	case reason == openai.FinishReasonLength:
		return fmt.Errorf("%w: cut at the limit of tokens", ErrReply)
	case reason == openai.FinishReasonContentFilter:
		return fmt.Errorf("%w: withheld by the endpoint's filter", ErrReply)
	case strings.TrimSpace(text) == "":
		return fmt.Errorf("%w: empty", ErrReply)
	}
	return nil
}

// failed sorts errors of a call.
func failed(err error, after time.Duration) error {
	var api *openai.APIError
	var request *openai.RequestError
	status := 0
	switch {
	case errors.Is(err, ErrReply), errors.Is(err, errTooLong):
		return &failure{err: err}
	case errors.As(err, &api):
		status = api.HTTPStatusCode
		err = fmt.Errorf("status %d", status) // its message may hold what was sent
	case errors.As(err, &request):
		status = request.HTTPStatusCode
		err = fmt.Errorf("status %d", status)
	}
	return &failure{err: err, after: after, busy: status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable}
}

// withoutThinking leaves out what a thinking model wrote before its reply.
func withoutThinking(text string) string {
	if i := strings.LastIndex(text, "</think>"); i >= 0 {
		text = text[i+len("</think>"):]
	} else if strings.HasPrefix(strings.TrimSpace(text), "<think>") {
		return "" // it never came to an end
	}
	return strings.TrimSpace(text)
}
