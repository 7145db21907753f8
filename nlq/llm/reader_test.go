package llm_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"wenshu/nlq/llm"
	"wenshu/nlq/llm/llmtest"
	"wenshu/semantic"
)

var shop = fstest.MapFS{"m.yaml": {Data: []byte(`
tables:
  orders: {key: [id], time: at, columns: {amount: decimal(2)}, dimensions: {at: {type: timestamp}, city: , channel: {values: [app, store], closed: true}}}
metrics:
  revenue: {expr: sum(orders.amount), label: {zh: 销售额, en: revenue}}
  orders: {expr: count(orders)}
`)}}

var now = time.Date(2026, 7, 15, 10, 0, 0, 0, time.UTC)

func question(t testing.TB, text string) llm.Question {
	t.Helper()
	model, err := semantic.Load(shop)
	if err != nil {
		t.Fatal(err)
	}
	return llm.Question{
		Text: text, Now: now, Scope: llm.Scope{View: model.View(semantic.Viewer{}), Catalog: llm.NewCatalog(model)}, Viewer: "ann",
		Check: func(q *semantic.Query) error {
			_, err := semantic.Bind(model, q, semantic.Viewer{}, semantic.Clock{Now: now})
			return err
		},
		Known: func(text string) bool { return text == "上海" },
	}
}

func reader(t testing.TB, m llm.Model, c llm.Config) *llm.Reader {
	t.Helper()
	if c.Endpoints == nil {
		c.Endpoints = []llm.Endpoint{{Name: "e"}}
	}
	r, err := llm.NewReader(c, m)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRefusedLineGoesBack holds that a line that fails is told why, and that
// only what binds comes out.
func TestRefusedLineGoesBack(t *testing.T) {
	for _, schema := range []bool{true, false} {
		s := llmtest.New(t, func(q llmtest.Request) llmtest.Response {
			if len(q.Messages) == 2 {
				return llmtest.Reading(q, "answer", "revenu by city")
			}
			return llmtest.Reading(q, "answer", "revenue by city")
		})
		e := endpoint(s, "e")
		e.Schema = schema
		c := llm.Config{Endpoints: []llm.Endpoint{e}}
		r, err := reader(t, pool(t, c), c).Read(t.Context(), question(t, "how are we doing by city"))
		if err != nil || r.Outcome != llm.Answered || r.Lines[0].String() != "revenue by city" || len(r.Exchanges) != 2 {
			t.Fatalf("%+v: %v", r, err)
		}
		told := s.Calls()[1].Last()
		if !strings.Contains(told, "unknown_metric revenu near revenue") {
			t.Errorf("the model was told %q", told)
		}
	}
}

// TestBadLinesAreDeclined is a model that never writes a line that may run.
func TestBadLinesAreDeclined(t *testing.T) {
	for _, line := range []string{
		"SELECT * FROM orders", "revenue; DROP TABLE orders", "profit by city", "revenue where city = 'Atlantis'", "revenue where channel = 'tv'",
		"revenue during 2026-06", "revenue{city = 'Atlantis'}", "revenue by `viewer.region`", strings.Repeat("revenue, ", 5000) + "revenue", "",
	} {
		s := llmtest.New(t, func(q llmtest.Request) llmtest.Response { return llmtest.Reading(q, "answer", line) })
		c := llm.Config{Endpoints: []llm.Endpoint{endpoint(s, "e")}}
		r, err := reader(t, pool(t, c), c).Read(t.Context(), question(t, "what did we sell last month"))
		if err != nil || r.Outcome != llm.Declined || len(r.Lines) != 0 {
			t.Errorf("%.40s: %+v: %v", line, r.Outcome, err)
		}
		if n := len(s.Calls()); n != 3 {
			t.Errorf("%.40s: asked %d times, want 3", line, n)
		}
	}
}

func TestDatesThatWereSaidMayBeWritten(t *testing.T) {
	for text, line := range map[string]string{
		"revenue of June 2026": "revenue during 2026-06", "六月的销售额": "revenue during 2026-06", "上海的销售额": `revenue where city = "上海"`,
		"revenue in Atlantis": `revenue where city = "Atlantis"`,
	} {
		s := llmtest.New(t, func(q llmtest.Request) llmtest.Response { return llmtest.Reading(q, "answer", line) })
		c := llm.Config{Endpoints: []llm.Endpoint{endpoint(s, "e")}}
		r, err := reader(t, pool(t, c), c).Read(t.Context(), question(t, text))
		if err != nil || r.Outcome != llm.Answered {
			t.Errorf("%s: %+v: %v", text, r, err)
		}
	}
}

// TestReadingEndsInTime is an endpoint that goes on and on.
func TestReadingEndsInTime(t *testing.T) {
	s := llmtest.New(t, func(q llmtest.Request) llmtest.Response {
		a := llmtest.Reading(q, "answer", "profit")
		a.Stall = 400 * time.Millisecond
		return a
	})
	c := llm.Config{Endpoints: []llm.Endpoint{endpoint(s, "e")}, Total: llm.Duration(600 * time.Millisecond)}
	start := time.Now()
	_, err := reader(t, pool(t, c), c).Read(t.Context(), question(t, "profit"))
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) > 3*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
}

