package zh

import (
	"wenshu/nlq"
	"wenshu/nlq/said"
	"wenshu/semantic"
)

// festivalNames are names for the same festival or campaign; a calendar that
// has one of them is asked by all.
var festivalNames = [][]string{
	{"春节", "过年", "新春", "农历新年", "农历年", "大年初一", "spring festival", "chinese new year", "lunar new year"},
	{"国庆", "国庆节", "十一黄金周", "十一假期", "国庆黄金周", "national day", "golden week"},
	{"五一", "劳动节", "五一节", "五一黄金周", "labor day", "labour day", "may day"},
	{"元旦", "元旦节", "new year", "new year's day"},
	{"清明", "清明节", "qingming", "tomb sweeping day"},
	{"端午", "端午节", "dragon boat festival", "dragon boat"},
	{"中秋", "中秋节", "mid autumn", "mid autumn festival", "moon festival"},
	{"元宵", "元宵节", "lantern festival"},
	{"七夕", "七夕节", "qixi"},
	{"双11", "双十一", "双 11", "双一一", "天猫双11", "光棍节", "11.11", "double 11", "double eleven", "double11", "singles day", "singles' day"},
	{"双12", "双十二", "12.12", "double 12", "double twelve", "double12"},
	{"618", "六一八", "京东618", "年中大促", "6.18", "six eighteen"},
	{"三八", "三八节", "妇女节", "女神节", "38节", "women's day"},
	{"黑五", "黑色星期五", "black friday"},
	{"圣诞", "圣诞节", "christmas"},
	{"情人节", "valentine's day"},
	{"年货节"},
}

var festivalTable = said.NewFestivals(festivalNames)

var festivalEnds = phrases(map[string]bool{"期间": true, "假期": true, "大促": true, "活动": true, "活动期间": true, "大促期间": true, "黄金周": true, "档": true, "假期期间": true, "长假": true, "购物节": true, "节": true, "那几天": true, "节日": true, "档期": true})

// festivalDays are the days that festivals and campaigns of a fixed date are
// called after. A lunar one has no such day here: the first of its holidays is
// not the festival itself.
var festivalDays = func() *nlq.Lexicon[[2]int] {
	l := nlq.NewLexicon[[2]int]()
	fixed := map[string][2]int{"国庆": {10, 1}, "五一": {5, 1}, "元旦": {1, 1}, "双11": {11, 11}, "双12": {12, 12}, "618": {6, 18}, "三八": {3, 8}, "圣诞": {12, 25}, "情人节": {2, 14}}
	for _, names := range festivalNames {
		day, ok := fixed[names[0]]
		for i := 0; ok && i < len(names); i++ {
			l.Add(names[i], day)
		}
	}
	return l
}()

// dayEnds say that the day itself is meant and not all of a campaign.
var dayEnds = phrases(map[string]bool{"当天": true, "当日": true, "那天": true, "那一天": true, "这天": true, "这一天": true, "那日": true, "正日子": true, "的当天": true, "的那天": true, "的那一天": true})

// festivals emits festivals alone and behind a year.
func (r *reader) festivals(at int, dates []said.Hit) {
	if everyBefore(r.t, at) {
		return // 每年双11 is not the one of one year
	}
	r.festivalOf(said.Date{}, at)
	for _, h := range dates {
		if len(h.Date.Steps) > 0 {
			continue
		}
		for _, at := range r.glued(h.End) {
			r.festivalOf(h.Date, at)
		}
	}
}

func (r *reader) festivalOf(year said.Date, at int) {
	for _, hit := range festivalTable.At(r.t, at, year, r.m) {
		r.found = append(r.found, nlq.Match{End: hit.End, Part: hit.Part})
		for _, end := range festivalEnds.At(r.t, hit.End) {
			r.found = append(r.found, nlq.Match{End: end.End, Part: hit.Part})
		}
		for _, end := range dayEnds.At(r.t, hit.End) {
			r.festivalDay(year, at, hit, end.End)
		}
	}
}

// festivalDay emits 双11当天: the day, where the campaign takes eleven.
func (r *reader) festivalDay(year said.Date, at int, hit said.FestivalHit, end int) {
	for _, day := range festivalDays.At(r.t, at) {
		if day.End != hit.End {
			continue
		}
		month := said.One(semantic.Year, semantic.Month, day.Value[0])
		d, ok := said.Alone(month), true
		if year.Base != nil {
			d, ok = year.With(month)
		}
		if d, ok = withDay(d, ok, day.Value[1]); !ok {
			continue
		}
		if p, guessed, ok := d.Resolve(r.m); ok {
			r.period(end, p, guessed, false)
			return
		}
	}
	if r.oneDay(hit.Part.Period) {
		r.found = append(r.found, nlq.Match{End: end, Part: hit.Part})
	}
}

// oneDay reports whether the calendar gives a period one day.
func (r *reader) oneDay(p semantic.Period) bool {
	if r.m.Calendar == nil {
		return false
	}
	iv, err := semantic.Resolve(p, semantic.Clock{Now: r.m.Now, Calendar: r.m.Calendar})
	return err == nil && iv.End.Equal(iv.Start.AddDate(0, 0, 1))
}

func withDay(d said.Date, ok bool, day int) (said.Date, bool) {
	if !ok {
		return d, false
	}
	return d.With(said.One(semantic.Month, semantic.Day, day))
}

// everyBefore reports whether 每年, 历年 or 各年 stands right before a token.
func everyBefore(t *nlq.Text, at int) bool {
	for start := max(at-3, 0); start < at; start++ {
		for _, hit := range everyYear.At(t, start) {
			if hit.End == at {
				return true
			}
		}
	}
	return false
}
