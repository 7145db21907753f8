package nlq

import (
	"slices"
	"strings"

	"wenshu/semantic"
)

// addGrainAgain reads "for each month, return the month and the number of orders": the
// part of time that results are split by is shown anyway. So it is where its form is
// wished: show the month as yyyy-mm, label quarters like 2024-Q1.
func (l *lattice) addGrainAgain(at int) {
	unit, named := grainsAgain[strings.TrimSuffix(l.text.At(at).Norm, "s")]
	if before := l.text.At(at - 1).Norm; !named || before != "the" && before != "with" && before != "label" && before != "show" && before != "format" || !listEnds[l.text.At(at+1).Norm] {
		return
	}
	split := func(m mention) bool {
		g, ok := m.means.(Grained)
		return ok && g.Grain.Unit == unit && (m.end <= at || m.from > at+1)
	}
	if slices.ContainsFunc(l.starts, func(all []mention) bool { return slices.ContainsFunc(all, split) }) {
		l.add(mention{from: at, end: at + 1, means: Noise{}, cost: costMention})
	}
}

var grainsAgain = map[string]semantic.Unit{"year": semantic.Year, "quarter": semantic.Quarter, "month": semantic.Month, "week": semantic.Week, "day": semantic.Day}

// listEnds are what stands behind an entry of a list.
var listEnds = map[string]bool{"": true, ",": true, "and": true, ".": true, "along": true, "with": true, "as": true, "in": true, "like": true, "formatted": true}
