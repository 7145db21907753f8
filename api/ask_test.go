package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"wenshu/answer"
	"wenshu/semantic"
)

func TestAskFollowAndReadAgain(t *testing.T) {
	s := demoServer(t, shop(t, nil), nil)
	var first, second, again answer.Answer
	got := post(t, s, "fay", "/api/v1/ask", `{"question": "上个月各大区销售额"}`)
	got.decode(t, &first)
	if got.status != http.StatusOK || first.Kind != answer.Result || first.Lang != simplified || first.Conversation == "" || len(first.Table.Rows) < 7 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	post(t, s, "fay", "/api/v1/ask", fmt.Sprintf(`{"question": "去年同期呢", "conversation": %q}`, first.Conversation)).decode(t, &second)
	if second.Kind != answer.Result || second.Conversation != first.Conversation || second.Period.Start != "2025-06-01T00:00:00" {
		t.Errorf("follow-up: %+v", second)
	}
	got = get(t, s, "fay", "/api/v1/answers/"+first.ID)
	got.decode(t, &again)
	if got.status != http.StatusOK || again.Sentence.Text != first.Sentence.Text {
		t.Errorf("read again: %d %s", got.status, got.body)
	}
}

func TestQueryLine(t *testing.T) {
	s := demoServer(t, shop(t, nil), nil)
	for lang, want := range map[string]string{"zh-CN": simplified, "zh": simplified, "en": english, "en-GB": english, "zh-Hant-HK": traditional} {
		var a answer.Answer
		post(t, s, "fay", "/api/v1/query", fmt.Sprintf(`{"query": "revenue by channel during month(-1)", "lang": %q, "chart": "pie"}`, lang)).decode(t, &a)
		if a.Kind != answer.Result || a.Lang != want || a.QueryLine != "revenue by channel during month(-1)" || a.Chart.Kind != answer.PieChart {
			t.Errorf("%s: in %s, %q, chart %+v, %+v", lang, a.Lang, a.QueryLine, a.Chart, a.Problems)
		}
	}
	var a answer.Answer
	post(t, s, "fay", "/api/v1/query", `{"query": "revenue"}`, "Accept-Language: fr, zh;q=0.8").decode(t, &a)
	if a.Lang != simplified {
		t.Errorf("a browser of China is answered in %s", a.Lang)
	}
}

// TestViewersAreApart compares what somebody else and nobody get: it must be
// the same byte for byte, but for the ids of the requests.
func TestViewersAreApart(t *testing.T) {
	s := demoServer(t, shop(t, nil), nil)
	var a answer.Answer
	post(t, s, "ann", "/api/v1/ask", `{"question": "上个月销售额"}`).decode(t, &a)
	ask := func(conversation string) string {
		return fmt.Sprintf(`{"question": "去年同期呢", "conversation": %q}`, conversation)
	}
	const same = "X-Request-Id: same-request"
	for name, pair := range map[string][2]reply{
		"answer":   {get(t, s, "bob", "/api/v1/answers/"+a.ID, same), get(t, s, "bob", "/api/v1/answers/unknown", same)},
		"feedback": {post(t, s, "bob", "/api/v1/answers/"+a.ID+"/feedback", `{"good": true}`, same), post(t, s, "bob", "/api/v1/answers/unknown/feedback", `{"good": true}`, same)},
	} {
		if pair[0].status != http.StatusNotFound || pair[1].status != http.StatusNotFound || !bytes.Equal(pair[0].body, pair[1].body) {
			t.Errorf("%s: somebody else's %d %s, nobody's %d %s", name, pair[0].status, pair[0].body, pair[1].status, pair[1].body)
		}
	}
	var own, others, nobodys answer.Answer
	post(t, s, "bob", "/api/v1/ask", ask(a.Conversation)).decode(t, &others)
	post(t, s, "bob", "/api/v1/ask", ask("mine.1")).decode(t, &nobodys)
	if others.QueryLine != "" || others.Kind != nobodys.Kind || others.Sentence.Text != nobodys.Sentence.Text || nobodys.Conversation != "mine.1" {
		t.Errorf("somebody else's conversation: %s %q, nobody's: %s %q", others.Kind, others.Sentence.Text, nobodys.Kind, nobodys.Sentence.Text)
	}
	post(t, s, "ann", "/api/v1/ask", ask(a.Conversation)).decode(t, &own)
	if own.Kind != answer.Result || own.Conversation != a.Conversation {
		t.Errorf("one's own conversation: %s %q", own.Kind, own.Sentence.Text)
	}
	for _, id := range []string{"a b", "../x", strings.Repeat("a", 65), "问"} {
		if got := post(t, s, "ann", "/api/v1/ask", ask(id)); got.status != http.StatusBadRequest {
			t.Errorf("the name %q: %d", id, got.status)
		}
	}
}

