package zh

import (
	"wenshu/nlq"
	"wenshu/nlq/said"
	"wenshu/semantic"
)

// cycle makes a restriction to a repeating part of time.
func cycle(c semantic.Cyclic, from, to int) nlq.Cycle {
	return nlq.Cycle{Grain: semantic.Grain{Cyclic: c}, From: from, To: to}
}

// addCycles enters the set phrases for repeating parts of time.
func addCycles(add func(nlq.Part, bool, ...string)) {
	add(cycle(semantic.DayOfWeek, 6, 7), false, "周末", "双休日", "每周末", "每个周末", "周六日", "周六周日", "周末两天")
	add(cycle(semantic.DayOfWeek, 1, 5), false, "周中", "平日")
	add(cycle(semantic.WorkingDay, 1, 1), false, "工作日", "上班日", "每个工作日", "工作日期间")
	add(cycle(semantic.WorkingDay, 0, 0), false, "节假日", "休息日", "非工作日", "假日", "放假期间", "法定节假日")
	for _, d := range dayparts {
		add(cycle(semantic.HourOfDay, d.from, d.to-1), false, d.words...)
		for _, w := range d.words {
			add(cycle(semantic.HourOfDay, d.from, d.to-1), false, "每天"+w, w+"时段", "每天的"+w)
		}
	}
}

// daypart is a part of the day in full hours, half-open.
type daypart struct {
	from, to int
	words    []string
}

var dayparts = []daypart{
	{0, 6, []string{"凌晨"}}, {6, 9, []string{"早上", "清晨", "早晨"}}, {6, 12, []string{"上午"}}, {11, 13, []string{"中午", "午间"}}, {12, 18, []string{"下午", "午后"}},
	{17, 19, []string{"傍晚", "晚高峰"}}, {18, 24, []string{"晚上", "夜间", "夜晚", "晚间"}}, {7, 9, []string{"早高峰"}},
}

var daypartWords = func() *nlq.Lexicon[daypart] {
	l := nlq.NewLexicon[daypart]()
	for _, d := range dayparts {
		for _, w := range d.words {
			l.Add(w, d)
		}
	}
	return l
}()

// cycles emits 每周一, 周一到周五, 每月前五天, 每月5号, 每年3月, 上午9点, 10点到12点.
func (r *reader) cycles(at int) {
	r.weekdayCycles(at)
	r.everyCycles(at)
	r.hourCycles(at)
	if part, ok := r.shortDaypart(at); ok {
		r.emit(at+1, cycle(semantic.HourOfDay, part.from, part.to-1), false)
	}
}

// shortDaypart is a part of the day that stands as one character behind its day.
func (r *reader) shortDaypart(at int) (daypart, bool) {
	part, ok := shortDayparts[r.t.At(at).Norm]
	day := r.t.At(at - 1).Norm
	return part, ok && (day == "今" || day == "昨")
}

// shortDayparts are parts of the day as they stand behind a day: 今早, 昨晚.
var shortDayparts = map[string]daypart{"早": {from: 6, to: 9}, "晨": {from: 6, to: 9}, "晚": {from: 18, to: 24}, "夜": {from: 18, to: 24}}

// weekdayCycles emits weekdays: with 每 or 逢 surely, alone as one possibility.
func (r *reader) weekdayCycles(at int) {
	start, sure := at, false
	for _, hit := range everyWords.At(r.t, at) {
		start, sure = hit.End, true
	}
	if before := r.t.At(at - 1).Norm; !sure && (before == "上" || before == "下" || before == "本" || before == "这" || before == "个" || before == "每") {
		return
	}
	for _, s := range r.weekday(start) {
		from := s.step.From
		r.emit(s.end, cycle(semantic.DayOfWeek, from, from), !sure)
		for _, hit := range rangeWords.At(r.t, s.end) {
			for _, last := range append(r.weekday(hit.End), r.weekdayNumeral(hit.End)...) {
				r.emit(last.end, cycle(semantic.DayOfWeek, from, last.step.To), false)
			}
		}
	}
}

