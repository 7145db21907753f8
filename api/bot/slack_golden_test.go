package bot

import (
	"bytes"
	"encoding/json"
	command "flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"wenshu/answer"
	"wenshu/fixtures"
)

var update = command.Bool("update", false, "write the golden files anew")

// TestSlackCards holds the messages of answers of every kind to what they were.
// The answers are kept beside them, so that a card changes only when its
// rendering does; -update asks them anew.
func TestSlackCards(t *testing.T) {
	channel, err := openSlack(Settings{Secrets: map[string]string{"bot_token": fakeToken, "signing_secret": fakeSigning}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, viewer, question string
		kind                   answer.Kind
	}{
		{"number", "fay", "上个月销售额", answer.Result},
		{"ranking", "fay", "上个月各省销售额前3名", answer.Result},
		{"trend", "fay", "revenue by month in the last 6 months", answer.Result},
		{"compared", "fay", "上个月销售额同比", answer.Result},
		{"shares", "fay", "上个月各渠道销售额占比", answer.Result},
		{"rows", "fay", "列出上个月金额最大的5个订单", answer.Result},
		{"restricted", "ann", "上个月各省销售额", answer.Result},
		{"definition", "fay", "客单价是什么意思", answer.Defined},
		{"freshness", "fay", "数据更新到什么时候", answer.Fresh},
		{"help", "fay", "你能做什么", answer.Helped},
		{"problem", "fay", "上个月的天气指数", answer.Failed},
		{"choices", "fay", "上个月的销售", answer.Ambiguous},
	} {
		a := keptAnswer(t, c.name, c.viewer, c.question)
		if a.Kind != c.kind {
			t.Errorf("%s: %s instead of %s: %s", c.name, a.Kind, c.kind, a.Sentence.Text)
		}
		to := Address{Tenant: fakeTeam, Chat: "C1", Thread: "1.1", Group: true, User: "U1", Private: c.name == "restricted"}
		v := view{answer: a, budget: channel.Budget(), words: wordsFor(a.Lang), base: "https://wenshu.example", to: to, alone: to.Private, share: true, ref: func(n int) string { return fmt.Sprintf("key.%d.mac", n) }}
		m, files, err := fit(channel, "key", v)
		if err != nil {
			t.Fatal(err)
		}
		calls, err := channel.Encode(m)
		if err != nil {
			t.Fatal(err)
		}
		if err := lintSlack(calls[0].Body); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		var text bytes.Buffer
		fmt.Fprintf(&text, "// %s: %s\n", calls[0].Method, c.question)
		if err := json.Indent(&text, calls[0].Body, "", " "); err != nil {
			t.Fatal(err)
		}
		text.WriteByte('\n')
		for _, f := range files {
			fmt.Fprintf(&text, "// with %s: %s\n", f.File.Name, f.File.Alt)
		}
		golden(t, filepath.Join("testdata", "slack", c.name+".json"), text.Bytes())
	}
}

// keptAnswer is the answer of a card.
func keptAnswer(t *testing.T, name, viewer, question string) *answer.Answer {
	t.Helper()
	path, a := filepath.Join("testdata", "answers", name+".json"), &answer.Answer{}
	if *update {
		who, _ := demoAccount(viewer)
		service, _ := shop(t)
		asked, err := service.Ask(t.Context(), answer.Request{ID: name, Question: question, Viewer: who, Now: fixtures.DemoNow()}, nil)
		if err != nil {
			t.Fatal(err)
		}
		asked.SQL, asked.Timings, asked.ModelVersion = nil, nil, ""
		text, err := json.MarshalIndent(asked, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, path, append(text, '\n'))
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, a); err != nil {
		t.Fatal(err)
	}
	a.Viewer = viewer
	return a
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; look at it with -update and git diff:\n%s", path, got)
	}
}
