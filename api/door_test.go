package api

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"

	"log/slog"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wenshu/answer"
)

var update = flag.Bool("update", false, "write the golden files")

var somePage = fstest.MapFS{
	"index.html": {Data: []byte("<!doctype html><title>p</title>")}, "main.js": {Data: []byte("export {};")}, "icon.svg": {Data: []byte("<svg/>")},
}

// TestHeaders compares the headers of every kind of response to a golden file.
func TestHeaders(t *testing.T) {
	asked := stub{ask: func(_ context.Context, r answer.Request, _ func(answer.Event)) (*answer.Answer, error) {
		return said(r), nil
	}}
	s := demoServer(t, asked, func(c *Config) {
		c.Page, c.Origins = somePage, []string{"https://intranet.example"}
		c.NewID = func() string { return "fixed-id" }
	})
	var b strings.Builder
	for _, r := range []*http.Request{
		request(http.MethodGet, "/", ""),
		request(http.MethodGet, "/assets/main.js", ""),
		request(http.MethodGet, "/api/v1/me", ""),
		request(http.MethodPost, "/api/v1/ask", `{"question": "q"}`),
		request(http.MethodPost, "/api/v1/ask", `{"question": "q"}`, "Accept: text/event-stream"),
		request(http.MethodPost, "/api/v1/ask", `{"question": "q"}`, "Origin: https://intranet.example"),
		request(http.MethodGet, "/nothing", ""),
		request(http.MethodGet, "/healthz", ""),
	} {
		r.Header.Set("X-Request-Id", "fixed-request-id")
		got := call(t, s, r)
		fmt.Fprintf(&b, "%s %s %s: %d\n", r.Method, r.URL.Path, r.Header.Get("Accept")+r.Header.Get("Origin"), got.status)
		for _, name := range slices.Sorted(maps.Keys(got.header)) {
			fmt.Fprintf(&b, "  %s: %s\n", name, strings.Join(got.header[name], " | "))
		}
	}
	const golden = "testdata/headers.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || b.String() != string(want) {
		t.Errorf("%v; headers are\n%s", err, b.String())
	}
}

func TestOrigins(t *testing.T) {
	s := demoServer(t, stub{}, func(c *Config) { c.Origins = []string{"https://intranet.example", "http://localhost:5173"} })
	none := demoServer(t, stub{}, nil)
	for _, c := range []struct {
		s       *Server
		origin  string
		allowed bool
	}{
		{s, "https://intranet.example", true}, {s, "http://localhost:5173", true}, {s, "http://intranet.example", false},
		{s, "https://intranet.example.evil.example", false}, {s, "https://evil.example", false}, {s, "null", false}, {s, "", false},
		{none, "https://intranet.example", false},
	} {
		plain := call(t, c.s, request(http.MethodGet, "/api/v1/me", "", "Origin: "+c.origin))
		before := call(t, c.s, request(http.MethodOptions, "/api/v1/ask", "", "Origin: "+c.origin, "Access-Control-Request-Method: POST"))
		for name, got := range map[string]reply{"request": plain, "preflight": before} {
			allowed := got.header.Get("Access-Control-Allow-Origin")
			if (allowed == c.origin && c.origin != "") != c.allowed || allowed == "*" || got.header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s from %q: allowed %q", name, c.origin, allowed)
			}
		}
		if methods := before.header.Get("Access-Control-Allow-Methods"); (methods != "") != c.allowed {
			t.Errorf("preflight from %q allows %q", c.origin, methods)
		}
	}
}

