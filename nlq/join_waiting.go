package nlq

import (
	"slices"

	"wenshu/semantic"
)

// spans are the units of a number that say how long something lasts.
var spans = map[string]semantic.Unit{
	"天": semantic.Day, "日": semantic.Day, "day": semantic.Day, "days": semantic.Day,
	"周": semantic.Week, "星期": semantic.Week, "个星期": semantic.Week, "week": semantic.Week, "weeks": semantic.Week,
	"月": semantic.Month, "个月": semantic.Month, "month": semantic.Month, "months": semantic.Month,
	"年": semantic.Year, "year": semantic.Year, "years": semantic.Year,
}

// takeWaiting reads 超过30天没关闭的工单: what has not come to its end yet, by how long
// ago it began.
func (s *sentence) takeWaiting(i, j int, op semantic.Op, args []Number) bool {
	if len(args) != 1 {
		return false
	}
	unit, ok := spans[args[0].Unit]
	n, whole := wholeCount(args[0])
	open := s.openRows()
	how, known := waited[op]
	if !ok || !whole || !known || open == nil || open.Time == nil {
		return false
	}
	period := semantic.Open{How: how, Of: semantic.Shifted{Of: semantic.Relative{Unit: semantic.Day}, Unit: unit, N: -n}}
	s.takeTest(i, j, open.Time, "", false, func(x semantic.Expr) semantic.Expr {
		name, _ := x.(semantic.Name)
		return semantic.During{Of: name, Periods: []semantic.Period{period}}
	})
	if !s.saysPeriod() {
		s.draft.periods, s.draft.guessed = append(s.draft.periods, semantic.AllTime{}), append(s.draft.guessed, false)
	}
	return true
}

// waited is when that began which has lasted so long.
var waited = map[semantic.Op]semantic.OpenKind{semantic.Gt: semantic.Before, semantic.Ge: semantic.Until, semantic.Lt: semantic.After}

// openRows is the table of which a declared adjective says that a time has not come.
func (s *sentence) openRows() *semantic.Table {
	for _, c := range s.draft.conditions {
		test, ok := c.fixed.(semantic.IsNull)
		if !ok || test.Not || c.not {
			continue
		}
		if name, ok := test.X.(semantic.Name); ok {
			if d := s.r.dimensionOf(name); d != nil && isTime(d) && d.Table == c.on {
				return c.on
			}
		}
	}
	return nil
}

func (s *sentence) saysPeriod() bool {
	for i := range s.nodes {
		if is[Timed](s, i) {
			return true
		}
	}
	return len(s.draft.periods) > 0
}

// takeWorth reads 满1万的订单有几单: an amount before an entity, or before the count of
// it, is tested by the column that is called its amount.
func (s *sentence) takeWorth(i, j int, op semantic.Op, args []Number) bool {
	g, glued := s.glue(j + 1)
	if !glued || g.How != Has || j+2 >= len(s.nodes) || !s.worthy(args) || s.unitOfMoney(args) {
		return false
	}
	var home *semantic.Table
	switch m := s.nodes[j+2].means.(type) {
	case thing:
		home = m.table
	case measure:
		if s.r.isCount(m) {
			home = m.home()
		}
	}
	d := s.r.moneyOf(home)
	if d == nil || !isAmountOf(d, home) {
		return false
	}
	s.assume("money_column")
	s.takeTest(i, j, d, "", false, numberTest(op, lits(args...)))
	return true
}

// takeWorthBehind reads "orders over 10k": an amount right behind an entity or its
// count, and nothing before it that could have so many of them.
func (s *sentence) takeWorthBehind(before, i, j int, op semantic.Op, args []Number) bool {
	if before != i-1 || before < 0 || !s.touchesWord(before, i) || !s.worthy(args) || is[thing](s, j+1) || is[measure](s, j+1) {
		return false
	}
	home, counted := s.nounAt(before)
	if m, ok := as[measure](s.nodes[before]); ok && !s.r.isCount(m) || !counted {
		return false
	}
	for _, n := range s.nodes[:before] {
		switch n.means.(type) {
		case thing, measure, Verb:
			return false
		}
	}
	d := s.r.moneyOf(home)
	if d == nil || !isAmountOf(d, home) {
		return false
	}
	s.assume("money_column")
	s.takeTest(i, j, d, "", false, numberTest(op, lits(s.inUnit(args, d.Unit)...)))
	return true
}

// onlyTested drops a number at node i that says which do not count, where another one
// is asked for: nothing is ranked by it.
func (s *sentence) onlyTested(i int, tested measure) {
	m, ok := measure{}, false
	if i >= 0 {
		m, ok = as[measure](s.nodes[i])
	}
	others := slices.ContainsFunc(s.nodes, func(n node) bool {
		o, ok := n.means.(measure)
		return ok && !sameMeasure(o, tested)
	})
	if ok && others && sameMeasure(m, tested) {
		s.drop(i)
	}
}

// takeTotal reads 退款超过1万的门店: acts with a bound that is an amount of money
// are tested by the metric that adds up what they are worth, where something else
// is asked for that has several of them.
func (s *sentence) takeTotal(before, i, j int, op semantic.Op, args []Number) bool {
	acts, ok := s.thingAt(before)
	if !ok || acts.table == nil || before != i-1 || !s.worthy(args) {
		return false
	}
	owned := slices.ContainsFunc(s.nodes, func(n node) bool {
		t, ok := n.means.(thing)
		return ok && t.home() != nil && t.home() != acts.table && s.r.graph.hops(acts.table, t.home()) >= 1
	})
	total := s.r.totalOf(acts.table)
	if !owned || total == nil {
		return false
	}
	if !slices.ContainsFunc(s.nodes, func(n node) bool { _, ok := n.means.(measure); return ok }) {
		s.assume("metric")
	}
	s.outcome(before, j, outcome{measure: measure{metric: total}, op: op, args: lits(args...)})
	return true
}

// isYearSaid reports whether a number is a year of the calendar and no amount of years.
func isYearSaid(n Number) bool {
	return spans[n.Unit] == semantic.Year && inCalendar(n)
}

// yearAlone reports whether a number without a unit can be a year of the calendar.
func yearAlone(n Number) bool { return n.Unit == "" && inCalendar(n) }

func inCalendar(n Number) bool {
	year, whole := wholeCount(n)
	return whole && year >= 1900 && year < 2200
}
