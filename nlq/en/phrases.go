package en

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
	add := func(part nlq.Part, weak bool, phrases ...string) {
		for _, p := range phrases {
			l.Add(p, fixedTime{part, weak})
		}
	}
	addGrains(add)
	addToDate(add)
	addCycles(add)
	add(nlq.Timed{Period: semantic.AllTime{}}, false, "all time", "of all time", "for all time", "ever", "all dates", "all history", "entire history", "full history", "since inception", "since the beginning", "from the beginning", "historically", "since launch", "any time", "all years", "over all time", "across all time", "lifetime to date", "since the start", "in history", "all available data")
	add(nlq.Timed{Period: semantic.AllTime{}}, true, "lifetime", "overall")
	add(nlq.Timed{Period: semantic.Open{How: semantic.Until, Of: semantic.Relative{Unit: semantic.Day}}}, false, "until now", "up to now", "up until now", "till now", "to date", "so far", "as of now", "as of today", "until today", "up to today", "thus far", "through today", "to this day", "up to this point", "till date", "till today")
	year := semantic.Relative{Unit: semantic.Month, From: -12, To: -1}
	add(nlq.Timed{Period: year}, false, "ttm", "ltm", "t12m", "l12m", "r12m", "trailing year", "rolling year")
	recent := nlq.Timed{Period: semantic.Relative{Unit: semantic.Day, From: -30, To: -1}, Guessed: true}
	add(recent, true, "recently", "lately", "recent", "in recent times", "of late", "in the recent past")
	return l
}()

func unit(u semantic.Unit) nlq.Grained { return nlq.Grained{Grain: semantic.Grain{Unit: u}} }

func trend(u semantic.Unit) nlq.Grained {
	return nlq.Grained{Grain: semantic.Grain{Unit: u}, Trend: true}
}

// addGrains enters the words for splitting by a unit of time.
func addGrains(add func(nlq.Part, bool, ...string)) {
	for u, ly := range map[semantic.Unit][]string{
		semantic.Day: {"daily"}, semantic.Week: {"weekly"}, semantic.Month: {"monthly"}, semantic.Quarter: {"quarterly"},
		semantic.Half: {"half yearly", "semiannual", "semi annual", "biannual"}, semantic.Year: {"yearly", "annual", "annually"}, semantic.Hour: {"hourly"},
	} {
		for _, w := range ly {
			add(unit(u), false, w, "on a "+w+" basis", w+" basis", "by "+w, w+" level", "at "+w+" level", "at a "+w+" level", w+" granularity", "at "+w+" granularity", w+" breakdown", "at "+w+" grain")
			add(trend(u), false, w+" trend", w+" trends", w+" trending", w+" time series", w+" evolution", w+" trend line", w+" trendline", w+" progression")
		}
	}
	for _, f := range unitForms {
		for _, n := range f.names {
			if n[len(n)-1] == 's' || n == "mo" || n == "fy" {
				continue
			}
			add(unit(f.unit), false, "by "+n, "by the "+n, "per "+n, "each "+n, "every "+n, "for each "+n, "for every "+n, "in each "+n, "in every "+n, "across "+n+"s", n+" by "+n, "over the "+n+"s", n+" wise", n+"wise", "which "+n, "what "+n, "in which "+n, "in what "+n, "group by "+n, "grouped by "+n, "split by "+n, "broken down by "+n, "for which "+n, "which "+n+"s", "from "+n+" to "+n, "a "+n+" by "+n)
			add(unit(f.unit), true, "and "+n, "and by "+n) // by region and month
			passing := nlq.Grained{Grain: semantic.Grain{Unit: f.unit}, Counted: true}
			add(passing, false, "how many "+n+"s", "on how many "+n+"s", "in how many "+n+"s", "for how many "+n+"s", "during how many "+n+"s", "number of "+n+"s", "the number of "+n+"s", "count of "+n+"s", "count the "+n+"s", "how many of the "+n+"s", "number of "+n+"s with", "number of "+n+"s when", "number of "+n+"s where")
			add(trend(f.unit), false, n+" trend", "by "+n+" trend", "trend by "+n, "trend per "+n, "trends by "+n, n+" over time")
		}
	}
	any := nlq.Grained{Trend: true}
	add(any, false, "trend", "trends", "over time", "trend over time", "trends over time", "time series", "timeline", "evolution", "trajectory", "trending", "trended", "as a time series", "the trend", "trend line", "trendline", "evolve", "evolved", "evolving", "change over time", "changes over time", "changed over time", "changing over time", "by time", "across time", "through time", "time trend", "develop over time", "developed over time", "progression", "historical trend", "by date")
	weekday := nlq.Grained{Grain: semantic.Grain{Cyclic: semantic.DayOfWeek}}
	add(weekday, false, "weekday", "by weekday", "by day of week", "by day of the week", "per weekday", "day of week", "day of the week", "each weekday", "each day of the week", "which weekday", "which day of the week", "what day of the week", "which day of week", "on which day of the week", "per day of week", "per day of the week", "weekdays by", "across weekdays", "across days of the week", "days of the week")
	for _, by := range []string{" vs ", " vs. ", " versus ", " against ", " compared to ", " compared with ", " and ", " or "} {
		for _, s := range []string{"", "s"} { // each of the seven says more than the two sums
			add(weekday, false, "weekend"+s+by+"weekday"+s, "weekday"+s+by+"weekend"+s)
		}
	}
	hour := nlq.Grained{Grain: semantic.Grain{Cyclic: semantic.HourOfDay}}
	add(hour, false, "by hour of day", "by hour of the day", "hour of day", "hour of the day", "by time of day", "time of day", "which hour of the day", "per hour of day", "at what hour", "at which hour", "what time of day", "what hour of the day")
	month := nlq.Grained{Grain: semantic.Grain{Cyclic: semantic.MonthOfYear}}
	add(month, false, "by month of year", "by month of the year", "month of year", "month of the year", "by calendar month of year", "seasonality")
	add(nlq.Grained{Grain: semantic.Grain{Cyclic: semantic.DayOfMonth}}, false, "by day of month", "by day of the month", "day of month", "day of the month")
	add(nlq.Grained{Grain: semantic.Grain{Cyclic: semantic.WeekOfYear}}, false, "by week of year", "by week of the year", "week of year", "by week number")
	add(nlq.Grained{Grain: semantic.Grain{Cyclic: semantic.QuarterOfYear}}, false, "by quarter of year", "by quarter of the year", "quarter of year")
}

