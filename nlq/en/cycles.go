package en

import (
	"wenshu/nlq"
	"wenshu/nlq/said"
	"wenshu/semantic"
)

func cycle(c semantic.Cyclic, from, to int) nlq.Cycle {
	return nlq.Cycle{Grain: semantic.Grain{Cyclic: c}, From: from, To: to}
}

// addCycles enters the set phrases for repeating parts of time.
func addCycles(add func(nlq.Part, bool, ...string)) {
	add(cycle(semantic.DayOfWeek, 6, 7), false, "weekends", "on weekends", "at weekends", "weekend", "on the weekend", "on the weekends", "the weekend", "during weekends", "every weekend", "weekend days", "saturdays and sundays", "on saturdays and sundays", "at the weekend")
	add(cycle(semantic.DayOfWeek, 1, 5), false, "weekdays", "on weekdays", "during the week", "during weekdays", "monday to friday", "monday through friday", "mon fri", "mon to fri")
	add(cycle(semantic.WorkingDay, 1, 1), false, "working days", "on working days", "business days", "on business days", "workdays", "on workdays", "work days", "working day", "business day")
	add(cycle(semantic.WorkingDay, 0, 0), false, "holidays", "on holidays", "public holidays", "on public holidays", "days off", "on days off", "non working days", "non business days", "bank holidays", "during holidays", "during the holidays")
	for _, d := range []struct {
		from, to int
		phrases  []string
	}{
		{6, 12, []string{"mornings", "in the morning", "in the mornings", "morning"}}, {12, 18, []string{"afternoons", "in the afternoon", "in the afternoons", "afternoon"}},
		{18, 24, []string{"evenings", "in the evening", "in the evenings", "evening"}}, {0, 6, []string{"at night", "nights", "overnight"}},
		{7, 9, []string{"morning rush hour", "morning rush", "morning peak"}}, {17, 19, []string{"evening rush hour", "evening rush", "evening peak"}}, {12, 13, []string{"at noon", "lunchtime", "at lunchtime", "over lunch"}},
	} {
		add(cycle(semantic.HourOfDay, d.from, d.to-1), false, d.phrases...)
	}
	for i, names := range weekdayNames {
		n := i + 1
		for _, name := range names {
			add(cycle(semantic.DayOfWeek, n, n), false, name+"s", "on "+name+"s", "every "+name, "each "+name, "all "+name+"s", "on every "+name)
		}
		add(cycle(semantic.DayOfWeek, n, n), true, names[0], "on "+names[0], "on a "+names[0])
	}
	for i, names := range monthNames {
		n := i + 1
		add(cycle(semantic.MonthOfYear, n, n), false, "every "+names[0], "each "+names[0], "in every "+names[0], names[0]+" of each year", names[0]+" of every year", "in "+names[0]+" of each year", "in "+names[0]+" of every year", "every year in "+names[0])
	}
	for _, each := range []string{"each", "every", "the"} {
		for i, q := range []string{"q1", "q2", "q3", "q4"} {
			if each != "the" {
				add(cycle(semantic.QuarterOfYear, i+1, i+1), false, each+" "+q, "in "+each+" "+q)
			}
		}
	}
}

var eachMonth = words("of each month", "of every month", "each month", "every month", "of the month each month", "of a month", "in each month", "in every month")

// cycles emits the first 5 days of each month, the 5th of every month, Monday to
// Friday, at 9am, between 9am and 5pm.
func (r *reader) cycles(at int) {
	start := skip(r.t, skip(r.t, at, "on", "in"), "the")
	for _, s := range r.positions(start) {
		if s.step.Unit == semantic.Day && s.step.Of == semantic.NoUnit && s.step.From > 0 {
			r.eachMonth(s.end, s.step.From, s.step.To)
		}
		if s.step.Unit == semantic.Week && s.step.From == 1 {
			r.eachMonth(s.end, 1, 7*s.step.To)
		}
	}
	for _, d := range r.days(start) {
		if !d.weak {
			r.eachMonth(d.end, d.step.From, d.step.To)
		}
	}
	r.weekdayRange(start)
	r.hours(start)
	r.partOfDay(at)
}

// partOfDay emits the day of this morning and of last night, and the evening of the latter.
func (r *reader) partOfDay(at int) {
	part := r.norm(at + 1)
	switch {
	case r.norm(at) == "this" && (part == "morning" || part == "afternoon" || part == "evening"):
		r.dated(said.Hit{End: at + 1, Date: said.Of(semantic.Day, 0)})
	case r.norm(at) == "last" && part == "night":
		r.dated(said.Hit{End: at + 1, Date: said.Of(semantic.Day, -1)})
	case r.norm(at) == "night" && r.norm(at-1) == "last":
		r.emit(at+1, cycle(semantic.HourOfDay, 18, 23), false)
	}
}

func (r *reader) eachMonth(at, from, to int) {
	for _, hit := range eachMonth.At(r.t, at) {
		r.emit(hit.End, cycle(semantic.DayOfMonth, from, to), false)
	}
}

// weekdayRange emits Monday to Thursday as weekdays that come back.
func (r *reader) weekdayRange(at int) {
	from := weekdayOf[r.norm(at)]
	if from == 0 {
		return
	}
	for _, hit := range append(rangeWords.At(r.t, at+1), r.hyphen(at+1)...) {
		if to := weekdayOf[r.norm(hit.End)]; to > 0 {
			r.emit(hit.End+1, cycle(semantic.DayOfWeek, from, to), false)
		}
	}
}

