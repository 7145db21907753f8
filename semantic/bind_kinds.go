package semantic

import (
	"cmp"
	"slices"
	"time"
)

// postMetric expands a metric's definition by its kind.
func (b *binder) postMetric(m *Metric, s scope) Expr {
	if m.Where != nil {
		s.filters = append(append([]filter{}, s.filters...), filter{m.Where, true})
	}
	outer := s.metric
	s.metric = m
	var e Expr
	switch m.Kind {
	case Simple, Derived:
		e = b.post(m.Expr, s)
	case Balance:
		s.balance = m
		e = b.post(m.Expr, s)
	case Nested:
		e = b.post(m.Expr, s)
	case Cumulative:
		s.metric = outer
		e = b.cumulative(m, s)
	case Offsetting:
		s.metric = outer
		e = b.offset(m, s)
	case Converting:
		e = b.conversion(m, s)
	case Retaining:
		e = b.retention(m, s)
	default:
		b.fail(Problem{Code: NotComputed, Name: m.Name, Detail: m.Kind.String()})
		return nil
	}
	if m.Fill != nil && m.Fill.IsNull() && e != nil {
		return Call{Func: "nullif", Args: []Expr{e, Lit{IntValue(0)}}}
	}
	if m.Fill != nil && m.Kind != Simple && e != nil {
		return Call{Func: "coalesce", Args: []Expr{e, Lit{*m.Fill}}}
	}
	return e
}

// lastBy says which rows a balance counts: those of the last (or first) moment
// within each visible period, over all entities or of each of them.
func (br *branch) lastBy(m *Metric) *LastBy {
	x, d := br.axisExpr()
	if x == nil {
		return nil
	}
	last := &LastBy{Time: x, Type: d.Type, Pick: m.OverTime}
	if over := br.b.times[br.compare]; m.OverTime != "last" && m.OverTime != "first" && len(over.spans) == 0 {
		br.where = append(br.where, IsNull{X: x, Not: true}) // what is of no time is no moment of it
	}
	for _, e := range m.PerEntity {
		v, _ := br.reach(Name{Path: []string{e.Table.Name, e.Name}}, e)
		last.Per = append(last.Per, v)
	}
	if i := br.b.axisKey(); i >= 0 && br.keys[i] != nil {
		last.Each = br.keys[i]
	}
	return last
}

// nested binds an aggregate of a metric that is first computed at a finer grain:
// avg(revenue per store), or how many of the finer groups pass a test of it:
// count(revenue > 100000 per store). Within the finer groups the metric must be
// one aggregate.
func (b *binder) nested(c Call, s scope) Expr {
	of, test := b.passing(c)
	if test == nil {
		of = c.Args[0]
	}
	inner, filters, owner, ok := b.oneAggregate(of, s)
	if !ok {
		if !b.failed() {
			b.fail(Problem{Code: NotComputed, Name: ExprString(c), Detail: Nested.String()})
		}
		return nil
	}
	special := "per " + ExprString(Call{Func: "per", Args: c.Per})
	for _, f := range filters { // beside others, finer groups without such rows would be there, of 0 rows
		special += "|" + ExprString(f.cond)
	}
	switch {
	case c.Func == "sum":
		special += "|of all" // what belongs to nobody is in a total
	case test != nil:
		special += "|of somebody" // what has no name is none of those that pass
	}
	defines := s.metric
	s.metric = owner
	br, m := b.measureIn(inner, filters, s, special)
	if b.failed() {
		return nil
	}
	if br.inner == nil {
		br.inner = &Inner{}
		for _, p := range c.Per {
			keys := br.finer(p)
			br.inner.By = append(br.inner.By, keys...)
			switch {
			case test != nil:
				br.leaveOut(keys)
			case c.Func != "sum":
				br.leaveOutNobody(p, keys)
			}
		}
	}
	i := br.measure(m)
	outer := Measure{Func: c.Func, Arg: Slot{i}, Type: m.Type}
	if test != nil {
		outer.Where = test(Slot{i})
	}
	if c.Func != "sum" && c.Func != "min" && c.Func != "max" {
		outer.Type = ColumnType{Kind: Float}
	}
	if c.Func == "count" || c.Func == "count_distinct" {
		outer.Type = ColumnType{Kind: Int}
	}
	if c.Func == "percentile" || c.Func == "percentile_disc" {
		if len(c.Args) < 2 {
			b.fail(Problem{Code: WrongType, Name: ExprString(c), Detail: "fraction"})
			return nil
		}
		outer.Fraction, _ = literalOf(c.Args[1]).Float()
	}
	br.inner.Outer = append(br.inner.Outer, outer)
	return Slot{b.slot(FromBranch{Branch: b.branchIndex(br), Measure: len(br.inner.Outer) - 1, ZeroFill: b.zeroFor(outer, defines), Type: outer.Type})}
}

