package nlq

import "wenshu/semantic"

// endsIncluded are the words that say of a bound right before them whether it counts:
// 9本以上（含9本）, 2015年以后（不含2015年）.
var endsIncluded = map[string]bool{"含": true, "包含": true, "包括": true, "不含": false, "不包含": false, "不包括": false}

// restated takes what says once more whether a bound counts, and corrects the bound.
func (s *sentence) restated() {
	s.thatNumber()
	for i := 0; i+1 < len(s.nodes); i++ {
		said := s.text.Norm(s.nodes[i+1].from, s.nodes[i+1].end)
		with, says := endsIncluded[said]
		if !says {
			continue
		}
		last := i + 2
		switch m := s.nodes[i].means.(type) {
		case Compare:
			if len(m.Args) != 1 || m.Op == semantic.Eq || m.Op == semantic.Ne {
				continue
			}
			if !s.bracketCloses(i + 1) {
				n, same := s.numberAt(last)
				order, err := n.Value.Compare(m.Args[0].Value)
				if !same || err != nil || order != 0 {
					continue
				}
			} else {
				last--
			}
			m.Op = withEnd(m.Op, with)
			s.nodes[i].means = m
		case Timed:
			open, ok := m.Period.(semantic.Open)
			if !ok {
				continue
			}
			if !s.bracketCloses(i + 1) {
				again, same := s.timedAt(last)
				if !same || semantic.PeriodString(again.Period) != semantic.PeriodString(open.Of) {
					continue
				}
			} else {
				last--
			}
			open.How = withEndOf(open.How, with)
			m.Period = open
			s.nodes[i].means = m
		default:
			continue
		}
		s.nodes = append(s.nodes[:i+1], s.nodes[last+1:]...)
	}
}

// bracketCloses reports whether a bracket closes right behind node i.
func (s *sentence) bracketCloses(i int) bool { return s.text.At(s.nodes[i].end).Norm == ")" }

// numberAt returns the number at node i, whatever it is said to be.
func (s *sentence) numberAt(i int) (Number, bool) {
	if i >= len(s.nodes) {
		return Number{}, false
	}
	switch m := s.nodes[i].means.(type) {
	case number:
		return m.Number, true
	case Compare:
		if len(m.Args) == 1 && m.Op == semantic.Eq {
			return m.Args[0], true
		}
	}
	return Number{}, false
}

func (s *sentence) timedAt(i int) (Timed, bool) {
	if i >= len(s.nodes) {
		return Timed{}, false
	}
	return as[Timed](s.nodes[i])
}

// withEnd is an order that holds, or does not, of the bound itself.
func withEnd(op semantic.Op, with bool) semantic.Op {
	switch {
	case op == semantic.Gt && with:
		return semantic.Ge
	case op == semantic.Lt && with:
		return semantic.Le
	case op == semantic.Ge && !with:
		return semantic.Gt
	case op == semantic.Le && !with:
		return semantic.Lt
	}
	return op
}

// withEndOf is withEnd of periods that are open on one side.
func withEndOf(how semantic.OpenKind, with bool) semantic.OpenKind {
	switch {
	case how == semantic.After && with:
		return semantic.Since
	case how == semantic.Before && with:
		return semantic.Until
	case how == semantic.Since && !with:
		return semantic.After
	case how == semantic.Until && !with:
		return semantic.Before
	}
	return how
}
