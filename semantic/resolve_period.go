package semantic

import (
	"strconv"
	"time"
)

// Resolve dates a period: which wall-clock instants it meant when the clock
// stood as it does. A nil period is all time, the zero Interval.
//
// Weeks begin on the calendar's day, but a week named by its number is that of
// ISO 8601. The n-th week inside a period is the n-th whose fourth day lies in
// it, as ISO 8601 numbers the weeks of a year; every other unit inside lies
// wholly in it. Periods to date end with today: at the start of tomorrow.
//
// It returns Problems: BadPeriod for what cannot be dated (an end before its
// start, the 31st of a short month, a year out of 1000 to 9999), OutOfCalendar
// for a zone or a festival's year that the calendar does not hold, UnknownName
// for a festival.
func Resolve(p Period, clock Clock) (Interval, error) {
	r, err := newResolver(clock)
	if err != nil {
		return Interval{}, err
	}
	return r.resolve(p)
}

// ToNow returns the part of an interval that has passed and holds data: it ends
// with today, or with the last day that has data when the clock says that data
// ends before now. What is over, or has not begun, stays as it is.
func ToNow(i Interval, clock Clock) (Interval, error) {
	r, err := newResolver(clock)
	if err != nil {
		return Interval{}, err
	}
	return r.passed(i), nil
}

// String returns the dates as a query line would name them:
// 2026-06-01..2026-07-01, or all.
func (i Interval) String() string { return PeriodString(Range{i.Start, i.End}) }

// resolver dates periods at one moment.
type resolver struct {
	now   time.Time // wall clock
	until time.Time // wall clock; where the data ends, at most now
	cal   *Calendar
}

func newResolver(clock Clock) (resolver, error) {
	now, until, err := clock.Wall()
	return resolver{now, until, clock.Calendar}, err
}

// tomorrow is where periods to date end.
func (r resolver) tomorrow() time.Time { return r.now.Truncate(day).AddDate(0, 0, 1) }

// dataEnd is the end of the last day that has data.
func (r resolver) dataEnd() time.Time {
	if !r.until.Before(r.now) {
		return r.tomorrow()
	}
	return r.until.Add(day - 1).Truncate(day)
}

func (r resolver) resolve(p Period) (Interval, error) {
	i, err := r.node(p)
	if err != nil {
		return Interval{}, err
	}
	return r.checked(i, p)
}

// checked refuses what no calendar holds and says whether the interval runs.
func (r resolver) checked(i Interval, p Period) (Interval, error) {
	empty := !i.Start.IsZero() && !i.End.IsZero() && !i.Start.Before(i.End)
	if empty || outside(i.Start) || outside(i.End) {
		return Interval{}, badPeriod(p, i.String())
	}
	i.Partial = r.runs(i)
	return i, nil
}

func outside(t time.Time) bool {
	return !t.IsZero() && (t.Year() < 1000 || t.Year() > maxYear)
}

// runs reports whether now lies inside; all time does not run.
func (r resolver) runs(i Interval) bool {
	if i.Start.IsZero() && i.End.IsZero() {
		return false
	}
	return !r.now.Before(i.Start) && (i.End.IsZero() || r.now.Before(i.End))
}

// passed cuts an interval where the data ends, or with today when none of it
// has data yet.
func (r resolver) passed(i Interval) Interval {
	if i.Start.IsZero() && i.End.IsZero() || i.Start.After(r.now) {
		return i
	}
	cut := r.dataEnd()
	if !cut.After(i.Start) {
		cut = r.tomorrow()
	}
	return endBy(i, cut)
}

func endBy(i Interval, end time.Time) Interval {
	if i.End.IsZero() || end.Before(i.End) {
		i.End = end
	}
	return i
}

func badPeriod(p Period, detail string) error {
	return Problems{{Code: BadPeriod, Name: PeriodString(p), Detail: detail}}
}

func (r resolver) node(p Period) (Interval, error) {
	switch p := p.(type) {
	case Relative:
		return r.relative(p)
	case Absolute:
		return r.absolute(p)
	case Range:
		return Interval{Start: p.Start, End: p.End}, nil
	case FromTo:
		return r.fromTo(p)
	case Open:
		return r.open(p)
	case Within:
		return r.within(p)
	case ToDate:
		return r.toDate(p)
	case Shifted:
		return r.shifted(p)
	case Festival:
		return r.festival(p)
	}
	return Interval{}, nil
}

// counts reports whether periods can count in the unit, n away from now.
func (u Unit) counts(n int) bool {
	return u != NoUnit && u <= FiscalYear && -maxOffset(u) <= n && n <= maxOffset(u)
}

