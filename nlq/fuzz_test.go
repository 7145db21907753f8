package nlq_test

import (
	"testing"
	"time"
	"unicode/utf8"

	"wenshu/nlq"
)

// FuzzRead holds that reading never panics, is bounded in time, tells the same
// twice, and speaks only of bytes that were typed.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"上个月各省销售额前3名", "top 5 products by revenue last month", "那去年同期呢", "除了天猫以外", "\"", "'", "%", "5%以上",
		"between and", "超过", "的的的的", "A\xffB", "销售额和", "前前前5", "按按", "customers who bought", "\n\n", "1,2,3,4", "not not not",
	} {
		f.Add(seed)
	}
	reader := nlq.New(fixture(f, "shop"))
	prior := turnOf(reader.Read(nlq.Question{Text: "上个月各省销售额前3名", Now: now, Viewer: viewer}))
	f.Fuzz(func(t *testing.T, text string) {
		q := nlq.Question{Text: text, Now: now, Viewer: viewer, Prior: prior}
		start := time.Now()
		result := reader.Read(q)
		if took := time.Since(start); took > 5*time.Second {
			t.Fatalf("%d characters took %s", utf8.RuneCountInString(text), took)
		}
		if again := reader.Read(q); outcome(again) != outcome(result) {
			t.Fatalf("read as %s, then as %s", outcome(result), outcome(again))
		}
		checkSpans(t, text, result)
	})
}

func checkSpans(t *testing.T, text string, result nlq.Result) {
	for _, m := range result.Messages {
		if m.Refused == nil && len(m.Candidates) == 0 {
			t.Fatal("neither read nor refused")
		}
		for _, c := range m.Candidates {
			for _, w := range c.Words {
				if w.Span.Start < 0 || w.Span.End > len(text) || w.Span.Start > w.Span.End {
					t.Fatalf("span %v outside the question", w.Span)
				}
			}
		}
	}
}
