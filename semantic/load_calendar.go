package semantic

import (
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones are checked the same on every machine
)

// maxDayRange bounds a range of days in a calendar.
const maxDayRange = 366

func (l *loader) readCalendar() {
	if l.sections.calendar == nil {
		return
	}
	o, ok := l.object(l.sections.calendar, &calendarShape)
	if !ok {
		return
	}
	c := l.model.Calendar
	if zone := o.zone("zone"); zone != "" {
		c.Zone = zone
	}
	if day := slices.Index(weekdayWords, o.word("week_start", weekdayWords...)); day >= 0 {
		c.WeekStart = time.Weekday(day)
	}
	if month, ok := o.number("fiscal_start", 1, 12); ok {
		c.FiscalStart = month
	}
	c.FiscalByEnd = o.flag("fiscal_by_end")
	c.WithToday = o.flag("recent_with_today")
	l.readFiscalWeeks(o, c)
	for _, e := range o.entries("festivals") {
		if l.identifier(e, "festival") {
			c.Festivals = append(c.Festivals, l.festival(e))
		}
	}
	c.DaysOff = o.days("days_off")
	c.MakeUpDays = o.days("make_up_days")
}

// fiscalPatterns are how the weeks of a quarter are shared among its months.
var fiscalPatterns = map[string][3]int{"4-4-5": {4, 4, 5}, "4-5-4": {4, 5, 4}, "5-4-4": {5, 4, 4}}

var fiscalLeads = map[string]int{"before": FiscalBefore, "nearest": FiscalNearest, "after": FiscalAfter}

// readFiscalWeeks reads a fiscal year of whole weeks, which begins with the week
// start nearest to its month unless it says otherwise. It reports Missing where
// there are none to begin.
func (l *loader) readFiscalWeeks(o object, c *Calendar) {
	begins := o.word("fiscal_begins", "before", "nearest", "after")
	if pattern := o.word("fiscal_weeks", "4-4-5", "4-5-4", "5-4-4"); pattern != "" {
		c.FiscalWeeks, c.FiscalLead = fiscalPatterns[pattern], FiscalNearest
		if begins != "" {
			c.FiscalLead = fiscalLeads[begins]
		}
	} else if begins != "" {
		l.report(Problem{Code: Missing, Pos: o.get("fiscal_begins").pos, Name: "fiscal_weeks"})
	}
}

// zone reads the name of a time zone. It reports WrongType.
func (o object) zone(key string) string {
	n := o.get(key)
	name, ok := o.l.scalar(n, key)
	if !ok {
		return ""
	}
	if _, err := time.LoadLocation(name); err != nil || name == "Local" || name == "" {
		o.l.report(Problem{Code: WrongType, Pos: n.pos, Name: name, Detail: "zone"})
		return ""
	}
	return name
}

func (l *loader) festival(e entry) FestivalOf {
	f := FestivalOf{Name: e.key}
	o, ok := l.object(e.value, &festivalShape)
	if !ok {
		return f
	}
	f.Names = o.names(e.key)
	for _, d := range o.entries("dates") {
		year, err := strconv.Atoi(d.key)
		if err != nil || year < 1000 || year > 9999 {
			l.report(Problem{Code: WrongType, Pos: d.pos, Name: d.key, Detail: "year"})
			continue
		}
		if start, end, ok := l.dayRange(d.value, "dates"); ok {
			f.Dates = append(f.Dates, FestivalDates{year, start, end})
		}
	}
	slices.SortFunc(f.Dates, func(a, b FestivalDates) int { return a.Year - b.Year })
	return f
}

// days reads days and half-open ranges of days, in order, each day once.
func (o object) days(key string) []time.Time {
	var days []time.Time
	for _, n := range o.list(key) {
		start, end, ok := o.l.dayRange(n, key)
		for day := start; ok && day.Before(end); day = day.AddDate(0, 0, 1) {
			days = append(days, day)
		}
	}
	slices.SortFunc(days, time.Time.Compare)
	return slices.Compact(days)
}

// dayRange reads a day, or a half-open range of at most 366 days, as periods
// spell them. It reports BadPeriod.
func (l *loader) dayRange(n *node, key string) (start, end time.Time, ok bool) {
	text, ok := l.scalar(n, key)
	if !ok {
		return start, end, false
	}
	from, to, isRange := strings.Cut(text, "..")
	start, err := time.Parse(time.DateOnly, from)
	end = start.AddDate(0, 0, 1)
	if isRange && err == nil {
		end, err = time.Parse(time.DateOnly, to)
	}
	if days := end.Sub(start) / (24 * time.Hour); err != nil || days < 1 || days > maxDayRange {
		l.report(Problem{Code: BadPeriod, Pos: n.pos, Name: text, Detail: key})
		return start, end, false
	}
	return start, end, true
}
