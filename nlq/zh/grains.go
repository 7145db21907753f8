package zh

import (
	"wenshu/nlq"
	"wenshu/semantic"
)

// fixedTime is a reading of a set phrase.
type fixedTime struct {
	part nlq.Part
	weak bool
}

// fixedTimes are the set phrases of time.
var fixedTimes = func() *nlq.Lexicon[fixedTime] {
	l := nlq.NewLexicon[fixedTime]()
	add := func(part nlq.Part, weak bool, words ...string) {
		for _, w := range words {
			l.Add(w, fixedTime{part, weak})
		}
	}
	for _, f := range unitForms {
		addGrains(add, f)
	}
	cyclic := func(c semantic.Cyclic) nlq.Grained { return nlq.Grained{Grain: semantic.Grain{Cyclic: c}} }
	add(cyclic(semantic.DayOfWeek), false, "星期几", "周几", "礼拜几", "按星期几", "按周几", "每个星期几", "哪个星期几", "每周各天", "按星期几看")
	add(cyclic(semantic.HourOfDay), false, "几点", "几点钟", "哪个钟点", "各钟点", "每个钟点", "钟点", "哪个小时段", "哪个时段", "各时段", "分时段", "按时段", "每个时段", "不同时段", "各个时段", "时段")
	add(nlq.Grained{Trend: true}, false, "趋势", "走势", "变化趋势", "变化曲线", "发展趋势", "走向", "随时间", "随时间变化", "时间趋势", "变化情况", "趋势变化", "变动趋势", "按时间", "趋势如何", "曲线", "变化走势", "的变化趋势")
	add(nlq.Grained{Grain: unit(semantic.Day)}, true, "按日期", "各日期", "日期")
	add(nlq.Grained{Grain: unit(semantic.Month)}, true, "月份")
	add(nlq.Timed{Period: semantic.AllTime{}}, false, "全部时间", "所有时间", "全部日期", "不限时间", "历史", "历史上", "有史以来", "一直以来", "从古至今", "全时段", "全部历史", "历史全部", "历史累计", "历史总", "所有年份", "全部年份", "全部时段", "所有日期", "开业以来", "成立以来", "自成立以来", "自开业以来", "从开始到现在")
	add(nlq.Timed{Period: semantic.Open{How: semantic.Until, Of: semantic.Relative{Unit: semantic.Day}}}, false, "截至目前", "截止目前", "截止到目前", "截至现在", "截止现在", "截止到现在", "到目前为止", "迄今为止", "迄今", "到现在为止", "至今", "截至当前", "目前为止", "至今为止", "截至目前为止")
	addToDate(add)
	recent := nlq.Timed{Period: semantic.Relative{Unit: semantic.Day, From: -30, To: -1}, Guessed: true}
	add(recent, true, "最近", "近期", "近来", "最近一段时间", "近段时间", "最近这段时间", "这段时间")
	addCycles(add)
	return l
}()

func unit(u semantic.Unit) semantic.Grain { return semantic.Grain{Unit: u} }

// addGrains enters the words for splitting by a unit.
func addGrains(add func(nlq.Part, bool, ...string), f unitForm) {
	grain := nlq.Grained{Grain: unit(f.unit)}
	trend := nlq.Grained{Grain: unit(f.unit), Trend: true}
	for _, w := range f.words {
		for _, mark := range []string{"每", "每个", "按", "按照", "逐", "各", "各个", "分", "按每", "按每个", "每一", "每一个", "按各", "分不同", "以", "历", "逐个", "不同", "哪", "哪个", "哪一", "哪一个", "哪几个", "在哪个"} {
			add(grain, mark == "以" || mark == "分", mark+w)
		}
		add(grain, false, w+"粒度", "按"+w+"度", "按"+w+"份")
		for _, tail := range []string{"趋势", "走势", "变化趋势", "曲线"} {
			add(trend, false, w+tail, w+"度"+tail, "每"+w+tail, "按"+w+tail, "各"+w+tail, "每个"+w+tail, "逐"+w+tail, "分"+w+tail)
		}
	}
	switch f.unit {
	case semantic.Day:
		add(grain, false, "日度", "天天", "逐天", "分天", "分日", "每自然日", "哪些天", "哪几天")
	case semantic.Week:
		add(grain, false, "周度", "每星期")
	case semantic.Month:
		add(grain, false, "月度", "几月", "几月份", "哪几个月", "哪些月份", "哪些月", "按自然月", "各月份", "每个自然月")
	case semantic.Quarter:
		add(grain, false, "季度", "分季")
	case semantic.Half:
		add(grain, false, "半年度", "按半年", "每半年")
	case semantic.Year:
		add(grain, false, "年度", "历年", "各年份", "按年份", "哪些年份", "每年度", "不同年份", "历年来")
	}
	if short, ok := map[semantic.Unit]string{semantic.Day: "日", semantic.Week: "周", semantic.Month: "月", semantic.Quarter: "季", semantic.Year: "年"}[f.unit]; ok && f.words[0] != "星期" {
		add(grain, true, short)
	}
}