// TestRecordedExchangesReplay runs a reading again without an endpoint.
func TestRecordedExchangesReplay(t *testing.T) {
	s := llmtest.New(t, func(q llmtest.Request) llmtest.Response { return llmtest.Reading(q, "answer", "revenue by city") })
	dir := t.TempDir()
	write := func(name string, raw []byte) error { return os.WriteFile(filepath.Join(dir, name), raw, 0o600) }
	c := llm.Config{Endpoints: []llm.Endpoint{endpoint(s, "e")}}
	first, err := reader(t, llm.Record(pool(t, c), write), c).Read(t.Context(), question(t, "sales by city"))
	if err != nil {
		t.Fatal(err)
	}
	replayed := reader(t, llm.Replay(os.DirFS(dir)), c)
	again, err := replayed.Read(t.Context(), question(t, "sales by city"))
	if err != nil || again.Lines[0].String() != first.Lines[0].String() {
		t.Errorf("%+v: %v", again, err)
	}
	if _, err := replayed.Read(t.Context(), question(t, "sales by channel")); !errors.Is(err, llm.ErrUnavailable) {
		t.Errorf("a prompt that was not recorded: %v", err)
	}
	if n := len(s.Calls()); n != 1 {
		t.Errorf("%d calls", n)
	}
}

// TestProposalsAreTidied keeps what a curator could take over.
func TestProposalsAreTidied(t *testing.T) {
	model, err := semantic.Load(shop)
	if err != nil {
		t.Fatal(err)
	}
	for _, schema := range []bool{true, false} {
		body := `{"proposals": [{"name": "revenue", "synonyms": ["营收", "orders", "city", "take\u200b", "turnover"], "description": "Money from orders."},
			{"name": "profit", "synonyms": ["gain"], "description": ""}, {"name": "city", "synonyms": ["turnover"], "description": "<b>bold</b>"}, {"name": "revenue", "synonyms": ["again"], "description": ""}]}`
		if !schema {
			body = "```json\n" + body + "\n```"
		}
		s := llmtest.New(t, says(body))
		e := endpoint(s, "e")
		e.Schema = schema
		c := llm.Config{Endpoints: []llm.Endpoint{e}}
		list, _, err := reader(t, pool(t, c), c).Propose(t.Context(), model)
		if err != nil || len(list) != 1 || strings.Join(list[0].Synonyms, " ") != "营收 turnover" || list[0].Description == "" {
			t.Errorf("%+v: %v", list, err)
		}
	}
}

func TestConfigIsStrict(t *testing.T) {
	env := func(name string) string { return map[string]string{"KEY": "secret-key"}[name] }
	read := func(text string) (llm.Config, error) {
		return llm.ReadConfig(strings.NewReader(text), env, os.ReadFile)
	}
	c, err := read(`{"endpoints": [{"name": "e", "base_url": "https://api.example.com/v1", "model": "m", "key_env": "KEY"}], "per_day": {"money": 5}, "total": "10s"}`)
	if err != nil || c.Mode != llm.WhenNeeded || c.Tokens != 6000 || time.Duration(c.Total) != 10*time.Second || !c.Descriptions || !c.Cached {
		t.Errorf("%+v: %v", c, err)
	}
	for _, bad := range []string{
		``, `{}`, `{"mode": "sometimes"}`, `{"endpoint": []}`,
		`{"endpoints": [{"name": "e", "base_url": "http://api.example.com/v1", "model": "m"}]}`,
		`{"endpoints": [{"name": "e", "base_url": "https://user:secret-key@api.example.com/v1", "model": "m"}]}`,
		`{"endpoints": [{"name": "e", "base_url": "https://api.example.com/v1", "model": "m", "key_env": "NONE"}]}`,
		`{"endpoints": [{"name": "e", "base_url": "https://api.example.com/v1"}]}`,
		`{"endpoints": [{"name": "E!", "base_url": "https://api.example.com/v1", "model": "m"}]}`,
		`{"endpoints": [{"name": "e", "kind": "azure", "base_url": "https://api.example.com", "model": "m"}]}`,
		`{"mode": "never"} {}`,
	} {
		if _, err := read(bad); err == nil || strings.Contains(err.Error(), "secret-key") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// TestSummaryIsPlainText holds what may come out as a summary.
func TestSummaryIsPlainText(t *testing.T) {
	for text, ok := range map[string]bool{
		"上海最高，为 12。": true, "see [this](http://x)": false, "a <b>bold</b> claim": false, "": false, strings.Repeat("long ", 200): false,
	} {
		s := llmtest.New(t, func(llmtest.Request) llmtest.Response { return llmtest.Response{Text: "```summary\n" + text + "\n```"} })
		e := endpoint(s, "e")
		e.Schema = false
		c := llm.Config{Endpoints: []llm.Endpoint{e}, Rows: true}
		got, _, err := reader(t, pool(t, c), c).Summarize(t.Context(), llm.Result{Columns: []string{"a"}, Rows: [][]string{{"12"}}})
		if (err == nil) != ok || ok && got != text {
			t.Errorf("%q became %q: %v", text, got, err)
		}
	}
	c := llm.Config{}
	if _, _, err := reader(t, nil, c).Summarize(t.Context(), llm.Result{}); !errors.Is(err, llm.ErrRows) {
		t.Errorf("a result left the house: %v", err)
	}
}
