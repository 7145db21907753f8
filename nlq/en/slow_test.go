package en

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
	for _, s := range []string{"1,", "march, ", "march and ", "of ", "the ", "last ", "2025-", "3/5-", "first week of ", "5 march to ", "one ", "hundred ", "a ", "3 days ", "q1 of ", "monday to ", "1 to ", "vs last year ", "jan-", "in march 2025 ", "12:00 "} {
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
