package bot

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"wenshu/answer"
)

// unruly are values of data that want to be more than values.
var unruly = []string{
	"<!channel> @all <@U1>", "<at user_id=\"all\"></at>", "[click](https://evil.example)", "![x](https://evil.example/x.png)", "a|b|c", "*b* _i_ ~~s~~ `c`",
	"1. one\n- two\n# three\n> four", "\u202Egnp.exe\u202C", "👨‍👩‍👧‍👦🏳️‍🌈", "שלום", "مرحبا", "𠮷野家", strings.Repeat("长", 3000), strings.Repeat("😀", 2000), strings.Repeat("\"", 3000),
	strings.Repeat("\\", 3000), "", "\x00\xff", "华东",
}

// anyAnswer is an answer full of unruly values whose sentence holds a number.
func anyAnswer(r *rand.Rand, rows, columns int) (a *answer.Answer, number string) {
	text := func() string { return unruly[r.IntN(len(unruly))] + unruly[r.IntN(len(unruly))] }
	number = fmt.Sprintf("¥%d,%03d.%02d", r.IntN(999)+1, r.IntN(1000), r.IntN(100))
	name := text()
	a = &answer.Answer{ID: "a", Lang: []string{"zh-CN", "zh-TW", "en"}[r.IntN(3)], Kind: answer.Result, Title: text(), QueryLine: "revenue"}
	a.Sentence.Text = name + " " + number + " " + text()
	a.Sentence.Spans = []answer.Span{{End: len(name), Kind: answer.NameSpan}, {Start: len(name) + 1, End: len(name) + 1 + len(number), Kind: answer.CellSpan}}
	a.Period = &answer.Period{Text: "2026年6月1日–6月30日"}
	for range r.IntN(20) {
		a.Assumptions = append(a.Assumptions, answer.Assumed{Text: text()})
		a.Warnings = append(a.Warnings, answer.Note{Text: text()})
		a.FollowUps = append(a.FollowUps, answer.Choice{Text: text(), Query: "revenue"})
	}
	if rows == 0 {
		return a, number
	}
	a.Table = &answer.Table{}
	for range columns {
		a.Table.Columns = append(a.Table.Columns, answer.Column{Label: text(), Type: "text"})
	}
	some := make([][]answer.Cell, min(rows, 50))
	for i := range some {
		for range columns {
			value := fmt.Sprint(r.IntN(1e6) - 1000)
			some[i] = append(some[i], answer.Cell{Value: &value, Text: text()})
		}
	}
	for i := range rows {
		a.Table.Rows = append(a.Table.Rows, some[i%len(some)])
	}
	a.Chart = &answer.Chart{Kind: []answer.ChartKind{answer.LineChart, answer.ColumnChart, answer.PieChart}[r.IntN(3)], Title: text(), Incomplete: -1, Series: []answer.Series{{Name: text()}}}
	for _, row := range a.Table.Rows[:min(rows, 40)] {
		a.Chart.Labels = append(a.Chart.Labels, answer.Label{Text: row[0].Text})
		a.Chart.Series[0].Cells = append(a.Chart.Series[0].Cells, row[0])
	}
	return a, number
}

// TestAnyAnswerFitsInChina holds messages of arbitrary answers to the limits of
// the vendors: the number, the dates and the link are there, and data calls
// nobody and makes no link.
func TestAnyAnswerFitsInChina(t *testing.T) {
	for name, channel := range chinaChannels(t) {
		for seed := range uint64(80) {
			r := rand.New(rand.NewPCG(seed, 11))
			sizes := [][2]int{{0, 0}, {1, 1}, {1, 5}, {3, 2}, {20, 3}, {101, 20}, {150, 25}, {60, 200}}
			size := sizes[r.IntN(len(sizes))]
			if seed == 0 {
				size = [2]int{1_000_000, 3}
			}
			a, number := anyAnswer(r, size[0], size[1])
			to := Address{Chat: "chat", Group: true, User: "user", Private: r.IntN(2) == 0}
			v := view{answer: a, budget: channel.Budget(), words: wordsFor(a.Lang), base: "https://wenshu.example", to: to, share: true, alone: true, ref: func(n int) string { return fmt.Sprintf("key.%d.mac-of-a-reference", n) }}
			m, _, err := fit(channel, "key", v)
			if err != nil {
				t.Fatalf("%s, seed %d: %v", name, seed, err)
			}
			calls, err := channel.Encode(m)
			if err != nil {
				t.Fatalf("%s, seed %d: %v", name, seed, err)
			}
			if err := lintChina(name, calls[0].Body, number); err != nil {
				t.Fatalf("%s, seed %d: %v\n%s", name, seed, err, calls[0].Body)
			}
		}
	}
}

