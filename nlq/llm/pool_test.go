package llm_test

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"wenshu/nlq/llm"
	"wenshu/nlq/llm/llmtest"
)

func endpoint(s *llmtest.Server, name string) llm.Endpoint {
	return llm.Endpoint{Name: name, BaseURL: s.URL, Model: "m", MaxTokens: 500, Schema: true}
}

func pool(t *testing.T, c llm.Config) *llm.Pool {
	t.Helper()
	p, err := llm.NewPool(c, llm.NewLedger(c, time.Now, nil), nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var hello = llm.Prompt{System: "be brief", Turns: []string{"hello"}, Viewer: "ann", Form: llm.Form{Name: "f", Schema: []byte(`{"type":"object"}`), Fenced: "in a fence"}}

func says(text string) func(llmtest.Request) llmtest.Response {
	return func(llmtest.Request) llmtest.Response { return llmtest.Response{Text: text} }
}

func TestRequestsAreRepeatable(t *testing.T) {
	s := llmtest.New(t, says("{}"))
	seed := 7
	for _, e := range []llm.Endpoint{
		{Schema: true, Seed: &seed}, {Schema: false, Whole: true}, {Schema: true, LegacyMax: true}, {Kind: "azure", APIVersion: "2026-01-01"}, {Warm: true},
		{Template: map[string]any{"enable_thinking": false}},
	} {
		e.Name, e.BaseURL, e.Model, e.MaxTokens = "e", s.URL, "m", 500
		if _, err := pool(t, llm.Config{Endpoints: []llm.Endpoint{e}}).Complete(t.Context(), hello); err != nil {
			t.Fatal(err)
		}
	}
	calls := s.Calls()
	if got := string(calls[0].Temperature); got != "0" || *calls[0].Seed != 7 || !calls[0].Schema() || !calls[0].Stream {
		t.Errorf("temperature %s, %+v", got, calls[0])
	}
	if calls[1].Schema() || calls[1].Stream || !strings.HasSuffix(calls[1].System(), "in a fence") || calls[1].Seed != nil {
		t.Errorf("%+v", calls[1])
	}
	if _, ok := calls[2].Fields["max_tokens"]; !ok {
		t.Errorf("%v", calls[2].Fields)
	}
	if !strings.Contains(calls[3].Path, "/deployments/m/chat/completions?api-version=2026-01-01") {
		t.Errorf("azure was asked at %s", calls[3].Path)
	}
	if calls[4].Temperature != nil {
		t.Errorf("temperature %s was sent", calls[4].Temperature)
	}
	if kwargs, _ := calls[5].Fields["chat_template_kwargs"].(map[string]any); kwargs["enable_thinking"] != false {
		t.Errorf("%v", calls[5].Fields)
	}
}

// failures are the ways of an endpoint to go wrong.
var failures = map[string]llmtest.Response{
	"429":           {Status: 429, RetryAfter: "30", Text: "slow down"},
	"500":           {Status: 500, Text: "it broke"},
	"401":           {Status: 401, Text: "who are you"},
	"redirect":      {Status: 307, Text: "elsewhere"},
	"silent":        {Wait: time.Minute},
	"stalls":        {Text: "{\"a\": 1}", Stall: time.Minute},
	"cut":           {Text: "{\"a\": 1}", Cut: true},
	"no json":       {Raw: "<html>gateway</html>"},
	"floods":        {Flood: 100 << 20},
	"empty":         {Text: " "},
	"over length":   {Text: "{", Finish: "length"},
	"filtered":      {Text: "x", Finish: "content_filter"},
	"only thinking": {Text: "<think>hm"},
	"calls a tool": {Raw: `data: {"id":"1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"run_sql","arguments":"DROP TABLE orders"}}]},"finish_reason":"tool_calls"}]}` +
		"\n\ndata: [DONE]\n\n"},
}

func TestFailuresAreErrorsInTime(t *testing.T) {
	for name, response := range failures {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := llmtest.New(t, func(llmtest.Request) llmtest.Response { return response })
			c := llm.Config{Endpoints: []llm.Endpoint{endpoint(s, "e")}, FirstByte: llm.Duration(300 * time.Millisecond)}
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			reply, err := pool(t, c).Complete(ctx, hello)
			if err == nil && name == "only thinking" && reply.Text == "" {
				return // nothing is left of it, and no reading is in nothing
			}
			if !errors.Is(err, llm.ErrUnavailable) && !errors.Is(err, llm.ErrReply) && !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v", err)
			}
			if err != nil && strings.Contains(err.Error(), "slow down") {
				t.Errorf("the endpoint's words are in %v", err)
			}
		})
	}
}