// weekdayNumeral reads the 五 of 周一到五.
func (r *reader) weekdayNumeral(at int) []stepHit {
	if n, ok := weekdayAfter(r.t, at); ok {
		return []stepHit{{end: at + 1, step: said.One(semantic.Week, semantic.Day, n)}}
	}
	return nil
}

var everyWords = phrases(map[string]bool{"每": true, "每个": true, "每逢": true, "逢": true, "各": true, "所有": true, "各个": true, "每到": true})

// everyMonth and everyYear open a place that comes back each month or year.
var (
	everyMonth = phrases(map[string]bool{"每月": true, "每个月": true, "每月的": true, "每个月的": true, "各月": true, "各月的": true, "当月的": true})
	everyYear  = phrases(map[string]bool{"每年": true, "每年的": true, "历年": true, "历年的": true, "各年": true, "各年的": true, "往年": true, "往年的": true})
)

// everyCycles emits places inside every month or year.
func (r *reader) everyCycles(at int) {
	for _, hit := range everyMonth.At(r.t, at) {
		for _, s := range r.steps(hit.End, semantic.Month) {
			step := s.step
			if step.Of != semantic.NoUnit && step.Of != semantic.Month || step.Unit != semantic.Day || step.From < 1 {
				continue
			}
			if step.To < 0 {
				step.To = 31
			}
			r.emit(s.end, cycle(semantic.DayOfMonth, step.From, step.To), false)
		}
	}
	for _, hit := range everyYear.At(r.t, at) {
		for _, s := range r.steps(hit.End, semantic.Year) {
			if from, to, ok := monthsOfYear(s.step); ok {
				r.emit(s.end, cycle(semantic.MonthOfYear, from, to), false)
			}
		}
	}
}

// monthsOfYear returns the months of a step into a year.
func monthsOfYear(s said.Step) (from, to int, ok bool) {
	months := map[semantic.Unit]int{semantic.Month: 1, semantic.Quarter: 3, semantic.Half: 6}[s.Unit]
	if s.Of != semantic.Year || months == 0 || s.From < 1 || s.To < s.From {
		return 0, 0, false
	}
	return (s.From-1)*months + 1, s.To * months, true
}

// hourCycles emits hours of the day: 9点, 下午3点, 10点到12点, 晚上8点以后.
func (r *reader) hourCycles(at int) {
	from, end, ok := r.hour(at, 0)
	if !ok {
		return
	}
	r.emit(end, cycle(semantic.HourOfDay, from, from), r.t.At(end-1).Norm == "时")
	edge := end
	if norm := r.t.At(edge).Norm; norm == "以" || norm == "之" {
		edge++
	}
	switch norm := r.t.At(edge).Norm; {
	case norm == "前" && from > 0:
		r.emit(edge+1, cycle(semantic.HourOfDay, 0, from-1), false)
	case (norm == "后" || norm == "起") && from < 24:
		r.emit(edge+1, cycle(semantic.HourOfDay, from, 23), false)
	}
	for _, hit := range rangeWords.At(r.t, end) {
		after := 0
		if from >= 12 {
			after = 12
		}
		if to, end, ok := r.hour(hit.End, after); ok && to > from && to <= 24 {
			r.emit(end, cycle(semantic.HourOfDay, from, to-1), false)
		}
	}
}

// hour reads a full hour; one below 12 counts from after when nothing else says
// which half of the day it is in.
func (r *reader) hour(at, after int) (n, end int, ok bool) {
	for _, hit := range daypartWords.At(r.t, at) {
		at, after = hit.End, 0
		if hit.Value.from >= 12 {
			after = 12
		}
	}
	if part, ok := r.shortDaypart(at); ok {
		at, after = at+1, part.from/12*12
	}
	n, end = small(r.t, at)
	mark := r.t.At(end).Norm
	if end == at || n > 24 || mark != "点" && mark != "时" || r.t.At(end+1).Norm == "段" {
		return 0, at, false
	}
	if _, more := digitOf[r.t.At(end+1).Norm]; more && r.t.At(at).Class == nlq.Han {
		return 0, at, false // 三点五
	}
	if n < after {
		n += after
	}
	end++
	if norm := r.t.At(end).Norm; norm == "钟" || norm == "整" {
		end++
	}
	return n, end, true
}