func TestRequestsThatAreNone(t *testing.T) {
	asked := stub{ask: func(_ context.Context, r answer.Request, _ func(answer.Event)) (*answer.Answer, error) {
		return said(r), nil
	}}
	s := demoServer(t, asked, func(c *Config) { c.Limits.Body = 200 })
	large := `{"question": "` + strings.Repeat("a", 300) + `"}`
	for _, c := range []struct {
		method, path, body string
		headers            []string
		status             int
		code               string
	}{
		{"POST", "/api/v1/ask", `{"question": "q"}`, nil, 200, ""},
		{"POST", "/api/v1/ask", `{"question": "q"`, nil, 400, "bad_json"},
		{"POST", "/api/v1/ask", `{"question": "q"} {}`, nil, 400, "bad_json"},
		{"POST", "/api/v1/ask", `{"question": "q", "viewer": "bob"}`, nil, 400, "bad_json"},
		{"POST", "/api/v1/ask", `{"question": 1}`, nil, 400, "bad_json"},
		{"POST", "/api/v1/ask", `[]`, nil, 400, "bad_json"},
		{"POST", "/api/v1/ask", `{"question": "q", "lang": "klingon!"}`, nil, 400, "bad_request"},
		{"POST", "/api/v1/ask", large, nil, 413, "body_too_large"},
		{"POST", "/api/v1/ask", `{"question": "q"}`, []string{"Accept: text/html"}, 406, "not_acceptable"},
		{"POST", "/api/v1/ask", `{"question": "q"}`, []string{"Accept: text/html, */*;q=0.1"}, 200, ""},
		{"GET", "/api/v1/ask", "", nil, 405, "method_not_allowed"},
		{"DELETE", "/api/v1/answers/1", "", nil, 405, "method_not_allowed"},
		{"GET", "/api/v1/nothing", "", nil, 404, "not_found"},
		{"GET", "/", "", nil, 404, "not_found"},
		{"GET", "/assets/..%2fserver.go", "", nil, 404, "not_found"},
	} {
		got := call(t, s, request(c.method, c.path, c.body, c.headers...))
		if got.status != c.status || c.code != "" && got.problem(t).Code != c.code {
			t.Errorf("%s %s %.60s: %d %s", c.method, c.path, c.body, got.status, got.body)
		}
	}
	form := request(http.MethodPost, "/api/v1/ask", `{"question": "q"}`)
	form.Header.Set("Content-Type", "text/plain") // what a foreign page may send without asking
	if got := call(t, s, form); got.status != 415 || got.problem(t).Code != "unsupported_media_type" {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestRequestIDs(t *testing.T) {
	s := demoServer(t, stub{}, nil)
	for id, taken := range map[string]bool{
		"0123456789abcdef": true, "req_1.2-3456": true, "short": false, "": false, strings.Repeat("a", 65): false,
		"has space in it": false, "line\u0000break-here": false, "<script>alert(1)</script>": false, "-begins-with-dash": false,
	} {
		r := request(http.MethodGet, "/healthz", "")
		r.Header["X-Request-Id"] = []string{id}
		got := call(t, s, r).header.Get("X-Request-Id")
		if (got == id) != taken || !requestID.MatchString(got) {
			t.Errorf("%q became %q", id, got)
		}
	}
}

// TestNothingLeaks sends secrets and questions through every door and looks
// for them in logs and metrics.
func TestNothingLeaks(t *testing.T) {
	const canary = "canary-7f3a"
	var log bytes.Buffer
	asked := stub{ask: func(_ context.Context, r answer.Request, _ func(answer.Event)) (*answer.Answer, error) {
		a := said(r)
		a.Kind, a.Problems = answer.Failed, []answer.Mistake{{Code: "unknown_metric", Text: canary, Name: canary}}
		a.Timings = []answer.Timing{{Room: "read", Micros: 10}, {Room: "run " + canary, Micros: 10}}
		return a, nil
	}}
	logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s, err := New(Config{Service: asked, Accounts: accounts(t), Log: logger, Limits: patient})
	if err != nil {
		t.Fatal(err)
	}
	token := "Authorization: Bearer " + annToken
	for _, r := range []*http.Request{
		request(http.MethodPost, "/api/v1/ask?token="+canary, `{"question": "`+canary+`"}`, token, "Referer: "+canary, "User-Agent: "+canary, "Cookie: a="+canary),
		request(http.MethodPost, "/api/v1/ask", `{"question": "`+canary, token),
		request(http.MethodGet, "/"+canary+"?q="+canary, "", token),
		request(http.MethodPatch, "/api/v1/answers/"+canary, "", token),
		request(http.MethodGet, "/api/v1/me", "", "Authorization: Bearer "+canary, "X-Forwarded-For: "+canary),
		request(http.MethodGet, "/api/v1/me", "", "X-Request-Id: "+canary+"<>"),
	} {
		call(t, s, r)
	}
	metrics := call(t, s, request(http.MethodGet, "/metrics", "", "Authorization: Bearer "+opsToken))
	for name, text := range map[string]string{"log": log.String(), "metrics": string(metrics.body)} {
		for _, secret := range []string{canary, annToken, opsToken} {
			if strings.Contains(text, secret) {
				t.Errorf("the %s hold %s:\n%s", name, secret, text)
			}
		}
	}
	for _, line := range []string{
		`wenshu_answers_total{code="unknown_metric",kind="problem"} 1`, `wenshu_answer_seconds_count{part="read"} 1`,
		`wenshu_http_requests_total{method="POST",route="/api/v1/ask",status="200"} 1`,
		`wenshu_http_requests_total{method="",route="unknown",status="404"} 1`,
	} {
		if !strings.Contains(string(metrics.body), line) {
			t.Errorf("the metrics lack %s", line)
		}
	}
	if !strings.Contains(log.String(), "route=/api/v1/ask status=200") || !strings.Contains(log.String(), "viewer=ann") {
		t.Errorf("the access log is\n%s", log.String())
	}
}

func TestPanicsAreFaults(t *testing.T) {
	var log bytes.Buffer
	s := demoServer(t, stub{}, func(c *Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	got := get(t, s, "ann", "/api/v1/catalog") // the stub has no catalogue
	if p := got.problem(t); got.status != 500 || p.Code != "internal" || strings.Contains(string(got.body), "nil pointer") {
		t.Errorf("%d %s", got.status, got.body)
	}
	if !strings.Contains(log.String(), "nil pointer") {
		t.Errorf("the log does not say why: %s", log.String())
	}
}

func TestReadiness(t *testing.T) {
	s := demoServer(t, stub{ready: errors.New("dial tcp 10.1.2.3:5432: refused")}, nil)
	got := get(t, s, "", "/readyz")
	if got.status != 503 || got.problem(t).Code != "not_ready" || strings.Contains(string(got.body), "10.1.2.3") || got.header.Get("Retry-After") == "" {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := get(t, s, "", "/healthz"); got.status != 200 {
		t.Errorf("alive: %d", got.status)
	}
}

// TestFaultsAreWorded wants a status and words in every language for every
// fault, and no two faults of a language worded alike.
func TestFaultsAreWorded(t *testing.T) {
	for lang, words := range faultWords {
		seen := map[string]faultCode{}
		for code := range statuses {
			text := words[code]
			if text == "" || seen[text] != "" {
				t.Errorf("%s: %s is worded %q, as %q is", lang, code, text, seen[text])
			}
			seen[text] = code
		}
		if len(words) != len(statuses) {
			t.Errorf("%s words %d faults of %d", lang, len(words), len(statuses))
		}
	}
}

func TestLanguages(t *testing.T) {
	for tags, want := range map[string]string{
		"zh-CN": simplified, "zh": simplified, "zh-SG": simplified, "zh-TW": traditional, "zh-HK": traditional, "zh-Hant": traditional,
		"en": english, "en-US,en;q=0.9": english, "fr-FR, zh-CN;q=0.5": simplified, "de": "", "": "", "*": "", "\xff": "", strings.Repeat("a,", 300): "",
	} {
		if got := matched(tags); got != want {
			t.Errorf("%.40q: %q, want %q", tags, got, want)
		}
	}
	s := demoServer(t, stub{}, nil)
	got := get(t, s, "eve", "/api/v1/me", "Accept-Language: zh-TW")
	if got.problem(t).Title != faultWords[traditional][viewerUnknown] {
		t.Errorf("%s", got.body)
	}
}

func TestPageFiles(t *testing.T) {
	s := demoServer(t, stub{}, func(c *Config) { c.Page = somePage })
	got := get(t, s, "", "/")
	if got.status != 200 || got.header.Get("Content-Type") != "text/html; charset=utf-8" || !strings.Contains(got.header.Get("Content-Security-Policy"), "script-src 'self'") {
		t.Errorf("%d %v", got.status, got.header)
	}
	if again := get(t, s, "", "/", "If-None-Match: "+got.header.Get("ETag")); again.status != http.StatusNotModified || len(again.body) > 0 {
		t.Errorf("unchanged: %d", again.status)
	}
	for _, path := range []string{"/assets/", "/assets/missing.js", "/assets/..", "/assets/%2e%2e%2fdoor_test.go", "/assets/a/b", "/index.html"} {
		if got := get(t, s, "", path); got.status != 404 {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	for name, files := range map[string]fstest.MapFS{
		"no index": {"main.js": {}}, "another kind": {"index.html": {}, "notes.txt": {}}, "a folder": {"index.html": {}, "a/b.js": {}},
	} {
		if _, err := New(Config{Service: stub{}, Demo: demoServer(t, stub{}, nil).config.Demo, Page: files}); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}
