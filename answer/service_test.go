package answer_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/fixtures"
	"wenshu/nlq/llm"
	"wenshu/semantic"
	"wenshu/warehouse"
)

// open returns a service over the demo company.
func open(t testing.TB, load func() (*semantic.Model, error)) *answer.Service {
	t.Helper()
	return openWith(t, load, nil)
}

// openWith returns a service that has a second reader.
func openWith(t testing.TB, load func() (*semantic.Model, error), second *llm.Reader) *answer.Service {
	t.Helper()
	store, err := state.Open(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, store, load, second)
}

// serve returns a service over a store, which ends with the test.
func serve(t testing.TB, store *state.Store, load func() (*semantic.Model, error), second *llm.Reader) *answer.Service {
	t.Helper()
	return serveWith(t, answer.Config{State: store, Load: load, Second: second})
}

// serveLogged returns a service over a store that writes a log.
func serveLogged(t testing.TB, store *state.Store, second *llm.Reader, log *slog.Logger) *answer.Service {
	t.Helper()
	return serveWith(t, answer.Config{State: store, Second: second, Log: log})
}

// serveWith returns a service over the demo company's databases.
func serveWith(t testing.TB, c answer.Config) *answer.Service {
	t.Helper()
	sources := company(t)
	c.Sources, c.Now = sources, fixtures.DemoNow
	if c.Load == nil {
		c.Load = func() (*semantic.Model, error) { return semantic.Load(fixtures.ShopModel()) }
	}
	s, err := answer.New(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(sources.Close(), c.State.Close()); err != nil {
			t.Error(err)
		}
	})
	return s
}

var (
	office = semantic.Viewer{ID: "office", Roles: []string{"headquarters"}}
	east   = semantic.Viewer{ID: "east", Attrs: map[string][]string{"region": {"华东"}}}
	south  = semantic.Viewer{ID: "south", Attrs: map[string][]string{"region": {"华南"}}}
)