// limits are the longest messages, in bytes.
var chinaLimits = map[string]int{"dingtalk": 20_000, "dingtalk_card": 20_000, "feishu": 30 << 10, "wecom": 2 * 20480}

// lintChina holds one message to what every message must be.
func lintChina(name string, body []byte, number string) error {
	if len(body) > chinaLimits[name] || !utf8.Valid(body) {
		return fmt.Errorf("%d bytes", len(body))
	}
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		return err
	}
	if name == "feishu" {
		return lintFeishu(v, number)
	}
	var text, all strings.Builder
	walk(v, func(p map[string]any) {
		for k, inner := range p {
			s, ok := inner.(string)
			if ok && (k == "content" || k == "text" && name != "wecom") { // buttons are no markdown
				text.WriteString(s)
			}
			all.WriteString(fmt.Sprint(inner))
		}
	})
	return lintMarkdown(text.String(), all.String(), number)
}

// linked finds links of markdown, pictures among them.
var linked = regexp.MustCompile(`!?\[[^\]]*\]\(([^)]*)\)`)

func lintMarkdown(text, all, number string) error {
	if !strings.Contains(text, wide.Replace(number)) || !strings.Contains(text, "2026年6月1日–6月30日") {
		return fmt.Errorf("the number %s or the dates are missing", number)
	}
	for _, found := range linked.FindAllStringSubmatch(text, -1) {
		if !strings.HasPrefix(found[1], "https://wenshu.example/") && !strings.HasPrefix(found[1], "dtmd://dingtalkclient/sendMessage?") || strings.HasPrefix(found[0], "!") {
			return fmt.Errorf("a link: %s", found[0])
		}
	}
	if !strings.Contains(all, "https://wenshu.example/") {
		return fmt.Errorf("the link is missing")
	}
	bare := linked.ReplaceAllString(text, "")
	for _, bad := range []string{"@", "://", "<", "`", "~~"} {
		if strings.Contains(bare, bad) {
			return fmt.Errorf("%q is in the text", bad)
		}
	}
	return nil
}

func lintFeishu(v any, number string) error {
	content, _ := v.(map[string]any)["content"].(string)
	var card any
	if err := json.Unmarshal([]byte(content), &card); err != nil {
		return err
	}
	var err error
	said, links, elements := "", 0, 0
	walk(card, func(p map[string]any) {
		switch p["tag"] {
		case "plain_text":
			said += fmt.Sprint(p["content"], "\n")
		case "markdown", "lark_md", "at", "img":
			err = fmt.Errorf("an element of %v: %v", p["tag"], p["content"])
		case "table":
			columns, _ := p["columns"].([]any)
			if len(columns) > 50 || len(columns) == 0 {
				err = fmt.Errorf("a table of %d columns", len(columns))
			}
		}
		if p["tag"] != nil {
			elements++
		}
		if url, ok := p["default_url"].(string); ok {
			links++
			if !strings.HasPrefix(url, "https://wenshu.example/") {
				err = fmt.Errorf("a link to %s", url)
			}
		}
	})
	switch {
	case err != nil:
		return err
	case !strings.Contains(said, number) || !strings.Contains(said, "2026年6月1日–6月30日") || links != 1 || elements > 200:
		return fmt.Errorf("the number %s, the dates, one link and at most 200 elements: %d links, %d elements", number, links, elements)
	}
	return nil
}
