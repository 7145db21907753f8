package semantic

import "slices"

var unitNames = []string{
	NoUnit: "", Millisecond: "millisecond", Second: "second", Minute: "minute", Hour: "hour", Day: "day", Week: "week", Month: "month",
	Quarter: "quarter", Half: "half", Year: "year", FiscalMonth: "fiscal_month", FiscalQuarter: "fiscal_quarter",
	FiscalHalf: "fiscal_half", FiscalYear: "fiscal_year",
}

var cyclicNames = []string{
	NoCycle: "", HourOfDay: "hour_of_day", DayOfWeek: "day_of_week", DayOfMonth: "day_of_month",
	DayOfYear: "day_of_year", WeekOfYear: "week_of_year", MonthOfYear: "month_of_year",
	QuarterOfYear: "quarter_of_year", WorkingDay: "working_day",
}

// wholeUnits are the names of the units that lengths and periods count in; a
// millisecond only tells moments apart.
var wholeUnits = unitNames[Second:]

// grainNames are all names that may stand behind the colon.
var grainNames = slices.Concat(unitNames[1:], cyclicNames[1:])

// String returns the unit as query lines and model files spell it; "" for
// NoUnit.
func (u Unit) String() string {
	if int(u) >= len(unitNames) {
		return ""
	}
	return unitNames[u]
}

// ParseUnit reads what Unit.String wrote; "" is no unit.
func ParseUnit(name string) (Unit, bool) {
	i := slices.Index(unitNames, name)
	return Unit(max(i, 0)), i > 0
}

// String returns the part as query lines spell it; "" for NoCycle.
func (c Cyclic) String() string {
	if int(c) >= len(cyclicNames) {
		return ""
	}
	return cyclicNames[c]
}

// String returns the grain as query lines spell it; "" for the zero Grain.
func (g Grain) String() string {
	if g.Cyclic != NoCycle {
		return g.Cyclic.String()
	}
	return g.Unit.String()
}

// ParseGrain reads what Grain.String wrote; "" is no grain.
func ParseGrain(name string) (Grain, bool) {
	if u, ok := ParseUnit(name); ok {
		return Grain{Unit: u}, true
	}
	i := slices.Index(cyclicNames, name)
	return Grain{Cyclic: Cyclic(max(i, 0))}, i > 0
}
