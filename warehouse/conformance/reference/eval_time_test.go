package reference

import (
	"slices"
	"strings"
	"time"
)

// window is a period that aggregates read: spans is empty for all time.
type window struct {
	spans []span
	ago   *versus // how the second period's times move to meet the first's
	days  int64   // from the second period's start to the first's
	from  int64   // the second period's start
	known bool    // both periods have a start
	seen  bool    // it is an earlier one, whose values are shown in the first
	wide  bool    // it reaches back before the visible period
	own   *metric // its rows count on the day of a later season; nil for their own
}

var months = map[string]int{"month": 1, "quarter": 3, "half": 6, "year": 12, "fiscal_month": 1, "fiscal_quarter": 3, "fiscal_half": 6, "fiscal_year": 12}

// start is the beginning of the unit that holds a time.
func (w *world) start(at int64, unit string) int64 {
	t := clockOf(at)
	y, m, d := t.Date()
	switch unit {
	case "hour":
		return at - int64(t.Minute()*60+t.Second())
	case "day":
		return day(y, int(m), d)
	case "week":
		return day(y, int(m), d-(int(t.Weekday())+6)%7)
	}
	if w.inWeeks(unit) {
		return w.weekMonths()[w.weekMonth(at)/months[unit]*months[unit]]
	}
	count, first := months[unit], 1
	if strings.HasPrefix(unit, "fiscal_") {
		first = w.fiscal
	}
	passed := (int(m) - first + 12) % count
	return day(y, int(m)-passed, 1)
}

// plus moves a time by whole units; a day that a month lacks is its last.
func (w *world) plus(at int64, unit string, n int) int64 {
	switch unit {
	case "day":
		return at + int64(n)*86400
	case "week":
		return at + int64(n)*7*86400
	}
	if w.inWeeks(unit) {
		starts, i := w.weekMonths(), w.weekMonth(at)
		j := i + n*months[unit]
		return starts[j] + min(at-starts[i], starts[j+1]-starts[j]-86400+at%86400)
	}
	t := clockOf(at)
	y, m, d := t.Date()
	first := time.Date(y, m+time.Month(n*months[unit]), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(d, last)-1).Unix() + at - day(y, int(m), d)
}

// cyclic is a part of a time that comes again.
func cyclic(at int64, grain string) (int64, bool) {
	t := clockOf(at)
	switch grain {
	case "day_of_week":
		return int64((int(t.Weekday())+6)%7 + 1), true
	case "month_of_year":
		return int64(t.Month()), true
	case "quarter_of_year":
		return int64((t.Month()-1)/3 + 1), true
	case "day_of_month":
		return int64(t.Day()), true
	case "hour_of_day":
		return int64(t.Hour()), true
	}
	return 0, false
}

func isCyclic(grain string) bool {
	_, ok := cyclic(0, grain)
	return ok
}

func length(unit string) int {
	switch unit {
	case "hour":
		return 0
	case "day":
		return 1
	case "week":
		return 7
	}
	return months[unit] * 30
}

// bindWindows dates the visible period and the second ones.
func (e *evaluator) bindWindows() {
	e.windows = []window{{spans: e.q.during}}
	if len(e.q.versus) > 0 && len(e.q.during) > 1 {
		e.refuse()
		return
	}
	grain := e.grain()
	for _, v := range e.q.versus {
		if v.how == "prior" && grain != "" {
			v = versus{how: "ago", unit: grain, n: 1}
		}
		if v.how == "ago" {
			v.unit = e.w.twin(v.unit, grain)
		}
		win := window{ago: &v}
		if len(e.q.during) == 1 {
			first := e.q.during[0]
			second := e.w.secondPeriod(first, v)
			win.spans, win.known, win.days, win.from = []span{second}, true, (first.from-second.from)/86400, second.from
		} else if v.how != "ago" || grain == "" {
			e.refuse()
			return
		}
		if grain != "" && length(grain) <= 7 && !win.known && length(v.unit) > 7 {
			e.refuse() // the days of a month have no partners in another
		}
		e.checkAxes("", e.stands(win))
		e.windows = append(e.windows, win)
	}
}