func TestFeedback(t *testing.T) {
	s := demoServer(t, shop(t, nil), nil)
	var a answer.Answer
	post(t, s, "ann", "/api/v1/query", `{"query": "revenue"}`).decode(t, &a)
	for body, status := range map[string]int{
		`{"good": true}`: 204, `{"good": false, "reasons": ["wrong_time", "other"], "comment": "是六月"}`: 204,
		`{"good": false, "reasons": ["boring"]}`: 400, `{}`: 400, `{"good": "yes"}`: 400, `{"good": true, "stars": 5}`: 400,
		fmt.Sprintf(`{"good": false, "comment": %q}`, strings.Repeat("长", 2001)): 400,
	} {
		if got := post(t, s, "ann", "/api/v1/answers/"+a.ID+"/feedback", body); got.status != status {
			t.Errorf("%.60s: %d, want %d: %s", body, got.status, status, got.body)
		}
	}
}

func TestCatalogAndSuggestions(t *testing.T) {
	s := demoServer(t, shop(t, nil), nil)
	var c answer.Catalog
	get(t, s, "ann", "/api/v1/catalog?lang=zh-CN").decode(t, &c)
	if c.Lang != simplified || len(c.Metrics) < 40 || len(c.Dimensions) < 60 || len(c.Starters) == 0 {
		t.Errorf("%s: %d metrics, %d dimensions, %d starters", c.Lang, len(c.Metrics), len(c.Dimensions), len(c.Starters))
	}
	seen := func(viewer, typed string) bool {
		var list suggestions
		get(t, s, viewer, "/api/v1/suggest?lang=zh-CN&q="+typed).decode(t, &list)
		for _, one := range list.Suggestions {
			if strings.Contains(one.Text, "户外藤编躺椅") {
				return true
			}
		}
		return false
	}
	if !seen("bob", "户外藤编") || seen("ann", "户外藤编") {
		t.Error("a product of the south is suggested to the east, or not to the south")
	}
	for _, path := range []string{"/api/v1/suggest?lang=xx&q=a", "/api/v1/suggest?q=%ff", "/api/v1/suggest?q=" + strings.Repeat("a", 1001), "/api/v1/catalog?lang=en,zh"} {
		if got := get(t, s, "ann", path); got.status != http.StatusBadRequest || got.problem(t).Field == "" {
			t.Errorf("%.40s: %d %s", path, got.status, got.body)
		}
	}
}

// event is one event of a stream.
type event struct{ id, name, data string }

// events reads a stream to its end and counts the comments.
func events(t *testing.T, body string) (list []event, comments int) {
	t.Helper()
	for block := range strings.SplitSeq(strings.TrimSuffix(body, "\n\n"), "\n\n") {
		var e event
		for line := range strings.SplitSeq(block, "\n") {
			field, value, _ := strings.Cut(line, ": ")
			switch field {
			case "":
				comments++
			case "id":
				e.id = value
			case "event":
				e.name = value
			case "data":
				e.data = value
			default:
				t.Errorf("a line of a stream that is none: %q", line)
			}
		}
		if e.name != "" {
			list = append(list, e)
		}
	}
	return list, comments
}

