package answer_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"wenshu/answer"
	"wenshu/fixtures"
	"wenshu/nlq"
	"wenshu/semantic"
)

// data are the fields that hold no words of ours or of the model: what was typed,
// query lines, expressions, SQL and exact values.
var data = map[string]bool{
	"question": true, "query": true, "clause": true, "remove": true, "sql": true, "expr": true, "meant": true, "meaning": true, "value": true, "name": true,
	"source": true, "takes": true, "joined": true, "repair": true,
}

// said collects the texts of an answer or a catalogue, by where they stand, and the
// members among them: the cells of its table and what its query line names.
func said(t *testing.T, v any) (texts map[string][]string, members []string) {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	texts = map[string][]string{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, field := range v {
				text, _ := field.(string)
				if key == "query" || key == "clause" {
					for i, part := range strings.Split(text, `"`) {
						if i%2 == 1 {
							members = append(members, part)
						}
					}
				}
				if !data[key] && !(key == "text" && path == "words") {
					walk(strings.TrimPrefix(path+"."+key, "."), field)
				}
			}
		case []any:
			for _, item := range v {
				walk(path, item)
			}
		case string:
			texts[path] = append(texts[path], v)
		}
	}
	walk("", tree)
	members = append(members, texts["table.rows.text"]...)
	slices.SortFunc(members, func(a, b string) int { return len(b) - len(a) }) // 华东大区 before 华东
	return texts, slices.DeleteFunc(slices.Compact(members), func(s string) bool { return s == "" })
}

// simplifiedLeft reports every text that holds simplified characters which belong
// to no member.
func simplifiedLeft(t *testing.T, what string, v any, members ...string) {
	t.Helper()
	texts, own := said(t, v)
	for path, list := range texts {
		if path == "table.rows.text" || path == "members" || strings.HasSuffix(path, ".members") {
			continue
		}
		for _, text := range list {
			rest := text
			for _, m := range append(slices.Clone(members), own...) {
				rest = strings.ReplaceAll(rest, m, "")
			}
			if left := answer.SimplifiedIn(rest); left != "" {
				t.Errorf("%s: %s: %q has %s in simplified script", what, path, text, left)
			}
		}
	}
}

// TestAnswersInTaiwan asks in the script of Taiwan, of every kind of answer.
func TestAnswersInTaiwan(t *testing.T) {
	s := open(t, nil)
	for _, c := range []struct {
		question string
		kind     answer.Kind
		says     []string // somewhere in the answer
	}{
		{"上個月銷售額是多少", answer.Result, []string{"銷售額", "銷售運營"}},
		{"上個月銷售額同比", answer.Result, []string{"去年同期"}},
		{"上個月各大區銷售額", answer.Result, []string{"大區", "华东", "銷售額"}},
		{"上個月各大區銷售額和訂單數和去年同期比", answer.Result, []string{"訂單數", "华东"}},
		{"今年每月各渠道銷售額", answer.Result, []string{"渠道", "门店"}},
		{"今年各大類銷售額佔比", answer.Result, []string{"佔比"}},
		{"上個月銷售額最高的5個商品", answer.Result, []string{"商品"}},
		{"列出上個月華東的訂單明細", answer.Result, []string{"訂單", "华东"}},
		{"各大區各渠道今年的退款率", answer.Result, []string{"退款率"}},
		{"上個月品質退款筆數", answer.Result, []string{"品質退款筆數"}},  // a label that the model gives for Taiwan
		{"上個月品質問題的退款金額", answer.Result, []string{"品質問題"}}, // and of a member
		{"各倉庫昨天的庫存", answer.Result, []string{"倉庫"}},
		{"次月復購率是什麼意思", answer.Defined, []string{"留存率"}},
		{"可以問什麼", answer.Helped, []string{"銷售額"}},
		{"資料更新到什麼時候", answer.Fresh, []string{"訂單"}},
		{"上個月的客戶數", "", nil},
		{"上個月的成本", "", nil},
		{"上個月銷售大額", "", nil},
		{"按員工看庫存", "", nil},
		{"火星的銷售額", answer.Failed, nil},
		{"各大區的天氣", answer.Failed, nil},
	} {
		a := ask(t, s, answer.Request{Question: c.question, Lang: "zh-TW", Viewer: office})
		if c.kind != "" && a.Kind != c.kind {
			t.Errorf("%s: %s (%s), want %s", c.question, a.Kind, a.Sentence.Text, c.kind)
		}
		simplifiedLeft(t, c.question, a)
		raw, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range c.says {
			if !strings.Contains(string(raw), want) {
				t.Errorf("%s does not say %s: %s", c.question, want, a.Sentence.Text)
			}
		}
	}
}

// TestRefusalsInTaiwan asks what a viewer may not see.
func TestRefusalsInTaiwan(t *testing.T) {
	s := open(t, nil)
	for _, c := range []struct {
		viewer   semantic.Viewer
		question string
	}{
		{east, "上個月銷售額"}, {east, "上個月華南的銷售額"}, {semantic.Viewer{ID: "nobody"}, "上個月銷售額"}, {east, "上個月的毛利"},
	} {
		a := ask(t, s, answer.Request{Question: c.question, Lang: "zh-TW", Viewer: c.viewer})
		simplifiedLeft(t, c.viewer.ID+" "+c.question, a, "华东", "华南")
	}
}

// TestCatalogueInTaiwan walks what may be asked and what is offered while typing.
func TestCatalogueInTaiwan(t *testing.T) {
	s := open(t, nil)
	simplifiedLeft(t, "catalogue", s.Catalog(context.Background(), office, "zh-TW"))
	for _, typed := range []string{"銷", "销", "xse", "大區", "訂單", "上", "本", "门店"} {
		list, err := s.Suggest(context.Background(), office, "zh-TW", typed, 20)
		if err != nil || len(list) == 0 {
			t.Fatalf("%s: %v, %v", typed, list, err)
		}
		for _, one := range list {
			if one.Kind == "member" {
				one.Text = ""
			}
			simplifiedLeft(t, typed, one)
		}
	}
	marks, err := s.Marks(context.Background(), office, "zh-TW", "上个月各大区销售额")
	if err != nil || len(marks) < 3 {
		t.Fatal(marks, err)
	}
	for _, m := range marks {
		m.Text = ""
		simplifiedLeft(t, "marks", m)
	}
}

// TestWordsOfTheModelReadBack wants every label of the demo company that is shown in
// another script read as the label itself.
func TestWordsOfTheModelReadBack(t *testing.T) {
	m, err := semantic.Load(fixtures.ShopModel())
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	check := func(names semantic.Names) {
		for _, text := range names.Texts() {
			n++
			if other := answer.InTaiwan(text); !slices.Equal(nlq.NewText(other).Norms(), nlq.NewText(text).Norms()) {
				t.Errorf("%s is shown as %s, which is read as something else", text, other)
			}
		}
	}
	for _, metric := range m.Metrics {
		check(metric.Names)
	}
	for _, table := range m.Tables {
		check(table.Names)
		for _, d := range table.Dimensions {
			check(d.Names)
			for _, v := range d.Values {
				check(v.Names)
			}
		}
	}
	if n < 500 {
		t.Errorf("only %d names", n)
	}
}
