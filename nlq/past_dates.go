package nlq

import (
	"slices"

	"wenshu/semantic"
)

// takePastDate reads 过了交期 as a date before today: the test at node i, the date at node
// j. What was done later than that, 过了交期才完工的, is another test.
func (s *sentence) takePastDate(i, j int, c Compare, date thing) bool {
	if c.Op != semantic.Gt || len(c.Args)+len(c.Hints) > 0 || j < i || date.marks != 0 || s.text.At(s.nodes[i].from).Class != Han {
		return false
	}
	if behind, ok := s.thingAt(s.skip(j+1, 1)); ok && behind.dim != nil && behind.dim.Table == date.dim.Table || s.text.Norm(s.nodes[j].end, s.nodes[j].end+1) == "才" {
		return false
	}
	passed := semantic.Open{How: semantic.Before, Of: semantic.Relative{Unit: semantic.Day}}
	s.takeTest(i, j, date.dim, date.via, false, func(x semantic.Expr) semantic.Expr {
		name, _ := x.(semantic.Name)
		return semantic.During{Of: name, Periods: []semantic.Period{passed}}
	})
	return true
}

// preferPastDates makes the 过了 before the name of a date a test, whatever else is called
// so: a deadline passes nothing.
func (l *lattice) preferPastDates() {
	for at := range l.starts {
		i := slices.IndexFunc(l.starts[at], func(m mention) bool {
			c, ok := m.means.(Compare)
			return ok && c.Op == semantic.Gt && len(c.Args)+len(c.Hints) == 0 && m.end < len(l.starts) && l.text.At(m.end-1).Norm == "了" && slices.ContainsFunc(l.starts[m.end], namesDate)
		})
		if i < 0 {
			continue
		}
		test := l.starts[at][i]
		test.cost, test.why = costNoise, ""
		l.starts[at] = append(slices.DeleteFunc(l.starts[at], func(m mention) bool { return m.end <= test.end }), test)
	}
}

// namesDate reports whether a mention is the name of a date of two characters or more.
func namesDate(m mention) bool {
	n, ok := m.means.(names)
	return ok && m.typo == "" && m.end > m.from+1 && m.cost <= costMention+costSynonym && holdsTime(n.alts[0].object)
}
