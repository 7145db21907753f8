package semantic

import "strings"

// dayMove makes rows count on a day of a later period of the calendar's own.
type dayMove struct {
	attribute string
	periods   int
}

// offsetByDays binds the value of an earlier period of the calendar's own, such as
// a trade week: at each day that of the day of the same number in that period. The
// days that only the earlier period has count on the last day, so that each row
// counts once and whole periods meet whole periods.
func (b *binder) offsetByDays(m *Metric, s scope) Expr {
	base := b.times[s.compare]
	if s.compare != 0 || !b.plainly(m.Expr, s) {
		b.fail(Problem{Code: NotComputed, Name: m.Name, Detail: "offset by time." + m.OffsetBy})
		return nil
	}
	if len(base.spans) == 0 {
		if b.timeGrain() == NoUnit && !b.hasParts() && !b.byDays() {
			b.fail(Problem{Code: BadPeriod, Name: m.Name, Detail: "all"}) // all time has no earlier period
			return nil
		}
		b.post(m.Expr, s) // the periods that are shown are those with a value of their own
	}
	b.times = append(b.times, window{spans: base.spans, follows: true, moved: &dayMove{m.OffsetBy, m.Offset.N}})
	s.compare = len(b.times) - 1
	return b.post(m.Expr, s)
}

// plainly reports metrics that are aggregates of rows and arithmetic over them.
func (b *binder) plainly(e Expr, s scope) bool {
	plain := true
	Walk(e, func(x Expr) {
		n, ok := x.(Name)
		if !ok || s.depth > 32 {
			return
		}
		if m := b.metricInside(n, scope{metric: &Metric{}}); m != nil {
			plain = plain && (m.Kind == Simple || m.Kind == Derived) && b.plainly(m.Expr, scope{depth: s.depth + 1})
		}
	})
	return plain
}

// movedDay is the day on which rows count instead of their own, and a dimension of
// its type.
func (br *branch) movedDay(m *dayMove) (Expr, *Dimension) {
	j, d := br.b.dayOf(br.axis, m.attribute)
	lead, ok := br.b.pathTo(br.home, br.axis.Table)
	period, bare := "", false
	if d != nil {
		period, bare = bareColumn(d)
	}
	if !ok || !bare {
		br.b.fail(Problem{Code: UnknownName, Name: "time." + m.attribute, Near: br.b.attributesOfDays(br.axis)})
		return nil, nil
	}
	day := j.On[0].To
	moves := &Moves{Day: day, Period: period, Type: d.Type, By: m.periods}
	key := strings.Join([]string{"moved", pathKey(lead), j.Name, m.attribute}, " ")
	shown := *br.axis
	if t := columnType(j.To, day); t.Kind == Date || t.Kind == Timestamp {
		shown.Type = t
	}
	x := Column{Scan: br.index[key] + br.fixed, Name: ShownDay, Type: shown.Type}
	if br.index[key] == 0 {
		parent := br.scan(lead)
		br.use(parent, j.On[0].From)
		br.index[key] = len(br.scans)
		x.Scan = len(br.scans) + br.fixed
		sc := Scan{Table: j.To, Parent: parent, On: j.On, Moves: moves}
		sc.use(day)
		sc.use(period)
		br.scans = append(br.scans, sc)
		br.where = append(br.where, IsNull{X: x, Not: true}) // of the last periods nothing is shown
	}
	return x, &shown
}
