package llmtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Request is a call as it came over the wire.
type Request struct {
	Model    string `json:"model"`
	Messages []struct {
		Role    string `json:"role"`
		Content string `json:"content"`
	} `json:"messages"`
	Stream         bool            `json:"stream"`
	Temperature    json.RawMessage `json:"temperature"`
	Seed           *int            `json:"seed"`
	ResponseFormat *struct {
		Type       string `json:"type"`
		JSONSchema struct {
			Name   string          `json:"name"`
			Strict bool            `json:"strict"`
			Schema json.RawMessage `json:"schema"`
		} `json:"json_schema"`
	} `json:"response_format"`
	StreamOptions *struct {
		IncludeUsage bool `json:"include_usage"`
	} `json:"stream_options"`

	Key    string         `json:"-"` // the bearer token
	Path   string         `json:"-"`
	Fields map[string]any `json:"-"` // everything, as sent
}

// Schema reports whether a strict schema was asked for.
func (r Request) Schema() bool { return r.ResponseFormat != nil && r.ResponseFormat.JSONSchema.Strict }

// System is the first message.
func (r Request) System() string { return r.Messages[0].Content }

// Last is the last message.
func (r Request) Last() string { return r.Messages[len(r.Messages)-1].Content }

// Response is what the server does with a call.
type Response struct {
	Text       string
	Thinking   string        // sent as reasoning content before the text
	Status     int           // 0 is 200
	RetryAfter string        // header; "" for none
	Wait       time.Duration // before the first byte
	Stall      time.Duration // in the middle of the text
	Cut        bool          // the connection ends in the middle of a frame
	Finish     string        // reason; "" is stop
	Flood      int           // bytes of text that are sent instead of Text, in frames
	Raw        string        // sent instead of any frame
	NoUsage    bool
}

// Server is a running server on the loopback interface.
type Server struct {
	URL string // with /v1

	server *httptest.Server
	reply  func(Request) Response
	lock   sync.Mutex
	calls  []Request
}

// New starts a server that ends with the test.
func New(t testing.TB, reply func(Request) Response) *Server {
	t.Helper()
	s := &Server{reply: reply}
	s.server = httptest.NewServer(s)
	t.Cleanup(s.Unplug)
	s.URL = s.server.URL + "/v1"
	return s
}

// Unplug ends the server and every call that it answers.
func (s *Server) Unplug() {
	s.server.CloseClientConnections()
	s.server.Close()
}

// Calls are the calls so far.
func (s *Server) Calls() []Request {
	s.lock.Lock()
	defer s.lock.Unlock()
	return append([]Request{}, s.calls...)
}

// ServeHTTP answers one call.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var q Request
	var raw json.RawMessage
	if err := json.NewDecoder(r.Body).Decode(&raw); err != nil || json.Unmarshal(raw, &q) != nil || json.Unmarshal(raw, &q.Fields) != nil || len(q.Messages) == 0 {
		fault(w, http.StatusBadRequest, "the body is no request")
		return
	}
	q.Key = strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if q.Key == "" {
		q.Key = r.Header.Get("api-key")
	}
	q.Path = r.URL.RequestURI()
	s.lock.Lock()
	s.calls = append(s.calls, q)
	s.lock.Unlock()
	a := s.reply(q)
	if !pause(r, a.Wait) {
		return
	}
	if a.RetryAfter != "" {
		w.Header().Set("Retry-After", a.RetryAfter)
	}
	switch {
	case a.Status != 0 && a.Status != http.StatusOK:
		fault(w, a.Status, a.Text)
	case a.Raw != "":
		fmt.Fprint(w, a.Raw)
	case q.Stream:
		a.stream(w, r, q)
	default:
		a.whole(w, q)
	}
}

func pause(r *http.Request, d time.Duration) bool {
	if d == 0 {
		return true
	}
	select {
	case <-time.After(d):
		return true
	case <-r.Context().Done():
		return false
	}
}

func fault(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"message": text, "type": "error", "code": strconv.Itoa(status)}})
}

func (a Response) finish() string {
	if a.Finish == "" {
		return "stop"
	}
	return a.Finish
}

// whole sends one object.
func (a Response) whole(w http.ResponseWriter, q Request) {
	text := a.Text
	if a.Flood > 0 {
		text = strings.Repeat("x", a.Flood)
	}
	body := map[string]any{
		"id": "1", "object": "chat.completion", "model": q.Model,
		"choices": []any{map[string]any{"index": 0, "finish_reason": a.finish(), "message": map[string]any{"role": "assistant", "content": text, "reasoning_content": a.Thinking}}},
	}
	if !a.NoUsage {
		body["usage"] = usage(q, text)
	}
	raw, _ := json.Marshal(body)
	if a.Cut {
		raw = raw[:len(raw)/2]
	}
	_, _ = w.Write(raw)
}

func usage(q Request, text string) map[string]int {
	n := 0
	for _, m := range q.Messages {
		n += len(m.Content)
	}
	return map[string]int{"prompt_tokens": n/3 + 1, "completion_tokens": len(text)/3 + 1, "total_tokens": n/3 + len(text)/3 + 2}
}

// stream sends frames of server-sent events.
func (a Response) stream(w http.ResponseWriter, r *http.Request, q Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	send := func(frame string) bool {
		_, err := fmt.Fprintf(w, "data: %s\n\n", frame)
		http.NewResponseController(w).Flush()
		return err == nil
	}
	delta := func(field, text, finish string) bool {
		d := map[string]any{field: text}
		reason := any(nil)
		if finish != "" {
			reason = finish
		}
		raw, _ := json.Marshal(map[string]any{"id": "1", "object": "chat.completion.chunk", "model": q.Model, "choices": []any{map[string]any{"index": 0, "delta": d, "finish_reason": reason}}})
		return send(string(raw))
	}
	if a.Thinking != "" {
		delta("reasoning_content", a.Thinking, "")
	}
	for left := a.Flood; left > 0; left -= 64 << 10 {
		if !delta("content", strings.Repeat("x", min(left, 64<<10)), "") {
			return
		}
	}
	half := len(a.Text) / 2
	for half > 0 && half < len(a.Text) && a.Text[half]&0xC0 == 0x80 {
		half++
	}
	delta("content", a.Text[:half], "")
	if !pause(r, a.Stall) {
		return
	}
	if a.Cut {
		_, _ = fmt.Fprint(w, `data: {"id":"1","cho`)
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	delta("content", a.Text[half:], "")
	delta("content", "", a.finish())
	if !a.NoUsage && q.StreamOptions != nil && q.StreamOptions.IncludeUsage {
		raw, _ := json.Marshal(map[string]any{"id": "1", "object": "chat.completion.chunk", "model": q.Model, "choices": []any{}, "usage": usage(q, a.Text)})
		send(string(raw))
	}
	send("[DONE]")
}

// Reading is the reply that holds a reading, in the form that a call asks for.
func Reading(q Request, outcome string, lines ...string) Response {
	if !q.Schema() {
		return Response{Text: "```" + outcome + "\n" + strings.Join(lines, "\n") + "\n```"}
	}
	body := map[string]any{"outcome": outcome, "lines": lines, "questions": []string{}}
	if outcome == "plain" {
		body["lines"], body["questions"] = []string{}, lines
	}
	if lines == nil {
		body["lines"] = []string{}
	}
	raw, _ := json.Marshal(body)
	return Response{Text: string(raw)}
}
