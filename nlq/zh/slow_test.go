package zh

import (
	"strings"
	"testing"
	"time"

	"wenshu/nlq"
)

// TestLongQuestions wants the times and numbers of 1,000 characters that begin
// dates without end in a time that grows with their length alone.
func TestLongQuestions(t *testing.T) {
	m := nlq.NewMoment(day(2026, 7, 15), calendar)
	for _, s := range []string{"3、", "3月和", "去年的", "3月", "1到", "到", "从", "2025-", "3/5-", "一", "千", "万", "前三", "近3天", "2025年3月5日到", "周一到", "去年3月、", "比去年", "和去年", "一亿", "每月"} {
		text := nlq.NewText(strings.Repeat(s, 1000/len([]rune(s))))
		start := time.Now()
		for at := range text.Tokens {
			Times(text, at, m)
			Numbers(text, at)
		}
		if d := time.Since(start); d > time.Second {
			t.Errorf("%q takes %v", s, d)
		}
	}
}
