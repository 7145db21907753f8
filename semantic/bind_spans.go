package semantic

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// spanList is what makes a window one of spans: each row counts once for every
// span that it lies in.
type spanList struct {
	text  string // tells windows of spans apart
	spans []Stretch
	pick  string // first, last or avg of the moments of a period; "" when each period has one span
}

// spansOf tells how a moment of the result is seen: the half-open span of rows
// that count for the period from a moment to the next. A zero start is open.
type spansOf func(from, next time.Time) (start, end time.Time)

// overSpans binds a metric's definition over spans, for windows that no
// calculation over the rows of the result gives: those of other units than the
// key's, those of what does not add up, and the first or mean day of a period.
// pick is first, last or avg, as Metric.Shows has it.
func (b *binder) overSpans(m *Metric, s scope, pick string, of spansOf) Expr {
	base := b.times[s.compare]
	if base.over != nil || s.balance != nil || b.cyclicAxis() {
		b.fail(Problem{Code: NotComputed, Name: m.Name, Detail: m.Kind.String() + " of a window"})
		return nil
	}
	open := func(iv Interval) bool { return iv.Start.IsZero() || iv.End.IsZero() }
	if len(base.spans) == 0 || slices.ContainsFunc(base.spans, open) {
		b.fail(Problem{Code: BadPeriod, Name: m.Name, Detail: "period"})
		return nil
	}
	list, ok := b.spans(m, base, pick, of)
	if !ok {
		return nil
	}
	list.text = fmt.Sprintf("%s %s %d", m.Name, pick, s.compare)
	s.compare = b.addSpans(base, list)
	return b.post(m.Expr, s)
}

// cyclicAxis reports a key such as the day of the week: it is no period.
func (b *binder) cyclicAxis() bool {
	for _, g := range b.groups {
		if g.isAxis && g.grain.Cyclic != NoCycle {
			return true
		}
	}
	return false
}

// spans lists the spans of the visible periods. Moments are days, or the periods
// of a finer key.
func (b *binder) spans(m *Metric, base window, pick string, of spansOf) (*spanList, bool) {
	grain := b.timeGrain()
	unit := Day
	if grain != NoUnit && unitRank(grain) < int(Day) {
		unit = grain
	}
	if base.shift != 0 && unitRank(base.shiftUnit) > int(Week) && !b.monthsMove(grain) {
		b.fail(Problem{Code: NotComputed, Name: m.Name, Detail: "offset of a window by " + base.shiftUnit.String()})
		return nil, false
	}
	moments := b.moments(base.spans, unit)
	if len(moments) == 0 {
		b.fail(Problem{Code: TooLong, Name: m.Name, Detail: "periods"})
		return nil, false
	}
	list := &spanList{}
	whole := grain == unit && b.onlyAxis()
	if !whole && (pick == "first" || pick == "avg" || pick == "last" && b.byDays()) {
		list.pick = pick
	}
	each := whole || list.pick != ""
	if each {
		list.spans = make([]Stretch, 0, len(moments))
	}
	var keys []Value
	values := b.axisValues()
	for i := 0; i < len(moments); {
		at, from, next := len(keys), moments[i], i+1
		keys = values(keys, base.meets(from, b.clock.Calendar))
		sp := Stretch{Keys: keys[at:len(keys):len(keys)]}
		if !each {
			if next = b.alike(moments, i, base, sp.Keys); pick != "start" {
				from = moments[next-1]
			}
		}
		i = next
		sp.Moment = TimestampValue(from)
		start, end := of(from, AddUnits(from, unit, 1, b.clock.Calendar))
		if !start.IsZero() {
			sp.Start = TimestampValue(start)
		}
		sp.End = TimestampValue(end)
		list.spans = append(list.spans, sp)
	}
	return list, true
}

// alike is the end of the run of moments from i on that have the same keys, which
// ascend.
func (b *binder) alike(moments []time.Time, i int, base window, keys []Value) int {
	if base.shift == 0 && len(keys) > 0 {
		next, _ := slices.BinarySearchFunc(moments[i+1:], b.nextKeys(moments[i]), time.Time.Compare)
		return i + 1 + next
	}
	var own []Value
	values := b.axisValues()
	for j := i + 1; j < len(moments); j++ {
		own = values(own[:0], base.meets(moments[j], b.clock.Calendar))
		if !slices.Equal(own, keys) {
			return j
		}
	}
	return len(moments)
}