// addToDate enters YTD and its kin.
func addToDate(add func(nlq.Part, bool, ...string)) {
	for u, letters := range map[semantic.Unit][2]string{
		semantic.Year: {"ytd", "year"}, semantic.Quarter: {"qtd", "quarter"}, semantic.Month: {"mtd", "month"}, semantic.Week: {"wtd", "week"}, semantic.FiscalYear: {"fytd", "fiscal year"},
		semantic.FiscalQuarter: {"fqtd", "fiscal quarter"},
	} {
		short, long := letters[0], letters[1]
		now := nlq.Timed{Period: semantic.ToDate{Of: semantic.Relative{Unit: u}}}
		add(now, false, short, long+" to date", long+" so far", "so far this "+long, "this "+long+" so far", "this "+long+" to date", "this "+long+" until now", "this "+long+" till now", "current "+long+" to date", "current "+long+" so far",
			"since the start of the "+long, "since the beginning of the "+long, "from the start of the "+long, "from the beginning of the "+long, "since the start of this "+long, "since the beginning of this "+long, "from the beginning of this "+long, "from the start of this "+long,
			"since start of "+long, "since beginning of "+long, "from the start of this "+long+" to today", "from the start of the "+long+" to today", "from the beginning of the "+long+" to today", "from the beginning of this "+long+" to today", "from the start of this "+long+" until now", "from the beginning of the "+long+" until now", "from the beginning of the "+long+" to now")
		before := nlq.Timed{Period: semantic.ToDate{Of: semantic.Relative{Unit: u, From: -1, To: -1}}}
		add(before, false, "last "+long+" to date", "prior "+long+" to date", "previous "+long+" to date", "prior "+short, "previous "+short, "last "+short, "p"+short, "l"+short)
	}
}

// phrases emits the set phrases that start at token at.
func (r *reader) phrases(at int) {
	for _, hit := range fixedTimes.At(r.t, at) {
		r.emit(hit.End, hit.Value.part, hit.Value.weak)
	}
}
