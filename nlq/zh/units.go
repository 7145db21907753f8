package zh

import (
	"wenshu/nlq"
	"wenshu/nlq/said"
	"wenshu/semantic"
)

// unitForm is one way to name a unit of time.
type unitForm struct {
	words   []string
	unit    semantic.Unit
	counted bool // takes 个 when counted: 三个月, 两个星期
	bare    bool // is counted without 个: 三天, 三年
}

var unitForms = []unitForm{
	{[]string{"天", "日"}, semantic.Day, false, true},
	{[]string{"周"}, semantic.Week, true, true},
	{[]string{"星期", "礼拜"}, semantic.Week, true, true},
	{[]string{"月", "月份"}, semantic.Month, true, false},
	{[]string{"季度", "季"}, semantic.Quarter, true, true},
	{[]string{"半年"}, semantic.Half, true, false},
	{[]string{"年", "年度"}, semantic.Year, false, true},
	{[]string{"财年", "财政年度", "会计年度"}, semantic.FiscalYear, true, true},
	{[]string{"财季", "财务季度"}, semantic.FiscalQuarter, true, true},
	{[]string{"财月", "财务月"}, semantic.FiscalMonth, true, true},
	{[]string{"小时", "钟头"}, semantic.Hour, true, true},
	{[]string{"分钟"}, semantic.Minute, false, true},
}

// counted is a number of units: 三个月, 7天, 半年, 一年半.
type counted struct {
	end  int
	n    int
	unit semantic.Unit
	one  bool // said without any number but 一, or with half: rolls in smaller units
	some bool // 几天
}

// countUnits names the units behind a number; the value says whether a number
// may stand right before it.
var countUnits = func() *nlq.Lexicon[semantic.Unit] {
	l := nlq.NewLexicon[semantic.Unit]()
	for _, f := range unitForms {
		for _, w := range f.words {
			if f.bare && w != "日" && w != "年度" {
				l.Add(w, f.unit)
			}
			if f.counted && w != "月份" {
				l.Add("个"+w, f.unit)
			}
		}
	}
	for _, w := range []string{"日", "整天", "自然日"} {
		l.Add(w, semantic.Day)
	}
	for w, unit := range map[string]semantic.Unit{"个自然月": semantic.Month, "个自然周": semantic.Week, "月": semantic.Month, "个整月": semantic.Month} {
		l.Add(w, unit)
	}
	return l
}()

// spans returns the numbers of units that start at token at.
func spans(t *nlq.Text, at int) []counted {
	found := halves(t, at)
	n, end := small(t, at)
	some := false
	if norm := t.At(at).Norm; norm == "几" || norm == "数" {
		n, end, some = 3, at+1, true
	}
	if end == at || n < 1 || n > said.MaxCount {
		return found
	}
	for _, hit := range countUnits.At(t, end) {
		c := counted{end: hit.End, n: n, unit: hit.Value, one: n == 1, some: some}
		found = append(found, c)
		if t.At(hit.End).Norm == "半" {
			if m := monthsOf(c.unit); m > 0 {
				found = append(found, counted{end: hit.End + 1, n: n*m + m/2, unit: semantic.Month})
			}
		}
	}
	return found
}

func monthsOf(u semantic.Unit) int {
	if u == semantic.Year {
		return 12
	}
	return 0
}

// halves reads 半年, 半个月, 半个小时, 大半年.
func halves(t *nlq.Text, at int) []counted {
	if t.At(at).Norm != "半" {
		return nil
	}
	for _, hit := range halfUnits.At(t, at+1) {
		c := hit.Value
		c.end = hit.End
		return []counted{c}
	}
	return nil
}

var halfUnits = phrases(map[string]counted{
	"年": {n: 6, unit: semantic.Month}, "个月": {n: 15, unit: semantic.Day}, "月": {n: 15, unit: semantic.Day},
	"天": {n: 12, unit: semantic.Hour}, "小时": {n: 30, unit: semantic.Minute}, "个小时": {n: 30, unit: semantic.Minute},
})
