package en

import (
	"wenshu/nlq"
	"wenshu/semantic"
)

// Words for a rate and an amount of change that may follow a comparison.
const (
	moved  = "[ comparison| trend| performance]"
	rates  = " (growth|growth rate|change|increase|decrease|% change|percent change|percentage change|decline|variation|delta|difference)"
	prior  = "(the previous period|previous period|the prior period|prior period|the period before|the preceding period|preceding period|last period|the last period|period before|the one before|the month before that|the previous one)"
	versus = "(vs|vs.|versus|compared to|compared with|over|against|than|relative to|from|on)"
)

// ago returns a comparison with one unit ago that asks for growth.
func ago(unit semantic.Unit, growth bool) nlq.Against {
	return nlq.Against{How: semantic.Ago, Unit: unit, N: 1, Growth: growth}
}

// rate returns a comparison with one unit ago that names the rate of change.
func rate(unit semantic.Unit) nlq.Against {
	a := ago(unit, true)
	a.Rate = true
	return a
}

// changeRules compare with an earlier period and ask how much it moved.
var changeRules = []nlq.Rule{
	sure(ago(semantic.Year, true), "(yoy|y / y|y o y|yr / yr|year over year|year on year|year to year|year - over - year|annualized over year|yoy %|yoy%)"+moved),
	sure(rate(semantic.Year), "(yoy|y / y|y o y|yr / yr|year over year|year on year|year to year|year - over - year|annualized over year|yoy %|yoy%)"+rates+"[ of| in]", "annual (growth|growth rate|change|increase|decrease)", "yearly (growth|growth rate|change|increase|decrease)"),
	sure(ago(semantic.Month, true), "(mom|m / m|m o m|month over month|month on month|month to month|mom %)"+moved),
	sure(rate(semantic.Month), "(mom|m / m|m o m|month over month|month on month|month to month|mom %)"+rates+"[ of| in]", "monthly (growth|growth rate|change|increase|decrease)"),
	sure(ago(semantic.Week, true), "(wow|w / w|w o w|week over week|week on week|week to week|wow %)"+moved),
	sure(rate(semantic.Week), "(wow|w / w|w o w|week over week|week on week|week to week|wow %)"+rates+"[ of| in]", "weekly (growth|growth rate|change|increase|decrease)"),
	sure(ago(semantic.Quarter, true), "(qoq|q / q|q o q|quarter over quarter|quarter on quarter|quarter to quarter|qoq %)"+moved),
	sure(rate(semantic.Quarter), "(qoq|q / q|q o q|quarter over quarter|quarter on quarter|quarter to quarter|qoq %)"+rates+"[ of| in]", "quarterly (growth|growth rate|change|increase|decrease)"),
	sure(ago(semantic.Day, true), "(dod|d / d|d o d|day over day|day on day|day to day|dod %)"+moved),
	sure(rate(semantic.Day), "(dod|d / d|d o d|day over day|day on day|day to day|dod %)"+rates+"[ of| in]", "daily (growth|growth rate|change|increase|decrease)"),
	sure(nlq.Against{How: semantic.Prior, Growth: true}, "(pop|period over period|period on period|sequential|sequentially)"+moved, "sequential (growth|change|increase|decrease)"),
	sure(nlq.Against{How: semantic.Prior}, versus+" "+prior, "than before", "than previously", "compared to before"),
	sure(ago(semantic.Year, false), versus+" (the year before|a year earlier|a year before|one year earlier|one year ago|a year ago|the prior year|the previous year|prior year|previous year|py|ly|one year before)", "versus py", "vs ly", "compared to the year before", "vs the prior year period", versus+" [the ]same period[ of] (a year ago|a year earlier|the year before|the previous year|the prior year|one year earlier)", versus+" [the ]same period"),
	sure(ago(semantic.Year, false), versus+" the (january|february|march|april|may|june|july|august|september|october|november|december|q1|q2|q3|q4|spring|summer|autumn|winter) before"),
	sure(ago(semantic.Month, false), versus+" (the month before|a month earlier|the prior month|the previous month|prior month|previous month|one month earlier|a month ago)"),
	sure(ago(semantic.Week, false), versus+" (the week before|week before|a week earlier|the prior week|the previous week|prior week|previous week|a week ago)"),
	sure(ago(semantic.Quarter, false), versus+" (the quarter before|a quarter earlier|the prior quarter|the previous quarter|prior quarter|previous quarter|a quarter ago)"),
	sure(ago(semantic.Day, false), versus+" (the day before|the previous day|the prior day|prior day|previous day|a day earlier)"),
	sure(nlq.Against{How: semantic.Ago, Unit: semantic.Year, N: 1, Same: true}, "[the ]same period[ of] (a year ago|a year earlier|the year before|the previous year|the prior year|one year earlier)", "[the ](same|corresponding) period", "a year earlier", "the year before"),
	sure(nlq.Change{Rate: true, Up: true}, "growth rate", "growth rates", "rate of growth", "growth percentage", "percentage growth", "percent growth", "% growth", "growth %", "growth in percent", "percentage increase", "percent increase", "% increase", "rate of increase", "the growth rate of", "the growth rate", "percentage gain", "the percentage increase in", "the percent increase in"),
	sure(nlq.Change{Rate: true, Up: true}, "growth", "growth in", "growth of", "the growth of", "the growth in", "grow", "grew", "grown", "growing", "grows", "growth over", "increasing", "rising", "rise", "rose", "risen", "climb", "climbed", "climbing", "gain", "gained", "gains", "went up", "go up", "goes up", "going up", "gone up", "up", "improved", "improve", "improvement", "improving", "surge", "surged", "surging", "jump", "jumped", "expanded", "expanding", "expansion", "uptick", "uplift", "upward", "grow by", "grew by", "rose by", "has grown", "have grown"),
	sure(nlq.Change{Up: true}, "increase", "increased", "increases", "increase in", "the increase in", "increase of", "increased by", "increase by", "added", "has increased", "have increased", "did increase"),
	sure(nlq.Change{Value: true, Up: true}, "absolute growth", "absolute increase", "net growth", "net increase", "growth amount", "increase amount", "growth in absolute terms", "increment", "incremental", "net gain", "net new", "(increased|grew|rose|grow|increase|rise|went up) by how much", "how much (did|has|have) increased", "how much more than"),
	sure(nlq.Change{Rate: true, Down: true}, "rate of decline", "decline rate", "percentage decrease", "percent decrease", "% decrease", "percentage decline", "percent decline", "% decline", "rate of decrease", "percentage drop", "percent drop", "% drop", "the percentage decrease in", "the percent decrease in"),
	sure(nlq.Change{Rate: true, Down: true}, "decline", "declined", "declining", "declines", "decline in", "drop", "dropped", "dropping", "drops", "drop in", "fall", "fell", "fallen", "falling", "falls", "fall in", "shrink", "shrank", "shrinking", "shrunk", "went down", "go down", "goes down", "going down", "gone down", "down", "slump", "slumped", "plunge", "plunged", "deteriorated", "slipped", "slide", "slid", "worsened", "contracted", "contraction", "fell by", "dropped by", "declined by", "downturn", "downward", "has fallen", "have fallen", "sank", "sinking"),
	sure(nlq.Change{Down: true}, "decrease", "decreased", "decreases", "decreasing", "reduction", "reduced", "loss in", "decrease in", "decreased by", "reduction in", "the decrease in", "decrease of", "has decreased", "have decreased"),
	sure(nlq.Change{Value: true, Down: true}, "absolute decline", "absolute decrease", "net decrease", "net loss in", "(decreased|declined|dropped|fell|decrease|drop|fall|decline) by how much"),
	sure(nlq.Change{Both: true}, "change", "changes", "changed", "change in", "changes in", "the change in", "how did change", "changing", "movement", "movement in", "fluctuation", "fluctuations", "fluctuate", "fluctuated", "variation", "shift in", "swing", "swings", "delta", "develop", "developed", "has changed", "have changed", "did change", "how has changed", "moved", "move"),
	sure(nlq.Change{Both: true, Rate: true}, "% change", "percent change", "percentage change", "rate of change", "change %", "change rate", "relative change", "change in percent", "percentage change in", "percent change in", "% change in", "the percentage change in", "the rate of change", "pct change", "change percentage", "the percent change in", "percentage difference", "percent difference"),
	sure(nlq.Change{Both: true, Value: true}, "absolute change", "net change", "change in absolute terms", "by how much", "how much did change", "change amount", "percentage points", "percentage point change", "pp change", "in percentage points", "in pp", "absolute change in", "net change in", "by how many percentage points", "the absolute change in"),
}