// hours emits at 9am, 14:00, from 9 am to 5 pm, before 7 am, after 6 pm.
func (r *reader) hours(at int) {
	if before, after := r.norm(at) == "before", r.norm(at) == "after" || r.norm(at) == "past"; before || after {
		n, end, ok := r.hour(at + 1)
		switch {
		case ok && before && n > 0:
			r.emit(end, cycle(semantic.HourOfDay, 0, n-1), false)
		case ok && after && n < 24:
			r.emit(end, cycle(semantic.HourOfDay, n, 23), false)
		}
		return
	}
	at = skip(r.t, at, "at", "from", "between")
	from, end, ok := r.hour(at)
	if !ok {
		return
	}
	r.emit(end, cycle(semantic.HourOfDay, from, from), false)
	next := skip(r.t, end, "to", "and", "-", "until", "till", "through")
	if to, end, ok := r.hour(next); ok && next > end-4 && to > from && next != end {
		r.emit(end, cycle(semantic.HourOfDay, from, to-1), false)
	}
}

// hour reads 9am, 9 am, 14:00, 5 o'clock.
func (r *reader) hour(at int) (n, end int, ok bool) {
	token := r.t.At(at)
	if token.Class != nlq.Digit || len(token.Norm) > 2 {
		return 0, at, false
	}
	n, _ = small(r.t, at)
	end = at + 1
	if r.norm(end) == ":" && r.norm(end+1) == "00" && r.t.Glued(end) && r.t.Glued(end+1) {
		end, ok = end+2, true
	}
	switch r.norm(end) {
	case "am":
		return n % 12, end + 1, n >= 1 && n <= 12
	case "pm":
		return n%12 + 12, end + 1, n >= 1 && n <= 12
	case "o":
		if r.norm(end+1) == "'" && r.norm(end+2) == "clock" {
			return n, end + 3, n <= 24
		}
	}
	return n, end, ok && n <= 24
}

// festivalNames are names for the same festival or campaign.
var festivalNames = [][]string{
	{"spring festival", "chinese new year", "lunar new year", "春节", "过年"},
	{"national day", "golden week", "国庆", "国庆节"},
	{"labor day", "labour day", "may day", "五一", "劳动节"},
	{"new year", "new year's day", "new years day", "元旦"},
	{"qingming", "qingming festival", "tomb sweeping day", "清明", "清明节"},
	{"dragon boat festival", "dragon boat", "端午", "端午节"},
	{"mid autumn festival", "mid autumn", "moon festival", "中秋", "中秋节"},
	{"lantern festival", "元宵", "元宵节"},
	{"qixi", "qixi festival", "七夕"},
	{"double 11", "double eleven", "double11", "singles day", "singles' day", "single's day", "11.11", "双11", "双十一", "光棍节"},
	{"double 12", "double twelve", "double12", "12.12", "双12", "双十二"},
	{"618", "6.18", "618 festival", "六一八"},
	{"women's day", "womens day", "妇女节", "三八"},
	{"black friday", "黑五", "黑色星期五"},
	{"cyber monday"},
	{"christmas", "xmas", "圣诞", "圣诞节"},
	{"valentine's day", "valentines day", "情人节"},
	{"thanksgiving", "thanksgiving day", "感恩节"},
	{"easter", "复活节"},
}

var festivalTable = said.NewFestivals(festivalNames)

var festivalEnds = words("festival", "period", "season", "campaign", "sale", "sales event", "shopping festival", "holiday", "holidays", "promotion", "week", "day", "event")

// festivals emits festivals alone, in a year before them and in one behind them.
func (r *reader) festivals(at int, dates []said.Hit) {
	r.festivalOf(said.Date{}, at, true)
	for _, mark := range []struct {
		word string
		n    int
	}{{"this", 0}, {"last", -1}, {"next", 1}} {
		if r.norm(at) == mark.word {
			r.festivalOf(said.Of(semantic.Year, mark.n), at+1, false)
		}
	}
	for _, h := range dates {
		if len(h.Date.Steps) > 0 || h.Date.Base == nil {
			continue
		}
		start := h.End
		if r.norm(start) == "'" && r.norm(start+1) == "s" {
			start += 2
		}
		r.festivalOf(h.Date, start, false)
	}
}

func (r *reader) festivalOf(year said.Date, at int, trailing bool) {
	for _, hit := range festivalTable.At(r.t, at, year, r.m) {
		ends := []int{hit.End}
		for _, end := range festivalEnds.At(r.t, hit.End) {
			ends = append(ends, end.End)
		}
		for _, end := range ends {
			r.emit(end, hit.Part, false)
			if trailing {
				r.festivalBefore(at, end)
			}
		}
	}
}

// festivalBefore emits Singles' Day 2025 and Spring Festival last year.
func (r *reader) festivalBefore(at, end int) {
	starts := []int{end}
	for _, hit := range ofWords.At(r.t, end) {
		starts = append(starts, hit.End)
	}
	for _, start := range starts {
		for _, year := range r.outerDates(start, semantic.Year) {
			if year.Date.Unit != semantic.Year || len(year.Date.Steps) > 0 {
				continue
			}
			for _, hit := range festivalTable.At(r.t, at, year.Date, r.m) {
				r.emit(year.End, hit.Part, false)
			}
		}
	}
}
