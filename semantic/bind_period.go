package semantic

import (
	"slices"
	"time"
)

// window is one period that branches read: the visible one, or a comparison with
// the shift that lets its time keys meet the visible ones.
type window struct {
	meant     []Period
	spans     []Interval // empty is all time
	shift     int
	shiftUnit Unit
	base      int       // 0 for the visible window and those derived from it, else 1 + index of the comparison
	follows   bool      // its rows add no periods of their own
	over      *spanList // its rows count by spans; nil for once each
	moved     *dayMove  // its rows count on another day; nil for their own
}

// bindWindows dates the visible period and the comparisons.
func (b *binder) bindWindows(atoms []atom) {
	b.choosePeriod(atoms)
	b.findAxes(atoms)
	b.times = []window{{meant: b.query.During}}
	for _, p := range b.query.During {
		iv, err := b.resolve(p)
		if err != nil {
			b.failError(err)
			return
		}
		if !iv.Start.IsZero() || !iv.End.IsZero() {
			b.times[0].spans = append(b.times[0].spans, iv)
		}
	}
	if len(b.times[0].spans) > 0 {
		b.needAxis(atoms)
	}
	b.plan.Window, b.plan.Windows = hull(b.times[0].spans), nil
	if len(b.times[0].spans) > 1 {
		b.plan.Windows = b.times[0].spans
	}
	b.plan.TimeOf = b.commonAxis(atoms)
	for _, v := range b.query.Versus {
		b.bindVersus(v)
	}
}

// resolve dates a period. What is meant to date ends where the data ends, so that
// it meets a comparison cut there.
func (b *binder) resolve(p Period) (Interval, error) {
	iv, err := Resolve(p, b.clock)
	if _, toDate := p.(ToDate); err == nil && toDate && iv.Partial {
		return ToNow(iv, b.clock)
	}
	return iv, err
}

func (b *binder) failError(err error) {
	switch e := err.(type) {
	case Problems:
		for _, p := range e {
			b.fail(p)
		}
	case Problem:
		b.fail(e)
	default:
		b.fail(Problem{Code: Internal, Detail: err.Error()})
	}
}

// bindOn resolves the time dimension that the query names for all its metrics.
func (b *binder) bindOn(atoms []atom) {
	if b.query.On == nil {
		return
	}
	d := b.dimension(*b.query.On, homesOf(atoms))
	if d == nil {
		return
	}
	if d.Type.Finest() == NoUnit {
		b.fail(Problem{Code: WrongType, Name: dotted(*b.query.On), Detail: "time"})
		return
	}
	b.on = d
}

// choosePeriod takes the metrics' default period when the question names none
// and they agree on one; it is always stated.
func (b *binder) choosePeriod(atoms []atom) {
	if len(b.query.During) > 0 || b.depth > 0 {
		return
	}
	chosen := b.defaultPeriod(atoms)
	if (chosen == nil || chosen == Period(AllTime{})) && NamesPeriod(b.query.Where) {
		return
	}
	if chosen != nil {
		b.query.During = []Period{chosen}
		b.assume(Assumption{What: "period", Value: PeriodString(chosen), Others: []string{"all", "month(-1)", "year(0).to_date"}})
		return
	}
	for _, a := range atoms {
		if b.axisOf(a) != nil {
			b.assume(Assumption{What: "period", Value: "all", Others: []string{"month(-1)", "year(0).to_date"}})
			return
		}
	}
}

// NamesPeriod reports whether a condition keeps what is in a set of a period: then
// a period was named.
func NamesPeriod(cond Expr) bool {
	dated := false
	Walk(cond, func(e Expr) {
		in, ok := e.(In)
		dated = dated || ok && in.Sub != nil && len(in.Sub.During) > 0
	})
	return dated
}

// defaultPeriod is the one period that all items default to: the metric's own,
// or where it has none those of what it is made of; nil when they differ.
func (b *binder) defaultPeriod(atoms []atom) Period {
	var all []Period
	for _, it := range b.query.Items {
		if m := b.metricOf(it.Expr); m != nil && m.Default != nil {
			all = append(all, m.Default)
			continue
		}
		for _, a := range b.atomsOf(it.Expr) {
			if a.metric == nil {
				return nil
			}
			all = append(all, a.metric.Default)
		}
	}
	for _, p := range all {
		if p == nil || PeriodString(p) != PeriodString(all[0]) {
			return nil
		}
	}
	if len(all) == 0 || len(atoms) == 0 {
		return nil
	}
	return all[0]
}

func (b *binder) needAxis(atoms []atom) {
	for _, a := range atoms {
		d := b.axisOf(a)
		if d == nil {
			b.fail(Problem{Code: NoTime, Name: a.text()})
			continue
		}
		if a.metric != nil && a.metric.Prorate {
			continue
		}
		b.aligned(d, b.times[0].spans)
	}
}

