package nlq

import (
	"slices"

	"wenshu/semantic"
)

// addSharedHead adds the first of two names that share their last word: first and
// last name, home and away goals.
func (r *Reader) addSharedHead(l *lattice, at int, see sight) {
	t := l.text
	if t.At(at).Class != Word || t.At(at+2).Class != Word || t.At(at+3).Class != Word {
		return
	}
	switch t.At(at + 1).Norm {
	case "and", "or", ",", "&", "/":
	case "vs", "versus", "against":
	default:
		return
	}
	r.addSharedMetric(l, at, see)
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
		other := func(m mention) bool {
			_, timed := m.means.(Timed)
			_, top := m.means.(Top)
			return m.end == at+1 && (m.from == at || timed || top) // the first of the month, the first
		}
		l.starts[at] = slices.DeleteFunc(l.starts[at], other)
		if at > 0 {
			l.starts[at-1] = slices.DeleteFunc(l.starts[at-1], other)
		}
		l.addAlts(at, at+1, alts)
	}
}

// addSharedMetric adds the first of two metrics whose names differ in one word that
// stands before or behind what they share: produced vs sold units.
func (r *Reader) addSharedMetric(l *lattice, at int, see sight) {
	t := l.text
	first, second := r.metricCalled(t.At(at).Norm, t.At(at+3).Norm), r.metricCalled(t.At(at+2).Norm, t.At(at+3).Norm)
	if first == nil || second == nil || first == second || !see.object(Object{Metric: first}) || !see.object(Object{Metric: second}) {
		return
	}
	l.starts[at] = slices.DeleteFunc(l.starts[at], func(m mention) bool { return m.end == at+1 })
	l.addAlts(at, at+1, []alt{{object: Object{Metric: first}}})
	l.starts[at+2] = slices.DeleteFunc(l.starts[at+2], func(m mention) bool { return m.end <= at+4 })
	l.addAlts(at+2, at+4, []alt{{object: Object{Metric: second}}})
}

// metricCalled returns the metric that is called by two words in either order; nil for
// none.
func (r *Reader) metricCalled(front, last string) *semantic.Metric {
	for _, name := range [][]string{{front, last}, {last, front}} {
		for _, c := range r.vocabulary.names.exact(name) {
			if c.object.Metric != nil && c.cost <= costSynonym {
				return c.object.Metric
			}
		}
	}
	return nil
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
