package bot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"wenshu/answer"
	"wenshu/fixtures"
)

// chinaChannels are the channels of the three vendors, in each way that they
// write messages.
func chinaChannels(t testing.TB) map[string]Channel {
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
		"dingtalk":      open(dingtalkVendor, ding),
		"dingtalk_card": open(dingtalkVendor, cards),
		"feishu":        open(feishuVendor, Settings{Secrets: map[string]string{"app_secret": fakeFeishuSecret}, Options: map[string]string{"app_id": fakeFeishuApp}}),
		"wecom":         open(wecomVendor, Settings{Secrets: map[string]string{"secret": fakeWecomSecret}, Options: map[string]string{"bot_id": fakeWecomBot}}),
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

// TestChinaCards holds the messages of answers of every kind to what they were.
func TestChinaCards(t *testing.T) {
	made, err := company()
	if err != nil {
		t.Fatal(err)
	}
	channels := chinaChannels(t)
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
		viewer, _ := demoAccount(c.viewer)
		a, err := made.service.Ask(t.Context(), answer.Request{Question: c.question, Viewer: viewer, Now: fixtures.DemoNow()}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if a.Kind != c.kind {
			t.Errorf("%s: %s instead of %s: %s", c.name, a.Kind, c.kind, a.Sentence.Text)
		}
		to := Address{Tenant: "tenant", Chat: "chat", Group: true, User: "user", Private: c.name == "restricted"}
		for name, channel := range channels {
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
