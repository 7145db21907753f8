package nlq

import (
	"time"

	"wenshu/semantic"
)

// The readings of a slot of a verified question: what a whole text stands for.
// A text that stands for something else too, or for more than that, is no filling.

// PeriodIn reads a text that names one period and nothing else.
func (r *Reader) PeriodIn(text string, now time.Time) (semantic.Period, bool) {
	t := NewText(text)
	l := r.newLattice(t, r.sightOf(semantic.Viewer{}), r.momentOf(now), false)
	for _, m := range l.whole() {
		if timed, ok := m.means.(Timed); ok {
			return timed.Period, true
		}
	}
	return nil, false
}

// CountIn reads a text that is a whole number from 1 on.
func (r *Reader) CountIn(text string) (int, bool) {
	t := NewText(text)
	for _, n := range r.numbersAt(t, 0) {
		if n.End == len(t.Tokens) && !n.Percent && n.Value.Kind() == semantic.Int && n.Value.Int() > 0 {
			return int(n.Value.Int()), true
		}
	}
	return 0, false
}

// MemberIn reads a text that names one member of a dimension which the viewer
// may see, as it is stored.
func (r *Reader) MemberIn(text string, d *semantic.Dimension, v semantic.Viewer) (string, bool) {
	t := NewText(text)
	l := r.newLattice(t, r.sightOf(v), r.momentOf(time.Time{}), false)
	found := ""
	for _, m := range l.whole() {
		named, ok := m.means.(names)
		if !ok || m.typo != "" {
			continue
		}
		for _, alt := range named.alts {
			if alt.object.Member == "" || alt.object.Dimension != d {
				continue
			}
			if found != "" && found != alt.object.Member {
				return "", false // one name for two of them
			}
			found = alt.object.Member
		}
	}
	return found, found != ""
}

// whole are the mentions that take all tokens.
func (l *lattice) whole() []mention {
	var all []mention
	if len(l.starts) == 0 {
		return nil
	}
	for _, m := range l.starts[0] {
		if m.end == len(l.text.Tokens) {
			all = append(all, m)
		}
	}
	return all
}
