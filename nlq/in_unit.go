package nlq

import "wenshu/semantic"

// secondsIn are how many seconds a unit of time has, as models spell units.
var secondsIn = map[string]int64{
	"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "weeks": 604800,
	"秒": 1, "分钟": 60, "小时": 3600, "天": 86400, "周": 604800,
}

// convertTo turns the averages of times into another unit of time; it reports
// whether there are any that had another.
func (s *sentence) convertTo(unit string) bool {
	to, done := secondsIn[unit], false
	for i, n := range s.nodes {
		m, ok := as[measure](n)
		if !ok || to == 0 {
			continue
		}
		from := int64(0)
		switch {
		case m.dim != nil && m.agg != "count" && m.agg != "count_distinct":
			from = secondsIn[m.dim.Unit]
		case m.metric != nil && m.agg == "":
			from = secondsIn[m.metric.Unit]
		}
		if from == 0 || from == to || len(m.per) > 0 {
			continue
		}
		m.scaled = [2]int64{max(from/to, 1), max(to/from, 1)}
		s.nodes[i].means, done = m, true
	}
	return done
}

// inUnit multiplies and divides a number into another unit.
func inUnit(e semantic.Expr, times [2]int64) semantic.Expr {
	if times[0] > 1 {
		e = semantic.Binary{Op: semantic.Mul, L: e, R: semantic.Lit{Value: semantic.IntValue(times[0])}}
	}
	if times[1] > 1 {
		e = semantic.Binary{Op: semantic.Div, L: e, R: semantic.Lit{Value: semantic.IntValue(times[1])}}
	}
	return e
}

// countsAs reports whether a unit of time is what a measure lasts in.
func countsAs(unit string, m measure) bool {
	unit = joinNorms(NewText(unit).Norms())
	return m.metric != nil && secondsIn[m.metric.Unit] > 0 && spans[unit] != semantic.NoUnit && spans[unit] == spans[m.metric.Unit]
}

// inSameUnit reports whether numbers said in a unit of time may be tested against a column: no
// length of way or number of pages is 90 minutes.
func inSameUnit(d *semantic.Dimension, args []Number) bool {
	if len(args) == 0 {
		return true
	}
	unit := joinNorms(NewText(args[0].Unit).Norms())
	return unitSeconds[unit] == 0 && secondsIn[unit] == 0 || secondsIn[d.Unit] > 0 || spans[d.Unit] != semantic.NoUnit
}
