package semantic

import "time"

// ResolveVersus dates the second period of a comparison: what meets first, the
// interval that meant resolved to at the same clock.
//
// Prior is the period of the same kind just before: as many units, or for a
// free range as many months where it is made of whole ones, else as long. Ago
// moves by whole units; days that a month does not have are its last. A week
// moved by years keeps its number, the 53rd meeting the last of a shorter year;
// moved by months it is the week that holds the same middle day.
//
// Elapsed compares a running period, or one that data does not fill yet, with
// the same part of the second one (see ToNow), on the same day of the month;
// Full takes all of it.
// SameWeekday moves by the nearest whole weeks (364 days for a year).
// SameFestival, which a festival's Prior always is, takes the dates of the
// same festival in the earlier year. Another period is cut like a running
// first one where both count as many of one unit.
//
// It returns Problems as Resolve does; BadPeriod also where there is nothing
// to go back from (all time, an open end) and for an alignment that does not
// suit.
func ResolveVersus(first Interval, meant Period, v Versus, clock Clock) (Interval, error) {
	r, err := newResolver(clock)
	if err != nil {
		return Interval{}, err
	}
	c := comparison{r, first, meant, v}
	second, err := c.resolve()
	if err != nil {
		return Interval{}, err
	}
	return r.checked(second, meant)
}

// comparison finds a second period.
type comparison struct {
	resolver
	first Interval
	meant Period
	v     Versus
}

func (c comparison) resolve() (Interval, error) {
	_, festival := c.festivalBack(c.meant, 0)
	switch {
	case c.v.How == Other:
		return c.other(festival)
	case c.v.Align == SameFestival && !festival:
		return Interval{}, c.refuse("festival")
	case c.v.Align == SameFestival, festival && c.v.How == Prior && c.v.Align != SameWeekday:
		return c.sameFestival()
	case c.first.Start.IsZero() && c.first.End.IsZero():
		return Interval{}, c.refuse("all")
	case c.v.How == Ago && (c.v.N < 1 || !c.v.Unit.counts(c.v.N)):
		return Interval{}, c.refuse("")
	}
	whole, err := c.resolver.resolve(uncut(c.meant))
	if err != nil {
		return Interval{}, err
	}
	if c.v.How == Prior && (whole.Start.IsZero() || whole.End.IsZero()) {
		return Interval{}, c.refuse("open")
	}
	moved := c.passed(c.first)
	byDate := c.first.Partial || moved.End != c.first.End || isCut(c.meant)
	if c.v.Align == Full {
		moved, byDate = whole, false
	}
	return c.earlier(moved, whole, byDate)
}

func (c comparison) refuse(detail string) error {
	return badPeriod(c.meant, detail)
}

// uncut is the whole of a period to date.
func uncut(p Period) Period {
	switch p := p.(type) {
	case ToDate:
		return uncut(p.Of)
	case Shifted:
		return Shifted{uncut(p.Of), p.Unit, p.N}
	case FromTo:
		return FromTo{p.From, uncut(p.To)}
	}
	return p
}

// earlier moves what is compared back from the first period.
func (c comparison) earlier(moved, whole Interval, byDate bool) (Interval, error) {
	unit, n := c.v.Unit, c.v.N
	if c.v.How == Prior {
		unit, n = span(whole, c.cal)
	}
	if c.v.Align == SameWeekday {
		weeks := c.weeksBack(whole, unit, n)
		if weeks == 0 {
			return Interval{}, c.refuse("weekday")
		}
		return move(moved, Week, -weeks, true, c.cal), nil
	}
	if whole.Unit == Week && unit.months() > 0 && !moved.Start.IsZero() && !moved.End.IsZero() {
		start := weekAgo(moved.Start, unit, n, c.cal)
		moved.Start, moved.End = start, start.Add(moved.End.Sub(moved.Start))
		return moved, nil
	}
	if unit == NoUnit {
		length := whole.End.Sub(whole.Start)
		moved.Start, moved.End = moved.Start.Add(-length), moved.End.Add(-length)
		return moved, nil
	}
	return move(moved, unit, -n, byDate, c.cal), nil
}

// span is what a period counts: n of a unit. A free range of whole months
// counts months; another one counts nothing.
func span(whole Interval, c *Calendar) (Unit, int) {
	switch {
	case whole.Unit != NoUnit:
		return whole.Unit, unitsIn(whole, whole.Unit, c)
	case startsMonth(whole.Start) && startsMonth(whole.End):
		return Month, unitsIn(whole, Month, c)
	}
	return NoUnit, 0
}

