package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// countPapersDone reads 完工了多少张工单 at the count of node i: papers are counted by the date
// that is called after what was done, and no number that is called so too is added up.
func (s *sentence) countPapersDone(i int) bool {
	done, ok := s.thingAt(i - 1)
	if !ok || done.dim == nil || !isMeasurable(done.dim) || done.via != "" || done.marks != 0 || s.nodes[i].from > s.nodes[i-1].end+1 || s.text.At(s.nodes[i-1].from).Class != Han {
		return false
	}
	unit := s.unitSaid(i)
	rows, named := s.thingAt(i + 1)
	named = named && rows.table == done.dim.Table && s.touches(i, i+1)
	if !named && !paperUnits[unit] || unit == done.dim.Unit {
		return false
	}
	date := dateDone(done.dim.Table, s.text.Norm(s.nodes[i-1].from, s.nodes[i-1].end))
	if date == nil {
		return false
	}
	last := i
	if named {
		last = i + 1
	}
	s.join(i-1, last, s.countDated(s.nodes[i-1], date))
	return true
}

// dateDone is the one date of a table that is called after what was done; nil for none or
// several.
func dateDone(t *semantic.Table, act string) *semantic.Dimension {
	return onlyDimension(t, func(d *semantic.Dimension) bool {
		return isTime(d) && slices.ContainsFunc(append([]string{d.Names.Label.ZH}, d.Names.Synonyms...), func(name string) bool {
			done, dated := actDated(name)
			return dated && strings.HasSuffix(done, act)
		})
	})
}

// actDated is what happens at a date by its Chinese name: 完工 of 完工日期.
func actDated(name string) (act string, ok bool) {
	if act, ok = strings.CutSuffix(name, "日期"); ok {
		return act, true
	}
	return strings.CutSuffix(name, "时间")
}

// paperUnits are the units in which papers are counted, and no goods.
var paperUnits = map[string]bool{"张": true, "单": true, "份": true, "笔": true}

// datesOfNumbers lets a period be of the date that is called after what a number is of:
// 上个月的完工数量 is what was finished then, whenever it was begun.
func (s *sentence) datesOfNumbers() {
	if s.draft.on != nil || !s.saysPeriod() {
		return
	}
	var date *semantic.Dimension
	for i, n := range s.nodes {
		t, named := s.thingAt(i)
		d := t.dim
		if m, ok := as[measure](n); ok {
			d = m.dim
			if d == nil || m.metric != nil || m.table != nil || m.agg != "sum" {
				return
			}
		} else if named && (t.timed || t.dim != nil && isTime(t.dim)) {
			return
		}
		if d == nil || !isMeasurable(d) || d.Sum != "sum" {
			continue
		}
		act, ok := actOf(d.Names.Label.ZH)
		if !ok || !strings.Contains(s.text.Norm(n.from, n.end), act) {
			return
		}
		of := dateDone(d.Table, act)
		if of == nil || of == d.Table.Time || date != nil && date != of {
			return
		}
		date = of
	}
	if date != nil {
		s.draft.on = date
	}
}

// actOf is what a number is of by its name: 完工 of 完工数量; ok is false for any other.
func actOf(label string) (act string, ok bool) {
	for _, closing := range []string{"数量", "件数", "量"} {
		if act, ok := strings.CutSuffix(label, closing); ok && len([]rune(act)) == 2 {
			return act, true
		}
	}
	return "", false
}

// refuseUnit refuses a member of a column of units as what a count at node i is of: 还剩多少盒
// asks for so many boxes, and not for rows.
func (s *sentence) refuseUnit(i int) {
	m, ok := s.memberAt(i + 1)
	if ok && s.nodes[i+1].from == s.nodes[i].end && s.nodes[i+1].end == s.nodes[i].end+1 && strings.HasSuffix(m.dim.Names.Label.ZH, "单位") {
		s.charge("a unit is no kind", costIdle, s.nodes[i+1])
		s.draft.idle = true
	}
}

// dropTotals passes over the 一共 of 一共充了多少度电, where what is asked for is added up or
// counted anyway.
func (s *sentence) dropTotals() {
	adds := slices.ContainsFunc(s.nodes, func(n node) bool {
		m, ok := n.means.(measure)
		t, named := n.means.(thing)
		return ok && (m.agg == "sum" || m.agg == "count" || m.agg == "" && m.metric != nil && s.r.addsUp(m.metric)) && len(m.per) == 0 || named && t.dim != nil && t.marks == 0 && isMeasurable(t.dim) && t.dim.Sum == "sum"
	})
	if !adds || slices.ContainsFunc(s.nodes, func(n node) bool { a, ok := n.means.(Agg); return ok && a.Func != "sum" }) {
		return
	}
	for i := len(s.nodes) - 1; i >= 0; i-- {
		if a, ok := as[Agg](s.nodes[i]); ok && a.Func == "sum" && inTotal[s.text.Norm(s.nodes[i].from, s.nodes[i].end)] {
			s.drop(i)
			s.draft.summed = true
		}
	}
}

// inTotal are words that say of a number no more than that it is of all there is.
var inTotal = map[string]bool{"一共": true, "总共": true, "共": true, "共计": true, "合计": true, "总计": true}
