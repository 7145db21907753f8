package sqlgen

import (
	"strconv"
	"time"

	"wenshu/semantic"
	"wenshu/sqlgen/dialect"
	"wenshu/sqlgen/sqltree"
)

// spanColumn is a column of a list of spans.
type spanColumn struct {
	name string
	of   func(sp *semantic.Stretch) semantic.Value
}

// columnsOf are the keys p0, p1, …, the end pe, the start ps where any is closed,
// and where they are asked for the moments pm.
func columnsOf(o *semantic.Over, moments bool) []spanColumn {
	var list []spanColumn
	for i := range o.Spans[0].Keys {
		list = append(list, spanColumn{"p" + strconv.Itoa(i), func(sp *semantic.Stretch) semantic.Value { return sp.Keys[i] }})
	}
	bound := func(v semantic.Value) semantic.Value {
		if spanKind(o) == semantic.Date && !v.IsNull() {
			return semantic.DateValue(v.Time())
		}
		return v
	}
	list = append(list, spanColumn{"pe", func(sp *semantic.Stretch) semantic.Value { return bound(sp.End) }})
	if !openStart(o) {
		list = append(list, spanColumn{"ps", func(sp *semantic.Stretch) semantic.Value { return bound(sp.Start) }})
	}
	if moments {
		list = append(list, spanColumn{"pm", func(sp *semantic.Stretch) semantic.Value { return sp.Moment }})
	}
	return list
}

// made is the list of spans as a CTE that computes them from their moments, where
// those are a series and all else follows from them; "" where it does not. The
// list is DISTINCT so that engines compute it once, and not for each row that
// they hold against it.
func (c *compiler) made(o *semantic.Over, columns []spanColumn) string {
	s, ok := seriesOf(len(o.Spans), func(i int) semantic.Value { return o.Spans[i].Moment })
	if !ok || c.plain() {
		return ""
	}
	list := c.name('v')
	f := follower{c: c, calendar: c.clocks.calendar, spans: o.Spans, from: s, x: sqltree.C(list, "pm")}
	sel := &sqltree.Select{Distinct: true, From: fromCTE(list)}
	for _, col := range columns {
		x := f.follow(col.of)
		if x == nil {
			return ""
		}
		sel.Items = append(sel.Items, sqltree.Item{Expr: x, Alias: col.name})
	}
	c.ctes = append(c.ctes, sqltree.CTE{Name: list, Query: &sqltree.Query{Body: c.counted(s, "pm")}})
	return c.with('v', sel)
}

// follower finds how a column of spans follows from their moments, which are a
// series.
type follower struct {
	c        *compiler
	calendar *semantic.Calendar
	spans    []semantic.Stretch
	from     series
	x        sqltree.Expr // a moment
}

// startUnits are the units by whose starts a column may follow.
var startUnits = []semantic.Unit{semantic.NoUnit, semantic.Day, semantic.Week, semantic.Month, semantic.Quarter, semantic.Half, semantic.Year,
	semantic.FiscalMonth, semantic.FiscalQuarter, semantic.FiscalHalf, semantic.FiscalYear, semantic.Hour, semantic.Minute}

// follow is the expression that gives every value of a column from its moment, nil
// for none: so far, or whole months, from the start of a unit that holds the moment
// (NoUnit is the moment itself), or whole months from the moment or from the next.
func (f follower) follow(of func(sp *semantic.Stretch) semantic.Value) sqltree.Expr {
	kind := of(&f.spans[0]).Kind()
	if kind != semantic.Date && kind != semantic.Timestamp {
		return nil
	}
	for _, u := range startUnits {
		start := semantic.StartsOf(u, f.calendar)
		far := of(&f.spans[0]).Time().Sub(start(f.spans[0].Moment.Time()))
		if f.all(of, kind, func(m time.Time) time.Time { return start(m).Add(far) }) && far%time.Second == 0 {
			return f.since(u, far, kind == semantic.Timestamp)
		}
	}
	for _, u := range startUnits[1:] {
		start := semantic.StartsOf(u, f.calendar)
		n := monthsBetween(start(f.spans[0].Moment.Time()), of(&f.spans[0]).Time())
		if f.all(of, kind, func(m time.Time) time.Time { return semantic.AddUnits(start(m), semantic.Month, n, nil) }) {
			return f.c.d.Shift(dialect.Start(f.c.d, f.x, u, f.calendar), n, semantic.Month, kind == semantic.Timestamp)
		}
	}
	for _, step := range []int{0, f.from.step} {
		base := func(m time.Time) time.Time { return laterBy(m, f.from.unit, step) }
		n := monthsBetween(base(f.spans[0].Moment.Time()), of(&f.spans[0]).Time())
		if f.all(of, kind, func(m time.Time) time.Time { return semantic.AddUnits(base(m), semantic.Month, n, nil) }) {
			return f.months(step, n, kind == semantic.Timestamp)
		}
	}
	return nil
}

// all reports whether every value of a column is of the kind and what from makes
// of its moment.
func (f follower) all(of func(sp *semantic.Stretch) semantic.Value, kind semantic.Kind, from func(m time.Time) time.Time) bool {
	for i := range f.spans {
		sp := &f.spans[i]
		if v := of(sp); v.Kind() != kind || !v.Time().Equal(from(sp.Moment.Time())) {
			return false
		}
	}
	return true
}

func monthsBetween(from, to time.Time) int {
	return 12*(to.Year()-from.Year()) + int(to.Month()) - int(from.Month())
}

// since is a distance from the start of a unit.
func (f follower) since(u semantic.Unit, far time.Duration, clock bool) sqltree.Expr {
	d, x := f.c.d, f.x
	if u != semantic.NoUnit {
		x = dialect.Start(d, x, u, f.calendar)
	}
	switch {
	case far%(24*time.Hour) != 0:
		return d.Shift(x, int(far/time.Second), semantic.Second, clock)
	case far != 0:
		return d.Shift(x, int(far/(24*time.Hour)), semantic.Day, clock)
	case !clock:
		return d.Trunc(x, semantic.Day, nil)
	case u != semantic.NoUnit:
		return d.Trunc(x, semantic.Second, nil)
	}
	return x
}

// months is whole months from the moment that lies a step ahead.
func (f follower) months(step, n int, clock bool) sqltree.Expr {
	x := f.x
	if step != 0 {
		x = f.c.d.Shift(x, step, f.from.unit, true)
	}
	return f.c.d.Shift(x, n, semantic.Month, clock)
}
