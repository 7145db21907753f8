package nlq

import (
	"slices"
	"strings"
)

// keepNouns drops what a word right behind an article might be besides what the model calls so,
// where it calls an entity so: in museums that own a painting nobody paints, and gardeners who
// rent a plot want no chart.
func (l *lattice) keepNouns() {
	for at := 1; at < len(l.starts); at++ {
		if !articles[l.text.At(at-1).Norm] || !slices.ContainsFunc(l.starts[at], func(m mention) bool { return m.end == at+1 && callsEntity(m) }) {
			continue
		}
		drawn := at < 2 || drawing[l.text.At(at-2).Norm] || l.text.At(at-2).Class == Mark
		other := func(m mention) bool {
			if m.end != at+1 {
				return false
			}
			switch m.means.(type) {
			case Verb:
				return strings.HasSuffix(l.text.At(at).Norm, "ing")
			case Chart, Layered:
				return !drawn
			}
			return false
		}
		l.starts[at] = slices.DeleteFunc(l.starts[at], other)
		l.starts[at-1] = slices.DeleteFunc(l.starts[at-1], other)
	}
}

// callsEntity reports whether a mention names an entity of the model.
func callsEntity(m mention) bool {
	n, ok := m.means.(names)
	return ok && n.alts[0].object.Table != nil
}

// drawing are words before a picture that is wanted.
var drawing = map[string]bool{"as": true, "in": true, "into": true, "on": true, "using": true, "draw": true, "make": true, "create": true, "build": true, "produce": true, "plot": true, "render": true, "show": true, "me": true, "give": true, "want": true, "like": true, "need": true, "and": true, "also": true}
