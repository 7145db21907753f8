package nlq

import (
	"cmp"
	"strings"

	"wenshu/semantic"
)

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

// lastsBefore reports whether the measure right before a question of how long at node i is a
// time, which is put into the unit that is asked for: 平均延误几分钟.
func (s *sentence) lastsBefore(i int) bool {
	m, ok := as[measure](s.nodes[max(i-1, 0)])
	if !ok || i == 0 || s.text.At(s.nodes[i].from).Class != Han || !s.touches(i-1, i) {
		return false
	}
	from := ""
	switch {
	case m.dim != nil && m.agg == "avg":
		from = m.dim.Unit
	case m.metric != nil && m.agg == "":
		from = cmp.Or(m.metric.Unit, averagedUnit(m.metric))
	}
	if secondsIn[from] == 0 {
		return false
	}
	unit := strings.TrimLeft(joinNorms(s.text.Norms()[s.nodes[i].from:s.nodes[i].end]), "几个多少")
	return secondsIn[unit] == 0 || secondsIn[unit] == secondsIn[from] || s.convertTo(unit)
}

// averagedUnit is the unit of the column that a metric is the average of; "" for others.
func averagedUnit(m *semantic.Metric) string {
	call, ok := m.Expr.(semantic.Call)
	if !ok || call.Func != "avg" || len(call.Args) != 1 || m.Home == nil {
		return ""
	}
	name, ok := call.Args[0].(semantic.Name)
	if !ok || len(name.Path) != 2 || name.Path[0] != m.Home.Name {
		return ""
	}
	for _, d := range m.Home.Dimensions {
		if d.Name == name.Path[1] {
			return d.Unit
		}
	}
	return ""
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

// unitNorm is a unit as it was typed, as the tables of units spell it.
func unitNorm(unit string) string { return joinNorms(NewText(unit).Norms()) }

// countsAs reports whether a unit of time is what a measure lasts in.
func countsAs(unit string, m measure) bool {
	unit = unitNorm(unit)
	return m.metric != nil && secondsIn[m.metric.Unit] > 0 && spans[unit] != semantic.NoUnit && spans[unit] == spans[m.metric.Unit]
}

// inSameUnit reports whether numbers said in a unit of time may be tested against a column: no
// length of way or number of pages is 90 minutes.
func inSameUnit(d *semantic.Dimension, args []Number) bool {
	if len(args) == 0 {
		return true
	}
	unit := unitNorm(args[0].Unit)
	return unitSeconds[unit] == 0 && secondsIn[unit] == 0 || secondsIn[d.Unit] > 0 || spans[d.Unit] != semantic.NoUnit
}
