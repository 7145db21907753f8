package zh

import (
	"wenshu/nlq"
	"wenshu/nlq/said"
)

// festivalNames are names for the same festival or campaign; a calendar that
// has one of them is asked by all.
var festivalNames = [][]string{
	{"春节", "过年", "新春", "农历新年", "农历年", "大年初一", "spring festival", "chinese new year", "lunar new year", "spring"},
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

var festivalEnds = phrases(map[string]bool{"期间": true, "假期": true, "当天": true, "大促": true, "活动": true, "活动期间": true, "大促期间": true, "黄金周": true, "档": true, "那天": true, "假期期间": true, "长假": true, "购物节": true, "节": true, "那几天": true, "节日": true, "档期": true})

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
	}
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
