package nlq

import "slices"

// addSharedHead adds the first of two names that share their last word: first and
// last name, home and away goals.
func (r *Reader) addSharedHead(l *lattice, at int, see sight) {
	t := l.text
	if t.At(at).Class != Word || t.At(at+2).Class != Word || t.At(at+3).Class != Word {
		return
	}
	switch t.At(at + 1).Norm {
	case "and", "or", ",", "&", "/":
	default:
		return
	}
	first := r.dimensionsCalled(t.At(at).Norm, t.At(at+3).Norm)
	if len(first) == 0 {
		return
	}
	second := r.dimensionsCalled(t.At(at+2).Norm, t.At(at+3).Norm)
	var alts []alt
	for _, o := range first {
		if see.object(o) && slices.ContainsFunc(second, func(p Object) bool { return p.Dimension.Table == o.Dimension.Table }) {
			alts = append(alts, alt{object: o})
		}
	}
	if len(alts) > 0 {
		other := func(m mention) bool { _, timed := m.means.(Timed); return m.end == at+1 && (m.from == at || timed) }
		l.starts[at] = slices.DeleteFunc(l.starts[at], other)
		if at > 0 {
			l.starts[at-1] = slices.DeleteFunc(l.starts[at-1], other) // the first of the month
		}
		l.addAlts(at, at+1, alts)
	}
}

// dimensionsCalled returns the dimensions that are called by two words, the last
// of them in any number.
func (r *Reader) dimensionsCalled(front, last string) []Object {
	var found []Object
	for _, head := range append(r.bases(last), last) {
		for _, c := range r.vocabulary.names.exact([]string{front, head}) {
			if c.object.Dimension != nil && c.object.Member == "" && !slices.Contains(found, c.object) {
				found = append(found, c.object)
			}
		}
	}
	return found
}