func TestNextEndpointIsAsked(t *testing.T) {
	broken := llmtest.New(t, func(llmtest.Request) llmtest.Response { return llmtest.Response{Status: 500} })
	good := llmtest.New(t, says("{}"))
	p := pool(t, llm.Config{Endpoints: []llm.Endpoint{endpoint(broken, "a"), endpoint(good, "b")}})
	for range 5 {
		reply, err := p.Complete(t.Context(), hello)
		if err != nil || reply.Endpoint != "b" {
			t.Fatalf("%+v: %v", reply, err)
		}
	}
	if n := len(broken.Calls()); n != 3 {
		t.Errorf("a broken endpoint was asked %d times, want 3 and then left alone", n)
	}
}

func TestBusyEndpointIsAskedAgain(t *testing.T) {
	n := 0
	s := llmtest.New(t, func(llmtest.Request) llmtest.Response {
		if n++; n == 1 {
			return llmtest.Response{Status: 429, RetryAfter: "1"}
		}
		return llmtest.Response{Text: "{}"}
	})
	start := time.Now()
	if _, err := pool(t, llm.Config{Endpoints: []llm.Endpoint{endpoint(s, "e")}}).Complete(t.Context(), hello); err != nil {
		t.Fatal(err)
	}
	if n != 2 || time.Since(start) < time.Second {
		t.Errorf("%d calls in %v", n, time.Since(start))
	}
}

func TestBudgetHolds(t *testing.T) {
	s := llmtest.New(t, says("{}"))
	e := endpoint(s, "e")
	e.PriceIn, e.PriceOut = 1000, 1000
	for _, c := range []llm.Config{
		{PerDay: llm.Budget{Tokens: 600}}, {PerViewer: llm.Budget{Tokens: 600}}, {PerDay: llm.Budget{Money: 0.6}}, {PerViewer: llm.Budget{Money: 0.6}},
	} {
		c.Endpoints = []llm.Endpoint{e}
		now := time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)
		ledger := llm.NewLedger(c, func() time.Time { return now }, []llm.Spent{{Viewer: "ann", Tokens: 60, Money: 0.06}})
		p, err := llm.NewPool(c, ledger, nil)
		if err != nil {
			t.Fatal(err)
		}
		calls := 0
		for range 20 {
			if _, err = p.Complete(t.Context(), hello); err != nil {
				break
			}
			calls++
		}
		if !errors.Is(err, llm.ErrBudget) || calls == 0 || calls > 15 {
			t.Errorf("%+v: %d calls, %v", c, calls, err)
		}
		now = now.Add(24 * time.Hour)
		if _, err := p.Complete(t.Context(), hello); err != nil {
			t.Errorf("the next day: %v", err)
		}
	}
}

// TestOnlyListedAuthoritiesAreTrusted reaches an endpoint whose certificate only
// ca_file vouches for.
func TestOnlyListedAuthoritiesAreTrusted(t *testing.T) {
	server := httptest.NewTLSServer(llmtest.New(t, says("{}")))
	defer server.Close()
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	for file, ok := range map[string]bool{"": false, "ca.pem": true} {
		text := fmt.Sprintf(`{"endpoints": [{"name": "e", "base_url": "%s/v1", "model": "m", "ca_file": "%s"}]}`, server.URL, file)
		c, err := llm.ReadConfig(strings.NewReader(text), os.Getenv, func(string) ([]byte, error) { return ca, nil })
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pool(t, c).Complete(t.Context(), hello); (err == nil) != ok {
			t.Errorf("with %q: %v", file, err)
		}
	}
}

// TestProxyIsUsed sends a call by way of a proxy.
func TestProxyIsUsed(t *testing.T) {
	s := llmtest.New(t, says("{}"))
	through := 0
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		through++
		s.ServeHTTP(w, r)
	}))
	defer proxy.Close()
	e := llm.Endpoint{Name: "e", BaseURL: "http://model.example/v1", Model: "m", PlainHTTP: true, Proxy: proxy.URL}
	if _, err := pool(t, llm.Config{Endpoints: []llm.Endpoint{e}}).Complete(t.Context(), hello); err != nil || through != 1 {
		t.Errorf("%d calls by way of the proxy: %v", through, err)
	}
}

func TestCallerThatLeavesIsNoFailure(t *testing.T) {
	s := llmtest.New(t, func(llmtest.Request) llmtest.Response { return llmtest.Response{Wait: 10 * time.Second} })
	p := pool(t, llm.Config{Endpoints: []llm.Endpoint{endpoint(s, "e")}})
	for range 4 {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		if _, err := p.Complete(ctx, hello); !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	if n := len(s.Calls()); n != 4 {
		t.Errorf("the endpoint was left alone after %d calls", n)
	}
}
