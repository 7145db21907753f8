package nlq

import (
	"slices"

	"wenshu/semantic"
)

// lasts is the verb of the question how long something goes on: last, take, stay open.
type lasts struct{}

var (
	lastsVerbs = setOf("last lasts lasted take takes took stay stays stayed remain remains remained run runs")
	staysSo    = setOf("open active unresolved unsolved pending unanswered unpaid outstanding valid")
	lastsUntil = setOf("to from until till between before after since us them")
)

// addLasts finds the verb of how long something goes on at a token.
func (r *Reader) addLasts(l *lattice, at int) {
	t := l.text
	if at < 3 || !lastsVerbs[t.At(at).Norm] || !t.asksHowLong(at) {
		return
	}
	from, end := at, at+1
	for staysSo[t.At(end).Norm] {
		end++
	}
	if lastsUntil[t.At(end).Norm] || t.At(at-1).Norm == "it" {
		return // to, until, between what is another length of time
	}
	for onAverage[t.At(from-1).Norm] && t.At(from-1).Norm != "average" {
		from--
	}
	l.starts[from] = append(l.starts[from], mention{from: from, end: end, means: lasts{}, cost: costMention})
}

// asksHowLong reports whether how long, or how many of a unit of time, is asked before a
// token.
func (t *Text) asksHowLong(before int) bool {
	for at := range before - 1 {
		if t.At(at).Norm == "how" && (t.At(at+1).Norm == "long" || t.At(at+1).Norm == "many" && lengthUnits[t.At(at+2).Norm] != "") {
			return true
		}
	}
	return false
}

// goesOn reads "how long does a membership last" and "how long is the average call" at node
// i: the mean of the one length of time that the rows of an entity have of their own.
func (s *sentence) goesOn(i int, w Which) bool {
	if !slices.Contains(w.Hints, "duration") || slices.ContainsFunc(s.nodes, func(n node) bool { return isLength(n.means) }) {
		return false
	}
	verb := slices.IndexFunc(s.nodes, func(n node) bool { _, ok := n.means.(lasts); return ok })
	mean, agg := s.meanSaid()
	if verb < i && (verb >= 0 || mean < 0) {
		return false
	}
	for k := i + 1; k < len(s.nodes); k++ {
		of, via, ok := s.rowsAt(k)
		if !ok {
			continue
		}
		d := s.r.inUnitOf(s.r.wholeLength(of), s.text.unitOfTime(s.nodes[i].from, s.nodes[i].end))
		if d == nil || verb > i && k > verb {
			return false
		}
		s.nodes[k].means = measure{dim: d, via: via, agg: agg, bare: true}
		s.splitBehind(mean)
		for _, at := range slices.Backward(slices.Sorted(slices.Values([]int{i, verb, mean}))) {
			if at >= 0 {
				s.drop(at)
			}
		}
		return true
	}
	return false
}

// rowsAt is the entity that node i names and splits nothing by, and the way to it that is
// said.
func (s *sentence) rowsAt(i int) (of *semantic.Table, via string, ok bool) {
	if m, counts := as[measure](s.nodes[i]); counts && s.r.isCount(m) {
		return m.home(), m.via, true
	}
	t, ok := s.thingAt(i)
	return t.table, t.via, ok && t.table != nil && t.marks&(markBy|markEach|markWhich) == 0
}

// meanSaid is the first node that asks for a mean, and which; -1 and the average for none.
func (s *sentence) meanSaid() (at int, agg string) {
	for i, n := range s.nodes {
		switch m := n.means.(type) {
		case Agg:
			if m.Func == "avg" || m.Func == "median" {
				return i, m.Func
			}
		case AvgPer:
			if m.Unit == semantic.NoUnit && m.Hints == nil {
				return i, "avg"
			}
		}
	}
	return -1, "avg"
}

// splitBehind splits by what stands behind "on average per" at node i.
func (s *sentence) splitBehind(i int) {
	if i < 0 || !is[AvgPer](s, i) {
		return
	}
	if t, ok := s.thingAt(i + 1); ok {
		t.marks |= markBy
		s.nodes[i+1].means = t
	}
}

// wholeLength is the length of time that a row of a table goes on from beginning to end: the
// only one that it has, or the only one that is called its duration; nil for none.
func (r *Reader) wholeLength(t *semantic.Table) *semantic.Dimension {
	var all, called []*semantic.Dimension
	for _, d := range t.Dimensions {
		if d.Of != nil || isAge(d) || secondsIn[d.Unit] == 0 || !isMeasurable(d) {
			continue
		}
		all = append(all, d)
		names := append([]string{d.Names.Label.EN}, d.Names.Synonyms...)
		if slices.ContainsFunc([]string{"duration", t.Names.Label.EN + " duration", "turnaround time"}, func(whole string) bool { return slices.Contains(names, whole) }) {
			called = append(called, d)
		}
	}
	switch {
	case len(all) == 1:
		return all[0]
	case len(called) == 1:
		return called[0]
	}
	return nil
}

// inUnitOf is a length of time counted in a unit; nil where it cannot be.
func (r *Reader) inUnitOf(d *semantic.Dimension, unit string) *semantic.Dimension {
	if d == nil || unit == "" || unit == d.Unit {
		return d
	}
	from, to := lengthEnds(d)
	ends := [2]*semantic.Dimension{}
	for _, o := range d.Table.Dimensions {
		for i, e := range []semantic.Expr{from, to} {
			if e != nil && isTime(o) && semantic.ExprString(o.Expr) == semantic.ExprString(e) {
				ends[i] = o
			}
		}
	}
	if ends[0] == nil || ends[1] == nil {
		return nil
	}
	return r.lengthOf(ends[0], ends[1], unit)
}
