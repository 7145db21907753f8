package zh

import (
	"testing"

	"wenshu/nlq"
)

// BenchmarkQuestion finds all times and numbers of a question of 60 characters.
func BenchmarkQuestion(b *testing.B) {
	t := nlq.NewText("上个月华东大区各省销售额同比增长最快的前5个城市和去年同期比较，按月看近12个月趋势，只看线上渠道3月5日到4月2日的数据明细")
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
	for _, s := range []string{"上上周三的销售额", "3月5日到4月2日", "去年3、5月和12月", "一千二百三十四万五千六百七十八", "第九十九周", "99年99月99日至今", "2025年2月30日前三个月", "万亿亿万零零一", "下午25点到3点"} {
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
	})
}