func TestStreamOfSteps(t *testing.T) {
	s := demoServer(t, shop(t, nil), nil)
	got := post(t, s, "fay", "/api/v1/ask", `{"question": "上个月各大区销售额"}`, "Accept: text/event-stream")
	if got.header.Get("Content-Type") != mimeStream || got.header.Get("Cache-Control") != "no-store" || got.header.Get("X-Accel-Buffering") != "no" {
		t.Errorf("headers %v", got.header)
	}
	list, _ := events(t, string(got.body))
	var names []string
	for i, e := range list {
		names = append(names, e.name)
		if e.id != fmt.Sprint(i+1) {
			t.Errorf("event %d has the id %s", i+1, e.id)
		}
		checkStep(t, e.data)
	}
	if fmt.Sprint(names) != "[understood compiled waiting running done]" {
		t.Fatalf("events %v", names)
	}
	var understood, done step
	if err := errors.Join(json.Unmarshal([]byte(list[0].data), &understood), json.Unmarshal([]byte(list[4].data), &done)); err != nil {
		t.Fatal(err)
	}
	if len(understood.Answer.Chips) == 0 || understood.Answer.Table != nil {
		t.Errorf("understood: %s", list[0].data)
	}
	if done.Answer.ID != understood.Answer.ID || len(done.Answer.Table.Rows) < 7 {
		t.Errorf("done: %.300s", list[4].data)
	}
}

func TestStreamShowsLifeAndFailure(t *testing.T) {
	asked := stub{ask: func(ctx context.Context, r answer.Request, _ func(answer.Event)) (*answer.Answer, error) {
		select {
		case <-time.After(120 * time.Millisecond):
		case <-ctx.Done():
		}
		if r.Question == "panic" {
			panic("SELECT secret FROM /var/lib/sales.db")
		}
		return nil, errors.New("disk: /var/lib/state.db is full")
	}}
	s := demoServer(t, asked, func(c *Config) { c.Limits.Heartbeat = 10 * time.Millisecond })
	for _, question := range []string{"panic", "fail"} {
		got := post(t, s, "ann", "/api/v1/ask", fmt.Sprintf(`{"question": %q, "lang": "zh-CN"}`, question), "Accept: text/event-stream")
		list, comments := events(t, string(got.body))
		if comments < 4 || len(list) != 1 || list[0].name != "problem" {
			t.Fatalf("%d comments, events %v", comments, list)
		}
		var p problem
		if err := json.Unmarshal([]byte(list[0].data), &p); err != nil || p.Code != "internal" || p.Title != faultWords[simplified][internal] {
			t.Errorf("%s: %+v %v", question, p, err)
		}
		if strings.Contains(string(got.body), "/var") || strings.Contains(string(got.body), "SELECT") {
			t.Errorf("a stream tells too much: %s", got.body)
		}
		plain := post(t, s, "ann", "/api/v1/ask", fmt.Sprintf(`{"question": %q}`, question))
		if p := plain.problem(t); plain.status != 500 || strings.Contains(string(plain.body), "/var") || p.Code != "internal" {
			t.Errorf("%s: %d %s", question, plain.status, plain.body)
		}
	}
}

