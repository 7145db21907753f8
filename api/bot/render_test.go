package bot

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"wenshu/answer"
)

// hostile are values that want to be more than values.
var hostile = []string{
	"<!channel>", "<!here> @all <@U0VICTIM>", "<https://evil.example|https://wenshu.example/>", "<at user_id=\"all\"></at>", "[click](https://evil.example)", "![x](https://evil.example/x.png)",
	"a|b|c\n| --- |", "*bold* _it_ ~s~ `code`", "line\nline\r\n\tline", "=cmd|' /C calc'!A0", "\u202Egnp.exe\u202C", "\u2066abc\u2069\u200b", "&lt;!channel&gt;", "{{template}} ${x} %s",
	"👨‍👩‍👧‍👦🏳️‍🌈", "שלום עולם", "مرحبا بالعالم", "𠮷野家𠮷野家", "销售额（华东）", strings.Repeat("长", 5000), strings.Repeat("😀", 3000), strings.Repeat("<", 4000), strings.Repeat("&", 900), "", " ", "\x00\x01\xff\xfe", "NaN",
}

// random is a source of arbitrary answers.
type random struct{ *rand.Rand }

func (r random) text() string {
	switch r.IntN(3) {
	case 0:
		return hostile[r.IntN(len(hostile))]
	case 1:
		return fmt.Sprintf("名称%d", r.IntN(1000))
	}
	return hostile[r.IntN(len(hostile))] + hostile[r.IntN(len(hostile))]
}

func (r random) texts(most int) (list []string) {
	for range r.IntN(most + 1) {
		list = append(list, r.text())
	}
	return list
}

// answer is an arbitrary answer whose sentence holds a number.
func (r random) answer(rows, columns int) (*answer.Answer, string) {
	number := fmt.Sprintf("¥%d,%03d.%02d", r.IntN(999)+1, r.IntN(1000), r.IntN(100))
	a := &answer.Answer{ID: "a", Lang: []string{"zh-CN", "zh-TW", "en"}[r.IntN(3)], Kind: answer.Result, Title: r.text(), AskedAt: time.Unix(0, 0), QueryLine: "revenue where name = " + fmt.Sprintf("%q", clip(r.text(), 900))}
	add := func(text string, kind answer.SpanKind) {
		start := len(a.Sentence.Text)
		a.Sentence.Text += text
		if kind != "" {
			a.Sentence.Spans = append(a.Sentence.Spans, answer.Span{Start: start, End: start + len(text), Kind: kind})
		}
	}
	for range r.IntN(8) {
		add(r.text(), answer.NameSpan)
		add("，", "")
	}
	add(" ", "")
	add(number, answer.CellSpan)
	for range r.IntN(4) {
		add(r.text(), answer.NameSpan)
	}
	a.Period = &answer.Period{Text: "2026年6月1日–6月30日"}
	for _, text := range r.texts(12) {
		a.Assumptions = append(a.Assumptions, answer.Assumed{Text: text})
	}
	for _, text := range r.texts(20) {
		a.Warnings = append(a.Warnings, answer.Note{Text: text})
		a.FollowUps = append(a.FollowUps, answer.Choice{Text: text, Query: "revenue"})
		a.Filters = append(a.Filters, answer.Filter{Text: text})
	}
	r.table(a, rows, columns)
	return a, number
}

func (r random) table(a *answer.Answer, rows, columns int) {
	if rows == 0 || columns == 0 {
		return
	}
	t := &answer.Table{Truncated: r.IntN(2) == 0}
	for i := range columns {
		c := answer.Column{Name: fmt.Sprintf("c%d", i), Label: r.text(), Type: "text", Role: "group"}
		if i > 0 {
			c.Type, c.Role = "decimal", "value"
		}
		t.Columns = append(t.Columns, c)
	}
	pool := make([][]answer.Cell, min(rows, 64))
	for i := range pool {
		for j := range columns {
			value := fmt.Sprint(r.IntN(1e6) - 1000)
			cell := answer.Cell{Value: &value, Text: value}
			switch {
			case j == 0:
				cell.Text = r.text()
			case r.IntN(20) == 0:
				cell = answer.Cell{Text: "—"}
			}
			pool[i] = append(pool[i], cell)
		}
	}
	for i := range rows {
		t.Rows = append(t.Rows, pool[i%len(pool)])
	}
	a.Table = t
	if columns < 2 {
		return
	}
	chart := &answer.Chart{Kind: []answer.ChartKind{answer.LineChart, answer.BarChart, answer.PieChart, answer.HeatMap}[r.IntN(4)], Title: r.text(), Incomplete: -1}
	for i := range min(rows, 30) {
		chart.Labels = append(chart.Labels, answer.Label{Text: t.Rows[i][0].Text})
	}
	for j := 1; j < min(columns, 9); j++ {
		s := answer.Series{Name: t.Columns[j].Label, Column: j}
		for i := range chart.Labels {
			s.Cells = append(s.Cells, t.Rows[i][j])
		}
		chart.Series = append(chart.Series, s)
	}
	a.Chart = chart
}

