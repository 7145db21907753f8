package nlq

import "slices"

// addShortened reads "the line" behind "line of business" and "the group" behind "vehicle
// group" as what was named in full before, whatever else the word means.
func (l *lattice) addShortened(at int) {
	t := l.text
	if at < 3 || t.At(at).Class != Word || t.At(at-1).Norm != "the" || slices.Contains(plainNames, t.At(at).Norm) {
		return
	}
	word := t.At(at).Norm
	for from := at - 3; from >= 0; from-- {
		for _, m := range l.starts[from] {
			n, ok := m.means.(names)
			if !ok || m.end <= from+1 || m.end >= at || m.typo != "" || n.alts[0].object.Member != "" || n.alts[0].object.Dimension == nil {
				continue
			}
			opens := t.At(from).Norm == word && t.At(from+1).Norm == "of"
			closes := t.At(m.end-1).Norm == word && t.At(at+1).Norm != "of" && t.At(at+1).Class != Word
			if !opens && !closes {
				continue
			}
			l.starts[at] = slices.DeleteFunc(l.starts[at], func(o mention) bool { return o.end == at+1 })
			l.add(mention{from: at, end: at + 1, means: n, cost: costMention})
			return
		}
	}
}