func (r resolver) relative(p Relative) (Interval, error) {
	if !p.Unit.counts(p.From) || !p.Unit.counts(p.To) || p.From > p.To {
		return Interval{}, badPeriod(p, "")
	}
	base := StartOf(r.now, p.Unit, r.cal)
	return Interval{Start: AddUnits(base, p.Unit, p.From, r.cal), End: AddUnits(base, p.Unit, p.To+1, r.cal), Unit: p.Unit}, nil
}

func (r resolver) absolute(p Absolute) (Interval, error) {
	if !p.valid() {
		return Interval{}, badPeriod(p, "")
	}
	var start time.Time
	switch p.Unit {
	case Day:
		start = time.Date(p.Year, time.Month(p.N/100), p.N%100, 0, 0, 0, 0, time.UTC)
	case Week: // the first one holds 4 January
		start = truncWeek(time.Date(p.Year, time.January, 4, 0, 0, 0, 0, time.UTC), time.Monday).AddDate(0, 0, 7*(p.N-1))
	default:
		first := p.Year * 12
		if calendarUnit(p.Unit) != p.Unit {
			first = r.cal.fiscalStart(p.Year)
		}
		first += max(p.N-1, 0) * p.Unit.months()
		if start = monthStart(first); r.cal.InWeeks(p.Unit) {
			start = r.cal.startInWeeks(first - r.cal.fiscalOffset())
		}
	}
	return Interval{Start: start, End: AddUnits(start, p.Unit, 1, r.cal), Unit: p.Unit}, nil
}

func (r resolver) fromTo(p FromTo) (Interval, error) {
	from, err := r.resolve(p.From)
	if err != nil {
		return Interval{}, err
	}
	to, err := r.resolve(p.To)
	if err != nil {
		return Interval{}, err
	}
	i := Interval{Start: from.Start, End: to.End}
	if from.Unit == to.Unit {
		i.Unit = from.Unit
	}
	return i, nil
}

func (r resolver) open(p Open) (Interval, error) {
	of, err := r.resolve(p.Of)
	if err != nil {
		return Interval{}, err
	}
	i := map[OpenKind]Interval{
		Since:  {Start: of.Start},
		After:  {Start: of.End},
		Before: {End: of.Start},
		Until:  {End: of.End},
	}[p.How]
	if i == (Interval{}) {
		return i, badPeriod(p, "open")
	}
	return i, nil
}

func (r resolver) within(p Within) (Interval, error) {
	of, err := r.resolve(p.Of)
	if err != nil {
		return Interval{}, err
	}
	if !p.Unit.counts(p.From) || !p.Unit.counts(p.To) || p.From == 0 || p.To == 0 || of.Start.IsZero() || of.End.IsZero() {
		return Interval{}, badPeriod(p, "")
	}
	first, end := r.inside(of, p.Unit)
	i := Interval{Start: AddUnits(first, p.Unit, p.From-1, r.cal), End: AddUnits(first, p.Unit, p.To, r.cal), Unit: p.Unit}
	if p.From < 0 {
		i.Start = AddUnits(end, p.Unit, p.From, r.cal)
	}
	if p.To < 0 {
		i.End = AddUnits(end, p.Unit, p.To+1, r.cal)
	}
	if i.Start.Before(first) || i.End.After(end) || !i.Start.Before(i.End) {
		return Interval{}, badPeriod(p, strconv.Itoa(unitsIn(Interval{Start: first, End: end}, p.Unit, r.cal)))
	}
	return i, nil
}

// inside returns the start of the first unit inside an interval and the end of
// the last one.
func (r resolver) inside(i Interval, u Unit) (first, end time.Time) {
	if u == Week {
		return weeksInside(i, r.cal.weekStart())
	}
	first, end = StartOf(i.Start, u, r.cal), StartOf(i.End, u, r.cal)
	if first.Before(i.Start) {
		first = AddUnits(first, u, 1, r.cal)
	}
	return first, end
}

// weeksInside counts the weeks whose fourth day lies in the interval.
func weeksInside(i Interval, start time.Weekday) (first, end time.Time) {
	first = truncWeek(i.Start.Add(-3*day), start)
	if first.Add(3 * day).Before(i.Start) {
		first = first.AddDate(0, 0, 7)
	}
	return first, truncWeek(i.End.Add(-3*day-1), start).AddDate(0, 0, 7)
}

