package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"wenshu/answer"
	"wenshu/answer/state"
	"wenshu/fixtures"
	"wenshu/semantic"
	"wenshu/warehouse"
)

// desk is a model of our own over the demo company, with a state in a file.
type desk struct {
	model, state string
	warehouses   []string
	files        map[string]string
}

func newDesk(t *testing.T) desk {
	t.Helper()
	demo, _, err := fixtures.Ensure(t.Context(), filepath.Join(os.TempDir(), "wenshu-demo"), fixtures.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := desk{model: filepath.Join(t.TempDir(), "model"), state: filepath.Join(t.TempDir(), "state.db"), files: demo.Files}
	if err := os.CopyFS(d.model, fixtures.ShopModel()); err != nil {
		t.Fatal(err)
	}
	for name, path := range demo.Files {
		d.warehouses = append(d.warehouses, "--warehouse", name+"="+path)
	}
	return d
}

// ask asks one conversation after the other, each of several turns; a turn that
// begins with > is a query line.
func (d desk) ask(t *testing.T, v semantic.Viewer, talks ...[]string) (last *answer.Answer) {
	t.Helper()
	store, err := state.Open(t.Context(), d.state)
	if err != nil {
		t.Fatal(err)
	}
	sources := warehouse.Sources{}
	for name, path := range d.files {
		if sources[name], err = warehouse.Open(name, path, warehouse.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	defer func() {
		if err := errors.Join(sources.Close(), store.Close()); err != nil {
			t.Error(err)
		}
	}()
	service, err := answer.New(t.Context(), answer.Config{Load: func() (*semantic.Model, error) { return semantic.Load(os.DirFS(d.model)) }, Sources: sources, State: store, Now: fixtures.DemoNow})
	if err != nil {
		t.Fatal(err)
	}
	for _, turns := range talks {
		for i, turn := range turns {
			req := answer.Request{Question: turn, Viewer: v, Conversation: turns[0]}
			if line, ok := strings.CutPrefix(turn, ">"); ok {
				req.Question, req.Line = "", line
			}
			if last, err = service.Ask(t.Context(), req, nil); err != nil {
				t.Fatal(err)
			}
			if len(talks) > 1 && i == 0 && last.Kind == answer.Result {
				t.Errorf("%s is answered: %s", turn, last.QueryLine)
			}
		}
	}
	return last
}

// inbox runs the command as somebody with roles and attributes.
func (d desk) inbox(t *testing.T, patches string, who ...string) string {
	t.Helper()
	var out, err bytes.Buffer
	args := append([]string{"inbox", "--model", d.model, "--state", d.state, "--now", "2026-07-15T10:00", "--as", "cora"}, d.warehouses...)
	if patches != "" {
		args = append(args, "--patch", patches)
	}
	if code := run(append(args, who...), streams{out: &out, err: &err}); code != 0 || err.Len() > 0 {
		t.Fatalf("exit code %d: %s", code, err.String())
	}
	return out.String()
}

var deskFinance = semantic.Viewer{ID: "fay", Roles: []string{"finance"}, Attrs: map[string][]string{}}

// TestInboxProposesPatches asks what fails, applies what the inbox proposes to the
// model's files, and asks again.
func TestInboxProposesPatches(t *testing.T) {
	d := newDesk(t)
	failing := map[string]string{
		"上个月的爆单额":   "revenue during month(-1)",
		"上个月羊城的销售额": `revenue where city = "广州" during month(-1)`,
		"上个月的利润":    "gross_profit during month(-1)",
	}
	talks := [][]string{
		{"上个月的爆单额", "上个月的销售额"},
		{"上个月羊城的销售额", "上个月广州的销售额"},
		{"上个月的利润", ">gross_profit during month(-1)"},
		{"上个月的碳排放量"},
	}
	d.ask(t, deskFinance, talks...)
	dir := filepath.Join(t.TempDir(), "patches")
	before := d.inbox(t, "", "--role", "finance")
	for _, want := range []string{`synonym "爆单额" of revenue (asked_again)`, `alias "羊城" of city = "广州" (asked_again)`, `verified question "上个月的利润": gross_profit during month(-1) (chosen)`, "碳排放"} {
		if !strings.Contains(before, want) {
			t.Errorf("the inbox does not say %s:\n%s", want, before)
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("patches are written that nobody asked for")
	}
	d.inbox(t, dir, "--role", "finance")
	patches, err := filepath.Glob(filepath.Join(dir, "*.patch"))
	if err != nil || len(patches) < 4 {
		t.Fatalf("%v %v", patches, err)
	}
	for _, p := range patches {
		if out, err := exec.Command("git", "-C", d.model, "apply", p).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v %s", p, err, out)
		}
	}
	for question, want := range failing {
		if a := d.ask(t, deskFinance, []string{question}); a.Kind != answer.Result || a.QueryLine != want {
			t.Errorf("%s becomes %s %s, not %s", question, a.Kind, a.QueryLine, want)
		}
	}
}

// TestInboxKeepsRights looks at the inbox with less rights than the askers had.
func TestInboxKeepsRights(t *testing.T) {
	d := newDesk(t)
	d.ask(t, deskFinance, []string{"广州天河店上个月的爆单额"}, []string{"上个月的营业利润和爆单额"}, []string{"客户13812345678的爆单额"}, []string{"杭州西湖店上个月的爆单额"}, []string{"上个月的销售"})
	for _, c := range []struct {
		who   []string
		sees  []string
		never []string
	}{
		{[]string{"--role", "finance"}, []string{"广州天河店", "杭州西湖店", "营业利润"}, []string{"13812345678", "fay"}},
		{[]string{"--role", "headquarters"}, []string{"广州天河店", "杭州西湖店"}, []string{"营业利润"}},
		{[]string{"--attr", "region=华东"}, []string{"上个月的销售"}, []string{"天河", "营业利润"}},
	} {
		got := d.inbox(t, "", c.who...)
		for _, s := range c.sees {
			if !strings.Contains(got, s) {
				t.Errorf("%v does not see %s:\n%s", c.who, s, got)
			}
		}
		for _, s := range c.never {
			if strings.Contains(got, s) {
				t.Errorf("%v sees %s:\n%s", c.who, s, got)
			}
		}
	}
}
