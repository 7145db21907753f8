package sqlgen

import (
	"fmt"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
)

// clocks brings raw time columns to the model's wall clock and back.
type clocks struct {
	d        dialect.Dialect
	calendar *semantic.Calendar
	from, to time.Time // of what the plan reads, to bound the changes of summer time
}

// The span that a plan without a window is taken to read.
var (
	firstMoment = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	lastMoment  = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
)

// newClocks takes the hull of all the plan's windows, with a year on either
// side for windows inside nested plans and shifts; an open end opens it.
func newClocks(d dialect.Dialect, p *semantic.Plan) clocks {
	c := clocks{d: d, from: firstMoment, to: lastMoment}
	if p.Model != nil {
		c.calendar = p.Model.Calendar
	}
	if p.Window.Start.IsZero() || p.Window.End.IsZero() {
		return c
	}
	c.from, c.to = p.Window.Start, p.Window.End
	for _, w := range p.Comparisons {
		if w.Start.IsZero() || w.End.IsZero() {
			c.from, c.to = firstMoment, lastMoment
			return c
		}
		if w.Start.Before(c.from) {
			c.from = w.Start
		}
		if w.End.After(c.to) {
			c.to = w.End
		}
	}
	c.from, c.to = c.from.AddDate(-1, 0, 0), c.to.AddDate(1, 0, 0)
	return c
}

// stored is the zone of a column's values, and whether it differs from the
// model's.
func (c clocks) stored(t semantic.ColumnType) (stored, model *time.Location, differs bool, err error) {
	name, home := t.Zone, "UTC"
	if c.calendar != nil && c.calendar.Zone != "" {
		home = c.calendar.Zone
	}
	if t.Coding == semantic.EpochSeconds || t.Coding == semantic.EpochMillis {
		name = "UTC"
	}
	if t.Kind != semantic.Timestamp || name == "" || name == home {
		return nil, nil, false, nil
	}
	if stored, err = time.LoadLocation(name); err != nil {
		return nil, nil, false, fmt.Errorf("sqlgen: %w", err)
	}
	if model, err = time.LoadLocation(home); err != nil {
		return nil, nil, false, fmt.Errorf("sqlgen: %w", err)
	}
	return stored, model, true, nil
}

// moment is a raw column as a date or timestamp on the model's wall clock.
func (c clocks) moment(x sqltree.Expr, t semantic.ColumnType) (value, error) {
	if t.Coding == semantic.CodedText && !dialect.LegalLayout(t.Layout) {
		return value{x: x}, unsupported("layout", t.Layout)
	}
	stored, model, differs, err := c.stored(t)
	out := value{x: c.d.Moment(x, t), kind: t.Kind}
	if differs {
		out.x = c.d.Local(out.x, dialect.Offsets(stored, model, c.from, c.to))
	}
	return out, err
}

// bounds gives the two tests of a raw time against a half-open range of
// wall-clock moments, nil for an open end, and what they test: the raw column
// where its coding sorts as time does.
func (c clocks) bounds(x sqltree.Expr, r semantic.TimeRange) (tested, low, high sqltree.Expr, err error) {
	t := r.Type
	stored, model, differs, err := c.stored(t)
	bound := func(v semantic.Value) sqltree.Expr {
		at := v.Time()
		if from := semantic.StartOf(at, t.Finest(), nil); t.Finest() > semantic.Day && from.Before(at) {
			at = semantic.AddUnits(from, t.Finest(), 1, nil) // a month is its first day, which comes after or before
		}
		if differs {
			at = inZone(at, model).In(stored)
		}
		return c.d.Bound(at, t)
	}
	if t.Coding == semantic.CodedText && !dialect.SortsAsTime(t.Layout) {
		var m value
		m, err = c.moment(x, t)
		x, t, differs = m.x, semantic.ColumnType{Kind: t.Kind}, false
	}
	if err != nil {
		return x, nil, nil, err
	}
	if digits(t) && c.d.Syntax().Plain {
		x = asText(x) // which compares neither numbers nor texts with the other kind
	}
	if !r.Start.IsNull() {
		low = bound(r.Start)
	}
	if !r.End.IsNull() {
		high = bound(r.End)
	}
	return x, low, high, nil
}

// inZone is the instant at which a zone's clock shows the face of t.
func inZone(t time.Time, zone *time.Location) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)
}

// trunc cuts a moment to a grain and moves it by whole units.
func (c clocks) trunc(m value, e semantic.Trunc) value {
	clock := e.Grain.Unit != semantic.NoUnit && e.Grain.Unit < semantic.Day
	out := value{x: dialect.Start(c.d, m.x, e.Grain.Unit, e.Calendar), kind: semantic.Date}
	if clock {
		out.kind = semantic.Timestamp
	}
	switch {
	case e.Shift != 0 && e.Calendar.InWeeks(e.ShiftUnit) && e.Calendar.InWeeks(e.Grain.Unit):
		out.x = dialect.Moved(c.d, m.x, e.Grain.Unit, e.Shift, e.ShiftUnit, e.Calendar)
	case e.Shift != 0:
		out.x = c.d.Shift(out.x, e.Shift, e.ShiftUnit, clock)
	}
	return out
}

// part is a cyclic part of a moment. A working day is a day of the week from
// Monday to Friday that is not listed as off, or one that is listed as worked.
func (c clocks) part(m value, e semantic.Part) value {
	out := value{kind: semantic.Int}
	if e.Grain.Cyclic != semantic.WorkingDay {
		out.x = c.d.Part(m.x, e.Grain.Cyclic)
		return out
	}
	day := c.d.Trunc(m.x, semantic.Day, e.Calendar)
	weekday := c.d.Part(m.x, semantic.DayOfWeek)
	works := &sqltree.Case{Else: sqltree.Int(0)}
	arm := func(cond sqltree.Expr, n int64) {
		works.Whens = append(works.Whens, sqltree.When{If: cond, Then: sqltree.Int(n)})
	}
	works.Whens = append(works.Whens, sqltree.When{If: &sqltree.IsNull{X: m.x}, Then: sqltree.NullLit()})
	if e.Calendar != nil && len(e.Calendar.MakeUpDays) > 0 {
		arm(&sqltree.InList{X: day, List: c.days(e.Calendar.MakeUpDays)}, 1)
	}
	if e.Calendar != nil && len(e.Calendar.DaysOff) > 0 {
		arm(&sqltree.InList{X: day, List: c.days(e.Calendar.DaysOff)}, 0)
	}
	arm(sqltree.Op(sqltree.Le, weekday, sqltree.Int(5)), 1)
	out.x = works
	return out
}

func (c clocks) days(list []time.Time) []sqltree.Expr {
	out := make([]sqltree.Expr, len(list))
	for i, t := range list {
		out[i] = c.d.Value(semantic.DateValue(t))
	}
	return out
}
