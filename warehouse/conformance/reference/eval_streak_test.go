package reference

// inARow is streak(condition): in how many periods up to that of a row a
// condition on results has held without a break.
type inARow struct{ holds cond }

func (t inARow) line() string { return "streak(" + t.holds.line() + ")" }

func (e *evaluator) inARow(t inARow, r groupRow) cell {
	axis := e.axisGroup()
	if axis < 0 || len(e.q.during) != 1 {
		e.refuse()
		return null
	}
	for _, g := range e.q.by {
		if e.cutsAll(g) && !e.w.nests(e.q.by[axis].grain, g.grain) {
			e.refuse()
		}
	}
	e.dense = true
	e.having(t.holds, r)
	at, grain := e.offset(axis), e.q.by[axis].grain
	own := r.key[at]
	if own.isNull() {
		return null
	}
	first := e.w.start(e.q.during[0].from, grain)
	n := int64(0)
	for p := own.at; p >= first; p = e.w.plus(p, grain, -1) {
		key := append([]cell{}, r.key...)
		key[at] = moment(p)
		if !e.having(t.holds, groupRow{key}) {
			break
		}
		n++
	}
	return number(n)
}

// streakQuery asks for periods in a row of each group over half a year or more, so
// that those of one group end where those of another go on.
func (w *world) streakQuery(d dice, m *metric) *query {
	home := m.expr.(aggregate).table
	q := &query{items: []item{{term: named{m.name}, as: "i0"}},
		by: []group{{of: ref{table: home, name: pick(d, []string{"kind", "kind", "name", "qty"})}}, {axis: true, grain: pick(d, []string{"month", "month", "quarter", "fiscal_month"})}}}
	q.during = []span{{"2023", day(2023, 1, 1), day(2024, 1, 1), "year"}}
	if d.chance(30) {
		q.during = []span{{"2023-H2", day(2023, 7, 1), day(2024, 1, 1), "half"}}
	}
	q.items = append(q.items, item{term: w.randomStreak(d, q), as: "n0"})
	return q
}

// randomStreak counts periods in which a value is large, or has changed.
func (w *world) randomStreak(d dice, q *query) term {
	t := pick(d, q.items).term
	if len(q.versus) > 0 && d.chance(60) {
		t = shown{fn: pick(d, []string{"change", "growth", "prior"}), of: t}
	}
	return inARow{result{t, pick(d, []string{"<", ">", "<=", ">=", "!="}), constant{number(int64(d.IntN(4) - 1))}}}
}
