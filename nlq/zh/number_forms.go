package zh

import (
	"strings"

	"wenshu/nlq"
	"wenshu/semantic"
)

// percentWords are set phrases for parts of a whole, in percent.
var percentWords = phrases(map[string]int64{
	"一半": 50, "半数": 50, "过半": 50, "大半": 50, "对半": 50, "四分之一": 25, "四分之三": 75, "百分百": 100, "全部的一半": 50,
})

// countWords are set phrases for numbers.
var countWords = phrases(map[string]int64{"一打": 12, "两打": 24, "翻倍": 2, "翻番": 2, "翻一番": 2, "翻了一番": 2, "一倍": 1, "半打": 6})

func phrases[T any](m map[string]T) *nlq.Lexicon[T] {
	l := nlq.NewLexicon[T]()
	for phrase, v := range m {
		l.Add(phrase, v)
	}
	return l
}

// fixedNumbers reads set phrases and fractions that are said denominator first.
func fixedNumbers(t *nlq.Text, at int) []nlq.Number {
	var found []nlq.Number
	for _, hit := range percentWords.At(t, at) {
		if t.At(at).Norm != "过" {
			found = append(found, nlq.Number{End: hit.End, Value: semantic.IntValue(hit.Value), Percent: true})
		}
	}
	for _, hit := range countWords.At(t, at) {
		found = append(found, nlq.Number{End: hit.End, Value: semantic.IntValue(hit.Value)})
	}
	if n, ok := partOf(t, at); ok {
		found = append(found, n)
	}
	return found
}

// partOf reads 百分之十, 千分之五, 万分之三, 三分之二.
func partOf(t *nlq.Text, at int) (n nlq.Number, ok bool) {
	if t.At(at+1).Norm != "分" || t.At(at+2).Norm != "之" {
		return n, false
	}
	down := strings.Index("百千万", t.At(at).Norm) / len("百")
	if down < 0 || !strings.Contains("百千万", t.At(at).Norm) {
		return n, false
	}
	a, end, ok := digitsOrNumerals(t, at+3)
	if !ok {
		return n, false
	}
	a.scale += down
	return nlq.Number{End: end, Value: a.value(), Percent: true}, true
}

// tenths reads 三成 and 三成五 as percent, and 五折 as fifty percent.
func tenths(t *nlq.Text, at int) []nlq.Number {
	a, end, ok := digitsOrNumerals(t, at)
	mark := t.At(end).Norm
	if !ok || mark != "成" && mark != "折" {
		return nil
	}
	a, end = a.times(10), end+1
	if d, single := digitOf[t.At(end).Norm]; single && mark == "成" && d > 0 {
		a, end = a.plus(whole(d)), end+1
	} else if t.At(end).Norm == "半" && mark == "成" {
		a, end = a.plus(whole(5)), end+1
	}
	return []nlq.Number{{End: end, Value: a.value(), Percent: true}}
}

// withUnit returns a number without and with what follows it: a percent sign,
// a measure word, a currency.
func withUnit(t *nlq.Text, n nlq.Number) []nlq.Number {
	found := []nlq.Number{n}
	if t.At(n.End).Norm == "%" && t.At(n.End-1).Class == nlq.Han {
		return append(found, nlq.Number{End: n.End + 1, Value: n.Value, Percent: true})
	}
	if norm := t.At(n.End).Norm; norm == "多" || norm == "余" || norm == "来" {
		return found
	}
	for _, hit := range unitWords.At(t, n.End) {
		found = append(found, nlq.Number{End: hit.End, Value: n.Value, Unit: t.Said(n.End, hit.End)})
	}
	return found
}

// unitWords follow a number and say what it counts.
var unitWords = func() *nlq.Lexicon[bool] {
	l := nlq.NewLexicon[bool]()
	for _, words := range [][]string{measureWords, amountUnits, {
		"角", "分", "日", "周", "年", "倍", "级", "星", "平", "里", "岁", "周岁", "天", "个月", "个星期", "个季度", "小时", "个小时", "秒", "个工作日", "个百分点", "百分点",
	}} {
		for _, w := range words {
			l.Add(w, true)
		}
	}
	return l
}()

// amountUnits are what amounts are in, whether a number is said or asked for.
var amountUnits = []string{
	"元", "块", "块钱", "元钱", "元整", "圆", "人民币", "美元", "美金", "欧元", "日元", "英镑", "港币", "港元", "分钟", "秒钟",
	"千瓦", "千瓦时", "兆瓦", "瓦", "伏", "安", "马力", "亩", "公顷", "平方公里", "立方米", "立方", "毫升", "毫克", "海里",
	"公里", "千米", "米", "厘米", "毫米", "平方米", "平米", "公斤", "千克", "克", "吨", "斤", "升", "度", "分贝",
}

// measureWords stand between a number and the noun it counts.
var measureWords = []string{
	"个", "家", "名", "位", "件", "笔", "单", "条", "次", "人", "台", "款", "种", "类", "张", "套", "只", "瓶", "箱", "盒", "包",
	"辆", "间", "项", "份", "门", "批", "把", "本", "部", "层", "片", "组", "对", "双", "支", "枚", "场", "期", "届", "棵", "座", "所", "户", "班", "车", "趟", "股", "手", "桶", "袋", "起", "宗", "例", "人次", "个人",
	"栋", "幢", "艘", "列", "节", "册", "篇", "首", "通", "封", "颗", "粒", "块", "根", "头", "匹", "桌", "床", "晚", "夜", "课时", "学时", "回", "遍", "顿", "轮", "局", "盘", "处", "道", "口", "架", "堂", "站", "票", "柜", "板", "垛",
}