// aligned refuses periods that a coarse time column cannot tell apart; one that ends
// inside one of its periods takes the whole period and says so.
func (b *binder) aligned(d *Dimension, spans []Interval) {
	finest := d.Type.Finest()
	if unitRank(finest) <= int(Day) {
		return
	}
	for _, iv := range spans {
		cal := b.clock.Calendar
		if !iv.Start.IsZero() && !StartOf(iv.Start, finest, cal).Equal(iv.Start) {
			b.fail(Problem{Code: GrainTooFine, Name: b.model.ShortName(d), Detail: iv.Unit.String(), Near: []string{finest.String()}})
			return
		}
		if !iv.End.IsZero() && !StartOf(iv.End, finest, cal).Equal(iv.End) {
			b.assume(Assumption{What: "coarse", Value: b.model.ShortName(d) + ":" + finest.String()})
		}
	}
}

// axisOf is the time axis of an atom: the query's, the metric's or the table's.
func (b *binder) axisOf(a atom) *Dimension {
	switch {
	case b.on != nil:
		return b.on
	case a.metric != nil && a.metric.Time != nil && !b.view.Hidden(a.metric.Time):
		return a.metric.Time
	}
	if t := a.home.Time; t != nil && !b.view.Hidden(t) {
		return t
	}
	return nil
}

func (b *binder) commonAxis(atoms []atom) *Dimension {
	var axis *Dimension
	for i, a := range atoms {
		d := b.axisOf(a)
		if i > 0 && d != axis {
			return nil
		}
		axis = d
	}
	return axis
}

// hull is the smallest interval that holds all spans.
func hull(spans []Interval) Interval {
	if len(spans) == 0 {
		return Interval{}
	}
	h := spans[0]
	for _, s := range spans[1:] {
		h.Unit = NoUnit
		h.Partial = h.Partial || s.Partial
		if s.Start.IsZero() || (!h.Start.IsZero() && s.Start.Before(h.Start)) {
			h.Start = s.Start
		}
		if s.End.IsZero() || (!h.End.IsZero() && s.End.After(h.End)) {
			h.End = s.End
		}
	}
	return h
}

// bindVersus dates one comparison and finds the shift of its time keys.
func (b *binder) bindVersus(v Versus) {
	first := b.times[0]
	if len(first.spans) > 1 {
		b.fail(Problem{Code: NoComparison, Detail: "several periods"})
		return
	}
	grain := b.timeGrain()
	if v.How == Prior && grain != NoUnit {
		v = Versus{How: Ago, Unit: grain, N: 1, Align: v.Align}
	}
	if cal := b.clock.Calendar; v.How == Ago && (cal.InWeeks(grain) || len(first.spans) == 1 && cal.InWeeks(first.spans[0].Unit)) {
		v.Unit = fiscalTwin(v.Unit)
	}
	w := window{}
	if len(first.spans) == 1 {
		iv, err := ResolveVersus(first.spans[0], b.query.During[0], v, b.clock)
		if err != nil {
			b.failError(err)
			return
		}
		w.spans = []Interval{iv}
		b.plan.Comparisons = append(b.plan.Comparisons, iv)
	} else {
		if v.How != Ago || grain == NoUnit {
			b.fail(Problem{Code: NoComparison, Detail: "period"})
			return
		}
		b.plan.Comparisons = append(b.plan.Comparisons, Interval{})
	}
	if grain != NoUnit {
		w.shift, w.shiftUnit = b.keyShift(v, first, w, grain)
	}
	w.base = len(b.plan.Comparisons)
	b.times = append(b.times, w)
}

func dayAfter(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, time.UTC)
}

// timeGrain is the unit of the finest key that cuts the time axis, NoUnit when
// there is none.
func (b *binder) timeGrain() Unit {
	if i := b.axisKey(); i >= 0 {
		return b.groups[i].grain.Unit
	}
	return NoUnit
}

// axisKey is the finest key that cuts the time axis of every metric, -1 for
// none.
func (b *binder) axisKey() int {
	best := -1
	for i, g := range b.groups {
		if g.cuts == cutsAll && (best < 0 || unitRank(g.grain.Unit) < unitRank(b.groups[best].grain.Unit)) {
			best = i
		}
	}
	return best
}