// windowRules are moving and running windows.
var windowRules = []nlq.Rule{
	sure(nlq.Moving{Unit: semantic.Day}, "{n} (day|days) (moving average|rolling average|moving mean|rolling mean|ma|running average|moving avg|rolling avg|trailing average|mean)[ of]", "(moving average|rolling average|moving avg|rolling avg|rolling mean) (over|of|across) [the last |the past ]{n} days", "rolling {n} (day|days) (average|avg|mean)", "{n} d (moving average|rolling average|ma)", "trailing {n} days average", "ma {n}", "{n} dma"),
	sure(nlq.Moving{Unit: semantic.Week}, "{n} (week|weeks) (moving average|rolling average|moving mean|rolling mean|ma|running average|moving avg|rolling avg|trailing average)[ of]", "(moving average|rolling average) (over|of) [the last |the past ]{n} weeks", "rolling {n} (week|weeks) (average|avg|mean)"),
	sure(nlq.Moving{Unit: semantic.Month}, "{n} (month|months) (moving average|rolling average|moving mean|rolling mean|ma|running average|moving avg|rolling avg|trailing average)[ of]", "(moving average|rolling average) (over|of) [the last |the past ]{n} months", "rolling {n} (month|months) (average|avg|mean)"),
	sure(nlq.Moving{Unit: semantic.Quarter}, "{n} (quarter|quarters) (moving average|rolling average)[ of]", "rolling {n} (quarter|quarters) (average|avg|mean)"),
	sure(nlq.Moving{}, "moving average", "rolling average", "moving mean", "rolling mean", "moving avg", "rolling avg", "running average", "smoothed", "the moving average of", "moving average of", "rolling average of", "{n} period moving average", "trailing average"),
	sure(nlq.Moving{Unit: semantic.Day, Func: "sum"}, "rolling {n} (day|days)[ sum| total| window]", "{n} (day|days) (rolling|moving|trailing) (sum|total)", "(rolling|moving|trailing) sum over {n} days", "rolling sum over [the last ]{n} days"),
	sure(nlq.Moving{Unit: semantic.Week, Func: "sum"}, "rolling {n} (week|weeks)[ sum| total| window]", "{n} (week|weeks) (rolling|moving|trailing) (sum|total)"),
	sure(nlq.Moving{Unit: semantic.Month, Func: "sum"}, "rolling {n} (month|months)[ sum| total| window]", "{n} (month|months) (rolling|moving|trailing) (sum|total)", "(rolling|moving) sum over [the last ]{n} months"),
	sure(nlq.Moving{Unit: semantic.Quarter, Func: "sum"}, "rolling {n} (quarter|quarters)[ sum| total]"),
	sure(nlq.Moving{N: 12, Unit: semantic.Month, Func: "sum"}, "rolling year sum", "rolling annual", "ttm sum", "trailing twelve month"),
	sure(nlq.Running{}, "cumulative", "cumulatively", "running total", "running sum", "running total of", "running sum of", "cumulative sum of", "cumulative total of", "cumulative sum", "cumulative total", "accumulated", "accumulating", "accumulation", "cum", "cumulated", "cumulative number of", "the cumulative", "the running total of", "running count of", "cumulative count of", "running totals", "cumsum"),
	sure(nlq.Running{Reset: semantic.Year}, "cumulative by year", "cumulative per year", "running total per year", "yearly cumulative", "cumulative within each year", "cumulative within the year", "cumulative each year", "running total by year"),
	sure(nlq.Running{Reset: semantic.Month}, "cumulative within each month", "cumulative within the month", "monthly cumulative", "running total within each month"),
}