func ask(t testing.TB, s *answer.Service, r answer.Request) *answer.Answer {
	t.Helper()
	a, err := s.Ask(t.Context(), r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestEventsComeInOrder(t *testing.T) {
	s := open(t, nil)
	var kinds []answer.EventKind
	a, err := s.Ask(t.Context(), answer.Request{Line: "revenue by region during month(-1)", Viewer: office}, func(e answer.Event) {
		kinds = append(kinds, e.Kind)
		if e.Kind == answer.Understood && (e.Answer.QueryLine == "" || len(e.Answer.Chips) == 0 || e.Answer.Table != nil) {
			t.Errorf("understood: %+v", e.Answer)
		}
		if e.Kind == answer.Done && e.Answer.Table == nil {
			t.Error("done without a table")
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []answer.EventKind{answer.Understood, answer.Compiled, answer.Waiting, answer.Running, answer.Done}; !slices.Equal(kinds, want) {
		t.Errorf("%v", kinds)
	}
	if len(a.SQL) != 1 || len(a.Timings) < 4 || a.ModelVersion == "" {
		t.Errorf("%d statements, %d timings, model %q", len(a.SQL), len(a.Timings), a.ModelVersion)
	}
}

func TestCancelledIsAnAnswer(t *testing.T) {
	s := open(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	a, err := s.Ask(ctx, answer.Request{Line: "revenue by product, city", Viewer: office, Lang: "zh"}, func(e answer.Event) {
		if e.Kind == answer.Waiting {
			cancel()
		}
	})
	if err != nil || a.Kind != answer.Failed || a.Problems[0].Code != semantic.Cancelled || a.Sentence.Text != "已停止。" {
		t.Errorf("%+v %v", a, err)
	}
	if a.QueryLine == "" {
		t.Error("what was understood is gone")
	}
}

func TestRequestsThatAreNone(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Ask(t.Context(), answer.Request{Question: "a", Line: "b"}, nil); !errors.Is(err, answer.ErrRequest) {
		t.Errorf("%v", err)
	}
	cases := []struct {
		r    answer.Request
		code semantic.Code
	}{
		{answer.Request{Viewer: office}, semantic.EmptyQuery},
		{answer.Request{Question: " ? ", Viewer: office}, semantic.EmptyQuery},
		{answer.Request{Question: strings.Repeat("销", answer.MaxQuestion+1), Viewer: office}, semantic.TooLong},
		{answer.Request{Line: "revenue by", Viewer: office}, semantic.SyntaxError},
		{answer.Request{Line: "revenue by channel by channel", Viewer: office}, semantic.SyntaxError},
	}
	for _, c := range cases {
		a := ask(t, s, c.r)
		if a.Kind != answer.Failed || len(a.Problems) == 0 || a.Problems[0].Code != c.code {
			t.Errorf("%q %q: %s %+v", c.r.Question, c.r.Line, a.Kind, a.Problems)
		}
	}
}

func TestAnswersAndOpinionsAreTheirViewers(t *testing.T) {
	s, ctx := open(t, nil), t.Context()
	a := ask(t, s, answer.Request{Line: "revenue during month(-1)", Viewer: east})
	again, err := s.Answer(ctx, east, a.ID)
	if err != nil || again.Sentence.Text != a.Sentence.Text || *again.Table.Rows[0][0].Value != *a.Table.Rows[0][0].Value {
		t.Errorf("%+v %v", again, err)
	}
	if _, err := s.Answer(ctx, south, a.ID); !errors.Is(err, answer.ErrNotFound) {
		t.Errorf("south reads: %v", err)
	}
	if err := s.Feedback(ctx, south, a.ID, answer.Opinion{Good: true}); !errors.Is(err, answer.ErrNotFound) {
		t.Errorf("south judges: %v", err)
	}
	if err := s.Feedback(ctx, east, a.ID, answer.Opinion{Reasons: []string{"wrong_time"}}); err != nil {
		t.Error(err)
	}
	if err := s.Feedback(ctx, east, a.ID, answer.Opinion{Reasons: []string{"ugly"}}); !errors.Is(err, answer.ErrOpinion) {
		t.Errorf("%v", err)
	}
}

// TestReloadIsAllOrNothing breaks the model while it is asked.
func TestReloadIsAllOrNothing(t *testing.T) {
	broken := errors.New("broken")
	var fails bool
	s := open(t, func() (*semantic.Model, error) {
		if fails {
			return nil, broken
		}
		return semantic.Load(fixtures.ShopModel())
	})
	version := s.ModelVersion()
	fails = true
	if err := s.Reload(t.Context()); !errors.Is(err, broken) || !errors.Is(s.Trouble(), broken) || s.ModelVersion() != version {
		t.Errorf("%v, trouble %v", err, s.Trouble())
	}
	if a := ask(t, s, answer.Request{Line: "orders during month(-1)", Viewer: office}); a.Kind != answer.Result {
		t.Errorf("%+v", a.Problems)
	}
	fails = false
	if err := s.Reload(t.Context()); err != nil || s.Trouble() != nil {
		t.Errorf("%v, trouble %v", err, s.Trouble())
	}
}

func TestUnreachableWarehouse(t *testing.T) {
	sources := company(t)
	store, err := state.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	s, err := answer.New(t.Context(), answer.Config{
		Load: func() (*semantic.Model, error) { return semantic.Load(fixtures.ShopModel()) }, Sources: sources, State: store, Now: fixtures.DemoNow,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := sources[fixtures.SalesWarehouse].Close(); err != nil {
		t.Fatal(err)
	}
	for _, r := range []answer.Request{{Line: "revenue", Viewer: office}, {Question: "销售额", Viewer: office}} {
		a := ask(t, s, r)
		if a.Kind != answer.Failed || a.Problems[0].Code != semantic.Unavailable || strings.Contains(a.Sentence.Text, os.TempDir()) {
			t.Errorf("%s %+v %s", a.Kind, a.Problems, a.Sentence.Text)
		}
	}
	if err := s.Ready(t.Context()); err == nil {
		t.Error("ready without a warehouse")
	}
}

// canaries are members that one region alone has.
var canaries = []struct{ text, typed, region string }{
	{"户外藤编躺椅", "户外藤编", "华南"}, {"关东暖炕垫", "关东暖", "东北"}, {"徽州竹茶桌", "徽州竹", "华东"}, {"欧阳听雪", "欧阳听", "西北"}, {"令狐若水", "令狐若", "西南"},
}

// TestSuggestionsAndCatalogueKeepSecrets types the beginning of names that only
// one region may know.
func TestSuggestionsAndCatalogueKeepSecrets(t *testing.T) {
	s := open(t, nil)
	for _, c := range canaries {
		for _, region := range []string{"华南", "东北", "华东", "西北", "西南"} {
			v := semantic.Viewer{ID: region, Attrs: map[string][]string{"region": {region}}}
			list, err := s.Suggest(t.Context(), v, "zh-CN", c.typed, 10)
			if err != nil {
				t.Fatal(err)
			}
			seen := slices.ContainsFunc(list, func(g answer.Suggestion) bool { return strings.Contains(g.Text, c.text) })
			if seen && region != c.region {
				t.Errorf("%s is suggested to %s", c.text, region)
			}
			if product := !strings.ContainsAny(c.text, "欧令"); product && region == c.region && !seen {
				t.Errorf("%s is not suggested to %s: %v", c.text, region, list)
			}
			if a := ask(t, s, answer.Request{Question: c.text + "的销售额", Viewer: v}); region != c.region {
				unknown := ask(t, s, answer.Request{Question: mangled(c.text) + "的销售额", Viewer: v})
				if a.Kind != unknown.Kind {
					t.Errorf("%s asks for %s: %s, for an unknown name: %s", region, c.text, a.Kind, unknown.Kind)
				}
			}
		}
	}
	for _, v := range []semantic.Viewer{office, east} {
		for _, m := range s.Catalog(t.Context(), v, "en").Metrics {
			if strings.Contains(m.Name, "operating") || strings.Contains(m.Name, "gross") {
				t.Errorf("%s sees %s in the catalogue", v.ID, m.Name)
			}
		}
	}
}

// mangled is a name of the same shape that nobody has.
func mangled(s string) string {
	return strings.NewReplacer("藤", "麒", "暖", "麟", "竹", "麒", "听", "麟", "若", "麒").Replace(s)
}

func TestSuggestKinds(t *testing.T) {
	s := open(t, nil)
	cases := []struct{ typed, kind, text string }{
		{"销售", "metric", "销售额"}, {"上个月 rev", "metric", "销售额"}, {"渠", "dimension", "渠道"}, {"天猫", "member", "天猫"}, {"上", "period", "上月"},
	}
	for _, c := range cases {
		list, err := s.Suggest(t.Context(), office, "zh-CN", c.typed, 20)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(list, func(g answer.Suggestion) bool { return g.Kind == c.kind && g.Text == c.text }) {
			t.Errorf("%q: %v", c.typed, list)
		}
	}
}

// TestViewersDoNotMix asks as many viewers at once.
func TestViewersDoNotMix(t *testing.T) {
	s := open(t, nil)
	want := map[string]string{}
	for _, v := range []semantic.Viewer{office, east, south} {
		want[v.ID] = ask(t, s, answer.Request{Line: "revenue during month(-1)", Viewer: v}).Sentence.Text
	}
	if want["east"] == want["south"] || want["east"] == want["office"] {
		t.Fatal(want)
	}
	var wait sync.WaitGroup
	for range 20 {
		for _, v := range []semantic.Viewer{office, east, south} {
			wait.Go(func() {
				a, err := s.Ask(context.Background(), answer.Request{Line: "revenue during month(-1)", Viewer: v}, nil)
				if err != nil || a.Sentence.Text != want[v.ID] {
					t.Errorf("%s: %v %v", v.ID, a, err)
				}
			})
		}
	}
	wait.Wait()
}

func TestExplain(t *testing.T) {
	s := open(t, nil)
	e, err := s.Explain(t.Context(), answer.Request{Question: "上个月各渠道销售额", Viewer: office})
	if err != nil || e.Query != "revenue by channel during month(-1)" || len(e.SQL) != 1 || e.Plan == "" || len(e.Words) == 0 || len(e.Readings) == 0 {
		t.Errorf("%+v %v", e, err)
	}
}

// company opens the demo company's databases, which are kept between test runs:
// a small company for tests, the whole one for benchmarks.
func company(t testing.TB) warehouse.Sources {
	t.Helper()
	dir, o := "wenshu-demo-small", fixtures.Options{Scale: 0.02}
	if _, timed := t.(*testing.B); timed {
		dir, o = "wenshu-demo", fixtures.Options{}
	}
	demo, _, err := fixtures.Ensure(context.Background(), filepath.Join(os.TempDir(), dir), o)
	if err != nil {
		t.Fatal(err)
	}
	sources := warehouse.Sources{}
	for name, path := range demo.Files {
		if sources[name], err = warehouse.Open(name, path, warehouse.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	return sources
}
