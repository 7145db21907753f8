package zh

import (
	"wenshu/nlq"
	"wenshu/nlq/said"
	"wenshu/semantic"
)

// weekdayOf are the names of weekdays behind 周, 星期 and 礼拜.
var weekdayOf = map[string]int{"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "日": 7, "天": 7}

// notWeekday are characters that, behind a numeral or 日 that follows 周, take it
// for themselves: 上周一共, 上周三个门店, 上周日均.
var notWeekday = map[string]bool{
	"共": true, "直": true, "些": true, "定": true, "般": true, "下": true, "样": true, "起": true, "均": true, "活": true, "报": true, "季": true,
	"个": true, "家": true, "种": true, "款": true, "名": true, "位": true, "次": true, "笔": true, "台": true, "件": true, "类": true, "单": true,
	"十": true, "百": true, "千": true, "万": true, "大": true, "成": true, "天": true, "年": true, "月": true,
}

// weekdayMark reads 周, 星期 or 礼拜.
func weekdayMark(t *nlq.Text, at int) (end int, ok bool) {
	switch t.At(at).Norm {
	case "周":
		return at + 1, true
	case "星":
		return at + 2, t.At(at+1).Norm == "期"
	case "礼":
		return at + 2, t.At(at+1).Norm == "拜"
	}
	return at, false
}

// weekdayAfter reads the weekday's own character.
func weekdayAfter(t *nlq.Text, at int) (n int, ok bool) {
	n, ok = weekdayOf[t.At(at).Norm]
	return n, ok && !notWeekday[t.At(at+1).Norm]
}

// weekday reads 周三, 星期天 as a step into a week.
func (r *reader) weekday(at int) []stepHit {
	end, ok := weekdayMark(r.t, at)
	if !ok {
		return nil
	}
	n, ok := weekdayAfter(r.t, end)
	if !ok {
		return nil
	}
	return []stepHit{{end: end + 1, step: said.One(semantic.Week, semantic.Day, n)}}
}

// weekdayBehind reads the 三 of 上周三, where 周 was said already, and the 末 of
// 上周末.
func (r *reader) weekdayBehind(at int) []stepHit {
	if before := r.t.At(at - 1).Norm; before != "周" && before != "期" && before != "拜" {
		return nil
	}
	n, ok := weekdayAfter(r.t, at)
	if !ok {
		return nil
	}
	return []stepHit{{end: at + 1, step: said.One(semantic.Week, semantic.Day, n), only: true}}
}
