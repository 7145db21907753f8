package semantic

import "time"

// Unit is a calendar unit that a period, a grain or a shift counts in.
type Unit uint8

// The units, finest first. The fiscal ones follow Calendar.FiscalStart.
const (
	NoUnit      Unit = iota
	Millisecond      // of a grain alone
	Second
	Minute
	Hour
	Day
	Week
	Month
	Quarter
	Half
	Year
	FiscalMonth
	FiscalQuarter
	FiscalHalf
	FiscalYear
)

// Grain is how fine a time dimension is cut: a Unit, or a cyclic part that
// repeats (the weekday, the hour of the day).
type Grain struct {
	Unit   Unit   // NoUnit when Cyclic is set
	Cyclic Cyclic // NoCycle when Unit is set
}

// Cyclic is a repeating part of a date, as an integer.
type Cyclic uint8

// The cyclic parts. Days of the week count from 1, the calendar's first day
// being Monday = 1 always (ISO 8601), weeks of the year are ISO weeks.
const (
	NoCycle Cyclic = iota
	HourOfDay
	DayOfWeek
	DayOfMonth
	DayOfYear
	WeekOfYear
	MonthOfYear
	QuarterOfYear
	WorkingDay // 1 on a working day of the calendar, 0 on a day off
)

// Period is a span of time as it was meant, before now and the calendar are
// known. The set is closed. Text forms are in the package documentation.
type Period interface{ period() }

// AllTime is no restriction: all.
type AllTime struct{}

// Relative is whole units counted from the one that holds now, both ends
// included: month(-1), day(-7..-1), year(0).
type Relative struct {
	Unit     Unit
	From, To int
}

// Absolute is one named unit: 2025, 2026-H1, 2026-Q1, 2026-03, 2026-W12,
// 2026-03-05, fiscal_year(2025), fiscal_quarter(2025-Q1).
type Absolute struct {
	Unit Unit
	Year int
	N    int // 1-based half, quarter, month or ISO week in the year; month×100+day for Day; 0 for a year
}

// Range is a half-open range of wall-clock instants; a zero end is open:
// 2026-06-01..2026-07-01, 2026-06-01.., ..2026-07-01T12:00.
type Range struct{ Start, End time.Time }

// FromTo is from the start of From to the end of To: month(-3) to day(0).
type FromTo struct{ From, To Period }

// Open is a period with one open end relative to another period: since(P)
// starts with it, after(P) starts behind it, before(P) ends where it starts,
// until(P) ends with it.
type Open struct {
	How OpenKind
	Of  Period
}

// OpenKind is which end of an Open is open.
type OpenKind uint8

// The kinds of open periods.
const (
	Since OpenKind = iota
	After
	Before
	Until
)

// Within picks the From-th to To-th unit inside a period, counted from 1, or
// from the end with negative numbers: year(-1).month(3), week(-2).day(3),
// month(-1).day(1..10), month(0).day(-5..-1).
type Within struct {
	Of       Period
	Unit     Unit
	From, To int
}

// ToDate is a period cut where now stands in the period of its kind that holds
// now: year(0).to_date is the year so far, year(-1).to_date last year up to the
// same day.
type ToDate struct{ Of Period }

// Shifted is a period moved by whole units: month(0).shift(year, -1).
type Shifted struct {
	Of   Period
	Unit Unit
	N    int
}

// Festival is a named festival or campaign of the model's calendar in a year:
// festival(spring, 0) this year's, festival(double11, 2025).
type Festival struct {
	Name string
	Year int // an absolute year from 1000 on, else an offset from the current year
}

func (AllTime) period()  {}
func (Relative) period() {}
func (Absolute) period() {}
func (Range) period()    {}
func (FromTo) period()   {}
func (Open) period()     {}
func (Within) period()   {}
func (ToDate) period()   {}
func (Shifted) period()  {}
func (Festival) period() {}

// Interval is a resolved period: a half-open range of wall-clock instants in the
// model's time zone, carried as UTC times. A zero end is open.
type Interval struct {
	Start, End time.Time
	Unit       Unit // the unit the period was counted in; NoUnit for a free range
	Partial    bool // now lies inside: the period is still running
}

// Calendar holds what a period needs to be resolved. A nil Calendar is UTC,
// weeks from Monday, the fiscal year the calendar year, no festivals.
type Calendar struct {
	Zone        string // IANA name of the wall clock that periods follow
	WeekStart   time.Weekday
	FiscalStart int          // first month of the fiscal year, 1 to 12; 0 is 1
	FiscalByEnd bool         // the fiscal year is named by the calendar year it ends in
	WithToday   bool         // the last n days of a question end with today, not with yesterday
	FiscalWeeks [3]int       // weeks of the months of a fiscal quarter, such as 4, 4 and 5; zero where fiscal months are those of the calendar
	FiscalLead  int          // with FiscalWeeks: how many days after its first month begins a year may begin; see FiscalNearest
	Festivals   []FestivalOf // in file order
	DaysOff     []time.Time  // days off besides the weekend
	MakeUpDays  []time.Time  // weekend days that are worked
}

// FestivalOf is one festival or campaign with its dates by year.
type FestivalOf struct {
	Name  string
	Names Names
	Dates []FestivalDates // ascending by year
}

// FestivalDates is when a festival takes place in one year. End is exclusive.
type FestivalDates struct {
	Year       int
	Start, End time.Time
}