// unitsIn is how many units an interval spans, a begun one included. The
// interval starts with a unit.
func unitsIn(i Interval, u Unit, c *Calendar) int {
	if c.InWeeks(u) {
		from, _ := c.monthInWeeks(i.Start)
		to, _ := c.monthInWeeks(i.End.Add(-1))
		return (to - from + u.months()) / u.months()
	}
	if u.months() == 0 {
		return int((i.End.Sub(i.Start) + u.length() - 1) / u.length())
	}
	months := monthOf(i.End.Add(-1)) - monthOf(i.Start) + 1
	return (months + u.months() - 1) / u.months()
}

func (r resolver) toDate(p ToDate) (Interval, error) {
	i, err := r.resolve(p.Of)
	switch {
	case err != nil:
		return Interval{}, err
	case r.runs(i):
		return endBy(i, r.tomorrow()), nil
	case i == (Interval{}):
		return Interval{End: r.tomorrow()}, nil
	case i.Unit == NoUnit || unitsIn(i, i.Unit, r.cal) != 1:
		return Interval{}, badPeriod(p, "to_date")
	}
	return cutLike(i, Interval{Start: StartOf(r.now, i.Unit, r.cal), End: r.tomorrow()}, r.cal), nil
}

// cutLike ends a period where another of its kind is cut: on the same day of
// the same month of it, or after as many days.
func cutLike(i, cut Interval, c *Calendar) Interval {
	if i.Unit.months() > 0 && !c.InWeeks(i.Unit) {
		return endBy(i, moveEnd(cut.End, Month, monthOf(i.Start)-monthOf(cut.Start), c))
	}
	return endBy(i, i.Start.Add(cut.End.Sub(cut.Start)))
}

// moveEnd moves an exclusive end so that the last instant before it moves.
func moveEnd(end time.Time, u Unit, n int, c *Calendar) time.Time {
	return AddUnits(end.Add(-1), u, n, c).Add(1)
}

func (r resolver) shifted(p Shifted) (Interval, error) {
	of, err := r.resolve(p.Of)
	if err != nil {
		return Interval{}, err
	}
	if !p.Unit.counts(p.N) {
		return Interval{}, badPeriod(p, "")
	}
	return move(of, p.Unit, p.N, isCut(p.Of), r.cal), nil
}

// move moves both ends by whole units. Whole months stay whole months, unless
// byDate says that the interval is one of days: then its last day moves.
func move(i Interval, u Unit, n int, byDate bool, c *Calendar) Interval {
	if c.InWeeks(u) && !byDate && c.wholeInWeeks(i) {
		return Interval{Start: AddUnits(i.Start, u, n, c), End: AddUnits(i.End, u, n, c), Unit: i.Unit, Partial: i.Partial}
	}
	byDate = byDate || i.Unit != NoUnit && i.Unit <= Day || !startsMonth(i.Start) || !startsMonth(i.End)
	if !i.Start.IsZero() {
		i.Start = AddUnits(i.Start, u, n, c)
	}
	switch {
	case i.End.IsZero():
	case byDate && u.months() > 0:
		i.End = moveEnd(i.End, u, n, c)
	default:
		i.End = AddUnits(i.End, u, n, c)
	}
	return i
}

// startsMonth reports whether an end of an interval is open or the first
// instant of a month.
func startsMonth(t time.Time) bool {
	return t.IsZero() || t.Equal(monthStart(monthOf(t)))
}

// isCut reports whether a period ends where now stands in it.
func isCut(p Period) bool {
	switch p := p.(type) {
	case ToDate:
		return true
	case Shifted:
		return isCut(p.Of)
	case FromTo:
		return isCut(p.To)
	}
	return false
}

// year is the absolute year of a festival.
func (r resolver) year(f Festival) int {
	if f.Year >= 1000 {
		return f.Year
	}
	return r.now.Year() + f.Year
}

func (r resolver) festival(p Festival) (Interval, error) {
	var names, years []string
	var festivals []FestivalOf
	if r.cal != nil {
		festivals = r.cal.Festivals
	}
	for _, f := range festivals {
		names = append(names, f.Name)
		if f.Name != p.Name {
			continue
		}
		for _, d := range f.Dates {
			if d.Year == r.year(p) {
				return Interval{Start: d.Start, End: d.End}, nil
			}
			years = append(years, strconv.Itoa(d.Year))
		}
		return Interval{}, Problems{{Code: OutOfCalendar, Name: p.Name, Detail: strconv.Itoa(r.year(p)), Near: years}}
	}
	return Interval{}, Problems{{Code: UnknownName, Name: p.Name, Detail: "festival", Near: nearest(p.Name, names)}}
}
