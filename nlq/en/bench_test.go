package en

import (
	"testing"

	"wenshu/nlq"
)

// BenchmarkQuestion finds all times and numbers of a question of 60 characters.
func BenchmarkQuestion(b *testing.B) {
	t := nlq.NewText("monthly revenue by region in the last 12 months vs last year")
	m := nlq.NewMoment(day(2026, 7, 15), calendar)
	b.ReportAllocs()
	for b.Loop() {
		for at := range t.Tokens {
			Times(t, at, m)
			Numbers(t, at)
		}
	}
}

// FuzzTimes wants no panic, and ends inside the text, for any text.
func FuzzTimes(f *testing.F) {
	for _, s := range []string{"revenue vs last year", "Mar 5-12, 2025", "between 9am and 5pm", "first 3 months of 2025", "the 31st of february 2024 to q9", "last 99999 years ago", "0/0/0000 - 13/32/9999"} {
		f.Add(s)
	}
	m := nlq.NewMoment(day(2026, 2, 28), calendar)
	f.Fuzz(func(t *testing.T, s string) {
		text := nlq.NewText(s)
		for at := range text.Tokens {
			for _, match := range Times(text, at, m) {
				if match.End <= at || match.End > len(text.Tokens) || match.Part == nil {
					t.Fatalf("%q: token %d: a match ends at %d of %d", s, at, match.End, len(text.Tokens))
				}
			}
			for _, n := range Numbers(text, at) {
				if n.End <= at || n.End > len(text.Tokens) || n.Value.IsNull() {
					t.Fatalf("%q: token %d: a number ends at %d of %d", s, at, n.End, len(text.Tokens))
				}
			}
		}
		for _, token := range text.Tokens {
			Bases(token.Norm)
		}
	})
}
