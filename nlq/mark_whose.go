package nlq

import "wenshu/semantic"

// attributeOf drops an entity that is split by and only says whose the attribute right
// behind it is: per customer country is the country of customers.
func (s *sentence) attributeOf(i int) {
	t, ok := s.thingAt(i)
	behind, named := s.thingAt(i + 1)
	if named && ok && behind.table != nil && behind.via == "" && t.table != nil {
		behind.dim, behind.table = referenceTo(t.table, behind.table), nil
	}
	if !ok || !named || t.table == nil || t.via != "" || t.marks&(markBy|markEach) == 0 || behind.dim == nil || behind.marks&^t.marks != 0 || !s.touchesWord(i, i+1) {
		return
	}
	if behind.dim.Table == t.table && isDisplay(behind.dim) || isMeasurable(behind.dim) || s.r.graph.hops(t.table, behind.dim.Table) < 0 {
		return
	}
	behind.marks |= t.marks
	s.nodes[i+1].means = behind
	s.drop(i)
}

// referenceTo is the dimension of a table that shows another one; nil for none or several.
func referenceTo(from, to *semantic.Table) *semantic.Dimension {
	return onlyDimension(from, func(d *semantic.Dimension) bool { return d.Of != nil && d.Of.To == to })
}

// countBeside counts an entity that is asked for beside a number of it, where both are
// split by what it leads to: plots and total hectares per member are how many plots, too.
func (s *sentence) countBeside() {
	t, ok := s.thingAt(0)
	g, linked := Linker{}, false
	if len(s.nodes) > 3 {
		g, linked = as[Linker](s.nodes[1])
	}
	if !ok || !linked || g.How != AndLink || t.table == nil || t.marks != 0 || t.via != "" || s.text.At(s.nodes[0].from).Class != Word {
		return
	}
	m, measured := as[measure](s.nodes[2])
	number, bare := s.thingAt(2)
	if bare = bare && number.dim != nil && number.marks == 0 && isMeasurable(number.dim); bare {
		m, measured = measure{dim: number.dim, via: number.via, agg: sumOf(number.dim)}, true
	}
	if !measured || m.home() != t.table || s.r.isCount(m) {
		return
	}
	for _, n := range s.nodes[3:] {
		by, ok := n.means.(thing)
		home := by.home()
		if ok && by.has(markBy|markEach) && !by.timed && home != nil && home != t.table && s.r.graph.hops(t.table, home) >= 1 {
			s.nodes[0].means = s.countRows(s.nodes[0], t.table)
			if bare {
				s.nodes[2].means = m
			}
			return
		}
	}
}

// placesOfTheirOwn refuses an attribute in which something was done and that is said to be
// of who did it: booked in their home city holds one against the other, and splits nothing.
func (s *sentence) placesOfTheirOwn() {
	for i, n := range s.nodes {
		if !theirs[s.normAt(n.from-1)] || !placing[s.normAt(n.from-2)] {
			continue
		}
		t, ok := s.thingAt(i)
		if !ok || t.dim == nil || isMeasurable(t.dim) || isTime(t.dim) {
			continue
		}
		s.charge("an attribute of their own", costIdle, n)
		s.draft.idle = true
	}
}

// theirs are the words that say that something belongs to what was named before.
var theirs = setOf("their its his her")

// placing are the words for where something is done.
var placing = setOf("in at from within inside")