// leaveOutNobody keeps rows that belong to no entity out of a statistic of
// entities: players without a club are no club. A total has them.
func (br *branch) leaveOutNobody(finer Expr, keys []Expr) {
	name, ok := finer.(Name)
	if !ok {
		return
	}
	if entity, _ := br.entityOf(name); entity == nil || entity == br.home {
		return
	}
	br.leaveOut(keys)
}

func (br *branch) leaveOut(keys []Expr) {
	for _, key := range keys {
		br.where = append(br.where, IsNull{X: key, Not: true})
	}
}

// finer is what the inner grain groups by: a dimension, an entity's key, or a
// time at a grain.
func (br *branch) finer(e Expr) []Expr {
	switch x := e.(type) {
	case Name:
		if keys := br.setKeys(x); keys != nil {
			return keys
		}
	case Grained:
		v, d := br.resolve(x.Of)
		if d != nil {
			br.b.checkGrain(d, x.Grain)
			return []Expr{br.cut(v, d, x.Grain)}
		}
	}
	return nil
}

// oneAggregate follows an expression to the single aggregate that it is, with
// the filters on the way and the metric that defines it.
func (b *binder) oneAggregate(e Expr, s scope) (c Call, filters []filter, owner *Metric, ok bool) {
	filters = s.filters
	for range 16 {
		switch x := e.(type) {
		case Filtered:
			filters = append(append([]filter{}, filters...), filter{x.Where, s.metric != nil})
			e = x.X
			continue
		case Name:
			m := b.metricInside(x, s)
			if m == nil {
				b.failNotMetric(x)
				return c, nil, nil, false
			}
			if m.Kind != Simple && m.Kind != Derived {
				return c, nil, nil, false
			}
			if m.Where != nil {
				filters = append(append([]filter{}, filters...), filter{m.Where, true})
			}
			s.metric = m
			e = m.Expr
			continue
		case Call:
			return x, filters, s.metric, aggregates[x.Func] && len(x.Per) == 0
		}
		break
	}
	return c, nil, nil, false
}

// cumulative binds a metric that runs, trails or counts to date. With a time key
// the periods before the visible ones are read too and then left out; without
// one the window itself is widened.
func (b *binder) cumulative(m *Metric, s scope) Expr {
	key := b.axisKey()
	if slices.Contains(s.coarse, key) {
		key = -1
	}
	if key < 0 && b.byDays() {
		return b.overSpans(m, s, cmp.Or(m.Shows, "last"), b.spanOf(m))
	}
	if key < 0 {
		w, ok := b.widened(m, s.compare, NoUnit)
		if !ok {
			return nil
		}
		s.compare = w
		return b.post(m.Expr, s)
	}
	grain := b.groups[key].grain.Unit
	if !b.overRows(m, s, grain) {
		return b.overSpans(m, s, cmp.Or(m.Shows, "last"), b.spanOf(m))
	}
	if m.ToDate == grain || m.Window == (Window{1, grain}) {
		return b.post(m.Expr, s)
	}
	w := OverRows{OrderKey: key, Partition: b.otherKeys(key)}
	switch {
	case m.Running:
		w.Func = "running"
	case m.ToDate != NoUnit && unitRank(m.ToDate) > unitRank(grain) && b.nests(grain, m.ToDate):
		w.Func, w.ResetUnit = "running", m.ToDate
	case m.Window.Unit == grain:
		w.Func, w.Agg, w.Rows = "moving", "sum", m.Window.N
	}
	wide, ok := b.widened(m, s.compare, grain)
	if !ok {
		return nil
	}
	s.compare = wide
	return b.overEach(b.post(m.Expr, s), w)
}