// nests reports whether every period of a unit lies within one of another.
func (b *binder) nests(fine, coarse Unit) bool {
	switch {
	case fine == coarse || unitRank(fine) <= int(Day):
		return true
	case b.clock.Calendar.InWeeks(coarse):
		return fine == Week || b.clock.Calendar.InWeeks(fine) && coarse.months()%fine.months() == 0
	case b.clock.Calendar.InWeeks(fine):
		return false
	case fine == Week || coarse == Week || coarse.months()%fine.months() != 0:
		return false
	}
	start := b.clock.Calendar.fiscalOffset()
	own, other := 0, 0
	if calendarUnit(fine) != fine {
		own = start
	}
	if calendarUnit(coarse) != coarse {
		other = start
	}
	return (other-own)%fine.months() == 0
}

// findAxes tells the keys that cut a metric's time axis from those that show
// another time of its rows, as a cohort does.
func (b *binder) findAxes(atoms []atom) {
	for i := range b.groups {
		g := &b.groups[i]
		if g.grain == (Grain{}) || g.dim == nil {
			continue
		}
		n := 0
		for _, a := range atoms {
			if b.cutsAxis(*g, a) {
				n++
			}
		}
		if g.grain.Cyclic != NoCycle {
			g.ofAxis = n == len(atoms)
			continue
		}
		switch n {
		case 0:
		case len(atoms):
			g.cuts = cutsAll
		default:
			g.cuts = cutsSome
		}
		b.plan.Keys[i].Axis = g.cuts == cutsAll
	}
}

func (b *binder) cutsAxis(g group, a atom) bool {
	axis := b.axisOf(a)
	if g.isAxis || axis == nil {
		return g.isAxis
	}
	t, ok := b.from(a.home, g.via, g.dim)
	if !ok || t.dim != axis {
		return false
	}
	path, ok := b.pathTo(a.home, axis.Table)
	return ok && pathKey(path) == pathKey(t.path)
}

// keyShift says by how much the time keys of a comparison move to meet the
// visible ones. Days are moved by days, so that no two meet in one.
func (b *binder) keyShift(v Versus, first, second window, grain Unit) (int, Unit) {
	known := len(first.spans) == 1 && len(second.spans) == 1 && !first.spans[0].Start.IsZero() && !second.spans[0].Start.IsZero()
	fine := unitRank(grain) <= int(Week)
	if !known && fine && v.How == Ago && unitRank(v.Unit) > int(Week) {
		b.fail(Problem{Code: NoComparison, Detail: "period"}) // two days of one month would meet in a shorter one's last
		return 0, NoUnit
	}
	if v.How == Ago && (!fine || unitRank(v.Unit) <= int(Week)) {
		return v.N, v.Unit
	}
	if v.How == Ago && v.Align == SameWeekday && v.Unit == Year {
		return 364 * v.N, Day
	}
	if known {
		days := int(first.spans[0].Start.Sub(second.spans[0].Start).Hours() / 24)
		if !fine {
			return unitsBetween(second.spans[0].Start, first.spans[0].Start, grain, b.clock.Calendar), grain
		}
		if grain == Week {
			return days / 7, Week
		}
		return days, Day
	}
	return v.N, v.Unit
}

// unitsBetween counts the whole units from one instant to a later one.
func unitsBetween(from, to time.Time, u Unit, c *Calendar) int {
	n := 0
	from, to = StartOf(from, u, c), StartOf(to, u, c)
	for from.Before(to) && n < 10000 {
		from = AddUnits(from, u, 1, c)
		n++
	}
	for to.Before(from) && n > -10000 {
		from = AddUnits(from, u, -1, c)
		n--
	}
	return n
}

// applyWindow adds this branch's period to its conditions.
func (br *branch) applyWindow() {
	spans := br.b.times[br.compare].spans
	if len(spans) == 0 {
		return
	}
	x, d := br.axisExpr()
	if x == nil {
		return
	}
	var cond Expr
	for _, iv := range spans {
		whole := br.b.wholePeriods(iv, d.Type)
		if finest := d.Type.Finest(); br.special == prorating && !iv.Start.IsZero() {
			whole.Start = StartOf(iv.Start, finest, br.b.clock.Calendar)
		}
		r := timeRange(x, d.Type, whole)
		cond = joined(Or, cond, r)
	}
	br.where = append(br.where, cond)
}

// wholePeriods ends an interval with the last period that a coarse column can
// tell apart.
func (b *binder) wholePeriods(iv Interval, t ColumnType) Interval {
	finest := t.Finest()
	if unitRank(finest) <= int(Day) || iv.End.IsZero() {
		return iv
	}
	if start := StartOf(iv.End, finest, b.clock.Calendar); !start.Equal(iv.End) {
		iv.End = AddUnits(start, finest, 1, b.clock.Calendar)
	}
	return iv
}

func timeRange(x Expr, t ColumnType, iv Interval) Expr {
	r := TimeRange{X: x, Type: t}
	if !iv.Start.IsZero() {
		r.Start = TimestampValue(iv.Start)
	}
	if !iv.End.IsZero() {
		r.End = TimestampValue(iv.End)
	}
	return r
}

