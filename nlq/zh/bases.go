package zh

import (
	"wenshu/nlq"
	"wenshu/nlq/said"
	"wenshu/semantic"
)

// bases are the words that place a unit by now: 昨天, 上上周, 本季度, 大前年.
var bases = func() *nlq.Lexicon[said.Date] {
	l := nlq.NewLexicon[said.Date]()
	for n, words := range map[int][]string{
		0: {"今天", "今日", "今儿", "当天", "当日", "本日"}, -1: {"昨天", "昨日", "昨儿", "昨", "前一天", "前一日", "上一天", "上一日"},
		-2: {"前天", "前日", "前儿"}, -3: {"大前天"}, 1: {"明天", "明日", "明儿", "后一天", "翌日"}, 2: {"后天", "后日"}, 3: {"大后天"},
	} {
		addAll(l, words, said.Of(semantic.Day, n))
	}
	for n, words := range map[int][]string{
		0: {"今年", "今年度", "本年", "本年度", "当年", "这年", "这一年", "本年内", "年内"}, -1: {"去年", "去年度", "上年", "上年度", "上一年", "前一年", "上一年度"},
		-2: {"前年", "前年度"}, -3: {"大前年"}, 1: {"明年", "下一年", "来年", "明年度"}, 2: {"后年"},
	} {
		addAll(l, words, said.Of(semantic.Year, n))
	}
	for _, f := range unitForms {
		addRelative(l, f)
	}
	return l
}()

func addAll(l *nlq.Lexicon[said.Date], words []string, d said.Date) {
	for _, w := range words {
		l.Add(w, d)
	}
}

// addRelative enters 本, 上, 上上 and 下 with a unit.
func addRelative(l *nlq.Lexicon[said.Date], f unitForm) {
	if f.unit == semantic.Day || f.unit == semantic.Year || f.unit == semantic.Minute {
		return
	}
	for n, marks := range map[int][]string{
		0: {"本", "当", "这", "这个", "本个", "这一", "这一个", "当前", "当前这个", "当个"}, -1: {"上", "上个", "上一", "上一个", "前一个", "前一", "前个"},
		-2: {"上上", "上上个", "上上一个", "大上个", "再上", "再上一", "再上个", "再上一个", "再前一", "再前一个"}, -3: {"上上上", "上上上个"}, 1: {"下", "下个", "下一", "下一个", "后一个"}, 2: {"下下", "下下个"},
	} {
		for _, mark := range marks {
			for _, w := range f.words {
				if f.unit == semantic.Half && !endsInGe(mark) {
					continue // 上半年 is the first half of a year
				}
				if f.unit == semantic.Hour && mark == "下" || (mark == "前个" || mark == "当前") && w == "季" {
					continue
				}
				l.Add(mark+w, relative(f.unit, n))
			}
		}
	}
}

func relative(unit semantic.Unit, n int) said.Date { return said.Of(unit, n) }

func endsInGe(mark string) bool {
	return len(mark) >= 3 && mark[len(mark)-3:] == "个"
}

// yearAt reads a year at token at: 2025年, 25年, 二〇二五年, 2025年度, 2025财年.
func yearAt(t *nlq.Text, at int, m *nlq.Moment) []said.Hit {
	year, end := yearNumber(t, at, m)
	if end == at {
		return nil
	}
	for _, hit := range yearMarks.At(t, end) {
		if hit.End > end && !notYear(t, hit.End) {
			return yearHits(t, end, year)
		}
	}
	return nil
}

// yearHits returns a year with each of its marks.
func yearHits(t *nlq.Text, end, year int) []said.Hit {
	var found []said.Hit
	for _, hit := range yearMarks.At(t, end) {
		found = append(found, said.Hit{End: hit.End, Date: said.Year(hit.Value, year)})
	}
	return found
}

// notYear keeps 10年前 and 25年来 spans of time.
func notYear(t *nlq.Text, at int) bool {
	switch t.At(at).Norm {
	case "龄":
		return true
	}
	return false
}

var yearMarks = phrases(map[string]semantic.Unit{
	"年": semantic.Year, "年度": semantic.Year, "年份": semantic.Year, "年全年": semantic.Year, "年整年": semantic.Year,
	"财年": semantic.FiscalYear, "财政年度": semantic.FiscalYear, "会计年度": semantic.FiscalYear,
})

// yearNumber reads the number of a year, with four digits or two.
func yearNumber(t *nlq.Text, at int, m *nlq.Moment) (year, end int) {
	if year, ok := said.YearAt(t, at, true, m); ok {
		return year, at + 1
	}
	n, end, ok := digitByDigit(t, at)
	switch {
	case !ok:
		return 0, at
	case end-at == 4 && n >= 1900 && n < 2100:
		return int(n), end
	case end-at == 2 && t.At(end).Norm == "年":
		return said.ShortYear(int(n), m), end
	}
	return 0, at
}