// TestAnyAnswerFits: whatever an answer holds, its message keeps the vendor's
// limits, says the number, the dates and the link, and is nothing but what it
// says.
func TestAnyAnswerFits(t *testing.T) {
	channel, err := openSlack(Settings{Secrets: map[string]string{"bot_token": fakeToken, "signing_secret": fakeSigning}})
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(200) {
		r := random{rand.New(rand.NewPCG(seed, 7))}
		sizes := [][2]int{{0, 0}, {1, 1}, {1, 5}, {3, 2}, {20, 3}, {101, 20}, {150, 25}, {60, 200}}
		size := sizes[r.IntN(len(sizes))]
		if seed == 0 {
			size = [2]int{1_000_000, 3}
		}
		a, number := r.answer(size[0], size[1])
		v := view{answer: a, budget: channel.Budget(), words: wordsFor(a.Lang), base: "https://wenshu.example", to: Address{Chat: "C1", Thread: "1.1", Group: true, User: "U1", Private: r.IntN(2) == 0}, share: true, alone: true, ref: func(n int) string { return fmt.Sprintf("k.%d.m", n) }}
		for s := range steps {
			card := v.card(s)
			calls, err := channel.Encode(Message{Key: "k", To: v.to, Card: &card})
			if err != nil {
				t.Fatalf("seed %d, step %d: %v", seed, s, err)
			}
			checkSlack(t, seed, calls[0].Body, number)
		}
		if _, _, err := fit(channel, "k", v); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

// checkSlack holds one message to what every message must be.
func checkSlack(t *testing.T, seed uint64, body []byte, number string) {
	t.Helper()
	if err := lintSlack(body); err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	if !utf8.Valid(body) {
		t.Fatalf("seed %d: no UTF-8", seed)
	}
	var m struct {
		Text   string
		Blocks []any
	}
	if err := json.Unmarshal(body, &m); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(m.Text, "<>") {
		t.Fatalf("seed %d: markup in %q", seed, m.Text)
	}
	var said []string
	links := 0
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			switch v["type"] {
			case "broadcast", "usergroup", "channel", "emoji", "mrkdwn", "markdown":
				t.Fatalf("seed %d: an element of type %v", seed, v["type"])
			case "link":
				links++
				if link, _ := v["url"].(string); !strings.HasPrefix(link, "https://wenshu.example/") {
					t.Fatalf("seed %d: a link to %s", seed, link)
				}
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		case string:
			said = append(said, v)
		}
	}
	walk(m.Blocks)
	has := func(part string) bool {
		return slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, part) })
	}
	if !has(number) || !has("2026年6月1日–6月30日") || links != 1 {
		t.Fatalf("seed %d: number %v, dates %v, %d links", seed, has(number), has("2026年6月1日–6月30日"), links)
	}
}

func TestHeadlineKeepsItsNumber(t *testing.T) {
	long := strings.Repeat("很长的名字", 100)
	s := answer.Sentence{Text: long + "的销售额为 ¥12.5万，其次是" + long}
	start := len(long)
	number := strings.Index(s.Text, "¥")
	s.Spans = []answer.Span{{Start: 0, End: start, Kind: answer.NameSpan}, {Start: number, End: number + len("¥12.5万"), Kind: answer.CellSpan}}
	for _, n := range []int{0, 2000, 200, 40, 20, 10} {
		got := headline(s, n)
		if !strings.Contains(got, "¥12.5万") || n > 0 && units(got) > n {
			t.Errorf("%d: %q", n, got)
		}
	}
}

func TestClipCountsAsVendorsDo(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"😀😀", 4, "😀😀"}, {"😀😀", 3, "😀…"}, {"😀😀", 2, "…"}, {"销售额", 0, "销售额"}} {
		if got := clip(c.in, c.n); got != c.want {
			t.Errorf("%q to %d: %q, want %q", c.in, c.n, got, c.want)
		}
	}
	if got := plain(" a\n\tb\u202Ec\u200b "); got != "a bc" {
		t.Errorf("%q", got)
	}
}
