package api

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"wenshu/answer"
	"wenshu/api/web"
	"wenshu/semantic"
)

var script = flag.String("script", "*", "which of the scripts in web/test TestWidget runs")

// slow answers no question before it is cancelled, and counts those that were.
type slow struct {
	Service
	cancelled atomic.Int32
}

func (s *slow) Ask(ctx context.Context, r answer.Request, events func(answer.Event)) (*answer.Answer, error) {
	if !strings.Contains(r.Question, "slow") {
		return s.Service.Ask(ctx, r, events)
	}
	a := said(r)
	a.Title = "understood already"
	events(answer.Event{Kind: answer.Understood, Answer: a})
	events(answer.Event{Kind: answer.Running})
	<-ctx.Done()
	s.cancelled.Add(1)
	return nil, ctx.Err()
}

// hostile answers with markup in every text.
type hostile struct{ Service }

const attack = `<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>"'{n}`

func (h hostile) Catalog(ctx context.Context, v semantic.Viewer, lang string) *answer.Catalog {
	items := []answer.CatalogItem{{Name: attack, Label: attack, Description: attack, Group: attack}}
	return &answer.Catalog{Model: attack, Lang: simplified, Metrics: items, Dimensions: items, Entities: items, Starters: []answer.Choice{{Text: attack, Query: attack}}}
}

func (hostile) Suggest(context.Context, semantic.Viewer, string, string, int) ([]answer.Suggestion, error) {
	return []answer.Suggestion{{Kind: "member", Text: attack, Label: attack}}, nil
}

func (hostile) Marks(_ context.Context, _ semantic.Viewer, _, typed string) ([]answer.WordMark, error) {
	return []answer.WordMark{{End: len(typed), Text: attack, State: "unread", Meaning: attack, Near: []string{attack}}}, nil
}

func (hostile) Ask(_ context.Context, r answer.Request, _ func(answer.Event)) (*answer.Answer, error) {
	a, n := said(r), "1"
	choices := []answer.Choice{{Text: attack, Query: attack}}
	cells := []answer.Cell{{Value: &n, Text: attack}}
	a.Title, a.Sentence.Text, a.QueryLine = attack, attack, attack
	a.Chips = []answer.Chip{{Kind: answer.MetricChip, Label: attack, Text: attack, Remove: attack, Options: choices}}
	a.Warnings, a.FollowUps, a.Choices, a.Suggestions = []answer.Note{{Text: attack}}, choices, choices, choices
	a.Definitions = []answer.Definition{{Label: attack, Description: attack, Formula: attack, Owner: attack, Unit: attack, Synonyms: []string{attack}}}
	a.SQL = []answer.Statement{{Source: attack, SQL: attack, Args: []string{attack}}}
	a.Table = &answer.Table{Columns: []answer.Column{{Label: attack, Type: "decimal", Unit: attack, Role: "value"}}, Rows: [][]answer.Cell{cells}}
	kind := answer.ChartKind(r.Question)
	a.Chart = &answer.Chart{
		Kind: kind, Title: attack, Incomplete: -1, Labels: []answer.Label{{Value: &n, Text: attack}}, X: &answer.Axis{Label: attack}, Y: &answer.Axis{Label: attack, Zero: true},
		Series: []answer.Series{{Name: attack, Cells: cells}, {Name: attack, Cells: cells}, {Name: attack, Cells: cells}}, Refused: &answer.Refused{Text: attack}, Offered: []answer.ChartKind{answer.BarChart},
	}
	return a, nil
}

// joins joins whoever has a good link.
type joins struct{ Bots }

func (joins) Join(_ context.Context, v semantic.Viewer, token string, sure bool) (Joined, error) {
	if token != "good" {
		return Joined{}, ErrLink
	}
	return Joined{Bot: "slack", Vendor: "slack", Tenant: "T1", User: "U1", Name: "<b>Mallory</b>", Viewer: v.ID, Done: sure}, nil
}

func (joins) Chats() []Chat {
	return []Chat{{Vendor: "slack", URL: "https://slack.example/app_redirect?app=A1"}}
}

// TestWidget runs the scripts in web/test in Chromium, against servers of the
// demo company and of others that a browser has to cope with.
func TestWidget(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("node"); err != nil {
		missing(t, "node is not installed")
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		missing(t, "chromium is not installed")
	}
	if _, err := os.Stat("web/node_modules/playwright-core"); err != nil {
		missing(t, "api/web has no node_modules: npm ci")
	}
	demo := shop(t, nil)
	waits := &slow{Service: demo}
	var env []string
	for name, s := range map[string]Service{"DEMO": demo, "SLOW": waits, "HOSTILE": hostile{demo}} {
		server := httptest.NewServer(demoServer(t, s, func(c *Config) { c.Page, c.Bots = web.Files(), joins{} }).Handler())
		t.Cleanup(server.Close)
		env = append(env, fmt.Sprintf("WENSHU_%s=%s", name, server.URL))
	}
	env = append(env, hosts(t, demo)...)
	scripts, err := filepath.Glob("web/test/" + *script + ".test.mjs")
	if err != nil || len(scripts) == 0 {
		t.Fatal(scripts, err)
	}
	command := exec.CommandContext(t.Context(), "node", append([]string{"--test-reporter=spec", "web/test/run.mjs"}, scripts...)...)
	command.Env = append(append(os.Environ(), "CHROMIUM="+chromium), env...)
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if *script == "*" && waits.cancelled.Load() == 0 {
		t.Error("stopping in the browser cancelled nothing")
	}
}

// hosts starts the sites of web/examples and a server that trusts them.
func hosts(t *testing.T, s Service) []string {
	t.Helper()
	pages, err := filepath.Abs("web/examples")
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(t.TempDir(), "host")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "./web/examples/go").CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	commands := map[string][]string{"GO": {binary}, "NODE": {"node", pages + "/node/host.mjs"}}
	if java, err := exec.LookPath("java"); err == nil {
		commands["JAVA"] = []string{java, pages + "/java/Host.java"}
	}
	var origins []string
	ports := map[string]string{}
	for name := range commands {
		ports[name] = freePort(t)
		origins = append(origins, "http://127.0.0.1:"+ports[name])
	}
	own := freePort(t)
	issuer, private := intranet(t, append(origins, "http://127.0.0.1:"+own)...)
	server, err := New(Config{Service: s, Issuers: []Issuer{issuer}, Page: web.Files(), Limits: patient})
	if err != nil {
		t.Fatal(err)
	}
	wenshu := httptest.NewServer(server.Handler())
	t.Cleanup(wenshu.Close)
	env := []string{"WENSHU_TRUSTING=" + wenshu.URL, "WENSHU_OWN_PORT=" + own}
	key := keyFile(t, private)
	for name, words := range commands {
		command := exec.CommandContext(t.Context(), words[0], words[1:]...)
		command.Env = append(os.Environ(), "WENSHU_SERVER="+wenshu.URL, "WENSHU_KEY="+key, "WENSHU_PAGES="+pages, "PORT="+ports[name])
		command.Stderr = os.Stderr
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = command.Wait() }) // it ends with the test's context
		env = append(env, "WENSHU_HOST_"+name+"=http://127.0.0.1:"+ports[name])
	}
	return env
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// missing skips a test whose tools are not there; where everything is checked
// they have to be.
func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(what)
	}
	t.Skip(what)
}