// TestLeavingCancels closes the connection of a stream and of a plain request
// over a real socket.
func TestLeavingCancels(t *testing.T) {
	for _, accept := range []string{"text/event-stream", "application/json"} {
		begun, cancelled := make(chan bool), make(chan error, 1)
		s := demoServer(t, stub{ask: func(ctx context.Context, _ answer.Request, events func(answer.Event)) (*answer.Answer, error) {
			close(begun)
			<-ctx.Done()
			cancelled <- ctx.Err()
			return nil, ctx.Err()
		}}, nil)
		server := httptest.NewServer(s.Handler())
		ctx, leave := context.WithCancel(t.Context())
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL+"/api/v1/ask", strings.NewReader(`{"question": "q"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", accept)
		go func() { <-begun; leave() }()
		if response, err := http.DefaultClient.Do(r); err == nil {
			_, err = bufio.NewReader(response.Body).ReadString('!')
			if err == nil || response.Body.Close() != nil {
				t.Errorf("%s: the stream did not break: %v", accept, err)
			}
		}
		select {
		case err := <-cancelled:
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", accept, err)
			}
		case <-time.After(5 * time.Second):
			t.Errorf("%s: the question runs on", accept)
		}
		server.Close()
	}
}

func TestAnswersAreGivenUpInTime(t *testing.T) {
	s := demoServer(t, stub{ask: func(ctx context.Context, r answer.Request, _ func(answer.Event)) (*answer.Answer, error) {
		<-ctx.Done()
		a := said(r)
		a.Kind, a.Problems = answer.Failed, []answer.Mistake{{Code: semantic.Timeout, Text: "too slow"}}
		return a, nil
	}}, func(c *Config) { c.Limits.Answer = 20 * time.Millisecond })
	if got := post(t, s, "ann", "/api/v1/ask", `{"question": "q"}`); got.status != http.StatusGatewayTimeout || got.problem(t).Code != "timeout" {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// TestBadInput walks what people send by mistake: every one has its own code,
// is worded in the asker's language, and shows nothing of the inside.
func TestBadInput(t *testing.T) {
	harmed := copies(t)
	gone := demoServer(t, shop(t, harmed), nil)
	for _, path := range harmed {
		if err := os.WriteFile(path, bytes.Repeat([]byte("no database "), 4096), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	healthy := demoServer(t, shop(t, nil), func(c *Config) { c.Demo = append(c.Demo, semantic.Viewer{ID: "new", Name: "Nobody's"}) })
	long := strings.Repeat("问", 1001)
	cases := []struct {
		name, viewer, path, body string
		status                   int
		code                     string
	}{
		{"unknown word", "fay", "ask", `{"question": "上个月的%s", "lang": "%s"}`, 200, "unknown_metric|not_understood"},
		{"empty", "fay", "ask", `{"question": "%.0s", "lang": "%s"}`, 400, "empty"},
		{"blank", "fay", "ask", `{"question": "  %.0s", "lang": "%s"}`, 400, "empty"},
		{"no question", "fay", "ask", `{"chart": "%.0s", "lang": "%s"}`, 400, "empty"},
		{"no line", "fay", "query", `{"query": "%.0s", "lang": "%s"}`, 400, "empty"},
		{"too long", "fay", "ask", `{"question": "` + long + `%.0s", "lang": "%s"}`, 400, "too_long"},
		{"line too long", "fay", "query", `{"query": "` + long + `%.0s", "lang": "%s"}`, 400, "too_long"},
		{"unknown metric", "fay", "query", `{"query": "profitt during month(-1)%.0s", "lang": "%s"}`, 200, "unknown_metric|unknown_name"},
		{"syntax", "fay", "query", `{"query": "revenue by by%.0s", "lang": "%s"}`, 200, "syntax"},
		{"no path", "fay", "query", `{"query": "downtime_hours by channel%.0s", "lang": "%s"}`, 200, ""},
		{"no attribute", "new", "query", `{"query": "revenue during month(-1)%.0s", "lang": "%s"}`, 200, "forbidden"},
		{"gone warehouse", "hugo", "query", `{"query": "revenue during month(-1)%.0s", "lang": "%s"}`, 503, "unavailable"},
	}
	for _, c := range cases {
		texts := map[string]bool{}
		for _, lang := range []string{simplified, traditional, english} {
			s := healthy
			if c.name == "gone warehouse" {
				s = gone
			}
			got := post(t, s, c.viewer, "/api/v1/"+c.path, fmt.Sprintf(c.body, "qqqqq", lang))
			code, text := complaint(t, got)
			texts[text] = true
			if got.status != c.status || c.code != "" && !strings.Contains("|"+c.code+"|", "|"+code+"|") || text == "" {
				t.Errorf("%s in %s: %d %s: %.400s", c.name, lang, got.status, code, got.body)
			}
			for _, inside := range []string{"SELECT", "select ", "/tmp", ".db", "goroutine", "sqlite"} {
				if got.status != http.StatusOK && strings.Contains(string(got.body), inside) {
					t.Errorf("%s in %s shows %q: %s", c.name, lang, inside, got.body)
				}
			}
		}
		if len(texts) != 3 {
			t.Errorf("%s is worded in %d ways for 3 languages: %v", c.name, len(texts), texts)
		}
	}
}

// complaint is the code and the words of a refusal, whether it is an answer or
// a problem.
func complaint(t *testing.T, r reply) (code, text string) {
	t.Helper()
	if r.header.Get("Content-Type") == mimeProblem {
		p := r.problem(t)
		return p.Code, p.Title
	}
	var a answer.Answer
	r.decode(t, &a)
	if len(a.Problems) == 0 {
		return "", a.Sentence.Text
	}
	return string(a.Problems[0].Code), a.Problems[0].Text
}
