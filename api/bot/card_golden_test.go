package bot

import (
	"bytes"
	"encoding/json"
	command "flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wenshu/answer"
	"wenshu/fixtures"
)

var update = command.Bool("update", false, "write the golden files anew")

// channels are those of every vendor, in each way that they write messages.
func channels(t testing.TB) map[string]Channel {
	t.Helper()
	open := func(v Vendor, s Settings) Channel {
		c, err := v.Open(s)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	ding := Settings{Secrets: map[string]string{"client_secret": fakeDingtalkSecret}, Options: map[string]string{"client_id": fakeDingtalkID}}
	cards := Settings{Secrets: ding.Secrets, Options: map[string]string{"client_id": fakeDingtalkID, "card_template": "template.schema"}}
	return map[string]Channel{
		"slack":         open(slackVendor, Settings{Secrets: map[string]string{"bot_token": fakeToken, "signing_secret": fakeSigning}}),
		"dingtalk":      open(dingtalkVendor, ding),
		"dingtalk_card": open(dingtalkVendor, cards),
		"feishu":        open(feishuVendor, Settings{Secrets: map[string]string{"app_secret": fakeFeishuSecret}, Options: map[string]string{"app_id": fakeFeishuApp}}),
		"wecom":         open(wecomVendor, Settings{Secrets: map[string]string{"secret": fakeWecomSecret}, Options: map[string]string{"bot_id": fakeWecomBot}}),
	}
}

// cards are answers of every kind, and one that only its asker may see.
var cards = []struct {
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
}

// TestCards holds the messages of answers of every kind to what they were, at
// every vendor. The answers are kept beside them, so that a card changes only
// when its rendering does; -update asks them anew.
func TestCards(t *testing.T) {
	all := channels(t)
	for _, c := range cards {
		a := keptAnswer(t, c.name, c.viewer, c.question)
		if a.Kind != c.kind {
			t.Errorf("%s: %s instead of %s: %s", c.name, a.Kind, c.kind, a.Sentence.Text)
		}
		to := Address{Tenant: "tenant", Chat: "chat", Group: true, User: "user", Private: c.name == "restricted"}
		for name, channel := range all {
			v := view{answer: a, budget: channel.Budget(), words: wordsFor(a.Lang), base: "https://wenshu.example", to: to, alone: to.Private, share: true, ref: func(n int) string { return fmt.Sprintf("key.%d.mac", n) }}
			m, files, err := fit(channel, "key", v)
			if err != nil {
				t.Fatal(err)
			}
			calls, err := channel.Encode(m)
			if err != nil {
				t.Fatal(err)
			}
			var text bytes.Buffer
			fmt.Fprintf(&text, "// %s: %s\n", calls[0].Method, c.question)
			text.Write(readable(t, calls[0].Body))
			for _, f := range files {
				fmt.Fprintf(&text, "// with %s: %s\n", f.File.Name, f.File.Alt)
			}
			golden(t, filepath.Join("testdata", name, c.name+".json"), text.Bytes())
		}
	}
}

// readable is the body of a call with the JSON that it holds in texts laid open.
func readable(t testing.TB, body []byte) []byte {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatal(err)
	}
	var lay func(any) any
	lay = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			for k := range v {
				v[k] = lay(v[k])
			}
		case []any:
			for i := range v {
				v[i] = lay(v[i])
			}
		case string:
			var inner any
			if strings.ContainsAny(v[:min(1, len(v))], "{[") && json.Unmarshal([]byte(v), &inner) == nil {
				return lay(inner)
			}
			if strings.Contains(v, "\n") {
				return strings.Split(v, "\n")
			}
		}
		return v
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(lay(v)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// keptAnswer is the answer of a card.
func keptAnswer(t *testing.T, name, viewer, question string) *answer.Answer {
	t.Helper()
	path, a := filepath.Join("testdata", "answers", name+".json"), &answer.Answer{}
	if *update {
		who, _ := demoAccount(viewer)
		asked, err := asked(t).Ask(t.Context(), answer.Request{ID: name, Question: question, Viewer: who, Now: fixtures.DemoNow()}, nil)
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
