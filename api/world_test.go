package api

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/fixtures"
	"wenshu/semantic"
	"wenshu/warehouse"
)

// world is the demo company at a small scale, shared by the tests of a run.
type world struct {
	dir   string
	files map[string]string
	model *semantic.Model
}

var theWorld = sync.OnceValues(func() (*world, error) {
	dir, err := os.MkdirTemp("", "wenshu-api-")
	if err != nil {
		return nil, err
	}
	result, err := fixtures.Generate(context.Background(), dir, fixtures.Options{Scale: 0.02})
	if err != nil {
		return nil, err
	}
	model, err := semantic.Load(fixtures.ShopModel())
	return &world{dir, result.Files, model}, err
})

func TestMain(m *testing.M) {
	code := m.Run()
	if w, err := theWorld(); err == nil {
		if err := os.RemoveAll(w.dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(code)
}

// shop is a service over the demo company, whose files are copied when the
// test is going to harm them.
func shop(t *testing.T, files map[string]string) *answer.Service {
	t.Helper()
	w, err := theWorld()
	if err != nil {
		t.Fatal(err)
	}
	if files == nil {
		files = w.files
	}
	sources := warehouse.Sources{}
	for name, path := range files {
		if sources[name], err = warehouse.Open(name, path, warehouse.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	store, err := state.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
		if err := sources.Close(); err != nil {
			t.Error(err)
		}
	})
	s, err := answer.New(t.Context(), answer.Config{
		Load: func() (*semantic.Model, error) { return w.model, nil }, Sources: sources, State: store, Now: fixtures.DemoNow,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// copies are the files of the demo company in a folder of the test.
func copies(t *testing.T) map[string]string {
	t.Helper()
	w, err := theWorld()
	if err != nil {
		t.Fatal(err)
	}
	files, dir := map[string]string{}, t.TempDir()
	for name, path := range w.files {
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = filepath.Join(dir, filepath.Base(path))
		if err := os.WriteFile(files[name], body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// patient are limits that no test meets by chance.
var patient = Limits{AskRate: 1000, AskBurst: 1000, ReadRate: 1000, ReadBurst: 1000}

// demoServer is a server in demo mode; change may alter its configuration.
func demoServer(t *testing.T, service Service, change func(*Config)) *Server {
	t.Helper()
	c := Config{Service: service, Demo: fixtures.DemoViewers(), Limits: patient}
	if change != nil {
		change(&c)
	}
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// stub is a service whose answers the test writes.
type stub struct {
	Service
	ask   func(context.Context, answer.Request, func(answer.Event)) (*answer.Answer, error)
	ready error
}

func (s stub) Ask(ctx context.Context, r answer.Request, events func(answer.Event)) (*answer.Answer, error) {
	return s.ask(ctx, r, events)
}

func (s stub) Ready(context.Context) error { return s.ready }

// said is a finished answer.
func said(r answer.Request) *answer.Answer {
	return &answer.Answer{
		ID: "a1", Conversation: r.Conversation, Question: r.Question, Lang: english, Kind: answer.Result,
		Sentence: answer.Sentence{Text: "42"}, AskedAt: time.Unix(0, 0).UTC(),
	}
}