// overRows reports whether a cumulative metric follows from the rows of the
// result: what adds up, over whole periods of one key, as it stands at their
// ends, with no period left out between them.
func (b *binder) overRows(m *Metric, s scope, grain Unit) bool {
	switch {
	case !b.onlyAxis() || m.Shows != "" && m.Shows != "last" && unitRank(grain) > int(Day):
		return false
	case m.ToDate == grain || m.Window == (Window{1, grain}):
		return true
	case !b.additive(m.Expr) || len(b.times[s.compare].spans) > 1:
		return false
	case m.Running:
		return true
	case m.ToDate != NoUnit:
		return unitRank(m.ToDate) > unitRank(grain) && b.nests(grain, m.ToDate) && b.resetsMeet(m, b.times[s.compare], grain)
	}
	return m.Window.Unit == grain
}

// spanOf is the span of rows that a cumulative metric counts at a moment.
func (b *binder) spanOf(m *Metric) spansOf {
	begin := StartsOf(m.ToDate, b.clock.Calendar)
	return func(from, next time.Time) (start, end time.Time) {
		switch {
		case m.Running:
			return time.Time{}, next
		case m.ToDate != NoUnit:
			return begin(from), next
		}
		return AddUnits(next, m.Window.Unit, -m.Window.N, b.clock.Calendar), next
	}
}

// widened is the window that reaches back far enough for a cumulative metric.
func (b *binder) widened(m *Metric, compare int, grain Unit) (int, bool) {
	base := b.times[compare]
	if len(base.spans) > 1 {
		b.fail(Problem{Code: NotComputed, Name: m.Name, Detail: "several periods"})
		return 0, false
	}
	iv := Interval{}
	if len(base.spans) == 1 {
		iv = base.spans[0]
	}
	if m.Running {
		iv.Start = time.Time{}
		return b.addWindow(base, compare, iv, grain), true
	}
	end, err := b.lastInstant(iv)
	if err != nil {
		b.failError(err)
		return 0, false
	}
	from := end
	if grain != NoUnit {
		if iv.Start.IsZero() {
			b.fail(Problem{Code: BadPeriod, Name: m.Name, Detail: "period"})
			return 0, false
		}
		from = iv.Start
		if m.Window.Unit == grain {
			from = StartOf(from, grain, b.clock.Calendar)
		}
	}
	if m.ToDate != NoUnit {
		iv.Start = StartOf(from, m.ToDate, b.clock.Calendar)
	} else {
		n := m.Window.N
		if grain != NoUnit {
			n--
		} else {
			from = from.Add(time.Microsecond)
			iv.End = from
		}
		iv.Start = AddUnits(from, m.Window.Unit, -n, b.clock.Calendar)
	}
	return b.addWindow(base, compare, iv, grain), true
}

// lastInstant is the last moment of an interval that has passed: now for an open
// end.
func (b *binder) lastInstant(iv Interval) (time.Time, error) {
	if iv.End.IsZero() {
		now, _, err := b.clock.Wall()
		if err != nil {
			return now, err
		}
		return dayAfter(now).Add(-time.Microsecond), nil
	}
	cut, err := ToNow(iv, b.clock)
	if err != nil {
		return iv.End, err
	}
	return cut.End.Add(-time.Microsecond), nil
}

// addWindow adds a window for branches, or finds the equal one; a widened one
// with a time key leaves the periods before the visible ones out of the result.
func (b *binder) addWindow(base window, compare int, iv Interval, grain Unit) int {
	w := window{shift: base.shift, shiftUnit: base.shiftUnit, base: base.base}
	if !iv.Start.IsZero() || !iv.End.IsZero() {
		w.spans = []Interval{iv}
	}
	if grain != NoUnit {
		b.reachBack(iv, compare)
	}
	for i, old := range b.times {
		if i > len(b.plan.Comparisons) && old.over == nil && old.follows == w.follows && old.shift == w.shift && old.shiftUnit == w.shiftUnit && old.base == w.base && sameSpans(old.spans, w.spans) {
			return i
		}
	}
	b.times = append(b.times, w)
	return len(b.times) - 1
}

