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

// randomStreak counts periods in which a value is large, or has changed.
func (w *world) randomStreak(d dice, q *query) term {
	t := pick(d, q.items).term
	if len(q.versus) > 0 && d.chance(60) {
		t = shown{fn: pick(d, []string{"change", "growth", "prior"}), of: t}
	}
	return inARow{result{t, pick(d, []string{"<", ">", "<=", ">=", "!="}), constant{number(int64(d.IntN(4) - 1))}}}
}