// bindSpine lists the periods that must appear when the query fills gaps, or when
// values reach back over periods that may be empty.
func (b *binder) bindSpine() {
	if b.query.Fill == NoFill && !b.dense || b.failed() {
		return
	}
	key := b.axisKey()
	if key < 0 && b.byDays() {
		b.spineOfDays()
		return
	}
	b.inWholeUnits(key >= 0)
	cross := b.otherKeys(key)
	if key >= 0 && len(cross)+1 < len(b.groups) {
		b.fail(Problem{Code: NotComputed, Name: b.groups[key].name, Detail: "fill"}) // a period and the one it lies in do not cross
		return
	}
	w := b.plan.Window
	if key < 0 || w.Start.IsZero() || w.End.IsZero() || len(b.plan.Windows) > 0 {
		if b.query.Fill != NoFill {
			b.fail(Problem{Code: BadPeriod, Detail: "fill"})
		}
		return
	}
	if cut, err := ToNow(w, b.clock); err == nil && w.Partial {
		w.End = cut.End
	}
	start := w.Start
	if !b.lookback.IsZero() && b.lookback.Before(start) {
		start = b.lookback
	}
	spine := &Spine{Key: key, Cross: cross}
	if b.query.Fill == FillOnce {
		if b.dense && len(cross) > 0 {
			b.fail(Problem{Code: NotComputed, Name: b.groups[key].name, Detail: "fill once"}) // what reaches back needs every group in every period
			return
		}
		spine.Cross, spine.Once = nil, true
	}
	grain := b.groups[key].grain.Unit
	spine.Values = b.periodValues(key, Interval{Start: start, End: w.End})
	b.plan.Spine = spine
	if b.dense {
		b.visibleOnly(key, b.periodValue(key, StartOf(w.Start, grain, b.clock.Calendar)))
	}
}

// periodValues are the periods of a time key that an interval touches, as the key
// shows them: those of Periods. Where they follow each other at one distance they
// are counted, for there may be tens of thousands.
func (b *binder) periodValues(key int, iv Interval) []Value {
	unit := b.groups[key].grain.Unit
	first := b.periodValue(key, StartOf(iv.Start, unit, b.clock.Calendar))
	step, whole := int64(unit.length()/time.Microsecond), first.Kind() == Timestamp
	if first.Kind() == Date {
		step, whole = int64(unit.length()/day), unit.length()%day == 0
	}
	if step == 0 || !whole || iv.Start.Location() != time.UTC {
		periods := Periods(iv, unit, b.clock.Calendar)
		values := make([]Value, len(periods))
		for i, t := range periods {
			values[i] = b.periodValue(key, t)
		}
		return values
	}
	n := int64(iv.End.Sub(first.Time())+unit.length()-1) / int64(unit.length())
	if n <= 0 || n > MaxPeriods {
		return []Value{}
	}
	values := make([]Value, n)
	for i := range values {
		values[i] = Value{kind: first.kind, n: first.n + int64(i)*step}
	}
	return values
}

// periodValue is a period's start as the time key shows it.
func (b *binder) periodValue(key int, t time.Time) Value {
	if b.groups[key].typ.Kind == Timestamp {
		return TimestampValue(t)
	}
	return DateValue(t)
}

// onlyCumulative reports that every value is that of a cumulative metric. One that
// is computed from several has periods of its own: those of any part of it.
func (b *binder) onlyCumulative() bool {
	for _, c := range b.plan.Columns {
		if c.Slot >= 0 && c.Role != ValueColumn {
			return false
		}
	}
	return !slices.ContainsFunc(b.values, func(v value) bool {
		e := v.item.Expr
		if f, ok := e.(Filtered); ok {
			e = f.X
		}
		n, ok := e.(Name)
		m := b.metric(n)
		return !ok || m == nil || m.Kind != Cumulative
	})
}

// visibleOnly leaves out the periods that were read for what reaches back, and,
// unless the query fills gaps, those in which no cumulative metric has a value.
func (b *binder) visibleOnly(key int, first Value) {
	keep := Expr(Binary{Op: Ge, L: KeyRef{key}, R: Lit{first}})
	if b.query.Fill == NoFill && b.onlyCumulative() {
		var some Expr
		for i := range b.plan.Columns {
			if c := b.plan.Columns[i]; c.Slot >= 0 {
				some = joined(Or, some, IsNull{X: Slot{c.Slot}, Not: true})
			}
		}
		keep = Binary{Op: And, L: keep, R: some}
	}
	if b.plan.Having != nil {
		keep = Binary{Op: And, L: keep, R: b.plan.Having}
	}
	b.plan.Having = keep
}