// weeksBack is how many whole weeks come nearest to n units. Where a period
// is one of days or a free range, they are at least as long as the period.
func (c comparison) weeksBack(whole Interval, unit Unit, n int) int {
	const week = 7 * day
	if c.v.How == Prior && unit <= Day {
		return int((whole.End.Sub(whole.Start) + week - 1) / week)
	}
	from := whole.Start
	if from.IsZero() {
		from = whole.End
	}
	return int((from.Sub(AddUnits(from, unit, -n, c.cal)) + week/2) / week)
}

// weekAgo is the start of the week that meets the one beginning with start,
// n units of months or years earlier.
func weekAgo(start time.Time, unit Unit, n int, c *Calendar) time.Time {
	middle := start.Add(3 * day)
	if calendarUnit(unit) != Year {
		return truncWeek(AddUnits(middle, unit, -n, c), start.Weekday())
	}
	year := monthStart((middle.Year() - n) * 12)
	first, end := weeksInside(Interval{Start: year, End: AddUnits(year, Year, 1, c)}, start.Weekday())
	week := first.AddDate(0, 0, (middle.YearDay()-1)/7*7)
	if !week.Before(end) {
		return end.AddDate(0, 0, -7)
	}
	return week
}

// other dates a second period of its own.
func (c comparison) other(festival bool) (Interval, error) {
	second, err := c.resolver.resolve(c.v.Period)
	if err != nil {
		return Interval{}, err
	}
	if _, both := c.festivalBack(c.v.Period, 0); c.v.Align == SameFestival && festival && both {
		return c.cutFestival(second), nil
	}
	switch c.v.Align {
	case SameWeekday:
		return Interval{}, c.refuse("weekday")
	case SameFestival:
		return Interval{}, c.refuse("festival")
	case Elapsed:
		return c.cutAlike(second)
	}
	return second, nil
}

// cutAlike cuts a period where now stands in the first one, if that runs and
// both count as many of one unit.
func (c comparison) cutAlike(second Interval) (Interval, error) {
	whole, err := c.resolver.resolve(uncut(c.meant))
	if err != nil {
		return Interval{}, err
	}
	visible := c.passed(c.first)
	closed := !second.Start.IsZero() && !second.End.IsZero() && !whole.Start.IsZero() && !whole.End.IsZero()
	complete := visible.End.Equal(whole.End) && !c.first.Partial
	if complete || !closed || second.Unit == NoUnit || second.Unit != whole.Unit {
		return second, nil
	}
	if unitsIn(second, second.Unit, c.cal) == unitsIn(whole, whole.Unit, c.cal) {
		return cutLike(second, Interval{Start: whole.Start, End: visible.End}, c.cal), nil
	}
	return second, nil
}

// sameFestival dates the festival in an earlier year.
func (c comparison) sameFestival() (Interval, error) {
	years := c.v.N
	if c.v.How == Prior {
		years = 1
	} else if c.v.Unit != Year || years < 1 {
		return Interval{}, c.refuse("festival")
	}
	back, _ := c.festivalBack(uncut(c.meant), years)
	second, err := c.resolver.resolve(back)
	if err != nil || c.v.Align == Full {
		return second, err
	}
	return c.cutFestival(second), nil
}

// cutFestival leaves as many days of a festival as have passed of a running
// first one.
func (c comparison) cutFestival(second Interval) Interval {
	visible := c.passed(c.first)
	if !c.first.Partial && visible.End.Equal(c.first.End) || visible.Start.IsZero() || visible.End.IsZero() || second.Start.IsZero() {
		return second
	}
	return endBy(second, second.Start.Add(visible.End.Sub(visible.Start)))
}

// festivalBack is a period in which every festival is that of some years
// earlier; ok is false when another date is part of it.
func (c comparison) festivalBack(p Period, years int) (back Period, ok bool) {
	switch p := p.(type) {
	case Festival:
		return Festival{p.Name, c.year(p) - years}, true
	case Within:
		p.Of, ok = c.festivalBack(p.Of, years)
		return p, ok
	case ToDate:
		p.Of, ok = c.festivalBack(p.Of, years)
		return p, ok
	case Shifted:
		p.Of, ok = c.festivalBack(p.Of, years)
		return p, ok
	case Open:
		p.Of, ok = c.festivalBack(p.Of, years)
		return p, ok
	case FromTo:
		from, fromToo := c.festivalBack(p.From, years)
		to, toToo := c.festivalBack(p.To, years)
		return FromTo{from, to}, fromToo && toToo
	}
	return p, false
}