func sameSpans(a, b []Interval) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !a[i].Start.Equal(b[i].Start) || !a[i].End.Equal(b[i].End) {
			return false
		}
	}
	return true
}

// reachBack notes that periods before the visible ones are read: the spine
// makes them dense, and the result leaves them out.
func (b *binder) reachBack(iv Interval, compare int) {
	b.plan.Open = b.plan.Open || iv.Start.IsZero()
	if compare == 0 && !iv.Start.IsZero() && (b.lookback.IsZero() || iv.Start.Before(b.lookback)) {
		b.lookback = iv.Start
	}
	b.dense = true
}

// offset binds the value of an earlier period.
func (b *binder) offset(m *Metric, s scope) Expr {
	if m.AtStart != NoUnit {
		return b.atStart(m, s)
	}
	if m.OffsetBy != "" {
		return b.offsetByDays(m, s)
	}
	base := b.times[s.compare]
	if cal := b.clock.Calendar; cal.InWeeks(b.timeGrain()) || len(base.spans) == 1 && cal.InWeeks(base.spans[0].Unit) {
		moved := *m
		moved.Offset.Unit = fiscalTwin(m.Offset.Unit)
		m = &moved
	}
	if b.daysOfSeveral(m, base) {
		return b.overSpans(m, s, "start", func(from, next time.Time) (time.Time, time.Time) {
			start := AddUnits(from, m.Offset.Unit, -m.Offset.N, b.clock.Calendar)
			if !m.Clamp && !AddUnits(start, m.Offset.Unit, m.Offset.N, b.clock.Calendar).Equal(from) {
				return start, start // a day that the shorter month lacks has no earlier one
			}
			return start, start.Add(next.Sub(from))
		})
	}
	if len(base.spans) == 0 && b.timeGrain() == NoUnit && !b.partsMove(m.Offset.Unit) && !b.byDays() {
		b.fail(Problem{Code: BadPeriod, Name: m.Name, Detail: "all"}) // all time has no earlier period
		return nil
	}
	w := window{shift: base.shift, shiftUnit: base.shiftUnit, base: base.base, follows: true}
	for i, iv := range base.spans {
		v := Versus{How: Ago, Unit: m.Offset.Unit, N: m.Offset.N}
		meant := Period(Range{iv.Start, iv.End})
		if s.compare == 0 && i < len(base.meant) {
			meant = base.meant[i]
		}
		earlier, err := ResolveVersus(iv, meant, v, b.clock)
		if err != nil {
			b.failError(err)
			return nil
		}
		w.spans = append(w.spans, earlier)
	}
	if len(base.spans) == 0 && b.timeGrain() != NoUnit {
		b.post(m.Expr, s) // the periods that are shown are those with a value of their own
	}
	if grain := b.timeGrain(); grain != NoUnit {
		if w.shift != 0 && w.shiftUnit != m.Offset.Unit {
			b.fail(Problem{Code: NotComputed, Name: m.Name, Detail: "offset in a comparison"})
			return nil
		}
		n, unit := b.keyShift(Versus{How: Ago, Unit: m.Offset.Unit, N: m.Offset.N}, base, w, grain)
		w.shift, w.shiftUnit = w.shift+n, unit
	} else if b.hasParts() || b.byDays() {
		if w.shift != 0 && w.shiftUnit != m.Offset.Unit {
			b.fail(Problem{Code: NotComputed, Name: m.Name, Detail: "offset of an offset"})
			return nil
		}
		w.shift, w.shiftUnit = w.shift+m.Offset.N, m.Offset.Unit
	}
	b.times = append(b.times, w)
	s.compare = len(b.times) - 1
	return b.post(m.Expr, s)
}

// partsMove reports keys that are parts of the time axis, each of which is known
// for what is moved by a unit.
func (b *binder) partsMove(u Unit) bool {
	return b.hasParts() && !slices.ContainsFunc(b.groups, func(g group) bool { return g.ofAxis && !partMoves(g.grain.Cyclic, u) })
}