// nextKeys is the first moment after t at which one of the keys that cut the time
// axis has another value.
func (b *binder) nextKeys(t time.Time) time.Time {
	var first time.Time
	for _, g := range b.groups {
		if g.cuts != cutsAll {
			continue
		}
		if next := AddUnits(StartOf(t, g.grain.Unit, b.clock.Calendar), g.grain.Unit, 1, b.clock.Calendar); first.IsZero() || next.Before(first) {
			first = next
		}
	}
	return first
}

// moments are the starts of the units in periods until now, each once and in order.
func (b *binder) moments(spans []Interval, unit Unit) []time.Time {
	var list []time.Time
	for _, iv := range spans {
		if cut, err := ToNow(iv, b.clock); err == nil && iv.Partial {
			iv.End = cut.End
		}
		list = append(list, Periods(iv, unit, b.clock.Calendar)...)
	}
	if len(spans) > 1 {
		slices.SortFunc(list, time.Time.Compare)
		list = slices.Compact(list)
	}
	return list
}

// meets is the visible moment that a moment of the window meets.
func (w window) meets(t time.Time, c *Calendar) time.Time {
	if w.shift == 0 {
		return t
	}
	return AddUnits(t, w.shiftUnit, w.shift, c)
}

// onlyAxis reports whether one key alone cuts the time axis.
func (b *binder) onlyAxis() bool {
	n := 0
	for _, g := range b.groups {
		if g.cuts == cutsAll {
			n++
		}
	}
	return n == 1
}

// axisValues adds the values of the keys that cut the time axis at a moment, in
// order of the keys. Moments mostly ascend.
func (b *binder) axisValues() func(list []Value, t time.Time) []Value {
	starts := make([]func(time.Time) time.Time, len(b.groups))
	for i, g := range b.groups {
		if g.cuts == cutsAll {
			starts[i] = StartsOf(g.grain.Unit, b.clock.Calendar)
		}
	}
	return func(list []Value, t time.Time) []Value {
		for i, start := range starts {
			if start != nil {
				list = append(list, b.periodValue(i, start(t)))
			}
		}
		return list
	}
}

// spanKey is the place of a key among those that cut the time axis.
func (b *binder) spanKey(key int) int {
	n := 0
	for i := range key {
		if b.groups[i].cuts == cutsAll {
			n++
		}
	}
	return n
}

// addSpans adds a window of spans, or finds the equal one. What it reads reaches
// from the first start to the last end.
func (b *binder) addSpans(base window, list *spanList) int {
	w := window{base: base.base, follows: base.follows, over: list}
	reach := Interval{Start: list.spans[0].Start.Time(), End: list.spans[0].End.Time()}
	for _, sp := range list.spans {
		if start := sp.Start.Time(); sp.Start.IsNull() || start.Before(reach.Start) {
			reach.Start = start
		}
		if end := sp.End.Time(); end.After(reach.End) {
			reach.End = end
		}
	}
	w.spans = []Interval{reach}
	for i, old := range b.times {
		if old.over != nil && strings.EqualFold(old.over.text, list.text) {
			return i
		}
	}
	b.times = append(b.times, w)
	return len(b.times) - 1
}

// overOf is the spans of a branch; nil for none.
func (br *branch) overOf() *Over {
	list := br.b.times[br.compare].over
	if list == nil {
		return nil
	}
	x, d := br.axisExpr()
	if x == nil {
		return nil
	}
	return &Over{Time: x, Type: d.Type, Spans: list.spans}
}

// ofMoments makes a measure over spans one of the moments of each period: it is
// aggregated at each moment first.
func (br *branch) ofMoments(i int, m Measure) (int, Measure) {
	list := br.b.times[br.compare].over
	if list == nil || list.pick == "" {
		return i, m
	}
	if br.inner == nil {
		br.inner = &Inner{By: []Expr{SpanKey{Moment: true}}, First: list.pick == "first", Last: list.pick == "last"}
	}
	outer := Measure{Func: "avg", Arg: Slot{i}, Type: ColumnType{Kind: Float}}
	if br.inner.First || br.inner.Last {
		outer.Func, outer.Type = "max", m.Type
	}
	for j, old := range br.inner.Outer {
		if old.Arg == outer.Arg {
			return j, outer
		}
	}
	br.inner.Outer = append(br.inner.Outer, outer)
	return len(br.inner.Outer) - 1, outer
}
