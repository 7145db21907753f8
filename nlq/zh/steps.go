package zh

import (
	"wenshu/nlq"
	"wenshu/nlq/said"
	"wenshu/semantic"
)

// stepHit is a step into a date found in a text.
type stepHit struct {
	end  int
	step said.Step
	weak bool // too short to stand alone: 初, 底, 一 behind 上周
	only bool // only behind something else, never alone
}

// fixedSteps are steps without a number.
var fixedSteps = func() *nlq.Lexicon[stepHit] {
	l := nlq.NewLexicon[stepHit]()
	add := func(s said.Step, hit stepHit, words ...string) {
		hit.step = s
		for _, w := range words {
			l.Add(w, hit)
		}
	}
	year := func(unit semantic.Unit, from, to int) said.Step {
		return said.Step{Of: semantic.Year, Unit: unit, From: from, To: to}
	}
	month := func(from, to int) said.Step {
		return said.Step{Of: semantic.Month, Unit: semantic.Day, From: from, To: to}
	}
	within := func(unit semantic.Unit, from, to int) said.Step { return said.Step{Unit: unit, From: from, To: to} }
	weak, only := stepHit{weak: true}, stepHit{only: true}
	add(year(semantic.Half, 1, 1), stepHit{}, "上半年", "前半年", "上半年度", "上半年内")
	add(year(semantic.Half, 2, 2), stepHit{}, "下半年", "后半年", "下半年度")
	add(year(semantic.Quarter, 1, 1), stepHit{}, "首季", "首季度", "首个季度")
	add(year(semantic.Quarter, 4, 4), stepHit{}, "末季", "末季度")
	add(year(semantic.Month, 1, 1), stepHit{}, "元月", "元月份", "年初")
	add(year(semantic.Month, 6, 7), stepHit{}, "年中")
	add(year(semantic.Month, 12, 12), weak, "年底", "年末", "年终", "岁末")
	add(year(semantic.Month, 1, 1), only, "初")
	add(year(semantic.Month, 12, 12), only, "底", "末", "终")
	add(month(1, 10), stepHit{}, "上旬", "月初", "月头")
	add(month(11, 20), stepHit{}, "中旬", "月中")
	add(month(21, -1), stepHit{}, "下旬")
	add(month(21, -1), weak, "月底", "月末", "月尾")
	add(month(1, 15), stepHit{}, "上半月", "前半月", "上半个月")
	add(month(16, -1), stepHit{}, "下半月", "后半月", "下半个月")
	add(month(1, 10), only, "初")
	add(month(11, 20), only, "中")
	add(month(21, -1), only, "底", "末")
	add(said.Step{Of: semantic.Week, Unit: semantic.Day, From: 6, To: 7}, only, "末", "周末", "双休日")
	add(said.Step{Of: semantic.Quarter, Unit: semantic.Month, From: 1, To: 1}, only, "初", "首月")
	add(said.Step{Of: semantic.Quarter, Unit: semantic.Month, From: -1, To: -1}, only, "末", "末月", "底")
	for unit, words := range map[semantic.Unit][]string{semantic.Day: {"一天"}, semantic.Week: {"一周", "一个星期", "一个周"}, semantic.Month: {"一个月"}, semantic.Quarter: {"一个季度", "一季度"}} {
		for _, w := range words {
			add(within(unit, -1, -1), only, "最后"+w)
			add(within(unit, 1, 1), only, "头"+w, "最初"+w)
		}
	}
	return l
}()

// opensWithEnd are characters behind a 末 that opens a word of its own: 末端.
var opensWithEnd = map[string]bool{"端": true, "位": true, "尾": true, "梢": true, "级": true}

// steps returns the steps into a date that start at token at. last is the unit
// said before it, NoUnit for none.
func (r *reader) steps(at int, last semantic.Unit) []stepHit {
	var found []stepHit
	for _, hit := range fixedSteps.At(r.t, at) {
		h := hit.Value
		h.end = hit.End
		if r.t.At(h.end-1).Norm == "末" && opensWithEnd[r.t.At(h.end).Norm] {
			continue // 6月份末端配送
		}
		if h.step.Of == last || h.step.Of == semantic.NoUnit && last != semantic.NoUnit || last == semantic.NoUnit && !h.only {
			found = append(found, h)
		}
	}
	if last == semantic.Week {
		found = append(found, r.weekdayBehind(at)...)
	}
	if step, end, ok := said.Code(r.t, at); ok {
		found = append(found, stepHit{end: end, step: step, weak: step.Unit == semantic.Week})
	}
	found = append(found, r.weekday(at)...)
	return append(found, r.numbered(at, last)...)
}

// numbered reads steps with a number: 3月, 第一季度, 5号, 第12周, 前三个月.
func (r *reader) numbered(at int, last semantic.Unit) []stepHit {
	t := r.t
	switch t.At(at).Norm {
	case "第":
		return r.ordinal(at+1, last)
	case "前", "头", "后":
		return r.leading(at, last)
	case "最":
		if t.At(at+1).Norm == "后" {
			return r.leading(at+1, last)
		}
		return nil
	}
	n, end := small(t, at)
	if end == at || n < 1 || t.At(at).Norm == "两" || t.At(at).Norm == "俩" || t.At(at).Norm == "仨" {
		return nil
	}
	found := r.twoNumerals(at)
	found = append(found, r.unitOfYear(end, n, n)...)
	found = append(found, r.dayOfMonth(end, n, n, last)...)
	if to, next, ok := r.upTo(end); ok && to > n {
		found = append(found, r.unitOfYear(next, n, to)...)
		found = append(found, r.dayOfMonth(next, n, to, last)...)
	}
	return append(found, r.listed(end, n)...)
}