// secondPeriod is what a period is compared with.
func (w *world) secondPeriod(first span, v versus) span {
	switch {
	case v.how == "span":
		return v.span
	case v.how == "ago":
		return span{from: w.plus(first.from, v.unit, -v.n), to: w.plus(first.to, v.unit, -v.n)}
	case first.unit != "":
		return span{from: w.plus(first.from, first.unit, -1), to: first.from}
	}
	a, b := clockOf(first.from), clockOf(first.to)
	if a.Day() == 1 && b.Day() == 1 {
		n := (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
		return span{from: w.plus(first.from, "month", -n), to: first.from}
	}
	return span{from: 2*first.from - first.to, to: first.from}
}

// axis is the column that is a home's time, and the way to it.
func (e *evaluator) axis(home string, of ref) (ref, bool) {
	switch {
	case e.q.on.table != "":
		return e.q.on, true
	case of.table != "":
		return of, true
	}
	name := e.w.table(home).time
	return ref{table: home, name: name}, name != ""
}

// onAxis reports a group that cuts the axis of a home.
func (e *evaluator) onAxis(g group, home string, of ref) bool {
	if g.grain == "" || isCyclic(g.grain) {
		return false
	}
	if g.axis {
		return true
	}
	axis, ok := e.axis(home, of)
	if !ok {
		return false
	}
	a, c, okA := e.w.wayTo(home, axis)
	b, d, okB := e.w.wayTo(home, g.of)
	return okA && okB && wayKey(a) == wayKey(b) && c == d
}

// cutsAll reports a group that cuts the axis of every metric.
func (e *evaluator) cutsAll(g group) bool {
	every := g.grain != "" && !isCyclic(g.grain)
	for _, h := range e.homes() {
		every = every && e.onAxis(g, h.home, h.time)
	}
	return every
}

// grain is the unit of the finest group that cuts the axis of every metric.
func (e *evaluator) grain() string {
	best := ""
	for _, g := range e.q.by {
		if e.cutsAll(g) && (best == "" || length(g.grain) < length(best)) {
			best = g.grain
		}
	}
	return best
}

// cut is a time at the grain of a group, moved to meet the visible period.
func (e *evaluator) cut(at cell, g group, win window, onAxis bool) cell {
	if at.isNull() {
		return null
	}
	if n, ok := cyclic(at.at, g.grain); ok {
		if win.seen && win.ago != nil && e.ofAxis(g) && moves(g.grain, win.ago.unit) {
			if e.w.inWeeks(win.ago.unit) {
				e.refuse()
				return null
			}
			n, _ = cyclic(e.w.shown1(at.at, *win.ago), g.grain)
		}
		return number(n)
	}
	if win.ago == nil || !onAxis || e.grain() == "" { // without a grain it is refused
		return moment(e.w.start(at.at, g.grain))
	}
	return moment(e.moved(at.at, g.grain, win))
}

// ofAxis reports a group by a part of the axis of every metric.
func (e *evaluator) ofAxis(g group) bool {
	if !isCyclic(g.grain) {
		return false
	}
	g.grain = "day"
	for _, h := range e.homes() {
		if !e.onAxis(g, h.home, h.time) {
			return false
		}
	}
	return true
}

// moves reports a part that is known of a time that whole units lie before.
func moves(part, unit string) bool {
	if length(unit) <= 7 {
		return part != "hour_of_day"
	}
	return part == "month_of_year" || part == "quarter_of_year"
}

// shown1 is the day, or the month, at which an earlier value is shown.
func (w *world) shown1(at int64, v versus) int64 {
	if length(v.unit) <= 7 {
		return w.plus(at, v.unit, v.n)
	}
	t := clockOf(at)
	return w.plus(day(t.Year(), int(t.Month()), 1), v.unit, v.n)
}

// moved is the visible period that a time of a second one meets: whole periods
// of the finest group move, or days where those move less.
func (e *evaluator) moved(at int64, grain string, win window) int64 {
	v, base := win.ago, e.grain()
	unit, n := v.unit, v.n
	fine := length(base) <= 7
	switch {
	case v.how == "ago" && (!fine || length(v.unit) <= 7):
	case base == "week":
		unit, n = "week", int(win.days/7)
	case fine:
		unit, n = "day", int(win.days)
	default:
		unit, n = base, e.unitsBetween(e.windows[0].spans[0].from, win.from, base)
	}
	if length(unit) < length(base) {
		base = unit
	}
	if base == "week" && grain != "week" {
		base = "day"
	}
	return e.w.start(e.w.plus(e.w.start(at, base), unit, n), grain)
}

// stands reports a second period that begins where the first does: nothing moves.
func (e *evaluator) stands(win window) bool {
	switch grain := e.grain(); {
	case grain == "" || !win.known || win.ago.how == "ago":
		return false
	case grain == "week":
		return win.days/7 == 0
	case length(grain) <= 7:
		return win.days == 0
	default:
		return e.unitsBetween(e.q.during[0].from, win.from, grain) == 0
	}
}

// checkAxes refuses a second period for groups that cut the time of some
// metrics and not of others, and for weeks beside longer units, unless days move
// or nothing does.
func (e *evaluator) checkAxes(unit string, stands bool) {
	for _, g := range e.q.by {
		if g.grain == "" || isCyclic(g.grain) {
			continue
		}
		n := 0
		for _, h := range e.homes() {
			if e.onAxis(g, h.home, h.time) {
				n++
			}
		}
		switch {
		case n == 0:
		case n < len(e.homes()):
			e.refuse()
		case stands || unit == "day" || e.w.nests(e.grain(), g.grain):
		case e.daysMove():
			// and take both of their periods with them
		default:
			e.refuse()
		}
	}
}

// seesDays reports a query of cumulative metrics alone.
func (e *evaluator) seesDays() bool {
	for _, it := range e.q.items {
		t := it.term
		if f, ok := t.(filtered); ok {
			t = f.of
		}
		n, ok := t.(named)
		if !ok || !slices.Contains([]string{"running", "window", "to_date"}, e.w.metric(n.metric).kind) {
			return false
		}
	}
	return true
}

// daysMove reports a query that has nothing but cumulative metrics in it, beside
// periods that lie days or weeks before those that are shown.
func (e *evaluator) daysMove() bool {
	for _, v := range e.q.versus {
		if length(e.grain()) > 7 && (v.how != "ago" || length(v.unit) > 7) {
			return false
		}
	}
	for _, it := range e.q.items {
		if !e.cumulates(it.term) {
			return false
		}
	}
	return true
}

func (e *evaluator) cumulates(t term) bool {
	switch t := t.(type) {
	case constant:
		return true
	case filtered:
		return e.cumulates(t.of)
	case compute:
		return e.cumulates(t.l) && e.cumulates(t.r)
	case named:
		return slices.Contains([]string{"running", "window", "to_date"}, e.w.metric(t.metric).kind)
	}
	return false
}

// nests reports whether every period of a unit lies within one of another: none
// of its starts in two years is inside of one.
func (w *world) nests(fine, coarse string) bool {
	if coarse == "" {
		return true
	}
	for at := w.start(day(2023, 1, 1), coarse); at < day(2025, 1, 1); at = w.plus(at, coarse, 1) {
		if w.start(at, fine) != at {
			return false
		}
	}
	return true
}

func (e *evaluator) unitsBetween(late, early int64, grain string) int {
	if e.w.inWeeks(grain) {
		return (e.w.weekMonth(e.w.start(late, grain)) - e.w.weekMonth(e.w.start(early, grain))) / months[grain]
	}
	a, b := clockOf(e.w.start(late, grain)), clockOf(e.w.start(early, grain))
	return ((a.Year()-b.Year())*12 + int(a.Month()) - int(b.Month())) / months[grain]
}
