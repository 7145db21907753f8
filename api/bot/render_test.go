package bot

import (
	"errors"
	command "flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"wenshu/answer"
)

// hostile are values that want to be more than values.
var hostile = []string{
	"<!channel>", "<!here> @all <@U0VICTIM>", "<https://evil.example|https://wenshu.example/>", "<at user_id=\"all\"></at>", "[click](https://evil.example)", "![x](https://evil.example/x.png)",
	"a|b|c\n| --- |", "*bold* _it_ ~s~ `code`", "line\nline\r\n\tline", "=cmd|' /C calc'!A0", "\u202Egnp.exe\u202C", "\u2066abc\u2069\u200b", "&lt;!channel&gt;", "{{template}} ${x} %s",
	"👨‍👩‍👧‍👦🏳️‍🌈", "שלום עולם", "مرحبا بالعالم", "𠮷野家𠮷野家", "销售额（华东）", strings.Repeat("长", 5000), strings.Repeat("😀", 3000), strings.Repeat("<", 4000), strings.Repeat("&", 900), "", " ", "\x00\x01\xff\xfe", "NaN",
	"1. one\n- two\n# three\n> four", "*b* _i_ ~~s~~ `c`", strings.Repeat("\"", 3000), strings.Repeat("\\", 3000),
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

var answers = command.Int("answers", 40, "how many arbitrary answers every channel is given")

// TestAnyAnswerFits: whatever an answer holds, at every step of cutting, its
// message keeps the vendor's limits, says the number, the dates and the link, and
// is nothing but what it says: data calls nobody and makes no link.
func TestAnyAnswerFits(t *testing.T) {
	t.Parallel()
	for name, channel := range channels(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(*answers) {
				if err := fits(name, channel, random{rand.New(rand.NewPCG(seed, 7))}, seed == 0); err != nil {
					t.Fatalf("seed %d: %v", seed, err)
				}
			}
		})
	}
}

// fits holds the messages of one arbitrary answer to what every message must be.
func fits(name string, channel Channel, r random, huge bool) error {
	sizes := [][2]int{{0, 0}, {1, 1}, {1, 5}, {3, 2}, {20, 3}, {101, 20}, {150, 25}, {60, 200}}
	size := sizes[r.IntN(len(sizes))]
	if huge {
		size = [2]int{1_000_000, 3}
	}
	a, number := r.answer(size[0], size[1])
	to := Address{Chat: "C1", Thread: "1.1", Group: true, User: "U1", Private: r.IntN(2) == 0}
	v := view{answer: a, budget: channel.Budget(), words: wordsFor(a.Lang), base: "https://wenshu.example", to: to, share: true, alone: true, ref: func(n int) string { return fmt.Sprintf("key.%d.mac-of-a-reference", n) }}
	for s := range steps {
		card := v.card(s)
		calls, err := channel.Encode(Message{Key: "k", To: v.to, Card: &card})
		if errors.Is(err, ErrTooLarge) && s < bare {
			continue // it is cut further
		}
		if err != nil {
			return fmt.Errorf("step %d: %w", s, err)
		}
		if err := lint(name, calls[0].Body, number); err != nil {
			return fmt.Errorf("step %d of %d rows and %d columns: %w\n%.3000s", s, size[0], size[1], err, calls[0].Body)
		}
	}
	_, _, err := fit(channel, "k", v)
	return err
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