func (b *binder) hasParts() bool {
	return slices.ContainsFunc(b.groups, func(g group) bool { return g.ofAxis })
}

// atStart binds the value of the first period of a unit: at each visible period
// that of the moment at which the unit of its first moment begins.
func (b *binder) atStart(m *Metric, s scope) Expr {
	if b.axisKey() < 0 {
		b.fail(Problem{Code: NoTime, Name: m.Name, Detail: "time:day"})
		return nil
	}
	begin := StartsOf(m.AtStart, b.clock.Calendar)
	first := func(from, next time.Time) (time.Time, time.Time) {
		start := begin(from)
		return start, start.Add(next.Sub(from))
	}
	if inner := b.metricOf(m.Expr); inner != nil && inner.Kind == Cumulative {
		of := b.spanOf(inner)
		outer := *inner
		outer.Name = m.Name
		if inner.Where != nil {
			s.filters = append(append([]filter{}, s.filters...), filter{inner.Where, true})
		}
		return b.overSpans(&outer, s, "start", func(from, next time.Time) (time.Time, time.Time) { return of(first(from, next)) })
	}
	return b.overSpans(m, s, "start", first)
}

// daysOfSeveral reports days, or finer moments, of more than one of the units
// that a metric is offset by: each has its own distance from its earlier one. Where
// several days show one earlier day, those of one unit do not all move alike.
func (b *binder) daysOfSeveral(m *Metric, base window) bool {
	if len(base.spans) != 1 || base.shift != 0 || base.over != nil || base.spans[0].Start.IsZero() || base.spans[0].End.IsZero() {
		return false
	}
	iv := base.spans[0]
	fine := b.timeGrain() != NoUnit && unitRank(b.timeGrain()) <= int(Day)
	return fine && unitRank(m.Offset.Unit) > int(Week) && (m.Clamp || AddUnits(StartOf(iv.Start, m.Offset.Unit, b.clock.Calendar), m.Offset.Unit, 1, b.clock.Calendar).Before(iv.End))
}

// moving aggregates the last n visible periods, this one included; those before
// the first visible one are read for it.
func (b *binder) moving(c Call, s scope) Expr {
	key := b.timeKey(c)
	if key < 0 {
		return nil
	}
	n := 0
	if len(c.Args) > 1 {
		n = int(literalOf(c.Args[1]).Int())
	}
	agg := "avg"
	if len(c.Args) > 2 {
		if name, ok := c.Args[2].(Name); ok {
			agg = dotted(name)
		}
	}
	if n < 1 || n > 1000 || agg != "avg" && agg != "sum" && agg != "min" && agg != "max" {
		b.fail(Problem{Code: WrongType, Name: ExprString(c), Detail: "moving", Near: []string{"moving(7)", "moving(12, sum)"}})
		return nil
	}
	if agg == "sum" && !b.additive(c.Args[0]) {
		b.fail(Problem{Code: NotAdditive, Name: ExprString(c.Args[0]), Detail: "moving"})
		return nil
	}
	base := b.times[s.compare]
	if len(base.spans) != 1 || base.spans[0].Start.IsZero() || base.spans[0].End.IsZero() {
		b.fail(Problem{Code: BadPeriod, Name: ExprString(c), Detail: "period"})
		return nil
	}
	iv := base.spans[0]
	grain := b.groups[key].grain.Unit
	iv.Start = AddUnits(StartOf(iv.Start, grain, b.clock.Calendar), grain, 1-n, b.clock.Calendar)
	w := OverRows{Func: "moving", Agg: agg, Rows: n, OrderKey: key, Partition: b.otherKeys(key)}
	s.compare = b.addWindow(base, s.compare, iv, grain)
	if agg == "sum" {
		return b.overEach(b.post(c.Args[0], s), w)
	}
	w.Of = b.slotOf(b.post(c.Args[0], s))
	if w.Of < 0 {
		return nil
	}
	w.Type = b.slotType(w.Of)
	if agg == "avg" {
		w.Type = ColumnType{Kind: Float}
	}
	return Slot{b.slot(w)}
}