// addToDate enters 年初至今, 本月累计 and their kin.
func addToDate(add func(nlq.Part, bool, ...string)) {
	for unit, names := range map[semantic.Unit][]string{
		semantic.Year: {"年初", "今年初", "今年年初", "本年初", "本年年初", "年"}, semantic.Month: {"月初", "本月初", "这个月初", "月"},
		semantic.Quarter: {"季初", "本季初", "本季度初", "季度初"}, semantic.Week: {"周初", "本周初", "这周初"},
	} {
		part := nlq.Timed{Period: semantic.ToDate{Of: semantic.Relative{Unit: unit}}}
		for _, name := range names {
			if len(name) == 3 {
				add(part, false, name+"累计", name+"度累计", name+"内累计", name+"累")
				continue
			}
			for _, tail := range []string{"至今", "到现在", "以来", "到今天", "到目前", "到今日", "至现在", "至目前", "到目前为止", "截至目前", "截止目前", "开始", "起", "到现在为止", "至今累计", "累计至今", "到今天为止"} {
				add(part, false, name+tail)
			}
		}
	}
}

// words emits the set phrases that start at token at.
func (r *reader) words(at int) {
	for _, hit := range fixedTimes.At(r.t, at) {
		if hit.Value.weak && hit.End == at+1 && r.shortGrainBlocked(at) {
			continue
		}
		r.emit(hit.End, hit.Value.part, hit.Value.weak)
	}
}

// shortGrainBlocked keeps 日, 周, 月, 季 and 年 from being read as grains unless
// they stand before a word that is not about time, as in 月销售额.
func (r *reader) shortGrainBlocked(at int) bool {
	before, next := r.t.At(at-1), r.t.At(at+1)
	if before.Class == nlq.Digit || digitLike(before.Norm) || next.Class != nlq.Han && next.Class != nlq.Word {
		return true
	}
	return notGrain[next.Norm]
}

// notGrain are characters that make a word with 日, 周, 月, 季 or 年 before them.
var notGrain = map[string]bool{
	"龄": true, "份": true, "末": true, "初": true, "底": true, "中": true, "终": true, "一": true, "二": true, "三": true, "四": true, "五": true, "六": true, "日": true,
	"期": true, "度": true, "均": true, "报": true, "志": true, "记": true, "边": true, "转": true, "岁": true, "节": true, "的": true, "前": true, "后": true, "内": true,
}

func digitLike(norm string) bool {
	_, digit := digitOf[norm]
	_, ten := tensOf[norm]
	switch norm {
	case "今", "去", "前", "明", "后", "上", "下", "本", "这", "当", "每", "各", "按", "逐", "几", "个", "生", "周", "多", "近", "某", "那", "该":
		return true
	}
	return digit || ten
}

// grains is a place of its own for readings of grains that need their
// neighbours: the unit words between numbers and 均.
func (r *reader) grains(at int) {
	if r.t.At(at).Norm != "每" {
		return
	}
	for _, c := range spans(r.t, at+1) {
		if c.n == 1 && c.one {
			r.emit(c.end, nlq.Grained{Grain: unit(c.unit)}, false)
		}
	}
}