// twoNumerals reads neighbours that share a unit: 一二月, 三四季度.
func (r *reader) twoNumerals(at int) []stepHit {
	a, ok1 := digitOf[r.t.At(at).Norm]
	b, ok2 := digitOf[r.t.At(at+1).Norm]
	if !ok1 || !ok2 || b != a+1 || a == 0 {
		return nil
	}
	return r.unitOfYear(at+2, int(a), int(b))
}

// upTo reads the dash or word and the second number of 3-5月, 3到5月.
func (r *reader) upTo(at int) (n, end int, ok bool) {
	switch r.t.At(at).Norm {
	case "-", "~", "到", "至":
		n, end = small(r.t, at+1)
		return n, end, end > at+1
	}
	return 0, at, false
}

// listed reads the 3 of 3、5月: a month that borrows its unit from the end of
// the list.
func (r *reader) listed(at, n int) []stepHit {
	end := at
	for r.t.At(end).Norm == "、" || r.t.At(end).Norm == "," || r.t.At(end).Norm == "和" {
		next, after := small(r.t, end+1)
		if after == end+1 || next < 1 || next > 12 {
			return nil
		}
		for _, h := range r.unitOfYear(after, next, next) {
			h.step.From, h.step.To, h.end = n, n, at
			return []stepHit{h}
		}
		end = after
	}
	return nil
}

// yearParts are the units of a year that take a number before them.
var yearParts = phrases(map[string]semantic.Unit{
	"月": semantic.Month, "月份": semantic.Month, "季度": semantic.Quarter, "季": semantic.Quarter,
	"财季": semantic.FiscalQuarter, "财月": semantic.FiscalMonth,
})

// unitOfYear reads the unit behind the numbers of a month or quarter.
func (r *reader) unitOfYear(at, from, to int) []stepHit {
	var found []stepHit
	for _, hit := range yearParts.At(r.t, at) {
		limit := 12
		if hit.Value == semantic.Quarter || hit.Value == semantic.FiscalQuarter {
			limit = 4
		}
		if from <= to && to <= limit {
			found = append(found, stepHit{end: hit.End, step: said.Step{Of: semantic.Year, Unit: hit.Value, From: from, To: to}})
		}
	}
	return found
}

// notADay are characters behind 5号 that make it the name of something.
var notADay = map[string]bool{"店": true, "线": true, "仓": true, "楼": true, "机": true, "炉": true, "车": true, "产": true, "库": true, "门": true, "员": true, "厅": true, "馆": true, "工": true, "井": true, "院": true, "桌": true, "柜": true}

// dayOfMonth reads 号 or 日 behind the numbers of days.
func (r *reader) dayOfMonth(at, from, to int, last semantic.Unit) []stepHit {
	norm := r.t.At(at).Norm
	named := norm == "号" && notADay[r.t.At(at+1).Norm]
	if norm != "号" && norm != "日" || from > to || to > 31 || named && last != semantic.Month {
		return nil
	}
	average := norm == "日" && r.t.At(at+1).Norm == "均" // 7月8日均价, but 3月日均
	if average && last != semantic.Month {
		return nil
	}
	return []stepHit{{end: at + 1, step: said.Step{Of: semantic.Month, Unit: semantic.Day, From: from, To: to}, weak: norm == "日" && last == semantic.NoUnit || named || average}}
}

// ordinal reads what follows 第: 一季度, 12周, 三个月, 5天.
func (r *reader) ordinal(at int, last semantic.Unit) []stepHit {
	n, end := small(r.t, at)
	if end == at || n < 1 {
		return nil
	}
	var found []stepHit
	for _, h := range r.unitOfYear(end, n, n) {
		if h.step.Unit != semantic.Month {
			found = append(found, h)
		}
	}
	for _, hit := range countUnits.At(r.t, end) {
		s := said.One(semantic.NoUnit, hit.Value, n)
		if hit.Value == semantic.Week && (last == semantic.NoUnit || last == semantic.Year) {
			s.Of = semantic.Year
		}
		if hit.Value < semantic.Year && hit.Value > semantic.Hour {
			found = append(found, stepHit{end: hit.End, step: s, only: s.Of == semantic.NoUnit})
		}
	}
	return found
}

// leading reads 前三个月, 头两周, 后五天, 最后三天 inside a period that was said, and
// 前三季度 of a year.
func (r *reader) leading(at int, last semantic.Unit) []stepHit {
	var found []stepHit
	back := r.t.At(at).Norm == "后"
	if n, end := small(r.t, at+1); end > at+1 && n > 1 && n < 4 && !back {
		for _, hit := range yearParts.At(r.t, end) {
			if hit.Value == semantic.Quarter {
				found = append(found, stepHit{end: hit.End, step: said.Step{Of: semantic.Year, Unit: semantic.Quarter, From: 1, To: n}})
			}
		}
	}
	for _, c := range spans(r.t, at+1) {
		s := said.Step{Unit: c.unit, From: 1, To: c.n}
		if back {
			s.From, s.To = -c.n, -1
		}
		if c.unit > semantic.Hour && c.unit < semantic.Year && !c.some {
			found = append(found, stepHit{end: c.end, step: s, only: true})
		}
	}
	return found
}
